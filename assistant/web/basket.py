"""What was removed on the page and can still be brought back, for some minutes."""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import dataclass

from assistant.schema import Removal
from assistant.web.desk import Desk
from assistant.web.turns import log_unexpected

UNDO_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Removed:
    """A document that was removed.

    Attributes:
        token: Names it to the browser.
        title: Its title.
        desk: Who removed it.
        removal: What was removed.
        due: When it can be brought back no more, by `time.monotonic`.
    """

    token: str
    title: str
    desk: Desk
    removal: Removal
    due: float


class Basket:
    """Keeps what was removed until its time is over; any number of threads may use it.

    Args:
        seconds: How long it can be brought back.
    """

    def __init__(self, seconds: float = UNDO_SECONDS) -> None:
        self._seconds = seconds
        self._holding = threading.Lock()
        self._held: dict[str, Removed] = {}
        self._is_waiting = False

    def put(self, desk: Desk, title: str, removal: Removal) -> None:
        """Keep what somebody removed; when its time is over its files are deleted."""
        due = time.monotonic() + self._seconds
        one = Removed(secrets.token_urlsafe(12), title, desk, removal, due)
        with self._holding:
            self._held[one.token] = one
            self._wait()

    def _wait(self) -> None:
        """See that somebody waits for the next one that is due; held while this is called."""
        if self._is_waiting or not self._held:
            return
        first = next(iter(self._held.values()))
        # One for all: a person may remove hundreds.
        timer = threading.Timer(max(0.0, first.due - time.monotonic()), self._expire)
        # What is left at the end is deleted at the next start.
        timer.daemon = True
        timer.start()
        self._is_waiting = True

    def take(self, token: str, person: str) -> Removed | None:
        """Return what a person removed, and keep it no longer; None where it is too late."""
        with self._holding:
            one = self._held.get(token)
            if one is None or one.desk.person != person:
                return None
            return self._held.pop(token)

    def of(self, person: str) -> tuple[Removed, ...]:
        """Return what a person can bring back, the last one first."""
        with self._holding:
            held = tuple(self._held.values())
        return tuple(one for one in reversed(held) if one.desk.person == person)

    def _expire(self) -> None:
        now = time.monotonic()
        with self._holding:
            due = [one for one in self._held.values() if one.due <= now]
            for one in due:
                del self._held[one.token]
            self._is_waiting = False
            self._wait()
        for one in due:
            try:
                one.desk.forget(one.removal)
            except Exception as error:  # noqa: BLE001  # the others are to be deleted all the same
                log_unexpected(error)
