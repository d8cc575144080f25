"""Whether an index can be trusted, found out without risking this process.

Chroma's files, left by a process that was killed, can crash the process that opens them, so they
are looked through in a child: ``python -m assistant.library.health FOLDER CATALOGUE IDENTITY``.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.errors import LibraryError
from assistant.library.following import BATCH

if TYPE_CHECKING:
    from assistant.library.catalogue import Catalogue
    from assistant.library.records import Vectors
    from assistant.library.vectors import ChromaVectors

_SECONDS = 3600
_POLL_SECONDS = 0.05
# Chroma keeps vectors as they are given, or with their length made 1.
_TOLERANCE = 1e-4
_NEIGHBOURS = 10


def fingerprint(folder: Path) -> str:
    """Return sizes and times of all files in a folder, to be compared later."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return json.dumps(
        [[str(p.relative_to(folder)), p.stat().st_size, p.stat().st_mtime_ns] for p in files]
    )


def is_usable(folder: Path, identity: str, stop: threading.Event) -> bool:
    """Return whether a child process finds all in a Chroma folder that the catalogue says.

    Args:
        folder: Chroma's folder, beside the catalogue.
        identity: What tells the library from others.
        stop: Ends the child early; the answer means nothing then.
    """
    catalogue = folder.with_name("catalogue.sqlite3")
    # -P: nothing that lies in the working folder is imported.
    command = [sys.executable, "-P", "-m", "assistant.library.health"]
    arguments = [str(folder), str(catalogue), identity]
    with subprocess.Popen(  # noqa: S603  # own module
        command + arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as child:
        deadline = time.monotonic() + _SECONDS
        while child.poll() is None:
            if stop.wait(_POLL_SECONDS) or time.monotonic() > deadline:
                child.kill()
        return child.returncode == 0


def check(chroma: ChromaVectors, catalogue: Catalogue, go_on: Callable[[], None]) -> None:
    """Compare Chroma with the catalogue, vector by vector, and search a little.

    Args:
        chroma: The index.
        catalogue: What it is to hold, up to the generation that it says to have reached.
        go_on: Called between the steps; may raise to end it.

    Raises:
        LibraryError: It can't be read, lacks something or holds something else.
    """
    reached = chroma.reached
    if not reached:
        if chroma.count():
            raise LibraryError("It is another library's, or nothing tells what it holds.")
        return
    asked = found = 0
    for batch in catalogue.added_since(0, BATCH):
        go_on()
        ids = [passage.id for passage in batch.passages]
        if not _holds(chroma, ids, batch.vectors, _later(catalogue, reached)):
            raise LibraryError("It lacks vectors of the catalogue, or holds others.")
        # That the graph leads from vector to vector, seen at one in each batch.
        near = chroma.search(batch.vectors[0], _NEIGHBOURS) if batch.vectors[0].any() else []
        asked += bool(near)
        found += any(similarity > 1 - _TOLERANCE for _, similarity in near)
    if 2 * found < asked:
        raise LibraryError(f"Of {asked} vectors that it holds, {found} were found by searching.")
    later = _later(catalogue, reached)
    beyond = chroma.count() - (catalogue.count_passages() - len(later))
    if not 0 <= beyond <= len(later.union(catalogue.removed_since(reached))):
        raise LibraryError(f"It holds {beyond} vectors more than the catalogue.")


def _later(catalogue: Catalogue, reached: int) -> set[int]:
    """Return the passages that were written after a generation, perhaps by now."""
    return {p.id for batch in catalogue.added_since(reached, BATCH) for p in batch.passages}


def _holds(chroma: ChromaVectors, ids: list[int], vectors: Vectors, later: set[int]) -> bool:
    known = [place for place, number in enumerate(ids) if number not in later]
    if not known:
        return True
    held, stored = chroma.stored([ids[place] for place in known])
    if len(held) != len(known) or stored.shape != (len(held), vectors.shape[1]):
        return False
    places = {number: place for place, number in enumerate(ids)}
    own = vectors[[places[number] for number in held]]
    return bool(np.allclose(own, stored, atol=_TOLERANCE))


def main(folder: Path, catalogue: Path, identity: str) -> None:
    """Check a Chroma folder; any damage raises, or ends the process."""
    from assistant.library.catalogue import Catalogue
    from assistant.library.vectors import ChromaVectors

    record = Catalogue(catalogue, read_only=True)
    chroma = ChromaVectors(folder, library=identity)
    check(chroma, record, lambda: None)
    chroma.close()
    record.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
