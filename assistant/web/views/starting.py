"""Questions to begin with, beneath an empty conversation."""

from __future__ import annotations

import gradio as gr

from assistant.web.markup.render import starters
from assistant.web.reception import Reception
from assistant.web.turns import log_unexpected
from assistant.web.views.parts import html

_COUNT = 4


class Starting:
    """The event that offers questions.

    Args:
        reception: Tells who looks.
    """

    def __init__(self, reception: Reception) -> None:
        self._reception = reception

    def offered(self, request: gr.Request) -> str:
        """Return questions that this person's documents answer; nothing where there are none."""
        try:
            questions = self._reception.desk(request).starters(_COUNT)
        except Exception as error:  # noqa: BLE001  # the page is whole without them
            log_unexpected(error)
            return ""
        return starters(questions, self._reception.language(request))


def lay_out() -> gr.HTML:
    """Return the component; its place is beneath an empty conversation."""
    return html("sanad-starters", render=False)


def bind(blocks: gr.Blocks, starting: Starting, part: gr.HTML, new: gr.Button) -> None:
    """Bind the event: to the opening of the page, and to a new conversation."""
    gr.on(
        [blocks.load, new.click],
        starting.offered,
        outputs=[part],
        # Not queued: it needs no place, and who leaves the page leaves no open stream behind.
        queue=False,
        show_progress="hidden",
        api_visibility="private",
    )
