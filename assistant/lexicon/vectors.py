"""Static bilingual word vectors: stems of both languages in one space."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from itertools import compress

import numpy as np
import numpy.typing as npt

from assistant.lexicon.tables import array, stem_index

Vectors = npt.NDArray[np.float32]


def dimensions() -> int:
    """Return how many numbers a vector has."""
    return int(array("stem_vectors").shape[1])


def checksum() -> str:
    """Return what tells this table from one that was built anew: eight hexadecimal digits."""
    return f"{zlib.crc32(array('stem_scales').tobytes()):08x}"


def stem_vectors(stems: Sequence[str]) -> Vectors:
    """Return the vectors of stems; their lengths say how telling a stem is.

    Args:
        stems: Stems of either language.

    Returns:
        Shape (stems, dimensions), float32; zeros for an unknown stem.
    """
    rows = np.fromiter(map(stem_index, stems), np.int64, len(stems))
    # The last row of an unknown stem's -1 is taken and then emptied.
    vectors = array("stem_vectors")[rows].astype(np.float32)
    scales = np.where(rows < 0, 0, array("stem_scales")[rows]).astype(np.float32)
    return vectors * scales[:, np.newaxis]


def text_vector(counts: Mapping[str, int], vectors: Vectors | None = None) -> Vectors:
    """Return the vector of a text: its stems' vectors, repetitions counted ever less, summed.

    Args:
        counts: How often each stem of the text's content words occurs.
        vectors: The stems' vectors, if they are at hand already.

    Returns:
        Shape (dimensions,), float32, L2-normalised; zeros where no stem is known.
    """
    known = [stem_index(stem) >= 0 for stem in counts]
    if not any(known):
        return np.zeros(dimensions(), dtype=np.float32)
    times = np.fromiter(compress(counts.values(), known), np.float32)
    own = stem_vectors([*counts]) if vectors is None else vectors
    if not all(known):
        own = own[known]
    summed: Vectors = (times * 2.2 / (times + 1.2)) @ own
    length = float(np.sqrt(summed @ summed))
    return summed / length if length else summed
