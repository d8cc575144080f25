"""The words of a paragraph: its lines in logical order, joined."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from assistant.documents.pdf.bidi import Surroundings
from assistant.documents.pdf.inverse import Ordered, Run, ordered
from assistant.documents.pdf.line import Line
from assistant.documents.pdf.paragraphs import Paragraph
from assistant.language import stem, stop_words
from assistant.lexicon.frequencies import passage_rate

_SOFT_HYPHEN = "\u00ad"
_HYPHENATED = re.compile("(?<![^\\W\\d_])([^\\W\\d_]{2,})[-\u2010]$")
_WORD_START = re.compile("[a-z\u00df-\u00f6\u00f8-\u00ff]+")
# Lines are broken behind these inside what is written without a space.
_BREAKS_INSIDE = re.compile("\\S[-/\u2010\u2013\u2014]$|[(\\[{\u00ab\u2039\u201c]$|(?:^| )[\"']$")
# Parts that are words too, but seldom stand in front of or behind a hyphen of their own.
_PREFIXES = frozenset(
    "con counter de dis en in inter over per pre pro re sub super un under".split()
)
_SUFFIXES = frozenset("able ate ed er est ful ing ings ion less ly ment ness ship state".split())
_LONG = 4
_LONGEST_WORD = 100
_SPACES = re.compile("\\s+")


@dataclass(frozen=True, slots=True)
class Worded:
    """A paragraph in logical order.

    Attributes:
        text: Its text, normalised (NFC), one space between words.
        lines: How many lines it was.
        unproven: How many of them, laid out forward, do not look as they were found.
        starts: Where in the text each line begins.
        runs: How the glyphs of each line stand in the text.
    """

    text: str
    lines: int
    unproven: int
    starts: tuple[int, ...]
    runs: tuple[tuple[Run, ...], ...]


def worded(paragraph: Paragraph, *, by_word: bool) -> Worded:
    """Return a paragraph's text.

    Args:
        paragraph: The paragraph.
        by_word: Whether its producer orders each word by itself.
    """
    base = int(paragraph.rtl)
    before = "b"
    text = ""
    starts: list[int] = []
    runs: list[tuple[Run, ...]] = []
    unproven = 0
    lines = paragraph.lines
    for index, line in enumerate(lines):
        after = _first_kind(lines[index + 1], base) if index + 1 < len(lines) else "b"
        around = Surroundings(base, before, after, by_word)
        found: Ordered = ordered(line.texts, around)
        before = found.last
        unproven += not found.is_proven
        piece = tidy(found.text)
        text = _joined(text, piece, had_space=lines[index - 1].ends_in_space(rtl=paragraph.rtl))
        starts.append(len(text) - len(piece))
        runs.append(found.runs)
    return Worded(text, len(lines), unproven, tuple(starts), tuple(runs))


def tidy(text: str) -> str:
    """Return a line's text as it is stored: normalised (NFC), one space between words."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def _first_kind(line: Line, base: int) -> str:
    """Return the class of a line's first letter or number in reading order."""
    kinds = reversed(line.kinds) if base else line.kinds
    return next((kind for kind in kinds if kind in "rl12"), "b")


def _joined(text: str, piece: str, *, had_space: bool) -> str:
    """Return a text with a further line; a word that was parted at its end is whole again."""
    if not text:
        return piece
    if text.endswith(_SOFT_HYPHEN):
        return text.rstrip(_SOFT_HYPHEN) + piece
    if had_space:
        return f"{text} {piece}"
    near = max(0, len(text) - _LONGEST_WORD)  # a paragraph may be long, and has many lines
    hyphenated, start = _HYPHENATED.search(text, near), _WORD_START.match(piece)
    if hyphenated and start:
        is_parted = _is_parted(hyphenated[1], start[0])
        return (text[:-1] if is_parted else text) + piece
    return text + piece if _BREAKS_INSIDE.search(text, near) else f"{text} {piece}"


def _is_parted(first: str, rest: str) -> bool:
    """Return whether a hyphen stands there only because the line ended."""
    if _is_word(first + rest) or first.lower() in _PREFIXES or rest in _SUFFIXES:
        return True
    return not _is_word(rest) or (len(first) >= _LONG and not _is_word(first))


def _is_word(letters: str) -> bool:
    word = letters.lower()
    return word in stop_words() or passage_rate(stem(word)) > passage_rate("\x00")
