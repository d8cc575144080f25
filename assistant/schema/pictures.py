"""A page of a document as a picture, with what is cited on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# Whether the file that a document was read from is still as it was, was changed, or is not there.
SourceState = Literal["same", "changed", "gone"]


@dataclass(frozen=True, slots=True)
class PageBox:
    """A rectangle on a page, in fractions of the page as it is shown, 0 to 1.

    Attributes:
        left: Its left edge, from the page's left edge.
        top: Its upper edge, from the page's upper edge.
        width: How wide it is.
        height: How high it is.
    """

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as a picture.

    Attributes:
        png: The picture, a PNG file.
        width: Its width in pixels.
        height: Its height in pixels.
        page: The page's number, from 1.
        pages: How many pages the document has.
        boxes: Where the words that were asked for stand on it, a box for each line or part of one;
            none on a page that holds none of them.
        marked: Numbers of all pages that hold some of these words, from 1.
        is_exact: Whether the boxes on the marked pages hold all these words and no others. If not,
            there are none: what stands on the page could not be matched with the stored text.
    """

    png: bytes
    width: int
    height: int
    page: int
    pages: int
    boxes: tuple[PageBox, ...]
    marked: tuple[int, ...]
    is_exact: bool
