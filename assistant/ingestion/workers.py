"""Processes that read files, one a core."""

from __future__ import annotations

import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any

from assistant.documents import DEFAULT_OPTIONS, ReadingOptions
from assistant.errors import UnreadableDocument
from assistant.ingestion.prepared import Prepared

# Each holds about 150 MB, and one process writes what all of them read.
_MOST = 8
# To start in; a machine may be busy, and it is no file's fault.
_STARTING_SECONDS = 120
_Task = tuple[Path, bytes, str, bool, ReadingOptions]
_PACKAGES = Path(__file__).resolve().parents[2]


def usable_cores() -> int:
    """Return how many cores this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


class Workers:
    """Reads files in processes beside this one.

    Args:
        count: How many processes; each is started when it is first needed.
        options: How files are read.
    """

    def __init__(self, count: int, options: ReadingOptions = DEFAULT_OPTIONS) -> None:
        self._options = options
        count = min(count, _MOST)
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="sanad-reading")
        self._free: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        self._all = [_Worker() for _ in range(count)]
        for worker in self._all:
            self._free.put(worker)

    def submit(
        self, path: Path, data: bytes, source: str, *, with_vectors: bool
    ) -> Future[Prepared]:
        """Have a file's bytes read.

        Args:
            path: The file.
            data: Its bytes.
            source: The name that it is known by.
            with_vectors: Whether to make the built-in embedding's vectors too.

        Returns:
            What will hold the document, or raise what reading it raised.
        """
        return self._threads.submit(self._read, (path, data, source, with_vectors, self._options))

    def _read(self, task: _Task) -> Prepared:
        worker, path = self._free.get(), task[0]
        seconds = self._options.max_seconds
        alarm = _Alarm(seconds, worker.interrupt)
        try:
            with _Alarm(_STARTING_SECONDS, worker.interrupt):
                worker.start()
            with alarm:
                outcome = worker.ask(task)
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            worker.end()
            raise _unread(path, seconds if alarm.has_rung else 0) from error
        finally:
            if alarm.has_rung:
                worker.end()  # it may have been done at that very moment
            self._free.put(worker)
        if isinstance(outcome, Prepared):
            return outcome
        raise outcome

    def close(self) -> None:
        """End the processes; what was not read yet is forgotten."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._all:
            worker.interrupt()
        self._threads.shutdown()
        for worker in self._all:
            worker.end()


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


class _Worker:
    """One process, started when it is first needed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """See that the process is there and ready."""
        if self._process is None:
            self._process = _started()
            self._next()

    def ask(self, task: _Task) -> Prepared | Exception:
        """Return what the process makes of a task."""
        if self._process is None:
            raise EOFError
        tasks = _pipe(self._process.stdin)
        pickle.dump(task, tasks, pickle.HIGHEST_PROTOCOL)
        tasks.flush()
        outcome: Prepared | Exception = self._next()
        return outcome

    def _next(self) -> Any:  # noqa: ANN401  # whatever the process has sent
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


def _started() -> subprocess.Popen[bytes]:
    # -P: nothing that lies in the working folder is imported, this package wherever it lies.
    paths = [str(_PACKAGES), *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.Popen(  # own module
        [sys.executable, "-P", "-m", "assistant.ingestion.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
    )
