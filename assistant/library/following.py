"""Keeps an index in step with the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from assistant.library.catalogue import Catalogue
from assistant.library.records import PassageBatch
from assistant.library.terms import TermIndex
from assistant.library.writing import FORGOTTEN

# Chroma takes at most 5,461 passages in one call and is slow below 100.
BATCH = 2000

Watch = Callable[[int, int], None]


class Index(Protocol):
    """What follows the catalogue: the terms, or Chroma."""

    @property
    def reached(self) -> int:
        """The catalogue's generation that it has reached; 0 for an empty one."""

    def count(self) -> int:
        """Return the number of its passages."""

    def clear(self) -> None:
        """Drop everything."""

    def update(
        self, removed: Sequence[int], added: Iterable[PassageBatch], generation: int
    ) -> None:
        """Bring it to a generation; doing it twice does no harm."""


def follow(catalogue: Catalogue, index: Index, generation: int, watch: Watch | None = None) -> None:
    """Bring an index to a generation of the catalogue.

    Args:
        catalogue: The record.
        index: What follows it.
        generation: The catalogue's.
        watch: Told before each batch how many passages are done, and of how many.

    Raises:
        LibraryError: The index can't be read or written.
    """
    reached = index.reached
    forgotten = int(catalogue.fact(FORGOTTEN) or 0)
    is_stray = reached > generation or 0 < reached < forgotten
    if is_stray or (not reached and index.count()):
        # One of them came from a backup, or the index is another library's or of another format:
        # nothing tells what was removed since.
        index.clear()
        reached = 0
    if reached < generation:
        removed = catalogue.removed_since(reached) if reached else []
        index.update(removed, _added(catalogue, reached, watch), generation)


def remake(catalogue: Catalogue, terms: TermIndex) -> None:
    """Make the terms anew in one step; who reads in another process finds the old ones till then.

    Args:
        catalogue: The record.
        terms: The index.

    Raises:
        LibraryError: It can't be written.
    """
    terms.remake(catalogue.added_since(0, BATCH), catalogue.generation)


def _added(catalogue: Catalogue, reached: int, watch: Watch | None) -> Iterator[PassageBatch]:
    total = catalogue.count_passages(reached) if watch else 0
    done = 0
    for batch in catalogue.added_since(reached, BATCH):
        if watch is not None:
            watch(done, total)
        yield batch
        done += len(batch.passages)
