"""What `sanad doctor` says of a well installation and of a broken one; it changes nothing."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest
from model_server import ModelServer

from assistant import Assistant, Settings
from assistant.cli import main
from assistant.doctor import examine
from assistant.errors import SettingsError
from assistant.models import load_embeddings

NAMES = "program settings prompts library vectors embeddings model page".split()
TEXT = "The tower was rebuilt in 1974.\n"
KEY = "sk-very-secret"


@pytest.fixture
def port():
    """A free port."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@pytest.fixture
def settings(tmp_path, port):
    return Settings(library=tmp_path / "library", port=port)


@pytest.fixture
def filled(settings, tmp_path):
    """Settings of a library with one document."""
    (tmp_path / "tower.txt").write_text(TEXT, "utf-8")
    with Assistant(settings=settings) as assistant:
        assistant.add(tmp_path / "tower.txt")
    return settings


def look(settings, language="en"):
    report = examine(lambda: settings, language)
    assert [check.name for check in report.checks] == NAMES
    assert report.is_well == all(check.state != "error" for check in report.checks)
    assert KEY not in str(report)
    return {check.name: check for check in report.checks}


def changed(settings, **values):
    return replace(settings, **values)


def states(checks):
    return {name: check.state for name, check in checks.items()}


def test_well_installation(filled):
    checks = look(filled)
    assert set(states(checks).values()) == {"ok"}
    assert "Documents: 1, passages: 1" in checks["library"].message
    assert "builtin answers" in checks["embeddings"].message
    assert "quotations" in checks["model"].message


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_message_is_in_the_language(filled, language):
    for check in look(filled, language).values():
        is_arabic = any("\u0621" <= letter <= "\u064a" for letter in check.message)
        assert is_arabic is (language == "ar"), check


def test_nothing_is_changed(filled):
    folder = filled.library

    def seen():
        return {path: (path.stat().st_size, path.stat().st_mtime_ns) for path in folder.rglob("*")}

    before = seen()
    look(filled)
    after = seen()
    # What SQLite puts beside a file that it reads, for every reader: it holds nothing.
    log, shared = (filled.library / f"catalogue.sqlite3-{name}" for name in ("wal", "shm"))
    assert after.keys() - before.keys() <= {log, shared}
    assert not log.exists() or not log.stat().st_size
    assert {path: facts for path, facts in after.items() if path in before} == before


def test_new_installation_is_well_and_stays_empty(settings, tmp_path):
    checks = look(settings)
    assert checks["library"].state == "warning"
    assert "sanad add" in checks["library"].message
    assert {state for name, state in states(checks).items() if name != "library"} == {"ok"}
    assert list(tmp_path.iterdir()) == []


# What is broken


def test_wrong_setting_ends_it(tmp_path):
    def load():
        raise SettingsError("SANAD_PORT='x' can't be used: give a number.")

    report = examine(load, "en")
    assert [check.name for check in report.checks] == ["program", "settings"]
    assert not report.is_well
    assert "SANAD_PORT" in report.checks[1].message


def test_missing_prompts(filled, tmp_path):
    checks = look(changed(filled, prompts=tmp_path / "none"))
    assert checks["prompts"].state == "error"
    assert "SANAD_PROMPTS" in checks["prompts"].message
    assert checks["library"].state == checks["page"].state == "ok"


def test_damaged_library(filled):
    (filled.library / "catalogue.sqlite3").write_bytes(b"no database" * 100)
    checks = look(filled)
    assert checks["library"].state == "error"
    assert "catalogue" in checks["library"].message
    assert checks["embeddings"].state == checks["prompts"].state == "ok"


def test_library_that_is_a_file(settings):
    settings.library.write_text("no folder", "utf-8")
    assert look(settings)["library"].state == "error"


def test_library_that_is_being_written_names_the_writer(filled):
    with Assistant(settings=filled):
        checks = look(filled)
        assert checks["library"].state == checks["vectors"].state == "ok"
        assert f"process {os.getpid()}" in checks["library"].message
    assert "process" not in look(filled)["library"].message


