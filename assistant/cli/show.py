"""How answers, hits and reports look in a terminal, and as JSON."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence

import click

from assistant.language import main_language
from assistant.schema import (
    Answer,
    AnswerStream,
    Citation,
    Document,
    Failure,
    Hit,
    Segment,
    SyncReport,
    marker,
)
from assistant.strings import place_name, say

_CLOSEST = 3
_GLANCE = 240  # characters
_UNCHECKED = ("unconfirmed", "unsupported")
# A document's text must not steer the terminal: no escape sequences, no turning of later text.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_LINE_END = re.compile(r"\r\n?")
_CONTROLS_IN_JSON = re.compile("[\x7f-\x9f]")


def plain(text: str) -> str:
    """Return a text without the characters that would steer the terminal; lines stay."""
    return _STEERING.sub("", _LINE_END.sub("\n", text))


def one_line(text: str) -> str:
    """Return a text on one line: `plain`, and its white space collapsed."""
    return plain(" ".join(text.split()))


def complain(message: str) -> None:
    """Print an error as one line on stderr."""
    click.echo(f"Error: {one_line(message)}", err=True)


def echo_json(value: object) -> None:
    """Print one JSON document: indented for a person, compact for a program."""
    on_terminal = sys.stdout.isatty()
    text = json.dumps(
        value,
        ensure_ascii=False,
        indent=2 if on_terminal else None,
        separators=None if on_terminal else (",", ":"),
    )
    click.echo(_CONTROLS_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def echo_stream(stream: AnswerStream) -> Answer:
    """Print an answer as it comes, then its sources, or under a refusal the closest passages.

    Args:
        stream: The answer's checked segments.

    Returns:
        The whole answer.
    """
    cited: list[Citation] = []
    line_is_open, space = False, ""
    try:
        for segment in stream:
            words = segment.text.rstrip()
            cited += [c for c in dict.fromkeys(segment.citations) if c not in cited]
            marks = "".join(f" {marker(c, cited)}" for c in segment.citations)
            click.echo(plain(space + words) + marks + _warning(segment), nl=False)
            line_is_open, space = True, segment.text[len(words) :]
    finally:
        if line_is_open:
            click.echo()
    _echo_sources(stream.answer)
    return stream.answer


def _warning(segment: Segment) -> str:
    """Return the words that follow what was not confirmed, in its own language."""
    if segment.support not in _UNCHECKED:
        return ""
    return " " + say(f"cli.{segment.support}", main_language(segment.text))


def _echo_sources(answer: Answer) -> None:
    if answer.citations:
        click.echo()
    for citation in answer.citations:
        quote = one_line(citation.cited_text)
        number = marker(citation, answer.citations)
        click.echo(f"{number} «{quote}» — {_reference(citation, answer.language)}")
    if not answer.answered and answer.hits:
        click.echo(f"\n{say('answer.closest', answer.language)}:")
        for hit in answer.hits[:_CLOSEST]:
            click.echo(f"- «{_beginning(hit.text)}» — {_reference(hit, answer.language)}")


def _beginning(text: str) -> str:
    """Return the first words of a passage, enough to tell whether it is of use."""
    line = one_line(text)
    return line if len(line) <= _GLANCE else line[:_GLANCE].rsplit(" ", 1)[0] + " …"


def echo_hits(hits: Sequence[Hit]) -> None:
    """Print what was found, best first: number, score, where it stands, and its words."""
    for number, hit in enumerate(hits, start=1):
        click.echo(f"{number}. ({hit.score:.2f}) {_reference(hit)}\n   {one_line(hit.text)}")


def _reference(found: Citation | Hit, language: str = "en") -> str:
    """Return where words stand: the document's title, the place in it, its file and offsets."""
    where = f"{found.source}:{found.start_char_index}–{found.end_char_index}"
    parts = (found.document_title, place_name(found.place, language), where)
    return one_line(", ".join(part for part in parts if part))


def echo_documents(documents: Sequence[Document]) -> None:
    """Print one line per document: id, language, date, title and file."""
    for document in documents:
        date = document.date.isoformat() if document.date else "-" * 10
        words = one_line(f"{document.title} — {document.source}")
        click.echo(f"{document.id}  {document.language:5}  {date}  {words}")


def echo_report(report: SyncReport, language: str, *, as_json: bool) -> None:
    """Print what was read; failures and warnings, one per line, on stderr.

    Args:
        report: What ``add`` or ``sync`` did.
        language: Language of the summary.
        as_json: Print the report as JSON instead of the summary.
    """
    echo_failures(report.failed, language)
    for warning in report.warnings:
        echo_warning(warning, language)
    if as_json:
        echo_json(report.to_dict())
        return
    kinds = ("added", "updated", "moved", "unchanged", "removed", "failed")
    counts: dict[str, object] = {kind: len(getattr(report, kind)) for kind in kinds}
    click.echo(say("cli.summary", language, counts | {"seconds": f"{report.seconds:.1f}"}))


def echo_failures(failures: Sequence[Failure], language: str) -> None:
    """Print what could not be read, one per line, on stderr."""
    for failure in failures:
        named = failure.source in failure.message
        message = failure.message if named else f"{failure.source}: {failure.message}"
        click.echo(one_line(say("cli.failure", language, {"message": message})), err=True)


def echo_warning(message: str, language: str) -> None:
    """Print a warning as one line on stderr."""
    click.echo(one_line(say("cli.warning", language, {"message": message})), err=True)
