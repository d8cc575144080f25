"""The Unicode Bidirectional Algorithm (UAX #9) forward, over the tokens of a line.

A token is a run of characters that surely have one level: words of one script with what stands
between them, a number, a separator. Explicit controls and isolates do not occur in what is read off
a page, so the rules X are left out; letters of right-to-left scripts count as Arabic ones (AL).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.documents.pdf.characters import (
    ARABIC_NUMBER,
    EUROPEAN,
    LEFT,
    NEUTRAL,
    PARTNERS,
    RIGHT,
    SEPARATOR,
    SIGN,
    SPACE,
    TERMINATOR,
)

NUMBERS = EUROPEAN + ARABIC_NUMBER
# Whatever stands between two letters of one direction has that direction, but for brackets.
_TOKEN = re.compile("r(?:[r ,o+%]*r)?|l(?:[l ,o+%]*l)?|1+|2+| +|%+|o+|[(),+]")
_JOINED = {SEPARATOR: ("11", "22"), SIGN: ("11",)}  # the numbers on both sides (W4)
_START = "b"  # nothing strong stands before, in the paragraph


@dataclass(frozen=True, slots=True)
class Token:
    """A run of glyphs of one line that have one level.

    Attributes:
        kind: Their bidi class.
        start: The first one, counted from the left.
        end: One past the last one.
        text: The bracket, where it is one, as it looks.
    """

    kind: str
    start: int
    end: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known of the paragraph that a line stands in.

    Attributes:
        base: The paragraph's level: 0 from left to right, 1 from right to left.
        before: The class of the last letter before the line: r, l, or b for none.
        after: The class of what follows it in the next line: r, l, 1, 2, or b for none.
        by_word: Whether each word was ordered by itself, as XeTeX does.
    """

    base: int
    before: str = _START
    after: str = _START
    by_word: bool = False


def tokens_of(kinds: str, texts: Sequence[str]) -> list[Token]:
    """Return the tokens of a line.

    Args:
        kinds: The bidi class of each glyph, from left to right.
        texts: Their texts.
    """
    found = []
    for match in _TOKEN.finditer(kinds):
        start, end = match.span()
        kind = kinds[start]
        found.append(Token(kind, start, end, texts[start] if kind in "()" else ""))
    return found


def resolve(kinds: Sequence[str], brackets: Sequence[str], around: Surroundings) -> list[int]:
    """Return the levels of a line's tokens in logical order, by UAX #9's rules W1 to I2.

    Args:
        kinds: The class of each token.
        brackets: The bracket that it is, in logical form; else empty.
        around: The paragraph.

    Returns:
        A level for each: 0, 1 or 2.
    """
    embedding = RIGHT if around.base else LEFT
    types = _weak(kinds, around)
    directions = [LEFT if t == LEFT else RIGHT if t in "r12" else "" for t in types]
    before = embedding if around.before == _START else around.before
    _pairs(brackets, directions, embedding, before)
    _neutrals(directions, embedding, before, around.after)
    levels = []
    for kind, direction in zip(types, directions, strict=True):
        if around.base:
            levels.append(2 if direction == LEFT or kind in NUMBERS else 1)
        elif kind in NUMBERS:
            levels.append(2)
        else:
            levels.append(0 if direction == LEFT else 1)
    return levels


def _weak(kinds: Sequence[str], around: Surroundings) -> list[str]:
    """Resolve numbers and what belongs to them (rules W2 to W7)."""
    types, lasts = _numbers(kinds, around)
    following = ARABIC_NUMBER if around.after in NUMBERS and RIGHT in lasts else around.after
    for index in range(1, len(types)):
        sides = types[index - 1] + (types[index + 1] if index + 1 < len(types) else following)
        if sides in _JOINED.get(types[index], ()):
            types[index] = sides[0]
    for index, kind in enumerate(types):
        if kind == TERMINATOR:
            beside = types[max(0, index - 1) : index] + types[index + 1 : index + 2]
            types[index] = EUROPEAN if EUROPEAN in beside else NEUTRAL
        elif kind in (SEPARATOR, SIGN):
            types[index] = NEUTRAL
    left = (LEFT,) if around.base else (LEFT, _START)
    for index, last in enumerate(lasts):
        if types[index] == EUROPEAN and last in left:
            types[index] = LEFT
    return types


def _numbers(kinds: Sequence[str], around: Surroundings) -> tuple[list[str], list[str]]:
    """Return the classes with numbers behind Arabic letters as Arabic ones (W2), and the letters.

    Returns:
        The classes; and for each token the class of the last letter before it.
    """
    types, lasts = list(kinds), []
    strong = _START if around.by_word and around.before == RIGHT else around.before
    for index, kind in enumerate(types):
        if kind in (LEFT, RIGHT):
            strong = kind
        elif kind == SPACE and around.by_word and strong == RIGHT:
            strong = _START
        elif kind == EUROPEAN and strong == RIGHT:
            types[index] = ARABIC_NUMBER
        lasts.append(strong)
    return types, lasts


def _pairs(brackets: Sequence[str], directions: list[str], embedding: str, before: str) -> None:
    """Give paired brackets a direction (rule N0)."""
    for opening, closing in _matched(brackets):
        inside = directions[opening + 1 : closing]
        if embedding in inside:
            directions[opening] = directions[closing] = embedding
        elif LEFT in inside or RIGHT in inside:
            earlier = next((d for d in reversed(directions[:opening]) if d), before)
            directions[opening] = directions[closing] = earlier


def _matched(brackets: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of paired brackets, in order of the opening ones (BD16)."""
    open_ones: list[int] = []
    pairs = []
    for index, bracket in enumerate(brackets):
        if bracket in PARTNERS:
            open_ones.append(index)
        elif bracket:
            for depth in range(len(open_ones) - 1, -1, -1):
                if PARTNERS[brackets[open_ones[depth]]] == bracket:
                    pairs.append((open_ones[depth], index))
                    del open_ones[depth:]
                    break
    return sorted(pairs)


def _neutrals(directions: list[str], embedding: str, before: str, after: str) -> None:
    """Give neutrals the direction that stands on both sides, else the paragraph's (N1, N2)."""
    following = embedding if after == _START else LEFT if after == LEFT else RIGHT
    index, count, last = 0, len(directions), before
    while index < count:
        if directions[index]:
            last = directions[index]
            index += 1
            continue
        end = index
        while end < count and not directions[end]:
            end += 1
        then = directions[end] if end < count else following
        directions[index:end] = [last if last == then else embedding] * (end - index)
        index = end


def to_visual(levels: Sequence[int]) -> list[int]:
    """Return which logical places stand from left to right (rule L2)."""
    return _reversed_runs(levels, range(max(levels, default=0), 0, -1))


def to_logical(levels: Sequence[int]) -> list[int]:
    """Return which places, counted from the left, come one after the other in logical order.

    Args:
        levels: The levels from left to right.
    """
    return _reversed_runs(levels, range(1, max(levels, default=0) + 1))


def _reversed_runs(levels: Sequence[int], at_least: range) -> list[int]:
    order = list(range(len(levels)))
    for lowest in at_least:
        start = 0
        while start < len(order):
            if levels[order[start]] < lowest:
                start += 1
                continue
            end = start
            while end < len(order) and levels[order[end]] >= lowest:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = end
    return order
