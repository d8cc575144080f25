"""Characters that nobody sees, and that turn or hide what stands around them."""

from __future__ import annotations

import unicodedata

_UNSEEN = frozenset(("Cf", "Cc", "Co", "Cn", "Cs"))


def visible(text: str) -> str:
    """Return a text without format and other controls, tags and private characters.

    White space stays, line ends among it.

    Args:
        text: Any text.
    """
    return "".join(c for c in text if c.isspace() or unicodedata.category(c) not in _UNSEEN)
