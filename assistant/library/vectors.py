"""The dense indexes: Chroma, and exact search over the catalogue's own vectors."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import numpy.typing as npt

from assistant.library.catalogue import Catalogue
from assistant.library.failures import failures
from assistant.library.following import BATCH
from assistant.library.parts import Part
from assistant.library.records import PassageBatch, Vectors
from assistant.library.server import connected, let_go, shown

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection as ChromaCollection

_FORMAT = 2
# A part of more than an eighth of all vectors is large.
_LARGE = 8


class ChromaVectors:
    """Vectors of all passages in a Chroma collection, ids and vectors only.

    Args:
        folder: Where Chroma keeps its files.
        url: Address of a Chroma server to use instead of the folder.
        collection: The collection's name; libraries that share a server need different ones.
        library: What tells the library from others; what another one left counts as empty.

    Raises:
        LibraryError: The folder or the server can't be used.
    """

    def __init__(
        self, folder: Path, url: str = "", collection: str = "passages", library: str = ""
    ) -> None:
        self._name = collection
        self._library = library
        self._where = shown(url) or str(folder)
        with self._failures():
            self._client = connected(url) if url else _embedded(folder)
            try:
                self._collection = self._open()
            except BaseException:
                # Chroma would go on with what it holds in memory when the folder is opened again.
                let_go(self._client)
                raise

    def _open(self) -> ChromaCollection:
        return self._client.get_or_create_collection(
            self._name,
            embedding_function=None,
            configuration={"hnsw": {"space": "cosine"}},
            metadata=self._facts(0),
        )

    def _facts(self, generation: int) -> dict[str, str | int]:
        return {"generation": generation, "format": _FORMAT, "library": self._library}

    @property
    def reached(self) -> int:
        """The catalogue's generation that this index has reached; 0 for an empty one."""
        facts = self._collection.metadata or {}
        generation = int(facts.get("generation", 0))
        return generation if facts == self._facts(generation) else 0

    def update(
        self, removed: Sequence[int], added: Iterable[PassageBatch], generation: int
    ) -> None:
        """Bring the index to a generation of the catalogue; doing it twice does no harm.

        Args:
            removed: Passages to drop.
            added: Passages to add or replace.
            generation: What the catalogue's generation is then.
        """
        with self._failures():
            for start in range(0, len(removed), BATCH):
                self._collection.delete(ids=[str(i) for i in removed[start : start + BATCH]])
            for batch in added:
                self._collection.upsert(
                    ids=[str(passage.id) for passage in batch.passages], embeddings=batch.vectors
                )
            self._collection.modify(metadata=self._facts(generation))

    def _failures(self) -> AbstractContextManager[None]:
        """Turn what Chroma and its connection raise into the library's error."""
        return failures(
            f"Chroma ({self._where}) failed",
            "What was added is safe in the catalogue, and Chroma follows by itself once the cause "
            "is gone.",
        )

    def clear(self) -> None:
        """Drop everything, so that the next update starts from nothing."""
        with self._failures():
            self._client.delete_collection(self._name)
            self._collection = self._open()

    def count(self) -> int:
        """Return the number of passages in the index."""
        with self._failures():
            return int(self._collection.count())

    def search(self, vector: Vectors, limit: int) -> list[tuple[int, float]]:
        """Return pairs of passage id and cosine similarity, best first.

        Args:
            vector: Shape (dimensions,), L2-normalised.
            limit: How many passages at most.
        """
        with self._failures():
            # Counting takes longer than searching, and fewer vectors than asked for are no error.
            count = limit if limit <= BATCH else max(1, min(limit, self.count()))
            found = self._collection.query(
                query_embeddings=np.asarray(vector, dtype=np.float32)[np.newaxis],
                n_results=count,
                include=["distances"],
            )
        distances = (found["distances"] or [[]])[0]
        return [(int(i), 1.0 - float(d)) for i, d in zip(found["ids"][0], distances, strict=True)]

    def stored(self, ids: Sequence[int]) -> tuple[list[int], Vectors]:
        """Return which of some passages are there, and their vectors, shape (n, dimensions)."""
        with self._failures():
            found = self._collection.get(ids=[str(i) for i in ids], include=["embeddings"])
            return [int(i) for i in found["ids"]], np.asarray(found["embeddings"], np.float32)

    def close(self) -> None:
        """Let go of the files."""
        with self._failures():
            let_go(self._client)


def _embedded(folder: Path) -> Client:
    import chromadb
    from chromadb.config import Settings

    folder.mkdir(parents=True, exist_ok=True)
    settings = Settings(anonymized_telemetry=False)
    return cast("Client", chromadb.PersistentClient(path=str(folder), settings=settings))


class CatalogueVectors:
    """Exact search over the catalogue's vectors, kept in memory and read anew when they change.

    Args:
        catalogue: The catalogue.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._loading = threading.Lock()
        self._generation = -1
        self._held = (np.zeros(0, np.int64), np.zeros(0, np.str_), np.zeros((0, 0), np.float32))

    def search(
        self, vector: Vectors, limit: int, documents: Collection[str] | None = None
    ) -> list[tuple[int, float]]:
        """Return pairs of passage id and cosine similarity, best first.

        Args:
            vector: Shape (dimensions,), L2-normalised.
            limit: How many passages at most.
            documents: Only passages of these documents; None for all.
        """
        ids, owners, matrix = self._current()
        asked = np.asarray(vector, dtype=np.float32)
        chosen: slice | npt.NDArray[np.int64] = slice(None)
        if documents is not None:
            chosen = np.flatnonzero(_chosen(ids, owners, documents))
        ids = ids[chosen]
        if not len(ids):
            return []
        # To copy many vectors takes longer than to compare those too that are not asked for.
        is_large = len(ids) * _LARGE > len(matrix)
        scores = (matrix @ asked)[chosen] if is_large else matrix[chosen] @ asked
        count = min(limit, len(ids))
        best = np.argpartition(-scores, count - 1)[:count]
        best = best[np.argsort(-scores[best], kind="stable")]
        return [(int(ids[i]), float(scores[i])) for i in best]

    def _current(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        with self._loading:
            generation = self._catalogue.generation
            if generation != self._generation:
                self._held = self._catalogue.vectors()
                self._generation = generation
            return self._held


def _chosen(
    ids: npt.NDArray[np.int64], owners: npt.NDArray[np.str_], documents: Collection[str]
) -> npt.NDArray[np.bool_]:
    """Return which passages are of some documents."""
    if isinstance(documents, Part):
        return documents.holds(ids)
    return np.isin(owners, sorted(documents)) if documents else np.zeros(len(ids), bool)
