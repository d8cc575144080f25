"""The progress bar of long work."""

from __future__ import annotations

import shutil
import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

import click

from assistant.cli.show import one_line
from assistant.schema import Progress

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

_BAR = 24
_BESIDE_THE_NAME = _BAR + 32  # the bar with its brackets, the count, the remaining time


class ProgressLine:
    """A ``progress`` callback that draws a bar on stderr: share, remaining time, file at hand.

    Draws nothing where stderr is no terminal.

    Args:
        hidden: True to draw nothing at all.
    """

    def __init__(self, *, hidden: bool = False) -> None:
        self._hidden = hidden or not sys.stderr.isatty()
        self._bar: ProgressBar[int] | None = None
        self._name = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def __call__(self, progress: Progress) -> None:
        """Draw a step; work that begins anew gets a new bar."""
        if self._hidden:
            return
        self._name = one_line(progress.name)
        bar = self._bar
        if bar is None or bar.length != progress.total or progress.done < bar.pos:
            self._end()
            bar = self._bar = self._begin(progress.total)
        bar.make_step(progress.done - bar.pos)
        bar.render_progress()

    def _begin(self, total: int) -> ProgressBar[int]:
        return click.progressbar(
            length=total,
            file=sys.stderr,
            width=_BAR,
            show_pos=True,
            item_show_func=lambda _: self._shown_name(),
            bar_template="[%(bar)s] %(info)s",
        )

    def _shown_name(self) -> str:
        room = max(8, shutil.get_terminal_size().columns - _BESIDE_THE_NAME)
        return self._name if len(self._name) <= room else "…" + self._name[1 - room :]

    def _end(self) -> None:
        if self._bar is not None:
            self._bar.render_finish()
            self._bar = None
