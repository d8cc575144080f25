"""DOCX: paragraphs, lists, tables and notes in order, with all tracked changes accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element  # the type only

from assistant.documents.composing import Composer
from assistant.documents.extracted import Extracted
from assistant.documents.office import Package
from assistant.documents.options import ReadingOptions
from assistant.documents.pageparts import Cell, Piece, Table, blocks_of, span_of
from assistant.documents.wordstyles import Numbering, Styles
from assistant.documents.xmltree import attribute, child, every, local

_KIND = "Word document"
_SIGNS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
}
# Deleted or moved away, hidden, or no text.
_LEFT_OUT = frozenset(
    """
    del moveFrom pPr rPr instrText delText Fallback rt tblPr trPr tcPr sectPr annotationRef
    """.split()
)
_BOXES = "txbxContent"
_OFF = ("0", "false", "off")


def read_docx(data: bytes, name: str, options: ReadingOptions) -> Extracted:
    """Return the text of a Word document.

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
    package = Package(data, name, _KIND, options)
    reading = _Reading(package)
    composer = Composer(name, options, by_heading=True)
    body = child(package.tree(package.main), "body")
    for piece in reading.pieces(body) if body is not None else ():
        composer.add(piece.words, piece.kind, lead=piece.lead)
    for number, words in reading.notes():
        composer.add(words, "paragraph", f"footnote {number}", lead=f"[{number}] ")
    properties = package.properties()
    return composer.extracted(properties.title, made=properties.made, metadata=properties.facts)


class _Reading:
    """Reads the body of one document."""

    def __init__(self, package: Package) -> None:
        self._package = package
        main = package.main
        self._styles = Styles(package.tree(package.related(main, "styles")))
        self._numbering = Numbering(package.tree(package.related(main, "numbering")))
        self._notes: dict[tuple[str, str], int] = {}
        self._held = ""

    def pieces(self, container: Element) -> Iterator[Piece]:
        """Yield the blocks of a body, a cell or a text box."""
        for element in container:
            tag = local(element)
            if tag == "p":
                yield from self._paragraph(element)
            elif tag == "tbl":
                yield from blocks_of(self._table(element))
            elif tag not in _LEFT_OUT:
                yield from self.pieces(element)

    def _paragraph(self, paragraph: Element) -> Iterator[Piece]:
        properties = child(paragraph, "pPr")
        boxes: list[Element] = []
        words = self._held + "".join(self._words(paragraph, boxes))
        is_mark_deleted = child(properties, "rPr", "del") is not None
        # Without its end the paragraph goes on with the next one.
        self._held = words if is_mark_deleted else ""
        if words.strip() and not is_mark_deleted:
            yield self._piece(words, properties)
        for box in boxes:
            yield from self.pieces(box)

    def _piece(self, words: str, properties: Element | None) -> Piece:
        kind = self._styles.kind(properties)
        listed = self._styles.numbering(properties)
        lead = self._numbering.mark(*listed) if listed else ""
        return Piece(words, "item" if listed and kind == "paragraph" else kind, lead)

    def _words(self, element: Element, boxes: list[Element]) -> Iterator[str]:
        """Yield the words beneath an element; text boxes are only collected."""
        for inner in element:
            tag = local(inner)
            if tag == "t":
                yield inner.text or ""
            elif tag in _SIGNS:
                yield _SIGNS[tag]
            elif tag in ("footnoteReference", "endnoteReference"):
                yield self._note(tag.removesuffix("Reference"), attribute(inner, "id"))
            elif tag == _BOXES:
                boxes.append(inner)
            elif tag not in _LEFT_OUT and not (tag == "r" and _is_hidden(inner)):
                yield from self._words(inner, boxes)

    def _note(self, kind: str, number: str) -> str:
        return f"[{self._notes.setdefault((kind, number), len(self._notes) + 1)}]"

    def notes(self) -> Iterator[tuple[int, str]]:
        """Yield number and words of the notes that the text has named."""
        found: dict[tuple[str, str], Element] = {}
        for kind in ("footnote", "endnote"):
            root = self._package.tree(self._package.related(self._package.main, f"{kind}s"))
            found |= {(kind, attribute(note, "id")): note for note in every(root, kind)}
        for key, number in list(self._notes.items()):
            if key in found:
                pieces = self.pieces(found[key])
                yield number, "\n".join(piece.words.strip() for piece in pieces)

    def _table(self, table: Element) -> Table:
        """Return a table; a cell that goes on from above has the words from there."""
        found = Table()
        above: dict[int, Cell] = {}
        for row in every(table, "tr", _LEFT_OUT | {"tbl"}):
            properties = child(row, "trPr")
            if child(properties, "del") is not None:
                continue
            is_header = child(properties, "tblHeader") is not None
            cells, column = [], 0
            for element in every(row, "tc", _LEFT_OUT | {"tbl"}):
                cell = self._cell(element, is_header=is_header)
                merge = child(element, "tcPr", "vMerge")
                if merge is not None and attribute(merge, "val") != "restart" and column in above:
                    cell = replace(cell, pieces=above[column].pieces)
                above[column] = cell
                cells.append(cell)
                column += cell.columns
            found.rows.append(cells)
        return found

    def _cell(self, element: Element, *, is_header: bool) -> Cell:
        span = child(element, "tcPr", "gridSpan")
        columns = span_of(attribute(span, "val")) if span is not None else 1
        return Cell(list(self.pieces(element)), is_header, max(1, columns))


def _is_hidden(run: Element) -> bool:
    hidden = child(run, "rPr", "vanish")
    return hidden is not None and attribute(hidden, "val") not in _OFF
