"""The page as a web application, and its server."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files

import gradio as gr
import uvicorn
from fastapi import FastAPI

from assistant.settings import InterfaceLanguage
from assistant.web.bodies import Bodies, Measure
from assistant.web.contract import Answers
from assistant.web.crowd import Crowd
from assistant.web.head import PageHead
from assistant.web.page import build_page
from assistant.web.people.guard import Guard, House
from assistant.web.places import Room
from assistant.web.quiet import QuietBlocks
from assistant.web.receiving import ROUTE, Receiving
from assistant.web.reception import Reception
from assistant.web.routes.conversations import conversations
from assistant.web.routes.fonts import fonts
from assistant.web.routes.health import health
from assistant.web.routes.pages import pages
from assistant.web.routes.printing import printing
from assistant.web.serving import configured
from assistant.web.thrift import giving_back
from assistant.web.uploads import sweep
from assistant.web.views.parts import static, translations
from assistant.web.ways import Ways

# Names only: a font from elsewhere would be a request. The page's own comes by page.css.
_FONTS = (
    "Noto Sans Arabic",
    "Noto Naskh Arabic",
    "Geeza Pro",
    "Segoe UI",
    "Tahoma",
    "system-ui",
    "sans-serif",
)
_STYLES = ("page.css", "asking.css", "history.css", "library.css")


def build_app(
    assistant: Answers,
    language: InterfaceLanguage,
    *,
    mcp: bool = False,
    room: Room | None = None,
) -> FastAPI:
    """Return the web application.

    Args:
        assistant: Who answers; an `assistant.Assistant`.
        language: Language of the interface; ``auto`` follows the browser.
        mcp: Offer the endpoints for programs as a server of the Model Context Protocol too, at
            ``/gradio_api/mcp/``.
        room: How many questions may be under way; None for as many as usual.

    Returns:
        The application, with the page at ``/``.

    Raises:
        SettingsError: The users file is missing or damaged, or there is nobody in it.
    """
    house = House.of(assistant.settings, language, open_to_all=("/health", "/fonts/"))
    app = FastAPI(title="Sanad", docs_url=None, redoc_url=None, openapi_url=None)
    _add_routes(app, assistant, language)
    page = build_page(assistant, language, room)
    _mount(app, page, mcp=mcp)
    app.add_middleware(PageHead, setting=language, script=static("head.js"))
    app.add_middleware(Bodies, measure=Measure.of(assistant.settings), setting=language)
    app.add_middleware(Crowd, setting=language, queued=page.queued_by)
    app.add_middleware(Ways, mcp=mcp)
    # The last one stands outermost.
    app.add_middleware(Guard, house=house)
    return app


def _mount(app: FastAPI, page: QuietBlocks, *, mcp: bool) -> None:
    """Put Gradio's application below ``/``."""
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        favicon_path=str(files("assistant.web").joinpath("static", "icon.png")),
        footer_links=[],
        # The run history would keep questions and quotes in the browser's storage.
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        ssr_mode=False,
        mcp_server=mcp,
        pwa=False,
        # Nothing comes by Gradio's own way; `Receiving` takes files in.
        max_file_size="1kb",
        i18n=translations(),
        theme=gr.themes.Default(font=list(_FONTS), font_mono=["monospace"]),
        # Not as css=: Gradio rewrites the selectors of that, and breaks those inside @media.
        head=f"<style>{''.join(map(static, _STYLES))}</style>",
    )


def _add_routes(app: FastAPI, assistant: Answers, language: InterfaceLanguage) -> None:
    """Add all addresses but the page's own, which is everything else below ``/``."""
    sweep(assistant.settings.library)
    reception = Reception(assistant, language)
    for router in (
        health(assistant),
        fonts(),
        conversations(reception),
        pages(reception),
        printing(reception),
    ):
        app.include_router(router)
    app.add_route(ROUTE, Receiving(reception).received, methods=["POST"])


def serve(
    assistant: Answers,
    listener: socket.socket,
    language: InterfaceLanguage,
    *,
    mcp: bool = False,
) -> None:
    """Serve the page until the process is asked to stop.

    Args:
        assistant: Who answers; an `assistant.Assistant`.
        listener: Where to listen, as `listening` gives it.
        language: Language of the interface.
        mcp: Offer a server of the Model Context Protocol too.

    Raises:
        SettingsError: The users file is missing or damaged, or there is nobody in it.
    """
    config = configured(build_app(assistant, language, mcp=mcp))
    with _stopped_gently(), giving_back():
        uvicorn.Server(config).run(sockets=[listener])


@contextmanager
def _stopped_gently() -> Iterator[None]:
    """Let the server's end be the end of `serve`, so that its caller can close the library.

    Uvicorn raises the signals that it caught once more when it has ended. Without a handler of the
    caller's own, a second SIGTERM would then kill the process on the spot.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGTERM)
    if before is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        yield
    except KeyboardInterrupt:
        # Ctrl-C is how a person stops the page.
        pass
    finally:
        signal.signal(signal.SIGTERM, before)
