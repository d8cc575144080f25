"""Files that are sent to the page: taken in under a safe name, or refused and not kept."""

from __future__ import annotations

from urllib.parse import quote

import httpx
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from web_server import running

from assistant import Assistant, Settings
from assistant.strings import say
from assistant.web.people import passwords
from assistant.web.people.passwords import Cost
from assistant.web.receiving import ROUTE, Receiving
from assistant.web.reception import Reception
from assistant.web.uploads import folder_of

WORDS = "بني جسر قسنطينة سنة 1912.\n".encode()


@pytest.fixture
def library(tmp_path):
    with Assistant(settings=Settings(library=tmp_path / "library", max_file_mb=1)) as opened:
        yield opened


@pytest.fixture
def client(library):
    app = Starlette()
    app.add_route(ROUTE, Receiving(Reception(library, "en")).received, methods=["POST"])
    with TestClient(app) as made:
        yield made


def send(client, data, name="جسر.txt", person="", **headers):
    own = {"x-sanad-upload": "1", "x-sanad-name": quote(name), "x-sanad-person": quote(person)}
    own |= {key.replace("_", "-"): value for key, value in headers.items()}
    return client.post(ROUTE, content=data, headers={k: v for k, v in own.items() if v})


def kept(library, person=""):
    folder = folder_of(library.settings.library, person)
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_file_is_taken_in_under_its_name(client, library):
    reply = send(client, WORDS)
    assert (reply.status_code, reply.json()) == (200, {"ok": True, "html": ""})
    assert kept(library) == {"جسر.txt": WORDS}
    assert [d.title for d in library.documents()] == ["جسر"]


def test_file_lies_in_the_folder_of_who_brought_it(client, library):
    send(client, WORDS, person="سلمى")
    assert kept(library, "سلمى") == {"جسر.txt": WORDS}
    assert kept(library) == {}


@pytest.mark.parametrize(
    "name",
    ["../../../evil.txt", "/etc/evil.txt", "..\\evil.txt", "a/b/\u202eevil.txt", "..evil.txt"],
)
def test_name_leads_nowhere_else(client, library, name, tmp_path):
    send(client, WORDS, name)
    assert kept(library) == {"evil.txt": WORDS}
    outside = [p for p in tmp_path.rglob("*evil*") if "uploads" not in p.parts]
    assert outside == []


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("empty.txt", b"", "EmptyDocument"),
        ("blank.txt", b" \n", "EmptyDocument"),
        ("tool.exe", b"MZ", "UnsupportedFormat"),
        ("none", WORDS, "UnsupportedFormat"),
        ("broken.docx", b"PK\x03\x04 nothing follows", "UnreadableDocument"),
    ],
)
def test_file_that_can_not_be_read_is_told_of_and_not_kept(client, library, name, data, error):
    reply = send(client, data, name).json()
    assert not reply["ok"]
    assert say(f"library.failed.{error}", "en", {"kinds": "§"}).split("§")[0] in reply["html"]
    assert str(library.settings.library) not in reply["html"]
    assert kept(library) == {}
    assert library.documents() == ()


def test_file_may_be_just_as_large_as_the_limit(client, library):
    line = b"A line of ten words stands here for the test.\n"
    data = (line * (1_000_000 // len(line) + 1))[:1_000_000]
    assert send(client, data, "large.txt").json()["ok"]


@pytest.mark.parametrize("chunked", [False, True])
def test_file_that_is_too_large_is_refused_and_not_kept(client, library, chunked):
    def pieces():
        for _ in range(11):
            yield b"x" * 100_000

    reply = send(client, pieces() if chunked else b"x" * 1_100_000, "large.txt")
    assert reply.status_code == 413
    assert "1.1 MB" in reply.json()["html"]
    assert kept(library) == {}


@pytest.mark.parametrize(
    "headers",
    [
        {"x_sanad_upload": ""},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "none"},
    ],
    ids=str,
)
def test_request_of_another_page_is_refused(client, library, headers):
    assert send(client, WORDS, **headers).status_code == 403
    assert kept(library) == {}
    assert library.documents() == ()


def test_library_in_trouble_is_told_of(client, library, monkeypatch):
    def add(*_, **__):
        raise OSError("no room")

    monkeypatch.setattr(library, "add", add)
    reply = send(client, WORDS).json()
    assert reply == {"ok": False, "html": say("library.failed.unexpected", "en")}
    assert kept(library) == {}


def test_words_are_in_the_language_of_the_page(client):
    reply = send(client, b"", "empty.txt", cookie="sanad-language=ar")
    assert say("library.failed.EmptyDocument", "ar") in reply.json()["html"]


def test_nothing_is_given_out_by_the_same_address(client):
    send(client, WORDS)
    assert client.get(ROUTE).status_code == 405


def test_files_come_in_through_the_door_only(tmp_path):
    users = tmp_path / "users.txt"
    users.write_text(f"salma:{passwords.hashed('correct horse', Cost(10, 8, 1))}\n")
    settings = Settings(library=tmp_path / "library", users=users)
    with (
        Assistant(settings=settings) as library,
        running(library) as address,
        httpx.Client(base_url=address) as client,
    ):
        assert send(client, WORDS, person="salma").status_code == 401
        assert library.documents() == ()
        # Whoever signs in is who they signed in as, whatever else the request says.
        client.auth = ("salma", "correct horse")
        assert send(client, WORDS, person="omar").json()["ok"]
        assert kept(library, "salma") == {"جسر.txt": WORDS}
        assert kept(library, "omar") == {}
