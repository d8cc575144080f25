"""What a search found as HTML: hits with their words marked, and all mentions of a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.language.scripts import Direction, direction
from assistant.schema import Context, Excerpt, Hit, Mention, Mentions, Span
from assistant.strings import LANGUAGES, place_name, say
from assistant.web.markup.markers import encode
from assistant.web.markup.render import interface_direction
from assistant.web.markup.text import direction_or, escape, flow, isolated

_FORM = "search.form."

Kind = Literal["passage", "sentence", "mentions"]
KINDS: tuple[Kind, ...] = ("passage", "sentence", "mentions")


@dataclass(frozen=True, slots=True)
class Shown:
    """A hit as it is shown.

    Attributes:
        hit: The hit.
        marked: What in its text is marked, as ranges of that text.
        context: What stands around it.
    """

    hit: Hit
    marked: tuple[Span, ...]
    context: Context


def form(language: str) -> str:
    """Return the boxes and buttons of a search.

    Args:
        language: Language of the interface.
    """
    kinds = "".join(
        f'<label><input type="radio" name="kind" value="{kind}"'
        f"{' checked' if kind == KINDS[0] else ''}>"
        f"<span>{escape(say(f'search.kind.{kind}', language))}</span></label>"
        for kind in KINDS
    )
    languages = "".join(
        f'<option value="{code}">{escape(say(f"search.language.{code}", language))}</option>'
        for code in ("any", *LANGUAGES)
    )
    words = escape(say("search.words", language))
    return (
        f'<form class="search" role="search" dir="{interface_direction(language)}">'
        f'<div class="line"><input type="search" name="query" dir="auto" autocomplete="off"'
        f' aria-label="{words}" placeholder="{words}">'
        f'<button type="submit" class="primary">{escape(say("search.go", language))}</button></div>'
        f'<fieldset class="kinds"><legend>{escape(say("search.kind", language))}</legend>{kinds}'
        "</fieldset>"
        f'<details class="filters"><summary>{escape(say("search.filters", language))}</summary>'
        f'<div class="line">{_labelled("search.document", language, _TITLE)}'
        f"{_labelled('search.language', language, _CHOICE.format(languages))}"
        f"{_labelled('search.after', language, _DAY.format(name='after'))}"
        f"{_labelled('search.before', language, _DAY.format(name='before'))}"
        "</div></details></form>"
    )


_CHOICE = '<select name="language">{}</select>'
_TITLE = '<input type="text" name="title" dir="auto" autocomplete="off">'
_DAY = '<input type="date" name="{name}">'


def _labelled(name: str, language: str, box: str) -> str:
    return f"<label><span>{escape(say(name, language))}</span>{box}</label>"


def note(name: str, language: str) -> str:
    """Return a line that stands where results would."""
    runs = interface_direction(language)
    return f'<p class="empty" dir="{runs}">{escape(say(name, language))}</p>'


def failure(words: str) -> str:
    """Return why a search could not be made."""
    return f'<p class="notice" role="alert" dir="{direction(words)}">{escape(words)}</p>'


def hits(found: Sequence[Shown], language: str, *, more: bool) -> str:
    """Return the hits of a search, best first.

    Args:
        found: The hits.
        language: Language of the interface.
        more: Whether there may be further ones.
    """
    if not found:
        return note("search.nothing", language)
    items = "".join(f"<li>{_hit(shown, language)}</li>" for shown in found)
    return _list(items, "", language, more=more)


def mentions(found: Mentions, language: str) -> str:
    """Return the sentences that mention a word, how often it is mentioned, and how it is written.

    Args:
        found: The mentions.
        language: Language of the interface.
    """
    if not found.total:
        return note("search.mentions.none", language)
    counts = {"total": found.total, "sentences": found.sentences, "documents": found.documents}
    summary = (
        f'<p class="counts" role="status">{escape(say("search.mentions", language, counts))}</p>'
    )
    forms = "".join(
        f'<li><span class="form">{isolated(form.written)}</span>'
        f' <span class="often">{form.count}</span>'
        f' <span class="relation">{escape(say(_FORM + form.relation, language))}</span></li>'
        for form in found.forms
    )
    label = escape(say("search.forms", language))
    head = f'{summary}<ul class="forms" aria-label="{label}">{forms}</ul>'
    items = "".join(f"<li>{_mention(m, language)}</li>" for m in found.hits)
    return _list(items, head, language, more=len(found.hits) < found.sentences)


def _list(items: str, head: str, language: str, *, more: bool) -> str:
    button = (
        f'<button type="button" class="more">{escape(say("search.more", language))}</button>'
        if more
        else ""
    )
    runs = interface_direction(language)
    return f'<div class="found" dir="{runs}">{head}<ol class="hits">{items}</ol>{button}</div>'


def _hit(shown: Shown, language: str) -> str:
    hit, around = shown.hit, shown.context
    words = _marked(hit.text, shown.marked)
    return _article(hit, words, (around.heading, around.before, around.after), language)


def _mention(found: Mention, language: str) -> str:
    spans = [
        Span(s.start - found.start_char_index, s.end - found.start_char_index) for s in found.spans
    ]
    hit = Hit(
        found.document_id,
        found.version,
        found.document_title,
        found.source,
        found.place,
        found.text,
        found.start_char_index,
        found.end_char_index,
        1.0,
    )
    before = (found.before,) if found.before else ()
    after = (found.after,) if found.after else ()
    return _article(hit, _marked(found.text, spans), (found.heading, before, after), language)


_Around = tuple[Excerpt | None, Sequence[Excerpt], Sequence[Excerpt]]


def _article(hit: Hit, words: str, around: _Around, language: str) -> str:
    heading, before, after = around
    place = (
        f' <span class="place">{isolated(place_name(hit.place, language))}</span>'
        if hit.place
        else ""
    )
    runs = direction(hit.text)
    opens = escape(say("search.open", language, {"title": hit.document_title}))
    above = f'<p class="above">{isolated(heading.text)}</p>' if heading else ""
    return (
        f'<article class="hit"><header><button type="button" class="cite open"'
        f' data-cite="{escape(encode(hit))}" aria-label="{opens}">{isolated(hit.document_title)}'
        f"</button>{place}</header>{above}"
        f'<p class="words" dir="{runs}">{_neighbours(before, runs)}'
        f'<bdi class="itself" dir="{runs}">{words}</bdi>{_neighbours(after, runs)}</p></article>'
    )


def _neighbours(excerpts: Sequence[Excerpt], runs: Direction) -> str:
    """Return sentences around a hit; one that runs against it on a line of its own."""
    parts: list[str] = []
    for excerpt in excerpts:
        own = direction_or(excerpt.text, runs)
        kind = "around" if own == runs else "around against"
        parts.append(f' <bdi class="{kind}" dir="{own}">{flow(excerpt.text)}</bdi> ')
    return "".join(parts)


def _marked(text: str, spans: Sequence[Span]) -> str:
    parts: list[str] = []
    position = 0
    for start, end in spans:
        parts.append(flow(text[position:start]))
        parts.append(f"<mark>{flow(text[start:end])}</mark>")
        position = end
    parts.append(flow(text[position:]))
    return "".join(parts)
