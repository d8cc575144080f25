"""What was found for a question, before anything is chosen from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.retrieval.meanings import Understood
from assistant.retrieval.passages import ScoredPassage
from assistant.retrieval.sentences import Candidate


@dataclass(frozen=True, slots=True)
class Findings:
    """A question with the best passages and all their sentences.

    Attributes:
        asked: The question.
        passages: The best passages, best first.
        candidates: Their sentences with their features, in order of the passages.
        searched: How many passages were looked in.
    """

    asked: Understood
    passages: Sequence[ScoredPassage]
    candidates: Sequence[Candidate]
    searched: int
