"""The folder of a library, before anything in it is opened."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from assistant.errors import LibraryDamaged, LibraryError
from assistant.library.database import reading_mode
from assistant.library.lock import WriterLock, holder
from assistant.library.power import made
from assistant.library.soundness import (
    CATALOGUE,
    CLOSED,
    check_sound,
    forget_closed,
    note_closed,
    was_left_closed,
)
from assistant.library.swapping import finish_swap, is_cut_off

# Where these are, there was a catalogue.
_BESIDE = ("terms", "chroma", CLOSED, f"{CATALOGUE}-wal")
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
    """Raise where there is no library to read, or none that can be trusted; it is not written to.

    A restore that was cut off is finished first.

    Every page is looked at where the last writer was killed or the files have changed since.

    Raises:
        LibraryDamaged: The catalogue is damaged, or is missing beside what belongs to it.
        LibraryError: There is nothing to read, or the system lets nobody look.
    """
    check_place(folder)
    try:
        _check_catalogue(folder, read_only=read_only)
    except OSError as error:
        raise LibraryError(
            f"The library {str(folder)!r} can't be opened: {error}. Check the folder's permissions "
            "and the room on its disk."
        ) from error


def _check_catalogue(folder: Path, *, read_only: bool) -> None:
    if not read_only:
        finish_swap(folder)
    elif is_cut_off(folder):
        raise LibraryError(
            f"A restore of the library {str(folder)!r} was cut off. It is finished when the "
            "library is opened for writing: run sanad restore again, or sanad add or serve."
        )
    catalogue = folder / CATALOGUE
    if catalogue.is_file() and catalogue.stat().st_size:
        is_watched = read_only and holder(folder)
        address = f"{catalogue.resolve().as_uri()}?{reading_mode(catalogue.resolve())}"
        is_suspect = not is_watched and not was_left_closed(folder)
        check_sound(catalogue, address, thoroughly=is_suspect)
    elif any((folder / name).exists() for name in _BESIDE):
        raise LibraryDamaged(
            f"The catalogue {catalogue} is missing or empty, and other files of the library are "
            "there. Restore a backup with: sanad restore BACKUP. Or move the folder away, and add "
            "the documents again from their files."
        )
    elif read_only:
        raise LibraryError(
            f"There is no library in {str(folder)!r}. Make one by adding documents: "
            "sanad add PATH, or add(path) in Python."
        )
    if not read_only:
        forget_closed(folder)


def closing_mark(folder: Path) -> Callable[..., None]:
    """Return what an `ExitStack` calls behind the closing of the catalogue, to mark that it is."""

    def leave(failure: type[BaseException] | None, *_: object) -> None:
        if failure is None:
            note_closed(folder)

    return leave


def locked(folder: Path) -> WriterLock:
    """Return the writer's lock of a library's folder, which is made if it is not there.

    Raises:
        LibraryLocked: Another process holds it.
        LibraryError: The folder can't be made or written to.
    """
    check_place(folder)
    try:
        made(folder)
    except OSError as error:
        raise LibraryError(
            f"The library folder {str(folder)!r} can't be made: {error}. Choose another with "
            "--library or SANAD_LIBRARY."
        ) from error
    return WriterLock(folder)
