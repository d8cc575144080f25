"""Where the page listens; told apart from the page, which takes seconds to load."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from assistant.errors import SettingsError


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """Give a bound socket: what is wrong with an address is then known before anything starts.

    Args:
        host: Address to listen on.
        port: Port to listen on.

    Yields:
        The socket, for `serve`.

    Raises:
        SettingsError: The address can't be listened on.
    """
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
