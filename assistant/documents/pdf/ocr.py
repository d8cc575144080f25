"""Reads pages that are pictures with the program Tesseract, where it is installed."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from assistant.documents.pdf.characters import cleaned

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_PROGRAM = "tesseract"
_LANGUAGES = ("ara", "eng")
_DOTS_AN_INCH = 300
_POINTS_AN_INCH = 72
_MOST_DOTS = 40_000_000  # larger pages are drawn smaller
_SECONDS_A_PAGE = 180
_WORD_LEVEL = "5"  # of the table's rows


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """What was read off a picture of a page.

    Attributes:
        page: Its number, from 0.
        paragraphs: Its paragraphs.
        confidence: How sure Tesseract is of the words on average, 0 to 1.
    """

    page: int
    paragraphs: tuple[str, ...]
    confidence: float


def missing() -> str:
    """Return what a person has to install to have pictures read; empty where nothing is missing."""
    if shutil.which(_PROGRAM) is None:
        return "Install Tesseract (Debian: tesseract-ocr tesseract-ocr-ara) to have them read."
    if not _languages():
        return "Install Tesseract's languages ara and eng to have them read."
    return ""


def _languages() -> list[str]:
    """Return those of the two languages that are installed."""
    try:
        listed = subprocess.run(  # noqa: S603  # no shell, and nothing of the file is in it
            [_PROGRAM, "--list-langs"],
            check=False,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_SECONDS_A_PAGE,
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    return [name for name in _LANGUAGES if name in listed.stdout.split()]


def read_scans(document: PdfDocument, pages: list[int]) -> Iterator[ScannedPage]:
    """Yield what Tesseract reads on pages that are pictures; a page it can't read is left out.

    Args:
        document: The open PDF.
        pages: Numbers of the pages, from 0.
    """
    languages = "+".join(_languages())
    for number in pages:
        picture = _picture(document, number)
        try:
            done = subprocess.run(  # noqa: S603  # no shell; the picture goes in on stdin
                [_PROGRAM, "stdin", "stdout", "-l", languages, "tsv"],
                check=True,
                capture_output=True,
                input=picture,
                timeout=_SECONDS_A_PAGE,
            )
        except (OSError, subprocess.SubprocessError):
            continue
        yield _understood(number, done.stdout.decode("utf-8", "replace"))


def _picture(document: PdfDocument, number: int) -> bytes:
    """Return a page as a grey picture, in the format PGM."""
    page = document[number]
    try:
        width, height = page.get_size()
        scale = _DOTS_AN_INCH / _POINTS_AN_INCH
        scale = min(scale, (_MOST_DOTS / max(1.0, width * height)) ** 0.5)
        bitmap = page.render(scale=scale, grayscale=True)
        try:
            rows = bitmap.to_numpy()
            head = f"P5 {rows.shape[1]} {rows.shape[0]} 255\n"
            return head.encode("ascii") + bytes(rows.reshape(rows.shape[0], -1).tobytes())
        finally:
            bitmap.close()
    finally:
        page.close()


def _understood(number: int, table: str) -> ScannedPage:
    """Return a page from Tesseract's table of words."""
    rows = [
        row
        for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
        if row.get("level") == _WORD_LEVEL and (row.get("text") or "").strip()
    ]
    paragraphs = [
        " ".join(cleaned(row["text"].strip()) for row in words)
        for _, words in groupby(rows, key=lambda row: (row["block_num"], row["par_num"]))
    ]
    sure = [max(0.0, float(row["conf"])) / 100 for row in rows]
    return ScannedPage(number, tuple(paragraphs), sum(sure) / len(sure) if sure else 0.0)
