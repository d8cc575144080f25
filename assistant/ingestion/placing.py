"""Decides what the bytes of a source are to the library, and plans the changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.documents import doubts
from assistant.errors import DocumentError, UnreadableDocument
from assistant.ingestion.pending import Pending, Tally
from assistant.ingestion.prepared import Prepared, prepare, vectors_of
from assistant.ingestion.shelf import Shelf
from assistant.library import DocumentWrite, Library, MovedSource, SourceRecord
from assistant.schema import Document, version_of

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

_PASSAGES_A_WRITE = 2000


class Placer:
    """Places sources in a library, one after the other; what it plans is written in batches.

    Args:
        library: The library; nobody else writes to it meanwhile.
        embeddings: Makes the passages' vectors.
        tally: Takes what was done.
        mended: The fact of metadata whose documents are to be read anew; empty for none.
    """

    def __init__(
        self, library: Library, embeddings: Embeddings, tally: Tally, mended: str = ""
    ) -> None:
        self._library = library
        self._embeddings = embeddings
        self._tally = tally
        self._pending = Pending()
        self.shelf = Shelf(library, mended)

    def keep(self, record: SourceRecord) -> None:
        """Leave a source's document as it is; its record may be new."""
        self._tally.unchanged.append(record.source)
        if self.shelf.sources[record.source] != record:
            self._put(record)

    def place(self, record: SourceRecord, read: Callable[[], Prepared]) -> None:
        """Decide what a source's bytes are to the library, and plan the change.

        Args:
            record: The source as it is now, without its document.
            read: Reads the document.

        Raises:
            DocumentError: It can't be read; nothing was planned.
        """
        known = self.shelf.sources.get(record.source)
        if known and known.version == record.version:
            same = replace(record, document_id=known.document_id)
            if self.shelf.is_to_be_read_anew(same.document_id):
                self._read_anew(same, read)
            else:
                self.keep(same)
            return
        holder = self.shelf.holder(record.version)
        if holder is not None:
            self._join(record, holder, known, read)
            return
        prepared = read()
        if known and self.shelf.sources_of(known.document_id)[0] == record.source:
            self._part_from_copies(known)
            document_id = known.document_id
            self._tally.updated.append(record.source)
        else:
            document_id = self._own_id(prepared.document, record)
            self._tally.added.append(record.source)
        # First the source: writing may begin at once.
        self._put(replace(record, document_id=document_id))
        self._write_later(prepared, document_id)

    def _read_anew(self, record: SourceRecord, read: Callable[[], Prepared]) -> None:
        """Put another reading of the same bytes in the place of the one that is stored."""
        self.write()  # the document may be among what is planned
        prepared, stored = read(), self._library.catalogue.document(record.document_id)
        if stored is not None and prepared.document.title == Path(record.source).stem:
            # It may be called after another source.
            stem = Path(stored.source).stem
            prepared = replace(prepared, document=replace(prepared.document, title=stem))
        self.shelf.note_read(record.document_id)
        self._tally.updated.append(record.source)
        self._put(record)
        self._write_later(prepared, record.document_id)

    def _own_id(self, document: Document, record: SourceRecord) -> str:
        """Return a new document's id: the one it brings, if no other source has it."""
        source = record.source
        if document.id and set(self.shelf.sources_of(document.id)) - {source}:
            raise UnreadableDocument(
                f"The id {document.id!r} of {source!r} is that of a document from another source. "
                "Give it another id, or none.",
                source,
            )
        return document.id or self.shelf.new_id(source, record.version)

    def _part_from_copies(self, known: SourceRecord) -> None:
        """Give the copies of a source that has changed a document of their own.

        The id stays with the source that made it.
        """
        copies = self.shelf.sources_of(known.document_id)[1:]
        if not copies:
            return
        self.write()  # the document may be among what is planned
        stored = self._library.catalogue.document(known.document_id)
        if stored is None:
            return
        copy_id = self.shelf.new_id(copies[0])
        for copy in copies:
            self._put(replace(self.shelf.sources[copy], document_id=copy_id))
        is_named_by_file = known.size >= 0 and stored.title == Path(known.source).stem
        title = Path(copies[0]).stem if is_named_by_file else stored.title
        facts = {name: value for name, value in stored.metadata.items() if name != "corrected"}
        parted = replace(stored, source=copies[0], title=title, metadata=facts)
        prepared = prepare(parted, self._embeddings)
        self._write_later(prepared, copy_id, corrected_as=known.document_id)

    def _join(
        self,
        record: SourceRecord,
        holder: str,
        known: SourceRecord | None,
        read: Callable[[], Prepared],
    ) -> None:
        """Give a source to the document that holds the same bytes already."""
        gone = self.shelf.gone_files_of(holder)
        for source in gone[1:]:
            self._drop_source(source)
        if gone:
            self._move(gone[0], replace(record, document_id=holder), read)
        else:
            self._put(replace(record, document_id=holder))
        if gone:
            self._tally.moved.append(record.source)
        elif known is not None:
            self._tally.updated.append(record.source)
        else:
            self._tally.added.append(record.source)
        if known is not None and known.document_id != holder:
            self._drop_if_orphan(known.document_id)

    def _move(self, gone: str, record: SourceRecord, read: Callable[[], Prepared]) -> None:
        """Put a source in the place of a file that is gone; a title may come from its name."""
        try:
            title = read().document.title
        except DocumentError:
            title = ""
        self._pending.moved.append(MovedSource(gone, record, title))
        self._pending.sources.pop(gone, None)
        self._pending.sources[record.source] = record
        self.shelf.put(record, instead_of=gone)

    def _put(self, record: SourceRecord) -> None:
        self.shelf.put(record)
        self._pending.sources[record.source] = record

    def _drop_source(self, source: str) -> None:
        self.shelf.drop(source)
        self._pending.sources.pop(source, None)
        self._pending.dropped_sources.append(source)

    def _drop_if_orphan(self, document_id: str) -> None:
        if not self.shelf.sources_of(document_id):
            self._pending.orphans.append(document_id)

    def _write_later(self, prepared: Prepared, document_id: str, *, corrected_as: str = "") -> None:
        document = self._with_own_version(replace(prepared.document, id=document_id))
        vectors = vectors_of(prepared, self._embeddings)
        self._pending.documents.append(
            DocumentWrite(document, prepared.passages, vectors, prepared.terms, corrected_as)
        )
        if document.id in self._pending.orphans:
            self._pending.orphans.remove(document.id)
        self._tally.warnings.extend(doubts(document))
        if sum(len(written.passages) for written in self._pending.documents) >= _PASSAGES_A_WRITE:
            self.write()

    def _with_own_version(self, document: Document) -> Document:
        """Return a document so that no version of it that is stored gets another text.

        The same bytes may be read in another way than before, and citations point into that.
        """
        stored = self._library.catalogue.document(document.id, document.version)
        if stored is None or stored.text == document.text:
            return document
        both = f"{document.version}\0{document.text}".encode()
        return replace(document, version=version_of(both))

    def remove(self, record: SourceRecord) -> None:
        """Plan that a source is gone, and its document with the last one."""
        self._drop_source(record.source)
        self._tally.removed.append(record.source)
        self._drop_if_orphan(record.document_id)

    def write(self) -> None:
        """Write what is planned."""
        self._library.write(self._pending.taken())
