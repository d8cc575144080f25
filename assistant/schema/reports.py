"""What reading documents into the library reports: while it runs, and at its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that could not be read; its older version, if any, is kept.

    Attributes:
        source: The path or name as given.
        error: The error's class, such as ``EmptyDocument``.
        message: What failed, the value seen, and what to do.
    """

    source: str
    error: str
    message: str


@dataclass(frozen=True, slots=True)
class Progress:
    """A step of long work.

    Attributes:
        done: Steps finished, 0 to ``total``.
        total: Steps in all.
        name: What is at hand, such as a file's name.
    """

    done: int
    total: int
    name: str = ""


ProgressCallback = Callable[[Progress], None]

MendingReason = Literal["unclean", "missing", "failed", "behind"]


@dataclass(frozen=True, slots=True)
class Mending:
    """The index of vectors is being made good in the background; answers lack nothing meanwhile.

    Attributes:
        reason: ``unclean`` (its process was ended, so it is looked through), ``missing``,
            ``failed`` (it raised an error, or its server does not answer) or ``behind`` (much is to
            be added).
        done: Passages put in anew, 0 to ``total``.
        total: Passages to be put in; 0 while that is not known.
        detail: The last error's words, in English; empty where there was none.
    """

    reason: MendingReason
    done: int = 0
    total: int = 0
    detail: str = ""

    @property
    def percent(self) -> int | None:
        """How much is done, 0 to 100; None while that is not known."""
        return 100 * self.done // self.total if self.total else None


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What ``add`` or ``sync`` did; the tuples hold sources (paths or names).

    Attributes:
        added: New documents, and new paths of bytes already known.
        updated: Documents whose bytes changed.
        moved: Documents whose path changed, as new paths.
        unchanged: Documents left as they were.
        removed: Documents whose file is gone from the synced folder.
        failed: What could not be read, and why.
        warnings: What was read, but deserves a look.
        seconds: Wall-clock time.
    """

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    warnings: tuple[str, ...] = ()
    seconds: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain JSON values."""
        return {
            "added": list(self.added),
            "updated": list(self.updated),
            "moved": list(self.moved),
            "unchanged": list(self.unchanged),
            "removed": list(self.removed),
            "failed": [
                {"source": f.source, "error": f.error, "message": f.message} for f in self.failed
            ],
            "warnings": list(self.warnings),
            "seconds": self.seconds,
        }


@dataclass(frozen=True, slots=True)
class Backup:
    """A library in one file.

    Attributes:
        path: The file.
        size: Its bytes.
        created: When it was made, in ISO 8601.
        documents: How many documents are in it.
        passages: How many passages.
        conversations: How many conversations.
        files: How many files that were brought through the page.
    """

    path: str
    size: int
    created: str
    documents: int
    passages: int
    conversations: int
    files: int

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain JSON values."""
        return asdict(self)
