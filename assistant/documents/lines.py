"""What a single line looks like: a date, an author, a credit, a label, an item of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest

from assistant.language.dates import date_spans, find_dates
from assistant.schema import Block, BlockKind, Span

_LONGEST_DATELINE = 80
# What may stand beside a date and says nothing more: labels, weekdays, eras, small words.
_BESIDE_DATE = re.compile(
    "\\b(?:(?:يوم )?(?:السبت|الأحد|الاحد|الإثنين|الاثنين|الثلاثاء|الأربعاء|الاربعاء|الخميس|الجمعة)"
    "|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|wed|thu(?:rs)?|fri|sat|sun"
    "|(?:ال)?تاريخ(?: (?:النشر|الإصدار|التحرير|التحديث))?|نشر(?:ت)? في|صدر(?:ت)? في|بتاريخ"
    "|آخر تحديث|الموافق(?: ل)?|الساعة|في|هـ?|م|هجري(?:ة)?|ميلادي(?:ة)?"
    "|date(?:d)?(?: of (?:issue|publication))?|(?:last )?updated|published|posted|issued"
    "|corresponding to|on|at|the|a\\.?h|a\\.?d|c\\.?e|[ap]\\.?m|gmt|utc|صباحا|مساء"
    "|بتوقيت غرينتش)\\b\\.?",
    re.IGNORECASE,
)
_TIME = re.compile(
    "T?[0-9\u0660-\u0669]{1,2}:[0-9\u0660-\u0669]{2}(?::[0-9\u0660-\u0669]{2}(?:\\.[0-9]+)?)?"
    "(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_DASHES = "\\-\u2010-\u2015\u0640"
_SEPARATOR = f"\\s*[,\u060c:|/{_DASHES}]\\s*"
_ARABIC_WORD = "[\u0621-\u0652]+"
_CAPITAL_WORD = "[A-Z][\\w.'\u2019]*"
_NEWS_AGENCY = (
    "(?:ال)?وكالات|رويترز|فرانس برس|الأناضول|أ ?ف ?ب|أ\\.ف\\.ب|د ?ب ?أ|واس|واج|وام|بترا"
    f"|وكالة (?:الأنباء|أنباء)(?: {_ARABIC_WORD}){{0,2}}"
    "|(?i:agencies|reuters|afp|ap|dpa|xinhua|bloomberg|associated press)"
)
_PLACE = f"(?:{_CAPITAL_WORD}(?: {_CAPITAL_WORD}){{0,2}}|{_ARABIC_WORD}(?: {_ARABIC_WORD})?)"
# Without an article these could not be told from a verb before "in" and a date.
_CITIES = (
    "تونس|دمشق|بيروت|بغداد|عمان|مسقط|طرابلس|صنعاء|مكة|جدة|دبي|أبوظبي|باريس|لندن|موسكو|واشنطن|جنيف"
)
_PLACE_AND_IN = re.compile(
    f"(?:(?:حرر )?ب?(?:ال{_ARABIC_WORD}(?: ال{_ARABIC_WORD})?|{_CITIES}),? ?)$"
)
_AGENCY = re.compile(f"(?:{_PLACE}\\s*[,\u060c{_DASHES}(/]\\s*)?(?:{_NEWS_AGENCY})\\s*[)\\].]?$")
_BYLINE = re.compile(
    "[\\s*_]*(?:(?i:written by|by)(?: |: ?)"
    f"{_CAPITAL_WORD}(?:(?: and|,)? {_CAPITAL_WORD}){{1,4}}"
    f"|(?:بقلم ?:?|(?:كتب|كتبت|كتبه|إعداد|تحرير) ?:) ?{_ARABIC_WORD}(?: {_ARABIC_WORD}){{0,4}})"
    "[\\s*_]*$"
)
_PLACE_ALONE = re.compile(f"[\\s*_]*{_PLACE}$")
_SEPARATOR_END = re.compile(f"{_SEPARATOR}$")
_LETTER = re.compile("[^\\W\\d_]")
_DIGIT = re.compile("\\d")
# A label and a few words that are no sentence, a sign of copyright with a year, an agency alone.
_CREDIT = re.compile(
    "[\\s(\\[*_]*(?:(?:الصورة|صورة|تصوير|المصدر|الصور"
    "|photo(?:graph)?|image|picture|credit|source)\\s*[:/]\\s*(?:[^\\s.!?\u061f]++[\\s)\\]]*+){1,6}+$"
    "|©|(?:copyright|\\(c\\))\\s+(?:©|\\(c\\)\\s*)?[0-9]{4}|جميع الحقوق محفوظة|حقوق النشر محفوظة"
    "|all rights reserved"
    "|(?:getty(?: images)?|afp|reuters|رويترز|فرانس برس|أ ف ب)[\\s)\\].]*$)",
    re.IGNORECASE,
)
_LONGEST_CREDIT = 160
LONGEST_HEADING = 60
HEADING_WORDS = 10
_LABEL_WORDS = 3
ENDS_SENTENCE = re.compile("[.!?:;,\u061f\u060c\u061b\u2026\u00bb\u201d\"')\\]]\\s*$")
_END_MARKS = (".", "!", "?", "\u061f", "\u2026", "\u00bb", "\u201d", '"')
_QUESTION_END = re.compile("[?\u061f][*_]*\\s*$")
_LABEL_END = re.compile("\\w[.:]$")
_BOLD = re.compile("(\\*\\*|__)(?=\\S)([^*\\n\\r]+)\\1")
_BELOW_LABEL = frozenset(("paragraph", "item", "row"))
# A letter with a full stop is an initial as often as it counts.
_ITEM = re.compile(
    "(?:[-*+\u2022\u2023\u25aa\u25cf\u25e6\u2013\u2014]"
    "|\\(?(?:(?:[0-9\u0660-\u0669]{1,3}|[IVXLC]{2,5})[.)\\-]|[A-Za-z\u0621-\u064a][)\\-]))"
    "[ \t]+(?=\\S)"
)


def is_dateline(line: str) -> bool:
    """Return whether a line holds a date and nothing else but what goes with one.

    That is a label, a weekday, a time, the same day in the other calendar; and before a whole date
    a place, an author or an agency.
    """
    if len(line) > _LONGEST_DATELINE:
        return False
    spans = date_spans(line)
    if not spans:
        return False
    first, rest = line[: spans[0][0]], line[spans[-1][1] :]
    between = " ".join(line[left[1] : right[0]] for left, right in pairwise(spans))
    if _says_more(between) or _says_more(rest):
        return False
    has_day = any(found.day for found in find_dates(line))
    return not _says_more(first) or (has_day and _is_place_or_author(first.rstrip()))


def _says_more(words: str) -> bool:
    """Return whether something is left of the words beside a date that is not a part of it."""
    rest = _TIME.sub(" ", _BESIDE_DATE.sub(" ", words))
    return bool(_LETTER.search(rest) or _DIGIT.search(rest))


def _is_place_or_author(words: str) -> bool:
    bare = _SEPARATOR_END.sub("", words)
    if bare == words:
        return words.endswith(" في") and bool(_PLACE_AND_IN.match(words[:-3]))
    return bool(_PLACE_ALONE.match(bare) or is_byline(bare))


def is_byline(line: str) -> bool:
    """Return whether a line names an author or a news agency and nothing else."""
    if len(line) > _LONGEST_DATELINE:
        return False
    return bool(_BYLINE.match(line) or _AGENCY.match(line))


def is_label(line: str, following: str) -> bool:
    """Return whether a line is a question or a label that names the text below it.

    Args:
        line: The line.
        following: The text below it.
    """
    bold = _BOLD.fullmatch(line)
    bare = bold[2] if bold else line
    count = len(bare.split())
    if len(bare) > LONGEST_HEADING or count > HEADING_WORDS or not following:
        return False
    if _QUESTION_END.search(bare):
        return not _QUESTION_END.search(following)
    if bold:
        return count <= _LABEL_WORDS or not ENDS_SENTENCE.search(bare)
    return count == 1 and bool(_LABEL_END.search(bare)) and len(following) > 2 * len(line)


def is_credit(line: str) -> bool:
    """Return whether a line names a picture's source or a right, such as ``(الصورة: Getty)``."""
    return len(line) <= _LONGEST_CREDIT and _CREDIT.match(line) is not None


