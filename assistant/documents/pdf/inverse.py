"""From the order in which a line's glyphs stand to the order in which they are read.

Levels are guessed, the line is put into the order that they say, and UAX #9 is run on that; where
it gives other levels, these are the next guess. A line whose levels explain themselves is proven:
laid out forward it looks as it was found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.documents.pdf.bidi import (
    NUMBERS,
    Surroundings,
    Token,
    resolve,
    to_logical,
    tokens_of,
)
from assistant.documents.pdf.characters import (
    LEFT,
    MIRROR,
    PARTNERS,
    RIGHT,
    SEPARATOR,
    SIGN,
    SPACE,
    bidi_class,
)

_MOST_ROUNDS = 8
# After a number these stand as units; the same letters before one would look alike.
_UNITS = re.compile(
    "(?:[kcmµn]?m|[kmc]?m[²³23]|km/h|[km]?g|[kKMGT]i?[Bb](?:/s|ps)?|[kKMGT]?Hz|[kMG]?W(?:h)?|k?V|ha|ft|mph"
    "|[cm]?l|mL|USD|EUR|GBP|[AP]M|[ap]m|BC|AD|CE|BCE)"
)


Run = tuple[int, int, bool]


@dataclass(frozen=True, slots=True)
class Ordered:
    """A line in logical order.

    Attributes:
        text: Its text.
        is_proven: Whether laying it out forward gives what was found.
        last: The class of its last letter; the surroundings' own where it has none.
        runs: Which glyphs stand one after the other in it: the first, one past the last, and
            whether they stand in reverse.
    """

    text: str
    is_proven: bool
    last: str
    runs: tuple[Run, ...]


def ordered(texts: Sequence[str], around: Surroundings) -> Ordered:
    """Return a line in logical order.

    Args:
        texts: Its glyphs from left to right; brackets as they look.
        around: The paragraph that it stands in.
    """
    kinds = "".join(map(bidi_class, texts)).replace("m", RIGHT)
    if around.base and not _needs_levels(kinds):
        text = "".join(reversed(texts)).translate(MIRROR)
        last = RIGHT if RIGHT in kinds else around.before
        return Ordered(text, is_proven=True, last=last, runs=((0, len(texts), True),))
    if not around.base and RIGHT not in kinds and "2" not in kinds:
        last = LEFT if LEFT in kinds else around.before
        return Ordered("".join(texts), is_proven=True, last=last, runs=((0, len(texts), False),))
    tokens = tokens_of(kinds, texts)
    levels, is_proven = _levels(tokens, texts, around)
    pieces, runs, last = [], [], around.before
    for index in to_logical(levels):
        token = tokens[index]
        piece = texts[token.start : token.end]
        runs.append((token.start, token.end, levels[index] % 2 == 1))
        if levels[index] % 2:
            pieces.append("".join(reversed(piece)).translate(MIRROR))
        else:
            pieces.append("".join(piece))
        last = token.kind if token.kind in (LEFT, RIGHT) else last
    return Ordered("".join(pieces), is_proven, last, tuple(runs))


def _needs_levels(kinds: str) -> bool:
    return any(kind in kinds for kind in "l12")


def _levels(
    tokens: Sequence[Token], texts: Sequence[str], around: Surroundings
) -> tuple[list[int], bool]:
    """Return levels from left to right, and whether they explain themselves."""
    first = _guess(tokens, texts, around)
    for guess in (first, [_LEVELS[around.base].get(token.kind, around.base) for token in tokens]):
        levels = guess
        for _ in range(_MOST_ROUNDS):
            found = _laid_out(tokens, levels, around)
            if found == levels:
                return levels, True
            levels = found
    return first, False


_LEVELS = ({LEFT: 0, RIGHT: 1, "1": 0, "2": 2}, {LEFT: 2, RIGHT: 1, "1": 2, "2": 2})


def _laid_out(tokens: Sequence[Token], levels: list[int], around: Surroundings) -> list[int]:
    """Return the levels that UAX #9 gives the tokens in the order that some levels put them in."""
    order = to_logical(levels)
    brackets = [
        tokens[i].text.translate(MIRROR) if levels[i] % 2 else tokens[i].text for i in order
    ]
    found = resolve([tokens[i].kind for i in order], brackets, around)
    result = [0] * len(order)
    for level, index in zip(found, order, strict=True):
        result[index] = level
    return result


def _guess(tokens: Sequence[Token], texts: Sequence[str], around: Surroundings) -> list[int]:
    """Return likely levels: what stands between Latin words and numbers belongs to them."""
    base = around.base
    known = _LEVELS[base]
    levels = [known.get(token.kind, -1) for token in tokens]
    for place in _left_brackets(tokens) if base else ():
        levels[place] = known[LEFT]
    start, in_left = 0, False
    while start < len(levels):
        end = start
        while end < len(levels) and levels[end] < 0:
            end += 1
        if end == start:
            kind = tokens[start].kind
            in_left = kind == LEFT or (in_left and kind != RIGHT)
            start += 1
            continue
        level = base
        if start > 0 and end < len(levels):
            level = _inside(tokens[start - 1 : end + 1], texts, base, in_left=in_left)
        levels[start:end] = [level] * (end - start)
        in_left = in_left and level != 1
        start = end
    return levels


def _goes_on(tokens: Sequence[Token], around: Surroundings) -> bool:
    """Return whether a line ends, at its left, within a number that the next line ends."""
    is_parted = tokens[0].kind in NUMBERS and tokens[1].kind in SEPARATOR + SIGN
    return is_parted and around.after in NUMBERS


def _inside(tokens: Sequence[Token], texts: Sequence[str], base: int, *, in_left: bool) -> int:
    """Return the likely level of what stands between the first and the last of some tokens.

    Args:
        tokens: What stands there, with a token of a known level on each side.
        texts: The line's glyphs.
        base: The paragraph's level.
        in_left: Whether left-to-right text comes before, further left.
    """
    first, last = tokens[0], tokens[-1]
    are_numbers = first.kind in NUMBERS and last.kind in NUMBERS
    if are_numbers and len(tokens) == len("1,1") and tokens[1].kind in SEPARATOR + SIGN:
        return _LEVELS[base][first.kind]
    if in_left and (are_numbers or last.text):
        return _LEVELS[base][LEFT]
    return _between(first, last, texts, base)


def _left_brackets(tokens: Sequence[Token]) -> list[int]:
    """Return the places of brackets around Latin text or a number that follow Latin text."""
    open_ones: list[int] = []
    found: list[int] = []
    for index, token in enumerate(tokens):
        if token.text in PARTNERS:
            open_ones.append(index)
        elif token.text and open_ones and PARTNERS[tokens[open_ones[-1]].text] == token.text:
            opening = open_ones.pop()
            inside = {t.kind for t in tokens[opening + 1 : index]}
            before = [t.kind for t in tokens[max(0, opening - 2) : opening] if t.kind != SPACE]
            is_left = not inside.isdisjoint((LEFT, *NUMBERS)) and RIGHT not in inside
            if is_left and before and before[-1] == LEFT:
                found += [opening, index]
    return found


def _between(left: Token, right: Token, texts: Sequence[str], base: int) -> int:
    """Return the likely level of what stands between two tokens."""
    kinds = left.kind + right.kind
    if not base:
        return 1 if kinds == RIGHT * 2 else 0
    if RIGHT in kinds or LEFT not in kinds:
        return 1
    is_before_number = left.kind == LEFT and right.kind in NUMBERS
    is_unit = is_before_number and _UNITS.fullmatch("".join(texts[left.start : left.end]))
    return 1 if is_unit else 2
