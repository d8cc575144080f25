"""The page: its views side by side, and what happens when it is opened."""

from __future__ import annotations

import gradio as gr

from assistant.schema import ShelfWish
from assistant.settings import InterfaceLanguage
from assistant.strings import LANGUAGES, say
from assistant.web import programs
from assistant.web.contract import Answers
from assistant.web.masthead import masthead
from assistant.web.reception import Reception
from assistant.web.turns import log_unexpected
from assistant.web.views import asking, library, search, source
from assistant.web.views.parts import html, translations

# Answers at a time; Gradio's own default is one, which would make everybody wait for everybody.
_ANSWERS_AT_A_TIME = 4
_WAITING_ANSWERS = 64


class Page:
    """The events of the page as a whole.

    Args:
        reception: Tells who looks.
        asks: The events of the conversation.
        shows: The events of the source panel.
    """

    def __init__(self, reception: Reception, asks: asking.Asking, shows: source.Source) -> None:
        self._reception = reception
        self._asks = asks
        self._shows = shows

    def opened(self, request: gr.Request) -> tuple[object, ...]:
        """Return the head, the conversation that the address names, and the empty panel."""
        conversation = request.query_params.get("c", "")
        return (
            self._head(request),
            self._shows.empty(request),
            *self._asks.opened(conversation, request),
        )

    def renewed(self, request: gr.Request) -> tuple[str, str]:
        """Return the head and the panel for a new conversation."""
        return self._head(request), self._shows.empty(request)

    def _head(self, request: gr.Request) -> str:
        desk = self._reception.desk(request)
        try:
            count = desk.shelf(ShelfWish(limit=0)).held
        except Exception as error:  # noqa: BLE001  # the page must open all the same
            log_unexpected(error)
            count = None
        return masthead(count, desk.person, self._reception.language(request))


def build_page(assistant: Answers, setting: InterfaceLanguage) -> gr.Blocks:
    """Return the page.

    Args:
        assistant: Who answers.
        setting: The interface's language.

    Returns:
        Gradio's blocks, with all events bound.
    """
    word = translations()
    # Gradio writes the title into the page as it is, so it can't follow the browser's language.
    title = " · ".join(say("page.title", code) for code in LANGUAGES)
    reception = Reception(assistant, setting)
    asks, shows = asking.Asking(reception), source.Source(reception)
    blocks = gr.Blocks(title=title, analytics_enabled=False, fill_width=True)
    with blocks:
        with gr.Row(elem_id="sanad-header"):
            head = html("sanad-masthead", "page.js")
        with gr.Row(elem_id="sanad-main"):
            with gr.Column(elem_id="sanad-ask", elem_classes="view"):
                talking = asking.lay_out(word, strip := library.lay_out_strip())
            with gr.Column(elem_id="sanad-library", elem_classes="view"):
                holding = library.LibraryParts(*library.lay_out(), strip)
            with gr.Column(elem_id="sanad-search", elem_classes="view"):
                search.lay_out()
            with gr.Column(elem_id="sanad-side"):
                panel = source.lay_out()
        asking.bind(asks, talking)
        programs.bind(programs.Programs(reception))
        source.bind(shows, panel)
        library.bind(library.Library(reception), holding, talking.chosen, blocks)
        page = Page(reception, asks, shows)
        talking.new.click(
            page.renewed,
            outputs=[head, panel],
            queue=False,
            show_progress="hidden",
            api_visibility="private",
        )
        blocks.load(
            page.opened,
            outputs=[head, panel, talking.past, talking.live, talking.talk],
            queue=False,
            show_progress="hidden",
            api_visibility="private",
        )
    blocks.queue(max_size=_WAITING_ANSWERS, default_concurrency_limit=_ANSWERS_AT_A_TIME)
    return blocks
