"""The dense indexes: Chroma, and exact search over the catalogue's own vectors."""

from __future__ import annotations

import json
import threading
from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager, closing
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from assistant.errors import LibraryError
from assistant.library.catalogue import Catalogue
from assistant.library.failures import failures
from assistant.library.parts import Part
from assistant.library.records import PassageBatch, Vectors

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection as ChromaCollection

_FORMAT = 1
_CHROMA_PORT = 8000
_HTTPS_PORT = 443
_PATIENCE = 10.0  # seconds
# Chroma takes at most 5,461 in one call and is slow below 100.
BATCH = 2000
# A part of more than an eighth of all vectors is large.
_LARGE = 8


class ChromaVectors:
    """Vectors of all passages in a Chroma collection, ids and vectors only.

    Args:
        folder: Where Chroma keeps its files.
        url: Address of a Chroma server to use instead of the folder.
        collection: The collection's name; libraries that share a server need different ones.

    Raises:
        LibraryError: The folder or the server can't be used.
    """

    def __init__(self, folder: Path, url: str = "", collection: str = "passages") -> None:
        self._name = collection
        self._where = url or str(folder)
        with self._failures():
            self._client = _client(folder, url)
            self._collection = self._open()

    def _open(self) -> ChromaCollection:
        return self._client.get_or_create_collection(
            self._name,
            embedding_function=None,
            configuration={"hnsw": {"space": "cosine"}},
            metadata={"generation": 0, "format": _FORMAT},
        )

    @property
    def reached(self) -> int:
        """The catalogue's generation that this index has reached; 0 for an empty one."""
        facts = self._collection.metadata or {}
        return int(facts.get("generation", 0)) if facts.get("format") == _FORMAT else 0

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
            self._collection.modify(metadata={"generation": generation, "format": _FORMAT})

    def _failures(self) -> AbstractContextManager[None]:
        """Turn what Chroma and its connection raise into the library's error."""
        return failures(
            f"Chroma ({self._where}) failed",
            "What was added is safe in the catalogue. Mend the cause, or remove the library's "
            "chroma folder, and open the library again.",
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

    def probe(self, count: int) -> None:
        """Search for a few stored vectors; damaged files raise, or end the process.

        Args:
            count: How many.
        """
        stored = self._collection.get(limit=count, include=["embeddings"])["embeddings"]
        total = self._collection.count()
        for vector in stored if stored is not None else ():
            self._collection.query(
                query_embeddings=np.asarray(vector, np.float32)[np.newaxis],
                n_results=min(count, total),
            )

    def close(self) -> None:
        """Let go of the files."""
        with self._failures():
            self._client.close()


def server_version(url: str) -> str:
    """Return the version of a Chroma server, asked by plain HTTP: Chroma's client holds on to more.

    Args:
        url: Its address.

    Raises:
        LibraryError: It can't be reached, or the address is none.
    """
    host, port, secure = _server(url)
    kind = HTTPSConnection if secure else HTTPConnection
    with _unreachable(url), closing(kind(host, port, timeout=_PATIENCE)) as connection:
        connection.request("GET", "/api/v2/version")
        return str(json.loads(connection.getresponse().read()))


def _server(url: str) -> tuple[str, int, bool]:
    """Return a server's host, its port, and whether it is spoken to through TLS."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise LibraryError(
            f"{url!r} is no address of a Chroma server: give one like http://host:8000."
        )
    is_secure = parts.scheme == "https"
    return parts.hostname, parts.port or (_HTTPS_PORT if is_secure else _CHROMA_PORT), is_secure


def _unreachable(url: str) -> AbstractContextManager[None]:
    return failures(
        f"The Chroma server at {url} can't be reached",
        "Start it, or leave the setting out to keep the vectors in the library.",
    )


def _client(folder: Path, url: str) -> Client:
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if not url:
        folder.mkdir(parents=True, exist_ok=True)
        return cast("Client", chromadb.PersistentClient(path=str(folder), settings=settings))
    host, port, secure = _server(url)
    with _unreachable(url):
        client = chromadb.HttpClient(host=host, port=port, ssl=secure, settings=settings)
    return cast("Client", client)


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
