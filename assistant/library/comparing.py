"""Whether both indexes hold just the passages of the catalogue; changes nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.library.lock import holder
from assistant.library.store import Library
from assistant.library.vector_ids import ids_in_folder

IndexName = Literal["terms", "vectors"]
IndexFault = Literal["well", "missing", "behind", "other", "damaged", "in_use", "elsewhere"]


@dataclass(frozen=True, slots=True)
class IndexState:
    """How an index stands to the catalogue.

    Attributes:
        index: Which one.
        state: ``well``; ``missing`` or ``behind``, which the next opening mends; ``other`` where
            it holds other passages though it should be up to date; ``damaged``; ``in_use`` by a
            process that writes, or ``elsewhere`` on a server, where it was not looked at.
        lacking: Passages that it lacks.
        foreign: Passages in it that are not in the catalogue.
    """

    index: IndexName
    state: IndexFault
    lacking: int = 0
    foreign: int = 0


def compare_indexes(folder: Path, chroma_url: str = "") -> tuple[IndexState, IndexState]:
    """Look at every passage in both indexes of a library.

    Args:
        folder: The library's folder.
        chroma_url: Address of a Chroma server, which is not looked at; empty for none.

    Returns:
        The terms' state and the vectors'.

    Raises:
        LibraryError: The library can't be opened.
    """
    library = Library(folder, read_only=True)
    try:
        held = {number for number, _ in library.catalogue.owners()}
        generation = library.catalogue.generation
        is_held = bool(holder(folder))
        found = library.terms.ids()
        terms = _compared("terms", held, found, is_behind=library.terms.reached < generation)
    finally:
        library.close()
    if chroma_url:
        return terms, IndexState("vectors", "elsewhere")
    chroma = folder / "chroma"
    if is_held:
        return terms, IndexState("vectors", "in_use")
    if not chroma.is_dir():
        return terms, IndexState("vectors", "missing" if held else "well")
    ids = ids_in_folder(chroma)
    if ids is None:
        return terms, IndexState("vectors", "damaged")
    return terms, _compared("vectors", held, ids, is_behind=False)


def _compared(
    index: IndexName, held: Collection[int], found: Collection[int], *, is_behind: bool
) -> IndexState:
    lacking, foreign = len(set(held) - set(found)), len(set(found) - set(held))
    if not lacking and not foreign:
        return IndexState(index, "well")
    return IndexState(index, "behind" if is_behind else "other", lacking, foreign)
