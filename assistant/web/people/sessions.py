"""Who is signed in: in this process's memory, and of each token its digest only."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace

from starlette.requests import HTTPConnection

COOKIE = "sanad-session"

_TOKEN_BYTES = 32
_HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Lasting:
    """How long sessions last, and how many there may be.

    Attributes:
        idle: Seconds without a request after which a session ends.
        whole: Seconds after which it ends in any case.
        most: The most sessions at a time; beyond, the one unused for longest ends.
    """

    idle: float = 12 * _HOUR
    whole: float = 7 * 24 * _HOUR
    most: int = 10_000


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody's signing in.

    Attributes:
        person: The name.
        kept: What was kept of the password then; after a change the session counts no more.
        begun: When it began, by the clock.
        used: When it was last used.
    """

    person: str
    kept: str
    begun: float
    used: float


class Sessions:
    """The sessions of a server.

    Args:
        lasting: How long they last.
        clock: Gives seconds that never run backwards.
    """

    def __init__(
        self, lasting: Lasting | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._lasting = lasting or Lasting()
        self._clock = clock
        self._lock = threading.Lock()
        self._open: OrderedDict[bytes, Session] = OrderedDict()

    def __len__(self) -> int:
        return len(self._open)

    def begin(self, person: str, kept: str) -> str:
        """Begin a session.

        Args:
            person: Whose it is.
            kept: What is kept of the password.

        Returns:
            The token: 256 random bits, never given twice.
        """
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        now = self._clock()
        with self._lock:
            self._open[_digest(token)] = Session(person, kept, now, now)
            while len(self._open) > self._lasting.most:
                self._open.popitem(last=False)
        return token

    def find(self, token: str) -> Session | None:
        """Return the session of a token, which is thereby used; None if it is none or has ended."""
        digest = _digest(token)
        now = self._clock()
        with self._lock:
            session = self._open.get(digest)
            if session is None:
                return None
            if (
                now - session.used >= self._lasting.idle
                or now - session.begun >= self._lasting.whole
            ):
                del self._open[digest]
                return None
            self._open[digest] = session = replace(session, used=now)
            self._open.move_to_end(digest)
            return session

    def end(self, token: str) -> None:
        """End the session of a token, if there is one."""
        with self._lock:
            self._open.pop(_digest(token), None)

    def end_all(self, person: str) -> None:
        """End all sessions of a person."""
        with self._lock:
            for digest in [d for d, s in self._open.items() if s.person == person]:
                del self._open[digest]


def _digest(token: str) -> bytes:
    # The token is random, so a fast digest is enough: there is nothing to guess.
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def token_of(connection: HTTPConnection) -> str:
    """Return the token that a request brings; empty where it brings none."""
    return connection.cookies.get(cookie_name(secure=is_secure(connection)), "")


def is_secure(connection: HTTPConnection) -> bool:
    """Return whether a request came over https, to this server or to a proxy before it."""
    return connection.url.scheme in ("https", "wss")


def cookie_name(*, secure: bool) -> str:
    """Return the cookie's name; over https one that no neighbouring host can set."""
    return f"__Host-{COOKIE}" if secure else COOKIE


def session_cookie(token: str, *, secure: bool) -> str:
    """Return a ``Set-Cookie`` header that hands a token over.

    Args:
        token: The token; empty to take the cookie back.
        secure: Whether the request came over https; the browser then never sends it over http.

    Returns:
        The header's value.
    """
    gone = "" if token else "; Max-Age=0"
    name, more = cookie_name(secure=secure), "; Secure" if secure else ""
    return f"{name}={token}; HttpOnly; SameSite=Lax; Path=/{more}{gone}"
