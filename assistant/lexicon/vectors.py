"""Static bilingual word vectors: stems of both languages in one space."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

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


def text_vector(counts: Mapping[str, int]) -> Vectors:
    """Return the vector of a text: its stems' vectors, repetitions counted ever less, summed.

    Args:
        counts: How often each stem of the text's content words occurs.

    Returns:
        Shape (dimensions,), float32, L2-normalised; zeros where no stem is known.
    """
    known = [stem for stem in counts if stem_index(stem) >= 0]
    if not known:
        return np.zeros(dimensions(), dtype=np.float32)
    times = np.fromiter((counts[stem] for stem in known), np.float32, len(known))
    summed: Vectors = _saturated(times) @ stem_vectors(known)
    length = float(np.sqrt(summed @ summed))
    return summed / length if length else summed


def text_vectors(vectors: Vectors, times: Vectors, lengths: Sequence[int]) -> Vectors:
    """Return the vectors of several texts at once, as `text_vector` does.

    Args:
        vectors: Shape (stems, dimensions): those of the stems of all texts, text by text.
        times: Shape (stems,): how often each occurs in its text.
        lengths: How many of the stems each text has.

    Returns:
        Shape (texts, dimensions), float32, L2-normalised; zeros where no stem is known.
    """
    counts = np.asarray(lengths)
    starts = np.cumsum(counts) - counts
    summed = np.zeros((len(counts), vectors.shape[1]), np.float32)
    if len(vectors):
        weighted = vectors * _saturated(times)[:, np.newaxis]
        # Of an empty stretch `reduceat` would give the row that follows.
        summed[counts > 0] = np.add.reduceat(weighted, starts[counts > 0])
    return normalised(summed)


def normalised(vectors: Vectors) -> Vectors:
    """Return rows of length 1; zeros stay zeros."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    units = vectors.copy()
    units /= np.where(lengths == 0, 1, lengths)
    return units


def _saturated(times: Vectors) -> Vectors:
    saturated: Vectors = times * 2.2 / (times + 1.2)
    return saturated
