"""Names of the glyphs that a font's own program gives its codes: Type 1 and CFF.

Adobe Type 1 Font Format, 2.2; Adobe Technical Note 5176 (CFF), sections 5 to 13.
"""

from __future__ import annotations

# ruff: noqa: PLR2004  # the bytes that tell numbers apart are named in the format's table 3
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

_TYPE_1, _CFF = b"%!", b"\x01\x00"
_PUT = re.compile(rb"\bdup\s+(\d+)\s*/(\S+)\s+put\b")
_STANDARD_STRINGS = 391  # PDFium knows these itself
_CHARSET, _ENCODING, _CHARSTRINGS = 15, 16, 17
_ESCAPE = 12
_PREDEFINED_CHARSETS, _PREDEFINED_ENCODINGS = 3, 2
_MORE = 0x80  # of an encoding's format: further codes follow


def names_in(data: bytes) -> Mapping[int, str]:
    """Return the names of glyphs by the codes that a font's own encoding gives them.

    Args:
        data: The font's file, damaged ones included.
    """
    if data.startswith(_TYPE_1):
        found = _PUT.finditer(data.partition(b"eexec")[0])
        return {int(one[1]): one[2].decode("latin-1") for one in found}
    if data.startswith(_CFF):
        try:
            return _Cff(data).names()
        except (IndexError, ValueError):
            return {}
    return {}


class _Cff:
    """Reads the encoding of a font in CFF.

    Raises:
        IndexError: It ends too early.
        ValueError: A number in it can't be.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        _, at = self._index(data[2])
        tops, at = self._index(at)
        self._strings, _ = self._index(at)
        self._top = dict(_operators(tops[0]))

    def names(self) -> dict[int, str]:
        """Return the names by codes, those that every font may use left out."""
        charset, encoding = self._top.get(_CHARSET, 0), self._top.get(_ENCODING, 0)
        if charset < _PREDEFINED_CHARSETS or encoding < _PREDEFINED_ENCODINGS:
            return {}
        count = self._number(self._top[_CHARSTRINGS], 2) if _CHARSTRINGS in self._top else 0
        strings = dict(enumerate(self._charset(charset, count), start=1))
        codes, end = self._encoding(encoding)
        found = {code: self._string(strings.get(glyph, 0)) for glyph, code in enumerate(codes, 1)}
        if self._number(encoding, 1) & _MORE:  # codes that share a glyph with others
            for at in range(end + 1, end + 1 + 3 * self._number(end, 1), 3):
                found[self._number(at, 1)] = self._string(self._number(at + 1, 2))
        return {code: name for code, name in found.items() if name}

    def _number(self, at: int, size: int) -> int:
        if at < 0 or at + size > len(self._data):
            raise IndexError(at)
        return int.from_bytes(self._data[at : at + size], "big")

    def _index(self, at: int) -> tuple[Sequence[bytes], int]:
        """Return what a list of things holds, and where it ends."""
        count = self._number(at, 2)
        if not count:
            return [], at + 2
        size = self._number(at + 2, 1)
        ends = [self._number(at + 3 + size * n, size) for n in range(count + 1)]
        base = at + 2 + size * (count + 1)
        parts = [self._data[base + a : base + b] for a, b in pairwise(ends)]
        return parts, base + ends[-1]

    def _string(self, number: int) -> str:
        at = number - _STANDARD_STRINGS
        return self._strings[at].decode("latin-1") if 0 <= at < len(self._strings) else ""

    def _charset(self, at: int, count: int) -> Iterator[int]:
        """Yield the names' numbers, of the second glyph first."""
        form, at, left = self._number(at, 1), at + 1, count - 1
        while left > 0:
            first = self._number(at, 2)
            more = self._number(at + 2, form) if form else 0
            yield from range(first, first + min(more + 1, left))
            at, left = at + 2 + form, left - more - 1

    def _encoding(self, at: int) -> tuple[list[int], int]:
        """Return the codes of the glyphs, of the second one first, and where they end."""
        step = 1 + self._number(at, 1) % _MORE
        end = at + 2 + self._number(at + 1, 1) * step
        codes: list[int] = []
        for place in range(at + 2, end, step):
            first = self._number(place, 1)
            codes += range(first, first + 1 + (self._number(place + 1, 1) if step > 1 else 0))
        return codes, end


def _operators(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield the operators of a dictionary, each with its last number."""
    at, value = 0, 0
    while at < len(data):
        byte, at = data[at], at + 1
        if byte <= 21:
            if byte == _ESCAPE:
                at += 1
            else:
                yield byte, value
        elif byte in (28, 29):
            size = 2 if byte == 28 else 4
            value, at = int.from_bytes(data[at : at + size], "big", signed=True), at + size
        elif byte == 30:  # a real number ends in a half byte of ones
            while at < len(data) and data[at] & 0xF != 0xF:
                at += 1
            at += 1
        elif byte <= 246:
            value = byte - 139
        else:
            sign = 1 if byte <= 250 else -1
            value = sign * ((byte - (247 if sign > 0 else 251)) * 256 + data[at] + 108)
            at += 1
