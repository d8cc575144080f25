"""A sentence in its document, as a page to be printed."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from assistant.errors import AssistantError
from assistant.schema import Span, cite
from assistant.strings import say
from assistant.web.markup import panel
from assistant.web.markup.markers import Pointer
from assistant.web.markup.render import interface_direction
from assistant.web.markup.text import escape, isolated
from assistant.web.people.leaving import PLAIN_POLICY
from assistant.web.reception import Reception
from assistant.web.sources import cited
from assistant.web.views.parts import static


def printing(reception: Reception) -> APIRouter:
    """Return the routes ``/print/DOCUMENT/VERSION/START-END`` and ``/print.css``.

    Args:
        reception: Tells who looks.
    """
    router = APIRouter()

    @router.get("/print.css")
    def look() -> Response:
        return Response(static("print.css"), media_type="text/css")

    @router.get("/print/{document_id}/{version}/{start:int}-{end:int}")
    def page(
        document_id: str, version: str, start: int, end: int, request: Request
    ) -> HTMLResponse:
        desk, language = reception.desk(request), reception.language(request)
        pointer = Pointer(document_id, version, start, end)
        try:
            shown = desk.document(document_id, version)
        except AssistantError:
            return _page("", panel.missing(language), language, 404)
        if not pointer.fits(shown.text):
            return _page("", panel.missing(language), language, 404)
        source = desk.shown_source(shown)
        citation = replace(cited(shown, pointer), source=source)
        note = cite([citation], [replace(shown, source=source, sources=())], "footnote", language)
        body = panel.document(shown, Span(start, end), (), language, panel.Beside(source))
        footnote = f"<footer>{isolated(note.strip())}</footer>"
        return _page(shown.title, body + footnote, language)

    return router


def _page(title: str, body: str, language: str, status: int = 200) -> HTMLResponse:
    name = " · ".join(filter(None, (title, say("page.title", language))))
    return HTMLResponse(
        f'<!doctype html><html lang="{language}" dir="{interface_direction(language)}"><head>'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<title>{escape(name)}</title><link rel="stylesheet" href="/print.css"></head>'
        f"<body><main>{body}</main></body></html>",
        status_code=status,
        headers={"content-security-policy": PLAIN_POLICY},
    )
