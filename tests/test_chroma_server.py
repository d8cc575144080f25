"""Vectors on a Chroma server: it may be away, hang, lose them or stand behind a proxy."""

from __future__ import annotations

import base64
import http.client
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from chroma_server import ChromaServer, free_port

from assistant import Assistant, Document, LibraryError, Settings
from assistant.library import server as chroma
from assistant.library.left import identity
from assistant.library.server import connected, let_go, server_version, shown

BASKETS = [
    Document(title=f"Basket {n}", text=f"Basket {n} holds {n} mulberries.") for n in range(8)
]
ASKED = "How many mulberries does basket 5 hold?"


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[ChromaServer]:
    """A server that this test may kill."""
    server = ChromaServer(tmp_path / "server")
    yield server
    server.kill()


@pytest.fixture(autouse=True)
def _hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.library.server._PAUSES", (0.05,))
    monkeypatch.setattr("assistant.library.mending._FIRST_PAUSE", 0.1)
    monkeypatch.setattr("assistant.library.mending._LONGEST_PAUSE", 0.5)


def at(server: ChromaServer) -> Settings:
    return Settings(chroma_url=server.url)


def held(assistant: Assistant) -> int:
    vectors = assistant._library._dense._chroma
    return -1 if vectors is None else vectors.count()


def assert_exact(assistant: Assistant) -> None:
    answer = assistant.ask(ASKED)
    assert answer.answered
    for c in answer.citations:
        text = assistant.document(c.document_id, version=c.version).text
        assert text[c.start_char_index : c.end_char_index] == c.cited_text
        assert c.cited_text.startswith("Basket 5")


