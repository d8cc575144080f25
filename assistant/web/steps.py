"""Slow work step by step in worker threads, so that breaking it off waits for no step."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable, Generator
from typing import Generic, TypeVar

import anyio.to_thread

Piece = TypeVar("Piece")


class _Steps(Generic[Piece]):
    """A generator that one thread may close while another is in the middle of a step."""

    def __init__(self, made: Generator[Piece]) -> None:
        self._made = made
        self._stepping = threading.Lock()

    def next(self) -> tuple[Piece] | None:
        with self._stepping:
            for piece in self._made:
                return (piece,)
        return None

    def close(self, stop: Callable[[], object] | None) -> None:
        if stop is not None:
            stop()
        with self._stepping:
            self._made.close()


async def in_threads(
    made: Generator[Piece], stop: Callable[[], object] | None = None
) -> AsyncIterator[Piece]:
    """Yield what a generator yields; each step runs in a worker thread.

    Where the asking task is cancelled in the middle of a step, it ends at once. The generator is
    closed as soon as that step has ended.

    Args:
        made: The generator.
        stop: Ends the step that is being made; called from another thread, in the end always.
    """
    steps = _Steps(made)
    try:
        while (
            found := await anyio.to_thread.run_sync(steps.next, abandon_on_cancel=True)
        ) is not None:
            yield found[0]
    finally:
        # Nothing can be awaited here any more: the task may be cancelled.
        threading.Thread(target=steps.close, args=(stop,), daemon=True).start()
