"""A library folder: the catalogue, the two indexes over it, the lock."""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Literal

import numpy as np

from assistant.errors import LibraryDamaged, LibraryError
from assistant.library.catalogue import Catalogue
from assistant.library.files import remove
from assistant.library.folder import check_catalogue, closing_mark, locked
from assistant.library.gate import Gate
from assistant.library.health import fingerprint, is_usable
from assistant.library.parts import Parts
from assistant.library.records import Changes, Vectors
from assistant.library.residue import clear_residue
from assistant.library.terms import TermIndex
from assistant.library.vectors import BATCH, CatalogueVectors, ChromaVectors
from assistant.schema import Document, Progress, ProgressCallback, Scope

_LOG = logging.getLogger(__name__)
EMBEDDING = "embedding"
CHROMA_FILES = "chroma_files"
_FORGOTTEN = "removed_forgotten"
_IDENTITY = "identity"


class Library:
    """What is stored, and how it is found again; any number of threads may use it.

    Args:
        folder: The library's folder; made if it is not there.
        read_only: Never write: other processes may be writing meanwhile.
        chroma_url: Address of a Chroma server; empty for the library's own folder.

    Raises:
        LibraryLocked: Another process is writing to it.
        LibraryDamaged: The catalogue can't be read.
        LibraryError: The folder can't be used, or there is none to read.
    """

    def __init__(self, folder: Path, *, read_only: bool = False, chroma_url: str = "") -> None:
        self.folder = folder
        self.read_only = read_only
        self._chroma_url = chroma_url
        self._writing = threading.RLock()
        self._gate = Gate()
        self._chroma: ChromaVectors | None = None
        self._lock = None if read_only else locked(folder)
        try:
            check_catalogue(folder, read_only=read_only)
            self.catalogue = Catalogue(folder / "catalogue.sqlite3", read_only=read_only)
            self.terms = TermIndex(folder / "terms", read_only=read_only)
            self.parts = Parts(self.catalogue)
            self._exact = CatalogueVectors(self.catalogue)
            if not read_only:
                self._chroma = self._open_chroma()
                if self.catalogue.is_untidy:
                    self.terms.clear()
                    self._renew_chroma()
                    self._tidy()
                self.update_indexes()
        except BaseException:
            self.close()
            raise

    # Searching

    @contextmanager
    def searching(self) -> Iterator[None]:
        """Search within this: the indexes are not made anew meanwhile."""
        with self._gate.open():
            yield

    def near(
        self, vector: Vectors, limit: int, documents: Collection[str] | None = None
    ) -> list[tuple[int, float]]:
        """Return the passages nearest to a vector as pairs of id and cosine, best first.

        Chroma answers for the whole library. A reader beside a writing process sees stale vectors
        there, and a filter makes it slow, so both are answered exactly from the catalogue.

        Args:
            vector: Shape (dimensions,), L2-normalised.
            limit: How many passages at most.
            documents: Only passages of these documents; None for all.
        """
        if self._chroma is None or documents is not None:
            return self._exact.search(vector, limit, documents)
        return self._chroma.search(vector, limit)

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
            LibraryError: Somebody who is reading keeps its words in the catalogue's files.
        """
        with self._writing:
            self.catalogue.erase(document_id)
            self.rebuild()
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
            self.terms.clear()
            self._renew_chroma()
            self.update_indexes(progress, with_vectors=with_vectors)
            if not self._chroma_url:
                clear_residue(self.folder / "chroma")

    def _renew_chroma(self) -> None:
        """Begin with no vectors: Chroma's files keep what was deleted, so they go as a whole."""
        old, self._chroma = self._chroma, None
        if old is None:
            return
        if self._chroma_url:
            old.clear()
            self._chroma = old
        else:
            old.close()
            remove(self.folder / "chroma")
            self._chroma = ChromaVectors(self.folder / "chroma")

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
            indexes: list[tuple[Literal["terms", "vectors"], TermIndex | ChromaVectors]]
            indexes = [("terms", self.terms)]
            if self._chroma is not None and with_vectors:
                indexes.append(("vectors", self._chroma))
            for number, (name, index) in enumerate(indexes):
                self._update(index, generation)
                if progress is not None:
                    progress(Progress(number + 1, len(indexes), name))

    def _update(self, index: TermIndex | ChromaVectors, generation: int) -> None:
        reached = index.reached
        forgotten = int(self.catalogue.fact(_FORGOTTEN) or 0)
        is_stray = reached > generation or 0 < reached < forgotten
        if is_stray or (not reached and index.count()):
            # One of them came from a backup, or the index is of another format: nothing tells what
            # was removed since.
            index.clear()
            reached = 0
        if reached < generation:
            removed = self.catalogue.removed_since(reached) if reached else []
            index.update(removed, self.catalogue.added_since(reached, BATCH), generation)

    # Opening and closing

    def _open_chroma(self) -> ChromaVectors:
        folder = self.folder / "chroma"
        if self._chroma_url:
            return ChromaVectors(folder, self._chroma_url, f"sanad-{self._identity()}")
        recorded = self.catalogue.fact(CHROMA_FILES)
        if folder.exists() and recorded != fingerprint(folder):
            if is_usable(folder):
                clear_residue(folder)
            else:
                _LOG.warning("The vectors in %s are damaged; they are made anew.", folder)
                remove(folder)
        if recorded:
            self.catalogue.set_fact(CHROMA_FILES, "")
        return ChromaVectors(folder)

    def _identity(self) -> str:
        """Return what tells this library from others on the same server."""
        known = self.catalogue.fact(_IDENTITY)
        if not known:
            known = uuid.uuid4().hex
            self.catalogue.set_fact(_IDENTITY, known)
        return known

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
            chroma, self._chroma, self._lock = self._chroma, None, None
            if chroma is not None:
                self._leave(chroma)

    def _leave(self, chroma: ChromaVectors) -> None:
        """Close Chroma, and note what both indexes have reached and how its files were left."""
        try:
            reached = min(chroma.reached, self.terms.reached)
        finally:
            chroma.close()
        if self.catalogue.is_untidy:
            self._tidy()
        self.catalogue.forget_removed(reached)
        self.catalogue.set_fact(_FORGOTTEN, str(reached))
        if not self._chroma_url:
            clear_residue(self.folder / "chroma")
            self.catalogue.set_fact(CHROMA_FILES, fingerprint(self.folder / "chroma"))
