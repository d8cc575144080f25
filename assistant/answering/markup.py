"""Markdown and HTML that models dress their words in, taken off."""

from __future__ import annotations

import re

# A star between figures or between blanks multiplies.
_TIMES = r"(?<=\d)\*{1,2}(?=\d)|(?<=\s)\*(?=\s)"
_EMPHASIS = re.compile(
    rf"(?P<kept>{_TIMES})|\*{{1,3}}|(?<!\w)_{{1,3}}(?=\S)|(?<=\S)_{{1,3}}(?!\w)|`+"
)
_BLOCK = re.compile(r"</?(?:p|br|li|ul|ol|div)\b[^<>]{0,40}>", re.IGNORECASE)
_INLINE = re.compile(
    r"</?(?:b|i|u|em|strong|sup|sub|span|code|small|mark|cite)\b[^<>]{0,40}>", re.IGNORECASE
)
_LINK = re.compile(
    r"(?P<brackets>\[(?P<words>[^\[\]]{1,200})\])\((?:https?:|www\.|[#/])[^()\s]{0,300}\)"
)
_QUOTE = re.compile(r"^\s*(?:>\s?)+")
_LABEL = re.compile(
    r"^\W*(?:(?:final |short )?answer|(?:ال)?(?:جواب|إجابة))\W{0,3}[:\uff1a][*_\s]*", re.IGNORECASE
)
_WORDLESS = re.compile(r"[\W\d_]+")


def without_label(line: str) -> str:
    """Return a line without what marks a quotation or an answer at its beginning.

    Args:
        line: A line as a model wrote it, or its beginning.
    """
    return _LABEL.sub("", _QUOTE.sub("", line), count=1)


def without_markup(words: str) -> str:
    """Return words without emphasis, code marks, the tags of simple HTML, and links' addresses.

    Args:
        words: A sentence as a model wrote it.
    """
    text = _INLINE.sub("", _BLOCK.sub(" ", words))
    text = _LINK.sub(_linked, text)
    return _EMPHASIS.sub(lambda found: found["kept"] or "", text)


def _linked(found: re.Match[str]) -> str:
    """Return what a link shows; a marker keeps its brackets."""
    return found["brackets"] if _WORDLESS.fullmatch(found["words"]) else found["words"]
