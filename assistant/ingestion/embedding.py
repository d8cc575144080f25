"""Vectors for passages, in batches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from assistant.errors import EmbeddingMismatch, ModelError
from assistant.library import EMBEDDING, Library
from assistant.schema import PassageSpan, Progress, ProgressCallback

if TYPE_CHECKING:
    import numpy.typing as npt
    from langchain_core.embeddings import Embeddings

_BATCH = 1000
_MATRIX = 2


def embed_passages(
    text: str, passages: Sequence[PassageSpan], embeddings: Embeddings
) -> npt.NDArray[np.float32]:
    """Return the vectors of a document's passages.

    Args:
        text: The document's stored text.
        passages: Its passages.
        embeddings: The embedding.

    Returns:
        Shape (passages, dimensions), float32, L2-normalised.

    Raises:
        ModelError: The embedding gave something that is no such array.
    """
    return embed_texts([text[p.start : p.end] for p in passages], embeddings)


def embed_texts(texts: Sequence[str], embeddings: Embeddings) -> npt.NDArray[np.float32]:
    """Return the L2-normalised vectors of texts, shape (texts, dimensions), float32.

    Raises:
        ModelError: The embedding gave something that is no such array.
    """
    if not texts:
        return np.zeros((0, 0), dtype=np.float32)
    rows: list[list[float]] = []
    try:
        for start in range(0, len(texts), _BATCH):
            rows.extend(embeddings.embed_documents(list(texts[start : start + _BATCH])))
        vectors = np.asarray(rows, dtype=np.float32)
    except (TypeError, ValueError) as error:
        raise ModelError(f"{_named(embeddings)} gave what is no vector: {error}.") from error
    is_matrix = vectors.ndim == _MATRIX and vectors.shape[1] > 0 and len(vectors) == len(texts)
    if not is_matrix or not np.isfinite(vectors).all():
        raise ModelError(
            f"{_named(embeddings)} gave an array of shape {vectors.shape} for {len(texts)} texts, "
            "or numbers that are not finite."
        )
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return (vectors / np.where(lengths == 0, 1, lengths)).astype(np.float32)


def _named(embeddings: Embeddings) -> str:
    return f"The embedding {type(embeddings).__name__}"


def match_embeddings(
    library: Library, embeddings: Embeddings, wanted: str, *, is_free: bool
) -> None:
    """See that a library's vectors were made by the embedding in use.

    Args:
        library: The library.
        embeddings: The embedding in use.
        wanted: Its fingerprint.
        is_free: Whether embedding again costs neither money nor hours.

    Raises:
        EmbeddingMismatch: Another embedding made them, and they can't be made anew right away.
    """
    stored = library.catalogue.fact(EMBEDDING)
    if stored == wanted:
        return
    is_empty = not library.catalogue.count_passages()
    if is_empty and library.read_only:
        return
    if library.read_only or not (is_free or is_empty):
        raise EmbeddingMismatch(
            f"The library {library.folder} was indexed with {stored or 'an unfinished embedding'}, "
            f"and {wanted} is in use. Open it for writing with the built-in embedding to have it "
            "indexed again, or set SANAD_EMBEDDINGS back."
        )
    reembed(library, embeddings, wanted)


def reembed(
    library: Library,
    embeddings: Embeddings,
    fingerprint: str,
    progress: ProgressCallback | None = None,
) -> None:
    """Store another embedding's vectors for all passages of a library.

    The library's fingerprint is set first to nothing and at the end to the new one, so that an
    interrupted run is taken up again at the next opening.

    Args:
        library: The library, open for writing.
        embeddings: The embedding.
        fingerprint: What tells its vectors from any other's.
        progress: Told after each batch.
    """
    catalogue = library.catalogue
    total, done = catalogue.count_passages(), 0
    if not total:
        catalogue.set_fact(EMBEDDING, fingerprint)
        return
    catalogue.set_fact(EMBEDDING, "")
    for batch in catalogue.added_since(0, _BATCH):
        vectors = embed_texts([passage.text for passage in batch.passages], embeddings)
        library.replace_vectors([passage.id for passage in batch.passages], vectors)
        done += len(batch.passages)
        if progress is not None:
            progress(Progress(done, total, fingerprint))
    library.rebuild()
    catalogue.set_fact(EMBEDDING, fingerprint)
