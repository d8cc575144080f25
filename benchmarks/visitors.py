"""People at the page, as its server sees them: Gradio's own requests, in the order of a browser.

A browser opens the page, holds one connection while it is open, sends a question without queueing,
joins the queue for the answer, and reads what comes of it as server-sent events.
"""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

import httpx

# Gradio's events within JSON: the first words of an answer, and the line at the question box.
_SAID = '<bdi class=\\"said '
_NOTICE = '<p class=\\"notice\\"'
_ENDED = "message failure"
_FULL = 503


@dataclass(frozen=True, slots=True)
class Events:
    """Numbers of the page's events, which its configuration tells.

    Attributes:
        opened: What a page calls when it has been opened.
        asked: Takes a question: its number, and how many values it is given.
        answered: Streams the answer, likewise.
        trigger: The component by which a question is sent.
    """

    opened: int
    asked: tuple[int, int]
    answered: tuple[int, int]
    trigger: int

    @classmethod
    def of(cls, config: dict[str, object]) -> Events:
        """Read them from the page's configuration."""
        components, dependencies = config["components"], config["dependencies"]
        box = next(c["id"] for c in components if c["props"].get("elem_id") == "sanad-question")
        asked = next(d for d in dependencies if [box, "submit"] in _targets(d))
        answered = next(d for d in dependencies if d.get("trigger_after") == asked["id"])
        opened = next(d for d in dependencies if any(t[1] == "load" for t in _targets(d)))
        return cls(
            opened["id"],
            (asked["id"], len(asked["inputs"])),
            (answered["id"], len(answered["inputs"])),
            box,
        )


def _targets(dependency: dict[str, object]) -> list[list[object]]:
    return [list(target) for target in dependency["targets"]]


@dataclass(slots=True)
class Seen:
    """What visitors saw.

    Attributes:
        first: Seconds from sending each question to the first words of its answer.
        whole: Seconds to the end of the answer.
        refused: Questions that were refused because too many were waiting.
        errors: What else went wrong, in words.
    """

    first: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    refused: int = 0
    errors: list[str] = field(default_factory=list)


class Visitor:
    """One open page.

    Args:
        client: Its browser: whoever has signed in by it.
        seen: Where what it sees is noted.
    """

    def __init__(self, client: httpx.AsyncClient, seen: Seen) -> None:
        self._client = client
        self._seen = seen
        self._session = uuid.uuid4().hex[:11]
        self._events: Events | None = None
        self._heart: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Open the page."""
        (await self._client.get("/")).raise_for_status()
        config = (await self._client.get("/config")).raise_for_status().json()
        self._events = Events.of(config)
        self._heart = asyncio.create_task(self._beat())
        await self._run(self._events.opened, [])

    async def close(self) -> None:
        """Close the page."""
        if self._heart is not None:
            self._heart.cancel()
            await asyncio.gather(self._heart, return_exceptions=True)

    async def talk(self, questions: Sequence[str]) -> None:
        """Ask questions, each as soon as the one before is answered."""
        for question in questions:
            try:
                await self._ask(question)
            except (httpx.HTTPError, TimeoutError, KeyError, ValueError) as error:
                self._seen.errors.append(f"{type(error).__name__}: {error}"[:200])

    async def _ask(self, question: str) -> None:
        started = time.perf_counter()
        number, count = self._events.asked
        taken = await self._run(number, [question, *[None] * (count - 1)])
        if _NOTICE in taken:
            self._seen.refused += 1
            return
        number, count = self._events.answered
        joined = await self._client.post(
            "/gradio_api/queue/join", json=self._body(number, [None] * count)
        )
        if joined.status_code == _FULL:
            self._seen.refused += 1
            return
        event = joined.raise_for_status().json()["event_id"]
        first = None
        async for message, text in self._messages(event):
            if first is None and _SAID in text:
                first = time.perf_counter() - started
            if message["msg"] == "process_completed":
                if not message["success"] or _ENDED in text:
                    raise ValueError(text)
                break
        if first is None:
            raise ValueError(f"no words came for {question!r}")
        self._seen.first.append(first)
        self._seen.whole.append(time.perf_counter() - started)

    async def _messages(self, event: str) -> AsyncIterator[tuple[dict[str, object], str]]:
        parameters = {"session_hash": self._session}
        async with self._client.stream(
            "GET", "/gradio_api/queue/data", params=parameters
        ) as response:
            response.raise_for_status()
            async for line in response.aiter_lines():
                if not line.startswith("data:"):
                    continue
                message = json.loads(line[5:])
                if message.get("event_id") == event:
                    yield message, line
        raise ValueError("the answer's connection ended before the answer")

    async def _run(self, number: int, data: list[object]) -> str:
        address = "/gradio_api/run/predict"
        response = await self._client.post(address, json=self._body(number, data))
        return response.raise_for_status().text

    async def _beat(self) -> None:
        address = f"/gradio_api/heartbeat/{self._session}"
        async with self._client.stream("GET", address, timeout=None) as response:
            async for _ in response.aiter_bytes():
                pass

    def _body(self, number: int, data: list[object]) -> dict[str, object]:
        trigger = self._events.trigger
        return {
            "data": data,
            "fn_index": number,
            "session_hash": self._session,
            "event_data": None,
            "trigger_id": trigger,
        }
