"""The door: the sign-in page and its form, signing out, and the sign-in of programs."""

from __future__ import annotations

import asyncio
import re
from importlib.resources import files
from string import Template
from urllib.parse import parse_qs, quote, urlencode

from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from assistant.settings import InterfaceLanguage
from assistant.strings import LANGUAGES, say
from assistant.web.head import language_for
from assistant.web.markup.text import escape
from assistant.web.people.clerk import Checked, Clerk
from assistant.web.people.leaving import PLAIN_POLICY
from assistant.web.people.sessions import is_secure, session_cookie, token_of

SIGN_IN = "/sign-in"
SIGN_OUT = "/sign-out"
LANGUAGE_COOKIE = "sanad-language"

# Where programs that were written for Gradio sign in.
_LOGIN = ("/login", "/login/")
_LOOK = "/sign-in.css"
_LONGEST_FORM = 16_384  # bytes
_SECONDS_FOR_FORM = 15.0
_YEAR = 365 * 24 * 3600
_MINUTE = 60
# Of page.css: the faces of letters, and the colours in light and in dark.
_FACES = re.compile(r"@font-face\s*\{[^}]*\}")
_LIGHT = re.compile(r":root\s*\{([^{}]*)\}")
_DARK = re.compile(r"\.dark\s*\{([^{}]*)\}")
# Controls, and what some browsers read as a slash.
_NEVER_IN_ADDRESS = re.compile(r"[\x00-\x20\\\x7f]")


def own_address(wanted: str) -> str:
    """Return where to go after signing in: an address of this page, ``/`` for any other one.

    Args:
        wanted: A path with its query, as somebody gave it.
    """
    is_own = wanted.startswith("/") and not wanted.startswith("//")
    path = wanted.partition("?")[0].rstrip("/")
    if not is_own or _NEVER_IN_ADDRESS.search(wanted) or path in (SIGN_IN, SIGN_OUT, "/login"):
        return "/"
    return quote(wanted, safe="/?&=%:@+,;~!*'()$-._")


def sign_in_address(request: Request) -> str:
    """Return the address of the sign-in page that leads back to a request's own."""
    query = request.scope["query_string"].decode("latin-1")
    wanted = quote(request.scope["path"]) + (f"?{query}" if query else "")
    return f"{SIGN_IN}?{urlencode({'next': wanted})}"


