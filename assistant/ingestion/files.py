"""The names that files are known by, and what is in them."""

from __future__ import annotations

import os
import re
from pathlib import Path

from assistant.errors import UnreadableDocument

_ESCAPED = re.compile(r"\\(?:u)(dc[0-9a-f]{2})")


def path_of(name: str | Path) -> Path:
    """Return the path of a name; an empty one is an error and not the working folder.

    Raises:
        UnreadableDocument: It is empty.
    """
    if not str(name):
        raise UnreadableDocument("An empty path was given. Name a file or a folder.", "")
    return Path(name)


def source_name(path: Path) -> str:
    """Return the name a file is known by: its absolute path, storable in any case."""
    return printable(os.path.abspath(path))  # noqa: PTH100  # resolve() would follow links


def printable(name: str) -> str:
    """Return a name with bytes that are no UTF-8 written as escapes."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def exists(source: str) -> bool:
    """Return whether the file that a source names is still there, under just this name.

    What can't be looked at is taken to be there.
    """
    return any(map(_is_there, _paths_of(source)))


def file_of(source: str) -> Path | None:
    """Return the plain file that a source names; None where there is none to be seen."""
    for path in _paths_of(source):
        try:
            if path.is_file():
                return path
        except (OSError, ValueError):
            continue
    return None


def _paths_of(source: str) -> list[Path]:
    unescaped = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), source)
    return [Path(name) for name in dict.fromkeys((source, unescaped))]


def _is_there(path: Path) -> bool:
    try:
        path.stat()
        # Where case does not count, a file that was renamed to other case is found by both names.
        swapped = path.with_name(path.name.swapcase())
        if swapped != path and swapped.exists():
            return path in path.parent.iterdir()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError:
        return True
    return True


def time_of(facts: os.stat_result) -> int:
    """Return a number that differs when a file's time of modification or of change does.

    Programs set the first one back; the second one they can't, but not every file system keeps it.
    """
    return facts.st_mtime_ns + facts.st_ctime_ns


def read_bytes(path: Path, most_megabytes: int) -> bytes:
    """Return a file's bytes.

    Args:
        path: The file.
        most_megabytes: The largest size that is read.

    Returns:
        All its bytes.

    Raises:
        UnreadableDocument: It is missing, no plain file, too large, or may not be read.
    """
    try:
        if not path.exists():
            raise _unreadable(path, "it does not exist. Check the path")
        if not path.is_file():
            raise _unreadable(path, "it is no plain file")
        size = path.stat().st_size
        if size > most_megabytes * 1_000_000:
            raise _unreadable(
                path,
                f"it has {size / 1_000_000:.1f} MB and the limit is {most_megabytes} MB. "
                "Raise SANAD_MAX_FILE_MB or split it",
            )
        return path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise unreadable(path, error) from error


def unreadable(path: Path, error: Exception) -> UnreadableDocument:
    """Return what to raise for a path that the operating system refuses."""
    reason = error.strerror if isinstance(error, OSError) else error
    return _unreadable(path, f"{reason}. Check its name and permissions")


def _unreadable(path: Path, reason: str) -> UnreadableDocument:
    return UnreadableDocument(f"{path} can't be read: {reason}.", str(path))
