"""The connections of calls to a model's server: where they may lead, and how they are cut."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, Protocol

from assistant.models.endpoint import Endpoint

# Longest time until a server takes the connection, in seconds.
CONNECT_TIMEOUT = 10.0
# Variables of the environment give these to OpenAI's package; they are for OpenAI only.
_ORGANISATION = ("openai-organization", "openai-project")


class _Request(Protocol):
    """What is used of a request of httpx, and of the httpx2 that newer packages use."""

    headers: Any
    extensions: Any


class Call:
    """One call to a model's server, which any thread may end at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._socket: socket.socket | None = None

    @property
    def is_over(self) -> bool:
        """Whether it was ended."""
        return self._over.is_set()

    def pause(self, seconds: float) -> None:
        """Wait, but no longer than until the end."""
        self._over.wait(seconds)

    def end(self) -> None:
        """End it: the server sees its connection closed, also while an answer is waited for."""
        with self._lock:
            self._over.set()
            self._cut()

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Take note of a connection as it is made; httpx calls this (its ``trace`` extension)."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            with self._lock:
                self._socket = info["return_value"].get_extra_info("socket")
                if self._over.is_set():
                    self._cut()

    def _cut(self) -> None:
        if self._socket is not None:
            with suppress(OSError):  # it is closed already
                # Not close(): another thread that waits for bytes would go on waiting. And the
                # plain socket's: there is no time for TLS's farewell.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


class Connections:
    """What the HTTP clients of one model are built with.

    Documents go to the address of the settings and nowhere else: no redirect is followed, and a
    proxy of the environment is used for ``https`` only, through which it sees no text.

    Args:
        endpoint: The model.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._mine = threading.local()

    def client(self, default: type) -> Any:  # noqa: ANN401  # of httpx, or of its successor
        """Return an HTTP client for a package.

        Args:
            default: The client that the package makes by default. It is the plain one with more
                defaults, and in some packages reads proxies by itself: its base is taken.
        """
        plain: Any = default.__base__
        return plain(**self.options())

    def options(self) -> dict[str, Any]:
        """Return the options of a client of httpx or httpx2."""
        return {
            "trust_env": not self._endpoint.address.startswith("http://"),
            "follow_redirects": False,
            "event_hooks": {"request": [self._prepare]},
        }

    @contextmanager
    def carrying(self, call: Call) -> Iterator[None]:
        """Let the connections that this thread makes within be the call's."""
        self._mine.call = call
        try:
            yield
        finally:
            self._mine.call = None

    def _prepare(self, request: _Request) -> None:
        headers, endpoint = request.headers, self._endpoint
        if endpoint.url:
            for name in _ORGANISATION:
                headers.pop(name, None)
        has_bearer = headers.get("authorization", "").startswith("Bearer ")
        if endpoint.address and not endpoint.secret and has_bearer:
            del headers["authorization"]  # a key of the environment, or a stand-in
        call = getattr(self._mine, "call", None)
        if call is not None:
            headers["connection"] = "close"  # one connection a call, so that it can be cut
            request.extensions = {**request.extensions, "trace": call.trace}
