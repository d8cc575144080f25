"""Long work in a thread of its own, followed step by step; it can be stopped between two steps."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass

from assistant.schema import Progress, ProgressCallback, SyncReport

# Between two updates of the page.
_PAUSE_SECONDS = 0.4
# Before this, a remaining time would be a guess.
_TELLING_SECONDS = 2.0


class Stopped(Exception):  # no error: somebody wished it
    """The work was stopped."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far work has come.

    Attributes:
        at: The last step; None before the first.
        seconds_left: How long it will take, where that can be told.
    """

    at: Progress | None = None
    seconds_left: float | None = None


def followed(
    work: Callable[[ProgressCallback], SyncReport], stop: threading.Event
) -> Generator[Step | SyncReport]:
    """Do work and tell how far it is, at most a few times a second.

    Args:
        work: The work; it tells each step to what it is given.
        stop: Ends the work at its next step.

    Yields:
        Steps, and at last the report.

    Raises:
        Stopped: It was stopped.
        Exception: Whatever the work raised.
    """
    told: queue.SimpleQueue[SyncReport | BaseException] = queue.SimpleQueue()
    latest: list[Progress] = []

    def progress(at: Progress) -> None:
        if stop.is_set():
            raise Stopped
        latest[:] = [at]

    def run() -> None:
        try:
            told.put(work(progress))
        except BaseException as error:  # noqa: BLE001  # raised where it is awaited
            told.put(error)

    thread = threading.Thread(target=run, name="sanad-following", daemon=True)
    started = time.monotonic()
    thread.start()
    try:
        yield Step()
        while True:
            try:
                ended = told.get(timeout=_PAUSE_SECONDS)
            except queue.Empty:
                yield _step(latest[0] if latest else None, time.monotonic() - started)
                continue
            if isinstance(ended, BaseException):
                raise ended
            yield ended
            return
    finally:
        # Reached too when nobody follows any more.
        stop.set()
        thread.join()


def _step(at: Progress | None, seconds: float) -> Step:
    if at is None or not at.done or seconds < _TELLING_SECONDS:
        return Step(at)
    return Step(at, seconds / at.done * (at.total - at.done))
