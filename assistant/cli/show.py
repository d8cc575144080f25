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
    ConversationSummary,
    Document,
    Failure,
    Hit,
    Segment,
    SyncReport,
    Turn,
    checked,
    doubt,
    marker,
)
from assistant.strings import place_name, say

_CLOSEST = 3
_EXTRACTIVE = "extractive"
_GLANCE = 240  # characters
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
    lines, line_is_open = _Lines(), False
    try:
        for segment in stream:
            cited += [c for c in dict.fromkeys(segment.citations) if c not in cited]
            click.echo(lines.add(segment, cited), nl=False)
            line_is_open = True
    finally:
        if line_is_open:
            click.echo()
    _echo_sources(stream.answer)
    _echo_checks(stream.answer)
    return stream.answer


class _Lines:
    """An answer's segments one behind the other; what follows a quote begins a line."""

    def __init__(self) -> None:
        self._space = ""
        self._after_quotes = False

    def add(self, segment: Segment, cited: Sequence[Citation]) -> str:
        """Return what to print for one more segment; white space waits for what follows it."""
        words = segment.text.strip()
        if not words and not segment.citations:
            self._space += segment.text
            return ""
        start = len(segment.text) - len(segment.text.lstrip())
        before = self._space + segment.text[:start]
        self._space = segment.text[len(segment.text.rstrip()) :]
        marks = "".join(f" {marker(c, cited)}" for c in segment.citations)
        shown = plain(("\n" if self._after_quotes else before) + words)
        self._after_quotes = bool(segment.beside)
        return shown + marks + _warning(segment)


def _warning(segment: Segment) -> str:
    """Return what follows a sentence: that it was not confirmed, and its sources beside it."""
    words = doubt(segment)
    lines = [f" ({one_line(words)})" if words else ""]
    lines += [f"    «{one_line(citation.cited_text)}»" for citation in segment.beside]
    return "\n".join(lines)


def _echo_checks(answer: Answer) -> None:
    """Print who wrote a model's answer, and what the marks of its sentences mean."""
    if answer.engine == _EXTRACTIVE or not answer.answered:
        return
    click.echo("\n" + say("page.engine", answer.language, {"engine": answer.engine}))
    for line in checked(answer.segments, answer.language):
        click.echo(f"- {line}")


def _echo_sources(answer: Answer) -> None:
    if answer.citations:
        click.echo()
    for citation in answer.citations:
        click.echo(_source(citation, answer))
    if not answer.answered and answer.hits:
        click.echo(f"\n{say('answer.closest', answer.language)}:")
        for hit in answer.hits[:_CLOSEST]:
            click.echo(f"- «{_beginning(hit.text)}» — {_reference(hit, answer.language)}")


def _beginning(text: str) -> str:
    """Return the first words of a passage, enough to tell whether it is of use."""
    line = one_line(text)
    return line if len(line) <= _GLANCE else line[:_GLANCE].rsplit(" ", 1)[0] + " …"


def echo_turn(turn: Turn) -> None:
    """Print a turn of a conversation that was kept: the question, its answer, the sources."""
    click.echo(f"> {one_line(turn.question)}")
    if turn.answer is None:
        click.echo(say("conversation.stopped", main_language(turn.question)))
        return
    answer, lines = turn.answer, _Lines()
    if turn.searched:
        values = {"question": one_line(turn.searched)}
        click.echo(say("conversation.searched", main_language(turn.question), values))
    kept = answer.segments if answer.text.strip() else ()
    words = "".join(lines.add(segment, answer.citations) for segment in kept).strip()
    click.echo(words or say("conversation.erased", answer.language))
    for citation, state in zip(answer.citations, turn.states, strict=True):
        note = "" if state == "current" else f" ({say(f'conversation.{state}', answer.language)})"
        click.echo(f"{_source(citation, answer)}{note}")


def _source(citation: Citation, answer: Answer) -> str:
    number = marker(citation, answer.citations)
    if not citation.cited_text:
        return number
    return f"{number} «{one_line(citation.cited_text)}» — {_reference(citation, answer.language)}"


def echo_hits(hits: Sequence[Hit]) -> None:
    """Print what was found, best first: number, score, where it stands, and its words."""
    for number, hit in enumerate(hits, start=1):
        click.echo(f"{number}. ({hit.score:.2f}) {_reference(hit)}\n   {one_line(hit.text)}")


def _reference(found: Citation | Hit, language: str = "en") -> str:
    """Return where words stand: the document's title, the place in it, its file and offsets."""
    where = f"{found.source}:{found.start_char_index}–{found.end_char_index}"
    parts = (found.document_title, place_name(found.place, language), where)
    return one_line(", ".join(part for part in parts if part))


def echo_documents(documents: Sequence[Document], language: str) -> None:
    """Print one line per document: id, language, date, title, file, what was put right.

    Args:
        documents: The documents.
        language: Language of the remark that something was put right.
    """
    for document in documents:
        date = document.date.isoformat() if document.date else "-" * 10
        words = one_line(f"{document.title} — {document.source}")
        names = document.metadata.get("corrected", "").split()
        comma = say("answer.comma", language)
        what = comma.join(say(f"cli.corrected.{name}", language) for name in names)
        remark = f"  ({say('cli.corrected', language, {'what': what})})" if names else ""
        click.echo(f"{document.id}  {document.language:5}  {date}  {words}{remark}")


def facts_of(document: Document) -> dict[str, object]:
    """Return a document as plain JSON values, without its text, which is not always loaded."""
    facts = document.to_dict()
    return {name: value for name, value in facts.items() if name not in ("text", "blocks")}


def echo_conversations(found: Sequence[ConversationSummary]) -> None:
    """Print one line per conversation: id, when something was last asked, questions, title."""
    for summary in found:
        asked = f"{summary.updated.astimezone():%Y-%m-%d %H:%M}"
        click.echo(f"{summary.id}  {asked}  {summary.turns:3}  {one_line(summary.title)}")


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
    echo_summary(report, language)


def echo_summary(report: SyncReport, language: str) -> None:
    """Print how many sources were added, updated and so on, and the time it took."""
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
