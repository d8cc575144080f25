"""Measures how fast each format is read, and how exactly PDFs, beside other libraries.

    python benchmarks/documents.py --data DIR [--into DIR] [--only WORD …] [--alone]

DIR holds ``corpus/arcd``, ``corpus/xquad-ar`` and ``corpus/xquad-en`` with texts of a paragraph a
line. First the formats: a file of each in Arabic and in English, of the same 600,000 characters
(`made_files`; the PDF, by LibreOffice, of a quarter of them). A page is one of the PDF's own, or
2,000 characters of the text that was read; ``exact`` is the share of the paragraphs, or of the
subtitles, that are found verbatim. The fuzz share of each format is told by tests/test_fuzz.py.

Then PDF by its producers. PDFs are made of them with Chromium, LibreOffice and XeLaTeX, as far as
these are installed, and kept in ``--into`` for the next run. A paragraph counts as read where it is
found verbatim in the text: in NFC, with runs of white space as one, tatweel and format characters
left out.

Three forms of the Arabic paragraphs are set: plain (without vowel signs), as written, and dense
(vowel signs strewn at random over most letters, 60 paragraphs). Left out are paragraphs with
characters that few fonts have, and from XeLaTeX's, which takes no letter from another font, those
in further scripts. Speed is by the processor's time of one process, the best of two runs.

``--only`` takes parts of names, such as ``amiri`` or ``book``, which all files of the first table
begin with. The other libraries are pypdf, pypdfium2's own text and pdfplumber (the extra
``benchmark``); ``--alone`` leaves them out. Of them the best score on each file is shown, and
whose it is.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import shutil
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.documents import read_document

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from made_files import CUED, MADE, Book, book_of, cues_of, make
from pdf_producers import CHROMIUM, OFFICE, PRODUCERS, XELATEX, Look, is_arabic

FONTS = {
    "naskh": "Noto Naskh Arabic",
    "sans": "Noto Sans Arabic",
    "amiri": "Amiri",
    "scheherazade": "Scheherazade",
    "dejavu": "DejaVu Sans",
}
PROGRAMS = {"chromium": CHROMIUM, "libreoffice": OFFICE, "xelatex": XELATEX}
# It sets letters of the one font only, and these have no Latin ones or no brackets.
NOT_XELATEX = ("naskh", "sans")
LOOKS = {
    "columns": Look(columns=2),
    "justified": Look(justified=True),
    "indented": Look(justified=True, indent=1),
    "running": Look(running=True, title="تقرير عن أحوال البلاد"),
}
SEED = 7
SIGNED, DOUBLED = 0.6, 0.12  # shares of the letters
LONGEST, SHORTEST = 1500, 60
BOOK, PDF_BOOK = 600_000, 150_000  # characters
PAGE = 2_000  # characters, where a format has no pages
MARKS = re.compile("[\u064b-\u0652\u0670]")
FOLDED = re.compile("[\u0640\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
IN_FEW_FONTS = re.compile(
    "[\u0080-\u009f\u0250-\u02ff\u0370-\u03ff\u0590-\u05ff\u0900-\u097f\u1f00-\u1fff"
    "\u3000-\uffff¼³¬±‡°¤¶¨¯†¢¡™⊆]"
)
OTHER_SCRIPT = re.compile("[\u0400-\u04ff\u2d30-\u2d7f]")
VOWELLED = re.compile("[\u0621-\u064a،.؛:]+")


@dataclass(frozen=True)
class Sample:
    """A PDF and what should be in it."""

    name: str
    path: Path
    paragraphs: Sequence[str]


def paragraphs_of(folder: Path, count: int) -> list[str]:
    """Return paragraphs spread over the files of a folder."""
    found: dict[str, str] = {}
    for file in sorted(folder.glob("*.txt")):
        for line in file.read_text("utf-8").split("\n"):
            text = " ".join(FOLDED.sub("", line).split())
            if SHORTEST < len(text) <= LONGEST and not IN_FEW_FONTS.search(text):
                found.setdefault(text[:SHORTEST], text)
    texts = list(found.values())
    return texts[:: max(1, len(texts) // count)][:count]


def with_vowels(text: str, chance: random.Random) -> str:
    """Return a text with vowel signs on most letters, as a schoolbook has them but at random."""
    words = []
    for word in MARKS.sub("", text).split(" "):
        if not VOWELLED.fullmatch(word):
            words.append(word)
            continue
        signed = ""
        for place, letter in enumerate(word):
            signed += letter
            if "\u0621" <= letter <= "\u064a" and letter not in "اىآ" and chance.random() < SIGNED:
                doubled = place > 0 and chance.random() < DOUBLED
                signed += "\u0651" if doubled else ""
                signed += chance.choice("\u064e\u064f\u0650" + ("" if doubled else "\u0652"))
        words.append(signed)
    return " ".join(words)


def texts_of(data: Path) -> dict[str, list[str]]:
    """Return the paragraphs of each form."""
    chance = random.Random(SEED)  # noqa: S311  # the same texts each time
    arabic = paragraphs_of(data / "corpus" / "arcd", 100)
    arabic += paragraphs_of(data / "corpus" / "xquad-ar", 60)
    english = paragraphs_of(data / "corpus" / "xquad-en", 60)
    return {
        "plain": [MARKS.sub("", text) for text in arabic] + english,
        "written": arabic + english,
        "dense": [with_vowels(text, chance) for text in arabic[30:90]],
    }


def samples(data: Path, into: Path, only: Sequence[str]) -> Iterator[Sample]:
    """Yield the PDFs, made where they are not there yet."""
    texts = texts_of(data)
    for program in (name for name, path in PROGRAMS.items() if shutil.which(path)):
        looks = {
            f"{font}-{form}": (Look(family), form)
            for font, family in FONTS.items()
            for form in texts
            if program != "xelatex" or font not in NOT_XELATEX
        }
        if program != "xelatex":
            looks |= {f"naskh-{name}": (look, "written") for name, look in LOOKS.items()}
        for name, (look, form) in looks.items():
            wanted = texts[form]
            if program == "xelatex":
                wanted = [text for text in wanted if not OTHER_SCRIPT.search(text)]
            path = into / f"{program}-{name}.pdf"
            if only and not any(word in path.stem for word in only):
                continue
            if not path.exists():
                PRODUCERS[program](wanted, look, path)
            yield Sample(path.stem, path, wanted)


def folded(text: str) -> str:
    """Return a text as it is compared."""
    return " ".join(FOLDED.sub("", unicodedata.normalize("NFC", text)).split())


def exactness(text: str, wanted: Sequence[str]) -> tuple[float, float]:
    """Return the share of the Arabic and of the English paragraphs that are in a text."""
    known = folded(text)
    shares = []
    for arabic in (True, False):
        these = [p for p in wanted if is_arabic(p) == arabic]
        found = sum(folded(p) in known for p in these)
        shares.append(found / len(these) if these else float("nan"))
    return shares[0], shares[1]


def own_text(data: bytes, name: str = "file.pdf") -> str:
    """Return the text of this program's reader, its blocks apart."""
    document = read_document(Path(name), data)
    return "\n".join(document.text[block.start : block.end] for block in document.blocks)


