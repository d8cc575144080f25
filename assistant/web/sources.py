"""The document behind a marker, without Gradio: what a browser sent is checked, then shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

from assistant.errors import LibraryError
from assistant.schema import Citation, Document, Span
from assistant.strings import place_name
from assistant.web.desk import Desk
from assistant.web.markup import panel
from assistant.web.markup.markers import Pointer, decode
from assistant.web.markup.panel import Beside
from assistant.web.markup.pointing import linked
from assistant.web.markup.tools import picture, tools, warning
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
    return _shown(desk, pointer, neighbours, language)


def linked_source(desk: Desk, name: str, language: str) -> str:
    """Return the source panel for the link of a sentence, or the empty panel where it is none.

    Args:
        desk: Who looks.
        name: What stands behind ``s=`` in the address.
        language: Language of the interface.
    """
    if not name:
        return panel.empty(language)
    pointer = linked(name)
    if pointer is None:
        return panel.missing(language)
    return _shown(desk, pointer, None, language)


def cited(shown: Document, pointer: Pointer) -> Citation:
    """Return the citation of a range of a document."""
    place = next((b.place for b in shown.blocks if b.start <= pointer.start < b.end), "")
    words = shown.text[pointer.start : pointer.end]
    return Citation(
        shown.id,
        shown.version,
        shown.title,
        shown.source,
        place,
        words,
        pointer.start,
        pointer.end,
        1.0,
    )


def _shown(desk: Desk, pointer: Pointer, neighbours: object, language: str) -> str:
    try:
        shown = desk.document(pointer.document_id, version=pointer.version)
        if not pointer.fits(shown.text):
            return panel.missing(language)
        others = _others(neighbours, pointer, shown)
        focus = Span(pointer.start, pointer.end)
        beside = _beside(desk, shown, pointer, language)
        return panel.document(shown, focus, others, language, beside)
    except Exception as error:  # noqa: BLE001  # a person is told; the log says where
        # An unknown document is a plain LibraryError; its kinds (locked, damaged) say otherwise.
        if type(error) is LibraryError:
            return panel.missing(language)
        log_unexpected(error)
        return panel.failed(language)


def _beside(desk: Desk, shown: Document, pointer: Pointer, language: str) -> Beside:
    source = desk.shown_source(shown)
    citation = replace(cited(shown, pointer), source=source)
    state = desk.source_state(shown)
    # A page is drawn from the file itself, so there must be one.
    has_picture = state == "same" and _is_pdf(shown)
    place = place_name(citation.place, language)
    return Beside(
        source,
        warning(state, language),
        tools(citation, replace(shown, source=source, sources=()), language),
        picture(pointer, place, language) if has_picture else "",
    )


def _is_pdf(shown: Document) -> bool:
    read_as = shown.metadata.get("read_as") or PurePath(shown.source).suffix
    return str(read_as).lower() == ".pdf"


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
