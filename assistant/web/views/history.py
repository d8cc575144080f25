"""The conversations of a person: the list beside the one that is open."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import gradio as gr

from assistant.errors import AssistantError
from assistant.web.markup import talks
from assistant.web.markup.days import reader_of
from assistant.web.reception import Reception
from assistant.web.turns import log_unexpected
from assistant.web.views.parts import html, sent

_LONGEST_QUERY = 200
_LONGEST_TITLE = 300
_MOST = 100_000


@dataclass(frozen=True, slots=True)
class HistoryParts:
    """The components of the list.

    Attributes:
        head: Its name and the search.
        talks: The conversations. Its script triggers ``select`` to open one, ``input`` to search
            and to see more, and ``edit`` to rename.
    """

    head: gr.HTML
    talks: gr.HTML


class History:
    """The events of the list.

    Args:
        reception: Tells whose conversations.
    """

    def __init__(self, reception: Reception) -> None:
        self._reception = reception

    def opened(self, request: gr.Request) -> tuple[str, str]:
        """Show the list's head and the last conversations."""
        return talks.head(self._reception.language(request)), self._list("", talks.SHOWN, request)

    def listed(self, event: gr.EventData, request: gr.Request) -> str:
        """Show the conversations that hold what is searched for."""
        return self._wished(sent(event), request)

    def renamed(self, event: gr.EventData, request: gr.Request) -> str:
        """Give a conversation another title, and show the list anew."""
        wished = sent(event)
        title = " ".join(str(wished.get("title", "")).split())[:_LONGEST_TITLE]
        try:
            if title:
                self._reception.desk(request).conversation(str(wished.get("id"))).rename(title)
        except AssistantError as error:
            # It was deleted meanwhile, or the library can only be read: the list says what is.
            log_unexpected(error)
        return self._wished(wished, request)

    def _wished(self, wished: dict[str, object], request: gr.Request) -> str:
        most = wished.get("most")
        count = most if type(most) is int and 0 < most <= _MOST else talks.SHOWN
        return self._list(str(wished.get("query") or "")[:_LONGEST_QUERY], count, request)

    def _list(self, query: str, most: int, request: gr.Request) -> str:
        reader = reader_of(request.headers, self._reception.language(request))
        found = self._reception.desk(request).conversations(query)
        return talks.talks(found, most, query, reader, dt.datetime.now(dt.UTC))


def lay_out() -> HistoryParts:
    """Return the components of the list, inside the column that is open."""
    return HistoryParts(html("sanad-history-head"), html("sanad-talks", "history.js"))


def bind(history: History, parts: HistoryParts) -> None:
    """Bind the events of the list."""
    # Of quick key strokes the last one counts.
    parts.talks.input(
        history.listed,
        outputs=[parts.talks],
        trigger_mode="always_last",
        queue=False,
        show_progress="hidden",
        api_visibility="private",
    )
    parts.talks.edit(
        history.renamed,
        outputs=[parts.talks],
        trigger_mode="multiple",
        queue=False,
        show_progress="hidden",
        api_visibility="private",
    )
