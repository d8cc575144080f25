"""Disks and names that give trouble: a clear error, and a library that is whole afterwards."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant import Assistant, Document, LibraryDamaged, LibraryError, LibraryLocked, Settings

BERRIES = [Document(title=f"Berry {n}", text=f"Basket {n} holds {n} mulberries.") for n in range(8)]
QUESTION = "How many mulberries does basket 5 hold?"
NAMES = {
    "newline": "two\nlines",
    "tab": "a\tb",
    "quotes": 'it\'s "quoted"',
    "percent": "100%41 %00 %zz",
    "question mark": "what?mode=ro&immutable=1",
    "hash": "a#b",
    "semicolon": "a; DROP TABLE b",
    "backslash": "a\\b",
    "dollar": "$HOME `id` ~",
    "star": "*[a]{b}",
    "dash": "-rf",
    "spaces": " before and after ",
    "composed": "caf\u00e9",
    "decomposed": "cafe\u0301",
    "emoji": "\U0001f4da",
    "marks": "a\u202eb\u200fc\u00ad",
    "Arabic": "مكتبة سند",
    "long": "x" * 200,
    "memory": ":memory:",
}
NO_UTF_8 = "caf\udce9"


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_library_and_documents_may_have_any_name(tmp_path: Path, name: str) -> None:
    library, documents = tmp_path / "here" / name, tmp_path / "documents" / name
    documents.mkdir(parents=True)
    (documents / f"{name}.txt").write_text("The password of Kimbo is tirefano.")
    with Assistant(library, Settings()) as assistant:
        assert len(assistant.sync(documents).added) == 1
        assert len(assistant.sync(documents).unchanged) == 1

    for read_only in (False, True):
        with Assistant(library, Settings(), read_only=read_only) as assistant:
            (citation,) = assistant.ask("What is the password of Kimbo?").citations
            assert citation.cited_text == "The password of Kimbo is tirefano."
            assert assistant.source_state(citation.document_id) == "same"
            assert read_only or assistant._library.settle(0)
    assert [path.name for path in (tmp_path / "here").iterdir()] == [name]
    assert {"catalogue.sqlite3", "chroma", "terms"} <= {path.name for path in library.iterdir()}


def test_document_whose_name_is_no_utf_8_is_read_and_kept_in_step(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    try:
        (documents / f"{NO_UTF_8}.txt").write_text("The password of Kimbo is tirefano.")
    except (OSError, UnicodeEncodeError):
        pytest.skip("this file system takes no such name")
    with Assistant(tmp_path / "library", Settings()) as assistant:
        assert len(assistant.sync(documents).added) == 1
        answer = assistant.ask("What is the password of Kimbo?")
        assert answer.citations[0].source.encode().endswith(rb"caf\udce9.txt")
        assert answer.to_markdown().encode()
        (documents / f"{NO_UTF_8}.txt").write_text("The password of Kimbo is sumadore.")
        assert len(assistant.sync(documents).updated) == 1
        (documents / f"{NO_UTF_8}.txt").unlink()
        (documents / "other.txt").write_text("Other words.")
        assert len(assistant.sync(documents).removed) == 1


@pytest.mark.parametrize("read_only", [False, True], ids=["writer", "reader"])
@pytest.mark.parametrize(
    ("name", "said"),
    [
        (NO_UTF_8, "no UTF-8"),
        ("/".join(["d" * 100] * 5), "at most 486"),
        ("/".join(["م" * 100] * 3), "at most 486"),
        ("/".join(["d" * 200] * 25), "at most 486"),
    ],
    ids=["no UTF-8", "long", "long in bytes", "longer than any path"],
)
def test_library_whose_path_cannot_be_used_says_why_and_makes_nothing(
    tmp_path: Path, name: str, said: str, read_only: bool
) -> None:
    with pytest.raises(LibraryError, match=said) as raised:
        Assistant(tmp_path / "here" / name, Settings(), read_only=read_only)

    assert str(raised.value).encode()
    assert not (tmp_path / "here").exists()


def test_documents_deeper_than_any_path_are_told_and_remove_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    monkeypatch.chdir(documents)
    for level in range(25):
        Path(f"{level}.txt").write_text(f"The password of Level{level} is word{level}.")
        Path("e" * 200).mkdir()
        os.chdir("e" * 200)
    os.chdir(tmp_path)
    with Assistant(tmp_path / "library", Settings()) as assistant:
        for _ in range(2):
            report = assistant.sync(documents)
            assert [failure.error for failure in report.failed] == ["UnreadableDocument"]
            assert not report.removed
        assert len(assistant.documents()) > 15


@pytest.mark.filterwarnings("ignore:flock not supported")
@pytest.mark.parametrize("is_new", [True, False], ids=["new", "there"])
@pytest.mark.parametrize("number", ["ENOLCK", "ENOSYS", "EOPNOTSUPP"])
def test_disk_without_locks_is_named_and_the_library_is_opened_once_it_has_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: str, is_new: bool
) -> None:
    fcntl = pytest.importorskip("fcntl")
    folder = tmp_path / "library"
    if not is_new:
        with Assistant(folder, Settings()) as assistant:
            assistant.add(*BERRIES)

    def fail(*_: object) -> None:
        raise OSError(getattr(errno, number), os.strerror(getattr(errno, number)))

    monkeypatch.setattr(fcntl, "flock", fail)
    for _ in range(2):
        with pytest.raises(LibraryError, match="no locks") as raised:
            Assistant(folder, Settings())
        assert not isinstance(raised.value, LibraryLocked)
    if not is_new:
        with Assistant(folder, Settings(), read_only=True) as reader:
            assert reader.ask(QUESTION).answered

    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    if is_new:
        with Assistant(folder, Settings()) as assistant:
            assistant.add(*BERRIES)
    assert whole(folder) == len(BERRIES)


# Full disks


class Disk:
    """A small disk of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, room: int) -> None:
        """Leave some bytes."""
        filler = self.folder / "filler"
        with filler.open("wb", buffering=0) as file:
            with contextlib.suppress(OSError):
                while True:
                    file.write(bytes(4096))
            file.truncate(filler.stat().st_size - room)

    def free(self) -> None:
        (self.folder / "filler").unlink()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    there = tmp_path / "disk"
    there.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "none", there]
    if (
        not shutil.which("mount")
        or subprocess.run(mount, check=False, capture_output=True).returncode
    ):
        pytest.skip("this user may not mount")
    yield Disk(there)
    subprocess.run(["umount", "--lazy", there], check=True)


