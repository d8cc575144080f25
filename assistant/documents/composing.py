"""The text of a document that is no text itself, put together from its parts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from assistant.documents.decoding import storable
from assistant.documents.extracted import Extracted
from assistant.documents.limits import beyond
from assistant.documents.lines import kind_of, with_labels
from assistant.documents.options import ReadingOptions
from assistant.schema import Block, BlockKind

_LONGEST_PLACE = 80
_SPACES = re.compile("\\s+")
_MANY_LINES = re.compile("(?<![ \\t])[ \\t]*(?:\r\n|\r|\n)[ \\t]*(?:(?:\r\n|\r|\n)[ \\t]*)*")
_CLOSE_TOGETHER = frozenset(("item", "row"))


class Composer:
    """Puts a document's text together, block by block.

    Args:
        name: The file, for errors.
        options: How files are read.
        by_heading: Whether a block that has no place gets the heading above it as its place.
    """

    def __init__(self, name: str, options: ReadingOptions, *, by_heading: bool = False) -> None:
        self._name = name
        self._options = options
        self._by_heading = by_heading
        self._parts: list[str] = []
        self._length = 0
        self._rows = 0
        self._blocks: list[Block] = []
        self._heading = ""

    def add(
        self, words: str, kind: BlockKind = "paragraph", place: str = "", *, lead: str = ""
    ) -> None:
        """Add a block, unless it holds nothing.

        Args:
            words: Its text; white space around it is left out, several line ends become one.
            kind: What it is; a paragraph may turn out to be a date line or a credit.
            place: Where it stands.
            lead: What stands before it in the text and is no part of it, such as a bullet.

        Raises:
            UnreadableDocument: The document has become too long, or has too many rows.
        """
        words = _MANY_LINES.sub("\n", storable(words).strip())
        if not words:
            return
        kind = kind_of(words) if kind == "paragraph" else kind
        if kind == "heading":
            self._heading = shortened(words)
        if not place and self._by_heading:
            place = self._heading
        self._begin(kind, lead)
        self._blocks.append(Block(self._length, self._length + len(words), kind, storable(place)))
        self._append(words)
        self._count(kind)

    def include(self, other: Extracted, place: str = "") -> None:
        """Add the blocks of another text, and what stands between them.

        Args:
            other: The text and its blocks.
            place: Where it stands; empty to leave each block the place that it has.
        """
        if not other.text.strip():
            return
        self._begin("paragraph", "")
        offset = self._length
        for block in other.blocks:
            start, end = block.start + offset, block.end + offset
            self._blocks.append(Block(start, end, block.kind, storable(place or block.place)))
            self._count(block.kind)
        self._append(storable(other.text))

    def _begin(self, kind: BlockKind, lead: str) -> None:
        if self._blocks:
            last = self._blocks[-1].kind
            self._append("\n" if kind == last and kind in _CLOSE_TOGETHER else "\n\n")
        self._append(lead)

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
        most = self._options.max_characters
        if self._length > most:
            what = f"holds more than {most:,} characters of text"
            raise beyond(self._name, what, most, "max_document_characters")

    def _count(self, kind: BlockKind) -> None:
        self._rows += kind == "row"
        if self._rows > self._options.max_rows:
            what = f"has more than {self._options.max_rows:,} rows"
            raise beyond(self._name, what, self._options.max_rows, "max_rows")

    def extracted(
        self,
        title: str = "",
        date: dt.date | None = None,
        *,
        made: dt.date | None = None,
        metadata: Mapping[str, str] | None = None,
    ) -> Extracted:
        """Return what has been put together.

        Args:
            title: The document's own title; the first heading where there is none.
            date: Its own date.
            made: The date its file was made, which counts where no line of it is a date.
            metadata: Further facts; empty ones are left out.
        """
        text = "".join(self._parts)
        blocks = tuple(with_labels(text, self._blocks))
        heading = next((text[b.start : b.end] for b in blocks if b.kind == "heading"), "")
        has_dateline = any(block.kind == "dateline" for block in blocks)
        return Extracted(
            text=text,
            blocks=blocks,
            title=" ".join((title or heading).split()),
            date=date or (None if has_dateline else made),
            metadata={key: value for key, value in (metadata or {}).items() if value},
        )


def shortened(words: str) -> str:
    """Return words as a place: on one line, and no longer than a place is."""
    line = _SPACES.sub(" ", words).strip()
    if len(line) <= _LONGEST_PLACE:
        return line
    cut = line[:_LONGEST_PLACE].rpartition(" ")[0] or line[:_LONGEST_PLACE]
    return f"{cut} \u2026"


def iso_date(value: str) -> dt.date | None:
    """Return the date that a value such as ``2024-03-05T10:00:00Z`` begins with, if it is one."""
    try:
        return dt.date.fromisoformat(value.strip()[:10])
    except ValueError:
        return None
