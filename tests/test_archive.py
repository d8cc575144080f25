"""A whole library in one file, back in its place, and on another machine."""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import zipfile
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from assistant import (
    Assistant,
    Document,
    LibraryDamaged,
    LibraryError,
    LibraryLocked,
    Settings,
)
from assistant.cli import main
from assistant.library import (
    archive_reading,
    copying,
    import_library,
    restore_library,
    restoring,
    swapping,
    write_archive,
)

MILL, MILL_NOW = "The mill of Zarqa ground barley.", "The mill of Zarqa grinds wheat."
INN = "نزل المسافرون في خان الزيتون سنة 1820."
QUESTION = "What did the mill of Zarqa grind?"
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed library: a changed document, an uploaded file, a conversation, and more."""
    library = tmp_path / "library"
    upload = library / "uploads" / "@salma" / "خان.txt"
    upload.parent.mkdir(parents=True)
    upload.write_text(INN, "utf-8")
    for hidden in (".coming", ".removed"):
        (upload.parent / hidden).mkdir()
        (upload.parent / hidden / "gone.txt").write_text("gone")
    with Assistant(library, Settings()) as assistant:
        assistant.add(Document(id="mill", title="Mill", text=MILL))
        assert not assistant.add(upload).failed
        kept = assistant.conversation()
        kept.ask(QUESTION)
        kept.ask("متى نزل المسافرون في خان الزيتون؟")
        kept.rate(1, False, "too short")
        assistant.correct("mill", title="The old mill")
        assistant.add(Document(id="mill", title="Mill", text=MILL_NOW))
    return library


@pytest.fixture
def archive(folder: Path, tmp_path: Path) -> Path:
    write_archive(folder, tmp_path / "kept.zip")
    return tmp_path / "kept.zip"


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return all that a catalogue holds, but for what is said of the indexes."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        names = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        found = {n: connection.execute(f"SELECT * FROM {n}").fetchall() for n in names}  # noqa: S608
    passing = ("chroma_files", "term_files", "removed_forgotten", "removed_passages")
    found["meta"] = [row for row in found["meta"] if row[0] not in passing]
    return {name: sorted(map(repr, found[name])) for name in names if name not in passing}


def check_answers(folder: Path) -> None:
    """The library answers, and what was kept in it is there and exact."""
    with Assistant(folder, Settings()) as assistant:
        library = assistant._library
        assert library.settle(60)
        assert library.terms.count() == library._dense._chroma.count() == 2
        assert "grinds wheat" in assistant.ask(QUESTION).text
        (kept,) = assistant.conversations()
        first, second = assistant.conversation(kept.id).turns
        assert (first.rating.good, first.rating.reason) == (False, "too short")
        for turn, quote in ((first, MILL), (second, INN)):
            assert quote in [c.cited_text for c in turn.answer.citations]
            for c in turn.answer.citations:
                text = assistant.document(c.document_id, version=c.version).text
                assert text[c.start_char_index : c.end_char_index] == c.cited_text
        titles = {document.id: document.title for document in assistant.documents()}
        assert titles["mill"] == "The old mill"


# Writing


def test_backup_says_what_is_in_it_and_is_private(folder: Path, tmp_path: Path) -> None:
    made = write_archive(folder, tmp_path / "kept.zip")

    assert made.path == str(tmp_path / "kept.zip")
    assert made.size == (tmp_path / "kept.zip").stat().st_size
    assert (made.documents, made.passages, made.conversations, made.files) == (2, 2, 1, 1)
    assert stat.S_IMODE((tmp_path / "kept.zip").stat().st_mode) == 0o600
    with zipfile.ZipFile(tmp_path / "kept.zip") as file:
        assert file.testzip() is None
        assert sorted(file.namelist()) == [
            "catalogue.sqlite3",
            "manifest.json",
            "uploads/@salma/خان.txt",
        ]
        manifest = json.loads(file.read("manifest.json"))
        for part in manifest["parts"]:
            assert sha256(file.read(part["name"])).hexdigest() == part["sha256"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["kept.zip", "library"]


def test_backup_gets_a_dated_name_and_is_not_replaced_unasked(folder: Path, tmp_path: Path) -> None:
    first, second = write_archive(folder), write_archive(folder, tmp_path)
    assert first.path != second.path
    assert Path(first.path).name.startswith("library-")

    before = (tmp_path / Path(second.path).name).read_bytes()
    with pytest.raises(LibraryError, match="--overwrite"):
        write_archive(folder, Path(second.path))
    assert Path(second.path).read_bytes() == before
    write_archive(folder, Path(second.path), overwrite=True)


def test_backup_that_fails_leaves_the_one_before_and_no_half(
    folder: Path, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = archive.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(copying, "sync", fail)
    with pytest.raises(LibraryError, match="No space left"):
        write_archive(folder, archive, overwrite=True)

    assert archive.read_bytes() == before
    assert sorted(p.name for p in archive.parent.iterdir()) == ["kept.zip", "library"]


@pytest.mark.parametrize("target", ["nowhere/kept.zip", "library/catalogue.sqlite3"])
def test_target_that_can_not_be_is_an_error(folder: Path, tmp_path: Path, target: str) -> None:
    before = (folder / "catalogue.sqlite3").read_bytes()
    with pytest.raises(LibraryError):
        write_archive(folder, tmp_path / target)
    assert (folder / "catalogue.sqlite3").read_bytes() == before


def test_backup_of_no_library_or_a_damaged_one_is_an_error(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no library"):
        write_archive(tmp_path / "nothing", tmp_path / "a.zip")
    path = folder / "catalogue.sqlite3"
    path.write_bytes(path.read_bytes()[:-4096])
    with pytest.raises(LibraryDamaged):
        write_archive(folder, tmp_path / "b.zip")
    assert not list(tmp_path.glob("*.zip"))


WRITER = """
import sys
from assistant import Assistant, Document, Settings
with Assistant(sys.argv[1], Settings()) as assistant:
    print("open", flush=True)
    for n in range(10_000):
        assistant.add(Document(id=f"{n}", title="T", text=f"Number {n} is there."))
