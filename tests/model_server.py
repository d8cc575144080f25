"""A server on loopback that speaks the embedding protocols of OpenAI and of Ollama."""

from __future__ import annotations

import base64
import json
import struct
import threading
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


def letters(text: str, size: int) -> list[float]:
    """Return how often each of the first letters stands in a text, and a one."""
    return [float(text.lower().count(chr(97 + i))) for i in range(size - 1)] + [1.0]


@dataclass
class Reply:
    """What the server says instead of vectors."""

    status: int = 200
    body: object = ""
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "application/json"
    wait: float = 0.0


class ModelServer:
    """Answers with `letters`; `replies` are given first, one a call."""

    def __init__(self, size: int = 8, key: str = "", model: str = "tiny") -> None:
        self.size, self.key, self.model = size, key, model
        self.replies: deque[Reply] = deque()
        self.calls: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.released = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    @property
    def texts(self) -> list[str]:
        return [text for call in self.calls for text in call["input"]]

    def close(self) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def reply_to(self, path: str, body: dict[str, Any], key: str) -> Reply:
        self.calls.append(body | {"input": _listed(body["input"])})
        self.keys.append(key)
        if self.replies:
            return self.replies.popleft()
        if self.key and key != f"Bearer {self.key}":
            words = f"Incorrect API key provided: {key.removeprefix('Bearer ')}."
            return Reply(401, {"error": {"message": words, "code": "invalid_api_key"}})
        if body["model"] != self.model:
            words = f"model {body['model']!r} not found"
            return Reply(404, {"error": words if path == "/api/embed" else {"message": words}})
        rows = [letters(text, self.size) for text in _listed(body["input"])]
        if path == "/api/embed":
            return Reply(body={"model": self.model, "embeddings": rows})
        is_packed = body.get("encoding_format") == "base64"
        data = [
            {"object": "embedding", "index": i, "embedding": _packed(row) if is_packed else row}
            for i, row in enumerate(rows)
        ]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        return Reply(body={"object": "list", "data": data, "model": self.model, "usage": usage})

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:  # the base class's name
                length = int(self.headers["Content-Length"])
                body = json.loads(self.rfile.read(length))
                reply = server.reply_to(self.path, body, self.headers.get("Authorization", ""))
                if reply.wait:
                    server.released.wait(reply.wait)
                text = reply.body if isinstance(reply.body, str) else json.dumps(reply.body)
                try:
                    self.send_response(reply.status)
                    for name, value in reply.headers.items():
                        self.send_header(name, value)
                    self.send_header("Content-Type", reply.kind)
                    self.send_header("Content-Length", str(len(text.encode())))
                    self.end_headers()
                    self.wfile.write(text.encode())
                except OSError:
                    pass  # the client went away

            def log_message(self, *_: object) -> None:
                """Keep quiet."""

        return Handler


def _listed(given: str | list[str]) -> list[str]:
    return [given] if isinstance(given, str) else given


def _packed(row: list[float]) -> str:
    return base64.b64encode(struct.pack(f"<{len(row)}f", *row)).decode()
