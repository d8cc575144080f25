"""The page's head as HTML: its name, its views, and what a person sets for the page."""

from __future__ import annotations

from assistant.strings import LANGUAGES, say
from assistant.web.markup.render import interface_direction
from assistant.web.markup.text import escape, isolated

VIEWS = ("ask", "library", "search")


def masthead(documents: int | None, person: str, language: str) -> str:
    """Return the head.

    Args:
        documents: Number of documents; None where it is not known.
        person: Who is signed in; empty where nobody signs in.
        language: Language of the interface.
    """
    return (
        f'<div class="masthead" dir="{interface_direction(language)}"><h1>'
        f'<span lang="ar" dir="rtl">{escape(say("page.title", "ar"))}</span> '
        f'<span lang="en" dir="ltr">{escape(say("page.title", "en"))}</span></h1>'
        f'<p class="tagline">{escape(say("page.tagline", language))}</p>'
        f"{_views(documents, language)}{_own(person, language)}</div>"
    )


def _views(documents: int | None, language: str) -> str:
    """Return the buttons that change between the views; the first one is open."""
    buttons = []
    for view in VIEWS:
        count = ""
        if view == "library" and documents is not None:
            names = {0: "page.documents.none", 1: "page.documents.one"}
            words = say(names.get(documents, "page.documents.many"), language, {"count": documents})
            count = f' <span class="count" title="{escape(words)}">{documents}</span>'
        current = ' aria-current="page"' if view == VIEWS[0] else ""
        name = escape(say(f"page.view.{view}", language))
        buttons.append(f'<button type="button" data-view="{view}"{current}>{name}{count}</button>')
    label = escape(say("page.views", language))
    return f'<nav class="views" aria-label="{label}">{"".join(buttons)}</nav>'


def _own(person: str, language: str) -> str:
    """Return what a person sets: the other language, light or dark, and the way out."""
    other = next(code for code in LANGUAGES if code != language)
    name = escape(say("page.language", other))
    parts = [
        f'<button type="button" class="language" data-language="{other}" lang="{other}">'
        f"{name}</button>",
        f'<button type="button" class="theme" aria-pressed="false"'
        f' aria-label="{escape(say("page.theme", language))}"'
        f' title="{escape(say("page.theme", language))}"><span aria-hidden="true">\u25d0</span>'
        "</button>",
    ]
    if person:
        parts.append(
            f'<span class="person">{isolated(person)}</span>'
            f'<form method="post" action="/sign-out"><button type="submit">'
            f"{escape(say('page.sign_out', language))}</button></form>"
        )
    return f'<div class="own">{"".join(parts)}</div>'
