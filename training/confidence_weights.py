"""Learns the weights of assistant/retrieval/confidence.py.

    python training/confidence_weights.py DATA [SIGNALS]

DATA holds ``questions.jsonl`` and ``corpus/`` (the format is described in benchmarks/README.md).
A logistic regression tells answerable from unanswerable questions: asked to a library of a whole
corpus and to one of their article alone, against a corpus without the article, another article
alone, the article without the paragraph that answers, and short questions about things of which the
article says nothing (`unsaid.py`). Prints, in five folds by article, the
share answered of each case and the area under the curve, and then the weights of all data: one
column where the best passage is in the question's language, one where it is not. The signals of
all questions are kept in the file SIGNALS (minutes of work), and read from it where it exists.
"""

from __future__ import annotations

import pickle
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from unsaid import is_named, unsaid

from assistant.evaluation import Question, area_under_curve, load_questions
from assistant.ingestion import Intake
from assistant.library import Library
from assistant.models import BUILTIN, load_embeddings
from assistant.retrieval import Retriever, analyse
from assistant.retrieval.confidence import WEIGHTS, is_across, signals
from assistant.retrieval.findings import Findings
from assistant.retrieval.sentences import candidates
from assistant.schema import Document

Numbers = npt.NDArray[np.float64]

HIDDEN, UNSAID = "paragraph hidden", "unsaid"
# How much each case counts. A paragraph that is gone may be answered by another one.
CASES = {
    "corpus": 1.0,
    "article alone": 1.0,
    "article gone": 1.0,
    "another article alone": 0.8,
    "paragraph gone": 0.5,
    HIDDEN: 0.5,
    UNSAID: 0.3,
}
ANSWERABLE = ("corpus", "article alone")
# … and how much answerable ones count beside that, within a language and across: so much that at
# an even chance few questions are answered falsely (4 % and 8 % of those whose article is gone).
WITHIN, ACROSS = 2.4, 1.4
AGAINST = (
    ("article gone", "corpus"),
    ("another article alone", "article alone"),
    ("paragraph gone", "article alone"),
    (HIDDEN, "corpus"),
    (UNSAID, "article alone"),
)
FOLDS = 5
EVEN = 0.5
PULL = 0.3
# Signals that speak against an answer, and those that only set the scale.
BOUNDS: dict[str, tuple[float | None, float | None]] = {
    "unfit": (None, 0.0),
    "unmatched_name": (None, 0.0),
    "unmatched_number": (None, 0.0),
    "unmatched_sure": (None, 0.0),
    "missing_of_two": (None, 0.0),
    "stems": (None, None),
    "size": (None, None),
}


@dataclass(frozen=True)
class Example:
    """A question asked to one library.

    Attributes:
        set: The question's set.
        case: What the library holds.
        article: The file name of the document that answers.
        across: Whether the best passage is in the other language.
        signals: By name; empty where nothing was found.
    """

    set: str
    case: str
    article: str
    across: bool
    signals: dict[str, float]


def ask(
    case: str,
    sources: Sequence[Path | Document],
    questions: Sequence[Question],
    *,
    hides: bool = False,
) -> Iterator[Example]:
    """Yield the signals of questions that are asked to a library of some sources.

    Args:
        case: What the library holds.
        sources: Its sources.
        questions: The questions.
        hides: Whether to yield each a second time, the passages that answer it passed over.
    """
    embeddings = load_embeddings(BUILTIN)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        library = Library(Path(folder))
        Intake(library, embeddings, max_file_mb=64).add(sources)
        retriever = Retriever(library, embeddings)
        for question in questions:
            findings = retriever.read(analyse(question.text))
            yield _example(case, question, findings)
            if hides:
                yield _example(HIDDEN, question, _without_answer(findings, question))
        library.close()


def _example(case: str, question: Question, findings: Findings) -> Example:
    seen = signals(findings) if findings.passages and findings.candidates else {}
    across = bool(findings.passages) and is_across(findings)
    return Example(question.set, case, Path(question.document).name, across, seen)


def _without_answer(findings: Findings, question: Question) -> Findings:
    """Return findings as if the passages that answer were not in the library.

    The words of these still count as known ones, which makes the case a little easier.
    """
    kept = [
        found
        for found in findings.passages
        if not (
            f"/{found.passage.source}".endswith(f"/{question.document}")
            and any(found.passage.start <= s < found.passage.end for s in question.starts)
        )
    ]
    return replace(findings, passages=kept, candidates=candidates(findings.asked, kept))


def examples(data: Path) -> Iterator[Example]:
    """Yield all cases of all sets."""
    questions = load_questions(data / "questions.jsonl")
    chance, others_chance = random.Random(1), random.Random(2)  # noqa: S311  # no secret
    for corpus in sorted((data / "corpus").iterdir()):
        asked = [q for q in questions if q.document.startswith(f"{corpus.name}/")]
        files = sorted(corpus.iterdir())
        yield from ask("corpus", files, asked, hides=True)
        for file in files:
            mine = [q for q in asked if Path(q.document).name == file.name]
            if not mine:
                continue
            others = [q for q in asked if Path(q.document).name != file.name]
            yield from ask("article gone", [path for path in files if path != file], mine)
            yield from ask("article alone", [file], mine)
            yield from ask("another article alone", [file], chance.sample(others, len(mine)))
            yield from _paragraph_gone(file, mine)
            yield from _unsaid(file, mine, others_chance)


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


