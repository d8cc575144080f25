"""Puts right what a document says of itself: ``correct``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from assistant.cli.common import (
    interface_language,
    library_option,
    load_settings,
    open_assistant,
)
from assistant.cli.show import echo_documents


class _Day(click.ParamType[dt.date]):
    """A day, written as 2024-02-10."""

    name = "YYYY-MM-DD"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        """Return the day; raise click.BadParameter where it is none."""
        try:
            return dt.date.fromisoformat(str(value).strip())
        except ValueError:
            self.fail(f"{value!r} is no day: write it as 2024-02-10.", param, ctx)


@click.command()
@click.argument("document_id", metavar="ID")
@click.option("--title", help="What it is called.")
@click.option("--date", type=_Day(), help="The day it was written or published.")
@click.option("--language", type=click.Choice(["ar", "en", "mixed", "und"]), help="Its language.")
@click.option("--reset", is_flag=True, help="First take back all that was put right before.")
@library_option
def correct(
    document_id: str,
    title: str | None,
    date: dt.date | None,
    language: str | None,
    reset: bool,
    library: Path | None,
) -> int:
    """Put a document's title, date or language right.

    It lasts when the file changes or moves, and when the document is removed and comes back.
    """
    values = (title, date, language)
    is_given = any(value is not None for value in values)
    if not is_given and not reset:
        raise click.UsageError("Give --title, --date or --language, or --reset.")
    settings = load_settings({"library": library})
    with open_assistant(settings, read_only=False) as assistant:
        if reset:
            document = assistant.correct(document_id)
        if is_given:
            document = assistant.correct(document_id, *values)
    echo_documents([document], interface_language(settings))
    return 0
