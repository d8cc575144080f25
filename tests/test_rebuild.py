"""Changing a library's embedding: the facade, and the command ``sanad rebuild``."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from model_server import ModelServer, Reply

from assistant import Assistant, Document, EmbeddingMismatch, ModelError, Settings
from assistant.cli import main
from assistant.strings import say

TEA = Document(title="Tea", text="Tea is picked in spring. The best grows in the hills.")
SEA = Document(title="Sea", text="The harbour of Agadir was built again in 1962.")
SUMMER = Document(title="Summer", text="In summer the hills are dry, and nobody picks tea.")


@pytest.fixture(autouse=True)
def _local(monkeypatch):
    """No proxies, no waits, and a command line in English."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setattr("assistant.models.failures.time.sleep", lambda _: None)
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")


@pytest.fixture
def server():
    running = ModelServer()
    yield running
    running.close()


@pytest.fixture
def named(server):
    return Settings(embeddings="ollama:tiny", embeddings_url=server.url)


@pytest.fixture
def folder(tmp_path):
    with Assistant(tmp_path / "library", Settings()) as assistant:
        assistant.add(TEA, SEA, SUMMER)
    return tmp_path / "library"


def command(monkeypatch, settings, *arguments):
    """Run a command with settings in the environment."""
    monkeypatch.setenv("SANAD_EMBEDDINGS", settings.embeddings)
    monkeypatch.setenv("SANAD_EMBEDDINGS_URL", settings.embeddings_url)
    return main([*arguments])


# The facade


def test_new_library_with_a_named_embedding(tmp_path, named, server):
    with Assistant(tmp_path / "library", named) as assistant:
        assistant.add(TEA, SEA, SUMMER)
        assert assistant.search("Who picks tea?")[0].document_title in ("Tea", "Summer")
    server.calls.clear()
    with Assistant(tmp_path / "library", named, read_only=True) as assistant:
        assert len(assistant.documents()) == 3
        assert server.calls == []
        assert assistant.ask("When is tea picked?").answered
    assert server.texts == ["When is tea picked?"]


def test_new_library_whose_model_does_not_answer(tmp_path, named, server):
    server.replies += [Reply(503, {"error": "loading"})] * 9
    with pytest.raises(ModelError, match="loading") as caught:
        Assistant(tmp_path / "library", named)
    assert caught.value.retryable
    Assistant(tmp_path / "library", Settings()).close()


@pytest.mark.parametrize("read_only", [False, True])
def test_library_of_another_embedding_is_not_opened(folder, named, server, read_only):
    with pytest.raises(EmbeddingMismatch, match="sanad rebuild") as caught:
        Assistant(folder, named, read_only=read_only)
    assert "ollama:tiny" in str(caught.value)
    assert server.calls == []


def test_library_opened_to_rebuild_does_what_needs_no_vectors(folder, named, server):
    with Assistant(folder, named, to_rebuild=True) as assistant:
        for action in (
            lambda: assistant.ask("When is tea picked?"),
            lambda: assistant.search("tea"),
            lambda: assistant.stream("tea?"),
            lambda: assistant.add(TEA),
            lambda: assistant.sync(folder.parent),
        ):
            with pytest.raises(EmbeddingMismatch, match="sanad rebuild"):
                action()
        first = assistant.documents()[0]
        assert assistant.document(first.id).text
        assistant.remove(first.id)
        assert len(assistant.documents()) == 2
    assert server.calls == []


def test_rebuild_embeds_everything_again(folder, named, server):
    steps = []
    with Assistant(folder, named, to_rebuild=True) as assistant:
        assert assistant.rebuild(steps.append) == 3
        assert assistant.ask("When is tea picked?").answered
        assistant.add(Document(title="New", text="A new one."))
    assert (steps[-1].done, steps[-1].total) == (3, 3)
    with Assistant(folder, named) as assistant:
        assert len(assistant.documents()) == 4
        assert assistant.search("tea")
    with Assistant(folder, Settings()) as assistant:  # the built-in one does it by itself
        assert assistant.ask("When is tea picked?").answered


def test_rebuild_after_the_model_behind_a_name_has_changed(folder, named, server):
    with Assistant(folder, named, to_rebuild=True) as assistant:
        assistant.rebuild()
    server.size = 5
    with Assistant(folder, named) as assistant:
        with pytest.raises(EmbeddingMismatch, match="sanad rebuild"):
            assistant.ask("When is tea picked?")
        with pytest.raises(EmbeddingMismatch, match="sanad rebuild"):
            assistant.add(Document(title="New", text="A new one."))
        assert len(assistant.documents()) == 3
        assert assistant.rebuild() == 3
        assert assistant.ask("When is tea picked?").answered


def test_rebuild_whose_model_does_not_answer_changes_nothing(folder, named, server):
    server.replies += [Reply(404, {"error": "no such model"})] * 9
    with (
        Assistant(folder, named, to_rebuild=True) as assistant,
        pytest.raises(ModelError, match="ollama pull tiny"),
    ):
        assistant.rebuild()
    with Assistant(folder, Settings(), read_only=True) as assistant:
        assert assistant.ask("When is tea picked?").answered


def test_ask_says_that_the_server_is_gone(folder, named, server):
    with Assistant(folder, named, to_rebuild=True) as assistant:
        assistant.rebuild()
    with Assistant(folder, named, read_only=True) as assistant:
        server.replies += [Reply(500, {"error": "out of memory"})] * 9
        with pytest.raises(ModelError, match="out of memory"):
            assistant.ask("When is tea picked?")
        server.replies.clear()
        assert assistant.ask("When is tea picked?").answered


# The command


def test_command_rebuilds(folder, named, monkeypatch, capsys):
    assert command(monkeypatch, named, "ask", "When is tea picked?") == 2
    assert "sanad rebuild" in capsys.readouterr().err
    assert command(monkeypatch, named, "rebuild") == 0
    out, err = capsys.readouterr()
    assert out.startswith("Indexed the library anew with \u2066ollama:tiny\u2069. Passages: 3 (")
    assert err == ""
    assert command(monkeypatch, named, "ask", "When is tea picked?") == 0


def test_command_speaks_arabic(folder, named, monkeypatch, capsys):
    monkeypatch.setenv("SANAD_LANGUAGE", "ar")
    assert command(monkeypatch, named, "rebuild", "--library", str(folder)) == 0
    beginning = say(
        "cli.rebuild.done", "ar", {"embeddings": "ollama:tiny", "passages": 3, "seconds": "#"}
    )
    assert capsys.readouterr().out.startswith(beginning.partition("(")[0])


def test_command_json(folder, named, monkeypatch, capsys):
    assert command(monkeypatch, named, "rebuild", "--json") == 0
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert found.pop("seconds") >= 0
    assert found == {"embeddings": "ollama:tiny", "passages": 3}
    assert err == ""


def test_command_of_an_unreachable_server(folder, named, monkeypatch, capsys):
    closed = replace(named, embeddings_url="http://127.0.0.1:9")
    assert command(monkeypatch, closed, "rebuild") == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Error: SANAD_EMBEDDINGS='ollama:tiny' at http://127.0.0.1:9 can't be")
    assert err.count("\n") == 1
    monkeypatch.delenv("SANAD_EMBEDDINGS_URL")
    assert command(monkeypatch, Settings(), "ask", "When is tea picked?") == 0


def test_command_on_an_empty_library(named, monkeypatch, capsys):
    assert command(monkeypatch, named, "rebuild") == 0
    assert "Passages: 0" in capsys.readouterr().out
