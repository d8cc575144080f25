"""Whether a catalogue can be trusted, found out before anything is written into it.

A writer leaves a mark when it has closed the catalogue: what the files are then. Where the mark is
missing, or the files are others, the last writer was killed or somebody else has touched them, and
SQLite looks at every page.
"""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

from assistant.errors import LibraryDamaged
from assistant.library.layout import SCHEMA, SCHEMA_VERSION, STEPS

CATALOGUE = "catalogue.sqlite3"
CLOSED = "closed.json"
_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 100
_TABLE = re.compile(r"CREATE TABLE (\w+)")
_BUSY_SECONDS = 30.0


def damaged(path: Path, what: str) -> LibraryDamaged:
    """Return what to raise for a catalogue that can't be trusted.

    Args:
        path: The catalogue's file.
        what: What is wrong, without a full stop.
    """
    return LibraryDamaged(
        f"The catalogue {path} is damaged: {what}. Restore a backup "
        f"with: sanad restore BACKUP. Or move the folder {path.parent} away, and add the documents "
        "again from their files."
    )


def check_sound(path: Path, address: str, *, thoroughly: bool) -> None:
    """Raise where a catalogue is damaged; nothing is written.

    Args:
        path: The file; it is there and not empty.
        address: How SQLite opens it for reading.
        thoroughly: Look at every page: a second for 150,000 passages on a cold disk.

    Raises:
        LibraryDamaged: It is damaged.
    """
    _check_header(path)
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=_BUSY_SECONDS)) as connection:
            _check_tables(path, connection)
            found = connection.execute("PRAGMA quick_check(1)").fetchall() if thoroughly else []
    except sqlite3.DatabaseError as error:
        # Only what has no class of its own tells of damage; the rest is said where it is opened.
        if type(error) is sqlite3.DatabaseError:
            raise damaged(path, str(error)) from error
        return
    if found and found[0][0] != "ok":
        raise damaged(path, " ".join(str(found[0][0]).split()))


def _check_header(path: Path) -> None:
    size = path.stat().st_size
    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
    if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
        raise damaged(path, "it does not begin as a file of SQLite does")
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        return  # pages may be on their way from the log
    page = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    is_counted = header[24:28] == header[92:96]
    page = 65536 if page == 1 else page
    if is_counted and size < page * pages:
        raise damaged(path, f"it has {size:,} bytes where its header says {page * pages:,}")


def _check_tables(path: Path, connection: sqlite3.Connection) -> None:
    held = {
        name
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    if not held:
        return  # it was just being made
    if not held & tables_of(1):
        raise LibraryDamaged(
            f"{path} is no catalogue: it has no table meta. Restore a backup with: sanad restore "
            "BACKUP. Or choose another library."
        )
    row = None
    if "meta" in held:
        row = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
    version = int(row[0]) if row and str(row[0]).isdigit() else 1
    missing = tables_of(version) - held if version <= SCHEMA_VERSION else set()
    if missing:
        raise damaged(path, f"it lacks the tables {', '.join(sorted(missing))}")


def tables_of(version: int) -> set[str]:
    """Return the names of the tables of a schema version."""
    made = [SCHEMA, *(STEPS[step] for step in range(2, version + 1))]
    return set(_TABLE.findall("".join(made)))


# The mark


def was_left_closed(folder: Path) -> bool:
    """Return whether the catalogue's files are just as the last writer left them."""
    try:
        return (folder / CLOSED).read_text(encoding="utf-8") == _facts(folder)
    except (OSError, ValueError):
        return False


def forget_closed(folder: Path) -> None:
    """Take the mark away before writing, so that a writer that is killed leaves none."""
    (folder / CLOSED).unlink(missing_ok=True)


def note_closed(folder: Path) -> None:
    """Leave the mark; the catalogue must be closed."""
    (folder / CLOSED).write_text(_facts(folder), encoding="utf-8")


def _facts(folder: Path) -> str:
    files = [folder / CATALOGUE, folder / f"{CATALOGUE}-wal"]
    facts = [(file.name, file.stat()) for file in files if file.exists()]
    # A reader leaves an empty log.
    return json.dumps([[name, f.st_size, f.st_mtime_ns] for name, f in facts if f.st_size])
