"""Reads the ids of sources that a model wrote into its sentences, in the many ways models do."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = r"(?:(?:[Ss]ources?|[Ss]entences?|[Rr]efs?|[Ii]ds?|المصادر|المصدر|الجملة)[:. ]{0,3})?"
# Any decimal digit; int() reads those of all scripts.
_NUMBER = rf"{_WORD}[sS#^]{{0,2}}\d{{1,9}}(?!\d)"
_DASH = "[-\u2010\u2011\u2012\u2013\u2014]"
_COMMA = "[,;\u060c\u061b\uff0c\u3001]"
_BLANK = r"[ \t\u00a0\u200e\u200f\u202f]{0,4}+"
# Up to the next id; nothing is tried twice, or a long list would be tried in too many ways.
_OF_SOURCE = rf"\u2020(?:[^\]\u3011,;\u060c]|[,;\u060c](?!{_BLANK}{_NUMBER})){{0,40}}+"
_ONE = rf"{_NUMBER}(?:{_BLANK}{_DASH}{_BLANK}{_NUMBER})?(?:{_OF_SOURCE})?"
_LIST = rf"{_BLANK}{_ONE}(?:{_BLANK}{_BLANK}(?:{_COMMA}{_BLANK})?{_ONE}){{0,20}}{_BLANK}"
_SQUARE = re.compile(
    rf"\[\[(?P<d>{_LIST})\]\]|\[(?P<a>{_LIST})\]|\u3010(?P<b>{_LIST})\u3011|\uff3b(?P<c>{_LIST})\uff3d"
)
_RANGE = re.compile(rf"(\d+)(?:{_BLANK}{_DASH}{_BLANK}[sS#^]*(\d+))?(?:\u2020[^,;\u060c]*)?")
# What only joins one marker to the next.
_JOINS = re.compile(rf"\s*+(?:(?:{_COMMA}|{_DASH}|&|and|و)\s*+)?")
_LONGEST_RANGE = 50
_BLANKS = " \t\u00a0"
_NO_BLANK_BEFORE = "\n\r.,;:!?\u060c\u061b\u061f\u2026)\u00bb\u201d"


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence without its markers.

    Attributes:
        text: Its words, with the blanks that markers leave behind taken out.
        numbers: The ids that it named, each once, in order.
    """

    text: str
    numbers: tuple[int, ...]


def parse_markers(text: str) -> Marked:
    """Return a sentence without its markers, and the ids that they named.

    Square brackets of any script that hold nothing but ids are markers: ``[3]``, ``[2, 5]``,
    ``[2-4]``, ``[^3]``, ``[s3]``, ``[#3]``, ``[source 3]``, ``[[3]]``, ``【3†source】``, with the
    digits of any script, and what joins one to the next goes with them: ``[1] and [2]``. Round
    brackets are not, since ``(3)`` also numbers an item or repeats a number. A year in brackets
    is read as an id; who knows which ids there are leaves out the others.

    Args:
        text: A sentence as a model wrote it.

    Returns:
        The words and the ids. A range of more than fifty ids counts by its ends only.
    """
    numbers: list[int] = []
    pieces: list[str] = []
    last = 0
    for match in _SQUARE.finditer(text):
        numbers += _ids(match["a"] or match["b"] or match["c"] or match["d"])
        between = text[last : match.start()]
        pieces.append("" if last and _JOINS.fullmatch(between) else between)
        last = match.end()
    if not pieces:
        return Marked(text, ())
    pieces.append(text[last:])
    return Marked(_joined(pieces), tuple(dict.fromkeys(numbers)))


def _ids(inside: str) -> list[int]:
    found: list[int] = []
    for match in _RANGE.finditer(inside):
        first = int(match[1])
        last = int(match[2]) if match[2] else first
        short = first <= last < first + _LONGEST_RANGE
        found += range(first, last + 1) if short else dict.fromkeys((first, last))
    return found


def _joined(pieces: list[str]) -> str:
    """Return what stands around markers, without the blanks that only kept them apart."""
    text = pieces[0]
    for piece in pieces[1:]:
        text = text.rstrip(_BLANKS) + _gap(text, piece) + piece.lstrip(_BLANKS)
    return text.strip()


def _gap(before: str, after: str) -> str:
    """Return the blank that belongs between what stands before and behind a marker."""
    blank = next((c for c in (before[-1:], after[:1]) if c and c in _BLANKS), "")
    follows = after.lstrip(_BLANKS)[:1]
    needs_none = not before.strip() or not follows or follows in _NO_BLANK_BEFORE
    return "" if needs_none else blank
