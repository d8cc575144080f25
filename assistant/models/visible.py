"""The part of a model's words that is meant to be read."""

from __future__ import annotations

import re

_OPENING = "<think>"
_MARK = re.compile("</?think>")
_BEGINNING_OF_A_MARK = re.compile(r"</?t?h?i?n?k?\Z")


class Visible:
    """Leaves out what stands between ``<think>`` and ``</think>``, however the text is cut.

    Local models think aloud before they answer, many of them between these marks. White space at
    the beginning and behind a mark is left out too.
    """

    def __init__(self) -> None:
        self._held = ""
        self._is_thinking = False
        self._strips = True

    def feed(self, piece: str) -> str:
        """Return what one more piece lets be read for certain; it may be nothing."""
        text = self._held + piece
        shown, start = [], 0
        for mark in _MARK.finditer(text):
            shown.append(self._read(text[start : mark.start()]))
            start = mark.end()
            self._is_thinking = mark[0] == _OPENING
            self._strips = True
        held = _BEGINNING_OF_A_MARK.search(text, start)
        end = held.start() if held else len(text)
        self._held = text[end:]
        shown.append(self._read(text[start:end]))
        return "".join(shown)

    def end(self) -> str:
        """Return what was held back, since it might have become a mark."""
        held, self._held = self._held, ""
        return self._read(held)

    def _read(self, text: str) -> str:
        if self._is_thinking:
            return ""
        text = text.lstrip() if self._strips else text
        self._strips = self._strips and not text
        return text
