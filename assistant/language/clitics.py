"""The words that an Arabic word makes with what is written onto it: particles and pronouns.

The stemmer takes a clitic off only where it can be no part of the word, so that a word whose own
first letter looks like one has several stems: Wahran alone, and with "in" before it. Here the
word is known, and what may be added to it is not a guess.
"""

from __future__ import annotations

from functools import lru_cache

from assistant.language.folding import fold
from assistant.language.own_letters import WITH_OWN_LETTER
from assistant.language.stemming import is_arabic

_TEH, _HEH, _YEH, _ALEF, _WAW, _HAMZA = "\u062a\u0647\u064a\u0627\u0648\u0621"
# What may stand before a word, in folded letters: and, so, in, as, to; alone and before another.
_BEFORE = "و ف ب ل وب ول فب فل".split()
_AS = "ك وك فك".split()
_WITH_ARTICLE = "ال وال فال بال كال لل وبال وكال ولل فبال فلل فكال".split()
# Without "to the": two lams may be a word's own.
_ARTICLES = sorted((a for a in _WITH_ARTICLE if a.endswith("\u0627\u0644")), key=len, reverse=True)
_PRONOUNS = "ه ها هم هن هما ك كم كن كما نا ي".split()
# Of a shorter word and one letter before it, most are other words.
_SHORTEST, _SHORTEST_AFTER_AS = 3, 4


@lru_cache(maxsize=1 << 10)
def written_forms(word: str) -> frozenset[str]:
    """Return the folded words that are a word, alone and with particles and pronouns.

    Conjunctions, prepositions and the article are put before it, and pronouns behind it, each
    where it may stand; a word of Arabic that is known to begin with its own letter is left out.

    Args:
        word: A folded word; its own article is no part of it.

    Returns:
        The words; a word that is not Arabic has itself only.
    """
    if not is_arabic(word):
        return frozenset((word,))
    base = without_article(word)
    owned = _owned(base)
    with_one = [*(_BEFORE if len(base) >= _SHORTEST else ())]
    with_one += _AS if len(base) >= _SHORTEST_AFTER_AS else ()
    joined = {f"{before}{rest}" for before in with_one for rest in (base, *owned)}
    forms = {base, *owned, *(joined - _own_words()), *(article + base for article in _WITH_ARTICLE)}
    return frozenset(forms | {word})


def without_article(word: str) -> str:
    """Return a folded word without the article, and without what stands before that."""
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= _SHORTEST:
            return word[len(article) :]
    return word


def _owned(base: str) -> list[str]:
    """Return a word with each pronoun; its last letter may be written in another way before it."""
    if len(base) < _SHORTEST:
        return []
    changed = {
        _HEH: (_HEH, _TEH),
        _YEH: (_YEH, _ALEF),
        _HAMZA: (_HAMZA, _WAW, _YEH),
    }.get(base[-1], (base[-1],))
    return [f"{base[:-1]}{last}{pronoun}" for last in changed for pronoun in _PRONOUNS]


@lru_cache(maxsize=1)
def _own_words() -> frozenset[str]:
    return frozenset(fold(WITH_OWN_LETTER).split())
