"""Numbers in words: cardinals and ordinals of Arabic and English."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from assistant.language.folding import fold
from assistant.language.number_words import (
    arabic_cardinals,
    english_cardinals,
    ordinals,
    scales,
    twice_scales,
)
from assistant.language.stemming import is_arabic
from assistant.language.tokens import Token

Value = Fraction | str
Order = Literal["cardinal", "ordinal", "either"]

_HUNDRED, _TEN, _TWENTY = 100, 10, 20
_AND = "\u0648"  # waw
_TEENS = frozenset(fold("عشر عشرة").split())
_HUNDREDS = frozenset(fold("مئة مائة").split())
_ARTICLES = ("وال", "بال", "فال", "كال", "لل", "ال")
# Only before small values: the word for quantity is folded as like- and a hundred are.
_CLITICS = "\u0648\u0628\u0644\u0641"
_SHORTEST = 3
_MONDAY = frozenset(fold("الاثنين الإثنين").split())
_THOUSAND = fold("ألف")


@dataclass(frozen=True, slots=True)
class WordNumber:
    """A number in words.

    Attributes:
        value: What it is.
        bare: The same without its last scale word.
        last: The place behind its last token.
        order: Whether it counts or says which one.
        is_needed: Whether it surely is a number: one and thousand may be other words.
    """

    value: int
    bare: int
    last: int
    order: Order
    is_needed: bool


def number_in_words(tokens: Sequence[Token], place: int) -> WordNumber | None:
    """Return the number in words that begins at a place, if one does.

    Args:
        tokens: The tokens of a text.
        place: Where to look.
    """
    if is_arabic(tokens[place].text):
        return _arabic_ordinal(tokens, place) or _arabic_cardinal(tokens, place)
    return _english(tokens, place)


# English


def _english(tokens: Sequence[Token], place: int) -> WordNumber | None:
    small, last = english_cardinals(), place
    total = current = 0
    bare, is_open = 0, True
    if tokens[last].text in ("a", "an"):
        last += 1
        if last == len(tokens) or tokens[last].text not in scales():
            return None
    start = last
    while last < len(tokens):
        word = tokens[last].text
        if word in small and _fits(current, small[word], is_first=last == start):
            current += small[word]
            is_open = False
        elif word in scales() and not word.endswith("s") and (last > start or start > place):
            bare = bare or current or 1
            if scales()[word] == _HUNDRED:
                current = (current or 1) * _HUNDRED
            else:
                total, current = total + (current or 1) * scales()[word], 0
            is_open = True
        elif not (word == "and" and is_open and last > start and _is_small(tokens, last + 1)):
            break
        last += 1
    value = total + current
    return _english_ordinal(tokens, place, last, value if last > start else -1) or (
        WordNumber(value, bare or value, last, "cardinal", value > 1) if last > start else None
    )


def _is_small(tokens: Sequence[Token], place: int) -> bool:
    return place < len(tokens) and tokens[place].text in english_cardinals()


def _fits(current: int, value: int, *, is_first: bool) -> bool:
    """Return whether a number word may follow what was read: five behind twenty."""
    if is_first or (current % _HUNDRED == 0 and current >= 0):
        return True
    return current % _HUNDRED >= _TWENTY and current % _TEN == 0 and 0 < value < _TEN


def _english_ordinal(
    tokens: Sequence[Token], place: int, last: int, before: int
) -> WordNumber | None:
    word = tokens[last].text if last < len(tokens) else ""
    value = ordinals().get(word, 0) if not is_arabic(word or "a") else 0
    if value and before < 0 and last == place:
        after = tokens[last + 1].text if last + 1 < len(tokens) else ""
        is_time = word == "second" and place > 0 and tokens[place - 1].is_number
        is_idle = word == "second" and after in ("in", "to", "only", "hand", "of")
        return None if is_time else WordNumber(
            value, value, last + 1, "ordinal", value > 1 and not is_idle
        )  # fmt: skip
    if value and value < _TEN and before >= _TWENTY and before % _TEN == 0:
        return WordNumber(before + value, before + value, last + 1, "ordinal", is_needed=True)
    return None


# Arabic


@dataclass(frozen=True, slots=True)
class _Part:
    """A number word with what is written in one word with it."""

    value: int
    has_and: bool
    has_article: bool


def _part(tokens: Sequence[Token], place: int) -> _Part | None:
    if place >= len(tokens):
        return None
    word, table = tokens[place].text, arabic_cardinals()
    if word in table:
        return _Part(table[word], has_and=False, has_article=False)
    for article in _ARTICLES:
        if word.startswith(article) and word[len(article) :] in table:
            return _Part(table[word[len(article) :]], article[0] == _AND, has_article=True)
    if len(word) > _SHORTEST and word[0] in _CLITICS:
        value = table.get(word[1:], 0)
        if value and (value < _HUNDRED or word[0] == _AND):
            return _Part(value, word[0] == _AND, has_article=False)
    return None


def _group(tokens: Sequence[Token], place: int) -> tuple[int, int]:
    """Return a number below a thousand and the place behind it; 0 if there is none."""
    part = _part(tokens, place)
    if part is None:
        return 0, place
    value, last = part.value, place + 1
    following = tokens[last].text.removeprefix("ال") if last < len(tokens) else ""
    if value < _TEN and following in _TEENS:
        return value + _TEN, last + 1
    if 2 < value < _TEN and following in _HUNDREDS:  # noqa: PLR2004  # two hundred is a dual
        value, last = value * _HUNDRED, last + 1
    added, behind = _added(tokens, last, value)
    return value + added, behind


def _added(tokens: Sequence[Token], place: int, value: int) -> tuple[int, int]:
    """Return what is added to a number: tens to units, and anything smaller to hundreds."""
    part = _part(tokens, place)
    if part is None or not part.has_and or _TEN <= value < _HUNDRED:
        return 0, place
    if value < _TEN:
        is_tens = _TWENTY <= part.value < _HUNDRED
        return (part.value, place + 1) if is_tens else (0, place)
    return _group(tokens, place) if part.value < _HUNDRED else (0, place)


def _scale(tokens: Sequence[Token], place: int, *, after_and: bool = False) -> tuple[int, int]:
    """Return a scale word's value, and how often it says it: twice as a dual."""
    if place >= len(tokens):
        return 0, 1
    word = tokens[place].text
    if after_and:
        word = word[1:] if word[0] == _AND else ""
    if not word or not is_arabic(word):
        return 0, 1
    # As it is first: the word for a thousand begins with the letters of the article.
    for form in (word, word.removeprefix("ال")):
        if form in twice_scales():
            return twice_scales()[form] // 2, 2
        if form in scales():
            return scales()[form], 1
    return 0, 1


