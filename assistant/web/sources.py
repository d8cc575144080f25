"""The document behind a marker, without Gradio: what a browser sent is checked, then shown."""

from __future__ import annotations

from assistant.errors import LibraryError
from assistant.schema import Document, Span
from assistant.web import panel
from assistant.web.desk import Desk
from assistant.web.markers import Pointer, decode
from assistant.web.turns import log_unexpected

_MOST_MARKERS = 200


def source(desk: Desk, token: object, neighbours: object, language: str) -> str:
    """Return the source panel for a marker.

    Args:
        desk: Who looks.
        token: The marker's token, as the browser sent it.
        neighbours: The tokens of the same answer's markers, as the browser sent them.
        language: Language of the interface.

    Returns:
        The document with the words marked, or a friendly text where they can't be shown.
    """
    pointer = decode(token)
    if pointer is None:
        return panel.missing(language)
    try:
        shown = desk.document(pointer.document_id, version=pointer.version)
        if not pointer.fits(shown.text):
            return panel.missing(language)
        others = _others(neighbours, pointer, shown)
        return panel.document(shown, Span(pointer.start, pointer.end), others, language)
    except Exception as error:  # noqa: BLE001  # a person is told; the log says where
        # An unknown document is a plain LibraryError; its kinds (locked, damaged) say otherwise.
        if type(error) is LibraryError:
            return panel.missing(language)
        log_unexpected(error)
        return panel.failed(language)


def _others(neighbours: object, pointer: Pointer, shown: Document) -> list[Span]:
    if not isinstance(neighbours, list):
        return []
    found = (decode(token) for token in neighbours[:_MOST_MARKERS])
    return [
        Span(other.start, other.end)
        for other in found
        if other is not None
        and other != pointer
        and (other.document_id, other.version) == (pointer.document_id, pointer.version)
        and other.fits(shown.text)
    ]
