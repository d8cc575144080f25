"""How likely the documents answer a question at all."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from assistant.language import main_language
from assistant.retrieval.meanings import Understood
from assistant.retrieval.passages import ScoredPassage, covered_share
from assistant.retrieval.ranking import linear_scores
from assistant.retrieval.sentences import FEATURES, Candidate

# Learned by training/confidence_weights.py: where the best passage is in the question's language,
# and where it is in the other one.
WEIGHTS: Mapping[str, tuple[float, float]] = {
    "lexical": (6.07, 4.32),
    "score": (-1.26, 1.00),
    "gap": (-4.38, 1.50),
    "best_sum": (-0.45, -0.17),
    "best_coverage": (1.99, 0.01),
    "best_soft_coverage": (1.98, 2.85),
    "unfit": (-0.60, -0.74),
    "stems": (-0.88, -0.74),
    "size": (-4.59, -2.76),
    "coverage": (-6.98, -6.29),
    "soft_coverage": (1.06, 1.90),
    "passage_coverage": (2.37, -1.09),
    "gram_coverage": (0.97, 4.99),
    "neighbours": (-0.26, 0.33),
    "cosine": (2.32, 3.04),
    "title": (1.22, 1.63),
    "first_coverage": (2.95, 2.00),
    "unmatched": (1.71, 0.40),
    "unmatched_name": (-0.37, -0.12),
    "coverage_by_stems": (4.50, 4.90),
    "score_by_size": (-0.20, 2.64),
    "lexical_by_size": (0.89, 1.12),
    "gap_by_size": (13.51, 3.16),
    "soft_coverage_by_size": (-2.16, -3.02),
    "best_sum_by_size": (0.39, 0.40),
    "first_coverage_by_size": (-2.55, -0.31),
}
BIAS = (-1.29, -5.02)

# Passages with this share of words in common say the same: the second is no rival of the first.
_COPY = 0.9
# Signals mean something else among many passages; what was learned on ends at this many.
_MOST_PASSAGES = 240
_SIZE_UNIT = 5.0  # nats
# An information in nats that few words have.
_MUCH = 8.0
_CHECKED = ("when", "how_many", "who")
_FITTING = [FEATURES.index(name) for name in ("time", "number", "name")]


def confidence(
    asked: Understood, found: Sequence[ScoredPassage], read: Sequence[Candidate], passages: int
) -> float:
    """Return the estimated probability that the documents answer a question.

    Args:
        asked: The question.
        found: The best passages, best first.
        read: Their sentences.
        passages: How many passages were looked in.

    Returns:
        A probability, 0 where nothing was found.
    """
    if not found or not read:
        return 0.0
    seen = signals(asked, found, read, passages)
    column = int(is_across(asked, found))
    total = BIAS[column] + sum(row[column] * seen[name] for name, row in WEIGHTS.items())
    return 1 / (1 + math.exp(-total))


def is_across(asked: Understood, found: Sequence[ScoredPassage]) -> bool:
    """Return whether the best passage is in the other language."""
    return main_language(found[0].passage.text) != asked.query.language


def signals(
    asked: Understood, found: Sequence[ScoredPassage], read: Sequence[Candidate], passages: int
) -> dict[str, float]:
    """Return what speaks for an answer and against it, a number for each of `WEIGHTS`.

    Args:
        asked: The question.
        found: The best passages, best first.
        read: Their sentences; at least one.
        passages: How many passages were looked in.
    """
    rows = np.array([candidate.features for candidate in read])
    sums = linear_scores(rows)
    best = read[int(np.argmax(sums))]
    size = math.log(min(max(passages, 1), _MOST_PASSAGES)) / _SIZE_UNIT
    own = {
        "lexical": found[0].lexical,
        "score": found[0].score,
        "gap": found[0].score - _rival(found),
        "best_sum": float(sums.max()),
        "best_coverage": float(best.features[FEATURES.index("coverage")]),
        "best_soft_coverage": float(best.features[FEATURES.index("soft_coverage")]),
        "unfit": float(asked.query.kind in _CHECKED and not _fits(best)),
        "stems": math.log(1 + len(asked.alternatives)),
        "size": size,
    }
    seen = own | _highest(rows) | _in_first(asked, found, read)
    return seen | {
        "coverage_by_stems": seen["coverage"] * seen["stems"],
        **{f"{name}_by_size": seen[name] * size for name in _BY_SIZE},
    }


_BY_SIZE = ("score", "lexical", "gap", "soft_coverage", "best_sum", "first_coverage")
_HIGHEST = (
    *("coverage", "soft_coverage", "passage_coverage", "gram_coverage"),
    *("neighbours", "cosine", "title"),
)


def _highest(rows: npt.NDArray[np.float64]) -> dict[str, float]:
    """Return the highest value among all sentences, by feature."""
    return {name: float(rows[:, FEATURES.index(name)].max()) for name in _HIGHEST}


def _in_first(
    asked: Understood, found: Sequence[ScoredPassage], read: Sequence[Candidate]
) -> dict[str, float]:
    """Return what the best passage has of the question's words, and what it lacks."""
    mine = [c.covered for c in read if c.passage.id == found[0].passage.id]
    has = np.max(mine, axis=0) if mine else np.zeros(len(asked.alternatives))
    covered = dict(zip(asked.alternatives, has.tolist(), strict=True))
    lacking = {stem: 1 - share for stem, share in covered.items()}
    named = [lack for stem, lack in lacking.items() if _is_name(stem, asked)]
    rarest = max((asked.weights[stem] * lack for stem, lack in lacking.items()), default=0.0)
    return {
        "first_coverage": covered_share(covered, asked.weights),
        "unmatched": rarest / _MUCH,
        "unmatched_name": max(named, default=0.0),
    }


def _is_name(stem: str, asked: Understood) -> bool:
    return stem[0].isdigit() or stem in asked.query.names


def _fits(candidate: Candidate) -> bool:
    return any(candidate.features[i] > 0 for i in _FITTING)


def _rival(found: Sequence[ScoredPassage]) -> float:
    """Return the score of the best passage that says something else than the first.

    A near-copy says the same, and so does a translation: passages of the first one's language are
    compared only.
    """
    first = found[0].passage.text
    rivals = (f.score for f in found[1:] if not _says_the_same(f.passage.text, first))
    return next(rivals, 0.0)


def _says_the_same(text: str, first: str) -> bool:
    if main_language(text) != main_language(first):
        return True
    words, others = set(text.split()), set(first.split())
    return len(words & others) > _COPY * len(words | others)
