"""Where words of the stored text stand on the pages of a PDF.

The pages around them are read once more, now with the places of their glyphs. What comes out has to
be the stored text, character for character, before any box is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from assistant.documents.pdf.blocks import place_of
from assistant.documents.pdf.line import Line
from assistant.documents.pdf.origins import traced
from assistant.documents.pdf.pages import read_pages
from assistant.documents.pdf.piecing import Found, pieces_of
from assistant.documents.pdf.places import NUMBERS_A_PLACE
from assistant.documents.pdf.stretches import Stretch, pages_of

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_AROUND = 1  # pages, for paragraphs that run over pages and for what stands on all of them
_MOST_PAGES = 200  # of a document that is read as a whole where the pages around do not suffice


class Mark(NamedTuple):
    """A rectangle on a page, numbered from 0; in points, as the page's content counts them."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


def marks_of(
    document: PdfDocument, facts: Mapping[str, str], stretches: Sequence[Stretch]
) -> list[Mark] | None:
    """Return where words stand, line by line.

    Args:
        document: The open PDF.
        facts: What its properties say.
        stretches: The words.

    Returns:
        Their rectangles, each around letters that stand side by side in one line; None where the
        file's text is not the stored one there.
    """
    pages = sorted({page for s in stretches for page in pages_of(s.place)})
    if not pages or pages[-1] >= len(document):
        return None
    around = range(max(0, pages[0] - _AROUND), min(len(document), pages[-1] + _AROUND + 1))
    for parts_running in (True, False):
        marks = _among(_read(document, facts, around, parts_running), stretches)
        if marks is not None:
            return marks
    if len(around) == len(document) or len(document) > _MOST_PAGES:
        return None
    return _among(_read(document, facts, range(len(document)), parts_running=True), stretches)


def _read(
    document: PdfDocument, facts: Mapping[str, str], numbers: range, parts_running: bool
) -> list[Found]:
    pages = read_pages(document, numbers, with_places=True)
    return pieces_of(pages, facts, parts_running=parts_running)


def _among(pieces: Sequence[Found], stretches: Sequence[Stretch]) -> list[Mark] | None:
    """Return where words stand among the paragraphs that were read; None if they do not."""
    marks: list[Mark] = []
    for stretch in stretches:
        alike = [
            found
            for found in pieces
            if found.worded.text == stretch.text
            and place_of(found.piece.first, found.piece.last) == stretch.place
        ]
        if len(alike) != stretch.count:
            return None
        inside = _inside(alike[stretch.number], stretch.start, stretch.end)
        if inside is None:
            return None
        marks += inside
    return marks


def _inside(found: Found, start: int, end: int) -> list[Mark] | None:
    """Return where characters of a paragraph stand; None where that is not known of all."""
    marks: list[Mark] = []
    text, starts = found.worded.text, (*found.worded.starts, len(found.worded.text))
    for number, line in enumerate(found.paragraph.lines):
        first, limit = starts[number], starts[number + 1]
        if limit <= start or first >= end:
            continue
        piece, origins = traced(line.texts, found.worded.runs[number])
        length = min(len(piece), limit - first)
        if len(origins) != len(piece) or text[first : first + length] != piece[:length]:
            return None
        asked = origins[max(0, start - first) : min(length, end - first)]
        marks += _rectangles(line, set(asked))
    return marks


def _rectangles(line: Line, glyphs: set[int]) -> Iterator[Mark]:
    """Yield a rectangle around each run of glyphs that stand side by side, spaces between them."""
    visible = sorted(index for index in glyphs if line.texts[index].strip())
    run: list[int] = []
    for index in visible:
        if run and any(line.texts[between].strip() for between in range(run[-1] + 1, index)):
            yield _rectangle(line, run)
            run = []
        run.append(index)
    if run:
        yield _rectangle(line, run)


def _rectangle(line: Line, run: Sequence[int]) -> Mark:
    places = [line.places[NUMBERS_A_PLACE * i : NUMBERS_A_PLACE * (i + 1)] for i in run]
    lefts, bottoms, rights, tops = zip(*places, strict=True)
    return Mark(line.page, min(lefts), min(bottoms), max(rights), max(tops))
