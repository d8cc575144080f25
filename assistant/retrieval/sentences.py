"""Which sentences of the found passages answer the question."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.language import content_words, fold, grams, stem
from assistant.language.dates import find_dates, find_years
from assistant.library import Passage, StoredSentence
from assistant.retrieval.passages import ScoredPassage
from assistant.retrieval.query import Query

_DIGIT = re.compile("[0-9]")
_PARTIAL = 0.6


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence that was found.

    Attributes:
        passage: The passage it stands in.
        sentence: Its span and place.
        score: How well it fits, 0 to 1.
        covered: The stems of the question that it has.
    """

    passage: Passage
    sentence: StoredSentence
    score: float
    covered: frozenset[str]

    @property
    def text(self) -> str:
        """Its words."""
        return self.passage.sentence_text(self.sentence)
