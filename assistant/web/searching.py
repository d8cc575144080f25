"""Searches from the page, without Gradio: what a browser sent is checked, then looked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.errors import AssistantError
from assistant.language import fold
from assistant.schema import Scope
from assistant.strings import explain, say
from assistant.web.desk import Desk
from assistant.web.markup import found
from assistant.web.markup.found import KINDS, Kind, Shown
from assistant.web.turns import log_unexpected

_AT_A_TIME = 20
_MOST_HITS = 100
_MOST_MENTIONS = 500


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants to find.

    Attributes:
        query: The words.
        kind: Passages, sentences, or all mentions.
        title: Words of the documents' titles; empty for all documents.
        language: The documents' language; empty for any.
        after: Only documents dated on or after this day.
        before: Only documents dated on or before this day.
        limit: How many hits are to be shown.
    """

    query: str = ""
    kind: Kind = "passage"
    title: str = ""
    language: str = ""
    after: dt.date | None = None
    before: dt.date | None = None
    limit: int = _AT_A_TIME


def wish(sent: Mapping[str, object]) -> Wish:
    """Return what a browser sent as a wish; whatever is none of ours is left out."""
    kind = next((k for k in KINDS if k == sent.get("kind")), KINDS[0])
    language = sent.get("language")
    pages = sent.get("pages")
    count = pages if isinstance(pages, int) and not isinstance(pages, bool) and pages > 0 else 1
    return Wish(
        _text(sent, "query"),
        kind,
        _text(sent, "title"),
        language if language in ("ar", "en") else "",
        _day(sent, "after"),
        _day(sent, "before"),
        count * _AT_A_TIME,
    )


def results(desk: Desk, wished: Wish, language: str) -> str:
    """Return what a search found as HTML, or why it could not be made.

    Args:
        desk: Who searches.
        wished: What is looked for.
        language: Language of the interface.
    """
    if not wished.query.strip():
        return found.note("search.empty", language)
    try:
        scope = _scope(desk, wished)
        if scope is not None and wished.title and not scope.documents:
            return found.note("search.no_document", language)
        if wished.kind == "mentions":
            limit = min(wished.limit, _MOST_MENTIONS)
            return found.mentions(desk.mentions(wished.query, scope, limit), language)
        return _hits(desk, wished, scope, language)
    except AssistantError as error:
        return found.failure(explain(error, language))
    except Exception as error:  # noqa: BLE001  # a person is told; the log says where
        log_unexpected(error)
        return found.failure(say("page.error.unexpected", language))


def _hits(desk: Desk, wished: Wish, scope: Scope | None, language: str) -> str:
    limit = min(wished.limit, _MOST_HITS)
    unit = "sentence" if wished.kind == "sentence" else "passage"
    hits = desk.search(wished.query, limit, scope, unit)  # type: ignore[arg-type]  # one of the two
    marked = desk.highlights(wished.query, [hit.text for hit in hits])
    shown = [Shown(hit, spans, desk.context(hit)) for hit, spans in zip(hits, marked, strict=True)]
    return found.hits(shown, language, more=len(hits) == limit < _MOST_HITS)


def _scope(desk: Desk, wished: Wish) -> Scope | None:
    if not (wished.title or wished.language or wished.after or wished.before):
        return None
    chosen: tuple[str, ...] = ()
    if wished.title:
        words = fold(wished.title).split()
        chosen = tuple(
            document.id
            for document in desk.documents()
            if all(word in fold(document.title) for word in words)
        )
    return Scope(chosen, wished.language or None, wished.after, wished.before)


def _text(sent: Mapping[str, object], name: str) -> str:
    value = sent.get(name)
    return value if isinstance(value, str) else ""


def _day(sent: Mapping[str, object], name: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(_text(sent, name))
    except ValueError:
        return None
