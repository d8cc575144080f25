"""Where the documents lie that people bring through the page, and whose each of them is.

They are kept in the library's folder, a folder a person, so that a document's page can be shown
and its file read again. What lies in another person's folder is nobody else's to see.

Beside a person's files there are two hidden folders: one for files that are still coming, one for
files that were removed and can still be brought back. Both are emptied when the page starts.
"""

from __future__ import annotations

import filecmp
import os
import re
import secrets
import shutil
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

from assistant.library import BROUGHT, MARK, REMOVED, brought_folder

_COMING = ".coming"
# Bytes of a name. File systems take 255, some with encryption 143; a number may be added to it.
_LONGEST_NAME = 120
_NAMELESS = "document"
_NOT_IN_NAMES = re.compile(r'[<>:"|?*]')
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")
# Windows opens devices by these, whatever their suffix.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
# Longer ago than what a reader takes for a file that is still being written.
_SETTLED_SECONDS = 5


def folder_of(library: Path, person: str) -> Path:
    """Return the folder of a person's uploads, whether it is there or not.

    Args:
        library: The library's folder.
        person: The person's name; empty for whoever uses the page without signing in.
    """
    return brought_folder(library) / (MARK + quote(person, safe=""))


def owner_of(library: Path, source: str) -> str | None:
    """Return whose upload a document's source is; None where it is no upload.

    Args:
        library: The library's folder.
        source: The source, an absolute path.
    """
    if BROUGHT not in source:  # asked for each of thousands of documents
        return None
    try:
        first = Path(source).relative_to(brought_folder(library)).parts[:1]
    except ValueError:
        return None
    return unquote(first[0].removeprefix(MARK)) if first else None


# Names


def safe_name(wished: str) -> str:
    """Return a name for a file that is one name on every system, and still reads as it did.

    Args:
        wished: The name as the person's machine has it; folders before it are left out.

    Returns:
        A name without control, format or separating characters, neither hidden nor reserved, of
        at most 120 bytes, with its suffix.
    """
    last = re.split(r"[/\\]", wished)[-1]
    spaced = (" " if c.isspace() else c for c in last)
    kept = "".join(c for c in spaced if unicodedata.category(c) not in _UNSEEN)
    name = " ".join(_NOT_IN_NAMES.sub("_", unicodedata.normalize("NFC", kept)).split())
    name = name.lstrip(".~ ").rstrip(". ")
    stem, dot, suffix = name.rpartition(".")
    if not dot:
        stem, suffix = name, ""
    suffix = _shortened(suffix, 20)
    stem = _shortened(stem.rstrip(". ") or _NAMELESS, _LONGEST_NAME - len(suffix.encode()) - 1)
    name = f"{stem}.{suffix}" if suffix else stem
    return f"_{name}" if _DEVICES.fullmatch(name) else name


def _shortened(text: str, most_bytes: int) -> str:
    """Return the beginning of a text that has at most so many bytes, and ends in no half letter."""
    return text.encode()[:most_bytes].decode(errors="ignore").rstrip(". ")


def _names(name: str) -> Iterator[str]:
    """Yield a name, and then the same with a number."""
    yield name
    stem, dot, suffix = name.rpartition(".")
    if not dot:
        stem, suffix = name, ""
    number = 2
    while True:
        yield f"{stem} ({number}){dot}{suffix}"
        number += 1


# Files


def coming(library: Path, person: str) -> Path:
    """Return a path of its own for a file that is about to come; its folder is made."""
    folder = folder_of(library, person) / _COMING
    folder.mkdir(parents=True, exist_ok=True)
    return folder / secrets.token_hex(8)


def take(file: Path, library: Path, person: str, name: str) -> tuple[Path, bool]:
    """Put a file that has come among a person's files.

    Args:
        file: The file.
        library: The library's folder.
        person: Whose it is.
        name: The name that it is to have; where another file has it, a number is added.

    Returns:
        Where it lies now, and whether it is new: of two files of the same name and bytes the one
        that was there is kept.
    """
    folder = folder_of(library, person)
    for free in _names(name):
        path = folder / free
        # A name that may come back is not free either.
        if (folder / REMOVED / free).exists():
            continue
        try:
            path.open("xb").close()
        except FileExistsError:
            if path.is_file() and filecmp.cmp(path, file, shallow=False):
                file.unlink()
                return path, False
            continue
        long_ago = time.time() - _SETTLED_SECONDS
        os.utime(file, (long_ago, long_ago))
        return file.replace(path), True
    raise AssertionError("there are names without end")


def set_aside(path: Path) -> None:
    """Move a person's file to where it can be brought back from."""
    kept = _aside(path)
    kept.parent.mkdir(exist_ok=True)
    path.replace(kept)


def bring_back(path: Path) -> None:
    """Move a file that was set aside back to where it was, unless something is there."""
    kept = _aside(path)
    if kept.exists() and not path.exists():
        kept.replace(path)


def let_go(path: Path) -> None:
    """Delete a file that was set aside, given where it was."""
    _aside(path).unlink(missing_ok=True)


def _aside(path: Path) -> Path:
    return path.parent / REMOVED / path.name


def sweep(library: Path) -> None:
    """Delete what is left of files that never came whole, and of those that were removed."""
    for hidden in (_COMING, REMOVED):
        for folder in brought_folder(library).glob(f"{MARK}*/{hidden}"):
            if not folder.is_symlink():
                shutil.rmtree(folder, ignore_errors=True)
