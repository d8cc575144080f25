"""Vectors for passages, in batches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from assistant.errors import EmbeddingMismatch, ModelError
from assistant.library import EMBEDDING, Library
from assistant.models import fingerprint, is_builtin, is_made_by
from assistant.schema import PassageSpan, Progress, ProgressCallback

if TYPE_CHECKING:
    import numpy.typing as npt
    from langchain_core.embeddings import Embeddings

_BATCH = 1000
# Fact: the generation at which the last change of the embedding began, and its fingerprint.
_BEGUN = "embedding_begun"
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
    return normalised(vectors)


def normalised(vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return vectors with length 1; those of length 0 stay."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return (vectors / np.where(lengths == 0, 1, lengths)).astype(np.float32)


def _named(embeddings: Embeddings) -> str:
    return f"The embedding {type(embeddings).__name__}"


class VectorKeeper:
    """Sees that a library's vectors are those of the embedding in use.

    Args:
        library: The library.
        embeddings: The embedding in use.
        name: Its name, as in the settings.
    """

    def __init__(self, library: Library, embeddings: Embeddings, name: str) -> None:
        self._library = library
        self._embeddings = embeddings
        self._name = name
        self._is_matched = False

    def match(self) -> None:
        """Do what `match_embeddings` does, until it has succeeded once.

        Beside another process, which may embed the library again, it is done each time.
        """
        if not self._is_matched or self._library.read_only:
            is_free = is_builtin(self._name)
            match_embeddings(self._library, self._embeddings, self._name, is_free=is_free)
            self._is_matched = True

    def rebuild(self, progress: ProgressCallback | None = None) -> int:
        """Do what `reembed` does, whatever embedding made the vectors."""
        count = reembed(self._library, self._embeddings, self._name, progress)
        self._is_matched = True
        return count


def match_embeddings(library: Library, embeddings: Embeddings, name: str, *, is_free: bool) -> None:
    """See that a library's vectors were made by the embedding in use.

    Args:
        library: The library.
        embeddings: The embedding in use.
        name: Its name, as in the settings.
        is_free: Whether embedding again costs neither money nor hours.

    Raises:
        EmbeddingMismatch: Another embedding made them, and they can't be made anew right away.
        ModelError: The embedding does not answer; only a new library asks it.
    """
    stored = library.catalogue.fact(EMBEDDING)
    if is_made_by(stored, name, embeddings):
        return
    is_empty = not library.catalogue.count_passages()
    if is_empty and library.read_only:
        return
    if library.read_only or not (is_free or is_empty):
        raise _mismatch(library, stored, getattr(embeddings, "fingerprint", name))
    reembed(library, embeddings, name)


def _mismatch(library: Library, stored: str | None, wanted: str) -> EmbeddingMismatch:
    if not stored:
        return EmbeddingMismatch(
            f"The library {library.folder} is being indexed again, or that was interrupted: its "
            f"vectors are unfinished. Wait, or have it indexed with {wanted}: sanad rebuild"
        )
    return EmbeddingMismatch(
        f"The library {library.folder} was indexed with {stored}, and {wanted} is in use. Have it "
        "indexed again with: sanad rebuild, or set SANAD_EMBEDDINGS back."
    )


def reembed(
    library: Library,
    embeddings: Embeddings,
    name: str,
    progress: ProgressCallback | None = None,
) -> int:
    """Store an embedding's vectors for all passages of a library, and make the indexes anew.

    The library's fingerprint is nothing meanwhile and the new one at the end. A run that was
    interrupted is taken up again where it stopped; asking for it with another embedding begins
    from the beginning.

    Args:
        library: The library, open for writing.
        embeddings: The embedding.
        name: Its name, as in the settings.
        progress: Told after each batch.

    Returns:
        The number of the library's passages.

    Raises:
        LibraryError: The library is open for reading only.
        ModelError: The embedding does not answer; asked before anything is changed.
    """
    catalogue = library.catalogue
    wanted = fingerprint(name, embeddings)
    total = catalogue.count_passages()
    if not total and catalogue.fact(EMBEDDING) is None:  # a new library: nothing to make anew
        catalogue.set_fact(EMBEDDING, wanted)
        return 0
    finished = _finished(library, name, wanted)
    done = len(finished)
    for batch in catalogue.added_since(0, getattr(embeddings, "batch", _BATCH)):
        passages = [passage for passage in batch.passages if passage.id not in finished]
        if not passages:
            continue
        vectors = embed_texts([passage.text for passage in passages], embeddings)
        library.replace_vectors([passage.id for passage in passages], vectors)
        done += len(passages)
        if progress is not None:
            progress(Progress(done, total, wanted))
    library.rebuild(with_vectors=True)
    catalogue.set_fact(EMBEDDING, wanted)
    return total


def _finished(library: Library, name: str, wanted: str) -> set[int]:
    """Note that an embedding is being changed; return the passages that have the new one already.

    Each batch moves the catalogue's generation on, so these are the passages that were written
    since the run began.
    """
    catalogue = library.catalogue
    if is_builtin(name) and catalogue.fact(EMBEDDING) == wanted:
        # The same vectors once more: whoever reads beside this need not wait.
        return set()
    generation, _, begun = (catalogue.fact(_BEGUN) or "").partition(" ")
    if catalogue.fact(EMBEDDING) == "" and begun == wanted:
        batches = catalogue.added_since(int(generation), _BATCH)
        return {passage.id for batch in batches for passage in batch.passages}
    catalogue.set_fact(_BEGUN, f"{catalogue.generation} {wanted}")
    catalogue.set_fact(EMBEDDING, "")
    return set()
