"""What tests share: an empty environment, libraries, a server of chat models, child processes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from chat_server import ChatServer
from chroma_server import ChromaServer
from tiny_documents import DOCUMENTS

from assistant import Assistant, Settings

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings of the person who runs the tests, no .env or library of the checkout."""
    for name in [name for name in os.environ if name.startswith("SANAD_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over seeds/ and a few tiny documents; only to be read."""
    folder = tmp_path_factory.mktemp("seeded")
    documents = folder / "documents"
    documents.mkdir()
    for name, text in DOCUMENTS.items():
        (documents / name).write_text(text, encoding="utf-8", newline="")
    with Assistant(folder / "library", Settings()) as assistant:
        report = assistant.add(ROOT / "seeds", documents)
        assert not report.failed
        yield assistant


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    """An assistant over an empty library."""
    with Assistant(tmp_path / "library", Settings()) as assistant:
        yield assistant


@pytest.fixture
def chat_server() -> Iterator[ChatServer]:
    """A server of chat models, whose answers the test scripts."""
    server = ChatServer()
    yield server
    server.close()


@pytest.fixture(scope="session")
def chroma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    """A Chroma server that all tests share; each library has its own collection there."""
    server = ChromaServer(tmp_path_factory.mktemp("chroma-server"))
    yield server
    server.kill()


@pytest.fixture
def child() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts Python code in child processes; they end with the test."""
    started: list[subprocess.Popen[str]] = []

    def start(code: str, *arguments: object) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", code, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
