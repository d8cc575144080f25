"""What a library holds by source and by version, kept in step while changes are planned."""

from __future__ import annotations

import hashlib

from assistant.ingestion.files import exists
from assistant.library import Library, SourceRecord

_ID_LENGTH = 16


class Shelf:
    """A view of the library's sources that sees changes before they are written.

    Args:
        library: The library.
        mended: The fact of metadata whose documents are to be read anew, whether or not their files
            have changed; empty for none.
    """

    def __init__(self, library: Library, mended: str = "") -> None:
        self._library = library
        self._to_read_anew = set(library.catalogue.stating(mended) if mended else ())
        self.sources: dict[str, SourceRecord] = library.catalogue.sources()
        self._by_document: dict[str, list[str]] = {}
        self._by_version: dict[str, str] = {}
        self._ids = set(library.catalogue.known_ids())
        absent = library.catalogue.absent()
        self._absent = {document_id for document_id, _, _ in absent}
        self._absent_by_source = {source: document_id for document_id, source, _ in absent}
        self._absent_by_version = {version: document_id for document_id, _, version in absent}
        for record in self.sources.values():
            self._by_document.setdefault(record.document_id, []).append(record.source)
            self._by_version[record.version] = record.document_id

    def put(self, record: SourceRecord, instead_of: str = "") -> None:
        """Note that a source holds a document.

        Args:
            record: The source; its place among the document's sources stays.
            instead_of: A source that is gone and whose place it takes.
        """
        held = self._by_document.setdefault(record.document_id, [])
        places = [held.index(source) for source in (record.source, instead_of) if source in held]
        self.drop(record.source)
        self.drop(instead_of)
        held.insert(min(places, default=len(held)), record.source)
        self.sources[record.source] = record
        self._by_version[record.version] = record.document_id
        self._ids.add(record.document_id)

    def drop(self, source: str) -> None:
        """Note that a source is gone."""
        record = self.sources.pop(source, None)
        if record is None:
            return
        left = self._by_document[record.document_id]
        left.remove(source)
        if not left and self._by_version.get(record.version) == record.document_id:
            del self._by_version[record.version]

    def is_to_be_read_anew(self, document_id: str) -> bool:
        """Return whether reading a document's file once more would find more in it now."""
        return document_id in self._to_read_anew

    def note_read(self, document_id: str) -> None:
        """Note that a document has been read anew."""
        self._to_read_anew.discard(document_id)

    def holder(self, version: str) -> str | None:
        """Return the document that holds these bytes."""
        return self._by_version.get(version)

    def sources_of(self, document_id: str) -> tuple[str, ...]:
        """Return the sources of a document; the first one made its id."""
        return tuple(self._by_document.get(document_id, ()))

    def gone_files_of(self, document_id: str) -> tuple[str, ...]:
        """Return those sources of a document that were files and are no longer there."""
        return tuple(
            source
            for source in self.sources_of(document_id)
            if self.sources[source].size >= 0 and not exists(source)
        )

    def new_id(self, source: str, version: str = "") -> str:
        """Return an id for a document first read from a source.

        A document that comes back after it was removed has its old id again, so that citations of
        before and after belong together and what a person put right about it lasts. It is known by
        the source that it had last, by its bytes, or by the source that made its id.

        Args:
            source: The source.
            version: The version of its bytes, where they are a document's whole.
        """
        for known in (self._absent_by_source.get(source), self._absent_by_version.get(version)):
            if known and self._is_free(known):
                return known
        number = 0
        while True:
            seed = source if not number else f"{source}\0{number}"
            document_id = hashlib.sha256(seed.encode("utf-8")).hexdigest()[:_ID_LENGTH]
            if document_id not in self._ids or self._is_free(document_id):
                return document_id
            number += 1

    def _is_free(self, document_id: str) -> bool:
        """Return whether a document is kept for old citations only."""
        return document_id in self._absent and not self.sources_of(document_id)
