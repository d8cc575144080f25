"""What a running process uses, read from the system: memory, handles, threads, time, children."""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Use:
    """What a process uses.

    Attributes:
        memory: Resident megabytes.
        private: Resident megabytes that are no file's.
        peak: The most resident megabytes so far.
        handles: Open file handles.
        kinds: How many of them are files, sockets, pipes, or others.
        threads: Threads.
        children: Processes that it started and that live, theirs included.
        children_memory: Their resident megabytes.
        seconds: Processor seconds so far, those of ended children included.
    """

    memory: float
    private: float
    peak: float
    handles: int
    kinds: dict[str, int]
    threads: int
    children: int
    children_memory: float
    seconds: float

    @classmethod
    def of(cls, process: int) -> Use:
        """Read it."""
        status = _status(process)
        kinds = _handles(process)
        children = _children(process)
        fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
        return cls(
            status.get("VmRSS", 0) / 1024,
            status.get("RssAnon", 0) / 1024,
            status.get("VmHWM", 0) / 1024,
            sum(kinds.values()),
            dict(kinds),
            int(fields[17]),
            len(children),
            sum(_status(one).get("VmRSS", 0) for one in children) / 1024,
            sum(map(int, fields[11:15])) / _TICKS,
        )


def _status(process: int) -> dict[str, int]:
    try:
        status = Path(f"/proc/{process}/status").read_text("utf-8")
    except OSError:  # it has ended meanwhile
        return {}
    return {name: int(kB) for name, kB in re.findall(r"^(\w+):\s+(\d+) kB$", status, re.M)}


def _handles(process: int) -> Counter[str]:
    kinds: Counter[str] = Counter()
    for handle in Path(f"/proc/{process}/fd").iterdir():
        try:
            target = os.readlink(handle)  # noqa: PTH115  # sockets are no paths
        except OSError:  # closed meanwhile
            continue
        name = target.partition(":")[0]
        kinds["file" if target.startswith("/") else name] += 1
    return kinds


def _children(process: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            started = [int(one) for one in task.read_text("utf-8").split()]
        except OSError:
            continue
        for one in started:
            found += [one, *_children(one)]
    return found


def folder_bytes(folder: Path) -> tuple[int, int]:
    """Return how many bytes a folder's files have, and how many files there are."""
    size = count = 0
    for path in folder.rglob("*"):
        try:
            if path.is_file() and not path.is_symlink():
                size, count = size + path.stat().st_size, count + 1
        except OSError:  # it has gone meanwhile
            continue
    return size, count
