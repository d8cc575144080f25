"""Glyphs to lines: marks on their letters, glyphs side by side, spaces where there are gaps."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from assistant.documents.pdf.characters import LEFT, MARK, RIGHT, SPACE
from assistant.documents.pdf.glyph import Glyph
from assistant.documents.pdf.line import Line, line_of
from assistant.documents.pdf.raised import with_raised

_SPACE_GAP = 0.165  # of the letters' size
_LATIN_GAP = 0.12  # the same, between letters that leave no room in a word
# The same, where no spaces are drawn at all: Arabic fonts set some letters of a word apart.
_UNSPACED_GAP, _UNSPACED_LATIN_GAP = 0.13, 0.09
_GAP_AT_POINT = 0.175  # side bearings around points and commas are no spaces
# Where spaces are drawn too, letters whose text the file says itself may stand beside their places.
_GAP_BETWEEN_GIVEN = 0.6
_DRAWN_SPACES = 0.06  # for each glyph, where spaces are drawn
_SAME_LINE = 0.4
_OVERLAP = 0.05
_PAIR = 2
_ASTRAY = 0.6  # a mark that is further off belongs to neither of its neighbours
_HIGHEST_MARK = 1.2
_BACKWARD = 0.35  # how far a glyph may start before the one drawn before it in one word
_SEPARATOR = ","


def attach_marks(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Return the glyphs with marks that were drawn by themselves put to their letters.

    Args:
        glyphs: In the order of drawing; a shaper draws the marks of a right-to-left letter before
            it, those of a left-to-right letter behind it.
    """
    kept: list[Glyph] = []
    waiting: list[Glyph] = []
    astray: list[Glyph] = []
    for glyph in glyphs:
        if glyph.kind == MARK:
            waiting.append(glyph)
            continue
        if waiting:
            _settle(waiting, kept[-1] if kept else None, glyph, astray)
            waiting = []
        kept.append(glyph)
    _settle(waiting, kept[-1] if kept else None, None, astray)
    for mark in astray:
        base = min(kept, key=lambda glyph: _distance(glyph, mark), default=None)
        if base is not None and _distance(base, mark) < mark.size:
            _put([mark], base)
    for one, other, third in zip(kept, kept[1:], kept[2:], strict=False):
        is_off = one.baseline == third.baseline != other.baseline
        if is_off and abs(one.baseline - other.baseline) < other.size:
            other.baseline = one.baseline
    return kept


def _settle(
    marks: list[Glyph], before: Glyph | None, after: Glyph | None, astray: list[Glyph]
) -> None:
    """Put marks that were drawn between two glyphs to one of them."""
    early: list[Glyph] = []
    late: list[Glyph] = []
    for mark in marks:
        near_before = _distance(before, mark) if before else 2 * mark.size
        near_after = _distance(after, mark) if after else 2 * mark.size
        if after is not None and after.kind == RIGHT and near_after < _ASTRAY * mark.size:
            late.append(mark)
        elif min(near_before, near_after) > _ASTRAY * mark.size:
            astray.append(mark)
        elif near_after <= near_before:
            late.append(mark)
        else:
            early.append(mark)
    _put(early, before)
    _put(late[::-1], after)


def _put(marks: Sequence[Glyph], base: Glyph | None) -> None:
    """Put marks to a letter; of a ligature of two to the one that they stand over."""
    if base is None:
        return
    for mark in marks:
        base.reach(mark.bottom, mark.top)
        text = base.text
        letters = [place for place, one in enumerate(text) if not unicodedata.combining(one)]
        is_right = mark.right > (base.left + base.right) / 2
        if base.kind == RIGHT and len(letters) == _PAIR and is_right:
            base.text = text[: letters[1]] + mark.text + text[letters[1] :]
        else:
            base.text += mark.text


