"""The files that documents were read from: are they there, and still the same?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path, PurePath

from assistant.errors import UnreadableDocument, UnsupportedFormat
from assistant.ingestion.files import file_of, time_of
from assistant.library import Library, SourceRecord
from assistant.schema import Document, SourceState

_PDF = ".pdf"


def source_state(library: Library, document_id: str, version: str | None = None) -> SourceState:
    """Return whether the bytes that a document was read from are still where they were.

    Sizes and times are looked at first; a file is read only where these don't settle it.

    Args:
        library: The library.
        document_id: The document.
        version: The version that is asked for; the newest by default.

    Returns:
        ``same`` where any of its sources holds these bytes, ``gone`` where none of them is there,
        else ``changed``. A document that was made in Python is the same until it is replaced.

    Raises:
        LibraryError: This library never held it, or erased it.
    """
    document = library.document(document_id, version)
    states = {state for _, state in _looked_at(library, document)}
    return "same" if "same" in states else "changed" if "changed" in states else "gone"


def original_of(library: Library, document: Document) -> Path:
    """Return a PDF that holds the bytes that a document was read from.

    Args:
        library: The library.
        document: The document, in the version that is asked for.

    Raises:
        UnsupportedFormat: It is no PDF.
        UnreadableDocument: No source holds these bytes any more.
    """
    suffix = PurePath(document.source).suffix.lower()
    if document.metadata.get("read_as", suffix) != _PDF:
        raise UnsupportedFormat(
            f"{document.source} is no PDF: only of a PDF a page can be shown as a picture. Show "
            "its text.",
            document.source,
        )
    states = list(_looked_at(library, document))
    for path, state in states:
        if state == "same" and path is not None:
            return path
    if any(state == "changed" for _, state in states):
        raise changed(document.source)
    raise UnreadableDocument(
        f"{document.source} is gone: there is no file any more to show a page of. Put it back, or "
        "show the text that is stored of it.",
        document.source,
    )


def changed(source: str) -> UnreadableDocument:
    """Return what to raise for a file that is no longer the one that was read."""
    return UnreadableDocument(
        f"{source} has changed since it was read: its pages may no longer be the ones that are "
        "cited. Add or sync it again, or show the text that is stored of it.",
        source,
    )


def _looked_at(library: Library, document: Document) -> Iterator[tuple[Path | None, SourceState]]:
    """Yield the files of a document's sources, if they are there, and what became of them."""
    records = library.catalogue.sources(document.id)
    for source in document.sources or (document.source,):
        record = records.get(source)
        if record is not None and record.size < 0:
            yield None, "same" if record.version == document.version else "changed"
            continue
        path = file_of(source)
        if path is None:
            yield None, "gone"
        else:
            is_same = _holds(path, document.version, record)
            yield path, "same" if is_same else "changed"


def _holds(path: Path, version: str, record: SourceRecord | None) -> bool:
    """Return whether a file holds the bytes of a version.

    Args:
        path: The file.
        version: The version.
        record: What the library noted when it read the file.
    """
    try:
        facts = path.stat()
        if record is not None:
            if (facts.st_size, time_of(facts)) == (record.size, record.modified):
                return record.version == version
            if record.version == version and facts.st_size != record.size:
                return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == version
    except OSError:
        return False
