"""A thread that mends something until it is well, and can be stopped."""

from __future__ import annotations

import atexit
import logging
import threading
from collections.abc import Callable

from assistant.errors import LibraryError
from assistant.schema import Mending, MendingReason

_LOG = logging.getLogger(__name__)
# Seconds between two attempts: each pause is twice the one before.
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0
_JOIN_SECONDS = 30.0


class Stopped(LibraryError):
    """What is being mended is closed, or made anew by somebody else."""


class Mender:
    """Does one piece of work in the background, again and again until it succeeds.

    Args:
        work: What to do; it calls `go_on` between its steps, and what it raises as a `LibraryError`
            or an `OSError` is tried again after a pause.
    """

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._changing = threading.Lock()
        self._thread: threading.Thread | None = None
        self._state: Mending | None = None
        self.stop = threading.Event()

    @property
    def state(self) -> Mending | None:
        """What is being done and why; None while nothing is."""
        return self._state

    def begin(self, reason: MendingReason, detail: str = "") -> None:
        """Begin, unless it is being done already.

        Args:
            reason: Why.
            detail: The words of the error that led to it.
        """
        with self._changing:
            if self._thread is not None:
                return
            self._state = Mending(reason, 0, 0, detail)
            self.stop.clear()
            self._thread = threading.Thread(target=self._run, name="sanad-mending", daemon=True)
            # A thread that is cut off within Chroma could bring the process down at its end.
            atexit.register(self.halt)
            self._thread.start()

    def _run(self) -> None:
        pause = _FIRST_PAUSE
        while True:
            try:
                self._work()
            except Stopped:
                return
            except (LibraryError, OSError) as error:
                _LOG.warning("The vectors are not mended yet: %s", error)
                self.tell(0, 0, str(error))
            else:
                self._end()
                return
            if self.stop.wait(pause):
                return
            pause = min(2 * pause, _LONGEST_PAUSE)

    def _end(self) -> None:
        with self._changing:
            self._thread = self._state = None
            atexit.unregister(self.halt)

    def go_on(self) -> None:
        """Raise `Stopped` where the work is to end."""
        if self.stop.is_set():
            raise Stopped("It is not mended any further.")

    def tell(self, done: int, total: int, detail: str = "") -> None:
        """Note how far the work has come."""
        with self._changing:
            if self._state is not None:
                self._state = Mending(self._state.reason, done, total, detail)

    def settle(self, seconds: float | None = None) -> bool:
        """Wait for the end, and return whether it has come.

        Args:
            seconds: How long at most; None for as long as it takes.
        """
        thread = self._thread
        if thread is not None:
            thread.join(seconds)
        return self._state is None

    def halt(self) -> None:
        """End the work, finished or not."""
        self.stop.set()
        thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(_JOIN_SECONDS)
        self._end()
