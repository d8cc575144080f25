"""What a library holds, as a list to look through: what is wished for, and what is found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

ShelfOrder = Literal["title", "date", "added"]
FileState = Literal["current", "changed", "gone", "none"]


class ShelfSource(NamedTuple):
    """Where a document was read from.

    Attributes:
        source: Path or name.
        folder: The synced folder it belongs to; empty if it was added by itself.
        size: Bytes of the file when it was read; -1 where there is no file.
        modified: The file's times of modification and of change, added up, in nanoseconds.
        version: SHA-256 of the bytes that were read.
    """

    source: str
    folder: str = ""
    size: int = -1
    modified: int = 0
    version: str = ""


@dataclass(frozen=True, slots=True)
class ShelfWish:
    """Which documents are to be listed.

    Attributes:
        words: Words that title or path hold, all of them, in any of their spellings.
        language: ``ar`` or ``en``, with documents in both; None for all.
        after: First day of the documents' dates; None for all.
        before: Last day; None for all.
        order: By ``title``, by ``date`` (the newest first, without a date last), or by ``added``
            (the one that came last first).
        start: How many of those found are passed over.
        limit: How many are listed.
    """

    words: str = ""
    language: str | None = None
    after: dt.date | None = None
    before: dt.date | None = None
    order: ShelfOrder = "title"
    start: int = 0
    limit: int = 100


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """A document as a list shows it.

    Attributes:
        id: The document.
        version: Its newest version.
        title: Its title.
        language: ``ar``, ``en``, ``mixed`` or ``und``.
        date: Its date, where one is known.
        sources: Where it was read from, the first one first.
        passages: How many passages it has.
        quality: How well its text could be read, 0 to 1.
        metadata: What its reader found; ``corrected`` names what a person has put right.
        place: Where its last words stand, such as ``page 12``; empty where its format has no
            places.
        state: Of its first source: ``current``, ``changed`` since it was read, ``gone``, or
            ``none`` where it never was a file.
    """

    id: str
    version: str
    title: str
    language: str
    date: dt.date | None
    sources: tuple[ShelfSource, ...]
    passages: int
    quality: float
    metadata: Mapping[str, str] = field(default_factory=dict)
    place: str = ""
    state: FileState = "none"


@dataclass(frozen=True, slots=True)
class ShelfPage:
    """What was found for a wish.

    Attributes:
        rows: The documents that are listed.
        ids: The ids of all that were found, in the same order.
        held: How many documents there are, whatever was wished for.
    """

    rows: tuple[ShelfRow, ...]
    ids: tuple[str, ...]
    held: int


@dataclass(frozen=True, slots=True)
class Removal:
    """What was removed, enough to bring it back.

    Attributes:
        document_id: The document.
        version: The version that was removed.
        sources: The sources that were removed with it.
        kept_in: After a purge, what lies in the library's folder and still holds the document:
            copies that upgrades have kept, and folders that restores have set aside.
    """

    document_id: str
    version: str
    sources: tuple[ShelfSource, ...]
    kept_in: tuple[str, ...] = ()
