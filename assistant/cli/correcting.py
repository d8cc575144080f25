"""Puts right what a document says of itself: ``correct``."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path

import click

from assistant.cli.common import (
    interface_language,
    json_option,
    library_option,
    load_settings,
    open_assistant,
)
from assistant.cli.show import echo_documents, echo_json, facts_of


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


_VALUES = f"{__name__}.values"


def _collect(ctx: click.Context, param: click.Parameter, value: object) -> object:
    """Keep what an option gives by its name: what is to be put right."""
    if value is not None:
        ctx.meta.setdefault(_VALUES, {})[param.name] = value
    return value


_kept = partial(click.option, expose_value=False, callback=_collect)


@click.command()
@click.argument("document_id", metavar="ID")
@_kept("--title", help="What it is called.")
@_kept("--date", type=_Day(), help="The day it was written or published.")
@_kept("--language", type=click.Choice(["ar", "en", "mixed", "und"]), help="Its language.")
@click.option("--reset", is_flag=True, help="First take back all that was put right before.")
@library_option
@json_option
def correct(document_id: str, reset: bool, library: Path | None, as_json: bool) -> int:
    """Put a document's title, date or language right.

    It lasts when the file changes or moves, and when the document is removed and comes back.
    """
    values = click.get_current_context().meta.get(_VALUES, {})
    if not values and not reset:
        raise click.UsageError("Give --title, --date or --language, or --reset.")
    settings = load_settings({"library": library})
    with open_assistant(settings, read_only=False) as assistant:
        if reset:
            document = assistant.correct(document_id)
        if values:
            document = assistant.correct(document_id, **values)
    if as_json:
        echo_json(facts_of(document))
    else:
        echo_documents([document], interface_language(settings))
    return 0