def kind_of(line: str) -> BlockKind:
    """Return what a paragraph is by its look: a date, a credit or author, or a paragraph."""
    if is_dateline(line):
        return "dateline"
    return "boilerplate" if is_credit(line) or is_byline(line) else "paragraph"


def with_labels(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks; a line that names the text below it becomes a heading.

    Args:
        text: The stored text.
        blocks: Its blocks, in order.
    """
    for block, following in zip_longest(blocks, blocks[1:]):
        is_text = following is not None and following.kind in _BELOW_LABEL
        below = text[following.start : following.end] if is_text else ""
        is_named = block.kind == "paragraph" and is_label(text[block.start : block.end], below)
        yield replace(block, kind="heading") if is_named else block


def with_credits_apart(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks; a credit in brackets at a paragraph's end gets a block of its own.

    Args:
        text: The stored text.
        blocks: Its blocks, in order.
    """
    for block in blocks:
        last = text.rfind("(", block.start, block.end)
        words = text[block.start : last].rstrip()
        is_apart = last > block.start and block.kind == "paragraph" and words[-1:] in _END_MARKS
        if is_apart and is_credit(text[last : block.end]):
            yield replace(block, end=block.start + len(words))
            yield replace(block, start=last, kind="boilerplate")
        else:
            yield block


def item_start(text: str, span: Span) -> int:
    """Return where the words of a list item start, behind its bullet or number; 0 if it is none."""
    match = _ITEM.match(text, span.start, span.end)
    return match.end() if match else 0
