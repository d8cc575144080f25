"""Pages of PDF documents as pictures, with the cited words boxed."""

from __future__ import annotations

import base64

from fastapi import APIRouter, Request, Response

from assistant.errors import AssistantError
from assistant.schema import PagePicture, Span
from assistant.web.markup.markers import Pointer
from assistant.web.reception import Reception
from assistant.web.turns import log_unexpected

_MOST_PAGES = 3  # that one sentence is shown on
_PADDING = 4  # pixels around the words
_GAP = 16  # pixels between two pages
_HEADERS = {"content-security-policy": "default-src 'none'; img-src data:; sandbox"}


def pages(reception: Reception) -> APIRouter:
    """Return the route ``/pages/DOCUMENT/VERSION/START-END.svg``.

    Where the page can't be drawn it answers 404, and the panel goes without.

    Args:
        reception: Tells who looks.
    """
    router = APIRouter()

    @router.get("/pages/{document_id}/{version}/{start:int}-{end:int}.svg")
    def page(document_id: str, version: str, start: int, end: int, request: Request) -> Response:
        desk = reception.desk(request)
        try:
            shown = desk.document(document_id, version)
            if not Pointer(document_id, version, start, end).fits(shown.text):
                return Response(status_code=404, headers=_HEADERS)
            span = Span(start, end)
            first = desk.page_picture(shown, span)
            further = [
                desk.page_picture(shown, span, number)
                for number in first.marked[:_MOST_PAGES]
                if number != first.page
            ]
        except AssistantError as error:
            log_unexpected(error)
            return Response(status_code=404, headers=_HEADERS)
        return Response(svg([first, *further]), media_type="image/svg+xml", headers=_HEADERS)

    return router


def svg(pictures: list[PagePicture]) -> str:
    """Return pages one below the other as one picture, the boxes drawn over them."""
    width = max(picture.width for picture in pictures)
    height = sum(picture.height + _GAP for picture in pictures) - _GAP
    parts: list[str] = []
    top = 0
    for picture in pictures:
        data = base64.b64encode(picture.png).decode("ascii")
        parts.append(
            f'<image x="0" y="{top}" width="{picture.width}" height="{picture.height}"'
            f' href="data:image/png;base64,{data}"/>'
        )
        for box in picture.boxes:
            x, y = box.left * picture.width, top + box.top * picture.height
            wide, high = box.width * picture.width, box.height * picture.height
            parts.append(
                f'<rect x="{x - _PADDING:.1f}" y="{y - _PADDING:.1f}" rx="5"'
                f' width="{wide + 2 * _PADDING:.1f}" height="{high + 2 * _PADDING:.1f}"'
                ' fill="#ffcf3d" fill-opacity="0.28" stroke="#b8860b" stroke-width="2"/>'
            )
        top += picture.height + _GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}">{"".join(parts)}</svg>'
    )
