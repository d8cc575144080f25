"""The language that a question is asked in: that of the words that ask, not of the names in it."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from assistant.language.folding import fold
from assistant.language.scripts import main_language
from assistant.language.stopwords import question_words
from assistant.language.words import words

_ARABIC = re.compile("[\u0620-\u06ff]")
_ARABIC_QUESTION_MARK = "\u061f"
_ARABIC_DIGIT = re.compile("[\u0660-\u0669\u06f0-\u06f9]")
_CONJUNCTIONS = "\u0648\u0641"  # waw and feh, written with the word behind them

# Words that open a question or a request, beside those that ask.
_OPENERS = """
اذكر اشرح عرف عدد لخص قارن صف حدد أعطني أخبرني
is are was were do does did can could has have had will would should may
list tell name give describe explain show summarise summarize compare
"""


def question_language(text: str) -> Literal["ar", "en"]:
    """Return the language to answer a question in.

    The first word decides if it opens a question or a request. Else an Arabic question mark, then
    a question word anywhere, then Arabic digits; at last the majority of the letters, which may be
    those of a name.

    Args:
        text: The question.

    Returns:
        ``ar`` or ``en``.
    """
    asked = words(text)
    if asked and _bare(asked[0]) in question_words() | _openers():
        return _language(asked[0])
    if _ARABIC_QUESTION_MARK in text:
        return "ar"
    asking = {_language(word) for word in asked if _bare(word) in question_words()}
    if len(asking) == 1:
        return asking.pop()
    return "ar" if _ARABIC_DIGIT.search(text) else main_language(text)


@cache
def _openers() -> frozenset[str]:
    return frozenset(fold(_OPENERS).split())


def _bare(word: str) -> str:
    """Return a word without a conjunction, if what is left asks."""
    rest = word[1:] if word[0] in _CONJUNCTIONS else word
    return rest if rest in question_words() else word


def _language(word: str) -> Literal["ar", "en"]:
    return "ar" if _ARABIC.match(word) else "en"
