"""Dates as terms of an index, the same in every script, spelling and calendar.

    >>> date_terms("10 شباط 2024") == date_terms("Feb. 10, 2024") == ["2024-02", "2024-02-10"]
    True

Hijri dates are converted by the tabular Islamic calendar (civil epoch, eleven leap years in thirty;
Reingold and Dershowitz, "Calendrical Calculations", 2018).
The month begins with the sighting of the moon, so that the days beside the computed one are terms
too.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from assistant.language.dates import find_dates
from assistant.language.folding import fold

_HIJRI_MONTHS = (
    ("محرم", "المحرم", "Muharram"),
    ("صفر", "Safar"),
    ("ربيع الأول", "ربيع أول", "Rabi al-Awwal", "Rabi' al-Awwal", "Rabi I"),
    ("ربيع الآخر", "ربيع الثاني", "ربيع ثاني", "Rabi al-Thani", "Rabi' al-Thani", "Rabi II"),
    ("جمادى الأولى", "جمادى الأول", "Jumada al-Awwal", "Jumada al-Ula", "Jumada I"),
    (
        "جمادى الآخرة",
        "جمادى الآخر",
        "جمادى الثانية",
        "جمادى الثاني",
        "Jumada al-Thani",
        "Jumada II",
    ),
    ("رجب", "Rajab"),
    ("شعبان", "Shaban", "Sha'ban"),
    ("رمضان", "Ramadan", "Ramadhan"),
    ("شوال", "Shawwal"),
    ("ذو القعدة", "ذي القعدة", "Dhu al-Qadah", "Dhu al-Qi'dah", "Dhul Qadah"),
    ("ذو الحجة", "ذي الحجة", "Dhu al-Hijjah", "Dhul Hijjah"),
)
_NUMBERS = {fold(name): n for n, names in enumerate(_HIJRI_MONTHS, start=1) for name in names}
_LAST_HIJRI_YEAR = 1600
_EPOCH = 1_948_440  # Julian day of the first day of the first year
_ORDINAL_ZERO = 1_721_425  # Julian day of the day before the first of January of the year 1
# A date is looked for around each year only: that takes a third of the time.
_YEAR = re.compile(r"\d{3,4}(?!\d)")
_REACH = 48


def _named(names: list[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


# In folded text: a day, a month, a year of four figures or three.
_HIJRI = re.compile(
    rf"(?<![0-9])(?P<day>[12][0-9]|30|0?[1-9])(?:st|nd|rd|th)? ?(?:من |of )?(?:شهر )?"
    rf"(?P<month>{_named(list(_NUMBERS))})(?: المبارك| المكرم| الحرام)?,? ?(?:من |of )?"
    r"(?:لعام |عام |سنه )?(?P<year>1[0-9]{3}|[1-9][0-9]{2})(?![0-9])"
)


def date_terms(text: str) -> list[str]:
    """Return the dates of a text as terms: ``2024-02`` for a month, ``2024-02-10`` for a day.

    Args:
        text: Any text.

    Returns:
        The terms in order, repetitions kept; none for years that stand alone.
    """
    terms: list[str] = []
    for part in _around_years(text):
        for found in find_dates(part):
            if found.month:
                terms.append(f"{found.year}-{found.month:02}")
                if found.date:
                    terms.append(found.date.isoformat())
        terms += _hijri_terms(" ".join(fold(part).split()))
    return terms


def _around_years(text: str) -> Iterator[str]:
    """Yield the stretches of a text that hold what may be a year, not overlapping."""
    start = end = 0
    for match in _YEAR.finditer(text):
        if match.start() - _REACH > end:
            if end:
                yield text[start:end]
            start = max(0, match.start() - _REACH)
        end = match.end() + _REACH
    if end:
        yield text[start:end]


def _hijri_terms(folded: str) -> list[str]:
    terms = []
    for match in _HIJRI.finditer(folded):
        year = int(match["year"])
        if year < _LAST_HIJRI_YEAR:
            day = from_hijri(year, _NUMBERS[match["month"]], int(match["day"]))
            terms += [(day + dt.timedelta(days=n)).isoformat() for n in (-1, 0, 1)]
    return terms


def from_hijri(year: int, month: int, day: int) -> dt.date:
    """Return the Gregorian date of a Hijri one, right to a day.

    Args:
        year: From 1.
        month: From 1 to 12.
        day: From 1 to 30.
    """
    before = 354 * (year - 1) + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2
    return dt.date.fromordinal(_EPOCH + before + day - 1 - _ORDINAL_ZERO)
