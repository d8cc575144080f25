"""Sentences best first: a linear model over what speaks for each."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.library import Passage, StoredSentence
from assistant.retrieval.sentences import ALL_FEATURES, Candidate

# Learned by training/sentence_weights.py.
WEIGHTS: Mapping[str, float] = {}


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
    ranked = [
        RankedSentence(
            passage=c.passage,
            sentence=c.sentence,
            covered=c.covered,
            fits_kind=any(c.features[i] > 0 for i in _KINDS),
            score=_logistic(linear_score(c.features)),
        )
        for c in read
    ]
    return sorted(ranked, key=lambda found: -found.score)


def linear_score(features: npt.NDArray[np.float64]) -> float:
    """Return the weighted sum of features."""
    return float(features @ np.array([WEIGHTS[name] for name in ALL_FEATURES]))


def _logistic(score: float) -> float:
    return 1 / (1 + math.exp(-(score - _MIDDLE)))


# The sum at which the best sentence is as likely to answer as not.
_MIDDLE = 8.0
_KINDS = [ALL_FEATURES.index(name) for name in ("time", "number", "name", "place", "reason")]
