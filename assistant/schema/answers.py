"""What is answered, whole or as a stream."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assistant.errors import AnswerNotReady
from assistant.schema.citing import CiteStyle, cite
from assistant.schema.documents import Document
from assistant.schema.evidence import Citation, Hit, Segment
from assistant.schema.export import to_html, to_markdown


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, or a refusal, with everything it rests on.

    Attributes:
        question: The question as asked.
        standalone_question: The question as it was searched for.
        text: All segments' texts joined, without citation markers.
        segments: The answer piece by piece.
        citations: The citations of all segments, each once, in order of first use.
        hits: The passages it was looked for in; under a refusal, the closest ones.
        language: Language of the answer, ``ar`` or ``en``.
        answered: False for a refusal.
        confidence: Estimated probability that the documents answer the question, 0 to 1.
        engine: Who wrote it: ``extractive``, or a model's name.
    """

    question: str
    standalone_question: str
    text: str
    segments: tuple[Segment, ...]
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...]
    language: str
    answered: bool
    confidence: float
    engine: str

    def __str__(self) -> str:
        return self.text

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as plain JSON values."""
        return {
            "question": self.question,
            "standalone_question": self.standalone_question,
            "text": self.text,
            "segments": [
                {
                    "text": s.text,
                    "citations": [asdict(c) for c in s.citations],
                    "support": s.support,
                    "reasons": list(s.reasons),
                }
                for s in self.segments
            ],
            "citations": [asdict(c) for c in self.citations],
            "hits": [asdict(h) for h in self.hits],
            "language": self.language,
            "answered": self.answered,
            "confidence": self.confidence,
            "engine": self.engine,
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Answer:
        """Return the answer that `to_dict` returned the values of."""
        return cls(
            **dict(values)
            | {
                "segments": tuple(
                    Segment(
                        s["text"],
                        tuple(Citation(**c) for c in s["citations"]),
                        s["support"],
                        tuple(s.get("reasons", ())),  # what was stored before there were any
                    )
                    for s in values["segments"]
                ),
                "citations": tuple(Citation(**c) for c in values["citations"]),
                "hits": tuple(Hit(**h) for h in values["hits"]),
            }
        )

    def to_markdown(self) -> str:
        """Return the answer as Markdown: markers, then the numbered quotes."""
        return to_markdown(self.segments, self.citations)

    def to_html(self) -> str:
        """Return the answer as an HTML fragment with directions set and all text escaped."""
        return to_html(self.segments, self.citations)

    def cite(self, style: CiteStyle = "footnote", documents: Sequence[Document] = ()) -> str:
        """Return its citations as footnotes in its language, or for a bibliography.

        Args:
            style: ``footnote``, ``bibtex``, ``ris`` or ``csl-json``.
            documents: The cited documents, for date and author.

        Raises:
            AssistantError: The style is unknown.
        """
        return cite(self.citations, documents, style, self.language)

    def _repr_markdown_(self) -> str:
        return self.to_markdown()


class Interrupt:
    """Ends work from any thread, while another one waits in it."""

    def __init__(self) -> None:
        self._close: Callable[[], None] | None = None
        self._changing = threading.Lock()
        self.is_set = False

    def guard(self, close: Callable[[], None]) -> None:
        """Take what ends the work in progress; it is called at once if the work is to end."""
        with self._changing:
            self._close = close
        if self.is_set:
            close()

    def set(self) -> None:
        """End the work in progress, and what would begin later."""
        self.is_set = True
        with self._changing:
            close = self._close
        if close is not None:
            close()


class AnswerStream:
    """An iterator of checked segments; ``answer`` is there once it has ended.

    Args:
        segments: The segments, made as they are asked for.
        finish: Makes an answer of segments: of those so far, or of all.
        interrupt: Ends the work behind the segments while it is waited for.
        done: Is told the whole answer, once.
        search: Looks for evidence; the first segment would be waited for no longer after it.
    """

    def __init__(
        self,
        segments: Iterator[Segment],
        finish: Callable[[tuple[Segment, ...]], Answer],
        interrupt: Interrupt | None = None,
        done: Callable[[Answer], object] | None = None,
        search: Callable[[], object] | None = None,
    ) -> None:
        self._segments = segments
        self._search = search
        self._finish = finish
        self._done = done
        self._interrupt = interrupt
        self._seen: list[Segment] = []
        self._answer: Answer | None = None
        self._broken = False
        # A step may run in a worker thread while somebody else closes the stream.
        self._stepping = threading.Lock()

    def __iter__(self) -> AnswerStream:
        return self

    def __next__(self) -> Segment:
        with self._stepping:
            try:
                segment = next(self._segments)
            except StopIteration:
                if self._answer is None and not self._broken:
                    whole = self._finish(tuple(self._seen))
                    if self._done is not None:
                        self._done(whole)
                    self._answer = whole
                raise
            except BaseException:
                self._broken = True
                raise
            self._seen.append(segment)
            return segment

    def search(self) -> None:
        """Look for evidence now, so that a person can be told when the writing begins.

        Without it the first segment looks for evidence.
        """
        with self._stepping:
            try:
                if self._search is not None:
                    self._search()
            except BaseException:
                self._broken = True
                raise

    def read(self) -> Answer:
        """Read the stream to its end and return the whole answer."""
        for _ in self:
            pass
        return self.answer

    def close(self) -> None:
        """Stop the work behind the stream; an answer that is not ready yet never will be."""
        self._broken = True
        if self._interrupt is not None:
            self._interrupt.set()
        with self._stepping:
            if isinstance(self._segments, Generator):
                self._segments.close()

    @property
    def so_far(self) -> Answer:
        """The answer as far as it has come; the whole one at the end.

        Raises:
            AnswerNotReady: Nothing has come yet.
        """
        if self._answer is None and self._seen:
            return self._finish(tuple(self._seen))
        return self.answer

    @property
    def answer(self) -> Answer:
        """The whole answer.

        Raises:
            AnswerNotReady: The stream has not ended yet.
        """
        if self._answer is None:
            raise AnswerNotReady(
                "The answer is not ready: the stream "
                + ("was broken off" if self._broken else "goes on")
                + f" after {len(self._seen)} segments. Read it to its end first."
            )
        return self._answer


class AsyncAnswerStream:
    """The asynchronous view of an `AnswerStream`: each step runs in a worker thread.

    Args:
        stream: The stream to read.
    """

    def __init__(self, stream: AnswerStream) -> None:
        self._stream = stream

    def __aiter__(self) -> AsyncAnswerStream:
        return self

    async def __anext__(self) -> Segment:
        segment = await asyncio.to_thread(next, self._stream, None)
        if segment is None:
            raise StopAsyncIteration
        return segment

    async def aclose(self) -> None:
        """Stop the work behind the stream."""
        await asyncio.to_thread(self._stream.close)

    @property
    def so_far(self) -> Answer:
        """The answer as far as it has come; the whole one at the end.

        Raises:
            AnswerNotReady: Nothing has come yet.
        """
        return self._stream.so_far

    @property
    def answer(self) -> Answer:
        """The whole answer.

        Raises:
            AnswerNotReady: The stream has not ended yet.
        """
        return self._stream.answer
