"""What has to outlive a loss of power, and not only the end of the process."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder onto the disk: of new, renamed and removed files.

    Args:
        folder: The folder; where the system or its disk can't sync folders, it is left to them.
    """
    with suppress(OSError):
        _sync(folder)


def sync_file(path: Path) -> None:
    """Bring what a file holds onto the disk.

    Args:
        path: The file.

    Raises:
        OSError: The disk failed.
    """
    _sync(path)


def sync_tree(folder: Path) -> None:
    """Bring a folder with all that is in it onto the disk.

    Args:
        folder: The folder.

    Raises:
        OSError: The disk failed.
    """
    for path in folder.rglob("*"):
        if path.is_dir():
            sync_folder(path)
        elif path.is_file():
            sync_file(path)
    sync_folder(folder)
    sync_folder(folder.parent)


def made(folder: Path) -> None:
    """Make a folder with those above it, so that a loss of power does not take it away.

    Args:
        folder: The folder; it may be there.

    Raises:
        OSError: It can't be made.
    """
    missing = [path for path in folder.parents if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    # Even where it was there: whoever made it may have been killed before this was done.
    for path in (folder.parent, *(path.parent for path in missing)):
        sync_folder(path)


def _sync(path: Path) -> None:
    # Windows syncs nothing that was opened for reading only.
    opened = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
