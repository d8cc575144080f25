"""Blocks of an RTF document: paragraphs, and tables whose cells and rows end one by one."""

from __future__ import annotations

from assistant.documents.pageparts import Cell, Piece, Table, blocks_of


class RtfBlocks:
    """Collects the blocks of a document.

    Attributes:
        pieces: The blocks that are complete.
        is_header: Whether the row at hand holds headers.
    """

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.is_header = False
        self._table: Table | None = None
        self._row: list[Cell] = []
        self._cell: list[Piece] = []

    def add(self, piece: Piece, *, in_table: bool) -> None:
        """Add a block.

        Args:
            piece: The block.
            in_table: Whether it lies in a table's cell.
        """
        if not in_table:
            self.end_table()
        (self._cell if in_table else self.pieces).append(piece)

    def end_cell(self) -> None:
        """End the cell at hand."""
        self._row.append(Cell(self._cell))
        self._cell = []

    def end_row(self) -> None:
        """End the row at hand."""
        self._table = self._table or Table()
        for cell in self._row:
            cell.is_header = self.is_header
        self._table.rows.append(self._row)
        self._row = []

    def end_table(self) -> None:
        """End the table at hand, if there is one."""
        if self._cell:
            self.end_cell()
        if self._row:
            self.end_row()
        table, self._table = self._table, None
        if table is not None:
            self.pieces += blocks_of(table)
