"""What every kind of answerer does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from assistant.citations import numbered
from assistant.retrieval import Evidence, passage_hit
from assistant.schema import Answer, Segment


class Answerer(Protocol):
    """Writes an answer out of evidence, one checked segment at a time."""

    @property
    def engine(self) -> str:
        """Who writes: ``extractive``, or a model's name."""
        ...

    def segments(self, evidence: Evidence) -> Iterator[Segment]:
        """Yield the answer's segments, or one frame that refuses.

        Args:
            evidence: What was found.
        """
        ...


def finished(question: str, evidence: Evidence, segments: Sequence[Segment], engine: str) -> Answer:
    """Return the answer that segments make.

    Args:
        question: The question as asked; the evidence holds it as it was searched for.
        evidence: What was found.
        segments: All segments, in order.
        engine: Who wrote them.

    Returns:
        The answer; one without citations is a refusal.
    """
    citations = tuple(numbered(segments))
    return Answer(
        question=question,
        standalone_question=evidence.query.text,
        text="".join(segment.text for segment in segments),
        segments=tuple(segments),
        citations=citations,
        hits=tuple(passage_hit(found) for found in evidence.passages),
        language=evidence.query.language,
        answered=bool(citations),
        confidence=evidence.confidence,
        engine=engine,
    )
