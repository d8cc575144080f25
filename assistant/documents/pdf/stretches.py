"""The words of a stored text that are to be found on its pages, paragraph by paragraph."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from assistant.documents.pdf.blocks import BETWEEN
from assistant.schema import Document


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a stored text, within one of its paragraphs.

    Attributes:
        text: The paragraph.
        place: The pages it stands on, as its block says.
        number: How many paragraphs with this text and place come before it.
        count: How many there are.
        start: The first character that is asked for, counted in the paragraph.
        end: One past the last one.
    """

    text: str
    place: str
    number: int
    count: int
    start: int
    end: int


def stretches_of(document: Document, start: int, end: int) -> tuple[Stretch, ...]:
    """Return a range of a PDF's stored text, paragraph by paragraph.

    Args:
        document: The document with its text.
        start: The first character.
        end: One past the last one.
    """
    found: list[Stretch] = []
    seen: Counter[tuple[str, str]] = Counter()
    text, first = document.text, 0
    for block in document.blocks:
        # An item's block begins behind its bullet, its paragraph with it.
        words = text[first : block.end]
        if first < end and block.end > start:
            inside = max(0, start - first), min(end, block.end) - first
            found.append(Stretch(words, block.place, seen[words, block.place], 0, *inside))
        seen[words, block.place] += 1
        first = block.end + len(BETWEEN)
    return tuple(replace(one, count=seen[one.text, one.place]) for one in found)


def pages_of(place: str) -> range:
    """Return the pages that a block's place names, from 0; none where it names none."""
    word, _, numbers = place.partition(" ")
    first, _, last = numbers.partition("-")
    if word not in ("page", "pages") or not (first + last).isdecimal():
        return range(0)
    return range(int(first) - 1, int(last or first))
