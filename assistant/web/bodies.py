"""What is sent along with a request: no more than is needed, not for ever, and a person's own."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass

import anyio.to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.settings import InterfaceLanguage, Settings
from assistant.strings import say
from assistant.web.head import language_for
from assistant.web.owning import Owning
from assistant.web.people import person_of

_CALLS = "/gradio_api/"
_MCP = "/gradio_api/mcp"
_SENDING = ("POST", "PUT", "PATCH", "DELETE")
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Measure:
    """What a request may bring.

    Attributes:
        most: Bytes of a call; a file comes in base64, which makes three bytes four.
        small: Bytes up to which a call needs no room of its own.
        large: How many larger ones are held at a time; one of each person.
        pause: Seconds between two pieces.
        whole: Seconds for all of it.
        linger: Seconds for what is still on its way when it is refused.
    """

    most: int
    small: int = _MEGABYTE
    large: int = 4
    pause: float = 30.0
    whole: float = 600.0
    linger: float = 30.0

    @classmethod
    def of(cls, settings: Settings) -> Measure:
        """Return the measure of some settings."""
        return cls(settings.max_file_mb * _MEGABYTE * 4 // 3 + _MEGABYTE)


class _Refused(Exception):  # no error of the program
    def __init__(self, status: int, words: str, coming: bool = False) -> None:
        super().__init__(words)
        self.status = status
        self.words = words
        self.coming = coming  # is some of it still on its way?


class Bodies:
    """Middleware that reads calls before Gradio does, and lets nobody send for ever.

    Args:
        app: The application around which it stands.
        measure: What a request may bring.
        setting: The interface's language.
    """

    def __init__(self, app: ASGIApp, measure: Measure, setting: InterfaceLanguage) -> None:
        self._app = app
        self._measure = measure
        self._setting = setting
        self._owning = Owning()
        self._large = asyncio.Semaphore(measure.large)
        self._own: dict[str, asyncio.Lock] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its body."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        person = person_of(headers)
        if scope["path"].startswith(_CALLS):
            scope = self._owning.scope(scope, person)
        if scope["method"] not in _SENDING:
            await self._app(scope, receive, send)
        elif not scope["path"].startswith(_CALLS):
            await self._app(scope, self._patient(receive), send)
        else:
            try:
                async with contextlib.AsyncExitStack() as holding:
                    body = await self._read(scope, receive, person, holding)
                    await self._app(_measured(scope, body), _again(body, receive), send)
            except _Refused as refused:
                sorry = _sorry(refused, language_for(self._setting, headers))
                if refused.coming:
                    send = self._lingering(receive, send)
                await sorry(scope, receive, send)

    async def _read(
        self, scope: Scope, receive: Receive, person: str, holding: contextlib.AsyncExitStack
    ) -> bytes:
        try:
            async with asyncio.timeout(self._measure.whole):
                body = await self._whole(scope, receive, person, holding)
        except TimeoutError:
            raise _Refused(408, "guard.slow") from None
        if scope["path"].startswith(_MCP):
            return body
        try:
            if len(body) <= self._measure.small:
                return self._owning.body(body, person)
            return await anyio.to_thread.run_sync(self._owning.body, body, person)
        except ValueError:
            raise _Refused(400, "guard.unreadable") from None

    async def _whole(
        self, scope: Scope, receive: Receive, person: str, holding: contextlib.AsyncExitStack
    ) -> bytes:
        told = Headers(scope=scope).get("content-length", "0")
        if told.isascii() and told.isdigit() and int(told[:20]) > self._measure.most:
            raise _Refused(413, "guard.too_large", coming=True)
        patient, body, has_room = self._patient(receive), bytearray(), False
        while True:
            message = await patient()
            if message["type"] != "http.request":
                raise _Refused(408, "guard.slow")
            coming = message.get("more_body", False)
            body += message.get("body", b"")
            if len(body) > self._measure.most:
                raise _Refused(413, "guard.too_large", coming)
            if len(body) > self._measure.small and not has_room:
                await holding.enter_async_context(self._room(person))
                has_room = True
            if not coming:
                return bytes(body)

    @contextlib.asynccontextmanager
    async def _room(self, person: str) -> AsyncIterator[None]:
        """Hold room for a large call: one of each person, so that nobody takes all there is."""
        own = self._own.setdefault(person, asyncio.Lock())
        async with own, self._large:
            yield

    def _patient(self, receive: Receive) -> Receive:
        """Return how a body is received: who sends nothing for long has gone."""

        async def received() -> Message:
            try:
                async with asyncio.timeout(self._measure.pause):
                    return await receive()
            except TimeoutError:
                return {"type": "http.disconnect"}

        return received

    def _lingering(self, receive: Receive, send: Send) -> Send:
        """Return how a refusal is sent: what still comes is thrown away before the end.

        A connection that is closed over bytes which nobody has read is reset, and whoever sent
        them may never see the reply (RFC 9112, section 9.6).
        """

        async def sent(message: Message) -> None:
            if message["type"] != "http.response.body":
                await send(message)
                return
            await send({**message, "more_body": True})
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._measure.linger):
                    while (await receive()).get("more_body", False):
                        pass
            await send({"type": "http.response.body", "body": b""})

        return sent


def _again(body: bytes, receive: Receive) -> Receive:
    """Return how a body that has been read is received once more."""
    left: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def received() -> Message:
        return left.pop() if left else await receive()

    return received


def _measured(scope: Scope, body: bytes) -> Scope:
    headers = MutableHeaders(raw=list(scope["headers"]))
    del headers["transfer-encoding"]
    headers["content-length"] = str(len(body))
    return {**scope, "headers": headers.raw}


def _sorry(refused: _Refused, language: str) -> Response:
    headers = {"connection": "close"}
    return JSONResponse({"detail": say(refused.words, language)}, refused.status, headers)
