"""Citations gathered by the documents that they quote, with what a bibliography says of each."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from assistant.language import main_language
from assistant.schema.documents import Document
from assistant.schema.evidence import Citation
from assistant.strings import place_name, say

# What would end a field or a line of some format, or turn what follows it: control characters,
# marks of paragraphs, embeddings and isolates. Joiners, which Persian and emoji need, stay.
_BREAKING = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]"
)
_SPACES = re.compile("[\\s\x1c-\x1f\x85\u2028\u2029]+")
_URL = re.compile("https?://\\S+", re.IGNORECASE)
_PAGES = re.compile("pages? ([0-9]+)(?:-([0-9]+))?")
_PLAIN_ID = re.compile("[0-9A-Za-z]{1,40}")


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted words as an export writes them: on one line.

    Attributes:
        text: The words; empty where they were erased.
        place: Page, slide, row or time.
        link: Address of the sentence; empty where there is none.
    """

    text: str
    place: str
    link: str

    @property
    def pages(self) -> str:
        """Its pages, such as ``3`` or ``3-4``; empty where it has none."""
        match = _PAGES.fullmatch(self.place)
        return "-".join(filter(None, match.groups())) if match else ""

    def noted(self, language: str) -> str:
        """Return it in quotation marks, and where it stands; empty where it was erased."""
        if not self.text:
            return ""
        words = say("cite.quote", language, {"text": self.text})
        return f"{words} ({place_name(self.place, language)})" if self.place else words


@dataclass(frozen=True, slots=True)
class Work:
    """A document with the quotes that are taken from it.

    Attributes:
        key: What names it in a bibliography: always the same for a document.
        title: Its title.
        author: Who wrote it, where it says so.
        date: The date it gives itself, unless that is in doubt.
        language: ``ar`` or ``en``.
        source: Its path or name; empty where that is its address.
        url: Its address on the web.
        quotes: What is quoted, in order of first use.
    """

    key: str
    title: str
    author: str
    date: dt.date | None
    language: str
    source: str
    url: str
    quotes: tuple[Quote, ...]

    def notes(self, language: str) -> list[str]:
        """Return its quotes, each in quotation marks and with its place."""
        return list(filter(None, (quote.noted(language) for quote in self.quotes)))

    @property
    def pages(self) -> tuple[str, ...]:
        """The pages of all quotes, each once, in order of first use."""
        return tuple(dict.fromkeys(quote.pages for quote in self.quotes if quote.pages))


def works(
    citations: Sequence[Citation],
    documents: Sequence[Document] = (),
    link: Callable[[Citation], str] | None = None,
) -> tuple[Work, ...]:
    """Return the documents that citations quote, in order of first use.

    Args:
        citations: The citations.
        documents: What is known of their documents; of several versions the cited one counts.
        link: Gives the address of a citation's sentence.
    """
    known = {document.id: document for document in documents}
    known |= {d.id: d for d in documents if any(_is_of(c, d) for c in citations)}
    groups: dict[str, list[Citation]] = {}
    for citation in citations:
        groups.setdefault(citation.document_id, []).append(citation)
    return tuple(_work(group, known, link) for group in groups.values())


def _is_of(citation: Citation, document: Document) -> bool:
    return (citation.document_id, citation.version) == (document.id, document.version)


def _work(
    group: Sequence[Citation],
    known: Mapping[str, Document],
    link: Callable[[Citation], str] | None,
) -> Work:
    first = group[0]
    document = known.get(first.document_id, Document())
    source = one_line(document.source or first.source)
    title = one_line(document.title or first.document_title) or PurePosixPath(source).name
    is_url = _URL.fullmatch(source) is not None
    quotes = (
        Quote(one_line(c.cited_text), one_line(c.place), one_line(link(c)) if link else "")
        for c in group
    )
    return Work(
        key=_key(first.document_id),
        title=title,
        author=one_line(document.metadata.get("author", "")),
        date=_sure_date(document),
        language=document.language if document.language in ("ar", "en") else main_language(title),
        source="" if is_url else source,
        url=source if is_url else "",
        quotes=tuple(dict.fromkeys(quotes)),
    )


def _sure_date(document: Document) -> dt.date | None:
    """Return a document's date; none that could be another, which a bibliography would hide."""
    is_corrected = "date" in document.metadata.get("corrected", "").split()
    is_sure = is_corrected or not document.metadata.get("date_doubt")
    return document.date if is_sure else None


def _key(document_id: str) -> str:
    """Return a key of ASCII letters and digits; of the id alone, so that it never changes."""
    plain = document_id
    if not _PLAIN_ID.fullmatch(document_id):
        plain = hashlib.sha256(document_id.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"sanad-{plain}"


def one_line(text: str) -> str:
    """Return a text on one line, without what would break a format or turn what follows."""
    return _SPACES.sub(" ", _BREAKING.sub("", text)).strip()
