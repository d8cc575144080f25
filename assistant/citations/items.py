"""A statement as a row of items: words, and numbers, dates and units whatever their spelling."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from assistant.citations.statement import Statement
from assistant.language import bare, fold, is_arabic, stem
from assistant.language.clauses import (
    aside_words,
    conjunctions,
    joining_words,
    opening_words,
    prepositions,
    reserving_words,
    small_words,
)
from assistant.language.moments import HIJRI
from assistant.language.numerals import Number
from assistant.language.numerals_in_words import Value
from assistant.language.units import CURRENCY_SIGNS, unit_after, units_of
from assistant.lexicon import is_place

_BREAKS = frozenset(",;:.()[]{}!?\u060c\u061b\u061f\u2013\u2014\u2026\u06d4")
_AND = "\u0648"  # waw
_CLITICS = _AND + "\u0628\u0644"  # waw, beh, lam
_FOR = "\u0644"  # lam
_SHORTEST = 3
# They only say whose or which.
_OF = frozenset(("of", "من"))
_TIMES = frozenset(("year", "month", "week", "day", "hour", "minute", "century", "decade"))


@dataclass(frozen=True, slots=True)
class Item:
    """A word, a number, a date or a unit of a statement.

    Attributes:
        kind: ``word``, ``number``, ``unit``, ``date`` or ``name`` (of a month or weekday).
        text: A word's folded characters, or the name.
        first: Place of its first token.
        segment: In which stretch between punctuation it stands, from 0.
        values: What a number may be.
        years: What a Hijri year may be in the Gregorian calendar.
        units: What a unit may be.
        order: A number's order.
        days: What a date may be.
        months: The years and months that a date may be in.
        is_denial: Whether it denies or counts, so that it can't be left out.
    """

    kind: str
    text: str
    first: int
    segment: int
    values: frozenset[Value] = frozenset()
    years: frozenset[Value] = frozenset()
    units: frozenset[str] = frozenset()
    order: str = ""
    days: frozenset[dt.date] = frozenset()
    months: frozenset[tuple[int, int]] = frozenset()
    is_denial: bool = False

    def agrees(self, other: Item) -> bool:
        """Return whether two numbers may be the same."""
        across = self.years & other.values or self.values & other.years
        return bool(self.values & other.values or across)

    @property
    def is_small(self) -> bool:
        """Whether it may be left out anywhere."""
        return self.kind == "word" and self.text in small_words()

    @property
    def is_extra(self) -> bool:
        """Whether a claim may have it where its source does not."""
        return self.kind == "word" and self.text in joining_words()

    @property
    def is_reserved(self) -> bool:
        """Whether leaving it out says more than the source."""
        if self.kind != "word" or self.is_denial:
            return self.is_denial
        joined = self.text[0] in _CLITICS and self.text[1:] in reserving_words()
        return joined or self.text in reserving_words()

    @property
    def is_preposition(self) -> bool:
        """Whether a phrase with a preposition begins here."""
        return self.kind == "word" and (
            self.text in prepositions()
            or (self.text[0] == _AND and self.text[1:] in prepositions())
            or _has_clitic(self.text)
        )

    @property
    def is_conjunction(self) -> bool:
        """Whether a clause is joined on here."""
        return self.kind == "word" and (
            self.text in conjunctions() or (self.text[0] == _AND and _has_clitic(self.text))
        )

    @property
    def may_join(self) -> bool:
        """Whether a clause may be joined on here; an Arabic word may begin with and."""
        return self.is_conjunction or (self.kind == "word" and self.text[0] == _AND)

    @property
    def begins_aside(self) -> bool:
        """Whether what begins here only adds a place, a time or another clause."""
        if self.kind != "word":
            return False
        clitic = _has_clitic(self.text) and self.text[0] != _FOR
        return clitic or self.text in aside_words() or bool(units_of(self.text) & _TIMES)

    @property
    def sets_terms(self) -> bool:
        """Whether what begins here may say under which terms, not only where or when."""
        return self.is_preposition and self.text not in _OF

    @property
    def is_place_or_time(self) -> bool:
        """Whether it is a place or a moment, or the name of something."""
        if self.kind != "word":
            return self.kind != "unit" or bool(self.units & _TIMES)
        said = stem(self.text)
        return said in _moments() or is_place(said) or bool(units_of(self.text) & _TIMES)

    @property
    def opens_clause(self) -> bool:
        """Whether a clause of time, place or cause begins here."""
        return self.kind == "word" and (self.text in opening_words() or self.is_preposition)


@cache
def _moments() -> frozenset[str]:
    """Return the stems of seasons and of parts of the day."""
    return frozenset(
        map(
            stem,
            fold(
                "spring summer autumn winter morning noon afternoon evening night midnight dawn "
                "الربيع الصيف الخريف الشتاء الصباح الظهر العصر المساء الليل الفجر"
            ).split(),
        )
    )


@lru_cache(maxsize=1 << 14)
def _has_clitic(word: str) -> bool:
    """Return whether an Arabic word begins with a conjunction or a preposition of one letter."""
    if len(word) <= _SHORTEST or not is_arabic(word) or word[0] not in _CLITICS:
        return False
    return word.startswith(("بال", "لل", "وال")) or stem(word) == stem(word[1:])


def items_of(statement: Statement) -> tuple[Item, ...]:
    """Return the items of a statement, in order."""
    starts = {number.first: number for number in statement.numbers}
    dates = {date.first: date for date in statement.dates}
    names = {name.first: name for name in statement.names if name.is_sure}
    denials = {n.place for n in statement.negations if n.is_strong}
    denials |= {q.place for q in statement.quantities if q.is_sure}
    denials |= {place for limit in statement.limits for place in limit.places}
    items: list[Item] = []
    place = segment = 0
    while place < len(statement.tokens):
        token = statement.tokens[place]
        segment += bool(place and _breaks(token.before))
        if place in dates:
            date = dates[place]
            items.append(Item("date", "", place, segment, days=date.days, months=date.months))
            place = date.last
        elif place in starts:
            added, place = _number_items(statement, starts[place], segment)
            items += added
        elif place in names:
            items.append(Item("name", names[place].name, place, segment))
            place = names[place].last
        elif token.text in CURRENCY_SIGNS and place + 1 in starts:
            place += 1
        else:
            word = Item("word", bare(token.text) or token.text, place, segment)
            items.append(replace(word, is_denial=place in denials))
            place += 1
    return tuple(items)


def _breaks(before: str) -> bool:
    return bool(set(before) & _BREAKS) or " - " in before


def _number_items(statement: Statement, number: Number, segment: int) -> tuple[list[Item], int]:
    """Return a number's item with that of its unit, and the place behind both."""
    item = Item("number", "", number.first, segment, order=number.order)
    item = replace(item, values=number.values, years=number.years)
    before = statement.tokens[number.first - 1].text if number.first else ""
    units, behind = unit_after(statement.tokens, number.last)
    if before in CURRENCY_SIGNS:
        units, behind = units_of(before), number.last
    elif number.kind == "year" or number.order != "cardinal":
        units, behind = frozenset(), number.last
    elif not units and number.units and number.last - number.first == 1:
        # A dual is a number and its unit in one word.
        is_dual = is_arabic(statement.tokens[number.first].text)
        units = number.units if is_dual else units
    unit = [Item("unit", "", number.first, segment, units=units)] if units else []
    return [item, *unit], behind


def same(mine: Item, other: Item, *, at_head: bool) -> bool:
    """Return whether an item of a claim is that of a source.

    Args:
        mine: The claim's.
        other: The source's.
        at_head: Whether one of them begins a stretch, where a conjunction says nothing.
    """
    if mine.kind != other.kind:
        return False
    if mine.kind == "number":
        ordinal = (mine.order == "ordinal", other.order == "ordinal")
        fits = ordinal[0] == ordinal[1] or "either" in (mine.order, other.order)
        return fits and mine.agrees(other)
    if mine.kind == "unit":
        return bool(mine.units & other.units)
    if mine.kind == "date":
        return _same_date(mine, other)
    joined = at_head and mine.text.removeprefix(_AND) == other.text.removeprefix(_AND)
    return joined or mine.text == other.text


def _same_date(mine: Item, other: Item) -> bool:
    if mine.days or other.days:
        return bool(mine.days & other.days)
    hijri = [{m for m in item.months if m[1] > HIJRI} for item in (mine, other)]
    return bool(hijri[0] & hijri[1]) if all(hijri) else bool(mine.months & other.months)
