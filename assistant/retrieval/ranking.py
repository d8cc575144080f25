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
    "coverage": (-3.97, -1.22),
    "local_coverage": (2.74, 2.35),
    "passage_local_coverage": (4.44, 6.34),
    "gram_coverage": (3.35, 4.45),
    "soft_coverage": (4.05, 5.08),
    "soft_local_coverage": (1.61, 1.91),
    "matched": (-2.93, -3.50),
    "unmatched": (1.04, 0.96),
    "cosine": (0.61, 2.23),
    "cosine_below_best": (1.13, 2.34),
    "passage": (5.58, 1.92),
    "passage_below_best": (0.02, 11.12),
    "passage_coverage": (0.92, 1.74),
    "title": (6.77, 5.17),
    "before": (0.22, 2.04),
    "after": (0.49, 0.75),
    "length": (-0.32, -0.52),
    "first": (0.16, 0.21),
    "neighbours": (-0.52, 0.61),
    "time": (1.78, 1.29),
    "number": (1.93, 2.12),
    "number_near": (1.49, 1.79),
    "name": (0.79, 0.28),
    "named_place": (0.5, 0.5),
    "place": (0.83, 0.43),
    "reason": (1.58, 0.20),
    "beginning": (0.44, 0.36),
    "capitals": (0.03, 0.19),
    "unknown": (0.06, 0.19),
    "across": (0.00, -0.36),
}
# Set by hand: a question answers nothing, and the data to learn from hold hardly any.
FIXED: Mapping[str, tuple[float, float]] = {"asks": (-6.0, -6.0)}
# From the sum to the share of best sentences that are right.
SLOPE, BIAS = 0.186, -1.67


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