def _distance(base: Glyph, mark: Glyph) -> float:
    """Return how far a mark is from what a letter takes up; other lines are far away."""
    if base.text == " " or abs(base.baseline - mark.baseline) > _HIGHEST_MARK * mark.size:
        return 2 * mark.size
    return max(0.0, base.left - mark.right, mark.right - base.right)


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Return the lines of a part of a page, from top to bottom.

    Args:
        glyphs: Its glyphs, marks attached, in the order of drawing.
    """
    rows: list[tuple[float, list[Glyph]]] = []
    for glyph in sorted(glyphs, key=lambda g: -g.baseline):
        if rows and abs(rows[-1][0] - glyph.baseline) < _SAME_LINE * max(glyph.size, 4):
            rows[-1][1].append(glyph)
        else:
            rows.append((glyph.baseline, [glyph]))
    rows = with_raised(rows)
    count = sum(len(row) for _, row in rows)
    spaces = sum(glyph.text == " " for _, row in rows for glyph in row)
    spaced = spaces > _DRAWN_SPACES * count
    found = (_line(baseline, row, spaced=spaced) for baseline, row in rows)
    return [line for line in found if line is not None]


def _line(baseline: float, row: list[Glyph], *, spaced: bool) -> Line | None:
    drawn = _side_by_side(row)
    glyphs = _with_spaces(drawn, spaced=spaced)
    if not glyphs:
        return None
    return line_of(glyphs, baseline, (drawn[0].text == " ", drawn[-1].text == " "))


def _side_by_side(row: list[Glyph]) -> list[Glyph]:
    """Return glyphs from left to right.

    Glyphs that were drawn one after the other keep that order even where one reaches under the
    other; such runs are ordered by where they start.
    """
    row.sort(key=lambda g: g.order)
    runs: list[list[Glyph]] = []
    for glyph in row:
        if runs and _goes_on(runs[-1][-1], glyph):
            gap = glyph.left - runs[-1][-1].right
            if gap < glyph.size:
                runs[-1].append(glyph)
                continue
        runs.append([glyph])
    runs.sort(key=lambda run: run[0].left)
    merged = runs[0] if runs else []
    for run in runs[1:]:
        merged = _merged(merged, run)
    return merged


def _goes_on(before: Glyph, glyph: Glyph) -> bool:
    """Return whether a glyph may follow the one drawn before it, in a word from left to right."""
    if glyph.left >= before.left:
        return True
    is_beside = glyph.text != " " and glyph.right <= before.left + _OVERLAP * glyph.size
    return not is_beside and glyph.left >= before.left - _BACKWARD * glyph.size


def _merged(row: list[Glyph], run: list[Glyph]) -> list[Glyph]:
    """Return a row with a further run in its place; it may fit into a gap of the row."""
    slack = _OVERLAP * run[0].size
    at = len(row)
    while at and row[at - 1].left > run[0].left + slack:
        at -= 1
    if at == len(row) or run[-1].left < row[at].left + slack:
        return [*row[:at], *run, *row[at:]]
    return sorted([*row, *run], key=lambda g: (round(g.left / slack), g.order))


def _with_spaces(row: list[Glyph], *, spaced: bool) -> list[Glyph]:
    """Return a row with spaces where there are gaps, one at a time, none at its ends."""
    kept: list[Glyph] = []
    reach = 0.0
    for glyph in row:
        if glyph.text == " ":
            if kept and kept[-1].text != " ":
                kept.append(glyph)
            continue
        if kept and kept[-1].text != " ":
            gap = glyph.left - reach
            if gap > _least_gap(kept[-1], glyph, spaced=spaced):
                kept.append(
                    Glyph(" ", reach, glyph.left, glyph.baseline, glyph.size, glyph.order, SPACE)
                )
        reach = max(reach, glyph.right) if kept else glyph.right
        kept.append(glyph)
    while kept and kept[-1].text == " ":
        kept.pop()
    return kept


def _least_gap(left: Glyph, right: Glyph, *, spaced: bool) -> float:
    """Return how much room between two glyphs makes a space."""
    kinds = left.kind + right.kind
    if kinds == LEFT * 2:
        return (_LATIN_GAP if spaced else _UNSPACED_LATIN_GAP) * right.size
    if not spaced:
        return _UNSPACED_GAP * right.size
    if left.is_given and right.is_given:
        return _GAP_BETWEEN_GIVEN * right.size
    at_point = _SEPARATOR in kinds
    return (_GAP_AT_POINT if at_point else _SPACE_GAP) * right.size
