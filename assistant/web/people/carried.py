"""How the name of whoever signed in is carried to everything inside the guard: in a header."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote, unquote

PERSON = "x-sanad-person"

_RawHeaders = Sequence[tuple[bytes, bytes]]


def person_of(headers: Mapping[str, str]) -> str:
    """Return who sent a request.

    Args:
        headers: The request's headers, as they are inside the guard.

    Returns:
        The name as it stands in the users file; empty where nobody signs in.
    """
    return unquote(headers.get(PERSON, ""))


def carrying(headers: _RawHeaders, person: str) -> list[tuple[bytes, bytes]]:
    """Return a request's headers with a name, and without one that came from outside.

    Args:
        headers: The headers as they came.
        person: The name; empty where nobody signs in.
    """
    kept = [(name, value) for name, value in headers if name.lower() != PERSON.encode()]
    if person:
        kept.append((PERSON.encode(), quote(person, safe="").encode("ascii")))
    return kept
