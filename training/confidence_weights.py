"""Learns the weights of assistant/retrieval/confidence.py.

    python training/confidence_weights.py DATA

DATA holds ``questions.jsonl`` and ``corpus/`` (the format is described in benchmarks/README.md).
A logistic regression tells answerable from unanswerable questions: asked to a library of a whole
corpus and to one of their article alone, against a corpus without the article, another article
alone, and the article without the paragraph that answers. Prints, in five folds by article, the
share answered of each case, and then the weights of all data.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.evaluation import Question, load_questions
from assistant.ingestion import Intake
from assistant.library import Library
from assistant.models import BUILTIN, load_embeddings
from assistant.retrieval import Retriever
from assistant.retrieval.confidence import WEIGHTS, signals
from assistant.schema import Document

Numbers = npt.NDArray[np.float64]

SETS = {"xquad ar->ar": "xquad-ar", "xquad en->en": "xquad-en", "arcd ar->ar": "arcd"}
# How much each case counts. A paragraph that is gone may be answered by another one.
CASES = {
    "corpus": 1.0,
    "article alone": 1.0,
    "article gone": 1.0,
    "another article alone": 0.6,
    "paragraph gone": 0.4,
}
ANSWERABLE = ("corpus", "article alone")
FOLDS = 5
EVEN = 0.5
EMBEDDINGS = load_embeddings(BUILTIN)


@dataclass(frozen=True)
class Example:
    """A question asked to one library.

    Attributes:
        set: The question's set.
        case: What the library holds.
        article: The file name of the document that answers.
        signals: One number a weight.
    """

    set: str
    case: str
    article: str
    signals: tuple[float, ...]


def ask(
    case: str, sources: Sequence[Path | Document], questions: Sequence[Question]
) -> Iterator[Example]:
    """Yield the signals of questions that are asked to a library of some sources."""
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder))
        Intake(library, EMBEDDINGS, max_file_mb=64).add(sources)
        retriever = Retriever(library, EMBEDDINGS)
        for question in questions:
            found = retriever.evidence(question.text)
            if found.candidates:
                seen = signals(found.passages, found.candidates)
                numbers = tuple(seen[name] for name in WEIGHTS)
                yield Example(question.set, case, Path(question.document).name, numbers)
        library.close()


def examples(data: Path) -> Iterator[Example]:
    """Yield all cases of all sets."""
    questions = load_questions(data / "questions.jsonl")
    chance = random.Random(1)  # noqa: S311  # no secret
    for name, corpus in SETS.items():
        asked = [question for question in questions if question.set == name]
        files = sorted((data / "corpus" / corpus).iterdir())
        yield from ask("corpus", files, asked)
        for file in files:
            mine = [q for q in asked if Path(q.document).name == file.name]
            if not mine:
                continue
            others = [q for q in asked if Path(q.document).name != file.name]
            yield from ask("article gone", [path for path in files if path != file], mine)
            yield from ask("article alone", [file], mine)
            yield from ask("another article alone", [file], chance.sample(others, len(mine)))
            yield from _paragraph_gone(file, mine)


def _paragraph_gone(file: Path, questions: Sequence[Question]) -> Iterator[Example]:
    text = file.read_text(encoding="utf-8")
    start = 0
    for paragraph in text.split("\n\n"):
        end = start + len(paragraph)
        asked = [q for q in questions if start <= q.starts[0] < end]
        rest = text[:start] + text[end:]
        if asked and rest.strip():
            yield from ask("paragraph gone", [Document(title=file.stem, text=rest)], asked)
        start = end + 2


def fit(features: Numbers, answerable: Numbers, counts: Numbers) -> Numbers:
    """Return weights and, last, the bias of a logistic regression (Newton's method)."""
    inputs = np.c_[features, np.ones(len(features))]
    weights = np.zeros(inputs.shape[1])
    for _ in range(50):
        likely = 1 / (1 + np.exp(-inputs @ weights))
        curve = (inputs * (counts * likely * (1 - likely))[:, None]).T @ inputs
        slope = inputs.T @ (counts * (likely - answerable)) + 1e-3 * weights
        weights -= np.linalg.solve(curve + 1e-3 * np.eye(len(weights)), slope)
    return weights


def main(data: Path) -> None:
    """Cross-validate, then fit on everything, and print both."""
    rows = list(examples(data))
    features = np.array([row.signals for row in rows])
    answerable = np.array([float(row.case in ANSWERABLE) for row in rows])
    sizes = Counter((row.set, row.case) for row in rows)
    counts = np.array([CASES[row.case] / sizes[row.set, row.case] for row in rows])
    counts /= counts.mean()
    articles = sorted({row.article for row in rows})
    fold = np.array([articles.index(row.article) % FOLDS for row in rows])
    likely = np.zeros(len(rows))
    for number in range(FOLDS):
        held = fold == number
        weights = fit(features[~held], answerable[~held], counts[~held])
        likely[held] = 1 / (1 + np.exp(-(np.c_[features[held], np.ones(held.sum())] @ weights)))
    for key, size in sorted(sizes.items()):
        chosen = np.array([(row.set, row.case) == key for row in rows])
        answered = 100 * np.mean(likely[chosen] >= EVEN)
        print(f"{key[0]:13} {key[1]:22} answered {answered:5.1f} n={size}")
    *weights, bias = fit(features, answerable, counts)
    for name, weight in zip(WEIGHTS, weights, strict=True):
        print(f'    "{name}": {weight:.2f},')
    print(f"BIAS = {bias:.2f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
