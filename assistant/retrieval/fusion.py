"""Puts the scores of all legs on one scale and together, for passages of both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.models import is_builtin

Scores = Mapping[int, float]

# A document whose title names what is asked for is a little likelier to answer.
_TITLE = 0.2


@dataclass(frozen=True, slots=True)
class DenseWeights:
    """How much a cosine counts beside a lexical share of 1, by language of the question.

    Attributes:
        within: For passages in the question's own language.
        across: For passages in the other one.
    """

    within: Mapping[str, float]
    across: Mapping[str, float]


# What the cosine of a good passage usually is. What cosines weigh more across languages counts from
# there on: otherwise every passage in the other language would be ahead for nothing.
_USUAL_COSINE = 0.5
# Measured on the development questions; see benchmarks/README.md.
BUILTIN = DenseWeights(within={"ar": 0.2, "en": 0.2}, across={"ar": 0.3, "en": 0.6})
ENCODER = DenseWeights(within={"ar": 0.2, "en": 0.6}, across={"ar": 0.4, "en": 1.0})


def dense_weights(embeddings: str) -> DenseWeights:
    """Return how much the cosines of an embedding count, by its name in the settings.

    An encoder that reads whole texts is trusted more within a language than a mean of words.
    """
    return BUILTIN if is_builtin(embeddings) else ENCODER


@dataclass(frozen=True, slots=True)
class Legs:
    """What each leg found for a question; a passage that a leg did not find is not in its list.

    Attributes:
        own: Lexical shares in the question's own language, 0 to 1.
        other: Lexical shares by translation.
        dense: Cosines.
        title: Share of the question's information that the document's title has, by passage.
        foreign: Passages of documents in the other language.
        limit: How many passages a leg gives at most.
        mixed: Passages of documents in both languages.
    """

    own: Scores
    other: Scores
    dense: Scores
    title: Scores
    foreign: frozenset[int]
    limit: int
    mixed: frozenset[int] = frozenset()

    def lexical(self, passage: int) -> float:
        """Return the lexical share of a passage: own words or translated ones, not both."""
        return max(self.own.get(passage, 0.0), self.other.get(passage, 0.0))

    def is_across(self, passage: int) -> bool:
        """Return whether a passage was found by translation rather than by its own words."""
        own, other = self.own.get(passage, 0.0), self.other.get(passage, 0.0)
        return other > own or (other == own and passage in self.foreign)


def fuse(legs: Legs, language: str, weights: DenseWeights) -> dict[int, float]:
    """Return the score of every passage that any leg found, 0 to 1.

    A passage that the dense leg's full list does not hold is given the list's lowest cosine: it
    can't have more.

    Args:
        legs: What the legs found.
        language: The question's language, ``ar`` or ``en``.
        weights: How much cosines count.
    """
    full = len(legs.dense) >= legs.limit
    floor = max(0.0, min(legs.dense.values())) if full else 0.0
    within, across = weights.within[language], weights.across[language]
    highest = 1 + max(within, across) + _TITLE
    scores = {}
    for passage in legs.own.keys() | legs.other.keys() | legs.dense.keys():
        cosine = max(0.0, legs.dense.get(passage, floor))
        total = legs.lexical(passage) + within * cosine + _TITLE * legs.title.get(passage, 0.0)
        if legs.dense and legs.is_across(passage):
            total += (across - within) * (cosine - _USUAL_COSINE)
        scores[passage] = min(1.0, max(0.0, total / highest))
    return scores
