"""Processes beside this one that may crash, or be ended, without harm."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO

from assistant.errors import UnreadableDocument

# To start in; a machine may be busy, and it is no file's fault.
_STARTING_SECONDS = 120
_PACKAGES = Path(__file__).resolve().parents[2]


def asked(process: Process, task: object, path: Path, seconds: int) -> object:
    """Return what a process makes of a task about a file.

    Args:
        process: The process; it is ended where it was not done in time.
        task: What it is to do.
        path: The file.
        seconds: How long it may take.

    Raises:
        UnreadableDocument: The process ended, or was not done in time.
        Exception: Whatever the task raised.
    """
    alarm = _Alarm(seconds, process.interrupt)
    try:
        with _Alarm(_STARTING_SECONDS, process.interrupt):
            process.start()
        with alarm:
            outcome = process.ask(task)
    except (EOFError, OSError, pickle.UnpicklingError) as error:
        process.end()
        raise _unread(path, seconds if alarm.has_rung else 0) from error
    finally:
        if alarm.has_rung:
            process.end()  # it may have been done at that very moment
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


class _Alarm:
    """Ends what is done inside it when a time has passed."""

    def __init__(self, seconds: float, ring: Callable[[], None]) -> None:
        self.has_rung = False
        self._ring = ring
        self._is_over = False
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._when_due)
        self._timer.daemon = True

    def _when_due(self) -> None:
        with self._lock:
            if not self._is_over:
                self.has_rung = True
                self._ring()

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        with self._lock:
            self._is_over = True


def _unread(path: Path, seconds: int) -> UnreadableDocument:
    """Return what to raise for a file whose process ended: by itself, or after some seconds."""
    why = "the process that was reading it ended. It may be damaged, or need more memory than"
    words = f"{why} there is. Try it alone, or leave it out."
    if seconds:
        words = (
            f"it was not done in {seconds} seconds. Raise SANAD_MAX_READING_SECONDS, split it, or "
            "leave it out."
        )
    return UnreadableDocument(f"{path} can't be read: {words}", str(path))


class Process:
    """A process that does tasks of one kind, one after the other; started when first asked.

    Args:
        module: The module that it runs.
    """

    def __init__(self, module: str) -> None:
        self._module = module
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """See that the process is there and ready."""
        if self._process is None:
            self._process = _started(self._module)
            self._next()

    def ask(self, task: object) -> object:
        """Return what the process makes of a task, or the exception that it raised."""
        if self._process is None:
            raise EOFError
        tasks = _pipe(self._process.stdin)
        pickle.dump(task, tasks, pickle.HIGHEST_PROTOCOL)
        tasks.flush()
        return self._next()

    def _next(self) -> object:
        if self._process is None:
            raise EOFError
        return pickle.load(_pipe(self._process.stdout))  # noqa: S301  # from our own process

    def interrupt(self) -> None:
        """End the process, whoever is waiting for it."""
        if self._process is not None:
            self._process.kill()

    def end(self) -> None:
        """End the process, when nobody is waiting for it any more."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise OSError("The process has no pipe.")
    return pipe


def _started(module: str) -> subprocess.Popen[bytes]:
    # -P: nothing that lies in the working folder is imported, this package wherever it lies.
    paths = [str(_PACKAGES), *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.Popen(  # noqa: S603  # own modules
        [sys.executable, "-P", "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
    )
