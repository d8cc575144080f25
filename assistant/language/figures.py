"""Numbers in figures, with all that they may be read as."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from assistant.language.folding import fold
from assistant.language.numerals_in_words import Value
from assistant.language.tokens import Token

_LONGEST = 30
_GROUP = 3
_HUNDRED = 100
_RANGE_WORDS = frozenset(fold("to until through إلى حتى").split())
RANGE_SIGNS = frozenset("-\u2010\u2011\u2012\u2013\u2014/")
# Behind them -5 is surely negative; oxygen -18 may be a name.
_BEFORE_NEGATIVE = frozenset(fold("to at of from by was is إلى عند بلغت من").split())


def readings(figures: str) -> frozenset[Value]:
    """Return what a number in figures may be: ``1.234`` is 1234 or a little more than 1.

    Args:
        figures: Digits with points, commas or colons between them.
    """
    if len(figures) > _LONGEST or ":" in figures:
        return frozenset((figures,))
    groups = re.split("[.,]", figures)
    signs = re.findall("[.,]", figures)
    grouped = all(len(group) == _GROUP for group in groups[1:]) and len(groups[0]) <= _GROUP
    if not signs:
        return frozenset((Fraction(figures),))
    found: set[Value] = set()
    if grouped and len(set(signs)) == 1:
        found.add(Fraction("".join(groups)))
    # Nobody writes a decimal as 2,000.
    is_round = bool(found) and groups[-1] == "000"
    if (len(signs) == 1 and not is_round) or (
        signs[-1] not in signs[:-1] and len(set(signs[:-1])) == 1
    ):
        found.add(Fraction("".join(groups[:-1]) + "." + groups[-1]))
    return frozenset(found or {figures})


def read_figures(tokens: Sequence[Token], place: int) -> tuple[frozenset[Value], int]:
    """Return the readings of figures and the place behind them."""
    text, last = tokens[place].text, place + 1
    following = tokens[last] if last < len(tokens) else None
    values = readings(text)
    if following is not None and following.is_number:
        if following.before in ("/", "\u2044") and not _is_date_part(tokens, place):
            whole = readings(following.text)
            parts = [(a, b) for a in values for b in whole if _is_fraction(a, b)]
            if parts:
                return frozenset(Fraction(a) / Fraction(b) for a, b in parts), last + 1
        is_short = text.isdigit() and len(text) <= _GROUP
        while is_short and len(text) < _LONGEST and _is_next_group(tokens, last):
            text += tokens[last].text
            last += 1
        values = readings(text)
    negative = frozenset(-value if isinstance(value, Fraction) else value for value in values)
    before = tokens[place].before
    if before[-1:] in ("-", "\u2212") and (place == 0 or (before[:1] in " (" and len(before) > 1)):
        is_sure = place == 0 or tokens[place - 1].text in _BEFORE_NEGATIVE
        return (negative if is_sure else values | negative), last
    return values, last


def _is_fraction(above: Value, below: Value) -> bool:
    return (
        isinstance(above, Fraction) and isinstance(below, Fraction) and 0 < above < below < _HUNDRED
    )


def _is_date_part(tokens: Sequence[Token], place: int) -> bool:
    around = (tokens[place], *tokens[place + 2 : place + 3])
    return any(token.is_number and token.before == "/" for token in around)


def _is_next_group(tokens: Sequence[Token], place: int) -> bool:
    """Return whether figures go on behind a blank that separates thousands: ``10 000``."""
    if place >= len(tokens):
        return False
    text = tokens[place].text
    return tokens[place].before == " " and len(text) == _GROUP and text.isdigit()


def range_end(tokens: Sequence[Token], place: int) -> frozenset[Value]:
    """Return the year that two figures are behind another year: 57 in 1654–57."""
    text = tokens[place].text
    if len(text) != len("57") or not text.isdigit() or place == 0:
        return frozenset()
    sign = tokens[place].before.strip()
    start = place - 1 if sign and set(sign) <= RANGE_SIGNS else place - 2
    if start == place - 2 and tokens[place - 1].text not in _RANGE_WORDS:
        return frozenset()
    year = tokens[start].text if start >= 0 else ""
    if len(year) != len("1654") or not year.isdigit() or int(year[2:]) >= int(text):
        return frozenset()
    return frozenset((Fraction(int(year[:2] + text)),))
