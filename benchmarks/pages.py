"""Everything that a person can do at the page, as its server sees it: a browser's own requests.

`visitors.py` asks one question after the other; here every event of the page can be sent, by the
id of the component and the name of the event, as Gradio's script in the browser sends it.
"""

from __future__ import annotations

import asyncio
import html
import json
import re
import time
import uuid
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import httpx

# The first words of an answer, and an answer that failed; within JSON.
_SAID, _FAILED = 'class=\\"said ', "message failure"
_NOTICE = '<p class=\\"notice\\"'
_CITE = re.compile(r'data-cite="([^"]*)"')
_TALK = re.compile(r'data-conversation="([^"]*)"')
_ROW = re.compile(r'<tr[^>]* data-id="([^"]*)"')
_UNDO = re.compile(r'class="undo" data-token="([^"]*)"')


class PageError(Exception):
    """The page did not do what it should."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of an event.

    Attributes:
        said: All HTML that came, one text after the other.
        first: Seconds to the first words of an answer; None where there were none.
        seconds: Seconds to the end.
        broken: Whether it was broken off before its end.
    """

    said: str
    first: float | None = None
    seconds: float = 0.0
    broken: bool = False

    @property
    def tokens(self) -> list[str]:
        """The markers that came, each once."""
        return list(dict.fromkeys(html.unescape(one) for one in _CITE.findall(self.said)))

    @property
    def rows(self) -> list[str]:
        """The ids of the documents that were listed."""
        return [html.unescape(one) for one in _ROW.findall(self.said)]

    @property
    def undo(self) -> list[str]:
        """The names by which what was removed can be brought back."""
        return [html.unescape(one) for one in _UNDO.findall(self.said)]


@dataclass(slots=True)
class _Layout:
    """The page's events, as its configuration tells them."""

    components: dict[str, int] = field(default_factory=dict)
    dependencies: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def of(cls, config: dict[str, Any]) -> _Layout:
        named = {c["props"].get("elem_id"): c["id"] for c in config["components"]}
        return cls(named, [d for d in config["dependencies"] if d.get("backend_fn")])

    def bound(self, component: int | None, event: str) -> list[dict[str, Any]]:
        """Return what an event of a component calls; of any component where it is None."""
        return [
            one
            for one in self.dependencies
            if any(e == event and component in (None, c) for c, e in one["targets"])
        ]

    def after(self, number: int, *, failure: bool) -> dict[str, Any]:
        """Return what is called after another event, or after its failure."""
        return next(
            one
            for one in self.dependencies
            if one.get("trigger_after") == number
            and bool(one.get("trigger_only_on_failure")) is failure
        )


