"""Looks at a library without changing anything in it, and at a Chroma server."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.library.dense import CHROMA_FILES, EMBEDDING
from assistant.library.health import fingerprint
from assistant.library.lock import holder
from assistant.library.server import server_version
from assistant.library.store import Library

VectorFiles = Literal["none", "clean", "unclean"]


@dataclass(frozen=True, slots=True)
class LibraryState:
    """What is in a library.

    Attributes:
        documents: How many documents.
        passages: How many passages.
        embedding: Fingerprint of the embedding that made the vectors; empty where they are
            unfinished, None where there are none yet.
        holder: Who is writing to it, such as ``process 7 on atlas``; empty for nobody.
        vector_files: Whether Chroma's files are as the last writer left them.
    """

    documents: int
    passages: int
    embedding: str | None
    holder: str
    vector_files: VectorFiles


def library_state(folder: Path) -> LibraryState:
    """Return what is in a library; nothing is written, and nobody is kept from writing.

    Args:
        folder: The library's folder.

    Raises:
        LibraryDamaged: The library can't be read.
        LibraryError: There is no library.
    """
    library = Library(folder, read_only=True)
    try:
        catalogue = library.catalogue
        return LibraryState(
            len(catalogue.documents()),
            catalogue.count_passages(),
            catalogue.fact(EMBEDDING),
            holder(folder),
            _vector_files(folder / "chroma", catalogue.fact(CHROMA_FILES) or ""),
        )
    finally:
        library.close()


def chroma_version(url: str) -> str:
    """Return the version of a Chroma server, as a sign that it answers.

    Raises:
        LibraryError: It does not, or the address is none.
    """
    return server_version(url)


def _vector_files(folder: Path, recorded: str) -> VectorFiles:
    if not folder.exists():
        return "none"
    return "clean" if recorded == fingerprint(folder) else "unclean"
