"""JSON and JSON Lines: the texts in it, and records as rows of names and values."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from assistant.documents.composing import Composer, iso_date, shortened
from assistant.documents.decoding import decode
from assistant.documents.extracted import Extracted
from assistant.documents.grids import on_one_line, paired
from assistant.documents.limits import beyond, damaged
from assistant.documents.options import ReadingOptions

_TITLES = frozenset("title headline heading subject العنوان عنوان".split())
_DATES = frozenset("date published publisheddate datepublished published_at التاريخ تاريخ".split())
_LONGEST_VALUE = 200
_LONGEST_TITLE = 200
# What stands deeper has the place of what is around it.
_LONGEST_PATH = 200


@dataclass(frozen=True, slots=True)
class _Record:
    """An object, with its names in their order and all of them, also those that come twice."""

    fields: list[tuple[str, object]]


def read_json(data: bytes, name: str, options: ReadingOptions) -> Extracted:
    """Return the texts of a JSON document.

    Short values of an object are one row, ``name: value; name: value``; longer texts are
    paragraphs, and titles headings. Numbers are written as they stand.

    Args:
        data: The whole file.
        name: The file, for errors.
        options: How files are read.

    Returns:
        Its text; a block's place is its path, such as ``articles[2].body``.

    Raises:
        EmptyDocument: It holds no characters.
        UnreadableDocument: It is no JSON, or goes beyond a limit.
    """
    text = decode(data, name)
    try:
        value = _parsed(text, name, options)
    except ValueError as error:
        raise damaged(name, "JSON document", error) from error
    reading = _Reading(name, options)
    reading.take(value, "", 1)
    return reading.extracted(value)


def read_json_lines(data: bytes, name: str, options: ReadingOptions) -> Extracted:
    """Return the texts of JSON Lines; lines that are no JSON are left out, and it is said.

    Args:
        data: The whole file.
        name: The file, for errors.
        options: How files are read.

    Returns:
        Its text; a block's place is its line, and its path there.

    Raises:
        EmptyDocument: It holds no characters.
        UnreadableDocument: No line of it is JSON, or it goes beyond a limit.
    """
    reading = _Reading(name, options)
    broken: list[int] = []
    count = 0
    for number, line in enumerate(decode(data, name).split("\n"), start=1):
        if not line.strip():
            continue
        count += 1
        try:
            value = _parsed(line, name, options)
        except ValueError:
            broken.append(number)
        else:
            reading.take(value, f"line {number}", 1)
    if len(broken) == count:
        raise damaged(name, "file of JSON Lines", "no line of it is JSON")
    shown = ", ".join(f"line {number}" for number in broken[:10])
    more = f" and {len(broken) - 10} more" if len(broken) > 10 else ""  # noqa: PLR2004  # enough to look at
    return reading.extracted(None, shown + more)


def _parsed(text: str, name: str, options: ReadingOptions) -> object:
    """Return a value with its numbers as texts."""
    try:
        return json.loads(
            text, object_pairs_hook=_Record, parse_int=str, parse_float=str, parse_constant=str
        )
    except RecursionError:
        what = "has JSON values nested very deep"
        raise beyond(name, what, options.max_nesting, "max_nesting") from None


class _Reading:
    """Turns values into blocks."""

    def __init__(self, name: str, options: ReadingOptions) -> None:
        self._name, self._options = name, options
        self._composer = Composer(name, options)

    def take(self, value: object, path: str, depth: int) -> None:
        """Add the blocks of a value.

        Args:
            value: The value.
            path: Where it stands.
            depth: How deep, from 1.
        """
        if depth > self._options.max_nesting:
            what = f"has JSON values nested {depth:,} deep"
            raise beyond(self._name, what, self._options.max_nesting, "max_nesting")
        if isinstance(value, _Record):
            self._take_record(value, path, depth)
        elif isinstance(value, list):
            if value and all(map(_is_short, value)):
                self._composer.add(paired([], [_written(v) for v in value]), "row", path)
                return
            for index, inner in enumerate(value):
                self.take(inner, _within(path, f"[{index}]"), depth + 1)
        else:
            self._composer.add(_written(value), "paragraph", path)

    def _take_record(self, record: _Record, path: str, depth: int) -> None:
        short: list[tuple[str, str]] = []
        inner: list[tuple[str, object]] = []
        for name, value in record.fields:
            listed = value if isinstance(value, list) else [value]
            if _is_title(name, value):
                self._composer.add(_written(value), "heading", path)
            elif all(map(_is_short, listed)):
                short.append((name, _joined([_written(v) for v in listed])))
            else:
                inner.append((name, value))
        names, values = [name for name, _ in short], [value for _, value in short]
        self._composer.add(paired(names, values), "row", path)
        for name, value in inner:
            self.take(
                value, _within(path, f".{shortened(name)}" if path else shortened(name)), depth + 1
            )

    def extracted(self, root: object, skipped: str = "") -> Extracted:
        """Return what has been added.

        Args:
            root: The whole document, which may name its title and date.
            skipped: What had to be left out.
        """
        title, date = "", None
        for name, value in root.fields if isinstance(root, _Record) else ():
            title = title or (_written(value) if _is_title(name, value) else "")
            date = date or _date(name, value)
        return self._composer.extracted(title, date, metadata={"skipped": skipped})


def _within(path: str, step: str) -> str:
    """Return the place of what is one step further in."""
    return f"{path}{step}" if len(path) + len(step) <= _LONGEST_PATH else path


def _is_short(value: object) -> bool:
    """Return whether a value belongs into a row: it is no text of its own."""
    if isinstance(value, str):
        return len(value) <= _LONGEST_VALUE and "\n" not in value.strip()
    return not isinstance(value, list | _Record)


def _is_title(name: str, value: object) -> bool:
    is_text = isinstance(value, str) and 0 < len(value.strip()) <= _LONGEST_TITLE
    return is_text and name.casefold() in _TITLES


def _date(name: str, value: object) -> dt.date | None:
    is_named = name.casefold() in _DATES and isinstance(value, str)
    return iso_date(str(value)) if is_named else None


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return on_one_line(str(value)) if _is_short(value) else str(value)


def _joined(values: list[str]) -> str:
    return ", ".join(filter(None, values))
