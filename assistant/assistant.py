"""The facade: the one place where model, embeddings and library are built and wired."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever
    from langchain_core.runnables import Runnable

    from assistant.conversation import Conversation
    from assistant.ingestion import Intake
    from assistant.retrieval import Evidence
    from assistant.schema import (
        Answer,
        AnswerStream,
        AsyncAnswerStream,
        ConversationSummary,
        Document,
        Hit,
        Interrupt,
        Message,
        ProgressCallback,
        Scope,
        SyncReport,
    )

Unit = Literal["passage", "sentence"]


class Assistant:
    """Answers questions about the documents of a library, with exact citations.

    Any number of threads may use one assistant; one process at a time may write a library.

    Args:
        library: The library's folder; made if it is not there.
        settings: All other settings; read from the environment and ``.env`` by default.
        read_only: Never write. Works beside a process that does.
        to_rebuild: Open it even if another embedding indexed it, and nothing works but `rebuild`.

    Raises:
        LibraryLocked: Another process is writing to the library.
        LibraryDamaged: The library can't be read.
        LibraryError: The folder can't be used, or there is no library to read in it.
        EmbeddingMismatch: The library was indexed with another embedding.
        ModelError: A model that the settings name can't be used.
        PromptError, SettingsError: A prompt is missing or wrong, or a setting can't be used.
    """

    def __init__(
        self,
        library: str | Path | None = None,
        settings: Settings | None = None,
        read_only: bool = False,
        *,
        to_rebuild: bool = False,
    ) -> None:
        from assistant.answering import build_answerer
        from assistant.conversation import build_rewriter
        from assistant.ingestion import VectorKeeper
        from assistant.library import Library
        from assistant.models import load_embeddings, load_writer_of
        from assistant.prompts import check_prompts
        from assistant.retrieval import Retriever, dense_weights

        own = settings if settings is not None else Settings.load()
        if library is not None:
            own = replace(own, library=library)  # type: ignore[arg-type]  # given its type there
        self.settings = own
        check_prompts(own.prompts)
        writer = load_writer_of(own)
        self._answerer = build_answerer(own, writer)
        self._rewriter = build_rewriter(own, writer)
        self._embeddings = load_embeddings(own.embeddings, own.embeddings_url, own.embeddings_key)
        self._library = Library(own.library, read_only=read_only, chroma_url=own.chroma_url)
        self._vectors = VectorKeeper(self._library, self._embeddings, own.embeddings)
        try:
            if not to_rebuild:
                self._vectors.match()
        except BaseException:
            self._library.close()
            raise
        self._retriever = Retriever(self._library, self._embeddings, dense_weights(own.embeddings))

    def add(
        self, *sources: str | Path | Document, progress: ProgressCallback | None = None
    ) -> SyncReport:
        """Take files, folders or documents into the library; nothing is removed.

        When this returns, what it reports as added is safe on the disk.

        Args:
            *sources: Paths, or documents made in Python with at least a text and a title.
            progress: Told after each document.

        Returns:
            What was done; what can't be read is in ``failed``, and the rest goes on.

        Raises:
            LibraryError: The library is open for reading only, or can't be written.
        """
        return self._intake(progress, sources).add(sources)

    def sync(self, folder: str | Path, progress: ProgressCallback | None = None) -> SyncReport:
        """Bring the library in step with a folder.

        Args:
            folder: The folder; documents that came from it and are gone are removed.
            progress: Told after each document.

        Returns:
            What was done; what can't be read is in ``failed`` and keeps its old version.

        Raises:
            UnreadableDocument: The folder is missing, unreadable or empty; nothing is removed.
            LibraryError: The library is open for reading only, or can't be written.
        """
        return self._intake(progress, (folder,)).sync(folder)

    def _intake(self, progress: ProgressCallback | None, sources: Sequence[object]) -> Intake:
        from assistant.documents import check_sources, options_of
        from assistant.ingestion import Intake

        check_sources(sources)
        self._vectors.match()
        own = self.settings
        return Intake(self._library, self._embeddings, own.max_file_mb, progress, options_of(own))

    def remove(self, document_id: str, purge: bool = False) -> None:
        """Remove a document from all answers.

        Args:
            document_id: The document.
            purge: Erase its text too. Without it the text is kept, so that citations of it that
                somebody holds can still be looked up.

        Raises:
            LibraryError: There is no such document; or it is removed, and somebody who is reading
                keeps words that were purged in the files until the library is closed or opened.
        """
        from assistant.ingestion import remove_document

        remove_document(self._library, document_id, purge=purge)

    def rebuild(self, progress: ProgressCallback | None = None) -> int:
        """Embed all passages with the embedding in use, and make both indexes anew.

        Args:
            progress: Told after each batch; an interrupted run is taken up again where it stopped.

        Returns:
            The number of passages.
        """
        return self._vectors.rebuild(progress)

    def documents(self, scope: Scope | None = None) -> tuple[Document, ...]:
        """Return the documents by title, without texts and blocks; `document` brings those.

        Args:
            scope: Which documents; None for all.
        """
        return self._library.documents(scope)

    def document(self, document_id: str, version: str | None = None) -> Document:
        """Return a document with its text.

        Args:
            document_id: The document.
            version: The version that a citation names; the newest by default.

        Raises:
            LibraryError: This library never held it, or erased it.
        """
        return self._library.document(document_id, version)

    def search(
        self, query: str, k: int = 10, unit: Unit = "passage", scope: Scope | None = None
    ) -> list[Hit]:
        """Return passages or sentences that fit a query, best first; nothing is refused.

        Args:
            query: A question or words, in Arabic or English.
            k: How many at most.
            unit: ``passage`` or ``sentence``.
            scope: What to look in; None for the whole library.

        Raises:
            AssistantError: ``k`` or ``unit`` has a wrong value.
        """
        self._check(query)
        return self._retriever.search(query, k, unit, scope)

    def ask(
        self, question: str, history: Sequence[Message] = (), scope: Scope | None = None
    ) -> Answer:
        """Answer a question, or refuse it, in its own language.

        Args:
            question: The question, in Arabic or English.
            history: What was said before, oldest first; a follow-up is completed from it.
            scope: What to look in; None for the whole library.

        Returns:
            The answer with its citations.

        Raises:
            AssistantError: The question is no text, empty or too long, or the history holds
                something else than messages.
        """
        return self.stream(question, history, scope).read()

    def stream(
        self, question: str, history: Sequence[Message] = (), scope: Scope | None = None
    ) -> AnswerStream:
        """Do what `ask` does, one checked segment at a time.

        Returns:
            An iterator of segments; its ``answer`` is there once it has ended.
        """
        from assistant.answering import answering
        from assistant.conversation import check_history
        from assistant.language import question_language
        from assistant.retrieval import analyse

        self._check(question)
        check_history(history)

        def find(interrupt: Interrupt) -> Evidence:
            alone = self._rewriter.rewrite(question, history, interrupt)
            # A follow-up is answered in its own language, whatever it is completed from.
            return self._retriever.evidence(analyse(alone, question_language(question)), scope)

        return answering(question, history, self._answerer, find)

    def _check(self, question: str) -> None:
        from assistant.conversation import check_question

        check_question(question, self.settings.max_question_characters)
        self._vectors.match()

    def conversation(self, id: str | None = None, owner: str = "") -> Conversation:  # noqa: A002  # the contract's name
        """Return an owner's conversation, or a new one; a read-only assistant stores none of it.

        Raises:
            LibraryError: There is no such conversation of this owner.
        """
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

    async def aadd(
        self, *sources: str | Path | Document, progress: ProgressCallback | None = None
    ) -> SyncReport:
        """Do what `add` does, in a worker thread."""
        return await asyncio.to_thread(self.add, *sources, progress=progress)

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

    def close(self) -> None:
        """Let go of the library; closing twice does no harm."""
        self._library.close()

    def __enter__(self) -> Assistant:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