class Door:
    """Answers what can be asked for without being signed in.

    Args:
        clerk: Where names and passwords are checked.
        setting: The interface's language.
    """

    def __init__(self, clerk: Clerk, setting: InterfaceLanguage) -> None:
        self._desk = clerk
        self._setting = setting
        self._look = _look()
        self._page = Template(_static("door.html"))

    async def answer(self, request: Request) -> Response | None:
        """Answer a request for the door; None for any other one.

        Raises:
            SettingsError: The users file can't be read.
        """
        path = request.scope["path"]
        if path == _LOOK:
            return Response(
                self._look, media_type="text/css", headers={"cache-control": "public, max-age=300"}
            )
        if path == SIGN_OUT:
            return self._signed_out(request) if request.method == "POST" else _wrong_method("POST")
        if path in (SIGN_IN, *_LOGIN):
            return await self._at_the_form(request, for_program=path != SIGN_IN)
        return None

    async def _at_the_form(self, request: Request, *, for_program: bool) -> Response:
        if request.method == "POST":
            return await self._tried(request, for_program=for_program)
        if request.method not in ("GET", "HEAD"):
            return _wrong_method("GET, HEAD, POST")
        if for_program:
            return RedirectResponse(SIGN_IN, status_code=303)
        return self._asked(request)

    def _asked(self, request: Request) -> Response:
        """Show the form; whoever is signed in goes on."""
        wanted = own_address(request.query_params.get("next", "/"))
        chosen = request.query_params.get("language")
        if chosen in LANGUAGES:
            # The chosen language is kept, and the address is free of it again.
            there = f"{SIGN_IN}?{urlencode({'next': wanted})}"
            response: Response = RedirectResponse(there, status_code=303)
            response.headers.append(
                "set-cookie",
                f"{LANGUAGE_COOKIE}={chosen}; SameSite=Lax; Path=/; Max-Age={_YEAR}",
            )
            return response
        if self._desk.signed_in(token_of(request)) is not None:
            return RedirectResponse(wanted, status_code=303)
        return self._form(request, wanted)

    async def _tried(self, request: Request, *, for_program: bool) -> Response:
        """Check a name and a password, and begin a session."""
        language = language_for(self._setting, request.headers)
        fields = await _fields(request)
        if fields is None:
            return JSONResponse({"detail": say("door.unreadable", language)}, status_code=400)
        name = fields.get("username", "")
        wanted = own_address(fields.get("next", "/"))
        address = request.client.host if request.client else ""
        checked = await self._desk.check(name, fields.get("password", ""), address)
        if checked.person is None:
            status, said = refusal(checked, language)
            headers = {"retry-after": str(checked.wait)} if checked.wait else {}
            if for_program:
                return JSONResponse({"detail": said}, status_code=status, headers=headers)
            response = self._form(request, wanted, name, said)
            response.status_code = status
            response.headers.update(headers)
            return response
        # A token of before could be known to somebody else.
        self._desk.sessions.end(token_of(request))
        token = self._desk.sessions.begin(checked.person.name, checked.person.kept)
        done: Response = (
            JSONResponse({"success": True})
            if for_program
            else RedirectResponse(wanted, status_code=303)
        )
        done.headers.append("set-cookie", session_cookie(token, secure=is_secure(request)))
        return done

    def _signed_out(self, request: Request) -> Response:
        self._desk.sessions.end(token_of(request))
        response = RedirectResponse(SIGN_IN, status_code=303)
        response.headers.append("set-cookie", session_cookie("", secure=is_secure(request)))
        # What the page kept in the browser is not for the next person there.
        response.headers["clear-site-data"] = '"storage"'
        return response

    def _form(self, request: Request, wanted: str, name: str = "", wrong: str = "") -> Response:
        language = language_for(self._setting, request.headers)
        other = next(code for code in LANGUAGES if code != language)
        error = f'<p class="wrong" role="alert" id="wrong">{escape(wrong)}</p>' if wrong else ""
        described = ' aria-invalid="true" aria-describedby="wrong"' if wrong else ""
        # The field in which something has to be done next.
        focus = {"name_focus": "" if name else " autofocus", "focus": " autofocus" if name else ""}
        page = self._page.substitute(
            language=language,
            direction="rtl" if language == "ar" else "ltr",
            look=_LOOK,
            title=escape(say("page.title", language)),
            arabic=escape(say("page.title", "ar")),
            english=escape(say("page.title", "en")),
            heading=escape(say("door.heading", language)),
            tagline=escape(say("page.tagline", language)),
            name_label=escape(say("door.name", language)),
            password_label=escape(say("door.password", language)),
            button=escape(say("door.button", language)),
            note=escape(say("door.note", language)),
            error=error,
            described=described,
            name=escape(name),
            next=escape(wanted),
            action=SIGN_IN,
            other=other,
            other_direction="rtl" if other == "ar" else "ltr",
            other_label=escape(say("door.language", other)),
            other_address=escape(f"{SIGN_IN}?{urlencode({'language': other, 'next': wanted})}"),
            **focus,
        )
        headers = {"content-security-policy": PLAIN_POLICY}
        return HTMLResponse(page, headers=headers)


def refusal(checked: Checked, language: str) -> tuple[int, str]:
    """Return the status and the words for a check that let nobody in."""
    if not checked.wait:
        return 401, say("door.wrong", language)
    if checked.wait < 2 * _MINUTE:
        return 429, say("door.wait.seconds", language, {"count": checked.wait})
    minutes = -(-checked.wait // _MINUTE)
    return 429, say("door.wait.minutes", language, {"count": minutes})


async def _fields(request: Request) -> dict[str, str] | None:
    """Return a form's fields; None where it is none that can be read."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return None
    body = b""
    try:
        async with asyncio.timeout(_SECONDS_FOR_FORM):
            async for piece in request.stream():
                body += piece
                if len(body) > _LONGEST_FORM:
                    return None
        found = parse_qs(body.decode("ascii"), keep_blank_values=True, max_num_fields=20)
    except (ValueError, TimeoutError, ClientDisconnect):
        return None
    return {name: values[0] for name, values in found.items()}


def _wrong_method(allowed: str) -> Response:
    return Response(status_code=405, headers={"allow": allowed})


def _static(name: str) -> str:
    return files("assistant.web").joinpath("static", name).read_text(encoding="utf-8")


def _look() -> str:
    """Return the door's style, with the page's own letters and colours."""
    page = _static("page.css")
    light, dark = _LIGHT.search(page), _DARK.search(page)
    if light is None or dark is None:
        raise AssertionError("page.css has no :root and .dark blocks")
    return "\n".join(
        [
            *_FACES.findall(page),
            light.group(),
            f"@media (prefers-color-scheme: dark) {{ :root {{{dark[1]}}} }}",
            _static("door.css"),
        ]
    )
