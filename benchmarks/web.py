"""The page under load: many conversations at once, each asking as soon as it is answered.

    python benchmarks/web.py --data DIR [--people 50] [--questions 5] [--visits 0] [--nobody]

DIR holds ``questions.jsonl`` and ``corpus/<name>/*.txt``. The documents become one library, which
``sanad serve`` serves on the loopback interface, in a process of its own. Everybody signs in by a
name of their own (not with ``--nobody``), opens a page, and sends what a browser would send. Then
``--visits`` pages are opened and closed, which shows what is kept of pages that nobody looks at.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from visitors import Seen, Visitor

from assistant import Assistant, Settings
from assistant.web.people.passwords import Cost, hashed

SERVING = "import sys; from assistant.cli import main; main(['serve', '--no-sync', *sys.argv[1:]])"
PASSWORD = "correct horse"  # noqa: S105  # of people who live as long as this run
MOST_PEOPLE, MOST_QUESTIONS, MOST_VISITS = 500, 100, 5_000
PATIENCE = httpx.Timeout(120.0)
SECONDS = 480.0  # for all questions together
STARTING = 120.0
VISITED_AT, ABREAST = 4, 5  # how often memory is read, and how many visit at a time
REST = 5.0  # after the last page has been closed


@dataclass(frozen=True, slots=True)
class Memory:
    """A process's memory in megabytes."""

    now: float
    most: float

    @classmethod
    def of(cls, process: int) -> Memory:
        """Read it from the system."""
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
        found = dict(re.findall(r"^(VmRSS|VmHWM):\s+(\d+) kB$", status, re.MULTILINE))
        return cls(int(found["VmRSS"]) / 1024, int(found["VmHWM"]) / 1024)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--people", type=int, default=50, metavar="N")
    parser.add_argument("--questions", type=int, default=5, metavar="N", help="of each person")
    parser.add_argument("--visits", type=int, default=0, metavar="N", help="afterwards")
    parser.add_argument("--nobody", action="store_true", help="nobody signs in")
    options = parser.parse_args()
    if not (0 < options.people <= MOST_PEOPLE and 0 < options.questions <= MOST_QUESTIONS):
        parser.error(f"at most {MOST_PEOPLE} people with {MOST_QUESTIONS} questions each")
    asked = questions(options.data, options.people, options.questions)
    with tempfile.TemporaryDirectory() as place:
        library, users = Path(place) / "library", Path(place) / "users.txt"
        with Assistant(library, Settings()) as assistant:
            assistant.add(options.data / "corpus")
            print(f"documents: {len(assistant.documents())}")
        names = [] if options.nobody else [f"person{n}" for n in range(options.people)]
        write_users(users, names)
        with serving(library, users if names else None) as (address, process):
            asyncio.run(measure(address, process, names, asked))
            if options.visits:
                person = names[0] if names else ""
                asyncio.run(come_and_go(address, process, person, min(options.visits, MOST_VISITS)))


