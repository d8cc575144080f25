"""Dates and years in Arabic and English text, with where they stand.

    >>> [found.date for found in find_dates("من 10 شباط/فبراير 2024 to March 3, 2024")]
    [datetime.date(2024, 2, 10), datetime.date(2024, 3, 3)]

Texts are searched in a plainer form of the same length, so all offsets are those of the text as
it was given.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A Gregorian date in a text.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last character.
        year: From 1000 to 2100.
        month: From 1 to 12, where it is stated.
        day: From 1 to 31, where it is stated.
    """

    start: int
    end: int
    year: int
    month: int | None
    day: int | None

    @property
    def date(self) -> datetime.date | None:
        """The calendar date; none where a part is missing or there is no such day."""
        if self.month is None or self.day is None:
            return None
        try:
            return datetime.date(self.year, self.month, self.day)
        except ValueError:
            return None


# One line a month: Egypt and the Gulf, the Levant and Iraq, the Maghreb, English.
# Spellings that differ only in hamza, ta marbuta or final ya are not repeated.
_NAMES = {
    1: ("يناير", "كانون الثاني", "كانون ثاني", "جانفي", "January", "Jan"),
    2: ("فبراير", "شباط", "فيفري", "February", "Feb"),
    3: ("مارس", "آذار", "March", "Mar"),
    4: ("أبريل", "نيسان", "أفريل", "April", "Apr"),
    5: ("مايو", "أيار", "مايس", "ماي", "May"),
    6: ("يونيو", "يونية", "حزيران", "جوان", "June", "Jun"),
    7: ("يوليو", "يولية", "تموز", "جويلية", "يوليوز", "July", "Jul"),
    8: ("أغسطس", "آب", "أوت", "غشت", "August", "Aug"),
    9: ("سبتمبر", "أيلول", "شتنبر", "September", "Sept", "Sep"),
    10: ("أكتوبر", "تشرين الأول", "تشرين أول", "October", "Oct"),
    11: ("نوفمبر", "تشرين الثاني", "تشرين ثاني", "نونبر", "November", "Nov"),
    12: ("ديسمبر", "كانون الأول", "كانون أول", "دجنبر", "December", "Dec"),
}
MONTHS: Mapping[str, int] = {name: month for month, names in _NAMES.items() for name in names}

_ABBREVIATIONS = frozenset(
    ("Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec")
)

# The months of the Hijri calendar, known only so that their years are not taken for Gregorian.
_HIJRI_NAMES = (
    *("محرم", "المحرم", "صفر", "ربيع الأول", "ربيع أول", "ربيع الآخر", "ربيع الثاني", "ربيع ثاني"),
    *("جمادى الأولى", "جمادى الأول", "جمادى الآخرة", "جمادى الآخر", "جمادى الثانية"),
    *("جمادى الثاني", "رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذي القعدة", "ذو الحجة"),
    *("ذي الحجة", "Muharram", "Safar", "Rajab", "Shaban", "Sha'ban", "Ramadan", "Ramadhan"),
    *("Shawwal",),
)
# Below it a year that is marked as Hijri is one; from it on it can only be Gregorian.
_HIJRI_LIMIT = 1600

# What is read alike. Each character becomes one other, so that a text keeps its length.
_TATWEEL = "\u0640"  # stands for all marks that a word may have between its letters
_UNSEEN = "\u200f"  # stands for all invisible marks
_ALIKE = {
    "ا": "أإآٱ",
    "ه": "ة",
    "ي": "ىی",
    "ك": "ک",
    _TATWEEL: "\u0670" + "".join(map(chr, range(0x64B, 0x660))),
    _UNSEEN: "\u061c\u200b\u200c\u200d\u200e\u202a\u202b\u202c\u202d\u202e"
    "\u2066\u2067\u2068\u2069\ufeff",
    " ": "\t\r\xa0\u2002\u2003\u2007\u2009\u200a\u202f",
    "/": "\u060d",
    "-": "\u2010\u2011\u2012\u2013\u2212",
    **{str(digit): chr(0x660 + digit) + chr(0x6F0 + digit) for digit in range(10)},
}
_PLAIN = str.maketrans({char: plain for plain, chars in _ALIKE.items() for char in chars})


def _fold(name: str) -> str:
    """Return a month's name without case, hamza, tashkeel and outer or repeated blanks."""
    plain = name.translate(_PLAIN).replace(_TATWEEL, "").replace(_UNSEEN, "")
    return " ".join(plain.casefold().split())


# Every repetition has a small bound, so a match costs the same wherever it is tried: the time
# that a search takes grows with the text and not faster.
_BLANK = f"[ {_UNSEEN}]"
_BLANKS = f"{_BLANK}{{0,4}}+"
_GAP = rf"{_BLANKS}(?:\n{_BLANKS})?+"  # a date may go on in the next line, not the next paragraph
_MARKS = f"{_TATWEEL}{{0,4}}+"
_LETTER = r"[^\W\d_]"
_DAY = "(?:3[01]|[12][0-9]|0?[1-9])"
_YEAR = "(?:1[0-9]{3}|20[0-9]{2}|2100)"
_ORDINAL = "(?i:st|nd|rd|th)?"


