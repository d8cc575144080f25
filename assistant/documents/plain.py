"""Plain text: blocks found by blank lines, line lengths and the look of a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.documents.extracted import Extracted
from assistant.documents.lines import is_credit, is_dateline, item_start
from assistant.schema import Block, BlockKind, Span

_ENDS_SENTENCE = re.compile("[.!?:;,\u061f\u060c\u061b\u2026\u00bb\u201d\"')\\]]\\s*$")
_SHORTEST_WRAP = 50
_WRAP_SHARE = 0.75
_LONGEST_HEADING = 60
_HEADING_WORDS = 10
_LONGEST_CAPTION = 100


def read_plain(text: str) -> Extracted:
    """Return the blocks of a plain text.

    Lines between blank lines are one paragraph where they look wrapped at one width; else each
    line is a block.

    Args:
        text: The stored text.

    Returns:
        Its blocks. A plain text has no title of its own.
    """
    return Extracted(text=text, blocks=tuple(_kinds(text, list(_paragraphs(text)))))


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


def _kinds(text: str, spans: list[Span]) -> Iterator[Block]:
    for index, span in enumerate(spans):
        following = spans[index + 1] if index + 1 < len(spans) else None
        kind = _kind(text, span, following)
        start = item_start(text, span) or span.start if kind == "item" else span.start
        yield Block(start, span.end, kind)


def _kind(text: str, span: Span, following: Span | None) -> BlockKind:
    line = text[span.start : span.end]
    if is_dateline(line):
        return "dateline"
    if is_credit(line):
        return "boilerplate"
    if item_start(text, span):
        return "item"
    if following is None or len(line) > _LONGEST_CAPTION or _ENDS_SENTENCE.search(line):
        return "paragraph"
    if is_credit(text[following.start : following.end]):
        return "caption"
    is_short = len(line) <= _LONGEST_HEADING and len(line.split()) <= _HEADING_WORDS
    leads = following.end - following.start > 2 * len(line)
    return "heading" if is_short and leads else "paragraph"