def _arabic_cardinal(tokens: Sequence[Token], place: int) -> WordNumber | None:
    word = tokens[place].text
    if word in _MONDAY:
        return None
    value, last = _group(tokens, place)
    bare, is_sure = value, value > 1
    part = _part(tokens, place)
    is_either = bool(part and part.has_article and _TWENTY <= part.value < _HUNDRED)
    scale, times = _scale(tokens, last)
    if value and scale and times == 1 and tokens[last].text in scales():
        value, last = value * scale, last + 1
    elif not value and scale:
        # The plural alone is no number, and a thousand may be "composed".
        is_plural = word in fold("آلاف ملايين مليارات بلايين تريليونات الالاف الملايين").split()
        if is_plural:
            return None
        value, bare, last = times * scale, times, place + 1
        is_sure = times > 1 or not word.startswith(_THOUSAND)
    elif not value:
        return None
    # "The twenty" is the twentieth too.
    order: Order = "either" if is_either else "cardinal"
    return _arabic_rest(tokens, WordNumber(value, bare, last, order, is_sure), scale)


def _arabic_rest(tokens: Sequence[Token], found: WordNumber, scale: int) -> WordNumber:
    """Return a number with the smaller ones added to it: two thousand and five."""
    value, last = found.value, found.last
    while scale > 1:
        part = _part(tokens, last)
        rest, behind = _group(tokens, last) if part and part.has_and else (0, last)
        smaller, times = _scale(tokens, behind, after_and=not rest)
        if smaller and (rest or times > 1 or smaller < scale):
            rest, behind = (rest or times) * smaller, behind + 1
        elif not rest:
            break
        if rest >= scale:
            break
        value, last = value + rest, behind
        scale = smaller
    is_grown = last > found.last
    return WordNumber(
        value, value if is_grown else found.bare, last, found.order, found.is_needed or is_grown
    )


def _arabic_ordinal(tokens: Sequence[Token], place: int) -> WordNumber | None:
    word = tokens[place].text
    bare = next((word[len(a) :] for a in _ARTICLES if word.startswith(a)), "")
    value = ordinals().get(bare, 0) or ordinals().get(word, 0)
    has_article = bool(ordinals().get(bare, 0))
    if not value and word[0] in _CLITICS:
        value = ordinals().get(word[1:], 0)
    if not value:
        return None
    last = place + 1
    following = tokens[last].text.removeprefix("ال") if last < len(tokens) else ""
    tens = _part(tokens, last)
    if value < 12 and following in _TEENS:  # noqa: PLR2004  # the eleventh, in two words
        value, last = value % _TEN + _TEN if value != _TEN else value, last + 1
    elif tens and tens.has_and and tens.has_article and _TWENTY <= tens.value < _HUNDRED:
        value, last = value % _TEN + tens.value, last + 1
    return WordNumber(value, value, last, "ordinal", has_article and value > 1)
