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
    "coverage": (-5.15, -2.50),
    "local_coverage": (-2.35, -2.42),
    "passage_local_coverage": (1.78, 6.14),
    "gram_coverage": (3.15, 2.80),
    "soft_coverage": (2.32, 3.02),
    "soft_local_coverage": (0.49, 1.24),
    "matched": (0.22, -3.02),
    "unmatched": (0.53, 0.61),
    "cosine": (0.82, 1.49),
    "cosine_below_best": (0.92, 2.25),
    "passage": (5.11, 2.24),
    "passage_below_best": (1.19, 9.67),
    "passage_coverage": (-0.04, 0.53),
    "title": (5.55, 2.45),
    "before": (-0.88, 0.81),
    "after": (0.38, 1.04),
    "length": (-0.26, -0.40),
    "first": (0.26, 0.28),
    "coverage_with_before": (1.06, -0.29),
    "local_coverage_with_before": (-2.38, -1.74),
    "coverage_with_title": (1.13, 2.62),
    "local_coverage_with_title": (2.46, -0.26),
    "local_coverage_with_both": (2.45, 1.70),
    "soft_coverage_with_before": (4.57, 4.81),
    "soft_local_coverage_with_before": (0.17, 1.86),
    "window": (2.04, 4.01),
    "neighbours": (-0.65, 0.24),
    "time": (1.93, 1.36),
    "number": (2.80, 3.10),
    "number_near": (0.93, 1.66),
    "name": (0.98, 0.27),
    "place": (0.68, 0.36),
    "named_place": (-0.03, 0.22),
    "reason": (1.45, -0.15),
    "beginning": (0.44, 0.24),
    "capitals": (0.04, 0.14),
    "unknown": (0.04, 0.21),
    "across": (0.00, -0.09),
}
# Set by hand: a question answers nothing, and the data to learn from hold hardly any.
FIXED: Mapping[str, tuple[float, float]] = {"asks": (-6.0, -6.0)}
# From the sum to the share of best sentences that are right.
SLOPE, BIAS = 0.229, -2.29


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
