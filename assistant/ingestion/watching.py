"""Keeps a library in step with a folder for as long as it runs."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import UnreadableDocument
from assistant.ingestion.ignoring import IGNORE_FILE, is_ignored
from assistant.schema import Progress, ProgressCallback, SyncReport

if TYPE_CHECKING:
    from watchfiles import Change

_LOG = logging.getLogger(__name__)
Sync = Callable[[ProgressCallback], SyncReport]
Told = Callable[[SyncReport | Exception], None]
# Changes are gathered until nothing has changed for a moment: a copied folder is read once.
_GATHERED = 1000  # milliseconds
_STEP = 100  # milliseconds
# How often it is seen whether the folder is still the same one, and what failed is tried again.
_LOOK = 2000  # milliseconds
_LONGEST = 300.0  # seconds; some network drives tell of no changes


class _Stopped(Exception):
    """The watching is to end; raised inside a run."""


class Watcher:
    """Syncs a folder now, and again whenever something in it changes.

    What fails is told and tried again, so that a drive that comes back is read. A run that is
    stopped has written what it had done.

    Args:
        folder: The folder.
        left_out: A folder whose changes do not count: the library's own.
        sync: Syncs the folder; it is handed what is told after each document.
        told: Takes each run's report, or why it failed; the same failure once. What it raises
            ends the watching.
    """

    def __init__(self, folder: Path, left_out: Path, sync: Sync, told: Told) -> None:
        self._folder = _absolute(folder)
        self._left_out = {_absolute(left_out), left_out.resolve()}
        self._sync = sync
        self._told = told
        self._stop = threading.Event()
        self._failure = ""
        self._is_polling = False

    def stop(self) -> None:
        """End the watching, from any thread, and the run in progress after its document."""
        self._stop.set()

    def run(self, progress: ProgressCallback | None = None, *, is_synced: bool = False) -> None:
        """Watch until it is stopped.

        Args:
            progress: Told after each document.
            is_synced: Whether the folder was synced just now.
        """

        def tell(step: Progress) -> None:
            if progress is not None:
                progress(step)
            if self._stop.is_set():
                raise _Stopped

        with suppress(_Stopped):
            if not is_synced:
                self._once(tell)
            for _ in self._moments():
                self._once(tell)

    def _once(self, tell: ProgressCallback) -> None:
        try:
            report = self._sync(tell)
        except _Stopped:
            raise
        except Exception as error:  # noqa: BLE001  # whoever is told decides what ends the watching
            is_new, self._failure = str(error) != self._failure, str(error)
            if is_new:
                self._told(error)
        else:
            self._failure = ""
            self._told(report)

    def _moments(self) -> Iterator[None]:
        """Yield whenever the folder is to be synced."""
        while not self._stop.is_set():
            if (identity := _identity(self._folder)) is not None:
                yield from self._changes(identity)
            else:
                yield  # the run says that it is missing
                self._stop.wait(_LOOK / 1000)

    def _changes(self, identity: tuple[int, int]) -> Iterator[None]:
        """Yield at each change, as long as the folder is the same one."""
        # What changed before the watching began is seen at the first look.
        synced = float("-inf")
        for has_changed in self._looks():
            if has_changed or self._failure or time.monotonic() - synced > _LONGEST:
                synced = time.monotonic()
                yield
            if self._stop.is_set() or _identity(self._folder) != identity:
                return

    def _looks(self) -> Iterator[bool]:
        """Yield whether something has changed, at least every two seconds."""
        from watchfiles import watch

        try:
            for changes in watch(
                self._folder,
                watch_filter=self._counts,
                debounce=_GATHERED,
                step=_STEP,
                stop_event=self._stop,
                rust_timeout=_LOOK,
                yield_on_timeout=True,
                force_polling=self._is_polling or None,
                poll_delay_ms=_LOOK,
                ignore_permission_denied=True,
            ):
                yield bool(changes)
        except (OSError, RuntimeError) as error:
            # It went away meanwhile, or the system watches no more files for this user.
            _LOG.warning("%s is looked at every few seconds instead: %s", self._folder, error)
            self._is_polling = True
            self._stop.wait(_LOOK / 1000)

    def _counts(self, _: Change, name: str) -> bool:
        """Return whether a change may change what is to be read."""
        path = _absolute(Path(name))
        if any(path.is_relative_to(own) for own in self._left_out):
            return False
        if path.name == IGNORE_FILE or not path.is_relative_to(self._folder):
            return True
        try:
            return not is_ignored(path, self._folder)
        except (UnreadableDocument, OSError):
            return True  # the run says what is wrong


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100  # resolve() would follow links


def _identity(folder: Path) -> tuple[int, int] | None:
    """Return what tells a folder from another one that is mounted or moved to its place."""
    try:
        facts = folder.stat()
    except OSError:
        return None
    return facts.st_dev, facts.st_ino
