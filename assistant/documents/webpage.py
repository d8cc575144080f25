"""HTML: the main text of a page with its headings, lists and tables."""

from __future__ import annotations

import codecs
import datetime as dt
import re
from collections.abc import Mapping
from itertools import groupby

from assistant.documents.composing import Composer, iso_date
from assistant.documents.decoding import decode, storable
from assistant.documents.extracted import Extracted
from assistant.documents.flow import Flow
from assistant.documents.options import ReadingOptions
from assistant.documents.pageparts import Piece

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w\-]+)", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w\-]+)", re.IGNORECASE)
_HEAD_BYTES = 4096
_DATES = (
    *("article:published_time", "datepublished", "date", "dc.date", "dc.date.issued"),
    *("dcterms.date", "dcterms.created", "pubdate", "publish-date", "og:published_time"),
)
# A run of so many list items that are links and nothing else is a menu.
_LEAST_LINKS = 3
_LONGEST_LINK = 80
_SHARE_OF_ARTICLE = 0.5
_SHARE_OF_MAIN = 0.1


def read_html(data: bytes, name: str, options: ReadingOptions) -> Extracted:
    """Return the main text of a web page.

    Scripts, styles, hidden elements, forms and navigation are left out; headers, footers and runs
    of links are boilerplate. Where there is a main part or a single article, what is outside it is
    left out.

    Args:
        data: The page.
        name: The file, for errors.
        options: How files are read.

    Returns:
        Its text; the place of a block is the heading above it.

    Raises:
        EmptyDocument: It holds no characters.
        UnreadableDocument: It goes beyond a limit.
    """
    return read_markup(_decoded(data, name), name, options)


def read_markup(
    markup: str, name: str, options: ReadingOptions, *, is_xhtml: bool = False
) -> Extracted:
    """Return the main text of a page whose characters are known.

    Args:
        markup: HTML or XHTML.
        name: The file, for errors.
        options: How files are read.
        is_xhtml: Whether it is XHTML for certain.

    Returns:
        Its text; the place of a block is the heading above it.

    Raises:
        UnreadableDocument: It goes beyond a limit.
    """
    flow = Flow(options.max_nesting)
    flow.read(markup, is_xhtml or markup.lstrip().startswith("<?xml"))
    composer = Composer(name, options, by_heading=True)
    chosen = _main_of(flow.pieces)
    for piece in _with_menus(chosen):
        composer.add(piece.words, piece.kind, lead=piece.lead)
    return composer.extracted(
        title=_title(flow.title, flow.facts, chosen),
        date=_date(flow.facts),
        metadata={
            "author": flow.facts.get("author", ""),
            "lang": flow.language,
            "dir": flow.direction,
        },
    )


def _decoded(data: bytes, name: str) -> str:
    """Return a page's characters, by its own word where it is no UTF-8."""
    head = data[:_HEAD_BYTES]
    declared = _CHARSET.search(head) or _XML_CHARSET.search(head)
    if declared and not data.startswith(
        (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    ):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            try:
                return storable(data.decode(declared[1].decode("ascii"), "replace"))
            except LookupError:
                pass
    return decode(data, name)


def _main_of(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces of the main part or the only article; all where there is none."""
    total = sum(len(piece.words) for piece in pieces) or 1
    main = [piece for piece in pieces if piece.is_main]
    if sum(len(piece.words) for piece in main) >= _SHARE_OF_MAIN * total:
        return main
    if len({piece.article for piece in pieces} - {0}) == 1:
        article = [piece for piece in pieces if piece.article]
        if sum(len(piece.words) for piece in article) >= _SHARE_OF_ARTICLE * total:
            return article
    return pieces


def _with_menus(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces, runs of items that are nothing but links as boilerplate."""
    found: list[Piece] = []
    for is_link, group in groupby(pieces, key=_is_link):
        run = list(group)
        is_menu = is_link and len(run) >= _LEAST_LINKS
        found += [piece.as_boilerplate() for piece in run] if is_menu else run
    return found


def _is_link(piece: Piece) -> bool:
    return piece.kind == "item" and piece.is_linked and len(piece.words) <= _LONGEST_LINK


def _title(title: str, facts: Mapping[str, str], pieces: list[Piece]) -> str:
    """Return a page's title, without the name of the site where its first heading is in it."""
    heading = next((piece.words for piece in pieces if piece.level == 1), "")
    title = " ".join(title.split()) or facts.get("og:title", "")
    return heading if heading and " ".join(heading.split()) in title else title


def _date(facts: Mapping[str, str]) -> dt.date | None:
    return next(filter(None, (iso_date(facts.get(key, "")) for key in _DATES)), None)
