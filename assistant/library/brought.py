"""The files that people bring through the page: they lie in the library, and belong to it."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path

BROUGHT = "uploads"
# Where the page keeps what was removed and can still be brought back.
REMOVED = ".removed"
# Before each person's name: none is then a hidden folder, or one of the two that go up.
MARK = "@"


def brought_folder(library: Path) -> Path:
    """Return the folder of all files that were brought, by the name that their sources have."""
    return Path(os.path.abspath(library)) / BROUGHT  # noqa: PTH100  # resolve() would follow links


def brought_files(library: Path) -> Iterator[Path]:
    """Yield the files that were brought, but for those still coming or removed.

    Args:
        library: The library's folder.
    """
    for person in sorted(brought_folder(library).glob(f"{MARK}*")):
        if person.is_symlink() or not person.is_dir():
            continue
        for file in sorted(person.iterdir()):
            if file.is_file() and not file.is_symlink() and not file.name.startswith("."):
                yield file


def erase_brought(library: Path, sources: Collection[str]) -> None:
    """Delete the files among some sources that were brought, also where they were removed.

    Args:
        library: The library's folder.
        sources: Sources of a document that is erased; files elsewhere are not touched.
    """
    home = brought_folder(library)
    for source in sources:
        path = Path(source)
        if path.parent.parent == home and path.parent.name.startswith(MARK):
            path.unlink(missing_ok=True)
            (path.parent / REMOVED / path.name).unlink(missing_ok=True)
