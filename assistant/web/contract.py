"""What the page asks of the facade, as a protocol: the page needs no more than this."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.schema import AnswerStream, Document, Message
from assistant.settings import Settings


class Answers(Protocol):
    """The part of `assistant.Assistant` that the page uses."""

    @property
    def settings(self) -> Settings:
        """The settings in use."""

    def documents(self) -> tuple[Document, ...]:
        """Return the documents of the library, without their text."""

    def document(self, document_id: str, version: str | None = None) -> Document:
        """Return one version of a document, with its text."""

    def stream(self, question: str, history: Sequence[Message] = ()) -> AnswerStream:
        """Answer a question, segment by segment."""