def pypdf_text(data: bytes) -> str:
    """Return pypdf's text."""
    import pypdf

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def pypdfium2_text(data: bytes) -> str:
    """Return the text in PDFium's own order."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def pdfplumber_text(data: bytes) -> str:
    """Return pdfplumber's text."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        return "\n".join(page.extract_text() for page in document.pages)


OTHERS: Mapping[str, Callable[[bytes], str]] = {
    "pypdf": pypdf_text,
    "pypdfium2": pypdfium2_text,
    "pdfplumber": pdfplumber_text,
}


def timed(read: Callable[[bytes], str], data: bytes, runs: int = 1) -> tuple[str, float]:
    """Return a text and the processor's time for it in seconds."""
    best = float("inf")
    text = ""
    for _ in range(runs):
        started = time.process_time()
        text = read(data)
        best = min(best, time.process_time() - started)
    return text, best


def pages_of(data: bytes) -> int:
    """Return how many pages a PDF has."""
    import pypdfium2

    return len(pypdfium2.PdfDocument(data))


def measure(sample: Sample, *, alone: bool) -> str:
    """Return a line of the table."""
    data = sample.path.read_bytes()
    pages = pages_of(data)
    text, seconds = timed(own_text, data, runs=2)
    arabic, english = exactness(text, sample.paragraphs)
    line = (
        f"{sample.name:30} {arabic:6.3f} {english:6.3f} {pages / seconds:7.1f} "
        f"{len(data) / 1e6 / seconds:6.2f}"
    )
    if alone:
        return line
    best_arabic, best_english = (0.0, ""), (0.0, "")
    for name, read in OTHERS.items():
        other, _ = timed(read, data)
        their_arabic, their_english = exactness(other, sample.paragraphs)
        best_arabic = max(best_arabic, (their_arabic, name))
        best_english = max(best_english, (their_english, name))
    return (
        f"{line}   {best_arabic[0]:6.3f} {best_arabic[1]:10} "
        f"{best_english[0]:6.3f} {best_english[1]}"
    )


