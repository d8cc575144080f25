"""Characters that no file and no database takes, and what stands for them."""

from __future__ import annotations

import re

REPLACEMENT = "\ufffd"
_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """Return a text of the same length with NUL and lone surrogates replaced by U+FFFD."""
    return _NOT_STORABLE.sub(REPLACEMENT, text)
