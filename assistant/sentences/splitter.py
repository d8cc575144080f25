"""Sentences as spans of the untouched text, for Arabic, English and both in one line."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise

from assistant.schema import Span
from assistant.sentences.abbreviations import ARABIC_CONTINUATIONS, ARABIC_QUESTION_STARTERS
from assistant.sentences.fullstops import full_stop_ends, joined_words_end

LONGEST_SENTENCE = 1200
_LONG_CLAUSE = 60
_LOOK_BACK = 64
_SEMICOLON = "\u061b"

# Marks of direction and zero-width characters: seen by nobody, and no words.
_INVISIBLE = "\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
# A run of terminators, then what belongs to the ended sentence: closing quotes and brackets,
# Markdown's emphasis, a footnote's mark.
_END = re.compile(
    "(?P<mark>[.!?\u061f\u06d4\u2026]+|\u061b)"
    "(?P<closers>(?:[\"'\u201d\u2019)\\]*_\u00bb]|[ \u00a0\u202f]\u00bb)*(?:\\[[0-9]{1,3}\\])*"
    f"(?:(?<=[a-z]\\.)[0-9]{{1,3}}(?= +[A-Z]))?)[{_INVISIBLE}]*"
)
_OPENING = re.compile('[\u00ab\u201c\u2018"(\\[]')
# Quotations and parentheses of up to 240 characters, by their opening; one level of nesting.
_WHOLE_QUOTE = {
    "\u00ab": re.compile(
        "\u00ab[^\u00ab\u00bb]{0,238}(?:\u00ab[^\u00ab\u00bb]{0,200}\u00bb[^\u00ab\u00bb]{0,200})?\u00bb"
    ),
    "\u201c": re.compile("\u201c[^\u201c\u201d]{0,238}\u201d"),
    "\u2018": re.compile("\u2018[^\u2018\u2019]{0,238}\u2019"),
    '"': re.compile('(?<!\\w)"(?=\\S)[^"]{0,238}(?<=\\S)"(?!\\w)'),
    "(": re.compile("\\([^()]{0,238}(?:\\([^()]{0,200}\\)[^()]{0,200})?\\)"),
    "[": re.compile("\\[[^\\[\\]]{0,238}\\]"),
}
_LONGEST_WHOLE_QUOTE = 240
_CLOSING_QUOTES = frozenset("\"'\u201d\u2019\u00bb")
_NEXT_WORD = re.compile("[^\\w]{0,64}?([^\\W_]+)")
_CAMEL_BRAND = re.compile("[a-z][A-Z]")
_WORD_CHARACTER = re.compile("\\w")
_NOT_SPACE = re.compile("\\S")
_CLAUSE_END = re.compile("[.!?\u061f\u06d4\u2026\u061b]")
_CLAUSE_SIGNS = "\u061b;\u060c,"


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Return the sentences of one block of a text.

    Line ends inside the block are soft wraps. The spans are in order, do not overlap, hold no
    white space at their edges, and together hold every other character of the block. A quotation
    or parenthesis of up to 240 characters is kept whole. A sentence of more than 1,200 characters
    is broken at a comma or a space, so that a text without full stops can be cited too.

    Args:
        text: The text that the block is part of.
        start: First code point of the block.
        end: One past its last code point; the text's end by default.

    Returns:
        The sentences' spans in the text.
    """
    stop = len(text) if end is None else end
    # White space around the block must not make its first and last clause longer.
    start = _skip_spaces(text, start, stop)
    stop = start + len(text[start:stop].rstrip())
    quotes = _whole_quotes(text, start, stop)
    quote_starts = [quote.start for quote in quotes]
    cuts = [start]
    for match in _END.finditer(text, start, stop):
        index = bisect_right(quote_starts, match.start()) - 1
        is_quoted = index >= 0 and match.start() < quotes[index].end
        if is_quoted and _goes_on(text, match, quotes[index], cuts[-1]):
            continue
        if _ends(text, match, cuts[-1], stop):
            cuts.append(match.end())
    cuts.append(stop)
    spans: list[Span] = []
    for left, right in pairwise(cuts):
        spans += _broken(text, left, right)
    return spans


