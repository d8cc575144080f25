"""Gives memory back to the system that was needed for a moment only.

A page that is opened, a list of documents, an answer: each is some hundred kilobytes of text for a
moment. The C library of most Linux systems keeps what was freed between what is still in use, so a
process that serves for days would grow by it.
"""

from __future__ import annotations

import ctypes
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS = 60.0


def give_back() -> bool:
    """Give all free memory back to the system.

    Returns:
        Whether the C library could be asked; others than GNU's can't, and keep little.
    """
    if os.name != "posix":
        return False
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is None:
        return False
    trim(ctypes.c_size_t(0))
    return True


@contextmanager
def giving_back(seconds: float = SECONDS) -> Iterator[None]:
    """Give free memory back again and again, in a thread of its own.

    Args:
        seconds: How long after the last time.
    """
    ended = threading.Event()

    def run() -> None:
        while not ended.wait(seconds):
            if not give_back():
                return

    thread = threading.Thread(target=run, name="sanad-thrift", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
