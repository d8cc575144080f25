"""The page: its views side by side, and what happens when it is opened."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from assistant.schema import ShelfWish
from assistant.settings import InterfaceLanguage
from assistant.strings import LANGUAGES, say
from assistant.web import programs
from assistant.web.contract import Answers
from assistant.web.markup.masthead import masthead
from assistant.web.places import Places, Room
from assistant.web.quiet import QuietBlocks
from assistant.web.reception import Reception
from assistant.web.turns import log_unexpected
from assistant.web.views import asking, history, library, mending, search, source, starting
from assistant.web.views.parts import html, translations

# The page keeps its own questions within their room; beside them wait what is added to the library
# and what programs ask.
_WAITING_BESIDE = 64
# Gradio keeps some 400 kB of every page that was ever opened, up to so many of them; by itself it
# would keep 10,000. A page that is still open, but that so many others were used after, begins a
# new conversation with its next question.
_PAGES_KEPT = 400


class Page:
    """The events of the page as a whole.

    Args:
        reception: Tells who looks.
        remembers: The events of the list of conversations.
        asks: The events of the conversation.
        shows: The events of the source panel.
    """

    def __init__(
        self,
        reception: Reception,
        remembers: history.History,
        asks: asking.Asking,
        shows: source.Source,
    ) -> None:
        self._reception = reception
        self._remembers = remembers
        self._asks = asks
        self._shows = shows

    def opened(self, request: gr.Request) -> tuple[object, ...]:
        """Return all that a page shows at first, the conversation that the address names in it."""
        conversation = request.query_params.get("c", "")
        return (
            self._head(request),
            self._shows.linked(request.query_params.get("s", ""), request),
            *self._remembers.opened(request),
            *self._asks.dressed(request),
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


def build_page(
    assistant: Answers, setting: InterfaceLanguage, room: Room | None = None
) -> QuietBlocks:
    """Return the page.

    Args:
        assistant: Who answers.
        setting: The interface's language.
        room: How many questions may be under way; None for as many as usual.

    Returns:
        Gradio's blocks, with all events bound.
    """
    # Gradio writes the title into the page as it is, so it can't follow the browser's language.
    title = " · ".join(say("page.title", code) for code in LANGUAGES)
    blocks = QuietBlocks(title=title, analytics_enabled=False, fill_width=True)
    blocks.setting = setting
    room = room or Room()
    with blocks:
        _bind(blocks, _lay_out(), Reception(assistant, setting), Places(room))
    # Gradio's own default is one at a time, which would make everybody wait for everybody.
    blocks.queue(max_size=room.most + _WAITING_BESIDE, default_concurrency_limit=room.answering)
    # What Gradio would take from `launch`; an application that is mounted can't say it elsewhere.
    blocks.state_session_capacity = _PAGES_KEPT
    return blocks


@dataclass(frozen=True, slots=True)
class _Parts:
    """The components of all views."""

    head: gr.HTML
    remembered: history.HistoryParts
    begun: gr.HTML
    talking: asking.AskingParts
    held: library.LibraryParts
    searching: search.SearchParts
    panel: gr.HTML
    mending: tuple[gr.HTML, gr.Timer]


def _lay_out() -> _Parts:
    word = translations()
    with gr.Row(elem_id="sanad-header"):
        head = html("sanad-masthead", "page.js")
    mended = mending.lay_out()
    with gr.Row(elem_id="sanad-main"):
        with gr.Column(elem_id="sanad-history"):
            remembered = history.lay_out()
        with gr.Column(elem_id="sanad-ask", elem_classes="view"):
            begun, strip = starting.lay_out(), library.lay_out_strip()
            talking = asking.lay_out(word, begun, strip)
        with gr.Column(elem_id="sanad-library", elem_classes="view"):
            held = library.LibraryParts(*library.lay_out(), strip)
        with gr.Column(elem_id="sanad-search", elem_classes="view"):
            searching = search.lay_out()
        with gr.Column(elem_id="sanad-side"):
            panel = source.lay_out()
    return _Parts(head, remembered, begun, talking, held, searching, panel, mended)


def _bind(blocks: gr.Blocks, parts: _Parts, reception: Reception, places: Places) -> None:
    asks, shows = asking.Asking(reception, places), source.Source(reception)
    remembers = history.History(reception)
    page = Page(reception, remembers, asks, shows)
    talking, remembered = parts.talking, parts.remembered
    history.bind(remembers, remembered)
    asking.bind(asks, talking, remembered.talks.select)
    source.bind(shows, parts.panel)
    starting.bind(blocks, starting.Starting(reception), parts.begun, talking.new)
    library.bind(library.Library(reception), parts.held, talking.chosen, blocks)
    search.bind(blocks, search.Search(reception), parts.searching)
    mending.bind(blocks, mending.Mendings(reception), *parts.mending)
    programs.bind(programs.Programs(reception))
    gr.on(
        [talking.new.click, remembered.talks.select],
        page.renewed,
        outputs=[parts.head, parts.panel],
        queue=False,
        show_progress="hidden",
        api_visibility="private",
    )
    blocks.load(
        page.opened,
        outputs=[
            *(parts.head, parts.panel, remembered.head, remembered.talks),
            *(talking.tools, talking.acts, talking.past, talking.live, talking.talk),
        ],
        queue=False,
        show_progress="hidden",
        api_visibility="private",
    )