"""


def test_backups_beside_a_writing_process_are_consistent(
    folder: Path, tmp_path: Path, child: Start
) -> None:
    process = child(WRITER, folder)
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    counts = []
    for number in range(4):
        made = write_archive(folder, tmp_path / f"{number}.zip")
        # Each document has one passage, written in the same transaction.
        assert made.documents == made.passages
        counts.append(made.documents)
    assert process.poll() is None
    assert counts == sorted(counts)
    process.kill()
    process.wait()

    restore_library(tmp_path / "3.zip", tmp_path / "other")
    with Assistant(tmp_path / "other", Settings()) as assistant:
        assert len(assistant.documents()) == counts[-1]


# Restoring


def test_restored_library_is_as_it_was(folder: Path, archive: Path) -> None:
    before = rows(folder / "catalogue.sqlite3")
    with Assistant(folder, Settings()) as assistant:
        for document in assistant.documents():
            assistant.remove(document.id, purge=True)
        assistant.add(Document(id="new", title="New", text="Something else."))
        (conversation,) = assistant.conversations()
        assistant.delete_conversation(conversation.id)
    after = rows(folder / "catalogue.sqlite3")

    done = restore_library(archive, folder)

    assert rows(folder / "catalogue.sqlite3") == before
    check_answers(folder)
    assert (folder / "uploads" / "@salma" / "خان.txt").read_text("utf-8") == INN
    aside = Path(done.aside)
    assert aside.parent == folder
    assert rows(aside / "catalogue.sqlite3") == after
    assert not (folder / "restoring").exists()


@pytest.mark.parametrize("what", ["damaged", "missing", "nothing"])
def test_restore_needs_no_library_that_can_be_read(
    folder: Path, archive: Path, tmp_path: Path, what: str
) -> None:
    path = folder / "catalogue.sqlite3"
    if what == "nothing":
        shutil.rmtree(folder)
    elif what == "missing":
        path.unlink()
    else:
        path.write_bytes(os.urandom(9000))
    left = path.read_bytes() if what == "damaged" else b""

    done = restore_library(archive, folder)

    check_answers(folder)
    assert bool(done.aside) is (what != "nothing")
    if left:
        assert (Path(done.aside) / "catalogue.sqlite3").read_bytes() == left


def test_restore_refuses_while_somebody_writes(folder: Path, archive: Path) -> None:
    with Assistant(folder, Settings()), pytest.raises(LibraryLocked):
        restore_library(archive, folder)
    check_answers(folder)


def test_restore_calls_no_model(folder: Path, archive: Path, monkeypatch, capsys) -> None:
    before = rows(folder / "catalogue.sqlite3")
    monkeypatch.setenv("SANAD_EMBEDDINGS", "openai:text-embedding-3-small")
    monkeypatch.setenv("SANAD_EMBEDDINGS_URL", "http://127.0.0.1:9/v1")

    assert main(["restore", str(archive), "--library", str(folder)]) == 0
    assert rows(folder / "catalogue.sqlite3") == before


@pytest.mark.parametrize("step", range(9))
def test_restore_that_is_cut_off_is_finished_at_the_next_opening(
    folder: Path, archive: Path, monkeypatch, step: int
) -> None:
    with Assistant(folder, Settings()) as assistant:
        assistant.add(Document(id="new", title="New", text="Something else."))
    renamed = []
    rename = Path.rename

    def cut(self: Path, target: Path) -> Path:
        if len(renamed) == step:
            raise KeyboardInterrupt
        renamed.append(self)
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", cut)
        try:
            restore_library(archive, folder)
        except KeyboardInterrupt:
            assert swapping.is_cut_off(folder)
            with pytest.raises(LibraryError, match="cut off"):
                Assistant(folder, Settings(), read_only=True)

    check_answers(folder)
    (aside,) = swapping.set_aside(folder)
    assert (aside / "catalogue.sqlite3").is_file()
    assert (aside / "uploads" / "@salma" / "خان.txt").is_file()
    assert (folder / "uploads" / "@salma" / "خان.txt").is_file()


def test_restore_that_fails_before_it_is_ready_changes_nothing(
    folder: Path, archive: Path, monkeypatch
) -> None:
    before = rows(folder / "catalogue.sqlite3")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(restoring, "sync", fail)
        with pytest.raises(LibraryError, match="No space left"):
            restore_library(archive, folder)
    assert rows(folder / "catalogue.sqlite3") == before
    assert not (folder / "restoring").exists()
    check_answers(folder)


# Another machine


def test_import_names_uploads_by_the_new_folder(
    folder: Path, archive: Path, tmp_path: Path
) -> None:
    other = tmp_path / "elsewhere" / "mine"
    shutil.move(folder, tmp_path / "gone")

    import_library(archive, other)

    check_answers(other)
    upload = str(other / "uploads" / "@salma" / "خان.txt")
    with Assistant(other, Settings()) as assistant:
        inn = next(d for d in assistant.documents() if d.id != "mill")
        assert inn.sources == (upload,)
        assert assistant.source_state(inn.id) == "same"
        (kept,) = assistant.conversations()
        cited = assistant.conversation(kept.id).turns[1].answer.citations
        assert [c.source for c in cited if c.document_id == inn.id] == [upload]
        assert not assistant.add(upload).added
    stored = (other / "catalogue.sqlite3").read_bytes()
    assert str(folder / "uploads").encode() not in stored


def test_import_refuses_a_filled_library_and_takes_an_empty_one(
    folder: Path, archive: Path, tmp_path: Path
) -> None:
    before = rows(folder / "catalogue.sqlite3")
    with pytest.raises(LibraryError, match="not empty"):
        import_library(archive, folder)
    assert rows(folder / "catalogue.sqlite3") == before

    Assistant(tmp_path / "empty", Settings()).close()
    import_library(archive, tmp_path / "empty")
    check_answers(tmp_path / "empty")


@pytest.mark.parametrize("version", [1, 2, 3])
def test_backup_of_an_older_schema_is_restored_and_brought_up_to_date(
    tmp_path: Path, version: int
) -> None:
    old = Path(__file__).parent / "libraries" / f"schema-{version}"
    shutil.copytree(old, tmp_path / "old")
    write_archive(tmp_path / "old", tmp_path / "old.zip")

    import_library(tmp_path / "old.zip", tmp_path / "new")
    with Assistant(tmp_path / "new", Settings()) as assistant:
        assert {document.id for document in assistant.documents()} == {"well", "market"}


# Files that nobody should believe

Parts = dict[str, bytes]


def packed(held: Parts, method: int = zipfile.ZIP_STORED, **manifest: object) -> bytes:
    """Return an archive whose manifest names its parts rightly, unless told otherwise."""
    named = [
        {"name": name, "size": len(data), "sha256": sha256(data).hexdigest()}
        for name, data in held.items()
    ]
    facts = {"format": 1, "schema": 4, "library": "/old", "created": "2024-01-01T00:00:00+00:00"}
    facts |= {"documents": 2, "passages": 2, "conversations": 1, "parts": named, **manifest}
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", method) as file:
        for name, data in held.items():
            file.writestr(name, data)
        file.writestr("manifest.json", json.dumps(facts))
    return found.getvalue()


def catalogue_with(folder: Path, statement: str) -> bytes:
    path = folder / "catalogue.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute(statement)
        connection.commit()
    return path.read_bytes()


TRAVERSAL = [
    "../escaped.txt",
    "uploads/../../escaped.txt",
    "uploads/@a/../escaped.txt",
    "uploads/@a/..",
    "/escaped.txt",
    "uploads/@a/b/c.txt",
    "uploads/@a/.removed",
    "uploads/a/b.txt",
    "uploads\\@a\\b.txt",
    "uploads/@a/C:b.txt",
    "uploads/@a/a\nb.txt",
    "uploads/@a/",
    "chroma/chroma.sqlite3",
    "restoring/ready",
    "ready",
]


@pytest.mark.parametrize("name", TRAVERSAL)
def test_part_that_belongs_nowhere_is_refused(folder: Path, tmp_path: Path, name: str) -> None:
    catalogue = (folder / "catalogue.sqlite3").read_bytes()
    bad = tmp_path / "bad.zip"
    bad.write_bytes(packed({"catalogue.sqlite3": catalogue, name: b"x"}))

    refused(bad, tmp_path, "belongs to no library")


def refused(bad: Path, tmp_path: Path, said: str) -> None:
    with pytest.raises(LibraryError, match=said):
        restore_library(bad, tmp_path / "new")
    left = (
        [path.name for path in (tmp_path / "new").rglob("*")] if (tmp_path / "new").exists() else []
    )
    assert set(left) <= {"lock"}
    assert not list(tmp_path.glob("escaped*"))


MANIFESTS = {
    "newer": ({"format": 2}, "Update Sanad"),
    "newer-schema": ({"schema": 5}, "Update Sanad"),
    "other-schema": ({"schema": 3}, "not those of a catalogue"),
    "no-format": ({"format": "1"}, "none that Sanad writes"),
    "a-truth": ({"documents": True}, "none that Sanad writes"),
    "no-parts": ({"parts": []}, "other parts"),
    "wrong-parts": ({"parts": [1]}, "can't be read"),
    "longer": (
        {"parts": [{"name": "catalogue.sqlite3", "size": 10**15, "sha256": ""}]},
        "other lengths",
    ),
    "negative": ({"schema": -1}, "none that Sanad writes"),
}


@pytest.mark.parametrize("case", MANIFESTS)
def test_wrong_manifest_is_refused(folder: Path, tmp_path: Path, case: str) -> None:
    manifest, said = MANIFESTS[case]
    catalogue = (folder / "catalogue.sqlite3").read_bytes()
    (tmp_path / "bad.zip").write_bytes(packed({"catalogue.sqlite3": catalogue}, **manifest))

    refused(tmp_path / "bad.zip", tmp_path, said)


CATALOGUES = {
    "trigger": "CREATE TRIGGER t AFTER INSERT ON meta BEGIN DELETE FROM documents; END",
    "view": "CREATE VIEW v AS SELECT * FROM documents",
    "table": "CREATE TABLE more (x)",
    "no-table": "DROP TABLE ratings",
    "index": "DROP INDEX passages_by_document",
}


@pytest.mark.parametrize("case", CATALOGUES)
def test_catalogue_with_other_tables_is_refused(folder: Path, tmp_path: Path, case: str) -> None:
    catalogue = catalogue_with(folder, CATALOGUES[case])
    (tmp_path / "bad.zip").write_bytes(packed({"catalogue.sqlite3": catalogue}))

    refused(tmp_path / "bad.zip", tmp_path, "not those of a catalogue")


def test_compressed_part_is_refused(folder: Path, tmp_path: Path) -> None:
    """What is stored as it is can't unpack to more than it is."""
    bomb = packed({"catalogue.sqlite3": bytes(50_000_000)}, zipfile.ZIP_DEFLATED)
    (tmp_path / "bad.zip").write_bytes(bomb)
    assert len(bomb) < 100_000

    refused(tmp_path / "bad.zip", tmp_path, "compressed")


