"""Questions: ``ask``, ``chat`` and ``search``."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.common import (
    interface_language,
    joined_words,
    json_option,
    library_option,
    load_settings,
    open_assistant,
    spoken_language,
)
from assistant.cli.finding import cited_sources, echo_cited, echo_mentions
from assistant.cli.show import complain, echo_hits, echo_json, echo_stream
from assistant.errors import AssistantError, LibraryLocked
from assistant.language import question_language
from assistant.schema import CITE_STYLES, CiteStyle
from assistant.strings import explain, say

if TYPE_CHECKING:
    from assistant import Assistant
    from assistant.conversation import Conversation
    from assistant.settings import Settings

_PROMPT = "\n> "
_QUIT = "/quit"


@click.command()
@click.argument("question", nargs=-1, required=True, callback=joined_words)
@click.option(
    "--cite",
    "style",
    type=click.Choice(CITE_STYLES),
    help="Print its sources instead: for a text or a bibliography.",
)
@library_option
@json_option
def ask(question: str, style: CiteStyle | None, library: Path | None, as_json: bool) -> int:
    """Answer a question, every sentence with its source.

    Refuses, with exit code 1, where the documents do not answer it.
    """
    cited = ""
    with open_assistant(load_settings({"library": library}), read_only=True) as assistant:
        if as_json or style:
            answer = assistant.ask(question)
            cited = cited_sources(answer, style, assistant) if style else ""
        else:
            answer = echo_stream(assistant.stream(question))
    if as_json:
        echo_json(answer.to_dict() | ({"cited": cited} if style else {}))
    elif style:
        echo_cited(answer, cited)
    return 0 if answer.answered else 1


@click.command()
@click.option("--conversation", "conversation_id", metavar="ID", help="Go on with this one.")
@library_option
def chat(conversation_id: str | None, library: Path | None) -> int:
    """Talk with your documents: follow-up questions are understood.

    The conversation is kept in the library; while another program is writing to it, it is not.
    Ctrl-C stops an answer; at the prompt it ends the conversation, as do an empty line, Ctrl-D and
    /quit.
    """
    settings = load_settings({"library": library})
    language = interface_language(settings)
    with _opened(settings) as assistant:
        conversation = assistant.conversation(conversation_id)
        if sys.stdin.isatty():
            with suppress(ImportError):  # lets input() edit the line and recall earlier ones
                import readline  # noqa: F401  # loading it is enough
            click.echo(say("cli.chat.begin", language), err=True)
        if not conversation.is_kept:
            click.echo(say("cli.chat.not_kept", language), err=True)
        while question := _next_question():
            _exchange(conversation, question)
        if sys.stdin.isatty() and conversation.is_kept and conversation.title:
            click.echo(say("cli.chat.kept", language, {"id": conversation.id}), err=True)
    return 0


def _opened(settings: Settings) -> Assistant:
    """Open the library for keeping a conversation, or to read where it can't be written now."""
    catalogue = settings.library / "catalogue.sqlite3"
    # Nothing is made by a question: without a library the reader's error says what to do.
    if catalogue.is_file() and os.access(catalogue, os.W_OK):
        with suppress(LibraryLocked):
            return open_assistant(settings, read_only=False)
    return open_assistant(settings, read_only=True)


def _next_question() -> str:
    """Return the next question; empty at the end of the conversation."""
    try:
        if sys.stdin.isatty() and sys.stdout.isatty():
            line = input(_PROMPT)
        else:
            click.echo(_PROMPT if sys.stdin.isatty() else "", nl=False, err=True)
            line = sys.stdin.readline()
    except EOFError:
        click.echo()
        return ""
    except KeyboardInterrupt:
        if not sys.stdin.isatty():
            raise
        click.echo(err=True)
        return ""
    question = line.strip()
    return "" if question == _QUIT else question


def _exchange(conversation: Conversation, question: str) -> None:
    """Answer one question of a conversation."""
    try:
        stream = conversation.stream(question)
        try:
            echo_stream(stream)
        finally:
            stream.close()
    except AssistantError as error:
        complain(explain(error, spoken_language()))
    except KeyboardInterrupt:
        if not sys.stdin.isatty():
            raise


@click.command()
@click.argument("query", nargs=-1, required=True, callback=joined_words)
@click.option(
    "-k", "count", type=click.IntRange(min=1), default=10, show_default=True, help="How many."
)
@click.option(
    "--sentences", "unit", flag_value="sentence", help="Find sentences instead of passages."
)
@click.option(
    "--mentions",
    "unit",
    flag_value="mention",
    help="Find and count every sentence with these words, in both scripts; in quotation marks, "
    "exactly these.",
)
@library_option
@json_option
def search(query: str, count: int, unit: str | None, library: Path | None, as_json: bool) -> int:
    """Find the passages nearest to a query, best first."""
    with open_assistant(load_settings({"library": library}), read_only=True) as assistant:
        if unit == "mention":
            found = assistant.mentions(query, limit=count)
            if as_json:
                echo_json(found.to_dict())
            else:
                echo_mentions(found, question_language(query))
            return 0 if found.total else 1
        hits = assistant.search(query, k=count, unit="sentence" if unit else "passage")
    if as_json:
        echo_json([asdict(hit) for hit in hits])
    elif hits:
        echo_hits(hits)
    else:
        click.echo(say("cli.search.nothing", question_language(query)), err=True)
    return 0 if hits else 1
