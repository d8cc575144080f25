"""A day or a month that is looked for, however it is written and in whichever calendar."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from assistant.language import placed_words, words
from assistant.language.calendar import find_hijri_dates
from assistant.language.dates import find_dates
from assistant.retrieval.asked_words import Found, apart
from assistant.schema import Span

_DAY = dt.timedelta(days=1)
# What may stand behind a Hijri date.
_ERA = frozenset(("ه", "هجري", "هجريه", "ah", "a", "h"))


@dataclass(frozen=True, slots=True)
class AskedDate:
    """A date that is looked for.

    Attributes:
        year: Its Gregorian year.
        month: Its month there.
        day: The day; None for a whole month.
        is_hijri: Whether it was asked for in the Hijri calendar, whose days are right to a day.
    """

    year: int
    month: int
    day: dt.date | None = None
    is_hijri: bool = False

    @property
    def terms(self) -> tuple[str, ...]:
        """The terms of an index of which a passage with the date has at least one."""
        if self.day is None:
            return (f"{self.year}-{self.month:02}",)
        near = (self.day - _DAY, self.day, self.day + _DAY) if self.is_hijri else (self.day,)
        return tuple(day.isoformat() for day in near)

    def find(self, text: str) -> list[Found]:
        """Return where the date stands in a text, in order."""
        spans = [
            (found.start, found.end)
            for found in find_dates(text)
            if self._is_month(found.year, found.month)
            or (found.date is not None and self._is(found.date, other_calendar=self.is_hijri))
        ]
        spans += [
            (start, end)
            for start, end, day in find_hijri_dates(text)
            if self._is(day, other_calendar=not self.is_hijri)
        ]
        return apart([Found(Span(*_whole_words(text, s, e)), "date") for s, e in spans])

    def _is_month(self, year: int, month: int | None) -> bool:
        return self.day is None and (year, month) == (self.year, self.month)

    def _is(self, day: dt.date, *, other_calendar: bool) -> bool:
        if self.day is None:
            return False
        return abs(day - self.day) <= (_DAY if other_calendar else dt.timedelta())


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    touched = [w for w in placed_words(text) if w.start < end and w.end > start]
    return (touched[0].start, touched[-1].end) if touched else (start, end)


def asked_date(text: str) -> AskedDate | None:
    """Return the date that a text is; None where it is anything else or says more."""
    dates, hijri = find_dates(text), find_hijri_dates(text)
    if len(dates) + len(hijri) != 1:
        return None
    if dates:
        (found,) = dates
        if words(text[: found.start]) or words(text[found.end :]) or found.month is None:
            return None
        if found.day and not found.date:
            return None
        return AskedDate(found.year, found.month, found.date)
    ((start, end, day),) = hijri
    if words(text[:start]) or not _ERA.issuperset(words(text[end:])):
        return None
    return AskedDate(day.year, day.month, day, is_hijri=True)
