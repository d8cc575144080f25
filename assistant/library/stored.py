"""Reads what a library holds beside all of its own code, to check against."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from assistant.errors import LibraryError
from assistant.library.dense import EMBEDDING


def stored_text(folder: Path, document_id: str, version: str) -> str | None:
    """Return a text as the catalogue's file holds it, read with plain SQL and for reading only.

    Args:
        folder: The library's folder; other processes may be writing to it.
        document_id: The document.
        version: The version of it.

    Returns:
        The text, or None where the file does not hold it.

    Raises:
        LibraryError: The file can't be read.
    """
    statement = "SELECT text FROM versions WHERE document_id = ? AND version = ?"
    return _value(folder, statement, document_id, version)


def stored_embedding(folder: Path) -> str | None:
    """Return the fingerprint of the embedding that made a library's vectors, read in the same way.

    Args:
        folder: The library's folder; other processes may be writing to it.

    Returns:
        The fingerprint; empty or None where the vectors are unfinished or there are none yet.

    Raises:
        LibraryError: The file can't be read.
    """
    return _value(folder, "SELECT value FROM meta WHERE key = ?", EMBEDDING)


def _value(folder: Path, statement: str, *values: str) -> str | None:
    path = folder / "catalogue.sqlite3"
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            row = connection.execute(statement, values).fetchone()
    except sqlite3.Error as error:
        raise LibraryError(
            f"The catalogue {path} can't be read: {error}. Check that it is a library's."
        ) from error
    return None if row is None else str(row[0])
