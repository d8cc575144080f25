"""Which glyph each code of a font draws, by name, as the file or the font says it.

PDFium tells no names. Those that the file gives stand in its objects, which it writes out one by
one, whatever they were packed in, when it saves a copy; the others in the font's own program.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from assistant.documents.pdf.names import text_of
from assistant.documents.pdf.native import Native
from assistant.documents.pdf.programs import names_in

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_OBJECT = re.compile(rb"(?<!\d)(\d{1,10}) \d{1,10} obj\b")
_OBJECT_END = re.compile(rb"\bendobj\b")
_FONT = re.compile(rb"/Type\s*/Font\b")
_COMPOSITE = re.compile(rb"/Subtype\s*/Type0\b")
_BASE_FONT = re.compile(rb"/BaseFont\s*/([^\s/<>\[\]()]+)")
_ENCODING = re.compile(rb"/Encoding\s*(\d+) \d+ R")
_DIFFERENCES = re.compile(rb"/Differences\s*\[([^\[\]]*)\]")
_NAME_OR_CODE = re.compile(rb"/([^\s/]+)|(\d+)")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_SUBSET = re.compile("^[A-Z]{6}\\+")
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
        self._named: Mapping[str, _Texts | None] | None = None
        self._programs: dict[bytes, _Texts] = {}

    def of(self, font: int) -> Mapping[int, str]:
        """Return the texts of a font's codes, empty where a name says none for certain.

        Args:
            font: The font's handle.
        """
        named = self._names(font)
        if named is None:
            return {}
        return self._own(self._native.font_data(font) if font else b"") | named

    def is_composite(self, font: int) -> bool:
        """Return whether a font's codes are numbers of glyphs, and may be large.

        Args:
            font: The font's handle.
        """
        return self._names(font) is None

    def _names(self, font: int) -> _Texts | None:
        if self._named is None:
            self._named = _named_in(self._copy())
        name = _SUBSET.sub("", self._native.font_name(font)) if font else ""
        return self._named.get(name, {})

    def _own(self, program: bytes) -> _Texts:
        """Return the texts of the codes that a font's program names; each page asks for it."""
        if program not in self._programs:
            names = names_in(program)
            self._programs[program] = {code: text_of(name) for code, name in names.items()}
        return self._programs[program]

    def _copy(self) -> bytes:
        from pypdfium2 import PdfiumError

        copy = io.BytesIO()
        try:
            self._document.save(copy)
        except PdfiumError:
            return b""
        return copy.getvalue()


def _named_in(data: bytes) -> Mapping[str, _Texts | None]:
    """Return the texts of codes by the names of fonts; where two fonts differ, nothing.

    There are none at all for a composite font: its codes are numbers of glyphs, and not those that
    the names in its program belong to.
    """
    objects = dict(_objects(data))
    fonts: dict[str, _Texts] = {}
    composite: set[str] = set()
    for body in objects.values():
        if not _FONT.search(body):
            continue
        base = _BASE_FONT.search(body)
        encoding = _ENCODING.search(body)
        names = _DIFFERENCES.search(objects.get(int(encoding[1]), b"") if encoding else body)
        texts = dict(_texts(names[1])) if names else {}
        name = _SUBSET.sub("", _name(base[1])) if base else ""
        if _COMPOSITE.search(body):
            composite.add(name)
        known = fonts.get(name, texts)
        fonts[name] = {
            code: texts[code] if known.get(code) == texts.get(code) else ""
            for code in known.keys() | texts.keys()
        }
    return fonts | dict.fromkeys(composite)


def _objects(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the numbers of a file's objects, and what they hold."""
    found = _OBJECT.search(data)
    while found and (end := _OBJECT_END.search(data, found.end())):
        yield int(found[1]), data[found.end() : end.start()]
        found = _OBJECT.search(data, end.end())


def _texts(names: bytes) -> Iterator[tuple[int, str]]:
    """Yield the codes of a list of differences, and the texts that their names say."""
    code = 0
    for found in _NAME_OR_CODE.finditer(names):
        if found[2]:
            code = min(int(found[2]), _CODES)
            continue
        if code < _CODES:
            yield code, text_of(_name(found[1]))
        code += 1


def _name(written: bytes) -> str:
    """Return a name as it is meant; bytes that can't stand in one are written as numbers."""
    return _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), written).decode("utf-8", "replace")
