"""The endpoints for programs: Gradio's client, plain HTTP, and MCP, over real connections."""

from __future__ import annotations

import asyncio
import base64
import json
from itertools import pairwise

import httpx
import pytest
from web_server import running

from assistant import Assistant
from assistant.strings import say

MUSEUM = "When did the city museum of Wahran open?"
MATHAF = "متى افتتح متحف وهران أبوابه؟"


@pytest.fixture(scope="module")
def address(seeded: Assistant):
    with running(seeded, mcp=True) as served:
        yield served


@pytest.fixture(scope="module")
def client(address):
    from gradio_client import Client

    return Client(address, verbose=False, analytics_enabled=False)


@pytest.mark.parametrize("question", [MUSEUM, MATHAF], ids=["en", "ar"])
def test_ask_gives_the_answer_that_python_gets(client, seeded, question):
    found = client.predict(question, api_name="/ask")
    expected = seeded.ask(question)
    assert expected.answered
    assert found == json.loads(json.dumps(expected.to_dict()))
    for cited in found["citations"]:
        text = client.predict(cited["document_id"], cited["version"], api_name="/document")["text"]
        assert text[cited["start_char_index"] : cited["end_char_index"]] == cited["cited_text"]


def test_ask_looks_only_in_the_documents_that_are_named(client, seeded):
    other = next(d.id for d in seeded.documents() if d.title != "City museum")
    found = client.predict(MUSEUM, documents=[other], api_name="/ask")
    assert {h["document_id"] for h in found["hits"]} <= {other}


def test_stream_grows_to_the_whole_answer(client, seeded):
    steps = list(client.submit(MUSEUM, api_name="/stream"))
    texts = [step["text"] for step in steps]
    assert len(steps) > 1
    assert all(later.startswith(earlier) for earlier, later in pairwise(texts))
    assert texts[-1] == seeded.ask(MUSEUM).text


@pytest.mark.parametrize("unit", ["passage", "sentence"])
def test_search_gives_the_hits_that_python_gets(client, seeded, unit):
    found = client.predict("museum coins", k=3, unit=unit, api_name="/search")
    expected = seeded.search("museum coins", k=3, unit=unit)
    assert [(h["document_id"], h["start_char_index"], h["text"]) for h in found] == [
        (h.document_id, h.start_char_index, h.text) for h in expected
    ]


def test_mentions_are_counted_across_scripts(client, seeded):
    found = client.predict("وهران", limit=1, api_name="/mentions")
    expected = seeded.mentions("وهران")
    assert (found["total"], found["documents"]) == (expected.total, expected.documents)
    assert len(found["hits"]) == 1


@pytest.fixture
def forgotten(seeded):
    """Remove what a test has brought."""
    before = {d.id for d in seeded.documents()}
    yield
    for document in seeded.documents():
        if document.id not in before:
            seeded.remove(document.id, purge=True)


PORT = "The port of Skikda was closed for repairs on 4 April 2023.\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [(PORT, "text"), (base64.b64encode(PORT.encode()).decode(), "base64")],
    ids=["text", "base64"],
)
def test_added_file_answers(client, forgotten, content, encoding):
    report = client.predict("../ميناء port.txt", content, encoding, api_name="/add")
    assert [name.rpartition("/")[2] for name in report["added"]] == ["ميناء port.txt"]
    assert "/" not in report["added"][0]
    found = client.predict("When was the port of Skikda closed?", api_name="/ask")
    assert "4 April 2023" in found["text"]
    assert found["citations"][0]["source"] == "ميناء port.txt"


def test_file_that_can_not_be_read_is_reported_and_not_kept(client, seeded, forgotten):
    before = len(seeded.documents())
    report = client.predict("report.pdf", "no PDF at all, and no text", api_name="/add")
    assert report["failed"] or report["warnings"]
    empty = client.predict("empty.txt", "", api_name="/add")
    assert [f["source"] for f in empty["failed"]] == ["empty.txt"]
    assert len(seeded.documents()) <= before + 1


def test_documents_are_listed_without_their_text(client, seeded):
    found = client.predict(api_name="/documents")
    assert [d["title"] for d in found] == [d.title for d in seeded.documents()]
    assert all("text" not in d for d in found)
    english = client.predict(language="en", api_name="/documents")
    assert {d["language"] for d in english} <= {"en", "mixed"}
    assert 0 < len(english) < len(found)


