"""Citations as BibTeX: an entry a document, its quotes in the note.

Letters stay as they are (BibLaTeX with Biber, XeLaTeX or LuaLaTeX read Unicode); what TeX would
take for a command is written as one that shows it. Braces too, since BibTeX counts even escaped
ones.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from urllib.parse import quote as percent

from assistant.schema.citing.works import Work

_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "#$%&_"},
    }
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_LANGUAGES = {"ar": "arabic", "en": "english"}
# In an address these are written as they are; braces, spaces and backslashes are not.
_OF_ADDRESSES = "!#$%&'()*+,/:;=?@[]~"


def bibtex(found: Sequence[Work], language: str, accessed: dt.date | None) -> str:
    """Return an entry for each document.

    Args:
        found: The documents with their quotes.
        language: Language of the places in the notes, ``ar`` or ``en``.
        accessed: When the documents were looked at; None to leave it out.
    """
    return "\n\n".join(_entry(work, language, accessed) for work in found)


def _entry(work: Work, language: str, accessed: dt.date | None) -> str:
    date = work.date
    links = [work.url, *(quote.link for quote in work.quotes)]
    fields = {
        "author": f"{{{_escaped(work.author)}}}" if work.author else "",
        "title": f"{{{_escaped(work.title)}}}",
        "year": f"{date.year:04}" if date else "",
        "month": _MONTHS[date.month - 1] if date else "",
        "day": str(date.day) if date else "",
        "pages": ", ".join(pages.replace("-", "--") for pages in work.pages),
        "howpublished": _escaped(work.source),
        "url": _address(next(filter(None, links), "")),
        "urldate": accessed.isoformat() if accessed else "",
        "language": _LANGUAGES[work.language],
        "note": _escaped("; ".join(work.notes(language))),
    }
    lines = [
        # The names of months are macros.
        f"  {name} = {value if name == 'month' else f'{{{value}}}'},"
        for name, value in fields.items()
        if value
    ]
    return "\n".join([f"@misc{{{work.key},", *lines, "}"])


def _escaped(text: str) -> str:
    return text.translate(_TEX)


def _address(url: str) -> str:
    """Return an address as a verbatim field takes it: without what would end the field."""
    return "".join(
        c if c.isalnum() or c in "-._" or c in _OF_ADDRESSES else percent(c) for c in url
    )
