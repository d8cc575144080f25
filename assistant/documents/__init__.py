"""Files to documents: one reader a format, in one table by suffix."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from assistant.documents.checking import check_document
from assistant.documents.dating import OwnDate, find_own_date
from assistant.documents.decoding import REPLACEMENT, decode, storable
from assistant.documents.extracted import Extracted
from assistant.documents.markdown import read_markdown
from assistant.documents.plain import read_plain
from assistant.documents.sources import check_sources
from assistant.errors import EmptyDocument, UnreadableDocument, UnsupportedFormat
from assistant.language import detect_language
from assistant.schema import Block, Document, version_of

__all__ = ["READERS", "check_sources", "complete", "is_readable", "read_document"]

Reader = Callable[[bytes, str], Extracted]


def _text_reader(read: Callable[[str], Extracted]) -> Reader:
    """Return a reader of bytes for a format that is text in some encoding."""
    return lambda data, name: read(decode(data, name))


# A further format is one more file and one more line here.
READERS: Mapping[str, Reader] = {
    ".txt": _text_reader(read_plain),
    ".text": _text_reader(read_plain),
    ".md": _text_reader(read_markdown),
    ".markdown": _text_reader(read_markdown),
}


def is_readable(path: Path) -> bool:
    """Return whether there is a reader for a path's suffix."""
    return path.suffix.lower() in READERS


def read_document(path: Path, data: bytes) -> Document:
    """Read a file's bytes as a document.

    Args:
        path: Where the bytes come from; its suffix chooses the reader.
        data: The whole file.

    Returns:
        The document, complete but for its id.

    Raises:
        UnsupportedFormat: There is no reader for the suffix.
        EmptyDocument: There is no text in it.
        UnreadableDocument: It can't be read as what its suffix says.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        suffix = path.suffix or "(none)"
        raise UnsupportedFormat(
            f"{path} has the suffix {suffix}, which no reader knows. Readable are: "
            f"{', '.join(sorted(READERS))}.",
            str(path),
        )
    extracted = reader(data, str(path))
    own = find_own_date(extracted.text, extracted.blocks, extracted.date)
    return Document(
        version=version_of(data),
        title=storable(extracted.title or path.stem),
        source=storable(str(path)),
        language=detect_language(extracted.text),
        date=extracted.date or (own.date if own else None),
        text=extracted.text,
        blocks=extracted.blocks,
        quality=extracted.quality * _readable_share(extracted.text),
        metadata={**extracted.metadata, **_dated(extracted.date, own, "file")},
    )


def _dated(
    stated: dt.date | None, own: OwnDate | None, by: Literal["file", "given"]
) -> Mapping[str, str]:
    """Return where a document's date is from: its text, its file's facts, or whoever made it."""
    if own is not None:
        return own.facts
    return {} if stated is None else {"date_from": by}


def _readable_share(text: str) -> float:
    """Return the share of characters that could be decoded."""
    return 1 - text.count(REPLACEMENT) / len(text)


def complete(document: Document) -> Document:
    """Return a document that was made in Python with all that follows from its text filled in.

    Args:
        document: A document with at least a text, and a source or a title to know it by.

    Returns:
        The document with version, blocks, language, title and source.

    Raises:
        EmptyDocument: It holds no text.
        UnreadableDocument: It has neither source nor title, or an attribute of a wrong kind, or
            its blocks leave the text.
    """
    check_document(document)
    name = storable(document.source or document.title)
    if not name:
        raise UnreadableDocument("A Document without source and title can't be known: give one.")
    text = storable(document.text)
    if not text.strip():
        raise EmptyDocument(f"The document {name!r} holds no text.", name)
    blocks = document.blocks or read_plain(text).blocks
    _check_blocks(blocks, len(text), name)
    stated = _day(document.date)
    own = find_own_date(text, blocks) if stated is None else None
    facts = {**document.metadata, **_dated(stated, own, "given")}
    return replace(
        document,
        version=version_of(text.encode("utf-8")),
        id=storable(document.id),
        title=storable(document.title) or name,
        source=name,
        language=(
            storable(document.language) if document.language != "und" else detect_language(text)
        ),
        date=stated or (own.date if own else None),
        text=text,
        blocks=tuple(replace(block, place=storable(block.place)) for block in blocks),
        metadata={storable(str(k)): storable(str(v)) for k, v in facts.items()},
    )


def _day(date: dt.date | None) -> dt.date | None:
    """Return a date without a time of day: a datetime is a date too."""
    return date.date() if isinstance(date, dt.datetime) else date


def _check_blocks(blocks: Sequence[Block], length: int, name: str) -> None:
    previous = 0
    for block in blocks:
        if not previous <= block.start <= block.end <= length:
            raise UnreadableDocument(
                f"The document {name!r} has a block {block.start}:{block.end} that overlaps the "
                f"one before it or leaves its text of {length} characters. Mend its blocks, or "
                "leave them out to have them found.",
                name,
            )
        previous = block.end
