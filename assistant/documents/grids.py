"""Tables: rows as "header: value" pairs, each one statement."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_ARABIC = re.compile("[\u0620-\u064a]")
_NUMBER = re.compile(
    "[\\d\u0660-\u0669.,\u066b\u066c/:%\\-+() ]*[\\d\u0660-\u0669][^\\W\\d_]{0,3}%?"
)
_LINE_END = re.compile("(?<![ \\t])[ \\t]*[\r\n]+\\s*")
_LONGEST_HEADER = 80
_LEAST_COLUMNS = 3


def row_texts(rows: Sequence[Sequence[str]], headers: int | None = None) -> Iterator[str]:
    """Yield the rows of a table as texts; empty where a row holds nothing.

    A row beneath headers reads ``header: value; header: value``, with the Arabic semicolon where
    the headers are Arabic. A row of two cells without headers reads ``first: second``.

    Args:
        rows: Its rows, the headers among them.
        headers: How many rows of headers stand first, 0 or 1; None to see it by their look.

    Yields:
        A text for each row beneath the headers; the headers' own if there is no other row.
    """
    cells = [[on_one_line(cell) for cell in row] for row in rows]
    if headers is None:
        headers = int(looks_like_headers(cells))
    if not headers or len(cells) == 1:
        for row in cells:
            yield _plain(row)
        return
    names = cells[0]
    for row in cells[1:]:
        yield paired(names, row)


def on_one_line(cell: str) -> str:
    """Return a cell's words without line ends and without space around them."""
    return _LINE_END.sub(" ", cell).strip()


def looks_like_headers(rows: Sequence[Sequence[str]], least: int = _LEAST_COLUMNS) -> bool:
    """Return whether the first of some rows names the columns.

    Args:
        rows: The rows.
        least: Tables of fewer columns have no headers unless they say so.
    """
    if len(rows) < 2 or len(rows[0]) < least:  # noqa: PLR2004  # a header and a row
        return False
    names = [name.strip() for name in rows[0]]
    filled = [name for name in names if name]
    if len(filled) < max(2, len(names) - 1) or len(set(filled)) < len(filled):
        return False
    return not any(_NUMBER.fullmatch(name) or len(name) > _LONGEST_HEADER for name in filled)


def paired(names: Sequence[str], row: Sequence[str]) -> str:
    """Return a row's values, each behind the name of its column, where both are there.

    Args:
        names: Names of the columns.
        row: The values.
    """
    pairs = [
        f"{_bare(name)}: {value}" if name else value
        for name, value in zip([*names, *[""] * (len(row) - len(names))], row, strict=False)
        if value
    ]
    return semicolon(" ".join(names) or " ".join(row)).join(pairs)


def semicolon(words: str) -> str:
    """Return what stands between the values of a row, in the script of some words."""
    return "\u061b " if _ARABIC.search(words) else "; "


def _bare(name: str) -> str:
    return name.rstrip(":").rstrip()


def _plain(row: Sequence[str]) -> str:
    filled = [cell for cell in row if cell]
    if len(row) == 2 and len(filled) == 2:  # noqa: PLR2004  # a name and a value
        return f"{_bare(filled[0])}: {filled[1]}"
    return semicolon(" ".join(filled)).join(filled)
