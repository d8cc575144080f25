"""The same parts as a LangChain retriever and a LangChain runnable."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda

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


def answer_runnable(
    ask: Callable[[str], Answer], aask: Callable[[str], Awaitable[Answer]]
) -> Runnable[str, Answer]:
    """Return a runnable from a question to its answer.

    Args:
        ask: The facade's ``ask``.
        aask: Its asynchronous twin.
    """

    def answer(question: str) -> Answer:
        return ask(question)

    async def aanswer(question: str) -> Answer:
        return await aask(question)

    return RunnableLambda(answer, afunc=aanswer, name="sanad")
