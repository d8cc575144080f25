"""A folder that is watched: what changes is read, whatever happens to the folder."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.errors import LibraryError, UnreadableDocument
from assistant.ingestion import Intake, Watcher, watching
from assistant.library import Library
from assistant.models import load_embeddings
from assistant.schema import ProgressCallback, SyncReport

EMBEDDINGS = load_embeddings("builtin")
ONE, TWO = "The harbour board met on Tuesday.", "وقعت البلدية اتفاقا مع شركة النقل."
LONG = 120  # seconds: nothing takes so long unless it never comes


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look often; what is tested is not how long a person waits."""
    monkeypatch.setattr(watching, "_GATHERED", 100)
    monkeypatch.setattr(watching, "_STEP", 20)
    monkeypatch.setattr(watching, "_LOOK", 200)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "a.txt").write_text(ONE, encoding="utf-8")
    return folder


class Watching:
    """A watcher in a thread over a real library, and what it tells."""

    def __init__(self, folder: Path, library: Path, *, is_synced: bool = False) -> None:
        self.folder = folder
        self.library = Library(library)
        self.runs = 0
        self.error: Exception | None = None
        self.outcomes: queue.SimpleQueue[SyncReport | Exception] = queue.SimpleQueue()
        self.watcher = Watcher(folder, library, self.sync, self.outcomes.put)
        self.thread = threading.Thread(
            target=self.watcher.run, kwargs={"is_synced": is_synced}, daemon=True
        )
        self.thread.start()

    def sync(self, progress: ProgressCallback) -> SyncReport:
        self.runs += 1
        if self.error:
            raise self.error
        return Intake(self.library, EMBEDDINGS, 1, progress).sync(self.folder)

    def until(self, fits: Callable[[SyncReport | Exception], bool]) -> SyncReport | Exception:
        """Return the first outcome from now on that fits."""
        while True:
            outcome = self.outcomes.get(timeout=LONG)
            if fits(outcome):
                return outcome

    def names(self) -> set[str]:
        return {Path(source).name for d in self.library.documents() for source in d.sources}

    def close(self) -> None:
        self.watcher.stop()
        self.thread.join(LONG)
        assert not self.thread.is_alive()
        self.library.close()


@pytest.fixture
def watched(folder: Path, tmp_path: Path) -> Iterator[Watching]:
    watched = Watching(folder, tmp_path / "library")
    watched.until(lambda outcome: isinstance(outcome, SyncReport))
    yield watched
    watched.close()


def did(kind: str, *names: str) -> Callable[[SyncReport | Exception], bool]:
    """Return whether a run has in one of its lists just these files."""
    return lambda outcome: (
        isinstance(outcome, SyncReport)
        and {Path(source).name for source in getattr(outcome, kind)} == set(names)
    )


def test_files_are_followed_as_they_come_change_move_and_go(
    watched: Watching, folder: Path
) -> None:
    assert watched.names() == {"a.txt"}
    (folder / "b.txt").write_text(TWO, encoding="utf-8")
    watched.until(did("added", "b.txt"))
    (folder / "b.txt").write_text(TWO + TWO, encoding="utf-8")
    watched.until(did("updated", "b.txt"))
    (folder / "sub").mkdir()
    (folder / "b.txt").rename(folder / "sub" / "c.txt")
    watched.until(did("moved", "c.txt"))
    (folder / "sub" / "d.txt").write_text("It cost 12 pounds.", encoding="utf-8")
    watched.until(did("added", "d.txt"))
    (folder / "a.txt").unlink()
    watched.until(did("removed", "a.txt"))

    assert watched.names() == {"c.txt", "d.txt"}


def test_ignore_file_is_followed(watched: Watching, folder: Path) -> None:
    (folder / "b.txt").write_text(TWO, encoding="utf-8")
    watched.until(did("added", "b.txt"))
    (folder / ".sanadignore").write_text("a.txt", encoding="utf-8")
    watched.until(did("removed", "a.txt"))
    (folder / ".sanadignore").unlink()
    watched.until(did("added", "a.txt"))


