"""Citations as CSL-JSON, which Zotero, Pandoc and citeproc read: an item a document.

The names of the fields are those of the schema of the Citation Style Language, version 1.0.2.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from assistant.schema.citing.works import Work
from assistant.strings import place_name


def csl_json(found: Sequence[Work], language: str, accessed: dt.date | None) -> str:
    """Return a list of items, one for each document; a line of its note is a quote.

    Args:
        found: The documents with their quotes.
        language: Language of the places in the notes, ``ar`` or ``en``.
        accessed: When the documents were looked at; None to leave it out.
    """
    items = [_item(work, language, accessed) for work in found]
    return json.dumps(items, ensure_ascii=False, indent=2)


def _item(work: Work, language: str, accessed: dt.date | None) -> dict[str, Any]:
    places = list(dict.fromkeys(q.place for q in work.quotes if q.place and not q.pages))
    links = [work.url, *(quote.link for quote in work.quotes)]
    values = {
        "id": work.key,
        "type": "webpage" if work.url else "document",
        "title": work.title,
        "author": [{"literal": work.author}] if work.author else None,
        "issued": _date(work.date),
        "accessed": _date(accessed),
        "page": ", ".join(work.pages),
        "locator": ", ".join(place_name(place, language) for place in places),
        "language": work.language,
        "archive_location": work.source,
        "URL": next(filter(None, links), ""),
        "note": "\n".join(work.notes(language)),
    }
    return {name: value for name, value in values.items() if value}


def _date(date: dt.date | None) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[date.year, date.month, date.day]]} if date else None