def test_server_that_is_away_at_the_start_is_a_clear_error(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    for _ in range(2):  # the lock was given back
        with pytest.raises(LibraryError, match="can't be reached") as raised:
            Assistant(tmp_path / "library", Settings(chroma_url=url))
        assert url in str(raised.value)


def test_server_that_starts_a_little_later_is_waited_for(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(chroma, "_PAUSES", (1.0,) * 30)
    server = ChromaServer(tmp_path / "server")
    server.kill()
    later = threading.Timer(1.0, server.start)
    later.start()
    try:
        with Assistant(tmp_path / "library", at(server)) as assistant:
            assistant.add(*BASKETS)
            assert_exact(assistant)
    finally:
        later.join()
        server.kill()


def test_server_that_goes_away_and_comes_back_has_everything(
    own_server: ChromaServer, tmp_path: Path
) -> None:
    with Assistant(tmp_path / "library", at(own_server)) as assistant:
        assistant.add(*BASKETS)
        own_server.kill()
        assert_exact(assistant)
        assert assistant.mending is not None
        assert assistant.mending.reason == "failed"
        assistant.add(Document(title="Jam", text="The jam pot holds nine quinces."))
        assistant.remove(next(d.id for d in assistant.documents() if d.title == "Basket 0"))
        assert "Jam" in {h.document_title for h in assistant.search("jam pot quinces")}
        assert held(assistant) == -1

        own_server.start()

        assert assistant.settle(60)
        assert held(assistant) == 8
        assert_exact(assistant)


def test_purge_while_the_server_is_away_is_made_good(
    own_server: ChromaServer, tmp_path: Path
) -> None:
    with Assistant(tmp_path / "library", at(own_server)) as assistant:
        assistant.add(*BASKETS)
        own_server.kill()
        assistant.remove(
            next(d.id for d in assistant.documents() if d.title == "Basket 0"), purge=True
        )
        own_server.start()
        assert assistant.settle(60)
        assert held(assistant) == 7


def test_change_while_the_server_is_away_is_caught_up_in_the_next_session(
    own_server: ChromaServer, tmp_path: Path
) -> None:
    with Assistant(tmp_path / "library", at(own_server)) as assistant:
        assistant.add(*BASKETS)
        own_server.kill()
        assistant.remove(next(d.id for d in assistant.documents() if d.title == "Basket 0"))
    own_server.start()

    with Assistant(tmp_path / "library", at(own_server)) as assistant:
        assert assistant.settle(60)
        assert held(assistant) == 7
        assert_exact(assistant)


@pytest.mark.parametrize("is_open", [True, False], ids=["open", "closed"])
def test_lost_collection_is_made_anew(
    chroma_server: ChromaServer, tmp_path: Path, is_open: bool
) -> None:
    def lose(assistant: Assistant) -> None:
        name = f"sanad-{identity(assistant._library.catalogue)}"
        client = connected(chroma_server.url)
        client.delete_collection(name)
        let_go(client)

    assistant = Assistant(tmp_path / "library", at(chroma_server))
    assistant.add(*BASKETS)
    lose(assistant)
    if not is_open:
        assistant.close()
        assistant = Assistant(tmp_path / "library", at(chroma_server))
    with assistant:
        assert_exact(assistant)
        assert assistant.settle(60)
        assert held(assistant) == 8


def test_server_killed_under_load_costs_no_answer(own_server: ChromaServer, tmp_path: Path) -> None:
    failures: list[BaseException] = []
    stop = threading.Event()
    with Assistant(tmp_path / "library", at(own_server)) as assistant:
        assistant.add(*BASKETS)

        def ask() -> None:
            while not stop.is_set():
                try:
                    assert_exact(assistant)
                except BaseException as error:  # noqa: BLE001  # handed to the test
                    failures.append(error)
                    return

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        try:
            for number in range(3):
                own_server.kill()
                assistant.add(Document(title=f"Jar {number}", text=f"Jar {number} is empty."))
                own_server.start()
                assistant.add(Document(title=f"Pot {number}", text=f"Pot {number} is empty."))
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        assert failures == []
        assert assistant.settle(60)
        assert held(assistant) == len(BASKETS) + 6


# Time-outs


@pytest.fixture
def mute() -> Iterator[str]:
    """The address of a server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def test_server_that_says_nothing_is_given_up(mute: str, monkeypatch) -> None:
    monkeypatch.setattr(chroma, "_PATIENCE", 0.2)

    with pytest.raises(LibraryError, match="timed out"):
        connected(mute)


def test_server_that_hangs_in_the_middle_costs_no_answer(
    own_server: ChromaServer, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr(chroma, "_LONGEST_ANSWER", 1.0)
    with Assistant(tmp_path / "library", at(own_server)) as assistant:
        assistant.add(*BASKETS)
        own_server.pause()
        begun = time.monotonic()
        assert_exact(assistant)
        assert time.monotonic() - begun < 30
        assert assistant.mending is not None
        own_server.resume()
        assert assistant.settle(60)


# Behind a proxy


class Proxy(BaseHTTPRequestHandler):
    """Lets through who shows the right authorization, below a path of its own."""

    protocol_version = "HTTP/1.1"

    def _pass_on(self) -> None:
        told = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.headers.get("Authorization") != self.server.wanted:
            self._answer(401, b"{}")
            return
        behind = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        headers = {"Content-Type": "application/json"}
        behind.request(self.command, self.path.removeprefix("/vectors"), told, headers)
        answer = behind.getresponse()
        self._answer(answer.status, answer.read())
        behind.close()

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_DELETE = _pass_on  # noqa: N815  # http.server's names

    def log_message(self, *_: object) -> None:
        """Say nothing."""


BASIC = "Basic " + base64.b64encode(b"sanad:p:ss@").decode()


@pytest.fixture(params=[BASIC, "Bearer p:ss@"], ids=["basic", "bearer"])
def proxy(request, chroma_server: ChromaServer) -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    server.daemon_threads = True
    server.wanted = request.param
    server.port = int(chroma_server.url.rpartition(":")[2])
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_proxy_is_shown_the_name_and_the_password(
    proxy: ThreadingHTTPServer, tmp_path: Path
) -> None:
    name = "sanad" if proxy.wanted == BASIC else ""
    url = f"http://{name}:p%3Ass%40@127.0.0.1:{proxy.server_port}/vectors"

    with Assistant(tmp_path / "library", Settings(chroma_url=url)) as assistant:
        assistant.add(*BASKETS)
        assert held(assistant) == 8
        assert_exact(assistant)


def test_refusal_of_a_proxy_names_no_password(proxy: ThreadingHTTPServer, tmp_path: Path) -> None:
    url = f"http://sanad:wrong@127.0.0.1:{proxy.server_port}/vectors"

    with pytest.raises(LibraryError, match="401") as raised:
        Assistant(tmp_path / "library", Settings(chroma_url=url))
    assert "wrong" not in str(raised.value)
    assert "SANAD_CHROMA_URL" in str(raised.value)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://host:8000", "http://host:8000"),
        ("https://a:b@host/x", "https://host/x"),
        ("https://:token@host:1", "https://host:1"),
        ("no address", "no address"),
    ],
    ids=["plain", "password", "token", "none"],
)
def test_address_is_shown_without_a_password(url: str, expected: str) -> None:
    assert shown(url) == expected


@pytest.mark.parametrize(
    "url", ["", "host:8000", "ftp://host", "http://", "http://host:port", "http://[::1"]
)
def test_address_that_is_none_is_a_clear_error(url: str) -> None:
    with pytest.raises(LibraryError, match="no address of a Chroma server"):
        server_version(url)