def questions(data: Path, people: int, each: int) -> list[list[str]]:
    """Return the questions of each person, drawn with a fixed seed."""
    lines = (data / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    known = sorted({json.loads(line)["question"] for line in lines if line.strip()})
    chance = random.Random(1)  # noqa: S311  # the same questions each time
    return [[chance.choice(known) for _ in range(each)] for _ in range(people)]


def write_users(file: Path, names: Sequence[str]) -> None:
    """Write a users file; one cheap check for all, since signing in is not what is measured."""
    kept = hashed(PASSWORD, Cost(10, 8, 1))
    file.write_text("".join(f"{name}:{kept}\n" for name in names), encoding="utf-8")
    file.chmod(0o600)


@contextmanager
def serving(library: Path, users: Path | None) -> Iterator[tuple[str, int]]:
    """Serve a library in a process of its own; give its address and the process's number."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {key: value for key, value in os.environ.items() if key[:6] != "SANAD_"}
    if users is not None:
        environment["SANAD_USERS"] = str(users)
    running = subprocess.Popen(
        [sys.executable, "-c", SERVING, "--port", str(port), "--library", str(library)],
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(address, running)
        yield address, running.pid
    finally:
        running.terminate()
        running.wait(30)


def wait_for(address: str, running: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers."""
    deadline = time.monotonic() + STARTING
    while True:
        try:
            httpx.get(f"{address}/health", timeout=5)
        except httpx.TransportError:
            if running.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return


async def measure(
    address: str, process: int, names: Sequence[str], asked: Sequence[Sequence[str]]
) -> None:
    """Let everybody ask at once, and print what they saw."""
    seen = Seen()
    clients = [httpx.AsyncClient(base_url=address, timeout=PATIENCE) for _ in asked]
    for client, name in zip(clients, names, strict=False):
        await sign_in(client, name)
    visitors = [Visitor(client, seen) for client in clients]
    await visitors[0].open()
    await visitors[0].talk(asked[0][:1])  # loads what is loaded once
    seen.first.clear()
    seen.whole.clear()
    before = Memory.of(process)
    await asyncio.gather(*(visitor.open() for visitor in visitors[1:]))
    opened = Memory.of(process)
    started = time.perf_counter()
    pairs = zip(visitors, asked, strict=True)
    talks = [asyncio.create_task(visitor.talk(mine)) for visitor, mine in pairs]
    _, unfinished = await asyncio.wait(talks, timeout=SECONDS)
    for talk in unfinished:
        talk.cancel()
    await asyncio.gather(*unfinished, return_exceptions=True)
    seconds = time.perf_counter() - started
    peak = Memory.of(process)
    for visitor, client in zip(visitors, clients, strict=True):
        await visitor.close()
        await client.aclose()
    await asyncio.sleep(REST)
    show(seen, seconds, sum(map(len, asked)))
    memory = (before.now, opened.now, peak.most, Memory.of(process).now)
    print("memory MB: before {:.0f}, pages open {:.0f}, peak {:.0f}, after {:.0f}".format(*memory))


async def sign_in(client: httpx.AsyncClient, name: str) -> None:
    """Sign a person in."""
    form = {"username": name, "password": PASSWORD, "next": "/"}
    answer = await client.post("/sign-in", data=form)
    if not client.cookies:
        raise SystemExit(f"{name} could not sign in: {answer.status_code}")


async def come_and_go(address: str, process: int, name: str, visits: int) -> None:
    """Open and close pages, some at a time, and print what the server keeps of them."""
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE) as client:
        if name:
            await sign_in(client, name)
        for part in range(1, VISITED_AT + 1):
            for _ in range(visits // VISITED_AT // ABREAST):
                pages = [Visitor(client, Seen()) for _ in range(ABREAST)]
                await asyncio.gather(*(page.open() for page in pages))
                await asyncio.gather(*(page.close() for page in pages))
            count = part * (visits // VISITED_AT // ABREAST * ABREAST)
            print(f"after {count} visits: {Memory.of(process).now:.0f} MB")


def show(seen: Seen, seconds: float, count: int) -> None:
    """Print times and failures."""
    ended = len(seen.whole) + seen.refused + len(seen.errors)
    print(
        f"questions {count}, asked {ended}, answered {len(seen.whole)}, refused {seen.refused}, "
        f"errors {len(seen.errors)}; {len(seen.whole) / seconds:.1f} a second"
    )
    for name, times in (("first words", seen.first), ("whole answer", seen.whole)):
        if times:
            print(f"{name:12} p50 {share(times, 0.5):5.2f} s, p95 {share(times, 0.95):5.2f} s")
    for error in sorted(set(seen.errors))[:5]:
        print(f"  {error}")


def share(times: Sequence[float], part: float) -> float:
    """Return the time within which a part of all was done."""
    return sorted(times)[min(int(part * len(times)), len(times) - 1)]


if __name__ == "__main__":
    main()
