"""Learns the weights of assistant/retrieval/ranking.py.

    python training/sentence_weights.py DATA

DATA holds ``questions.jsonl`` and ``corpus/`` (the format is described in benchmarks/README.md).
A linear model is fitted by a listwise softmax over each question's candidate sentences, with a
small pull towards zero. Prints hit@1 and hit@3 in five folds by article, the copies of an article
in several languages in one fold, and then the weights of all data.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.ingestion import Intake
from assistant.library import Library
from assistant.models import BUILTIN, load_embeddings
from assistant.retrieval import Retriever
from assistant.retrieval.sentences import FEATURES

Numbers = npt.NDArray[np.float64]

SETS = {"xquad ar->ar": "xquad-ar", "xquad en->en": "xquad-en", "arcd ar->ar": "arcd"}
FOLDS = 5
STEPS = 300
RATE = 0.1
PULL = 0.002


@dataclass(frozen=True)
class Example:
    """A question's candidates.

    Attributes:
        name: Its set.
        article: The document's file name.
        features: Shape (candidates, features).
        right: Which candidates hold an annotated answer's start.
    """

    name: str
    article: str
    features: Numbers
    right: npt.NDArray[np.bool_]


def examples(data: Path) -> Iterator[Example]:
    """Yield the questions of each set, asked to a library of the set's corpus."""
    lines = (data / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line) for line in lines]
    embeddings = load_embeddings(BUILTIN)
    for name, corpus in SETS.items():
        with tempfile.TemporaryDirectory() as folder:
            library = Library(Path(folder))
            Intake(library, embeddings, max_file_mb=64).add([data / "corpus" / corpus])
            retriever = Retriever(library, embeddings)
            for question in questions:
                if question["set"] == name:
                    yield _example(retriever, name, question)
            library.close()


def _example(retriever: Retriever, name: str, question: dict[str, Any]) -> Example:
    read = retriever.evidence(question["question"]).candidates
    starts = [answer["start"] for answer in question["answers"]]
    right = [
        candidate.passage.source.endswith("/" + question["document"])
        and any(candidate.sentence.start <= s < candidate.sentence.end for s in starts)
        for candidate in read
    ]
    features = np.array([candidate.features for candidate in read]).reshape(-1, len(FEATURES))
    return Example(name, Path(question["document"]).name, features, np.array(right, dtype=bool))


def fit(rows: Sequence[Example]) -> Numbers:
    """Return the weights that make the right sentences most likely (Adam, full batch)."""
    usable = [row for row in rows if row.right.any()]
    weights = np.ones(len(FEATURES))
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        slope = sum((_slope(row, weights) for row in usable), np.zeros_like(weights))
        slope = slope / len(usable) + PULL * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        weights = weights - RATE * (mean / (1 - 0.9**step)) / (
            np.sqrt(square / (1 - 0.99**step)) + 1e-8
        )
    return weights


def _slope(row: Example, weights: Numbers) -> Numbers:
    sums = row.features @ weights
    likely = np.exp(sums - sums.max())
    likely /= likely.sum()
    right = likely * row.right
    slope: Numbers = row.features.T @ (likely - right / (right.sum() + 1e-12))
    return slope


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
    for name, weight in zip(FEATURES, fit(rows), strict=True):
        print(f'    "{name}": {weight:.2f},')


if __name__ == "__main__":
    main(Path(sys.argv[1]))
