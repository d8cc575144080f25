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
    "coverage": (-4.14, -1.45),
    "local_coverage": (2.73, 2.95),
    "passage_local_coverage": (4.41, 5.93),
    "gram_coverage": (3.27, 4.85),
    "soft_coverage": (3.89, 4.87),
    "soft_local_coverage": (1.88, 1.65),
    "matched": (-2.71, -3.16),
    "unmatched": (1.03, 0.86),
    "cosine": (0.47, 2.32),
    "cosine_below_best": (1.32, 2.16),
    "passage": (5.65, 2.33),
    "passage_below_best": (0.99, 8.64),
    "passage_coverage": (0.78, 2.02),
    "title": (7.10, 4.60),
    "before": (0.18, 2.13),
    "after": (0.48, 0.84),
    "length": (-0.33, -0.49),
    "first": (0.15, 0.25),
    "neighbours": (-0.55, 0.68),
    "time": (1.86, 1.51),
    "number": (2.66, 3.23),
    "number_near": (1.22, 1.26),
    "name": (0.97, 0.35),
    "place": (0.84, 0.51),
    "named_place": (-0.11, 0.02),
    "reason": (1.56, 0.08),
    "beginning": (0.47, 0.24),
    "capitals": (0.03, 0.15),
    "unknown": (0.06, 0.21),
    "across": (0.00, -0.05),
}
# Set by hand: a question answers nothing, and the data to learn from hold hardly any.
FIXED: Mapping[str, tuple[float, float]] = {"asks": (-6.0, -6.0)}
# From the sum to the share of best sentences that are right.
SLOPE, BIAS = 0.198, -1.85


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
