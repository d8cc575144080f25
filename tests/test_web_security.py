"""What a review of the page's security looks at, asked of the running application."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from starlette.responses import JSONResponse
from web_server import running

from assistant import Assistant, Settings
from assistant.errors import AssistantError
from assistant.web.bodies import Bodies, Measure
from assistant.web.people.passwords import Cost, hashed
from assistant.web.places import Room

SALMA, OMAR = ("salma", "correct horse"), ("omar", "battery staple")
SENTENCE = "The harbour of Bejaia was dredged in 2019 by the port authority."
EVIL = "evil.example"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("security")
    lines = (f"{name}:{hashed(word, Cost(10, 8, 1))}\n" for name, word in (SALMA, OMAR))
    (made / "users.txt").write_text("".join(lines))
    (made / "documents").mkdir()
    (made / "documents" / "harbour.txt").write_text(f"{SENTENCE}\n")
    return made


@contextmanager
def opened(folder, name, users=True, **options) -> Iterator[tuple[Assistant, str]]:
    settings = Settings(
        library=folder / name, users=folder / "users.txt" if users else None, max_file_mb=2
    )
    with Assistant(settings=settings) as library:
        assert not library.add(folder / "documents").failed
        with running(library, **options) as address:
            yield library, address


@pytest.fixture(scope="module")
def alone(folder):
    """One person's page, with MCP."""
    with opened(folder, "alone", users=False, mcp=True) as (_, address):
        yield address


@pytest.fixture(scope="module")
def together(folder):
    """A page to which people sign in, without MCP."""
    with opened(folder, "together") as (_, address):
        yield address


@contextmanager
def signed_in(address, who=SALMA, **options):
    with httpx.Client(base_url=address, timeout=60, **options) as client:
        done = client.post("/sign-in", data={"username": who[0], "password": who[1]})
        assert done.status_code == 303
        yield client


def status(client, method, path, **more) -> int:
    """Return a reply's status; the body may be a stream without an end."""
    with client.stream(method, path, **more) as reply:
        return reply.status_code


# What is open


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/pwa_icon"),
        ("GET", "/pwa_icon/200"),
        ("GET", "/manifest.json"),
        ("GET", "/openapi.json"),
        ("GET", "/docs"),
        ("GET", "/monitoring"),
        ("GET", "/monitoring/summary"),
        ("GET", "/logout"),
        ("GET", "/svelte/x.js"),
        ("GET", "/gradio_api/dev/reload"),
        ("GET", "/gradio_api/runs"),
        ("GET", "/gradio_api/run-history/records"),
        ("GET", "/gradio_api/deep_link?session_hash=x"),
        ("GET", "/gradio_api/upload_progress?upload_id=x"),
        ("GET", "/gradio_api/token"),
        ("GET", "/gradio_api/custom_component/x/client/component/index.js"),
        ("GET", "/gradio_api/stream/x/y/1/playlist.m3u8"),
        ("GET", "/gradio_api/mcp/sse"),
        ("POST", "/gradio_api/mcp/messages/?session_id=x"),
        ("POST", "/gradio_api/upload"),
        ("POST", "/gradio_api/component_server"),
        ("POST", "/gradio_api/stream/x"),
        ("POST", "/gradio_api/stream/x/close"),
        ("POST", "/gradio_api/run-history/connect"),
    ],
)
@pytest.mark.parametrize("page", ["alone", "together"])
def test_what_the_page_does_not_need_is_not_there(request, page, method, path):
    address = request.getfixturevalue(page)
    with signed_in(address) if page == "together" else httpx.Client(base_url=address) as client:
        assert status(client, method, path) == 404


