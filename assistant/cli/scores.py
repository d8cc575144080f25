"""How the scores of an evaluation look in a terminal: a row a measure, a column a set."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from assistant.cli.show import one_line
from assistant.language import main_language
from assistant.strings import say

if TYPE_CHECKING:
    from assistant.evaluation import Report, Score, Scores

_WIDTH = 100
_COLUMN = 19  # the widest cell: 100.0 (100.0–100.0)
_GAP = "  "
_COUNTS = ("questions", "answerable", "unanswerable", "documents", "left_out")
_SECONDS = ("seconds_p50", "seconds_p95")
_SMALL = "auroc"  # shown as it is, not in percent
# Keeps a column of Arabic words in its place where the terminal turns Arabic.
_LEFT_TO_RIGHT = "\u200e"


def echo_scores(report: Report, language: str) -> None:
    """Print an evaluation: a table, what it means, and the recipe.

    Args:
        report: The evaluation.
        language: Language of the words.
    """
    counts = {"questions": report.overall.questions, "documents": report.documents}
    click.echo(say("evaluate.head", language, counts))
    if report.overall.questions and report.documents:
        for line in table(report, language):
            click.echo(line)
    click.echo()
    for note in _notes(report, language):
        click.echo(note)
    click.echo(report.recipe)


def table(report: Report, language: str) -> Iterator[str]:
    """Yield the lines of the table, at most 100 columns wide, sets beside each other.

    Args:
        report: The evaluation.
        language: Language of the words.

    Yields:
        The lines; an empty one before each group of sets.
    """
    columns = [*report.sets, report.overall] if len(report.sets) > 1 else [*report.sets]
    every = (*_COUNTS, *_measures(), *_SECONDS)
    rows = [row for row in every if any(_cell(scores, row) for scores in columns)]
    labels = {row: say(f"evaluate.{row}", language) for row in rows}
    room = max(map(len, labels.values()))
    at_once = max(1, (_WIDTH - room) // (_COLUMN + len(_GAP)))
    for first in range(0, len(columns), at_once):
        shown = columns[first : first + at_once]
        yield ""
        names = [one_line(s.set) if s.set else say("evaluate.all", language) for s in shown]
        yield _line("", room, names)
        for row in rows:
            yield _line(labels[row], room, [_cell(scores, row) or "    –" for scores in shown])


def _measures() -> tuple[str, ...]:
    from assistant.evaluation import MEASURES  # with numpy: not before it is needed

    return MEASURES


def _line(label: str, room: int, cells: Sequence[str]) -> str:
    return _GAP.join([_fixed(label, room), *(_fixed(cell, _COLUMN) for cell in cells)]).rstrip()


def _fixed(text: str, room: int) -> str:
    """Return a text in a number of columns, cut where it is longer."""
    if _columns(text) > room:
        text = text[: room - 1] + "…"
    padded = text + " " * (room - _columns(text))
    return f"{_LEFT_TO_RIGHT}{padded}{_LEFT_TO_RIGHT}" if main_language(text) == "ar" else padded


def _columns(text: str) -> int:
    return sum(unicodedata.category(character) not in ("Mn", "Me", "Cf") for character in text)


def _cell(scores: Scores, row: str) -> str:
    """Return a number as it is shown; empty where nothing was measured."""
    if row in _COUNTS:
        count: int = getattr(scores, row)
        return f"{count:5}" if count else ""
    if row in _SECONDS:
        seconds: float | None = getattr(scores, row)
        return "" if seconds is None else f"{1000 * seconds:5.1f}"
    return _score(getattr(scores, row), 3 if row.startswith(_SMALL) else 1)


def _score(score: Score, digits: int) -> str:
    if score.value is None:
        return ""
    times = 1 if digits > 1 else 100
    value = f"{times * score.value:5.{digits}f}"
    if score.low is None or score.high is None:
        return value
    return f"{value} ({times * score.low:.{digits}f}–{times * score.high:.{digits}f})"


def _notes(report: Report, language: str) -> Iterator[str]:
    """Yield what must be said about the numbers, or about there being none."""
    from assistant.evaluation import RESAMPLES

    overall = report.overall
    if not overall.questions:
        yield say("evaluate.no_questions", language)
        return
    if not report.documents:
        yield say("evaluate.no_documents", language)
        return
    yield say("evaluate.interval", language, {"resamples": RESAMPLES})
    scores = (getattr(s, row) for s in (*report.sets, overall) for row in _measures())
    if any(s.value is not None and s.low is None for s in scores):
        yield say("evaluate.no_interval", language)
    if not overall.answerable:
        yield say("evaluate.no_answerable", language)
    if not overall.unanswerable and not overall.left_out:
        yield say("evaluate.no_unanswerable", language)
