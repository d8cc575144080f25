"""Steps in worker threads: their order, their errors, and that breaking off waits for none."""

from __future__ import annotations

import asyncio
import threading

import pytest

from assistant.web.steps import in_threads


def counted(ended: threading.Event, step: threading.Semaphore | None = None):
    try:
        for number in range(3):
            if step:
                step.acquire(timeout=30)
            yield number
    finally:
        ended.set()


def test_all_pieces_come_in_order():
    ended = threading.Event()

    async def read():
        return [piece async for piece in in_threads(counted(ended))]

    assert asyncio.run(read()) == [0, 1, 2]
    assert ended.wait(10)


def test_an_error_comes_through():
    def failing():
        yield 1
        raise KeyError("gone")

    async def read():
        return [piece async for piece in in_threads(failing())]

    with pytest.raises(KeyError, match="gone"):
        asyncio.run(read())


def test_a_cancelled_reader_waits_for_no_step_and_the_work_is_closed_after_it():
    ended, step = threading.Event(), threading.Semaphore(1)

    async def read():
        pieces = in_threads(counted(ended, step))
        seen = [await anext(pieces)]
        task = asyncio.create_task(anext(pieces))
        await asyncio.sleep(0.1)  # into the middle of the second step
        task.cancel()
        await asyncio.wait_for(asyncio.gather(task, return_exceptions=True), 5)
        assert task.cancelled()
        assert not ended.is_set()
        step.release()
        return seen

    assert asyncio.run(read()) == [0]
    assert ended.wait(10)


def test_a_reader_that_stops_early_closes_the_work():
    ended = threading.Event()

    async def read():
        pieces = in_threads(counted(ended))
        first = await anext(pieces)
        await pieces.aclose()
        return first

    assert asyncio.run(read()) == 0
    assert ended.wait(10)


def test_a_cancelled_reader_ends_the_step_that_it_waited_for():
    ended, released = threading.Event(), threading.Event()

    def waiting():
        try:
            yield 1
            released.wait(60)
            yield 2
        finally:
            ended.set()

    async def read():
        pieces = in_threads(waiting(), released.set)
        assert await anext(pieces) == 1
        task = asyncio.create_task(anext(pieces))
        await asyncio.sleep(0.1)  # into the middle of the second step
        assert not released.is_set()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(read())
    assert released.wait(10)
    assert ended.wait(10)
