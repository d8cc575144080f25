"""Takes documents out of a library, and brings them back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import LibraryError
from assistant.ingestion.files import time_of
from assistant.ingestion.prepared import prepare, vectors_of
from assistant.ingestion.shelf import Shelf
from assistant.library import (
    Changes,
    DocumentWrite,
    Library,
    SourceRecord,
    copies_holding,
    erase_brought,
)
from assistant.schema import Document, Removal, ShelfSource, version_of

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings


def remove_document(
    library: Library, document_id: str, sources: Collection[str] = (), *, purge: bool
) -> Removal:
    """Remove a document from all answers, or only some of the files that hold it.

    Args:
        library: The library, open for writing.
        document_id: The document.
        sources: Only these of its sources; it goes with the last one. None given: all of it.
        purge: If it goes, erase its text too, from the catalogue's free pages and both indexes;
            and its file, if that was brought through the page and so lies in the library.

    Returns:
        What was removed.

    Raises:
        LibraryError: There is no such document, or it has none of these sources.
    """
    with library.exclusive():
        catalogue = library.catalogue
        present = catalogue.is_present(document_id)
        if not present and not (purge and catalogue.document(document_id)):
            raise _missing(library, document_id)
        held = [r for r in catalogue.sources().values() if r.document_id == document_id]
        chosen = [r for r in held if not sources or r.source in sources]
        if sources and not chosen:
            raise LibraryError(
                f"The document {document_id!r} was not read from {', '.join(sorted(sources))}. "
                "List the documents to see their sources."
            )
        stored = catalogue.document(document_id)
        removal = Removal(
            document_id,
            stored.version if stored else "",
            tuple(ShelfSource(r.source, r.folder, r.size, r.modified, r.version) for r in chosen),
        )
        if len(chosen) < len(held):
            library.write(Changes(dropped_sources=tuple(r.source for r in chosen)))
        elif purge:
            _erase_files(library, document_id, stored)
            library.erase(document_id)
            return replace(removal, kept_in=copies_holding(library.folder, document_id))
        else:
            library.write(Changes(dropped_documents=(document_id,)))
        return removal


def _erase_files(library: Library, document_id: str, stored: Document | None) -> None:
    """Erase a document's files that were brought through the page, unless they are another's."""
    live = library.catalogue.sources().values()
    named = {r.source for r in live if r.document_id == document_id}
    named |= {stored.source} if stored else set()
    # A file that was removed before may be another document's by now.
    others = {r.source for r in live if r.document_id != document_id}
    erase_brought(library.folder, named - others)


def restore_document(library: Library, embeddings: Embeddings, removal: Removal) -> Document:
    """Bring back what was removed: with its id, its text and what was put right about it.

    No file is read anew. Where another document holds the same bytes by now, the sources are
    given to that one; where the document came back by itself, it is left as it is.

    Args:
        library: The library, open for writing.
        embeddings: Makes the passages' vectors.
        removal: What was removed.

    Returns:
        The document.

    Raises:
        LibraryError: Its text was erased meanwhile.
    """
    with library.exclusive():
        shelf, catalogue = Shelf(library), library.catalogue
        document_id, version = removal.document_id, removal.version
        holder = _holder(library, shelf, removal)
        written: tuple[DocumentWrite, ...] = ()
        if holder is None:
            stored = catalogue.shelves.as_read(document_id, version)
            if stored is None:
                raise _missing(library, document_id)
            prepared = prepare(stored, embeddings)
            vectors = vectors_of(prepared, embeddings)
            written = (DocumentWrite(stored, prepared.passages, vectors, prepared.terms),)
        home = holder or document_id
        if holder is None or library.document(home).version == version:
            records = [
                _record(source, home)
                for source in removal.sources
                if source.source not in shelf.sources
            ]
            library.write(Changes(documents=written, sources=tuple(records)))
        return library.document(home)


def _holder(library: Library, shelf: Shelf, removal: Removal) -> str | None:
    """Return the document that holds what was removed: itself, or one of the same bytes."""
    if library.catalogue.is_present(removal.document_id):
        return removal.document_id
    held = (shelf.holder(source.version) for source in removal.sources)
    return next((one for one in held if one is not None), None)


def _record(source: ShelfSource, document_id: str) -> SourceRecord:
    """Return a source's record; a file that was moved and moved back has a new time."""
    record = SourceRecord(
        source.source, document_id, source.version, source.folder, source.size, source.modified
    )
    if source.size < 0:
        return record
    path = Path(source.source)
    try:
        facts = path.stat()
        if facts.st_size == source.size and version_of(path.read_bytes()) == source.version:
            return replace(record, modified=time_of(facts))
    except (OSError, ValueError):
        pass  # it is gone, and the list will say so
    return record


def _missing(library: Library, document_id: str) -> LibraryError:
    return LibraryError(
        f"There is no document {document_id!r} in {library.folder}. "
        "List the documents to see their ids."
    )
