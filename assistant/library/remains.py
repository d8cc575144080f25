"""Copies of the catalogue in a library's folder that still hold what was purged from it.

Nobody but their owner removes them: a purge names them instead.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from assistant.library.soundness import CATALOGUE
from assistant.library.swapping import set_aside
from assistant.library.upgrading import kept_copies


def copies_holding(folder: Path, document_id: str) -> tuple[str, ...]:
    """Return what lies in a library's folder from before and still holds a document.

    Args:
        folder: The library's folder.
        document_id: The document.

    Returns:
        Copies that upgrades have kept, and folders that restores have set aside; also those that
        can't be read.
    """
    found = [copy for copy in kept_copies(folder) if _holds(copy, document_id)]
    found += [aside for aside in set_aside(folder) if _holds(aside / CATALOGUE, document_id)]
    return tuple(map(str, found))


def _holds(path: Path, document_id: str) -> bool:
    address = f"{path.resolve().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            statement = "SELECT 1 FROM versions WHERE document_id = ?"
            return connection.execute(statement, (document_id,)).fetchone() is not None
    except sqlite3.Error:
        return True
