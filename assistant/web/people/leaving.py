"""What goes with every response: nothing from outside, into no frame, into nobody else's cache."""

from __future__ import annotations

import re

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Send

# The page needs nothing from elsewhere, so nothing else is allowed: even if a document's text
# ever got out of its quotes, it could not send anything away. Gradio makes functions of texts
# and writes its settings into the page, hence the two "unsafe".
PAGE_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; worker-src 'self' blob:; media-src 'none'; object-src 'none'; "
    "frame-src 'none'; manifest-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'none'"
)
# Pages of our own without scripts.
PLAIN_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)

_ALWAYS = {
    "x-content-type-options": "nosniff",
    # Not "no-referrer": browsers would then hide from us that a form is our own.
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "permissions-policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
# The program's own files, the same for everybody.
_SHARED = re.compile(
    r"/(?:assets|static|svelte|fonts)/.*|/(?:favicon\.ico|robots\.txt)|/(?:gradio_api/)?theme\.css"
)
_NOT_CORS = re.compile(r"(?!access-control-)", re.IGNORECASE)


class Leaving:
    """Sends a response on with its headers.

    Args:
        send: Where to.
        path: The request's path.
    """

    def __init__(self, send: Send, path: str) -> None:
        self._send = send
        self._is_shared = _SHARED.fullmatch(path) is not None
        self.has_begun = False

    async def __call__(self, message: Message) -> None:
        """Send a message."""
        if message["type"] in ("http.response.start", "websocket.http.response.start"):
            self.has_begun = True
            raw = message.get("headers", ())
            kept = [(k, v) for k, v in raw if _NOT_CORS.match(k.decode("latin-1"))]
            headers = MutableHeaders(raw=kept)
            for name, value in _ALWAYS.items():
                headers[name] = value
            # A part of the page may be stricter with itself.
            headers.setdefault("content-security-policy", PAGE_POLICY)
            if not self._is_shared and "public" not in headers.get("cache-control", ""):
                headers["cache-control"] = "no-store"
            message = {**message, "headers": headers.raw}
        await self._send(message)
