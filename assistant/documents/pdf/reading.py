"""A PDF to text and blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.documents.decoding import storable
from assistant.documents.extracted import Extracted
from assistant.documents.options import DEFAULT_OPTIONS, ReadingOptions
from assistant.documents.pdf.about import facts_of, own_title
from assistant.documents.pdf.blocks import Piece, composed
from assistant.documents.pdf.ocr import ScannedPage, missing, read_scans
from assistant.documents.pdf.opening import opened
from assistant.documents.pdf.pages import Pages, read_pages
from assistant.documents.pdf.piecing import pieces_of
from assistant.documents.pdf.quality import quality_of
from assistant.documents.pdf.wording import Worded
from assistant.errors import EmptyDocument
from assistant.schema import Block


def read_pdf(data: bytes, name: str, options: ReadingOptions = DEFAULT_OPTIONS) -> Extracted:
    """Return the text of a PDF in logical order, with its blocks.

    Args:
        data: The whole file.
        name: Its path or name, for errors.
        options: How files are read.

    Returns:
        Its paragraphs, each with its pages as its place. Heads, feet and page numbers stand at the
        end, each once, as boilerplate. The metadata hold ``pages``, how many there are, and, where
        there are such, ``scanned`` (pages that are pictures), ``ocr`` (those that were read),
        ``broken`` and ``unproven`` (lines).

    Raises:
        UnreadableDocument: It is damaged, protected, without pages, or too long.
        EmptyDocument: There is no text in it.
    """
    with opened(data, name, options.max_pages) as document:
        facts = facts_of(document)
        pages = read_pages(document)
        hint = _hint(pages, options)
        scans = [] if hint else list(read_scans(document, pages.scanned))
    found = pieces_of(pages, facts)
    texts = [one.worded for one in found if not one.is_running]
    pieces = _with_scans([one.piece for one in found], scans)
    text, blocks = composed(pieces)
    if not text:
        raise _empty(pages, name, hint)
    return Extracted(
        text=storable(text),
        blocks=blocks,
        title=own_title(facts, name) or _first_heading(text, blocks),
        quality=quality_of(pages, texts, scans),
        metadata=_metadata(pages, texts, facts, scans) | ({"ocr_hint": hint} if hint else {}),
    )


def _hint(pages: Pages, options: ReadingOptions) -> str:
    """Return what to do so that pages that are pictures are read; empty where they are."""
    if pages.scanned and not options.ocr:
        return (
            "Install Tesseract with the languages ara and eng and set SANAD_OCR=true to have them "
            "read."
        )
    return missing() if pages.scanned else ""


def _with_scans(pieces: list[Piece], scans: Sequence[ScannedPage]) -> list[Piece]:
    """Return the pieces with those read off pictures among them, by their pages."""
    for scan in scans:
        at = next(
            (n for n, piece in enumerate(pieces) if piece.first > scan.page or piece.is_running),
            len(pieces),
        )
        pieces[at:at] = [Piece(text, scan.page, scan.page) for text in scan.paragraphs]
    return pieces


def _first_heading(text: str, blocks: Sequence[Block]) -> str:
    return next((text[b.start : b.end] for b in blocks if b.kind == "heading"), "")


def _metadata(
    pages: Pages,
    texts: Sequence[Worded],
    facts: Mapping[str, str],
    scans: Sequence[ScannedPage],
) -> dict[str, str]:
    unproven = sum(text.unproven for text in texts)
    read = [scan.page for scan in scans if scan.paragraphs]
    found = {
        "pages": str(len(pages.lines)),
        "author": " ".join(facts.get("Author", "").split()),
        "scanned": numbers([page for page in pages.scanned if page not in read]),
        "ocr": numbers(read),
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


def _empty(pages: Pages, name: str, hint: str) -> EmptyDocument:
    if pages.scanned:
        return EmptyDocument(
            f"{name} holds no text: its pages ({numbers(pages.scanned)}) are pictures. {hint}", name
        )
    return EmptyDocument(f"{name} holds no text ({len(pages.lines)} pages). Leave it out.", name)
