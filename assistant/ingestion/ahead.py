"""Opens files and has them read: most in other processes, and those to come meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from assistant.documents import ReadingOptions, is_read_apart
from assistant.errors import DocumentError
from assistant.ingestion.files import read_bytes, source_name, time_of
from assistant.ingestion.prepared import Prepared, prepare_file
from assistant.ingestion.settling import being_written
from assistant.ingestion.shelf import Shelf
from assistant.ingestion.workers import Workers, usable_cores
from assistant.library import SourceRecord
from assistant.models import is_light
from assistant.schema import Document, version_of

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

_Item = TypeVar("_Item", bound=Path | Document)
# With less to read the processes would hardly have begun when all is done.
_LEAST_BYTES = 2_000_000
# How much is read ahead: enough to do while what was read is being written.
_MOST_BYTES = 2_000_000
_MOST_FILES = 500


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file as it was at one moment.

    Attributes:
        size: Its bytes.
        modified: Its times, as `time_of` gives them.
        version: The version of its bytes.
        read: Reads the document in it; raises DocumentError where that can't be done.
    """

    size: int
    modified: int
    version: str
    read: Callable[[], Prepared]


class Opener:
    """Opens the files of one run, in their order.

    Args:
        shelf: What the library holds; files that it knows already are not read ahead.
        embeddings: The embedding in use.
        max_file_mb: The largest file that is read.
        options: How files are read.
    """

    def __init__(
        self, shelf: Shelf, embeddings: Embeddings, max_file_mb: int, options: ReadingOptions
    ) -> None:
        self._shelf = shelf
        self._embeddings = embeddings
        self._max_file_mb = max_file_mb
        self._options = options
        self._workers: Workers | None = None
        self._ahead: dict[Path, OpenedFile] = {}

    def in_order(self, items: Sequence[_Item]) -> Iterator[_Item]:
        """Yield items as they come; meanwhile files that are to come are read.

        Args:
            items: Files and documents.

        Yields:
            The items.
        """
        coming = iter(items if self._is_worth_it(items) else ())
        for item in items:
            while self._has_room():
                following = next(coming, None)
                if following is None:
                    break
                if isinstance(following, Path) and following not in self._ahead:
                    self._read_ahead(following)
            yield item
            if isinstance(item, Path):
                self._ahead.pop(item, None)

    def _is_worth_it(self, items: Sequence[Path | Document]) -> bool:
        """Return whether files are read ahead: other processes are needed, or save time."""
        if any(
            isinstance(item, Path) and not self.known(item) and is_read_apart(item)
            for item in items
        ):
            return True
        if usable_cores() == 1:
            return False
        size = 0
        for item in items:
            if isinstance(item, Path) and not self.known(item):
                with suppress(OSError, ValueError):
                    size += item.stat().st_size
            if size >= _LEAST_BYTES:
                return True
        return False

    def _has_room(self) -> bool:
        size = sum(opened.size for opened in self._ahead.values())
        return len(self._ahead) < _MOST_FILES and size < _MOST_BYTES

    def _read_ahead(self, path: Path) -> None:
        if self.known(path):
            return
        with suppress(DocumentError):  # it is raised when the file's turn has come
            facts, data = self._bytes(path)
            holder = self._shelf.holder(facts.version)
            if holder is None or self._shelf.is_to_be_read_anew(holder):
                reading = self._begun(path, data)
                facts = OpenedFile(facts.size, facts.modified, facts.version, reading.result)
            self._ahead[path] = facts

    def known(self, path: Path) -> SourceRecord | None:
        """Return a file's record if it is as it was when it was recorded, and read for good."""
        record = self._shelf.sources.get(source_name(path))
        if record is None or self._shelf.is_to_be_read_anew(record.document_id):
            return None
        try:
            facts = path.stat()
        except (OSError, ValueError):
            return None
        is_same = (facts.st_size, time_of(facts)) == (record.size, record.modified)
        return record if is_same else None

    def open(self, path: Path) -> OpenedFile:
        """Return a file as it is now, or as it was when it was read ahead.

        Args:
            path: The file.

        Raises:
            BeingWritten: It changed while it was read.
            UnreadableDocument: It is missing, no plain file, too large, or may not be read.
        """
        return self._ahead.get(path) or self._bytes(path)[0]

    def _bytes(self, path: Path) -> tuple[OpenedFile, bytes]:
        modified = _modified(path)
        data = read_bytes(path, self._max_file_mb)
        if _modified(path) != modified:
            raise being_written(path)
        read = partial(self._read, path, data)
        return OpenedFile(len(data), modified, version_of(data), read), data

    def _read(self, path: Path, data: bytes) -> Prepared:
        """Read a file that was not read ahead, such as one that has moved or was being written."""
        if is_read_apart(path, data):
            return self._begun(path, data).result()
        return prepare_file(path, data, source_name(path), self._embeddings, self._options)

    def _begun(self, path: Path, data: bytes) -> Future[Prepared]:
        """Have a file read in another process; each of them starts when it is first needed."""
        if self._workers is None:
            self._workers = Workers(usable_cores(), self._options)
        light = is_light(self._embeddings)
        return self._workers.submit(path, data, source_name(path), with_vectors=light)

    def close(self) -> None:
        """Give up what was read ahead."""
        if self._workers is not None:
            self._workers.close()


def _modified(path: Path) -> int:
    try:
        return time_of(path.stat())
    except (OSError, ValueError):
        return 0
