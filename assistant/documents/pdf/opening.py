"""Opens a PDF, or says what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assistant.documents.pdf.native import native
from assistant.errors import UnreadableDocument

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_PASSWORD, _SECURITY = 4, 5  # PDFium's error codes


@contextmanager
def opened(data: bytes, name: str, max_pages: int) -> Iterator[PdfDocument]:
    """Give an open PDF; nothing else in this process uses PDFium meanwhile.

    Args:
        data: The whole file.
        name: Its path or name, for errors.
        max_pages: The most pages that it may have.

    Yields:
        The open file.

    Raises:
        UnreadableDocument: It is damaged, protected, empty or too long.
    """
    import pypdfium2

    with native().lock:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise _unreadable(data, name, getattr(error, "err_code", 0)) from error
        try:
            count = len(document)
            if count < 1:
                raise _unreadable(data, name, 0)
            if count > max_pages:
                raise UnreadableDocument(
                    f"{name} can't be read: it has {count} pages and the limit is {max_pages}. "
                    "Raise SANAD_MAX_PAGES or split it.",
                    name,
                )
            yield document
        finally:
            document.close()


def _unreadable(data: bytes, name: str, code: int) -> UnreadableDocument:
    is_locked = b"/Encrypt" in data  # PDFium's code may still be that of another file
    if code == _PASSWORD and is_locked:
        reason = (
            "it is protected by a password. Open it with the password and save a copy without one"
        )
    elif code == _SECURITY and is_locked:
        reason = "it is protected in a way that is not supported. Save a copy without protection"
    elif b"%PDF-" not in data[:1024]:
        start = data[:8].hex(" ") or "nothing"
        reason = f"it is no PDF: it starts with the bytes {start}. Give it the right suffix"
    else:
        reason = (
            "it is damaged, incomplete or without pages. Get it again, or save it anew with the "
            "program that made it"
        )
    return UnreadableDocument(f"{name} can't be read: {reason}.", name)
