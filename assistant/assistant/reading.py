"""The reading road of the facade: documents into the library, and what is in it."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.assistant.wiring import Wired

if TYPE_CHECKING:
    from assistant.ingestion import Intake
    from assistant.schema import (
        Backup,
        Document,
        Mending,
        PagePicture,
        ProgressCallback,
        Removal,
        Scope,
        ShelfPage,
        ShelfWish,
        SourceState,
        SyncReport,
    )


class Reading(Wired):
    """Takes documents in, keeps them in step with folders, and shows them."""

    def add(
        self, *sources: str | Path | Document, progress: ProgressCallback | None = None
    ) -> SyncReport:
        """Take files, folders or documents into the library; what is reported is on the disk.

        Args:
            *sources: Paths, or documents made in Python with at least a text and a title.
            progress: Told after each document.

        Returns:
            What was done; what can't be read is in ``failed``, and the rest goes on.

        Raises:
            LibraryError: The library is open for reading only, or can't be written.
        """
        return self._intake(progress, sources).add(sources)

    def sync(
        self,
        folder: str | Path,
        progress: ProgressCallback | None = None,
        remove_many: bool = False,
    ) -> SyncReport:
        """Bring the library in step with a folder; a run that was ended is taken up by the next.

        Args:
            folder: The folder; documents that came from it and are gone are removed.
            progress: Told after each document; what it raises ends the run.
            remove_many: Remove them even where most of the folder's files are gone at once.

        Returns:
            What was done; what can't be read is in ``failed`` and keeps its old version.

        Raises:
            UnreadableDocument: The folder is missing, unreadable or empty; nothing is removed.
            LibraryError: The library is open for reading only, or can't be written.
        """
        return self._intake(progress, (folder,)).sync(folder, remove_many=remove_many)

    def _intake(self, progress: ProgressCallback | None, sources: Sequence[object]) -> Intake:
        from assistant.documents import check_sources, options_of
        from assistant.ingestion import Intake

        check_sources(sources)
        self._vectors.match()
        own = self.settings
        return Intake(self._library, self._embeddings, own.max_file_mb, progress, options_of(own))

    def remove(
        self, document_id: str, purge: bool = False, sources: Collection[str] = ()
    ) -> Removal:
        """Remove a document from all answers.

        Args:
            document_id: The document.
            purge: Erase its text too, and its file if it was brought through the page; without it
                citations of it can still be looked up.
            sources: Forget only these of the files that hold it; it goes with the last one.

        Returns:
            What was removed, as `restore` takes it; after a purge ``kept_in`` names copies in the
            library's folder that still hold it.

        Raises:
            LibraryError: There is no such document, or it has none of these sources; or it is
                removed, but a reader keeps words that were purged in the files until the library
                is closed or opened.
        """
        from assistant.ingestion import remove_document

        return remove_document(self._library, document_id, sources, purge=purge)

    def restore(self, removal: Removal) -> Document:
        """Bring back what `remove` removed, with its id and what was put right about it.

        Args:
            removal: What `remove` returned.

        Returns:
            The document as it is now.

        Raises:
            LibraryError: Its text was erased meanwhile.
        """
        from assistant.ingestion import restore_document

        self._vectors.match()
        return restore_document(self._library, self._embeddings, removal)

    def correct(
        self,
        document_id: str,
        title: str | None = None,
        date: dt.date | None = None,
        language: str | None = None,
    ) -> Document:
        """Put a document's title, date or language right, for its later versions too.

        What is None stays as it is; with all three None the document's own are back.

        Returns:
            The document as it is now; ``metadata["corrected"]`` names what was put right.

        Raises:
            AssistantError: There is no such document, or a value can't be used.
        """
        from assistant.ingestion import correct_document

        return correct_document(self._library, document_id, title, date, language)

    def rebuild(self, progress: ProgressCallback | None = None) -> int:
        """Embed all passages with the embedding in use, make both indexes anew, count passages.

        ``progress`` is told after each batch; an interrupted run is taken up where it stopped.
        """
        return self._vectors.rebuild(progress)

    @property
    def mending(self) -> Mending | None:
        """What is being done about the index of vectors; None while it is well.

        Answers lack nothing meanwhile: the catalogue's own vectors are searched.
        """
        return self._library.mending

    def settle(self, seconds: float | None = None) -> bool:
        """Wait until the index of vectors is well, at most so many seconds, and return whether."""
        return self._library.settle(seconds)

    def backup(self, path: str | Path, overwrite: bool = False) -> Backup:
        """Write the whole library into one file, as it is now; `sanad restore` takes it back.

        Args:
            path: The file, or a folder for a file with a dated name.
            overwrite: Replace a file that is there.

        Returns:
            Where it is, how big, and what is in it.

        Raises:
            LibraryError: The file is there already, or it can't be written.
        """
        from assistant.library import write_archive

        return write_archive(self.settings.library, Path(path), overwrite=overwrite)

    def documents(self, scope: Scope | None = None) -> tuple[Document, ...]:
        """Return the documents of a scope by title, without texts and blocks."""
        return self._library.documents(scope)

    def shelf(
        self, wish: ShelfWish | None = None, seen: Callable[[str], bool] | None = None
    ) -> ShelfPage:
        """Return documents to look through: filtered, in order, a page of them.

        Args:
            wish: Which ones, and in which order; None for the first hundred by title.
            seen: Tells which sources may be seen, and with them which documents; None for all.

        Returns:
            The rows of the page, with the state of their files as they are now.
        """
        from assistant.ingestion import with_states
        from assistant.schema import ShelfWish

        return with_states(self._library.catalogue.shelves.page(wish or ShelfWish(), seen))

    def document(self, document_id: str, version: str | None = None) -> Document:
        """Return a document with its text, in the version that a citation names or the newest.

        Raises:
            LibraryError: This library never held it, or erased it.
        """
        return self._library.document(document_id, version)

    def page_picture(
        self,
        document_id: str,
        start: int,
        end: int,
        version: str | None = None,
        page: int | None = None,
        height: int = 1400,
    ) -> PagePicture:
        """Return a page of a PDF as a picture, with boxes around a range of its stored text.

        Args:
            document_id: The document.
            start: The first character of the range, as a citation says.
            end: One past the last one.
            version: The version that the citation names; the newest by default.
            page: Another page than the first that holds some of the range, from 1.
            height: The picture's height in pixels, 100 to 4000; a very wide page gets less.

        Returns:
            The picture; where ``is_exact`` is False, the words could not be found on it.

        Raises:
            DocumentError: It is no PDF (UnsupportedFormat); or the file is gone or has changed
                since, can't be drawn, or has no such page (UnreadableDocument).
            AssistantError: There is no such document, or the range or the height can't be used.
        """
        from assistant.schema import Span

        document = self._library.document(document_id, version)
        return self._pictures.draw(document, Span(start, end), page, height)

    def source_state(self, document_id: str, version: str | None = None) -> SourceState:
        """Return whether a document's file is the ``same``, has ``changed`` since, or is ``gone``.

        Sizes and times are looked at first; a file is read only where these don't settle it.

        Raises:
            LibraryError: This library never held the document, or erased it.
        """
        from assistant.ingestion import source_state

        return source_state(self._library, document_id, version)

    async def aadd(
        self, *sources: str | Path | Document, progress: ProgressCallback | None = None
    ) -> SyncReport:
        """Do what `add` does, in a worker thread."""
        return await asyncio.to_thread(self.add, *sources, progress=progress)
