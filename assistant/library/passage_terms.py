"""What the lexical index keeps of a passage: its words, their stems, their character grams."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from assistant.language import (
    bare,
    content_words,
    detect_language,
    grams,
    stem,
    time_terms,
)

# Shorter words are not compared as names.
_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class PassageTerms:
    """The terms of a text, each kind joined by spaces.

    Attributes:
        language: The text's language.
        words: Its words that may be names, each once.
        stems: The stems of its content words, in order.
        dates: What stands for its dates and months among the stems.
        grams: The 4-grams of its content words, in order.
    """

    language: str
    words: str
    stems: str
    dates: str
    grams: str


def passage_terms(text: str) -> PassageTerms:
    """Return the terms of a passage's text."""
    words = content_words(text)
    terms = [_word_terms(word) for word in words]
    return PassageTerms(
        language=detect_language(text),
        words=" ".join(dict.fromkeys(w for w in map(bare, words) if _is_like_a_name(w))),
        stems=" ".join([stemmed for stemmed, _ in terms]),
        dates=" ".join(time_terms(text, words)),
        grams=" ".join([joined for _, joined in terms]),
    )


def _is_like_a_name(word: str) -> bool:
    return len(word) >= _SHORTEST_NAME and word.isalpha()


# One look-up a word instead of one for its stem and one for each of its grams.
@lru_cache(maxsize=1 << 16)
def _word_terms(word: str) -> tuple[str, str]:
    return stem(word), " ".join(grams(word))
