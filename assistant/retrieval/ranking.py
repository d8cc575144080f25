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
    "coverage": (-4.12, -1.11),
    "local_coverage": (2.59, 2.35),
    "passage_local_coverage": (4.37, 6.09),
    "gram_coverage": (3.34, 4.38),
    "soft_coverage": (3.41, 4.72),
    "soft_local_coverage": (2.51, 2.38),
    "matched": (-2.88, -3.29),
    "unmatched": (1.04, 0.90),
    "cosine": (0.85, 1.93),
    "cosine_below_best": (1.12, 2.33),
    "passage": (5.69, 2.19),
    "passage_below_best": (-0.24, 10.34),
    "passage_coverage": (0.82, 2.04),
    "title": (6.91, 5.14),
    "before": (0.19, 2.11),
    "after": (0.48, 0.69),
    "length": (-0.34, -0.55),
    "first": (0.16, 0.26),
    "neighbours": (-0.48, 0.54),
    "time": (1.77, 1.46),
    "number": (1.81, 2.34),
    "number_near": (1.55, 1.72),
    "name": (0.81, 0.28),
    "place": (0.88, 0.54),
    "reason": (1.63, 0.18),
    "beginning": (0.43, 0.30),
    "capitals": (0.04, 0.18),
    "unknown": (0.06, 0.18),
    "across": (0.00, -0.37),
}
# Set by hand: a question answers nothing, and the data to learn from hold hardly any.
FIXED: Mapping[str, tuple[float, float]] = {"asks": (-6.0, -6.0)}
# From the sum to the share of best sentences that are right.
SLOPE, BIAS = 0.184, -1.68


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
        different questions can be compared.
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
    return sorted(ranked, key=lambda found: -found.score)


def linear_scores(features: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the weighted sums of features, shape (candidates,), by each one's language."""
    weights = np.array([{**WEIGHTS, **FIXED}[name] for name in FEATURES])
    both = features @ weights
    across = features[:, _ACROSS] > 0
    sums: npt.NDArray[np.float64] = np.where(across, both[:, 1], both[:, 0])
    return sums


_ACROSS = FEATURES.index("across")
_KINDS = [FEATURES.index(name) for name in ("time", "number", "name", "place", "reason")]
