"""Citations for a text that is written elsewhere: footnotes, BibTeX, RIS, CSL-JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Literal, get_args

from assistant.errors import AssistantError
from assistant.schema.citing.bibtex import bibtex
from assistant.schema.citing.csl import csl_json
from assistant.schema.citing.footnotes import day, footnotes
from assistant.schema.citing.ris import ris
from assistant.schema.citing.works import works
from assistant.schema.documents import Document
from assistant.schema.evidence import Citation

CiteStyle = Literal["footnote", "bibtex", "ris", "csl-json"]
CITE_STYLES: tuple[CiteStyle, ...] = get_args(CiteStyle)

__all__ = ["CITE_STYLES", "CiteStyle", "cite", "day"]


def cite(
    citations: Sequence[Citation],
    documents: Sequence[Document] = (),
    style: CiteStyle = "footnote",
    language: str = "en",
    link: Callable[[Citation], str] | None = None,
    accessed: dt.date | None = None,
) -> str:
    r"""Return citations as other programs and readers take them.

    A footnote is a line for each quote; the others have an entry for each document, with all its
    quotes. Titles and quotes are on one line, and control characters and marks of direction that
    would break a format or turn its lines are left out; the offsets in `Citation` give the exact
    words.

    Args:
        citations: The citations, in order.
        documents: Their documents, for date, author and language; those that are missing are
            cited by what the citation says.
        style: ``footnote``, ``bibtex``, ``ris`` (lines end in ``\r\n``) or ``csl-json``.
        language: Language of footnotes, quotation marks and places, ``ar`` or ``en``.
        link: Gives the address of a citation's sentence, such as its page in the app.
        accessed: When the documents were looked at; named only if given.

    Returns:
        The text; empty, or an empty list, for no citations.

    Raises:
        AssistantError: The style is unknown.
    """
    writers = {"footnote": footnotes, "bibtex": bibtex, "ris": ris, "csl-json": csl_json}
    if style not in writers:
        known = ", ".join(CITE_STYLES)
        raise AssistantError(f"style={style!r} can't be used: choose one of {known}.")
    return writers[style](works(citations, documents, link), language, accessed)
