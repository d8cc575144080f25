"""A library folder: it survives kills, damage and company, and answers afterwards."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import numpy as np
import pytest

from assistant import (
    Assistant,
    Document,
    LibraryDamaged,
    LibraryError,
    LibraryLocked,
    Settings,
)
from assistant.library import Library
from assistant.library.vectors import ChromaVectors

Start = Callable[..., "subprocess.Popen[str]"]
BERRIES = [Document(title=f"Berry {n}", text=f"Basket {n} holds {n} mulberries.") for n in range(8)]


def on_files(test: Callable[..., None]) -> Callable[..., None]:
    """Mark a test of Chroma's own files; all others run on a server too."""
    test.is_on_files = True
    return test


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    places = ["files"] if hasattr(metafunc.function, "is_on_files") else ["files", "server"]
    metafunc.parametrize("_vectors", places, indirect=True)


@pytest.fixture(autouse=True)
def _vectors(_bare: None, request, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the vectors are: in the library's folder or on a server."""
    if request.param == "server":
        monkeypatch.setenv("SANAD_CHROMA_URL", request.getfixturevalue("chroma_server").url)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed library of a few documents."""
    with Assistant(tmp_path / "library", Settings.load()) as assistant:
        assistant.add(*BERRIES)
    return tmp_path / "library"


class Disk:
    """A small disk of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self) -> None:
        with (self.folder / "filler").open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(bytes(4096))

    def free(self) -> None:
        (self.folder / "filler").unlink()


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Disk]:
    there = tmp_path / "disk"
    there.mkdir()
    mounted = (
        shutil.which("mount")
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=4m", "none", there],
            check=False,
            capture_output=True,
        ).returncode
    )
    if not mounted:
        pytest.skip("this user may not mount")
    yield Disk(there)
    subprocess.run(["umount", "--lazy", there], check=True)


def chroma_of(library: Library) -> ChromaVectors:
    chroma = library._dense._chroma
    assert chroma is not None
    return chroma


def answers(folder: Path, **options: object) -> bool:
    """Open a library, and return whether it finds its documents by both legs."""
    with Assistant(folder, Settings.load(), **options) as assistant:
        library = assistant._library
        passages = library.catalogue.count_passages()
        assert library.settle(60)
        vectors = passages if library.read_only else chroma_of(library).count()
        assert library.terms.count() == vectors == passages == len(BERRIES)
        found = assistant.search("How many mulberries does basket 5 hold?", k=20)
        return found[0].document_title == "Berry 5" and len(found) == len(BERRIES)


def files(folder: Path, pattern: str = "*") -> dict[str, bytes]:
    return {
        str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob(pattern) if p.is_file()
    }


def merge(folder: Path) -> Path:
    """Return the catalogue's file with its log merged into it."""
    path = folder / "catalogue.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


# Catching up


@on_files
@pytest.mark.parametrize("index", ["terms", "chroma", "terms chroma"])
def test_deleted_indexes_are_made_anew(folder: Path, index: str) -> None:
    for name in index.split():
        shutil.rmtree(folder / name)

    assert answers(folder)


@on_files
@pytest.mark.parametrize("index", ["terms", "chroma"])
def test_plain_file_in_the_place_of_an_index_is_replaced(folder: Path, index: str) -> None:
    shutil.rmtree(folder / index)
    (folder / index).write_text("no folder")

    assert answers(folder)


@on_files
def test_indexes_from_an_older_backup_catch_up(folder: Path, tmp_path: Path) -> None:
    for name in ("terms", "chroma"):
        shutil.copytree(folder / name, tmp_path / name)
    with Assistant(folder, Settings.load()) as assistant:
        removed = assistant.documents()[0]
        assistant.remove(removed.id)
        assistant.add(Document(title="Jam", text="The jam pot holds eight mulberries."))
    for name in ("terms", "chroma"):
        shutil.rmtree(folder / name)
        shutil.copytree(tmp_path / name, folder / name)

    with Assistant(folder, Settings.load()) as assistant:
        found = assistant.search("mulberries", k=20)
        assert assistant._library.settle(60)
        assert assistant._library.terms.count() == chroma_of(assistant._library).count() == 8
        assert {hit.document_title for hit in found} == {
            document.title for document in assistant.documents()
        }


