"""Number words of Arabic and English, by what they stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import cache

from assistant.language.folding import fold

_ENGLISH_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ARABIC_CARDINALS = {
    1: "واحد واحدة أحد إحدى",
    2: "اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي إثنان إثنين",
    3: "ثلاثة ثلاث",
    4: "أربعة أربع",
    5: "خمسة خمس",
    6: "ستة ست",
    7: "سبعة سبع",
    8: "ثمانية ثمان ثماني",
    9: "تسعة تسع",
    10: "عشرة عشر",
    20: "عشرون عشرين",
    30: "ثلاثون ثلاثين",
    40: "أربعون أربعين",
    50: "خمسون خمسين",
    60: "ستون ستين",
    70: "سبعون سبعين",
    80: "ثمانون ثمانين",
    90: "تسعون تسعين",
    100: "مئة مائة",
    200: "مئتان مئتين مائتان مائتين مئتا مئتي مائتا مائتي",
}
_HUNDREDS = {3: "ثلاث", 4: "أربع", 5: "خمس", 6: "ست", 7: "سبع", 8: "ثمان ثماني", 9: "تسع"}
_SCALES = {
    100: "hundred",
    1_000: "thousand ألف ألفا آلاف",
    1_000_000: "million مليون مليونا ملايين",
    1_000_000_000: "billion bn مليار مليارا مليارات بليون بلايين",
    1_000_000_000_000: "trillion تريليون تريليونا تريليونات",
}
_TWICE_SCALES = {
    1_000: "ألفان ألفين ألفا ألفي",
    1_000_000: "مليونان مليونين مليونا مليوني",
    1_000_000_000: "ملياران مليارين مليارا ملياري",
}
_ENGLISH_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_ENGLISH_TENTHS = (
    "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth".split()
)
_ARABIC_ORDINALS = {
    1: "أول أولى",
    2: "ثاني ثانية ثان",
    3: "ثالث ثالثة",
    4: "رابع رابعة",
    5: "خامس خامسة",
    6: "سادس سادسة",
    7: "سابع سابعة",
    8: "ثامن ثامنة",
    9: "تاسع تاسعة",
    10: "عاشر عاشرة",
    11: "حادي حادية",
}
# «ثمن» is more often a price, «سبع» the number.
_FRACTIONS = {
    (1, 2): "half halves نصف نصفا",
    (1, 3): "ثلث",
    (2, 3): "ثلثا ثلثي ثلثين ثلثان",
    (1, 4): "quarter quarters ربع",
}
_ENGLISH_PARTS = {"third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5}
_ENGLISH_PARTS |= {"tenth": 10, "tenths": 10, "eighth": 8, "eighths": 8, "sixth": 6, "sixths": 6}
# By the stem before -in, -an: two of them. Of other nouns it may be the plural.
_DUALS = "عام سنت يوم شهر قرن عقد اسبوع ساعت دقيقت مرت دولت بلد جزء قسم كيلومتر متر طن ضعف"
_DUAL_UNITS = {"سنت": "سنة", "ساعت": "ساعة", "دقيقت": "دقيقة", "مرت": "مرة", "دولت": "دولة"}
_DECADES = {
    20: "عشرينيات عشرينات twenties",
    30: "ثلاثينيات ثلاثينات thirties",
    40: "أربعينيات أربعينات forties",
    50: "خمسينيات خمسينات fifties",
    60: "ستينيات ستينات sixties",
    70: "سبعينيات سبعينات seventies",
    80: "ثمانينيات ثمانينات eighties",
    90: "تسعينيات تسعينات nineties",
}


def by_word(table: Mapping[int, str]) -> dict[str, int]:
    """Return a table of words by value as one of values by folded word."""
    return {word: value for value, names in table.items() for word in fold(names).split()}


@cache
def english_cardinals() -> Mapping[str, int]:
    """Return the English number words below a hundred."""
    small = {word: value for value, word in enumerate(_ENGLISH_SMALL)}
    return small | {word: 20 + 10 * n for n, word in enumerate(_ENGLISH_TENS)}


@cache
def arabic_cardinals() -> Mapping[str, int]:
    """Return the Arabic number words below a thousand, folded, hundreds in one word too."""
    joined = {
        fold(unit + hundred): 100 * value
        for value, units in _HUNDREDS.items()
        for unit in units.split()
        for hundred in ("مئة", "مائة", "ميه")
    }
    return by_word(_ARABIC_CARDINALS) | joined


@cache
def scales() -> Mapping[str, int]:
    """Return the words for a hundred, a thousand, a million and so on, folded."""
    return by_word(_SCALES) | {"thousands": 1_000, "millions": 1_000_000, "billions": 10**9}


@cache
def twice_scales() -> Mapping[str, int]:
    """Return the Arabic duals of scale words, such as two thousand, by what they stand for."""
    sure = by_word(_TWICE_SCALES)
    # The accusative of the singular looks like the dual in construct.
    return {word: 2 * value for word, value in sure.items() if word not in scales()}


@cache
def ordinals() -> Mapping[str, int]:
    """Return ordinal words of both languages, folded, Arabic ones without the article."""
    english = {word: value for value, word in enumerate(_ENGLISH_ORDINALS, start=1)}
    tenths = {word: 20 + 10 * n for n, word in enumerate(_ENGLISH_TENTHS)}
    return english | tenths | by_word(_ARABIC_ORDINALS)


@cache
def fractions() -> Mapping[str, Fraction]:
    """Return the words that are a fraction by themselves, folded."""
    return {
        word: Fraction(*value)
        for value, names in _FRACTIONS.items()
        for word in fold(names).split()
    }


def english_part(word: str) -> int:
    """Return what an English word divides by («thirds»: 3), or 0."""
    return _ENGLISH_PARTS.get(word, 0)


@cache
def decades() -> Mapping[str, int]:
    """Return the names of decades, folded, Arabic ones without the article."""
    return by_word(_DECADES)


@cache
def _dual_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:ال)?({'|'.join(fold(_DUALS).split())})(?:ان|ين)")


def dual_noun(word: str) -> str:
    """Return the folded singular of a dual of a noun that is often counted, or nothing.

    Args:
        word: A folded word.
    """
    match = _dual_pattern().fullmatch(word)
    return fold(_DUAL_UNITS.get(match[1], match[1])) if match else ""


_ROMAN = re.compile(r"(?=[ivxl])(x{0,3}|xl|l)(ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}


def roman_value(word: str) -> int:
    """Return what a folded Roman numeral up to 59 stands for, or 0."""
    if _ROMAN.fullmatch(word) is None:
        return 0
    total = previous = 0
    for letter in reversed(word):
        value = _ROMAN_VALUES[letter]
        total += -value if value < previous else value
        previous = max(previous, value)
    return total
