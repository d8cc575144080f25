"""Days, weeks, months and years named from the day of writing: "on Friday", «الشهر الفارط».

    >>> [found.first.isoformat() for found in resolve("It opened yesterday.", date(2024, 2, 10))]
    ['2024-02-09']

Only what can be told is resolved. A weekday in news is the nearest past one, today included, unless
words of the future stand by. Left alone is what is quoted, usual ("every Friday"), a limit ("until
Friday") or of a doubtful time, and a whole sentence whose words disagree with the calendar.
A week is one from Monday to Sunday where its words are English, and from Sunday to Saturday where
they are Arabic, unless it was written on a day that other people's weeks begin with.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.language.folding import fold_with_map
from assistant.language.tense import FUTURE, NOW, PAST, TENSE, Tense, tense_of
from assistant.language.weekdays import WEEKDAYS
from assistant.language.yearless import (
    DAYS_NAMED,
    MONTH_NUMBERS,
    MONTHS_NAMED,
    YEARLESS,
    day_of,
    is_day_of_something,
)


@dataclass(frozen=True, slots=True)
class RelativeDate:
    """A stretch of days that a text names from the day of its writing.

    Attributes:
        start: First character of its words.
        end: One past the last one.
        first: Its first day.
        last: Its last day; the first one for a single day.
    """

    start: int
    end: int
    first: date
    last: date


class _Disagreement(Exception):
    """Two words of a sentence can't both be true on the day of its writing."""


# All patterns are for folded text with single blanks: no case, hamza, ta marbuta or tashkeel.
_COUNTS = {
    **{str(n): n for n in range(2, 31)},
    **{w: n for n, w in enumerate("two three four five six seven eight nine ten".split(), 2)},
    **{w: n for n, w in enumerate("ثلاثه اربعه خمسه سته سبعه ثمانيه تسعه عشره".split(), 3)},
}
_COUNTED = "|".join(sorted(_COUNTS, key=len, reverse=True))
_SHIFTS = {
    "the day before yesterday|اول امس|امس الاول|اول البارحه": -2,
    "yesterday|البارحه|امس": -1,
    "the day after tomorrow|بعد غد": 2,
    "tomorrow|يوم غد|غدا(?! من)": 1,
    # Alone it may mean nowadays, or the day of something.
    rf"(?:earlier|later) today|tonight|today(?=,? {{DAY}})|اليوم(?= (?:{DAYS_NAMED})\b)"
    "|(?<=صباح )اليوم|(?<=مساء )اليوم|(?<=ظهر )اليوم": 0,
}
_DAY = re.compile(
    r"(?<!\w)(?:"
    + "|".join(
        f"(?P<s{n}>{w.replace('{DAY}', f'(?:{DAYS_NAMED})')})" for n, w in enumerate(_SHIFTS)
    )
    + rf")(?:,? (?:on )?(?:يوم )?(?P<weekday>{DAYS_NAMED}))?(?!\w)"
)
_AGO = re.compile(
    rf"(?<!\w)(?:(?P<ago>{_COUNTED}) days ago"
    rf"|قبل (?:(?P<two>يومين)|(?P<days>{_COUNTED}) (?:ايام|يوما)))(?! من\b)(?!\w)"
)
_WEEKDAY = re.compile(
    rf"(?<!\w)و?(?:(?:this )?{TENSE} )?(?P<weekday>{DAYS_NAMED})"
    rf"(?: (?:(?P<past2>{PAST})|(?P<future2>{FUTURE})))?(?!\w)"
)
_PERIOD = re.compile(
    rf"(?<!\w)(?:{TENSE} (?P<unit>week|month|year)"
    r"|(?P<here>هذا الاسبوع|هذا الشهر|هذا العام|هذه السنه)"
    rf"|(?P<arabic>الاسبوع|الشهر|العام|السنه|{MONTHS_NAMED}) "
    rf"(?:(?P<past2>{PAST})|(?P<now2>{NOW})|(?P<future2>{FUTURE})))(?!\w)"
)
# What stands right before or behind words that then mean something else.
_OTHER_BEFORE = re.compile(
    r"(?:\b(?:every|each|good|black|cyber|super|fat|ash|palm|bloody|until|till|by|before|the|that"
    r"|كل|بين|ايام|صلاه|خطبه|سوره|سوق|قداس|جامع|مسجد|ساحه|وادي|بلده|حي|عيد|حتي|لغايه|بحلول|قبل|ذلك"
    r"|نفس) (?:يوم )?|(?<!\w)[بل]"
    rf"|(?:\d|\b(?:{MONTHS_NAMED}))[,\u060c]? )$"
)
_OTHER_BEHIND = re.compile(
    rf"[,\u060c]? ?\(?(?:الموافق ل?)? ?(?:\d|(?:{MONTHS_NAMED})\.? \d)"
    r"| (?:prayers?|mass|market|من كل)\b"
)
_QUOTED = re.compile('«[^«»]*»|\u201c[^\u201c\u201d]*\u201d|"[^"]*"')
_REACH = 300  # characters; what is farther from a weekday says nothing of it
_WEEK, _LAST_MONTH = 7, 12
_SATURDAY, _SUNDAY = 5, 6
_ONE = timedelta(days=1)


