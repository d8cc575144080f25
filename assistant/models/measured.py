"""What the embeddings beside the built-in one share: an identity, and a look at each vector."""

from __future__ import annotations

from abc import abstractmethod

import numpy as np
import numpy.typing as npt
from langchain_core.embeddings import Embeddings

from assistant.errors import EmbeddingMismatch, ModelError

_MATRIX = 2
# Short, and in both languages.
_PROBE = "سند sanad"


class MeasuredEmbeddings(Embeddings):
    """An embedding that learns from its first answer how many numbers its vectors have.

    Any number of threads may use it.

    Args:
        name: Its name, as in the settings.
        identity: What tells its vectors from any other's, their dimensions aside.
        batch: How many texts are embedded at once.
    """

    def __init__(self, name: str, identity: str, batch: int) -> None:
        self.name = name
        self.identity = identity
        self.batch = batch
        self._dimensions = 0

    @abstractmethod
    def _passages(self, texts: list[str]) -> object:
        """Return the vectors of a batch of passages, as the model gave them."""

    @abstractmethod
    def _question(self, text: str) -> object:
        """Return the vector of a question, as the model gave it."""

    def measure(self) -> str:
        """Ask for a vector and return the fingerprint: the identity and the dimensions.

        Raises:
            ModelError: There is no answer, or none that is a vector.
        """
        self._dimensions = 0
        self.embed_query(_PROBE)
        return f"{self.identity}:{self._dimensions}"

    def is_meant_by(self, fingerprint: str) -> bool:
        """Return whether a library's fingerprint is this embedding's, without asking the model.

        From then on vectors of other dimensions than the fingerprint's are an error.
        """
        identity, _, dimensions = fingerprint.rpartition(":")
        if identity != self.identity or not dimensions.isdigit():
            return False
        self._dimensions = int(dimensions)
        return True

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return the L2-normalised vectors of passages, in their order.

        Raises:
            ModelError: There is no answer, or none that are vectors.
            EmbeddingMismatch: They have other dimensions than before.
        """
        rows: list[list[float]] = []
        for start in range(0, len(texts), self.batch):
            batch = texts[start : start + self.batch]
            rows += self._checked(self._passages(batch), len(batch))
        return rows

    def embed_query(self, text: str) -> list[float]:
        """Return the L2-normalised vector of a question.

        Raises:
            ModelError: There is no answer, or none that is a vector.
            EmbeddingMismatch: It has other dimensions than before.
        """
        return self._checked([self._question(text)], 1)[0]

    def _checked(self, answer: object, count: int) -> list[list[float]]:
        try:
            vectors = np.asarray(answer, dtype=np.float32)
        except (TypeError, ValueError) as error:
            raise ModelError(
                f"SANAD_EMBEDDINGS={self.name!r} gave what is no vector: {error}. Check that it "
                "is the name of an embedding."
            ) from error
        is_matrix = vectors.ndim == _MATRIX and len(vectors) == count and vectors.shape[1] > 0
        if not is_matrix or not np.isfinite(vectors).all():
            raise ModelError(
                f"SANAD_EMBEDDINGS={self.name!r} gave an array of shape {vectors.shape} for "
                f"{count} texts, or numbers that are not finite. Check that it is the name of an "
                "embedding."
            )
        self._check_dimensions(vectors.shape[1])
        rows: list[list[float]] = _normalised(vectors).tolist()
        return rows

    def _check_dimensions(self, found: int) -> None:
        self._dimensions = self._dimensions or found
        if found != self._dimensions:
            raise EmbeddingMismatch(
                f"SANAD_EMBEDDINGS={self.name!r} gave a vector of {found} numbers, and gave "
                f"vectors of {self._dimensions} before: another model goes by that name now. Put "
                "the former one back, or embed the library again with: sanad rebuild"
            )


def _normalised(vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths == 0, 1, lengths)).astype(np.float32)
