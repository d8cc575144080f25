"""A document's title as it is stored: one line, that neither steers nor turns what stands by it."""

from __future__ import annotations

import re

from assistant.language.storing import storable

# Controls, and what turns the direction of later text. Marks of direction and joiners stay.
_STEERING = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile("\\s+")
_LONGEST = 1000


def tidy_title(title: str) -> str:
    """Return a title on one line of at most 1,000 characters.

    It is named in answers and lists, among words of other documents, and is no quote: what it
    may do to these is left out.

    Args:
        title: The title as the document or a program gives it.
    """
    line = _SPACES.sub(" ", _STEERING.sub("", storable(title[: 2 * _LONGEST]))).strip()
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}\u2026"
