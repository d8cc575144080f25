"""A purge leaves no trace of a document: in no file, in no form, and in no log."""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pdf_builder import text_pdf

from assistant import Assistant, Document, Settings
from assistant.cli import main
from assistant.language import stem, words
from assistant.library import restore_library, write_archive

ENGLISH = "The quivarnishes of Zephyrmoor were counted by Ottolingua in 1903."
ARABIC = "أحصى الزبردجونيّ قوارير المِسكدانة في وادي خشربوط سنة 1903."
RARE = ("quivarnishes", "Zephyrmoor", "Ottolingua", "الزبردجونيّ", "المِسكدانة", "خشربوط")
ASKED = ("Who counted the things of the moor in 1903?", "من أحصى القوارير سنة 1903؟")
OLD = Path(__file__).parent / "libraries"


def needles() -> dict[str, bytes]:
    """Return the rare words as they are written, folded and stemmed, in two encodings."""
    forms = {form for word in RARE for form in (word, *words(word), *map(stem, words(word)))}
    return {
        f"{form} ({encoding})": form.lower().encode(encoding)
        for form in forms
        for encoding in ("utf-8", "utf-16-le")
    }


def traces(*folders: Path) -> set[tuple[str, str]]:
    """Return where needles stand: the file's name, and which one."""
    return {
        (path.name, needle)
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
        for data in [path.read_bytes()]
        for needle, sought in needles().items()
        if sought in data or sought in data.lower()
    }


@pytest.fixture
def passing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of its own for temporary files."""
    folder = tmp_path / "passing"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield folder
    tempfile.tempdir = None


def filled(library: Path) -> Assistant:
    """Return an assistant over two secret uploads and a plain document, asked about them."""
    home = library / "uploads" / "@salma"
    home.mkdir(parents=True)
    (home / "english.pdf").write_bytes(text_pdf([ENGLISH]))
    (home / "arabic.txt").write_text(ARABIC, "utf-8")
    assistant = Assistant(library, Settings())
    assert not assistant.add(home / "english.pdf", home / "arabic.txt").failed
    assistant.add(Document(title="Tea", text="Tea is picked in spring."))
    kept = assistant.conversation()
    for number, question in enumerate(ASKED, start=1):
        assert kept.ask(question).answered
        kept.rate(number, False, f"not {RARE[0]} but {RARE[3]}")
    return assistant


def secrets(assistant: Assistant) -> list[str]:
    return [document.id for document in assistant.documents() if document.title != "Tea"]


@pytest.mark.parametrize("removed_before", [False, True], ids=["present", "removed"])
def test_purge_leaves_no_trace(
    tmp_path: Path, passing: Path, caplog: pytest.LogCaptureFixture, removed_before: bool
) -> None:
    caplog.set_level(logging.DEBUG)
    library = tmp_path / "library"
    with filled(library) as assistant:
        found = {needle for _, needle in traces(library)}
        # What is sought can be found: as written, and as our terms have it.
        assert {f"{word} (utf-8)" for word in RARE} <= found
        assert {f"{words(word)[0]} (utf-8)" for word in RARE} <= found
        for document in secrets(assistant):
            stored = assistant.document(document)
            assistant.search(stored.text)
            if stored.source.endswith(".pdf"):
                assert assistant.page_picture(document, 0, 10).png
            if removed_before:
                assistant.remove(document)
            assert assistant.remove(document, purge=True).kept_in == ()
        assert traces(library, passing) == set()
        assert assistant.ask("When is tea picked?").answered
    assert traces(library, passing) == set()
    assert [path.name for path in library.rglob("*") if path.suffix in (".pdf", ".txt")] == []
    assert list(passing.rglob("*.png")) == []
    told = caplog.text.lower()
    assert [word for word in RARE if word.lower() in told] == []


def test_purge_erases_an_upload_that_waits_to_be_brought_back(tmp_path: Path) -> None:
    from assistant.web import uploads

    with filled(tmp_path / "library") as assistant:
        for document in secrets(assistant):
            (source,) = assistant.document(document).sources
            assistant.remove(document)
            uploads.set_aside(Path(source))
            assistant.remove(document, purge=True)
        assert traces(tmp_path / "library") == set()


def test_purge_touches_no_file_outside_the_library(tmp_path: Path) -> None:
    path = tmp_path / "uploads" / "@salma" / "own.txt"
    path.parent.mkdir(parents=True)
    path.write_text(ENGLISH)
    with Assistant(tmp_path / "library", Settings()) as assistant:
        assistant.add(path)
        assistant.remove(secrets(assistant)[0], purge=True)
    assert path.read_text() == ENGLISH


def test_file_that_another_document_holds_by_now_is_kept(tmp_path: Path) -> None:
    home = tmp_path / "library" / "uploads" / "@"
    home.mkdir(parents=True)
    path = home / "one.txt"
    path.write_text(ENGLISH)
    with Assistant(tmp_path / "library", Settings()) as assistant:
        assistant.add(path)
        (first,) = secrets(assistant)
        assistant.remove(first)
        path.write_text(ARABIC, "utf-8")
        assistant.add(Document(id="new", title="New", text=ARABIC, source=str(path)))
        assistant.remove(first, purge=True)
    assert path.read_text("utf-8") == ARABIC


def test_copies_from_before_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What an upgrade kept and what a restore set aside is its owner's to delete."""
    folder = tmp_path / "library"
    shutil.copytree(OLD / "schema-2", folder)
    Assistant(folder, Settings()).close()
    write_archive(folder, tmp_path / "kept.zip")
    aside = restore_library(tmp_path / "kept.zip", folder).aside
    (copy,) = folder.glob("catalogue-schema-2-*")
    with Assistant(folder, Settings()) as assistant:
        assert assistant.remove("well", purge=True).kept_in == (str(copy), aside)
        assistant.add(Document(id="new", title="New", text="New words."))
        assert assistant.remove("new", purge=True).kept_in == ()
        assert assistant.remove("bridge", purge=True).kept_in == (str(copy), aside)

    arguments = ["remove", "market", "--purge", "--yes", "--library", str(folder)]
    assert main([*arguments, "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["kept_in"] == [str(copy), aside]
    assert "still in a copy from before" in told.err
