"""The page's first bytes: language and direction, before anything of Gradio's is read.

Gradio takes the language of its own words from ``navigator.language``, and reads it before any
script that ``head=`` could add. So a script is put in as the first thing inside ``<head>``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.settings import InterfaceLanguage
from assistant.web.markup.render import interface_direction

_HTML_LANG = re.compile(rb'<html(\s+)lang="[^"]*"')
_HEAD = re.compile(rb"<head[^<>]*>")
# Gradio's advertisements of itself, and a manifest that only an installable app would have.
_SURPLUS = re.compile(
    rb'<meta\s+(?:property|name)="(?:og|twitter):[^>]*>\s*|<link rel="manifest"[^>]*>\s*'
)
# What the page's own switch sets.
_CHOSEN = re.compile(r"(?:^|;)\s*sanad-language=(ar|en)\s*(?:;|$)")
_QUALITY = re.compile(r";\s*q\s*=\s*([0-9.]+)")


def language_for(setting: InterfaceLanguage, headers: Mapping[str, str]) -> str:
    """Return the interface's language.

    Args:
        setting: ``ar`` or ``en`` decide where the person has not chosen; ``auto`` follows the
            browser.
        headers: The request's headers, by names in lower case.

    Returns:
        ``ar`` or ``en``: what the person chose on the page, else the setting, else the one that
        the browser likes better, English where it likes neither.
    """
    chosen = _CHOSEN.search(headers.get("cookie", ""))
    if chosen:
        return chosen[1]
    if setting in ("ar", "en"):
        return setting
    liked: dict[str, float] = {}
    for entry in headers.get("accept-language", "").lower().split(","):
        name = entry.strip()[:2]
        quality = _QUALITY.search(entry)
        if name in ("ar", "en") and name not in liked:
            liked[name] = _number(quality.group(1)) if quality else 1.0
    return max(liked, key=lambda name: liked[name]) if liked else "en"


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


class PageHead:
    """Middleware that writes the language into the page itself.

    Args:
        app: The application around which it stands.
        setting: The interface's language.
        script: The script for the page's head; ``$language`` and ``$direction`` are filled in.
    """

    def __init__(self, app: ASGIApp, setting: InterfaceLanguage, script: str) -> None:
        self._app = app
        self._setting = setting
        self._script = script

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; the page's own bytes are changed on their way back."""
        if scope["type"] != "http" or scope["path"] != "/":
            await self._app(scope, receive, send)
            return
        language = language_for(self._setting, Headers(scope=scope))
        # Asked for uncompressed, since it is changed here; it is small.
        kept = [(k, v) for k, v in scope["headers"] if k.lower() != b"accept-encoding"]
        answer = _Rewriting(send, language, self._script)
        await self._app({**scope, "headers": kept}, receive, answer)


class _Rewriting:
    """Collects one response; a page goes on rewritten, anything else as it is."""

    def __init__(self, send: Send, language: str, script: str) -> None:
        self._send = send
        self._language = language
        self._script = script
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            if "text/html" in Headers(raw=message["headers"]).get("content-type", ""):
                self._start = message
                return
        elif message["type"] == "http.response.body" and self._start is not None:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._send_page(self._start)
            return
        await self._send(message)

    async def _send_page(self, start: Message) -> None:
        page = rewrite(self._body, self._language, self._script)
        headers = MutableHeaders(raw=list(start["headers"]))
        headers["content-length"] = str(len(page))
        headers.add_vary_header("accept-language, cookie")
        await self._send({**start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": page})


def rewrite(page: bytes, language: str, script: str) -> bytes:
    """Return the page with its language, its direction and our script as the first in its head."""
    runs = interface_direction(language)
    filled = script.replace("$language", language).replace("$direction", runs)
    first = f"\n<script>\n{filled}</script>".encode()
    page = _SURPLUS.sub(b"", page)
    page = _HTML_LANG.sub(rf'<html\1lang="{language}" dir="{runs}"'.encode(), page, count=1)
    return _HEAD.sub(lambda found: found.group() + first, page, count=1)
