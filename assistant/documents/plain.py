"""Plain text: blocks found by blank lines, line lengths and the look of a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.documents.extracted import Extracted
from assistant.documents.lines import (
    ENDS_SENTENCE,
    HEADING_WORDS,
    LONGEST_HEADING,
    is_byline,
    is_credit,
    is_dateline,
    is_label,
    item_start,
)
from assistant.schema import Block, BlockKind, Span

_SHORTEST_WRAP = 50
_WRAP_SHARE = 0.75
_LONGEST_CAPTION = 100
_LINES_OF_HEAD = 4


def read_plain(text: str) -> Extracted:
    """Return the blocks of a plain text.

    Lines between blank lines are one paragraph where they look wrapped at one width; else each
    line is a block.

    Args:
        text: The stored text.

    Returns:
        Its blocks. A plain text has no title of its own.
    """
    return Extracted(text=text, blocks=tuple(block_kinds(text, list(_paragraphs(text)))))


def _paragraphs(text: str) -> Iterator[Span]:
    """Yield the paragraphs and single lines of a text."""
    for group in _line_groups(text):
        if len(group) > 1 and _is_wrapped(group, text):
            yield Span(group[0].start, group[-1].end)
        else:
            yield from group


def _line_groups(text: str) -> Iterator[list[Span]]:
    """Yield runs of lines without a blank line between them, white space at the edges left out."""
    group: list[Span] = []
    last_line = -1
    for number, (start, end) in enumerate(_lines(text)):
        line = text[start:end]
        if not line.strip():
            continue
        left = start + len(line) - len(line.lstrip())
        if group and number != last_line + 1:
            yield group
            group = []
        group.append(Span(left, left + len(line.strip())))
        last_line = number
    if group:
        yield group


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for match in re.finditer("\r\n|[\r\n\f]", text):
        yield Span(start, match.start())
        start = match.end()
    yield Span(start, len(text))


def _is_wrapped(group: list[Span], text: str) -> bool:
    """Return whether all lines but the last reach about the same right edge."""
    lengths = [line.end - line.start for line in group[:-1]]
    width = max(lengths)
    last = group[-1].end - group[-1].start
    if width < _SHORTEST_WRAP or min(lengths) < _WRAP_SHARE * width or last * _WRAP_SHARE > width:
        return False
    return not any(item_start(text, line) for line in group)


def block_kinds(text: str, spans: list[Span]) -> Iterator[Block]:
    """Yield the spans of a text as blocks, with the kind that each one looks like."""
    for index, span in enumerate(spans):
        kind = _kind(text, spans, index)
        start = item_start(text, span) or span.start if kind == "item" else span.start
        yield Block(start, span.end, kind)


def _kind(text: str, spans: list[Span], index: int) -> BlockKind:
    line = text[slice(*spans[index])]
    if is_dateline(line):
        return "dateline"
    if is_credit(line) or is_byline(line):
        return "boilerplate"
    if item_start(text, spans[index]):
        return "item"
    following = text[slice(*spans[index + 1])] if index + 1 < len(spans) else ""
    if not following or len(line) > _LONGEST_CAPTION:
        return "paragraph"
    if is_credit(following) and not ENDS_SENTENCE.search(line):
        return "caption"
    return "heading" if _is_heading(line, _below(text, spans, index)) else "paragraph"


def _below(text: str, spans: list[Span], index: int) -> str:
    """Return the text below a line, behind dates and authors."""
    for start, end in spans[index + 1 : index + 1 + _LINES_OF_HEAD]:
        line = text[start:end]
        if not (is_dateline(line) or is_byline(line)):
            return line
    return ""


def _is_heading(line: str, following: str) -> bool:
    is_short = len(line) <= LONGEST_HEADING and len(line.split()) <= HEADING_WORDS
    leads = len(following) > 2 * len(line)
    is_open = is_short and leads and not ENDS_SENTENCE.search(line.rstrip("*_"))
    return is_open or is_label(line, following)
