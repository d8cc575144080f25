"""Names across scripts: vectors in which «بوتين» and "putin" are near each other.

A word is the sum of the vectors of its character 1- to 4-grams, learned from pairs of names (see
training/transliteration.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain

import numpy as np
import numpy.typing as npt

from assistant.language import is_arabic
from assistant.lexicon.tables import Vocabulary, array

Vectors = npt.NDArray[np.float32]

LONGEST_GRAM = 4
# Larger ones leave the processor's cache and take longer.
_BATCH = 256
_SHORTEST = 3
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
    """Return a folded word as it may be spelled as a name: as it is, and without proclitics.

    Args:
        word: The word, without a possessive and apostrophes.
    """
    if not is_arabic(word):
        return [word]
    bare = (word[len(p) :] for p in _PROCLITICS if word.startswith(p))
    return list(dict.fromkeys([word, *(rest for rest in bare if len(rest) >= _SHORTEST)]))


def name_vectors(words: Sequence[str]) -> Vectors:
    """Return the vectors of words as names.

    Args:
        words: Folded words of either script.

    Returns:
        Shape (words, dimensions), float32, L2-normalised; zeros for a word without known grams.
    """
    vectors = np.zeros((len(words), array("name_vectors").shape[1]), dtype=np.float32)
    for start in range(0, len(words), _BATCH):
        _sum_grams(words[start : start + _BATCH], vectors[start : start + _BATCH])
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors /= np.where(lengths == 0, 1, lengths)
    return vectors


def _sum_grams(words: Sequence[str], sums: Vectors) -> None:
    """Put the sums of the words' grams' vectors into rows of zeros."""
    known = _gram_rows()
    rows = [[known[gram] for gram in name_grams(word) if gram in known] for word in words]
    counts = np.fromiter(map(len, rows), np.int64, len(rows))
    if counts.any():
        flat = np.fromiter(chain.from_iterable(rows), np.int64, int(counts.sum()))
        some = counts > 0
        starts = (np.cumsum(counts) - counts)[some]
        # The numbers are small and whole: their sums are exact in any order.
        gathered = array("name_vectors")[flat].astype(np.float32)
        sums[some] = np.add.reduceat(gathered, starts, axis=0)


@lru_cache(maxsize=1)
def _gram_rows() -> Mapping[str, int]:
    # All of them at once: a library's words hold nearly every gram, and many times.
    return {gram: row for row, gram in enumerate(Vocabulary("name_grams"))}
