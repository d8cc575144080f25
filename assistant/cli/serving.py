"""The web page: ``serve``."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.common import (
    interface_language,
    library_option,
    load_settings,
    open_assistant,
)
from assistant.cli.progress import ProgressLine
from assistant.cli.show import complain, echo_report
from assistant.cli.watching import kept_in_step
from assistant.errors import AssistantError
from assistant.settings import Settings
from assistant.strings import say

if TYPE_CHECKING:
    import socket

    from assistant import Assistant


@click.command()
@click.option("--host", help="Address to listen on (default: SANAD_HOST, else 127.0.0.1).")
@click.option(
    "--port", type=click.IntRange(1, 65535), help="Port (default: SANAD_PORT, else 7860)."
)
@click.option(
    "--language",
    type=click.Choice(["ar", "en", "auto"]),
    help="Language of the page (default: SANAD_LANGUAGE, else the browser's).",
)
@click.option("--no-sync", is_flag=True, help="Do not read the documents' folder.")
@click.option("--mcp", is_flag=True, help="Offer the library to programs by MCP too.")
@library_option
def serve(  # an option a parameter
    host: str | None,
    port: int | None,
    language: str | None,
    no_sync: bool,
    mcp: bool,
    library: Path | None,
) -> int:
    """Serve the web page; Ctrl-C ends it.

    Reads the documents' folder (SANAD_DOCUMENTS) first, and then whenever something in it changes.
    """
    settings = load_settings({"host": host, "port": port, "language": language, "library": library})
    from assistant.web import listening

    # The address first: a wrong one must not cost a long reading of documents. The users too.
    if settings.users is not None:
        _check_users(settings, settings.users)
    with (
        listening(settings.host, settings.port, settings.users) as listener,
        open_assistant(settings, read_only=False) as assistant,
    ):
        # An installation without example documents is fine, a folder that somebody named is not.
        is_given = settings.documents != Settings().documents
        is_synced = not no_sync and (is_given or settings.documents.is_dir())
        if is_synced:
            _sync(assistant, settings)
        try:
            with _in_step(assistant, settings) if is_synced else nullcontext():
                _serve_page(assistant, settings, listener, mcp=mcp)
        except KeyboardInterrupt:
            click.echo(err=True)
    return 0


def _check_users(settings: Settings, users: Path) -> None:
    """Look into the users file, and say what is risky.

    Raises:
        SettingsError: It is missing or damaged.
    """
    from assistant.web.address import is_local_host
    from assistant.web.people.register import Register

    register = Register(users)
    register.people()
    language = interface_language(settings)
    if register.is_open_to_others():
        click.echo(say("cli.users.readable", language, {"path": users}), err=True)
    if not is_local_host(settings.host):
        click.echo(say("cli.serve.clear", language, {"host": settings.host}), err=True)


def _in_step(assistant: Assistant, settings: Settings) -> AbstractContextManager[None]:
    return kept_in_step(assistant, settings.documents, settings.library)


def _serve_page(
    assistant: Assistant, settings: Settings, listener: socket.socket, *, mcp: bool
) -> None:
    from assistant.web import serve as serve_page  # takes seconds to load

    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    click.echo(f"http://{host}:{settings.port}")
    if mcp:
        click.echo(f"MCP: http://{host}:{settings.port}/gradio_api/mcp/")
    serve_page(assistant, listener, settings.language, mcp=mcp)


def _sync(assistant: Assistant, settings: Settings) -> None:
    """Bring the library level with the documents' folder; a failure must not stop the page."""
    try:
        with ProgressLine() as bar:
            report = assistant.sync(settings.documents, progress=bar)
    except (AssistantError, OSError) as error:
        complain(f"{settings.documents} was not read: {error}")
    else:
        echo_report(report, interface_language(settings), as_json=False)
