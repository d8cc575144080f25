"""CSV and TSV: each row as "header: value" pairs."""

from __future__ import annotations

import csv
import io
import re

from assistant.documents.composing import Composer
from assistant.documents.decoding import decode
from assistant.documents.extracted import Extracted
from assistant.documents.grids import looks_like_headers, on_one_line, paired, row_texts
from assistant.documents.limits import beyond, damaged
from assistant.documents.options import ReadingOptions

_SAMPLE = 20_000
_SEPARATORS = (",", ";", "\t", "|", "\u060c", "\u061b")
_QUOTED = re.compile('"(?:[^"]|"")*+"')


def read_separated(data: bytes, name: str, options: ReadingOptions) -> Extracted:
    """Return the rows of a text of separated values.

    The separator is the one that cuts the first lines into the same number of cells, two or more.

    Args:
        data: The whole file.
        name: The file, for errors.
        options: How files are read.

    Returns:
        Its rows; a row's place is its number, the headers' being 1.

    Raises:
        EmptyDocument: It holds no characters.
        UnreadableDocument: It is no text, or goes beyond a limit.
    """
    text = decode(data, name)
    is_tabbed = name.lower().endswith(".tsv") and "\t" in text[:_SAMPLE]
    separator = "\t" if is_tabbed else _separator(text[:_SAMPLE])
    rows = _rows(text, separator, name, options)
    composer = Composer(name, options)
    names = rows[0][1] if looks_like_headers([cells for _, cells in rows[:2]], least=2) else []
    for number, cells in rows[1:] if names else rows:
        words = paired(names, cells) if names else next(iter(row_texts([cells], 0)))
        composer.add(words, "row", f"row {number}")
    return composer.extracted()


def _separator(sample: str) -> str:
    """Return what separates the values of a text, by its first lines."""
    bare = _QUOTED.sub("", sample)
    lines = [line for line in bare.splitlines() if line.strip()][:20]

    def evenness(sign: str) -> tuple[float, int]:
        counts = [line.count(sign) for line in lines]
        usual = max(set(counts), key=counts.count, default=0)
        share = counts.count(usual) / len(counts) if counts else 0
        return (share if usual else 0, usual)

    return max(_SEPARATORS, key=evenness)


def _rows(
    text: str, separator: str, name: str, options: ReadingOptions
) -> list[tuple[int, list[str]]]:
    """Return the rows that hold something, with their numbers from 1."""
    rows = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for number, row in enumerate(reader, start=1):
            cells = [on_one_line(cell) for cell in row]
            if any(cells):
                rows.append((number, cells))
            if len(rows) > options.max_rows:
                what = f"has more than {options.max_rows:,} rows"
                raise beyond(name, what, options.max_rows, "max_rows")
    except csv.Error as error:
        raise damaged(name, "table of separated values", error) from error
    return rows
