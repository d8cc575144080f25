"""The page as a web application, and its server."""

from __future__ import annotations

import errno
import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files

import gradio as gr
import uvicorn
from fastapi import FastAPI

from assistant.errors import SettingsError
from assistant.settings import InterfaceLanguage
from assistant.web.contract import Answers
from assistant.web.head import PageHead
from assistant.web.page import build_page, static, translations

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
    users = assistant.settings.users
    if users is not None:
        # Better no page than one that is open to everybody although passwords were asked for.
        raise SettingsError(
            f"SANAD_USERS={str(users)!r} can't be used: this version of the page asks nobody for a "
            "password. Unset it, and keep SANAD_HOST at 127.0.0.1 or put the page behind a proxy "
            "that asks for one."
        )
    app = FastAPI(title="Sanad", docs_url=None, redoc_url=None, openapi_url=None)
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
        head=f"<style>{static('page.css')}</style>",
    )
    app.add_middleware(PageHead, setting=language, script=static("head.js"))
    return app


def serve(assistant: Answers, host: str, port: int, language: InterfaceLanguage) -> None:
    """Serve the page until the process is asked to stop.

    Args:
        assistant: Who answers; an `assistant.Assistant`.
        host: Address to listen on.
        port: Port to listen on.
        language: Language of the interface.

    Raises:
        SettingsError: The address can't be listened on, or a password file is set, which this
            page can't honour.
    """
    with _listening(host, port) as listener:
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
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """Give a bound socket: what is wrong with the address is then known before anything starts."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (socket.gaierror, UnicodeError, OverflowError):
        raise SettingsError(
            f"The host {host!r} is not an address of this machine. "
            "Set SANAD_HOST to 127.0.0.1 for this machine only, or to 0.0.0.0 for its network."
        ) from None
    family, kind, protocol, _, address = found[0]
    with socket.socket(family, kind, protocol) as listener:
        if os.name == "posix":
            # A port that a finished server left a moment ago is free. (Elsewhere this option
            # would let two servers share a port.)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(address)
        except OSError as error:
            raise SettingsError(_why_not(error, host, port)) from None
        yield listener


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use by another program. Choose another one with SANAD_PORT."
    if error.errno == errno.EACCES:
        return f"Port {port} may not be used by this user. Choose one above 1023 with SANAD_PORT."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"The host {host!r} is not an address of this machine. Set SANAD_HOST to 127.0.0.1."
    return f"The page can't listen on {host!r}, port {port}: {error.strerror}. Check SANAD_HOST."


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
