"""The documents of one person: what they may see of the library, and change in it.

Documents of a shared folder are everybody's. Those that somebody brought through the page are that
person's alone; to others it is as if they were not there.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from assistant.errors import LibraryError
from assistant.schema import (
    Answer,
    Document,
    ProgressCallback,
    Removal,
    Scope,
    ShelfPage,
    ShelfWish,
    SyncReport,
)
from assistant.settings import Settings
from assistant.web import uploads
from assistant.web.contract import Answers
from assistant.web.masking import masked, shown_name
from assistant.web.uploads import owner_of

# A document that is nowhere: what is left of a choice of which nothing may be seen.
_NOTHING = ("",)


class NotTheirs(LibraryError):
    """Somebody wants to change what is not theirs alone.

    Attributes:
        title: The document's title.
    """

    def __init__(self, title: str) -> None:
        super().__init__(
            f"The document {title!r} is shared with others. Change it with the command sanad."
        )
        self.title = title


class Holdings:
    """One person's documents.

    Args:
        assistant: Whose library it is.
        person: Who looks; empty where nobody signs in, and everything may be seen.
    """

    def __init__(self, assistant: Answers, person: str = "") -> None:
        self._assistant = assistant
        self.person = person

    @property
    def settings(self) -> Settings:
        """The settings in use."""
        return self._assistant.settings

    def sees(self, document: Document) -> bool:
        """Return whether a document is shared or this person's own."""
        if not self.person:
            return True
        sources = document.sources or (document.source,)
        return any(self._is_open(source) for source in sources)

    def documents(self, scope: Scope | None = None) -> tuple[Document, ...]:
        """Return the documents of a scope that this person may see, without their text."""
        return tuple(d for d in self._assistant.documents(scope) if self.sees(d))

    def document(self, document_id: str, version: str | None = None) -> Document:
        """Return one version of a document, with its text.

        Raises:
            LibraryError: There is none, or it is another person's.
        """
        try:
            found = self._assistant.document(document_id, version=version)
        except LibraryError as error:
            if type(error) is not LibraryError:
                raise  # the library is in trouble
            raise _missing(document_id) from None
        if not self.sees(found):
            raise _missing(document_id)
        return found

    def shown_source(self, document: Document) -> str:
        """Return the path of a document that this person may see, or the name of an upload."""
        sources = document.sources or (document.source,)
        return self._named(next((source for source in sources if self._is_open(source)), ""))

    def masked(self, answer: Answer) -> Answer:
        """Return an answer that names uploads by their names alone, not by their folders."""
        return masked(answer, self._named)

    def _named(self, source: str) -> str:
        return shown_name(self.settings.library, source)

    def allowed(self, scope: Scope | None = None) -> Scope | None:
        """Return what of a scope this person may look in.

        Args:
            scope: What was chosen; None for everything.

        Returns:
            The scope, with the documents named where some of them are another person's.
        """
        if not self.person:
            return scope
        wished = scope or Scope()
        mine = self.shelf(ShelfWish(limit=0))
        if wished.documents:
            allowed = set(mine.ids)
            ids = tuple(i for i in wished.documents if i in allowed)
            if len(ids) == len(wished.documents):
                return scope
        else:
            ids = mine.ids
            if mine.held == self._assistant.shelf(ShelfWish(limit=0)).held:
                return scope
        return Scope(ids or _NOTHING, wished.language, wished.after, wished.before)

    def shelf(self, wish: ShelfWish) -> ShelfPage:
        """Return documents that this person may see, to look through."""
        return self._assistant.shelf(wish, self._is_open if self.person else None)

    def whose(self, source: str) -> str | None:
        """Return whose upload a source is; None where it is no upload."""
        return owner_of(self.settings.library, source)

    def may_remove(self, sources: Sequence[str]) -> bool:
        """Return whether this person may remove a document, by its sources that they see.

        What is shared is nobody's to remove once people sign in.
        """
        return not self.person or any(self.whose(source) == self.person for source in sources)

    def may_correct(self, sources: Sequence[str]) -> bool:
        """Return whether this person may put a document right, by its sources."""
        return not self.person or all(self.whose(source) == self.person for source in sources)

    def correct(
        self,
        document_id: str,
        title: str | None = None,
        date: dt.date | None = None,
        language: str | None = None,
    ) -> Document:
        """Put a document of this person right; with three times None its own words are back.

        Raises:
            NotTheirs: Others see it too.
            LibraryError: There is none, or it is another person's.
            AssistantError: A value can't be used.
        """
        found = self.document(document_id)
        if not self.may_correct(found.sources):
            raise NotTheirs(found.title)
        return self._assistant.correct(document_id, title, date, language)

    def remove(self, document_id: str) -> Removal:
        """Remove a document, or this person's part in it; uploads can come back until `forget`.

        Raises:
            NotTheirs: It is shared.
            LibraryError: There is none, or it is another person's.
        """
        found = self.document(document_id)
        if not self.may_remove(found.sources):
            raise NotTheirs(found.title)
        own = [s for s in found.sources if self.person and self.whose(s) == self.person]
        removal = self._assistant.remove(document_id, sources=own)
        for path in self._uploads_of(removal):
            with suppress(FileNotFoundError):
                uploads.set_aside(path)
        return removal

    def restore(self, removal: Removal) -> Document:
        """Bring back what `remove` removed.

        Raises:
            LibraryError: Its text was erased meanwhile.
        """
        for path in self._uploads_of(removal):
            uploads.bring_back(path)
        return self._assistant.restore(removal)

    def forget(self, removal: Removal) -> None:
        """Delete the files of what was removed, for good."""
        for path in self._uploads_of(removal):
            uploads.let_go(path)

    def _uploads_of(self, removal: Removal) -> list[Path]:
        return [Path(s.source) for s in removal.sources if self.whose(s.source) is not None]

    def coming(self) -> Path:
        """Return a path of its own for a file that this person is about to bring."""
        return uploads.coming(self.settings.library, self.person)

    def take(self, file: Path, name: str) -> SyncReport:
        """Take a file that has come into the library; what can't be read is not kept.

        Args:
            file: The file; it is gone afterwards.
            name: What the person calls it.

        Raises:
            LibraryError: The library can't be written.
        """
        safe = uploads.safe_name(name)
        path, is_new = uploads.take(file, self.settings.library, self.person, safe)
        taken = False
        try:
            report = self._assistant.add(path)
            taken = not report.failed
        finally:
            if is_new and not taken:
                path.unlink(missing_ok=True)
        return report

    def told(self, report: SyncReport) -> dict[str, Any]:
        """Return a report as plain values that names this person's uploads by their names."""
        folder = f"{uploads.folder_of(self.settings.library, self.person)}{os.sep}"
        written = json.dumps(report.to_dict(), ensure_ascii=False)
        return cast("dict[str, Any]", json.loads(written.replace(json.dumps(folder)[1:-1], "")))

    def sync(self, progress: ProgressCallback) -> SyncReport:
        """Bring the library in step with the documents' folder.

        Raises:
            UnreadableDocument: The folder is missing, unreadable or empty.
            LibraryError: The library can't be written.
        """
        return self._assistant.sync(self.settings.documents, progress)

    def _is_open(self, source: str) -> bool:
        owner = self.whose(source)
        return not owner or not self.person or owner == self.person


def _missing(document_id: str) -> LibraryError:
    """Return the error for an unknown document; nobody learns whether it is another person's."""
    return LibraryError(f"There is no document {document_id!r}. List the documents for their ids.")
