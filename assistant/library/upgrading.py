"""The copy of a catalogue that is made before its tables are changed for a newer version.

It lies beside the catalogue, and is never removed by itself.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from assistant.errors import LibraryError
from assistant.library.copying import check_room, completed, copy_catalogue, free_name

_LOG = logging.getLogger(__name__)
_STEM, _SUFFIX = "catalogue-schema", ".sqlite3"


def keep_copy(connection: sqlite3.Connection, path: Path, version: int) -> Path:
    """Copy a catalogue before it is brought to a newer schema.

    Args:
        connection: A connection to it.
        path: Its file.
        version: The schema that it has.

    Returns:
        The copy.

    Raises:
        LibraryError: There is no room for it, or the disk fails.
        sqlite3.Error: It can't be copied.
    """
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    # Once for the copy, once for what the upgrade itself may write.
    check_room(path.parent, 2 * pages * size, "The copy of the catalogue before its upgrade")
    kept = free_name(path.parent, f"{_STEM}-{version}", _SUFFIX)
    try:
        for left in path.parent.glob(f".{_STEM}-*.part*"):
            left.unlink()  # of a run that was killed
        with completed(kept) as part:
            copy_catalogue(connection, part)
    except OSError as error:
        raise LibraryError(
            f"The catalogue {path} was left as it is: before it is brought up to date, a copy is "
            f"kept in {kept}, and that failed: {error}. Mend the cause, and open the library again."
        ) from error
    _LOG.warning("The catalogue is brought up to date; as it was before, it is kept in %s.", kept)
    return kept


def kept_copies(folder: Path) -> Iterator[Path]:
    """Yield the copies that were kept in a library's folder."""
    yield from sorted(folder.glob(f"{_STEM}-*{_SUFFIX}"))
