"""EPUB: the chapters of a book in their order, each read as the page that it is."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote
from xml.etree.ElementTree import Element  # the type only

from assistant.documents.archives import Archive, resolved
from assistant.documents.composing import Composer, iso_date, shortened
from assistant.documents.decoding import decode
from assistant.documents.extracted import Extracted
from assistant.documents.limits import damaged
from assistant.documents.markup import Tag, pieces
from assistant.documents.options import ReadingOptions
from assistant.documents.webpage import read_markup
from assistant.documents.xmltree import attribute, child, every, local, parse_xml
from assistant.errors import EmptyDocument, UnreadableDocument

_KIND = "book"
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbncx+xml")


def read_epub(data: bytes, name: str, options: ReadingOptions) -> Extracted:
    """Return the text of a book.

    Args:
        data: The whole file.
        name: The file, for errors.
        options: How files are read.

    Returns:
        Its text; a block's place is its chapter, by the table of contents or its first heading.

    Raises:
        UnreadableDocument: It is damaged, encrypted or goes beyond a limit.
    """
    book = _Book(Archive(data, name, options), name, options)
    composer = Composer(name, options)
    chapter = ""
    for part in book.chapters():
        try:
            page = read_markup(book.text(part), name, options, is_xhtml=True)
        except EmptyDocument:
            continue
        heading = next((page.text[b.start : b.end] for b in page.blocks if b.kind == "heading"), "")
        # A part that names nothing goes on with the chapter before it.
        chapter = book.contents.get(part) or heading or chapter
        composer.include(page, shortened(chapter))
    return composer.extracted(
        book.facts.get("title", ""),
        iso_date(book.facts.get("date", "")),
        metadata={
            "author": book.facts.get("creator", ""),
            "lang": book.facts.get("language", ""),
            "skipped": ", ".join(book.missing),
        },
    )


@dataclass(frozen=True, slots=True)
class _Item:
    part: str
    media: str
    properties: str


@dataclass(slots=True)
class _Book:
    """The parts of a book."""

    archive: Archive
    name: str
    options: ReadingOptions
    facts: dict[str, str] = field(default_factory=dict)
    contents: Mapping[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def tree(self, part: str) -> Element:
        """Return the root of an XML part."""
        return parse_xml(self.archive.read(part), self.name, _KIND, self.options)

    def text(self, part: str) -> str:
        """Return the characters of a page."""
        return decode(self.archive.read(part), self.name)

    def chapters(self) -> Iterator[str]:
        """Yield the names of the pages in the order of reading, after the facts are known."""
        container = self.tree("META-INF/container.xml")
        found = next(every(container, "rootfile"), None)
        package = unquote(attribute(found, "full-path")) if found is not None else ""
        root = self.tree(package)
        items = {}
        for item in every(root, "item"):
            part = resolved(package, unquote(attribute(item, "href")))
            items[attribute(item, "id")] = _Item(
                part, attribute(item, "media-type"), attribute(item, "properties")
            )
        self._note(root)
        self._check_locked({item.part for item in items.values() if item.media in _PAGES})
        spine = child(root, "spine")
        order = [attribute(e, "idref") for e in spine] if spine is not None else []
        if not any(key in items for key in order):
            raise damaged(self.name, _KIND, "it names no pages to read")
        self.contents = self._contents(list(items.values()))
        for key in dict.fromkeys(order):  # naming a page again is an error, or means harm
            entry = items.get(key)
            if entry is None or "nav" in entry.properties.split():
                continue
            if entry.part in self.archive.names:
                yield entry.part
            else:
                self.missing.append(posixpath.basename(entry.part))

    def _note(self, root: Element) -> None:
        """Keep what the book says of itself."""
        metadata = child(root, "metadata")
        for name in ("title", "creator", "language", "date"):
            found = next(every(metadata, name), None) if metadata is not None else None
            if found is not None and found.text:
                self.facts[name] = found.text.strip()

    def _check_locked(self, pages: set[str]) -> None:
        """Raise where pages are encrypted; fonts often are, and need not be read."""
        encryption = self.tree("META-INF/encryption.xml")
        locked = {unquote(attribute(e, "URI")) for e in every(encryption, "CipherReference")}
        if locked & pages:
            raise UnreadableDocument(
                f"{self.name} can't be read: it is protected against copying (DRM). Get it without "
                "this protection from where it was bought.",
                self.name,
            )

    def _contents(self, items: list[_Item]) -> dict[str, str]:
        """Return the names of the chapters by the pages that they begin with."""
        found: dict[str, str] = {}
        for item in items:
            if "nav" in item.properties.split():
                links = self._links(item.part)
            elif item.media == "application/x-dtbncx+xml":
                links = self._points(item.part)
            else:
                continue
            for target, words in links:
                page = resolved(item.part, unquote(target.partition("#")[0]))
                if words.strip():
                    found.setdefault(page, " ".join(words.split()))
        return found

    def _links(self, part: str) -> Iterator[tuple[str, str]]:
        """Yield targets and words of the links of a table of contents in XHTML."""
        if part not in self.archive.names:
            return
        target, words = "", ""
        for piece in pieces(self.text(part), is_xhtml=True):
            if isinstance(piece, str):
                words += piece if target else ""
            elif piece.name == "a":
                if piece.is_end and target:
                    yield target, words
                target, words = ("" if piece.is_end else _target(piece)), ""

    def _points(self, part: str) -> Iterator[tuple[str, str]]:
        """Yield targets and words of the points of a table of contents of EPUB 2."""
        for point in self.tree(part).iter():
            if local(point) != "navPoint":
                continue
            label, content = child(point, "navLabel", "text"), child(point, "content")
            if label is not None and content is not None:
                yield attribute(content, "src"), label.text or ""


def _target(tag: Tag) -> str:
    return tag.attributes.get("href", "")
