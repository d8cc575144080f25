"""What programs give and get, as plain values."""

from __future__ import annotations

import base64
import datetime as dt
from typing import Any

from assistant.errors import AssistantError
from assistant.schema import Document, Scope
from assistant.web.desk import Desk


def scope_of(
    documents: list[str] | None = None,
    language: str | None = None,
    after: str | None = None,
    before: str | None = None,
) -> Scope | None:
    """Return what a program wants to look in; None for everything.

    Raises:
        AssistantError: A value can't be used.
    """
    if not (documents or language or after or before):
        return None
    return Scope(tuple(documents or ()), language, _day("after", after), _day("before", before))


def bytes_of(content: str, encoding: str) -> bytes:
    """Return a file's bytes.

    Raises:
        AssistantError: They are not base64, where they should be.
    """
    if encoding == "text":
        return content.encode("utf-8", "replace")
    try:
        return base64.b64decode(content, validate=True)
    except ValueError:
        raise AssistantError(
            "The content is not base64. Encode the file's bytes, or send text with encoding='text'."
        ) from None


def _day(name: str, written: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written) if written else None
    except ValueError:
        raise AssistantError(
            f"{name}={written!r} is no day. Write it as YYYY-MM-DD, for example 2024-02-10."
        ) from None


def listed(document: Document, desk: Desk) -> dict[str, Any]:
    """Return what a list tells of a document."""
    return {
        "id": document.id,
        "version": document.version,
        "title": document.title,
        "language": document.language,
        "date": document.date.isoformat() if document.date else None,
        "source": desk.shown_source(document),
    }