def _spelled(name: str) -> str:
    """Return the pattern of all spellings of a name."""
    if name.isascii():
        return f"(?i:{name})" + (r"\.?" if name in _ABBREVIATIONS else "")
    words = ("".join(letter + _MARKS for letter in word) for word in _fold(name).split())
    return f"{_BLANK}{{1,4}}".join(words)


def _any_of(*names: str) -> str:
    """Return the pattern of any of the names, the longest first."""
    return f"(?:{'|'.join(map(_spelled, sorted(names, key=len, reverse=True)))})"


def _month_pattern() -> str:
    """Return the pattern of a month, in the groups m1 to m12, or m0 for a Hijri month.

    A name may be followed by other names of the same month: ``حزيران/جوان (يونيو)``.
    """
    groups = []
    for month, names in _NAMES.items():
        name = _any_of(*names)
        again = rf"{_GAP}[/(\[-]{_GAP}{name}(?:{_BLANKS}[)\]])?"
        groups.append(f"(?P<m{month}>{name}(?:{again}){{0,2}})")
    transcribed = "(?i:(?:Rabi|Jumada|Dhu|Dhul|Zul)['\u2019]?[ -][a-z'\u2019 -]{2,14})"
    epithet = f"(?:{_BLANK}{{1,4}}ال{_LETTER}{{3,6}})?"  # رمضان المبارك
    groups.append(f"(?P<m0>(?:{_any_of(*_HIJRI_NAMES)}|{transcribed}){epithet})")
    return f"(?:{'|'.join(groups)})(?!{_LETTER})"


def _figures_pattern() -> str:
    """Return the pattern of a date in figures, with the year first or last."""
    return (
        rf"(?<!\d)(?:(?P<year_first>{_YEAR})|(?P<left>{_DAY}))"
        rf"{_BLANKS}(?P<separator>[/.-]){_BLANKS}(?P<middle>{_DAY})"
        rf"{_BLANKS}(?P=separator){_BLANKS}"
        rf"(?(year_first)(?P<right>{_DAY})|(?P<year_last>{_YEAR}))(?!\d)(?!(?P=separator)\d)"
    )


def _named_pattern() -> str:
    """Return the pattern of a date with the name of its month."""
    # "1- فبراير" is an item of a list: a dash has blanks on both sides or on neither.
    dash = rf"{_BLANK}{{1,4}}[/-]{_BLANK}{{1,4}}|{_UNSEEN}{{0,4}}[./-]{_UNSEEN}{{0,4}}+(?![ \n])"
    of_month = f"(?i:(?:day )?of)|{_any_of('من شهر', 'من', 'شهر')}"
    after_day = f"(?:{dash}|{_GAP}(?:(?:{of_month}){_GAP})?)"
    year_word = f"(?:{_spelled('من')}{_GAP})?(?:لل|ل|ال)?{_any_of('عام', 'سنة')}"
    before_year = rf"(?:\.{_UNSEEN}{{0,4}}|{_GAP}(?:(?:[,\u060c/-]|(?i:of)|{year_word}|من){_GAP})?)"
    the = f"{_BLANKS}(?:[/-]|(?i:the) )?{_GAP}"
    day_after = rf"{the}(?P<day_after>{_DAY})(?!\d){_ORDINAL}"
    day = rf"(?<!\d)(?<!\d[.,\u066b\u066c])(?P<day>{_DAY}){_ORDINAL}{after_day}"
    no_day = f"(?<!{_LETTER})(?:[وفبل]{_MARKS})?"
    return (
        rf"(?:{day}|{no_day})(?P<month>{_month_pattern()})"
        rf"(?(day)|(?:{day_after})?){before_year}(?P<year>{_YEAR})(?!\d)"
    )


_DATE = re.compile(f"{_figures_pattern()}|{_named_pattern()}")
_BARE_YEAR = re.compile(
    r"(?<![\dA-Za-z$€£])(?<!\d[.,\u066b\u066c])"
    # With a dash on both sides it is a piece of a number: 555-2024-123.
    rf"(?:(?<!\d[/-]){_YEAR}|{_YEAR}(?![/-]\d))"
    rf"(?![\dA-Za-z]|{_BLANKS}[%\u066a]|[.,\u066b\u066c]\d)"
)
_HIJRI = rf"ه{_MARKS}(?!{_LETTER})|(?:ال)?هجري|للهجره|من الهجره|(?:A\.?)?H\b|Hijri"
_OTHER_ERA = re.compile(
    rf"{_GAP}(?:(?P<hijri>(?:[/-]{_BLANKS}1[0-9]{{3}}{_GAP})?[(\[]?(?:{_HIJRI}))"
    rf"|ق\.?{_BLANK}?م(?!{_LETTER})|قبل الميلاد|B\.?C(?:\.?E)?\b)"
)
_HIJRI_BEFORE_YEAR = ("AH ", "A.H. ", "الهجري ", "الهجريه ")


