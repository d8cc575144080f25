"""Addresses of a range of a document: its stable link, its picture, its printed page."""

from __future__ import annotations

import re
from urllib.parse import quote

from assistant.web.markup.markers import Pointer

_LINK = re.compile(r"([0-9A-Za-z_-]{1,128})\.([0-9A-Za-z_-]{1,128})\.([0-9]{1,10})-([0-9]{1,10})")


def path_of(pointer: Pointer) -> str:
    """Return the part of an address that names a range, such as ``id/version/10-20``."""
    named = f"{quote(pointer.document_id, safe='')}/{quote(pointer.version, safe='')}"
    return f"{named}/{pointer.start}-{pointer.end}"


def link(pointer: Pointer) -> str:
    """Return the address of a sentence in the page; it stays, whatever becomes of the document."""
    return f"/?s={pointer.document_id}.{pointer.version}.{pointer.start}-{pointer.end}"


def linked(name: str) -> Pointer | None:
    """Return what the link of a sentence points at, or None where it is none of ours.

    Args:
        name: What stands behind ``s=``.
    """
    found = _LINK.fullmatch(name)
    if found is None:
        return None
    document_id, version, start, end = found.groups()
    return Pointer(document_id, version, int(start), int(end))
