"""Learns the weights of assistant/retrieval/ranking.py.

    python training/sentence_weights.py DATA

DATA holds ``questions.jsonl`` and ``corpus/`` (the format is described in benchmarks/README.md).
A linear model is fitted by a listwise softmax over each question's candidate sentences, with a
small pull towards zero: one column of weights for sentences in the question's language, one for
the others. Prints hit@1 and hit@3 in five folds by article, the copies of an article in several
languages in one fold, and then the weights of all data, with the logistic from a sum to the share
of best sentences that are right.
"""

from __future__ import annotations

import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from assistant.evaluation import Question, load_questions
from assistant.ingestion import Intake
from assistant.library import Library
from assistant.models import BUILTIN, load_embeddings
from assistant.retrieval import Retriever, analyse
from assistant.retrieval.ranking import FIXED
from assistant.retrieval.sentences import FEATURES

Numbers = npt.NDArray[np.float64]

FOLDS = 5
PULL = 2e-3
TOGETHER = "together"


@dataclass(frozen=True)
class Example:
    """A question's candidates.

    Attributes:
        name: Its set.
        article: The document's file name.
        features: Shape (candidates, twice the features): those of sentences in the question's
            language, and those of the others.
        right: Which candidates hold an annotated answer's start.
    """

    name: str
    article: str
    features: Numbers
    right: npt.NDArray[np.bool_]


def examples(data: Path) -> Iterator[Example]:
    """Yield the questions of each set: asked to their corpus, and to all corpora together."""
    questions = load_questions(data / "questions.jsonl")
    corpora = sorted(path for path in (data / "corpus").iterdir() if path.is_dir())
    for corpus in corpora:
        asked = [q for q in questions if q.document.startswith(f"{corpus.name}/")]
        yield from _asked([corpus], asked, [[q] for q in asked], "")
    copies: dict[tuple[str, str], list[Question]] = defaultdict(list)
    for question in questions:
        copies[question.id, question.text].append(question)
    firsts = [same[0] for same in copies.values()]
    yield from _asked(corpora, firsts, list(copies.values()), TOGETHER)


def _asked(
    corpora: Sequence[Path],
    questions: Sequence[Question],
    copies: Sequence[Sequence[Question]],
    name: str,
) -> Iterator[Example]:
    embeddings = load_embeddings(BUILTIN)
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder))
        Intake(library, embeddings, max_file_mb=64).add(list(corpora))
        retriever = Retriever(library, embeddings)
        for question, same in zip(questions, copies, strict=True):
            yield _example(retriever, question, same, name or question.set)
        library.close()


def _example(
    retriever: Retriever, question: Question, copies: Sequence[Question], name: str
) -> Example:
    read = retriever.read(analyse(question.text)).candidates
    right = [
        any(
            candidate.passage.source.endswith("/" + copy.document)
            and any(candidate.sentence.start <= s < candidate.sentence.end for s in copy.starts)
            for copy in copies
        )
        for candidate in read
    ]
    features = np.array([candidate.features for candidate in read]).reshape(-1, len(FEATURES))
    across = features[:, [FEATURES.index("across")]] > 0
    both = np.concatenate([features * ~across, features * across], axis=1)
    return Example(name, Path(question.document).name, both, np.array(right, dtype=bool))


def fit(rows: Sequence[Example]) -> Numbers:
    """Return the weights that make the right sentences most likely."""
    usable = [row for row in rows if row.right.any()]
    everything = np.concatenate([row.features for row in usable])
    spread = everything.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    inputs = everything / spread
    right = np.concatenate([row.right for row in usable]).astype(np.float64)
    starts = np.cumsum([0, *(len(row.right) for row in usable)])[:-1]
    owners = np.repeat(np.arange(len(usable)), [len(row.right) for row in usable])

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        sums = inputs @ weights
        powers = np.exp(sums - np.maximum.reduceat(sums, starts)[owners])
        totals = np.add.reduceat(powers, starts)
        good = np.add.reduceat(powers * right, starts)
        slope = powers / totals[owners] - powers * right / good[owners]
        value = (np.log(totals) - np.log(good)).mean() + PULL / 2 * (weights @ weights)
        return float(value), inputs.T @ slope / len(usable) + PULL * weights

    found = minimize(loss, np.zeros(inputs.shape[1]), jac=True, method="L-BFGS-B")
    weights: Numbers = found.x / spread
    return weights


def calibrated(rows: Sequence[Example], weights: Numbers) -> tuple[float, float]:
    """Return slope and bias from the best sentence's sum to the chance that it is right."""
    sums = np.array([(row.features @ weights).max() for row in rows if len(row.right)])
    right = np.array(
        [row.right[np.argmax(row.features @ weights)] for row in rows if len(row.right)]
    )

    middle, spread = sums.mean(), sums.std()
    scaled = (sums - middle) / spread

    def loss(line: Numbers) -> float:
        chance = 1 / (1 + np.exp(-(line[0] * scaled + line[1])))
        return -float(np.mean(np.log(np.where(right, chance, 1 - chance) + 1e-12)))

    slope, bias = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead").x
    return float(slope / spread), float(bias - slope * middle / spread)


def main(data: Path) -> None:
    """Cross-validate, then fit on everything, and print both."""
    rows = list(examples(data))
    articles = sorted({row.article for row in rows})
    fold = {article: number % FOLDS for number, article in enumerate(articles)}
    hits: dict[tuple[str, int], list[bool]] = defaultdict(list)
    for number in range(FOLDS):
        weights = fit([row for row in rows if fold[row.article] != number])
        for row in rows:
            if fold[row.article] == number:
                order = np.argsort(-(row.features @ weights), kind="stable")
                for depth in (1, 3):
                    hits[row.name, depth].append(bool(row.right[order[:depth]].any()))
    for (name, depth), found in sorted(hits.items()):
        print(f"{name}  hit@{depth}  {100 * np.mean(found):.1f}  n={len(found)}")
    weights = fit(rows)
    for name, own, other in zip(
        FEATURES, weights[: len(FEATURES)], weights[len(FEATURES) :], strict=True
    ):
        if name not in FIXED:
            print(f'    "{name}": ({own:.2f}, {other:.2f}),')
    slope, bias = calibrated(rows, weights)
    print(f"SLOPE, BIAS = {slope:.3f}, {bias:.2f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
