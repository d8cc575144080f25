"""Words of a text, and the terms that stand for them in an index: stems and character grams."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from assistant.language.folding import fold, fold_with_map
from assistant.language.stemming import stem
from assistant.language.stopwords import stop_words

# In folded text: a run of Arabic letters, a number, or a run of other letters.
_ARABIC = "\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff"
_WORD = re.compile(
    rf"[{_ARABIC}]+|[0-9]+(?:,[0-9]{{1,3}}(?![0-9])|[.:][0-9]+)*|(?:(?![{_ARABIC}])[^\W\d_])+(?:'[a-z]+)?"
)
_GROUPED_NUMBER = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")

GRAM_LENGTH = 4

_TATWEEL = "\u0640"
_JOINERS = "\u200c\u200d"


class PlacedWord(NamedTuple):
    """A word of a text, and where it stands there.

    Attributes:
        word: The word as `words` gives it.
        start: Its first code point in the text.
        end: One past its last code point; the marks on its last letter belong to it.
    """

    word: str
    start: int
    end: int


def words(text: str) -> list[str]:
    """Return the words of a text, folded, in order; numbers without thousands separators."""
    return [_plain_number(word) if "," in word else word for word in _WORD.findall(fold(text))]


def content_words(text: str) -> list[str]:
    """Return the words of a text that are no stop words, folded, in order."""
    stop = stop_words()
    return [word for word in words(text) if word not in stop]


def word_spans(folded: str) -> list[tuple[int, int]]:
    """Return where the words of an already folded text stand, as half-open ranges."""
    return [match.span() for match in _WORD.finditer(folded)]


def placed_words(text: str) -> list[PlacedWord]:
    """Return the words of a text as `words` does, each with its place in the text as it is.

    Args:
        text: Any text.

    Returns:
        The words in order; no edge parts a letter from its marks. Words do not overlap, but for
        those of one character that is a whole phrase: each has that character's place.
    """
    folded = fold_with_map(text)
    placed: list[PlacedWord] = []
    for start, end in word_spans(folded.text):
        first, last = folded.origins[start], folded.origins[end - 1]
        word = _plain_number(folded.text[start:end])
        placed.append(PlacedWord(word, first, _cluster_end(text, last + 1)))
    return placed


def _cluster_end(text: str, end: int) -> int:
    """Return where the marks, joiners and tatweel behind a letter end."""
    while end < len(text) and (
        text[end] == _TATWEEL or text[end] in _JOINERS or unicodedata.category(text[end])[0] == "M"
    ):
        end += 1
    return end


def _plain_number(word: str) -> str:
    return word.replace(",", "") if _GROUPED_NUMBER.fullmatch(word) else word


@lru_cache(maxsize=1 << 18)
def grams(word: str) -> tuple[str, ...]:
    """Return the character 4-grams of a folded word between its edge marks, ``^word$``.

    A shorter word is one gram; a number is kept whole.

    Args:
        word: A word as `words` gives it.

    Returns:
        The grams, in order.
    """
    if word[0].isdigit():
        return (word,)
    edged = f"^{word}$"
    count = max(1, len(edged) - GRAM_LENGTH + 1)
    return tuple(edged[i : i + GRAM_LENGTH] for i in range(count))


def stems(text: str) -> list[str]:
    """Return the stems of a text's content words, in order."""
    return [stem(word) for word in content_words(text)]
