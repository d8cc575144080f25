"""A PDF to text and blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.documents.decoding import storable
from assistant.documents.extracted import Extracted
from assistant.documents.options import DEFAULT_OPTIONS, ReadingOptions
from assistant.documents.pdf.about import own_title
from assistant.documents.pdf.blocks import Piece, composed
from assistant.documents.pdf.brackets import set_right
from assistant.documents.pdf.kashidas import drop_kashidas
from assistant.documents.pdf.opening import opened
from assistant.documents.pdf.pages import Pages, read_pages
from assistant.documents.pdf.paragraphs import Paragraph, paragraphs_of
from assistant.documents.pdf.quality import quality_of
from assistant.documents.pdf.running import split_running
from assistant.documents.pdf.wording import Worded, worded
from assistant.errors import EmptyDocument
from assistant.schema import Block

# Programs that put each word of a line in order by itself.
_BY_WORD = ("xdvipdfmx", "xetex")


_OCR_HINT = (
    "Install Tesseract with the languages ara and eng and set SANAD_OCR=true to have them read."
)


def read_pdf(data: bytes, name: str, options: ReadingOptions = DEFAULT_OPTIONS) -> Extracted:
    """Return the text of a PDF in logical order, with its blocks.

    Args:
        data: The whole file.
        name: Its path or name, for errors.
        options: How files are read.

    Returns:
        Its paragraphs, each with its pages as its place. Heads, feet and page numbers stand at the
        end, each once, as boilerplate. The metadata hold ``pages``, how many there are, and, where
        there are such, ``scanned`` (pages that are pictures), ``broken`` and ``unproven`` (lines).

    Raises:
        UnreadableDocument: It is damaged, protected, without pages, or too long.
        EmptyDocument: There is no text in it.
    """
    with opened(data, name, options.max_pages) as document:
        facts = document.get_metadata_dict()
        pages = read_pages(document)
    maker = f"{facts.get('Producer', '')} {facts.get('Creator', '')}".lower()
    lines = [line for page in pages.lines for line in page]
    set_right(lines, rtl=pages.rtl)
    drop_kashidas(lines)
    kept, running = split_running(pages.lines)
    paragraphs = paragraphs_of(kept)
    by_word = any(mark in maker for mark in _BY_WORD)
    texts = [worded(paragraph, by_word=by_word) for paragraph in paragraphs]
    pieces = list(map(_piece, paragraphs, texts))
    pieces += [
        Piece(worded(one, by_word=by_word).text, one.lines[0].page, one.lines[0].page, 0.0, True)
        for one in (Paragraph((line,), pages.rtl) for line in running)
    ]
    text, blocks = composed(pieces)
    if not text:
        raise _empty(pages, name)
    return Extracted(
        text=storable(text),
        blocks=blocks,
        title=own_title(facts, name) or _first_heading(text, blocks),
        quality=quality_of(pages, texts, 0),
        metadata=_metadata(pages, texts, facts),
    )


def _piece(paragraph: Paragraph, worded: Worded) -> Piece:
    lines = paragraph.lines
    return Piece(worded.text, lines[0].page, lines[-1].page, paragraph.size)


def _first_heading(text: str, blocks: Sequence[Block]) -> str:
    return next((text[b.start : b.end] for b in blocks if b.kind == "heading"), "")


def _metadata(pages: Pages, texts: Sequence[Worded], facts: Mapping[str, str]) -> dict[str, str]:
    unproven = sum(text.unproven for text in texts)
    found = {
        "pages": str(len(pages.lines)),
        "author": " ".join(facts.get("Author", "").split()),
        "scanned": numbers(pages.scanned),
        "ocr_hint": _OCR_HINT if pages.scanned else "",
        "broken": numbers(pages.broken),
        "unproven": str(unproven) if unproven else "",
    }
    return {key: storable(value) for key, value in found.items() if value}


def numbers(pages: Sequence[int]) -> str:
    """Return page numbers, counted from 0, as people write them: ``3, 7-9``."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][1] == page - 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ", ".join(f"{a + 1}" if a == b else f"{a + 1}-{b + 1}" for a, b in runs)


def _empty(pages: Pages, name: str) -> EmptyDocument:
    if pages.scanned:
        return EmptyDocument(
            f"{name} holds no text: its pages ({numbers(pages.scanned)}) are pictures. {_OCR_HINT}",
            name,
        )
    return EmptyDocument(f"{name} holds no text ({len(pages.lines)} pages). Leave it out.", name)
