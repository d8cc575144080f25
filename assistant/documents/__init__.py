"""Files to documents: one reader a format, in one table by suffix."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.documents.checking import check_document
from assistant.documents.decoding import REPLACEMENT, decode, storable
from assistant.documents.doubts import doubts
from assistant.documents.extracted import Extracted
from assistant.documents.markdown import read_markdown
from assistant.documents.options import DEFAULT_OPTIONS, ReadingOptions, options_of
from assistant.documents.pdf import read_pdf
from assistant.documents.plain import read_plain
from assistant.documents.sources import check_sources
from assistant.errors import EmptyDocument, UnreadableDocument, UnsupportedFormat
from assistant.language import detect_language
from assistant.language.dates import find_dates
from assistant.schema import Block, Document, version_of

__all__ = [
    "DEFAULT_OPTIONS",
    "READERS",
    "ReadingOptions",
    "check_sources",
    "complete",
    "doubts",
    "is_read_apart",
    "is_readable",
    "options_of",
    "read_document",
]

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
    ".pdf": read_pdf,
}
# Readers that heed the options.
_WITH_OPTIONS: Mapping[str, Callable[[bytes, str, ReadingOptions], Extracted]] = {".pdf": read_pdf}
# Readers that call foreign code on a file's bytes: what is wrong with these can end the process.
_APART = frozenset({".pdf"})


def is_readable(path: Path) -> bool:
    """Return whether there is a reader for a path's suffix."""
    return path.suffix.lower() in READERS


def is_read_apart(path: Path) -> bool:
    """Return whether a file is to be read in another process, because reading it may crash."""
    return path.suffix.lower() in _APART


def read_document(
    path: Path,
    data: bytes,
    options: ReadingOptions = ReadingOptions(),  # noqa: B008  # frozen
) -> Document:
    """Read a file's bytes as a document.

    Args:
        path: Where the bytes come from; its suffix chooses the reader.
        data: The whole file.
        options: How files are read.

    Returns:
        The document, complete but for its id.

    Raises:
        UnsupportedFormat: There is no reader for the suffix.
        EmptyDocument: There is no text in it.
        UnreadableDocument: It can't be read as what its suffix says.
    """
    suffix = path.suffix.lower()
    reader = READERS.get(suffix)
    if reader is None:
        suffix = path.suffix or "(none)"
        raise UnsupportedFormat(
            f"{path} has the suffix {suffix}, which no reader knows. Readable are: "
            f"{', '.join(sorted(READERS))}.",
            str(path),
        )
    if suffix in _WITH_OPTIONS:
        extracted = _WITH_OPTIONS[suffix](data, str(path), options)
    else:
        extracted = reader(data, str(path))
    return Document(
        version=version_of(data),
        title=storable(extracted.title or path.stem),
        source=storable(str(path)),
        language=detect_language(extracted.text),
        date=extracted.date or _dateline(extracted.text, extracted.blocks),
        text=extracted.text,
        blocks=extracted.blocks,
        quality=extracted.quality * _readable_share(extracted.text),
        metadata=extracted.metadata,
    )


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
    return replace(
        document,
        version=version_of(text.encode("utf-8")),
        id=storable(document.id),
        title=storable(document.title) or name,
        source=name,
        language=(
            storable(document.language) if document.language != "und" else detect_language(text)
        ),
        date=_day(document.date) or _dateline(text, blocks),
        text=text,
        blocks=tuple(replace(block, place=storable(block.place)) for block in blocks),
        metadata={storable(str(k)): storable(str(v)) for k, v in document.metadata.items()},
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


def _dateline(text: str, blocks: Sequence[Block]) -> dt.date | None:
    """Return the date of the first block that is nothing but a date."""
    for block in blocks:
        if block.kind == "dateline":
            for found in find_dates(text[block.start : block.end]):
                if found.date is not None:
                    return found.date
    return None
