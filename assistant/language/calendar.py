"""Dates as terms of an index, the same in every script, spelling and calendar.

    >>> date_terms("10 شباط 2024") == date_terms("Feb. 10, 2024") == ["2024-02", "2024-02-10"]
    True

Hijri dates are converted by the tabular Islamic calendar (civil epoch, eleven leap years in thirty;
Reingold and Dershowitz, "Calendrical Calculations", 2018).
The month begins with the sighting of the moon, so that one of the days beside may be meant.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from assistant.language.dates import MONTHS, find_dates, find_other_dates
from assistant.language.folding import fold

HIJRI_MONTHS = (
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
_NUMBERS = {fold(name): n for n, names in enumerate(HIJRI_MONTHS, start=1) for name in names}
_LAST_HIJRI_YEAR = 1600
_EPOCH = 1_948_440  # Julian day of the first day of the first year
_ORDINAL_ZERO = 1_721_425  # Julian day of the day before the first of January of the year 1
# A date is looked for around each year only: that takes a third of the time.
_YEAR = re.compile(r"\d{3,4}(?!\d)")
_REACH = 48


# Names that are more often another word: to practise, father, may, to march.
_AMBIGUOUS = frozenset(fold("مارس آب ماي أوت جوان may march").split())
_MONTH_WORDS = {
    tuple(fold(name).split()): number
    for name, number in MONTHS.items()
    if fold(name) not in _AMBIGUOUS and (not name.isascii() or len(name) > len("Sept"))
}
_BEGINNINGS = frozenset(name[0] for name in _MONTH_WORDS)
_LONGEST_MONTH = max(map(len, _MONTH_WORDS))


def _named(names: list[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


# In folded text: a day, a month, a year of four figures or three.
_HIJRI = re.compile(
    rf"(?<![0-9])(?P<day>[12][0-9]|30|0?[1-9])(?:st|nd|rd|th)? ?(?:من |of )?(?:شهر )?"
    rf"(?P<month>{_named(list(_NUMBERS))})(?: المبارك| المكرم| الحرام)?,? ?(?:من |of )?"
    r"(?:لعام |عام |سنه )?(?P<year>1[0-9]{3}|[1-9][0-9]{2}(?= ?(?:ه\b|ه_|هجري|ah\b|a\.h)))(?![0-9])"
)


def time_terms(text: str, words: Sequence[str]) -> list[str]:
    """Return the dates and months of a text as terms; of a Hijri day its neighbours too.

    Args:
        text: Any text.
        words: Its folded words, in order.
    """
    if not any(_around_years(text)):  # most texts
        return month_terms(words)
    near = [day for days in neighbouring_days(text).values() for day in days]
    return date_terms(text) + near + month_terms(words)


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
        terms += [day.isoformat() for day in _hijri_days(" ".join(fold(part).split()))]
    return terms


def neighbouring_days(text: str) -> dict[str, tuple[str, str]]:
    """Return by term of each Hijri date the days before and after, one of which may be meant."""
    days = {
        day for part in _around_years(text) for day in _hijri_days(" ".join(fold(part).split()))
    }
    one = dt.timedelta(days=1)
    return {
        day.isoformat(): ((day - one).isoformat(), (day + one).isoformat()) for day in sorted(days)
    }


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


def _hijri_days(folded: str) -> list[dt.date]:
    days = []
    for match in _HIJRI.finditer(folded):
        year = int(match["year"])
        if year < _LAST_HIJRI_YEAR:
            days.append(from_hijri(year, _NUMBERS[match["month"]], int(match["day"])))
    return days


def find_hijri_dates(text: str) -> tuple[tuple[int, int, dt.date], ...]:
    """Find the Hijri days that a text names, in figures or by the month.

    Args:
        text: Any text.

    Returns:
        For each the start and end of its words, and the Gregorian date, right to a day.
    """
    days = []
    for found in find_other_dates(text):
        words = " ".join(fold(text[found.start : found.end]).split())
        named = max((n for n in _NUMBERS if n in words), key=len, default="")
        month = found.month or _NUMBERS.get(named, 0)
        if found.day and month and found.year < _LAST_HIJRI_YEAR:
            days.append((found.start, found.end, from_hijri(found.year, month, found.day)))
    return tuple(days)


def month_terms(words: Sequence[str]) -> list[str]:
    """Return the months that some words name, as terms: ``--02``, with or without a year.

    Names that are more often another word («مارس», "march") are left to `date_terms`.

    Args:
        words: The folded words of a text, in order.
    """
    terms = []
    for start, word in enumerate(words):
        if word not in _BEGINNINGS:
            continue
        for length in range(_LONGEST_MONTH, 0, -1):
            number = _MONTH_WORDS.get(tuple(words[start : start + length]))
            if number:
                terms.append(f"--{number:02}")
                break
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
