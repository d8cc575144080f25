"""The functions of PDFium that are called for every letter, with handles as plain integers.

A page has thousands of letters. The bindings that pypdfium2 brings make an object of each handle
and let other threads in at each call, which takes three times as long.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

_Type = type["ctypes._SimpleCData[Any]"]
_POINTER, _INT, _UINT = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint
_ULONG, _FLOAT = ctypes.c_ulong, ctypes.c_float
_MOST_ACTUAL_TEXT = 4096
_SMALLEST, _LARGEST = 0.1, 10_000.0  # of letters, in points: what is not between is nonsense

TEXT_OBJECT, IMAGE_OBJECT, FORM_OBJECT = 1, 3, 5


def _quick(name: str, result: _Type, *arguments: _Type) -> Callable[..., Any]:
    from pypdfium2 import raw

    address = ctypes.cast(getattr(raw, name), _POINTER).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


class Native:
    """PDFium's functions and a place for each kind of value that they write.

    PDFium is not safe for threads: whoever calls it holds `lock`.
    """

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.count_objects = _quick("FPDFPage_CountObjects", _INT, _POINTER)
        self.object = _quick("FPDFPage_GetObject", _POINTER, _POINTER, _INT)
        self.count_in_form = _quick("FPDFFormObj_CountObjects", _INT, _POINTER)
        self.object_in_form = _quick("FPDFFormObj_GetObject", _POINTER, _POINTER, _ULONG)
        self.type = _quick("FPDFPageObj_GetType", _INT, _POINTER)
        self.count_marks = _quick("FPDFPageObj_CountMarks", _INT, _POINTER)
        self.mark = _quick("FPDFPageObj_GetMark", _POINTER, _POINTER, _ULONG)
        self.count_characters = _quick("FPDFText_CountChars", _INT, _POINTER)
        self.text_object = _quick("FPDFText_GetTextObject", _POINTER, _POINTER, _INT)
        self.unicode = _quick("FPDFText_GetUnicode", _UINT, _POINTER, _INT)
        self.has_error = _quick("FPDFText_HasUnicodeMapError", _INT, _POINTER, _INT)
        self.font = _quick("FPDFTextObj_GetFont", _POINTER, _POINTER)
        self._bounds = _quick("FPDFPageObj_GetBounds", _INT, *[_POINTER] * 5)
        self._matrix = _quick("FPDFPageObj_GetMatrix", _INT, _POINTER, _POINTER)
        self._size = _quick("FPDFTextObj_GetFontSize", _INT, _POINTER, _POINTER)
        self._origin = _quick("FPDFText_GetCharOrigin", _INT, _POINTER, _INT, _POINTER, _POINTER)
        self._ink = _quick("FPDFText_GetCharBox", _INT, _POINTER, _INT, *[_POINTER] * 4)
        self._box = _quick("FPDFText_GetLooseCharBox", _INT, _POINTER, _INT, _POINTER)
        self._param = _quick(
            "FPDFPageObjMark_GetParamBlobValue",
            *(_INT, _POINTER, ctypes.c_char_p, _POINTER, _ULONG, _POINTER),
        )
        self._mark_name = _quick(
            "FPDFPageObjMark_GetName", *(_INT, _POINTER, _POINTER, _ULONG, _POINTER)
        )
        self._bind_fonts()
        self._floats = (_FLOAT * 6)()
        self._doubles = (ctypes.c_double * 4)()
        self._bytes = (ctypes.c_ubyte * _MOST_ACTUAL_TEXT)()
        self._written = memoryview(self._bytes)
        self._length = _ULONG()
        self._at_length = ctypes.addressof(self._length)
        self._at = ctypes.addressof(self._floats)
        self._at_doubles = ctypes.addressof(self._doubles)

    def _bind_fonts(self) -> None:
        """Set the functions that fonts are asked with."""
        self.is_embedded = _quick("FPDFFont_GetIsEmbedded", _INT, _POINTER)
        self._font_name = _quick("FPDFFont_GetBaseFontName", _ULONG, _POINTER, _POINTER, _ULONG)
        self._font_data = _quick(
            "FPDFFont_GetFontData", *(_INT, _POINTER, _POINTER, ctypes.c_size_t, _POINTER)
        )
        self._path = _quick("FPDFFont_GetGlyphPath", _POINTER, _POINTER, _UINT, _FLOAT)
        self._count_steps = _quick("FPDFGlyphPath_CountGlyphSegments", _INT, _POINTER)
        self._step = _quick("FPDFGlyphPath_GetGlyphPathSegment", _POINTER, _POINTER, _INT)
        self._point = _quick("FPDFPathSegment_GetPoint", _INT, _POINTER, _POINTER, _POINTER)

    def bounds(self, handle: int) -> tuple[float, float, float, float]:
        """Return an object's left, bottom, right and top on the page."""
        at, values = self._at, self._floats
        if not self._bounds(handle, at, at + 4, at + 8, at + 12):
            return 0.0, 0.0, 0.0, 0.0
        return values[0], values[1], values[2], values[3]

    def placed(self, handle: int) -> tuple[float, float, float]:
        """Return a text object's origin and the size of its letters, in points."""
        at, values = self._at, self._floats
        self._size(handle, at)
        size = values[0]
        self._matrix(handle, at)
        size *= abs(values[3]) or abs(values[1]) or abs(values[0]) or 1.0
        return values[4], values[5], size if _SMALLEST < size < _LARGEST else 1.0

    def origin(self, text_page: int, index: int) -> tuple[float, float]:
        """Return where a character's origin stands."""
        values = self._doubles
        self._origin(text_page, index, self._at_doubles, self._at_doubles + 8)
        return values[0], values[1]

    def right(self, text_page: int, index: int) -> float:
        """Return the right end of the room that a character takes."""
        self._box(text_page, index, self._at)
        return self._floats[2]

    def room(self, text_page: int, index: int) -> tuple[float, float, float, float]:
        """Return left, bottom, right and top of the room that a character takes."""
        values = self._floats
        self._box(text_page, index, self._at)
        return values[0], values[3], values[2], values[1]

    def ink(self, text_page: int, index: int) -> tuple[float, float, float, float] | None:
        """Return left, bottom, right and top of what is drawn for a character."""
        at, values = self._at_doubles, self._doubles
        if not self._ink(text_page, index, at, at + 8, at + 16, at + 24):
            return None
        return values[0], values[2], values[1], values[3]

    def middle(self, text_page: int, index: int) -> float:
        """Return the middle of what is drawn for a character, from left to right."""
        box = self.ink(text_page, index)
        return (box[0] + box[2]) / 2 if box else self.origin(text_page, index)[0]

    def ink_height(self, text_page: int, index: int) -> float:
        """Return how high what is drawn for a character is."""
        box = self.ink(text_page, index)
        return box[3] - box[1] if box else 0.0

    def direction(self, handle: int) -> tuple[float, float]:
        """Return how far a text object's line runs to the right and upwards, a size far."""
        self._matrix(handle, self._at)
        return self._floats[0], self._floats[1]

    def actual_text(self, mark: int) -> str | None:
        """Return the text that a mark says stands for what it encloses; None if it says none."""
        length = self._length
        if not self._param(mark, b"ActualText", self._bytes, _MOST_ACTUAL_TEXT, self._at_length):
            return None
        return _decoded(self._written[: length.value].tobytes())

    def is_reversed(self, mark: int) -> bool:
        """Return whether a mark says that what it encloses is drawn from right to left."""
        length = self._length
        if not self._mark_name(mark, self._bytes, _MOST_ACTUAL_TEXT, ctypes.addressof(length)):
            return False
        name = ctypes.string_at(self._bytes, min(length.value, _MOST_ACTUAL_TEXT))
        return name.decode("utf-16-le", "replace").rstrip("\0") == "ReversedChars"

    def font_name(self, font: int) -> str:
        """Return a font's name, with the tag of its subset."""
        count = self._font_name(font, self._bytes, _MOST_ACTUAL_TEXT)
        return bytes(self._bytes[: max(0, min(count, _MOST_ACTUAL_TEXT) - 1)]).decode(
            "utf-8", "replace"
        )

    def shape(self, font: int, character: int) -> tuple[tuple[float, float], ...]:
        """Return the points of what a font draws for a character; its first glyph if it has none.

        Args:
            font: The font's handle.
            character: The character's number; PDFium looks for its code in the font.
        """
        path = self._path(font, character, 1.0)
        points = []
        for index in range(self._count_steps(path) if path else 0):
            self._point(self._step(path, index), self._at, self._at + 4)
            points.append((self._floats[0], self._floats[1]))
        return tuple(points)

    def font_data(self, font: int) -> bytes:
        """Return the file of a font that is embedded, or of the one that stands in for it."""
        size = ctypes.c_size_t()
        if not self._font_data(font, None, 0, ctypes.addressof(size)):
            return b""
        data = (ctypes.c_ubyte * size.value)()
        self._font_data(font, data, size.value, ctypes.addressof(size))
        return bytes(data)


@lru_cache(maxsize=1 << 12)
def _decoded(data: bytes) -> str:
    """Return the text of a string in a PDF."""
    if data[:2] == b"\xfe\xff":
        return data[2:].decode("utf-16-be", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


@cache
def native() -> Native:
    """Return PDFium's functions; loads it the first time."""
    return Native()
