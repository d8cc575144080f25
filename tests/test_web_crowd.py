"""One person's share of the server, over real connections."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from urllib.parse import quote

import httpx
import pytest

from assistant.strings import say
from assistant.web.crowd import Crowd, Width

WIDTH = Width(working=2, waiting=2, patience=0.3, streams=2, queued=3)
WORK, STREAM = "/gradio_api/run/ask", "/gradio_api/queue/data"


class Slow:
    """Answers when it is let, and counts who is inside."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.inside = 0

    async def __call__(self, scope, receive, send):
        self.inside += 1
        await self.gate.wait()
        self.inside -= 1
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})


@asynccontextmanager
async def crowd(queued=lambda _: 0):
    slow = Slow()
    app = Crowd(slow, "en", queued, WIDTH)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:

        def begun(person, method="POST", path=WORK):
            headers = {"x-sanad-person": quote(person)} if person else {}
            return asyncio.create_task(client.request(method, path, headers=headers))

        try:
            yield slow, begun
        finally:
            slow.gate.set()


async def statuses(tasks):
    return sorted(reply.status_code for reply in await asyncio.gather(*tasks))


def test_who_asks_for_too_much_waits_for_their_own_turn():
    async def run():
        async with crowd() as (slow, begun):
            many = [begun("salma") for _ in range(4)]
            await asyncio.sleep(0.05)
            assert slow.inside == 2
            other = begun("omar")
            await asyncio.sleep(0.05)
            assert slow.inside == 3
            slow.gate.set()
            assert await statuses([*many, other]) == [200] * 5

    asyncio.run(run())


def test_who_asks_for_far_too_much_is_told_and_so_is_who_has_waited_long():
    async def run():
        async with crowd() as (slow, begun):
            many = [begun("سلمى") for _ in range(6)]
            await asyncio.sleep(0.05)
            told = [task.result() for task in many if task.done()]
            assert [reply.status_code for reply in told] == [429, 429]
            assert told[0].json() == {"detail": say("guard.crowd", "en")}
            assert int(told[0].headers["retry-after"]) > 0
            await asyncio.sleep(0.5)
            assert sum(task.done() for task in many) == 4
            slow.gate.set()
            assert await statuses(many) == [200, 200, 429, 429, 429, 429]
            assert await statuses([begun("سلمى")]) == [200]  # nothing is kept

    asyncio.run(run())


@pytest.mark.parametrize("path", [STREAM, "/gradio_api/heartbeat/x", "/gradio_api/call/ask/1"])
def test_open_streams_are_counted_apart(path):
    async def run():
        async with crowd() as (slow, begun):
            streams = [begun("salma", "GET", path) for _ in range(3)]
            await asyncio.sleep(0.05)
            others = [begun("salma"), begun("omar", "GET", path)]
            await asyncio.sleep(0.05)
            assert slow.inside == 4
            slow.gate.set()
            assert await statuses(streams) == [200, 200, 429]
            assert await statuses(others) == [200, 200]

    asyncio.run(run())


def test_the_queue_is_not_one_persons():
    async def run():
        waiting = {"salma": 3, "omar": 2}
        async with crowd(lambda person: waiting[person]) as (slow, begun):
            slow.gate.set()
            path = "/gradio_api/call/stream"
            assert await statuses([begun("salma", path=path)]) == [429]
            assert await statuses([begun("salma")]) == [200]
            assert await statuses([begun("omar", path=path)]) == [200]

    asyncio.run(run())


def test_files_of_the_page_itself_are_not_counted():
    async def run():
        async with crowd() as (slow, begun):
            many = [begun("salma", "GET", "/assets/x.js") for _ in range(20)]
            await asyncio.sleep(0.05)
            assert slow.inside == 20
            slow.gate.set()
            assert await statuses(many) == [200] * 20

    asyncio.run(run())


def test_who_is_alone_has_room_for_many():
    async def run():
        async with crowd() as (slow, begun):
            many = [begun("") for _ in range(30)]
            await asyncio.sleep(0.05)
            assert slow.inside == 30
            slow.gate.set()
            assert await statuses(many) == [200] * 30

    asyncio.run(run())
