"""Looking whether all is well: ``doctor``."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.cli.common import json_option, library_option, load_settings, spoken_language
from assistant.cli.show import echo_json, one_line
from assistant.settings import Settings
from assistant.strings import say


@click.command()
@click.option("--deep", is_flag=True, help="Read all of the library too, and the files behind it.")
@library_option
@json_option
def doctor(deep: bool, library: Path | None, as_json: bool) -> int:
    """Look at every part of the installation; nothing is changed.

    A line a part: ok, warning, or error with what to do about it. A model or an embedding that the
    settings name is asked for one tiny answer. The exit code is 1 where there is an error.
    """
    from assistant.doctor import examine

    def load() -> Settings:
        return load_settings({"library": library})

    language = spoken_language()
    report = examine(load, language, deep=deep)
    if as_json:
        echo_json(report.to_dict())
    else:
        for check in report.checks:
            state = say(f"doctor.{check.state}", language)
            name = say(f"doctor.name.{check.name}", language)
            click.echo(one_line(f"[{state}] {name}: {check.message}"))
    return 0 if report.is_well else 1
