"""A server on loopback that speaks the chat protocols of OpenAI, Ollama and Anthropic.

Each call gets the answer that was scripted for it, piece by piece, as a stream::

    chat_server.script("The tower ", HOLD, "was rebuilt.")
    writer = load_writer("ollama:tiny", chat_server.address("ollama"))
    ...
    chat_server.release()

`chat_server` is a fixture of conftest.py.
"""

from __future__ import annotations

import json
import select
import socket
import threading
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

_PATIENCE = 30.0  # seconds that the server waits to be released


@dataclass(frozen=True)
class Hold:
    """Wait until `ChatServer.release`, or until the client goes away."""


@dataclass(frozen=True)
class Cut:
    """Drop the connection in the middle of the answer."""


@dataclass(frozen=True)
class Raw:
    """Send a line as it stands."""

    line: str


@dataclass(frozen=True)
class Think:
    """Send words in the protocol's own place for thoughts."""

    words: str


HOLD, CUT = Hold(), Cut()
Step = str | Hold | Cut | Raw | Think


@dataclass(frozen=True)
class Answer:
    """What the server says to one call.

    Attributes:
        steps: Pieces of the answer, and what happens between them.
        status: HTTP status; with another than 200 the words are an error.
        words: The error's words.
        code: The error's code.
        headers: Headers of the response.
        ending: Why the answer ends, in OpenAI's words; empty to end without saying why.
    """

    steps: tuple[Step, ...] = ()
    status: int = 200
    words: str = ""
    code: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    ending: str = "stop"


class ChatServer:
    """Answers what was scripted, one answer a call, and 501 when there is nothing left.

    Attributes:
        url: Its address.
        model: The only model that it has.
        key: The key that it wants; empty for none.
        requests: The bodies of all chat calls, each with its ``path``.
        headers: Their headers, with names in small letters.
        seen: Set when a chat call has come.
        closed_by_client: Set when a client went away before its answer had ended.
    """

    def __init__(self) -> None:
        self.model, self.key = "tiny", ""
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.seen, self.closed_by_client = threading.Event(), threading.Event()
        self._released, self._answers = threading.Event(), deque[Answer]()
        self._server = ThreadingHTTPServer(
            ("127.0.0.1", 0), type("Handler", (_Handler,), {"chat": self})
        )
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def address(self, provider: str) -> str:
        """Return the address that a provider's setting is given."""
        return f"{self.url}/v1" if provider == "openai" else self.url

    def script(self, *steps: Step, **how: Any) -> None:
        """Add the answer to the next call; see `Answer`."""
        self._answers.append(Answer(steps, **how))

    def refuse(self, status: int, words: str = "no", **how: Any) -> None:
        """Answer the next call with an error."""
        self._answers.append(Answer((), status, words, **how))

    def release(self) -> None:
        """Let all answers go on that are held."""
        self._released.set()

    def close(self) -> None:
        self.release()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, model: str, key: str) -> Answer:
        if self.key and key != self.key:
            words = f"Incorrect API key provided: {key}."
            return Answer(status=401, words=words, code="invalid_api_key")
        if model != self.model:
            return Answer(status=404, words=f"model '{model}' not found", code="model_not_found")
        if not self._answers:
            return Answer(status=501, words="nothing is scripted for this call")
        return self._answers.popleft()

    def wait(self, connection: socket.socket) -> bool:
        """Wait to be released; return whether the client is still there."""
        for _ in range(int(_PATIENCE / 0.01)):
            if self._released.wait(0.01):
                return True
            if _is_closed(connection):
                return False
        return True


def _is_closed(connection: socket.socket) -> bool:
    readable, _, _ = select.select([connection], [], [], 0)
    try:
        return bool(readable) and not connection.recv(1, socket.MSG_PEEK)
    except OSError:
        return True


class _Handler(BaseHTTPRequestHandler):
    chat: ChatServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # the base class's name
        name = f"{self.chat.model}:latest"
        if self.path == "/api/tags":
            self._send(200, {"models": [{"name": name, "model": name}]})
        elif self.path == "/v1/models":
            self._send(200, {"object": "list", "data": [{"id": self.chat.model}]})
        else:
            self._send(404, {"error": "page not found"})

    def do_POST(self) -> None:  # the base class's name
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/api/show":
            known = body["model"] == self.chat.model
            self._send(200 if known else 404, {"capabilities": ["completion"]})
            return
        if self.path not in _PROTOCOLS:
            self._send(404, {"error": "page not found"})
            return
        self.chat.requests.append(body | {"path": self.path})
        self.chat.headers.append({name.lower(): value for name, value in self.headers.items()})
        self.chat.seen.set()
        bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
        answer = self.chat.answer(body["model"], self.headers.get("X-Api-Key") or bearer)
        if answer.status != 200:
            self._send(answer.status, _error(self.path, answer), answer.headers)
            return
        try:
            self._stream(answer, _PROTOCOLS[self.path](body["model"]))
        except OSError:
            self.chat.closed_by_client.set()
            self.close_connection = True

    def _send(self, status: int, body: object, headers: dict[str, str] | None = None) -> None:
        text = json.dumps(body).encode()
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def _stream(self, answer: Answer, protocol: _Protocol) -> None:
        steps = answer.steps
        if steps[:1] == (HOLD,):  # a model that is being loaded: not even the headers come
            self._hold()
            steps = steps[1:]
        self.send_response(200)
        self.send_header("Content-Type", protocol.kind)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self._write(protocol.beginning())
        for step in steps:
            if isinstance(step, Hold):
                self._hold()
            if isinstance(step, Cut):
                self.close_connection = True
                return
            self._write(protocol.lines(step))
        if answer.ending:
            self._write(protocol.end(answer.ending))
        self.wfile.write(b"0\r\n\r\n")

    def _hold(self) -> None:
        if not self.chat.wait(self.connection):
            raise ConnectionError("the client is gone")

    def _write(self, lines: Iterable[str]) -> None:
        for line in lines:
            data = line.encode()
            self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


