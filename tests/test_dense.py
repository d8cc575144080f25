"""The dense leg goes on from the catalogue while Chroma is mended, and Chroma comes back whole."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from assistant import Assistant, Document, LibraryError, Settings
from assistant.library import dense
from assistant.library.vectors import ChromaVectors

BASKETS = [
    Document(title=f"Basket {n}", text=f"Basket {n} holds {n} mulberries.") for n in range(8)
]
UNCLOSED = """
import sys
from assistant import Assistant, Settings
assistant = Assistant(sys.argv[1], Settings())
"""
ASKED = "How many mulberries does basket 5 hold?"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed library of a few documents."""
    return filled(tmp_path / "library", BASKETS)


def filled(folder: Path, documents: list[Document]) -> Path:
    with Assistant(folder, Settings()) as assistant:
        assistant.add(*documents)
    return folder


def chroma_of(assistant: Assistant) -> ChromaVectors:
    chroma = assistant._library._dense._chroma
    assert chroma is not None, assistant.mending
    return chroma


def vectors_of(assistant: Assistant) -> dict[int, bytes]:
    """Return what Chroma holds by passage, rounded."""
    held = [int(i) for i in chroma_of(assistant)._collection.get(include=[])["ids"]]
    ids, vectors = chroma_of(assistant).stored(held)
    return dict(zip(ids, (np.round(v, 3).tobytes() for v in vectors), strict=True))


def titles(assistant: Assistant) -> list[str]:
    return [hit.document_title for hit in assistant.search(ASKED, k=20)]


def assert_whole(assistant: Assistant, count: int) -> None:
    """Chroma is back and holds just the catalogue's vectors, and the answer is exact."""
    assert assistant.settle(60)
    ids, _, vectors = assistant._library.catalogue.vectors()
    assert len(ids) == count
    expected = zip(ids.tolist(), (np.round(v, 3).tobytes() for v in vectors), strict=True)
    assert vectors_of(assistant) == dict(expected)
    assert_exact(assistant)


def assert_exact(assistant: Assistant) -> None:
    answer = assistant.ask(ASKED)
    assert answer.answered
    for c in answer.citations:
        text = assistant.document(c.document_id, version=c.version).text
        assert text[c.start_char_index : c.end_char_index] == c.cited_text
        assert c.cited_text.startswith("Basket 5")


@contextmanager
def held_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Let the look through Chroma's files last until it may go on."""
    go_on = threading.Event()
    is_usable = dense.is_usable

    def slowly(folder: Path, identity: str, stop: threading.Event) -> bool:
        while not go_on.wait(0.02):
            if stop.is_set():
                return False
        return is_usable(folder, identity, stop)

    monkeypatch.setattr(dense, "is_usable", slowly)
    yield go_on
    go_on.set()