@pytest.mark.parametrize(
    "path",
    [
        "/static/%2e%2e/routes.py",
        "/static/..%2froutes.py",
        "/static/%252e%252e/routes.py",
        "/static//etc/passwd",
        "/static/%2fetc%2fpasswd",
        "/assets/..%2f..%2f..%2froutes.py",
        "/assets/..%5c..%5croutes.py",
        "/assets/x%00.js",
        "/fonts/..%2fpage.css",
        "/fonts/%2e%2e%2fpage.css",
        "/print/..%2f..%2fusers.txt/x/0-1",
        "/pages/..%2f..%2fusers.txt/x/0-1.svg",
        "/conversations/..%2f..%2fcatalogue.md",
        "/gradio_api/file=users.txt",
        "/gradio_api/file%3D/etc/passwd",
        "/gradio_api/%66ile=library/catalogue.sqlite3",
        "/gradio_api/file%253D/etc/passwd",
        "/gradio_api/file/.env",
        "/file=.env",
        "/file=app.py",
        "/app.py",
        "/.env",
        "/library/catalogue.sqlite3",
        "/gradio_api/proxy=http://127.0.0.1:1/",
        "/custom_component/x",
    ],
)
def test_no_file_of_this_machine_is_handed_out(alone, path):
    reply = httpx.get(alone + path, timeout=60)
    assert reply.status_code in (403, 404, 422), reply.text[:200]
    assert "root:" not in reply.text
    assert "import" not in reply.text


@pytest.mark.parametrize(
    "headers",
    [
        {"x-forwarded-host": EVIL},
        {"x-gradio-server": f"http://{EVIL}"},
        {"X-Forwarded-Host": f"{EVIL}, localhost"},
    ],
    ids=str,
)
@pytest.mark.parametrize("path", ["/", "/config", "/gradio_api/info", "/gradio_api/mcp/schema"])
def test_a_header_does_not_change_the_pages_address(alone, headers, path):
    reply = httpx.get(alone + path, headers=headers, timeout=60)
    assert reply.status_code == 200
    assert EVIL not in reply.text


# What is told


@pytest.mark.parametrize(
    ("call", "body"),
    [
        ("run/ask", {"data": [f"{SENTENCE} too few"]}),
        ("run/ask", {"data": [{"words": SENTENCE}, None, None, None, None]}),
        ("run/ask", {"data": [SENTENCE, {"words": SENTENCE}, None, None, None]}),
        ("run/search", {"data": [SENTENCE, SENTENCE, SENTENCE, SENTENCE, SENTENCE]}),
        ("run/mentions", {"data": [[SENTENCE], SENTENCE, None, None]}),
        ("run/add", {"data": [1, [SENTENCE], SENTENCE]}),
        ("run/predict", {"data": [SENTENCE], "fn_index": 0}),
    ],
    ids=str,
)
def test_a_call_that_does_not_fit_leaves_nothing_of_it_in_the_log(alone, capfd, caplog, call, body):
    capfd.readouterr()
    reply = httpx.post(f"{alone}/gradio_api/{call}", json=body, timeout=60)
    assert SENTENCE not in "".join(capfd.readouterr()) + caplog.text
    assert "/" not in reply.text.replace("</", "").replace("/>", "")
    assert "Traceback" not in reply.text


def test_a_queued_call_that_does_not_fit_leaves_nothing_of_it_in_the_log(alone, capfd, caplog):
    capfd.readouterr()
    body = {"data": [f"{SENTENCE} too few"]}
    began = httpx.post(f"{alone}/gradio_api/call/stream", json=body, timeout=60).json()
    ended = httpx.get(f"{alone}/gradio_api/call/stream/{began['event_id']}", timeout=60).text
    assert "event: error" in ended
    assert SENTENCE not in "".join(capfd.readouterr()) + caplog.text


@pytest.mark.parametrize("page", ["alone", "together"])
@pytest.mark.parametrize(
    "path",
    ["/", "/config", "/gradio_api/info", "/gradio_api/openapi.json", "/gradio_api/app_id", "/none"],
)
def test_nothing_tells_of_this_machines_folders(request, folder, page, path):
    address = request.getfixturevalue(page)
    with signed_in(address) if page == "together" else httpx.Client(base_url=address) as client:
        found = client.get(path, timeout=60).text
    for place in (str(folder), "site-packages", "/home/", "/root/", "Traceback"):
        assert place not in found


# Another person's session


