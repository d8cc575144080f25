"""By which names the page may be called, and from which pages it may be changed.

A browser sends the name of the page's host along. A name that is none of ours means that another
site has let its own name point at this machine (DNS rebinding), in order to read the page.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass

from starlette.datastructures import Headers

from assistant.settings import Settings

_HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[^\[\]:/@\s,]+)(?::[0-9]{1,5})?")
_EVERYWHERE = ("", "0.0.0.0", "::")  # noqa: S104  # compared with, not listened on
_READING = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Hosts:
    """The hosts of the page.

    Attributes:
        names: Names and addresses by which it may be called, in small letters.
        any_address: Whether any address in figures will do: those can't be rebound.
    """

    names: frozenset[str]
    any_address: bool

    @classmethod
    def of(cls, settings: Settings) -> Hosts:
        """Return the hosts that settings allow."""
        host = settings.host.casefold()
        names = {"localhost", host, *(name.casefold() for name in settings.allowed_hosts)}
        is_everywhere = host in _EVERYWHERE
        if is_everywhere:
            own = socket.gethostname().casefold()
            names |= {own, own.partition(".")[0], f"{own.partition('.')[0]}.local"}
        return cls(frozenset(names - {""}), is_everywhere)

    def allows(self, host: str) -> bool:
        """Return whether a request may name this ``Host``."""
        name = host_name(host)
        if name is None:
            return False
        if name in self.names:
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        return self.any_address or address.is_loopback


def host_name(host: str) -> str | None:
    """Return the name in a ``Host`` header, in small letters; None where there is none."""
    match = _HOST.fullmatch(host.strip())
    return match["name"].strip("[]").rstrip(".").casefold() if match else None


def is_from_elsewhere(headers: Headers, method: str) -> bool:
    """Return whether a request comes from a page of another site, and may not.

    Links to the page are fine. Whatever changes something must come from the page itself, or from
    a program, which sends neither ``Sec-Fetch-Site`` nor ``Origin``.

    Args:
        headers: The request's headers.
        method: Its method; ``WEBSOCKET`` for the opening of one.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        if site in ("same-origin", "none"):
            return False
        # Not even parts of the page may be used elsewhere; going to it is something else.
        return method not in _READING or headers.get("sec-fetch-mode") != "navigate"
    origin = headers.get("origin")
    if origin is None or method in _READING:
        return False
    return origin.partition("://")[2].casefold() != headers.get("host", "").strip().casefold()
