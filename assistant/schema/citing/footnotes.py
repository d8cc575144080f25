"""Citations as footnotes, in Arabic or English: a quote a line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from assistant.language import direction
from assistant.schema.citing.works import Quote, Work
from assistant.strings import place_name, say

# A part that runs against the footnote is set apart, so that it turns nothing beside it.
_ISOLATE, _END = "\u2068", "\u2069"


def footnotes(found: Sequence[Work], language: str, accessed: dt.date | None) -> str:
    """Return a footnote for each quote, numbered where there are several.

    Args:
        found: The documents with their quotes.
        language: Language of the footnotes, ``ar`` or ``en``.
        accessed: When the documents were looked at; None to leave it out.
    """
    notes = [_footnote(work, quote, language, accessed) for work in found for quote in work.quotes]
    if len(notes) == 1:
        return notes[0]
    return "\n".join(f"{number}. {note}" for number, note in enumerate(notes, start=1))


def _footnote(work: Work, quote: Quote, language: str, accessed: dt.date | None) -> str:
    words = say("cite.quote", language, {"text": quote.text}) if quote.text else ""
    parts = [
        _apart(words, language),
        _apart(work.author, language),
        _apart(work.title, language),
        day(work.date, language) if work.date else "",
        _apart(place_name(quote.place, language), language),
        *(_apart(address, language) for address in (work.source, work.url, quote.link)),
    ]
    note = say("answer.comma", language).join(filter(None, parts))
    if accessed is not None:
        note += f" ({say('cite.accessed', language, {'date': day(accessed, language)})})"
    return f"{note}."


def day(date: dt.date, language: str) -> str:
    """Return a day in words: ``10 February 2024``."""
    month = say(f"date.month.{date.month}", language)
    values = {"day": date.day, "month": month, "year": date.year}
    return say("cite.day", language, values)


def _apart(words: str, language: str) -> str:
    """Return a part of a footnote, set apart where it runs in the other direction."""
    own = "rtl" if language == "ar" else "ltr"
    if not words or not any(c.isalnum() for c in words) or direction(words) == own:
        return words
    return f"{_ISOLATE}{words}{_END}"
