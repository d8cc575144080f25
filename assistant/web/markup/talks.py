"""A person's conversations as HTML: a list to open, rename and delete from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from assistant.schema import ConversationSummary
from assistant.strings import say
from assistant.web.markup.days import Reader
from assistant.web.markup.text import direction_or, escape

SHOWN = 100
EXPORTS = ("md", "html", "json")


def head(language: str) -> str:
    """Return what stands above the list: its name, the way out of the drawer, and the search."""
    runs = "rtl" if language == "ar" else "ltr"
    words = {
        name: escape(say(f"history.{name}", language)) for name in ("title", "close", "search")
    }
    told = escape(say("history.kept", language))
    return (
        f'<div class="history-head" dir="{runs}"><h2>{words["title"]}</h2>'
        f'<button type="button" class="close" aria-label="{words["close"]}"'
        f' title="{words["close"]}">\u00d7</button>'
        f'<input type="search" dir="auto" placeholder="{words["search"]}"'
        f' aria-label="{words["search"]}" maxlength="200" autocomplete="off">'
        f'<p class="told" role="status" data-kept="{told}"></p></div>'
    )


def tools(language: str) -> str:
    """Return what stands above the conversation: the way to the others, and its exports."""
    runs = "rtl" if language == "ar" else "ltr"
    links = "".join(
        f'<li><a download data-form="{form}">{escape(words)}</a></li>'
        for form in EXPORTS
        for words in (say(f"page.export.{form}", language),)
    )
    return (
        f'<div class="tools" dir="{runs}"><button type="button" class="open-history"'
        f' aria-expanded="false" aria-controls="sanad-history">'
        f"<span>{escape(say('history.title', language))}</span></button>"
        f'<details class="export" hidden><summary>{escape(say("page.export", language))}</summary>'
        f"<ul>{links}</ul></details></div>"
    )


def talks(
    found: Sequence[ConversationSummary],
    most: int,
    query: str,
    reader: Reader,
    now: dt.datetime,
) -> str:
    """Return the list of conversations.

    Args:
        found: The conversations, the last one first.
        most: How many of them are shown.
        query: What was searched for.
        reader: How the person reads days and numbers.
        now: The present; with a time zone.
    """
    runs = "rtl" if reader.language == "ar" else "ltr"
    if not found:
        name = "history.none_found" if query.strip() else "history.none"
        words = escape(say(name, reader.language))
        return f'<div class="talks" dir="{runs}"><p class="none">{words}</p></div>'
    items = "".join(_item(one, reader, now) for one in found[:most])
    more, left = "", len(found) - most
    if left > 0:
        words = escape(say("history.more", reader.language, {"count": reader.number(left)}))
        more = f'<button type="button" class="more">{words}</button>'
    label = escape(say("history.title", reader.language))
    return f'<nav class="talks" dir="{runs}" aria-label="{label}"><ul>{items}</ul>{more}</nav>'


def _item(one: ConversationSummary, reader: Reader, now: dt.datetime) -> str:
    own = direction_or(one.title, "rtl" if reader.language == "ar" else "ltr")
    day = escape(reader.day(one.updated, now))
    return (
        f'<li data-id="{escape(one.id)}"><a href="?c={escape(one.id)}">'
        f'<bdi class="title" dir="{own}" title="{escape(one.title)}">{escape(one.title)}</bdi>'
        f'<time datetime="{one.updated.isoformat()}">{day}</time></a>'
        f"{_change('rename', one, reader)}{_change('delete', one, reader)}</li>"
    )


def _change(name: str, one: ConversationSummary, reader: Reader) -> str:
    label = escape(say(f"history.{name}", reader.language, {"title": one.title}))
    words = {
        "rename": {"name": say("history.name", reader.language)},
        "delete": {
            "deleted": say("history.deleted", reader.language),
            "undo": say("history.undo", reader.language),
            "undo-of": say("history.undo_of", reader.language, {"title": one.title}),
        },
    }[name]
    data = "".join(f' data-{key}="{escape(value)}"' for key, value in words.items())
    return (
        f'<button type="button" class="{name}" aria-label="{label}" title="{label}"{data}></button>'
    )