def whole(folder: Path) -> int:
    """Return how many documents a library holds, which it answers from and has indexed."""
    with Assistant(folder, Settings()) as assistant:
        assert assistant.ask(QUESTION).citations[0].cited_text == "Basket 5 holds 5 mulberries."
        library = assistant._library
        assert library.settle(60)
        count = library.catalogue.count_passages()
        assert count == library.terms.count() == library._dense._chroma.count()
        return len(assistant.documents())


def third(assistant: Assistant) -> str:
    return next(d.id for d in assistant.documents() if d.title == "Berry 3")


def sync(assistant: Assistant, folder: Path) -> None:
    folder.mkdir()
    (folder / "fig.txt").write_text("The fig tree bears figs. " * 4000)
    assistant.sync(folder)


def talk(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    for _ in range(40):
        conversation.ask(QUESTION)


ACTS: dict[str, Callable[[Assistant, Path], object]] = {
    "add": lambda a, _: a.add(Document(title="Jam", text="The jam pot holds quinces. " * 5000)),
    "sync": lambda a, place: sync(a, place / "documents"),
    "remove": lambda a, _: a.remove(third(a)),
    "purge": lambda a, _: a.remove(third(a), purge=True),
    "rebuild": lambda a, _: a.rebuild(),
    "talk": lambda a, _: talk(a),
    "correct": lambda a, _: a.correct(third(a), title="Another title"),
}


@pytest.mark.parametrize("room", [0, 8192, 65536], ids=["full", "8 KB", "64 KB"])
@pytest.mark.parametrize("act", ACTS)
def test_full_disk_is_named_answers_go_on_and_nothing_is_lost(
    disk: Disk, tmp_path: Path, act: str, room: int
) -> None:
    folder = disk.folder / "library"
    with Assistant(folder, Settings()) as assistant:
        assistant.add(*BERRIES)
    assistant = Assistant(folder, Settings())
    disk.fill(room)

    said = []
    try:
        ACTS[act](assistant, tmp_path)
    except LibraryError as error:
        said.append(error)
    assert assistant.ask(QUESTION).answered
    try:
        assistant.close()
    except LibraryError as error:
        said.append(error)
    assert said or room
    for error in said:
        assert not isinstance(error, LibraryDamaged)
        assert "full" in str(error) or "space" in str(error)

    disk.free()
    held = whole(folder)
    is_removal = act in ("remove", "purge")
    assert held in ((7, 8) if is_removal else (8,)), said
    if is_removal and not said:
        assert held == 7


@pytest.mark.parametrize("room", [0, 8192], ids=["full", "8 KB"])
@pytest.mark.parametrize("read_only", [False, True], ids=["writer", "reader"])
def test_library_that_is_opened_on_a_full_disk_answers_or_says_so(
    disk: Disk, room: int, read_only: bool
) -> None:
    folder = disk.folder / "library"
    with Assistant(folder, Settings()) as assistant:
        assistant.add(*BERRIES)
    disk.fill(room)

    said = []
    for _ in range(2):
        try:
            with Assistant(folder, Settings(), read_only=read_only) as assistant:
                assert assistant.ask(QUESTION).answered
        except LibraryError as error:
            said.append(error)
    for error in said:
        assert not isinstance(error, LibraryDamaged)
        assert "full" in str(error) or "space" in str(error)

    disk.free()
    assert whole(folder) == len(BERRIES)


def test_purge_on_a_full_disk_says_what_is_left_and_is_finished_later(disk: Disk) -> None:
    folder = disk.folder / "library"
    with Assistant(folder, Settings()) as assistant:
        assistant.add(
            *BERRIES, Document(title="Secret", text="The zephyrquill lies in basket nine.")
        )
        secret = next(d.id for d in assistant.documents() if d.title == "Secret")
        disk.fill(65536)

        with pytest.raises(LibraryError, match="may still stand") as raised:
            assistant.remove(secret, purge=True)
        assert "Nothing was changed" not in str(raised.value)
        assert "Secret" not in {document.title for document in assistant.documents()}
        disk.free()

    assert whole(folder) == len(BERRIES)
    data = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert not any(b"zephyrquil" in one for one in data)


# No permission

REFUSED = """
import os, sys
from assistant import Assistant, AssistantError, Settings
# What is imported on the way may lie where only root comes.
with Assistant(sys.argv[2], Settings()) as assistant:
    assistant.ask("Who?")
os.setuid(65534)
for read_only in (False, True):
    try:
        with Assistant(sys.argv[1], Settings(), read_only=read_only) as assistant:
            print("answered", assistant.ask("How many mulberries does basket 5 hold?").answered)
    except AssistantError as error:
        print(type(error).__name__, " ".join(str(error).split()))
"""


@pytest.mark.parametrize(
    ("closed", "mode", "writer", "reader"),
    [
        ("", 0o555, "LibraryError", "answered True"),
        ("", 0o000, "LibraryError", "LibraryError"),
        ("catalogue.sqlite3", 0o000, "LibraryError", "LibraryError"),
        ("terms", 0o000, "LibraryError", "LibraryError"),
    ],
    ids=["only to be read", "closed", "catalogue", "terms"],
)
def test_library_that_may_not_be_used_says_so_and_is_unharmed(
    tmp_path: Path, child, closed: str, mode: int, writer: str, reader: str
) -> None:
    if not hasattr(os, "geteuid") or os.geteuid():
        pytest.skip("only root can become somebody else")
    folder = tmp_path / "library"
    with Assistant(folder, Settings()) as assistant:
        assistant.add(*BERRIES)
    for path in folder.rglob("*"):
        os.chown(path, 65534, 65534)
    os.chown(folder, 65534, 65534)
    for path in [tmp_path, *tmp_path.parents[:3]]:
        path.chmod(path.stat().st_mode | 0o055)
    (folder / closed).chmod(mode)

    said, errors = child(REFUSED, folder, tmp_path / "other").communicate()

    (folder / closed).chmod(0o755)
    lines = said.splitlines()
    assert len(lines) == 2, errors
    assert lines[0].startswith(writer), lines
    assert lines[1].startswith(reader), lines
    for line in lines:
        assert line.startswith("answered") or str(folder) in line
        assert "LibraryDamaged" not in line
    assert whole(folder) == len(BERRIES)
