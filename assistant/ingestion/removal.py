"""Takes documents out of a library."""

from __future__ import annotations

from assistant.errors import LibraryError
from assistant.library import Changes, Library


def remove_document(library: Library, document_id: str, *, purge: bool) -> None:
    """Remove a document from all answers.

    Args:
        library: The library, open for writing.
        document_id: The document.
        purge: Erase its text too, from the catalogue's free pages and both indexes.

    Raises:
        LibraryError: There is no such document.
    """
    present = library.catalogue.is_present(document_id)
    if not present and not (purge and library.catalogue.document(document_id)):
        raise LibraryError(
            f"There is no document {document_id!r} in {library.folder}. "
            "List the documents to see their ids."
        )
    if purge:
        library.erase(document_id)
    else:
        library.write(Changes(dropped_documents=(document_id,)))
