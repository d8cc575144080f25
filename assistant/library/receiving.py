"""Looks at a catalogue that came from elsewhere, before it becomes a library's."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from assistant.errors import LibraryDamaged, LibraryError
from assistant.library.layout import SCHEMA, SCHEMA_VERSION, STEPS
from assistant.library.soundness import CATALOGUE

_Layout = set[tuple[str, str, str]]


def check_received(path: Path, version: int) -> None:
    """Raise where a catalogue is damaged, or is not made just as Sanad makes it.

    It may have no trigger, view or other table that would be run or read unawares.

    Args:
        path: Its file, which nobody else uses.
        version: The schema version that it is said to have.

    Raises:
        LibraryDamaged: It can't be used.
        LibraryError: It was written by a newer version of Sanad.
    """
    if version > SCHEMA_VERSION:
        raise LibraryError(
            f"The backup has the schema version {version}; this version of Sanad knows up to "
            f"{SCHEMA_VERSION}. Nothing was changed. Update Sanad."
        )
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            if version < 1 or _layout(connection) != _expected(version):
                _refuse("its tables are not those of a catalogue")
            found = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchall()
            if found != [(str(version),)]:
                _refuse("its schema is another than its manifest says")
            (well,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error as error:
        _refuse(str(error))
    if well != "ok":
        _refuse(well)


def _refuse(what: str) -> None:
    raise LibraryDamaged(
        f"The catalogue in the backup is damaged: {what}. Nothing was changed. Use another backup."
    )


def _layout(connection: sqlite3.Connection) -> _Layout:
    rows = connection.execute(
        "SELECT type, name, coalesce(sql, '') FROM sqlite_master "
        "WHERE name NOT IN ('sqlite_sequence') AND name NOT GLOB 'sqlite_stat[14]'"
    )
    return {(kind, name, " ".join(made.split())) for kind, name, made in rows}


def _expected(version: int) -> _Layout:
    made = [SCHEMA, *(STEPS[step] for step in range(2, version + 1))]
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript("".join(made))
        return _layout(connection)


def is_filled(folder: Path) -> bool:
    """Return whether a library holds a document or a conversation, or can't be looked at.

    Args:
        folder: Its folder, which nobody else writes to.
    """
    path = folder / CATALOGUE
    if not path.exists():
        return any((folder / name).exists() for name in ("terms", "chroma", "uploads"))
    if not path.stat().st_size:
        return False
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            held = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
            return not held or any(
                connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone()  # noqa: S608  # own names
                for table in ("documents", "conversations")
                if table in held
            )
    except sqlite3.Error:
        return True
