"""The documents of a library as somebody looks through them: filtered, in order, by the page.

What a filter or an order needs is read once for each state of the library and kept; all else is
read for the rows of the page at hand only, since it stands behind the documents' texts.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.errors import AssistantError
from assistant.language import fold
from assistant.library.database import Database
from assistant.library.rows import CORRECTED, DATE, LANGUAGE, TITLE, document_from_row
from assistant.schema import Document, ShelfPage, ShelfRow, ShelfSource, ShelfWish

Seen = Callable[[str], bool]

_ENTRIES = (
    f"SELECT v.document_id, {TITLE}, {LANGUAGE}, {DATE}, v.source, "  # noqa: S608  # own names
    "(SELECT min(w.rowid) FROM versions w WHERE w.document_id = v.document_id) "
    "FROM documents d JOIN versions v ON v.document_id = d.id AND v.version = d.version "
    f"{CORRECTED} WHERE d.present"
)
# Where a document's last block stands tells how long it is; not looked for where a reader counted.
_FACTS = (
    "SELECT v.document_id, v.version, v.quality, v.metadata, c.title, c.date, c.language, "  # noqa: S608  # own names
    "CASE WHEN json_extract(v.metadata, '$.pages') IS NULL "
    "THEN json_extract(v.blocks, '$[#-1][3]') END, "
    "(SELECT count(*) FROM passages p WHERE p.document_id = v.document_id) "
    "FROM documents d JOIN versions v ON v.document_id = d.id AND v.version = d.version "
    f"{CORRECTED} WHERE d.id IN "
)
_AS_READ = (
    "SELECT document_id, version, title, source, language, date, quality, metadata, "
    "NULL, NULL, NULL, text, blocks FROM versions WHERE document_id = ? AND version = ?"
)
_MOST_ROWS = 500
_DIGITS = re.compile("([0-9]+)")


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is known of a document without looking into it.

    Attributes:
        id: The document.
        title: Its title.
        key: What its title is ordered by: numbers in it count as numbers.
        words: Its title, folded.
        language: Its language.
        date: Its date as ``YYYY-MM-DD``; empty where it has none.
        sources: Its sources, or the name it goes by where it has none.
        paths: The sources' names, folded.
        added: Grows from document to document as they came.
    """

    id: str
    title: str
    key: tuple[str | int, ...]
    words: str
    language: str
    date: str
    sources: tuple[ShelfSource, ...]
    paths: tuple[str, ...]
    added: int


