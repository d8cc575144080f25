"""A document with all that is found out about it before it is stored; pure functions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.documents import DEFAULT_OPTIONS, ReadingOptions, read_document
from assistant.ingestion.embedding import embed_passages, normalised
from assistant.library import PassageTerms, passage_terms
from assistant.models import is_light
from assistant.schema import Document, PassageSpan
from assistant.sentences import passage_spans

if TYPE_CHECKING:
    import numpy.typing as npt
    from langchain_core.embeddings import Embeddings


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document, ready to be stored but for its vectors.

    Attributes:
        document: The document, complete but for its id.
        passages: Its passages.
        terms: Their terms.
        vectors: Their vectors, where the embedding is the built-in one; else None.
    """

    document: Document
    passages: list[PassageSpan]
    terms: list[PassageTerms]
    vectors: npt.NDArray[np.float32] | None


def prepare(document: Document, embeddings: Embeddings | None) -> Prepared:
    """Return a document with its passages, their terms and, if that is easy, their vectors.

    Args:
        document: The document.
        embeddings: The embedding in use; None to leave the vectors to others.
    """
    passages = passage_spans(document.text, document.blocks)
    terms = [passage_terms(document.text[p.start : p.end]) for p in passages]
    vectors = None
    if is_light(embeddings) and passages:
        # The words are not looked up twice: the vectors are made of the stems at hand.
        vectors = normalised(np.stack([embeddings.embed_stems(t.stems.split()) for t in terms]))
    return Prepared(document, passages, terms, vectors)


def prepare_file(
    path: Path,
    data: bytes,
    source: str,
    embeddings: Embeddings | None,
    options: ReadingOptions = DEFAULT_OPTIONS,
) -> Prepared:
    """Return what `prepare` does for a file's bytes.

    Args:
        path: The file; its suffix chooses the reader.
        data: Its bytes.
        source: The name that it is known by.
        embeddings: The embedding in use; None to leave the vectors to others.
        options: How files are read.

    Raises:
        DocumentError: It can't be read.
    """
    return prepare(replace(read_document(path, data, options), source=source), embeddings)


def vectors_of(prepared: Prepared, embeddings: Embeddings) -> npt.NDArray[np.float32]:
    """Return the vectors of a document's passages, made now where they are not there yet.

    Args:
        prepared: The document.
        embeddings: The embedding in use.

    Returns:
        Shape (passages, dimensions), float32, L2-normalised.

    Raises:
        ModelError: The embedding gave something that is no such array.
    """
    if prepared.vectors is not None:
        return prepared.vectors
    return embed_passages(prepared.document.text, prepared.passages, embeddings)
