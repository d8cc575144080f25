"""Whether files are still what the library read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from assistant.ingestion.files import exists, time_of
from assistant.schema import FileState, ShelfPage, ShelfRow, ShelfSource


def with_states(page: ShelfPage) -> ShelfPage:
    """Return a page of a list with the state of each row's first source, looked up now."""
    return replace(page, rows=tuple(replace(row, state=_state_of(row)) for row in page.rows))


def _state_of(row: ShelfRow) -> FileState:
    return source_state(row.sources[0]) if row.sources else "none"


def source_state(source: ShelfSource) -> FileState:
    """Return whether a file is as it was when it was read.

    What can't be looked at is taken to be as it was.
    """
    if source.size < 0:
        return "none"
    if not exists(source.source):
        return "gone"
    try:
        facts = Path(source.source).stat()
    except (OSError, ValueError):
        return "current"
    is_same = (facts.st_size, time_of(facts)) == (source.size, source.modified)
    return "current" if is_same else "changed"
