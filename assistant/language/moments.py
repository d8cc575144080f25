"""Months, weekdays and whole dates of a text, the same in every language and calendar.

>>> find_dates_in("1 رمضان 1445", tokens("1 رمضان 1445"))[0].days  # right to a day
frozenset({datetime.date(2024, 3, 10), datetime.date(2024, 3, 11), datetime.date(2024, 3, 12)})
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.language.calendar import HIJRI_MONTHS, from_hijri
from assistant.language.dates import MONTHS, FoundDate, find_dates
from assistant.language.folding import fold
from assistant.language.tokens import Token

_WEEKDAYS = (
    "monday mon الاثنين الإثنين",
    "tuesday tue tues الثلاثاء",
    "wednesday wed الأربعاء الاربعا",
    "thursday thu thurs الخميس",
    "friday fri الجمعة",
    "saturday sat السبت",
    "sunday sun الأحد",
)
# Short forms that are words of their own, and what is a month only beside a number.
_NO_DAYS = frozenset("mon tue wed thu sat sun fri".split())
_DOUBTFUL = frozenset(fold("مارس آب ماي أوت جوان صفر may mar march jan jun dec sep").split())
_NEAR = 2
_LONGEST_MONTH = 2
_PREFIXES = ("", "و", "ف", "ب", "ل")
_LAST_DAY_OF_HIJRI_MONTH = 30
_FIRST_HIJRI, _LAST_HIJRI = 1, 1600
_FILLERS = frozenset(fold("من شهر سنة عام لعام of المبارك الحرام المكرم").split())
_FIGURES = re.compile(r"\d")
_MOST_FIGURES_IN_MONTH = 12
# Added to the number of a Hijri month.
HIJRI = 100


@dataclass(frozen=True, slots=True)
class Name:
    """A month or a weekday that a text names.

    Attributes:
        first: Place of its first token.
        last: Place behind its last one.
        name: ``2`` for February, ``h9`` for Ramadan, ``d0`` for Monday.
        is_sure: Whether it can be no other word.
    """

    first: int
    last: int
    name: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date of a text.

    Attributes:
        first: Place of its first token.
        last: Place behind its last one.
        days: The days that may be meant; empty if only a month is given.
        months: The years and months that may be meant.
    """

    first: int
    last: int
    days: frozenset[dt.date]
    months: frozenset[tuple[int, int]]


@cache
def _month_words() -> Mapping[tuple[str, ...], str]:
    gregorian = {tuple(fold(name).split()): str(number) for name, number in MONTHS.items()}
    hijri = {
        tuple(fold(name).replace("-", " ").replace("'", " ").split()): f"h{number}"
        for number, names in enumerate(HIJRI_MONTHS, start=1)
        for name in names
    }
    return hijri | gregorian


@cache
def _weekday_words() -> Mapping[str, str]:
    return {
        word: f"d{number}"
        for number, names in enumerate(_WEEKDAYS)
        for word in fold(names).split()
        if word not in _NO_DAYS
    }


def find_names(tokens: Sequence[Token]) -> tuple[Name, ...]:
    """Return the months and weekdays that a text names, in order."""
    found: list[Name] = []
    place = 0
    while place < len(tokens):
        name = _name_at(tokens, place)
        if name is not None:
            found.append(name)
        place = name.last if name else place + 1
    return tuple(found)


def _name_at(tokens: Sequence[Token], place: int) -> Name | None:
    for length in range(_LONGEST_MONTH + 1, 0, -1):
        words = tuple(token.text for token in tokens[place : place + length])
        if len(words) < length:
            continue
        for prefix in _PREFIXES:
            bare = (words[0].removeprefix(prefix), *words[1:])
            if prefix and bare == words:
                continue
            month = _month_words().get(bare)
            if month:
                is_sure = bare[0] not in _DOUBTFUL or _is_dated(tokens, place, length)
                return Name(place, place + length, month, is_sure)
            day = _weekday_words().get(bare[0]) if length == 1 else None
            if day:
                return Name(place, place + 1, day, is_sure=True)
    return None


def _is_dated(tokens: Sequence[Token], place: int, length: int) -> bool:
    """Return whether a number stands near, or an English month is written as a name."""
    around = (*tokens[max(0, place - _NEAR) : place], *tokens[place + length :][:_NEAR])
    if any(token.is_number for token in around):
        return True
    before = tokens[place - 1].text if place else ""
    return tokens[place].is_capital and before in ("in", "of", "last", "next", "since", "until")


def same_month(mine: DateSpan, other: DateSpan) -> bool:
    """Return whether two dates may be in one month; two Hijri ones are compared as such."""
    hijri = [{m for m in date.months if m[1] > HIJRI} for date in (mine, other)]
    return bool(hijri[0] & hijri[1]) if all(hijri) else bool(mine.months & other.months)


def find_dates_in(text: str, tokens: Sequence[Token]) -> tuple[DateSpan, ...]:
    """Return the dates of a text, Gregorian and Hijri, that give a month and a year.

    Args:
        text: The text.
        tokens: Its tokens.
    """
    found = [_gregorian(date, text, tokens) for date in find_dates(text)]
    return (*found, *_hijri(tokens))


def _gregorian(found: FoundDate, text: str, tokens: Sequence[Token]) -> DateSpan:
    inside = [n for n, token in enumerate(tokens) if found.start <= token.origin < found.end]
    months = {(found.year, found.month or 0)}
    days = {found.date} if found.date else set()
    written = text[found.start : found.end]
    # Of 02/10/2024 either number may be the month.
    is_in_figures = not any(character.isalpha() for character in written)
    if is_in_figures and found.day and found.month and found.day <= _MOST_FIGURES_IN_MONTH:
        if _begins_with_year(written):
            return DateSpan(inside[0], inside[-1] + 1, frozenset(days), frozenset(months))
        days |= {dt.date(found.year, found.day, found.month)}
        months |= {(found.year, found.day)}
    return DateSpan(inside[0], inside[-1] + 1, frozenset(days), frozenset(months))


def _begins_with_year(written: str) -> bool:
    return len(_FIGURES.findall(re.split("[^0-9\u0660-\u0669\u06f0-\u06f9]", written)[0])) > _NEAR


def _hijri(tokens: Sequence[Token]) -> list[DateSpan]:
    found = []
    for name in find_names(tokens):
        day_place, year_place = _step(tokens, name.first - 1, -1), _step(tokens, name.last, 1)
        day, year = _figures(tokens, day_place), _figures(tokens, year_place)
        if not name.name.startswith("h") or not _FIRST_HIJRI <= year < _LAST_HIJRI:
            continue
        month = int(name.name[1:])
        if 0 < day <= _LAST_DAY_OF_HIJRI_MONTH:
            middle = from_hijri(year, month, day)
            days = [middle + dt.timedelta(days=shift) for shift in (-1, 0, 1)]
            first = day_place
        else:
            days, first = [], name.first
            middle = from_hijri(year, month, 1)
        near = {from_hijri(year, month, 1), from_hijri(year, month, 29), *days}
        months = frozenset((one.year, one.month) for one in near)
        months |= {(year, HIJRI + month)}
        found.append(DateSpan(first, year_place + 1, frozenset(days), months))
    return found


def _step(tokens: Sequence[Token], place: int, direction: int) -> int:
    while 0 <= place < len(tokens) and tokens[place].text in _FILLERS:
        place += direction
    return place


def _figures(tokens: Sequence[Token], place: int) -> int:
    text = tokens[place].text if 0 <= place < len(tokens) else ""
    return int(text) if text.isdecimal() and len(text) <= len("1445") else -1
