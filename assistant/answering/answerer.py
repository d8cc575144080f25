"""What every kind of answerer does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from assistant.citations import numbered
from assistant.retrieval import Evidence, passage_hit
from assistant.schema import Answer, AnswerStream, Interrupt, Message, Segment


class Answerer(Protocol):
    """Writes an answer out of evidence, one checked segment at a time."""

    @property
    def engine(self) -> str:
        """Who writes: ``extractive``, or a model's name."""
        ...

    def segments(
        self,
        evidence: Evidence,
        history: Sequence[Message] = (),
        interrupt: Interrupt | None = None,
    ) -> Iterator[Segment]:
        """Yield the answer's segments, or one frame that refuses.

        Args:
            evidence: What was found.
            history: What was said before, oldest first.
            interrupt: Ends the work when it is set, from any thread.

        Raises:
            ModelError: A model failed.
        """
        ...


def answering(
    question: str,
    history: Sequence[Message],
    answerer: Answerer,
    find: Callable[[Interrupt], Evidence],
) -> AnswerStream:
    """Return the stream of an answer; nothing is looked for before its first step.

    Args:
        question: The question as asked.
        history: What was said before, oldest first.
        answerer: Who writes.
        find: Looks for evidence; the interrupt ends what it waits for.
    """
    interrupt = Interrupt()
    found: list[Evidence] = []

    def search() -> None:
        if not found:
            found.append(find(interrupt))

    def segments() -> Iterator[Segment]:
        search()
        if not interrupt.is_set:
            yield from answerer.segments(found[0], history, interrupt)

    return AnswerStream(
        segments(),
        lambda seen: finished(question, found[0], seen, answerer.engine),
        interrupt,
        search=search,
    )


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
