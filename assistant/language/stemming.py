"""Light stemming: the forms of a word meet in one stem."""

from __future__ import annotations

import re
import threading
from functools import lru_cache

from assistant.language.folding import fold
from assistant.language.own_letters import WITH_OWN_LETTER

_ARABIC_WORD = re.compile("[\u0621-\u064a]")

_ARTICLES = ("\u0628\u0627\u0644", "\u0643\u0627\u0644", "\u0644\u0644", "\u0627\u0644")
_CONJUNCTIONS = "\u0648\u0641"  # waw, feh
_PREPOSITIONS = "\u0628\u0644"  # beh, lam
_SUFFIXES = (
    "كما",
    "هما",
    "هم",
    "هن",
    "نا",
    "كم",
    "ها",
    "ات",
    "ون",
    "ين",
    "ان",
    "يه",
    "وا",
    "ه",
    "ي",
    "ت",
    "ا",
)
# By their last letter, in the same order: most words need only a few compared.
_SUFFIXES_BY_END = {
    end: tuple(suffix for suffix in _SUFFIXES if suffix.endswith(end))
    for end in {suffix[-1] for suffix in _SUFFIXES}
}
_SHORTEST_STEM = 3
_SHORTEST_WITH_PROCLITIC = 5
_SUFFIX_ROUNDS = 3


class _EnglishStemmer(threading.local):
    """One Snowball stemmer a thread: it keeps the word at hand in itself."""

    def __init__(self) -> None:
        import Stemmer

        # Words are kept by `stem`.
        self.stem = Stemmer.Stemmer("english", maxCacheSize=0).stemWord


_ENGLISH = _EnglishStemmer()


def is_arabic(word: str) -> bool:
    """Return whether a folded word is written in Arabic letters."""
    return _ARABIC_WORD.match(word) is not None


def bare(word: str) -> str:
    """Return a folded word without an English possessive and without apostrophes."""
    return word.removesuffix("'s").replace("'", "")


@lru_cache(maxsize=1 << 18)
def stem(word: str) -> str:
    """Return the stem of one folded word.

    Arabic words are stemmed lightly, in the manner of light10 (Larkey, Ballesteros and Connell,
    "Light Stemming for Arabic Information Retrieval", 2007), extended by proclitics before the
    article and by further rounds of suffixes. Words in Latin letters go through Snowball's
    English stemmer. Anything else, numbers among them, stays as it is.

    Args:
        word: A word as `words` gives it.

    Returns:
        The stem, never empty for a word that is not empty.
    """
    if is_arabic(word):
        return _stem_arabic(word)
    if word.isascii() and word[:1].isalpha():
        return str(_ENGLISH.stem(bare(word))) or word
    return word


@lru_cache(maxsize=1)
def _own_letter_stems() -> frozenset[str]:
    return frozenset(map(_strip_suffixes, fold(WITH_OWN_LETTER).split()))


def _stem_arabic(word: str) -> str:
    return _strip_suffixes(_strip_proclitics(word))


def _strip_proclitics(word: str) -> str:
    if _has_clitic(word, _CONJUNCTIONS):
        word = word[1:]
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= _SHORTEST_STEM:
            return word[len(article) :]
    return word[1:] if _has_clitic(word, _PREPOSITIONS) else word


def _has_clitic(word: str, letters: str) -> bool:
    """Return whether a word's first letter is one of these and is not its own."""
    if len(word) < _SHORTEST_WITH_PROCLITIC or word[0] not in letters:
        return False
    return _strip_suffixes(word) not in _own_letter_stems()


def _strip_suffixes(word: str) -> str:
    for _ in range(_SUFFIX_ROUNDS):
        for suffix in _SUFFIXES_BY_END.get(word[-1:], ()):
            if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST_STEM:
                word = word[: -len(suffix)]
                break
        else:
            break
    return word
