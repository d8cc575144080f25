"""How long a folder of many small files takes, and how much memory.

Makes the files by a fixed recipe in a temporary folder, syncs them into a new library in a process
of its own, and then once more with a hundredth of them changed.

    python benchmarks/folder.py --files 5000
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

_WORDS = {
    "ar": "ميناء قرية جسر مدرسة نهر طريق سوق جزيرة قمح شتاء مهندس بلدية وزارة اتفاق سفينة".split(),
    "en": "harbour village bridge school river road market island wheat winter engineer".split(),
}
_SENTENCES = 12
# Peak memory of the process itself, not of those that read beside it.
_RUN = """
import resource, sys, time
from assistant import Assistant, Settings
with Assistant(sys.argv[1], Settings()) as assistant:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.monotonic()
    report = assistant.sync(sys.argv[2])
    seconds = time.monotonic() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    beside = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
kinds = ("added", "updated", "unchanged", "failed")
print(", ".join(f"{kind} {len(getattr(report, kind))}" for kind in kinds), end="; ")
total = sum(len(getattr(report, kind)) for kind in kinds)
print(f"{seconds:.1f} s, {total / seconds:.0f} files/s; peak memory {peak / 1024:.0f} MB "
      f"({before / 1024:.0f} MB before), largest reading process {beside / 1024:.0f} MB")
"""


def write_files(folder: Path, count: int, seed: int = 7) -> None:
    """Write files of some sentences, half of them Arabic, a hundred a folder.

    Args:
        folder: Where to.
        count: How many.
        seed: Of the recipe; equal seeds give equal files.
    """
    chance = random.Random(seed)  # noqa: S311  # a recipe, no secret
    for number in range(count):
        path = folder / f"{number // 100:03}" / f"{number:05}.{'md' if number % 3 else 'txt'}"
        path.parent.mkdir(exist_ok=True)
        path.write_text(made_text(chance, "ar" if number % 2 else "en", number), encoding="utf-8")
        os.utime(path, (1_700_000_000 + number, 1_700_000_000 + number))


def made_text(chance: random.Random, language: str, number: int) -> str:
    """Return three paragraphs of four sentences each.

    Args:
        chance: Chooses the words.
        language: ``ar`` or ``en``.
        number: What the document's sentences are told apart by.
    """
    sentences = [
        " ".join(chance.choices(_WORDS[language], k=chance.randint(8, 20))) + f" {number}-{n}."
        for n in range(_SENTENCES)
    ]
    return "\n\n".join(" ".join(sentences[n : n + 4]) for n in range(0, _SENTENCES, 4))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=5000, metavar="N")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder, library = Path(place) / "documents", Path(place) / "library"
        folder.mkdir()
        write_files(folder, options.files)
        size = sum(path.stat().st_size for path in folder.rglob("*.*"))
        print(f"{options.files} files, {size / 1e6:.1f} MB")
        for name in ("first sync", "nothing changed", "a hundredth changed"):
            if name == "a hundredth changed":
                for path in sorted(folder.rglob("*.*"))[::100]:
                    path.write_text(path.read_text("utf-8") + " Changed.", encoding="utf-8")
            print(f"{name}: ", end="", flush=True)
            subprocess.run([sys.executable, "-c", _RUN, str(library), str(folder)], check=True)


if __name__ == "__main__":
    main()
