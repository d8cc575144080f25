"""Which glyph each code of a font draws, by name, as the file says it.

PDFium tells no names. They stand in the file's objects, which it writes out one by one, whatever
they were packed in, when it saves a copy.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from assistant.documents.pdf.names import text_of
from assistant.documents.pdf.native import Native

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_OBJECT = re.compile(rb"(\d+) \d+ obj\b(.*?)\bendobj\b", re.DOTALL)
_FONT = re.compile(rb"/Type\s*/Font\b")
_BASE_FONT = re.compile(rb"/BaseFont\s*/([^\s/<>\[\]()]+)")
_ENCODING = re.compile(rb"/Encoding\s*(\d+) \d+ R")
_DIFFERENCES = re.compile(rb"/Differences\s*\[([^\]]*)\]")
_NAME_OR_CODE = re.compile(rb"/([^\s/]+)|(\d+)")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_CODES = 256

_Texts = dict[int, str]


class FontTexts:
    """What the codes of a document's fonts stand for, by the names of their glyphs.

    Args:
        native: PDFium's functions.
        document: The open file; nothing is asked of it before a font has to be looked up.
    """

    def __init__(self, native: Native, document: PdfDocument) -> None:
        self._native = native
        self._document = document
        self._named: Mapping[str, _Texts] | None = None

    def of(self, font: int) -> Mapping[int, str]:
        """Return the texts of a font's codes, of those that have one for certain.

        Args:
            font: The font's handle.
        """
        if self._named is None:
            self._named = _named_in(self._copy())
        return self._named.get(self._native.font_name(font) if font else "", {})

    def _copy(self) -> bytes:
        from pypdfium2 import PdfiumError

        copy = io.BytesIO()
        try:
            self._document.save(copy)
        except PdfiumError:
            return b""
        return copy.getvalue()


def _named_in(data: bytes) -> Mapping[str, _Texts]:
    """Return the texts of codes by the names of fonts; where two fonts differ, nothing."""
    objects = {int(found[1]): found[2] for found in _OBJECT.finditer(data)}
    fonts: dict[str, _Texts] = {}
    for body in objects.values():
        if not _FONT.search(body):
            continue
        base = _BASE_FONT.search(body)
        encoding = _ENCODING.search(body)
        names = _DIFFERENCES.search(objects.get(int(encoding[1]), b"") if encoding else body)
        texts = dict(_texts(names[1])) if names else {}
        name = _name(base[1]) if base else ""
        known = fonts.setdefault(name, texts)
        if known is not texts:
            fonts[name] = {code: known[code] for code in known if known[code] == texts.get(code)}
    return fonts


def _texts(names: bytes) -> Iterator[tuple[int, str]]:
    """Yield the codes of a list of differences whose names say a text, and these."""
    code = 0
    for found in _NAME_OR_CODE.finditer(names):
        if found[2]:
            code = min(int(found[2]), _CODES)
            continue
        text = text_of(_name(found[1]))
        if text and code < _CODES:
            yield code, text
        code += 1


def _name(written: bytes) -> str:
    """Return a name as it is meant; bytes that can't stand in one are written as numbers."""
    return _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), written).decode("utf-8", "replace")
