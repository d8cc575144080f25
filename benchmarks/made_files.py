"""Large files of every format that is read, made of real sentences, to measure the readers with.

DOCX, ODT, RTF and EPUB are what LibreOffice makes of the web page; without it these are left out.
The others are written here. The seed is fixed: the same texts give the same files.
"""

from __future__ import annotations

import csv
import html
import io
import json
import random
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from made_office import presentation, workbook

from assistant.sentences import sentence_spans

OFFICE = shutil.which("soffice")
SEED = 11
SECTION = 8  # paragraphs under one heading
SENTENCES = (2, 3, 4, 5)  # in a paragraph
CUE = 9  # words in one subtitle
_TITLES = {"ar": "كتاب القراءات", "en": "A book of readings"}
_NAMES = {"ar": ("الرقم", "الفصل", "النص"), "en": ("number", "chapter", "text")}


@dataclass(frozen=True)
class Book:
    """What a file is to hold.

    Attributes:
        language: ``ar`` or ``en``.
        paragraphs: Its paragraphs, each of a few sentences.
    """

    language: str
    paragraphs: Sequence[str]

    @property
    def title(self) -> str:
        """Its title."""
        return _TITLES[self.language]

    def sections(self) -> Iterator[tuple[str, Sequence[str]]]:
        """Yield headings with the paragraphs beneath them."""
        word = "الفصل" if self.language == "ar" else "Chapter"
        for number, start in enumerate(range(0, len(self.paragraphs), SECTION), start=1):
            yield f"{word} {number}", self.paragraphs[start : start + SECTION]

    def rows(self) -> Iterator[tuple[int, str, str]]:
        """Yield the number, the chapter and the words of each paragraph."""
        number = 0
        for heading, paragraphs in self.sections():
            for text in paragraphs:
                number += 1
                yield number, heading, text


def book_of(language: str, texts: Iterable[str], characters: int) -> Book:
    """Return a book of some length, its paragraphs put together from the sentences of texts."""
    chance = random.Random(f"{SEED} {language}")  # noqa: S311  # the same texts each time
    sentences = [text[s.start : s.end] for text in texts for s in sentence_spans(text)]
    chosen: list[str] = []
    length = 0
    while length < characters:
        chosen.append(" ".join(chance.choices(sentences, k=chance.choice(SENTENCES))))
        length += len(chosen[-1])
    return Book(language, tuple(chosen))


def page_of(book: Book) -> bytes:
    """Return a web page: headings, paragraphs with inline marks, a list and a table a chapter."""
    direction = "rtl" if book.language == "ar" else "ltr"
    parts = [
        f'<!DOCTYPE html><html lang="{book.language}" dir="{direction}"><head>'
        f'<meta charset="utf-8"><title>{book.title}</title><style>p {{ margin: 1em }}</style>'
        "<script>var seen = 0;</script></head><body><nav><ul><li><a href='/'>1</a></ul></nav>"
        f"<main><h1>{book.title}</h1>"
    ]
    for heading, paragraphs in book.sections():
        parts.append(f"<h2>{heading}</h2>")
        for number, text in enumerate(paragraphs):
            first, _, rest = html.escape(text).partition(" ")
            words = f'<b>{first}</b> <a href="/{number}">{rest}</a>'
            if number == SECTION - 2:
                parts.append(f"<ul><li>{words}</li></ul>")
            elif number == SECTION - 1:
                parts.append(f"<table><tr><td>{number}</td><td>{words}</td></tr></table>")
            else:
                parts.append(f'<p class="body">{words}</p>')
    return "\n".join([*parts, "</main><footer>2024</footer></body></html>"]).encode()


def markdown_of(book: Book) -> bytes:
    """Return the same in Markdown."""
    parts = [f"# {book.title}"]
    for heading, paragraphs in book.sections():
        parts += [f"## {heading}", *paragraphs[:-1], f"- {paragraphs[-1]}"]
    return "\n\n".join(parts).encode()