def started(client, session, question) -> str:
    """Ask by the queue, in a session; return the event's id."""
    config = client.get("/config").json()
    number = next(d["id"] for d in config["dependencies"] if d["api_name"] == "stream")
    body = {"data": [question, None], "fn_index": number, "session_hash": session}
    reply = client.post("/gradio_api/queue/join", json=body)
    assert reply.status_code == 200, reply.text
    return reply.json()["event_id"]


def streamed(client, session) -> str:
    """Return what a session is sent, to its end."""
    return told(client, f"session_hash={session}")


def told(client, query) -> str:
    pieces = []
    # Gradio breaks the stream of a session that there is none of off.
    with (
        contextlib.suppress(httpx.RemoteProtocolError),
        client.stream("GET", f"/gradio_api/queue/data?{query}") as reply,
    ):
        pieces += reply.iter_text()
    return "".join(pieces)


def test_what_a_session_is_sent_is_its_persons_alone(together):
    with signed_in(together) as salma, signed_in(together, OMAR) as omar:
        started(salma, "one", "Who dredged the harbour of Bejaia?")
        taken = streamed(omar, "one")
        assert "port authority" not in taken
        assert "session_not_found" in taken
        assert "port authority" in streamed(salma, "one")


def test_a_session_is_neither_stopped_nor_ended_by_another_person(together):
    with signed_in(together) as salma, signed_in(together, OMAR) as omar:
        event = started(salma, "two", "Who dredged the harbour of Bejaia?")
        body = {"session_hash": "two", "fn_index": 0, "event_id": "none"}
        omar.post("/gradio_api/cancel", json=body)
        # An open stream that goes away ends its session's events.
        with omar.stream("GET", "/gradio_api/queue/data?session_hash=two"):
            pass
        with omar.stream("GET", "/gradio_api/heartbeat/two"):
            pass
        sent = streamed(salma, "two")
        assert event in sent
        assert "port authority" in sent


def test_two_persons_may_use_the_same_id(together):
    with signed_in(together) as salma, signed_in(together, OMAR) as omar:
        first = started(salma, "same", "Who dredged the harbour of Bejaia?")
        second = started(omar, "same", "Who dredged the harbour of Bejaia?")
        assert second not in streamed(salma, "same")
        assert first not in streamed(omar, "same")


@pytest.mark.parametrize(
    "query",
    ["session_hash=x&session_hash=three", "session%5Fhash=three", "&session_hash=three;"],
)
def test_an_id_is_not_hidden_by_how_it_is_written(together, query):
    with signed_in(together) as salma, signed_in(together, OMAR) as omar:
        started(salma, "three", "Who dredged the harbour of Bejaia?")
        assert "port authority" not in told(omar, query)
        streamed(salma, "three")


# How much is taken


JSON = {"content-type": "application/json"}


def test_a_call_is_no_larger_than_a_file_may_be(alone):
    body = b'{"data": ["' + b"x" * 4_000_000 + b'"]}'
    for call in ("run/ask", "call/ask", "call/v2/ask", "queue/join", "cancel", "mcp/"):
        reply = httpx.post(f"{alone}/gradio_api/{call}", content=body, headers=JSON, timeout=60)
        assert reply.status_code == 413, call
        assert "SANAD_MAX_FILE_MB" in reply.json()["detail"]


def test_a_call_without_a_length_is_no_larger_either(alone):
    pieces = (b"x" * 100_000 for _ in range(40))
    reply = httpx.post(f"{alone}/gradio_api/run/ask", content=pieces, headers=JSON, timeout=60)
    assert reply.status_code == 413


