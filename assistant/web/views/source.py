"""The source panel: the document behind the marker that was used last."""

from __future__ import annotations

import gradio as gr

from assistant.web import sources
from assistant.web.markup import panel
from assistant.web.reception import Reception
from assistant.web.views.parts import html, sent


class Source:
    """The events of the source panel.

    Args:
        reception: Tells who looks.
    """

    def __init__(self, reception: Reception) -> None:
        self._reception = reception

    def empty(self, request: gr.Request) -> str:
        """Return the panel before a marker was used."""
        return panel.empty(self._reception.language(request))

    def linked(self, name: str, request: gr.Request) -> str:
        """Show the sentence that the page's address names; the empty panel where it names none."""
        language = self._reception.language(request)
        return sources.linked_source(self._reception.desk(request), name, language)

    def opened(self, event: gr.EventData, request: gr.Request) -> str:
        """Show the document behind a marker."""
        wished = sent(event)
        language = self._reception.language(request)
        desk = self._reception.desk(request)
        return sources.source(desk, wished.get("marker"), wished.get("others"), language)


def lay_out() -> gr.HTML:
    """Return the panel, inside the column that is open."""
    return html("sanad-source", "source.js")


def bind(source: Source, part: gr.HTML) -> None:
    """Bind the events of the panel."""
    # The script triggers it, with the marker that was used. Of quick clicks the last one counts.
    part.select(
        source.opened,
        outputs=[part],
        trigger_mode="always_last",
        queue=False,
        show_progress="hidden",
        api_visibility="private",
    )
