"""A page of a PDF as a picture, with a box around what is cited on it."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.documents.options import DEFAULT_OPTIONS, ReadingOptions
from assistant.documents.pdf.about import facts_of
from assistant.documents.pdf.boxes import Mark, marks_of
from assistant.documents.pdf.opening import opened
from assistant.documents.pdf.png import written
from assistant.documents.pdf.stretches import Stretch, pages_of
from assistant.errors import UnreadableDocument
from assistant.schema import PageBox, PagePicture

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_MOST_DOTS = 16_000_000  # larger pictures are drawn smaller
_GRID = 1_000_000  # how finely places are counted, over the width and over the height of a page
_LEAST = 1e-4  # of the page: what is smaller can't be seen


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to show of a PDF.

    Attributes:
        stretches: The words to box.
        page: The page to show, from 0; None for the first that holds some of the words.
        height: The picture's height in pixels; less for a page that is very wide.
    """

    stretches: tuple[Stretch, ...]
    page: int | None
    height: int


def picture_of(
    data: bytes, name: str, wanted: Wanted, options: ReadingOptions = DEFAULT_OPTIONS
) -> PagePicture:
    """Return a page as a picture.

    Args:
        data: The whole file.
        name: Its path or name, for errors.
        wanted: Which page, how large, and the words to box.
        options: How files are read.

    Raises:
        UnreadableDocument: The file or the page can't be read, or there is no such page.
    """
    with opened(data, name, options.max_pages) as document:
        marks = marks_of(document, facts_of(document), wanted.stretches)
        marked = sorted({mark.page for mark in marks or ()})
        number = wanted.page
        if number is None:
            placed = (page for s in wanted.stretches for page in pages_of(s.place))
            number = min(next(iter(marked or placed), 0), len(document) - 1)
        if not 0 <= number < len(document):
            raise UnreadableDocument(
                f"{name} has no page {number + 1}: it has the pages 1 to {len(document)}.", name
            )
        page = _opened_page(document, number, name)
        try:
            here = [mark for mark in marks or () if mark.page == number]
            png, width, height = _drawn(page, wanted.height)
            return PagePicture(
                *(png, width, height),
                page=number + 1,
                pages=len(document),
                boxes=_boxes(page, here),
                marked=tuple(page + 1 for page in marked),
                is_exact=marks is not None,
            )
        finally:
            page.close()


def _opened_page(document: PdfDocument, number: int, name: str) -> PdfPage:
    from pypdfium2 import PdfiumError

    try:
        page = document[number]
    except PdfiumError as error:
        raise UnreadableDocument(
            f"Page {number + 1} of {name} can't be read: it is damaged.", name
        ) from error
    return page


def _drawn(page: PdfPage, height: int) -> tuple[bytes, int, int]:
    """Return a page as PNG, turned and cut as it says itself, and width and height in pixels."""
    across, down = (max(1.0, side) for side in page.get_size())
    scale = min(height / down, (_MOST_DOTS / (across * down)) ** 0.5)
    bitmap = page.render(scale=scale, rev_byteorder=True)
    try:
        dots = bitmap.to_numpy()
        return written(dots), dots.shape[1], dots.shape[0]
    finally:
        bitmap.close()


def _boxes(page: PdfPage, marks: Sequence[Mark]) -> tuple[PageBox, ...]:
    """Return where rectangles are seen on a page; what lies outside of it is cut off."""
    found = []
    for mark in marks:
        one, other = _seen(page, mark.left, mark.top), _seen(page, mark.right, mark.bottom)
        left, right = sorted((one[0], other[0]))
        top, bottom = sorted((one[1], other[1]))
        if right - left > _LEAST and bottom - top > _LEAST:
            found.append(PageBox(left, top, right - left, bottom - top))
    return tuple(found)


def _seen(page: PdfPage, x: float, y: float) -> tuple[float, float]:
    """Return where a point of a page's content is seen, from its left and upper edge, 0 to 1."""
    from pypdfium2 import raw

    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page.raw, 0, 0, _GRID, _GRID, 0, x, y, across, down)
    return tuple(min(1.0, max(0.0, place.value / _GRID)) for place in (across, down))  # type: ignore[return-value]  # two