def plain_of(book: Book) -> bytes:
    """Return the paragraphs alone."""
    return "\n\n".join(book.paragraphs).encode()


def table_of(book: Book, delimiter: str = ",") -> bytes:
    """Return a row a paragraph."""
    table = io.StringIO()
    writer = csv.writer(table, delimiter=delimiter)
    writer.writerow(_NAMES[book.language])
    writer.writerows(book.rows())
    return table.getvalue().encode()


def _records(book: Book) -> list[dict[str, object]]:
    return [dict(zip(_NAMES[book.language], row, strict=True)) for row in book.rows()]


def json_of(book: Book) -> bytes:
    """Return a list of objects beneath a title."""
    whole = {"title": book.title, "items": _records(book)}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def json_lines_of(book: Book) -> bytes:
    """Return an object a line."""
    return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in _records(book)).encode()


def cues_of(book: Book) -> Iterator[tuple[int, str]]:
    """Yield the number and the words of each subtitle."""
    number = 0
    for text in book.paragraphs:
        words = text.split(" ")
        for start in range(0, len(words), CUE):
            yield number, " ".join(words[start : start + CUE])
            number += 1


def _moment(seconds: int, thousandths: str) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{thousandths}"


def srt_of(book: Book) -> bytes:
    """Return subtitles of a few words each."""
    return "\n".join(
        f"{n + 1}\n{_moment(3 * n, ',000')} --> {_moment(3 * n + 2, ',900')}\n{words}\n"
        for n, words in cues_of(book)
    ).encode()


def vtt_of(book: Book) -> bytes:
    """Return the same as WebVTT."""
    return "\n".join(
        [
            "WEBVTT\n",
            *(
                f"{_moment(3 * n, '.000')} --> {_moment(3 * n + 2, '.900')}\n{html.escape(w)}\n"
                for n, w in cues_of(book)
            ),
        ]
    ).encode()


def mail_of(book: Book) -> bytes:
    """Return a message with a plain and an HTML body."""
    message = EmailMessage()
    message["From"] = "Nora Whelan <nora@example.org>"
    message["To"] = "port@example.org"
    message["Date"] = "Tue, 05 Mar 2024 10:15:00 +0200"
    message["Subject"] = book.title
    message.set_content("\n\n".join(book.paragraphs))
    message.add_alternative(page_of(book).decode(), subtype="html")
    return message.as_bytes()


def workbook_of(book: Book) -> bytes:
    """Return a row a paragraph."""
    return workbook([_NAMES[book.language], *book.rows()])


_WRITERS: Mapping[str, Callable[[Book], bytes]] = {
    ".txt": plain_of,
    ".md": markdown_of,
    ".html": page_of,
    ".csv": table_of,
    ".tsv": lambda book: table_of(book, "\t"),
    ".json": json_of,
    ".jsonl": json_lines_of,
    ".srt": srt_of,
    ".vtt": vtt_of,
    ".eml": mail_of,
    ".xlsx": workbook_of,
    ".pptx": lambda book: presentation(book.sections()),
}
# What LibreOffice is told to write.
_CONVERTED = {
    ".docx": "docx:MS Word 2007 XML",
    ".odt": "odt:writer8",
    ".rtf": "rtf:Rich Text Format",
    ".epub": "epub:EPUB",
}
MADE = (*_WRITERS, *_CONVERTED)
CUED = (".srt", ".vtt")


def make(suffix: str, book: Book) -> bytes | None:
    """Return a file of a format; None where the program that makes it is not installed.

    Args:
        suffix: One of ``MADE``.
        book: What it is to hold.
    """
    if suffix in _WRITERS:
        return _WRITERS[suffix](book)
    if OFFICE is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "book.html"
        page.write_bytes(page_of(book))
        subprocess.run(
            [
                OFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless",
                "--infilter=HTML (StarWriter)", "--convert-to", _CONVERTED[suffix],
                "--outdir", folder, str(page),
            ],
            check=True, capture_output=True, timeout=600,
        )  # fmt: skip
        return page.with_suffix(suffix).read_bytes()
