"""Looks at names and passwords, however they came."""

from __future__ import annotations

import asyncio
import base64
import binascii
import hmac
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from assistant.web.people.passwords import matches
from assistant.web.people.register import Person, Register
from assistant.web.people.sessions import Session, Sessions
from assistant.web.people.tries import Tries

# Each check takes 32 MiB and a core.
_CHECKS_AT_A_TIME = 2
_MOST_WAITING = 100
_BUSY_WAIT = 10  # seconds
_REMEMBERED = 300.0  # seconds that a program's password counts without a new check
_MOST_REMEMBERED = 1000


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check came to.

    Attributes:
        person: Who it is; None where name or password is wrong, or where it was not checked.
        wait: Seconds to wait before the next try; then nothing was checked.
    """

    person: Person | None
    wait: int = 0


class Clerk:
    """Checks who somebody is.

    Args:
        register: Who may sign in.
        sessions: Who is signed in.
        tries: Limits of wrong tries.
        clock: Gives seconds that never run backwards.
    """

    def __init__(
        self,
        register: Register,
        sessions: Sessions | None = None,
        tries: Tries | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.register = register
        self.sessions = sessions or Sessions(clock=clock)
        self.tries = tries or Tries(clock=clock)
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._remembered: OrderedDict[bytes, tuple[Person, float]] = OrderedDict()
        self._going: dict[bytes, asyncio.Task[Checked]] = {}
        self._turn = asyncio.Semaphore(_CHECKS_AT_A_TIME)
        self._waiting = 0

    async def check(self, name: str, password: str, address: str) -> Checked:
        """Check a name and a password.

        Args:
            name: The name as it was typed.
            password: The password.
            address: Where the try comes from.

        Returns:
            Who it is, or how long to wait.

        Raises:
            SettingsError: The users file can't be read.
        """
        name = name.strip()
        if self._waiting >= _MOST_WAITING:
            return Checked(None, _BUSY_WAIT)
        # Before the try is counted: a damaged file is not the person's mistake.
        person = self.register.find(name)
        wait = self.tries.take(name, address)
        if wait:
            return Checked(None, wait)
        self._waiting += 1
        try:
            async with self._turn:
                kept = person.kept if person else None
                is_right = await asyncio.to_thread(matches, password, kept)
        finally:
            self._waiting -= 1
        if person is None or not is_right:
            return Checked(None)
        self.tries.succeeded(name, address)
        return Checked(person)

    async def check_basic(self, authorization: str, address: str) -> Checked:
        """Check an ``Authorization: Basic`` header; a right one counts for some minutes.

        Args:
            authorization: The header's value.
            address: Where the request comes from.

        Returns:
            Who it is, or how long to wait.

        Raises:
            SettingsError: The users file can't be read.
        """
        name, password = _basic(authorization)
        # Remembered is a keyed digest; the key lives as long as the process.
        digest = hmac.digest(self._key, f"{name}\0{password}".encode("utf-8", "replace"), "sha256")
        if person := self._recall(digest):
            return Checked(person)
        # A program's requests come many at once: one check is enough for all of them.
        going = self._going.get(digest)
        if going is None:
            going = asyncio.create_task(self.check(name, password, address))
            self._going[digest] = going
            going.add_done_callback(lambda _: self._going.pop(digest, None))
        checked = await asyncio.shield(going)
        if checked.person is not None:
            self._remembered[digest] = (checked.person, self._clock() + _REMEMBERED)
            while len(self._remembered) > _MOST_REMEMBERED:
                self._remembered.popitem(last=False)
        return checked

    def _recall(self, digest: bytes) -> Person | None:
        person, until = self._remembered.get(digest, (None, 0.0))
        if person is None:
            return None
        if self._clock() >= until or self.register.find(person.name) != person:
            del self._remembered[digest]
            return None
        return person

    def signed_in(self, token: str) -> Session | None:
        """Return the session of a cookie's token; None if nobody is signed in with it.

        Sessions end for somebody who has been removed or has another password since.

        Raises:
            SettingsError: The users file can't be read.
        """
        session = self.sessions.find(token) if token else None
        if session is None:
            return None
        if self.register.find(session.person) != Person(session.person, session.kept):
            self.sessions.end_all(session.person)
            return None
        return session


def _basic(authorization: str) -> tuple[str, str]:
    """Return name and password of a header; empty ones where it can't be read."""
    try:
        decoded = base64.b64decode(authorization.partition(" ")[2].strip(), validate=True)
        name, _, password = decoded.decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return name, password
