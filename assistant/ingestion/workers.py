"""Processes that read files, one a core."""

from __future__ import annotations

import os
import queue
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import cast

from assistant.documents import DEFAULT_OPTIONS, ReadingOptions
from assistant.ingestion.prepared import Prepared
from assistant.ingestion.processes import Process, asked

# Each holds about 150 MB, and one process writes what all of them read.
_MOST = 8
_Task = tuple[Path, bytes, str, bool, ReadingOptions]
_WORKER = "assistant.ingestion.worker"


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
        self._free: queue.SimpleQueue[Process] = queue.SimpleQueue()
        self._all = [Process(_WORKER) for _ in range(count)]
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
        process = self._free.get()
        try:
            return cast("Prepared", asked(process, task, task[0], self._options.max_seconds))
        finally:
            self._free.put(process)

    def close(self) -> None:
        """End the processes; what was not read yet is forgotten."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._all:
            worker.interrupt()
        self._threads.shutdown()
        for worker in self._all:
            worker.end()
