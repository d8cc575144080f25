"""Citations as RIS: an entry a document, a note a quote.

Tags and their order are those of the format's own description: ``TY`` first, ``ER`` last, two
spaces and a hyphen behind each tag, lines ended by CR and LF.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from assistant.schema.citing.works import Work

_LINE_END = "\r\n"


def ris(found: Sequence[Work], language: str, accessed: dt.date | None) -> str:
    """Return an entry for each document.

    Args:
        found: The documents with their quotes.
        language: Language of the places in the notes, ``ar`` or ``en``.
        accessed: When the documents were looked at; None to leave it out.
    """
    return _LINE_END.join(
        "".join(f"{tag}  - {value}{_LINE_END}" for tag, value in _fields(work, language, accessed))
        for work in found
    )


def _fields(work: Work, language: str, accessed: dt.date | None) -> Iterator[tuple[str, str]]:
    addresses = dict.fromkeys([work.url, *(quote.link for quote in work.quotes)])
    optional = [
        ("AU", work.author),
        ("PY", f"{work.date.year:04}" if work.date else ""),
        ("DA", f"{work.date:%Y/%m/%d}" if work.date else ""),
        *_pages(work),
        ("LA", work.language),
        *(("UR", address) for address in addresses),
        ("AV", work.source),
        ("Y2", f"{accessed:%Y/%m/%d}" if accessed else ""),
        *(("N1", note) for note in work.notes(language)),
    ]
    yield "TY", "ELEC" if work.url else "GEN"
    yield "ID", work.key
    yield "TI", work.title
    yield from ((tag, value) for tag, value in optional if value)
    yield "ER", ""


def _pages(work: Work) -> Iterator[tuple[str, str]]:
    """Yield first and last page; the notes name those of quotes from several places."""
    if len(work.pages) == 1:
        yield from zip(("SP", "EP"), work.pages[0].split("-"), strict=False)
