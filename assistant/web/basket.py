"""What was removed on the page and can still be brought back, for some minutes."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass

from assistant.schema import Removal
from assistant.web.desk import Desk

UNDO_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Removed:
    """A document that was removed.

    Attributes:
        token: Names it to the browser.
        title: Its title.
        desk: Who removed it.
        removal: What was removed.
    """

    token: str
    title: str
    desk: Desk
    removal: Removal


class Basket:
    """Keeps what was removed until its time is over; any number of threads may use it.

    Args:
        seconds: How long it can be brought back.
    """

    def __init__(self, seconds: float = UNDO_SECONDS) -> None:
        self._seconds = seconds
        self._holding = threading.Lock()
        self._held: dict[str, Removed] = {}

    def put(self, desk: Desk, title: str, removal: Removal) -> None:
        """Keep what somebody removed; when its time is over its files are deleted."""
        one = Removed(secrets.token_urlsafe(12), title, desk, removal)
        with self._holding:
            self._held[one.token] = one
        timer = threading.Timer(self._seconds, self._expire, (one.token,))
        # What is left at the end is deleted at the next start.
        timer.daemon = True
        timer.start()

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

    def _expire(self, token: str) -> None:
        with self._holding:
            one = self._held.pop(token, None)
        if one is not None:
            one.desk.forget(one.removal)
