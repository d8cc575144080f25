"""A library folder: the catalogue, the two indexes over it, the lock."""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np

from assistant.errors import LibraryDamaged, LibraryError
from assistant.library.catalogue import Catalogue
from assistant.library.dense import EMBEDDING, DenseIndex
from assistant.library.folder import check_catalogue, closing_mark, locked
from assistant.library.following import follow, remake
from assistant.library.gate import Gate
from assistant.library.left import identity as identity_of
from assistant.library.left import leave, take_up
from assistant.library.parts import Parts
from assistant.library.records import Changes, Vectors
from assistant.library.terms import TermIndex
from assistant.schema import Document, Mending, Progress, ProgressCallback, Scope

_LOG = logging.getLogger(__name__)
_TERM_FILES = "term_files"


class Library:
    """What is stored, and how it is found again; any number of threads may use it.

    Args:
        folder: The library's folder; made if it is not there.
        read_only: Never write: other processes may be writing meanwhile.
        chroma_url: Address of a Chroma server; empty for the library's own folder.

    Raises:
        LibraryLocked: Another process is writing to it.
        LibraryDamaged: The catalogue can't be read.
        LibraryError: The folder or the Chroma server can't be used, or there is none to read.
    """

    def __init__(self, folder: Path, *, read_only: bool = False, chroma_url: str = "") -> None:
        self.folder = folder
        self.read_only = read_only
        self._writing = threading.RLock()
        self._gate = Gate()
        self._is_erasing = False
        self._lock = None if read_only else locked(folder)
        try:
            check_catalogue(folder, read_only=read_only)
            self.catalogue = Catalogue(folder / "catalogue.sqlite3", read_only=read_only)
            identity = "" if read_only else identity_of(self.catalogue)
            # A reader, beside whom somebody may be writing, takes the terms as they are.
            as_left = read_only or take_up(self.catalogue, _TERM_FILES, folder / "terms")
            self.terms = TermIndex(
                folder / "terms", read_only=read_only, library=identity, as_left=as_left
            )
            self.parts = Parts(self.catalogue)
            self._dense = DenseIndex(self.catalogue, folder / "chroma", chroma_url, self._writing)
            if not read_only:
                self._open_indexes(identity)
        except BaseException:
            self.close()
            raise

    # Searching

    @contextmanager
    def searching(self) -> Iterator[None]:
        """Search within this: the indexes are not made anew meanwhile.

        Terms that turn out to be damaged fail the search, and are made anew right after it.
        """
        try:
            with self._gate.open():
                yield
        except LibraryError:
            self._mend_terms()
            raise

    def _mend_terms(self) -> None:
        if self.read_only or not self.terms.is_damaged:
            return
        with self._writing, self._gate.closed():
            if self.terms.is_damaged:
                self.terms.renew()
                follow(self.catalogue, self.terms, self.catalogue.generation)

    def near(
        self, vector: Vectors, limit: int, documents: Collection[str] | None = None
    ) -> list[tuple[int, float]]:
        """Return the passages nearest to a vector as pairs of id and cosine, best first.

        Chroma answers for the whole library while it is well. A reader beside a writing process
        sees stale vectors there, and a filter makes it slow, so the catalogue answers both exactly.

        Args:
            vector: Shape (dimensions,), L2-normalised.
            limit: How many passages at most.
            documents: Only passages of these documents; None for all.
        """
        return self._dense.search(vector, limit, documents)

    @property
    def mending(self) -> Mending | None:
        """What is being done about the index of vectors; None while it is well."""
        return self._dense.mending

    def settle(self, seconds: float | None = None) -> bool:
        """Wait until the index of vectors is well, and return whether it is.

        Args:
            seconds: How long at most; None for as long as it takes.
        """
        return self._dense.settle(seconds)

    def documents(self, scope: Scope | None = None) -> tuple[Document, ...]:
        """Return the documents by title, without texts and blocks.

        Args:
            scope: Which documents; None for all.
        """
        documents = self.catalogue.documents()
        if scope is None or scope == Scope():
            return documents
        chosen = self.catalogue.documents_in(scope)
        return tuple(document for document in documents if document.id in chosen)

    def document(self, document_id: str, version: str | None = None) -> Document:
        """Return a document with its text.

        Args:
            document_id: The document.
            version: One of its versions; the newest by default.

        Raises:
            LibraryError: This library never held it, or erased it.
        """
        found = self.catalogue.document(document_id, version)
        if found is None:
            of = f" in the version {version[:12]}…" if version else ""
            raise LibraryError(
                f"There is no document {document_id!r}{of} in {self.folder}. "
                "List the documents to see their ids."
            )
        return found

    def refresh(self) -> None:
        """See what another process has written since; only a reader needs to ask for it."""
        if self.read_only:
            self.terms.refresh()

    # Writing

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Keep other threads from writing between a plan and what is written by it."""
        with self._writing:
            yield

    def write(self, changes: Changes) -> None:
        """Write changes to the catalogue, then bring the indexes up to date.

        When this returns, what was written survives the end of the process.

        Args:
            changes: What to write.
        """
        if changes.is_empty:
            return
        with self._writing:
            self.catalogue.write(changes)
            self.terms.know({t: k for d in changes.documents for t, k in d.terms_by_text.items()})
            self.update_indexes()

    def replace_vectors(self, ids: Sequence[int], vectors: np.ndarray) -> None:
        """Store other vectors for passages in the catalogue; the indexes follow at the next update.

        Args:
            ids: Passages.
            vectors: Shape (len(ids), dimensions).
        """
        with self._writing:
            self.catalogue.replace_vectors(ids, vectors)

    def erase(self, document_id: str) -> None:
        """Erase a document with all its versions from the catalogue and both indexes.

        The indexes are made anew, since they keep what was deleted until they are tidied. What is
        cut off is finished at the next opening.

        Args:
            document_id: The document.

        Raises:
            LibraryError: Somebody who is reading keeps its words in the catalogue's files, or the
                disk is full.
        """
        with self._writing:
            self.catalogue.erase(document_id)
            self._is_erasing = True
            try:
                self.rebuild()
            except LibraryError as error:
                raise LibraryError(
                    f"The document {document_id!r} is removed, but its words may still stand in "
                    f"its files in {self.folder}: {error} The purge is finished when the library "
                    "is opened the next time."
                ) from error
            self._is_erasing = False
            if not self.catalogue.tidy(wait=True):
                raise LibraryError(
                    f"The document {document_id!r} is removed, but its words are still in the "
                    f"files of {self.folder}: another program has been reading the catalogue all "
                    "the while. Close it; the purge is finished when this library is closed, or "
                    "opened the next time."
                )

    def _tidy(self) -> None:
        """Finish a purge that a reader held up or that was cut off, if that is possible now."""
        try:
            is_done = self.catalogue.tidy(wait=False)
        except LibraryDamaged:
            raise
        except LibraryError as error:
            _LOG.warning("%s", error)
            is_done = False
        if not is_done:
            _LOG.warning("Words that were purged are still in the files of %s.", self.folder)

    def rebuild(
        self, progress: ProgressCallback | None = None, *, with_vectors: bool | None = None
    ) -> None:
        """Make both indexes anew from the catalogue; the arguments are those of the update."""
        with self._writing, self._gate.closed():
            remake(self.catalogue, self.terms)
            self._dense.renew()
            self.update_indexes(progress, with_vectors=with_vectors)
            self._dense.clear_residue()

    def update_indexes(
        self, progress: ProgressCallback | None = None, *, with_vectors: bool | None = None
    ) -> None:
        """Bring both indexes to the catalogue's generation.

        Args:
            progress: Told after each index.
            with_vectors: Whether the vectors are all of one kind; by default what the catalogue
                says: an interrupted re-embedding leaves an empty fact.
        """
        if with_vectors is None:
            with_vectors = self.catalogue.fact(EMBEDDING) != ""
        with self._writing:
            generation = self.catalogue.generation
            follow(self.catalogue, self.terms, generation)
            steps = 1 + with_vectors
            if progress is not None:
                progress(Progress(1, steps, "terms"))
            if with_vectors:
                self._dense.update(generation)
                if progress is not None:
                    progress(Progress(2, steps, "vectors"))

    # Opening and closing

    def _open_indexes(self, identity: str) -> None:
        self._dense.open(identity)
        if self.catalogue.is_untidy:
            self.rebuild()
            self._tidy()
        else:
            self.update_indexes()
        if self.terms.count() != self.catalogue.count_passages():
            _LOG.warning("The terms in %s lack passages; they are made anew.", self.folder)
            remake(self.catalogue, self.terms)

    def close(self) -> None:
        """Let go of all files and of the lock; closing twice does no harm.

        Raises:
            LibraryError: Something could not be written; all is let go of nevertheless.
        """
        with ExitStack() as steps:
            if self._lock is not None:
                steps.callback(self._lock.release)
                if hasattr(self, "catalogue"):
                    steps.push(closing_mark(self.folder))
            if hasattr(self, "catalogue"):
                steps.callback(self.catalogue.close)
            if hasattr(self, "terms"):
                steps.callback(self.terms.close)
            lock, self._lock = self._lock, None
            if lock is not None and hasattr(self, "_dense"):
                self._leave()

    def _leave(self) -> None:
        """Close Chroma, and note what both indexes have reached and how their files were left."""
        reached = self._dense.close()
        if self.catalogue.is_untidy and not self._is_erasing:
            self._tidy()
        if not self.terms.is_damaged:
            leave(self.catalogue, _TERM_FILES, self.folder / "terms")
        if reached is not None:
            self.catalogue.forget_removed(min(reached, self.terms.reached))
            self._dense.record_files()
