"""Learns the weights of assistant/citations/scoring.py.

    python training/claim_weights.py DATA TREEBANKS

DATA holds ``questions.jsonl`` and ``corpus/``, TREEBANKS the conllu files of PUD (see
benchmarks/verification.py). A logistic regression with a small pull towards zero tells claims
from the same claims beside a sentence that does not say them: of another article, or of the same
paragraph. One column of weights within a language, one across two. Prints, in five folds by
article (the copies of an article in one fold), the area under the curve and the share of true
claims below each threshold, and then the weights of all data.
"""

from __future__ import annotations

import sys
import zlib
from pathlib import Path

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

from claims import Claim, Maker  # lies beside the other benchmarks

from assistant.citations.alignment import align  # behind the path
from assistant.citations.pairs import Pair  # behind the path
from assistant.citations.scoring import WEIGHTS, features  # behind the path
from assistant.citations.statement import read_statement  # behind the path
from assistant.evaluation import area_under_curve  # behind the path

Numbers = npt.NDArray[np.float64]

FOLDS = 5
PULL = 1.0
STEPS = 30
AGAINST = {"other_article": 1.0, "other_sentence": 0.5}
COLUMNS = {"within": ("ar-ar", "en-en"), "across": ("ar-en", "en-ar")}
THRESHOLDS = (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5)


def seen(claim: Claim) -> list[float]:
    """Return a claim's features, in the order of `WEIGHTS`."""
    said = read_statement(claim.text)
    sources = [read_statement(source) for source in claim.sources]
    found = features([Pair(said, source, align(said, source)) for source in sources])
    return [found[name] for name in WEIGHTS]


def fit(rows: Numbers, labels: Numbers, importance: Numbers) -> Numbers:
    """Return the weights and the bias, by Newton's method."""
    design = np.hstack([rows, np.ones((len(rows), 1))])
    pull = PULL * np.eye(design.shape[1])
    pull[-1, -1] = 1e-6
    weights = np.zeros(design.shape[1])
    for _ in range(STEPS):
        chances = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (importance * (labels - chances)) - pull @ weights
        curve = (design * (importance * chances * (1 - chances))[:, None]).T @ design + pull
        weights += np.linalg.solve(curve, slope)
    return weights


def chances(rows: Numbers, weights: Numbers) -> Numbers:
    """Return the probability of each row."""
    result: Numbers = 1 / (1 + np.exp(-(rows @ weights[:-1] + weights[-1])))
    return result


def learn(name: str, claims: list[Claim]) -> Numbers:
    """Print how well a column does out of fold, and return its weights."""
    rows = np.array([seen(claim) for claim in claims])
    labels = np.array([float(claim.is_true) for claim in claims])
    weight = np.array([AGAINST.get(claim.kind, 1.0) for claim in claims])
    folds = np.array([zlib.crc32(claim.article.encode()) % FOLDS for claim in claims])
    out = np.zeros(len(claims))
    for fold in range(FOLDS):
        mine = folds == fold
        out[mine] = chances(rows[mine], fit(rows[~mine], labels[~mine], weight[~mine]))
    print(f"\n{name}: {len(claims)} claims")
    for kind in AGAINST:
        false = out[[claim.kind == kind for claim in claims]]
        area = area_under_curve(list(out[labels > 0]), list(false))
        kept = " ".join(f"{100 * np.mean(false >= t):5.1f}" for t in THRESHOLDS)
        print(f"  {kind:16} AUROC {area:.3f}, kept at {THRESHOLDS}: {kept}")
    for direction in COLUMNS[name]:
        true = out[[c.is_true and c.direction == direction for c in claims]]
        lost = " ".join(f"{100 * np.mean(true < t):5.1f}" for t in THRESHOLDS)
        print(f"  true, {direction}, lost: {lost}")
    return fit(rows, labels, weight)


def main() -> None:
    """Learn and print."""
    claims = [c for c in Maker(Path(sys.argv[1]), Path(sys.argv[2])).claims()
              if c.is_true or c.kind in AGAINST]  # fmt: skip
    columns = {
        name: learn(name, [c for c in claims if c.direction in directions])
        for name, directions in COLUMNS.items()
    }
    for n, name in enumerate([*WEIGHTS, "bias"]):
        print(f'    "{name}": ({columns["within"][n]:.2f}, {columns["across"][n]:.2f}),')


if __name__ == "__main__":
    main()
