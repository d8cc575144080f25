"""The same parts as a LangChain retriever and a LangChain runnable.

Neither is traced: the text of documents goes to no tracing service, whatever the environment says.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableConfig
from langsmith.run_helpers import tracing_context

from assistant.schema import Answer, Hit, Scope


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

    Args:
        ask: The facade's ``ask``.
        aask: Its asynchronous twin.
    """

    def __init__(
        self, ask: Callable[[str], Answer], aask: Callable[[str], Awaitable[Answer]]
    ) -> None:
        self._ask = ask
        self._aask = aask

    def invoke(
        self,
        input: str,  # noqa: A002  # LangChain's signature
        config: RunnableConfig | None = None,  # noqa: ARG002  # LangChain's signature
        **kwargs: Any,  # noqa: ANN401, ARG002  # LangChain's signature
    ) -> Answer:
        """Answer a question."""
        return self._ask(input)

    async def ainvoke(
        self,
        input: str,  # noqa: A002  # LangChain's signature
        config: RunnableConfig | None = None,  # noqa: ARG002  # LangChain's signature
        **kwargs: Any,  # noqa: ANN401, ARG002  # LangChain's signature
    ) -> Answer:
        """Do what `invoke` does, in a worker thread."""
        return await self._aask(input)
