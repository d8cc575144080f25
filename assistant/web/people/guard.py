"""Stands around the whole application: every request passes here first, every response last."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection
from dataclasses import dataclass

from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.errors import SettingsError
from assistant.settings import InterfaceLanguage, Settings
from assistant.strings import say
from assistant.web.head import language_for
from assistant.web.people.carried import carrying
from assistant.web.people.clerk import Checked, Clerk
from assistant.web.people.door import Door, refusal, sign_in_address
from assistant.web.people.hosts import Hosts, is_from_elsewhere
from assistant.web.people.leaving import Leaving
from assistant.web.people.register import Register
from assistant.web.people.sessions import token_of

_LOG = logging.getLogger(__name__)

# Gradio would hand out files of this machine there, or fetch others; nothing of the page's own
# comes that way.
_SHUT = re.compile(r"(?:.*/)?(?:(?:file|proxy)=.*|gradio_api/+file(?:/.*)?|file/.*)", re.DOTALL)
_SLASHES = re.compile("/{2,}")
_PROGRAMS = "/gradio_api/"
# The browser asks for these beside the sign-in page.
_FOR_ALL = ("/favicon.ico", "/robots.txt")
_POLICY_VIOLATED = 1008  # code of a web socket's end


@dataclass(frozen=True, slots=True)
class House:
    """What a guard needs to know.

    Attributes:
        hosts: By which names the page may be called.
        language: Language of the interface.
        clerk: Where people are checked; None where nobody signs in.
        open_to_all: Paths that need no sign-in; one that ends in ``/`` stands for all below it.
    """

    hosts: Hosts
    language: InterfaceLanguage
    clerk: Clerk | None = None
    open_to_all: Collection[str] = ()

    @classmethod
    def of(
        cls, settings: Settings, language: InterfaceLanguage, open_to_all: Collection[str] = ()
    ) -> House:
        """Return the house of some settings.

        Args:
            settings: The settings; ``users`` says whether people sign in.
            language: Language of the interface.
            open_to_all: Paths that need no sign-in, beside the door's own.

        Raises:
            SettingsError: The users file is missing or damaged, or there is nobody in it.
        """
        hosts = Hosts.of(settings)
        if settings.users is None:
            return cls(hosts, language, None, open_to_all)
        register = Register(settings.users)
        if not register.people():
            raise SettingsError(
                f"There is nobody in the users file {str(settings.users)!r}. Add somebody with: "
                f"sanad users add NAME --file {settings.users}"
            )
        return cls(hosts, language, Clerk(register), open_to_all)


class Guard:
    """Middleware that lets in who may come in.

    Args:
        app: The whole application.
        house: What it needs to know.
    """

    def __init__(self, app: ASGIApp, house: House) -> None:
        self._app = app
        self._house = house
        self._door = Door(house.clerk, house.language) if house.clerk else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it here."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        leaving = Leaving(send, scope["path"])
        try:
            person, answer = await self._looked_at(scope, receive)
            if answer is None:
                inside = {**scope, "headers": carrying(scope["headers"], person)}
                await self._app(inside, receive, leaving)
            elif scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": _POLICY_VIOLATED})
            else:
                await answer(scope, receive, leaving)
        except Exception:
            if scope["type"] == "http" and not leaving.has_begun:
                # What stands further out would answer without the headers.
                sorry = PlainTextResponse("Internal Server Error", status_code=500)
                await sorry(scope, receive, leaving)
            raise

    async def _looked_at(self, scope: Scope, receive: Receive) -> tuple[str, Response | None]:
        """Return who sends a request, and an answer where it goes no further."""
        connection = HTTPConnection(scope)
        language = language_for(self._house.language, connection.headers)
        if refused := self._refused(connection, scope, language):
            return "", refused
        if self._door is None:
            return "", None
        try:
            if scope["type"] == "http" and (answer := await self._at_the_door(scope, receive)):
                return "", answer
            return await self._person(connection, scope, language)
        except SettingsError as error:
            _LOG.error("%s", error)
            return "", _said(503, "guard.register", language)

    async def _at_the_door(self, scope: Scope, receive: Receive) -> Response | None:
        return await self._door.answer(Request(scope, receive)) if self._door else None

    def _refused(self, connection: HTTPConnection, scope: Scope, language: str) -> Response | None:
        """Return the answer to what nobody may ask for, whoever it is."""
        hosts = connection.headers.getlist("host")
        if len(hosts) != 1 or not self._house.hosts.allows(hosts[0]):
            return _said(421, "guard.host", language, {"host": ", ".join(hosts)[:200]})
        if is_from_elsewhere(connection.headers, scope.get("method", "WEBSOCKET")):
            return _said(403, "guard.elsewhere", language)
        if _SHUT.fullmatch(_SLASHES.sub("/", scope["path"]).casefold()):
            return _said(403, "guard.shut", language)
        return None

    async def _person(
        self, connection: HTTPConnection, scope: Scope, language: str
    ) -> tuple[str, Response | None]:
        """Return who sends a request, where people sign in; else what they are told."""
        clerk = self._house.clerk
        if clerk is None or self._is_open(scope["path"]):
            return "", None
        if session := clerk.signed_in(token_of(connection)):
            return session.person, None
        authorization = connection.headers.get("authorization", "")
        if authorization[:6].casefold() == "basic ":
            address = connection.client.host if connection.client else ""
            checked = await clerk.check_basic(authorization, address)
            if checked.person is not None:
                return checked.person.name, None
            return "", _turned_away(checked, connection, language)
        if scope["type"] == "http" and _is_for_a_page(connection, scope):
            there = sign_in_address(Request(scope))
            return "", RedirectResponse(there, status_code=303)
        return "", _turned_away(None, connection, language)

    def _is_open(self, path: str) -> bool:
        return path in _FOR_ALL or any(
            path == known or (known.endswith("/") and path.startswith(known))
            for known in self._house.open_to_all
        )


def _is_for_a_page(connection: HTTPConnection, scope: Scope) -> bool:
    """Return whether a person asks for a page; a program gets an error that it can read."""
    if scope["method"] not in ("GET", "HEAD") or scope["path"].startswith(_PROGRAMS):
        return False
    return scope["path"] == "/" or "text/html" in connection.headers.get("accept", "")


def _turned_away(checked: Checked | None, connection: HTTPConnection, language: str) -> Response:
    """Return the answer to who is nobody, or may not try yet."""
    if checked is None:
        status, words = 401, say("guard.nobody", language)
    else:
        status, words = refusal(checked, language)
    headers = {}
    if status == 401:  # noqa: PLR2004  # HTTP's "who are you?"
        # A browser would ask for the password in a window of its own.
        is_browser = "sec-fetch-mode" in connection.headers
        scheme = "Session" if is_browser else "Basic"
        headers["www-authenticate"] = f'{scheme} realm="Sanad", charset="UTF-8"'
    elif checked is not None:
        headers["retry-after"] = str(checked.wait)
    return JSONResponse({"detail": words}, status_code=status, headers=headers)


def _said(
    status: int, name: str, language: str, values: dict[str, object] | None = None
) -> Response:
    return JSONResponse({"detail": say(name, language, values or {})}, status_code=status)
