"""XLSX: each row of each sheet as "header: value" pairs, numbers as the sheet shows them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element  # the type only

from assistant.documents.composing import Composer, shortened
from assistant.documents.extracted import Extracted
from assistant.documents.grids import looks_like_headers, on_one_line, paired, row_texts
from assistant.documents.limits import beyond, damaged
from assistant.documents.numberformats import BUILTIN, shown
from assistant.documents.office import Package
from assistant.documents.options import ReadingOptions
from assistant.documents.xmltree import attribute, child, every

_KIND = "spreadsheet"
_CELL = re.compile("([A-Z]{1,3})([0-9]{1,7})$")
_RANGE = re.compile("([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})$")
_MOST_COLUMNS = 16_384
# A merged cell's value is repeated in so many rows.
_MOST_REPEATED = 1000
# Empty ones too, which stand before the last of a row.
_MOST_CELLS = 20_000_000
_HIDDEN, _ON = ("hidden", "veryHidden"), ("1", "true")
_LINES_OF_HEAD = 10
_Row = tuple[int, list[str]]


def read_xlsx(data: bytes, name: str, options: ReadingOptions) -> Extracted:
    """Return the rows of a spreadsheet.

    Formulas stand for their stored results; macros and comments are left out. Hidden sheets and
    rows are read, and their places say so.

    Args:
        data: The whole file.
        name: The file, for errors.
        options: How files are read.

    Returns:
        Its text: a heading for each sheet, and its rows; a row's place is sheet and row.

    Raises:
        UnreadableDocument: It is damaged, has a password or goes beyond a limit.
    """
    package = Package(data, name, _KIND, options)
    book = _Book(package, name, options)
    composer = Composer(name, options)
    for title, rows, hidden in book.sheets():
        add_rows(composer, title, rows, hidden)
    properties = package.properties()
    extracted = composer.extracted(made=properties.made, metadata=properties.facts)
    # The name of a sheet is no title of the whole.
    return replace(extracted, title=properties.title)


def add_rows(
    composer: Composer, title: str, rows: Sequence[_Row], hidden: Collection[int] = ()
) -> None:
    """Add the rows of a sheet, each with its number; lines above the table as paragraphs.

    Args:
        composer: The document.
        title: The sheet's name.
        rows: Numbers and cells of the rows that hold something.
        hidden: Numbers of the rows that the sheet does not show.
    """
    if not rows:
        return
    sheet = shortened(title)
    composer.add(title, "heading", sheet)

    def place(number: int) -> str:
        return f"{sheet}, row {number}{', hidden' if number in hidden else ''}"

    head = _head(rows)
    for number, cells in rows[:head]:
        words = next(iter(row_texts([cells], 0)))
        composer.add(words, "paragraph", place(number))
    table = rows[head:]
    names = table[0][1] if looks_like_headers([cells for _, cells in table[:2]], least=2) else []
    for number, cells in table[1:] if names else table:
        words = paired(names, cells) if names else next(iter(row_texts([cells], 0)))
        composer.add(words, "row", place(number))


def _head(rows: Sequence[_Row]) -> int:
    """Return how many rows stand above the table: titles and notes of one cell."""
    for index, (_, cells) in enumerate(rows[:_LINES_OF_HEAD]):
        if sum(map(bool, cells)) > 1:
            return index
    return 0


class _Book:
    """A workbook: its sheets, and what their cells refer to."""

    def __init__(self, package: Package, name: str, options: ReadingOptions) -> None:
        self._package, self._name, self._options = package, name, options
        self._root = package.tree(package.main)
        facts = child(self._root, "workbookPr")
        since = attribute(facts, "date1904") if facts is not None else ""
        self._from_1904 = since in ("1", "true")
        shared = package.tree(package.related(package.main, "sharedStrings"))
        self._shared = [_words(item) for item in every(shared, "si")]
        self._formats = _formats(package.tree(package.related(package.main, "styles")))
        self._count = self._cells = 0

    def sheets(self) -> Iterator[tuple[str, list[_Row], frozenset[int]]]:
        """Yield names, rows and numbers of hidden rows of the sheets, in their order."""
        relations = self._package.relations(self._package.main)
        for sheet in every(self._root, "sheet"):
            relation = relations.get(attribute(sheet, "id"))
            if relation is not None and relation.kind == "worksheet":
                content = self._package.tree(relation.target)
                rows = self._rows(content)
                hidden = _hidden(content)
                if attribute(sheet, "state") in _HIDDEN:
                    hidden = frozenset(number for number, _ in rows)
                yield attribute(sheet, "name"), rows, hidden

    def _rows(self, sheet: Element) -> list[_Row]:
        content = child(sheet, "sheetData")
        rows: dict[int, list[str]] = {}
        number = 0
        for row in content if content is not None else ():
            number = _number(attribute(row, "r"), number + 1)
            cells: list[str] = []
            for cell in row:
                place = _CELL.match(attribute(cell, "r"))
                column = _column(place[1]) if place else len(cells)
                if column >= _MOST_COLUMNS:
                    raise damaged(self._name, _KIND, f"it has a cell in column {column + 1}")
                cells.extend([""] * (column + 1 - len(cells)))
                cells[column] = on_one_line(self._value(cell))
            if any(cells):
                self._cells += len(cells)
                rows[number] = cells
                self._count += 1
            if self._cells > _MOST_CELLS:
                raise damaged(self._name, _KIND, f"its rows span more than {_MOST_CELLS:,} cells")
            if self._count > self._options.max_rows:
                what = f"has more than {self._options.max_rows:,} rows"
                raise beyond(self._name, what, self._options.max_rows, "max_rows")
        _repeat_merged(sheet, rows)
        return sorted(rows.items())

    def _value(self, cell: Element) -> str:
        kind = attribute(cell, "t") or "n"
        if kind == "inlineStr":
            return _words(cell)
        found = child(cell, "v")
        value = (found.text or "") if found is not None else ""
        if kind == "s":
            index = _number(value, -1)
            return self._shared[index] if 0 <= index < len(self._shared) else ""
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        if kind in ("str", "d", "e") or not value:
            return "" if kind == "e" else value
        style = _number(attribute(cell, "s"), 0)
        form = self._formats[style] if style < len(self._formats) else "General"
        return shown(value, form, from_1904=self._from_1904)


def _hidden(sheet: Element) -> frozenset[int]:
    """Return the numbers of the rows that a sheet does not show."""
    hidden, number = set(), 0
    content = child(sheet, "sheetData")
    for row in content if content is not None else ():
        number = _number(attribute(row, "r"), number + 1)
        if attribute(row, "hidden") in _ON:
            hidden.add(number)
    return frozenset(hidden)


def _words(element: Element) -> str:
    """Return the text of a string, without what only tells how it is spoken."""
    return "".join(text.text or "" for text in every(element, "t", ("rPh",)))


def _formats(styles: Element) -> list[str]:
    """Return the format of each cell style."""
    own = {
        _number(attribute(form, "numFmtId"), -1): attribute(form, "formatCode")
        for form in every(styles, "numFmt")
    }
    holder = child(styles, "cellXfs")
    ids = [
        _number(attribute(style, "numFmtId"), 0) for style in (holder if holder is not None else ())
    ]
    return [own.get(number) or BUILTIN.get(number, "General") for number in ids]


def _repeat_merged(sheet: Element, rows: dict[int, list[str]]) -> None:
    """Give cells that are merged down a column their value in each row."""
    left = _MOST_CELLS
    for merged in every(sheet, "mergeCell"):
        match = _RANGE.match(attribute(merged, "ref"))
        if match is None:
            continue
        column, first, last = _column(match[1]), int(match[2]), int(match[4])
        above = rows.get(first, [])
        value = above[column] if column < len(above) else ""
        last = min(last, first + _MOST_REPEATED) if value else first
        for number in range(first + 1, last + 1):
            cells = rows.get(number)
            left -= max(1, column + 1 - len(cells)) if cells is not None else 1
            if left < 0:
                return
            if cells is not None:
                cells.extend([""] * (column + 1 - len(cells)))
                cells[column] = cells[column] or value


def _column(letters: str) -> int:
    """Return the index of a column, from 0."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def _number(text: str, default: int) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) < 10  # noqa: PLR2004  # fits any index
    return int(text) if is_number else default
