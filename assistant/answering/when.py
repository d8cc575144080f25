"""Which days the words of a quotation mean, where they are named from the day of writing."""

from __future__ import annotations

import datetime as dt

from assistant.language.relative_dates import RelativeDate, resolve
from assistant.strings import say

_DAYS_OF_A_WEEK = 7


def dated(quote: str, written: dt.date, language: str) -> str:
    """Return what stands beside a quotation so that its days are known; empty if it names none.

    Args:
        quote: The quotation.
        written: The day that its document is certainly of.
        language: Language of the answer.
    """
    found = resolve(quote, written)
    if not found:
        return ""
    days = [_named(one, language) for one in found]
    if len(found) > 1:
        words = [quote[one.start : one.end] for one in found]
        days = [
            say("answer.dated.one", language, {"words": " ".join(w.split()), "date": day})
            for w, day in zip(words, days, strict=True)
        ]
    return say("answer.dated", language, {"dates": say("answer.semicolon", language).join(days)})


def _named(found: RelativeDate, language: str) -> str:
    """Return a day, a week, a month or a year as a person reads it."""
    first, last = found.first, found.last
    if first == last:
        return say("date.day", language, _values(first, language))
    if (last - first).days < _DAYS_OF_A_WEEK:
        days = {
            name: say("date.day", language, _values(day, language))
            for name, day in (("first", first), ("last", last))
        }
        return say("date.days", language, days)
    if last.month == first.month:
        values = _values(first, language)
        return say("date.month_of", language, {n: values[n] for n in ("month", "year")})
    return str(first.year)


def _values(day: dt.date, language: str) -> dict[str, object]:
    return {
        "weekday": say(f"date.weekday.{day.weekday()}", language),
        "day": day.day,
        "month": say(f"date.month.{day.month}", language),
        "year": day.year,
    }
