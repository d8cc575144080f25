"""Libraries that earlier versions of Sanad wrote: they open, answer, and are kept as they were."""

from __future__ import annotations

import shutil
import sqlite3
from collections import namedtuple
from contextlib import closing
from pathlib import Path

import pytest

from assistant import Assistant, LibraryDamaged, LibraryError, Settings
from assistant.library import copying

OLD = Path(__file__).parent / "libraries"
NEWEST = 4
VERSIONS = range(1, NEWEST + 1)
# Written by hand from what `libraries/make.py` puts in: the well's text was changed afterwards.
QUOTES = [
    ("How is the water of the well of Tazga drawn?", "Its water is drawn by a pump."),
    ("متى افتتح سوق المدينة؟", "افتتح سوق المدينة سنة 1954."),
]
KEPT_QUOTES = ["Its water is drawn by two mules.", "افتتح سوق المدينة سنة 1954."]
Usage = namedtuple("Usage", "total used free")


@pytest.fixture(params=VERSIONS, ids=lambda version: f"schema-{version}")
def version(request: pytest.FixtureRequest) -> int:
    return request.param


@pytest.fixture
def folder(tmp_path: Path, version: int) -> Path:
    """A library as that version left it, without its indexes."""
    shutil.copytree(OLD / f"schema-{version}", tmp_path / "library")
    return tmp_path / "library"


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of all tables."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        names = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in names}  # noqa: S608  # own names


def schema_of(path: Path) -> int:
    return int(dict(content(path)["meta"])["schema"])


def copies(folder: Path) -> list[Path]:
    return sorted(folder.glob("catalogue-schema-*"))


def test_library_answers_with_exact_quotes(folder: Path, version: int) -> None:
    with Assistant(folder, Settings()) as assistant:
        assert {document.id for document in assistant.documents()} == {"well", "market"}
        for question, quote in QUOTES:
            answer = assistant.ask(question)
            assert quote in [citation.cited_text for citation in answer.citations]
            check_quotes(assistant, answer)
        titles = {document.id: document.title for document in assistant.documents()}
        assert titles["well"] == ("The well of Tazga" if version >= 3 else "The well")


def test_kept_conversation_quotes_exactly(folder: Path, version: int) -> None:
    with Assistant(folder, Settings()) as assistant:
        kept = assistant.conversations()
        assert len(kept) == (version >= 2)
        turns = [turn for c in kept for turn in assistant.conversation(c.id).turns]
        for turn, quote in zip(turns, KEPT_QUOTES, strict=bool(kept)):
            assert quote in [citation.cited_text for citation in turn.answer.citations]
            check_quotes(assistant, turn.answer)
        ratings = [turn.rating.reason for turn in turns if turn.rating]
        assert ratings == (["just so"] if version >= 4 else [])


def check_quotes(assistant: Assistant, answer: object) -> None:
    for c in answer.citations:
        text = assistant.document(c.document_id, version=c.version).text
        assert text[c.start_char_index : c.end_char_index] == c.cited_text


def test_catalogue_is_kept_as_it_was_and_never_removed(folder: Path, version: int) -> None:
    before = content(OLD / f"schema-{version}" / "catalogue.sqlite3")
    for _ in range(2):
        Assistant(folder, Settings()).close()

        assert schema_of(folder / "catalogue.sqlite3") == NEWEST
        assert len(copies(folder)) == (version < NEWEST)
    for copy in copies(folder):
        assert copy.name.startswith(f"catalogue-schema-{version}-")
        assert content(copy) == before


def test_reading_changes_nothing(folder: Path, version: int) -> None:
    Assistant(folder, Settings()).close()  # for the indexes
    shutil.copy(OLD / f"schema-{version}" / "catalogue.sqlite3", folder)
    before = (folder / "catalogue.sqlite3").read_bytes()
    kept = copies(folder)

    with Assistant(folder, Settings(), read_only=True) as assistant:
        assert len(assistant.documents()) == 2
    assert (folder / "catalogue.sqlite3").read_bytes() == before
    assert copies(folder) == kept


def test_nothing_is_changed_where_there_is_no_room(
    folder: Path, version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying.shutil, "disk_usage", lambda _: Usage(10**9, 10**9, 20_000))
    if version == NEWEST:
        Assistant(folder, Settings()).close()
        return
    with pytest.raises(LibraryError, match=r"room for 0\.0 MB") as raised:
        Assistant(folder, Settings())

    assert not isinstance(raised.value, LibraryDamaged)
    assert schema_of(folder / "catalogue.sqlite3") == version
    assert copies(folder) == []
    assert list(folder.glob(".*")) == []


def test_copy_that_fails_leaves_the_catalogue_and_no_half_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(OLD / "schema-2", tmp_path / "library")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(copying, "sync", fail)
        with pytest.raises(LibraryError, match=r"left as it is.*No space left"):
            Assistant(tmp_path / "library", Settings())
    assert schema_of(tmp_path / "library" / "catalogue.sqlite3") == 2
    assert [p.name for p in (tmp_path / "library").glob("*schema*")] == []

    Assistant(tmp_path / "library", Settings()).close()
    assert len(copies(tmp_path / "library")) == 1


def test_new_library_is_no_upgrade(tmp_path: Path) -> None:
    Assistant(tmp_path / "library", Settings()).close()

    assert schema_of(tmp_path / "library" / "catalogue.sqlite3") == NEWEST
    assert copies(tmp_path / "library") == []


def test_damaged_older_catalogue_is_neither_copied_nor_changed(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    shutil.copytree(OLD / "schema-1", folder)
    path = folder / "catalogue.sqlite3"
    damaged = path.read_bytes()[:-1024]
    path.write_bytes(damaged)

    with pytest.raises(LibraryDamaged):
        Assistant(folder, Settings())
    assert path.read_bytes() == damaged
    assert copies(folder) == []
