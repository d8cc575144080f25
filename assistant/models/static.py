"""The built-in embedding: static bilingual word vectors, numpy only, nothing to download."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from langchain_core.embeddings import Embeddings

from assistant.language import stems
from assistant.lexicon import checksum, dimensions, text_vector

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


# To be raised when words, folding, stems or stop words change: texts must be embedded again then.
# The table itself is told by its checksum.
VERSION = 1


class StaticEmbeddings(Embeddings):
    """Vectors whose cosine grows with the likeness of meaning, within and across both languages.

    A text is the mean of its stems' vectors, each as long as the stem is telling. The table
    begins with the vectors that all-MiniLM-L6-v2 gives English words, carried over to Arabic
    through the translation table, and is trained on parallel sentences (training/vectors.py).
    """

    def __init__(self) -> None:
        self.fingerprint = f"builtin:static-{VERSION}:{dimensions()}:{checksum()}"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector a text, of length 1 (or all zero without known words)."""
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question; questions and documents are embedded alike."""
        vector: list[float] = self.embed_stems(stems(text)).tolist()
        return vector

    def embed_stems(self, stems: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return the vector of a text by the stems of its content words, in any order."""
        return text_vector(Counter(stems))
