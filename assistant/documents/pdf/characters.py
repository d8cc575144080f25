"""What is known about single characters of a page: their bidi class, cleaning, mirroring."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

# Bidi classes, one letter each, so that a line's classes are a string that patterns match on.
RIGHT, LEFT, EUROPEAN, ARABIC_NUMBER = "r", "l", "1", "2"
SIGN, TERMINATOR, SEPARATOR, SPACE, NEUTRAL, MARK = "+", "%", ",", " ", "o", "m"
OPENING, CLOSING = "(", ")"
_CLASSES: Mapping[str, str] = {
    "R": RIGHT,
    "AL": RIGHT,
    "L": LEFT,
    "EN": EUROPEAN,
    "AN": ARABIC_NUMBER,
    "ES": SIGN,
    "ET": TERMINATOR,
    "CS": SEPARATOR,
    "NSM": MARK,
    "WS": SPACE,
    "S": SPACE,
    "B": SPACE,
}
# Pairs of UAX #9's rule N0; guillemets are mirrored, but are no brackets there.
_BRACKETS = "()[]{}"
_MIRRORED = "()[]{}<>\u00ab\u00bb\u2039\u203a\u2264\u2265"
_MIRRORED_ONES = frozenset(_MIRRORED)
PARTNERS = dict(zip(_BRACKETS[::2], _BRACKETS[1::2], strict=True))
MIRROR = str.maketrans(
    _MIRRORED,
    "".join(b + a for a, b in zip(_MIRRORED[::2], _MIRRORED[1::2], strict=True)),
)
TATWEEL = "\u0640"
UNKNOWN = "\ufffd"
_NOT_TEXT = {"Cc", "Cf", "Co", "Cn", "Cs"}
_KEPT_JOINERS = "\u200c"


@lru_cache(maxsize=1 << 14)
def bidi_class(text: str) -> str:
    """Return the class of a glyph's text: that of its first character that is no mark or space."""
    if text in PARTNERS:
        return OPENING
    if text in PARTNERS.values():
        return CLOSING
    kind = MARK
    for character in text:
        found = unicodedata.bidirectional(character)
        if found != "NSM":
            kind = _CLASSES.get(found, NEUTRAL)
            if kind != SPACE:
                break
    return kind


@lru_cache(maxsize=1 << 14)
def cleaned(text: str) -> str:
    """Return a glyph's text without presentation forms and invisible characters.

    What is mapped to no character is U+FFFD; spaces of all widths are one space.
    """
    if any("\ufb00" <= character <= "\ufeff" for character in text):
        text = _decomposed(text)
    kept = []
    for character in text:
        category = unicodedata.category(character)
        if category == "Zs":
            kept.append(" ")
        elif category in ("Co", "Cn") or character in "\ufffd\ufffe\uffff":
            kept.append(UNKNOWN)
        elif category not in _NOT_TEXT or character in _KEPT_JOINERS:
            kept.append(character)
    return "".join(kept)


def _decomposed(text: str) -> str:
    """Return a text with presentation forms replaced; a mark on a space or tatweel stands alone."""
    pieces = []
    for character in text:
        if not "\ufb00" <= character <= "\ufeff":
            pieces.append(character)
            continue
        plain = unicodedata.normalize("NFKC", character)
        if len(plain) > 1 and plain[0] in " " + TATWEEL and unicodedata.combining(plain[1]):
            plain = plain[1:]
        pieces.append(plain)
    return "".join(pieces)


def is_mirrored(text: str) -> bool:
    """Return whether a glyph looks the other way round in a line from right to left."""
    return text in _MIRRORED_ONES
