"""Which days the words of a quotation mean, where they are named from the day of writing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from assistant.language.relative_dates import RelativeDate, resolve
from assistant.retrieval import Evidence
from assistant.schema import Segment
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


def days_beside(segment: Segment, evidence: Evidence, language: str) -> Iterator[Segment]:
    """Yield what gives the days of a segment's quotation, where the question asks when.

    Args:
        segment: What rests on quotations.
        evidence: What was found, its passages among it.
        language: Language of the answer.
    """
    if evidence.query.kind != "when" or segment.support == "unsupported":
        return
    dates = {found.passage.document_id: found.passage.date for found in evidence.passages}
    for citation in segment.citations:
        written = dates.get(citation.document_id)
        days = dated(citation.cited_text, written, language) if written else ""
        if days:
            yield Segment(days)
            return


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
