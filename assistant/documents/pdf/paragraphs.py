"""Lines to paragraphs, over columns and pages."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from assistant.documents.pdf.line import Line

_SPACE = 0.35  # of the letters' size
_CLEAR_ROOM = 1.2  # the same, where no sentence ends
_ENDS_SENTENCE = re.compile('[.!?:\u061f\u06d4\u2026\u00bb\u00ab"\u201d)\\](\\[]$')
_OVERHANGING = 2
_OTHER_SIZE = 0.12
_WIDER_PITCH, _FAR_APART = 1.14, 1.6  # of the usual distance of lines
_INDENT = (0.8, 6.0)
_ENOUGH_LETTERS = 8
_LEAST_LINES = 4
_MIXED_RTL = 0.35  # Arabic letters for each Latin one that still make a line Arabic
_MARKER = re.compile(
    "(?:[-*\u2022\u2023\u25aa\u25cf\u25e6\u2013\u2014\uf0b7]|\\(?\\w{1,3}[.)\\-])$"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together.

    Attributes:
        lines: In reading order.
        rtl: Whether they run from right to left.
    """

    lines: tuple[Line, ...]
    rtl: bool

    @property
    def size(self) -> float:
        """The usual size of its letters, in points."""
        return median(line.size for line in self.lines)


def paragraphs_of(pages: Sequence[Sequence[Line]]) -> list[Paragraph]:
    """Return the paragraphs of a document.

    Args:
        pages: The lines of each page in reading order, without heads and feet.
    """
    lines = [line for page in pages for line in page]
    rtl_pages = {page[0].page: _is_rtl(page) for page in pages if page}
    layout = _Layout(lines, rtl_pages)
    found: list[list[Line]] = []
    for line in lines:
        if not found or layout.is_break(found[-1], line):
            found.append([line])
        else:
            found[-1].append(line)
    return [Paragraph(tuple(group), layout.direction(group)) for group in found]


def _is_rtl(lines: Sequence[Line]) -> bool:
    return sum(line.rights for line in lines) > sum(line.lefts for line in lines)