@pytest.mark.parametrize("told", [True, False], ids=["length", "chunked"])
def test_who_sends_all_of_a_call_that_is_too_large_sees_the_answer(alone, told):
    host, port = alone.removeprefix("http://").split(":")
    amount, pieces = 200_000, 40
    how = f"content-length: {amount * pieces}" if told else "transfer-encoding: chunked"
    head = f"POST /gradio_api/run/ask HTTP/1.1\r\nhost: {host}:{port}\r\n{how}\r\n"
    with socket.create_connection((host, int(port)), timeout=30) as sending:
        sending.sendall(f"{head}content-type: application/json\r\n\r\n".encode())
        for _ in range(pieces):
            piece = b"x" * amount
            sending.sendall(piece if told else b"%x\r\n%s\r\n" % (amount, piece))
            time.sleep(0.02)  # a reply is there long before the end of what is sent
        sending.sendall(b"" if told else b"0\r\n\r\n")
        said = b"".join(iter(lambda: sending.recv(65536), b""))
    assert said.startswith(b"HTTP/1.1 413 ")
    assert b"SANAD_MAX_FILE_MB" in said


def test_who_goes_on_sending_what_was_refused_is_cut_off():
    sent = []

    async def run():
        bodies = Bodies(JSONResponse({}), Measure(most=1000, linger=0.3), "en")
        scope = {"type": "http", "method": "POST", "path": "/gradio_api/run/ask", "headers": []}

        async def receive():
            await asyncio.sleep(0.01)
            return {"type": "http.request", "body": b"x" * 100, "more_body": True}

        async def send(message):
            sent.append((message.get("status"), message.get("more_body", False)))

        await asyncio.wait_for(bodies({**scope, "query_string": b""}, receive, send), 20)

    asyncio.run(run())
    assert sent == [(413, False), (None, True), (None, False)]


def test_a_file_just_within_the_limit_comes_by_a_call(together):
    line = b"The harbour of Annaba was dredged in 2020.\n"
    content = (line * (2_000_000 // len(line))).decode()
    with signed_in(together) as client:
        body = {"name": "annaba.txt", "content": content}
        event = client.post("/gradio_api/call/v2/add", json=body).json()["event_id"]
        assert '"failed": []' in client.get(f"/gradio_api/call/add/{event}").text


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 200_000 + b"]" * 200_000,
        b'{"data":' + b"[" * 200_000 + b"]" * 200_000 + b"}",
        b'{"data":' + b'{"a":' * 200_000 + b"1" + b"}" * 200_001,
        b"[1]",
        b"null",
        b"\xff\xfe",
        b"{",
        b"",
    ],
    ids=["lists", "list", "objects", "array", "null", "bytes", "half", "empty"],
)
def test_a_call_that_is_no_object_is_400(alone, body):
    for call in ("run/ask", "queue/join", "cancel"):
        reply = httpx.post(f"{alone}/gradio_api/{call}", content=body, headers=JSON, timeout=60)
        assert reply.status_code == 400
        assert reply.json()["detail"]


def test_a_packed_body_is_not_unpacked(alone):
    body = gzip.compress(b'{"data": ["' + b"x" * 50_000_000 + b'"]}')
    headers = {**JSON, "content-encoding": "gzip"}
    reply = httpx.post(f"{alone}/gradio_api/run/ask", content=body, headers=headers, timeout=60)
    assert reply.status_code == 400


def test_ranges_without_end_cost_nothing(alone):
    ranges = "bytes=" + ",".join(f"{n}-{n}" for n in range(2000))
    reply = httpx.get(f"{alone}/static/img/logo.svg", headers={"range": ranges}, timeout=60)
    assert reply.status_code in (200, 206, 400, 416)
    assert len(reply.content) < 10_000


@pytest.mark.parametrize("kind", ["print", "svg", "md", "html", "json", "door"])
def test_what_needs_no_script_allows_none(folder, kind):
    with opened(folder, f"plain-{kind}") as (library, address), signed_in(address) as client:
        hit = library.search("harbour", unit="sentence")[0]
        place = f"{hit.document_id}/{hit.version}/{hit.start_char_index}-{hit.end_char_index}"
        kept = library.conversation(owner="salma")
        kept.ask("Who dredged the harbour of Bejaia?")
        path = {
            "print": f"/print/{place}",
            "svg": f"/pages/{place}.svg",
            "door": "/sign-in?next=/",
        }.get(kind, f"/conversations/{kept.id}.{kind}")
        if kind == "door":
            client.post("/sign-out")
        policy = client.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy


