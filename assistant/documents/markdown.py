"""Markdown: blocks as its parser sees them, over the untouched text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.documents.composing import shortened
from assistant.documents.extracted import Extracted
from assistant.documents.lines import kind_of, with_labels
from assistant.schema import Block, BlockKind, Span

if TYPE_CHECKING:
    from markdown_it.token import Token

_LINE_END = re.compile("\r\n|\r|\n")
_NEW_LINE = "(?:\r\n|\r|\n)"
# YAML between two lines of dashes, at the file's start; its first line has a key.
_FRONT_MATTER = re.compile(
    f"---[ \t]*{_NEW_LINE}(?=[A-Za-z_][\\w-]*[ \t]*:)(.*?)"
    f"{_NEW_LINE}(?:---|\\.\\.\\.)[ \t]*(?:{_NEW_LINE}|$)",
    re.DOTALL,
)
_FIELD = re.compile(
    "^(title|date|lang|language|author)[ \t]*:[ \t]*[\"']?([^\r\n]*?)[\"']?$", re.IGNORECASE
)
_QUOTE_MARKS = "(?:[ \t]*>)*[ \t]*"
_QUOTED = re.compile(_QUOTE_MARKS)
_MARKS = re.compile(
    f"(?:{_QUOTE_MARKS}(?:#{{1,6}}(?=\\s)|(?:[-*+]|[0-9]{{1,3}}[.)])(?=\\s))"
    f"(?:[ \t]*\\[[ xX]\\](?=\\s))?)*{_QUOTE_MARKS}"
)
_UNDERLINE = re.compile("[=-]+")
_EMPHASIS = re.compile("\\*+|`+|(?<!\\w)_+|_+(?!\\w)")
# The parser leaves out what is nested deeper.
_DEEPEST = 100
_IMAGE_ONLY = re.compile("!\\[[^\\]]*\\]\\([^)]*\\)\\s*$")
_TEXT_OPENERS: dict[str, BlockKind] = {"heading_open": "heading", "paragraph_open": "paragraph"}
_WHOLE_TOKENS: dict[str, BlockKind] = {
    "fence": "boilerplate",
    "code_block": "boilerplate",
    "html_block": "boilerplate",
    "tr_open": "row",
}


def read_markdown(text: str) -> Extracted:
    """Return the blocks of a Markdown text.

    Marks of headings, items and quotes are left out of the blocks; marks inside a line stay, since
    the stored text is the file's own. Code, raw HTML and front matter are boilerplate.

    Args:
        text: The stored text.

    Returns:
        Its blocks, each with the heading above it as its place, and title and date from front
        matter; else the first heading is the title.
    """
    from markdown_it import MarkdownIt

    front = _FRONT_MATTER.match(text)
    body_start = front.end() if front else 0
    body = text[body_start:]
    tokens = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table").parse(body)
    blocks = list(_placed(text, _blocks(body, tokens), body_start))
    fields = _fields(front[1]) if front else {}
    heading = next((text[b.start : b.end] for b in blocks if b.kind == "heading"), "")
    blocks = list(with_labels(text, blocks))
    if front:
        blocks.insert(0, Block(front.start(), front.end(), "boilerplate"))
    return Extracted(
        text=text,
        blocks=tuple(blocks),
        title=fields.get("title") or _plain(heading),
        date=_iso_date(fields.get("date", "")),
        metadata={"author": fields["author"]} if fields.get("author") else {},
    )


def _placed(text: str, blocks: Iterator[Block], offset: int) -> Iterator[Block]:
    """Yield the blocks of the text from an offset on, with their places."""
    place = ""
    for block in blocks:
        start, end = block.start + offset, block.end + offset
        if block.kind == "heading":
            place = shortened(_plain(text[start:end]))
        yield Block(start, end, block.kind, place)


def _plain(heading: str) -> str:
    return " ".join(_EMPHASIS.sub("", heading).split())


def _fields(front: str) -> dict[str, str]:
    """Return the fields of front matter that are understood."""
    found = (_FIELD.match(line.rstrip(" \t")) for line in _LINE_END.split(front))
    return {match[1].casefold(): match[2] for match in found if match}


def _iso_date(value: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value[:10])
    except ValueError:
        return None


def _blocks(text: str, tokens: Sequence[Token]) -> Iterator[Block]:
    starts = [0, *(match.end() for match in _LINE_END.finditer(text)), len(text)]
    depth = 0
    for token in tokens:
        depth += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
        kind = _TEXT_OPENERS.get(token.type) or _WHOLE_TOKENS.get(token.type)
        if kind is None or token.map is None:
            continue
        first, last = token.map
        span = _trimmed(text, starts[first], starts[min(last, len(starts) - 1)], kind)
        if span.start < span.end:
            is_item = depth > 0 and kind == "paragraph"
            yield Block(span.start, span.end, "item" if is_item else _kind(text, span, kind))


def _trimmed(text: str, start: int, end: int, kind: BlockKind) -> Span:
    """Return a block's span without its marks and the white space around it."""
    marks = (_MARKS if kind in ("heading", "paragraph") else _QUOTED).match(text, start, end)
    start = marks.end() if marks else start
    piece = text[start:end].rstrip()
    if kind == "heading":
        piece = _without_heading_end(piece)
    left = start + len(piece) - len(piece.lstrip())
    return Span(left, max(left, start + len(piece)))


def _without_heading_end(piece: str) -> str:
    """Return a heading without the line beneath it and without closing number signs."""
    lines = _LINE_END.split(piece)
    if len(lines) > 1 and _UNDERLINE.fullmatch(lines[-1].strip(" \t>")):
        return piece[: len(piece) - len(lines[-1])].rstrip()
    bare = piece.rstrip("#")
    return bare.rstrip() if bare != piece and (not bare or bare[-1].isspace()) else piece


def _kind(text: str, span: Span, kind: BlockKind) -> BlockKind:
    line = text[span.start : span.end]
    if kind != "paragraph":
        return kind
    return "caption" if _IMAGE_ONLY.match(line) else kind_of(line)
