"""Ranks candidate sentences by a linear model of their features."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.library import Passage, StoredSentence
from assistant.retrieval.sentences import FEATURES, Candidate

# Learned by training/sentence_weights.py; the order is that of FEATURES.
WEIGHTS: Mapping[str, float] = {
    "coverage": 1.54,
    "local_coverage": 2.77,
    "gram_coverage": 2.92,
    "passage": 4.36,
    "passage_coverage": 1.24,
    "before": 0.13,
    "kind": 1.19,
    "length": -0.20,
    "first": 0.26,
}


@dataclass(frozen=True, slots=True)
class RankedSentence:
    """A sentence that was found.

    Attributes:
        passage: The passage it stands in.
        sentence: Its span and place.
        covered: How much of each stem of the question it has, 0 to 1; none left out.
        fits_kind: Whether it holds what the question asks for, a date for instance.
        score: How well it fits, 0 to 1.
    """

    passage: Passage
    sentence: StoredSentence
    covered: Mapping[str, float]
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
            fits_kind=c.features[_KIND] > 0,
            score=_logistic(linear_score(c.features)),
        )
        for c in read
    ]
    return sorted(ranked, key=lambda found: -found.score)


def linear_score(features: Sequence[float]) -> float:
    """Return the weighted sum of features."""
    return sum(WEIGHTS[name] * value for name, value in zip(FEATURES, features, strict=True))


def _logistic(score: float) -> float:
    return 1 / (1 + math.exp(-(score - _MIDDLE)))


# The sum at which the best sentence is as likely to answer as not.
_MIDDLE = 8.0
_KIND = FEATURES.index("kind")
