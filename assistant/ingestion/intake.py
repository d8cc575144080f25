"""Takes files, folders and documents into the library, and keeps a folder in step."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from assistant.documents import DEFAULT_OPTIONS, ReadingOptions, complete, is_readable, mended_by
from assistant.errors import DocumentError, UnreadableDocument
from assistant.ingestion.ahead import Opener
from assistant.ingestion.files import path_of, printable, source_name
from assistant.ingestion.listing import files_in, files_of
from assistant.ingestion.pending import Tally
from assistant.ingestion.placing import Placer
from assistant.ingestion.prepared import prepare
from assistant.ingestion.settling import BeingWritten, being_written, is_fresh, settled
from assistant.library import Library, SourceRecord
from assistant.schema import Document, Failure, Progress, ProgressCallback, SyncReport

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

_Item = TypeVar("_Item", bound=Path | Document)
# So many files, and more than half of a folder's, are not taken for deleted when they go at once.
_MANY = 10


class Intake:
    """One run of taking things into a library.

    Whatever ``progress`` raises ends the run: what it was told of is written by then.

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
        self._placer: Placer
        self._opener: Opener
        self._tally = Tally()
        self._done = 0
        self._later: list[Path] = []

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
            for item in self._opener.in_order(self._settled(items, len(items))):
                if isinstance(item, Document):
                    self._try_document(item)
                    self._tell(str(item.title or item.source), len(items))
                else:
                    self._try_file(item, "", len(items))
            self._take_later("", len(items))
        return self._tally.report(time.monotonic() - started)

    def sync(self, name: str | Path, *, remove_many: bool = False) -> SyncReport:
        """Bring the library in step with a folder.

        Args:
            name: The folder. Documents that came from it and are gone are removed.
            remove_many: Remove them also where most of the folder's files are gone at once.

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
        listing = files_in(folder, self._library.folder)
        files = listing.files
        if not any(map(is_readable, files)) and not listing.failed:
            raise UnreadableDocument(
                f"The folder {folder} holds no files to read. Nothing was removed. Check whether "
                "its drive is connected; to empty the library, remove its documents.",
                str(folder),
            )
        root = source_name(folder)
        self._note(listing.failed)
        with self._planning():
            known = self._from(root)
            for path in self._opener.in_order(self._settled(files, len(files))):
                self._try_file(path, root, len(files))
            self._take_later(root, len(files))
            kept = [source_name(Path(error.path)) for error in listing.failed]
            seen = {source_name(path) for path in files}
            missing = self._missing(root, seen, kept)
            if remove_many or not self._are_too_many(missing, known, root):
                for record in missing:
                    self._placer.remove(record)
        return self._tally.report(time.monotonic() - started)

    @contextmanager
    def _planning(self) -> Iterator[None]:
        """Plan changes while no other thread writes, and write what is left at the end."""
        with self._library.exclusive():
            mended = mended_by(self._options)
            self._placer = Placer(self._library, self._embeddings, self._tally, mended)
            shelf, limit = self._placer.shelf, self._max_file_mb
            self._opener = Opener(shelf, self._embeddings, limit, self._options)
            with closing(self._opener):
                yield
            self._placer.write()

    def _expanded(self, source: str | Path | Document) -> Sequence[Path | Document]:
        """Return the files that a source stands for; a folder without any is a failure."""
        if isinstance(source, Document):
            return (source,)
        try:
            listing = files_of(source, self._library.folder)
        except DocumentError as error:
            self._fail(str(source), error)
            return ()
        self._note(listing.failed)
        return listing.files

    def _tell(self, name: str, total: int) -> None:
        self._done += 1
        if self._progress is None:
            return
        try:
            self._progress(Progress(self._done, total, name))
        except BaseException:
            # Between two sources all that is planned is whole.
            self._placer.write()
            raise

    def _note(self, errors: Sequence[DocumentError]) -> None:
        for error in errors:
            self._fail(error.path, error)

    def _fail(self, source: str, error: DocumentError) -> None:
        kind = UnreadableDocument if isinstance(error, BeingWritten) else type(error)
        failure = Failure(printable(source), kind.__name__, printable(str(error)))
        self._tally.failed.append(failure)

    def _try_file(self, path: Path, folder: str, total: int) -> None:
        try:
            self._take_file(path, folder)
        except BeingWritten:
            self._later.append(path)
            return
        except DocumentError as error:
            self._fail(str(path), error)
        self._tell(path.name, total)

    def _settled(self, items: Sequence[_Item], total: int) -> list[_Item]:
        """Return what can be read: files that are being written are waited for, or fail."""
        paths = [item for item in items if isinstance(item, Path)]
        fresh = [path for path in paths if is_fresh(path) and not self._opener.known(path)]
        busy = set(fresh) - settled(fresh)
        for path in sorted(busy):
            self._fail(str(path), being_written(path))
            self._tell(path.name, total)
        return [item for item in items if isinstance(item, Document) or item not in busy]

    def _take_later(self, folder: str, total: int) -> None:
        """Take the files that changed while they were read, once they no longer change."""
        quiet = settled(self._later)
        for path in self._later:
            try:
                if path not in quiet:
                    raise being_written(path)
                self._take_file(path, folder)
            except DocumentError as error:
                self._fail(str(path), error)
            self._tell(path.name, total)

    def _try_document(self, document: Document) -> None:
        try:
            completed = complete(document)
            record = SourceRecord(completed.source, completed.id, completed.version)
            self._placer.place(record, lambda: prepare(completed, self._embeddings))
        except DocumentError as error:
            self._fail(str(document.source or document.title), error)

    def _take_file(self, path: Path, folder: str) -> None:
        unchanged = self._opener.known(path)
        if unchanged is not None:
            self._placer.keep(replace(unchanged, folder=folder or unchanged.folder))
            return
        source = source_name(path)
        known = self._placer.shelf.sources.get(source)
        opened = self._opener.open(path)
        record = SourceRecord(
            source=source,
            document_id="",
            version=opened.version,
            folder=folder or (known.folder if known else ""),
            size=opened.size,
            modified=opened.modified,
        )
        self._placer.place(record, opened.read)

    def _from(self, folder: str) -> set[str]:
        """Return the sources that a folder, one above or one beneath it brought."""
        return {
            record.source
            for record in self._placer.shelf.sources.values()
            if record.folder and _is_beneath(record.source, folder)
        }

    def _missing(self, folder: str, files: set[str], unread: Sequence[str]) -> list[SourceRecord]:
        """Return the sources that came from a folder and are gone.

        Args:
            folder: The folder.
            files: What is there.
            unread: Folders that can't be read; what came from them may be there.
        """
        return [
            self._placer.shelf.sources[source]
            for source in sorted(self._from(folder) - files)
            if not any(_is_beneath(source, closed) for closed in unread)
        ]

    def _are_too_many(self, missing: Sequence[SourceRecord], known: set[str], folder: str) -> bool:
        """Return whether so many sources are gone that they may not be deleted; if so report it.

        Args:
            missing: Those that are gone.
            known: All that had come from the folder before this run.
            folder: The folder.
        """
        if len(missing) < _MANY or 2 * len(missing) <= len(known):
            return False
        message = (
            f"{len(missing)} of the {len(known)} files that came from {folder} are gone at once. "
            "None of them was removed: a drive may be missing. If they were deleted on purpose, "
            "sync it with --remove-many (in Python: remove_many=True)."
        )
        self._note([UnreadableDocument(message, folder)])
        return True


def _is_beneath(source: str, folder: str) -> bool:
    return source.startswith(folder.rstrip(os.sep) + os.sep)
