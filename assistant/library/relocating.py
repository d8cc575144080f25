"""Names the files that lie in a library by the folder that it lies in now."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from assistant.library.brought import BROUGHT, brought_folder

_IDENTITY = "identity"


def relocate(path: Path, before: str, folder: Path, *, as_another: bool) -> None:
    """Put the new folder's name in the place of the old one's, wherever a brought file is named.

    Args:
        path: The catalogue, which nobody else uses.
        before: The folder in which the library lay.
        folder: The folder in which it is to lie.
        as_another: Make it another library than the one before.
    """
    separator = "\\" if "\\" in before and "/" not in before else "/"
    old = f"{before.rstrip(separator)}{separator}{BROUGHT}{separator}"
    new = f"{brought_folder(folder)}{os.sep}"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("BEGIN")
        if as_another:
            connection.execute("DELETE FROM meta WHERE key = ?", (_IDENTITY,))
        if old != new:
            for table in ("sources", "versions"):
                connection.execute(
                    f"UPDATE {table} SET source = ?2 || "  # noqa: S608  # own names
                    "replace(substr(source, length(?1) + 1), ?3, ?4) "
                    "WHERE substr(source, 1, length(?1)) = ?1",
                    (old, new, separator, os.sep),
                )
            _relocate_answers(connection, old, new, separator)
        connection.execute("COMMIT")


def _relocate_answers(connection: sqlite3.Connection, old: str, new: str, separator: str) -> None:
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'turns'").fetchone():
        return
    written = json.dumps(old, ensure_ascii=False)[1:-1]
    rows = connection.execute(
        "SELECT rowid, answer FROM turns WHERE instr(answer, ?)", (written,)
    ).fetchall()
    for number, stored in rows:
        answer = json.loads(stored)
        _rename(answer, old, new, separator)
        told = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
        connection.execute("UPDATE turns SET answer = ? WHERE rowid = ?", (told, number))


def _rename(value: object, old: str, new: str, separator: str) -> None:
    """Rename the sources in an answer, wherever in it they stand."""
    if isinstance(value, dict):
        source = value.get("source")
        if isinstance(source, str) and source.startswith(old):
            value["source"] = new + source[len(old) :].replace(separator, os.sep)
        for inner in value.values():
            _rename(inner, old, new, separator)
    elif isinstance(value, list):
        for inner in value:
            _rename(inner, old, new, separator)
