"""Keeps the library in step with a folder: ``watch``, and beside the web page."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.common import (
    FolderName,
    interface_language,
    json_option,
    library_option,
    load_settings,
    open_assistant,
)
from assistant.cli.progress import ProgressLine
from assistant.cli.show import complain, echo_failures, echo_json, echo_summary, echo_warning
from assistant.errors import AssistantError
from assistant.schema import Failure, SyncReport
from assistant.strings import say

if TYPE_CHECKING:
    from assistant import Assistant

_LOG = logging.getLogger(__name__)


@click.command()
@click.argument("folder", type=FolderName())
@library_option
@json_option
def watch(folder: Path, library: Path | None, as_json: bool) -> int:
    """Keep the library level with a folder until Ctrl-C.

    Does what sync does, and again whenever a file comes, changes or goes.
    """
    from assistant.ingestion import Watcher

    settings = load_settings({"library": library})
    language = interface_language(settings)
    with (
        open_assistant(settings, read_only=False) as assistant,
        ProgressLine(hidden=as_json) as bar,
    ):
        teller = _Teller(language, as_json=as_json)
        watcher = Watcher(
            folder, settings.library, lambda told: assistant.sync(folder, told), teller
        )
        click.echo(say("cli.watch", language, {"folder": folder}), err=True)
        try:
            watcher.run(bar)
        except KeyboardInterrupt:
            click.echo(err=True)
    return 0


class _Teller:
    """Prints each run that changed something; a failure that stays is printed once.

    Args:
        language: Language of the summaries.
        as_json: Print each report as a JSON document on a line of its own.
    """

    def __init__(self, language: str, *, as_json: bool) -> None:
        self._language = language
        self._as_json = as_json
        self._failed: tuple[Failure, ...] | None = None

    def __call__(self, outcome: SyncReport | Exception) -> None:
        """Print a report, or an error; one at the very beginning ends the command."""
        if isinstance(outcome, Exception):
            if self._failed is None or not isinstance(outcome, AssistantError | OSError):
                raise outcome
            complain(str(outcome))
            return
        if self._failed is not None and not _says_more(outcome, self._failed):
            return
        known = self._failed or ()
        self._failed = outcome.failed
        if self._as_json:
            echo_json(outcome.to_dict())
            return
        echo_failures([f for f in outcome.failed if f not in known], self._language)
        for warning in outcome.warnings:
            echo_warning(warning, self._language)
        echo_summary(outcome, self._language)


def _says_more(report: SyncReport, failed: tuple[Failure, ...]) -> bool:
    """Return whether a run changed something, or failed otherwise than the one before."""
    is_changed = report.added or report.updated or report.moved or report.removed
    return bool(is_changed) or report.failed != failed


@contextmanager
def kept_in_step(assistant: Assistant, folder: Path, library: Path) -> Iterator[None]:
    """Keep a library in step with a folder meanwhile, in a thread; what fails is logged only.

    Args:
        assistant: The library, synced with the folder just now.
        folder: The folder.
        library: The library's own folder.
    """
    from assistant.ingestion import Watcher

    watcher = Watcher(folder, library, lambda told: assistant.sync(folder, told), _log)
    thread = threading.Thread(
        target=watcher.run, kwargs={"is_synced": True}, name="sanad-watching", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        watcher.stop()
        thread.join()


def _log(outcome: SyncReport | Exception) -> None:
    if isinstance(outcome, Exception):
        _LOG.warning("The documents' folder was not read: %s", outcome)
        return
    for failure in outcome.failed:
        _LOG.info("not read: %s", failure.message)
    counts = (len(outcome.added), len(outcome.updated), len(outcome.moved), len(outcome.removed))
    if any(counts):
        _LOG.info("added %d, updated %d, moved %d, removed %d documents", *counts)
