"""Does things to a library in processes that may end at any moment."""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import random
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path

from faults_acts import Plan, plan_begin
from faults_books import World
from faults_check import Found, check, expected, settle

from assistant import Assistant, Settings

_SYNCED = 0.4  # of the documents
_PATIENCE = 300  # seconds
READY, DONE, FAILED = b"R", b"D", b"F"
Tell = Callable[[bytes], object]


def empty_world(work: Path, seed: int, documents: int) -> World:
    """Make documents that are to be added to a library, the work folder emptied."""
    for name in ("disk", "synced", "loose"):
        shutil.rmtree(work / name, ignore_errors=True)
    (work / "disk").mkdir()
    world = World(work, work / "disk", random.Random(seed))  # noqa: S311  # spreads the faults
    synced = int(documents * _SYNCED)
    for folder, count in (("loose", documents - synced), ("synced", synced)):
        for _ in range(count):
            world.new_book(folder)
    return world


def new_world(work: Path, seed: int, documents: int) -> World:
    """Make a library of some documents, the work folder emptied."""
    world = empty_world(work, seed, documents)
    plan = plan_begin(world)
    # What was imported is imported here, so that the processes to come need not do it.
    for module in apart(partial(_begun, world, plan)).modules:
        with contextlib.suppress(ImportError):
            importlib.import_module(module)
    must = expected(world, plan, len(plan.steps))
    found = apart(partial(check, world, must))
    if found.problems:
        raise SystemExit(f"Undisturbed, and yet: {found.problems[:5]}")
    settle(world, plan, must, found)
    return world


def _begun(world: World, plan: Plan) -> Found:
    work(world, plan, lambda _: None)
    with Assistant(world.library, Settings()) as assistant:
        assistant.ask("Who?")
    return Found(modules=list(sys.modules))


def work(world: World, plan: Plan, tell: Tell) -> None:
    """Carry out a plan, from opening the library to closing it."""
    with Assistant(world.library, Settings()) as assistant:
        plan.act(assistant, lambda: tell(DONE))


def forked(do: Callable[[Tell], None]) -> tuple[int, int]:
    """Run something in a process group of its own; return its number and what it says."""
    reader, writer = os.pipe()
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        os.close(writer)
        return pid, reader
    os.close(reader)
    os.setsid()
    status = 0
    try:
        do(lambda said: os.write(writer, said))
    except BaseException:  # noqa: BLE001  # it may only end by os._exit
        traceback.print_exc()
        os.write(writer, FAILED)
        status = 1
    sys.stderr.flush()
    os._exit(status)


def apart(do: Callable[[], Found]) -> Found:
    """Do something in a process of its own, so that its end is not the benchmark's."""
    pid, pipe = forked(lambda tell: tell(json.dumps(asdict(do())).encode()))
    data, ends = b"", time.monotonic() + _PATIENCE
    os.set_blocking(pipe, False)
    while time.monotonic() < ends:
        try:
            more = os.read(pipe, 65536)
        except BlockingIOError:
            time.sleep(0.01)
            continue
        if not more:
            break
        data += more
    else:
        os.killpg(pid, signal.SIGKILL)
    os.close(pipe)
    os.waitpid(pid, 0)
    try:
        return Found(**json.loads(data))
    except ValueError:
        return Found(problems=["the process that looked at the library crashed or hung"])
