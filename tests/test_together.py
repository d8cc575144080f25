"""Processes and threads that share a library: readers beside a writer, and who may write."""

from __future__ import annotations

import json
import os
import pickle
import re
import shutil
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import PIPE, Popen
from typing import NamedTuple

import pytest

from assistant import Assistant, Document, LibraryLocked, Settings
from assistant.cli import main
from assistant.library import library_state
from assistant.library.lock import WriterLock, holder
from assistant.strings import explain

BERRIES = [Document(title=f"Berry {n}", text=f"Basket {n} holds {n} mulberries.") for n in range(8)]
QUESTION = "How many mulberries does basket 5 hold?"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed library of a few documents."""
    with Assistant(tmp_path / "library", Settings()) as assistant:
        assistant.add(*BERRIES)
    return tmp_path / "library"


# Readers beside a writer


def rebuilt(writer: Assistant) -> None:
    writer.rebuild()


def purged(writer: Assistant) -> None:
    writer.remove(next(d.id for d in writer.documents() if d.title == "Berry 7"), purge=True)


@pytest.mark.parametrize("changed", [rebuilt, purged])
def test_reader_finds_everything_while_the_indexes_are_made_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch, changed
) -> None:
    during = []
    with (
        Assistant(folder, Settings()) as writer,
        Assistant(folder, Settings(), read_only=True) as reader,
    ):
        added_since = writer._library.catalogue.added_since

        def asked_meanwhile(generation: int, batch: int) -> Iterator[object]:
            for part in added_since(generation, batch):
                reader._library.refresh()
                during.append((reader._library.terms.count(), reader.ask(QUESTION)))
                yield part

        monkeypatch.setattr(writer._library.catalogue, "added_since", asked_meanwhile)
        changed(writer)

        assert during, "the indexes were not made anew"
        for count, answer in during:
            assert count >= len(BERRIES) - 1  # without the one that is purged
            assert [c.cited_text for c in answer.citations] == ["Basket 5 holds 5 mulberries."]
        assert reader.ask(QUESTION).citations
        assert reader._library.terms.count() == len(writer.documents())


# Who may write


class Held(NamedTuple):
    library: Path
    holder: int


HOLD = """
import sys
from assistant import Assistant, Settings
with Assistant(sys.argv[1], Settings()):
    print("open", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    """A library that another process holds, as a page that is served does."""
    library = tmp_path_factory.mktemp("held") / "library"
    with Assistant(library, Settings()) as assistant:
        assistant.add(*BERRIES)
    command = [sys.executable, "-c", HOLD, str(library)]
    with Popen(command, stdin=PIPE, stdout=PIPE, encoding="utf-8") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield Held(library, process.pid)
        process.kill()


WRITING = [
    ["add", "a.txt"],
    ["sync", "."],
    ["remove", "any", "--yes"],
    ["correct", "any", "--title", "Other"],
    ["rebuild"],
    ["serve", "--no-sync", "--port", "{port}"],
]


SAID = {
    "en": ("is being written by process {pid} on {host} (since ", "sanad ask"),
    "ar": ("تكتب في المكتبة", "العملية {pid} على {host}", "sanad ask"),
}


@pytest.mark.parametrize("command", WRITING, ids=lambda command: command[0])
@pytest.mark.parametrize("language", SAID)
def test_command_that_writes_names_the_holder_in_one_line(
    held: Held,
    command: list[str],
    language: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SANAD_LANGUAGE", language)
    monkeypatch.chdir(held.library.parent)
    Path("a.txt").write_text("Basket 9 is new.")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    assert (
        main([*(part.format(port=port) for part in command), "--library", str(held.library)]) == 2
    )

    output = capsys.readouterr()
    assert (output.out, output.err.count("\n")) == ("", 1)
    plain = re.sub("[\u200e\u200f\u2066-\u2069]", "", output.err)
    for words in SAID[language]:
        assert words.format(pid=held.holder, host=socket.gethostname()) in plain


READING = [
    (["ask", QUESTION], "5 mulberries"),
    (["search", QUESTION], "Berry 5"),
    (["documents"], "Berry 5"),
]


@pytest.mark.parametrize(("command", "found"), READING, ids=[line[0][0] for line in READING])
def test_command_that_reads_works_beside_the_holder(
    held: Held, command: list[str], found: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, "--library", str(held.library)]) == 0
    output = capsys.readouterr()
    assert found in output.out
    assert output.err == ""


def test_error_of_a_locked_library_is_the_same_in_arabic(folder: Path) -> None:
    with Assistant(folder, Settings()), pytest.raises(LibraryLocked) as raised:
        Assistant(folder, Settings())

    assert str(raised.value) == explain(raised.value, "en")
    arabic = explain(raised.value, "ar")
    assert "هذه العملية نفسها" in arabic
    assert str(folder) in arabic
    again = pickle.loads(pickle.dumps(raised.value))  # noqa: S301  # from this very test
    assert explain(again, "ar") == arabic


# What a holder that is gone left behind

MINE = {"host": socket.gethostname(), "since": "2026-11-24T08:00:00+00:00"}
LEFT = [
    pytest.param(json.dumps({"pid": 2**22 - 3, **MINE}), id="process-is-gone"),
    pytest.param(json.dumps({"pid": os.getppid(), **MINE}), id="number-is-used-again"),
    pytest.param(json.dumps({"pid": os.getpid(), **MINE}), id="number-is-ours"),
    pytest.param(json.dumps({**MINE, "pid": 7, "host": "elsewhere"}), id="other-host"),
    pytest.param("", id="empty"),
    pytest.param("\x00\x01 no json", id="garbage"),
    pytest.param("[1, 2]", id="a-list"),
    pytest.param('{"pid": "x", "host": 3}', id="wrong-types"),
    pytest.param('{"pid": 1e999, "host": "a", "since": "b"}', id="no-number"),
    pytest.param("[" * 100_000, id="too-deep"),
]


@pytest.mark.parametrize("left", LEFT)
def test_name_that_was_left_behind_keeps_nobody_out(folder: Path, left: str) -> None:
    (folder / "lock.json").write_text(left)

    assert library_state(folder).holder == ""
    with Assistant(folder, Settings()) as assistant:
        assert assistant.ask(QUESTION).answered
        assert library_state(folder).holder == f"process {os.getpid()} on {MINE['host']}"
    assert not (folder / "lock.json").exists()


@pytest.mark.parametrize("left", LEFT)
def test_name_that_says_nothing_hides_no_holder(folder: Path, left: str) -> None:
    with Assistant(folder, Settings()):
        (folder / "lock.json").write_text(left)
        with pytest.raises(LibraryLocked, match="is being written by"):
            Assistant(folder, Settings())
        assert library_state(folder).holder


def test_holder_that_was_killed_keeps_nobody_out(
    folder: Path, child: Callable[..., Popen[str]]
) -> None:
    process = child(HOLD, folder)
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    assert library_state(folder).holder == f"process {process.pid} on {MINE['host']}"
    process.kill()
    process.wait()
    assert (folder / "lock.json").exists()

    assert library_state(folder).holder == ""
    with Assistant(folder, Settings()) as assistant:
        assert assistant.ask(QUESTION).answered


def test_looking_for_the_holder_changes_no_file(folder: Path) -> None:
    (folder / "lock.json").write_text("left")
    names = ("lock", "lock.json")
    before = [(folder / name).stat() for name in names]
    library_state(folder)

    after = [(folder / name).stat() for name in names]
    kept = [(s.st_ino, s.st_size, s.st_mtime_ns) for s in before]
    assert [(s.st_ino, s.st_size, s.st_mtime_ns) for s in after] == kept


def test_looking_for_the_holder_lets_a_writer_in(folder: Path) -> None:
    ended = threading.Event()

    def look() -> None:
        while not ended.is_set():
            holder(folder)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        for _ in range(20):
            WriterLock(folder).release()
    finally:
        ended.set()
        thread.join()


# A reader of an older library that is upgraded beside it

OLD = Path(__file__).parent / "libraries"


@pytest.mark.parametrize("version", [1, 2, 3])
def test_reader_opened_before_an_upgrade_sees_what_is_put_right_after_it(
    tmp_path: Path, version: int
) -> None:
    library, upgraded = tmp_path / "library", tmp_path / "upgraded"
    for place in (library, upgraded):
        shutil.copytree(OLD / f"schema-{version}", place)
    Assistant(upgraded, Settings()).close()
    shutil.copytree(upgraded / "terms", library / "terms")  # the old ones lie there without

    with Assistant(library, Settings(), read_only=True) as reader:
        assert "Renamed" not in {document.title for document in reader.documents()}
        with Assistant(library, Settings()) as writer:
            writer.correct("well", title="Renamed")
            assert "Renamed" in {document.title for document in reader.documents()}
            writer.add(Document(title="New", text="The new bridge of Tazga was built in 1966."))
            answer = reader.ask("When was the new bridge of Tazga built?")
        assert [c.document_title for c in answer.citations] == ["New"]
        assert "Renamed" in {document.title for document in reader.documents()}
