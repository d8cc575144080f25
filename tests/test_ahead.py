"""Larger runs read files in processes of their own: nothing but the time may differ."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.documents import DEFAULT_OPTIONS, ReadingOptions
from assistant.errors import UnreadableDocument
from assistant.ingestion import Intake
from assistant.ingestion.workers import Workers
from assistant.library import Library, passage_terms
from assistant.models import load_embeddings
from assistant.schema import Document, Progress, SyncReport

EMBEDDINGS = load_embeddings("builtin")
WORDS = "قرية ميناء جسر مدرسة نهر harbour bridge school river island".split()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Forty files of several kinds; two can't be read, two hold the same."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(36):
        lines = [f"{word} {number} {i}. The {word} was rebuilt." for i, word in enumerate(WORDS)]
        suffix = "md" if number % 3 else "txt"
        (folder / f"{number:02}.{suffix}").write_text("\n\n".join(lines), "utf-8")
    (folder / "07-copy.txt").write_bytes((folder / "06.txt").read_bytes())
    (folder / "12-empty.txt").write_text(" \n", "utf-8")
    (folder / "13-other.pdf.gz").write_bytes(b"\x1f\x8b")
    (folder / "14-old.txt").write_bytes("المدينة القديمة على شاطئ البحر".encode("cp1256"))
    return folder


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path / "library")
    yield library
    library.close()


@pytest.fixture
def parallel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any run is a larger one, on a machine of two cores."""
    monkeypatch.setattr("assistant.ingestion.ahead._LEAST_BYTES", 1)
    monkeypatch.setattr("assistant.ingestion.ahead.usable_cores", lambda: 2)


def stored(library: Library) -> list[tuple[object, ...]]:
    """Return all that the catalogue holds of passages, and their documents."""
    library.close()
    with sqlite3.connect(library.folder / "catalogue.sqlite3") as connection:
        return connection.execute(
            'SELECT p.id, p.document_id, p.version, p.start, p."end", p.text, p.sentences, '
            "p.vector, v.title, v.source, v.language, v.text, v.blocks, v.quality FROM passages p "
            "JOIN versions v ON v.document_id = p.document_id ORDER BY p.id"
        ).fetchall()


def run(library: Library, folder: Path) -> tuple[SyncReport, list[Progress]]:
    told: list[Progress] = []
    report = Intake(library, EMBEDDINGS, 1, told.append).sync(folder)
    return replace(report, seconds=0), told


