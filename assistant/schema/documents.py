"""What a document is: its stored text, and the spans over it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

BlockKind = Literal["heading", "paragraph", "item", "row", "caption", "dateline", "boilerplate"]


class Span(NamedTuple):
    """A half-open range of code points, 0-based, into a stored text."""

    start: int
    end: int


class PassageSpan(NamedTuple):
    """A run of whole sentences that is searched as one.

    Attributes:
        start: Start of the first sentence, or of the heading above it.
        end: End of the last sentence.
        sentences: Its sentences, in order.
    """

    start: int
    end: int
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document's text that no sentence crosses.

    Attributes:
        start: First code point of the block in the document's text.
        end: One past its last code point.
        kind: What the block is.
        place: Where it stands: a page, slide, row or time; empty where a format has none.
    """

    start: int
    end: int
    kind: BlockKind = "paragraph"
    place: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One version of a document, with the immutable text that citations point into.

    Attributes:
        id: Stable for a source over changes and moves; set by the library when empty.
        version: SHA-256 of the bytes that were read, in hexadecimal; where they gave another text
            before, of that and the text.
        title: What the document calls itself, else its file name.
        source: The path or name it was first read from.
        sources: All paths that hold the same bytes.
        language: ``ar``, ``en``, ``mixed`` or ``und`` (undetermined).
        date: The date the document gives itself, where one was found.
        text: The stored text: decoded characters, byte order mark dropped, line ends kept.
        blocks: The parts of the text, in order, not overlapping.
        quality: How well the text could be read, 0 to 1.
        metadata: Further facts that a reader found.
    """

    id: str = ""
    version: str = ""
    title: str = ""
    source: str = ""
    sources: tuple[str, ...] = ()
    language: str = "und"
    date: dt.date | None = None
    text: str = ""
    blocks: tuple[Block, ...] = ()
    quality: float = 1.0
    metadata: Mapping[str, str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the document as plain JSON values."""
        return {
            "id": self.id,
            "version": self.version,
            "title": self.title,
            "source": self.source,
            "sources": list(self.sources),
            "language": self.language,
            "date": self.date.isoformat() if self.date else None,
            "text": self.text,
            "blocks": [
                {"start": b.start, "end": b.end, "kind": b.kind, "place": b.place}
                for b in self.blocks
            ],
            "quality": self.quality,
            "metadata": dict(self.metadata),
        }


def version_of(data: bytes) -> str:
    """Return the version that stands for these bytes: their SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
