"""The columns of a page and the order in which they are read."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from statistics import median

from assistant.documents.pdf.glyph import Glyph
from assistant.documents.pdf.line import Line
from assistant.documents.pdf.lines import lines_of

_GUTTER = 6.0  # points: what is narrower is a space between words
_GUTTER_IN_SIZES = 0.8  # the same, of the letters' size
_AS_WIDE = 0.8  # of a gutter: lines that leave less room there run across it
_STEP = 2.0
_LEAST_ROWS = 4
_CROSSING = 0.2  # the share of lines that may run over a gutter, as headings do
_MIDDLE = (0.15, 0.85)
_FILLED = 0.5  # columns of text are filled; cells of a table mostly are not
_DEEPEST = 3
_FAR = 1e6


def page_lines(glyphs: Sequence[Glyph], *, rtl: bool) -> list[Line]:
    """Return the lines of a page in reading order.

    Args:
        glyphs: Its glyphs, marks attached, in the order of drawing.
        rtl: Whether columns are read from right to left.
    """
    found: list[Line] = []
    parts = _parts(list(glyphs), _DEEPEST, rtl=rtl)
    for number, part in enumerate(parts):
        for line in lines_of(part):
            line.column = number
            found.append(line)
    return found


def _parts(glyphs: list[Glyph], depth: int, *, rtl: bool) -> list[list[Glyph]]:
    """Return the columns, and the parts above and below them, in reading order."""
    found = _gutter(glyphs) if depth else None
    if found is None:
        return [glyphs]
    gutter, width = found
    crossing = _crossing(glyphs, gutter, _AS_WIDE * width)
    parts: list[list[Glyph]] = []
    band: list[Glyph] = []
    is_across = False
    height, across = _FAR, False
    for glyph in sorted(glyphs, key=attrgetter("baseline"), reverse=True):
        if glyph.baseline != height:
            height = glyph.baseline
            across = round(height) in crossing
        if band and across != is_across:
            parts += [band] if is_across else _sides(band, gutter, depth, rtl=rtl)
            band = []
        band.append(glyph)
        is_across = across
    if band:
        parts += [band] if is_across else _sides(band, gutter, depth, rtl=rtl)
    return [sorted(part, key=attrgetter("order")) for part in parts]


def _sides(band: list[Glyph], gutter: float, depth: int, *, rtl: bool) -> list[list[Glyph]]:
    left = [glyph for glyph in band if glyph.left < gutter]
    right = [glyph for glyph in band if glyph.left >= gutter]
    sides = (right, left) if rtl else (left, right)
    return [part for side in sides if side for part in _parts(side, depth - 1, rtl=rtl)]


def _crossing(glyphs: Sequence[Glyph], gutter: float, room: float) -> set[int]:
    """Return the heights of lines that run across a gutter.

    Args:
        glyphs: The glyphs of a part of a page.
        gutter: Where its middle is.
        room: The least room that columns leave between them.
    """
    ends: dict[int, list[float]] = {}
    height, row = _FAR, [-_FAR, _FAR]
    for glyph in glyphs:
        if glyph.text != " ":
            if glyph.baseline != height:
                height = glyph.baseline
                row = ends.setdefault(round(height), [-_FAR, _FAR])
            if (glyph.left + glyph.right) / 2 < gutter:
                row[0] = max(row[0], glyph.right)
            else:
                row[1] = min(row[1], glyph.left)
    across = {height for height, (left, right) in ends.items() if right - left < room}
    return {height + off for height in across for off in (-1, 0, 1)}


def _gutter(glyphs: Sequence[Glyph]) -> tuple[float, float] | None:
    """Return the middle and width of a vertical band that parts columns; None where none does."""
    rows = _covered(glyphs)
    if len(rows) < 2 * _LEAST_ROWS:
        return None
    first, last = min(map(min, rows.values())), max(map(max, rows.values()))
    counts = [0] * (last - first + 2)
    for covered in rows.values():
        for column in covered:
            counts[column - first] += 1
    width, middle = _widest_gap(counts, _CROSSING * len(rows))
    if width * _STEP < _GUTTER:
        return None
    size = median(glyph.size for glyph in glyphs)
    if width * _STEP < _GUTTER_IN_SIZES * size:
        return None
    gutter = (first + middle) * _STEP
    return (gutter, width * _STEP) if _has_columns(list(rows.values()), gutter) else None


def _covered(glyphs: Sequence[Glyph]) -> dict[int, set[int]]:
    """Return by the heights of lines the steps, from the left, in which their glyphs have ends."""
    rows: dict[int, set[int]] = {}
    height, row = _FAR, set[int]()
    for glyph in glyphs:
        if glyph.text != " ":
            if glyph.baseline != height:  # mostly it is that of the glyph before
                height = glyph.baseline
                row = rows.setdefault(round(height), set())
            row.add(int(glyph.left / _STEP))
            row.add(int(glyph.right / _STEP))
    return rows


def _widest_gap(counts: Sequence[int], most: float) -> tuple[int, float]:
    """Return width and middle of the widest run of low counts between two columns, in steps.

    Ragged lines make counts fall before a gutter begins: of a run its emptiest part counts.
    """
    best: tuple[int, float] = (0, 0.0)
    for start, end in _runs(counts, most):
        least = min(counts[start:end])
        for left, right in _runs(counts[start:end], least):
            middle = start + (left + right) / 2
            if _MIDDLE[0] < middle / len(counts) < _MIDDLE[1]:
                best = max(best, (right - left, middle))
    return best


def _runs(counts: Sequence[int], most: float) -> list[tuple[int, int]]:
    """Return the runs of counts that are not above a number; each as its start and end."""
    found: list[tuple[int, int]] = []
    start = 0
    for index, count in enumerate([*counts, most + 1]):
        if count > most:
            if index > start:
                found.append((start, index))
            start = index + 1
    return found


def _has_columns(rows: Sequence[set[int]], gutter: float) -> bool:
    """Return whether the lines on both sides of a gutter fill what looks like columns."""
    at = gutter / _STEP
    for side in (
        [[c for c in row if c < at] for row in rows],
        [[c for c in row if c > at] for row in rows],
    ):
        widths = [max(row) - min(row) + 1 for row in side if row]
        if len(widths) < _LEAST_ROWS or median(widths) < _FILLED * max(widths):
            return False
    return True
