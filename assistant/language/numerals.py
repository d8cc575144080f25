"""Numbers of a text, in figures and in words, with their scale, unit and readings.

    >>> sorted(find_numbers(tokens("٣٫٥ مليون دولار"))[0].values)
    [Fraction(3500000, 1)]

What can be read in more than one way keeps all its readings: a lone 1.234 may be grouped.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from assistant.language.calendar import from_hijri
from assistant.language.decades import decade_values, is_century_of_decade
from assistant.language.figures import RANGE_SIGNS, range_end, read_figures
from assistant.language.folding import fold
from assistant.language.number_words import (
    dual_noun,
    english_part,
    fractions,
    roman_value,
    scales,
)
from assistant.language.numerals_in_words import Order, Value, WordNumber, number_in_words
from assistant.language.tokens import Token
from assistant.language.units import CURRENCY_SIGNS, ERAS, unit_after, units_of

_ORDINAL_ENDINGS = frozenset(("st", "nd", "rd", "th"))
_SHORT_SCALES = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9}
_YEAR_WORDS = frozenset(fold("عام سنة year العام السنة لعام لسنة وعام").split())
_HIJRI_WORDS = frozenset(fold("ه هـ هجري هجرية الهجري الهجرية ah hijri للهجرة").split())
_COUNTED_WORDS = frozenset(
    fold("قرن القرن دورة الدورة مادة المادة فصل الفصل century centuries session article").split()
)
_JOINS = frozenset(fold("to and or إلى و أو حتى").split())
_FIRST_YEAR, _LAST_YEAR = 1000, 2100
_LAST_HIJRI = 1600


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text.

    Attributes:
        first: Place of its first token.
        last: Place behind its last token, its unit not counted.
        values: What it may be, with its scale; a string where it is no plain number.
        bare: The same without the scale word.
        units: The units that it may be in; empty if none is known.
        kind: ``number``, ``year`` or ``share`` (a half, a third).
        order: Whether it counts (``cardinal``), says which one (``ordinal``), or may do either.
        is_needed: Whether a claim that has it surely says a number.
        years: Of a Hijri year those Gregorian ones that it lies in.
    """

    first: int
    last: int
    values: frozenset[Value]
    bare: frozenset[Value]
    units: frozenset[str] = frozenset()
    kind: str = "number"
    order: Order = "cardinal"
    is_needed: bool = True
    years: frozenset[Value] = frozenset()

    def agrees(self, other: Number) -> bool:
        """Return whether both may be the same number; a Hijri year may be a Gregorian one."""
        across = self.years & other.values or self.values & other.years
        return bool(self.values & other.values or across)


def find_numbers(tokens: Sequence[Token], taken: Collection[int] = ()) -> tuple[Number, ...]:
    """Return the numbers of a text in order, not overlapping.

    Args:
        tokens: The text's tokens.
        taken: Places of tokens that are no numbers, such as those of the names of months.
    """
    found: list[Number] = [number for number in _scan(tokens, frozenset(taken))
             if not is_century_of_decade(tokens, number.first)]  # fmt: skip
    found = [_with_era(number, tokens) for number in found]
    following = [*found[1:], None][: len(found)]
    return tuple(
        _with_shared_unit(number, after, tokens)
        for number, after in zip(found, following, strict=True)
    )


def _scan(tokens: Sequence[Token], taken: frozenset[int]) -> Iterator[Number]:
    place = 0
    while place < len(tokens):
        number = None if place in taken else _number_at(tokens, place)
        if number is not None:
            yield number
        place = max(place + 1, _behind(tokens, number) if number else 0)


def _behind(tokens: Sequence[Token], number: Number) -> int:
    """Return the place behind a number and behind a hundred that only means percent."""
    return unit_after(tokens, number.last)[1] if "percent" in number.units else number.last


def _number_at(tokens: Sequence[Token], place: int) -> Number | None:
    if tokens[place].is_number:
        return _in_figures(tokens, place)
    for read in (_decade, _share, _worded, _dual, _roman):
        number = read(tokens, place)
        if number is not None:
            return number
    return None


# In figures


