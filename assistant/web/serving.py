"""How the server treats connections: bounded heads, no name of its own, and no endless waiting."""

from __future__ import annotations

import asyncio

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

_SECONDS_TO_FINISH = 2
# Whoever has begun a request has so long for its head; twice that at the most.
_SECONDS_FOR_HEAD = 15.0
_LONGEST_HEAD = 65_536  # bytes


class PatientHTTP(H11Protocol):
    """HTTP that closes a connection on which no request is whole for long.

    Uvicorn waits without end for the rest of a request's head.
    """

    seconds = _SECONDS_FOR_HEAD

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # the base narrows it
        """Begin, and look from time to time."""
        super().connection_made(transport)
        self.loop.call_later(self.seconds, self._look, None)

    def _look(self, before: object) -> None:
        if self.transport.is_closing():
            return
        # Uvicorn's types don't say that there is none before the first request.
        cycle: RequestResponseCycle | None = self.cycle
        if cycle is None or (cycle is before and cycle.response_complete):
            self.transport.close()
            return
        self.loop.call_later(self.seconds, self._look, cycle)


def configured(app: ASGIApp) -> uvicorn.Config:
    """Return how the page is served."""
    return uvicorn.Config(
        app,
        # Whoever runs the program decides about its logs.
        log_config=None,
        access_log=False,
        # The other one, which comes with some installations, takes heads of any length.
        http=PatientHTTP,
        h11_max_incomplete_event_size=_LONGEST_HEAD,
        # The page speaks no web sockets.
        ws="none",
        server_header=False,
        # An open page holds a connection; it must not hold up the end.
        timeout_graceful_shutdown=_SECONDS_TO_FINISH,
    )
