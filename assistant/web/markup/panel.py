"""The source panel as HTML: a document around a cited sentence, every block in its direction."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.language.scripts import Direction, direction
from assistant.schema import Block, Document, Span, day
from assistant.strings import place_name, say
from assistant.web.markup.text import direction_or, escape, flow, isolated, path

# Of a huge document this much is sent to the browser, around the sentence.
MOST_BLOCKS = 200
MOST_CHARACTERS = 60_000
LONGEST_BLOCK = 20_000

# A line with its end.
_LINE = re.compile(r"[^\r\n]*(?:\r\n|[\r\n])|[^\r\n]+")
_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True)
class Beside:
    """What is shown beside a document's text, as HTML.

    Attributes:
        source: The path or name that is shown; that of the document where it is None.
        warning: What is to be known of its file.
        tools: What can be done with the sentence.
        picture: The page as a picture.
    """

    source: str | None = None
    warning: str = ""
    tools: str = ""
    picture: str = ""


_NOTHING_BESIDE = Beside()


def empty(language: str) -> str:
    """Return what the panel says before a marker was clicked."""
    return _note(say("page.source.empty", language))


def missing(language: str) -> str:
    """Return what the panel says where a marker's words are not in the library any more."""
    return _note(say("page.source.missing", language))


def failed(language: str) -> str:
    """Return what the panel says after an error that nobody foresaw."""
    return _note(say("page.error.unexpected", language))


def document(
    shown: Document,
    focus: Span,
    others: Sequence[Span],
    language: str,
    beside: Beside = _NOTHING_BESIDE,
) -> str:
    """Return a document with a cited range marked, and others marked more lightly.

    Args:
        shown: The document, with its text.
        focus: The range that was asked for.
        others: Further ranges that the same answer cites.
        language: Language of the interface.
        beside: What is shown beside the text.

    Returns:
        Head and text of the document; of a huge one the part around the focus.
    """
    blocks = around(shown, focus)
    default = direction(shown.text[:MOST_CHARACTERS])
    left_out = f'<p class="omitted">{escape(say("page.source.omitted", language))}</p>'
    parts: list[str] = []
    position, place, place_of_focus = 0, "", ""
    for block in blocks:
        if shown.text[position : block.start].strip():
            parts.append(left_out)
        if _names_its_place(shown.text, block):
            place = block.place
        if block.place != place and block.kind != "row":
            named = isolated(place_name(block.place, language))
            parts.append(f'<p class="place">{named}</p>' if block.place else "")
            place = block.place
        if block.start <= focus.start < block.end:
            place_of_focus = block.place
        parts.append(_block(shown.text, block, focus, others, default))
        position = block.end
    if shown.text[position:].strip():
        parts.append(left_out)
    spoken = f' lang="{shown.language}"' if shown.language in ("ar", "en") else ""
    return (
        f'<div class="document" data-version="{escape(shown.version)}"'
        f' data-range="{focus.start}-{focus.end}">'
        f"{_head(shown, place_of_focus, language, beside)}{beside.picture}"
        f'<div class="text" tabindex="0" role="region" dir="{default}"{spoken}'
        f' aria-label="{escape(say("page.source", language))}">{"".join(parts)}</div></div>'
    )


def _names_its_place(text: str, block: Block) -> bool:
    """Return whether a block is the heading that is the place of what stands beneath it."""
    words = " ".join(text[block.start : block.end].split())
    return block.kind == "heading" and words.startswith(block.place.removesuffix(" \u2026"))


def around(shown: Document, focus: Span) -> tuple[Block, ...]:
    """Return the blocks around a range: all of them, or as many as a browser takes well."""
    blocks = list(_all_blocks(shown))
    touching = [i for i, b in enumerate(blocks) if b.start < focus.end and b.end > focus.start]
    if not touching:
        return ()
    chosen = {i: _cut(blocks[i], focus) for i in touching}
    characters = sum(b.end - b.start for b in chosen.values())
    # One before, one after, and so on, so that the sentence stays in the middle.
    for distance in range(1, MOST_BLOCKS):
        for index in (touching[0] - distance, touching[-1] + distance):
            if 0 <= index < len(blocks) and characters < MOST_CHARACTERS:
                chosen[index] = _cut(blocks[index], focus)
                characters += chosen[index].end - chosen[index].start
        if len(chosen) >= min(MOST_BLOCKS, len(blocks)):
            break
    return tuple(block for _, block in sorted(chosen.items()))


