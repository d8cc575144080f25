"""Kills whoever works on a library, at any moment, and looks at what is left."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import statistics
import time
from collections import Counter, defaultdict
from functools import partial

from faults_acts import PLANS, Plan
from faults_books import World
from faults_check import Found, check, expected, settle
from faults_run import DONE, FAILED, READY, Tell, apart, forked, new_world, work


def run_kill(options: argparse.Namespace) -> int:
    """Kill, look, and print; return the number of kills after which something was wrong."""
    world = new_world(options.work, options.seed, options.documents)
    # The shorter of two: others may have been busy.
    lengths = {name: min(_undisturbed(world, name) for _ in range(2)) for name in PLANS}
    for name, length in lengths.items():
        print(f"{name} takes {length:.2f} s undisturbed", flush=True)
    names = [list(PLANS)[n % len(PLANS)] for n in range(options.runs)]
    world.chance.shuffle(names)
    late: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    opened: dict[str, list[float]] = defaultdict(list)
    for number, name in enumerate(names, 1):
        moment = world.chance.uniform(0, lengths[name])
        plan = PLANS[name](world)
        acknowledged, was_late = _worked(world, plan, moment)
        late[name] += was_late
        must = expected(world, plan, acknowledged)
        found = apart(partial(check, world, must))
        opened[name].append(found.seconds)
        if found.problems:
            failed[name] += 1
            _keep(world, number, name, moment, found)
            world = new_world(options.work, options.seed + number, options.documents)
        else:
            settle(world, plan, must, found)
        said = "; ".join(found.problems[:5]) or "all is there"
        print(f"{number:4} {name:8} at {moment:.2f} s, {acknowledged} done: {said}", flush=True)
    _print_table(late, failed, opened)
    return sum(failed.values())


def _undisturbed(world: World, name: str) -> float:
    """Do something to its end; return how long it took."""
    plan = PLANS[name](world)
    started = time.perf_counter()
    acknowledged, was_late = _worked(world, plan, None)
    seconds = time.perf_counter() - started
    must = expected(world, plan, acknowledged)
    found = apart(partial(check, world, must))
    if found.problems or not was_late or acknowledged != len(plan.steps):
        raise SystemExit(f"{name} undisturbed, {acknowledged} done, and yet: {found.problems[:5]}")
    settle(world, plan, must, found)
    return seconds


def _worked(world: World, plan: Plan, moment: float | None) -> tuple[int, bool]:
    """Carry out a plan in a process group of its own, and kill it.

    Returns:
        How many steps were acknowledged, and whether it had ended by itself.
    """

    def do(tell: Tell) -> None:
        tell(READY)
        work(world, plan, tell)

    pid, pipe = forked(do)
    said = os.read(pipe, 1)
    ended = False
    if moment is not None:
        time.sleep(moment)
        ended = os.waitpid(pid, os.WNOHANG)[0] == pid
        if not ended:
            os.killpg(pid, signal.SIGKILL)
    # What was said before the kill is read after it: it was acknowledged.
    while more := os.read(pipe, 65536):
        said += more
    os.close(pipe)
    status = None if ended else os.waitpid(pid, 0)[1]
    if FAILED in said:
        raise SystemExit("The process failed by itself; its words stand above.")
    return said.count(DONE), ended or status == 0


def _keep(world: World, number: int, name: str, moment: float, found: Found) -> None:
    """Keep a library in which something is wrong, to be looked at."""
    kept = world.work / "failed" / f"{number:04}-{name}"
    shutil.copytree(world.library, kept, dirs_exist_ok=True)
    words = "\n".join([f"{name} at {moment} s", *found.problems])
    (kept / "problems.txt").write_text(words, encoding="utf-8")


def _print_table(late: Counter[str], failed: Counter[str], opened: dict[str, list[float]]) -> None:
    print("\nphase     kills  after the end  with faults  opened p50    p95    max (s)")
    for name in [*PLANS, "all"]:
        chosen = PLANS if name == "all" else (name,)
        seconds = sorted(s for one in chosen for s in opened[one])
        if not seconds:
            continue
        p95 = seconds[min(len(seconds) - 1, int(len(seconds) * 0.95))]
        print(
            f"{name:8} {len(seconds):6} {sum(late[n] for n in chosen):14} "
            f"{sum(failed[n] for n in chosen):12} {statistics.median(seconds):11.2f} "
            f"{p95:6.2f} {seconds[-1]:6.2f}"
        )
