"""ODT: headings, paragraphs, lists, tables and notes in order, tracked changes accepted."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element  # the type only

from assistant.documents.archives import Archive, locked
from assistant.documents.composing import Composer
from assistant.documents.extracted import Extracted
from assistant.documents.limits import damaged
from assistant.documents.office import made_on
from assistant.documents.openstyles import OpenStyles
from assistant.documents.options import ReadingOptions
from assistant.documents.pageparts import Cell, Piece, Table, blocks_of, span_of
from assistant.documents.xmltree import attribute, child, every, local, parse_xml

_KIND = "OpenDocument text"
_LEFT_OUT = frozenset(
    """
    tracked-changes annotation annotation-end change change-start change-end forms sequence-decls
    variable-decls user-field-decls hidden-text hidden-paragraph ruby-text title desc
    event-listeners
    """.split()
)
_INDEXES = frozenset(
    """
    table-of-content illustration-index table-index object-index user-index alphabetical-index
    bibliography
    """.split()
)
_BULLET = "\u2022 "
_MOST_SPACES = 200


def read_odt(data: bytes, name: str, options: ReadingOptions) -> Extracted:
    """Return the text of an OpenDocument text.

    Deleted text is out and inserted text is in; hidden text, headers, footers, comments and macros
    are left out. A footnote's mark stands as ``[1]``, its text at the end.

    Args:
        data: The whole file.
        name: The file, for errors.
        options: How files are read.

    Returns:
        Its text; the place of a block is the heading above it, or its footnote's number.

    Raises:
        UnreadableDocument: It is damaged, has a password or goes beyond a limit.
    """
    archive = Archive(data, name, options)

    def tree(part: str) -> Element:
        return parse_xml(archive.read(part), name, _KIND, options)

    if any(True for _ in every(tree("META-INF/manifest.xml"), "encryption-data")):
        raise locked(name)
    root = tree("content.xml")
    body = child(root, "body", "text")
    if body is None:
        raise damaged(name, _KIND, "its body is missing")
    reading = _Reading(OpenStyles(tree("styles.xml"), root))
    composer = Composer(name, options, by_heading=True)
    for piece in reading.pieces(body):
        composer.add(piece.words, piece.kind, lead=piece.lead)
    for number, words in reading.notes():
        composer.add(words, "paragraph", f"footnote {number}", lead=f"[{number}] ")
    facts = child(tree("meta.xml"), "meta")
    return composer.extracted(
        _text(facts, "title"),
        made=made_on(_text(facts, "creation-date"), _text(facts, "date")),
        metadata={
            "author": _text(facts, "initial-creator") or _text(facts, "creator"),
            "lang": _text(facts, "language"),
        },
    )


def _text(element: Element | None, name: str) -> str:
    found = child(element, name)
    return (found.text or "").strip() if found is not None else ""


class _Reading:
    """Reads the body of one document."""

    def __init__(self, styles: OpenStyles) -> None:
        self._styles = styles
        self._notes: list[Element] = []

    def pieces(self, container: Element) -> Iterator[Piece]:
        """Yield the blocks of a body, a section, a cell or a text box."""
        for element in container:
            tag = local(element)
            if tag == "p":
                yield from self._paragraph(element)
            elif tag == "h":
                yield from self._block(element, Piece("", "heading", level=1))
            elif tag == "list":
                yield from self._list(element, attribute(element, "style-name"), 1)
            elif tag == "table":
                yield from blocks_of(self._table(element))
            elif tag in _INDEXES:
                yield from (piece.as_boilerplate() for piece in self.pieces(element))
            elif tag not in _LEFT_OUT and attribute(element, "display") != "none":
                yield from self.pieces(element)

    def _paragraph(self, element: Element) -> Iterator[Piece]:
        kind = self._styles.kind(attribute(element, "style-name"))
        yield from self._block(element, Piece("", kind))

    def _block(self, element: Element, look: Piece) -> Iterator[Piece]:
        """Yield the block of an element that holds words, and what the text boxes in it hold."""
        if self._is_hidden(element):
            return
        boxes: list[Element] = []
        words = "".join(self._words(element, boxes))
        if words.strip():
            yield Piece(words, look.kind, look.lead, look.level)
        for box in boxes:
            yield from self.pieces(box)

    def _list(self, element: Element, style: str, level: int) -> Iterator[Piece]:
        number = self._styles.first_number(style, level)
        for item in element:
            if local(item) not in ("list-item", "list-header"):
                continue
            lead = _BULLET if number is None else f"{number}. "
            is_first = local(item) == "list-item"
            for inner in item:
                tag = local(inner)
                if tag == "list":
                    yield from self._list(inner, attribute(inner, "style-name") or style, level + 1)
                elif tag == "p":
                    yield from self._item(inner, lead if is_first else "")
                    is_first = False
                elif tag == "h":
                    yield from self._block(inner, Piece("", "heading", level=1))
            number = None if number is None else number + 1

    def _item(self, element: Element, lead: str) -> Iterator[Piece]:
        kind = self._styles.kind(attribute(element, "style-name"))
        yield from self._block(element, Piece("", "item" if kind == "paragraph" else kind, lead))

    def _words(self, element: Element, boxes: list[Element]) -> Iterator[str]:
        """Yield the words in an element; text boxes are only collected."""
        yield element.text or ""
        for inner in element:
            tag = local(inner)
            if tag == "s":
                yield " " * min(_MOST_SPACES, int(_digits(attribute(inner, "c")) or 1))
            elif tag in ("tab", "line-break"):
                yield "\t" if tag == "tab" else "\n"
            elif tag == "note":
                self._notes.append(inner)
                yield f"[{len(self._notes)}]"
            elif tag == "text-box":
                boxes.append(inner)
            elif tag not in _LEFT_OUT and not self._is_hidden(inner):
                yield from self._words(inner, boxes)
            yield inner.tail or ""

    def _is_hidden(self, element: Element) -> bool:
        return self._styles.is_hidden(attribute(element, "style-name"))

    def notes(self) -> Iterator[tuple[int, str]]:
        """Yield number and words of the notes that the text has named."""
        for number, note in enumerate(list(self._notes), start=1):
            body = child(note, "note-body")
            pieces = self.pieces(body) if body is not None else ()
            yield number, "\n".join(piece.words.strip() for piece in pieces)

    def _table(self, element: Element) -> Table:
        table = Table()
        for row, is_header in _rows(element, is_header=False):
            cells = [
                Cell(
                    list(self.pieces(cell)),
                    is_header,
                    max(1, span_of(_columns(cell))),
                    max(1, span_of(attribute(cell, "number-rows-spanned"))),
                )
                for cell in every(row, "table-cell", {"covered-table-cell"})
            ]
            table.rows.append(cells)
        return table


def _rows(element: Element, *, is_header: bool) -> Iterator[tuple[Element, bool]]:
    """Yield the rows of a table, and whether each holds headers."""
    for inner in element:
        tag = local(inner)
        if tag == "table-row":
            yield inner, is_header
        elif tag in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(inner, is_header=is_header or tag == "table-header-rows")


def _columns(cell: Element) -> str:
    repeated = attribute(cell, "number-columns-repeated")
    return repeated or attribute(cell, "number-columns-spanned")


def _digits(value: str) -> str:
    return value if value.isascii() and value.isdigit() and len(value) < 4 else ""  # noqa: PLR2004  # no line has more spaces
