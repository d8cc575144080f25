"""Takes the power from a library's disk at any moment, and looks at what is left.

What is written to the library is noted by a small C library (power_loss.c) that is loaded before
all others. From those notes a disk is made as it could be after a loss of power at any point: what
was synced is there, and of the rest nothing, some of it, torn sectors, or lengths alone.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path

from faults_acts import PLANS, Plan, plan_begin
from faults_books import World
from faults_check import Found, check, expected, settle
from faults_platter import MODES, RECORD, Disk, Event, read_journal
from faults_run import apart, empty_world, new_world, work

_SOURCE = Path(__file__).with_name("power_loss.c")
_SHARED = "power_loss.so"
# What need not survive: SQLite's memory that is shared, and the names of locks.
_PASSING = ("-shm", "/lock", ".lock", "lock.json")


def run_power(options: argparse.Namespace) -> int:
    """Take the power, look, and print; return how often something was wrong."""
    shared = options.work / _SHARED
    if os.environ.get("LD_PRELOAD") != str(shared):
        _build(shared)
        command = [sys.executable, sys.argv[0], "power", "--runs", str(options.runs)]
        command += ["--seed", str(options.seed), "--documents", str(options.documents)]
        command += ["--work", str(options.work)]
        return subprocess.run(
            command, env={**os.environ, "LD_PRELOAD": str(shared)}, check=False
        ).returncode
    new_world(options.work, options.seed, 5)  # for what it imports
    world = empty_world(options.work, options.seed, options.documents)
    plans = {"begin": plan_begin, **PLANS}
    counts: Counter[tuple[str, str]] = Counter()
    failed: Counter[tuple[str, str]] = Counter()
    for number, (name, plan) in enumerate(plans.items()):
        runs = options.runs * (number + 1) // len(plans) - options.runs * number // len(plans)
        for mode, problems in _losses(world, name, plan(world), runs):
            counts[name, mode] += 1
            failed[name, mode] += bool(problems)
    _print_table(list(plans), counts, failed)
    return sum(failed.values())


def _build(shared: Path) -> None:
    """Compile what notes the writes."""
    compiler = shutil.which("cc")
    if compiler is None:
        raise SystemExit("There is no C compiler (cc) here, which power_loss.c needs.")
    command = [compiler, "-O1", "-shared", "-fPIC", "-o", shared, _SOURCE, "-ldl", "-pthread"]
    subprocess.run(command, check=True)


def _losses(world: World, name: str, plan: Plan, runs: int) -> list[tuple[str, list[str]]]:
    """Carry out a plan, and take the power at some moments of it."""
    disk, events = _recorded(world, plan)
    marks = [n + 1 for n, event in enumerate(events) if event.kind == "A"]
    # Half of them right after what was acknowledged, or when all was closed.
    moments = [
        world.chance.choice([*marks, len(events)])
        if number % 2
        else world.chance.randint(0, len(events))
        for number in range(runs)
    ]
    outcomes = []
    at = 0
    for number, moment in enumerate(sorted(moments)):
        for event in events[at:moment]:
            disk.happen(event)
        at = moment
        mode = MODES[number % len(MODES)]
        acknowledged = sum(mark <= moment for mark in marks)
        there = replace(world, disk=world.work / "after")
        seed = world.chance.random()
        _write(disk, mode, random.Random(seed), there.disk)  # noqa: S311  # spreads what is kept
        kept = world.work / "failed" / f"{name}-{number}-{mode}"
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(there.disk, kept)
        found = apart(partial(check, there, expected(world, plan, acknowledged)))
        if not found.problems:
            shutil.rmtree(kept)
        said = "; ".join(found.problems[:4]) or "all is there"
        print(
            f"{name:8} {mode:8} at {moment} of {len(events)}, {acknowledged} done, "
            f"{found.seconds:.2f} s: {said}",
            flush=True,
        )
        outcomes.append((mode, found.problems))
    for event in events[at:]:
        disk.happen(event)
    _compare(disk, world)
    must = expected(world, plan, len(plan.steps))
    found = apart(partial(check, world, must))
    if found.problems:
        raise SystemExit(f"{name} undisturbed, and yet: {found.problems[:5]}")
    settle(world, plan, must, found)
    return outcomes


def _recorded(world: World, plan: Plan) -> tuple[Disk, list[Event]]:
    """Carry out a plan and return the disk as it was before, and what happened on it."""
    journal = world.work / "journal"
    journal.unlink(missing_ok=True)
    disk = Disk(world.disk)

    def do() -> Found:
        with journal.open("ab", buffering=0) as file:
            os.environ |= {"POWER_ROOT": str(world.disk), "POWER_JOURNAL": str(journal)}
            work(world, plan, lambda _: file.write(RECORD.pack(b"A", 0, 0, 0, 0, 0, 0, 0)))
            del os.environ["POWER_ROOT"]
        return Found(seconds=1)

    if apart(do).problems:
        raise SystemExit("The process failed by itself; its words stand above.")
    return disk, read_journal(journal)


def _write(disk: Disk, mode: str, chance: random.Random, folder: Path) -> None:
    """Write what a loss of power leaves into a folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, data, modified in disk.contents(mode, chance):
        path = folder / name
        if data is None:
            path.mkdir()
        elif not name.endswith("-shm"):
            path.write_bytes(data)
            os.utime(path, ns=(modified, modified))


def _compare(disk: Disk, world: World) -> None:
    """End where the notes do not tell all that happened."""
    told = {
        name: data
        for name, data, _ in disk.contents("all", random.Random(0))  # noqa: S311  # nothing is drawn
        if data is not None and not name.endswith(_PASSING)
    }
    there = {
        str(path.relative_to(world.disk)): path.read_bytes()
        for path in world.disk.rglob("*")
        if path.is_file() and not str(path).endswith(_PASSING)
    }
    if told != there:
        wrong = sorted(n for n in told.keys() | there.keys() if told.get(n) != there.get(n))
        raise SystemExit(f"The journal does not tell what is in {wrong}.")


def _print_table(
    names: list[str], counts: Counter[tuple[str, str]], failed: Counter[tuple[str, str]]
) -> None:
    print("\nphase    " + "".join(f"{mode:>16}" for mode in MODES) + "   (losses of power: faults)")
    for name in names:
        cells = [f"{counts[name, mode]}: {failed[name, mode]}" for mode in MODES]
        print(f"{name:9}" + "".join(f"{cell:>16}" for cell in cells))
    print(f"{sum(counts.values())} losses of power, {sum(failed.values())} with faults")
