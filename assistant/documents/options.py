"""What a person may decide about how files are read."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How files are read.

    Attributes:
        max_pages: The most pages that a file may have to be read.
        ocr: Whether pages that are pictures are read with Tesseract.
    """

    max_pages: int = 3000
    ocr: bool = False


DEFAULT_OPTIONS = ReadingOptions()


def options_of(settings: Settings) -> ReadingOptions:
    """Return how files are read by a person's settings."""
    return ReadingOptions(settings.max_pages, settings.ocr)
