"""Small letters that stand above or below a line, such as marks of notes, put into it."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from assistant.documents.pdf.glyph import Glyph

_SMALLER = 0.9  # of the line's size: larger ones are a line of their own
_HIGHEST, _LOWEST = 0.6, 0.35  # of the line's size
_OVERLAP = 0.1  # the same
_BRACKETS = frozenset("()[]")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")

Row = tuple[float, list[Glyph]]


def with_raised(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of a page with small letters that stand above or below one put into it.

    Digits without brackets become raised or lowered ones: ten to the sixth is no 106.

    Args:
        rows: Baselines and glyphs, from top to bottom.
    """
    kept: list[Row] = []
    waiting: Row | None = None  # above the row that comes next
    for number, row in enumerate(rows):
        below = rows[number + 1] if number + 1 < len(rows) else None
        if waiting is None and below is not None and _belongs(row, below, _HIGHEST):
            waiting = row
            continue
        if kept and waiting is None and _belongs(row, kept[-1], _LOWEST):
            kept[-1][1].extend(_set(row[1], _LOWERED))
            continue
        kept.append(row if waiting is None else (row[0], row[1] + _set(waiting[1], _RAISED)))
        waiting = None
    return kept


def _belongs(row: Row, line: Row, furthest: float) -> bool:
    """Return whether a row is small letters beside those of a line, near enough to it."""
    letters = [glyph for glyph in row[1] if glyph.text != " "]
    others = [glyph for glyph in line[1] if glyph.text != " "]
    if not letters or not others or len(letters) >= len(others):
        return False
    size = median(glyph.size for glyph in others)
    if abs(row[0] - line[0]) > furthest * size or letters[0].size > _SMALLER * size:
        return False
    if max(glyph.size for glyph in letters) > _SMALLER * size or not _can_be_told(letters):
        return False
    room = _OVERLAP * size
    return not any(
        other.left + room < glyph.right and glyph.left + room < other.right
        for glyph in letters
        for other in others
    )


def _can_be_told(letters: Sequence[Glyph]) -> bool:
    """Return whether digits among some letters can't be taken for those of a number beside them."""
    digits = [glyph.text for glyph in letters if glyph.text.isdigit()]
    return any(glyph.text in _BRACKETS for glyph in letters) or all(map(str.isascii, digits))


def _set(letters: list[Glyph], table: dict[int, int]) -> list[Glyph]:
    if not any(glyph.text in _BRACKETS for glyph in letters):
        for glyph in letters:
            glyph.text = glyph.text.translate(table)
    return letters
