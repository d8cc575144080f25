"""Whether the files that seem to be as they were still hold what was read from them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.ingestion.files import file_of, time_of
from assistant.library import Library
from assistant.schema import version_of


@dataclass(frozen=True, slots=True)
class ComparedFiles:
    """What became of the files of a library's documents.

    Attributes:
        same: How many hold just the bytes that were read.
        changed: How many have another size or time by now; the next sync reads them.
        gone: How many are not there any more.
        other: Those whose size and time are as they were, and whose bytes are others.
    """

    same: int
    changed: int
    gone: int
    other: tuple[str, ...]


def compare_files(folder: Path) -> ComparedFiles:
    """Read the files that a library's documents were read from, and compare the bytes.

    Args:
        folder: The library's folder; nothing is written.

    Raises:
        LibraryError: The library can't be read.
    """
    library = Library(folder, read_only=True)
    try:
        records = [r for r in library.catalogue.sources().values() if r.size >= 0]
    finally:
        library.close()
    same, changed, gone, other = 0, 0, 0, []
    for record in records:
        path = file_of(record.source)
        if path is None:
            gone += 1
            continue
        try:
            facts = path.stat()
            if (facts.st_size, time_of(facts)) != (record.size, record.modified):
                changed += 1
            elif version_of(path.read_bytes()) == record.version:
                same += 1
            else:
                other.append(record.source)
        except OSError:
            gone += 1
    return ComparedFiles(same, changed, gone, tuple(other))