def test_too_many_parts_are_refused(folder: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(archive_reading, "_MOST_PARTS", 5)
    parts = {f"uploads/@a/{n}.txt": b"" for n in range(9)}
    (tmp_path / "bad.zip").write_bytes(packed({"catalogue.sqlite3": b"", **parts}))

    refused(tmp_path / "bad.zip", tmp_path, "11 parts")


def test_every_damaged_byte_is_found(archive: Path, tmp_path: Path) -> None:
    data = archive.read_bytes()
    bad = tmp_path / "bad.zip"
    for place in (0, 40, 100, len(data) // 3, len(data) // 2, len(data) - 3000, len(data) - 30):
        changed = bytearray(data)
        changed[place : place + 8] = bytes(byte ^ 0x5A for byte in changed[place : place + 8])
        bad.write_bytes(changed)
        with pytest.raises(LibraryError):
            restore_library(bad, tmp_path / "new")
        assert not (tmp_path / "new" / "catalogue.sqlite3").exists()


@pytest.mark.parametrize("kind", ["nothing", "folder", "empty", "text", "half"])
def test_what_is_no_backup_is_refused(archive: Path, tmp_path: Path, kind: str) -> None:
    bad = tmp_path / "bad.zip"
    data = archive.read_bytes()
    if kind == "folder":
        bad.mkdir()
    elif kind != "nothing":
        bad.write_bytes({"empty": b"", "text": b"no archive", "half": data[: len(data) // 2]}[kind])

    refused(bad, tmp_path, "can't be")


# The commands


def test_commands_take_a_library_away_and_bring_it_back(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library, kept = ["--library", str(folder)], str(tmp_path / "kept.zip")
    assert main(["backup", kept, *library]) == 0
    said = capsys.readouterr().out
    assert kept in said
    assert "Documents: 2, conversations: 1, uploaded files: 1" in said
    assert main(["backup", kept, *library]) == 2
    assert "--overwrite" in capsys.readouterr().err
    assert main(["export-library", kept, "--overwrite", "--json", *library]) == 0
    assert json.loads(capsys.readouterr().out)["documents"] == 2

    assert main(["import-library", kept, *library]) == 2
    assert "not empty" in capsys.readouterr().err
    assert main(["import-library", kept, "--library", str(tmp_path / "b")]) == 0
    assert main(["restore", kept, *library]) == 0
    assert "Delete it yourself" in capsys.readouterr().out
    for place in (folder, tmp_path / "b"):
        check_answers(place)


def test_assistant_writes_a_backup_while_it_is_open(folder: Path, tmp_path: Path) -> None:
    with Assistant(folder, Settings()) as assistant:
        assistant.add(Document(id="more", title="More", text="More is there."))
        made = assistant.backup(tmp_path)
    assert made.documents == 3
    restore_library(Path(made.path), tmp_path / "new")
    with Assistant(tmp_path / "new", Settings()) as assistant:
        assert len(assistant.documents()) == 3


def test_folder_named_from_the_working_one_is_restored_and_imported(
    folder: Path, archive: Path, monkeypatch
) -> None:
    monkeypatch.chdir(folder.parent)
    (folder / "catalogue.sqlite3").write_bytes(b"garbage")

    restore_library(archive, Path(folder.name))
    import_library(archive, Path("another"))

    check_answers(folder)
    check_answers(folder.parent / "another")