def _unsaid(file: Path, questions: Sequence[Question], chance: random.Random) -> Iterator[Example]:
    embeddings = load_embeddings(BUILTIN)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        library = Library(Path(folder))
        Intake(library, embeddings, max_file_mb=64).add([file])
        retriever = Retriever(library, embeddings)
        for name in sorted({question.set for question in questions}):
            mine = [question for question in questions if question.set == name]
            for text, what in unsaid(mine, chance):
                findings = retriever.read(analyse(text))
                if not is_named(what, findings, library):
                    yield _example(UNSAID, mine[0], findings)
        library.close()


def fit(features: Numbers, answerable: Numbers, counts: Numbers, names: Sequence[str]) -> Numbers:
    """Return weights and, last, the bias of a logistic regression.

    What speaks for an answer may not count against it, nor the other way round: a few signals are
    nearly the same, and would otherwise be set off against each other.
    """
    inputs = np.c_[features, np.ones(len(features))]

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        sums = inputs @ weights
        likely = 1 / (1 + np.exp(-sums))
        costs = np.logaddexp(0, sums) - answerable * sums
        slope = inputs.T @ (counts * (likely - answerable)) + PULL * weights
        return float(counts @ costs + PULL / 2 * weights @ weights), slope

    bounds = [BOUNDS.get(name, (0.0, None)) for name in names] + [(None, None)]
    found = minimize(loss, np.zeros(inputs.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds)
    weights: Numbers = found.x
    return weights


@dataclass(frozen=True)
class Table:
    """Examples as arrays; rows without signals are left out of the fit and count as refused."""

    rows: Sequence[Example]
    names: Sequence[str]

    def column(self, *, across: bool) -> npt.NDArray[np.bool_]:
        """Return which rows are of one direction and have signals."""
        return np.array([bool(row.signals) and row.across is across for row in self.rows])

    def features(self) -> Numbers:
        """Return shape (rows, signals)."""
        return np.array([[row.signals.get(name, 0.0) for name in self.names] for row in self.rows])

    def answerable(self) -> Numbers:
        """Return 1 for each answerable row."""
        return np.array([float(row.case in ANSWERABLE) for row in self.rows])

    def counts(self) -> Numbers:
        """Return how much each row counts."""
        sizes = Counter((row.set, row.case) for row in self.rows)
        counts = np.array([CASES[row.case] / sizes[row.set, row.case] for row in self.rows])
        across = np.array([row.across for row in self.rows])
        counts *= np.where(self.answerable() > 0, np.where(across, ACROSS, WITHIN), 1.0)
        return counts / counts.mean()


def fitted(table: Table, chosen: npt.NDArray[np.bool_]) -> dict[bool, Numbers]:
    """Return the weights of both directions, learned on chosen rows."""
    features, answerable, counts = table.features(), table.answerable(), table.counts()
    result = {}
    for across in (False, True):
        mine = chosen & table.column(across=across)
        result[across] = fit(features[mine], answerable[mine], counts[mine], table.names)
    return result


def cross_validated(table: Table) -> Numbers:
    """Return each row's probability by weights that were learned without its article."""
    articles = sorted({row.article for row in table.rows})
    fold = np.array([articles.index(row.article) % FOLDS for row in table.rows])
    features = np.c_[table.features(), np.ones(len(table.rows))]
    likely = np.zeros(len(table.rows))
    for number in range(FOLDS):
        weights = fitted(table, fold != number)
        for across, learned in weights.items():
            held = (fold == number) & table.column(across=across)
            likely[held] = 1 / (1 + np.exp(-(features[held] @ learned)))
    return likely


def report(table: Table, likely: Numbers) -> None:
    """Print the share answered of each case, and areas under the curve."""
    by_case = {
        key: likely[[(row.set, row.case) == key for row in table.rows]]
        for key in sorted({(row.set, row.case) for row in table.rows})
    }
    for name in dict.fromkeys(name for name, _ in by_case):
        shares = [f"{case} {100 * np.mean(by_case[name, case] >= EVEN):.1f}" for case in CASES]
        areas = []
        for gone, there in AGAINST:
            area = area_under_curve(list(by_case[name, there]), list(by_case[name, gone]))
            areas.append(f"{gone} {area:.3f}")
        print(f"{name}  answered: {', '.join(shares)}; AUROC: {', '.join(areas)}")


def main(data: Path, kept: Path | None) -> None:
    """Cross-validate, then fit on everything, and print both."""
    if kept is not None and kept.exists():
        rows = pickle.loads(kept.read_bytes())  # noqa: S301  # written by this program
    else:
        rows = list(examples(data))
        if kept is not None:
            kept.write_bytes(pickle.dumps(rows))
    table = Table(rows, list(WEIGHTS))
    report(table, cross_validated(table))
    weights = fitted(table, np.ones(len(rows), bool))
    for name, own, other in zip(WEIGHTS, weights[False], weights[True], strict=False):
        print(f'    "{name}": ({own:.2f}, {other:.2f}),')
    print(f"BIAS = ({weights[False][-1]:.2f}, {weights[True][-1]:.2f})")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)  # noqa: PLR2004
