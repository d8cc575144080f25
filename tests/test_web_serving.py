"""The server's patience with connections, on loopback."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import time

import httpx
import pytest
import uvicorn
from starlette.responses import PlainTextResponse

from assistant.web.serving import PatientHTTP, configured


@pytest.fixture
def port(monkeypatch):
    monkeypatch.setattr(PatientHTTP, "seconds", 0.5)
    server = uvicorn.Server(configured(PlainTextResponse("here")))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=lambda: asyncio.run(server.serve([listener])))
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield listener.getsockname()[1]
        server.should_exit = True
        thread.join(30)
        assert not thread.is_alive()


def dripped(connection, most=5.0) -> float:
    """Send a letter now and then; return the seconds until the connection is closed."""
    began = time.monotonic()
    connection.settimeout(0.1)
    while time.monotonic() - began < most:
        try:
            connection.sendall(b"x")
            if not connection.recv(1000):
                return time.monotonic() - began
        except TimeoutError:
            continue
        except OSError:
            return time.monotonic() - began
    return most


@pytest.mark.parametrize("before", [False, True], ids=["first", "after a request"])
def test_a_head_that_comes_for_ever_is_cut_off(port, before):
    with socket.create_connection(("127.0.0.1", port)) as connection:
        if before:
            connection.sendall(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n")
            reply = b""
            while b"here" not in reply:  # it may come in pieces
                reply += connection.recv(1000)
        connection.sendall(b"GET / HTTP/1.1\r\nx: ")
        assert dripped(connection) < 3


def test_a_connection_in_use_stays(port):
    with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
        began = time.monotonic()
        while time.monotonic() - began < 2:
            assert client.get("/").text == "here"
            time.sleep(0.1)


def test_a_head_has_a_length(port):
    headers = {f"x-{n}": "y" * 1000 for n in range(200)}
    # It may be closed while the rest is on its way.
    with contextlib.suppress(httpx.TransportError):
        assert httpx.get(f"http://127.0.0.1:{port}", headers=headers).status_code in (400, 431)


def test_the_server_does_not_say_what_it_is(port):
    assert "server" not in httpx.get(f"http://127.0.0.1:{port}").headers
