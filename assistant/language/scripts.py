"""Which script a text is written in, and from that its language and direction."""

from __future__ import annotations

import re
from typing import Literal

TextLanguage = Literal["ar", "en", "mixed", "und"]
Direction = Literal["rtl", "ltr"]

# Letters only: digits, marks and punctuation belong to no language.
_ARABIC_LETTERS = re.compile(
    "[\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff"
    "\u0750-\u077f\u0870-\u0887\u08a0-\u08c9\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdc7\ufdf0-\ufdfb"
    "\ufe80-\ufefc]+"
)
_LATIN_LETTERS = re.compile(
    "[A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]+"
)

# Below this share of letters the other script is a name or a term, not a second language.
_MIXED_SHARE = 0.25
_SAMPLE = 50_000


def script_counts(text: str) -> tuple[int, int]:
    """Return how many Arabic and how many Latin letters a text has."""
    return (
        0 if text.isascii() else sum(map(len, _ARABIC_LETTERS.findall(text))),
        sum(map(len, _LATIN_LETTERS.findall(text))),
    )


def detect_language(text: str) -> TextLanguage:
    """Return the language of a text by the share of each script among its letters.

    Of a long text the first 50,000 characters are counted.

    Args:
        text: Any text.

    Returns:
        ``ar`` or ``en`` where one script has more than three quarters of the letters, ``mixed``
        where neither has, ``und`` (undetermined) where there are no letters of either.
    """
    arabic, latin = script_counts(text[:_SAMPLE])
    if arabic + latin == 0:
        return "und"
    share = arabic / (arabic + latin)
    if share > 1 - _MIXED_SHARE:
        return "ar"
    return "en" if share < _MIXED_SHARE else "mixed"


def is_in_language(text: str, language: str) -> bool:
    """Return whether a sentence belongs to a language: it is in it, in both, or in none.

    Args:
        text: A sentence.
        language: ``ar`` or ``en``.
    """
    return detect_language(text) in (language, "mixed", "und")


def main_language(text: str) -> Literal["ar", "en"]:
    """Return the language to answer in: Arabic where it has as many letters as Latin, or more."""
    arabic, latin = script_counts(text[:_SAMPLE])
    return "ar" if arabic and arabic >= latin else "en"


def direction(text: str) -> Direction:
    """Return the direction that most of a text's letters run in.

    The majority decides, not the first letter: an Arabic sentence that begins with an English
    name still runs from right to left.
    """
    return "rtl" if main_language(text) == "ar" else "ltr"
