"""Measures retrieval, answers and refusals on questions whose answers are known.

    python benchmarks/retrieval.py --data DIR [--without] [--either]
        [--seed-questions FILE --seeds DIR]

DIR holds ``questions.jsonl`` and ``corpus/<name>/*.txt``. Each corpus is one library, and then all
of them together are one. ``--without`` also asks each document's questions to a library that was
built without it, for false answers and the area under the curve of the confidence. ``--either``
lets a hit in any copy of a document count where all corpora are in one library: questions of one
id, in sets about other documents, are about copies.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from assistant import Settings
from assistant.evaluation import (
    Outcome,
    Question,
    Score,
    Scores,
    ask_all,
    ask_without,
    count_copies,
    load_questions,
    recipe,
    summarise,
    temporary_library,
)
from assistant.models import BUILTIN, fingerprint, load_embeddings

HEADER = (
    f"{'set':14} {'n':>5} {'nDCG@10':>8} {'R@1':>6} {'R@5':>6} {'hit@1':>6} {'hit@3':>6} "
    f"{'ask@1':>6} {'answ.':>6} {'exact':>6} {'p50 ms':>7} {'p95 ms':>7}"
)


Outcomes = tuple[list[Outcome], list[Outcome]]


def ask(
    sources: Sequence[Path], questions: Sequence[Question], *, without: bool = False
) -> Outcomes:
    """Build a library of sources and ask it questions; then those again without their document."""
    with temporary_library(Settings()) as judge:
        judge.assistant.add(*sources)
        kept = ask_all(judge, questions)
        return kept, ask_without(judge, questions) if without else []


def show(title: str, outcomes: Sequence[Outcome]) -> None:
    """Print the scores of all sets."""
    print(f"\n{title}\n{HEADER}")
    for s in summarise(outcomes):
        shares = (s.recall_1, s.recall_5, s.hit_1, s.hit_3, s.ask_1, s.answered, s.exact)
        print(
            f"{s.set:14} {s.questions:5} {percent(s.ndcg_10):>8} "
            + " ".join(f"{percent(share):>6}" for share in shares)
            + f" {1000 * (s.seconds_p50 or 0):7.1f} {1000 * (s.seconds_p95 or 0):7.1f}"
        )


def percent(score: Score) -> str:
    """Return a share in percent, or a dash where nothing was measured."""
    return "-" if score.value is None else f"{100 * score.value:.1f}"


def show_refusals(scores: Sequence[Scores]) -> None:
    """Print how often questions are answered with their document in the library and without."""
    print(f"\n{'set':14} {'n':>5} {'answered':>9} {'false answers':>14} {'AUROC':>7}")
    for s in scores:
        area = "-" if s.auroc_without.value is None else f"{s.auroc_without.value:.3f}"
        print(
            f"{s.set:14} {s.left_out:5} {percent(s.answered):>9} "
            f"{percent(s.false_answers_without):>14} {area:>7}"
        )


def show_seeds(questions: Sequence[Question], seeds: Path) -> None:
    """Print which of the questions on one folder are answered rightly, or rightly refused."""
    outcomes, _ = ask([seeds], questions)
    print("\nSeed questions")
    for outcome in outcomes:
        right = outcome.cites_right if outcome.question.is_answerable else not outcome.answered
        mark = "right" if right else "WRONG"
        print(f"{mark}  {outcome.confidence:.2f}  {outcome.question.text}")


def main() -> None:
    """Measure, and print tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, required=True, help="folder of questions and corpora")
    parser.add_argument("--without", action="store_true", help="measure refusals too (minutes)")
    parser.add_argument(
        "--either", action="store_true", help="in one library, a hit in any copy counts"
    )
    parser.add_argument("--seed-questions", type=Path, help="questions on one folder of documents")
    parser.add_argument("--seeds", type=Path, help="that folder")
    options = parser.parse_args()
    questions = load_questions(options.data / "questions.jsonl")
    corpora = sorted(path for path in (options.data / "corpus").iterdir() if path.is_dir())
    alone: list[Outcome] = []
    gone: list[Outcome] = []
    for corpus in corpora:
        asked = [q for q in questions if q.document.startswith(f"{corpus.name}/")]
        kept, without = ask([corpus], asked, without=options.without)
        alone += kept
        gone += without
    show("One corpus a library", alone)
    together = count_copies(questions) if options.either else questions
    either = ", either copy counts" if options.either else ""
    show(f"All corpora in one library{either}", ask(corpora, together)[0])
    if gone:
        show_refusals(summarise(alone, gone))
    if options.seed_questions and options.seeds:
        show_seeds(load_questions(options.seed_questions), options.seeds)
    documents = sum(len(list(corpus.iterdir())) for corpus in corpora)
    embedding = fingerprint(BUILTIN, load_embeddings(BUILTIN))
    print(f"\n{recipe(together, documents, Settings(), embedding, without=options.without)}")


if __name__ == "__main__":
    main()
