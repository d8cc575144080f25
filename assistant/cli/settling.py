"""Waiting for the index of vectors before a command ends, which would cut its mending off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from assistant.cli.common import interface_language
from assistant.cli.progress import ProgressLine
from assistant.schema import Progress
from assistant.strings import say

if TYPE_CHECKING:
    from assistant import Assistant

_LOOK_SECONDS = 0.2
# A server that does not answer by then is left to the next command.
_PATIENT_LOOKS = 50


def settle(assistant: Assistant) -> None:
    """Wait until the index is well, and say so on stderr; where it can't be now, say that.

    Args:
        assistant: Open for writing.
    """
    state = assistant.mending
    if state is None:
        return
    language = interface_language(assistant.settings)
    click.echo(say(f"mending.{state.reason}", language), err=True)
    looks = 0
    with ProgressLine() as bar:
        while not assistant.settle(_LOOK_SECONDS):
            state = assistant.mending or state
            if state.total:
                bar(Progress(state.done, state.total))
            looks = looks + 1 if state.detail and not state.done else 0
            if looks > _PATIENT_LOOKS:
                values = {"detail": state.detail}
                click.echo(say("cli.mending.left", language, values), err=True)
                return
