"""What a PDF says of itself: its title, its author, the program that made it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_NO_TITLE = re.compile(
    "(?:untitled|document|title|slide|presentation|scan|book|بدون عنوان|مستند|عنوان)[ \\d.]*$"
    "|microsoft (?:word|powerpoint|excel)\\b|https?:|file:|.*\\.\\w{2,5}$|[\\W\\d_]*$",
    re.IGNORECASE,
)
_LONGEST = 200
_LEAST_LETTERS = 3
_CHARACTERS_OF_BROKEN = re.compile(
    "[\ufffd\u0000-\u001f\u0080-\u009f]|[\u00d0-\u00df][\u0080-\u00bf]"
)


_FACTS = ("Title", "Author", "Creator", "Producer")


def facts_of(document: PdfDocument) -> dict[str, str]:
    """Return what an open PDF's properties say; what is no text is left out."""
    facts = {}
    for name in _FACTS:
        with suppress(UnicodeDecodeError):
            facts[name] = document.get_metadata_value(name)
    return facts


def own_title(facts: Mapping[str, str], name: str) -> str:
    """Return the title in a PDF's properties, empty where it is none that a person gave.

    Args:
        facts: The properties.
        name: The file's path or name.
    """
    title = " ".join(facts.get("Title", "").split())
    letters = sum(map(str.isalpha, title))
    is_file = title.casefold() == PurePath(name).stem.casefold()
    if is_file or letters < _LEAST_LETTERS or len(title) > _LONGEST:
        return ""
    return "" if _NO_TITLE.match(title) or _CHARACTERS_OF_BROKEN.search(title) else title
