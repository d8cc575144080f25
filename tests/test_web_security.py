"""What a review of the page's security looks at, asked of the running application."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import httpx
import pytest
from web_server import running

from assistant import Assistant, Settings
from assistant.web.people.passwords import Cost, hashed

SALMA, OMAR = ("salma", "correct horse"), ("omar", "battery staple")
SECRET = "The harbour of Bejaia was dredged in 2019 by the port authority."
EVIL = "evil.example"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("security")
    lines = (f"{name}:{hashed(word, Cost(10, 8, 1))}\n" for name, word in (SALMA, OMAR))
    (made / "users.txt").write_text("".join(lines))
    (made / "documents").mkdir()
    (made / "documents" / "harbour.txt").write_text(f"{SECRET}\n")
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
