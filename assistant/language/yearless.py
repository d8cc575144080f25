"""Days that are named without a year, "on 3 May", «في 3 مايو»: which year is meant.

Only a day that something happens on: "the January 6 attack" and «حرب 6 أكتوبر» are names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from assistant.language.dates import MONTHS
from assistant.language.folding import fold
from assistant.language.tense import FUTURE, NOW, PAST, tense_of
from assistant.language.weekdays import WEEKDAYS


def _any_of(names: Mapping[str, object]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


# All patterns are for folded text with single blanks: no case, hamza, ta marbuta or tashkeel.
DAYS_NAMED = _any_of(WEEKDAYS)
MONTH_NUMBERS: Mapping[str, int] = {
    " ".join(fold(name).split()): number for name, number in MONTHS.items()
}
MONTHS_NAMED = _any_of(MONTH_NUMBERS)
_ENGLISH = _any_of({name: n for name, n in MONTH_NUMBERS.items() if name.isascii()})
_DAY = "3[01]|[12][0-9]|0?[1-9]"
_YEAR = r"(?<!\d)(?:1[0-9]{3}|20[0-9]{2})(?!\d)"
YEARLESS = re.compile(
    rf"(?<![\w.,:/-])(?:(?P<day>{_DAY})(?:st|nd|rd|th)? (?:of |من |شهر )*"
    rf"(?P<month>{MONTHS_NAMED})\b(?: ?[/(] ?(?:{MONTHS_NAMED})\b\)?)?"
    rf"|(?P<month_first>{_ENGLISH})\b\.? (?P<day_behind>{_DAY})(?:st|nd|rd|th)?)"
    r"(?: (?:of )?(?P<year>last|this|next) year"
    rf"| من (?:العام|السنه) (?:(?P<year_past>{PAST})|(?P<year_now>{NOW})|(?P<year_next>{FUTURE}))"
    rf"| (?:(?P<past>{PAST})|(?P<now>{NOW})|(?P<future>{FUTURE})))?"
    # No year of its own, and no piece of another number or of a word.
    r"(?!\w|[.,:/%-]\d|[.,\u060c]? ?[(/-]? ?(?:of |من )?(?:ال|لل|ل)?(?:عام |سنه )?"
    r"(?:[12]\d{3}(?!\d)|\d{1,4} ?(?:م|ه|ad|ce|bc|ah)\b))"
)
_MEANT_BEFORE = re.compile(
    r"(?:(?<!\w)(?:on|by|until|till|through|starting|dated|(?:early|late) on|في|يوم|بتاريخ|حتي"
    rf"|بحلول|صباح|مساء|ليله|فجر|ظهر|{DAYS_NAMED}|الموافق)[,\u060c]? ?\(?(?:the |ل)?|^\W*)$"
)
_WEEKDAY_BEFORE = re.compile(
    rf"(?<!\w)و?(?P<weekday>{DAYS_NAMED})[,\u060c]? ?\(?(?:the |الموافق ل?)?$"
)
_WEEKDAY_BEHIND = re.compile(rf",? ?\(?(?:a |يوم )?(?P<weekday>{DAYS_NAMED})\b")
_USUAL = re.compile(r"\b(?:(?:every|each) year|annual(?:ly)?|yearly|كل (?:عام|سنه)|سنويا|السنوي)\b")
_HALF_A_YEAR = 183


def is_day_of_something(before: str) -> bool:
    """Return whether a day without a year is one that something happens on, and no name.

    Args:
        before: What stands before it in its sentence, folded.
    """
    return _MEANT_BEFORE.search(before) is not None


def day_of(before: str, match: re.Match[str], behind: str, written: date) -> date | None:
    """Return the day that is meant, by the words beside it, else the nearest.

    Args:
        before: What stands before it in its sentence, folded.
        match: The match of `YEARLESS`.
        behind: What stands behind it.
        written: The day of writing.

    Returns:
        The day; None where its year is in doubt.
    """
    around = f"{before} {behind}"
    if _USUAL.search(around):
        return None
    number = int(match["day"] or match["day_behind"])
    month = MONTH_NUMBERS[match["month"] or match["month_first"]]
    days = [day for n in (-1, 0, 1) if (day := _day(written.year + n, month, number))]
    weekday = _WEEKDAY_BEFORE.search(before) or _WEEKDAY_BEHIND.match(behind)
    if weekday:
        days = [day for day in days if day.weekday() == WEEKDAYS[weekday["weekday"]]]
    chosen = _by_words(match, days, written)
    if not _has_words(match):
        chosen = _by_tense(before, behind, days, written, is_sure=weekday is not None)
    other_years = {int(year) for year in re.findall(_YEAR, around)}
    return chosen if chosen and other_years <= {chosen.year} else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_WORDS = ("year", "year_past", "year_now", "year_next", "past", "now", "future")


def _has_words(match: re.Match[str]) -> bool:
    return any(match[name] for name in _WORDS)


def _by_words(match: re.Match[str], days: list[date], written: date) -> date | None:
    """Return the day that words such as «الماضي» and "last year" choose."""
    if match["past"]:
        return max((day for day in days if day < written), default=None)
    if match["future"]:
        return min((day for day in days if day > written), default=None)
    if match["now"]:
        return next((d for d in days if (d.year, d.month) == (written.year, written.month)), None)
    shift = 0
    if match["year"] == "last" or match["year_past"]:
        shift = -1
    elif match["year"] == "next" or match["year_next"]:
        shift = 1
    return next((day for day in days if day.year == written.year + shift), None)


def _by_tense(
    before: str, behind: str, days: list[date], written: date, *, is_sure: bool
) -> date | None:
    """Return the nearest day, or the next one after words of the future; None for doubt.

    A day to come in a sentence that seems to be of the past is in doubt, unless it `is_sure`.
    """
    tense = tense_of(before, behind)
    if tense == "future":
        return min((day for day in days if day >= written), default=None)
    near = [day for day in days if abs((day - written).days) <= _HALF_A_YEAR]
    nearest = min(near, key=lambda day: abs((day - written).days), default=None)
    if nearest and nearest > written and tense == "past" and not is_sure:
        return None
    return nearest
