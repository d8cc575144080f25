"""How much of the server one person may have at a time, so that there is some for everybody.

Who works on too much at once waits for their own turn, and takes nobody else's.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.datastructures import Headers
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.settings import InterfaceLanguage
from assistant.strings import say
from assistant.web.head import language_for
from assistant.web.people import person_of

# What stays open without a thread of its own.
_STREAMS = re.compile(r"/gradio_api/(?:heartbeat/.*|queue/data|call/.*|mcp/?)", re.DOTALL)
_QUEUED = re.compile(r"/gradio_api/(?:queue/join|call/.*)", re.DOTALL)
_WORK = re.compile(r"/(?:pages|print|conversations)/.*", re.DOTALL)
_READING = ("GET", "HEAD", "OPTIONS")
_RETRY = "10"  # seconds


@dataclass(frozen=True, slots=True)
class Width:
    """How much one person may have at a time.

    Attributes:
        working: Requests that are worked on.
        waiting: Further ones that wait for that.
        patience: Seconds that they wait.
        streams: Streams that are open.
        queued: Calls in Gradio's queue.
    """

    working: int = 8
    waiting: int = 64
    patience: float = 60.0
    streams: int = 64
    queued: int = 16


# Where nobody signs in, everybody is one person, who may have all there is.
_ALONE = Width(working=32, waiting=1000, streams=1000, queued=1000)


@dataclass(slots=True)
class _Line:
    turn: asyncio.Semaphore
    count: int = 0


@dataclass(slots=True)
class _Taken:
    lines: dict[str, _Line] = field(default_factory=dict)
    streams: Counter[str] = field(default_factory=Counter)


class Crowd:
    """Middleware that gives each person their turn.

    Args:
        app: The application around which it stands.
        setting: The interface's language.
        queued: Tells how many calls of a person wait in Gradio's queue.
        width: What a person who signed in may have.
    """

    def __init__(
        self,
        app: ASGIApp,
        setting: InterfaceLanguage,
        queued: Callable[[str], int],
        width: Width | None = None,
    ) -> None:
        self._app = app
        self._setting = setting
        self._queued = queued
        self._width = width or Width()
        self._taken = _Taken()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on when it is its person's turn."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        person = person_of(headers)
        width = self._width if person else _ALONE
        reads, path = scope["method"] in _READING, scope["path"]
        refused = self._sorry(headers)
        if reads and _STREAMS.fullmatch(path):
            passed = await self._streamed(scope, receive, send, person, width)
        elif reads and not _WORK.fullmatch(path):
            passed = True
            await self._app(scope, receive, send)
        elif _QUEUED.fullmatch(path) and self._queued(person) >= width.queued:
            passed = False
        else:
            passed = await self._worked(scope, receive, send, person, width)
        if not passed:
            await refused(scope, receive, send)

    async def _streamed(
        self, scope: Scope, receive: Receive, send: Send, person: str, width: Width
    ) -> bool:
        streams = self._taken.streams
        if streams[person] >= width.streams:
            return False
        streams[person] += 1
        try:
            await self._app(scope, receive, send)
        finally:
            streams[person] -= 1
            if not streams[person]:
                del streams[person]
        return True

    async def _worked(
        self, scope: Scope, receive: Receive, send: Send, person: str, width: Width
    ) -> bool:
        lines = self._taken.lines
        line = lines.setdefault(person, _Line(asyncio.Semaphore(width.working)))
        if line.count >= width.working + width.waiting:
            return False
        line.count += 1
        try:
            try:
                async with asyncio.timeout(width.patience):
                    await line.turn.acquire()
            except TimeoutError:
                return False
            try:
                await self._app(scope, receive, send)
            finally:
                line.turn.release()
        finally:
            line.count -= 1
            if not line.count:
                del lines[person]
        return True

    def _sorry(self, headers: Headers) -> Response:
        words = say("guard.crowd", language_for(self._setting, headers))
        return JSONResponse({"detail": words}, 429, {"retry-after": _RETRY})
