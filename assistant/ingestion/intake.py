"""Takes files, folders and documents into the library, and keeps a folder in step."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.documents import DEFAULT_OPTIONS, ReadingOptions, complete, doubts, is_readable
from assistant.errors import DocumentError, UnreadableDocument
from assistant.ingestion.ahead import Opener
from assistant.ingestion.files import files_in, files_of, path_of, printable, source_name
from assistant.ingestion.pending import Pending, Tally
from assistant.ingestion.prepared import Prepared, prepare, vectors_of
from assistant.ingestion.shelf import Shelf
from assistant.library import DocumentWrite, Library, MovedSource, SourceRecord
from assistant.schema import (
    Document,
    Failure,
    Progress,
    ProgressCallback,
    SyncReport,
)

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

_PASSAGES_A_WRITE = 2000


class Intake:
    """One run of taking things into a library.

    Args:
        library: The library, open for writing.
        embeddings: Makes the passages' vectors.
        max_file_mb: The largest file that is read.
        progress: Told after each source.
        options: How files are read.
    """

    def __init__(
        self,
        library: Library,
        embeddings: Embeddings,
        max_file_mb: int,
        progress: ProgressCallback | None = None,
        options: ReadingOptions = DEFAULT_OPTIONS,
    ) -> None:
        self._library = library
        self._embeddings = embeddings
        self._max_file_mb = max_file_mb
        self._options = options
        self._progress = progress
        self._shelf: Shelf
        self._opener: Opener
        self._tally = Tally()
        self._done = 0
        self._pending = Pending()

    def add(self, sources: Sequence[str | Path | Document]) -> SyncReport:
        """Take in files, the files of folders, and documents; nothing is removed.

        Args:
            sources: Paths and documents.

        Returns:
            What was done; what can't be read is in ``failed``.
        """
        started = time.monotonic()
        items = [item for source in sources for item in self._expanded(source)]
        with self._planning():
            for item in self._opener.in_order(items):
                if isinstance(item, Document):
                    self._try_document(item)
                    self._tell(str(item.title or item.source), len(items))
                else:
                    self._try_file(item, folder="")
                    self._tell(item.name, len(items))
        return self._tally.report(time.monotonic() - started)

    def sync(self, name: str | Path) -> SyncReport:
        """Bring the library in step with a folder.

        Args:
            name: The folder. Documents that came from it and are gone are removed.

        Returns:
            What was done; what can't be read is in ``failed`` and keeps its old version.

        Raises:
            UnreadableDocument: The folder is missing, may not be read, or holds no files.
        """
        started = time.monotonic()
        folder = path_of(name)
        if not folder.is_dir():
            raise UnreadableDocument(
                f"The folder {folder} does not exist or is no folder. Nothing was removed. "
                "Check the path, or whether its drive is connected.",
                str(folder),
            )
        files = list(files_in(folder, self._library.folder))
        if not any(map(is_readable, files)):
            raise UnreadableDocument(
                f"The folder {folder} holds no files to read. Nothing was removed. Check whether "
                "its drive is connected; to empty the library, remove its documents.",
                str(folder),
            )
        root = source_name(folder)
        with self._planning():
            for path in self._opener.in_order(files):
                self._try_file(path, folder=root)
                self._tell(path.name, len(files))
            self._drop_missing(root, {source_name(path) for path in files})
        return self._tally.report(time.monotonic() - started)

    @contextmanager
    def _planning(self) -> Iterator[None]:
        """Plan changes while no other thread writes, and write what is left at the end."""
        with self._library.exclusive():
            self._shelf = Shelf(self._library)
            self._opener = Opener(self._shelf, self._embeddings, self._max_file_mb, self._options)
            with closing(self._opener):
                yield
            self._write()

    def _expanded(self, source: str | Path | Document) -> Sequence[Path | Document]:
        """Return the files that a source stands for; a folder without any is a failure."""
        if isinstance(source, Document):
            return (source,)
        try:
            return files_of(source, self._library.folder)
        except DocumentError as error:
            self._fail(str(source), error)
            return ()

    def _tell(self, name: str, total: int) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(Progress(self._done, total, name))

    def _fail(self, source: str, error: DocumentError) -> None:
        failure = Failure(printable(source), type(error).__name__, printable(str(error)))
        self._tally.failed.append(failure)

    def _try_file(self, path: Path, folder: str) -> None:
        try:
            self._take_file(path, folder)
        except DocumentError as error:
            self._fail(str(path), error)

    def _try_document(self, document: Document) -> None:
        try:
            completed = complete(document)
            record = SourceRecord(completed.source, completed.id, completed.version)
            self._place(record, lambda: prepare(completed, self._embeddings))
        except DocumentError as error:
            self._fail(str(document.source or document.title), error)

    def _take_file(self, path: Path, folder: str) -> None:
        unchanged = self._opener.known(path)
        if unchanged is not None:
            self._keep(replace(unchanged, folder=folder or unchanged.folder))
            return
        source = source_name(path)
        known = self._shelf.sources.get(source)
        opened = self._opener.open(path)
        record = SourceRecord(
            source=source,
            document_id="",
            version=opened.version,
            folder=folder or (known.folder if known else ""),
            size=opened.size,
            modified=opened.modified,
        )
        self._place(record, opened.read)

    def _keep(self, record: SourceRecord) -> None:
        self._tally.unchanged.append(record.source)
        if self._shelf.sources[record.source] != record:
            self._put(record)

    def _place(self, record: SourceRecord, read: Callable[[], Prepared]) -> None:
        """Decide what a source's bytes are to the library, and plan the change."""
        known = self._shelf.sources.get(record.source)
        if known and known.version == record.version:
            self._keep(replace(record, document_id=known.document_id))
            return
        holder = self._shelf.holder(record.version)
        if holder is not None:
            self._join(record, holder, known, read)
            return
        prepared = read()
        if known and self._shelf.sources_of(known.document_id)[0] == record.source:
            self._part_from_copies(known)
            document_id = known.document_id
            self._tally.updated.append(record.source)
        else:
            document_id = self._own_id(prepared.document, record.source)
            self._tally.added.append(record.source)
        # First the source: writing may begin at once.
        self._put(replace(record, document_id=document_id))
        self._write_later(prepared, document_id)

    def _own_id(self, document: Document, source: str) -> str:
        """Return a new document's id: the one it brings, if no other source has it."""
        if document.id and set(self._shelf.sources_of(document.id)) - {source}:
            raise UnreadableDocument(
                f"The id {document.id!r} of {source!r} is that of a document from another source. "
                "Give it another id, or none.",
                source,
            )
        return document.id or self._shelf.new_id(source)

    def _part_from_copies(self, known: SourceRecord) -> None:
        """Give the copies of a source that has changed a document of their own.

        The id stays with the source that made it.
        """
        copies = self._shelf.sources_of(known.document_id)[1:]
        if not copies:
            return
        self._write()  # the document may be among what is planned
        stored = self._library.catalogue.document(known.document_id, known.version)
        if stored is None:
            return
        copy_id = self._shelf.new_id(copies[0])
        for copy in copies:
            self._put(replace(self._shelf.sources[copy], document_id=copy_id))
        is_named_by_file = known.size >= 0 and stored.title == Path(known.source).stem
        title = Path(copies[0]).stem if is_named_by_file else stored.title
        parted = replace(stored, source=copies[0], title=title)
        self._write_later(prepare(parted, self._embeddings), copy_id)

    def _join(
        self,
        record: SourceRecord,
        holder: str,
        known: SourceRecord | None,
        read: Callable[[], Prepared],
    ) -> None:
        """Give a source to the document that holds the same bytes already."""
        gone = self._shelf.gone_files_of(holder)
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
        self._shelf.put(record, instead_of=gone)

    def _put(self, record: SourceRecord) -> None:
        self._shelf.put(record)
        self._pending.sources[record.source] = record

    def _drop_source(self, source: str) -> None:
        self._shelf.drop(source)
        self._pending.sources.pop(source, None)
        self._pending.dropped_sources.append(source)

    def _drop_if_orphan(self, document_id: str) -> None:
        if not self._shelf.sources_of(document_id):
            self._pending.orphans.append(document_id)

    def _drop_missing(self, folder: str, seen: set[str]) -> None:
        """Drop the sources that a folder, one above or one beneath it brought and that are gone."""
        beneath = folder.rstrip(os.sep) + os.sep
        for record in list(self._shelf.sources.values()):
            is_from_here = record.folder and record.source.startswith(beneath)
            if is_from_here and record.source not in seen:
                self._drop_source(record.source)
                self._tally.removed.append(record.source)
                self._drop_if_orphan(record.document_id)

    def _write_later(self, prepared: Prepared, document_id: str) -> None:
        document = replace(prepared.document, id=document_id)
        vectors = vectors_of(prepared, self._embeddings)
        self._pending.documents.append(
            DocumentWrite(document, prepared.passages, vectors, prepared.terms)
        )
        if document.id in self._pending.orphans:
            self._pending.orphans.remove(document.id)
        self._tally.warnings.extend(doubts(document))
        if sum(len(written.passages) for written in self._pending.documents) >= _PASSAGES_A_WRITE:
            self._write()

    def _write(self) -> None:
        self._library.write(self._pending.taken())