def test_who_sends_a_call_for_ever_is_told_so():
    sent = []

    async def run():
        measure = Measure(most=1000, small=10, large=1, pause=0.2, whole=0.5)
        inside = []

        async def app(scope, receive, send):
            inside.append((await receive())["body"])
            await JSONResponse({})(scope, receive, send)

        bodies = Bodies(app, measure, "en")

        async def call(person, pieces, wait=0.0):
            statuses = []
            headers = [(b"x-sanad-person", person)]
            scope = {"type": "http", "method": "POST", "path": "/gradio_api/run/ask"}
            left = list(pieces)

            async def receive():
                await asyncio.sleep(wait)
                if not left:
                    await asyncio.sleep(10)
                return {"type": "http.request", "body": left.pop(0), "more_body": True}

            async def send(message):
                statuses.append(message.get("status"))

            await bodies({**scope, "headers": headers, "query_string": b""}, receive, send)
            sent.append((person, statuses[0]))

        await call(b"slow", [b"{"])  # nothing comes any more
        await call(b"drips", [b"1"] * 100, wait=0.1)  # each piece in time, and no end
        assert inside == []

    asyncio.run(run())
    assert sent == [(b"slow", 408), (b"drips", 408)]


# What is another person's


def test_nothing_of_another_person_is_there_by_its_id(folder):
    text = b"The lighthouse of Oran was painted in 2021.\n"
    with (
        opened(folder, "others") as (library, address),
        signed_in(address) as salma,
        signed_in(address, OMAR) as omar,
    ):
        own = {"x-sanad-upload": "1", "x-sanad-name": "oran.txt"}
        assert salma.post("/library/files", content=text, headers=own).json()["ok"]
        hit = library.search("lighthouse of Oran", unit="sentence")[0]
        place = f"{hit.document_id}/{hit.version}/{hit.start_char_index}-{hit.end_char_index}"
        kept = library.conversation(owner="salma")
        kept.ask("When was the lighthouse of Oran painted?")
        assert salma.get(f"/print/{place}").status_code == 200
        paths = [f"/print/{place}", f"/pages/{place}.svg"]
        paths += [f"/conversations/{kept.id}.{form}" for form in ("md", "html", "json")]
        for path in paths:
            assert omar.get(path).status_code == 404, path
            assert httpx.get(address + path).status_code == 401, path
        assert omar.delete(f"/conversations/{kept.id}").status_code == 404
        calls = [
            ("document", [hit.document_id, hit.version]),
            ("documents", [None]),
            ("search", ["lighthouse of Oran", 10, "sentence", [hit.document_id], None]),
            ("mentions", ["lighthouse", 10, [hit.document_id], None]),
            ("ask", ["When was the lighthouse painted?", [hit.document_id], None, None, None]),
        ]
        for name, data in calls:
            body = {"data": data}
            assert "painted in 2021" not in omar.post(f"/gradio_api/run/{name}", json=body).text
            assert "oran.txt" not in omar.post(f"/gradio_api/run/{name}", json=body).text
            reply = salma.post(f"/gradio_api/run/{name}", json=body)
            assert "2021" in reply.text or "oran.txt" in reply.text, name


def test_calls_of_one_person_in_the_queue_are_counted(folder, monkeypatch):
    gate = threading.Event()

    def stream(question, history=(), scope=None):
        gate.wait(60)
        raise AssistantError("Over.")

    with opened(folder, "queue", room=Room(answering=1)) as (library, address):
        monkeypatch.setattr(library, "stream", stream)
        with signed_in(address) as salma, signed_in(address, OMAR) as omar:
            body = {"data": ["Who?", None]}
            said = [salma.post("/gradio_api/call/stream", json=body).status_code for _ in range(20)]
            try:
                assert said.count(200) in (16, 17)  # one may have been begun
                assert said[-3:] == [429] * 3
                assert omar.post("/gradio_api/call/stream", json=body).status_code == 200
            finally:
                gate.set()
