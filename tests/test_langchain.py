"""The same library as a LangChain retriever and runnable."""

from __future__ import annotations

import asyncio
import pickle
from itertools import pairwise
from unittest.mock import Mock

import pytest
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda

from assistant import Answer, Assistant, AssistantError, Scope

QUESTION = "When did the city museum of Wahran open?"
SUAL = "متى افتتح متحف وهران أبوابه؟"


@pytest.mark.parametrize("question", [QUESTION, SUAL])
def test_retriever_gives_the_hits_of_search(seeded: Assistant, question: str) -> None:
    retriever = seeded.as_retriever(k=4)
    documents = retriever.invoke(question)
    hits = seeded.search(question, k=4)

    assert isinstance(retriever, BaseRetriever)
    assert [document.page_content for document in documents] == [hit.text for hit in hits]
    assert [document.metadata["score"] for document in documents] == [hit.score for hit in hits]
    assert documents == asyncio.run(retriever.ainvoke(question))
    assert documents == retriever.batch([question])[0]


def test_metadata_leads_back_to_the_exact_words(seeded: Assistant) -> None:
    documents = seeded.as_retriever(k=50).invoke("museum متحف المشاورات lighthouse")

    assert len(documents) > 3
    for document in documents:
        found = document.metadata
        whole = seeded.document(found["document_id"], version=found["version"])
        exact = whole.text[found["start_char_index"] : found["end_char_index"]]

        assert exact == document.page_content
        assert (found["title"], found["source"]) == (whole.title, whole.source)
        assert found["place"] in {block.place for block in whole.blocks}
    # In Markdown that is the heading above; a plain text has no places.
    places = {(d.metadata["title"], d.metadata["place"]) for d in documents}
    assert {("City museum", "Visits"), ("lighthouse", "")} <= places
    assert len({document.id for document in documents}) == len(documents)


def test_retriever_keeps_to_its_scope(seeded: Assistant) -> None:
    retriever = seeded.as_retriever(k=5, scope=Scope(language="ar"))
    arabic = {document.id for document in seeded.documents(Scope(language="ar"))}
    documents = retriever.invoke("museum متحف")

    assert documents
    assert {document.metadata["document_id"] for document in documents} <= arabic
    assert len(seeded.as_retriever(k=1).invoke("museum متحف")) == 1


@pytest.mark.parametrize("question", [QUESTION, SUAL, "Who invented the telephone?"])
def test_runnable_gives_the_answer_of_ask(seeded: Assistant, question: str) -> None:
    runnable = seeded.as_runnable()
    answer = seeded.ask(question)

    assert isinstance(runnable, Runnable)
    assert runnable.invoke(question) == answer
    assert asyncio.run(runnable.ainvoke(question)) == answer
    assert runnable.batch([question, QUESTION]) == [answer, seeded.ask(QUESTION)]
    assert asyncio.run(runnable.abatch([question])) == [answer]


@pytest.mark.parametrize("question", [QUESTION, SUAL, "Who invented the telephone?"])
def test_runnable_streams_the_answer_as_it_grows(seeded: Assistant, question: str) -> None:
    async def gathered() -> list[Answer]:
        return [chunk async for chunk in seeded.as_runnable().astream(question)]

    grown = list(seeded.as_runnable().stream(question))
    answer = seeded.ask(question)

    assert grown[-1] == answer
    assert len(grown) == len(answer.segments) + 1
    for before, after in pairwise(grown):
        assert after.segments[: len(before.segments)] == before.segments
    assert asyncio.run(gathered()) == grown


def test_chain_streams_what_follows_once_with_the_whole_answer(seeded: Assistant) -> None:
    text = seeded.as_runnable() | RunnableLambda(str)

    assert list(text.stream(QUESTION)) == [seeded.ask(QUESTION).text]


def test_parts_can_be_chained(seeded: Assistant) -> None:
    text = seeded.as_runnable() | RunnableLambda(str)
    count = seeded.as_retriever(k=2) | RunnableLambda(len)

    assert text.invoke(QUESTION) == seeded.ask(QUESTION).text
    assert count.invoke("museum متحف") == 2


def test_errors_are_those_of_the_facade(seeded: Assistant) -> None:
    for part in (seeded.as_runnable(), seeded.as_retriever()):
        with pytest.raises(AssistantError, match="question first"):
            part.invoke("  ")
        with pytest.raises(AssistantError, match="question first"):
            asyncio.run(part.ainvoke("  "))


def test_documents_can_be_handed_to_other_processes(seeded: Assistant) -> None:
    documents = seeded.as_retriever(k=2).invoke(QUESTION)

    assert pickle.loads(pickle.dumps(documents)) == documents  # noqa: S301  # just made


def test_nothing_is_traced_though_the_environment_asks_for_it(
    seeded: Assistant, monkeypatch
) -> None:
    """Text of documents goes to no tracing service."""
    from langchain_core.tracers import langchain
    from langsmith import utils

    begun = []
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    monkeypatch.setenv("LANGSMITH_API_KEY", "none")
    monkeypatch.setenv("LANGSMITH_ENDPOINT", "http://127.0.0.1:9")
    utils.get_env_var.cache_clear()
    monkeypatch.setattr(langchain, "get_client", Mock)  # the real one goes to the network
    monkeypatch.setattr(
        langchain.LangChainTracer, "_persist_run_single", lambda _, run: begun.append(run)
    )
    monkeypatch.setattr(langchain.LangChainTracer, "_update_run_single", lambda *_: None)
    try:
        assert utils.tracing_is_enabled()
        RunnableLambda(str).invoke("others are traced")
        assert len(begun) == 1
        seeded.ask(QUESTION)
        for part in (seeded.as_runnable(), seeded.as_retriever()):
            part.invoke(QUESTION)
            asyncio.run(part.ainvoke(QUESTION))
            part.batch([QUESTION])
    finally:
        utils.get_env_var.cache_clear()

    assert len(begun) == 1
