"""Which files a path stands for, and what is in them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
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
    """Return whether the file that a source names is still there."""
    if Path(source).exists():
        return True
    unescaped = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), source)
    return unescaped != source and Path(unescaped).exists()


def files_of(name: str | Path, left_out: Path) -> Sequence[Path]:
    """Return the files that a name stands for: that file, or all of that folder.

    Args:
        name: A path, also of something that is not there.
        left_out: A folder that is passed over: the library's own.

    Returns:
        Paths, one or more.

    Raises:
        UnreadableDocument: It is empty, may not be read, or holds no files.
    """
    try:
        path = path_of(name)
        if not path.is_dir():
            return (path,)
        files = tuple(files_in(path, left_out))
    except (OSError, ValueError, RuntimeError) as error:
        raise unreadable(Path(name), error) from error
    if not files:
        raise UnreadableDocument(f"The folder {path} holds no files to read.", str(path))
    return files


def files_in(folder: Path, left_out: Path) -> Iterator[Path]:
    """Yield the files of a folder and its subfolders, in order of their names.

    Hidden files and folders and editors' temporary files are left out, and so are links that lead
    out of the folder.

    Args:
        folder: The folder.
        left_out: A folder in it that is passed over: the library's own.

    Yields:
        Paths beneath the folder.

    Raises:
        UnreadableDocument: A folder in it may not be read.
    """
    root, own = folder.resolve(), left_out.resolve()
    if root == own:
        return

    def fail(error: OSError) -> None:
        raise UnreadableDocument(
            f"The folder {error.filename} can't be read: {error.strerror}. Check its permissions.",
            str(folder),
        ) from error

    for where, folders, names in os.walk(folder, onerror=fail):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and (Path(where) / name).resolve() != own
        )
        for name in sorted(names):
            path = Path(where) / name
            if name.startswith((".", "~$")) or name.endswith("~"):
                continue
            if path.is_symlink() and not _stays_in(path, root):
                continue
            yield path


def _stays_in(link: Path, root: Path) -> bool:
    """Return whether a link leads to something in a folder; one that leads in a circle does not."""
    try:
        return link.resolve().is_relative_to(root)
    except (OSError, RuntimeError):
        return False


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