def _all_blocks(shown: Document) -> Iterator[Block]:
    """Yield a document's blocks, and the text between them, which belongs to the document too.

    What stands in one line with a block, such as the ``##`` of a heading, is shown with it.
    """
    text, position = shown.text, 0
    blocks = [block for block in shown.blocks if block.end > block.start]
    limits = [block.start for block in blocks[1:]] + [len(text)]
    for block, limit in zip(blocks, limits, strict=False):
        line_start = text.rfind("\n", position, block.start) + 1
        start = _without_space(text, max(line_start, position), block.start)
        line_end = text.find("\n", block.end, limit)
        rest = text[block.end : limit if line_end < 0 else line_end].rstrip()
        yield from _between(text, position, start)
        yield Block(start, block.end + len(rest), block.kind, block.place)
        position = block.end + len(rest)
    yield from _between(text, position, len(text))


def _without_space(text: str, start: int, end: int) -> int:
    """Return where the first word between two places begins; the second where there is none."""
    return end - len(text[start:end].lstrip())


def _between(text: str, start: int, end: int) -> Iterator[Block]:
    edges = [start]
    for found in _BLANK_LINES.finditer(text, start, end):
        edges += found.span()
    edges.append(end)
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        words = text[first:last].rstrip()
        line_breaks = len(words) - len(words.lstrip("\r\n"))
        if words:
            yield Block(first + line_breaks, first + len(words))


def _cut(block: Block, focus: Span) -> Block:
    """Return a block, or of an endless one the part that is nearest to the focus."""
    if block.end - block.start <= LONGEST_BLOCK:
        return block
    nearest = min(max(focus.start, block.start), block.end)
    start = max(block.start, nearest - LONGEST_BLOCK // 2)
    end = min(block.end, max(nearest + LONGEST_BLOCK // 2, focus.end))
    return Block(start, end, block.kind, block.place)


def _head(shown: Document, place: str, language: str, beside: Beside) -> str:
    title = shown.title or shown.source
    source = shown.source if beside.source is None else beside.source
    facts = [isolated(place_name(place, language))] if place else []
    if shown.date:
        facts.append(escape(say("source.date", language, {"date": day(shown.date, language)})))
    told = f'<p class="place">{" · ".join(facts)}</p>' if facts else ""
    return (
        f"<header><h2>{isolated(title)}</h2>"
        f'<p class="where">{path(source)}</p>{told}{beside.warning}{beside.tools}'
        f'<button type="button" class="back">{escape(say("page.source.back", language))}</button>'
        "</header>"
    )


def _block(text: str, block: Block, focus: Span, others: Sequence[Span], default: Direction) -> str:
    runs = direction_or(text[block.start : block.end], default)
    tag = "h3" if block.kind == "heading" else "div"
    inner = "".join(_lines(text, block, focus, others, runs))
    # A class of its own: Gradio's boxes have the class "block".
    return f'<{tag} class="text-block {escape(block.kind)}" dir="{runs}">{inner}</{tag}>'


def _lines(
    text: str, block: Block, focus: Span, others: Sequence[Span], runs: Direction
) -> Iterator[str]:
    """Yield a block's text; line by line where a line runs against the block."""
    lines = [Block(*found.span()) for found in _LINE.finditer(text, block.start, block.end)]
    directions = [direction_or(text[line.start : line.end], runs) for line in lines]
    if set(directions) <= {runs}:
        yield from _ranges(text, block, focus, others)
        return
    for line, own in zip(lines, directions, strict=True):
        words = "".join(_ranges(text, line, focus, others))
        yield f'<bdi class="line" dir="{own}">{words}</bdi>'


def _ranges(text: str, block: Block, focus: Span, others: Sequence[Span]) -> Iterator[str]:
    """Yield a block's text, cut where a mark begins or ends."""
    whole = Span(block.start, block.end)
    main, *rest = (_inside(span, whole) for span in (focus, *others))
    edges = {edge for span in (whole, main, *rest) for edge in span}
    # The focus is one mark: nothing else may cut it.
    ordered = sorted(edge for edge in edges if not main.start < edge < main.end)
    for start, end in pairwise(ordered):
        words = flow(text[start:end])
        if main.start <= start < main.end:
            yield f'<mark class="focus">{words}</mark>'
        elif any(span.start <= start < span.end for span in rest):
            yield f'<mark class="also">{words}</mark>'
        else:
            yield words


def _inside(span: Span, whole: Span) -> Span:
    """Return the part of a span that lies in another one; an empty one at its edge if none does."""
    start = min(max(span.start, whole.start), whole.end)
    return Span(start, min(max(span.end, start), whole.end))


def _note(text: str) -> str:
    return f'<p class="empty" dir="{direction(text)}">{escape(text)}</p>'
