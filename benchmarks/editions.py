"""What stood in a library when: a log that many threads and processes write and check against.

Whoever changes a document writes a line before (`begin`) and a line after it was acknowledged
(`end`). An answer may cite only what stood at some moment between question and answer.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from towns import Town

ABSENT = 0


@dataclass(slots=True)
class Standing:
    """When an edition of a town's document stood in the library.

    Attributes:
        text: What it says.
        begun: When adding it began.
        ended: When its removal or replacement was acknowledged; None while it stands.
        purged: Whether its text is erased too, or being erased.
    """

    text: str
    begun: float
    ended: float | None = None
    purged: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document as an answer or a search gave them."""

    document_id: str
    version: str
    start: int
    end: int
    words: str

    @classmethod
    def of(cls, values: dict[str, Any]) -> Quote:
        """Return the quote of a citation's or a hit's plain values."""
        return cls(
            values["document_id"],
            values["version"],
            values["start_char_index"],
            values["end_char_index"],
            values["cited_text"] if "cited_text" in values else values["text"],
        )


def version_of(text: str) -> str:
    """Return the version of a file that holds a text."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(slots=True)
class Editions:
    """The log.

    Attributes:
        file: Where it is kept, one JSON line each.
    """

    file: Path
    _read: int = 0
    _rest: bytes = b""
    _standing: dict[str, Standing] = field(default_factory=dict)
    _now: dict[int, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, number: int, edition: int, *, purge: bool = False) -> None:
        """Note that a town's document is about to say something else, or to be removed."""
        self._write("begin", number, edition, purge)

    def end(self, number: int, edition: int) -> None:
        """Note that this was acknowledged."""
        self._write("end", number, edition, False)

    def _write(self, kind: str, number: int, edition: int, purge: bool) -> None:
        line = json.dumps([kind, number, edition, time.monotonic(), purge]) + "\n"
        with self.file.open("ab", buffering=0) as file:
            file.write(line.encode())

    def now(self) -> dict[int, int]:
        """Return the edition that was last acknowledged of each town; 0 where it was removed."""
        self._follow()
        with self._lock:
            return dict(self._now)

    def text(self, version: str) -> str | None:
        """Return the text of a version; None where it never was."""
        self._follow()
        with self._lock:
            standing = self._standing.get(version)
        return standing.text if standing else None

    def _follow(self) -> None:
        with self._lock:
            with self.file.open("rb") as file:
                file.seek(self._read)
                new = file.read()
            self._read += len(new)
            *lines, self._rest = (self._rest + new).split(b"\n")
            for line in lines:
                self._take(*json.loads(line))

    def _take(self, kind: str, number: int, edition: int, at: float, purge: bool) -> None:
        before = self._now.get(number, ABSENT)
        old = self._standing.get(version_of(Town(number).text(before))) if before else None
        if kind == "begin":
            if edition:
                text = Town(number).text(edition)
                self._standing.setdefault(version_of(text), Standing(text, at)).ended = None
            if purge and old is not None:
                old.purged = True
            return
        if old is not None and before != edition:
            old.ended = at
        self._now[number] = edition

    def faults(self, quotes: Iterable[Quote], asked: float, answered: float) -> list[str]:
        """Return what is wrong with the quotes of one answer.

        Args:
            quotes: The quotes.
            asked: When the question was asked, by `time.monotonic`.
            answered: When the whole answer was there.
        """
        self._follow()
        found, versions = [], {}
        with self._lock:
            for quote in quotes:
                standing = self._standing.get(quote.version)
                if standing is None:
                    found.append(f"a version that never was: {quote}")
                    continue
                if standing.text[quote.start : quote.end] != quote.words:
                    found.append(f"not its words: {quote}")
                if standing.begun > answered:
                    found.append(f"before it was added: {quote}")
                if standing.ended is not None and standing.ended < asked:
                    late = asked - standing.ended
                    found.append(f"{late:.3f} s after it was removed or replaced: {quote}")
                if versions.setdefault(quote.document_id, quote.version) != quote.version:
                    found.append(f"two versions of one document: {quote}")
        return found
