"""The folder of a library, before anything in it is opened."""

from __future__ import annotations

import os
from pathlib import Path

from assistant.errors import LibraryDamaged, LibraryError
from assistant.library.lock import WriterLock
from assistant.library.power import made

# What SQLite takes, less the names of the catalogue and of its journal.
_LONGEST_PATH = 512 - len("/catalogue.sqlite3-journal")


def check_place(folder: Path) -> None:
    """Raise where no library can be because of the folder's path.

    Raises:
        LibraryError: It is too long, or holds bytes that are no UTF-8.
    """
    try:
        length = len(str(folder).encode("utf-8"))
        length = max(length, len(os.fsencode(os.path.realpath(folder))))
    except UnicodeEncodeError as error:
        raise LibraryError(
            f"The library can't be in {str(folder)!r}: the name holds bytes that are no UTF-8. "
            "Rename that folder, or choose another with --library or SANAD_LIBRARY."
        ) from error
    if length > _LONGEST_PATH:
        raise LibraryError(
            f"The library can't be in {str(folder)!r}: its path takes {length} bytes, and at most "
            f"{_LONGEST_PATH} can be used. Choose a shorter one with --library or SANAD_LIBRARY."
        )


def check_catalogue(folder: Path, *, read_only: bool) -> None:
    """Raise where there is no library to read, or only the indexes of one are left.

    Raises:
        LibraryDamaged: The catalogue is missing beside its indexes.
        LibraryError: There is nothing to read.
    """
    catalogue = folder / "catalogue.sqlite3"
    try:
        if catalogue.is_file() and catalogue.stat().st_size:
            return
    except OSError as error:
        raise LibraryError(
            f"The library {str(folder)!r} can't be read: {error}. Check the folder's permissions."
        ) from error
    if any((folder / name).exists() for name in ("terms", "chroma")):
        raise LibraryDamaged(
            f"The catalogue {catalogue} is missing or empty, and the indexes over it are there. "
            "Restore it from a backup, or remove the folder and add the documents again."
        )
    if read_only:
        raise LibraryError(
            f"There is no library in {str(folder)!r}. Make one by adding documents: "
            "sanad add PATH, or add(path) in Python."
        )


def locked(folder: Path) -> WriterLock:
    """Return the writer's lock of a library's folder, which is made if it is not there.

    Raises:
        LibraryLocked: Another process holds it.
        LibraryError: The folder can't be made or written to.
    """
    try:
        made(folder)
    except OSError as error:
        raise LibraryError(
            f"The library folder {str(folder)!r} can't be made: {error}. Choose another with "
            "--library or SANAD_LIBRARY."
        ) from error
    return WriterLock(folder)