def _error(path: str, answer: Answer) -> object:
    if path == "/api/chat":
        return {"error": answer.words}
    told = {"message": answer.words, "type": "error", "code": answer.code}
    return {"type": "error", "error": told}


class _Protocol:
    """How a protocol writes an answer down."""

    kind = "text/event-stream"

    def __init__(self, model: str) -> None:
        self.model = model

    def lines(self, step: Step) -> list[str]:
        if isinstance(step, Raw):
            return [step.line]
        if isinstance(step, Think):
            return self.thought(step.words)
        return self.piece(step) if isinstance(step, str) else []

    def beginning(self) -> list[str]:
        return []

    def piece(self, text: str) -> list[str]:
        raise NotImplementedError

    def thought(self, words: str) -> list[str]:
        raise NotImplementedError

    def end(self, reason: str) -> list[str]:
        raise NotImplementedError


class _OpenAI(_Protocol):
    def beginning(self) -> list[str]:
        return self._chunk({"role": "assistant", "content": ""})

    def piece(self, text: str) -> list[str]:
        return self._chunk({"content": text})

    def thought(self, words: str) -> list[str]:
        return self._chunk({"reasoning_content": words})

    def end(self, reason: str) -> list[str]:
        return [*self._chunk({}, reason), "data: [DONE]\n\n"]

    def _chunk(self, delta: dict[str, str], reason: str | None = None) -> list[str]:
        choice = {"index": 0, "delta": delta, "finish_reason": reason}
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": self.model}
        return [f"data: {json.dumps(chunk | {'choices': [choice]})}\n\n"]


class _Ollama(_Protocol):
    kind = "application/x-ndjson"

    def piece(self, text: str) -> list[str]:
        return self._line({"content": text})

    def thought(self, words: str) -> list[str]:
        return self._line({"content": "", "thinking": words})

    def end(self, reason: str) -> list[str]:
        counts = {"total_duration": 1, "prompt_eval_count": 5, "eval_count": 3}
        return self._line({"content": ""}, done=True, done_reason=reason, **counts)

    def _line(self, message: dict[str, str], **more: object) -> list[str]:
        line = {"model": self.model, "created_at": "2026-01-01T00:00:00Z", "done": False}
        return [json.dumps(line | {"message": {"role": "assistant"} | message} | more) + "\n"]


class _Anthropic(_Protocol):
    _REASONS: ClassVar = {"stop": "end_turn", "length": "max_tokens", "content_filter": "refusal"}

    def beginning(self) -> list[str]:
        usage = {"input_tokens": 5, "output_tokens": 1}
        message = {"id": "1", "type": "message", "role": "assistant", "model": self.model}
        ends = {"stop_reason": None, "stop_sequence": None, "content": [], "usage": usage}
        block = {"type": "text", "text": ""}
        return [
            *self._event("message_start", message=message | ends),
            *self._event("content_block_start", index=0, content_block=block),
        ]

    def piece(self, text: str) -> list[str]:
        delta = {"type": "text_delta", "text": text}
        return self._event("content_block_delta", index=0, delta=delta)

    def thought(self, words: str) -> list[str]:
        delta = {"type": "thinking_delta", "thinking": words}
        return self._event("content_block_delta", index=0, delta=delta)

    def end(self, reason: str) -> list[str]:
        delta = {"stop_reason": self._REASONS[reason], "stop_sequence": None}
        return [
            *self._event("content_block_stop", index=0),
            *self._event("message_delta", delta=delta, usage={"output_tokens": 3}),
            *self._event("message_stop"),
        ]

    def _event(self, name: str, **values: object) -> list[str]:
        return [f"event: {name}\ndata: {json.dumps({'type': name} | values)}\n\n"]


_PROTOCOLS = {
    "/v1/chat/completions": _OpenAI,
    "/api/chat": _Ollama,
    "/v1/messages": _Anthropic,
}
