"""Names across scripts: vectors in which «بوتين» and "putin" are near each other.

A word is the sum of the vectors of its character 1- to 4-grams, learned from pairs of names (see
training/transliteration.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.language import is_arabic
from assistant.lexicon.tables import Vocabulary, array

Vectors = npt.NDArray[np.float32]

LONGEST_GRAM = 4
# Larger ones leave the processor's cache and take longer.
_BATCH = 256
_MOST_TOGETHER = 1 << 17  # words; a matter of memory
_SHORTEST = 3
_EDGES = ("^", "$")
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
        if length > 1 or edged[start] not in _EDGES
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
    for start in range(0, len(words), _MOST_TOGETHER):
        stop = start + _MOST_TOGETHER
        _sum_grams(words[start:stop], vectors[start:stop])
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors /= np.where(lengths == 0, 1, lengths)
    return vectors


def _sum_grams(words: Sequence[str], sums: Vectors) -> None:
    """Put the sums of the words' grams' vectors into rows of zeros.

    The grams that begin at a letter hang on it and the three behind it alone. Words share such
    stretches of four, so their grams are summed once: a third as many vectors are then fetched.
    """
    stretches: dict[str, int] = {}
    flat = np.fromiter(
        (
            stretches.setdefault(edged[start : start + LONGEST_GRAM], len(stretches))
            for edged in map("^{}$".format, words)
            for start in range(len(edged))
        ),
        np.int64,
    )
    counts = np.fromiter((len(word) + len(_EDGES) for word in words), np.int64, len(words))
    begun = [*map(_beginnings, stretches)]
    table = array("name_vectors")
    summed = np.zeros((len(begun), table.shape[1]), dtype=np.int16)
    _add(
        np.fromiter(chain.from_iterable(begun), np.int64),
        np.fromiter(map(len, begun), np.int64, len(begun)),
        table,
        summed,
    )
    _add(flat, counts, summed, sums)


def _beginnings(stretch: str) -> list[int]:
    """Return the rows of the known grams that a stretch begins with."""
    known = _gram_rows()
    grams = (stretch[:length] for length in range(1, len(stretch) + 1))
    return [known[gram] for gram in grams if gram in known and gram not in _EDGES]


def _add(
    flat: npt.NDArray[np.int64],
    counts: npt.NDArray[np.int64],
    vectors: npt.NDArray[Any],
    sums: npt.NDArray[Any],
) -> None:
    """Put sums of rows into rows of zeros.

    Args:
        flat: Which rows of ``vectors`` to sum.
        counts: How many of them make each sum.
        vectors: Whole numbers: their sums are exact in any order.
        sums: Where they are put; where nothing is summed, nothing is.
    """
    starts = np.cumsum(counts) - counts
    for first in range(0, len(counts), _BATCH):
        some = first + np.flatnonzero(counts[first : first + _BATCH])
        if len(some):
            begin, end = starts[some[0]], starts[some[-1]] + counts[some[-1]]
            gathered = vectors[flat[begin:end]].astype(sums.dtype)
            sums[some] = np.add.reduceat(gathered, starts[some] - begin, axis=0)


@lru_cache(maxsize=1)
def _gram_rows() -> Mapping[str, int]:
    # All of them at once: a library's words hold nearly every gram, and many times.
    return {gram: row for row, gram in enumerate(Vocabulary("name_grams"))}
