"""What is done to a library until a fault ends it, and what must come of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from faults_books import World

from assistant import Assistant
from assistant.library.layout import SCHEMA, SCHEMA_VERSION, STEPS

Acknowledge = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """One thing that is done to a library.

    Attributes:
        act: Does it, and acknowledges each step once it has returned.
        steps: By step, the versions that documents have once it is acknowledged; None for gone.
        purged: By step, words that are erased then.
        turns: Questions that are asked, one a step.
    """

    act: Callable[[Assistant, Acknowledge], None]
    steps: tuple[dict[str, int | None], ...] = ()
    purged: tuple[frozenset[str], ...] = ()
    turns: tuple[str, ...] = field(default=())


def plan_begin(world: World) -> Plan:
    """Make a library, add the loose files to it, and sync the folder."""
    loose = sorted(world.books.keys() - world.on_disk.keys())
    files = [str(world.paths[name]) for name in loose]
    folder = world.synced

    def act(assistant: Assistant, acknowledge: Acknowledge) -> None:
        assistant.add(*files)
        acknowledge()
        assistant.sync(folder)
        acknowledge()

    return Plan(act, (dict.fromkeys(loose, 1), dict.fromkeys(sorted(world.on_disk), 1)))


def plan_add(world: World) -> Plan:
    """Add files: four calls, of one to three files each."""
    calls = [
        [world.new_book("loose").name for _ in range(world.chance.randint(1, 3))] for _ in range(4)
    ]
    files = [[str(world.paths[name]) for name in names] for names in calls]

    def act(assistant: Assistant, acknowledge: Acknowledge) -> None:
        for paths in files:
            report = assistant.add(*paths)
            if report.failed or len(report.added) != len(paths):
                raise RuntimeError(f"not added: {report}")
            acknowledge()

    return Plan(act, tuple(dict.fromkeys(names, 1) for names in calls))


def plan_sync(world: World) -> Plan:
    """Change, delete, move and add files of a folder, and bring the library in step with it."""
    there = sorted(world.on_disk)
    world.chance.shuffle(there)
    deleted = there[:2]
    # A file that moved and changed between two syncs is another document, and until the second has
    # ended the old one is there too; so a file that moves stays as the library has it.
    changed = [n for n in there[2:] if not world.paths[n].name.startswith("moved-")][:4]
    still = [n for n in there[2:] if n not in changed and world.held.get(n) == world.on_disk[n]]
    moved = still[:2]
    for name in changed:
        world.on_disk[name] += 1
        world.write(name, world.on_disk[name])
    for name in deleted:
        world.paths[name].unlink()
        del world.on_disk[name]
    for name in moved:
        path = world.paths[name]
        world.paths[name] = path.with_name(f"moved-{world.written}-{path.name}")
        world.written += 1
        path.rename(world.paths[name])
    for _ in range(2):
        world.new_book("synced")
    synced = {n for n in world.held if world.paths[n].parent == world.synced}
    # What an earlier sync did not come to is there to be done too.
    step: dict[str, int | None] = {
        name: world.on_disk.get(name)
        for name in sorted(synced | set(world.on_disk))
        if world.on_disk.get(name) != world.held.get(name)
    }
    folder = world.synced

    def act(assistant: Assistant, acknowledge: Acknowledge) -> None:
        report = assistant.sync(folder)
        if report.failed:
            raise RuntimeError(f"not in step: {report.failed}")
        acknowledge()

    return Plan(act, (step,))


def _plan_removal(world: World, *, purge: bool) -> Plan:
    names = world.chance.sample(world.loose, min(3, len(world.loose)))
    sources = [str(world.paths[name]) for name in names]

    def act(assistant: Assistant, acknowledge: Acknowledge) -> None:
        # By their numbers: of one that moved, the library may know the old name yet.
        ids = {_number(d.source): d.id for d in assistant.documents()}
        for source in sources:
            assistant.remove(ids[_number(source)], purge=purge)
            acknowledge()

    words = [
        frozenset({world.books[n].word(world.held[n])}) if purge else frozenset() for n in names
    ]
    return Plan(act, tuple({name: None} for name in names), tuple(words))


def _number(source: str) -> str:
    return Path(source).stem.rpartition("-")[2]


def plan_rebuild(world: World) -> Plan:  # noqa: ARG001  # as the others
    """Make the indexes anew."""

    def act(assistant: Assistant, acknowledge: Acknowledge) -> None:
        assistant.rebuild()
        acknowledge()

    return Plan(act, ({},))


def plan_upgrade(world: World) -> Plan:
    """Open a library whose catalogue has an older schema."""
    version = world.chance.randrange(1, SCHEMA_VERSION)
    set_back(world.library / "catalogue.sqlite3", version)
    if version < 2:  # noqa: PLR2004  # the version that brought the conversations
        world.turns.clear()
    return Plan(lambda _, acknowledge: acknowledge(), ({},))


def plan_answer(world: World) -> Plan:
    """Ask in a conversation that the library keeps."""
    names = world.chance.sample(sorted(world.held), min(5, len(world.held)))
    questions = tuple(world.books[name].question for name in names)

    def act(assistant: Assistant, acknowledge: Acknowledge) -> None:
        known = assistant.conversations()
        conversation = assistant.conversation(known[0].id if known else None)
        for question in questions:
            conversation.ask(question)
            acknowledge()

    return Plan(act, ({},) * len(questions), turns=questions)


PLANS: dict[str, Callable[[World], Plan]] = {
    "add": plan_add,
    "sync": plan_sync,
    "remove": partial(_plan_removal, purge=False),
    "purge": partial(_plan_removal, purge=True),
    "rebuild": plan_rebuild,
    "upgrade": plan_upgrade,
    "answer": plan_answer,
}


def set_back(catalogue: Path, version: int) -> None:
    """Write a catalogue as an older version of the program would have left it.

    Args:
        catalogue: The file; nobody may have it open.
        version: The older version of its schema.
    """
    older = catalogue.with_name("older.sqlite3")
    older.unlink(missing_ok=True)
    with closing(sqlite3.connect(older)) as connection:
        connection.executescript(SCHEMA + "".join(STEPS[n] for n in range(2, version + 1)))
        connection.execute("ATTACH ? AS newer", (str(catalogue),))
        for (table,) in connection.execute(
            "SELECT name FROM main.sqlite_master WHERE type = 'table'"
        ).fetchall():
            columns = [
                f'"{name}"'
                for _, name, *_ in connection.execute(f"PRAGMA main.table_info({table})")
            ]
            names = ", ".join(columns)
            if table != "sqlite_sequence":
                connection.execute(
                    f"INSERT INTO main.{table} ({names}) SELECT {names} FROM newer.{table}"  # noqa: S608  # own names
                )
        connection.execute("DELETE FROM main.sqlite_sequence")
        connection.execute("INSERT INTO main.sqlite_sequence SELECT * FROM newer.sqlite_sequence")
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", (str(version),))
        connection.commit()
        connection.execute("DETACH newer")
    for name in ("", "-wal", "-shm"):
        catalogue.with_name(catalogue.name + name).unlink(missing_ok=True)
    older.rename(catalogue)
