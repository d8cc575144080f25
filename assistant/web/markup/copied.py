"""An answer with its sources, for the clipboard: as plain text, and as HTML."""

from __future__ import annotations

import html
import re

from assistant.language.scripts import direction
from assistant.schema import Answer, Citation, Segment, doubt, marker
from assistant.strings import place_name

_SPACES = re.compile(r"\s+")


def cited_text(whole: Answer, language: str) -> str:
    """Return an answer as plain text: its words with markers, then the numbered quotes.

    Args:
        whole: The answer.
        language: Language of the interface, for the names of places in a document.
    """
    said = "".join(_said(segment, whole) for segment in whole.segments).strip()
    quotes = [
        f"{marker(c, whole.citations)} \u00ab{_line(c.cited_text)}\u00bb"
        f" \u2014 {_where(c, language)}"
        for c in whole.citations
        if c.cited_text
    ]
    return "\n\n".join(filter(None, (said, "\n".join(quotes))))


def cited_html(whole: Answer, language: str) -> str:
    """Return what `cited_text` says as HTML, each paragraph and quote in its own direction."""
    said = "".join(_said(segment, whole) for segment in whole.segments).strip()
    parts = [_block(line) for line in said.splitlines() if line.strip()]
    items = "".join(_item(c, whole, language) for c in whole.citations if c.cited_text)
    return "".join(parts) + items


def _said(segment: Segment, whole: Answer) -> str:
    text = segment.text.rstrip()
    marks = "".join(f" {marker(c, whole.citations)}" for c in segment.citations)
    why = doubt(segment)
    return f"{text}{marks}{f' ({why})' if why else ''}{segment.text[len(text) :]}"


def _item(citation: Citation, whole: Answer, language: str) -> str:
    quote = _line(citation.cited_text)
    shown = html.escape(f"{marker(citation, whole.citations)} \u00ab{quote}\u00bb")
    cite = f"<cite><bdi>{html.escape(_where(citation, language))}</bdi></cite>"
    return f'<p dir="{direction(quote)}">{shown}<br>{cite}</p>'


def _block(line: str) -> str:
    return f'<p dir="{direction(line)}">{html.escape(line)}</p>'


def _where(citation: Citation, language: str) -> str:
    place = place_name(citation.place, language)
    parts = (citation.document_title, place, citation.source)
    return " \u00b7 ".join(_line(part) for part in parts if part)


def _line(text: str) -> str:
    return _SPACES.sub(" ", text).strip()
