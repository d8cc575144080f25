"""What `sanad doctor --deep` finds in a library that does not hang together; it changes nothing."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from assistant import Assistant, Document, Settings
from assistant.cli import main
from assistant.doctor import examine

TEXT = "The tower was rebuilt in 1974. It has 112 steps."
DEEP = ("record", "files", "indexes")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a library with two documents and a kept answer."""
    (tmp_path / "tower.txt").write_text(TEXT, "utf-8")
    long_ago = 1_000_000_000
    os.utime(tmp_path / "tower.txt", (long_ago, long_ago))
    settings = Settings(library=tmp_path / "library")
    with Assistant(settings=settings) as assistant:
        assistant.add(tmp_path / "tower.txt", Document(id="b", title="Bread", text="Bread rises."))
        assistant.conversation().ask("When was the tower rebuilt?")
    return settings


def look(settings: Settings, language: str = "en") -> dict[str, object]:
    report = examine(lambda: settings, language, deep=True)
    return {check.name: check for check in report.checks if check.name in DEEP}


def change(settings: Settings, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(settings.library / "catalogue.sqlite3")) as connection:
        connection.execute(statement, values)
        connection.commit()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_sound_library_is_well_and_is_not_changed(settings: Settings, language: str) -> None:
    def facts() -> dict[str, tuple[int, int]]:
        files = (p for p in settings.library.rglob("*") if p.is_file())
        left = ("catalogue.sqlite3-shm", "catalogue.sqlite3-wal")  # any reader's
        return {
            str(p): (p.stat().st_size, p.stat().st_mtime_ns) for p in files if p.name not in left
        }

    before = facts()
    found = look(settings, language)

    assert {check.state for check in found.values()} == {"ok"}
    assert list(found) == list(DEEP)
    assert facts() == before


FAULTS = {
    "version": ("DELETE FROM versions WHERE document_id = 'b'", "stored text is missing (1)"),
    "source": ("UPDATE sources SET document_id = 'no' WHERE document_id = 'b'", "missing (1)"),
    "passage": ("UPDATE passages SET version = 'x' WHERE document_id = 'b'", "present version (1)"),
    "start": ("UPDATE passages SET start = start + 1 WHERE document_id = 'b'", "in their text (1)"),
    "end": ("UPDATE passages SET \"end\" = 4000 WHERE document_id = 'b'", "in their text (1)"),
    "text": ("UPDATE passages SET text = 'Bread falls.' WHERE document_id = 'b'", "text (1)"),
    "sentences": (
        "UPDATE passages SET sentences = x'0000000000010000' WHERE document_id = 'b'",
        "in their text (1)",
    ),
    "half-sentences": (
        "UPDATE passages SET sentences = x'00' WHERE document_id = 'b'",
        "in their text (1)",
    ),
    "vector": ("UPDATE passages SET vector = x'00000000' WHERE document_id = 'b'", "numbers"),
    "no-number": (
        f"UPDATE passages SET vector = x'{'0000c07f' * 128}' WHERE document_id = 'b'",  # noqa: S608
        "sanad rebuild",
    ),
    "quote": ("UPDATE turns SET answer = replace(answer, '1974', '1975')", "kept conversations"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_in_the_record_is_found_and_named(settings: Settings, fault: str) -> None:
    statement, said = FAULTS[fault]
    change(settings, statement)

    check = look(settings)["record"]
    assert check.state == "error"
    assert said in check.message


def test_damaged_pages_are_found(settings: Settings) -> None:
    path = settings.library / "catalogue.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(path.read_bytes())
    data[len(data) // 8192 * 4096 :][:4096] = os.urandom(4096)
    middle = len(data) // 8192 * 4096
    data[middle : middle + 4096] = os.urandom(4096)
    path.write_bytes(data)

    check = look(settings)["record"]
    assert check.state == "error"
    assert "sanad restore BACKUP" in check.message


def test_file_with_other_bytes_and_the_same_time_is_found(settings: Settings, monkeypatch) -> None:
    path = Path("tower.txt").absolute()
    facts = path.stat()
    path.write_text(TEXT.replace("1974", "1975"), "utf-8")
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    # The time of change can't be set back by a program.
    change(
        settings,
        "UPDATE sources SET modified = ? WHERE source = ?",
        path.stat().st_mtime_ns + path.stat().st_ctime_ns,
        str(path),
    )

    check = look(settings)["files"]
    assert check.state == "error"
    assert str(path) in check.message


def test_changed_and_gone_files_are_counted(settings: Settings) -> None:
    Path("tower.txt").write_text("Changed.", "utf-8")
    assert "changed since: 1" in look(settings)["files"].message
    Path("tower.txt").unlink()
    check = look(settings)["files"]
    assert (check.state, "gone: 1" in check.message) == ("ok", True)


@pytest.mark.parametrize(
    ("index", "state", "said"),
    [
        ("terms", "error", "can't be read"),
        ("chroma", "warning", "there is none"),
    ],
)
def test_missing_index_is_said(settings: Settings, index: str, state: str, said: str) -> None:
    shutil.rmtree(settings.library / index)

    check = look(settings)["indexes"]
    assert check.state == state
    assert said in check.message


@pytest.mark.parametrize("how", ["lacking", "foreign"])
def test_index_of_other_passages_is_found(settings: Settings, how: str) -> None:
    last = "(SELECT max(id) FROM passages)"
    changed = "UPDATE passages SET id = 99" if how == "lacking" else "DELETE FROM passages"
    change(settings, f"{changed} WHERE id = {last}")
    counts = f"{int(how == 'lacking')} passages and has 1 too many"

    check = look(settings)["indexes"]
    assert check.state == "error"
    assert check.message.count(counts) == 2


def test_damaged_vectors_are_found(settings: Settings) -> None:
    (settings.library / "chroma" / "chroma.sqlite3").write_bytes(os.urandom(5000))

    check = look(settings)["indexes"]
    assert check.state == "error"
    assert "damaged" in check.message


def test_vectors_are_left_alone_while_somebody_writes(settings: Settings) -> None:
    with Assistant(settings=settings):
        check = look(settings)["indexes"]
    assert check.state == "ok"
    assert "not looked at" in check.message


def test_command_is_deep_only_when_asked(settings: Settings, capsys) -> None:
    library = ["--json", "--library", str(settings.library)]
    main(["doctor", *library])
    assert not {c["name"] for c in json.loads(capsys.readouterr().out)["checks"]} & {*DEEP}
    main(["doctor", "--deep", *library])
    assert {c["name"] for c in json.loads(capsys.readouterr().out)["checks"]} >= {*DEEP}


def test_library_that_is_not_there_is_not_looked_into(tmp_path: Path) -> None:
    assert look(Settings(library=tmp_path / "none")) == {}
