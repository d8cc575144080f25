"""What a person may decide about how files are read."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How files are read; each limit ends the reading of one file, with its setting named.

    Attributes:
        max_pages: The most pages that a file may have to be read.
        ocr: Whether pages that are pictures are read with Tesseract.
        max_characters: The most characters of text in one document.
        max_unpacked_mb: The most megabytes that an archive (DOCX, EPUB and the like) unpacks to.
        max_unpacking_ratio: How many times larger than itself an archive may unpack.
        max_archive_files: The most files in an archive.
        max_nesting: How deep elements of XML and values of JSON may stand in one another.
        max_rows: The most rows of tables in one document.
        max_seconds: How many seconds reading one file may take; small plain texts never take long.
    """

    max_pages: int = 3000
    ocr: bool = False
    max_characters: int = 30_000_000
    max_unpacked_mb: int = 256
    max_unpacking_ratio: int = 200
    max_archive_files: int = 10_000
    max_nesting: int = 200
    max_rows: int = 200_000
    max_seconds: int = 120


DEFAULT_OPTIONS = ReadingOptions()


def options_of(settings: Settings) -> ReadingOptions:
    """Return how files are read by a person's settings."""
    return ReadingOptions(
        max_pages=settings.max_pages,
        ocr=settings.ocr,
        max_characters=settings.max_document_characters,
        max_unpacked_mb=settings.max_unpacked_mb,
        max_unpacking_ratio=settings.max_unpacking_ratio,
        max_archive_files=settings.max_archive_files,
        max_nesting=settings.max_nesting,
        max_rows=settings.max_rows,
        max_seconds=settings.max_reading_seconds,
    )
