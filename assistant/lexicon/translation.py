"""Which stems of the other language a stem stands for, and which stems share its root."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from assistant.lexicon.tables import array, stem_index, stem_vocabulary

Relation = Literal["forward", "backward", "related"]


@lru_cache(maxsize=1 << 14)
def translations(stem: str) -> Mapping[str, float]:
    """Return the translations of a stem, with the probability of each given the stem."""
    return _row("forward", stem)


@lru_cache(maxsize=1 << 14)
def translated_by(stem: str) -> Mapping[str, float]:
    """Return the stems that a stem translates, with its probability given each of them."""
    return _row("backward", stem)


@lru_cache(maxsize=1 << 14)
def related(stem: str) -> Mapping[str, float]:
    """Return stems of the same language and the same root or derivation, with weights, 0 to 1."""
    return _row("related", stem)


def _row(table: Relation, stem: str) -> Mapping[str, float]:
    row = stem_index(stem)
    if row < 0:
        return {}
    ends = array(f"{table}_ends")
    start, end = int(ends[row - 1]) if row else 0, int(ends[row])
    stems = stem_vocabulary()
    return {
        stems[int(other)]: float(weight)
        for other, weight in zip(
            array(f"{table}_stems")[start:end], array(f"{table}_weights")[start:end], strict=True
        )
    }
