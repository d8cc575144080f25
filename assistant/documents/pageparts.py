"""Parts of an HTML page: blocks, and the tables whose rows become blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from assistant.documents.grids import looks_like_headers, row_texts
from assistant.schema import BlockKind

_LONGEST_CELL = 500
_MOST_SPAN = 100
# Names of columns that are longer in all are not written before the values of each row.
_LONGEST_NAMES = 5_000
# How many cells, and how many characters, repeated cells may add to a table for each of its own.
_MOST_ADDED, _FREELY_ADDED = 10, 10_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of a page.

    Attributes:
        words: Its text.
        kind: What it is.
        lead: Its bullet or number.
        level: A heading's level, 1 to 6; else 0.
        article: The number of the article that it lies in, from 1; else 0.
        is_main: Whether it lies in the main part.
        is_linked: Whether all of it is a link.
    """

    words: str
    kind: BlockKind
    lead: str = ""
    level: int = 0
    article: int = 0
    is_main: bool = False
    is_linked: bool = False

    def as_boilerplate(self) -> Piece:
        """Return the piece as one that states nothing."""
        return replace(self, kind="boilerplate")


@dataclass(slots=True)
class Cell:
    """A cell of a table, with its blocks and how many columns and rows it covers."""

    pieces: list[Piece] = field(default_factory=list)
    is_header: bool = False
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class Table:
    """A table, while it is read."""

    rows: list[list[Cell]] = field(default_factory=list)
    is_layout: bool = False
    cell: Cell | None = None


def span_of(value: str) -> int:
    """Return how many columns or rows a cell covers by its attribute."""
    return min(int(value), _MOST_SPAN) if value.isascii() and value.isdigit() else 1


def blocks_of(table: Table) -> Iterator[Piece]:
    """Yield the blocks of a table: its rows, or its cells' blocks where it only arranges things."""
    cells = [cell for row in table.rows for cell in row]
    inside = [piece for cell in cells for piece in cell.pieces]
    if table.is_layout or _is_layout(table, cells):
        yield from inside
    elif inside:
        for words in _rows(table):
            yield replace(inside[0], words=words, kind="row", lead="", is_linked=False)


def _is_layout(table: Table, cells: list[Cell]) -> bool:
    """Return whether a table only puts things beside one another."""
    is_single = max((len(row) for row in table.rows), default=0) <= 1
    holds_parts = any(
        piece.kind in ("heading", "item") or len(piece.words) > _LONGEST_CELL
        for cell in cells
        for piece in cell.pieces
    )
    return is_single or (holds_parts and not any(cell.is_header for cell in cells))


def _rows(table: Table) -> list[str]:
    """Return the rows of a table as texts."""
    grid = _grid(table)
    first = table.rows[0]
    names = sum(len(words) for words in grid[0])
    if names > _LONGEST_NAMES:
        return [words for words in row_texts(grid, 0) if words]
    if all(cell.is_header for cell in first) and len(first) > 1:
        return [words for words in row_texts(grid, 1) if words]
    has_names = any(row and row[0].is_header for row in table.rows)
    headers = 0 if has_names and not looks_like_headers(grid) else None
    return [words for words in row_texts(grid, headers) if words]


def _grid(table: Table) -> list[list[str]]:
    """Return the words of each cell; those of a cell over several rows stand in each of them."""
    grid: list[list[str]] = []
    kept: dict[int, tuple[int, str]] = {}
    left = _FREELY_ADDED + _MOST_ADDED * _size(table)
    for row in table.rows:
        line: list[str] = []
        for cell in row:
            _fill(line, kept)
            words = " ".join(piece.words for piece in cell.pieces)
            left -= cell.columns * cell.rows - 1 + len(words) * (cell.rows - 1)
            # Beyond what a table of people has, a cell covers its own place.
            columns, rows = (cell.columns, cell.rows) if left >= 0 else (1, 1)
            for column in range(columns):
                if rows > 1:
                    kept[len(line)] = (rows - 1, words if column == 0 else "")
                line.append(words if column == 0 else "")
        _fill(line, kept)
        grid.append(line)
    return grid


def _size(table: Table) -> int:
    """Return how many cells and characters a table has of its own."""
    cells = [cell for row in table.rows for cell in row]
    return len(cells) + sum(len(piece.words) for cell in cells for piece in cell.pieces)


def _fill(line: list[str], kept: dict[int, tuple[int, str]]) -> None:
    """Add what reaches down from rows above."""
    while len(line) in kept:
        left, words = kept.pop(len(line))
        if left > 1:
            kept[len(line)] = (left - 1, words)
        line.append(words)