def book_files(data: Path, into: Path) -> Iterator[tuple[Path, Book]]:
    """Yield a file of each format and language, made where it is not there yet."""
    folders = {"ar": ("arcd", "xquad-ar"), "en": ("xquad-en",)}
    texts = {
        language: [p for name in names for p in paragraphs_of(data / "corpus" / name, 10_000)]
        for language, names in folders.items()
    }
    for suffix in (*MADE, ".pdf"):
        for language, paragraphs in texts.items():
            book = book_of(language, paragraphs, PDF_BOOK if suffix == ".pdf" else BOOK)
            path = into / f"book-{language}{suffix}"
            if not path.exists() and suffix == ".pdf":
                if shutil.which(OFFICE):
                    PRODUCERS["libreoffice"](book.paragraphs, Look(), path)
            elif not path.exists() and (made := make(suffix, book)) is not None:
                path.write_bytes(made)
            if path.exists():
                yield path, book


def measure_format(path: Path, book: Book) -> str:
    """Return a line of the table of formats."""
    data = path.read_bytes()
    text, seconds = timed(lambda given: own_text(given, path.name), data, runs=2)
    known = folded(text)
    wanted = book.paragraphs if path.suffix not in CUED else [words for _, words in cues_of(book)]
    exact = sum(folded(words) in known for words in wanted) / len(wanted)
    pages = pages_of(data) if path.suffix == ".pdf" else len(text) / PAGE
    return (
        f"{path.name:14} {len(data) / 1e6:6.2f} {pages:7.0f} {exact:6.3f} "
        f"{pages / seconds:8.1f} {len(data) / 1e6 / seconds:7.2f}"
    )


def print_formats(data: Path, into: Path, only: Sequence[str]) -> None:
    """Print the table of formats."""
    print(f"{'file':14} {'MB':>6} {'pages':>7} {'exact':>6} {'pages/s':>8} {'MB/s':>7}")
    seen = set()
    for path, book in book_files(data, into):
        seen.add(path.suffix)
        if not only or any(word in path.name for word in only):
            print(measure_format(path, book), flush=True)
    left = sorted({*MADE, ".pdf"} - seen)
    print(f"not made, for want of LibreOffice: {' '.join(left)}\n" if left else "")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--into", type=Path, default=Path("build/pdfs"))
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--alone", action="store_true")
    given = parser.parse_args()
    given.into.mkdir(parents=True, exist_ok=True)
    print_formats(given.data, given.into, given.only)
    print(
        f"{'file':30} {'Arabic':>6} {'Engl.':>6} {'pages/s':>7} {'MB/s':>6}   "
        f"{'Arabic':>6} {'best other':10} {'Engl.':>6} best other"
    )
    for sample in samples(given.data, given.into, given.only):
        print(measure(sample, alone=given.alone), flush=True)


if __name__ == "__main__":
    main()
