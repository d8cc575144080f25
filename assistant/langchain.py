"""The same parts as a LangChain retriever and a LangChain runnable.

Neither is traced: the text of documents goes to no tracing service, whatever the environment says.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableConfig
from langsmith.run_helpers import tracing_context

from assistant.schema import Answer, AnswerStream, AsyncAnswerStream, Hit, Scope


class LibraryRetriever(BaseRetriever):
    """A LangChain retriever over a library's passages.

    Attributes:
        search: The facade's ``search``.
        k: How many passages it returns.
        scope: What to look in; None for the whole library.
    """

    search: Callable[..., list[Hit]]
    k: int = 10
    scope: Scope | None = None

    def invoke(
        self,
        input: str,  # noqa: A002  # LangChain's signature
        config: RunnableConfig | None = None,
        **kwargs: Any,  # noqa: ANN401  # LangChain's signature
    ) -> list[LangChainDocument]:
        """Find passages."""
        with tracing_context(enabled=False):
            return super().invoke(input, config, **kwargs)

    async def ainvoke(
        self,
        input: str,  # noqa: A002  # LangChain's signature
        config: RunnableConfig | None = None,
        **kwargs: Any,  # noqa: ANN401  # LangChain's signature
    ) -> list[LangChainDocument]:
        """Do what `invoke` does, in a worker thread."""
        with tracing_context(enabled=False):
            return await super().ainvoke(input, config, **kwargs)

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002  # LangChain's signature
    ) -> list[LangChainDocument]:
        hits = self.search(query, k=self.k, scope=self.scope)
        return [_document(hit) for hit in hits]


def _document(hit: Hit) -> LangChainDocument:
    return LangChainDocument(
        id=f"{hit.document_id}:{hit.start_char_index}-{hit.end_char_index}",
        page_content=hit.text,
        metadata={
            "source": hit.source,
            "title": hit.document_title,
            "document_id": hit.document_id,
            "version": hit.version,
            "place": hit.place,
            "start_char_index": hit.start_char_index,
            "end_char_index": hit.end_char_index,
            "score": hit.score,
        },
    )


class AnswerRunnable(Runnable[str, Answer]):
    """A runnable from a question to its answer.

    Streamed, it yields the answer as it grows, after each checked segment; the last one is whole.
    What stands behind it in a chain works with that one.

    Args:
        stream: The facade's ``stream``.
        astream: Its asynchronous twin.
    """

    def __init__(
        self,
        stream: Callable[[str], AnswerStream],
        astream: Callable[[str], Awaitable[AsyncAnswerStream]],
    ) -> None:
        self._answering = stream
        self._answering_async = astream

    def invoke(
        self,
        input: str,  # noqa: A002  # LangChain's signature
        config: RunnableConfig | None = None,  # noqa: ARG002  # LangChain's signature
        **kwargs: Any,  # noqa: ANN401, ARG002  # LangChain's signature
    ) -> Answer:
        """Answer a question."""
        answers = self._answering(input)
        for _ in answers:
            pass
        return answers.answer

    async def ainvoke(
        self,
        input: str,  # noqa: A002  # LangChain's signature
        config: RunnableConfig | None = None,  # noqa: ARG002  # LangChain's signature
        **kwargs: Any,  # noqa: ANN401, ARG002  # LangChain's signature
    ) -> Answer:
        """Do what `invoke` does, without blocking an event loop."""
        answers = await self._answering_async(input)
        try:
            async for _ in answers:
                pass
        finally:
            await answers.aclose()
        return answers.answer

    def stream(
        self,
        input: str,  # noqa: A002  # LangChain's signature
        config: RunnableConfig | None = None,  # noqa: ARG002  # LangChain's signature
        **kwargs: Any | None,  # noqa: ANN401, ARG002  # LangChain's signature
    ) -> Iterator[Answer]:
        """Yield the answer as it grows; closing the iterator ends the model's work."""
        answers = self._answering(input)
        try:
            for _ in answers:
                yield answers.so_far
            yield answers.answer
        finally:
            answers.close()

    async def astream(
        self,
        input: str,  # noqa: A002  # LangChain's signature
        config: RunnableConfig | None = None,  # noqa: ARG002  # LangChain's signature
        **kwargs: Any | None,  # noqa: ANN401, ARG002  # LangChain's signature
    ) -> AsyncIterator[Answer]:
        """Do what `stream` does, without blocking an event loop."""
        answers = await self._answering_async(input)
        try:
            async for _ in answers:
                yield answers.so_far
            yield answers.answer
        finally:
            await answers.aclose()
