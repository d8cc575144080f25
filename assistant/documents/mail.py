"""E-mail: who wrote what to whom and when, and the body; attachments are named only."""

from __future__ import annotations

import datetime as dt
import re
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from typing import cast

from assistant.documents.composing import Composer
from assistant.documents.decoding import decode, storable
from assistant.documents.extracted import Extracted
from assistant.documents.limits import beyond, damaged
from assistant.documents.options import ReadingOptions
from assistant.documents.plain import read_plain
from assistant.documents.webpage import read_html, read_markup
from assistant.errors import EmptyDocument

# What damaged headers make Python's own parser of them raise.
_STUMBLES = (
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
    ArithmeticError,
    RecursionError,
    MessageError,
)
_SHOWN = ("From", "To", "Cc", "Date", "Subject")
_HEADER = re.compile(
    rb"(?:From [^\r\n]*\r?\n)?"
    rb"(?:[\x21-\x39\x3b-\x7e]+:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*(?:\r?\n|$)){2}"
)
# Python's parser of a header takes time by the square of its length, and memory.
_LONGEST_HEADER = 10_000
# How often a plain body must fit into the same body as HTML to be only a hint to open that.
_SHORT_HINT = 4


def read_mail(data: bytes, name: str, options: ReadingOptions) -> Extracted:
    """Return an e-mail: its headers as one row, then its body.

    The plain body is read; the HTML one where there is no other, or hardly one.

    Args:
        data: The message.
        name: The file, for errors.
        options: How files are read.

    Returns:
        Its text; the place of the body is the subject.

    Raises:
        UnreadableDocument: It is no e-mail, or goes beyond a limit.
    """
    data = data.lstrip()
    if not _HEADER.match(data):
        raise damaged(name, "message", "it does not start with the headers of an e-mail")
    try:
        return _read(
            message_from_bytes(data, policy=cast("policy.Policy[EmailMessage]", _Policy())),
            name,
            options,
        )
    except RecursionError:
        what = "has parts nested very deep"
        raise beyond(name, what, options.max_nesting, "max_nesting") from None


class _Policy(policy.EmailPolicy):
    """Python's own way to understand a message, for headers of any length."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        """Return a header understood, of a very long one its beginning."""
        return cast("str", super().header_fetch_parse(name, value[:_LONGEST_HEADER]))


_POLICY = cast("policy.Policy[EmailMessage]", _Policy())


def _read(message: EmailMessage, name: str, options: ReadingOptions) -> Extracted:
    composer = Composer(name, options)
    subject = _header(message, "Subject")
    lines = [f"{key}: {value}" for key in _SHOWN if (value := _header(message, key))]
    composer.add("\n".join(lines), "row", subject)
    body = _body(message, name, options)
    if body is not None:
        composer.include(body, subject)
    return composer.extracted(
        subject,
        _date(message),
        metadata={
            "author": _header(message, "From"),
            "attachments": ", ".join(_attachments(message)),
        },
    )


def _header(message: EmailMessage, name: str) -> str:
    """Return a header on one line: as it stands where it can't be understood."""
    try:
        words = str(message.get(name, ""))
    except _STUMBLES:
        raw = (value for key, value in message.raw_items() if key.lower() == name.lower())
        words = str(next(raw, ""))
    is_cut = any(
        key.lower() == name.lower() and len(value) > _LONGEST_HEADER
        for key, value in message.raw_items()
    )
    return storable(" ".join(words[:_LONGEST_HEADER].split()) + (" \u2026" if is_cut else ""))


def _date(message: EmailMessage) -> dt.date | None:
    try:
        return message["Date"].datetime.date() if message["Date"] else None
    except _STUMBLES:
        return None


def _body(message: EmailMessage, name: str, options: ReadingOptions) -> Extracted | None:
    """Return the words of a message's body; none where it has none."""
    plain = _content(message, "plain", name)
    hyper = _content(message, "html", name)
    if hyper is not None:
        page = _page(hyper, name, options)
        if plain is None or _SHORT_HINT * len(plain.strip()) < len(page.text):
            return page
    return read_plain(storable(plain)) if plain is not None else None


def _page(body: str | bytes, name: str, options: ReadingOptions) -> Extracted:
    if isinstance(body, bytes):
        return read_html(body, name, options)
    return read_markup(storable(body), name, options)


def _content(message: EmailMessage, kind: str, name: str) -> str | None:
    """Return a message's body of a kind of text; none where there is none."""
    try:
        part = message.get_body((kind,))
    except _STUMBLES:
        return None  # parts that say they hold parts and do not
    if part is None:
        return None
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        return None
    charset = part.get_content_charset("") or ""
    try:
        return payload.decode(charset)
    except (LookupError, UnicodeDecodeError):
        pass
    try:
        return decode(payload, name)
    except EmptyDocument:
        return None


def _attachments(message: EmailMessage) -> list[str]:
    """Return the names of what is attached."""
    return [
        " ".join((part.get_filename() or part.get_content_type()).split())
        for part in message.walk()
        if part.get_content_disposition() == "attachment"
    ]
