"""Mixed use by twenty people for hours: does memory, do handles, do times level off?

    python benchmarks/soak.py --out FILE [--minutes 120] [--people 20] [--seed 1]
    python benchmarks/soak.py --report FILE

Makes some hundred documents (`towns.py`), serves them with ``sanad serve`` on a free port of the
loopback interface in a process of its own, and lets people use the page as a browser does
(`pages.py`), with pauses to think. Every thirty seconds a line of JSON is written to FILE; the last
line sums up. ``--report`` sums up a file at any time.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

import httpx
from lives import Person, Tally
from pages import Page
from process import Use, folder_bytes
from soak_report import report, share
from towns import Town
from web import PATIENCE, sign_in, wait_for, write_users

SERVING = "import sys; from assistant.cli import main; main(['serve', *sys.argv[1:]])"
DOCUMENTS = 300
MOST_PEOPLE, MOST_MINUTES = 100, 600
WINDOW = 30.0  # seconds
# The page keeps something of the last 400 pages that were opened: a server that has been up for
# days keeps that of all 400. So many are opened, asked a question and closed before anything is
# measured.
VISITS, ABREAST = 420, 4
CHANGED_EVERY = 180.0  # seconds between two changes of a file in the documents' folder


@dataclass(frozen=True, slots=True)
class Server:
    """A served library.

    Attributes:
        address: Where it listens.
        process: Its number.
        documents: The folder that it keeps in step with.
        library: The library's folder.
        temporary: The folder of its temporary files.
        log: What it wrote.
    """

    address: str
    process: int
    documents: Path
    library: Path
    temporary: Path
    log: Path


@dataclass(slots=True)
class Watch:
    """Writes a line for each window.

    Attributes:
        server: What is watched.
        tally: What people did and saw.
        out: Where lines go.
        begun: When.
        last: What the process had used at the end of the last window.
    """

    server: Server
    tally: Tally
    out: Path
    begun: float = field(default_factory=time.monotonic)
    last: Use | None = None

    def write(self) -> None:
        """Write the line of the window that ends now."""
        now = Use.of(self.server.process)
        before, self.last = self.last, now
        done = self.tally.taken()
        cpu = now.seconds - (before.seconds if before else now.seconds)
        library, _ = folder_bytes(self.server.library)
        temporary, files = folder_bytes(self.server.temporary)
        line = {
            "minutes": round((time.monotonic() - self.begun) / 60, 2),
            **{k: round(v, 1) if isinstance(v, float) else v for k, v in asdict(now).items()},
            "library_mb": round(library / 1e6, 2),
            "temporary_kb": round(temporary / 1e3, 1),
            "temporary_files": files,
            "requests": done.requests,
            "acts": sum(done.acts.values()),
            "cpu_ms_a_request": round(1000 * cpu / max(done.requests, 1), 2),
            **_times("first", done.first),
            **_times("whole", done.whole),
            "kinds_of_acts": dict(done.acts),
            "errors": done.errors,
            "load": round(os.getloadavg()[0], 2),
        }
        with self.out.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _times(name: str, seconds: list[float]) -> dict[str, float | None]:
    """Return median and 95th percentile in milliseconds."""
    if not seconds:
        return {f"{name}_p50": None, f"{name}_p95": None}
    return {f"{name}_p{p}": round(1000 * share(seconds, p / 100), 1) for p in (50, 95)}


def main() -> None:
    """Measure, or sum up."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=120, metavar="N")
    parser.add_argument("--people", type=int, default=20, metavar="N")
    parser.add_argument("--think", type=float, default=25, metavar="SECONDS", help="on average")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--out", type=Path, metavar="FILE", help="JSON lines; appended to")
    parser.add_argument("--report", type=Path, metavar="FILE", help="sum up, measure nothing")
    options = parser.parse_args()
    if options.report:
        print(report(options.report))
        return
    if options.out is None:
        parser.error("--out FILE is needed")
    if not (0 < options.people <= MOST_PEOPLE and 0 < options.minutes <= MOST_MINUTES):
        parser.error(f"at most {MOST_PEOPLE} people and {MOST_MINUTES} minutes")
    # Asked to stop, it stops the server too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory() as place, serving(Path(place), options.people) as server:
        asyncio.run(measure(server, options))
        log = server.log.read_text("utf-8", errors="replace")
        troubled = [line for line in log.splitlines() if "ERROR" in line or "Error" in line]
        with options.out.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"server_errors": troubled[:20], "of": len(troubled)}) + "\n")
    print(report(options.out))


@contextmanager
def serving(place: Path, people: int) -> Iterator[Server]:
    """Serve documents that are made for it, and wait until they have been read."""
    documents, library, users = place / "documents", place / "library", place / "users.txt"
    temporary, log = place / "temporary", place / "server.log"
    documents.mkdir()
    temporary.mkdir()
    for number in range(DOCUMENTS):
        (documents / f"{number:04}.txt").write_text(Town(number).text(), encoding="utf-8")
    write_users(users, [f"person{n}" for n in range(people)])
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {key: value for key, value in os.environ.items() if key[:6] != "SANAD_"}
    environment |= {
        "SANAD_USERS": str(users),
        "SANAD_DOCUMENTS": str(documents),
        "TMPDIR": str(temporary),
    }
    command = [sys.executable, "-c", SERVING, "--port", str(port), "--library", str(library)]
    with log.open("wb") as said:
        running = subprocess.Popen(command, env=environment, stdout=said, stderr=said)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(address, running)
        yield Server(address, running.pid, documents, library, temporary, log)
    finally:
        running.terminate()
        running.wait(60)


async def measure(server: Server, options: argparse.Namespace) -> None:
    """Let people live at the page, and watch the server."""
    tally = Tally()
    await come_and_go(server.address, tally)
    tally.taken()
    watch = Watch(server, tally, options.out, last=Use.of(server.process))
    until = time.monotonic() + 60 * options.minutes
    people = [
        Person(server.address, number, options.seed, options.think, tally)
        for number in range(options.people)
    ]
    lives = [asyncio.create_task(person.live(until)) for person in people]
    changing = asyncio.create_task(change(server.documents, options.seed, until))
    while (left := until - time.monotonic()) > 0:
        await asyncio.sleep(min(WINDOW, left))
        watch.write()
    ended = await asyncio.gather(*lives, changing, return_exceptions=True)
    tally.errors += [f"a life ended: {one!r}" for one in ended if isinstance(one, Exception)]
    watch.write()


async def come_and_go(address: str, tally: Tally) -> None:
    """Open, use and close as many pages as the server keeps something of."""
    chance = random.Random(0)  # noqa: S311  # the same each time
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE) as client:
        await sign_in(client, "person0")
        for _ in range(VISITS // ABREAST):
            pages = [Page(client, tally.count) for _ in range(ABREAST)]
            await asyncio.gather(*(page.open() for page in pages))
            towns = [Town(chance.randrange(DOCUMENTS)) for _ in pages]
            asked = zip(pages, towns, strict=True)
            await asyncio.gather(*(page.ask(town.question(chance)) for page, town in asked))
            await asyncio.gather(*(page.close() for page in pages))


async def change(documents: Path, seed: int, until: float) -> None:
    """Change a file of the documents' folder now and then, as people do who keep one."""
    chance = random.Random(f"{seed} changes")  # noqa: S311  # the same each time
    edition = 1
    while time.monotonic() + CHANGED_EVERY < until:
        await asyncio.sleep(CHANGED_EVERY)
        edition += 1
        number = chance.randrange(DOCUMENTS)
        text = Town(number).text(edition)
        (documents / f"{number:04}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
