"""What the page asks of the facade, as a protocol: the page needs no more than this."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Literal, Protocol

from assistant.conversation import Conversation
from assistant.schema import (
    AnswerStream,
    Context,
    ConversationSummary,
    Document,
    Hit,
    Mending,
    Mentions,
    Message,
    PagePicture,
    ProgressCallback,
    Removal,
    Scope,
    ShelfPage,
    ShelfWish,
    SourceState,
    Span,
    SyncReport,
)
from assistant.settings import Settings

Unit = Literal["passage", "sentence"]


class Answers(Protocol):
    """The part of `assistant.Assistant` that the page uses."""

    @property
    def settings(self) -> Settings:
        """The settings in use."""

    @property
    def mending(self) -> Mending | None:
        """What is being done about the index of vectors; None while it is well."""

    def documents(self, scope: Scope | None = None) -> tuple[Document, ...]:
        """Return the documents of the library, without their text."""

    def document(self, document_id: str, version: str | None = None) -> Document:
        """Return one version of a document, with its text."""

    def search(
        self, query: str, k: int = 10, unit: Unit = "passage", scope: Scope | None = None
    ) -> list[Hit]:
        """Return passages or sentences that fit a query, best first."""

    def stream(
        self, question: str, history: Sequence[Message] = (), scope: Scope | None = None
    ) -> AnswerStream:
        """Answer a question, segment by segment."""

    def starters(self, count: int = 4, scope: Scope | None = None) -> tuple[str, ...]:
        """Return questions to begin with, which the documents answer."""

    def mentions(self, words: str, scope: Scope | None = None, limit: int = 50) -> Mentions:
        """Return every sentence that mentions words, counted."""

    def highlights(self, query: str, texts: Sequence[str]) -> list[tuple[Span, ...]]:
        """Return for each text the ranges to be marked for a query."""

    def context(
        self, document_id: str, start: int, end: int, version: str | None = None
    ) -> Context:
        """Return the sentences around a range of a document."""

    def page_picture(
        self,
        document_id: str,
        start: int,
        end: int,
        version: str | None = None,
        page: int | None = None,
    ) -> PagePicture:
        """Return a page of a PDF as a picture, with boxes around a range of its text."""

    def source_state(self, document_id: str, version: str | None = None) -> SourceState:
        """Return whether a document's file is the same, has changed, or is gone."""

    def add(
        self, *sources: str | Path | Document, progress: ProgressCallback | None = None
    ) -> SyncReport:
        """Take files, folders or documents into the library."""

    def sync(
        self,
        folder: str | Path,
        progress: ProgressCallback | None = None,
        remove_many: bool = False,
    ) -> SyncReport:
        """Bring the library in step with a folder."""

    def shelf(
        self, wish: ShelfWish | None = None, seen: Callable[[str], bool] | None = None
    ) -> ShelfPage:
        """Return documents to look through: filtered, in order, a page of them."""

    def correct(
        self,
        document_id: str,
        title: str | None = None,
        date: dt.date | None = None,
        language: str | None = None,
    ) -> Document:
        """Put a document's title, date or language right."""

    def remove(
        self, document_id: str, purge: bool = False, sources: Collection[str] = ()
    ) -> Removal:
        """Remove a document from all answers, or some of the files that hold it."""

    def restore(self, removal: Removal) -> Document:
        """Bring back what was removed."""

    def conversation(self, id: str | None = None, owner: str = "") -> Conversation:  # noqa: A002  # the contract's name
        """Return an owner's conversation, or a new one."""

    def conversations(self, query: str = "", owner: str = "") -> Sequence[ConversationSummary]:
        """Return an owner's conversations, the last one first."""

    def delete_conversation(self, id: str, owner: str = "") -> None:  # noqa: A002  # as above
        """Delete a conversation of an owner."""
