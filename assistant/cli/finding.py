"""How mentions and citations for other programs look in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from assistant.cli.show import one_line
from assistant.schema import Answer, CiteStyle, Document, Form, Mention, Mentions
from assistant.strings import place_name, say

if TYPE_CHECKING:
    from assistant import Assistant


def echo_mentions(found: Mentions, language: str) -> None:
    """Print how often words are mentioned, in which forms, and the sentences.

    Args:
        found: The mentions.
        language: Language of the command's own words.
    """
    if not found.total:
        click.echo(say("cli.search.nothing", language), err=True)
        return
    counts = {"total": found.total, "sentences": found.sentences, "documents": found.documents}
    click.echo(say("cli.mentions", language, {"words": one_line(found.words), **counts}))
    for form in found.forms:
        click.echo(f"  {_form(form, language)}")
    for number, hit in enumerate(found.hits, start=1):
        click.echo(f"{number}. {_where(hit, language)}\n   {one_line(hit.text)}")
    if len(found.hits) < found.sentences:
        values = {"shown": len(found.hits), "sentences": found.sentences}
        click.echo(say("cli.mentions.more", language, values), err=True)


def _form(form: Form, language: str) -> str:
    line = f"{one_line(form.written)}: {form.count}"
    if form.relation == "same":
        return line
    return f"{line} ({say(f'mentions.{form.relation}', language)})"


def _where(hit: Mention, language: str) -> str:
    where = f"{hit.source}:{hit.start_char_index}–{hit.end_char_index}"
    parts = (hit.document_title, place_name(hit.place, language), where)
    return one_line(", ".join(part for part in parts if part))


def cited_sources(answer: Answer, style: CiteStyle, assistant: Assistant) -> str:
    """Return an answer's citations in a style, with what the library knows of their documents."""
    asked = dict.fromkeys((c.document_id, c.version) for c in answer.citations)
    documents: list[Document] = [assistant.document(*one) for one in asked]
    return answer.cite(style, documents)


def echo_cited(answer: Answer, cited: str) -> None:
    """Print citations and nothing else; of a refusal its words, on stderr."""
    if answer.answered:
        click.echo(cited, nl=not cited.endswith("\n"))
    else:
        click.echo(one_line(answer.text), err=True)