def _in_figures(tokens: Sequence[Token], place: int) -> Number:
    text = tokens[place].text
    values, last = read_figures(tokens, place)
    values |= range_end(tokens, place)
    order: Order = "either" if _names_one(tokens, place, last) else "cardinal"
    if last < len(tokens) and tokens[last].before in ("", "'"):
        if tokens[last].text in _ORDINAL_ENDINGS:
            return Number(place, last + 1, values, values, order="either")
        if tokens[last].text == "s" and text.endswith("0") and text.isdigit():
            # The name alone, "80s", is that of the last century's.
            decade = frozenset[Value]((f"{int(text[-2:])}s",)) | values
            named = decade if text[:-2] in ("", "19") else values
            return Number(place, last + 1, named, named, kind="year")
    scaled, last = _scaled(tokens, place, values, last)
    units, _ = unit_after(tokens, last)
    if place and tokens[place - 1].text in CURRENCY_SIGNS:
        units = units_of(tokens[place - 1].text)
    # km2 and CO2 hold no number.
    in_word = tokens[place].is_joined and "a" <= tokens[place - 1].text[-1:] <= "z"
    number = Number(place, last, scaled, values, units, order=order, is_needed=not in_word)
    if "percent" in units:
        number = replace(number, values=scaled | _hundredths(scaled))
    return _as_year(number, tokens) if scaled == values else number


def _scaled(
    tokens: Sequence[Token], place: int, values: frozenset[Value], last: int
) -> tuple[frozenset[Value], int]:
    """Return values times the scale words behind them, and the place behind those."""
    scale = 1
    while last < len(tokens) and tokens[last].text in scales():
        scale *= scales()[tokens[last].text]
        last += 1
    if scale > 1:
        half = Fraction(scale, 2) if _is_and_a_half(tokens, last) else Fraction(0)
        return _times(values, scale) | _times(values, scale, half), last + bool(half)
    short = _SHORT_SCALES.get(tokens[last].text, 0) if last < len(tokens) else 0
    if short and tokens[last].is_joined:
        is_money = place > 0 and tokens[place - 1].text in CURRENCY_SIGNS
        times = _times(values, short)
        return (times, last + 1) if is_money else (times | values, last)
    return values, last


def _is_and_a_half(tokens: Sequence[Token], place: int) -> bool:
    return place < len(tokens) and tokens[place].text == fold("ونصف")


def _times(values: frozenset[Value], scale: int, more: Fraction | int = 0) -> frozenset[Value]:
    return frozenset(value * scale + more if isinstance(value, Fraction) else value
                     for value in values)  # fmt: skip


def _hundredths(values: frozenset[Value]) -> frozenset[Value]:
    return frozenset(value / 100 for value in values if isinstance(value, Fraction))


def _names_one(tokens: Sequence[Token], place: int, last: int) -> bool:
    """Return whether a number says which one: the 5th session, article 5."""
    around = [
        token.text for token in (*tokens[max(0, place - 1) : place], *tokens[last : last + 1])
    ]
    return any(word in _COUNTED_WORDS for word in around)


def _as_year(number: Number, tokens: Sequence[Token]) -> Number:
    """Return a number as the year that it is, if it is one."""
    text = tokens[number.first].text
    after = tokens[number.last].text if number.last < len(tokens) else ""
    named = number.first > 0 and tokens[number.first - 1].text in _YEAR_WORDS
    if not text.isdigit() or len(text) > len("1999") or number.last - number.first > 1:
        return number
    if after in _HIJRI_WORDS and 0 < int(text) < _LAST_HIJRI:
        days = (from_hijri(int(text), 1, 1), from_hijri(int(text), 12, 29))
        years = frozenset[Value](Fraction(day.year) for day in days)
        return replace(number, years=years, kind="year", units=frozenset())
    is_plain = not number.units - ERAS
    if named or (is_plain and _FIRST_YEAR <= int(text) <= _LAST_YEAR):
        return replace(number, kind="year")
    return number


# In words


