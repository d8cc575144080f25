"""The library view."""

from __future__ import annotations

import gradio as gr

from assistant.web.reception import Reception
from assistant.web.views.parts import html


class Library:
    """The events of the library view.

    Args:
        reception: Tells who looks.
    """

    def __init__(self, reception: Reception) -> None:
        self._reception = reception


def lay_out() -> gr.HTML:
    """Return the component of the view, inside the column that is open."""
    return html("sanad-library-list")