class Page:
    """One open page.

    Args:
        client: Whose browser it is open in.
        counted: Called at every request.
    """

    def __init__(self, client: httpx.AsyncClient, counted: Callable[[], None]) -> None:
        self._client = client
        self._counted = counted
        self._session = uuid.uuid4().hex[:11]
        self._layout = _Layout()
        self._heart: asyncio.Task[None] | None = None
        self.conversation = ""

    async def open(self, conversation: str = "") -> Reply:
        """Open the page, at a kept conversation if one is named."""
        parameters = {"c": conversation} if conversation else {}
        await self._get("/", parameters)
        config = (await self._get("/config", {})).json()
        self._layout = _Layout.of(config)
        self._heart = asyncio.create_task(self._beat())
        self.conversation = conversation
        loads = self._layout.bound(None, "load")
        said = [await self._run(one, [], address=parameters) for one in loads]
        return Reply("\n".join(said))

    async def close(self) -> None:
        """Close the page: its connection ends, and nothing is said."""
        if self._heart is not None:
            self._heart.cancel()
            await asyncio.gather(self._heart, return_exceptions=True)

    async def fire(self, component: str, event: str, sent: dict[str, Any] | None = None) -> Reply:
        """Send an event of a component, with what its script would send."""
        started = time.perf_counter()
        number = self._layout.components[component]
        said: list[str] = []
        for one in self._layout.bound(number, event):
            given = [None] * len(one["inputs"])
            if one["queue"] is False:
                said.append(await self._run(one, given, number, sent))
            else:
                joined = await self._join(one, given, number, sent)
                said += [text async for _, text in self._messages(joined)]
        if not said:
            raise PageError(f"{component} has no event {event}")
        return Reply("\n".join(said), seconds=time.perf_counter() - started)

    async def ask(self, question: str, stop_after: float | None = None) -> Reply:
        """Ask a question and read the answer.

        Args:
            question: The question.
            stop_after: Press the stop button so many seconds after it was sent.
        """
        started = time.perf_counter()
        box = self._layout.components["sanad-question"]
        asked = self._layout.bound(box, "submit")[0]
        taken = await self._run(asked, [question, *[None] * (len(asked["inputs"]) - 1)], box)
        if _NOTICE in json.dumps(taken):
            raise PageError(f"not taken: {taken[:200]}")
        answered = self._layout.after(asked["id"], failure=False)
        event = await self._join(answered, [None] * len(answered["inputs"]), box)
        stopping = None
        if stop_after is not None:
            stopping = asyncio.create_task(self._stop(answered["id"], event, stop_after))
        first, said = None, []
        async for raw, text in self._messages(event):
            if first is None and _SAID in raw:
                first = time.perf_counter() - started
            if _FAILED in raw:
                raise PageError(f"a failure stands in place of the answer: {text[-300:]}")
            said.append(text)
        seconds, whole = time.perf_counter() - started, "\n".join(said)
        if stopping is not None:
            return await self._stopped(stopping, answered["id"], whole, seconds)
        if first is None:
            raise PageError(f"no words came for {question!r}")
        self._note_talk(whole)
        return Reply(whole, first, seconds)

    async def leave_asking(self, question: str) -> None:
        """Ask, and close the page before the answer has come."""
        box = self._layout.components["sanad-question"]
        asked = self._layout.bound(box, "submit")[0]
        await self._run(asked, [question, *[None] * (len(asked["inputs"]) - 1)], box)
        answered = self._layout.after(asked["id"], failure=False)
        event = await self._join(answered, [None] * len(answered["inputs"]), box)
        async for _ in self._messages(event):
            break
        await self.close()

    async def upload(self, name: str, text: str) -> None:
        """Bring a file to the library."""
        headers = {"x-sanad-upload": "1", "x-sanad-name": quote(name)}
        self._counted()
        response = await self._client.post("/library/files", content=text.encode(), headers=headers)
        if not response.raise_for_status().json()["ok"]:
            raise PageError(f"{name} was not taken: {response.text[:200]}")

    async def export(self, form: str) -> str:
        """Return the open conversation as a file of a form: md, html or json."""
        return (await self._get(f"/conversations/{self.conversation}.{form}", {})).text

    async def delete(self) -> None:
        """Delete the open conversation."""
        self._counted()
        address = f"/conversations/{self.conversation}"
        (await self._client.delete(address)).raise_for_status()
        self.conversation = ""

    # The requests themselves

    async def _get(self, address: str, parameters: dict[str, str]) -> httpx.Response:
        self._counted()
        return (await self._client.get(address, params=parameters)).raise_for_status()

    async def _run(
        self,
        one: dict[str, Any],
        data: list[object],
        trigger: int | None = None,
        sent: dict[str, Any] | None = None,
        address: dict[str, str] | None = None,
    ) -> str:
        self._counted()
        response = await self._client.post(
            "/gradio_api/run/predict",
            params=address or {},
            json=self._body(one, data, trigger, sent),
        )
        return "\n".join(_texts(response.raise_for_status().json().get("data")))

    async def _join(
        self,
        one: dict[str, Any],
        data: list[object],
        trigger: int | None,
        sent: dict[str, Any] | None = None,
    ) -> str:
        self._counted()
        body = self._body(one, data, trigger, sent)
        response = await self._client.post("/gradio_api/queue/join", json=body)
        return str(response.raise_for_status().json()["event_id"])

    async def _messages(self, event: str) -> AsyncIterator[tuple[str, str]]:
        """Yield what comes of an event, as it was sent and as the HTML in it, to its end."""
        self._counted()
        parameters = {"session_hash": self._session}
        async with self._client.stream(
            "GET", "/gradio_api/queue/data", params=parameters
        ) as response:
            response.raise_for_status()
            ended = False
            async for line in response.aiter_lines():
                message = json.loads(line[5:]) if line.startswith("data:") else {}
                if message.get("msg") == "close_stream":
                    break
                if message.get("event_id") != event:
                    continue
                output = message.get("output") or {}
                yield line, "\n".join(_texts(output.get("data")))
                if message["msg"] == "process_completed":
                    ended = True
                    if not message["success"]:
                        raise PageError(f"an event failed: {line[:300]}")
        if not ended:
            raise PageError("the connection ended before the event")

    async def _stop(self, number: int, event: str, seconds: float) -> None:
        await asyncio.sleep(seconds)
        self._counted()
        body = {"session_hash": self._session, "fn_index": number, "event_id": event}
        (await self._client.post("/gradio_api/cancel", json=body)).raise_for_status()

    async def _stopped(
        self, stopping: asyncio.Task[None], number: int, whole: str, seconds: float
    ) -> Reply:
        """Return a reply that was to be stopped, if the answer was not faster."""
        ended = 'class="acts of-answer' in whole
        await stopping
        if not ended:
            after = self._layout.after(number, failure=True)
            whole += await self._run(after, [None] * len(after["inputs"]))
        self._note_talk(whole)
        return Reply(whole, None, seconds, broken=not ended)

    def _note_talk(self, said: str) -> None:
        found = _TALK.findall(said)
        if found:
            self.conversation = html.unescape(found[-1])

    async def _beat(self) -> None:
        address = f"/gradio_api/heartbeat/{self._session}"
        async with self._client.stream("GET", address, timeout=None) as response:
            async for _ in response.aiter_bytes():
                pass

    def _body(
        self,
        one: dict[str, Any],
        data: list[object],
        trigger: int | None,
        sent: dict[str, Any] | None = None,
    ) -> dict[str, object]:
        return {
            "data": data,
            "fn_index": one["id"],
            "session_hash": self._session,
            "event_data": sent,
            "trigger_id": trigger,
        }


def _texts(value: object) -> list[str]:
    """Return all texts in what came, wherever they stand."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    return [text for one in value for text in _texts(one)] if isinstance(value, list) else []
