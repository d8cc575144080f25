"""Strokes that only stretch a word to the width of a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.documents.pdf.characters import RIGHT, TATWEEL
from assistant.documents.pdf.line import Line

# Some programs name them hyphens.
_NAMES = TATWEEL + "-\u2010\u00ad"
_SHARE = 0.005  # of the letters: so many hyphens within Arabic words nobody writes
_LEAST = 8
# Letters that are not joined to the next one can't be stretched.
_NOT_JOINED = "\u0621\u0622\u0623\u0624\u0625\u0627\u0629\u062f\u0630\u0631\u0632\u0648\u0649"


def drop_kashidas(lines: Sequence[Line]) -> None:
    """Take the strokes within Arabic words away, where there are so many that nobody wrote them.

    Args:
        lines: All lines of a document; changed in place.
    """
    found = [(line, place) for line in lines for place in _strokes(line)]
    if len(found) > max(_LEAST, _SHARE * sum(line.rights for line in lines)):
        for line, place in found:
            line.texts[place] = line.texts[place][1:]


def _strokes(line: Line) -> Iterator[int]:
    """Yield the places of strokes and hyphens between letters that could be joined."""
    texts = line.texts
    for place, text in enumerate(texts):
        if text[0] not in _NAMES:
            continue
        left = right = place
        while left >= 0 and texts[left][0] in _NAMES:
            left -= 1
        while right < len(texts) and texts[right][0] in _NAMES:
            right += 1
        if left < 0 or right == len(texts):
            continue
        is_inside = line.kinds[left] == line.kinds[right] == RIGHT
        if is_inside and texts[right][0] not in _NOT_JOINED:
            yield place
