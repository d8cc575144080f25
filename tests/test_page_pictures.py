"""Pages as pictures through the facade, and whether a document's file is still the same."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from pdf_builder import text_pdf

from assistant import (
    Assistant,
    AssistantError,
    Document,
    LibraryError,
    PagePicture,
    Settings,
    UnreadableDocument,
    UnsupportedFormat,
)
from assistant.ingestion import originals, pictures

HERE = Path(__file__).resolve().parent / "pdf"
LINES = ["The harbour bridge was opened in May 1998.", "It carries trains and bicycles."]
CHANGED = ["The harbour bridge was closed in June 2003.", "It carries nothing at all."]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "bridge.pdf"
    path.write_bytes(text_pdf(LINES))
    return path


def added(assistant: Assistant, *paths: Path) -> Document:
    report = assistant.add(*paths)
    assert not report.failed
    return assistant.document(assistant.documents()[0].id)


def cite(assistant: Assistant) -> None:
    """Have a conversation cite what there is, so that this version is kept."""
    assert assistant.conversation().ask("When was the harbour bridge opened?").citations


def test_cited_sentence_is_boxed(assistant: Assistant) -> None:
    assistant.add(HERE / "report-chromium-columns.pdf")
    citation = assistant.ask("متى افتتحت المكتبة العامة الأولى؟").citations[0]

    shown = assistant.page_picture(
        citation.document_id,
        citation.start_char_index,
        citation.end_char_index,
        version=citation.version,
    )

    assert isinstance(shown, PagePicture)
    assert shown.png.startswith(b"\x89PNG\r\n\x1a\n")
    assert (shown.page, shown.pages, shown.marked) == (1, 1, (1,))
    assert (shown.width, shown.height) == (990, 1400)
    assert shown.is_exact
    # Lines of the right one of two columns.
    assert len(shown.boxes) == 3
    assert all(box.left > 0.5 for box in shown.boxes)


def test_picture_has_the_page_and_height_that_are_asked_for(assistant: Assistant) -> None:
    document = added(assistant, HERE / "report-libreoffice-running.pdf")

    shown = assistant.page_picture(document.id, 0, 10, page=3, height=500)

    assert (shown.page, shown.pages, shown.height, shown.boxes) == (3, 4, 500, ())


def test_reader_of_a_library_gets_pictures_too(tmp_path: Path, file: Path) -> None:
    with Assistant(tmp_path / "library", Settings()) as assistant:
        document = added(assistant, file)
    with Assistant(tmp_path / "library", Settings(), read_only=True) as reader:
        assert reader.page_picture(document.id, 0, 10).is_exact


def test_many_may_ask_at_once(assistant: Assistant, file: Path) -> None:
    document = added(assistant, file)

    with ThreadPoolExecutor(6) as threads:
        shown = list(threads.map(lambda n: assistant.page_picture(document.id, n, n + 3), range(6)))

    assert all(one.is_exact for one in shown)
    assert len({one.boxes for one in shown}) == 6


@pytest.mark.parametrize(
    ("start", "end", "more", "words"),
    [
        (5, 5, {}, r"range 5:5 does not lie in the text of 'bridge'"),
        (-1, 5, {}, r"range -1:5 does not lie"),
        (0, 9999, {}, r"range 0:9999 does not lie"),
        (0, 5, {"height": 99}, r"height=99 is no height for a picture. Give 100 to 4000"),
        (0, 5, {"height": 4001}, r"height=4001 is no height"),
        (0, 5, {"page": 0}, r"has no page 0: it has the pages 1 to 1"),
        (0, 5, {"page": 2}, r"has no page 2: it has the pages 1 to 1"),
    ],
)
def test_wrong_value_is_an_error_that_says_it(
    assistant: Assistant, file: Path, start, end, more, words
) -> None:
    document = added(assistant, file)

    with pytest.raises(AssistantError, match=words):
        assistant.page_picture(document.id, start, end, **more)


def test_unknown_document_is_an_error(assistant: Assistant) -> None:
    for ask in (
        lambda: assistant.page_picture("nothing", 0, 5),
        lambda: assistant.source_state("nothing"),
    ):
        with pytest.raises(LibraryError, match="no document 'nothing'"):
            ask()


def test_document_that_is_no_pdf_has_no_page(assistant: Assistant, tmp_path: Path) -> None:
    path = tmp_path / "bridge.txt"
    path.write_text(" ".join(LINES))
    document = added(assistant, path)

    with pytest.raises(UnsupportedFormat, match=r"bridge\.txt is no PDF"):
        assistant.page_picture(document.id, 0, 5)


def test_pdf_with_another_suffix_is_one(assistant: Assistant, tmp_path: Path) -> None:
    path = tmp_path / "bridge.txt"
    path.write_bytes(text_pdf(LINES))
    document = added(assistant, path)

    assert assistant.page_picture(document.id, 0, 5).is_exact


# Files that are gone or have changed


def test_file_that_is_gone_is_an_error_that_says_so(assistant: Assistant, file: Path) -> None:
    document = added(assistant, file)
    file.unlink()

    with pytest.raises(UnreadableDocument, match=r"bridge\.pdf is gone"):
        assistant.page_picture(document.id, 0, 5)


def test_file_that_has_changed_is_an_error_that_says_so(assistant: Assistant, file: Path) -> None:
    document = added(assistant, file)
    file.write_bytes(text_pdf(CHANGED))

    with pytest.raises(UnreadableDocument, match=r"bridge\.pdf has changed since it was read"):
        assistant.page_picture(document.id, 0, 5)


def test_version_that_is_not_there_any_more_is_not_shown(assistant: Assistant, file: Path) -> None:
    old = added(assistant, file)
    cite(assistant)
    file.write_bytes(text_pdf(CHANGED))
    new = added(assistant, file)
    assert new.id == old.id

    assert assistant.page_picture(new.id, 0, 5).is_exact
    with pytest.raises(UnreadableDocument, match="has changed since"):
        assistant.page_picture(old.id, 0, 5, version=old.version)


def test_any_source_that_holds_the_bytes_will_do(
    assistant: Assistant, file: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.pdf"
    shutil.copy(file, copy)
    document = added(assistant, file, copy)
    file.write_bytes(text_pdf(CHANGED))

    assert len(document.sources) == 2
    assert assistant.page_picture(document.id, 0, 5).is_exact
    assert assistant.source_state(document.id) == "same"
    copy.unlink()
    assert assistant.source_state(document.id) == "changed"
    file.unlink()
    assert assistant.source_state(document.id) == "gone"


def touch(path: Path) -> None:
    os.utime(path, ns=(10**18, 10**18))


def write_as_long(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data.replace(b"May", b"Mai"))


def put_a_folder_there(path: Path) -> None:
    path.unlink()
    path.mkdir()


def put_a_pipe_there(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


STATES: list[tuple[str, Callable[[Path], object], str]] = [
    ("as it was", lambda path: None, "same"),
    ("touched", touch, "same"),
    ("written again", lambda path: path.write_bytes(path.read_bytes()), "same"),
    ("other bytes, as many", write_as_long, "changed"),
    ("more bytes", lambda path: path.write_bytes(path.read_bytes() + b"\n"), "changed"),
    ("no bytes", lambda path: path.write_bytes(b""), "changed"),
    ("removed", lambda path: path.unlink(), "gone"),
    ("a folder", put_a_folder_there, "gone"),
    ("a pipe", put_a_pipe_there, "gone"),
]


@pytest.mark.parametrize(
    ("change", "state"), [case[1:] for case in STATES], ids=[case[0] for case in STATES]
)
def test_state_of_a_source(assistant: Assistant, file: Path, change, state) -> None:
    document = added(assistant, file)
    change(file)

    assert assistant.source_state(document.id) == state
    assert assistant.source_state(document.id, document.version) == state


@pytest.mark.parametrize(
    ("change", "state"),
    [case[1:] for case in STATES if case[0] in ("as it was", "more bytes", "removed")],
)
def test_state_is_known_without_reading_where_size_and_time_tell(
    assistant: Assistant, file: Path, monkeypatch: pytest.MonkeyPatch, change, state
) -> None:
    document = added(assistant, file)
    change(file)
    monkeypatch.delattr(originals, "hashlib")

    assert assistant.source_state(document.id) == state


def test_state_of_an_older_version_is_changed_until_it_is_back(
    assistant: Assistant, file: Path
) -> None:
    data = file.read_bytes()
    old = added(assistant, file)
    cite(assistant)
    file.write_bytes(text_pdf(CHANGED))
    added(assistant, file)

    assert assistant.source_state(old.id, old.version) == "changed"
    assert assistant.source_state(old.id) == "same"
    file.write_bytes(data)
    assert assistant.source_state(old.id, old.version) == "same"
    assert assistant.source_state(old.id) == "changed"


def test_document_made_in_python_is_the_same(assistant: Assistant) -> None:
    assistant.add(Document(title="Tea", text="Tea is picked in spring."))

    assert assistant.source_state(assistant.documents()[0].id) == "same"


# Crashes


@contextmanager
def pdfium_that(does: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have processes that are started meanwhile find another PDFium."""
    folder = folder / "instead"
    folder.mkdir()
    (folder / "pypdfium2.py").write_text(does, encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setenv("PYTHONPATH", str(folder))
        yield


def test_process_that_dies_takes_nothing_else_with_it(
    assistant: Assistant, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = added(assistant, file)
    with (
        pdfium_that("import os\nos.kill(os.getpid(), 9)\n", tmp_path, monkeypatch),
        pytest.raises(UnreadableDocument, match="the process that was reading it ended"),
    ):
        assistant.page_picture(document.id, 0, 5)

    assert assistant.ask("When was the harbour bridge opened?").answered
    assert assistant.page_picture(document.id, 0, 5).is_exact


def test_file_that_takes_too_long_is_given_up(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Assistant(tmp_path / "library", Settings()) as assistant:
        document = added(assistant, file)
    hasty = Settings(max_reading_seconds=3)
    with (
        Assistant(tmp_path / "library", hasty) as assistant,
        pdfium_that("import time\ntime.sleep(600)\n", tmp_path, monkeypatch),
        pytest.raises(UnreadableDocument, match=r"not done in 3 seconds\. Raise SANAD_MAX_READ"),
    ):
        assistant.page_picture(document.id, 0, 5)


def test_processes_end_when_nobody_asks_and_with_the_assistant(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Assistant(tmp_path / "library", Settings()) as assistant:
        document = added(assistant, file)
        drawing = assistant._pictures
        assistant.page_picture(document.id, 0, 5)
        (first,) = [p._process for p in drawing._all if p._process]
        assert first.poll() is None

        drawing._rest()

        assert first.poll() is not None
        with monkeypatch.context() as patch:
            patch.setattr(pictures, "_IDLE", 0.01)
            assert assistant.page_picture(document.id, 0, 5).is_exact
            drawing._timer.join(30)
        assert not any(p._process for p in drawing._all)
        assistant.page_picture(document.id, 0, 5)
        (last,) = [p._process for p in drawing._all if p._process]
    assert last.poll() is not None

    assistant.close()
    with pytest.raises(LibraryError, match="closed"):
        assistant.page_picture(document.id, 0, 5)
    with pytest.raises(LibraryError, match="closed"):
        drawing._drawn(None)
