"""Signs that change what a text says: they stand between its words and are none."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

# A bar is a table's, and a minus belongs to its number.
_NONE = frozenset("|\u2212")
# As a model is shown them, and a fraction's own slash.
_SAME = {"\u2039": "<", "\u203a": ">", "\u2044": "/"}
_RAISED = "\u00b2\u00b3\u2070\u2074-\u207f"
# A figure behind a longer word is the number of a footnote.
_SIGN = re.compile(rf"(?<=\d)[/\u2044](?=\d)|(?<![^\W\d_]{{4}})[{_RAISED}]|[^\w\s.,;:!?/\u2044]")
_SLASH = "/"


def find_signs(text: str) -> Iterator[tuple[int, str]]:
    """Yield the signs of a text: of mathematics, raised figures, a slash between figures.

    Args:
        text: A claim or a source.

    Yields:
        Where each stands, and the sign.
    """
    for found in _SIGN.finditer(text):
        sign = _SAME.get(found[0], found[0])
        is_telling = unicodedata.category(sign) in ("Sm", "No") or sign in "^/"
        if is_telling and sign not in _NONE:
            yield found.start(), sign


def lasting_signs(text: str) -> Counter[str]:
    """Return the signs that no other way of writing a number or a date replaces."""
    return Counter(sign for _, sign in find_signs(text) if sign != _SLASH)