def _whole_quotes(text: str, start: int, stop: int) -> list[Span]:
    """Return the quotations and parentheses that are kept whole, in order, the outermost only."""
    quotes: list[Span] = []
    for opening in _OPENING.finditer(text, start, stop):
        if quotes and opening.start() < quotes[-1].end:
            continue
        match = _WHOLE_QUOTE[opening.group()].match(text, opening.start(), stop)
        if match and match.end() - match.start() <= _LONGEST_WHOLE_QUOTE:
            quotes.append(Span(*match.span()))
    return quotes


def _goes_on(text: str, match: re.Match[str], quote: Span, start: int) -> bool:
    """Return whether the sentence goes on behind a terminator in a quotation or parenthesis."""
    if match.end() < quote.end:
        return True
    before = text[max(start, quote.start - _LOOK_BACK) : quote.start]
    return text[quote.start] in "([" and not before.isspace() and before != ""


def _ends(text: str, match: re.Match[str], start: int, stop: int) -> bool:
    """Return whether a candidate ends the sentence that began at ``start``."""
    end = match.end()
    if not _WORD_CHARACTER.search(text, max(start, match.start() - _LOOK_BACK), match.start()):
        return False
    mark = match["mark"]
    if mark == _SEMICOLON:
        return _joins_long_clauses(text, start, match.start(), stop)
    following = _NEXT_WORD.match(text, end, stop)
    if following is None:
        # Nothing follows, or nothing but signs: they belong to this sentence.
        return _NOT_SPACE.search(text, end, stop) is None
    if not text[end].isspace() and end == match.end("mark"):
        return joined_words_end(text, start, match.start(), end)
    return _next_word_begins(text, match, start, following)


def _next_word_begins(
    text: str, match: re.Match[str], start: int, following: re.Match[str]
) -> bool:
    """Return whether the word behind a candidate begins a sentence."""
    mark, word = match["mark"], following.group(1)
    if word[0].islower() and not _CAMEL_BRAND.match(word):
        return False
    if word in ARABIC_CONTINUATIONS and not _CLOSING_QUOTES.isdisjoint(match["closers"]):
        return False
    if mark == "\u2026" or mark.endswith(".."):
        return word[0].isupper() or word in ARABIC_QUESTION_STARTERS
    if mark == ".":
        return full_stop_ends(text, start, match.start(), following)
    return True


def _joins_long_clauses(text: str, start: int, semicolon: int, stop: int) -> bool:
    """Return whether both clauses beside an Arabic semicolon are long enough to stand alone."""
    before = semicolon - _LONG_CLAUSE
    if before < start or text.find(_SEMICOLON, before, semicolon) >= 0:
        return False
    after = semicolon + 1 + _LONG_CLAUSE
    return after <= stop and not _CLAUSE_END.search(text, semicolon + 1, after)


def _broken(text: str, start: int, end: int) -> list[Span]:
    """Return a sentence without the white space around it, in pieces if it is too long."""
    pieces: list[Span] = []
    end = start + len(text[start:end].rstrip())
    while True:
        start = _skip_spaces(text, start, end)
        if start >= end:
            return pieces
        cut = end if end - start <= LONGEST_SENTENCE else _soft_break(text, start)
        pieces.append(Span(start, start + len(text[start:cut].rstrip())))
        start = cut


def _skip_spaces(text: str, start: int, end: int) -> int:
    found = _NOT_SPACE.search(text, start, end)
    return found.start() if found else end


def _soft_break(text: str, start: int) -> int:
    """Return where to break a sentence that is too long: after a comma, else after a space."""
    half, limit = start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE
    for signs in (_CLAUSE_SIGNS, " \n\t"):
        cut = max(text.rfind(sign, half, limit) for sign in signs)
        if cut >= 0:
            return cut + 1
    return limit
