"""Serving the page: wrong addresses are said clearly, and its end lets the library be closed."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant.errors import SettingsError
from assistant.settings import Settings
from assistant.web import build_app, listening

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def test_a_taken_port_is_said_with_what_to_do():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with (
            pytest.raises(SettingsError, match=rf"Port {port} is in use.*SANAD_PORT"),
            listening("127.0.0.1", port),
        ):
            pass


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host", "-", "1.2.3.4.5"])
def test_a_host_of_another_machine_is_said_with_what_to_do(host):
    with (
        pytest.raises(SettingsError, match=r"not an address of this machine.*SANAD_HOST"),
        listening(host, free_port()),
    ):
        pass


def test_a_users_file_that_is_missing_opens_no_page():
    guarded = SimpleNamespace(settings=Settings(users=Path("users.txt")), documents=lambda: ())
    with pytest.raises(SettingsError, match=r"no users file 'users\.txt'"):
        build_app(guarded, "ar")


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_the_caller_goes_on_when_the_page_is_stopped(how):
    port = free_port()
    program = f"""
        from types import SimpleNamespace
        from assistant.settings import Settings
        from assistant.web import listening, serve
        assistant = SimpleNamespace(settings=Settings(), documents=lambda: ())
        with listening("127.0.0.1", {port}) as listener:
            serve(assistant, listener, "en")
        print("closed")
    """
    running = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        page = _fetch(port, running)
        running.send_signal(how)
        out, err = running.communicate(timeout=60)
    finally:
        running.kill()
        running.wait()
    assert "<html" in page
    assert (running.returncode, out, err) == (0, "closed\n", "")


def _fetch(port: int, running: subprocess.Popen[str]) -> str:
    deadline = time.monotonic() + 90
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", "/")
            answer = connection.getresponse()
            assert "default-src 'self'" in answer.headers["content-security-policy"]
            return answer.read().decode()
        except OSError:
            assert running.poll() is None, running.stderr.read()
            assert time.monotonic() < deadline
            time.sleep(0.2)
        finally:
            connection.close()