def test_writer_that_was_killed_holds_nothing_and_leaves_vectors_unclean(filled, child):
    code = (
        "import sys; from assistant import Assistant; a = Assistant(sys.argv[1]); "
        "print('open', flush=True); sys.stdin.read()"
    )
    process = child(code, filled.library)
    assert process.stdout.readline() == "open\n"
    process.kill()
    process.wait()
    checks = look(filled)
    assert "process" not in checks["library"].message
    assert checks["vectors"].state == "warning"
    assert "nothing is lost" in checks["vectors"].message


def test_chroma_server_that_does_not_answer(filled, port):
    checks = look(changed(filled, chroma_url=f"http://127.0.0.1:{port}"))
    assert checks["vectors"].state == "error"
    assert str(port) in checks["vectors"].message


@pytest.fixture
def chroma(tmp_path_factory):
    """The address of a real Chroma server."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    program = Path(sys.executable).with_name("chroma")
    folder = tmp_path_factory.mktemp("chroma")
    process = subprocess.Popen(
        [program, "run", "--path", folder, "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(600):
        with socket.socket() as asking:
            if not asking.connect_ex(("127.0.0.1", port)):
                break
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    process.kill()
    process.wait()


def test_chroma_server_that_answers(filled, chroma):
    checks = look(changed(filled, chroma_url=chroma))
    assert checks["vectors"].state == "ok"
    assert chroma in checks["vectors"].message
    address = f"{chroma}/api/v2/tenants/default_tenant/databases/default_database/collections"
    with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310  # own server
        assert json.load(answer) == []


@pytest.fixture
def server():
    running = ModelServer()
    yield running
    running.close()


def test_embedding_of_a_server(settings, server, tmp_path):
    named = changed(settings, embeddings="ollama:tiny", embeddings_url=server.url)
    (tmp_path / "tower.txt").write_text(TEXT, "utf-8")
    with Assistant(settings=named) as assistant:
        assistant.add(tmp_path / "tower.txt")
    checks = look(named)
    assert checks["embeddings"].state == "ok"
    assert "ollama:tiny:1:8" in checks["embeddings"].message
    server.size = 4
    checks = look(named)
    assert checks["embeddings"].state == "error"
    assert "sanad rebuild" in checks["embeddings"].message


def test_other_embedding_than_the_librarys(filled, server):
    checks = look(changed(filled, embeddings="ollama:tiny", embeddings_url=server.url))
    assert checks["embeddings"].state == "error"
    assert load_embeddings("builtin").fingerprint in checks["embeddings"].message


def test_library_of_an_older_built_in_embedding_heals_itself(filled, monkeypatch):
    monkeypatch.setattr("assistant.models.static.VERSION", 99)
    checks = look(filled)
    assert checks["embeddings"].state == "warning"


@pytest.mark.parametrize("language", ["ar", "en"])
def test_embedding_that_does_not_answer(filled, port, language):
    url = f"http://127.0.0.1:{port}"
    named = changed(filled, embeddings="ollama:tiny", embeddings_url=url)
    checks = look(named, language)
    assert checks["embeddings"].state == "error"
    assert "ollama serve" in checks["embeddings"].message
    assert checks["library"].state == "ok"


def test_model_that_answers(filled, chat_server):
    chat_server.script("Yes.")
    checks = look(
        changed(filled, model="ollama:tiny", model_url=chat_server.url, model_context=2048)
    )
    assert checks["model"].state == "ok"
    assert "2048" in checks["model"].message
    assert len(chat_server.requests) == 1


@pytest.mark.parametrize("language", ["ar", "en"])
def test_missing_model(filled, chat_server, language):
    named = changed(filled, model="ollama:absent", model_url=chat_server.url, model_key=KEY)
    checks = look(named, language)
    assert checks["model"].state == "error"
    assert "ollama pull absent" in checks["model"].message


@pytest.mark.parametrize("name", ["nobody:x", "nonsense", "cohere:x"])
def test_model_that_can_not_be_loaded(filled, name):
    assert look(changed(filled, model=name))["model"].state == "error"


def test_second_reader_that_can_not_be_used(filled, chat_server):
    named = changed(filled, model="ollama:tiny", model_url=chat_server.url)
    check = look(changed(named, second_reader="ollama:tiny"))["model"]

    assert check.state == "error"
    assert "SANAD_SECOND_READER='ollama:tiny'" in check.message
    assert chat_server.requests == []


def test_variable_that_seems_to_name_the_server(filled, monkeypatch):
    monkeypatch.setenv("OLLAMA_HOST", "http://elsewhere:1")
    monkeypatch.setattr("assistant.models.endpoint._ADDRESSES", {"ollama": "http://127.0.0.1:1"})
    monkeypatch.setattr("assistant.models.connections.Call.pause", lambda *_: None)
    checks = look(changed(filled, model="ollama:tiny"))
    assert checks["model"].state == "error"
    assert "OLLAMA_HOST" in checks["model"].message
    assert "SANAD_MODEL_URL" in checks["model"].message


def test_port_in_use(filled):
    with socket.create_server(("127.0.0.1", filled.port)):
        checks = look(filled)
    assert checks["page"].state == "warning"
    assert str(filled.port) in checks["page"].message


@pytest.mark.parametrize("host", ["no such host", "192.0.2.1"])
def test_address_that_is_not_this_machines(filled, host):
    checks = look(changed(filled, host=host))
    assert checks["page"].state == "error"
    assert "SANAD_HOST" in checks["page"].message


def test_missing_password_file(filled, tmp_path):
    checks = look(changed(filled, users=tmp_path / "none.txt"))
    assert checks["page"].state == "error"
    assert "SANAD_USERS" in checks["page"].message


def test_missing_gradio(filled, monkeypatch):
    monkeypatch.setattr("assistant.doctor.parts.find_spec", lambda name: None)
    assert "gradio" in look(filled)["page"].message


def test_part_that_breaks_in_an_unexpected_way(filled, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr("assistant.doctor.parts.check_prompts", broken)
    checks = look(filled)
    assert checks["prompts"].state == "error"
    assert "ZeroDivisionError: by zero" in checks["prompts"].message
    assert checks["page"].state == "ok"


# The command


def test_command_prints_a_line_a_part(filled, monkeypatch, capsys):
    monkeypatch.setenv("SANAD_PORT", str(filled.port))
    assert main(["doctor", "--library", str(filled.library)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(NAMES)
    assert all(line.startswith("[ok] ") for line in lines)


def test_command_speaks_arabic(filled, monkeypatch, capsys):
    monkeypatch.setenv("SANAD_PORT", str(filled.port))
    monkeypatch.setenv("SANAD_LANGUAGE", "ar")
    assert main(["doctor", "--library", str(filled.library)]) == 0
    assert capsys.readouterr().out.startswith("[سليم] البرنامج: سند ")


def test_command_gives_json_and_1_where_there_is_an_error(filled, monkeypatch, capsys):
    monkeypatch.setenv("SANAD_PROMPTS", "none")
    assert main(["doctor", "--json", "--library", str(filled.library)]) == 1
    printed = json.loads(capsys.readouterr().out)
    assert printed["ok"] is False
    assert [check["name"] for check in printed["checks"]] == NAMES
    assert printed["checks"][2]["state"] == "error"


def test_command_with_a_wrong_setting(monkeypatch, capsys):
    monkeypatch.setenv("SANAD_PORT", "x")
    assert main(["doctor"]) == 1
    assert "[error] Settings: SANAD_PORT='x'" in capsys.readouterr().out


def test_command_loads_no_page(tmp_path):
    code = (
        "import sys; from assistant.cli import main; main(['doctor']); "
        "print('gradio' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "False"
    assert list(Path(tmp_path).iterdir()) == []
