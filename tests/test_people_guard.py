"""The guard and the door before the real page, asked over real connections on loopback."""

from __future__ import annotations

import base64
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import uvicorn
from starlette.responses import JSONResponse, PlainTextResponse

from assistant.errors import SettingsError
from assistant.settings import Settings
from assistant.strings import say
from assistant.web.people import door, passwords, person_of, register
from assistant.web.people.carried import carrying
from assistant.web.people.door import own_address
from assistant.web.people.guard import Guard, House
from assistant.web.people.hosts import Hosts
from assistant.web.people.passwords import Cost
from assistant.web.people.register import Register

ROOT = Path(__file__).resolve().parent.parent
SALMA = {"username": "salma", "password": "correct horse"}
MARYAM = {"username": "مريم بنت".replace(" ", "-"), "password": "كلمة سر طويلة"}
PAGE = {"accept": "text/html"}
SECURITY = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@contextmanager
def served(app) -> Iterator[str]:
    """Serve an application on loopback and give its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        deadline = time.monotonic() + 60
        while not server.started and thread.is_alive() and time.monotonic() < deadline:
            time.sleep(0.02)
        assert server.started
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(30)
        assert not thread.is_alive()


async def echo(scope, receive, send):
    """Say who asked, or do what the path says; knows nothing of the guard."""
    if scope["type"] == "lifespan":
        while (await receive())["type"] != "lifespan.shutdown":
            await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})
        return
    if scope["path"] == "/breaks":
        raise RuntimeError("inside")
    headers = {name.decode(): value.decode() for name, value in scope["headers"]}
    extra = {
        "access-control-allow-origin": "http://localhost:3000",
        "Access-Control-Allow-Credentials": "true",
    }
    if scope["path"] == "/strict":
        extra["content-security-policy"] = "default-src 'none'"
    said = {"person": person_of(headers), "raw": headers.get("x-sanad-person")}
    await JSONResponse(said, headers=extra)(scope, receive, send)


@pytest.fixture(autouse=True)
def _cheap(monkeypatch):
    monkeypatch.setattr(register, "hashed", lambda p: passwords.hashed(p, Cost(10, 8, 1)))


@pytest.fixture
def people(tmp_path):
    found = Register(tmp_path / "users.txt")
    for fields in (SALMA, MARYAM):
        found.add(fields["username"], fields["password"])
    return found


@pytest.fixture
def address(people):
    house = House.of(Settings(users=people.path), "auto", open_to_all=("/health", "/open/"))
    with served(Guard(echo, house)) as address:
        yield address


@pytest.fixture
def single():
    with served(Guard(echo, House.of(Settings(), "auto"))) as address:
        yield address


@pytest.fixture
def ask(address):
    with httpx.Client(base_url=address) as client:
        yield client


@contextmanager
def signed_in(address, fields=SALMA):
    with httpx.Client(base_url=address) as client:
        assert client.post("/sign-in", data=fields).status_code == 303
        yield client


# Who is let in


@pytest.mark.parametrize(
    ("path", "headers", "next_"),
    [
        ("/", {}, "/"),
        ("/", PAGE, "/"),
        ("/search?q=%D9%85%D8%A7%D8%A1&page=2", PAGE, "/search?q=%D9%85%D8%A7%D8%A1&page=2"),
        ("/%D9%85%D8%A7%D8%A1", PAGE, "/%D9%85%D8%A7%D8%A1"),
        ("/a%3Fb", PAGE, "/a%3Fb"),
    ],
)
def test_a_page_leads_to_the_door_and_back(ask, path, headers, next_):
    answer = ask.get(path, headers=headers)
    assert answer.status_code == 303
    there = urlsplit(answer.headers["location"])
    assert (there.scheme, there.netloc, there.path) == ("", "", "/sign-in")
    assert parse_qs(there.query) == {"next": [next_]}
    done = ask.post("/sign-in", data={**SALMA, "next": next_})
    assert (done.status_code, done.headers["location"]) == (303, next_)


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "/config", {}),
        ("GET", "/gradio_api/info", PAGE),
        ("GET", "/gradio_api/queue/data?session_hash=x", {"accept": "text/event-stream"}),
        ("POST", "/gradio_api/queue/join", {}),
        ("POST", "/", PAGE),
        ("PUT", "/anything", {}),
        ("GET", "/healthy", {}),
        ("GET", "/open", {}),
    ],
)
def test_everything_else_is_401_in_json(ask, method, path, headers):
    answer = ask.request(method, path, headers=headers)
    assert answer.status_code == 401
    assert answer.json() == {"detail": say("guard.nobody", "en")}
    assert answer.headers["www-authenticate"].startswith("Basic ")


def test_a_browsers_own_window_for_passwords_never_opens(ask):
    headers = {"sec-fetch-mode": "cors", "sec-fetch-site": "same-origin"}
    answer = ask.get("/config", headers=headers)
    assert answer.status_code == 401
    assert "Basic" not in answer.headers["www-authenticate"]


def test_open_paths_need_no_sign_in(ask):
    for path in ("/health", "/open/x", "/favicon.ico", "/robots.txt"):
        answer = ask.get(path)
        assert (answer.status_code, answer.json()["person"]) == (200, ""), path


@pytest.mark.parametrize("fields", [SALMA, MARYAM], ids=["latin", "arabic"])
def test_the_name_is_carried_inside(address, fields):
    with signed_in(address, fields) as client:
        said = client.get("/x").json()
    assert said["person"] == fields["username"]
    assert said["raw"].isascii()


def test_the_name_is_as_in_the_file(address):
    with signed_in(address, {**SALMA, "username": " SALMA "}) as client:
        assert client.get("/x").json()["person"] == "salma"


@pytest.mark.parametrize("name", ["x-sanad-person", "X-Sanad-Person"])
def test_a_name_from_outside_is_removed(address, single, name):
    with signed_in(address) as client:
        assert client.get("/x", headers={name: "omar"}).json()["person"] == "salma"
        assert client.get("/health", headers={name: "omar"}).json()["raw"] is None
    assert httpx.get(f"{address}/x", headers={name: "salma"}).status_code == 401
    assert httpx.get(f"{single}/x", headers={name: "omar"}).json()["raw"] is None


def test_carrying_and_person_of_are_inverse():
    raw = carrying([(b"X-SANAD-PERSON", b"x"), (b"a", b"b")], "مريم.a@b")
    assert raw[0] == (b"a", b"b")
    assert person_of({k.decode(): v.decode() for k, v in raw}) == "مريم.a@b"
    assert person_of({}) == ""


def test_a_session_is_fresh_at_each_sign_in_and_ends_at_sign_out(address):
    with signed_in(address) as client:
        first = client.cookies["sanad-session"]
        client.post("/sign-in", data=SALMA)
        second = client.cookies["sanad-session"]
        assert first != second
        out = client.post("/sign-out")
        assert (out.status_code, out.headers["location"]) == (303, "/sign-in")
        assert "sanad-session" not in client.cookies
    for token in (first, second):
        cookie = {"cookie": f"sanad-session={token}"}
        assert httpx.get(f"{address}/x", headers=cookie).status_code == 401


def test_a_token_that_somebody_chose_is_never_taken_over(address):
    cookie = {"cookie": "sanad-session=chosen"}
    answer = httpx.post(f"{address}/sign-in", data=SALMA, headers=cookie)
    assert "chosen" not in answer.headers["set-cookie"]
    assert httpx.get(f"{address}/x", headers=cookie).status_code == 401


def test_sign_out_is_no_link(ask):
    assert ask.get("/sign-out").status_code == 405


def test_who_is_removed_is_out_at_once(address, people):
    with signed_in(address) as client, signed_in(address, MARYAM) as other:
        people.remove("salma")
        assert client.get("/x").status_code == 401
        assert other.get("/x").status_code == 200


@pytest.mark.parametrize(
    ("scheme", "is_secure"), [("http", False), ("https", True)], ids=["http", "behind TLS"]
)
def test_the_cookies_attributes(address, scheme, is_secure):
    headers = {"x-forwarded-proto": scheme}
    cookie = httpx.post(f"{address}/sign-in", data=SALMA, headers=headers).headers["set-cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert ("Secure" in cookie.split("; ")) is is_secure


def test_a_cookie_from_a_neighbouring_name_is_no_session_behind_tls(address):
    https = {"x-forwarded-proto": "https"}
    set_ = httpx.post(f"{address}/sign-in", data=SALMA, headers=https).headers["set-cookie"]
    name, _, token = set_.partition(";")[0].partition("=")
    # Another name below the same domain can set a cookie for both, but none of this kind.
    assert name == "__Host-sanad-session"
    for cookie, status in ((f"{name}={token}", 200), (f"sanad-session={token}", 401)):
        headers = {**https, "cookie": cookie}
        assert httpx.get(f"{address}/x", headers=headers).status_code == status


def test_a_form_that_comes_for_ever_is_400(address, monkeypatch):
    monkeypatch.setattr(door, "_SECONDS_FOR_FORM", 0.3)
    head = (
        "POST /sign-in HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000\r\n"
        "content-type: application/x-www-form-urlencoded\r\n\r\nusername="
    )
    with socket.create_connection(("127.0.0.1", urlsplit(address).port), timeout=10) as raw:
        raw.sendall(head.encode())
        assert b" 400 " in raw.recv(1000).split(b"\r\n")[0]


# Tries


def test_too_many_tries_wait_at_every_way_in(address):
    wrong = {**SALMA, "password": "wrong"}
    basic = base64.b64encode(b"salma:wrong").decode()
    tried = [httpx.post(f"{address}/sign-in", data=wrong).status_code for _ in range(2)]
    tried += [httpx.post(f"{address}/login", data=wrong).status_code for _ in range(2)]
    tried.append(httpx.get(f"{address}/x", headers={"authorization": f"Basic {basic}"}).status_code)
    assert tried == [401] * 5
    for answer in (
        httpx.post(f"{address}/sign-in", data=SALMA),
        httpx.post(f"{address}/login", data=SALMA),
        httpx.get(f"{address}/x", auth=("salma", "correct horse")),
    ):
        assert answer.status_code == 429
        assert 0 < int(answer.headers["retry-after"]) <= 15
        assert "seconds to wait: 1" in answer.text


def test_an_unknown_name_reads_like_a_wrong_password(ask):
    unknown = ask.post("/sign-in", data={"username": "salmo", "password": "correct horse"})
    wrong = ask.post("/sign-in", data={"username": "salmi", "password": "wrong"})
    assert unknown.text.replace("salmo", "salmi") == wrong.text
    assert unknown.status_code == wrong.status_code == 401


# Programs


def test_basic_lets_a_program_in(address):
    good = httpx.get(f"{address}/x", auth=("salma", "correct horse"))
    assert good.json()["person"] == "salma"
    arabic = base64.b64encode(":".join(MARYAM.values()).encode()).decode()
    answer = httpx.get(f"{address}/x", headers={"authorization": f"basic {arabic}"})
    assert answer.json()["person"] == MARYAM["username"]
    bad = httpx.get(f"{address}/x", auth=("salma", "wrong"))
    assert (bad.status_code, bad.json()) == (401, {"detail": say("door.wrong", "en")})
    # Also where a page is asked for: who sends a password is told that it is wrong.
    assert httpx.get(address, auth=("salma", "wrong")).status_code == 401


def test_login_is_what_gradios_client_expects(address):
    good = httpx.post(f"{address}/login", data=SALMA)
    assert (good.status_code, good.json()) == (200, {"success": True})
    assert "sanad-session=" in good.headers["set-cookie"]
    assert httpx.post(f"{address}/login", data={**SALMA, "password": "x"}).status_code == 401
    assert httpx.get(f"{address}/login").headers["location"] == "/sign-in"


# Addresses to go on to


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("/", "/"),
        ("/a/b?c=d&e=/f", "/a/b?c=d&e=/f"),
        ("/ماء", "/%D9%85%D8%A7%D8%A1"),
        ("/a%0d%0aset-cookie:x", "/a%0d%0aset-cookie:x"),
        ("", "/"),
        ("a", "/"),
        ("//evil.example", "/"),
        ("///evil.example", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("/a\r\nset-cookie: x", "/"),
        (" /a", "/"),
        ("https://evil.example", "/"),
        ("https:evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/sign-in?next=/a", "/"),
        ("/sign-out", "/"),
        ("/login/", "/"),
    ],
)
def test_own_address(wanted, expected):
    assert own_address(wanted) == expected


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_the_door_leads_nowhere_else(ask, wanted):
    assert ask.post("/sign-in", data={**SALMA, "next": wanted}).headers["location"] == "/"
    assert ask.get("/sign-in", params={"next": wanted}).headers["location"] == "/"
    switched = ask.get("/sign-in", params={"next": wanted, "language": "ar"})
    assert switched.headers["location"] == "/sign-in?next=%2F"


# The form


@pytest.mark.parametrize(
    ("headers", "language"),
    [
        ({}, "en"),
        ({"accept-language": "ar-EG,en;q=0.5"}, "ar"),
        ({"accept-language": "fr"}, "en"),
        ({"accept-language": "ar", "cookie": "sanad-language=en"}, "en"),
        ({"accept-language": "en", "cookie": "sanad-language=ar"}, "ar"),
        ({"accept-language": "en", "cookie": "sanad-language=fr"}, "en"),
    ],
)
def test_the_form_is_in_the_persons_language(ask, headers, language):
    page = ask.get("/sign-in", headers=headers).text
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert say("door.heading", language) in page
    assert "$" not in page


def test_the_link_switches_and_remembers_the_language(ask):
    answer = ask.get("/sign-in?language=ar&next=/a")
    assert answer.headers["location"] == "/sign-in?next=%2Fa"
    assert re.fullmatch(
        r"sanad-language=ar; SameSite=Lax; Path=/; Max-Age=\d+", answer.headers["set-cookie"]
    )
    assert 'lang="ar"' in ask.get("/sign-in?next=/a").text


def test_what_was_typed_comes_back_escaped_and_the_password_never(ask):
    typed = {"username": '"><script>x', "password": "my secret", "next": '/"><script>y'}
    page = ask.post("/sign-in", data=typed).text
    assert "<script" not in page
    assert "&quot;&gt;&lt;script&gt;x" in page
    assert "my secret" not in page
    assert 'role="alert"' in page


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"{}", "application/json"),
        (b"--x\r\n", "multipart/form-data; boundary=x"),
        (b"username=a&password=" + b"x" * 20_000, "application/x-www-form-urlencoded"),
        (b"&".join(b"a=b" for _ in range(50)), "application/x-www-form-urlencoded"),
        (b"username=\xff", "application/x-www-form-urlencoded"),
    ],
    ids=["json", "multipart", "long", "many", "bytes"],
)
def test_a_form_that_is_none_is_400(ask, content, kind):
    answer = ask.post("/sign-in", content=content, headers={"content-type": kind})
    assert answer.status_code == 400
    assert answer.json() == {"detail": say("door.unreadable", "en")}


def test_who_is_signed_in_does_not_see_the_form(address):
    with signed_in(address) as client:
        assert client.get("/sign-in?next=/a").headers["location"] == "/a"


# Other sites and other hosts


@pytest.mark.parametrize("where", ["address", "single"])
@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("POST", "/x", {"origin": "https://evil.example"}, 403),
        ("POST", "/sign-in", {"sec-fetch-site": "cross-site"}, 403),
        ("POST", "/sign-out", {"origin": "null"}, 403),
        ("DELETE", "/x", {"sec-fetch-site": "same-site"}, 403),
        ("GET", "/health", {"host": "evil.example"}, 421),
        ("POST", "/login", {"host": "evil.example:7860"}, 421),
        ("GET", "/health", {"host": "localhost"}, 200),
    ],
)
def test_other_sites_and_hosts_are_kept_out(request, where, method, path, headers, status):
    address = request.getfixturevalue(where)
    answer = httpx.request(method, address + path, headers=headers)
    assert answer.status_code == status
    if status != 200:
        assert answer.json()["detail"]


def test_own_origin_is_let_through(single, address):
    assert httpx.post(f"{single}/x", headers={"origin": single}).status_code == 200
    answer = httpx.post(f"{address}/sign-in", data=SALMA, headers={"origin": address})
    assert answer.status_code == 303


def test_the_name_of_a_host_is_said_back_harmlessly(single):
    answer = httpx.get(single, headers={"host": "<b>evil", "accept-language": "ar"})
    assert answer.headers["content-type"] == "application/json"
    assert "SANAD_ALLOWED_HOSTS" in answer.json()["detail"]


def test_no_host_at_all_is_421(single):
    with socket.create_connection(("127.0.0.1", urlsplit(single).port), timeout=10) as raw:
        raw.sendall(b"GET / HTTP/1.0\r\n\r\n")
        assert b" 421 " in raw.recv(1000).split(b"\r\n")[0]


# Files


@pytest.mark.parametrize("where", ["address", "single"])
@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=/etc/passwd",
        "/file=/etc/passwd",
        "/FILE=x",
        "/gradio_api/%66ile=x",
        "/gradio_api/file%3Dx",
        "//gradio_api//file=x",
        "/gradio_api/file/x",
        "/file/x",
        "/any/gradio_api/file=x",
        "/gradio_api/file=x%0Ay",
        "/gradio_api/proxy=http://example.org/",
    ],
)
def test_no_file_of_the_machine_is_handed_out(request, where, path):
    for method in ("GET", "HEAD"):
        answer = httpx.request(method, request.getfixturevalue(where) + path)
        assert answer.status_code == 403


# Headers on the way out


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/health", {}),
        ("/x", {}),
        ("/", {}),
        ("/sign-in", {}),
        ("/file=x", {}),
        ("/health", {"host": "evil.example"}),
        (
            "/strict",
            {"authorization": "Basic " + base64.b64encode(b"salma:correct horse").decode()},
        ),
    ],
    ids=["inside", "401", "redirect", "form", "shut", "host", "strict"],
)
def test_every_response_has_the_headers_and_none_of_cors(ask, path, headers):
    answer = ask.get(path, headers={"origin": "http://localhost:3000", **headers})
    assert {name: answer.headers[name] for name in SECURITY} == SECURITY
    assert "camera=()" in answer.headers["permissions-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert not [name for name in answer.headers if name.startswith("access-control")]
    policy = answer.headers["content-security-policy"]
    assert "http" not in policy
    if path == "/strict":
        assert policy == "default-src 'none'"
    else:
        assert "frame-ancestors 'none'" in policy
        assert "object-src 'none'" in policy or "default-src 'none'" in policy


def test_the_doors_own_policy_allows_no_script(ask):
    policy = ask.get("/sign-in").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy


def test_an_error_inside_has_the_headers_too(single):
    answer = httpx.get(f"{single}/breaks")
    assert answer.status_code == 500
    assert {name: answer.headers[name] for name in SECURITY} == SECURITY


# The users file


def test_a_file_that_is_damaged_while_serving_lets_nobody_in(address, people, caplog):
    good = people.path.read_bytes()
    with signed_in(address) as client:
        people.path.write_text("nonsense\n")
        for answer in (
            client.get("/x"),
            client.get("/"),
            httpx.get(f"{address}/x"),
            httpx.post(f"{address}/sign-in", data=SALMA),
            httpx.get(f"{address}/x", auth=("salma", "correct horse")),
        ):
            assert answer.status_code in (401, 503)
        assert client.get("/x").status_code == 503
        assert "damaged in line 1" in caplog.text
        people.path.write_bytes(good)
        assert client.get("/x").status_code == 200


@pytest.mark.parametrize(
    ("text", "said"),
    [(None, "no users file"), ("# nobody yet\n", "nobody in"), ("x\n", "line 1")],
    ids=["missing", "empty", "damaged"],
)
def test_a_house_without_a_good_file_is_not_opened(tmp_path, text, said):
    path = tmp_path / "users.txt"
    if text is not None:
        path.write_text(text)
    with pytest.raises(SettingsError, match=said):
        House.of(Settings(users=path), "auto")


def test_web_sockets_are_guarded_too():
    asked = {"type": "websocket", "path": "/ws", "query_string": b"", "scheme": "ws"}
    house = House(Hosts.of(Settings()), "en")

    def opened(headers):
        sent = []

        async def inner(scope, receive, send):
            await send({"type": "websocket.accept"})

        async def run():
            async def send(message):
                sent.append(message["type"])

            await Guard(inner, house)({**asked, "headers": headers}, None, send)

        import asyncio

        asyncio.run(run())
        return sent

    host = (b"host", b"localhost:1")
    assert opened([host]) == ["websocket.accept"]
    assert opened([host, (b"origin", b"http://localhost:1")]) == ["websocket.accept"]
    assert opened([host, (b"origin", b"http://evil.example")]) == ["websocket.close"]
    assert opened([(b"host", b"evil.example")]) == ["websocket.close"]


# Before the real page


# In a process of its own: Gradio leaves event loops behind.
SERVING = "import sys; from assistant.cli import main; main(['serve', '--no-sync', *sys.argv[1:]])"


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    folder = tmp_path_factory.mktemp("people")
    users = folder / "users.txt"
    users.write_text(f"salma:{passwords.hashed('correct horse', Cost(10, 8, 1))}\n")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    running = subprocess.Popen(
        [sys.executable, "-c", SERVING, "--port", str(port), "--library", str(folder / "library")],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SANAD_USERS": str(users)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 240
        while True:
            try:
                httpx.get(f"{address}/sign-in", timeout=5)
                break
            except httpx.TransportError:
                assert running.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.2)
        yield address
    finally:
        running.kill()
        running.wait()


def test_gradios_client_signs_in_with_name_and_password(page):
    from gradio_client import Client
    from gradio_client.exceptions import AuthenticationError

    client = Client(page, auth=("salma", "correct horse"), verbose=False)
    assert client.config["version"]
    client.close()
    with pytest.raises(AuthenticationError):
        Client(page, auth=("salma", "wrong"), verbose=False)
    with pytest.raises(AuthenticationError):
        Client(page, verbose=False)


def test_the_page_is_there_for_who_is_signed_in_only(page):
    assert httpx.get(page).status_code == 303
    with signed_in(page) as client:
        answer = client.get("/")
        assert answer.status_code == 200
        assert "<gradio-app" in answer.text
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        origin = {"origin": page}
        config = client.get("/config", headers=origin)
        assert config.status_code == 200
        preflight = client.options(
            "/gradio_api/queue/join", headers={**origin, "access-control-request-method": "POST"}
        )
        for found in (config, preflight):
            assert not [name for name in found.headers if name.startswith("access-control")]
        assert config.headers["cache-control"] == "no-store"


def test_no_route_of_the_page_but_the_doors_is_open(page):
    for path in (
        *("/config", "/info", "/gradio_api/info", "/gradio_api/openapi.json", "/theme.css"),
        *("/gradio_api/app_id", "/gradio_api/token", "/gradio_api/user", "/monitoring"),
        *("/gradio_api/heartbeat/x", "/gradio_api/queue/data?session_hash=x", "/manifest.json"),
        *("/gradio_api/startup-events", "/assets/x.js", "/static/x", "/gradio_api/upload_progress"),
    ):
        assert httpx.get(page + path).status_code == 401, path
    for path in ("/gradio_api/upload", "/gradio_api/queue/join", "/gradio_api/cancel", "/any"):
        assert httpx.post(page + path).status_code == 401, path


def test_plain_text_answers_pass_unchanged():
    text = PlainTextResponse("مرحبا")

    with served(Guard(text, House.of(Settings(), "auto"))) as address:
        assert httpx.get(f"{address}/any").text == "مرحبا"
