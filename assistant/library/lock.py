"""One process writes a library at a time."""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import socket
from pathlib import Path

from filelock import FileLock, SoftFileLock, Timeout

from assistant.errors import LibraryError, LibraryLocked

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
        self._holder = folder / "lock.json"
        self._lock = FileLock(folder / "lock")
        try:
            self._acquire()
            self._name_holder()
        except Timeout:
            raise LibraryLocked(
                f"The library {str(folder)!r} is being written by {self._named()}. Close it there "
                "first. Reading works meanwhile: sanad ask, or read_only=True in Python."
            ) from None
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
            self._lock.acquire(timeout=0)
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

    def _named(self) -> str:
        try:
            facts = json.loads(self._holder.read_text(encoding="utf-8"))
            if facts["pid"] == os.getpid() and facts["host"] == socket.gethostname():
                return f"this very process (another Assistant, open since {facts['since']})"
            return f"process {facts['pid']} on {facts['host']} (since {facts['since']})"
        except (OSError, ValueError, KeyError, TypeError):
            return "another process"

    def release(self) -> None:
        """Give the lock back."""
        try:
            self._holder.unlink(missing_ok=True)
        finally:
            self._lock.release()


def holder(folder: Path) -> str:
    """Return who wrote its name beside a library's lock; empty if nobody or that process is gone.

    Args:
        folder: The library's folder.
    """
    try:
        facts = json.loads((folder / "lock.json").read_text(encoding="utf-8"))
        process, host = int(facts["pid"]), str(facts["host"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    is_gone = host == socket.gethostname() and not _is_running(process)
    return "" if is_gone else f"process {process} on {host}"


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
