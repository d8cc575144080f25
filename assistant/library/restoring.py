"""Puts a whole library in place from its file; what was there is set aside, never deleted.

All is made ready in a folder of its own and brought to the disk. From then on the change is only
renaming, and one that is cut off is finished at the next opening.
"""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import LibraryDamaged, LibraryError
from assistant.library.archive_reading import Archive
from assistant.library.brought import BROUGHT
from assistant.library.copying import check_room, sync
from assistant.library.folder import locked
from assistant.library.receiving import check_received, is_filled
from assistant.library.relocating import relocate
from assistant.library.soundness import CATALOGUE
from assistant.library.store import Library
from assistant.library.swapping import NEW, finish_swap, make_ready, set_aside_name
from assistant.schema import Backup


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put in place.

    Attributes:
        backup: What came out of the file.
        aside: Where what was there before lies now; empty where nothing was.
    """

    backup: Backup
    aside: str = ""


def restore_library(path: Path, folder: Path, chroma_url: str = "") -> Restored:
    """Put a library in the place of the one that is there, which is set aside.

    Args:
        path: The file that `write_archive` wrote.
        folder: The library's folder; damaged or missing is fine.
        chroma_url: Address of a Chroma server; empty for the library's own folder.

    Returns:
        What was put in place.

    Raises:
        LibraryLocked: Somebody is writing to the library.
        LibraryDamaged: The file is damaged; nothing was changed.
        LibraryError: It can't be read, or there is no room.
    """
    return _placed(path, folder, chroma_url, into_empty=False)


def import_library(path: Path, folder: Path, chroma_url: str = "") -> Restored:
    """Put a library that may come from another machine into a folder without one.

    It becomes another library than the one it came from, if both use the same Chroma server.

    Args:
        path: The file that `write_archive` wrote.
        folder: The library's folder; holds nothing yet.
        chroma_url: Address of a Chroma server; empty for the library's own folder.

    Returns:
        What was put in place.

    Raises:
        LibraryLocked: Somebody is writing to the library.
        LibraryDamaged: The file is damaged; nothing was changed.
        LibraryError: There is something in the library, or the file can't be read.
    """
    return _placed(path, folder, chroma_url, into_empty=True)


def _placed(path: Path, folder: Path, chroma_url: str, *, into_empty: bool) -> Restored:
    with Archive(path) as archive:
        lock = locked(folder)
        try:
            if into_empty and is_filled(folder):
                raise LibraryError(
                    f"The library {str(folder)!r} is not empty, so nothing was imported. Name "
                    "another folder with --library; or replace what is there, which is set aside, "
                    "with: sanad restore FILE."
                )
            aside = _swap(archive, folder, as_another=into_empty)
        except OSError as error:
            raise LibraryError(
                f"The library {str(folder)!r} could not be put in place: {error}. Mend the cause, "
                "and run it again."
            ) from error
        finally:
            lock.release()
        _make_indexes(folder, chroma_url)
        return Restored(archive.facts(path), str(aside) if aside else "")


def _swap(archive: Archive, folder: Path, *, as_another: bool) -> Path | None:
    new = folder / NEW
    shutil.rmtree(new, ignore_errors=True)
    check_room(folder, archive.size, "What is in the backup")
    try:
        new.mkdir()
        archive.extract(new)
        (new / BROUGHT).mkdir(exist_ok=True)
        check_received(new / CATALOGUE, archive.schema)
        try:
            relocate(new / CATALOGUE, archive.library, folder, as_another=as_another)
        except (sqlite3.Error, ValueError, RecursionError) as error:
            raise LibraryDamaged(
                f"The catalogue in the backup can't be used: {error}. Nothing was changed. Use "
                "another backup."
            ) from error
        for path in (*new.rglob("*"), new):
            sync(path)
        aside = set_aside_name(folder)
        make_ready(folder, aside)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    return finish_swap(folder)


def _make_indexes(folder: Path, chroma_url: str) -> None:
    """Let the indexes be made from the catalogue; no model is called."""
    library = Library(folder, chroma_url=chroma_url)
    try:
        if chroma_url:  # what the server holds may be of a later state of the same library
            library.rebuild()
        library.settle()
    finally:
        library.close()
