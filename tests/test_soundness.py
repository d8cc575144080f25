"""A damaged catalogue is said, and neither written to nor taken for an empty one."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from assistant import Assistant, Document, LibraryDamaged, LibraryError, Settings
from assistant.library import folder as opening

PAGE = 4096
NOTES = [Document(title=f"Note {n}", text=f"Note {n} tells of well {n}. " * 40) for n in range(12)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed library of a few documents."""
    with Assistant(tmp_path / "library", Settings()) as assistant:
        assistant.add(*NOTES)
    return tmp_path / "library"


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether every page was looked at, for each opening."""
    seen: list[bool] = []
    check = opening.check_sound

    def spy(path: Path, address: str, *, thoroughly: bool) -> None:
        seen.append(thoroughly)
        check(path, address, thoroughly=thoroughly)

    monkeypatch.setattr(opening, "check_sound", spy)
    return seen


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def without_a_page(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-PAGE])


def without_beginning(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(b"X" * 16 + data[16:])


def with_garbage(path: Path) -> None:
    """Pages of a document's text, which an opening does not read by itself."""
    data = bytearray(path.read_bytes())
    middle = len(data) // PAGE // 2 * PAGE
    data[middle : middle + 2 * PAGE] = os.urandom(2 * PAGE)
    path.write_bytes(data)


def without_passages(path: Path) -> None:
    change(path, "DROP TABLE passages")


def of_the_future(path: Path) -> None:
    change(path, "UPDATE meta SET value = '99' WHERE key = 'schema'")


@pytest.mark.parametrize("read_only", [True, False], ids=["reader", "writer"])
@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (without_a_page, "its header says"),
        (without_beginning, "does not begin as a file of SQLite"),
        (with_garbage, "damaged"),
        (without_passages, "lacks the tables passages"),
        (of_the_future, "Update Sanad"),
    ],
)
def test_damage_is_said_and_nothing_is_written(
    folder: Path, damage: Callable[[Path], None], said: str, read_only: bool
) -> None:
    path = folder / "catalogue.sqlite3"
    damage(path)
    before = path.read_bytes()

    with pytest.raises(LibraryDamaged, match=said) as raised:
        Assistant(folder, Settings(), read_only=read_only)

    assert str(path) in str(raised.value)
    assert ("sanad restore BACKUP" in str(raised.value)) is (damage is not of_the_future)
    assert path.read_bytes() == before


@pytest.mark.parametrize("left", ["terms", "chroma", "closed.json"])
def test_missing_catalogue_is_no_empty_library(folder: Path, left: str, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (folder / left).rename(tmp_path / "other" / left)

    with pytest.raises(LibraryDamaged, match="missing or empty"):
        Assistant(tmp_path / "other", Settings())
    assert not (tmp_path / "other" / "catalogue.sqlite3").exists()


def test_every_page_is_looked_at_after_no_clean_close_only(folder: Path, looks: list[bool]) -> None:
    path = folder / "catalogue.sqlite3"
    for read_only in (True, False, True, False):
        Assistant(folder, Settings(), read_only=read_only).close()
    assert looks == [False] * 4

    os.utime(path)
    for read_only in (True, False, False):
        Assistant(folder, Settings(), read_only=read_only).close()

    assert looks[4:] == [True, True, False]


def test_reader_beside_a_writer_looks_at_no_page(folder: Path, looks: list[bool]) -> None:
    with Assistant(folder, Settings()), Assistant(folder, Settings(), read_only=True):
        assert looks == [False, False]


def test_killed_writer_leaves_no_mark(
    folder: Path, looks: list[bool], child: Callable[..., subprocess.Popen[str]]
) -> None:
    process = child(
        "import sys; from assistant import Assistant, Settings\n"
        "assistant = Assistant(sys.argv[1], Settings())\n"
        "print('open', flush=True); sys.stdin.read()",
        folder,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    process.send_signal(signal.SIGKILL)
    process.wait()

    Assistant(folder, Settings(), read_only=True).close()
    Assistant(folder, Settings()).close()

    assert looks == [True, True]


def test_opening_that_fails_leaves_no_mark(folder: Path) -> None:
    with_garbage(folder / "catalogue.sqlite3")
    for _ in range(2):
        with pytest.raises(LibraryDamaged):
            Assistant(folder, Settings())


def test_closing_again_leaves_no_mark_beside_another_writer(folder: Path) -> None:
    first = Assistant(folder, Settings())
    first.close()
    with Assistant(folder, Settings()):
        first.close()
        assert not (folder / "closed.json").exists()


def test_empty_folder_becomes_a_library(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    with pytest.raises(LibraryError, match="no library"):
        Assistant(tmp_path / "new", Settings(), read_only=True)
    with Assistant(tmp_path / "new", Settings()) as assistant:
        assert assistant.documents() == ()
