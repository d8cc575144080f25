"""The way by which files come to the library from the page: one request a file.

A way of our own and not Gradio's: that would keep each file in a folder from which its own route
gives it out again, tell of the progress of all files as one, and check no size before it is stored.
Here a file is written, while it comes and no further than it may, into the folder of whoever
brings it, and read when it is whole.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from urllib.parse import unquote

import anyio
import anyio.to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from assistant.errors import AssistantError
from assistant.schema import SyncReport
from assistant.strings import say
from assistant.web.desk import Desk
from assistant.web.markup import shelf_notes
from assistant.web.markup.amounts import size
from assistant.web.markup.shelf import filled
from assistant.web.reception import Reception
from assistant.web.turns import log_unexpected

ROUTE = "/library/files"
# No page from elsewhere can send it without asking first, and nobody answers that question.
_HEADER, _NAME = "x-sanad-upload", "x-sanad-name"
# Files are read one after the other in any case; more threads would only wait for their turn.
_READERS = 2
_TOO_LARGE, _REFUSED, _FAILED = 413, 403, 422


class Receiving:
    """Takes files in.

    Args:
        reception: Tells who brings them.
    """

    def __init__(self, reception: Reception) -> None:
        self._reception = reception
        self._readers: anyio.CapacityLimiter | None = None

    async def received(self, request: Request) -> Response:
        """Take one file in: its bytes are the request's body, its name is in a header.

        Returns:
            JSON: ``ok``; ``html`` says what is to be known of it, or why it was not taken.
        """
        site = request.headers.get("sec-fetch-site", "same-origin")
        if _HEADER not in request.headers or site != "same-origin":
            return JSONResponse({"ok": False, "html": ""}, _REFUSED)
        desk, language = self._reception.desk(request), self._reception.language(request)
        name = unquote(request.headers.get(_NAME, ""))
        file = desk.coming()
        try:
            limit = desk.settings.max_file_mb * 1_000_000
            length = await _stored(request, file, limit)
            if length > limit:
                return _too_large(length, limit, language)
            return await self._read(desk, file, name, language)
        except ClientDisconnect:
            # Nobody is there to be told.
            return Response(status_code=_FAILED)
        finally:
            file.unlink(missing_ok=True)

    async def _read(self, desk: Desk, file: Path, name: str, language: str) -> Response:
        if self._readers is None:  # it belongs to the loop that runs
            self._readers = anyio.CapacityLimiter(_READERS)
        try:
            report = await anyio.to_thread.run_sync(desk.take, file, name, limiter=self._readers)
        except AssistantError as error:
            return _said(shelf_notes.trouble(error, language), ok=False)
        except Exception as error:  # noqa: BLE001  # a person is told; the log says where
            log_unexpected(error)
            return _said(say("library.failed.unexpected", language), ok=False)
        return _reported(report, language)


async def _stored(request: Request, file: Path, limit: int) -> int:
    """Write a request's body to a file, and return its length; what is too long is not written."""
    with contextlib.suppress(ValueError):
        told = int(request.headers.get("content-length", "0"))
        if told > limit:
            return told
    length = 0
    with file.open("xb") as out:
        async for chunk in request.stream():
            length += len(chunk)
            if length > limit:
                break
            out.write(chunk)
    return length


def _reported(report: SyncReport, language: str) -> Response:
    if report.failed:
        return _said(shelf_notes.failure(report.failed[0], language), ok=False)
    return _said("", ok=True)


def _too_large(length: int, limit: int, language: str) -> Response:
    values = {"size": size(length, language), "limit": size(limit, language)}
    return _said(filled("library.incoming.too_large", language, **values), False, _TOO_LARGE)


def _said(words: str, ok: bool, status: int = 200) -> Response:
    return JSONResponse({"ok": ok, "html": words}, status)
