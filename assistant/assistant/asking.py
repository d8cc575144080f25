"""The answering road of the facade: searches, questions and conversations."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Literal, cast

from assistant.assistant.wiring import Wired

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever
    from langchain_core.runnables import Runnable

    from assistant.conversation import Conversation
    from assistant.retrieval import Evidence
    from assistant.schema import (
        Answer,
        AnswerStream,
        AsyncAnswerStream,
        Context,
        ConversationSummary,
        Hit,
        Interrupt,
        Mentions,
        Message,
        Scope,
        Span,
    )

Unit = Literal["passage", "sentence"]


class Asking(Wired):
    """Answers questions about the documents, and remembers conversations."""

    def search(
        self, query: str, k: int = 10, unit: Unit = "passage", scope: Scope | None = None
    ) -> list[Hit]:
        """Return passages or sentences that fit a query, best first; nothing is refused.

        Args:
            query: A question or words, in Arabic or English.
            k: How many at most.
            unit: ``passage`` or ``sentence``.
            scope: What to look in; None for all.

        Raises:
            AssistantError: ``k`` or ``unit`` has a wrong value.
        """
        self._check(query)
        return self._retriever.search(query, k, unit, scope)

    def mentions(
        self,
        words: str,
        scope: Scope | None = None,
        limit: int = 50,
        offset: int = 0,
        across: bool = True,
    ) -> Mentions:
        """Return every sentence that mentions a word, a name or a phrase, counted.

        Args:
            words: What to look for; words in quotation marks count as they are, and alone.
            scope: What to look in; None for all.
            limit: How many sentences at most; the counts are of all.
            offset: How many sentences to pass over.
            across: Whether sure translations, names in the other script and other ways to write a
                date count too; the forms say what was counted.

        Raises:
            AssistantError: There is no word, or ``limit`` or ``offset`` has a wrong value.
        """
        self._check(words)
        return self._retriever.mentions.find(
            words, scope, across=across, limit=limit, offset=offset
        )

    def highlights(self, query: str, texts: Sequence[str]) -> list[tuple[Span, ...]]:
        """Return for each text, such as a hit's, the ranges to be marked for a query.

        Whole words are marked, in both scripts; of a query in quotation marks only the phrase.

        Args:
            query: What was searched for.
            texts: The texts.

        Returns:
            For each text its ranges, half-open, in code points: in order, disjoint, on word
            boundaries.
        """
        self._check(query)
        return self._retriever.highlights(query, texts)

    def context(
        self,
        document_id: str,
        start: int,
        end: int,
        version: str | None = None,
        sentences: int = 1,
    ) -> Context:
        """Return the sentences before and after a range of a document, and the heading above.

        Args:
            document_id: The document.
            start: First code point of the range, such as a citation's ``start_char_index``.
            end: One past its last code point.
            version: The version that the range points into; the newest by default.
            sentences: How many on either side at most.

        Raises:
            AssistantError: The range does not lie in the text, or ``sentences`` is wrong.
            LibraryError: This library never held the document, or erased it.
        """
        from assistant.retrieval import context
        from assistant.schema import Span

        return context(self._library, document_id, Span(start, end), version, sentences)

    def ask(
        self, question: str, history: Sequence[Message] = (), scope: Scope | None = None
    ) -> Answer:
        """Answer a question, or refuse it, in its own language, with citations.

        Args:
            question: The question, in Arabic or English.
            history: What was said before, oldest first; a follow-up is completed from it.
            scope: What to look in; None for the whole library.

        Raises:
            AssistantError: The question is empty or too long, or the history is none.
        """
        return self.stream(question, history, scope).read()

    def stream(
        self, question: str, history: Sequence[Message] = (), scope: Scope | None = None
    ) -> AnswerStream:
        """Do what `ask` does, one checked segment at a time; then ``answer`` is there."""
        from assistant.answering import answering
        from assistant.conversation import check_history
        from assistant.language import question_language
        from assistant.language.storing import storable
        from assistant.retrieval import analyse

        self._check(question)
        check_history(history)
        question = storable(question)

        def find(interrupt: Interrupt) -> Evidence:
            alone = self._rewriter.rewrite(question, history, interrupt)
            # A follow-up is answered in its own language, whatever it is completed from.
            return self._retriever.evidence(analyse(alone, question_language(question)), scope)

        return answering(question, history, self._answerer, find)

    def starters(self, count: int = 4, scope: Scope | None = None) -> tuple[str, ...]:
        """Return questions to begin with, which the documents answer; few where they have few.

        Args:
            count: How many at most.
            scope: Whose documents; None for the whole library.
        """
        from assistant.answering import chosen_starters
        from assistant.retrieval import analyse

        self._vectors.match()

        def find(question: str) -> Evidence:
            return self._retriever.evidence(analyse(question), scope)

        listed, read = self._library.documents(scope), self._library.document
        return chosen_starters(listed, read, find, count, self.settings.min_confidence)

    def conversation(self, id: str | None = None, owner: str = "") -> Conversation:  # noqa: A002  # the contract's name
        """Return an owner's conversation, or a new one; a read-only assistant stores none of it."""
        from assistant.conversation import open_conversation

        return open_conversation(self.stream, self._library, id, owner)

    def conversations(self, query: str = "", owner: str = "") -> tuple[ConversationSummary, ...]:
        """Return an owner's conversations, the last one first, that hold all words of a query."""
        return self._library.catalogue.conversations.summaries(query, owner)

    def delete_conversation(self, id: str, owner: str = "") -> None:  # noqa: A002  # as above
        """Delete a conversation; raise LibraryError where there is none, or not of this owner."""
        from assistant.conversation import delete_conversation

        delete_conversation(self._library, id, owner)

    # The same, without blocking an event loop

    async def asearch(
        self, query: str, k: int = 10, unit: Unit = "passage", scope: Scope | None = None
    ) -> list[Hit]:
        """Do what `search` does, in a worker thread."""
        return await asyncio.to_thread(self.search, query, k, unit, scope)

    async def aask(
        self, question: str, history: Sequence[Message] = (), scope: Scope | None = None
    ) -> Answer:
        """Do what `ask` does, in a worker thread."""
        return await asyncio.to_thread(self.ask, question, history, scope)

    async def astream(
        self, question: str, history: Sequence[Message] = (), scope: Scope | None = None
    ) -> AsyncAnswerStream:
        """Do what `stream` does; each segment is made in a worker thread."""
        from assistant.schema import AsyncAnswerStream

        return AsyncAnswerStream(await asyncio.to_thread(self.stream, question, history, scope))

    def as_retriever(self, k: int = 10, scope: Scope | None = None) -> BaseRetriever:
        """Return a LangChain retriever of ``k`` passages over this library."""
        # It stands on the facade's own floor, so it is loaded when it is asked for.
        make = import_module("assistant.langchain").LibraryRetriever
        return cast("BaseRetriever", make(search=self.search, k=k, scope=scope))

    def as_runnable(self) -> Runnable[str, Answer]:
        """Return a LangChain runnable from a question to an `Answer`.

        Its ``stream`` yields the answer as it grows, after each checked segment; the last is whole.
        """
        make = import_module("assistant.langchain").AnswerRunnable
        return cast("Runnable[str, Answer]", make(self.stream, self.astream))