def _edges(column: Sequence[Line]) -> tuple[float, float]:
    """Return where lines start and end; a letter or two may hang over."""
    over = min(_OVERHANGING, len(column) // 8)
    lefts, rights = sorted(q.left for q in column), sorted(q.right for q in column)
    return lefts[over], rights[-1 - over]


class _Layout:
    """What is usual in a document: the edges of its columns and the distances of its lines."""

    def __init__(self, lines: Sequence[Line], rtl_pages: dict[int, bool]) -> None:
        self._rtl_pages = rtl_pages
        self._pitches = self._usual_pitches(lines)
        self._edges: dict[tuple[int, int], tuple[float, float]] = {}
        columns: dict[tuple[int, int], list[Line]] = {}
        for line in lines:
            columns.setdefault((line.page, line.column), []).append(line)
        for key, column in columns.items():
            self._edges[key] = _edges(column)
        for key, column in columns.items():
            if len(column) < _LEAST_LINES:  # too few to know where lines could have ended
                self._edges[key] = self._wider(key)

    def _wider(self, key: tuple[int, int]) -> tuple[float, float]:
        """Return the edges of the columns elsewhere that a short one could be a part of."""
        left, right = self._edges[key]
        alike = [
            (a, b)
            for (page, _), (a, b) in self._edges.items()
            if page != key[0] and a < right and b > left
        ]
        if not alike:
            return left, right
        return min(left, median(a for a, _ in alike)), max(right, median(b for _, b in alike))

    @staticmethod
    def _usual_pitches(lines: Sequence[Line]) -> dict[int, float]:
        """Return the usual distance of lines, for each size of letters."""
        seen: dict[int, Counter[float]] = {}
        for one, other in itertools.pairwise(lines):
            distance = one.baseline - other.baseline
            if one.page == other.page and 0 < distance < 4 * one.size:
                seen.setdefault(round(one.size), Counter())[round(distance * 2) / 2] += 1
        return {size: counts.most_common(1)[0][0] for size, counts in seen.items()}

    def direction(self, group: Sequence[Line]) -> bool:
        """Return whether lines run from right to left."""
        rights, lefts = sum(q.rights for q in group), sum(q.lefts for q in group)
        if not rights or not lefts:
            return bool(rights) or (not lefts and self._rtl_pages[group[0].page])
        if self._rtl_pages[group[0].page]:
            return rights >= _MIXED_RTL * lefts
        return rights > lefts

    def is_break(self, group: Sequence[Line], line: Line) -> bool:
        """Return whether a paragraph ends before a line."""
        last = group[-1]
        if abs(last.size - line.size) > _OTHER_SIZE * max(last.size, line.size):
            return True
        if _other_script(group, line):
            return True
        rtl = self.direction(group)
        if self._has_room(last, line, rtl=rtl):
            return True
        if self._is_indented(line, rtl=rtl) and not self._hangs(group, line, rtl=rtl):
            return True
        is_below = last.page == line.page and last.column == line.column
        return is_below and self._is_apart(last, line, rtl=rtl)

    def _is_apart(self, last: Line, line: Line, *, rtl: bool) -> bool:
        """Return whether there is more room between two lines than there usually is.

        High marks push lines apart too: behind a full line that ends no sentence it takes more.
        """
        distance = last.baseline - line.baseline
        pitch = self._pitches.get(round(last.size), 0.0)
        if distance < 0 or not pitch or distance <= _WIDER_PITCH * pitch:
            return distance < 0
        is_end = self._room(last, rtl=rtl) > last.size or _ends_sentence(last, rtl=rtl)
        return is_end or distance > _FAR_APART * pitch

    def _room(self, line: Line, *, rtl: bool) -> float:
        """Return the room that is left at a line's end."""
        left, right = self._edges[line.page, line.column]
        return line.left - left if rtl else right - line.right

    def _has_room(self, last: Line, line: Line, *, rtl: bool) -> bool:
        """Return whether a line's first word would have fitted on the line before."""
        slack = _SPACE if _ends_sentence(last, rtl=rtl) else _CLEAR_ROOM
        return self._room(last, rtl=rtl) > line.first_word(rtl=rtl) + slack * line.size

    def _indent(self, line: Line, *, rtl: bool) -> float:
        left, right = self._edges[line.page, line.column]
        return (right - line.right if rtl else line.left - left) / line.size

    def _is_indented(self, line: Line, *, rtl: bool) -> bool:
        return _INDENT[0] < self._indent(line, rtl=rtl) < _INDENT[1]

    def _hangs(self, group: Sequence[Line], line: Line, *, rtl: bool) -> bool:
        """Return whether lines stand in from the edge as a whole: an item, a quotation."""
        here = self._indent(line, rtl=rtl)
        if len(group) > 1 and abs(self._indent(group[-1], rtl=rtl) - here) < _SPACE:
            return True
        return _starts_item(group[0], rtl=rtl)


def _ends_sentence(line: Line, *, rtl: bool) -> bool:
    return _ENDS_SENTENCE.search(line.texts[0 if rtl else -1]) is not None


def _starts_item(line: Line, *, rtl: bool) -> bool:
    """Return whether a line begins with the bullet or number of an item."""
    texts = line.texts[::-1] if rtl else line.texts
    word = "".join(texts).split(" ", 1)[0]
    return _MARKER.match(word) is not None


def _other_script(group: Sequence[Line], line: Line) -> bool:
    """Return whether a line is all in one script and those before it all in the other."""
    rights, lefts = sum(q.rights for q in group), sum(q.lefts for q in group)
    if min(rights + lefts, line.rights + line.lefts) < _ENOUGH_LETTERS:
        return False
    return (not lefts and not line.rights) or (not rights and not line.lefts)
