"""What the name of a glyph says of its character, where PDFium does not know it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

# Adobe's rule for names (the Adobe Glyph List Specification, 1.7, section 2).
_BY_NUMBER = re.compile("uni((?:[0-9A-F]{4})+)|u([0-9A-F]{4,6})")
_ARABIC = (range(0x600, 0x700), range(0xFB50, 0xFE00), range(0xFE70, 0xFEFD))
_SCRIPT = re.compile("[-_]?ar(?:ab(?:ic)?)?$")
_FORM, _SIGN = "isolated", "Po"
_LEAST_LETTERS = 3  # shorter ones are names of Latin letters too
_SPACE = 0x20
_SURROGATES, _END = range(0xD800, 0xE000), 0x110000


def text_of(name: str) -> str:
    """Return the characters that a glyph's name says; empty where it says none for certain.

    Names by number (``uni06440627``, ``u0644``), names of Unicode (``behinitial``, ``kasra``) and
    those of font editors (``beh-ar.init``, ``lam_alef-ar``) are known. What follows the first full
    stop tells forms of a character apart.

    Args:
        name: The name, without the slash.
    """
    stem = name.partition(".")[0]
    whole = _one(stem)
    if whole:
        return whole
    parts = [_one(part) for part in _SCRIPT.sub("", stem).split("_")]
    return "".join(parts) if all(parts) else ""


def _one(name: str) -> str:
    number = _BY_NUMBER.fullmatch(name)
    if not number:
        bare, is_arabic = _SCRIPT.subn("", name)
        key = bare.replace("-", "").lower()
        return _known().get(f"arabic{key}" if is_arabic else key, "")
    digits = number[1] or number[2]
    size = 4 if number[1] else len(digits)
    codes = [int(digits[at : at + size], 16) for at in range(0, len(digits), size)]
    is_sound = all(_SPACE <= code < _END and code not in _SURROGATES for code in codes)
    return "".join(map(chr, codes)) if is_sound else ""


@cache
def _known() -> Mapping[str, str]:
    """Return the letters, marks and signs of Arabic by Unicode's names, in short.

    Names of signs are those of Latin ones too, unless they say that they are Arabic.
    """
    found: dict[str, str] = {}
    for character, category in _characters():
        name = unicodedata.name(character)
        short = re.sub("ARABIC |LETTER |LIGATURE | FORM|[ -]", "", name).lower()
        # "lam with alef with hamza above" is called "lamwithalefhamzaabove" and "lamalef..." too.
        for key in (short, re.sub("with(?=hamza|madda)", "", short), short.replace("with", "")):
            for one in (key, key.removesuffix(_FORM)):
                found.setdefault(f"arabic{one}", character)
                if category != _SIGN and len(one) >= _LEAST_LETTERS:
                    found.setdefault(one, character)
    return found


def _characters() -> Iterator[tuple[str, str]]:
    """Yield characters and their categories."""
    for block in _ARABIC:
        for character in map(chr, block):
            category = unicodedata.category(character)
            if category in ("Lo", "Mn", _SIGN):
                yield character, category