def test_folder_that_goes_removes_nothing_and_is_read_when_it_is_back(
    watched: Watching, folder: Path, tmp_path: Path
) -> None:
    folder.rename(tmp_path / "away")
    error = watched.until(lambda outcome: isinstance(outcome, Exception))
    assert isinstance(error, UnreadableDocument)
    assert watched.names() == {"a.txt"}
    # Another folder in its place, as when a drive is mounted again.
    folder.mkdir()
    (folder / "a.txt").write_text(ONE, encoding="utf-8")
    (folder / "b.txt").write_text(TWO, encoding="utf-8")
    watched.until(did("added", "b.txt"))
    (folder / "c.txt").write_text("It cost 12 pounds.", encoding="utf-8")
    watched.until(did("added", "c.txt"))


def test_failure_is_told_once_and_tried_again(watched: Watching, folder: Path) -> None:
    watched.error = LibraryError("the disk is full")
    (folder / "b.txt").write_text(TWO, encoding="utf-8")
    watched.until(lambda outcome: isinstance(outcome, LibraryError))
    before = watched.runs
    while watched.runs < before + 3:
        threading.Event().wait(0.05)
    assert watched.outcomes.empty()
    watched.error = None
    watched.until(did("added", "b.txt"))


def test_library_in_the_folder_does_not_keep_it_busy(folder: Path) -> None:
    watched = Watching(folder, folder / "library")
    try:
        watched.until(did("added", "a.txt"))
        (folder / "b.txt").write_text(TWO, encoding="utf-8")
        watched.until(did("added", "b.txt"))
        (folder / "c.txt").write_text("It cost 12 pounds.", encoding="utf-8")
        watched.until(did("added", "c.txt"))
        assert watched.watcher._counts(None, str(folder / "library" / "terms" / "x")) is False
    finally:
        watched.close()


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("a.txt", True),
        ("sub/b.md", True),
        (".sanadignore", True),
        ("sub/.sanadignore", True),
        (".hidden.txt", False),
        (".git/index", False),
        ("~$report.docx", False),
        ("draft.txt", False),
        ("sub/draft.txt", False),
        ("drafts/a.txt", False),
        ("draft.md", True),
    ],
)
def test_changes_that_count(folder: Path, tmp_path: Path, name: str, counts: bool) -> None:
    (folder / ".sanadignore").write_text("draft.txt\ndrafts/\n", encoding="utf-8")
    watcher = Watcher(folder, tmp_path / "library", lambda _: SyncReport(), lambda _: None)

    assert watcher._counts(None, str(folder / name)) is counts


def test_folder_is_looked_at_where_the_system_tells_of_no_changes(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import watchfiles

    real, asked = watchfiles.watch, []

    def watch(*folders: Path, force_polling: bool | None, **options: object) -> object:
        asked.append(force_polling)
        if not force_polling:
            raise OSError(28, "OS file watch limit reached")
        return real(*folders, force_polling=True, **options)

    monkeypatch.setattr(watchfiles, "watch", watch)
    watched = Watching(folder, tmp_path / "library")
    try:
        watched.until(did("added", "a.txt"))
        (folder / "b.txt").write_text(TWO, encoding="utf-8")
        watched.until(did("added", "b.txt"))
        assert asked[:2] == [None, True]
    finally:
        watched.close()


def test_stop_ends_a_run_after_its_document_and_keeps_what_it_did(
    folder: Path, tmp_path: Path
) -> None:
    for number in range(30):
        (folder / f"{number:02}.txt").write_text(f"{ONE} {number}.", encoding="utf-8")
    library = Library(tmp_path / "library")
    told: list[object] = []
    watcher = Watcher(
        folder,
        library.folder,
        lambda tell: Intake(library, EMBEDDINGS, 1, tell).sync(folder),
        told.append,
    )
    watcher.run(lambda step: watcher.stop() if step.done == 5 else None)

    assert told == []
    assert len(library.documents()) == 5
    assert len(Intake(library, EMBEDDINGS, 1).sync(folder).added) == 26
    library.close()


def test_what_is_told_may_end_the_watching(folder: Path, tmp_path: Path) -> None:
    def fail(outcome: SyncReport | Exception) -> None:
        raise RuntimeError("no more")

    watcher = Watcher(folder, tmp_path / "library", lambda _: SyncReport(), fail)
    with pytest.raises(RuntimeError, match="no more"):
        watcher.run()


def test_watching_of_a_synced_folder_sees_what_changed_in_between(
    folder: Path, tmp_path: Path
) -> None:
    watched = Watching(folder, tmp_path / "library", is_synced=True)
    try:
        assert watched.until(did("added", "a.txt"))
    finally:
        watched.close()
