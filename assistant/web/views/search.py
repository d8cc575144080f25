"""The search view: hits and mentions without an answer."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from assistant.web import searching
from assistant.web.markup import found
from assistant.web.reception import Reception
from assistant.web.views.parts import html, sent


@dataclass(frozen=True, slots=True)
class SearchParts:
    """The components of the view.

    Attributes:
        form: What is looked for.
        found: What was found.
    """

    form: gr.HTML
    found: gr.HTML


class Search:
    """The events of the search view.

    Args:
        reception: Tells who looks.
    """

    def __init__(self, reception: Reception) -> None:
        self._reception = reception

    def opened(self, request: gr.Request) -> tuple[str, str]:
        """Return the empty form, and what stands beneath it."""
        language = self._reception.language(request)
        return found.form(language), found.note("search.begin", language)

    def searched(self, event: gr.EventData, request: gr.Request) -> str:
        """Return what a search found."""
        wished = searching.wish(sent(event))
        language = self._reception.language(request)
        return searching.results(self._reception.desk(request), wished, language)


def lay_out() -> SearchParts:
    """Return the components of the view, inside the column that is open."""
    return SearchParts(html("sanad-search-form", "search.js"), html("sanad-found"))


def bind(blocks: gr.Blocks, search: Search, parts: SearchParts) -> None:
    """Bind the events of the view."""
    blocks.load(
        search.opened,
        outputs=[parts.form, parts.found],
        queue=False,
        show_progress="hidden",
        api_visibility="private",
    )
    parts.form.select(
        search.searched,
        outputs=[parts.found],
        trigger_mode="always_last",
        show_progress="hidden",
        api_visibility="private",
    )
