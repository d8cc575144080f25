"""The record of a library: documents, versions, passages and vectors, over SQLite.

Chroma and tantivy are indexes over it. Every write is one transaction that moves the catalogue's
generation on by one, so that an index can be brought up to date from the generation it reached.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from assistant.library.conversations import Conversations
from assistant.library.database import Database
from assistant.library.described import PassageFacts, in_parts, marks
from assistant.library.records import Changes, Correction, Passage, PassageBatch, SourceRecord
from assistant.library.rows import (
    CORRECTED,
    PASSAGE_COLUMNS,
    TITLE,
    VERSION_COLUMNS,
    document_from_row,
    passage_from_row,
    vectors_from_rows,
)
from assistant.library.scoping import ABSENT, SOURCES, STATING, scope_query
from assistant.library.shelves import Shelves
from assistant.library.writing import (
    drop_document,
    drop_source,
    erase_document,
    forget_removed,
    move_source,
    next_generation,
    put_correction,
    put_document,
    put_fact,
    put_source,
)
from assistant.schema import Document, Scope

_UNTIDY = "untidy"


class Catalogue:
    """What a library holds.

    Args:
        path: The SQLite file.
        read_only: Never write; the file must exist.

    Raises:
        LibraryError: The file can't be opened.
        LibraryDamaged: It is no catalogue, or was written by a newer version of Sanad.
    """

    def __init__(self, path: Path, *, read_only: bool) -> None:
        self._database = Database(path, read_only=read_only)
        self._facts = PassageFacts(self._database)
        self.conversations = Conversations(self._database)
        self.shelves = Shelves(self._database)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    # Facts about the library

    @property
    def generation(self) -> int:
        """The number of transactions so far."""
        return int(self.fact("generation") or 0)

    def fact(self, key: str) -> str | None:
        """Return a stored fact about the library, such as the embedding's fingerprint."""
        rows = self._database.rows("SELECT value FROM meta WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else None

    def set_fact(self, key: str, value: str) -> None:
        """Store a fact about the library."""
        with self._database.transaction() as connection:
            put_fact(connection, key, value)

    # Writing

    def write(self, changes: Changes) -> int:
        """Write changes in one transaction.

        Args:
            changes: What to write.

        Returns:
            The new generation.
        """
        with self._database.transaction() as connection:
            generation = next_generation(connection)
            for written in changes.documents:
                put_document(connection, written, generation)
            for moved in changes.moved:
                move_source(connection, moved)
            for source in changes.dropped_sources:
                drop_source(connection, source)
            for record in changes.sources:
                put_source(connection, record)
            for document_id in changes.dropped_documents:
                drop_document(connection, document_id, generation)
        return generation

    def replace_vectors(self, ids: Sequence[int], vectors: np.ndarray) -> int:
        """Store other vectors for passages; the indexes see the passages as new.

        Args:
            ids: Passages.
            vectors: Shape (len(ids), dimensions).

        Returns:
            The new generation.
        """
        rows = np.ascontiguousarray(vectors, dtype="<f4")
        with self._database.transaction() as connection:
            generation = next_generation(connection)
            connection.executemany(
                "UPDATE passages SET vector = ?, generation = ? WHERE id = ?",
                [(row.tobytes(), generation, i) for i, row in zip(ids, rows, strict=True)],
            )
        return generation

    def erase(self, document_id: str) -> int:
        """Erase a document with all its versions, and what conversations hold of it.

        Its words are gone for good after `tidy`.

        Args:
            document_id: The document.

        Returns:
            The new generation.
        """
        with self._database.transaction() as connection:
            generation = next_generation(connection)
            erase_document(connection, document_id, generation)
            put_fact(connection, _UNTIDY, "yes")
        return generation

    def correct(self, document_id: str, correction: Correction) -> int:
        """Put right what a document says of itself, or take it back with an empty correction.

        The indexes hold nothing of it. Returns the new generation.
        """
        with self._database.transaction() as connection:
            generation = next_generation(connection)
            put_correction(connection, document_id, correction)
        return generation

    @property
    def is_untidy(self) -> bool:
        """Whether words that were erased may still stand in the files."""
        return bool(self.fact(_UNTIDY))

    def tidy(self, *, wait: bool) -> bool:
        """Clear free pages and the log of what was erased.

        Args:
            wait: Wait for readers, half a minute at most.

        Returns:
            Whether it was done; a reader, in this or another process, hinders it.
        """
        is_done = self._database.vacuum(wait=wait)
        if is_done:
            self.set_fact(_UNTIDY, "")
        return is_done

    def forget_removed(self, generation: int) -> None:
        """Forget removed passages that every index has dropped by this generation."""
        with self._database.transaction() as connection:
            forget_removed(connection, generation)

    # Documents and sources

    def documents(self) -> tuple[Document, ...]:
        """Return all documents by title, without their texts and blocks."""
        rows = self._database.rows(
            f"SELECT v.document_id, v.version, {VERSION_COLUMNS} FROM documents d "  # noqa: S608  # own names
            f"JOIN versions v ON v.document_id = d.id AND v.version = d.version {CORRECTED} "
            f"WHERE d.present ORDER BY {TITLE}, d.id"
        )
        sources: dict[str, list[str]] = {}
        for source, document_id in self._database.rows(
            "SELECT source, document_id FROM sources ORDER BY rowid"
        ):
            sources.setdefault(document_id, []).append(source)
        return tuple(document_from_row(row, sources.get(row[0], [])) for row in rows)

    def document(self, document_id: str, version: str | None = None) -> Document | None:
        """Return a document with its text, or None if this library never held it.

        Args:
            document_id: The document.
            version: One of its versions; the newest by default.
        """
        rows = self._database.rows(
            f"SELECT v.document_id, v.version, {VERSION_COLUMNS}, v.text, v.blocks FROM versions v "  # noqa: S608  # own names
            f"JOIN documents d ON d.id = v.document_id {CORRECTED} "
            "WHERE v.document_id = ? AND v.version = coalesce(?, d.version)",
            (document_id, version),
        )
        if not rows:
            return None
        sources = self._database.rows(
            "SELECT source FROM sources WHERE document_id = ? ORDER BY rowid", (document_id,)
        )
        *head, text, blocks = rows[0]
        return document_from_row(head, [source for (source,) in sources], text, blocks)

    def is_present(self, document_id: str) -> bool:
        """Return whether a document is searched, and not only kept for old citations."""
        rows = self._database.rows("SELECT present FROM documents WHERE id = ?", (document_id,))
        return bool(rows and rows[0][0])

    def sources(self, document_id: str | None = None) -> dict[str, SourceRecord]:
        """Return all sources, or those of one document, by their path or name."""
        rows = self._database.rows(SOURCES, (document_id,))
        return {row[0]: SourceRecord(*row) for row in rows}

    def known_ids(self) -> frozenset[str]:
        """Return the ids of all documents that this library ever held and did not erase."""
        return frozenset(i for (i,) in self._database.rows("SELECT id FROM documents"))

    def stating(self, fact: str) -> frozenset[str]:
        """Return the ids of the documents whose metadata have a fact, such as ``ocr_hint``."""
        return frozenset(found for (found,) in self._database.rows(STATING, (fact,)))

    def absent(self) -> list[tuple[str, str, str]]:
        """Return id, last source and version of all that is kept of removed documents."""
        return self._database.rows(ABSENT)

    def documents_in(self, scope: Scope) -> frozenset[str]:
        """Return the ids of the documents that a scope lets through."""
        rows = self._database.rows(*scope_query(scope))
        found = frozenset(document_id for (document_id,) in rows)
        return found & frozenset(scope.documents) if scope.documents else found

    # Passages

    def count_passages(self, since: int = 0) -> int:
        """Return the number of passages that were added after a generation, by default of all."""
        after = f" WHERE generation > {int(since)}" if since else ""
        return int(self._database.rows(f"SELECT count(*) FROM passages{after}")[0][0])  # noqa: S608  # a number

    def owners(self) -> list[tuple[int, str]]:
        """Return all passages with their documents' ids."""
        return self._database.rows("SELECT id, document_id FROM passages")

    def passages_of(self, document_id: str) -> list[int]:
        """Return the numbers of the passages of a document, in the order of its text."""
        statement = "SELECT id FROM passages WHERE document_id = ? ORDER BY start"
        return [number for (number,) in self._database.rows(statement, (document_id,))]

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """Return passages by id; those that are gone are left out."""
        found = (
            passage_from_row(row)
            for part in in_parts(ids)
            for row in self._database.rows(
                f"SELECT {PASSAGE_COLUMNS} FROM passages p "  # noqa: S608  # own names
                "JOIN versions v ON v.document_id = p.document_id AND v.version = p.version "
                f"{CORRECTED} WHERE p.id IN ({marks(part)})",
                part,
            )
        )
        return {passage.id: passage for passage in found}

    def facts(self, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
        """Return by passage its document's title and language; those that are gone are left out."""
        return self._facts.of(ids, self.generation)

    def removed_since(self, generation: int) -> list[int]:
        """Return the passages that were removed after a generation."""
        rows = self._database.rows(
            "SELECT id FROM removed_passages WHERE generation > ?", (generation,)
        )
        return [passage_id for (passage_id,) in rows]

    def added_since(self, generation: int, size: int) -> Iterator[PassageBatch]:
        """Yield the passages that were added after a generation and are still there.

        Args:
            generation: The generation that is known already.
            size: Passages in a batch.

        Yields:
            Batches in order of the passages' ids.
        """
        last = 0
        while True:
            rows = self._database.rows(
                f"SELECT {PASSAGE_COLUMNS}, p.vector FROM passages p "  # noqa: S608  # own names
                "JOIN versions v ON v.document_id = p.document_id AND v.version = p.version "
                f"{CORRECTED} WHERE p.generation > ? AND p.id > ? ORDER BY p.id LIMIT ?",
                (generation, last, size),
            )
            if not rows:
                return
            yield PassageBatch(
                [passage_from_row(row[:-1]) for row in rows], [row[-1] for row in rows]
            )
            last = rows[-1][0]

    def vectors(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return ids, documents' ids and vectors of all passages.

        Returns:
            Arrays of shape (n,), (n,) and (n, dimensions).
        """
        statement = "SELECT id, document_id, vector FROM passages ORDER BY id"
        return vectors_from_rows(self._database.rows(statement))
