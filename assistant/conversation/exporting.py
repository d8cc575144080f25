"""A conversation as a text of its own: Markdown, a page of HTML, or JSON."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Sequence
from typing import Literal, get_args

from assistant.errors import AssistantError
from assistant.language import direction, question_language
from assistant.schema import Answer, Citation, ConversationSummary, Rating, Turn, doubt, marker
from assistant.schema.export import escape_html, escape_markdown, reference
from assistant.strings import say

Format = Literal["markdown", "html", "json"]

_TAG = re.compile("</?bdi>")
_STYLE = (
    "body{max-width:46rem;margin:2rem auto;padding:0 1rem;font-family:sans-serif;line-height:1.6}"
    "h2{font-size:1.1rem}blockquote{margin:.2rem 1rem;white-space:pre-wrap}"
    "p{white-space:pre-wrap}footer,cite,em{color:#555;font-size:.9rem;display:block}"
)


def exported(facts: ConversationSummary, turns: Sequence[Turn], form: Format) -> str:
    """Return a conversation in a form.

    All words of documents and people are escaped. Each block has the direction of most of its
    letters, and in HTML what is set in a line of another direction is isolated.

    Args:
        facts: The conversation.
        turns: Its turns.
        form: ``markdown``, ``html`` or ``json``.

    Raises:
        AssistantError: The form is unknown.
    """
    if form == "markdown":
        return _markdown(facts, turns)
    if form == "html":
        return _html(facts, turns)
    if form == "json":
        values = facts.to_dict() | {"turns": [turn.to_dict() for turn in turns]}
        return json.dumps(values, ensure_ascii=False, indent=2)
    raise AssistantError(
        f"The format {form!r} is unknown. Give one of: {', '.join(get_args(Format))}."
    )


def _notes(turn: Turn, citation: Citation) -> str:
    """Return what became of a citation's document; nothing where it is as it was."""
    state = turn.state(citation)
    language = turn.answer.language if turn.answer else "en"
    return "" if state == "current" else say(f"conversation.{state}", language)


# Markdown


def _markdown(facts: ConversationSummary, turns: Sequence[Turn]) -> str:
    parts = [f"# {escape_markdown(_line(facts.title))}"]
    for turn in turns:
        parts.append(f"## {escape_markdown(_line(turn.question))}")
        parts.append(f"*{_asked(turn)}*")
        if turn.answer is None:
            parts.append(f"*{say('conversation.stopped', question_language(turn.question))}*")
            continue
        if turn.searched:
            parts.append(f"*{escape_markdown(_line(_searched(turn)))}*")
        parts.append(_said(turn.answer, escape_markdown, _beside) or _erased(turn.answer))
        parts += [_quote(turn, citation) for citation in turn.answer.citations]
        if turn.rating:
            parts.append(f"*{escape_markdown(_line(_rated(turn.answer, turn.rating)))}*")
    return "\n\n".join(parts) + "\n"


def _quote(turn: Turn, citation: Citation) -> str:
    cited = turn.answer.citations if turn.answer else ()
    head = f"{marker(citation, cited)} {escape_markdown(reference(citation))}".rstrip()
    note = _notes(turn, citation)
    # A line break of the quote stays one.
    lines = [f"> {escape_markdown(line)}" for line in citation.cited_text.splitlines()]
    head = f"{head} *({note})*" if note else head
    return "\n\n".join(filter(None, (head, "\\\n".join(lines))))


def _beside(citation: Citation) -> str:
    return f"> {escape_markdown(_line(citation.cited_text))}\n"


# HTML


def _html(facts: ConversationSummary, turns: Sequence[Turn]) -> str:
    title = escape_html(_line(facts.title))
    language = question_language(facts.title)
    parts = [_block("h1", facts.title)]
    for turn in turns:
        parts.append(_block("h2", turn.question))
        parts.append(f'<footer dir="ltr"><time>{_asked(turn)}</time></footer>')
        if turn.answer is None:
            note = say("conversation.stopped", question_language(turn.question))
            parts.append(_block("p", note, f"<em>{escape_html(note)}</em>"))
            continue
        if turn.searched:
            parts.append(_block("em", _searched(turn)))
        said = _said(turn.answer, _isolated, _block_beside) or escape_html(_erased(turn.answer))
        parts += [
            line
            if line.startswith("<blockquote")
            else f'<p dir="{direction(html.unescape(_TAG.sub("", line)))}">{line}</p>'
            for line in said.split("\n")
            if line.strip()
        ]
        items = "".join(_item(turn, citation) for citation in turn.answer.citations)
        parts.append(f"<ol>{items}</ol>" if items else "")
        if turn.rating:
            parts.append(_block("em", _rated(turn.answer, turn.rating)))
    body = "\n".join(filter(None, parts))
    return (
        f'<!DOCTYPE html>\n<html lang="{language}" dir="{direction(facts.title)}">\n<head>'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{_STYLE}</style></head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _block(tag: str, text: str, inner: str = "") -> str:
    return f'<{tag} dir="{direction(text)}">{inner or escape_html(text)}</{tag}>'


def _isolated(text: str) -> str:
    """Return a text escaped, each of its lines kept from turning what stands beside it."""
    return "\n".join(f"<bdi>{escape_html(line)}</bdi>" if line else "" for line in text.split("\n"))


def _block_beside(citation: Citation) -> str:
    return _block("blockquote", _line(citation.cited_text))


def _item(turn: Turn, citation: Citation) -> str:
    quote = citation.cited_text
    parts = [_block("blockquote", quote)] if quote else []
    where, note = reference(citation), _notes(turn, citation)
    if where:
        parts.append(_block("cite", where, f"<bdi>{escape_html(where)}</bdi>"))
    if note:
        parts.append(_block("em", note))
    return f"<li>{' '.join(parts)}</li>"


# Both


def _said(answer: Answer, escape: Callable[[str], str], beside: Callable[[Citation], str]) -> str:
    """Return an answer's words, escaped, with a marker behind each segment that cites.

    Behind what was not confirmed stands why, and the quotes that belong beside it in lines of
    their own.
    """
    pieces: list[str] = []
    after_quotes = False
    for segment in answer.segments if answer.text.strip() else ():
        text = segment.text.rstrip()
        tail = segment.text[len(text) :]
        if after_quotes:
            text = text.lstrip()
        marks = "".join(f" {marker(c, answer.citations)}" for c in segment.citations)
        why = doubt(segment)
        pieces.append(f"{escape(text)}{marks}{f' ({escape(why)})' if why else ''}")
        quotes = [beside(citation) for citation in segment.beside]
        pieces.append("\n\n" + "\n".join((*quotes, "")) if quotes else tail)
        after_quotes = bool(quotes) or (after_quotes and not text)
    return "".join(pieces).strip()


def _erased(answer: Answer) -> str:
    return say("conversation.erased", answer.language)


def _rated(answer: Answer, rating: Rating) -> str:
    verdict = say(f"conversation.rated.{'good' if rating.good else 'bad'}", answer.language)
    return f"{verdict}: {rating.reason}" if rating.reason else verdict


def _searched(turn: Turn) -> str:
    language = question_language(turn.question)
    return say("conversation.searched", language, {"question": turn.searched})


def _asked(turn: Turn) -> str:
    return f"{turn.asked:%Y-%m-%d %H:%M} UTC"


def _line(text: str) -> str:
    return " ".join(text.split())
