"""Conversations as files, and their end, over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote, unquote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant import Assistant, Settings
from assistant.schema import Document
from assistant.web.reception import Reception
from assistant.web.routes.conversations import conversations

TEXT = "The harbour of Bejaia was dredged in 2019 by the port authority."
ASKED = 'من <b>حفر</b> ميناء "بجاية"/2019؟'


@pytest.fixture(scope="module")
def library(tmp_path_factory) -> Iterator[Assistant]:
    with Assistant(tmp_path_factory.mktemp("files"), Settings()) as assistant:
        assistant.add(Document(title="Harbour", text=TEXT))
        yield assistant


@pytest.fixture
def client(library) -> TestClient:
    app = FastAPI()
    app.include_router(conversations(Reception(library, "auto")))
    return TestClient(app)


def kept(library, owner="", question="Who dredged the harbour of Bejaia?"):
    conversation = library.conversation(owner=owner)
    conversation.ask(question)
    return conversation


def person(name):
    return {"x-sanad-person": quote(name)} if name else {}


@pytest.mark.parametrize(
    ("form", "format", "media"),
    [
        ("md", "markdown", "text/markdown; charset=utf-8"),
        ("html", "html", "text/html; charset=utf-8"),
        ("json", "json", "application/json; charset=utf-8"),
    ],
)
def test_conversation_is_exported_whole(client, library, form, format, media):  # noqa: A002  # the facade's name
    conversation = kept(library)
    got = client.get(f"/conversations/{conversation.id}.{form}")
    assert got.status_code == 200
    assert got.text == conversation.export(format)
    assert "port authority" in got.text
    assert got.headers["content-type"] == media
    assert got.headers["cache-control"] == "no-store"
    assert got.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in got.headers["content-security-policy"]


def test_name_of_the_file_is_the_title_in_any_script(client, library):
    got = client.get(f"/conversations/{kept(library, question=ASKED).id}.md")
    given = got.headers["content-disposition"]
    assert given.startswith("attachment; filename=\"conversation.md\"; filename*=UTF-8''")
    name = given.partition("UTF-8''")[2]
    assert name.isascii()
    assert unquote(name) == "من b حفر b ميناء بجاية 2019؟.md"


@pytest.mark.parametrize("owner", ["سلمى", ""])
@pytest.mark.parametrize("other", ["omar", "", "سلمى"])
def test_conversation_is_its_owners_alone(client, library, owner, other):
    conversation = kept(library, owner)
    expected = 200 if owner == other else 404
    for form in ("md", "html", "json"):
        got = client.get(f"/conversations/{conversation.id}.{form}", headers=person(other))
        assert got.status_code == expected
        assert ("port authority" in got.text) == (expected == 200)
        assert got.headers["cache-control"] == "no-store"
    if owner != other:
        got = client.delete(f"/conversations/{conversation.id}", headers=person(other))
        assert got.status_code == 404
        assert library.conversation(conversation.id, owner=owner).turns


@pytest.mark.parametrize("path", ["no-such.md", "..%2F.md", "a.pdf", "x'--.json"])
def test_unknown_conversation_or_form_is_not_found(client, path):
    assert client.get(f"/conversations/{path}").status_code in (404, 422)


def test_conversation_is_deleted_once(client, library):
    conversation = kept(library, "salma")
    address = f"/conversations/{conversation.id}"
    assert client.delete(address, headers=person("salma")).status_code == 204
    assert client.delete(address, headers=person("salma")).status_code == 404
    assert conversation.id not in {c.id for c in library.conversations(owner="salma")}


def test_rating_is_exported(client, library):
    conversation = kept(library)
    conversation.rate(1, good=False, reason="no date")
    turns = json.loads(client.get(f"/conversations/{conversation.id}.json").text)["turns"]
    assert turns[0]["rating"] == {"good": False, "reason": "no date"}
