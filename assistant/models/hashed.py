"""The built-in embedding: hashed stems and character grams, numpy only, nothing to download."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from langchain_core.embeddings import Embeddings

from assistant.language import content_words, grams, stem

DIMENSIONS = 256
# A word has one stem and several grams: together the grams count about as much as the stem.
_GRAM_WEIGHT = 0.3


class HashedEmbeddings(Embeddings):
    """Vectors whose cosine grows with the words and word parts that two texts share.

    Each stem and each character 4-gram is hashed to one dimension and a sign (feature hashing;
    Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", 2009), weighted by
    1 + ln(count), summed, and L2-normalised. It knows no meaning and crosses no language.
    """

    fingerprint = f"builtin:hashed-1:{DIMENSIONS}"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector of 256 numbers a text, of length 1 (or all zero without words)."""
        return [_embed(text).tolist() for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question; questions and documents are embedded alike."""
        vector: list[float] = _embed(text).tolist()
        return vector


def _embed(text: str) -> npt.NDArray[np.float32]:
    vector = np.zeros(DIMENSIONS, dtype=np.float64)
    for term, weight in _weighted_terms(text):
        dimension, sign = _bucket(term)
        vector[dimension] += sign * weight
    length = float(np.linalg.norm(vector))
    return (vector / length if length else vector).astype(np.float32)


def _weighted_terms(text: str) -> Iterator[tuple[str, float]]:
    words = content_words(text)
    for term, count in Counter(map(stem, words)).items():
        yield f"s{term}", 1 + float(np.log(count))
    for term, count in Counter(gram for word in words for gram in grams(word)).items():
        yield f"g{term}", _GRAM_WEIGHT * (1 + float(np.log(count)))


@lru_cache(maxsize=1 << 18)
def _bucket(term: str) -> tuple[int, float]:
    """Return the dimension and the sign of a term; the same on every machine."""
    code = zlib.crc32(term.encode("utf-8"))
    return (code >> 1) % DIMENSIONS, 1.0 if code & 1 else -1.0