def _in_other_era(plain: str, start: int, end: int, year: int) -> bool:
    """Return whether a date is marked as Hijri, or as before Christ."""
    after = _OTHER_ERA.match(plain, end)
    if after and not after["hijri"]:
        return True
    marked = after is not None or plain.endswith(_HIJRI_BEFORE_YEAR, 0, start)
    return marked and year < _HIJRI_LIMIT


def _read_figures(match: re.Match[str]) -> FoundDate | None:
    """Return the date of a match without a month's name; none for what is no date."""
    start, separator = match.start(), match["separator"]
    if start > 1 and match.string[start - 1] == separator and match.string[start - 2].isdigit():
        return None  # the tail of a longer row of numbers
    middle = int(match["middle"])
    if match["year_first"]:
        year, month, day = int(match["year_first"]), middle, int(match["right"])
    else:
        year, month, day = int(match["year_last"]), middle, int(match["left"])
        if month not in _NAMES:
            month, day = day, month
    return FoundDate(start, match.end(), year, month, day) if month in _NAMES else None


def _read_named(match: re.Match[str]) -> FoundDate | None:
    """Return the date of a match with a month's name, with 0 for the month where it is Hijri."""
    day = match["day"] or match["day_after"]
    start = match.start("day" if match["day"] else "month")
    month = next(number for number in range(13) if match[f"m{number}"])
    year = int(match["year"])
    if month == 0 and year >= _HIJRI_LIMIT:
        return None  # "رمضان 2024": a Gregorian year without a Gregorian month
    return FoundDate(start, match.end(), year, month, int(day) if day else None)


def _read_all(plain: str) -> Iterator[tuple[FoundDate, bool]]:
    """Yield the dates of a text in its plainer form, each with whether it is Gregorian."""
    for match in _DATE.finditer(plain):
        found = _read_figures(match) if match["separator"] else _read_named(match)
        if found:
            other = _in_other_era(plain, found.start, found.end, found.year)
            yield found, found.month != 0 and not other


def find_dates(text: str) -> tuple[FoundDate, ...]:
    """Find the Gregorian dates that state at least a month and a year.

    In figures, ``10/02/2024`` is read with the day first; with the month first only where the
    second number can't be a month (``02/13/2024``). Where both numbers are 12 or less either
    would be possible, and the day is first too. A day that its month does not have is kept
    (``31/02/2024``), its ``date`` is none. What is marked as Hijri, by its month or its era, is
    left out; without a mark nothing tells it from a Gregorian date.

    Args:
        text: Any text, in Arabic or English or both.

    Returns:
        The dates in the order of the text, not overlapping.
    """
    return tuple(found for found, gregorian in _read_all(text.translate(_PLAIN)) if gregorian)


def date_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return where the dates of a text stand, Hijri ones among them.

    Args:
        text: Any text, in Arabic or English or both.

    Returns:
        Start and end of each date, in order, not overlapping. The mark of an era behind a date
        does not belong to it.
    """
    return tuple((found.start, found.end) for found, _ in _read_all(text.translate(_PLAIN)))


def find_other_dates(text: str) -> tuple[FoundDate, ...]:
    """Find the dates that are marked as of another calendar, by their month or their era.

    Args:
        text: Any text, in Arabic or English or both.

    Returns:
        Their years, months and days as they are written; the month of one that is named is 0.
    """
    return tuple(found for found, gregorian in _read_all(text.translate(_PLAIN)) if not gregorian)


def find_years(text: str) -> tuple[FoundDate, ...]:
    """Find the years from 1000 to 2100 that stand alone, outside any date.

    Any such number counts, whatever is counted with it, unless it is a piece of a longer number,
    a decimal, a percentage or a word, or is marked as Hijri or before Christ.

    Args:
        text: Any text, in Arabic or English or both.

    Returns:
        The years in the order of the text, without month and day.
    """
    plain = text.translate(_PLAIN)
    dates = [found for found, _ in _read_all(plain)]
    starts = [found.start for found in dates]
    years = []
    for match in _BARE_YEAR.finditer(plain):
        start, end = match.span()
        before = bisect_right(starts, start) - 1
        in_date = before >= 0 and dates[before].end > start
        if not in_date and not _in_other_era(plain, start, end, int(match[0])):
            years.append(FoundDate(start, end, int(match[0]), None, None))
    return tuple(years)


_NUMBERS = {_fold(name): month for name, month in MONTHS.items()}


def month_number(name: str) -> int | None:
    """Return the number of a month by one of its names, in any spelling; none for other words."""
    return _NUMBERS.get(_fold(name).removesuffix("."))
