"""The date that a document gives itself, with its place in the text as evidence."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from assistant.documents.lines import is_dateline
from assistant.language.calendar import find_hijri_dates
from assistant.language.dates import FoundDate, find_dates
from assistant.language.weekdays import weekdays_in
from assistant.schema import Block

Doubt = Literal["", "order", "hijri", "weekday"]

# "PARIS, 9 February 2024 (AFP) - The …", «تونس 9 فبراير 2024 (وات) - قال …»
_HEAD = re.compile(
    "(?P<line>[^\\r\\n]{6,80}?)(?:\\s*\\((?P<agency>[^()\\r\\n]{2,24})\\))?\\s*"
    "(?:\\s[\\-\u2013\u2014\u0640]+|:)\\s"
)
_PLACE = re.compile("[^\\W\\d_]+(?: [^\\W\\d_]+){0,2}$")
_FRONT_DATE = re.compile("^date[ \\t]*:[^\\r\\n]*", re.IGNORECASE | re.MULTILINE)
_LONGEST_HEAD = 200
_BLOCKS_OF_HEAD = 4
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class OwnDate:
    """When a document says that it was written.

    Attributes:
        date: The day.
        start: First character of its words in the text.
        end: One past the last one.
        doubt: Why it may be another day: ``order`` where day and month may be meant the other way
            round, ``hijri`` where it was converted and may be one of the days beside, ``weekday``
            where the weekday that is named is another one.
    """

    date: dt.date
    start: int
    end: int
    doubt: Doubt = ""

    @property
    def facts(self) -> Mapping[str, str]:
        """What a document's metadata says of it."""
        facts = {"date_from": "text", "date_at": f"{self.start}-{self.end}"}
        return facts | ({"date_doubt": self.doubt} if self.doubt else {})


def find_own_date(
    text: str, blocks: Sequence[Block], stated: dt.date | None = None
) -> OwnDate | None:
    """Return the date that a text gives itself.

    That is the first line that is nothing but a date, else a date that the first paragraphs begin
    with before a dash, as agencies do; in front matter its field.

    Args:
        text: The stored text.
        blocks: Its blocks.
        stated: A date that the reader found; then only its place in front matter is looked for.
    """
    for start, end in _places(text, blocks, in_front=stated is not None):
        found = _read(text[start:end], start)
        if found is not None and stated in (None, found.date):
            return found
    return None


def _places(
    text: str, blocks: Sequence[Block], *, in_front: bool = False
) -> Iterator[tuple[int, int]]:
    """Yield where a document's own date may stand."""
    if blocks and blocks[0].kind == "boilerplate" and text.startswith("---"):
        field = _FRONT_DATE.search(text, blocks[0].start, blocks[0].end)
        if field:
            yield field.span()
    if in_front:
        return
    yield from ((block.start, block.end) for block in blocks if block.kind == "dateline")
    for block in islice((b for b in blocks if b.kind == "paragraph"), _BLOCKS_OF_HEAD):
        head = _HEAD.match(text, block.start, min(block.end, block.start + _LONGEST_HEAD))
        if head and _is_head(head["line"], has_agency=bool(head["agency"])):
            yield head.span("line")


def _is_head(line: str, *, has_agency: bool) -> bool:
    """Return whether the beginning of a paragraph is a place and a date."""
    if is_dateline(line):
        return True
    dates = find_dates(line)
    is_at_end = len(dates) == 1 and dates[0].end == len(line) and dates[0].day is not None
    return has_agency and is_at_end and bool(_PLACE.match(line[: dates[0].start].strip()))


def _read(line: str, start: int) -> OwnDate | None:
    """Return the first whole date of a line; a weekday beside it decides what is in doubt."""
    weekdays = weekdays_in(line)
    for found in find_dates(line):
        if found.date is not None:
            date, doubt = _ordered(found, line[found.start : found.end], weekdays)
            return OwnDate(date, start + found.start, start + found.end, doubt)
    for left, right, date in find_hijri_dates(line):
        near = [date + dt.timedelta(days=shift) for shift in (0, -1, 1)]
        meant = [day for day in near if day.weekday() in weekdays]
        is_sure = len(meant) == 1
        chosen = meant[0] if is_sure else date
        return OwnDate(chosen, start + left, start + right, "" if is_sure else "hijri")
    return None


def _ordered(found: FoundDate, words: str, weekdays: frozenset[int]) -> tuple[dt.date, Doubt]:
    """Return the day that figures mean, and whether the month may be meant to come first."""
    date = dt.date(found.year, found.month or 1, found.day or 1)
    is_either = date.day <= _MONTHS and date.day != date.month
    is_in_figures = not any(character.isalpha() for character in words)
    if not (is_either and is_in_figures) or re.match("\\d{4}", words):
        return date, "weekday" if weekdays and date.weekday() not in weekdays else ""
    swapped = dt.date(date.year, date.day, date.month)
    meant = [day for day in (date, swapped) if day.weekday() in weekdays]
    return (meant[0], "") if len(meant) == 1 else (date, "order")
