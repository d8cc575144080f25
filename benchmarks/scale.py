"""Measures indexing, questions, memory and disk on text of growing size.

    python benchmarks/scale.py --data DIR [--sizes 1000 10000 100000] [--minilm FOLDER]
        [--out PICTURE.svg] [--work FOLDER]

DIR holds ``questions.jsonl``, ``corpus/<name>/*.txt`` and the lists that benchmarks/made_text.py
names; what the text is made of stands there. Documents of 20 passages are indexed through the
facade in a process of its own; another process opens the library and asks. Everything is included:
reading, splitting, embedding, both indexes, closing.

Same-language questions are made of the rarest words of indexed sentences, half Arabic and half
English; across languages they are the development questions whose document is in the other
language. 200 of each, after 20 others; a question is answered by ``ask``. Beside the time that
passed, the median of the processor's time is given, which others who use the machine hardly
change. The usual pipeline (benchmarks/usual.py) indexes the first 1,000 passages in the same run,
once before and once after the sizes; the faster of the two is compared with.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from made_text import LANGUAGES, SEED, load_stocks, write_documents
from scale_picture import draw
from usual import index_usually

from assistant import Assistant, Settings

QUESTIONS, WARM_UP = 200, 20
RAREST = 5
SAMPLE = 1000
COLUMNS = (
    ("passages", "passages", ".0f"),
    ("per_second", "indexed/s", ".0f"),
    ("indexing_mb", "MB index", ".0f"),
    ("worker_mb", "MB worker", ".0f"),
    ("open", "open s", ".1f"),
    ("first", "first s", ".1f"),
    ("same_p50", "same p50", ".1f"),
    ("same_p95", "p95 ms", ".1f"),
    ("same_cpu", "cpu ms", ".1f"),
    ("across_p50", "across p50", ".1f"),
    ("across_p95", "p95 ms", ".1f"),
    ("across_cpu", "cpu ms", ".1f"),
    ("asking_mb", "MB ask", ".0f"),
    ("disk_mb", "MB disk", ".0f"),
)


def index(library: Path, documents: Path) -> dict[str, float]:
    """Index a folder into a new library; return passages a second and memory."""
    started = time.perf_counter()
    with Assistant(library, Settings()) as assistant:
        report = assistant.add(documents)
    seconds = time.perf_counter() - started
    if report.failed:
        raise SystemExit(f"{report.failed[0].source}: {report.failed[0].message}")
    with sqlite3.connect(library / "catalogue.sqlite3") as connection:
        count = connection.execute("SELECT count(*) FROM passages").fetchone()[0]
    workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {
        "passages": count,
        "seconds": seconds,
        "per_second": count / seconds,
        "indexing_mb": peak_megabytes(),
        "worker_mb": workers,
    }


def ask(library: Path, questions: dict[str, list[str]]) -> dict[str, float]:
    """Open a library and ask; return seconds to open and milliseconds a question."""
    started = time.perf_counter()
    with Assistant(library, Settings()) as assistant:
        opened = time.perf_counter()
        assistant.ask(questions["same"][0])
        found = {"open": opened - started, "first": time.perf_counter() - opened}
        for kind, asked in questions.items():
            for question in asked[:WARM_UP]:
                assistant.ask(question)
            times, processor = [], []
            for question in asked[WARM_UP:]:
                begun, used = time.perf_counter(), time.process_time()
                assistant.ask(question)
                times.append(1000 * (time.perf_counter() - begun))
                processor.append(1000 * (time.process_time() - used))
            found[f"{kind}_p50"] = statistics.median(times)
            found[f"{kind}_cpu"] = statistics.median(processor)
            found[f"{kind}_p95"] = statistics.quantiles(times, n=20)[-1]
    return found | {"asking_mb": peak_megabytes()}


def peak_megabytes() -> float:
    """Return the most memory that this process held, in megabytes."""
    for line in Path("/proc/self/status").read_text("utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def own_questions(kept: Sequence[str], draw_from: random.Random) -> list[str]:
    """Return questions made of the rarest words of some passages' sentences."""
    counts = Counter(word for passage in kept for word in set(passage.split()))
    chosen = draw_from.choices(kept, k=QUESTIONS + WARM_UP)
    return [_question(passage, counts, draw_from) for passage in chosen]


