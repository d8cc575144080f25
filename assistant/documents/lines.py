"""What a single line looks like: a date, a credit, an item of a list."""

from __future__ import annotations

import re

from assistant.language.dates import find_dates
from assistant.schema import Span

_LONGEST_DATELINE = 60
_WEEKDAYS = re.compile(
    "\\b(?:(?:يوم )?(?:السبت|الأحد|الاحد|الإثنين|الاثنين|الثلاثاء|الأربعاء|الاربعاء|الخميس|الجمعة)"
    "|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    "|نشر(?:ت)? في|بتاريخ|آخر تحديث|published|updated|on|في)\\b",
    re.IGNORECASE,
)
_TIME = re.compile("[0-9\u0660-\u0669]{1,2}:[0-9\u0660-\u0669]{2}(?::[0-9\u0660-\u0669]{2})?")
_LETTER = re.compile("[^\\W\\d_]")
_DIGIT = re.compile("\\d")
# A label and a few words that are no sentence, a sign of copyright with a year, an agency alone.
_CREDIT = re.compile(
    "[\\s(\\[*_]*(?:(?:الصورة|صورة|تصوير|المصدر|الصور"
    "|photo(?:graph)?|image|picture|credit|source)\\s*[:/]\\s*(?:[^\\s.!?\u061f]+[\\s)\\]]*){1,6}$"
    "|©|(?:copyright|\\(c\\))\\s+(?:©|\\(c\\)\\s*)?[0-9]{4}|جميع الحقوق محفوظة|حقوق النشر محفوظة"
    "|all rights reserved"
    "|(?:getty(?: images)?|afp|reuters|رويترز|فرانس برس|أ ف ب)[\\s)\\].]*$)",
    re.IGNORECASE,
)
_LONGEST_CREDIT = 160
# A letter with a full stop is an initial as often as it counts.
_ITEM = re.compile(
    "(?:[-*+\u2022\u2023\u25aa\u25cf\u25e6\u2013\u2014]"
    "|\\(?(?:(?:[0-9\u0660-\u0669]{1,3}|[IVXLC]{2,5})[.)\\-]|[A-Za-z\u0621-\u064a][)\\-]))"
    "[ \t]+(?=\\S)"
)


def is_dateline(line: str) -> bool:
    """Return whether a line holds a date and nothing else."""
    if len(line) > _LONGEST_DATELINE:
        return False
    dates = find_dates(line)
    if not dates:
        return False
    for found in reversed(dates):
        line = line[: found.start] + " " + line[found.end :]
    rest = _TIME.sub(" ", _WEEKDAYS.sub(" ", line))
    return not _LETTER.search(rest) and not _DIGIT.search(rest)


def is_credit(line: str) -> bool:
    """Return whether a line names a picture's source or a right, such as ``(الصورة: Getty)``."""
    return len(line) <= _LONGEST_CREDIT and _CREDIT.match(line) is not None


def item_start(text: str, span: Span) -> int:
    """Return where the words of a list item start, behind its bullet or number; 0 if it is none."""
    match = _ITEM.match(text, span.start, span.end)
    return match.end() if match else 0
