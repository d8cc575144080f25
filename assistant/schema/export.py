"""Answers as Markdown and HTML: numbered markers, and the quotes they point at."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence

from assistant.language import direction, main_language
from assistant.language.steering import harmless
from assistant.schema.evidence import Citation, Segment
from assistant.strings import say

_MARKDOWN_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$])")
# What would make a line a list, a rule or a heading, or a marker before it a link.
_MARKDOWN_OPENING = re.compile(r"^[ \t]*(?:([-+=:(])|([0-9]{1,9})([.)]))", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_SPACES = re.compile(r"\s+")
_TAG = re.compile("</?small>")


def marker(citation: Citation, citations: Sequence[Citation]) -> str:
    """Return the marker of a citation, such as ``[1]``: its place in order of first use."""
    return f"[{citations.index(citation) + 1}]"


def to_markdown(segments: Sequence[Segment], citations: Sequence[Citation]) -> str:
    """Return segments as Markdown with markers, followed by the numbered quotes.

    A quote's line breaks become spaces, since a list item is one line; the offsets in
    `Citation` still give the exact words.
    """
    body = "".join(_markdown_segment(s, citations) for s in segments).strip()
    if not citations:
        return body
    lines = [
        f"{number}. «{escape_markdown(_SPACES.sub(' ', c.cited_text))}»"
        f" — {escape_markdown(reference(c))}"
        for number, c in enumerate(citations, start=1)
    ]
    return body + "\n\n" + "\n".join(lines)


def to_html(segments: Sequence[Segment], citations: Sequence[Citation]) -> str:
    """Return segments as an HTML fragment; every block has the direction of most of its letters."""
    body = "".join(_html_segment(s, citations) for s in segments).strip()
    parts = [
        line
        if line.startswith("<blockquote")
        else f'<p dir="{direction(html.unescape(_TAG.sub("", line)))}">{line}</p>'
        for line in body.splitlines()
        if line.strip()
    ]
    if citations:
        items = "".join(
            f'<li><blockquote dir="{direction(c.cited_text)}">{escape_html(c.cited_text)}'
            f'</blockquote><cite dir="{direction(reference(c))}">{escape_html(reference(c))}'
            "</cite></li>"
            for c in citations
        )
        parts.append(f"<ol>{items}</ol>")
    return f'<div class="sanad-answer">{"".join(parts)}</div>'


def doubt(segment: Segment) -> str:
    """Return the words that go with what was not confirmed, in its own language; else nothing."""
    if segment.support not in ("unconfirmed", "unsupported") or not segment.text.strip():
        return ""  # nothing is said of words that were erased
    language = main_language(segment.text)
    label = say(f"support.{segment.support}", language)
    if not segment.reasons:
        return label
    why = say("answer.semicolon", language).join(segment.reasons)
    return say("support.why", language, {"mark": label, "reasons": why})


def checked(segments: Sequence[Segment], language: str) -> tuple[str, ...]:
    """Return what the marks of a model's sentences mean: what was checked, and no more.

    Args:
        segments: The segments of an answer.
        language: Language of the words.

    Returns:
        A line for each mark that they have, in order of first use.
    """
    marks = dict.fromkeys(s.support for s in segments if s.support != "frame")
    return tuple(
        say(
            "support.why",
            language,
            {
                "mark": say(f"support.{mark}", language),
                "reasons": say(f"gate.mark.{mark}", language),
            },
        )
        for mark in marks
    )


def _markdown_segment(segment: Segment, citations: Sequence[Citation]) -> str:
    shown = _with_markers(segment, citations, escape_markdown)
    if words := doubt(segment):
        shown = f"{shown.rstrip()} *({escape_markdown(words)})*"
    quotes = [f"> {escape_markdown(_SPACES.sub(' ', c.cited_text))}" for c in segment.beside]
    return "\n\n".join((shown, *quotes, "")) if quotes else shown


def _html_segment(segment: Segment, citations: Sequence[Citation]) -> str:
    shown = _with_markers(segment, citations, escape_html)
    if words := doubt(segment):
        shown = f"{shown.rstrip()} <small>({escape_html(words)})</small>"
    quotes = [
        f'<blockquote class="beside" dir="{direction(c.cited_text)}">'
        f"{escape_html(_SPACES.sub(' ', c.cited_text))}</blockquote>"
        for c in segment.beside
    ]
    return "\n".join((shown, *quotes, "")) if quotes else shown


def _with_markers(
    segment: Segment, citations: Sequence[Citation], escape: Callable[[str], str]
) -> str:
    """Return a segment's escaped text, its markers before any trailing white space."""
    text = segment.text.rstrip()
    marks = "".join(f" {marker(c, citations)}" for c in segment.citations)
    return escape(text) + marks + segment.text[len(text) :]


def reference(citation: Citation) -> str:
    """Return where a quote stands, on one line: its document's title and the place in it."""
    parts = (citation.document_title, citation.place)
    return _SPACES.sub(" ", ", ".join(part for part in parts if part))


def escape_html(text: str) -> str:
    """Return a text so that HTML shows these very characters, whatever they are."""
    return html.escape(harmless(text))


def escape_markdown(text: str) -> str:
    """Return a text so that Markdown shows these very characters, whatever they are."""
    escaped = _MARKDOWN_SPECIAL.sub(r"\\\1", harmless(text).replace("&", "&amp;"))
    lead = escaped[: len(escaped) - len(escaped.lstrip(" "))]
    lines = _MARKDOWN_OPENING.sub(_escape_opening, _INDENT.sub("", escaped))
    return lead + lines


def _escape_opening(match: re.Match[str]) -> str:
    return f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}"
