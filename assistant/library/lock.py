"""One process writes a library at a time."""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import socket
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, SoftFileLock, Timeout

from assistant.errors import LibraryError, LibraryLocked
from assistant.strings import say

_LOCK, _NAMED = "lock", "lock.json"
# Seconds: whoever only looks whether somebody is writing holds the lock for a moment.
_PATIENCE = 0.3

_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP)


class WriterLock:
    """A lock on a library's folder that the operating system gives back when its holder dies.

    Args:
        folder: The library's folder.

    Raises:
        LibraryLocked: Another process holds the lock; the message names it.
        LibraryError: The folder can't be written to.
    """

    def __init__(self, folder: Path) -> None:
        self._holder = folder / _NAMED
        self._lock = FileLock(folder / _LOCK)
        try:
            self._acquire()
            self._name_holder()
        except Timeout:
            raise _locked(folder) from None
        except OSError as error:
            self._lock.release()
            if error.errno in _NO_LOCKS:
                raise LibraryError(
                    f"The library {str(folder)!r} can't be opened for writing: the disk that it is "
                    f"on offers no locks ({error}), as a network drive may. Mount the drive with "
                    "locks, or keep the library on a disk of this computer."
                ) from error
            raise LibraryError(
                f"The library {str(folder)!r} can't be opened for writing: {error}. Check the "
                "folder's permissions and the room on its disk, or only read: sanad ask, or "
                "read_only=True in Python."
            ) from error

    def _acquire(self) -> None:
        """Take the lock, if the system has locks.

        Where it has none, the package takes a file that is there for a lock that is held; but this
        one is always there.
        """
        try:
            self._lock.acquire(timeout=_PATIENCE, poll_interval=_PATIENCE / 10)
        except (Timeout, NotImplementedError) as error:
            if isinstance(error, Timeout) and not isinstance(self._lock, SoftFileLock):
                raise
            raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS)) from error
        if isinstance(self._lock, SoftFileLock):
            raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    def _name_holder(self) -> None:
        started = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        facts = {"pid": os.getpid(), "host": socket.gethostname(), "since": started}
        self._holder.write_text(json.dumps(facts), encoding="utf-8")

    def release(self) -> None:
        """Give the lock back."""
        try:
            self._holder.unlink(missing_ok=True)
        finally:
            self._lock.release()


def _locked(folder: Path) -> LibraryLocked:
    found = _facts(folder)
    values = {"folder": repr(str(folder))}
    if found is None:
        kind = "unknown"
    else:
        is_own = found.process == os.getpid() and found.host == socket.gethostname()
        kind = "self" if is_own else "process"
        values |= {"pid": str(found.process), "host": found.host, "since": found.since}
    return LibraryLocked(say(f"locked.{kind}", "en", values), kind=kind, values=values)


@dataclass(frozen=True, slots=True)
class _Holder:
    """Who wrote its name beside a lock."""

    process: int
    host: str
    since: str


def _facts(folder: Path) -> _Holder | None:
    """Return who wrote its name beside a library's lock last; None where that can't be read."""
    try:
        facts = json.loads((folder / _NAMED).read_text(encoding="utf-8"))
        return _Holder(int(facts["pid"]), str(facts["host"]), str(facts["since"]))
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


def holder(folder: Path) -> str:
    """Return who is writing to a library, such as ``process 7 on atlas``; empty for nobody.

    The name beside the lock does not count while nobody holds it: a process that was killed leaves
    its name behind, and its number may be another's by now.

    Args:
        folder: The library's folder.
    """
    if not _is_held(folder):
        return ""
    found = _facts(folder)
    return f"process {found.process} on {found.host}" if found else "another process"


def _is_held(folder: Path) -> bool:
    path = folder / _LOCK
    if not path.is_file():
        return False
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    except OSError:
        # Whoever may not write here can't try: then the name is all there is.
        found = _facts(folder)
        return found is not None and not _is_gone(found)
    lock.release()
    return False


def _is_gone(found: _Holder) -> bool:
    return found.host == socket.gethostname() and not _is_running(found.process)


def _is_running(process: int) -> bool:
    if os.name != "posix":  # the question would end the process there
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's process
        pass
    return True
