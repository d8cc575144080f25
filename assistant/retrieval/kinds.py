"""What a question asks for, and whether a sentence holds such a thing."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from typing import Literal

from assistant.language import content_words, fold, stem, words
from assistant.language.dates import find_dates, find_years
from assistant.language.relative_dates import names_time

QuestionKind = Literal["who", "when", "where", "how_many", "why", "what_is", "other"]

# A word that asks counts where none stands before it: "what happened when …" asks for no time.
_FIRST_ASKING = r"^(?:(?!\b(?:what|which|how|why|who|whom|whose|when|where)\b).)*?"

# In folded text. The word that asks stands first in Arabic, after a conjunction at most.
_KINDS: tuple[tuple[QuestionKind, re.Pattern[str]], ...] = (
    (
        "when",
        re.compile(
            r"^[وف]?(?:(?:في |من |منذ |حتي |الي )?متي\b"
            r"|(?:في |من |منذ |حتي |الي )?اي[هة]? (?:عام|سنه|تاريخ|يوم|شهر|وقت|قرن|عقد)\b"
            r"|ما (?:هو |هي )?(?:تاريخ|موعد)\b)"
            rf"|{_FIRST_ASKING}\bwhen\b"
            r"|\b(?:what (?:year|date|day|month|century|time)"
            r"|(?:in|on|by|during) which (?:year|date|day|month|century|decade))\b"
        ),
    ),
    (
        "how_many",
        re.compile(
            r"^[وفبل]?كم\b"
            r"|^[وف]?ما (?:هو |هي )?"
            r"(?:عدد|نسبه|حجم|مساحه|طول|ارتفاع|عمر|سعر|تكلفه|قيمه|مقدار)\b"
            r"|\bhow (?:many|much|old|long|far|tall|large|big|often|high|deep|fast)\b"
            r"|\bwhat (?:percent|percentage|number|amount|proportion|share)\b"
            r"|\bwhat (?:is|was|are|were) the (?:number|population|area|size|height|length"
            r"|weight|age|price|cost|value|percentage|share)\b"
        ),
    ),
    (
        "where",
        re.compile(
            r"^[وف]?(?:من |الي )?اين\b"
            r"|^[وف]?(?:في |من |الي )?اي[هة]? "
            r"(?:مدينه|بلد|دوله|مكان|منطقه|قاره|شارع|مقاطعه|ولايه|محافظه)\b"
            r"|\bwhere\b"
            r"|\b(?:what|which) (?:city|country|place|region|state|county|area|continent|street)\b"
        ),
    ),
    (
        "who",
        re.compile(
            r"^[وف]?(?:من(?! (?:ماذا|اجل)\b)|مع من|لمن|بمن|عمن|ممن)\b"
            rf"|{_FIRST_ASKING}\b(?:who|whom|whose)\b"
        ),
    ),
    (
        "why",
        re.compile(
            r"^[وف]?لماذا\b|^[وف]?ما (?:هو |هي )?(?:سبب|اسباب)\b"
            r"|\bwhy\b|\bwhat (?:is the reason|caused|causes)\b"
        ),
    ),
    (
        "what_is",
        re.compile(
            r"^[وفبل]?(?:ما|ماذا) (?:هو|هي|معني|المقصود|تعريف|يعني)\b"
            r"|^what (?:is|are|was|were) (?:an? |the )?\w+ ?\?*$|\bwhat does .* mean\b"
        ),
    ),
)
_DIGIT = re.compile("[0-9]")
_BEFORE_YEAR = re.compile(
    r"(?:\b(?:in|since|by|until|from|before|after|year|of)"
    r"|(?:^|\W)(?:لل|ل|ال)?(?:عام|سنه)|(?:^|\W)منذ) *$"
)
_NAME = re.compile(r"\b[A-Z][\w'-]+(?:\s+(?:[A-Z][\w'-]*\.?|of|de|von|al|bin|ibn))*\s+[A-Z][\w'-]+")
_REASON = re.compile(
    r"\b(?:because|since|due to|in order to|results?|caused?|reasons?|therefore|so that"
    r"|نتيجه|لكي|من اجل|لذلك|نظرا|سبب|(?:لان|بسبب)\w*)\b"
)
_PLACE = re.compile(
    r"\b(?:in|at|near|from|to|on) [A-Z]|\b(?:في|الي|من|علي|قرب|شمال|جنوب|شرق|غرب"
    r"|مدينه|دوله|بلده|منطقه|مقاطعه|جزيره)\b"
)
_NUMBER_WORDS = frozenset(
    fold(
        "واحد اثنان اثنين ثلاثة ثلاث أربعة أربع خمسة خمس ستة ست سبعة سبع ثمانية ثماني تسعة تسع "
        "عشرة عشر عشرين ثلاثين أربعين خمسين ستين سبعين ثمانين تسعين "
        "عشرون ثلاثون أربعون خمسون ستون سبعون ثمانون تسعون "
        "مئة مائة مئتي ألف ألفين آلاف مليون مليار نصف ربع ثلث "
        "one two three four five six seven eight nine ten eleven twelve "
        "twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion "
        "half quarter third dozen once twice"
    ).split()
)
# Stems that a number shares with a common word: "dead", "May", "Monday", "where".
_SHARED_STEMS = frozenset(("ميت", "ماي", "اثن", "فين"))


def question_kind(text: str) -> QuestionKind:
    """Return the kind of answer that a question wants."""
    folded = " ".join(fold(text).split())
    for kind, pattern in _KINDS:
        if pattern.search(folded):
            return kind
    return "other"


def holds_time(text: str) -> bool:
    """Return whether a text has a date or a year, or words such as "on Friday" and «أمس»."""
    return bool(find_dates(text) or find_years(text)) or names_time(text)


def holds_number(text: str) -> bool:
    """Return whether a text has a number, in figures or in words.

    Dates are none, nor are years that a word such as "in" or «عام» stands before.
    """
    years = [y for y in find_years(text) if _BEFORE_YEAR.search(fold(text[: y.start]))]
    for found in sorted((*find_dates(text), *years), key=lambda t: t.start, reverse=True):
        text = text[: found.start] + " " + text[found.end :]
    return bool(_DIGIT.search(fold(text))) or any(
        word in _NUMBER_WORDS or word.removeprefix("و") in _NUMBER_WORDS for word in words(text)
    )


def is_number(stem_or_word: str) -> bool:
    """Return whether a folded word, or the stem of one, is a number."""
    return stem_or_word[0].isdigit() or stem_or_word in _number_stems()


@cache
def _number_stems() -> frozenset[str]:
    return _NUMBER_WORDS | frozenset(map(stem, _NUMBER_WORDS)) - _SHARED_STEMS


def holds_reason(text: str) -> bool:
    """Return whether a text has a word that gives a reason."""
    return _REASON.search(fold(text)) is not None


def holds_place(text: str) -> bool:
    """Return whether a text has a word that stands before a place."""
    return _PLACE.search(text) is not None or _PLACE.search(fold(text)) is not None


def holds_new_name(text: str, stems: Collection[str]) -> bool:
    """Return whether a text has two capitalised words in a row that some stems are not part of.

    Arabic has no capitals: there any sentence may name somebody.
    """
    return any(
        not set(map(stem, content_words(match))) & set(stems) for match in _NAME.findall(text)
    )


def capitals(text: str, stems: Collection[str]) -> int:
    """Return how many capitalised words after the first some stems are not part of."""
    found = _CAPITAL.findall(text)[1:]
    return sum(any(stem(part) not in stems for part in words(word)) for word in found)


_CAPITAL = re.compile(r"\b[A-Z][\w'-]+")