def _question(passage: str, counts: Counter[str], draw_from: random.Random) -> str:
    words = passage.split()
    start = draw_from.randrange(max(1, len(words) - 25))
    near = words[start : start + 25]
    rarest = set(sorted(set(near), key=lambda word: (counts[word], word))[:RAREST])
    return " ".join(
        dict.fromkeys(word.strip(".,:;«»\"'()؟?،؛!") for word in near if word in rarest)
    )


def other_questions(file: Path, draw_from: random.Random) -> list[str]:
    """Return development questions whose document is in the other language, half and half."""
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    found: list[str] = []
    for language in LANGUAGES:
        across = [
            row["question"]
            for row in rows
            if row["question_lang"] == language != row["document_lang"]
        ]
        found += draw_from.sample(across, (QUESTIONS + WARM_UP) // 2)
    draw_from.shuffle(found)
    return found


def measured(step: str, *arguments: object) -> dict[str, float]:
    """Run a step of this program in a process of its own and return what it found."""
    command = [sys.executable, __file__, "--step", step, *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure(size: int, data: Path, work: Path) -> dict[str, float]:
    """Return all figures of one size."""
    folder = work / str(size)
    kept = write_documents(load_stocks(data), size, folder / "documents")
    draw_from = random.Random(SEED)  # noqa: S311  # no secret
    questions = {
        "same": own_questions(kept, draw_from),
        "across": other_questions(data / "questions.jsonl", draw_from),
    }
    (folder / "questions.json").write_text(json.dumps(questions), "utf-8")
    library = folder / "library"
    found = measured("index", library, folder / "documents")
    found |= measured("ask", library, folder / "questions.json")
    found["disk_mb"] = sum(f.stat().st_size for f in library.rglob("*") if f.is_file()) / 1e6
    shutil.rmtree(folder)
    return found


def usual(data: Path, minilm: Path, work: Path) -> dict[str, float]:
    """Return the figures of the usual pipeline."""
    folder = work / "usual"
    write_documents(load_stocks(data), SAMPLE, folder / "documents")
    found = measured("usual", folder, minilm)
    shutil.rmtree(folder)
    return found


def step(name: str, arguments: Sequence[str]) -> dict[str, Any]:
    """Do one step in this process."""
    first, second = map(Path, arguments)
    if name == "index":
        return index(first, second)
    if name == "ask":
        return ask(first, json.loads(second.read_text("utf-8")))
    return index_usually(first / "documents", first / "chroma", second, SAMPLE)


def row(values: Iterable[str]) -> str:
    """Return a row of the table."""
    return " ".join(
        f"{value:>{len(title) + 2}}" for value, (_, title, _) in zip(values, COLUMNS, strict=True)
    )


def main() -> None:
    """Measure, print a table, and draw."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, help="folder of corpora, questions and lists")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000, 300_000])
    parser.add_argument("--minilm", type=Path, help="folder of model.onnx and tokenizer.json")
    parser.add_argument("--out", type=Path, help="picture to draw (SVG)")
    parser.add_argument("--work", type=Path, help="folder for texts and libraries")
    parser.add_argument("--step", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        print(json.dumps(step(options.step[0], options.step[1:])))
        return
    with tempfile.TemporaryDirectory(dir=options.work) as work:
        rates: list[dict[str, float]] = []
        if options.minilm:
            rates.append(usual(options.data, options.minilm, Path(work)))
        print(row(title for _, title, _ in COLUMNS), flush=True)
        found = []
        for size in options.sizes:
            found.append(measure(size, options.data, Path(work)))
            print(row(format(found[-1][key], form) for key, _, form in COLUMNS), flush=True)
        if options.minilm:
            rates.append(usual(options.data, options.minilm, Path(work)))
    usually = max((rate["per_second"] for rate in rates), default=0.0)
    if usually:
        ratios = ", ".join(f"{f['per_second'] / usually:.1f}" for f in found)
        each = " and ".join(f"{rate['per_second']:.0f}" for rate in rates)
        print(f"\nThe usual pipeline, {rates[0]['how']}: {each} passages/s; times that: {ratios}")
    if options.out:
        options.out.write_text(draw(found, usually), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
