"""Places for questions: how many may be under way at a time, of everybody and of one person.

A question takes its place when it is sent and leaves it when its answer has ended. So a person is
told at once that too many wait, with the question still in the box, and not by Gradio's queue,
which would take the question first and then show an error of its own.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

# A browser that goes away between its question and the answer's beginning leaves nothing that
# would end its place. Beyond this many seconds it counts no more.
_LASTING = 600.0


@dataclass(frozen=True, slots=True)
class Room:
    """How many questions there is room for.

    Attributes:
        answering: How many are answered at a time; the others wait.
        most: How many are answered or wait.
        each: How many of these may be one person's, in all their tabs and windows.
    """

    answering: int = 4
    most: int = 64
    each: int = 8


@dataclass(frozen=True, slots=True, eq=False)
class _Place:
    person: str
    until: float


class Places:
    """Who has a place; safe from any thread.

    Args:
        room: How many there are.
        clock: Gives seconds that never run backwards.
    """

    def __init__(self, room: Room, clock: Callable[[], float] = time.monotonic) -> None:
        self._room = room
        self._clock = clock
        self._lock = threading.Lock()
        self._taken: dict[str, _Place] = {}

    def __len__(self) -> int:
        return len(self._taken)

    def take(self, session: str, person: str) -> str:
        """Take a place for a question.

        Args:
            session: Which open page asks; its place before is left.
            person: Who asks; empty where nobody signs in, which is one person with all places.

        Returns:
            Nothing, or the name of the words that say why there is no place.
        """
        with self._lock:
            now = self._clock()
            self._taken.pop(session, None)
            self._taken = {s: place for s, place in self._taken.items() if place.until > now}
            if len(self._taken) >= self._room.most:
                return "page.full"
            own = sum(place.person == person for place in self._taken.values())
            if person and own >= self._room.each:
                return "page.full.own"
            self._taken[session] = _Place(person, now + _LASTING)
        return ""

    @contextmanager
    def held(self, session: str, person: str) -> Iterator[None]:
        """Hold a session's place while its answer is written, and leave it then.

        Args:
            session: Which open page asks.
            person: Who asks.
        """
        place = _Place(person, self._clock() + _LASTING)
        with self._lock:
            self._taken[session] = place
        try:
            yield
        finally:
            with self._lock:
                # The page may have asked its next question already.
                if self._taken.get(session) is place:
                    del self._taken[session]

    def leave(self, session: str) -> None:
        """Leave a session's place, if it has one."""
        with self._lock:
            self._taken.pop(session, None)
