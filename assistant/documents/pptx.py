"""PPTX: the slides in their order, with tables, diagrams and notes."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element  # the type only

from assistant.documents.composing import Composer
from assistant.documents.extracted import Extracted
from assistant.documents.office import Package
from assistant.documents.options import ReadingOptions
from assistant.documents.pageparts import Cell, Piece, Table, blocks_of
from assistant.documents.xmltree import attribute, child, every, local
from assistant.schema import BlockKind

_KIND = "presentation"
_TITLES = ("title", "ctrTitle")
# What stands on every slide.
_RUNNING = ("dt", "ftr", "sldNum", "hdr")
_BODY = ("body", "obj", "")
_LEFT_OUT = ("Fallback",)
_ON, _OFF = ("1", "true"), ("0", "false")


def read_pptx(data: bytes, name: str, options: ReadingOptions) -> Extracted:
    """Return the text of a presentation.

    Args:
        data: The whole file.
        name: The file, for errors.
        options: How files are read.

    Returns:
        Its text; a block's place is its slide, such as ``slide 3`` or ``slide 3, notes``. Hidden
        slides are read, and their places say so: ``slide 3, hidden``. Comments are left out, and
        dates, numbers, headers and footers, which stand on every slide.

    Raises:
        UnreadableDocument: It is damaged, has a password or goes beyond a limit.
    """
    package = Package(data, name, _KIND, options)
    composer = Composer(name, options)
    relations = package.relations(package.main)
    listed = child(package.tree(package.main), "sldIdLst")
    for number, slide in enumerate(listed if listed is not None else (), start=1):
        relation = relations.get(_relation_id(slide))
        if relation is None or relation.kind != "slide":
            continue
        is_shown = attribute(package.tree(relation.target), "show") not in _OFF
        note = "" if is_shown else ", hidden"
        for piece in _slide(package, relation.target):
            composer.add(piece.words, piece.kind, f"slide {number}{note}", lead=piece.lead)
        for piece in _notes(package, relation.target):
            composer.add(piece.words, piece.kind, f"slide {number}, notes{note}", lead=piece.lead)
    properties = package.properties()
    return composer.extracted(properties.title, made=properties.made, metadata=properties.facts)


def _relation_id(element: Element) -> str:
    """Return the id of a relation, which stands beside another id."""
    return next((value for key, value in element.attrib.items() if key.endswith("}id")), "")


def _slide(package: Package, part: str) -> Iterator[Piece]:
    """Yield the blocks of a slide: its title first, else in the order they are stored in."""
    root = package.tree(part)
    shapes = list(every(root, "spTree"))
    found = [piece for tree in shapes for piece in _shapes(tree)]
    yield from sorted(found, key=lambda piece: piece.level == 0)
    for relation in package.relations(part).values():
        if relation.kind == "diagramData":
            yield from _paragraphs(package.tree(relation.target), "item")


def _notes(package: Package, part: str) -> Iterator[Piece]:
    """Yield the blocks of a slide's notes."""
    root = package.tree(package.related(part, "notesSlide"))
    for shape in every(root, "sp"):
        if _role(shape) == "body":
            yield from _paragraphs(shape, "paragraph")


def _shapes(tree: Element) -> Iterator[Piece]:
    """Yield the blocks of shapes, those in groups too."""
    for element in tree:
        tag = local(element)
        if tag == "sp":
            yield from _shape(element)
        elif tag == "tbl":
            yield from blocks_of(_table(element))
        elif tag not in _LEFT_OUT:
            yield from _shapes(element)


def _shape(shape: Element) -> Iterator[Piece]:
    role = _role(shape)
    if role in _TITLES:
        words = "\n".join(piece.words for piece in _paragraphs(shape, "paragraph"))
        if words:
            yield Piece(words, "heading", level=1)
    elif role not in _RUNNING:
        yield from _paragraphs(shape, "item" if role in _BODY else "paragraph")


def _role(shape: Element) -> str | None:
    """Return what a shape is a place for; None where it is a box of its own."""
    holder = child(shape, "nvSpPr", "nvPr", "ph")
    return attribute(holder, "type") if holder is not None else None


def _paragraphs(element: Element, kind: BlockKind) -> Iterator[Piece]:
    """Yield the paragraphs beneath an element; a paragraph without bullet is no item."""
    for paragraph in every(element, "p", _LEFT_OUT):
        words = "".join(_words(paragraph))
        if not words.strip():
            continue
        is_item = kind == "item" and child(paragraph, "pPr", "buNone") is None
        if is_item or child(paragraph, "pPr", "buChar") is not None:
            yield Piece(words, "item", "\u2022 ")
        else:
            yield Piece(words, "paragraph")


def _words(paragraph: Element) -> Iterator[str]:
    for element in paragraph:
        tag = local(element)
        if tag in ("r", "fld"):
            yield "".join(text.text or "" for text in every(element, "t"))
        elif tag == "br":
            yield "\n"


def _table(element: Element) -> Table:
    """Return a table; a cell that goes on from above has the words from there."""
    facts = child(element, "tblPr")
    has_header = facts is not None and attribute(facts, "firstRow") == "1"
    table = Table()
    for row in every(element, "tr"):
        above = table.rows[-1] if table.rows else []
        cells: list[Cell] = []
        for cell in every(row, "tc"):
            pieces = list(_paragraphs(cell, "paragraph"))
            if attribute(cell, "vMerge") in _ON and len(cells) < len(above):
                pieces = above[len(cells)].pieces
            cells.append(Cell(pieces, has_header and not above))
        table.rows.append(cells)
    return table
