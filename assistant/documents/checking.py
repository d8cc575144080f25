"""Whether a document that was made in Python holds what its types say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from assistant.errors import UnreadableDocument
from assistant.schema import Block, Document

# Programs that are not type-checked make documents too.
_KINDS: Mapping[str, tuple[type | tuple[type, ...], str]] = {
    "id": (str, "a str"),
    "title": (str, "a str"),
    "source": (str, "a str"),
    "language": (str, "a str"),
    "date": ((dt.date, type(None)), "a datetime.date or None"),
    "text": (str, "a str"),
    "blocks": (Sequence, "a sequence of Block"),
    "quality": ((int, float), "a number from 0 to 1"),
    "metadata": (Mapping, "a mapping of str to str"),
}
_SHOWN = 60  # characters of a wrong value


def check_document(document: Document) -> None:
    """Check that a document's attributes are of their kinds.

    Args:
        document: A document that was made in Python.

    Raises:
        UnreadableDocument: One is not; the message names it.
    """
    for name, (kind, wanted) in _KINDS.items():
        value = getattr(document, name)
        if not isinstance(value, kind):
            raise _wrong(document, name, value, wanted)
    if not 0 <= document.quality <= 1:
        raise _wrong(document, "quality", document.quality, _KINDS["quality"][1])
    for block in document.blocks:
        _check_block(document, block)


def _check_block(document: Document, block: object) -> None:
    if not isinstance(block, Block):
        raise _wrong(document, "blocks", block, "a sequence of Block")
    kinds = (("start", int), ("end", int), ("kind", str), ("place", str))
    for name, kind in kinds:
        if not isinstance(value := getattr(block, name), kind):
            raise _wrong(document, f"block's {name}", value, f"one of type {kind.__name__}")


def _wrong(document: Document, name: str, value: object, wanted: str) -> UnreadableDocument:
    known_by = str(document.source or document.title)
    shown = repr(value) if len(repr(value)) <= _SHOWN else f"{repr(value)[:_SHOWN]}…"
    return UnreadableDocument(
        f"The document {known_by!r} has the {name} {shown}. Give it {wanted}.", known_by
    )
