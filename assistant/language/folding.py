"""Folding for search: texts that a reader takes for the same become the same string.

Every code point is folded by itself, so each folded character has one origin and a match in
folded text leads back to the exact original characters.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

_TATWEEL = "\u0640"

# What the compatibility decomposition leaves apart though readers and writers mix it.
_SAME = {
    "\u0649": "\u064a",  # alef maksura -> yeh
    "\u0629": "\u0647",  # teh marbuta -> heh
    "\u0671": "\u0627",  # alef wasla -> alef
    "\u0672": "\u0627",
    "\u0673": "\u0627",
    "\u0675": "\u0627",
    "\u06a9": "\u0643",  # Persian keheh -> kaf
    "\u06af": "\u0643",  # gaf -> kaf
    "\u06cc": "\u064a",  # Farsi yeh -> yeh
    "\u06c1": "\u0647",  # heh goal -> heh
    "\u06d5": "\u0647",  # ae -> heh
    "\u06a4": "\u0641",  # veh -> feh
    "\u067e": "\u0628",  # peh -> beh
    "\u0686": "\u062c",  # tcheh -> jeem
    "\u0698": "\u0632",  # jeh -> zain
    "\u066b": ".",  # Arabic decimal separator
    "\u066c": ",",  # Arabic thousands separator
    "\u2019": "'",  # right single quotation mark, as an apostrophe
    "\u2018": "'",
    "\u02bc": "'",
}


class _FoldTable(dict[int, str]):
    """A table for `str.translate` that folds each code point when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        self[code] = folded
        return folded


def _fold_character(character: str) -> str:
    """Return what one character folds to: empty for marks and invisible characters."""
    kind = unicodedata.decomposition(character)
    if kind.startswith(("<super>", "<sub>")) and character.isdigit():
        return " "  # a footnote's mark or a power belongs to no number
    lowered = unicodedata.normalize("NFKD", character).casefold()
    folded = "".join(map(_fold_plain, unicodedata.normalize("NFKD", lowered)))
    if kind.startswith("<fraction>"):
        return f" {folded}"
    # A mark that stands alone is decomposed to a space and the mark.
    return "" if folded.isspace() and not character.isspace() else folded


def _fold_plain(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Cf") or character == _TATWEEL:
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(character))
    return _SAME.get(character, character)


_TABLE = _FoldTable()


def fold(text: str) -> str:
    """Return a text folded for search.

    Compatibility forms (ligatures and presentation forms among them), case, combining marks
    (tashkeel and Latin accents), tatweel, hamza seats, alef and yeh and heh variants, decimal
    digits of any script, bidirectional and zero-width characters are all evened out. Folding
    twice is folding once.

    Args:
        text: Any text.

    Returns:
        The folded text; it may be shorter or longer than the original.
    """
    return text.translate(_TABLE)


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A folded text with the way back to the original.

    Attributes:
        text: The folded text.
        origins: For each folded character the index of the original character it came from.
        length: Length of the original text in code points.
    """

    text: str
    origins: tuple[int, ...]
    length: int

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original range that a range of the folded text came from.

        Marks and invisible characters that follow the last original character belong to it.

        Args:
            start: First folded character, 0-based.
            end: One past the last folded character.

        Returns:
            Start and end in the original text, half-open; empty at the same place for an
            empty range.

        Raises:
            ValueError: The range does not lie in the folded text.
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"The range {start}:{end} is not within 0:{len(self.text)}.")
        first = self.origins[start] if start < len(self.text) else self.length
        if start == end:
            return first, first
        last = self.origins[end - 1]
        # A ligature folds to several characters of one origin: look past all of them.
        following = bisect_left(self.origins, last + 1)
        return first, self.origins[following] if following < len(self.origins) else self.length


def fold_with_map(text: str) -> FoldedText:
    """Return a text folded for search, with the origin of every folded character.

    Args:
        text: Any text.

    Returns:
        The folded text, equal to ``fold(text)``, and the way back.
    """
    pieces = [_TABLE[ord(character)] for character in text]
    origins = tuple(index for index, piece in enumerate(pieces) for _ in piece)
    return FoldedText("".join(pieces), origins, len(text))
