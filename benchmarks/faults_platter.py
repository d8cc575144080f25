"""A disk as a loss of power may leave it: what was synced, and of the rest anything."""

from __future__ import annotations

import os
import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

# As in power_loss.c: kind, folder, lengths of two names, size, inode, offset, modified.
RECORD = struct.Struct("<cBHHIQQq")
_SECTOR = 512
MODES = ("none", "some", "torn", "lengths")


@dataclass(frozen=True, slots=True)
class Event:
    """A record of the journal; its kinds stand in power_loss.c, and A is an acknowledgement."""

    kind: str
    is_folder: bool
    path: str
    other: str
    inode: int
    offset: int
    modified: int
    data: bytes


def read_journal(journal: Path) -> list[Event]:
    """Return what happened, in order."""
    events, data, at = [], journal.read_bytes(), 0
    while at < len(data):
        kind, folder, name, other, size, inode, offset, modified = RECORD.unpack_from(data, at)
        parts, at = [], at + RECORD.size
        for length in (name, other, size):
            parts.append(data[at : at + length])
            at += length
        names = [os.fsdecode(part) for part in parts[:2]]
        event = Event(kind.decode(), bool(folder), *names, inode, offset, modified, parts[2])
        events.append(event)
    return events


@dataclass(slots=True)
class _File:
    """A file: what is safe of it, and what was done since."""

    safe: bytearray = field(default_factory=bytearray)
    modified: int = 0
    since: list[Event] = field(default_factory=list)

    def sync(self) -> None:
        for event in self.since:
            _apply(self.safe, event)
            self.modified = event.modified
        self.since.clear()

    def after(self, mode: str, chance: random.Random) -> tuple[bytearray, int]:
        """Return what a loss of power may leave, and the time it bears."""
        data, modified = bytearray(self.safe), self.modified
        for event in self.since:
            if mode == "all" or (mode == "some" and chance.random() < 0.5):  # noqa: PLR2004  # a coin
                _apply(data, event)
            elif mode == "torn":
                _apply(data, event, chance)
            elif mode == "lengths":
                end = event.offset + len(event.data)
                data.extend(bytes(max(0, end - len(data))))
            else:
                continue
            modified = event.modified
        return data, modified


def _apply(data: bytearray, event: Event, torn: random.Random | None = None) -> None:
    if event.kind == "T":
        del data[event.offset :]
        data.extend(bytes(event.offset - len(data)))
        return
    end = event.offset + len(event.data)
    data.extend(bytes(max(0, end - len(data))))
    if torn is None:
        data[event.offset : end] = event.data
        return
    for start in range(event.offset - event.offset % _SECTOR, end, _SECTOR):
        first, last = max(start, event.offset), min(start + _SECTOR, end)
        if torn.random() < 0.5:  # noqa: PLR2004  # a coin
            data[first:last] = event.data[first - event.offset : last - event.offset]


@dataclass(slots=True)
class _Folder:
    """A folder: its names that are safe, those that are seen, and what was done in between."""

    safe: dict[str, _File | _Folder] = field(default_factory=dict)
    seen: dict[str, _File | _Folder] = field(default_factory=dict)
    since: list[dict[str, _File | _Folder | None]] = field(default_factory=list)

    def change(self, names: dict[str, _File | _Folder | None]) -> None:
        _change(self.seen, names)
        self.since.append(names)

    def sync(self) -> None:
        self.safe = dict(self.seen)
        self.since.clear()

    def after(self, mode: str, chance: random.Random) -> dict[str, _File | _Folder]:
        """Return the names that a loss of power may leave: changes are kept in their order."""
        count = {"none": 0, "all": len(self.since)}.get(mode)
        if count is None:
            count = chance.randint(0, len(self.since))
        names = dict(self.safe)
        for change in self.since[:count]:
            _change(names, change)
        return names


def _change(names: dict[str, _File | _Folder], change: dict[str, _File | _Folder | None]) -> None:
    for name, node in change.items():
        if node is None:
            names.pop(name, None)
        else:
            names[name] = node


class Disk:
    """What is on a disk, as a journal tells.

    Args:
        root: The folder that stands for the disk; all that is in it now is safe.
    """

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self._files: dict[int, _File] = {}
        self._top = self._read(root)

    def _read(self, path: Path) -> _Folder:
        folder = _Folder()
        for entry in path.iterdir():
            if entry.is_dir():
                folder.safe[entry.name] = self._read(entry)
            else:
                facts = entry.stat()
                file = _File(bytearray(entry.read_bytes()), facts.st_mtime_ns)
                folder.safe[entry.name] = self._files[facts.st_ino] = file
        folder.seen = dict(folder.safe)
        return folder

    def _at(self, path: str) -> _Folder:
        """Return the folder that a path names."""
        folder = self._top
        for part in filter(None, path[len(self._root) :].split("/")):
            inner = folder.seen[part]
            if not isinstance(inner, _Folder):
                raise TypeError(f"{path} is no folder")
            folder = inner
        return folder

    def happen(self, event: Event) -> None:
        """Let the next thing of the journal happen."""
        parent, _, name = event.path.rpartition("/")
        if event.kind in "WT":
            self._files[event.inode].since.append(event)
        elif event.kind == "C":
            self._files[event.inode] = file = _File(modified=event.modified)
            self._at(parent).change({name: file})
        elif event.kind == "M":
            self._at(parent).change({name: _Folder()})
        elif event.kind == "U":
            self._at(parent).change({name: None})
        elif event.kind == "S":
            (self._at(event.path) if event.is_folder else self._files[event.inode]).sync()
        elif event.kind in "RL":
            self._name(event)

    def _name(self, event: Event) -> None:
        parent, _, name = event.path.rpartition("/")
        place, _, other = event.other.rpartition("/")
        source, target = self._at(parent), self._at(place)
        node = source.seen[name]
        if event.kind == "L":
            target.change({other: node})
        elif source is target:
            source.change({name: None, other: node})
        else:
            target.change({other: node})
            source.change({name: None})

    def contents(self, mode: str, chance: random.Random) -> Iterator[tuple[str, bytes | None, int]]:
        """Yield what a loss of power leaves now: paths, bytes (None for folders) and times.

        Args:
            mode: ``none`` of what was not synced, ``some`` of it, ``torn`` in sectors, the
                ``lengths`` of files without what was written, or ``all``.
            chance: Draws what is kept.
        """
        yield from _walk(self._top, "", mode, chance)


def _walk(
    folder: _Folder, path: str, mode: str, chance: random.Random
) -> Iterator[tuple[str, bytes | None, int]]:
    for name, node in sorted(folder.after(mode, chance).items()):
        inner = f"{path}/{name}".lstrip("/")
        if isinstance(node, _Folder):
            yield inner, None, 0
            yield from _walk(node, inner, mode, chance)
        else:
            data, modified = node.after(mode, chance)
            yield inner, bytes(data), modified
