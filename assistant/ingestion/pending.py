"""What one run of taking things in has decided: to be written, and to be reported."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.library import Changes, DocumentWrite, MovedSource, SourceRecord
from assistant.schema import Failure, SyncReport


@dataclass(slots=True)
class Pending:
    """The changes that the next write makes, while they grow."""

    documents: list[DocumentWrite] = field(default_factory=list)
    sources: dict[str, SourceRecord] = field(default_factory=dict)
    moved: list[MovedSource] = field(default_factory=list)
    dropped_sources: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)

    def taken(self) -> Changes:
        """Return the changes, and begin anew."""
        changes = Changes(
            documents=tuple(self.documents),
            sources=tuple(self.sources.values()),
            moved=tuple(self.moved),
            dropped_sources=tuple(self.dropped_sources),
            dropped_documents=tuple(self.orphans),
        )
        for part in (self.documents, self.moved, self.dropped_sources, self.orphans):
            part.clear()
        self.sources.clear()
        return changes


@dataclass(slots=True)
class Tally:
    """The lists of a report, while they grow."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def report(self, seconds: float) -> SyncReport:
        """Return the report.

        Args:
            seconds: Wall-clock time.
        """
        lists = {name: tuple(getattr(self, name)) for name in Tally.__slots__}
        return SyncReport(**lists, seconds=seconds)
