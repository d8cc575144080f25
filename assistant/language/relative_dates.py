"""Days, months and years that are named from the day of writing: "on Friday", «الشهر الفارط».

    >>> [found.first.isoformat() for found in resolve("It opened yesterday.", date(2024, 2, 10))]
    ['2024-02-09']

Only what can be told is resolved. A weekday in news is the nearest past one, today included, unless
words of the future stand by. Left alone is what is quoted, usual ("every Friday"), a limit ("until
Friday") or of a doubtful time, and a whole sentence whose words disagree with the calendar.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from assistant.language.dates import MONTHS
from assistant.language.folding import fold, fold_with_map
from assistant.language.weekdays import WEEKDAYS

Tense = Literal["past", "now", "future"]


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


def _names(names: Mapping[str, object]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


# All patterns are for folded text with single blanks: no case, hamza, ta marbuta or tashkeel.
_PAST = "الماضي|الماضيه|المنصرم|المنصرمه|الفائت|الفائته|الفارط|الفارطه"
_NOW = "الجاري|الجاريه|الحالي|الحاليه"
_FUTURE = "المقبل|المقبله|القادم|القادمه"
_TENSE = rf"(?:(?P<past>last|past|{_PAST})|(?P<now>this|{_NOW})|(?P<future>next|coming|{_FUTURE}))"
_DAYS = _names(WEEKDAYS)
_MONTH_NUMBERS = {" ".join(fold(name).split()): number for name, number in MONTHS.items()}
_MONTHS_NAMED = _names(_MONTH_NUMBERS)
_COUNTS = {
    **{str(n): n for n in range(2, 31)},
    **{w: n for n, w in enumerate("two three four five six seven eight nine ten".split(), 2)},
    **{w: n for n, w in enumerate("ثلاثه اربعه خمسه سته سبعه ثمانيه تسعه عشره".split(), 3)},
}
_SHIFTS = {
    "the day before yesterday|اول امس|امس الاول|اول البارحه": -2,
    "yesterday|البارحه|امس": -1,
    "the day after tomorrow|بعد غد": 2,
    "tomorrow|يوم غد|غدا(?! من)": 1,
    # Alone it may mean nowadays, or the day of something.
    rf"(?:earlier|later) today|tonight|today(?=,? {{DAY}})|اليوم(?= (?:{_DAYS})\b)"
    "|(?<=صباح )اليوم|(?<=مساء )اليوم|(?<=ظهر )اليوم": 0,
}
_DAY = re.compile(
    r"(?<!\w)(?:"
    + "|".join(f"(?P<s{n}>{w.replace('{DAY}', f'(?:{_DAYS})')})" for n, w in enumerate(_SHIFTS))
    + rf")(?:,? (?:on )?(?:يوم )?(?P<weekday>{_DAYS}))?(?!\w)"
)
_AGO = re.compile(
    rf"(?<!\w)(?:(?P<ago>{_names(_COUNTS)}) days ago"
    rf"|قبل (?:(?P<two>يومين)|(?P<days>{_names(_COUNTS)}) (?:ايام|يوما)))(?! من\b)(?!\w)"
)
_WEEKDAY = re.compile(
    rf"(?<!\w)و?(?:(?:this )?{_TENSE} )?(?P<weekday>{_DAYS})"
    rf"(?: (?:(?P<past2>{_PAST})|(?P<future2>{_FUTURE})))?(?!\w)"
)
_PERIOD = re.compile(
    rf"(?<!\w)(?:{_TENSE} (?P<unit>month|year)|(?P<here>هذا الشهر|هذا العام|هذه السنه)"
    rf"|(?P<arabic>الشهر|العام|السنه|{_MONTHS_NAMED}) "
    rf"(?:(?P<past2>{_PAST})|(?P<now2>{_NOW})|(?P<future2>{_FUTURE})))(?!\w)"
)
# What stands right before or behind words that then mean something else.
_OTHER_BEFORE = re.compile(
    r"(?:\b(?:every|each|good|black|cyber|super|fat|ash|palm|bloody|until|till|by|before|the|that"
    r"|كل|ايام|صلاه|خطبه|سوره|سوق|قداس|جامع|مسجد|ساحه|وادي|بلده|حي|عيد|حتي|لغايه|بحلول|قبل|ذلك"
    r"|نفس) (?:يوم )?|(?<!\w)[بل]"
    rf"|(?:\d|\b(?:{_MONTHS_NAMED}))[,\u060c]? )$"
)
_OTHER_BEHIND = re.compile(
    rf"[,\u060c]? ?\(?(?:الموافق ل?)? ?(?:\d|(?:{_MONTHS_NAMED})\.? \d)"
    r"| (?:prayers?|mass|market|من كل)\b"
)
# What goes on after a seen and is no verb of the future: policy, car, years, sixty, …
_NOUNS = (
    r"ياس|يار|ياق|ياد|ياح|ياج|ينا|ينم|يول|يد(?:ه|ات|ي|نا)\b|يف(?:ا|ه)\b|يل(?:ا|ه)\b|يطر(?:ه|ت)\b"
    r"|يرت(?:ه|ها|هم)\b|نو|ند|نغ|نج|نتر|نتي|تين|تاد|تار|تون|توك|ترات|تيف"
)
_AHEAD = re.compile(
    r"\b(?:will|shall|won't|going to|(?:is|are) (?:to|due|set|scheduled|expected|planned)"
    r"|plans? to|hopes? to|سوف|لن|المزمع|المقرر|المرتقب|المنتظر|المتوقع|يعتزم|تعتزم)\b|'ll\b"
    rf"|\b[وف]?س(?!{_NOUNS})[يتن]\w{{3,}}"
)
_TELLS = re.compile(
    r"\b(?:said|says|told|announced|reported|added|stated|confirmed|revealed|declared|warned"
    r"|قال|قالت|اعلن|اعلنت|ذكر|ذكرت|اكد|اكدت|افاد|افادت|صرح|صرحت|اضاف|اضافت|كشف|كشفت|اوضح|اوضحت)\b"
)
# A present that speaks of a day to come as often as of one that is past.
_PRESENT = re.compile(
    r"\b(?:plays|meets|begins|starts|opens|closes|faces|hosts|returns|votes|takes place|kicks off)"
    r"\b"
    r"|^\W*(?:و|كما )?[يت]\w{3,} "
)
_QUOTED = re.compile('«[^»]*»|\u201c[^\u201d]*\u201d|"[^"]*"')
_HEAD = 12  # characters: "On", "Early on"
_REACH = 300  # characters; what is farther from a weekday says nothing of it
_WEEK, _LAST_MONTH = 7, 12
_ONE = timedelta(days=1)


def resolve(text: str, written: date) -> tuple[RelativeDate, ...]:
    """Return the days, months and years that a sentence names from the day of its writing.

    Args:
        text: A sentence, in Arabic or English.
        written: The day when it was written.

    Returns:
        What can be told, in the order of the text; nothing where two words disagree, such as
        «أمس الجمعة» in what was not written on a Saturday.
    """
    folded = fold_with_map(text)
    plain = re.sub(r"\s", " ", _QUOTED.sub(lambda m: "\0" * len(m[0]), folded.text))
    left, found = plain, []
    try:
        for pattern, read in _READERS:
            for match in pattern.finditer(left):
                days = read(plain, match, written)
                if days is not None and _is_name(text, folded.original_span, match):
                    found.append(RelativeDate(*folded.original_span(*match.span()), *days))
            left = pattern.sub(lambda m: "\0" * len(m[0]), left)
    except _Disagreement:
        return ()
    return tuple(sorted(found, key=lambda one: one.start))


def _is_name(
    text: str, origin: Callable[[int, int], tuple[int, int]], match: re.Match[str]
) -> bool:
    """Return whether an English weekday is written with a capital; others need none."""
    name = match.groupdict().get("weekday")
    if not name or not name.isascii():
        return True
    return text[origin(*match.span("weekday"))[0]].isupper()


_Days = tuple[date, date] | None


def _day(_: str, match: re.Match[str], written: date) -> _Days:
    shift = next(s for n, s in enumerate(_SHIFTS.values()) if match[f"s{n}"])
    day = written + shift * _ONE
    if match["weekday"] and WEEKDAYS[match["weekday"]] != day.weekday():
        raise _Disagreement
    return day, day


def _ago(_: str, match: re.Match[str], written: date) -> _Days:
    count = 2 if match["two"] else _COUNTS[match["ago"] or match["days"]]
    return written - count * _ONE, written - count * _ONE


def _weekday(plain: str, match: re.Match[str], written: date) -> _Days:
    before = plain[max(0, match.start() - _REACH) : match.start()]
    behind = plain[match.end() : match.end() + _REACH]
    if _OTHER_BEFORE.search(before) or _OTHER_BEHIND.match(behind):
        return None
    ahead = (WEEKDAYS[match["weekday"]] - written.weekday()) % _WEEK
    back = (-ahead) % _WEEK
    tense: Tense | None
    if match["past"] or match["past2"]:
        back, tense = back or _WEEK, "past"
    elif match["future"] or match["future2"]:
        ahead, tense = ahead or _WEEK, "future"
    else:
        tense = None if match["now"] else _tense(before, behind)
    if tense is None:
        return None
    day = written + (ahead if tense == "future" else -back) * _ONE
    return day, day


def _tense(before: str, behind: str) -> Tense | None:
    """Return whether a weekday without a word of its own is past or to come; None for doubt."""
    told = [m.start() for m in _TELLS.finditer(before)]
    ahead = [m.start() for m in _AHEAD.finditer(before)]
    if ahead and (not told or told[-1] < ahead[-1]):
        return "future"
    following, telling = _AHEAD.search(behind), _TELLS.search(behind)
    if told or (telling and (not following or telling.start() < following.start())):
        return "past"
    if following:
        return "future" if len(before) <= _HEAD else None
    return None if _PRESENT.search(before) else "past"


def _period(plain: str, match: re.Match[str], written: date) -> _Days:
    before = plain[max(0, match.start() - _REACH) : match.start()]
    words = match["here"] or match["arabic"] or match["unit"]
    if match["unit"] and before.endswith(("the ", "past ")):
        return None  # "the last year" is twelve months
    # «الأمين العام الحالي»: of a person, and not of a year.
    if match["arabic"] == "العام" and re.search(r"\bال\w+ $", before):
        return None
    shift = 0
    if match["past"] or match["past2"]:
        shift = -1
    elif match["future"] or match["future2"]:
        shift = 1
    if words in _MONTH_NUMBERS:
        return _named_month(_MONTH_NUMBERS[words], shift, written)
    if "شهر" in words or words == "month":
        number = written.year * _LAST_MONTH + written.month - 1 + shift
        return _month(number // _LAST_MONTH, number % _LAST_MONTH + 1)
    return date(written.year + shift, 1, 1), date(written.year + shift, 12, 31)


def _named_month(month: int, shift: int, written: date) -> _Days:
    """Return the nearest month of a name on one side; None where it is the month of writing."""
    if shift and month == written.month:
        return None
    is_over_new_year = (month > written.month) if shift < 0 else (month < written.month)
    return _month(written.year + shift * is_over_new_year, month)


def _month(year: int, month: int) -> _Days:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


_READERS: tuple[tuple[re.Pattern[str], Callable[[str, re.Match[str], date], _Days]], ...] = (
    (_DAY, _day),
    (_AGO, _ago),
    (_PERIOD, _period),
    (_WEEKDAY, _weekday),
)
