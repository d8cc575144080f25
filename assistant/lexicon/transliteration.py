"""Names across scripts: vectors in which «بوتين» and "putin" are near each other.

A word is the sum of the vectors of its character 1- to 4-grams, learned from pairs of names (see
training/transliteration.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from assistant.lexicon.tables import Vocabulary, array

Vectors = npt.NDArray[np.float32]

LONGEST_GRAM = 4
_SHORTEST = 3
_ARABIC_LETTER = re.compile("[\u0621-\u064a]")
# What may stand before an Arabic name in one word with it.
_PROCLITICS = (
    *("\u0648\u0627\u0644", "\u0628\u0627\u0644", "\u0643\u0627\u0644", "\u0641\u0627\u0644"),
    *("\u0648\u0644\u0644", "\u0644\u0644", "\u0627\u0644"),
    *("\u0648", "\u0641", "\u0628", "\u0644", "\u0643"),
)


def name_grams(word: str) -> list[str]:
    """Return the character 1- to 4-grams of ``^word$``, the edge marks alone left out."""
    edged = f"^{word}$"
    return [
        edged[start : start + length]
        for length in range(1, LONGEST_GRAM + 1)
        for start in range(len(edged) - length + 1)
        if length > 1 or edged[start] not in "^$"
    ]


def spellings(word: str) -> list[str]:
    """Return a folded word as it may be spelled as a name: as it is, and without proclitics."""
    if not _ARABIC_LETTER.match(word):
        return [word.removesuffix("'s")]
    bare = (word[len(p) :] for p in _PROCLITICS if word.startswith(p))
    return list(dict.fromkeys([word, *(rest for rest in bare if len(rest) >= _SHORTEST)]))


def name_vectors(words: Sequence[str]) -> Vectors:
    """Return the vectors of words as names.

    Args:
        words: Folded words of either script.

    Returns:
        Shape (words, dimensions), float32, L2-normalised; zeros for a word without known grams.
    """
    table = array("name_vectors")
    vectors = np.zeros((len(words), table.shape[1]), dtype=np.float32)
    for number, word in enumerate(words):
        rows = [row for row in map(_gram_row, name_grams(word)) if row >= 0]
        if rows:
            vectors[number] = table[rows].sum(axis=0, dtype=np.float32)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors /= np.where(lengths == 0, 1, lengths)
    return vectors


@lru_cache(maxsize=1)
def _gram_vocabulary() -> Vocabulary:
    return Vocabulary("name_grams")


@lru_cache(maxsize=1 << 17)
def _gram_row(gram: str) -> int:
    return _gram_vocabulary().find(gram)
