"""The page as a web application, and its server."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import gradio as gr
import uvicorn
from fastapi import FastAPI

from assistant.errors import SettingsError
from assistant.settings import InterfaceLanguage
from assistant.web.contract import Answers
from assistant.web.head import PageHead
from assistant.web.page import build_page
from assistant.web.reception import Reception
from assistant.web.routes.conversations import conversations
from assistant.web.views.parts import static, translations

# Fonts of the person's system: names only, since a font from elsewhere would be a request.
_FONTS = (
    "Noto Sans Arabic",
    "Noto Naskh Arabic",
    "Geeza Pro",
    "Segoe UI",
    "Tahoma",
    "system-ui",
    "sans-serif",
)
_STYLES = ("page.css", "asking.css", "history.css")
_SECONDS_TO_FINISH = 2


def build_app(assistant: Answers, language: InterfaceLanguage) -> FastAPI:
    """Return the web application.

    Args:
        assistant: Who answers; an `assistant.Assistant`.
        language: Language of the interface; ``auto`` follows the browser.

    Returns:
        The application, with the page at ``/``.

    Raises:
        SettingsError: A password file is set, which this page can't honour.
    """
    _check_users(assistant.settings.users)
    app = FastAPI(title="Sanad", docs_url=None, redoc_url=None, openapi_url=None)
    # Before Gradio, whose page is everything below "/".
    app.include_router(conversations(Reception(assistant, language)))
    gr.mount_gradio_app(
        app,
        build_page(assistant, language),
        path="/",
        favicon_path=str(files("assistant.web").joinpath("static", "icon.png")),
        footer_links=[],
        # The run history would keep questions and quotes in the browser's storage.
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        # Nothing is uploaded through the page.
        max_file_size="1kb",
        i18n=translations(),
        theme=gr.themes.Default(font=list(_FONTS), font_mono=["monospace"]),
        # Not as css=: Gradio rewrites the selectors of that, and breaks those inside @media.
        head=f"<style>{''.join(map(static, _STYLES))}</style>",
    )
    app.add_middleware(PageHead, setting=language, script=static("head.js"))
    return app


def _check_users(users: Path | None) -> None:
    """Raise where passwords are asked for: better no page than one that is open to everybody."""
    if users is not None:
        raise SettingsError(
            f"SANAD_USERS={str(users)!r} can't be used: this version of the page asks nobody for a "
            "password. Unset it, and keep SANAD_HOST at 127.0.0.1 or put the page behind a proxy "
            "that asks for one."
        )


def serve(assistant: Answers, listener: socket.socket, language: InterfaceLanguage) -> None:
    """Serve the page until the process is asked to stop.

    Args:
        assistant: Who answers; an `assistant.Assistant`.
        listener: Where to listen, as `listening` gives it.
        language: Language of the interface.

    Raises:
        SettingsError: A password file is set, which this page can't honour.
    """
    config = uvicorn.Config(
        build_app(assistant, language),
        # Whoever runs the program decides about its logs.
        log_config=None,
        access_log=False,
        # An open page holds a connection; it must not hold up the end.
        timeout_graceful_shutdown=_SECONDS_TO_FINISH,
    )
    with _stopped_gently():
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
