"""Arabic, word by word in English: what an encoder that knows only English can read."""

from __future__ import annotations

from functools import lru_cache

from assistant.lexicon.tables import Vocabulary, array, stem_index


@lru_cache(maxsize=1 << 16)
def gloss(stem: str) -> str:
    """Return the English word that translates an Arabic stem best, or nothing.

    Args:
        stem: A stem as `assistant.language.stem` gives it.
    """
    row = stem_index(stem)
    place = int(array("gloss")[row]) if row >= 0 else -1
    return _words()[place] if place >= 0 else ""


@lru_cache(maxsize=1)
def _words() -> Vocabulary:
    return Vocabulary("gloss_words")
