"""The line that says that the index is being made good, for as long as it is."""

from __future__ import annotations

import gradio as gr

from assistant.web.markup.mending import mending
from assistant.web.reception import Reception
from assistant.web.views.parts import html

_SECONDS = 5.0


class Mendings:
    """The event that looks how far it is.

    Args:
        reception: Tells who looks.
    """

    def __init__(self, reception: Reception) -> None:
        self._reception = reception

    def told(self, request: gr.Request) -> tuple[str, gr.Timer]:
        """Return the line, and a timer that runs only while there is something to say."""
        state = self._reception.desk(request).mending
        line = mending(state, self._reception.language(request))
        return line, gr.Timer(_SECONDS, active=state is not None)


def lay_out() -> tuple[gr.HTML, gr.Timer]:
    """Return the component and its timer."""
    return html("sanad-mending"), gr.Timer(_SECONDS, active=False)


def bind(blocks: gr.Blocks, mendings: Mendings, line: gr.HTML, timer: gr.Timer) -> None:
    """Bind the event: to the opening of the page, and to the timer."""
    gr.on(
        [blocks.load, timer.tick],
        mendings.told,
        outputs=[line, timer],
        queue=False,
        show_progress="hidden",
        api_visibility="private",
    )
