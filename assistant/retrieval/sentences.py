"""Which sentences of the found passages may answer the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.library import Passage, StoredSentence
from assistant.retrieval.features import FEATURES, Placed, feature_rows
from assistant.retrieval.meanings import Understood
from assistant.retrieval.passages import ScoredPassage
from assistant.retrieval.reading import Reading, covered, read_sentences

__all__ = ["FEATURES", "Candidate", "candidates"]

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A sentence with what speaks for it.

    Attributes:
        passage: The passage it stands in.
        sentence: Its span and place.
        reading: What it says.
        covered: How much of each stem of the question it has, 0 to 1, in the question's order.
        features: One number for each of `FEATURES`.
    """

    passage: Passage
    sentence: StoredSentence
    reading: Reading
    covered: Numbers
    features: Numbers


def candidates(asked: Understood, found: Sequence[ScoredPassage]) -> list[Candidate]:
    """Return all sentences of the found passages with their features.

    Args:
        asked: The question.
        found: The passages, best first.

    Returns:
        The sentences, in order of their passages.
    """
    places = [
        Placed(owner, passage, index, reading)
        for owner, passage in enumerate(found)
        for index, reading in enumerate(_readings(passage.passage))
    ]
    if not places or not asked.alternatives:
        return []
    has = np.array([covered(p.reading, asked.alternatives, asked.query.word_grams) for p in places])
    rows = feature_rows(asked, found, places, has)
    return [
        Candidate(p.found.passage, p.sentence, p.reading, has[i], rows[i])
        for i, p in enumerate(places)
    ]


def _readings(passage: Passage) -> tuple[Reading, ...]:
    return read_sentences(tuple(map(passage.sentence_text, passage.sentences)))
