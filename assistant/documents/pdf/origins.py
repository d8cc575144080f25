"""Which glyphs of a line the characters of its text come from."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from assistant.documents.pdf.characters import MIRROR
from assistant.documents.pdf.inverse import Run
from assistant.documents.pdf.wording import tidy


def traced(texts: Sequence[str], runs: Sequence[Run]) -> tuple[str, list[int]]:
    """Return a line's text, and for each of its characters the glyph that it comes from.

    Args:
        texts: Its glyphs' texts from left to right.
        runs: How these stand in the text.

    Returns:
        The text as it is stored, and as many indices into ``texts``; none where the text, put in
        normal form (NFC), does not fall into letters with their marks.
    """
    characters: list[str] = []
    origins: list[int] = []
    for start, end, is_reversed in runs:
        for index in range(end - 1, start - 1, -1) if is_reversed else range(start, end):
            text = texts[index].translate(MIRROR) if is_reversed else texts[index]
            characters += text
            origins += [index] * len(text)
    text, found = _single_spaced(*_composed(characters, origins))
    whole = tidy("".join(characters))
    return (whole, found) if text == whole else (whole, [])


def _composed(characters: Sequence[str], origins: Sequence[int]) -> tuple[str, list[int]]:
    """Return characters in normal form: a letter and its marks come from the letter's glyph."""
    text: list[str] = []
    found: list[int] = []
    start = 0
    for end in range(1, len(characters) + 1):
        if end == len(characters) or not unicodedata.combining(characters[end]):
            letter = unicodedata.normalize("NFC", "".join(characters[start:end]))
            text.append(letter)
            found += [origins[start]] * len(letter)
            start = end
    return "".join(text), found


def _single_spaced(text: str, origins: Sequence[int]) -> tuple[str, list[int]]:
    """Return a text with one space between words and none at its ends."""
    kept: list[str] = []
    found: list[int] = []
    for character, origin in zip(text, origins, strict=True):
        is_space = character.isspace()
        if is_space and (not kept or kept[-1] == " "):
            continue
        kept.append(" " if is_space else character)
        found.append(origin)
    if kept and kept[-1] == " ":
        del kept[-1], found[-1]
    return "".join(kept), found
