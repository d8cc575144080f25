"""The pages of an open PDF, as lines; and which of them are pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from assistant.documents.pdf.columns import page_lines
from assistant.documents.pdf.encodings import FontTexts
from assistant.documents.pdf.glyphs import PageReader
from assistant.documents.pdf.line import Line
from assistant.documents.pdf.lines import attach_marks
from assistant.documents.pdf.native import native
from assistant.documents.pdf.places import places_of
from assistant.documents.pdf.turned import TurnedNative, turns_of
from assistant.language.scripts import script_counts

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

_Opened: TypeAlias = "tuple[PdfPage, PdfTextPage] | None"
_SAMPLE_PAGES = 3
_COVERED = 0.3  # of a page: a smaller picture is no scan of it
_LEAST_LETTERS = 10


@dataclass(slots=True)
class Pages:
    """What the pages of a document hold.

    Attributes:
        lines: The lines of each page, in reading order.
        scanned: Numbers, from 0, of the pages that are pictures without text.
        broken: Numbers of the pages that can't be read.
        letters: How many glyphs there are.
        unknown: How many of them stand for no known character.
        rtl: Whether most of the text runs from right to left.
    """

    lines: list[list[Line]] = field(default_factory=list)
    scanned: list[int] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    letters: int = 0
    unknown: int = 0
    rtl: bool = False


def read_pages(
    document: PdfDocument, numbers: Sequence[int] | None = None, *, with_places: bool = False
) -> Pages:
    """Return what the pages of an open PDF hold.

    Args:
        document: The PDF.
        numbers: Which pages, from 0; None for all.
        with_places: Whether to keep where each glyph is drawn.
    """
    step = max(1, -(-len(document) // _SAMPLE_PAGES))
    with ExitStack() as kept:  # opening a page takes long: some are looked at before they are read
        sample = {
            number: kept.enter_context(_text_of(document, number))
            for number in range(0, len(document), step)
        }
        pages = Pages(rtl=_is_rtl(sample.values()))
        texts = FontTexts(native(), document)
        for number in range(len(document)) if numbers is None else numbers:
            lines: list[Line] = []
            with (
                nullcontext(sample[number])
                if number in sample
                else _text_of(document, number) as opened
            ):
                if opened is None:
                    pages.broken.append(number)
                else:
                    lines = _lines(*opened, pages, number, texts, with_places=with_places)
            pages.lines.append(lines)
    return pages


def _lines(
    page: PdfPage,
    text_page: PdfTextPage,
    pages: Pages,
    number: int,
    texts: FontTexts,
    *,
    with_places: bool,
) -> list[Line]:
    width, height = page.get_size()
    functions, handle = native(), handle_of(page.raw)
    turns = turns_of(functions, handle)
    if turns:
        functions = TurnedNative(functions, turns)
    text = handle_of(text_page.raw)
    reader = PageReader(functions, handle, text, width * height, texts, with_ink=with_places)
    found = reader.read()
    letters = sum(glyph.text != " " for glyph in found.glyphs)
    pages.letters += letters
    pages.unknown += found.unknown
    if letters < _LEAST_LETTERS and found.images > _COVERED:
        pages.scanned.append(number)
    lines = page_lines(attach_marks(found.glyphs), rtl=pages.rtl)
    for line in lines:
        line.page = number
        line.places = places_of(line.glyphs, turns) if with_places else ()
        line.glyphs = ()
    return lines


def handle_of(pointer: object) -> int:
    """Return a pointer of the bindings as a plain integer."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0  # type: ignore[arg-type]  # a ctypes pointer


@contextmanager
def _text_of(document: PdfDocument, number: int) -> Iterator[_Opened]:
    """Give an open page and its text; None where it is damaged."""
    from pypdfium2 import PdfiumError

    page = text_page = None
    try:
        page = document[number]
        text_page = page.get_textpage()
    except PdfiumError:
        text_page = None
    try:
        yield (page, text_page) if page is not None and text_page is not None else None
    finally:
        if text_page is not None:
            text_page.close()
        if page is not None:
            page.close()


def _is_rtl(sample: Iterable[_Opened]) -> bool:
    """Return whether most letters of some pages run from right to left."""
    arabic = latin = 0
    for opened in sample:
        if opened is not None:
            more = script_counts(opened[1].get_text_range(errors="ignore"))
            arabic, latin = arabic + more[0], latin + more[1]
    return arabic > latin
