"""Measuring: ``evaluate``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.common import interface_language, json_option, library_option, load_settings
from assistant.cli.progress import ProgressLine
from assistant.cli.scores import echo_scores
from assistant.cli.show import complain, echo_failures, echo_json, echo_warning
from assistant.errors import UnreadableDocument
from assistant.strings import say

if TYPE_CHECKING:
    from assistant.evaluation import Report

_ERROR = 2
_NAMES_SHOWN = 10


@click.command()
@click.argument("questions", type=click.Path(path_type=Path), metavar="QUESTIONS")
@click.option(
    "--documents",
    type=click.Path(exists=True, path_type=Path),
    metavar="DIR",
    help="Read these documents into a temporary library, and ask that.",
)
@click.option(
    "--without",
    is_flag=True,
    help="Ask each question again of a library without the documents that answer it (slow).",
)
@library_option
@json_option
def evaluate(
    questions: Path, documents: Path | None, without: bool, library: Path | None, as_json: bool
) -> int:
    """Measure answers on questions whose answers you know.

    QUESTIONS holds one JSON object a line:

    \b
      {"question": "Who built it?", "document": "harbour.txt", "answers": [{"start": 43}]}

    `start` is the offset of the answer's first character in the document's text; no answers,
    [], where the documents do not say. Optional: `id`; `set`, a label to count it under; `also`,
    further documents that answer it, each with `document` and `answers`.
    """  # noqa: D301  # \b is click's: these lines stay as they are
    from assistant.evaluation import evaluate as run
    from assistant.evaluation import load_questions

    if documents is not None and library is not None:
        raise click.UsageError(
            "--documents and --library exclude each other: give one of them.",
            click.get_current_context(),
        )
    settings = load_settings({"library": library})
    language = interface_language(settings)
    try:
        asked = load_questions(questions)
    except UnreadableDocument as error:
        for line in str(error).split("\n"):
            complain(line)
        return _ERROR
    with ProgressLine(hidden=as_json) as bar:
        report = run(asked, settings, documents, without=without, progress=bar)
    _warn(report, language)
    if as_json:
        echo_json(report.to_dict())
    else:
        echo_scores(report, language)
    return 0


def _warn(report: Report, language: str) -> None:
    echo_failures(report.failed, language)
    if report.missing and report.documents:
        names = ", ".join(report.missing[:_NAMES_SHOWN])
        more = ", …" if len(report.missing) > _NAMES_SHOWN else ""
        echo_warning(say("evaluate.missing", language, {"names": names + more}), language)
