"""The assistant as one person sees it: everything of the page goes through here.

Conversations are a person's alone, and answers rest on nothing but what this person may see.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from assistant.conversation import Conversation
from assistant.schema import (
    AnswerStream,
    Context,
    ConversationSummary,
    Document,
    Hit,
    Mending,
    Mentions,
    PagePicture,
    Scope,
    SourceState,
    Span,
)
from assistant.web.holdings import Holdings


class Desk(Holdings):
    """One person's view of the assistant.

    Args:
        assistant: Who answers.
        person: Who asks; empty where nobody signs in, and everything may be seen.
    """

    @property
    def mending(self) -> Mending | None:
        """What is being done about the index of vectors; None while it is well."""
        return self._assistant.mending

    def search(
        self,
        query: str,
        k: int = 10,
        scope: Scope | None = None,
        unit: Literal["passage", "sentence"] = "passage",
    ) -> list[Hit]:
        """Return what of this person's documents fits a query, best first."""
        hits = self._assistant.search(query, k, unit, self.allowed(scope))
        return [replace(hit, source=self._named(hit.source)) for hit in hits]

    def source_state(self, document: Document) -> SourceState:
        """Return whether the file of a document that this person sees is as it was."""
        return self._assistant.source_state(document.id, document.version)

    def page_picture(self, document: Document, span: Span, page: int | None = None) -> PagePicture:
        """Return a page of a document that this person sees, with a range of its text boxed.

        Raises:
            AssistantError: There is no such page, or its file is not as it was.
        """
        return self._assistant.page_picture(
            document.id, span.start, span.end, document.version, page
        )

    def mentions(self, words: str, scope: Scope | None = None, limit: int = 50) -> Mentions:
        """Return all sentences of this person's documents that mention words, counted."""
        found = self._assistant.mentions(words, self.allowed(scope), limit)
        hits = (replace(hit, source=self._named(hit.source)) for hit in found.hits)
        return replace(found, hits=tuple(hits))

    def highlights(self, query: str, texts: Sequence[str]) -> list[tuple[Span, ...]]:
        """Return for each text the ranges to be marked for a query."""
        return self._assistant.highlights(query, texts)

    def context(self, hit: Hit) -> Context:
        """Return what stands around a hit that this person has found."""
        return self._assistant.context(
            hit.document_id, hit.start_char_index, hit.end_char_index, hit.version
        )

    def starters(self, count: int) -> tuple[str, ...]:
        """Return questions to begin with, which this person's documents answer."""
        return self._assistant.starters(count, self.allowed())

    def stream(self, question: str, scope: Scope | None = None) -> AnswerStream:
        """Answer a question that belongs to no conversation, from this person's documents."""
        return self._assistant.stream(question, scope=self.allowed(scope))

    def conversation(self, conversation_id: str = "") -> Conversation:
        """Return a conversation of this person, or a new one.

        Raises:
            LibraryError: This person has no such conversation.
        """
        return self._assistant.conversation(conversation_id or None, owner=self.person)

    def conversations(self, query: str = "") -> tuple[ConversationSummary, ...]:
        """Return this person's conversations, the last one first, with all words of a query."""
        return tuple(self._assistant.conversations(query, owner=self.person))

    def delete_conversation(self, conversation_id: str) -> None:
        """Delete a conversation of this person.

        Raises:
            LibraryError: This person has no such conversation.
        """
        self._assistant.delete_conversation(conversation_id, owner=self.person)

    # The library as a shelf
