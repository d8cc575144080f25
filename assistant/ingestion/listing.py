"""The files of a folder that are to be read."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from assistant.errors import UnreadableDocument
from assistant.ingestion.files import path_of, unreadable
from assistant.ingestion.ignoring import Ignored


@dataclass(frozen=True, slots=True)
class Listing:
    """What was found in a folder.

    Attributes:
        files: Paths beneath it, in order of their names, folder by folder.
        failed: For each folder beneath it that can't be looked into, the error.
    """

    files: Sequence[Path]
    failed: Sequence[UnreadableDocument] = ()


def files_of(name: str | Path, left_out: Path) -> Listing:
    """Return the files that a name stands for: that file, or all of that folder.

    Args:
        name: A path, also of something that is not there.
        left_out: A folder that is passed over: the library's own.

    Returns:
        One file or more, or folders that can't be read.

    Raises:
        UnreadableDocument: It is empty, may not be read, or holds no files.
    """
    try:
        path = path_of(name)
        if not path.is_dir():
            return Listing((path,))
        listing = files_in(path, left_out)
    except (OSError, ValueError, RuntimeError) as error:
        raise unreadable(Path(name), error) from error
    if not listing.files and not listing.failed:
        raise UnreadableDocument(f"The folder {path} holds no files to read.", str(path))
    return listing


def files_in(folder: Path, left_out: Path) -> Listing:
    """Return the files of a folder and its subfolders.

    What is ignored is left out, and so are links that lead out of the folder; links to folders are
    not followed.

    Args:
        folder: The folder.
        left_out: A folder in it that is passed over: the library's own.

    Returns:
        Its files, and the subfolders that can't be read.

    Raises:
        UnreadableDocument: The folder itself may not be read, or its ``.sanadignore`` is wrong.
    """
    root, own = folder.resolve(), left_out.resolve()
    if root == own:
        return Listing(())
    failed: list[UnreadableDocument] = []
    files: list[Path] = []
    held = {folder: Ignored.usual(folder)}
    for where, folders, names in os.walk(folder, onerror=partial(_fail, folder, failed)):
        here = Path(where)
        try:
            ignored = held.pop(here).within(here)
        except UnreadableDocument as error:
            if here == folder:
                raise
            failed.append(UnreadableDocument(str(error), str(here)))
            folders.clear()
            continue
        folders[:] = sorted(
            name
            for name in folders
            if not ignored.covers(here / name, is_folder=True) and (here / name).resolve() != own
        )
        held |= {here / name: ignored for name in folders}
        files += [here / name for name in sorted(names) if _is_read(here / name, ignored, root)]
    return Listing(files, failed)


def _fail(folder: Path, failed: list[UnreadableDocument], error: OSError) -> None:
    """Note that a folder can't be looked into; raise where it is the one that was asked for."""
    is_itself = Path(error.filename) == folder
    if isinstance(error, FileNotFoundError) and not is_itself:
        return  # it went while its folder was being read
    failure = UnreadableDocument(
        f"The folder {error.filename} can't be read: {error.strerror}. What came from it is kept. "
        "Check its permissions.",
        str(error.filename),
    )
    if is_itself:
        raise failure from error
    failed.append(failure)


def _is_read(path: Path, ignored: Ignored, root: Path) -> bool:
    if ignored.covers(path, is_folder=False):
        return False
    return not path.is_symlink() or _stays_in(path, root)


def _stays_in(link: Path, root: Path) -> bool:
    """Return whether a link leads to something in a folder; one that leads in a circle does not."""
    try:
        return link.resolve().is_relative_to(root)
    except (OSError, RuntimeError):
        return False