def started(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that grows with the number of processes each run may start."""
    counts: list[int] = []
    own = Workers.__init__

    def note(self: Workers, count: int, options: ReadingOptions) -> None:
        counts.append(count)
        own(self, count, options)

    monkeypatch.setattr(Workers, "__init__", note)
    return counts


def test_processes_change_nothing_but_the_time(tmp_path, folder, library, monkeypatch):
    alone = Library(tmp_path / "alone")
    expected = run(alone, folder)
    monkeypatch.setattr("assistant.ingestion.ahead._LEAST_BYTES", 1)
    monkeypatch.setattr("assistant.ingestion.ahead.usable_cores", lambda: 2)
    monkeypatch.setattr("assistant.ingestion.ahead._MOST_BYTES", 2000)  # a few files at once
    counts = started(monkeypatch)

    assert run(library, folder) == expected
    assert counts == [2]
    assert len(expected[0].failed) == 2
    assert [t.done for t in expected[1]] == list(range(1, 41))
    words = dict(alone.terms.words())
    assert dict(library.terms.words()) == words
    for word in ("rebuilt", "ميناء"):
        assert words[word]
    assert stored(library) == stored(alone)


@pytest.mark.usefixtures("parallel")
def test_files_that_are_known_are_not_read_again(folder, library, monkeypatch):
    run(library, folder)
    for failing in folder.glob("1[23]-*"):
        failing.unlink()
    counts = started(monkeypatch)
    report, _ = run(library, folder)

    assert len(report.unchanged) == 38
    assert counts == []


@pytest.mark.usefixtures("parallel")
def test_a_changed_file_is_updated_and_a_moved_one_moved(folder, library):
    run(library, folder)
    (folder / "00.txt").write_text("The island has a new harbour now.", "utf-8")
    (folder / "01.md").rename(folder / "99.md")
    report, _ = run(library, folder)

    assert [Path(s).name for s in report.updated] == ["00.txt"]
    assert [Path(s).name for s in report.moved] == ["99.md"]
    assert not report.added
    assert not report.removed


@pytest.mark.usefixtures("parallel")
def test_the_same_file_twice_and_documents_between_files(folder, library):
    document = Document(title="Between", text="A bridge between two files.")
    files = sorted(folder.glob("0*.txt"))
    report = Intake(library, EMBEDDINGS, 1).add([files[0], document, files[0], *files])

    assert [Path(s).name for s in report.added] == [
        *("00.txt", "Between", "03.txt", "06.txt", "07-copy.txt", "09.txt")
    ]
    assert len(report.unchanged) == 2


@pytest.mark.usefixtures("parallel")
def test_a_file_that_goes_while_it_waits_is_read_as_it_was(folder, library):
    first, second = folder / "00.txt", folder / "03.txt"
    report = Intake(library, EMBEDDINGS, 1, lambda _: second.unlink(missing_ok=True)).add(
        [first, second]
    )

    assert [Path(s).name for s in report.added] == ["00.txt", "03.txt"]


@pytest.mark.usefixtures("parallel")
def test_a_file_that_changes_while_it_waits_is_read_again_the_next_time(folder, library):
    first, second = folder / "00.txt", folder / "03.txt"

    def change(told: Progress) -> None:
        if told.done == 1:
            second.write_text("Changed while the first one was written.", "utf-8")

    Intake(library, EMBEDDINGS, 1, change).add([first, second])
    report = Intake(library, EMBEDDINGS, 1).add([first, second])

    assert [Path(s).name for s in report.updated] == ["03.txt"]
    assert [Path(s).name for s in report.unchanged] == ["00.txt"]


def test_an_embedding_that_is_not_built_in_embeds_in_this_process(
    folder, library, monkeypatch, parallel
):
    class Lengths(type(EMBEDDINGS).__mro__[1]):  # LangChain's base class
        def embed_documents(self, texts):
            return [[float(len(text)), 1.0] for text in texts]

        def embed_query(self, text):
            return [float(len(text)), 1.0]

    Intake(library, Lengths(), 1).sync(folder)
    _, _, vectors = library.catalogue.vectors()

    assert vectors.shape == (library.catalogue.count_passages(), 2)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)


def test_a_process_that_ends_costs_its_file_only(tmp_path):
    workers = Workers(1)
    path = tmp_path / "a.txt"
    try:
        text = b"A lighthouse on the cape."
        assert workers.submit(path, text, "a", with_vectors=True).result().document.source == "a"
        process = workers._all[0]._process
        assert process is not None
        os.kill(process.pid, signal.SIGKILL)
        with pytest.raises(UnreadableDocument, match=r"a\.txt.* ended"):
            workers.submit(path, text, "a", with_vectors=True).result()
        again = workers.submit(path, text, "a", with_vectors=False).result()
        assert again.vectors is None
        assert again.terms == [passage_terms(text.decode())]
    finally:
        workers.close()


def test_a_file_that_takes_too_long_is_given_up_and_the_next_one_is_read(tmp_path):
    workers = Workers(1, replace(DEFAULT_OPTIONS, max_seconds=2))
    slow = "".join(f"The {n} words of a very long book. " for n in range(400_000)).encode()
    try:
        with pytest.raises(UnreadableDocument, match="SANAD_MAX_READING_SECONDS"):
            workers.submit(tmp_path / "a.txt", slow, "a", with_vectors=True).result()
        workers._options = DEFAULT_OPTIONS
        quick = workers.submit(tmp_path / "b.txt", b"A short one.", "b", with_vectors=True)
        assert quick.result().document.text == "A short one."
    finally:
        workers.close()


# Where a reading process starts, its readers hang at files that are called so.
HANGING = """
import assistant.documents as documents

def hanging(own):
    def read(data, name, options):
        while name.rpartition("/")[2].startswith("hang"):
            pass
        return own(data, name, options)
    return read

documents.READERS = {suffix: hanging(own) for suffix, own in documents.READERS.items()}
"""


@pytest.fixture
def hanging(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ReadingOptions:
    """Readers that hang at some files, in other processes only; and how long they may."""
    (tmp_path / "readers").mkdir()
    (tmp_path / "readers" / "sitecustomize.py").write_text(HANGING, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "readers"))
    return replace(DEFAULT_OPTIONS, max_seconds=1)


def small(folder: Path, *names: str) -> Path:
    """Return a folder of small files with different words."""
    folder.mkdir(exist_ok=True)
    for name in names:
        words = f"The harbour of {name} was rebuilt."
        if name.endswith(".md"):
            words += "\n\nThe tide comes in twice a day." * 10_000
        quoted = {".json": f'["{words}"]', ".html": f"<p>{words}</p>", ".csv": f"a\n{words}\n"}
        (folder / name).write_text(quoted.get(Path(name).suffix, words), "utf-8")
    return folder


@pytest.mark.parametrize("cores", [1, 2])
def test_readers_that_hang_are_ended_and_the_run_goes_on(
    cores, tmp_path, library, hanging, monkeypatch
):
    monkeypatch.setattr("assistant.ingestion.ahead.usable_cores", lambda: cores)
    bad = ["hang.csv", "hang.html", "hang.md", "hang.json"]
    folder = small(tmp_path / "few", "a.html", *bad, "z.csv", "z.txt")
    report = Intake(library, EMBEDDINGS, 1, options=hanging).sync(folder)

    assert [Path(source).name for source in report.added] == ["a.html", "z.csv", "z.txt"]
    assert sorted(Path(failure.source).name for failure in report.failed) == sorted(bad)
    for failure in report.failed:
        assert failure.source in failure.message
        assert "1 second" in failure.message
        assert "SANAD_MAX_READING_SECONDS" in failure.message


def test_reader_that_hangs_at_a_file_that_has_moved_is_ended(tmp_path, library, hanging):
    folder = small(tmp_path / "few", "a.html", "b.csv")
    Intake(library, EMBEDDINGS, 1, options=hanging).sync(folder)
    (folder / "a.html").rename(folder / "hang.html")
    report = Intake(library, EMBEDDINGS, 1, options=hanging).sync(folder)

    assert [Path(source).name for source in report.moved] == ["hang.html"]
    assert [Path(source).name for source in report.unchanged] == ["b.csv"]
    assert {Path(d.source).name for d in library.documents()} == {"b.csv", "hang.html"}


def test_reader_that_hangs_keeps_the_old_version(tmp_path, library, hanging):
    folder = small(tmp_path / "few", "hang.txt")
    Intake(library, EMBEDDINGS, 1, options=hanging).sync(folder)
    (folder / "hang.txt").write_text("<html><p>The harbour is closed.</p></html>", "utf-8")
    report = Intake(library, EMBEDDINGS, 1, options=hanging).sync(folder)

    assert [Path(failure.source).name for failure in report.failed] == ["hang.txt"]
    (document,) = library.documents()
    assert library.document(document.id).text == "The harbour of hang.txt was rebuilt."


def test_closing_ends_all_processes(tmp_path):
    workers = Workers(2)
    text = ("The tide comes in twice a day. " * 20_000).encode()
    waiting = [
        workers.submit(tmp_path / f"{i}.txt", text, str(i), with_vectors=True) for i in range(6)
    ]
    while not all(worker._process for worker in workers._all):
        time.sleep(0.01)
    processes = [worker._process for worker in workers._all if worker._process]
    workers.close()

    assert [process.poll() is not None for process in processes] == [True, True]
    assert all(future.done() for future in waiting)


def test_a_script_without_a_main_guard_is_not_run_again(tmp_path, folder):
    script = tmp_path / "script.py"
    script.write_text(
        textwrap.dedent(
            f"""
            import assistant.ingestion.ahead as ahead
            from assistant import Assistant, Settings

            print("begun")
            ahead._LEAST_BYTES, ahead.usable_cores = 1, lambda: 2
            with Assistant({str(tmp_path / "library")!r}, Settings()) as own:
                print(len(own.add({str(folder)!r}).added))
            """
        ),
        "utf-8",
    )
    done = subprocess.run(
        [sys.executable, script], capture_output=True, encoding="utf-8", check=True, cwd=tmp_path
    )

    assert done.stdout.split() == ["begun", "38"]
    assert done.stderr == ""