@pytest.mark.parametrize("index", ["terms", "chroma"])
def test_index_of_another_format_loses_what_was_removed_meanwhile(folder: Path, index: str) -> None:
    with Assistant(folder, Settings.load()) as assistant:
        if index == "terms":
            recorded = folder / "terms" / "generation.json"
            recorded.write_text(recorded.read_text().replace('"format": ', '"format": 9'))
        else:
            chroma = chroma_of(assistant._library)._collection
            chroma.modify(metadata={**chroma.metadata, "format": 0})
        assistant.remove(assistant.documents()[0].id)

    with Assistant(folder, Settings.load()) as assistant:
        library = assistant._library
        assert library.catalogue.count_passages() == len(BERRIES) - 1
        assert library.settle(60)
        assert library.terms.count() == chroma_of(library).count() == len(BERRIES) - 1
        assert len(assistant.search("mulberries", k=20)) == len(BERRIES) - 1


def test_catalogue_from_an_older_backup_makes_the_indexes_anew(
    folder: Path, tmp_path: Path
) -> None:
    merge(folder)
    shutil.copy(folder / "catalogue.sqlite3", tmp_path / "backup")
    with Assistant(folder, Settings.load()) as assistant:
        assistant.remove(assistant.documents()[3].id)
        assistant.add(Document(title="Jam", text="The jam pot holds eight mulberries."))
    for path in folder.glob("catalogue.sqlite3*"):
        path.unlink()
    shutil.copy(tmp_path / "backup", folder / "catalogue.sqlite3")

    assert answers(folder)


