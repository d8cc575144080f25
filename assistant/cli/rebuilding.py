"""Another embedding for the library: ``rebuild``."""

from __future__ import annotations

import time
from pathlib import Path

import click

from assistant.cli.common import (
    interface_language,
    json_option,
    library_option,
    load_settings,
    open_assistant,
)
from assistant.cli.progress import ProgressLine
from assistant.cli.settling import settle
from assistant.cli.show import echo_json, one_line
from assistant.strings import say


@click.command()
@library_option
@json_option
def rebuild(library: Path | None, as_json: bool) -> int:
    """Embed the library again and make its indexes anew.

    Needed when SANAD_EMBEDDINGS names another embedding. May be interrupted: the next run goes on
    where it stopped.
    """
    settings = load_settings({"library": library})
    started = time.monotonic()
    with (
        open_assistant(settings, read_only=False, to_rebuild=True) as assistant,
        ProgressLine(hidden=as_json) as bar,
    ):
        passages = assistant.rebuild(progress=bar)
        settle(assistant)
    seconds = time.monotonic() - started
    if as_json:
        facts = {"embeddings": settings.embeddings, "passages": passages, "seconds": seconds}
        echo_json(facts)
    else:
        values = {
            "embeddings": one_line(settings.embeddings),
            "passages": passages,
            "seconds": f"{seconds:.1f}",
        }
        click.echo(say("cli.rebuild.done", interface_language(settings), values))
    return 0
