"""Which days the words of a quotation mean, where they are named from the day of writing."""

from __future__ import annotations

import datetime as dt

from assistant.language.relative_dates import RelativeDate, resolve
from assistant.strings import say


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
    """Return a day, a month or a year as a person reads it."""
    first = found.first
    values: dict[str, object] = {
        "weekday": say(f"date.weekday.{first.weekday()}", language),
        "day": first.day,
        "month": say(f"date.month.{first.month}", language),
        "year": first.year,
    }
    if first == found.last:
        return say("date.day", language, values)
    if found.last.month == first.month:
        return say("date.month_of", language, {n: values[n] for n in ("month", "year")})
    return str(first.year)
