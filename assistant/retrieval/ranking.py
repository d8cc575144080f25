"""Sentences best first: a linear model over what speaks for each."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from assistant.library import Passage, StoredSentence
from assistant.retrieval.sentences import FEATURES, Candidate

# Learned by training/sentence_weights.py: for sentences in the question's language, and in the
# other one.
WEIGHTS: Mapping[str, tuple[float, float]] = {
    "coverage": (-5.10, -2.47),
    "local_coverage": (-2.47, -2.51),
    "passage_local_coverage": (1.62, 6.31),
    "gram_coverage": (3.35, 2.81),
    "soft_coverage": (2.27, 3.04),
    "soft_local_coverage": (0.56, 1.31),
    "matched": (0.14, -3.13),
    "unmatched": (0.46, 0.58),
    "cosine": (0.78, 1.53),
    "cosine_below_best": (0.95, 2.23),
    "passage": (5.11, 2.23),
    "passage_below_best": (1.28, 9.90),
    "passage_coverage": (-0.11, 0.44),
    "title": (5.84, 2.28),
    "before": (-0.89, 0.86),
    "after": (0.35, 1.01),
    "length": (-0.27, -0.41),
    "first": (0.27, 0.29),
    "coverage_with_before": (0.98, -0.29),
    "local_coverage_with_before": (-2.32, -1.89),
    "coverage_with_title": (1.15, 2.68),
    "local_coverage_with_title": (2.41, -0.34),
    "local_coverage_with_both": (2.54, 1.74),
    "soft_coverage_with_before": (4.53, 4.83),
    "soft_local_coverage_with_before": (0.24, 1.91),
    "window": (2.20, 4.04),
    "neighbours": (-0.67, 0.22),
    "time": (1.94, 1.38),
    "number": (2.69, 3.09),
    "number_near": (1.02, 1.65),
    "name": (0.99, 0.26),
    "place": (0.68, 0.36),
    "named_place": (-0.04, 0.20),
    "reason": (1.44, -0.15),
    "beginning": (0.44, 0.24),
    "capitals": (0.05, 0.14),
    "unknown": (0.05, 0.21),
    "across": (0.00, -0.12),
}
# Set by hand: a question answers nothing, and the data to learn from hold hardly any.
FIXED: Mapping[str, tuple[float, float]] = {"asks": (-6.0, -6.0)}
# From the sum to the share of best sentences that are right.
SLOPE, BIAS = 0.228, -2.27


@dataclass(frozen=True, slots=True, eq=False)
class RankedSentence:
    """A sentence that was found.

    Attributes:
        passage: The passage it stands in.
        sentence: Its span and place.
        covered: How much of each stem of the question it has, 0 to 1, in the question's order.
        fits_kind: Whether it holds what the question asks for, a date for instance.
        score: How well it fits, 0 to 1.
    """

    passage: Passage
    sentence: StoredSentence
    covered: npt.NDArray[np.float64]
    fits_kind: bool
    score: float

    @property
    def text(self) -> str:
        """Its words."""
        return self.passage.sentence_text(self.sentence)


def rank_sentences(read: Sequence[Candidate]) -> list[RankedSentence]:
    """Return candidate sentences best first.

    Args:
        read: The candidates.

    Returns:
        The sentences; a score is the logistic of the linear model's sum, so that scores of
        different questions can be compared. Equal ones stand in order of passages and places.
    """
    if not read:
        return []
    sums = linear_scores(np.array([c.features for c in read]))
    ranked = [
        RankedSentence(
            passage=c.passage,
            sentence=c.sentence,
            covered=c.covered,
            fits_kind=any(c.features[i] > 0 for i in _KINDS),
            score=1 / (1 + math.exp(-(SLOPE * sums[i] + BIAS))),
        )
        for i, c in enumerate(read)
    ]
    return sorted(ranked, key=lambda found: (-found.score, found.passage.id, found.sentence.start))


def linear_scores(features: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the weighted sums of features, shape (candidates,), by each one's language."""
    weights = _weights()
    # No matrix product: its last digits hang on where a row stands, and equal ones would differ.
    both = (features[:, :, np.newaxis] * weights).sum(axis=1)
    across = features[:, _ACROSS] > 0
    sums: npt.NDArray[np.float64] = np.where(across, both[:, 1], both[:, 0])
    return sums


@lru_cache(maxsize=1)
def _weights() -> npt.NDArray[np.float64]:
    return np.array([{**WEIGHTS, **FIXED}[name] for name in FEATURES])


_ACROSS = FEATURES.index("across")
_KINDS = [FEATURES.index(name) for name in ("time", "number", "name", "named_place", "reason")]