@on_files
@pytest.mark.parametrize("how", ["truncated", "garbage"])
def test_damaged_chroma_is_found_out_and_made_anew(folder: Path, how: str, caplog) -> None:
    for path in (folder / "chroma").rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            half = data[: len(data) // 2]
            path.write_bytes(half if how == "truncated" else os.urandom(len(data)))

    assert answers(folder)
    assert "damaged" in caplog.text


@on_files
def test_sound_chroma_is_kept_though_its_files_changed(folder: Path, caplog) -> None:
    data = next((folder / "chroma").rglob("header.bin"))
    data.touch()
    inode = data.stat().st_ino

    assert answers(folder)
    assert "damaged" not in caplog.text
    assert data.stat().st_ino == inode


@on_files
def test_chroma_is_not_probed_after_a_clean_close(folder: Path, monkeypatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("probed")

    monkeypatch.setattr("assistant.library.dense.is_usable", fail)

    assert answers(folder)


@on_files
def test_probe_runs_nothing_from_the_working_directory(folder: Path, tmp_path: Path) -> None:
    for name in ("numpy", "json", "chromadb"):
        (tmp_path / f"{name}.py").write_text("open('ran', 'w').close()\nraise SystemExit(1)\n")
    next((folder / "chroma").rglob("*.bin")).touch()

    assert answers(folder)
    assert not (tmp_path / "ran").exists()


# Damage to the catalogue


@pytest.mark.parametrize("read_only", [False, True], ids=["writer", "reader"])
@pytest.mark.parametrize("how", ["garbage", "text", "truncated", "empty", "other", "newer", "odd"])
def test_catalogue_that_cannot_be_trusted_is_damaged(
    folder: Path, how: str, read_only: bool
) -> None:
    path = merge(folder)
    data = path.read_bytes()
    if how in ("other", "newer", "odd"):
        statement = {
            "other": "ALTER TABLE meta RENAME TO data",
            "newer": "UPDATE meta SET value = '99' WHERE key = 'schema'",
            "odd": "UPDATE meta SET value = 'new' WHERE key = 'schema'",
        }[how]
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(statement)
            connection.commit()
    else:
        path.write_bytes(
            {
                "garbage": os.urandom(len(data)),
                "text": b"no catalogue " * 1000,
                "truncated": data[: len(data) // 2],
                "empty": b"",
            }[how]
        )
    before = path.read_bytes()

    with pytest.raises(LibraryDamaged) as raised:
        Assistant(folder, Settings.load(), read_only=read_only)

    assert str(path) in str(raised.value)
    assert path.read_bytes() == before
    # The lock was given back: the same error comes again, and no other.
    with pytest.raises(LibraryDamaged):
        Assistant(folder, Settings.load(), read_only=read_only)


def test_damage_in_later_pages_is_damage(folder: Path) -> None:
    path = merge(folder)
    data = path.read_bytes()
    page = 4096
    path.write_bytes(data[: 2 * page] + os.urandom(len(data) - 2 * page))

    def read_all() -> None:
        with Assistant(folder, Settings.load(), read_only=True) as assistant:
            assistant.search("mulberries")
            for document in assistant.documents():
                assistant.document(document.id)

    with pytest.raises(LibraryDamaged):
        read_all()


def test_lost_catalogue_is_not_taken_for_an_empty_library(folder: Path) -> None:
    for path in folder.glob("catalogue.sqlite3*"):
        path.unlink()

    with pytest.raises(LibraryError):
        Assistant(folder, Settings.load(), read_only=True)


def test_missing_library_is_said_with_the_command_and_the_call(tmp_path: Path) -> None:
    with pytest.raises(LibraryError) as raised:
        Assistant(tmp_path / "nowhere", Settings.load(), read_only=True)

    for hint in (repr(str(tmp_path / "nowhere")), "sanad add", "add(path) in Python"):
        assert hint in str(raised.value)


# One process writes

HOLD = """
import sys
from assistant import Assistant, Document, Settings
with Assistant(sys.argv[1], Settings.load()) as assistant:
    print("open", flush=True)
    for line in sys.stdin:
        name = line.strip()
        assistant.add(Document(title=name, text=f"The password of {name} is quince."))
        print(name, flush=True)
"""


def read_line(process: subprocess.Popen[str]) -> str:
    line = process.stdout.readline().strip()
    assert line, process.stderr.read()
    return line


def test_second_writer_is_told_who_holds_the_lock(folder: Path, child: Start) -> None:
    holder = child(HOLD, folder)
    assert read_line(holder) == "open"

    with pytest.raises(LibraryLocked) as raised:
        Assistant(folder, Settings.load())

    assert str(holder.pid) in str(raised.value)
    assert socket.gethostname() in str(raised.value)
    for hint in (repr(str(folder)), "sanad ask", "read_only=True"):
        assert hint in str(raised.value)

    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert answers(folder)


def test_second_writer_in_the_same_process_is_told_so(folder: Path) -> None:
    with Assistant(folder, Settings.load()):
        with pytest.raises(LibraryLocked, match="this very process"):
            Assistant(folder, Settings.load())
        with Assistant(folder, Settings.load(), read_only=True) as reader:
            assert len(reader.documents()) == len(BERRIES)

    assert answers(folder)


def test_reader_sees_what_another_process_adds(folder: Path, child: Start) -> None:
    writer = child(HOLD, folder)
    assert read_line(writer) == "open"
    with Assistant(folder, Settings.load(), read_only=True) as reader:
        known = {hit.document_title for hit in reader.search("What is the password of Samarkand?")}
        assert not known & {"Samarkand", "سمرقند"}

        for name in ("Samarkand", "سمرقند"):
            writer.stdin.write(f"{name}\n")
            writer.stdin.flush()
            assert read_line(writer) == name

            assert name in {document.title for document in reader.documents()}
            assert reader.search(f"What is the password of {name}?")[0].document_title == name
            assert reader._library.terms.count() == len(reader.documents())
            near = reader._library.near(
                reader._embeddings.embed_query(f"The password of {name} is quince."), 1
            )
            assert near[0][1] == pytest.approx(1, abs=1e-3)


def test_reader_changes_no_file(folder: Path) -> None:
    merge(folder)
    before = files(folder)
    with Assistant(folder, Settings.load(), read_only=True) as reader:
        assert reader.ask("How many mulberries does basket 5 hold?").answered
    after = files(folder)

    kept = {name for name in before | after if not name.endswith(("-shm", "-wal"))}
    assert {name: after.get(name) for name in kept} == {name: before.get(name) for name in kept}


@pytest.fixture
def unwritable(folder: Path, tmp_path: Path) -> Iterator[Path]:
    """Another way to the library's folder by which nothing can be written, as on a CD."""
    there = tmp_path / "unwritable"
    there.mkdir()
    mounted = (
        shutil.which("mount")
        and not subprocess.run(
            ["mount", "--bind", "-o", "ro", folder, there], check=False, capture_output=True
        ).returncode
    )
    if not mounted:
        pytest.skip("this user may not mount")
    yield there
    # Lazily: tantivy lets go of its files when the index is collected.
    subprocess.run(["umount", "--lazy", there], check=True)


def test_reader_of_a_folder_that_may_not_be_written_answers(unwritable: Path) -> None:
    assert answers(unwritable, read_only=True)


@pytest.mark.parametrize("first", ["reader", "writer"])
def test_reader_of_a_folder_that_may_not_be_written_sees_what_is_added(
    folder: Path, unwritable: Path, first: str
) -> None:
    with ExitStack() as stack:
        opened = {}
        for role in (first, "writer" if first == "reader" else "reader"):
            place = unwritable if role == "reader" else folder
            opened[role] = Assistant(place, Settings.load(), read_only=role == "reader")
            stack.enter_context(opened[role])
        reader, writer = opened["reader"], opened["writer"]
        assert len(reader.documents()) == len(BERRIES)
        writer.add(*[Document(title=f"Jam {n}", text=f"Pot {n} holds quinces.") for n in range(99)])

        assert len(reader.documents()) == len(BERRIES) + 99
        assert reader.search("quinces")[0].document_title.startswith("Jam")


def test_writer_in_a_folder_that_may_not_be_written_is_told_so(unwritable: Path) -> None:
    with pytest.raises(LibraryError, match="read_only=True"):
        Assistant(unwritable, Settings.load())


@pytest.mark.parametrize("left", ["-shm -wal", "-wal"])
def test_log_of_a_killed_writer_is_read_or_named_where_nothing_may_be_written(
    folder: Path, unwritable: Path, child: Start, left: str
) -> None:
    writer = child(HOLD, folder)
    read_line(writer)
    writer.stdin.write("Samarkand\n")
    writer.stdin.flush()
    read_line(writer)
    writer.kill()
    writer.wait()
    if left == "-shm -wal":
        with Assistant(unwritable, Settings.load(), read_only=True) as reader:
            assert "Samarkand" in {document.title for document in reader.documents()}
    else:
        (folder / "catalogue.sqlite3-shm").unlink()
        with pytest.raises(LibraryError, match="may not be written") as raised:
            Assistant(unwritable, Settings.load(), read_only=True)
        assert not isinstance(raised.value, LibraryDamaged)
        assert "catalogue.sqlite3-wal" in str(raised.value)


def test_folder_that_cannot_be_made_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    for folder in (tmp_path / "file", tmp_path / "file" / "library"):
        with pytest.raises(LibraryError, match="file"):
            Assistant(folder, Settings.load())


# Killed

KILLED = """
import sys
from assistant import Assistant, Document, Settings
with Assistant(sys.argv[1], Settings.load()) as assistant:
    for n in range(10**6):
        name = f"{sys.argv[2]}-{n}"
        assistant.add(
            Document(title=name, text=f"The password of {name} is quince. " * 20),
            Document(title=f"{name} twin", text=f"The twin of {name} knows the password. " * 20),
        )
        print(name, flush=True)
"""


def test_killed_writer_loses_nothing_that_it_acknowledged(tmp_path: Path, child: Start) -> None:
    folder = tmp_path / "library"
    moments = random.Random(7)  # noqa: S311  # spreads the kills over the steps of an add
    acknowledged: list[str] = []
    for life in ("first", "second", "third"):
        writer = child(KILLED, folder, life)
        names = [read_line(writer) for _ in range(moments.randint(1, 3))]
        time.sleep(moments.uniform(0, 0.2))
        writer.send_signal(signal.SIGKILL)
        names += writer.communicate()[0].split()
        acknowledged += [*names, *(f"{name} twin" for name in names)]
        with Assistant(folder, Settings.load(), read_only=True) as reader:
            titles = [document.title for document in reader.documents()]
        assert set(acknowledged) <= set(titles)

    with Assistant(folder, Settings.load()) as assistant:
        library = assistant._library
        documents = assistant.documents()
        assert len({document.title for document in documents}) == len(documents)
        # What was not acknowledged is there as a whole or not at all.
        assert len(documents) - len(acknowledged) in (0, 2, 4, 6)
        assert library.settle(60)
        assert library.terms.count() == chroma_of(library).count()
        assert library.terms.count() == library.catalogue.count_passages()
        for name in acknowledged:
            if not name.endswith("twin"):
                hits = assistant.search(f"What is the password of {name}?", k=3)
                assert name in {hit.document_title for hit in hits}


# Purging

PURGED = """
import os, sys
from assistant import Assistant, Settings
from assistant.library.store import Library
rebuild = Library.rebuild
def die(*arguments, **options):
    if sys.argv[3] == "after":
        rebuild(*arguments, **options)
    os._exit(9)
Library.rebuild = die
with Assistant(sys.argv[1], Settings.load()) as assistant:
    assistant.remove(sys.argv[2], purge=True)
"""


RIDDLE = "The zephyrquill lies in basket nine."


def add_secret(assistant: Assistant) -> str:
    """Add a document beside one of the rest, and return its id."""
    basket = next(d for d in assistant.documents() if d.title == "Berry 0")
    assistant.remove(basket.id, purge=True)
    assistant.add(BERRIES[0], Document(title="Secret", text=RIDDLE))
    return next(d.id for d in assistant.documents() if d.title == "Secret")


def leaks(folder: Path, assistant: Assistant) -> list[str]:
    """Return the files that still hold the secret's words or its vector."""
    vector = assistant._embeddings.embed_documents([RIDDLE])[0]
    needles = (b"zephyrquil", np.asarray(vector, "<f4").tobytes()[:256])
    return [name for name, data in files(folder).items() if any(n in data for n in needles)]


@pytest.mark.parametrize("when", ["before", "after"])
def test_purge_that_was_cut_off_is_finished_at_the_next_opening(
    folder: Path, child: Start, when: str
) -> None:
    with Assistant(folder, Settings.load()) as assistant:
        secret = add_secret(assistant)
    killed = child(PURGED, folder, secret, when)
    killed.communicate()
    assert killed.returncode == 9
    with Assistant(folder, Settings.load(), read_only=True) as reader:
        assert leaks(folder, reader)

    with Assistant(folder, Settings.load()) as assistant:
        assert "Secret" not in {document.title for document in assistant.documents()}
        assert leaks(folder, assistant) == []
    assert answers(folder)
    before = {path: path.stat().st_ino for path in (folder / "chroma").rglob("*.bin")}
    assert answers(folder)
    assert {path: path.stat().st_ino for path in (folder / "chroma").rglob("*.bin")} == before


RESIDUE = """
import sys
from assistant import Assistant, Settings
with Assistant(sys.argv[1], Settings.load()) as assistant:
    assistant.remove(assistant.documents()[0].id, purge=True)
    print("purged", flush=True)
    sys.stdin.readline()
"""


@on_files
def test_purge_leaves_nothing_of_the_memory_in_the_files(
    folder: Path, child: Start, monkeypatch
) -> None:
    """The C library fills memory that is asked for with 0x5a here, so that it can be told."""
    monkeypatch.setenv("MALLOC_PERTURB_", str(0xFF ^ 0x5A))
    process = child(RESIDUE, folder)
    assert read_line(process) == "purged"
    residue = bytes([0x5A]) * 64
    for end in ("", "\n"):
        if end:
            process.communicate(end)
        index = files(folder / "chroma", "*.bin")
        assert len(index) == 4
        assert [name for name, data in index.items() if residue in data] == []


def test_purge_says_that_a_reader_keeps_erased_words_and_is_finished_later(
    folder: Path, monkeypatch
) -> None:
    monkeypatch.setattr("assistant.library.database._BUSY_SECONDS", 0.1)
    with Assistant(folder, Settings.load()) as assistant:
        secret = add_secret(assistant)
        with closing(sqlite3.connect(folder / "catalogue.sqlite3")) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM documents").fetchone()

            with pytest.raises(LibraryError, match="reading the catalogue") as raised:
                assistant.remove(secret, purge=True)
            assert not isinstance(raised.value, LibraryDamaged)
            assert "Secret" not in {document.title for document in assistant.documents()}
            assert b"zephyrquill" in b"".join(files(folder, "catalogue*").values())

            assistant.close()
            with Assistant(folder, Settings.load()):
                pass

    assert answers(folder)
    assert b"zephyrquil" not in b"".join(files(folder).values())


def test_purge_that_a_reader_held_up_is_finished_at_closing(folder: Path, monkeypatch) -> None:
    monkeypatch.setattr("assistant.library.database._BUSY_SECONDS", 0.1)
    with Assistant(folder, Settings.load()) as assistant:
        secret = add_secret(assistant)
        with closing(sqlite3.connect(folder / "catalogue.sqlite3")) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM documents").fetchone()
            with pytest.raises(LibraryError, match="reading the catalogue"):
                assistant.remove(secret, purge=True)

    assert b"zephyrquil" not in b"".join(files(folder).values())


# Threads


@pytest.mark.parametrize("purge", [False, True], ids=["remove", "purge"])
def test_threads_ask_while_documents_come_and_go(folder: Path, purge: bool) -> None:
    failures: list[BaseException] = []
    stop = threading.Event()
    with Assistant(folder, Settings.load(overrides={"min_confidence": 0})) as assistant:

        def ask(number: int) -> None:
            while not stop.is_set():
                try:
                    answer = assistant.ask(f"How many mulberries does basket {number} hold?")
                    assert answer.answered, "refused while other documents were changed"
                    for c in answer.citations:
                        assert c.cited_text.startswith("Basket")
                except BaseException as error:  # noqa: BLE001  # handed to the test
                    failures.append(error)
                    return

        threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
        for thread in threads:
            thread.start()
        try:
            for number in (20, 21, 22):
                assistant.add(Document(title="New", text=f"Basket {number} is new."))
                new = next(d.id for d in assistant.documents() if d.title == "New")
                assistant.remove(new, purge=purge)
        finally:
            stop.set()
            for thread in threads:
                thread.join()

    assert failures == []
    assert answers(folder)


def test_threads_that_add_the_same_bytes_make_one_document(tmp_path: Path) -> None:
    paths = [tmp_path / f"copy{n}.txt" for n in range(4)]
    for path in paths:
        path.write_text("The same words in four places. " * 200)
    barrier = threading.Barrier(len(paths))
    with Assistant(tmp_path / "library", Settings.load()) as assistant:

        def add(path: Path) -> None:
            barrier.wait()
            assistant.add(path)

        threads = [threading.Thread(target=add, args=(path,)) for path in paths]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        (document,) = assistant.documents()

        assert set(document.sources) == set(map(str, paths))


def test_threads_that_ended_leave_no_file_open(folder: Path) -> None:
    descriptors = Path("/proc/self/fd")
    if not descriptors.is_dir():
        pytest.skip("the system does not list open files under /proc")
    with Assistant(folder, Settings.load()) as assistant:
        assistant.ask("How many mulberries?")
        before = len(list(descriptors.iterdir()))
        for _ in range(30):
            thread = threading.Thread(target=assistant.ask, args=("How many mulberries?",))
            thread.start()
            thread.join()

        assert len(list(descriptors.iterdir())) < before + 10


# Closing


def test_library_closes_twice(folder: Path) -> None:
    assistant = Assistant(folder, Settings.load())
    assistant.close()
    assistant.close()

    assert answers(folder)


def test_library_on_a_full_disk_says_so_and_is_let_go_of(full_disk: Disk) -> None:
    with Assistant(full_disk.folder / "library", Settings.load()) as assistant:
        assistant.add(*BERRIES)
    assistant = Assistant(full_disk.folder / "library", Settings.load())
    full_disk.fill()

    with pytest.raises(LibraryError, match=r"full|space"):
        assistant.add(Document(title="Jam", text="The jam pot holds quinces. " * 20_000))
    # What little these write may still find room in files that are there.
    with contextlib.suppress(LibraryError):
        assistant.close()
    for _ in range(2):
        with contextlib.suppress(LibraryError):
            Assistant(full_disk.folder / "library", Settings.load()).close()

    full_disk.free()
    assert answers(full_disk.folder / "library")


def test_name_of_the_holder_that_cannot_be_written_is_a_clear_error(folder: Path) -> None:
    (folder / "lock.json").mkdir()
    for _ in range(2):
        with pytest.raises(LibraryError, match=r"lock\.json"):
            Assistant(folder, Settings.load())

    (folder / "lock.json").rmdir()
    assert answers(folder)


@pytest.mark.parametrize("step", ["catalogue.forget_removed", "catalogue.close", "_dense.close"])
def test_error_while_closing_leaves_nothing_open(folder: Path, monkeypatch, step: str) -> None:
    assistant = Assistant(folder, Settings.load())
    part, name = step.split(".")
    owner = getattr(assistant._library, part)
    close = getattr(owner, name)

    def fail(*arguments: object) -> None:
        close(*arguments)
        raise LibraryError("the disk is on fire")

    monkeypatch.setattr(owner, name, fail)
    with pytest.raises(LibraryError, match="on fire"):
        assistant.close()
    monkeypatch.undo()

    assert answers(folder)


def test_catalogue_alone_holds_the_documents_after_closing(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    shutil.copy(folder / "catalogue.sqlite3", tmp_path / "copy")

    assert answers(tmp_path / "copy")


@pytest.mark.parametrize(
    "use",
    [
        lambda a: a.ask("How many mulberries?"),
        lambda a: a.search("mulberries"),
        lambda a: a.documents(),
        lambda a: a.document("x"),
        lambda a: a.add(Document(title="New", text="Some words.")),
        lambda a: a.remove("x"),
    ],
    ids=["ask", "search", "documents", "document", "add", "remove"],
)
def test_closed_library_says_so(folder: Path, use: Callable[[Assistant], object]) -> None:
    assistant = Assistant(folder, Settings.load())
    assistant.close()

    with pytest.raises(LibraryError, match="closed"):
        use(assistant)
