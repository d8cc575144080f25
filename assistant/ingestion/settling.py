"""Files that somebody else is still writing: waited for, and never read by half."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from assistant.errors import UnreadableDocument
from assistant.ingestion.files import time_of

# A file that was changed in the last second may be at work; it counts as whole when nothing of it
# has changed for this long.
_FRESH = 1_000_000_000  # nanoseconds
_QUIET = 0.25  # seconds
_PATIENCE = 2.0  # seconds


class BeingWritten(UnreadableDocument):
    """A file changes while it is read: it is to be tried again later."""


def is_fresh(path: Path) -> bool:
    """Return whether a file was changed a moment ago.

    Args:
        path: The file; what can't be looked at is left to whoever reads it.
    """
    try:
        # A time to come is another machine's clock.
        return 0 <= time.time_ns() - path.stat().st_mtime_ns < _FRESH
    except (OSError, ValueError):
        return False


def being_written(path: Path) -> BeingWritten:
    """Return what to raise for a file that is changing."""
    return BeingWritten(
        f"{path} is not read: it is still being written. What is known of it is kept. Add or sync "
        "it again when it is complete.",
        str(path),
    )


def settled(paths: Sequence[Path]) -> frozenset[Path]:
    """Wait until files no longer change, two seconds at most.

    Args:
        paths: Files.

    Returns:
        Those that did not change for a quarter of a second; also those that are gone.
    """
    quiet: set[Path] = set()
    end = time.monotonic() + _PATIENCE
    left = {path: _state(path) for path in paths}
    while left and time.monotonic() < end:
        time.sleep(_QUIET)
        states = {path: _state(path) for path in left}
        quiet |= {path for path in left if states[path] == left[path]}
        left = {path: state for path, state in states.items() if path not in quiet}
    return frozenset(quiet)


def _state(path: Path) -> tuple[int, int]:
    try:
        facts = path.stat()
    except (OSError, ValueError):
        return (-1, 0)
    return facts.st_size, time_of(facts)