def _worded(tokens: Sequence[Token], place: int) -> Number | None:
    found: WordNumber | None = number_in_words(tokens, place)
    if found is None:
        return None
    following = tokens[found.last].text if found.last < len(tokens) else ""
    is_plural = following.endswith("s")
    part = english_part(following) if found.order == "cardinal" else 0
    part = part if is_plural == (found.value > 1) else 0
    whole = Fraction(found.value)
    if following.startswith("ارباع"):
        part = 4
    if part and whole < part:
        share = frozenset[Value]((whole / part,))
        return Number(place, found.last + 1, share, share, kind="share")
    values = frozenset[Value]((whole,))
    bare = frozenset[Value]((Fraction(found.bare),))
    if _is_and_a_half(tokens, found.last) and found.value != found.bare:
        values |= {whole + Fraction(found.value, 2) / max(1, found.bare)}
    units = unit_after(tokens, found.last)[0] if found.order != "ordinal" else frozenset()
    number = Number(
        place, found.last, values, bare, units, order=found.order, is_needed=found.is_needed
    )
    if "percent" in units:
        number = replace(number, values=values | _hundredths(values))
    is_year = _FIRST_YEAR <= whole <= _LAST_YEAR and found.value % 100 != 0 and not units
    return replace(number, kind="year") if is_year else number


def _decade(tokens: Sequence[Token], place: int) -> Number | None:
    values = decade_values(tokens, place)
    return Number(place, place + 1, values, values, kind="year") if values else None


def _share(tokens: Sequence[Token], place: int) -> Number | None:
    """Return a half, a third or a quarter; half a million is a number."""
    word = tokens[place].text
    bare = word.removeprefix("ال")
    value = fractions().get(bare)
    is_sure = bare == word and not word.startswith("quarter")
    if value is None:
        value = fractions().get(word[1:]) if word[0] in "وبل" else None
        is_sure = word[0] != "و"
    if value is None:
        return None
    last = place + 1
    if last + 1 < len(tokens) and tokens[last].text == "a" and tokens[last + 1].text in scales():
        last += 1
    scale = 1
    while last < len(tokens) and tokens[last].text.removeprefix("ال") in scales():
        scale *= scales()[tokens[last].text.removeprefix("ال")]
        last += 1
    values = frozenset[Value]((value * scale,))
    if scale > 1:
        return Number(place, last, values, values, unit_after(tokens, last)[0])
    is_and = place > 1 and [t.text for t in tokens[place - 2 : place]] == ["and", "a"]
    return Number(place, last, values, values, kind="share", is_needed=is_sure and not is_and)


def _dual(tokens: Sequence[Token], place: int) -> Number | None:
    noun = dual_noun(tokens[place].text)
    if not noun:
        return None
    values = frozenset[Value]((Fraction(2),))
    units = units_of(noun)
    return Number(place, place + 1, values, values, units, is_needed=bool(units))


def _roman(tokens: Sequence[Token], place: int) -> Number | None:
    """Return a Roman numeral: of a century or a session surely, of a king perhaps."""
    token = tokens[place]
    value = roman_value(token.text) if token.is_upper else 0
    is_sure = _names_one(tokens, place, place + 1)
    if not value or (len(token.text) == 1 and not is_sure):
        return None
    values = frozenset[Value]((Fraction(value),))
    return Number(place, place + 1, values, values, order="either", is_needed=is_sure)


def _with_era(number: Number, tokens: Sequence[Token]) -> Number:
    """Return a number with the era named behind it, or behind the unit it has: 5th century BC."""
    behind = unit_after(tokens, number.last)[1]
    for place in dict.fromkeys((number.last, behind)):
        era = unit_after(tokens, place)[0] & ERAS
        if era:
            return replace(number, units=number.units | era)
    return number


def _with_shared_unit(number: Number, after: Number | None, tokens: Sequence[Token]) -> Number:
    """Return a number with the unit and scale of the next one: between 5 and 10 million km."""
    if number.units or number.kind != "number":
        return number
    if after is None or after.first - number.last > 1:
        return number
    between = [token.text for token in tokens[number.last : after.first]]
    signs = tokens[after.first].before.strip()
    if (between and between[0] in _JOINS) or (not between and signs and set(signs) <= RANGE_SIGNS):
        scale = {
            value / bare
            for value in after.values
            for bare in after.bare
            if isinstance(value, Fraction) and isinstance(bare, Fraction) and bare and value > bare
        }
        values = number.values | {
            value * one for value in number.values for one in scale if isinstance(value, Fraction)
        }
        return replace(number, units=after.units, values=values)
    return number
