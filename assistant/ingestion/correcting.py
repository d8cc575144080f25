"""Puts right what a document says of itself."""

from __future__ import annotations

import datetime as dt

from assistant.errors import AssistantError, LibraryError
from assistant.library import Correction, Library
from assistant.schema import Document

_LANGUAGES = ("ar", "en", "mixed", "und")


def correct_document(
    library: Library,
    document_id: str,
    title: str | None,
    date: dt.date | None,
    language: str | None,
) -> Document:
    """Put a document's title, date or language right.

    It holds for all versions of the document, those to come too, and when the document is removed
    and comes back; a purge erases it.

    Args:
        library: The library, open for writing.
        document_id: A document that is in it.
        title: Its title; None leaves what is known, and three times None what was put right goes.
        date: Its date, as above.
        language: ``ar``, ``en``, ``mixed`` or ``und``, as above.

    Returns:
        The document as it is now.

    Raises:
        LibraryError: There is no such document.
        AssistantError: A value can't be used.
    """
    correction = Correction(_title(title), _date(date), _language(language))
    with library.exclusive():
        if not library.catalogue.is_present(document_id):
            raise LibraryError(
                f"There is no document {document_id!r} in {library.folder}. "
                "List the documents to see their ids."
            )
        library.catalogue.correct(document_id, correction)
        library.update_indexes()
        return library.document(document_id)


def _title(value: object) -> str | None:
    if value is None:
        return None
    words = " ".join(value.split()) if isinstance(value, str) else ""
    try:
        words.encode()
    except UnicodeEncodeError:
        words = ""
    if not words:
        raise AssistantError(f"The title {value!r} can't be used: give words.")
    return words


def _date(value: object) -> dt.date | None:
    if isinstance(value, dt.datetime):  # a datetime is a date too
        return value.date()
    if value is None or isinstance(value, dt.date):
        return value
    raise AssistantError(f"The date {value!r} can't be used: give a datetime.date.")


def _language(value: object) -> str | None:
    if value is None or value in _LANGUAGES:
        return None if value is None else str(value)
    raise AssistantError(f"The language {value!r} can't be used: give ar, en, mixed or und.")
