"""Draws a page of a file, if that is still the file that it was."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.documents import ReadingOptions
from assistant.documents.pdf import Wanted, picture_of
from assistant.ingestion.files import read_bytes
from assistant.ingestion.originals import changed
from assistant.schema import PagePicture, version_of


@dataclass(frozen=True, slots=True)
class PictureTask:
    """A page to be drawn.

    Attributes:
        path: The PDF.
        version: The version that its bytes must have.
        wanted: What to show of it.
        max_file_mb: The largest file that is read.
        options: How files are read.
    """

    path: Path
    version: str
    wanted: Wanted
    max_file_mb: int
    options: ReadingOptions


def draw(task: PictureTask) -> PagePicture:
    """Return a page of a file as a picture.

    Args:
        task: Which one.

    Raises:
        UnreadableDocument: The file can't be read, or is no longer of this version.
    """
    data = read_bytes(task.path, task.max_file_mb)
    if version_of(data) != task.version:
        raise changed(str(task.path))
    return picture_of(data, str(task.path), task.wanted, task.options)
