"""What a browser sent about the library, checked: whatever can't be used is as if it were not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import cast

from assistant.schema import ShelfOrder, ShelfWish

ROWS = 100
_ORDERS = ("title", "date", "added")
_LANGUAGES = ("ar", "en")
_OF_DOCUMENTS = ("ar", "en", "mixed", "und")
_MOST_WORDS = 200
_LONGEST_TITLE = 500
_MOST_IDS = 100_000
_LAST = 10_000_000

Sent = Mapping[str, object]


def wish_of(wished: Sent) -> ShelfWish:
    """Return which documents are to be listed."""
    order, start = wished.get("order"), wished.get("start")
    language = wished.get("language")
    return ShelfWish(
        words=_text(wished.get("words"))[:_MOST_WORDS],
        language=str(language) if language in _LANGUAGES else None,
        after=_day(wished.get("after")),
        before=_day(wished.get("before")),
        # The last one added comes first: what somebody has just brought is seen at once.
        order=cast("ShelfOrder", order) if order in _ORDERS else "added",
        start=start if type(start) is int and 0 <= start <= _LAST else 0,
        limit=ROWS,
    )


def ids_of(wished: Sent) -> tuple[str, ...]:
    """Return the documents that were ticked, each once."""
    ids = wished.get("ids")
    if not isinstance(ids, list):
        return ()
    return tuple(dict.fromkeys(one for one in ids[:_MOST_IDS] if isinstance(one, str)))


def correction_of(wished: Sent) -> tuple[str | None, dt.date | None, str | None] | None:
    """Return title, date and language as they are to be, each None where it is not changed.

    Returns:
        Three times None to have the document's own back; None where a value can't be used.
    """
    if wished.get("back") is True:
        return None, None, None
    title = " ".join(_text(wished.get("title")).split())
    told = _text(wished.get("date"))
    date = _day(told)
    language = wished.get("language_of")
    if not 0 < len(title) <= _LONGEST_TITLE or (told and date is None):
        return None
    if language not in _OF_DOCUMENTS:
        return None
    before = (wished.get("title_was"), _day(wished.get("date_was")), wished.get("language_was"))
    now = (title, date, str(language))
    changed = tuple(new if new != old else None for new, old in zip(now, before, strict=True))
    if changed == (None, None, None):
        # Nothing is changed; three times None would take back what was put right before.
        return title, None, None
    return cast("tuple[str | None, dt.date | None, str | None]", changed)


def _text(value: object) -> str:
    """Return a text that can be encoded, or nothing."""
    if not isinstance(value, str):
        return ""
    return value.encode(errors="ignore").decode()


def _day(value: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
