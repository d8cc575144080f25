"""How an index was left by the last writer, and what tells one library from others."""

from __future__ import annotations

import uuid
from pathlib import Path

from assistant.library.catalogue import Catalogue
from assistant.library.health import fingerprint

_IDENTITY = "identity"


def take_up(catalogue: Catalogue, fact: str, folder: Path) -> bool:
    """Return whether files are as they were left; from now on they change, and nothing tells.

    Args:
        catalogue: Holds the note.
        fact: Its name.
        folder: The files' folder.
    """
    recorded = catalogue.fact(fact)
    if recorded:
        catalogue.set_fact(fact, "")
    return recorded == fingerprint(folder)


def leave(catalogue: Catalogue, fact: str, folder: Path) -> None:
    """Note how files are left; the arguments are those of `take_up`."""
    catalogue.set_fact(fact, fingerprint(folder))


def identity(catalogue: Catalogue) -> str:
    """Return what tells this library from others, on a server or when files are mixed up."""
    known = catalogue.fact(_IDENTITY)
    if not known:
        known = uuid.uuid4().hex
        catalogue.set_fact(_IDENTITY, known)
    return known
