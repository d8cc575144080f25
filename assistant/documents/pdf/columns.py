"""The columns of a page and the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

from assistant.documents.pdf.glyph import Glyph
from assistant.documents.pdf.line import Line
from assistant.documents.pdf.lines import lines_of

_GUTTER = 9.0  # points: what is narrower is a space between words
_STEP = 3.0
_LEAST_ROWS = 4
_CROSSING = 0.2  # the share of lines that may run over a gutter, as headings do
_MIDDLE = (0.15, 0.85)
_FILLED = 0.5  # columns of text are filled; cells of a table mostly are not
_DEEPEST = 3

_Row = list[Glyph]


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
    gutter = _gutter(glyphs) if depth else None
    if gutter is None:
        return [glyphs]
    crossing = _heights(g for g in glyphs if g.text != " " and g.left < gutter < g.right)
    crossing |= _filled_across(glyphs, gutter)
    parts: list[list[Glyph]] = []
    band: list[Glyph] = []
    is_across = False
    for glyph in sorted(glyphs, key=lambda g: -g.baseline):
        across = round(glyph.baseline) in crossing
        if band and across != is_across:
            parts += [band] if is_across else _sides(band, gutter, depth, rtl=rtl)
            band = []
        band.append(glyph)
        is_across = across
    if band:
        parts += [band] if is_across else _sides(band, gutter, depth, rtl=rtl)
    return [sorted(part, key=lambda g: g.order) for part in parts]


def _sides(band: list[Glyph], gutter: float, depth: int, *, rtl: bool) -> list[list[Glyph]]:
    left = [glyph for glyph in band if glyph.left < gutter]
    right = [glyph for glyph in band if glyph.left >= gutter]
    sides = (right, left) if rtl else (left, right)
    return [part for side in sides if side for part in _parts(side, depth - 1, rtl=rtl)]


def _heights(glyphs: Iterable[Glyph]) -> set[int]:
    return {round(glyph.baseline) for glyph in glyphs}


def _filled_across(glyphs: Sequence[Glyph], gutter: float) -> set[int]:
    """Return the heights of lines that have letters close to both sides of a gutter."""
    half = _GUTTER / 2
    left = _heights(g for g in glyphs if g.text != " " and gutter - half < g.right <= gutter)
    right = _heights(g for g in glyphs if g.text != " " and gutter <= g.left < gutter + half)
    return left | right


def _gutter(glyphs: Sequence[Glyph]) -> float | None:
    """Return the middle of a vertical band that parts columns of text; None where there is none."""
    rows: dict[int, set[int]] = {}
    for glyph in glyphs:
        if glyph.text != " ":
            row = rows.setdefault(round(glyph.baseline), set())
            row.add(int(glyph.left / _STEP))
            row.add(int(glyph.right / _STEP))
    if len(rows) < 2 * _LEAST_ROWS:
        return None
    first, last = min(map(min, rows.values())), max(map(max, rows.values()))
    counts = [0] * (last - first + 2)
    for covered in rows.values():
        for column in covered:
            counts[column - first] += 1
    best = _widest_gap(counts, _CROSSING * len(rows))
    if best is None:
        return None
    gutter = (first + best) * _STEP
    return gutter if _has_columns(list(rows.values()), gutter) else None


def _widest_gap(counts: Sequence[int], most: float) -> float | None:
    """Return the middle of the widest run of low counts between two columns, in steps."""
    best: tuple[int, float] = (0, 0.0)
    start = None
    for index, count in enumerate(counts):
        if count <= most:
            start = index if start is None else start
            continue
        if start is not None:
            middle = (start + index) / 2
            if _MIDDLE[0] < middle / len(counts) < _MIDDLE[1]:
                best = max(best, (index - start, middle))
            start = None
    return best[1] if best[0] * _STEP >= _GUTTER else None


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
