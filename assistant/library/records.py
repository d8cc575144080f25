"""Rows of the catalogue, as they cross its border."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from assistant.library.passage_terms import PassageTerms
from assistant.schema import Document, PassageSpan

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """Where a document was read from.

    Attributes:
        source: Path or name; unique in a library.
        document_id: The document it holds.
        version: The version that was read.
        folder: The synced folder it belongs to, empty if it was added by itself.
        size: Bytes of the file when it was read; -1 where there is no file.
        modified: The file's times of modification and of change, added up, in nanoseconds.
    """

    source: str
    document_id: str
    version: str
    folder: str = ""
    size: int = -1
    modified: int = 0


@dataclass(frozen=True, slots=True)
class MovedSource:
    """A file that is found under another name.

    Attributes:
        old: The source that it was.
        record: The source that it is; it takes the other's place among the document's sources.
        title: The document's title now; empty to leave it.
    """

    old: str
    record: SourceRecord
    title: str = ""


@dataclass(frozen=True, slots=True)
class DocumentWrite:
    """A document to be stored with its passages and their vectors.

    Attributes:
        document: The document, its id set.
        passages: Its passages.
        vectors: Shape (passages, dimensions), float32, L2-normalised.
        terms: The passages' terms where they are known already; else none.
        corrected_as: A document whose corrections it takes over, of which it was a copy.
    """

    document: Document
    passages: Sequence[PassageSpan]
    vectors: Vectors
    terms: Sequence[PassageTerms] = ()
    corrected_as: str = ""

    @property
    def terms_by_text(self) -> dict[str, PassageTerms]:
        """The terms that are known, by the passages' texts."""
        text = self.document.text
        spans = self.passages if self.terms else ()
        return {text[p.start : p.end]: t for p, t in zip(spans, self.terms, strict=True)}


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person has put right about a document, whatever its versions say.

    Attributes:
        title: Its title; None to leave it.
        date: Its date; None to leave it.
        language: Its language; None to leave it.
    """

    title: str | None = None
    date: dt.date | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What one transaction writes.

    Attributes:
        documents: New documents and new versions of known ones.
        sources: Sources to be set.
        moved: Sources that take the place of others.
        dropped_sources: Sources to be forgotten.
        dropped_documents: Ids of documents that are no longer searched.
    """

    documents: Sequence[DocumentWrite] = ()
    sources: Sequence[SourceRecord] = ()
    moved: Sequence[MovedSource] = ()
    dropped_sources: Sequence[str] = ()
    dropped_documents: Sequence[str] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (
            self.documents
            or self.sources
            or self.moved
            or self.dropped_sources
            or self.dropped_documents
        )


class StoredSentence(NamedTuple):
    """A sentence of a stored passage: its span in the document's text, and its place."""

    start: int
    end: int
    place: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A stored passage.

    Attributes:
        id: Its number, never used again after it is gone.
        document_id: The document.
        version: The version that the spans point into.
        document_title: The document's title.
        source: The document's first source.
        start: First code point in the document's text.
        end: One past the last code point.
        text: The document's text from start to end.
        sentences: Its statements.
        date: The day that the document is certainly of; None where that is in doubt.
    """

    id: int
    document_id: str
    version: str
    document_title: str
    source: str
    start: int
    end: int
    text: str
    sentences: tuple[StoredSentence, ...]
    date: dt.date | None = None

    def sentence_text(self, sentence: StoredSentence) -> str:
        """Return the words of one of its sentences."""
        return self.text[sentence.start - self.start : sentence.end - self.start]


@dataclass(frozen=True, slots=True)
class PassageBatch:
    """Passages with their vectors, as an index takes them.

    Attributes:
        passages: The passages.
        stored_vectors: The bytes of their vectors.
    """

    passages: list[Passage]
    stored_vectors: list[bytes]

    @property
    def vectors(self) -> Vectors:
        """Their vectors, shape (passages, dimensions), float32."""
        return np.stack([np.frombuffer(vector, dtype="<f4") for vector in self.stored_vectors])
