"""Where the page listens; told apart from the page, which takes seconds to load."""

from __future__ import annotations

import errno
import ipaddress
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import SettingsError


@contextmanager
def listening(host: str, port: int, users: Path | None = None) -> Iterator[socket.socket]:
    """Give a bound socket: what is wrong with an address is then known before anything starts.

    Args:
        host: Address to listen on.
        port: Port to listen on.
        users: The users file; where nobody signs in, only this machine may reach the page.

    Yields:
        The socket, for `serve`.

    Raises:
        SettingsError: The address can't be listened on, or other machines would reach a page that
            asks nobody for a password.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (socket.gaierror, UnicodeError, OverflowError):
        raise SettingsError(
            f"The host {host!r} is not an address of this machine. "
            "Set SANAD_HOST to 127.0.0.1 for this machine only, or, with SANAD_USERS, to 0.0.0.0 "
            "for its network."
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
        if users is None and not is_loopback(listener.getsockname()[0]):
            raise SettingsError(
                f"The host {host!r} can be reached from other machines, and without SANAD_USERS "
                "nobody is asked for a password: anybody there could read the documents. Leave "
                "SANAD_HOST at 127.0.0.1, or let people sign in: sanad users add NAME --file "
                "users.txt, then set SANAD_USERS=users.txt."
            )
        yield listener


def is_local_host(host: str) -> bool:
    """Return whether a host as a setting names it can be reached from this machine only."""
    return host.casefold() == "localhost" or is_loopback(host)


def is_loopback(address: str) -> bool:
    """Return whether an address in figures can be reached from this machine only."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        return found.ipv4_mapped.is_loopback
    return found.is_loopback


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use by another program. Choose another one with SANAD_PORT."
    if error.errno == errno.EACCES:
        return f"Port {port} may not be used by this user. Choose one above 1023 with SANAD_PORT."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"The host {host!r} is not an address of this machine. Set SANAD_HOST to 127.0.0.1."
    return f"The page can't listen on {host!r}, port {port}: {error.strerror}. Check SANAD_HOST."
