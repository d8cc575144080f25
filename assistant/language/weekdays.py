"""The names of the days of the week, in Arabic and English.

>>> weekdays_in("الجمعة 9 فبراير 2024, a Friday")
frozenset({4})
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.language.folding import fold

# Monday first, as `datetime.date.weekday` counts.
_NAMES = (
    ("الاثنين", "الإثنين", "monday"),
    ("الثلاثاء", "tuesday"),
    ("الأربعاء", "wednesday"),
    ("الخميس", "thursday"),
    ("الجمعة", "friday"),
    ("السبت", "saturday"),
    ("الأحد", "sunday"),
)
_SHORT = ("mon", "tues?", "wed", "thu(?:rs)?", "fri", "sat", "sun")
# By folded name, its number.
WEEKDAYS: Mapping[str, int] = {
    fold(name): number for number, names in enumerate(_NAMES) for name in names
}
_WORD = re.compile(rf"\b(?:{'|'.join(map(re.escape, WEEKDAYS))})\b")
_ABBREVIATED = tuple(re.compile(rf"\b{name}\b") for name in _SHORT)


def weekdays_in(text: str) -> frozenset[int]:
    """Return the days of the week that a line with a date names, from 0 for Monday.

    Args:
        text: A line; in running text a short form may be another word ("sun", "sat").
    """
    folded = fold(text)
    named = {WEEKDAYS[match[0]] for match in _WORD.finditer(folded)}
    short = {number for number, name in enumerate(_ABBREVIATED) if name.search(folded)}
    return frozenset(named | short)
