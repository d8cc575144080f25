"""What a process does that works for another one.

Tasks come in on standard input and outcomes leave on standard output, both pickled, one for one,
after a first None that says that it is ready. It ends when its input does, so that it never
outlives the process that started it. It is started by its own name and not by multiprocessing,
which would run the main program of that process again.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, BinaryIO

# Bytes; a file that needs more ends its reader, before it ends everything else on the machine.
MOST_MEMORY = 4_000_000_000


def _limit_memory(most: int) -> None:
    """Let this process have so many bytes of memory of its own, where the system can hold it."""
    try:
        import resource
    except ImportError:  # Windows
        return
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    if hard == resource.RLIM_INFINITY or hard > most:
        with suppress(OSError, ValueError):  # a system that knows the limit and does not set it
            resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def serve(do: Callable[[Any], object], tasks: BinaryIO, outcomes: BinaryIO) -> None:
    """Do tasks until there are no more.

    Args:
        do: Does one.
        tasks: The tasks, pickled.
        outcomes: Takes None when it is ready, and then for each task what became of it, pickled, or
            the exception that was raised.
    """
    pickle.dump(None, outcomes)
    outcomes.flush()
    while True:
        try:
            task = pickle.load(tasks)  # noqa: S301  # from the process that started this
        except EOFError:
            return
        try:
            outcome = do(task)
        except Exception as error:  # noqa: BLE001  # it is raised where it was asked for
            outcome = error
        try:
            written = pickle.dumps(outcome, pickle.HIGHEST_PROTOCOL)
        except Exception:  # noqa: BLE001  # an exception that holds what can't be sent
            written = pickle.dumps(RuntimeError(repr(outcome)), pickle.HIGHEST_PROTOCOL)
        outcomes.write(written)
        outcomes.flush()


def serve_on_standard_streams(do: Callable[[Any], object]) -> None:
    """Serve on standard input and output; what else prints goes to standard error.

    Args:
        do: Does one task.
    """
    # The process that started this decides what an interruption ends.
    _limit_memory(MOST_MEMORY)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    outcomes = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve(do, sys.stdin.buffer, outcomes)
