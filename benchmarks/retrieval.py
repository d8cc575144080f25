"""Measures retrieval, answers and refusals on questions whose answers are known.

    python benchmarks/retrieval.py --data DIR [--without] [--seed-questions FILE --seeds DIR]

DIR holds ``questions.jsonl`` and ``corpus/<name>/*.txt``. Each corpus is one library, and then all
of them together are one. ``--without`` also asks each document's questions to a library that was
built without it, for false answers and the area under the curve of the confidence.
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from assistant import Assistant, Settings
from assistant.evaluation import (
    Outcome,
    Question,
    area_under_curve,
    judge,
    load_questions,
    summarise,
)

HEADER = (
    f"{'set':14} {'n':>5} {'nDCG@10':>8} {'R@1':>6} {'R@5':>6} {'hit@1':>6} {'hit@3':>6} "
    f"{'ask@1':>6} {'answ.':>6} {'exact':>6} {'p50 ms':>7} {'p95 ms':>7}"
)


def catalogue_reader(library: Path) -> Callable[[str, str], str]:
    """Return a function that reads a stored text from the catalogue's file with plain sqlite3."""

    def read(document_id: str, version: str) -> str:
        with closing(sqlite3.connect(library / "catalogue.sqlite3")) as connection:
            row = connection.execute(
                "SELECT text FROM versions WHERE document_id = ? AND version = ?",
                (document_id, version),
            ).fetchone()
        return str(row[0])

    return read


def ask_all(sources: Sequence[Path], questions: Sequence[Question]) -> list[Outcome]:
    """Build a library of sources and ask it questions."""
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        with Assistant(library, Settings()) as assistant:
            assistant.add(*sources)
            if questions:
                assistant.ask(questions[0].text)  # warm-up
            read = catalogue_reader(library)
            return [judge(assistant, question, read) for question in questions]


def show(title: str, outcomes: Sequence[Outcome]) -> None:
    """Print the scores of all sets."""
    print(f"\n{title}\n{HEADER}")
    for s in summarise(outcomes):
        shares = (s.ndcg, s.recall_1, s.recall_5, s.hit_1, s.hit_3, s.ask_1, s.answered, s.exact)
        print(
            f"{s.set:14} {s.count:5} {100 * shares[0]:8.1f} "
            + " ".join(f"{100 * share:6.1f}" for share in shares[1:])
            + f" {1000 * s.p50:7.1f} {1000 * s.p95:7.1f}"
        )


def show_refusals(kept: Sequence[Outcome], gone: Sequence[Outcome]) -> None:
    """Print how often questions are answered with their document in the library and without."""
    print(f"\n{'set':14} {'n':>5} {'answered':>9} {'false answers':>14} {'AUROC':>7}")
    for name in dict.fromkeys(outcome.set for outcome in gone):
        inside = [o for o in kept if o.set == name]
        outside = [o for o in gone if o.set == name]
        area = area_under_curve([o.confidence for o in inside], [o.confidence for o in outside])
        answered = sum(o.answered for o in inside) / len(inside)
        false = sum(o.answered for o in outside) / len(outside)
        print(f"{name:14} {len(outside):5} {100 * answered:9.1f} {100 * false:14.1f} {area:7.3f}")


def without(corpus: Path, questions: Sequence[Question]) -> list[Outcome]:
    """Ask each document's questions to a library built without it."""
    outcomes: list[Outcome] = []
    files = sorted(path for path in corpus.iterdir() if path.is_file())
    for left_out in files:
        asked = [q for q in questions if f"/{left_out.as_posix()}".endswith(f"/{q.document}")]
        if asked:
            outcomes += ask_all([path for path in files if path != left_out], asked)
    return outcomes


def main() -> None:
    """Measure, and print tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, required=True, help="folder of questions and corpora")
    parser.add_argument("--without", action="store_true", help="measure refusals too (minutes)")
    parser.add_argument("--seed-questions", type=Path, help="questions on one folder of documents")
    parser.add_argument("--seeds", type=Path, help="that folder")
    options = parser.parse_args()
    questions = load_questions(options.data / "questions.jsonl")
    corpora = sorted(path for path in (options.data / "corpus").iterdir() if path.is_dir())
    alone: list[Outcome] = []
    gone: list[Outcome] = []
    for corpus in corpora:
        asked = [q for q in questions if q.document.startswith(f"{corpus.name}/")]
        alone += ask_all([corpus], asked)
        gone += without(corpus, asked) if options.without else []
    show("One corpus a library", alone)
    show("All corpora in one library", ask_all(corpora, questions))
    if gone:
        show_refusals(alone, gone)
    if options.seed_questions and options.seeds:
        asked = load_questions(options.seed_questions)
        outcomes = ask_all([options.seeds], asked)
        print("\nSeed questions")
        for question, outcome in zip(asked, outcomes, strict=True):
            right = outcome.cites_right if question.starts else not outcome.answered
            print(f"{'right' if right else 'WRONG'}  {outcome.confidence:.2f}  {question.text}")


if __name__ == "__main__":
    main()
