"""Titles and languages of the documents that passages are of, kept until the catalogue changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from assistant.library.database import Database
from assistant.library.rows import CORRECTED, LANGUAGE, TITLE

_Value = TypeVar("_Value")
Version = tuple[str, str]
Said = tuple[str, str]

_MOST_VARIABLES = 500
_MOST_KEPT = 1 << 17


class PassageFacts:
    """What passages' documents say of themselves; any number of threads may use it.

    Hundreds of passages are looked at for each question, and they are of the same documents again
    and again: what a document says is read once, and not for each passage.

    Args:
        database: The catalogue's file.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: tuple[int, dict[int, Said], dict[Version, Said]] = (-1, {}, {})

    def of(self, ids: Sequence[int], generation: int) -> dict[int, tuple[str, str]]:
        """Return by passage its document's title and language; passages that are gone are left out.

        Args:
            ids: Passages.
            generation: The catalogue's, read before this.
        """
        facts, described = self._kept(generation)
        owners = self._owners([number for number in ids if number not in facts])
        self._describe(described, {owner for owner in owners.values() if owner not in described})
        facts.update(
            (number, described[owner]) for number, owner in owners.items() if owner in described
        )
        return {number: facts[number] for number in ids if number in facts}

    def _kept(self, generation: int) -> tuple[dict[int, Said], dict[Version, Said]]:
        # A thread that is late goes on with what belongs to its own generation.
        known, facts, described = self._known
        if known != generation or len(facts) > _MOST_KEPT:
            facts, described = {}, {}
            self._known = (generation, facts, described)
        return facts, described

    def _owners(self, ids: Sequence[int]) -> dict[int, Version]:
        return {
            number: (document, version)
            for part in in_parts(ids)
            for number, document, version in self._database.rows(
                "SELECT id, document_id, version FROM passages "  # noqa: S608  # marks only
                f"WHERE id IN ({marks(part)})",
                part,
            )
        }

    def _describe(self, described: dict[Version, Said], missing: set[Version]) -> None:
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
