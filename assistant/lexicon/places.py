"""Words that name a country or a city."""

from __future__ import annotations

from functools import lru_cache

from assistant.lexicon.tables import Vocabulary


@lru_cache(maxsize=1 << 15)
def is_place(stem: str) -> bool:
    """Return whether a stem of either language is that of a country's or a large city's name.

    Args:
        stem: A stem as `assistant.language.stem` gives it.
    """
    return _places().find(stem) >= 0


@lru_cache(maxsize=1)
def _places() -> Vocabulary:
    return Vocabulary("places")
