"""Many at once: do threads and processes see whole answers while the library changes?

    python benchmarks/together.py [--part threads] [--part processes] [--minutes 10] [--seed 1]

threads: sixteen threads of one process ask in both languages, search and talk, while two others
add, change, remove, purge and bring back documents, and the indexes are made anew each minute.

processes: one process writes in the same way; three others have opened the library for reading
before it began, and the command line is started again and again.

Every quote is compared with the text that was added, and with when it stood in the library
(`editions.py`): what was removed and acknowledged must not be cited by a question begun afterwards,
what was added must be found by it, and no answer may mix two versions of a document.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from editions import ABSENT, Editions, Quote
from process import Use
from towns import LANGUAGES, Town

from assistant import Assistant, LibraryError, Settings
from assistant.web.thrift import give_back

ASKING, WRITING, READING = 16, 2, 3
STILL, MOVING = 100, 60
MOST_MINUTES = 60
REBUILT_EVERY = 60.0
STALL = 120.0
COMMANDS = (["ask", "--json"], ["search", "--json"], ["documents", "--json"])
COMMAND = "import sys; from assistant.cli import main; sys.exit(main(sys.argv[1:]))"


@dataclass(slots=True)
class Tally:
    """What was done, and what was wrong; of one thread, or added up.

    Attributes:
        done: How often each thing was done.
        faults: What was wrong, in words.
    """

    done: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Add another one."""
        self.done += other.done
        self.faults += other.faults


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run takes place.

    Attributes:
        folder: Holds the library, the documents and the log.
        until: When it ends, by `time.monotonic`.
        seed: Of all that chance decides.
        pause: Seconds between two questions of one who asks.
    """

    folder: Path
    until: float
    seed: int
    pause: float

    @property
    def library(self) -> Path:
        """The library's folder."""
        return self.folder / "library"

    @property
    def log(self) -> Path:
        """The log of editions."""
        return self.folder / "editions.jsonl"

    def document(self, number: int) -> Path:
        """Return the file of a town."""
        return self.folder / "documents" / f"{number:04}.txt"

    @property
    def is_over(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() >= self.until


class Writer:
    """Changes documents: those of its own towns only, so that two do not contend for one.

    Args:
        place: Where.
        assistant: By whom.
        which: Which of the writers it is, of how many.
        tally: What it did.
    """

    def __init__(
        self, place: Place, assistant: Assistant, which: tuple[int, int], tally: Tally
    ) -> None:
        self._place = place
        self._assistant = assistant
        self._tally = tally
        self._chance = random.Random(f"{place.seed} writer {which}")  # noqa: S311  # repeatable
        self._towns = range(STILL + which[0], STILL + MOVING, which[1])
        self._log = Editions(place.log)
        self._editions = dict.fromkeys(self._towns, 1)
        self._next = 2
        self._rebuilt = time.monotonic()
        self._rebuilds = which[0] == 0

    def run(self) -> None:
        """Change documents until the time is up."""
        while not self._place.is_over:
            if self._rebuilds and time.monotonic() - self._rebuilt > REBUILT_EVERY:
                self._assistant.rebuild()
                self._rebuilt = time.monotonic()
                self._tally.done["rebuilt"] += 1
            self._change(self._chance.choice(self._towns))
            time.sleep(self._chance.uniform(0, 2 * self._place.pause))

    def _change(self, number: int) -> None:
        if self._editions[number] == ABSENT:
            self._say(number)
            self._tally.done["added"] += 1
            return
        kind = self._chance.choices(["changed", "removed", "purged", "corrected"], [5, 3, 1, 1])[0]
        if kind == "changed":
            self._say(number)
        elif kind == "corrected":
            self._assistant.correct(self._id(number), title=f"Guide {number}")
        else:
            self._remove(number, purge=kind == "purged")
        self._tally.done[kind] += 1

    def _say(self, number: int) -> None:
        edition, self._next = self._next, self._next + 1
        self._log.begin(number, edition)
        path = self._place.document(number)
        path.write_text(Town(number).text(edition), encoding="utf-8")
        report = self._assistant.add(path)
        if report.failed:
            self._tally.faults.append(f"not added: {report.failed}")
        self._log.end(number, edition)
        self._editions[number] = edition

    def _remove(self, number: int, *, purge: bool) -> None:
        document_id = self._id(number)
        self._log.begin(number, ABSENT, purge=purge)
        try:
            self._assistant.remove(document_id, purge=purge)
        except LibraryError as error:
            # It is removed; who was reading all the while keeps its words in the files until then.
            if "has been reading" not in str(error):
                raise
            self._tally.done["purges held up"] += 1
        self._log.end(number, ABSENT)
        self._editions[number] = ABSENT

    def _id(self, number: int) -> str:
        source = str(self._place.document(number))
        return next(d.id for d in self._assistant.documents() if source in d.sources)


class Asker:
    """Asks and searches, and checks what comes.

    Args:
        place: Where.
        assistant: Whom.
        name: Who it is.
        tally: What it did and saw.
    """

    def __init__(self, place: Place, assistant: Assistant, name: str, tally: Tally) -> None:
        self._place = place
        self._assistant = assistant
        self._tally = tally
        self._chance = random.Random(f"{place.seed} {name}")  # noqa: S311  # repeatable
        self._log = Editions(place.log)

    def run(self) -> None:
        """Ask until the time is up."""
        acts = (self._ask, self._ask, self._search, self._talk, self._newest, self._look)
        while not self._place.is_over:
            self._chance.choice(acts)()
            time.sleep(self._chance.uniform(0, 2 * self._place.pause))

    def _question(self) -> tuple[Town, str]:
        town = Town(self._chance.randrange(STILL + MOVING))
        return town, town.question(self._chance, self._chance.choice(LANGUAGES))

    def _checked(self, name: str, asked: float, quotes: list[Quote]) -> None:
        self._tally.done[name] += 1
        self._tally.done["quotes"] += len(quotes)
        faults = self._log.faults(quotes, asked, time.monotonic())
        self._tally.faults += [f"{name}: {fault}" for fault in faults]

    def _ask(self) -> None:
        town, question = self._question()
        asked = time.monotonic()
        answer = self._assistant.ask(question)
        self._checked("asked", asked, _quotes([*answer.citations, *answer.hits]))
        if town.number < STILL:
            self._tally.done["of still ones"] += 1
            self._tally.done["of still ones, answered"] += answer.answered

    def _search(self) -> None:
        asked = time.monotonic()
        unit = self._chance.choice(("passage", "sentence"))
        hits = self._assistant.search(self._question()[1], unit=unit)
        self._checked("searched", asked, _quotes(hits))

    def _talk(self) -> None:
        talk = self._assistant.conversation()
        for _ in range(2):
            asked = time.monotonic()
            answer = talk.ask(self._question()[1])
            self._checked("talked", asked, _quotes([*answer.citations, *answer.hits]))

    def _newest(self) -> None:
        """Look for a document that was just added, unless it is changed again meanwhile."""
        known = self._log.now()
        moving = [n for n, edition in known.items() if n >= STILL and edition > 1]
        if not moving:
            return
        number = max(moving, key=known.__getitem__)
        town, asked = Town(number), time.monotonic()
        question = town.question(self._chance)
        found = self._assistant.search(question)
        self._checked("looked for the newest", asked, _quotes(found))
        text = town.text(known[number])
        is_found = any(text[h.start_char_index : h.end_char_index] == h.text for h in found)
        if not is_found and self._stood(number, known[number]):
            self._tally.faults.append(f"added, and not found: town {number}, {question}")

    def _stood(self, number: int, edition: int) -> bool:
        """Return whether an edition stands, and nobody has begun to change it."""
        lines = self._place.log.read_bytes().splitlines()
        last = next(one for one in map(json.loads, reversed(lines)) if one[1] == number)
        return bool(last[0] == "end" and last[2] == edition)

    def _look(self) -> None:
        """List the documents, and read one."""
        self._tally.done["listed"] += 1
        one = self._chance.choice(self._assistant.documents())
        try:
            whole = self._assistant.document(one.id, one.version)
        except LibraryError as error:
            if type(error) is not LibraryError:  # purged meanwhile is a plain one
                raise
            self._tally.done["purged meanwhile"] += 1
            return
        # An earlier version may be read for as long as it is kept.
        if self._log.text(whole.version) != whole.text:
            self._tally.faults.append(f"another text than was added: {one.id} {one.version}")


def _quotes(found: list[object]) -> list[Quote]:
    return [Quote.of(asdict(one)) for one in found]  # type: ignore[call-overload]  # dataclasses


def guarded(run: Callable[[], None], name: str, tally: Tally) -> None:
    """Do something; what it raises is a fault."""
    try:
        run()
    except BaseException as error:  # noqa: BLE001  # reported
        tally.faults.append(f"{name} ended: {type(error).__name__}: {error}")


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parts = {"threads": with_threads, "processes": with_processes}
    parser.add_argument("--part", choices=parts, action="append", help="both by default")
    parser.add_argument("--minutes", type=float, default=10, metavar="N", help="of each part")
    parser.add_argument("--pause", type=float, default=0.1, metavar="SECONDS", help="on average")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    options = parser.parse_args()
    if not 0 < options.minutes <= MOST_MINUTES:
        parser.error(f"at most {MOST_MINUTES} minutes")
    for name in options.part or parts:
        with tempfile.TemporaryDirectory() as folder:
            place = Place(Path(folder), 0.0, options.seed, options.pause)
            begin(place)
            until = time.monotonic() + 60 * options.minutes
            show(name, parts[name](Place(place.folder, until, options.seed, options.pause)))


def begin(place: Place) -> None:
    """Make the documents and the library."""
    log = Editions(place.log)
    place.document(0).parent.mkdir()
    for number in range(STILL + MOVING):
        log.begin(number, 1)
        place.document(number).write_text(Town(number).text(), encoding="utf-8")
    with Assistant(place.library, Settings()) as assistant:
        assistant.add(place.document(0).parent)
    for number in range(STILL + MOVING):
        log.end(number, 1)


def show(name: str, tally: Tally) -> None:
    """Print what a part did and saw."""
    print(f"{name}: " + ", ".join(f"{what} {n}" for what, n in sorted(tally.done.items())))
    print(f"{name}: faults {len(tally.faults)}")
    for fault in tally.faults[:20]:
        print(f"  {fault}"[:600])


def with_threads(place: Place) -> Tally:
    """Let threads of this process ask and write."""
    tallies = [Tally() for _ in range(ASKING + WRITING)]
    with Assistant(place.library, Settings()) as assistant:
        askers = [Asker(place, assistant, f"asker {n}", tallies[n]) for n in range(ASKING)]
        writers = [
            Writer(place, assistant, (n, WRITING), tallies[ASKING + n]) for n in range(WRITING)
        ]
        threads = [
            threading.Thread(target=guarded, args=(one.run, f"thread {n}", tally), daemon=True)
            for n, (one, tally) in enumerate(zip([*askers, *writers], tallies, strict=True))
        ]
        for thread in threads:
            thread.start()
        while not place.is_over:
            time.sleep(max(0.0, min(60.0, place.until - time.monotonic())))
            # What is free and kept by the C library says nothing of what is held on to.
            give_back()
            now = Use.of(os.getpid())
            print(
                f"memory {now.memory:.0f} MB, private {now.private:.0f} MB, handles {now.handles},"
                f" threads {now.threads}",
                flush=True,
            )
        for thread in threads:
            thread.join(STALL)
    whole = Tally(faults=["a thread hangs" for thread in threads if thread.is_alive()])
    for tally in tallies:
        whole.add(tally)
    return whole


def with_processes(place: Place) -> Tally:
    """Let one process write, and others read."""
    context = multiprocessing.get_context("spawn")
    said: multiprocessing.Queue[Tally] = context.Queue()
    opened = context.Barrier(READING + 1)
    running = [context.Process(target=read, args=(place, n, opened, said)) for n in range(READING)]
    running.append(context.Process(target=write, args=(place, opened, said)))
    for process in running:
        process.start()
    whole = Tally()
    guarded(lambda: command(place, whole), "the command line", whole)
    for _ in running:
        whole.add(said.get(timeout=STALL))
    for process in running:
        process.join(STALL)
    return whole


def read(place: Place, number: int, opened: object, said: object) -> None:
    """Open the library for reading, and ask; the whole of a process."""
    tally = Tally()

    def run() -> None:
        with Assistant(place.library, Settings(), read_only=True) as assistant:
            assistant.ask("?")
            opened.wait(STALL)  # type: ignore[attr-defined]  # a barrier of processes
            Asker(place, assistant, f"reader {number}", tally).run()
            now = Use.of(os.getpid())
            print(f"reader: memory {now.memory:.0f} MB, handles {now.handles}", flush=True)

    guarded(run, f"reader {number}", tally)
    said.put(tally)  # type: ignore[attr-defined]  # a queue between processes


def write(place: Place, opened: object, said: object) -> None:
    """Write when all readers are there; the whole of a process."""
    tally = Tally()

    def run() -> None:
        opened.wait(STALL)  # type: ignore[attr-defined]  # as above
        with Assistant(place.library, Settings()) as assistant:
            Writer(place, assistant, (0, 1), tally).run()
            now = Use.of(os.getpid())
            print(f"writer: memory {now.memory:.0f} MB, handles {now.handles}", flush=True)

    guarded(run, "the writer", tally)
    said.put(tally)  # type: ignore[attr-defined]  # as above


def command(place: Place, tally: Tally) -> None:
    """Start commands that read, one after the other."""
    chance = random.Random(f"{place.seed} commands")  # noqa: S311  # repeatable
    log = Editions(place.log)
    environment = {key: value for key, value in os.environ.items() if key[:6] != "SANAD_"}
    while not place.is_over:
        name, *options = chance.choice(COMMANDS)
        town = Town(chance.randrange(STILL + MOVING))
        words = [] if name == "documents" else [town.question(chance)]
        asked = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-c", COMMAND, name, *options, "--library", place.library, *words],
            capture_output=True,
            env=environment,
            timeout=STALL,
            check=False,
        )
        tally.done[f"sanad {name}"] += 1
        if done.returncode not in (0, 1) or done.stderr:
            said = done.stderr.decode(errors="replace")[-300:]
            tally.faults.append(f"sanad {name}: {done.returncode} {said}")
        elif name != "documents":
            found = json.loads(done.stdout)
            found = found if isinstance(found, list) else [*found["citations"], *found["hits"]]
            faults = log.faults(map(Quote.of, found), asked, time.monotonic())
            tally.faults += [f"sanad {name}: {fault}" for fault in faults]


if __name__ == "__main__":
    main()