def resolve(text: str, written: date) -> tuple[RelativeDate, ...]:
    """Return the days, weeks, months and years that a sentence names from the day of its writing.

    Args:
        text: A sentence, in Arabic or English.
        written: The day when it was written.

    Returns:
        What can be told, in the order of the text; nothing where two words disagree, such as
        «أمس الجمعة» in what was not written on a Saturday.
    """
    try:
        found = [
            RelativeDate(*span, *days)
            for span, reader, seen in _found(text)
            if (days := reader.read(seen, written)) is not None
        ]
    except _Disagreement:
        return ()
    return tuple(sorted(found, key=lambda one: one.start))


def names_time(text: str) -> bool:
    """Return whether a sentence names a day, week, month or year by when it was written.

    Args:
        text: A sentence, in Arabic or English; which day is meant need not be told.
    """
    return next(_found(text), None) is not None


_Days = tuple[date, date] | None


@dataclass(frozen=True, slots=True)
class _Seen:
    """Words of time in a folded sentence, and what stands near them on either side."""

    before: str
    match: re.Match[str]
    behind: str


@dataclass(frozen=True, slots=True)
class _Reader:
    """One kind of words of time.

    Attributes:
        pattern: What they look like.
        read: Returns the days that they mean, by the day of writing; None for doubt.
        is_meant: Whether they mean a time there, and nothing else.
    """

    pattern: re.Pattern[str]
    read: Callable[[_Seen, date], _Days]
    is_meant: Callable[[_Seen], bool] = lambda _: True


def _found(text: str) -> Iterator[tuple[tuple[int, int], _Reader, _Seen]]:
    """Yield where words of time stand in a text, with what reads them."""
    folded = fold_with_map(text)
    plain = re.sub(r"\s", " ", _QUOTED.sub(lambda m: "\0" * len(m[0]), folded.text))
    left = plain
    for reader in _READERS:
        for match in reader.pattern.finditer(left):
            start, end = match.span()
            seen = _Seen(plain[max(0, start - _REACH) : start], match, plain[end : end + _REACH])
            if reader.is_meant(seen) and _is_name(text, folded.original_span, match):
                yield folded.original_span(start, end), reader, seen
        left = reader.pattern.sub(lambda m: "\0" * len(m[0]), left)


def _is_name(
    text: str, origin: Callable[[int, int], tuple[int, int]], match: re.Match[str]
) -> bool:
    """Return whether an English weekday or month is written with a capital; others need none."""
    for group in ("weekday", "month", "month_first"):
        name = match.groupdict().get(group)
        if name and name.isascii() and not text[origin(*match.span(group))[0]].isupper():
            return False
    return True


