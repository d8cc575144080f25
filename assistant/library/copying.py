"""Copies of a catalogue: whole, checked, and on the disk before they have their name."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from assistant.errors import LibraryError

# Left over beside what is needed, so that a copy does not fill the disk.
_SPARE_BYTES = 16_000_000


def copy_catalogue(source: sqlite3.Connection, target: Path) -> None:
    """Copy a catalogue as it is at this moment, whoever writes to it meanwhile.

    The copy is one file without a log, every page of it has been looked at, and it is on the disk.

    Args:
        source: A connection to the catalogue.
        target: The copy's file; there is none yet.

    Raises:
        sqlite3.Error: It can't be read or written, or the copy is damaged.
    """
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        (found,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
        if found != "ok":
            raise sqlite3.DatabaseError(str(found))
    sync(target)


@contextmanager
def completed(target: Path) -> Iterator[Path]:
    """Give a path to write to, which gets the target's name once all of it is on the disk.

    Args:
        target: The file that is wanted; what is there is replaced.

    Yields:
        The path; it is removed if anything fails.
    """
    part = target.with_name(f".{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        # Only for its owner: it holds all that the library does.
        part.touch(mode=0o600)
        yield part
        sync(part)
        part.replace(target)
        sync(target.parent)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def sync(path: Path) -> None:
    """Bring a file, or a folder's list of files, to the disk."""
    if path.is_dir() and os.name != "posix":  # a folder can't be opened there
        return
    descriptor = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def check_room(folder: Path, needed: int, what: str) -> None:
    """Raise where a folder's disk has no room.

    Args:
        folder: The folder.
        needed: Bytes.
        what: What needs them, as the beginning of a sentence.

    Raises:
        LibraryError: There is less.
    """
    free = shutil.disk_usage(folder).free
    if free < needed + _SPARE_BYTES:
        raise LibraryError(
            f"{what} needs {megabytes(needed + _SPARE_BYTES)} in {folder}, and there is room for "
            f"{megabytes(free)}. Nothing was changed. Make room, and try again."
        )


def megabytes(size: int) -> str:
    """Return a number of bytes as a person reads it."""
    return f"{size / 1_000_000:,.1f} MB"


def dated(now: dt.datetime | None = None) -> str:
    """Return this moment as files are named by it, in the local time."""
    return (now or dt.datetime.now().astimezone()).strftime("%Y%m%d-%H%M%S")


def free_name(folder: Path, stem: str, suffix: str = "") -> Path:
    """Return a dated path that nothing has yet."""
    name, number = f"{stem}-{dated()}", 1
    path = folder / f"{name}{suffix}"
    while path.exists():
        number += 1
        path = folder / f"{name}-{number}{suffix}"
    return path
