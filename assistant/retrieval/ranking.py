"""Sentences best first: a linear model over what speaks for each."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.library import Passage, StoredSentence
from assistant.retrieval.sentences import FEATURES, Candidate

# Learned by training/sentence_weights.py: for sentences in the question's language, and in the
# other one.
WEIGHTS: Mapping[str, tuple[float, float]] = {
    "coverage": (-4.20, -1.14),
    "local_coverage": (2.78, 3.36),
    "passage_local_coverage": (4.28, 8.28),
    "gram_coverage": (3.41, 3.62),
    "soft_coverage": (3.71, 5.10),
    "soft_local_coverage": (1.90, 2.41),
    "matched": (-2.64, -5.62),
    "unmatched": (1.00, 0.59),
    "cosine": (0.53, 2.11),
    "cosine_below_best": (1.34, 1.96),
    "passage": (5.61, 2.59),
    "passage_below_best": (1.09, 8.99),
    "passage_coverage": (0.83, 1.61),
    "title": (7.16, 4.18),
    "before": (0.19, 2.48),
    "after": (0.49, 0.90),
    "length": (-0.32, -0.45),
    "first": (0.15, 0.24),
    "neighbours": (-0.54, 0.95),
    "time": (1.84, 1.62),
    "number": (2.70, 3.06),
    "number_near": (1.23, 1.36),
    "name": (0.99, 0.37),
    "place": (0.78, 0.51),
    "named_place": (-0.14, 0.08),
    "reason": (1.54, 0.10),
    "beginning": (0.47, 0.24),
    "capitals": (0.03, 0.14),
    "unknown": (0.05, 0.22),
    "across": (0.00, 0.08),
}
# Set by hand: a question answers nothing, and the data to learn from hold hardly any.
FIXED: Mapping[str, tuple[float, float]] = {"asks": (-6.0, -6.0)}
# From the sum to the share of best sentences that are right.
SLOPE, BIAS = 0.192, -1.75


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
    weights = np.array([{**WEIGHTS, **FIXED}[name] for name in FEATURES])
    # No matrix product: its last digits hang on where a row stands, and equal ones would differ.
    both = (features[:, :, np.newaxis] * weights).sum(axis=1)
    across = features[:, _ACROSS] > 0
    sums: npt.NDArray[np.float64] = np.where(across, both[:, 1], both[:, 0])
    return sums


_ACROSS = FEATURES.index("across")
_KINDS = [FEATURES.index(name) for name in ("time", "number", "name", "named_place", "reason")]
