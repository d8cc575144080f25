"""A line of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from assistant.documents.pdf.characters import LEFT, RIGHT, is_mirrored
from assistant.documents.pdf.glyph import Glyph


@dataclass(frozen=True, slots=True)
class Bracket:
    """A bracket of a line.

    Attributes:
        index: Its place among the line's texts.
        font: The name of its font, where its look follows from the font alone.
        is_given: Whether the file says which bracket was meant.
        is_reversed: Whether it was drawn from right to left.
    """

    index: int
    font: str
    is_given: bool
    is_reversed: bool


@dataclass(slots=True)
class Line:
    """A line of a page.

    Attributes:
        texts: Its glyphs' texts from left to right, spaces included; brackets as they look.
        kinds: Their bidi classes.
        brackets: Those of them that are brackets.
        left: Its left end in points.
        right: Its right end.
        baseline: Its height on the page.
        size: The usual size of its letters.
        rights: How many letters run from right to left.
        lefts: How many run from left to right.
        first_words: Width of the word it begins with, read from the left and from the right.
        spaces: Whether a space was drawn at its left and at its right end.
        page: Number of the page, from 0.
        column: Which column of the page it stands in.
        glyphs: Its glyphs; none any more once their places are not needed.
        places: Where these are drawn on the page, if that is asked for: left, bottom, right and
            top of each, one after the other, in points.
    """

    texts: list[str]
    kinds: str
    brackets: tuple[Bracket, ...]
    left: float
    right: float
    baseline: float
    size: float
    rights: int
    lefts: int
    first_words: tuple[float, float]
    spaces: tuple[bool, bool]
    page: int = 0
    column: int = 0
    glyphs: Sequence[Glyph] = ()
    places: Sequence[float] = ()

    def ends_in_space(self, *, rtl: bool) -> bool:
        """Return whether a space was drawn behind its last word."""
        return self.spaces[0 if rtl else 1]

    def first_word(self, *, rtl: bool) -> float:
        """Return the width of the word that it begins with in reading order, in points."""
        return self.first_words[1 if rtl else 0]


def line_of(glyphs: Sequence[Glyph], baseline: float, spaces: tuple[bool, bool]) -> Line:
    """Return a line.

    Args:
        glyphs: From left to right; one or more.
        baseline: Its height on the page.
        spaces: Whether a space was drawn at its left and at its right end.
    """
    kinds = "".join(glyph.kind for glyph in glyphs)
    return Line(
        texts=[glyph.text for glyph in glyphs],
        kinds=kinds,
        brackets=tuple(
            Bracket(index, glyph.font, glyph.is_given, glyph.is_reversed)
            for index, glyph in enumerate(glyphs)
            if is_mirrored(glyph.text)
        ),
        left=glyphs[0].left,
        right=max(glyph.right for glyph in glyphs),
        baseline=baseline,
        size=median(glyph.size for glyph in glyphs),
        rights=kinds.count(RIGHT),
        lefts=kinds.count(LEFT),
        first_words=(_first_word(glyphs, rtl=False), _first_word(glyphs, rtl=True)),
        spaces=spaces,
        glyphs=glyphs,
    )


def _first_word(glyphs: Sequence[Glyph], *, rtl: bool) -> float:
    """Return the width of the word that a line begins with in reading order."""
    row = glyphs[::-1] if rtl else glyphs
    own, other = (RIGHT, LEFT) if rtl else (LEFT, RIGHT)
    at = 0
    for index, glyph in enumerate(row):  # of words of the other direction the far one is first
        if glyph.kind == own:
            break
        if glyph.kind == other:
            at = index
    start = end = at
    while start and row[start - 1].text != " ":
        start -= 1
    while end < len(row) and row[end].text != " ":
        end += 1
    word = row[start:end]
    return max(g.right for g in word) - min(g.left for g in word) if word else 0.0
