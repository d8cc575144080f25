"""The web application on a port of this machine, for as long as a test needs it."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from assistant import Assistant


@contextmanager
def running(assistant: Assistant, language: str = "auto", **options: object) -> Iterator[str]:
    """Serve an assistant's application, and give its address."""
    import uvicorn

    from assistant.web import build_app

    servers: list[uvicorn.Server] = []

    async def serve() -> None:
        # Built inside the loop: Gradio would open loops of its own, and close none of them.
        config = uvicorn.Config(
            build_app(assistant, language, **options), log_config=None, timeout_graceful_shutdown=1
        )
        servers.append(uvicorn.Server(config))
        await servers[0].serve(sockets=[listener])

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=lambda: asyncio.run(serve()))
        thread.start()
        deadline = time.monotonic() + 120
        while thread.is_alive() and time.monotonic() < deadline:
            if servers and servers[0].started:
                break
            time.sleep(0.05)
        assert servers
        assert servers[0].started
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            servers[0].should_exit = True
            thread.join(30)
            assert not thread.is_alive()
