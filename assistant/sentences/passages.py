"""Passages: runs of whole sentences, sized for retrieval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.schema import Block, PassageSpan, Span
from assistant.sentences.splitter import sentence_spans

# Measured on paragraphs of news and encyclopedia articles; see DECISIONS.md.
PASSAGE_CHARACTERS = 1200
_SHORT_PASSAGE = 400

# Kept in the text and shown, but no statements that could answer a question.
_NOT_STATEMENTS = frozenset(("boilerplate", "caption", "dateline", "heading"))


def passage_spans(
    text: str, blocks: Sequence[Block], longest: int = PASSAGE_CHARACTERS
) -> list[PassageSpan]:
    """Return the passages of a document, in order.

    A paragraph is a passage. A longer one is cut between sentences into even parts, short ones
    are put together, and a heading goes with what stands beneath it.

    Args:
        text: The document's stored text.
        blocks: Its blocks, in order.
        longest: Aimed-at length in characters; a single longer sentence is a passage alone.

    Returns:
        The passages. Their sentences are the document's statements: headings, captions, datelines
        and boilerplate are not among them, unless the document has nothing else.
    """
    passages: list[PassageSpan] = []
    for begins_section, unit in _units(text, blocks, longest):
        last = passages[-1] if passages else unit
        is_short = min(last.end - last.start, unit.end - unit.start) < _SHORT_PASSAGE
        if passages and is_short and not begins_section and unit.end - last.start <= longest:
            passages[-1] = PassageSpan(last.start, unit.end, last.sentences + unit.sentences)
        else:
            passages.append(unit)
    if not passages and blocks:
        everything = [Block(b.start, b.end, "paragraph", b.place) for b in blocks]
        return passage_spans(text, everything, longest) if _has_statements(everything, text) else []
    return passages


def _has_statements(blocks: Sequence[Block], text: str) -> bool:
    return any(text[block.start : block.end].strip() for block in blocks)


def _units(text: str, blocks: Sequence[Block], longest: int) -> Iterator[tuple[bool, PassageSpan]]:
    """Yield paragraphs or their parts, and whether each stands first beneath a heading."""
    heading: int | None = None
    for block in blocks:
        if block.kind == "heading" and heading is None:
            heading = block.start
        if block.kind in _NOT_STATEMENTS:
            continue
        for part in _even_parts(_sentences(text, block), longest):
            is_near = heading is not None and part[-1].end - heading <= longest
            start = heading if heading is not None and is_near else part[0].start
            yield heading is not None, PassageSpan(start, part[-1].end, tuple(part))
            heading = None


def _sentences(text: str, block: Block) -> list[Span]:
    """Return a block's sentences; a short row of a table is one, whatever its cells hold."""
    start, end = block.start, block.end
    if block.kind == "row" and end - start <= _SHORT_PASSAGE and not text[start:end].isspace():
        left = start + len(text[start:end]) - len(text[start:end].lstrip())
        return [Span(left, start + len(text[start:end].rstrip()))] if left < end else []
    return sentence_spans(text, start, end)


def _even_parts(sentences: list[Span], longest: int) -> Iterator[list[Span]]:
    """Yield runs of a paragraph's sentences, of about the same length, none over ``longest``."""
    if not sentences:
        return
    total = sentences[-1].end - sentences[0].start
    aim = total / -(-total // longest)
    part: list[Span] = []
    for sentence in sentences:
        if part and _length_with(part, sentence) > longest:
            yield part
            part = []
        part.append(sentence)
        if part[-1].end - part[0].start >= aim:
            yield part
            part = []
    if part:
        yield part


def _length_with(part: list[Span], sentence: Span) -> int:
    return sentence.end - part[0].start
