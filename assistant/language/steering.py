"""Characters that steer a terminal or turn the words around them, shown without their power."""

from __future__ import annotations

import re

# Controls other than tab and line ends.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_LINE = re.compile("[^\r\n\x85\u2028\u2029]+")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_EMBEDDING, _ISOLATE = "\u202a\u202b\u202d\u202e", "\u2066\u2067\u2068"
_END_OF_EMBEDDING, _END_OF_ISOLATE = "\u202c", "\u2069"
# Unicode's pictures of control characters.
_PICTURES = 0x2400
_DELETE, _PICTURE_OF_DELETE = "\x7f", "\u2421"


def harmless(text: str) -> str:
    """Return a text for people to read: what would steer or turn other words does not.

    A control character is shown by its picture, one of the second set by U+FFFD. What turns the
    direction of words does so up to the end of their line at most, and ends nothing that was begun
    before them. The exact characters are those of the data, such as ``Citation.cited_text``.

    Args:
        text: Words of a document or a person.
    """
    return _LINE.sub(lambda line: _closed(line[0]), _CONTROL.sub(_pictured, text))


def _pictured(control: re.Match[str]) -> str:
    if control[0] == _DELETE:
        return _PICTURE_OF_DELETE
    return chr(_PICTURES + ord(control[0])) if control[0] < " " else _second_set(control[0])


def _second_set(control: str) -> str:
    """Return a line end of the second set as it is."""
    return control if control == "\x85" else "\ufffd"


def _closed(line: str) -> str:
    """Return a line whose embeddings and isolates are ended in it, and that ends no others."""
    begun: list[str] = []
    parts: list[str] = []
    position = 0
    for found in _TURNING.finditer(line):
        sign = found[0]
        parts.append(line[position : found.start()])
        position = found.end()
        if sign in _EMBEDDING:
            begun.append(_END_OF_EMBEDDING)
        elif sign in _ISOLATE:
            begun.append(_END_OF_ISOLATE)
        elif sign in begun:
            # The end of an isolate ends the embeddings in it; an end of one within it, nothing.
            if sign == _END_OF_EMBEDDING and begun[-1] != sign:
                continue
            while begun.pop() != sign:
                pass
        else:
            continue
        parts.append(sign)
    return "".join([*parts, line[position:], *reversed(begun)])
