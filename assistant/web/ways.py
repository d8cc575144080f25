"""The addresses that are open: what the page and programs use, and nothing else of Gradio's.

Gradio brings more than the page needs: files that go up, pictures drawn in any size, a session's
parts written to the disk, a server of its parts' functions, streams for whoever develops with it.
What is not named here is not there, so a new version of Gradio opens nothing by itself.
"""

from __future__ import annotations

import re

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_OWN = (
    r"/health",
    r"/fonts/[^/]+",
    r"/print\.css",
    r"/(?:print|pages)/[^/]+/[^/]+/[^/]+",
    r"/conversations/[^/]+",
    r"/library/files",
)
_PAGE = (r"/", r"/config/?", r"/theme\.css", r"/favicon\.ico", r"/robots\.txt")
_FILES = (r"/(?:assets|static)/.+",)
_CALLS = (
    r"(?:info|app_id)/?",
    r"openapi\.json",
    r"theme\.css",
    r"startup-events",
    r"heartbeat/[^/]+",
    r"queue/(?:join|data|status)",
    r"(?:cancel|reset)/?",
    r"(?:run|api)/[^/]+/?",
    r"call/[^/]+(?:/[^/]+){0,2}/?",
)
# Not the older way of MCP beside it: there, whoever knows a session's id speaks for its person.
_MCP = (r"mcp(?:/|/schema)?",)

# Gradio would make the page's own address of them; `Host` says it, and has been looked at.
_NOT_INSIDE = re.compile(rb"x-forwarded-host|x-gradio-.*", re.IGNORECASE)


class Ways:
    """Middleware that knows no other address than those above, and answers 404 there.

    Args:
        app: The application around which it stands.
        mcp: Whether the Model Context Protocol is spoken.
    """

    def __init__(self, app: ASGIApp, *, mcp: bool) -> None:
        calls = (f"/gradio_api/{call}" for call in (*_CALLS, *(_MCP if mcp else ())))
        self._app = app
        self._open = re.compile("|".join((*_OWN, *_PAGE, *_FILES, *calls)))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or say that there is nothing."""
        if scope["type"] == "http":
            if not self._open.fullmatch(scope["path"]):
                await JSONResponse({"detail": "Not Found"}, 404)(scope, receive, send)
                return
            kept = [(k, v) for k, v in scope["headers"] if not _NOT_INSIDE.fullmatch(k)]
            scope = {**scope, "headers": kept}
        await self._app(scope, receive, send)
