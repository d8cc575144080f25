"""Arabic text word by word in English, for a model that knows English only."""

from __future__ import annotations

import re

from assistant.language import fold, stem, stop_words, word_spans
from assistant.lexicon import gloss as english_word

# To be raised with every change, the table's included: texts must be embedded again then.
VERSION = 2

_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff]")
_PUNCTUATION = {mark: mark for mark in ".?!,;"} | {"؟": "?", "،": ",", "؛": ";"}
_SENTENCE_ENDS = frozenset(".?!")
_CONJUNCTIONS = ("و", "ف")
_QUESTIONS = {
    fold(arabic): english
    for arabic, english in {
        "من": "who",
        "ما": "what",
        "ماذا": "what",
        "متى": "when",
        "أين": "where",
        "كيف": "how",
        "كم": "how many",
        "لماذا": "why",
    }.items()
}
# Within a sentence these are mostly "from" and "not".
_ASKING_AT_THE_BEGINNING_ONLY = frozenset(("من", "ما"))


def holds_arabic(text: str) -> bool:
    """Return whether a text holds Arabic letters."""
    return _ARABIC.search(text) is not None


def glossed(text: str) -> str:
    """Return a text with its Arabic words in English, one by one and in their order.

    Question words are translated, other Arabic stop words and words that the table does not know
    are left out, and the same gloss twice in a row is written once. Words in other letters,
    numbers and the marks ``. ? ! , ;`` stay, folded.

    Args:
        text: Any text.

    Returns:
        The words between single spaces; empty where there are none.
    """
    folded = fold(text)
    pieces: list[str] = []
    end, is_first = 0, True
    for start, following in word_spans(folded):
        is_first |= _punctuate(pieces, folded[end:start])
        word, end = folded[start:following], following
        if not holds_arabic(word):
            pieces.append(word)
        elif (english := _translated(word, is_first=is_first)) and english != _last(pieces):
            pieces.append(english)
        is_first = False
    _punctuate(pieces, folded[end:])
    return " ".join(pieces)


def _last(pieces: list[str]) -> str:
    return pieces[-1] if pieces else ""


def _punctuate(pieces: list[str], between: str) -> bool:
    """Put the marks between two words behind the last one; return whether a sentence ends."""
    marks = [_PUNCTUATION[character] for character in between if character in _PUNCTUATION]
    if pieces:
        pieces[-1] += "".join(marks)
    return not _SENTENCE_ENDS.isdisjoint(marks)


def _translated(word: str, *, is_first: bool) -> str:
    """Return the English for a folded Arabic word; empty where it is to be left out."""
    bare = word[1:] if word.startswith(_CONJUNCTIONS) and word[1:] in _QUESTIONS else word
    if bare in _QUESTIONS and (is_first or bare not in _ASKING_AT_THE_BEGINNING_ONLY):
        return _QUESTIONS[bare]
    if len(word) == 1 or bare in _QUESTIONS or word in stop_words():
        return ""
    return english_word(stem(word))