@pytest.mark.parametrize(
    ("endpoint", "args", "told"),
    [
        ("/ask", {"question": " "}, "question"),
        ("/ask", {"question": MUSEUM, "after": "yesterday"}, "'yesterday'"),
        ("/ask", {"question": MUSEUM, "language": "klingon"}, "'klingon'"),
        ("/search", {"query": "x", "k": 0}, "k"),
        ("/document", {"document_id": "nobody"}, "'nobody'"),
        ("/stream", {"question": ""}, "question"),
        ("/add", {"name": "a.txt", "content": "%%%", "encoding": "base64"}, "base64"),
    ],
)
def test_wrong_values_are_told_in_words(client, endpoint, args, told):
    from gradio_client.exceptions import AppError

    with pytest.raises(AppError) as error:
        client.predict(**args, api_name=endpoint)
    assert told in str(error.value)
    assert "Traceback" not in str(error.value)


def test_error_is_told_in_the_language_of_the_question(client, seeded):
    from gradio_client.exceptions import AppError

    question = "ما هذا؟ " * 1000
    with pytest.raises(AppError) as error:
        client.predict(question, api_name="/ask")
    values = {"length": len(question), "limit": seeded.settings.max_question_characters}
    assert str(error.value) == say("question.too_long", "ar", values)


def test_ask_works_by_plain_http(address, seeded):
    calls = f"{address}/gradio_api/call"
    posted = httpx.post(f"{calls}/v2/ask", json={"question": MUSEUM}, timeout=60).json()
    lines = httpx.get(f"{calls}/ask/{posted['event_id']}", timeout=60).text.splitlines()
    data = next(line for line in lines if line.startswith("data: "))
    found = json.loads(data.removeprefix("data: "))
    assert found[0]["text"] == seeded.ask(MUSEUM).text


def test_endpoints_describe_themselves(client):
    told = client.view_api(return_format="dict")["named_endpoints"]
    assert set(told) >= {
        "/ask",
        "/stream",
        "/search",
        "/mentions",
        "/documents",
        "/document",
        "/add",
    }
    names = [p["parameter_name"] for p in told["/ask"]["parameters"]]
    assert names == ["question", "documents", "language", "after", "before"]


def test_nothing_of_the_pages_own_events_is_public(client):
    told = client.view_api(return_format="dict")
    assert not told["unnamed_endpoints"]
    assert set(told["named_endpoints"]) <= {
        "/ask", "/stream", "/search", "/documents", "/document", "/mentions", "/add",
    }  # fmt: skip


def test_health_is_told_to_anybody(address):
    assert httpx.get(f"{address}/health", timeout=30).json() == {"status": "ok"}


def test_health_of_a_library_in_trouble_is_an_error(seeded, monkeypatch, address):
    def broken(scope=None):
        raise OSError("the disk is gone")

    monkeypatch.setattr(seeded, "documents", broken)
    answer = httpx.get(f"{address}/health", timeout=30)
    assert answer.status_code == 503
    assert "disk" not in answer.text


def called(address: str, name: str, arguments: dict) -> tuple[list, object]:
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    async def go():
        async with (
            streamable_http_client(f"{address}/gradio_api/mcp/") as (reads, writes, _),
            ClientSession(reads, writes) as session,
        ):
            await session.initialize()
            tools = (await session.list_tools()).tools
            return tools, await session.call_tool(name, arguments)

    return asyncio.run(go())


def test_mcp_tools_say_what_they_do_and_answer(address, seeded):
    tools, found = called(address, "ask", {"question": MATHAF})
    told = {tool.name: tool for tool in tools}
    assert {"ask", "search", "documents", "document"} <= set(told)
    assert all(len(tool.description) > 40 for tool in tools)
    schema = told["ask"].inputSchema
    assert schema["required"] == ["question"]
    assert all(p["description"] for p in schema["properties"].values())
    assert not found.isError
    whole = json.loads(found.content[0].text)
    assert whole["text"] == seeded.ask(MATHAF).text
    assert whole["citations"][0]["cited_text"]


def test_mcp_tool_tells_what_is_wrong(address):
    _, found = called(address, "search", {"query": ""})
    assert found.isError
    assert "question" in found.content[0].text
