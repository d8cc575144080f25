"""Titles and languages of the documents that passages are of, kept until the catalogue changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from assistant.library.database import Database
from assistant.library.rows import CORRECTED, LANGUAGE, TITLE

_Value = TypeVar("_Value")
Version = tuple[str, str]
Described = dict[Version, tuple[str, str]]

_MOST_VARIABLES = 500
_MOST_KEPT = 50_000


class PassageFacts:
    """What passages' documents say of themselves; any number of threads may use it.

    Hundreds of passages are looked at for each question, and they are of the same documents again
    and again: a passage's row names its document, and what that says is read once.

    Args:
        database: The catalogue's file.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: tuple[int, Described] = (-1, {})

    def of(self, ids: Sequence[int], generation: int) -> dict[int, tuple[str, str]]:
        """Return by passage its document's title and language; passages that are gone are left out.

        Args:
            ids: Passages.
            generation: The catalogue's, read before this.
        """
        owners = {
            number: (document, version)
            for part in in_parts(ids)
            for number, document, version in self._database.rows(
                "SELECT id, document_id, version FROM passages "  # noqa: S608  # marks only
                f"WHERE id IN ({marks(part)})",
                part,
            )
        }
        described = self._described(generation)
        self._read(described, {owner for owner in owners.values() if owner not in described})
        return {number: described[owner] for number, owner in owners.items() if owner in described}

    def _described(self, generation: int) -> Described:
        # A thread that is late goes on with what belongs to its own generation.
        known, described = self._known
        if known != generation or len(described) > _MOST_KEPT:
            described = {}
            self._known = (generation, described)
        return described

    def _read(self, described: Described, missing: set[Version]) -> None:
        for part in in_parts(sorted({document for document, _ in missing})):
            for document, version, title, language in self._database.rows(
                f"SELECT v.document_id, v.version, {TITLE}, {LANGUAGE} FROM versions v "  # noqa: S608  # own names
                f"{CORRECTED} WHERE v.document_id IN ({marks(part)})",
                part,
            ):
                described[document, version] = (title, language)


def in_parts(values: Sequence[_Value]) -> Iterator[list[_Value]]:
    """Yield values in parts as long as a statement takes."""
    for start in range(0, len(values), _MOST_VARIABLES):
        yield list(values[start : start + _MOST_VARIABLES])


def marks(values: Sequence[object]) -> str:
    """Return a question mark for each value."""
    return ",".join("?" * len(values))
