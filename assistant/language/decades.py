"""Decades by their names: the seventies of a century."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from assistant.language.folding import fold
from assistant.language.number_words import decades
from assistant.language.numerals_in_words import Value, number_in_words
from assistant.language.tokens import Token

_CENTURY_WORDS = frozenset(fold("القرن قرن").split())
_LAST_CENTURY = 20


def decade_values(tokens: Sequence[Token], place: int) -> frozenset[Value]:
    """Return what a decade named at a place may be: its first year, and "70s" for the last ones.

    Args:
        tokens: The tokens of a text.
        place: Where to look.

    Returns:
        The values; empty where no decade is named.
    """
    value = _decade_of(tokens[place].text)
    if not value:
        return frozenset()
    century = _century_behind(tokens, place + 1)
    first = frozenset[Value]((Fraction(100 * (century - 1) + value),))
    return first | {f"{value}s"} if century == _LAST_CENTURY else first


def is_century_of_decade(tokens: Sequence[Token], place: int) -> bool:
    """Return whether a number at a place only says which century a decade is of."""
    before = [token.text for token in tokens[max(0, place - 2) : place]]
    return len(before) > 1 and before[1] in _CENTURY_WORDS and _decade_of(before[0]) > 0


def _decade_of(word: str) -> int:
    bare = (word.removeprefix(prefix) for prefix in ("وال", "بال", "ال", "و", "ب", ""))
    return next((decades()[rest] for rest in bare if rest in decades()), 0)


def _century_behind(tokens: Sequence[Token], place: int) -> int:
    """Return the century that a decade is said to be of; the last one where none is named."""
    if place + 1 >= len(tokens) or tokens[place].text not in _CENTURY_WORDS:
        return _LAST_CENTURY
    if tokens[place + 1].is_number:
        text = tokens[place + 1].text
        return int(text) if text.isdigit() and len(text) <= len("20") else _LAST_CENTURY
    named = number_in_words(tokens, place + 1)
    return named.value if named else _LAST_CENTURY
