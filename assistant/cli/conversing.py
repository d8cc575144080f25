"""Conversations that are kept: ``conversations`` and what stands below it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.common import (
    confirmed,
    interface_language,
    joined_words,
    json_option,
    library_option,
    load_settings,
    open_assistant,
)
from assistant.cli.show import echo_conversations, echo_json, echo_turn, one_line, plain
from assistant.strings import say

if TYPE_CHECKING:
    from assistant.conversation import Format

_LIST = "list"
# A line of "\b" alone keeps the lines of its paragraph as they are.
_HELP = """List the conversations that are kept, or do something with one.

\b
  sanad conversations              all of them, the last one first
  sanad conversations treaty       those that hold a word
  sanad chat --conversation ID     go on with one
"""


class _ListByDefault(click.Group):
    """A group that lists where no command of it is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Return the arguments, read as those of the list unless a command stands first."""
        named = bool(args) and (args[0] in self.commands or args[0] in ctx.help_option_names)
        return super().parse_args(ctx, args if named else [_LIST, *args])


@click.group(cls=_ListByDefault, help=_HELP)
def conversations() -> None:
    """List the conversations that are kept, or do something with one."""


@conversations.command(_LIST)
@click.argument("query", nargs=-1)
@library_option
@json_option
def list_them(query: tuple[str, ...], library: Path | None, as_json: bool) -> int:
    """List them: id, when something was last asked, how many questions, title."""
    settings = load_settings({"library": library})
    with open_assistant(settings, read_only=True) as assistant:
        found = assistant.conversations(" ".join(query))
    if as_json:
        echo_json([summary.to_dict() for summary in found])
    elif found:
        echo_conversations(found)
    else:
        name = "cli.conversations.unfound" if query else "cli.conversations.none"
        click.echo(say(name, interface_language(settings)), err=True)
    return 0 if found or not query else 1


@conversations.command()
@click.argument("conversation_id", metavar="ID")
@library_option
@json_option
def show(conversation_id: str, library: Path | None, as_json: bool) -> int:
    """Show one: what was asked and answered, and what became of the sources."""
    with open_assistant(load_settings({"library": library}), read_only=True) as assistant:
        conversation = assistant.conversation(conversation_id)
        if as_json:
            echo_json(json.loads(conversation.export("json")))
            return 0
        for number, turn in enumerate(conversation.turns):
            click.echo("\n" if number else "", nl=False)
            echo_turn(turn)
    return 0


@conversations.command()
@click.argument("conversation_id", metavar="ID")
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "html", "json"]),
    default="markdown",
    show_default=True,
    help="What to write.",
)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write."
)
@library_option
def export(conversation_id: str, form: Format, output: Path | None, library: Path | None) -> int:
    """Write one with its exact quotes, to a file or to the screen."""
    settings = load_settings({"library": library})
    with open_assistant(settings, read_only=True) as assistant:
        text = assistant.conversation(conversation_id).export(form)
    if output is None:
        # A terminal must not be steered by a document's words; a file gets them as they are.
        shown = plain(text) if sys.stdout.isatty() else text
        click.echo(shown, nl=not text.endswith("\n"))
        return 0
    output.write_text(text, encoding="utf-8", newline="")
    values = {"path": one_line(str(output))}
    click.echo(say("cli.conversations.written", interface_language(settings), values), err=True)
    return 0


@conversations.command()
@click.argument("conversation_id", metavar="ID")
@click.argument("title", nargs=-1, required=True, callback=joined_words)
@library_option
def rename(conversation_id: str, title: str, library: Path | None) -> int:
    """Give one another title."""
    settings = load_settings({"library": library})
    with open_assistant(settings, read_only=False) as assistant:
        conversation = assistant.conversation(conversation_id)
        conversation.rename(title)
        values = {"title": one_line(conversation.title)}
    click.echo(say("cli.conversations.renamed", interface_language(settings), values))
    return 0


@conversations.command()
@click.argument("conversation_id", metavar="ID")
@click.option("--yes", is_flag=True, help="Do not ask.")
@library_option
def delete(conversation_id: str, yes: bool, library: Path | None) -> int:
    """Delete one with all its questions and answers."""
    settings = load_settings({"library": library})
    language = interface_language(settings)
    with open_assistant(settings, read_only=False) as assistant:
        values = {"title": one_line(assistant.conversation(conversation_id).title)}
        if not yes and not confirmed(say("cli.conversations.sure", language, values)):
            click.echo(say("cli.conversations.kept", language), err=True)
            return 1
        assistant.delete_conversation(conversation_id)
    click.echo(say("cli.conversations.deleted", language, values))
    return 0