def _day(seen: _Seen, written: date) -> _Days:
    match = seen.match
    shift = next(s for n, s in enumerate(_SHIFTS.values()) if match[f"s{n}"])
    day = written + shift * _ONE
    if match["weekday"] and WEEKDAYS[match["weekday"]] != day.weekday():
        raise _Disagreement
    return day, day


def _ago(seen: _Seen, written: date) -> _Days:
    match = seen.match
    count = 2 if match["two"] else _COUNTS[match["ago"] or match["days"]]
    return written - count * _ONE, written - count * _ONE


def _is_weekday(seen: _Seen) -> bool:
    return not (_OTHER_BEFORE.search(seen.before) or _OTHER_BEHIND.match(seen.behind))


def _weekday(seen: _Seen, written: date) -> _Days:
    match = seen.match
    ahead = (WEEKDAYS[match["weekday"]] - written.weekday()) % _WEEK
    back = (-ahead) % _WEEK
    tense: Tense | None
    if match["past"] or match["past2"]:
        back, tense = back or _WEEK, "past"
    elif match["future"] or match["future2"]:
        ahead, tense = ahead or _WEEK, "future"
    else:
        tense = None if match["now"] else tense_of(seen.before, seen.behind)
    if tense is None:
        return None
    day = written + (ahead if tense == "future" else -back) * _ONE
    return day, day


def _yearless(seen: _Seen, written: date) -> _Days:
    day = day_of(seen.before, seen.match, seen.behind, written)
    return None if day is None else (day, day)


def _is_period(seen: _Seen) -> bool:
    match, before = seen.match, seen.before
    if match["unit"]:  # "the last year" is twelve months
        return not before.endswith(("the ", "past ", "this "))
    if "اسبوع" in match[0]:  # the weekend, or the last days of the week
        return not before.endswith("نهايه ")
    # «الأمين العام الحالي»: of a person, and not of a year.
    return match["arabic"] != "العام" or not re.search(r"\bال\w+ $", before)


def _period(seen: _Seen, written: date) -> _Days:
    match = seen.match
    words = match["here"] or match["arabic"] or match["unit"]
    shift = 0
    if match["past"] or match["past2"]:
        shift = -1
    elif match["future"] or match["future2"]:
        shift = 1
    if words in MONTH_NUMBERS:
        return _named_month(MONTH_NUMBERS[words], shift, written)
    if "اسبوع" in words or words == "week":
        return _week(shift, written, first=0 if match["unit"] else _SUNDAY)
    if "شهر" in words or words == "month":
        number = written.year * _LAST_MONTH + written.month - 1 + shift
        return _month(number // _LAST_MONTH, number % _LAST_MONTH + 1)
    return date(written.year + shift, 1, 1), date(written.year + shift, 12, 31)


def _week(shift: int, written: date, *, first: int) -> _Days:
    """Return the days of a week that begins on a weekday; None where another may be meant."""
    if written.weekday() == _SUNDAY or (first == _SUNDAY and written.weekday() == _SATURDAY):
        return None
    begin = written + (_WEEK * shift - (written.weekday() - first) % _WEEK) * _ONE
    return begin, begin + (_WEEK - 1) * _ONE


def _named_month(month: int, shift: int, written: date) -> _Days:
    """Return the nearest month of a name on one side; None where it is the month of writing."""
    if shift and month == written.month:
        return None
    is_over_new_year = (month > written.month) if shift < 0 else (month < written.month)
    return _month(written.year + shift * is_over_new_year, month)


def _month(year: int, month: int) -> _Days:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


_READERS = (
    _Reader(_DAY, _day),
    _Reader(_AGO, _ago),
    _Reader(YEARLESS, _yearless, lambda seen: is_day_of_something(seen.before)),
    _Reader(_PERIOD, _period, _is_period),
    _Reader(_WEEKDAY, _weekday, _is_weekday),
)
