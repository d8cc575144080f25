"""The text that is stored of a PDF, and its blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.documents.plain import block_kinds
from assistant.schema import Block, Span

_LARGER = 1.15  # than the text: the letters of a heading
_LONGEST_HEADING = 160
BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph of the text.

    Attributes:
        text: Its text.
        first: Number of the page it begins on, from 0.
        last: Number of the page it ends on.
        size: The size of its letters in points; 0 where it is not known.
        is_running: Whether it runs through the pages: a head, a foot, a page number.
    """

    text: str
    first: int
    last: int
    size: float = 0.0
    is_running: bool = False


def place_of(first: int, last: int) -> str:
    """Return the place of what stands on some pages, such as ``page 3`` or ``pages 3-4``."""
    return f"page {first + 1}" if first == last else f"pages {first + 1}-{last + 1}"


def composed(pieces: Sequence[Piece]) -> tuple[str, tuple[Block, ...]]:
    """Return the text of a document and its blocks.

    Args:
        pieces: Its paragraphs in reading order.
    """
    pieces = [piece for piece in pieces if piece.text]
    spans, start = [], 0
    for piece in pieces:
        spans.append(Span(start, start + len(piece.text)))
        start += len(piece.text) + len(BETWEEN)
    text = BETWEEN.join(piece.text for piece in pieces)
    usual = _usual_size(pieces)
    blocks = []
    for block, piece in zip(block_kinds(text, spans), pieces, strict=True):
        is_large = usual and piece.size > _LARGER * usual and len(piece.text) < _LONGEST_HEADING
        kind = block.kind
        if piece.is_running:
            kind = "boilerplate"
        elif is_large and kind == "paragraph":
            kind = "heading"
        blocks.append(replace(block, kind=kind, place=place_of(piece.first, piece.last)))
    return text, tuple(blocks)


def _usual_size(pieces: Sequence[Piece]) -> float:
    """Return the size that most letters have."""
    sizes: Counter[float] = Counter()
    for piece in pieces:
        if not piece.is_running:
            sizes[round(piece.size, 1)] += len(piece.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0
