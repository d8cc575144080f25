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
from assistant.documents.docx import read_docx
from assistant.documents.doubts import doubts, mended_by
from assistant.documents.epub import read_epub
from assistant.documents.extracted import Extracted
from assistant.documents.limits import beyond, damaged, empty
from assistant.documents.lines import with_credits_apart
from assistant.documents.mail import read_mail
from assistant.documents.markdown import read_markdown
from assistant.documents.odt import read_odt
from assistant.documents.options import DEFAULT_OPTIONS, ReadingOptions, options_of
from assistant.documents.pdf import read_pdf
from assistant.documents.plain import read_plain
from assistant.documents.pptx import read_pptx
from assistant.documents.records import read_json, read_json_lines
from assistant.documents.rtf import read_rtf
from assistant.documents.separated import read_separated
from assistant.documents.sniffing import seems_other, sniffed
from assistant.documents.sources import check_sources
from assistant.documents.subtitles import read_subtitles
from assistant.documents.titles import tidy_title
from assistant.documents.webpage import read_html
from assistant.documents.xlsx import read_xlsx
from assistant.errors import DocumentError, EmptyDocument, UnreadableDocument, UnsupportedFormat
from assistant.language import detect_language
from assistant.schema import Block, Document, version_of

__all__ = [
    "DEFAULT_OPTIONS",
    "READERS",
    "ReadingOptions",
    "check_sources",
    "complete",
    "doubts",
    "extract",
    "is_read_apart",
    "is_readable",
    "mended_by",
    "options_of",
    "read_document",
]

Reader = Callable[[bytes, str, ReadingOptions], Extracted]


def _text_reader(read: Callable[[str], Extracted]) -> Reader:
    """Return a reader of bytes for a format that is text in some encoding."""
    return lambda data, name, _: read(decode(data, name))


# A further format is one more file and one more line here.
READERS: Mapping[str, Reader] = {
    ".txt": _text_reader(read_plain),
    ".text": _text_reader(read_plain),
    ".md": _text_reader(read_markdown),
    ".markdown": _text_reader(read_markdown),
    ".pdf": read_pdf,
    ".eml": read_mail,
    ".srt": read_subtitles,
    ".vtt": read_subtitles,
    ".json": read_json,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".csv": read_separated,
    ".tsv": read_separated,
    ".epub": read_epub,
    ".odt": read_odt,
    ".ott": read_odt,
    ".rtf": read_rtf,
    ".pptx": read_pptx,
    ".pptm": read_pptx,
    ".ppsx": read_pptx,
    ".xlsx": read_xlsx,
    ".xlsm": read_xlsx,
    ".docx": read_docx,
    ".docm": read_docx,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
}
# Formats whose files are no text; what is text all the same is read as one.
_NO_TEXT = frozenset(".pdf .docx .docm .xlsx .xlsm .pptx .pptm .ppsx .epub .odt .ott".split())
# Formats whose readers take no long time for a small file, whatever is in it.
_QUICK = frozenset({".txt", ".text", ".md", ".markdown"})
_QUICK_BYTES, _BEGINNING = 200_000, 1024


def is_readable(path: Path) -> bool:
    """Return whether there is a reader for a path's suffix."""
    return path.suffix.lower() in READERS


def is_read_apart(path: Path, data: bytes | None = None) -> bool:
    """Return whether a file is to be read in another process, which can be ended when it hangs.

    That is every one but small plain texts; and what only its suffix calls one is none.

    Args:
        path: The file.
        data: Its bytes; None to look at it.
    """
    suffix = path.suffix.lower()
    if suffix not in _QUICK:
        return suffix in READERS
    size, beginning = _look(path) if data is None else (len(data), data[:_BEGINNING])
    return size > _QUICK_BYTES or seems_other(beginning)


def _look(path: Path) -> tuple[int, bytes]:
    """Return a file's size and its first bytes; nothing if it can't be opened.

    Only plain files are opened: opening a pipe would wait until somebody writes into it.
    """
    try:
        if not path.is_file():
            return 0, b""
        with path.open("rb") as file:
            return path.stat().st_size, file.read(_BEGINNING)
    except (OSError, ValueError):
        return 0, b""


def read_document(path: Path, data: bytes, options: ReadingOptions = DEFAULT_OPTIONS) -> Document:
    """Read a file's bytes as a document.

    Args:
        path: Where the bytes come from. Its suffix chooses the reader, unless the bytes say that
            they are of another format; then ``metadata["read_as"]`` names that one's suffix.
        data: The whole file.
        options: How files are read.

    Returns:
        The document, complete but for its id.

    Raises:
        UnsupportedFormat: There is no reader for the suffix or for the content.
        EmptyDocument: There is no text in it.
        UnreadableDocument: It can't be read as what it is, or goes beyond a limit.
    """
    try:
        extracted = extract(path, data, options)
    except DocumentError:
        raise
    except Exception as error:  # one bad file must not end the reading of all others
        kind = f"{path.suffix.lower().removeprefix('.')} file"
        raise damaged(str(path), kind, f"{type(error).__name__}: {error}") from error
    spoken = extracted.metadata.get("lang", "")[:2].lower()
    language = detect_language(extracted.text)
    own = find_own_date(extracted.text, extracted.blocks, extracted.date)
    facts = {storable(str(k)): storable(str(v)) for k, v in extracted.metadata.items()}
    return Document(
        version=version_of(data),
        title=tidy_title(extracted.title or path.stem) or storable(path.stem),
        source=storable(str(path)),
        language=spoken if language == "und" and spoken in ("ar", "en") else language,
        date=extracted.date or (own.date if own else None),
        text=extracted.text,
        blocks=extracted.blocks,
        quality=extracted.quality * _readable_share(extracted.text),
        metadata={**facts, **_dated(extracted.date, own, "file")},
    )


def extract(path: Path, data: bytes, options: ReadingOptions) -> Extracted:
    """Return what the reader of a file's suffix, or of its content, gets out of its bytes.

    Args:
        path: Where the bytes come from.
        data: The whole file.
        options: How files are read.

    Raises:
        DocumentError: It can't be read.
    """
    suffix, name = path.suffix.lower(), str(path)
    if suffix not in READERS:
        raise UnsupportedFormat(
            f"{name} has the suffix {path.suffix or '(none)'}, which no reader knows. Readable "
            f"are: {', '.join(sorted(READERS))}.",
            name,
        )
    if not data.strip():
        raise empty(name, len(data))
    actual = sniffed(data, name, options) or _as_text(suffix, data, name)
    if actual not in READERS:
        raise UnsupportedFormat(f"{name} is a {actual} file, which no reader knows.", name)
    extracted = READERS[actual](data, name, options)
    if not extracted.text.strip():
        raise empty(name, len(data))
    if len(extracted.text) > options.max_characters:
        what = f"holds {len(extracted.text):,} characters of text"
        raise beyond(name, what, options.max_characters, "max_document_characters")
    blocks = tuple(with_credits_apart(extracted.text, extracted.blocks))
    extracted = replace(extracted, blocks=blocks)
    if READERS[actual] is READERS[suffix]:
        return extracted
    return replace(extracted, metadata={**extracted.metadata, "read_as": actual})


def _as_text(suffix: str, data: bytes, name: str) -> str:
    """Return the suffix to read a file by that may be a text, whatever its suffix says."""
    if suffix not in _NO_TEXT:
        return suffix
    try:
        decode(data, name)
    except UnreadableDocument:
        why = f"it starts with the bytes {data[:8].hex(' ')}"
        raise damaged(name, f"{suffix} file", why) from None
    return ".txt"


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
        title=tidy_title(document.title or name) or name,
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
