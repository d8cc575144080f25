"""A Chroma server: its address, what it is asked before it is trusted, and how long."""

from __future__ import annotations

import base64
import json
import re
import time
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPSConnection
from typing import TYPE_CHECKING, cast
from urllib.parse import SplitResult, unquote, urlsplit

from assistant.errors import LibraryError
from assistant.library.failures import failures

if TYPE_CHECKING:
    from chromadb.api.client import Client

_USER_INFORMATION = re.compile(r"//[^/?#]*@")
_CHROMA_PORT = 8000
_HTTPS_PORT = 443
# Seconds: for a first sign of life, and for any one answer.
_PATIENCE, _LONGEST_ANSWER = 10.0, 60.0
# Seconds before each further attempt: a server that has just been started is waited for.
_PAUSES = (0.5, 1.0, 2.0)


@dataclass(frozen=True, slots=True)
class _Address:
    host: str
    port: int
    is_secure: bool
    path: str
    headers: dict[str, str]

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http{'s' * self.is_secure}://{host}:{self.port}{self.path}"


def shown(url: str) -> str:
    """Return an address without the name and the password in it."""
    return _USER_INFORMATION.sub("//", url)


def connected(url: str) -> Client:
    """Return a client of a Chroma server that answers; a hanging one is given up after a minute.

    Args:
        url: Its address, ``http://host:8000``; a name and a password in it are sent as HTTP's Basic
            authentication, a password alone as a bearer token, for a proxy before it.

    Raises:
        LibraryError: It can't be reached after some attempts, or the address is none.
    """
    import chromadb
    import httpx
    from chromadb.config import Settings

    for pause in (*_PAUSES, None):
        try:
            server_version(url)
            break
        except LibraryError as error:
            if pause is None or not isinstance(error.__cause__, OSError):
                raise
            time.sleep(pause)
    address = _address(url)
    settings = Settings(anonymized_telemetry=False)
    with _unreachable(url):
        client = chromadb.HttpClient(host=address.url, headers=address.headers, settings=settings)
        # It waits for ever, and has no setting for that.
        patience = httpx.Timeout(_LONGEST_ANSWER, connect=_PATIENCE)
        client._server._session.timeout = patience  # type: ignore[attr-defined]  # not typed
    return cast("Client", client)


def let_go(client: Client) -> None:
    """Close a client of Chroma, and the connections that it would leave to the garbage collector.

    Args:
        client: The client, of a server or of a folder.
    """
    servers = [getattr(of, "_server", None) for of in (client, client._admin_client)]
    client.close()
    for session in (getattr(server, "_session", None) for server in servers):
        if session is not None:
            session.close()


def server_version(url: str) -> str:
    """Return the version of a Chroma server, asked by plain HTTP: Chroma's client holds on to more.

    Args:
        url: Its address.

    Raises:
        LibraryError: It can't be reached or refuses, or the address is none.
    """
    at = _address(url)
    kind = HTTPSConnection if at.is_secure else HTTPConnection
    with _unreachable(url), closing(kind(at.host, at.port, timeout=_PATIENCE)) as connection:
        connection.request("GET", f"{at.path}/api/v2/version", headers=at.headers)
        answer = connection.getresponse()
        told = answer.read()
        if answer.status != 200:  # noqa: PLR2004  # HTTP's "OK"
            raise LibraryError(
                f"The Chroma server at {shown(url)} refused: {answer.status} {answer.reason}. "
                "Check SANAD_CHROMA_URL, and the name and password that its proxy asks for."
            )
        return str(json.loads(told))


def _address(url: str) -> _Address:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise LibraryError(
            f"{shown(url)!r} is no address of a Chroma server: give one like http://host:8000."
        )
    is_secure = parts.scheme == "https"
    port = port or (_HTTPS_PORT if is_secure else _CHROMA_PORT)
    return _Address(parts.hostname, port, is_secure, parts.path.rstrip("/"), _headers(parts))


def _headers(parts: SplitResult) -> dict[str, str]:
    """Return what a proxy is shown: Chroma's own server knows no passwords."""
    name, password = unquote(parts.username or ""), unquote(parts.password or "")
    if name:
        basic = base64.b64encode(f"{name}:{password}".encode()).decode("ascii")
        return {"Authorization": f"Basic {basic}"}
    return {"Authorization": f"Bearer {password}"} if password else {}


def _unreachable(url: str) -> AbstractContextManager[None]:
    return failures(
        f"The Chroma server at {shown(url)} can't be reached",
        "Start it, or leave the setting out to keep the vectors in the library.",
    )