class Shelves:
    """Lists the documents of a catalogue; any number of threads may use it.

    Args:
        database: The catalogue's file.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._reading = threading.Lock()
        self._generation = ""
        self._entries: tuple[_Entry, ...] = ()

    def page(self, wish: ShelfWish, seen: Seen | None = None) -> ShelfPage:
        """Return the documents that fit a wish; the state of their sources is left open.

        Args:
            wish: Which ones, and in which order.
            seen: Tells which sources may be seen; a document without any is left out. None for
                all of them.

        Raises:
            AssistantError: ``start`` or ``limit`` is no whole number.
        """
        if not (isinstance(wish.start, int) and isinstance(wish.limit, int)):  # type: ignore[redundant-expr]  # programs that are not type-checked
            raise AssistantError(
                f"ShelfWish(start={wish.start!r}, limit={wish.limit!r}) can't be used: give whole "
                "numbers."
            )
        entries = self._all()
        if seen is not None:
            entries = tuple(e for e in entries if any(seen(s.source) for s in e.sources))
        wanted = fold(wish.words).split()
        found = _ordered([e for e in entries if _fits(e, wish, wanted, seen)], wish)
        start = max(0, wish.start)
        shown = found[start : start + max(0, min(wish.limit, _MOST_ROWS))]
        return ShelfPage(self._rows(shown, seen), tuple(e.id for e in found), len(entries))

    def as_read(self, document_id: str, version: str) -> Document | None:
        """Return a version of a document without what a person has put right about it.

        Args:
            document_id: The document.
            version: One of its versions.

        Returns:
            The document with its text, without its sources; None if it is not kept.
        """
        rows = self._database.rows(_AS_READ, (document_id, version))
        if not rows:
            return None
        *head, text, blocks = rows[0]
        return document_from_row(head, (), text, blocks)

    def _all(self) -> tuple[_Entry, ...]:
        with self._reading:
            # First the generation: what is written meanwhile is then read once more.
            ((generation,),) = self._database.rows(
                "SELECT value FROM meta WHERE key = 'generation'"
            )
            if generation != self._generation:
                self._entries = self._read()
                self._generation = generation
            return self._entries

    def _read(self) -> tuple[_Entry, ...]:
        sources: dict[str, list[ShelfSource]] = {}
        for document_id, *record in self._database.rows(
            "SELECT document_id, source, folder, size, modified, version FROM sources "
            "ORDER BY rowid"
        ):
            sources.setdefault(document_id, []).append(ShelfSource(*record))
        return tuple(
            _entry(row, sources.get(row[0], [ShelfSource(row[4])]))
            for row in self._database.rows(_ENTRIES)
        )

    def _rows(self, entries: Sequence[_Entry], seen: Seen | None) -> tuple[ShelfRow, ...]:
        marks = ",".join("?" * len(entries))
        found = self._database.rows(f"{_FACTS} ({marks})", [entry.id for entry in entries])
        facts = {row[0]: row for row in found}
        # What was removed since the entries were read is left out.
        return tuple(_row(e, facts[e.id], seen) for e in entries if e.id in facts)


def _entry(row: Sequence[Any], sources: Iterable[ShelfSource]) -> _Entry:
    document_id, title, language, date, _, added = row
    held, words = tuple(sources), fold(title)
    key = tuple(int(p) if n % 2 else p for n, p in enumerate(_DIGITS.split(words.strip())))
    paths = tuple(fold(source.source) for source in held)
    return _Entry(document_id, title, key, words, language, date or "", held, paths, added)


def _fits(entry: _Entry, wish: ShelfWish, wanted: Sequence[str], seen: Seen | None) -> bool:
    if wish.language is not None and entry.language not in (wish.language, "mixed"):
        return False
    if wish.after is not None and entry.date < wish.after.isoformat()[:10]:
        return False
    if wish.before is not None and not "" < entry.date <= wish.before.isoformat()[:10]:
        return False
    if not wanted:
        return True
    # A path that may not be seen must not be found by its words either.
    named = zip(entry.sources, entry.paths, strict=True)
    paths = [path for source, path in named if seen is None or seen(source.source)]
    return all(word in entry.words or any(word in path for path in paths) for word in wanted)


def _ordered(entries: list[_Entry], wish: ShelfWish) -> list[_Entry]:
    if wish.order == "added":
        return sorted(entries, key=lambda entry: entry.added, reverse=True)
    by_title = sorted(entries, key=lambda entry: (entry.key, entry.id))
    if wish.order == "date":
        return sorted(by_title, key=lambda entry: entry.date, reverse=True)
    return by_title


def _row(entry: _Entry, facts: Sequence[Any], seen: Seen | None) -> ShelfRow:
    _, version, quality, metadata, *corrections, place, passages = facts
    named = zip(("title", "date", "language"), corrections, strict=True)
    corrected = " ".join(name for name, value in named if value is not None)
    return ShelfRow(
        id=entry.id,
        version=version,
        title=entry.title,
        language=entry.language,
        date=dt.date.fromisoformat(entry.date) if entry.date else None,
        sources=tuple(s for s in entry.sources if seen is None or seen(s.source)),
        passages=passages,
        quality=quality,
        metadata=json.loads(metadata) | ({"corrected": corrected} if corrected else {}),
        place=place or "",
    )
