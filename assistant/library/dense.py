"""The dense leg of a library: Chroma, and behind it the catalogue's own vectors.

Chroma loses files when its process is killed, and a server may be away. Whatever becomes of it, the
catalogue holds every vector and answers exactly, in some milliseconds more, while a thread looks
Chroma through, fills it anew and hands it back.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from assistant.errors import LibraryError
from assistant.library.catalogue import Catalogue
from assistant.library.files import remove
from assistant.library.following import BATCH, follow
from assistant.library.health import check, is_usable
from assistant.library.left import leave, take_up
from assistant.library.mending import Mender, Stopped
from assistant.library.power import sync_tree
from assistant.library.records import Vectors
from assistant.library.residue import clear_residue
from assistant.library.vectors import CatalogueVectors, ChromaVectors
from assistant.schema import Mending, MendingReason

_LOG = logging.getLogger(__name__)
EMBEDDING = "embedding"
CHROMA_FILES = "chroma_files"
_LOCK_SECONDS = 0.1


class DenseIndex:
    """Finds the nearest passages, and keeps Chroma in step with the catalogue.

    Args:
        catalogue: The record that Chroma follows.
        folder: Where Chroma keeps its files.
        url: Address of a Chroma server to use instead; empty for the folder.
        writing: The lock within which the catalogue is written.
    """

    def __init__(
        self, catalogue: Catalogue, folder: Path, url: str, writing: threading.RLock
    ) -> None:
        self._catalogue = catalogue
        self._folder = folder
        self._url = url
        self._writing = writing
        self._identity = ""
        self._exact = CatalogueVectors(catalogue)
        self._changing = threading.Lock()
        self._mender = Mender(self._mended)
        self._is_distrusted = False
        self._is_closed = False
        self._chroma: ChromaVectors | None = None

    # Searching

    def search(
        self, vector: Vectors, limit: int, documents: Collection[str] | None = None
    ) -> list[tuple[int, float]]:
        """Return pairs of passage id and cosine similarity, best first.

        Args:
            vector: Shape (dimensions,), L2-normalised.
            limit: How many passages at most.
            documents: Only passages of these documents; None for all. A filter makes Chroma slow,
                so the catalogue answers then.
        """
        chroma = self._chroma
        if chroma is not None and documents is None:
            try:
                return chroma.search(vector, limit)
            except LibraryError as error:
                self._lose(chroma, "failed", error)
        return self._exact.search(vector, limit, documents)

    @property
    def mending(self) -> Mending | None:
        """What is being done about Chroma; None while it is well."""
        return self._mender.state

    def settle(self, seconds: float | None = None) -> bool:
        """Wait until Chroma is well, and return whether it is.

        Args:
            seconds: How long at most; None for as long as it takes.
        """
        return self._mender.settle(seconds)

    # Opening and following

    def open(self, identity: str) -> None:
        """Open Chroma, or begin to mend it in the background where it can't be trusted.

        Args:
            identity: What tells this library from others.

        Raises:
            LibraryError: The server can't be reached, or its address is none.
        """
        self._identity = identity
        is_as_left = take_up(self._catalogue, CHROMA_FILES, self._folder)
        if self._url:
            self._chroma = self._opened()
        elif is_as_left or not self._catalogue.count_passages():
            try:
                self._chroma = self._opened()
            except LibraryError as error:
                self._begin("failed", error)
        else:
            self._begin("unclean" if self._folder.exists() else "missing")
        if self._chroma is not None and self._is_far_behind(self._chroma):
            self._lose(self._chroma, "behind")

    def _opened(self) -> ChromaVectors:
        name = f"sanad-{self._identity}" if self._url else "passages"
        return ChromaVectors(self._folder, self._url, name, self._identity)

    def _is_far_behind(self, chroma: ChromaVectors) -> bool:
        reached = chroma.reached
        is_known = 0 < reached <= self._catalogue.generation
        return self._catalogue.count_passages(reached if is_known else 0) > BATCH

    def update(self, generation: int) -> None:
        """Bring Chroma to a generation of the catalogue; where it fails, mending begins.

        Args:
            generation: The catalogue's, which nobody moves on meanwhile.
        """
        chroma = self._chroma
        if chroma is not None:
            try:
                follow(self._catalogue, chroma, generation)
            except LibraryError as error:
                self._lose(chroma, "failed", error)

    def renew(self) -> None:
        """Begin with no vectors: Chroma's files keep what was deleted, so they go as a whole.

        Where that fails now, it is done as soon as it can be, in the background.
        """
        self._mender.halt()
        old, self._chroma = self._chroma, None
        try:
            if self._url:
                chroma = old or self._opened()
                chroma.clear()
            else:
                if old is not None:
                    old.close()
                remove(self._folder)
                chroma = self._opened()
            self._chroma = chroma
        except (LibraryError, OSError) as error:
            self._is_distrusted = True
            self._begin("failed", error)

    def clear_residue(self) -> None:
        """Fill what Chroma's files hold of this process's memory with zeros."""
        if not self._url and self._chroma is not None:
            clear_residue(self._folder)

    # Mending

    def _lose(
        self, chroma: ChromaVectors, reason: MendingReason, error: LibraryError | None = None
    ) -> None:
        """Go on without Chroma and begin to mend it, unless another thread has done so."""
        with self._changing:
            if self._chroma is not chroma:
                return
            self._chroma = None
        with suppress(LibraryError):
            chroma.close()
        self._begin(reason, error)

    def _begin(self, reason: MendingReason, error: Exception | None = None) -> None:
        if self._is_closed:
            return
        if error is not None:
            _LOG.warning("%s The catalogue answers meanwhile.", error)
        self._mender.begin(reason, str(error or ""))

    def _mended(self) -> None:
        """Look Chroma through, bring it to the catalogue's generation, and take it back."""
        if self._catalogue.fact(EMBEDDING) == "":
            raise LibraryError("The vectors in the catalogue are unfinished: sanad rebuild")
        if not self._url:
            self._look_through_files()
        chroma = self._opened()
        try:
            if self._url:
                self._look_through_server(chroma)
            self._is_distrusted = False
            while not self._taken_back(chroma):
                follow(self._catalogue, chroma, self._catalogue.generation, self._watch)
        except BaseException:
            with suppress(LibraryError):
                chroma.close()
            raise

    def _watch(self, done: int, total: int) -> None:
        self._mender.go_on()
        self._mender.tell(done, total)

    def _look_through_files(self) -> None:
        if not self._folder.exists():
            return
        if not self._is_distrusted and is_usable(self._folder, self._identity, self._mender.stop):
            clear_residue(self._folder)
            return
        self._mender.go_on()
        _LOG.warning("The vectors in %s are damaged; they are made anew.", self._folder)
        remove(self._folder)

    def _look_through_server(self, chroma: ChromaVectors) -> None:
        try:
            if not self._is_distrusted:
                check(chroma, self._catalogue, self._mender.go_on)
                return
        except Stopped:
            raise
        except LibraryError as error:
            _LOG.warning("The vectors on the server are made anew: %s", error)
        chroma.clear()

    def _taken_back(self, chroma: ChromaVectors) -> bool:
        """Return whether Chroma has reached the catalogue's generation, and answers from now on."""
        while not self._writing.acquire(timeout=_LOCK_SECONDS):
            self._mender.go_on()
        try:
            self._mender.go_on()
            if chroma.reached != self._catalogue.generation:
                return False
            held, known = chroma.count(), self._catalogue.count_passages()
            if held != known:
                self._is_distrusted = True
                raise LibraryError(f"Chroma holds {held} passages of {known}.")
            self._chroma = chroma
            return True
        finally:
            self._writing.release()

    # Closing

    def close(self) -> int | None:
        """Let go of Chroma.

        Returns:
            The catalogue's generation that it has reached; None where that is not known.

        Raises:
            LibraryError: Something failed; all is let go of nevertheless.
        """
        self._is_closed = True
        self._mender.halt()
        with self._changing:
            chroma, self._chroma = self._chroma, None
        if chroma is None:
            return None
        try:
            return chroma.reached
        finally:
            chroma.close()

    def record_files(self) -> None:
        """Note how Chroma's files were left, so that they are trusted at the next opening."""
        if not self._url:
            clear_residue(self._folder)
            # A file's size and time may outlive a loss of power where what it holds does not.
            sync_tree(self._folder)
            leave(self._catalogue, CHROMA_FILES, self._folder)
