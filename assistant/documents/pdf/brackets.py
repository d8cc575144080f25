"""Brackets the right way round, whatever a font says of them.

Some programs note for a glyph the character that it first stood for. In a line from right to left
that is the other bracket than the one it looks like. Whatever the direction of a line, a pair looks
like ``( )``: fonts whose brackets look the other way round say the opposite of what they show.
Where the file gives a text itself, that is the bracket that was meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.documents.pdf.characters import LEFT, MIRROR, NEUTRAL, RIGHT, SPACE
from assistant.documents.pdf.line import Line

_PAIRS = ("()", "[]", "{}", "\u00ab\u00bb", "\u2039\u203a")
_MIXED_RTL = 0.2  # Arabic letters for each Latin one in a line of an Arabic document
_WORDS, _POINTS = "rl12", ",o"
_PAIR_OF = {character: pair for pair in _PAIRS for character in pair}


_Key = tuple[str, str]  # a font and a pair


def set_right(lines: Iterable[Line], *, rtl: bool) -> None:
    """Give brackets the form that they have on the page.

    Args:
        lines: All lines of a document; changed in place.
        rtl: Whether most of the document runs from right to left.
    """
    votes: Counter[_Key] = Counter()
    seen: dict[_Key, list[tuple[Line, int]]] = {}
    with_brackets = [line for line in lines if line.brackets]
    for line in with_brackets:
        _show_given(line, rtl=rtl)
        for key, places in _by_font(line).items():
            seen.setdefault(key, []).extend((line, place) for place in places)
            texts = [line.texts[place] for place in places]
            votes[key] += _pairs(texts, key[1]) - _pairs(texts, key[1][::-1])
    for key, brackets in seen.items():
        if votes[key] < 0:
            for line, place in brackets:
                line.texts[place] = line.texts[place].translate(MIRROR)
    for line in with_brackets:
        _heed_spaces(line)


def _heed_spaces(line: Line) -> None:
    """Turn over brackets that have what they enclose on the wrong side."""
    for bracket in line.brackets:
        place = bracket.index
        pair = _PAIR_OF.get(line.texts[place])
        if pair:
            left = line.kinds[place - 1] if place else SPACE
            right = line.kinds[place + 1] if place + 1 < len(line.kinds) else SPACE
            if _is_outside(left, right):
                line.texts[place] = pair[0]
            elif _is_outside(right, left):
                line.texts[place] = pair[1]


def _is_outside(kind: str, other: str) -> bool:
    """Return whether what stands on one side of a bracket is outside, what on the other inside."""
    if kind == SPACE:
        return other in _WORDS or other == NEUTRAL
    return kind in _POINTS and other in _WORDS


def _by_font(line: Line) -> dict[_Key, list[int]]:
    """Return the places of the brackets whose look follows from their fonts."""
    found: dict[_Key, list[int]] = {}
    for bracket in line.brackets:
        pair = _PAIR_OF.get(line.texts[bracket.index])
        if pair and not bracket.is_given:
            found.setdefault((bracket.font, pair), []).append(bracket.index)
    return found


def _show_given(line: Line, *, rtl: bool) -> None:
    """Turn over brackets whose meaning the file says, where they run from right to left.

    They do beside right-to-left text in a paragraph that runs so, unless they close what was opened
    within left-to-right text.
    """
    texts = line.texts
    is_rtl = line.rights >= (_MIXED_RTL if rtl else 1) * line.lefts
    edge = RIGHT if is_rtl else LEFT
    open_ones = dict.fromkeys(_PAIRS, 0)
    for bracket in line.brackets:
        place = bracket.index
        pair = _PAIR_OF.get(texts[place])
        if not bracket.is_given:
            continue
        before = next((k for k in reversed(line.kinds[:place]) if k in LEFT + RIGHT), edge)
        after = next((k for k in line.kinds[place + 1 :] if k in LEFT + RIGHT), edge)
        is_right = edge == RIGHT if before != after else before == RIGHT
        if pair and before != after and texts[place] == pair[1] and open_ones[pair]:
            is_right = False
        if is_right or bracket.is_reversed:
            texts[place] = texts[place].translate(MIRROR)
        elif pair:
            open_ones[pair] = max(0, open_ones[pair] + (1 if texts[place] == pair[0] else -1))


def _pairs(texts: Sequence[str], pair: str) -> int:
    """Return how many pairs close, from left to right."""
    depth = count = 0
    for text in texts:
        if text == pair[0]:
            depth += 1
        elif depth:
            depth -= 1
            count += 1
    return count