def damage(path: Path, how: str) -> None:
    data = path.read_bytes()
    if how == "deleted":
        path.unlink()
    elif how == "truncated":
        path.write_bytes(data[: len(data) // 2])
    elif how == "garbage":
        path.write_bytes(os.urandom(len(data)))
    else:
        # Every number in it is too large: what follows the graph with it leaves the memory.
        path.write_bytes(b"\x7f" * len(data))


FILES = ["chroma.sqlite3", "header.bin", "data_level0.bin", "length.bin", "link_lists.bin"]


@pytest.mark.parametrize("how", ["truncated", "deleted", "garbage", "wild"])
@pytest.mark.parametrize("name", FILES)
def test_damaged_file_of_chroma_takes_nothing_down(folder: Path, name: str, how: str) -> None:
    path = next((folder / "chroma").rglob(name))
    damage(path, how)
    (folder / "chroma" / "chroma.sqlite3").touch()

    with Assistant(folder, Settings()) as assistant:
        assert_exact(assistant)
        assert_whole(assistant, 8)
    with Assistant(folder, Settings()) as assistant:
        assert assistant.mending is None


def test_missing_chroma_is_made_anew(folder: Path) -> None:
    shutil.rmtree(folder / "chroma")

    with Assistant(folder, Settings()) as assistant:
        assert_exact(assistant)
        assert_whole(assistant, 8)


def test_chroma_of_another_library_is_not_taken_for_its_own(folder: Path, tmp_path: Path) -> None:
    others = [Document(title=f"Jar {n}", text=f"Jar {n} is full of quinces.") for n in range(8)]
    other = filled(tmp_path / "other", others)
    shutil.rmtree(folder / "chroma")
    shutil.copytree(other / "chroma", folder / "chroma")

    with Assistant(folder, Settings()) as assistant:
        assert_whole(assistant, 8)


def test_answers_come_while_chroma_is_looked_through(folder: Path, monkeypatch) -> None:
    whole = Assistant(folder, Settings())
    expected = titles(whole)
    whole.close()
    (folder / "chroma" / "chroma.sqlite3").touch()

    with held_up(monkeypatch) as go_on, Assistant(folder, Settings()) as assistant:
        assert assistant.mending is not None
        assert assistant.mending.reason == "unclean"
        assert titles(assistant)[0] == expected[0] == "Basket 5"
        assert set(titles(assistant)) == set(expected)
        assert_exact(assistant)
        assert not assistant.settle(0.05)
        go_on.set()
        assert_whole(assistant, 8)
        assert assistant.mending is None


def test_what_is_written_meanwhile_reaches_chroma(folder: Path, monkeypatch) -> None:
    (folder / "chroma" / "chroma.sqlite3").touch()

    with held_up(monkeypatch) as go_on, Assistant(folder, Settings()) as assistant:
        assistant.add(Document(title="Jam", text="The jam pot holds nine quinces."))
        gone = next(d for d in assistant.documents() if d.title == "Basket 3")
        assistant.remove(gone.id)
        assert assistant.mending is not None
        assert "Jam" in {h.document_title for h in assistant.search("jam pot quinces")}
        go_on.set()
        assert_whole(assistant, 8)
        assert "Basket 3" not in titles(assistant)


def test_purge_meanwhile_leaves_no_vector(folder: Path, monkeypatch) -> None:
    (folder / "chroma" / "chroma.sqlite3").touch()

    with held_up(monkeypatch), Assistant(folder, Settings()) as assistant:
        gone = next(d for d in assistant.documents() if d.title == "Basket 3")
        assistant.remove(gone.id, purge=True)
        assert_whole(assistant, 7)


def test_library_closed_meanwhile_is_mended_the_next_time(folder: Path, monkeypatch) -> None:
    shutil.rmtree(folder / "chroma" / next((folder / "chroma").rglob("header.bin")).parent.name)
    with held_up(monkeypatch), Assistant(folder, Settings()) as assistant:
        assert assistant.mending is not None
    assert not [t for t in threading.enumerate() if t.name == "sanad-mending"]

    with Assistant(folder, Settings()) as assistant:
        assert_whole(assistant, 8)


@pytest.mark.parametrize("call", ["search", "update"])
def test_chroma_that_fails_in_the_middle_is_mended(folder: Path, monkeypatch, call: str) -> None:
    with Assistant(folder, Settings()) as assistant:

        def fail(*_: object) -> None:
            raise LibraryError("Chroma failed: Error finding id.")

        monkeypatch.setattr(chroma_of(assistant), call, fail)
        if call == "update":
            assistant.add(Document(title="Jam", text="The jam pot holds nine quinces."))
        assert_exact(assistant)
        assert_whole(assistant, 8 if call == "search" else 9)


def test_mending_is_tried_again_until_the_cause_is_gone(folder: Path, monkeypatch) -> None:
    monkeypatch.setattr("assistant.library.mending._FIRST_PAUSE", 0.05)
    shutil.rmtree(folder / "chroma")
    (folder / "chroma").touch()
    opened, tries = dense.DenseIndex._opened, []

    def fail(self: dense.DenseIndex) -> ChromaVectors:
        tries.append(self)
        if len(tries) < 3:
            raise LibraryError("No space left on device.")
        return opened(self)

    monkeypatch.setattr(dense.DenseIndex, "_opened", fail)
    with Assistant(folder, Settings()) as assistant:
        assert_exact(assistant)
        assert_whole(assistant, 8)
    assert len(tries) == 3


def test_vectors_that_are_not_the_catalogues_are_found_out(folder: Path) -> None:
    with Assistant(folder, Settings()) as assistant:
        chroma = chroma_of(assistant)
        held = chroma._collection.get(include=["embeddings"])
        chroma._collection.upsert(ids=held["ids"], embeddings=held["embeddings"][::-1])
    (folder / "chroma" / "chroma.sqlite3").touch()

    with Assistant(folder, Settings()) as assistant:
        assert_whole(assistant, 8)


def test_reader_neither_opens_nor_mends_chroma(folder: Path) -> None:
    shutil.rmtree(folder / "chroma")

    with Assistant(folder, Settings(), read_only=True) as assistant:
        assert assistant.mending is None
        assert_exact(assistant)
    assert not (folder / "chroma").exists()


def test_program_that_ends_without_closing_ends(folder: Path, child) -> None:
    shutil.rmtree(folder / "chroma")
    code = (
        "import sys; from assistant import Assistant, Settings; Assistant(sys.argv[1], Settings())"
    )
    process = child(code, folder)
    assert process.wait(timeout=60) == 0, process.stderr.read()
