"""Bytes to characters: the encoding is found, and what can't be stored is replaced visibly."""

from __future__ import annotations

import codecs
import re

from assistant.errors import EmptyDocument, UnreadableDocument
from assistant.language.storing import REPLACEMENT, storable

__all__ = ["REPLACEMENT", "decode", "storable"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Encodings without a mark that Arabic and English texts are found in.
_OLD_ENCODINGS = ["cp1256", "iso8859_6", "cp720", "mac_arabic", "cp1252", "latin_1"]
_CONTROL = re.compile(b"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SAMPLE = 65_536
_CONTROL_SHARE = 0.01
_LEAST_UTF16 = 4


def decode(data: bytes, name: str) -> str:
    """Return the text of a file's bytes.

    Args:
        data: The whole file.
        name: Its path or name, for errors.

    Returns:
        The characters as they are stored: the byte order mark dropped, line ends kept, NUL and
        lone surrogates and undecodable bytes replaced by U+FFFD.

    Raises:
        EmptyDocument: There is no text in it.
        UnreadableDocument: It is no text.
    """
    text = storable(_characters(data, name)).removeprefix("\ufeff")
    if not text.strip():
        raise EmptyDocument(
            f"{name} holds no text ({len(data)} bytes). Remove it or fill it.", name
        )
    return text


def _characters(data: bytes, name: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    unmarked = _unmarked_utf16(data)
    if unmarked:
        return data.decode(unmarked, "replace")
    sample = data[:_SAMPLE]
    if sample and len(_CONTROL.findall(sample)) > _CONTROL_SHARE * len(sample):
        raise _no_text(data, name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    damaged = data.decode("utf-8", "replace")
    broken = damaged.count(REPLACEMENT)
    good = sum(1 for character in damaged if character > "\x7f") - broken
    # Another code's bytes hardly ever make up good multi-byte characters.
    return damaged if good >= broken else _old_encoding(data, name)


def _unmarked_utf16(data: bytes) -> str | None:
    """Return the byte order of UTF-16 without a mark, seen by where its spaces and digits lie."""
    sample = data[: _SAMPLE & ~1]
    if len(sample) < _LEAST_UTF16 or len(data) % 2:
        return None
    low, high = sample[0::2], sample[1::2]
    for encoding, letters, pages in (("utf-16-le", low, high), ("utf-16-be", high, low)):
        # Nearly all characters of these languages are on the pages 00 and 06.
        known = pages.count(0x00) + pages.count(0x06)
        if known > 0.9 * len(pages) and letters.count(0x00) == 0:
            return encoding
    return None


def _old_encoding(data: bytes, name: str) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=_OLD_ENCODINGS).best()
    if best is None:
        raise _no_text(data, name)
    return data.decode(best.encoding, "replace")


def _no_text(data: bytes, name: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"{name} is no text: it starts with the bytes {data[:8].hex(' ')}. "
        "If it is a document of another kind, give it the right suffix.",
        name,
    )
