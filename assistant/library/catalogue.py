"""The record of a library: documents, versions, passages and vectors, over SQLite.

Chroma and tantivy are indexes over it. Every write is one transaction that moves the catalogue's
generation on by one, so that an index can be brought up to date from the generation it reached.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from assistant.library.database import Database
from assistant.library.records import Changes, DocumentWrite, Passage, PassageBatch, SourceRecord
from assistant.library.rows import (
    PASSAGE_COLUMNS,
    VERSION_COLUMNS,
    document_from_row,
    passage_from_row,
    passage_row,
    version_row,
)
from assistant.schema import Document, Scope

_MOST_VARIABLES = 500


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
        row = self._database.reader.execute(
            "SELECT value FROM meta WHERE key = ?", (key,)
        ).fetchone()
        return row[0] if row else None

    def set_fact(self, key: str, value: str) -> None:
        """Store a fact about the library."""
        with self._database.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    # Writing

    def write(self, changes: Changes) -> int:
        """Write changes in one transaction.

        Args:
            changes: What to write.

        Returns:
            The new generation.
        """
        with self._database.transaction() as connection:
            generation = _next_generation(connection)
            for document_id in changes.dropped_documents:
                _drop_passages(connection, document_id, generation)
                connection.execute("UPDATE documents SET present = 0 WHERE id = ?", (document_id,))
                connection.execute("DELETE FROM sources WHERE document_id = ?", (document_id,))
            for source in changes.dropped_sources:
                connection.execute("DELETE FROM sources WHERE source = ?", (source,))
            for written in changes.documents:
                _put_document(connection, written, generation)
            for record in changes.sources:
                _put_source(connection, record)
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
            generation = _next_generation(connection)
            connection.executemany(
                "UPDATE passages SET vector = ?, generation = ? WHERE id = ?",
                [(row.tobytes(), generation, i) for i, row in zip(ids, rows, strict=True)],
            )
        return generation

    def erase(self, document_id: str) -> int:
        """Erase a document with all its versions, free pages included.

        Args:
            document_id: The document.

        Returns:
            The new generation.
        """
        with self._database.transaction() as connection:
            generation = _next_generation(connection)
            _drop_passages(connection, document_id, generation)
            for table in ("sources", "versions"):
                connection.execute(f"DELETE FROM {table} WHERE document_id = ?", (document_id,))  # noqa: S608  # own names
            connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))
        self._database.vacuum()
        return generation

    def forget_removed(self, generation: int) -> None:
        """Forget removed passages that every index has dropped by this generation."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM removed_passages WHERE generation <= ?", (generation,))

    # Documents and sources

    def documents(self) -> tuple[Document, ...]:
        """Return all documents by title, without their texts and blocks."""
        rows = self._database.reader.execute(
            f"SELECT v.document_id, v.version, {VERSION_COLUMNS} FROM documents d "  # noqa: S608  # own names
            "JOIN versions v ON v.document_id = d.id AND v.version = d.version "
            "WHERE d.present ORDER BY v.title, d.id"
        ).fetchall()
        sources: dict[str, list[str]] = {}
        for source, document_id in self._database.reader.execute(
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
        row = self._database.reader.execute(
            f"SELECT v.document_id, v.version, {VERSION_COLUMNS}, v.text, v.blocks FROM versions v "  # noqa: S608  # own names
            "JOIN documents d ON d.id = v.document_id "
            "WHERE v.document_id = ? AND v.version = coalesce(?, d.version)",
            (document_id, version),
        ).fetchone()
        if row is None:
            return None
        sources = self._database.reader.execute(
            "SELECT source FROM sources WHERE document_id = ? ORDER BY rowid", (document_id,)
        )
        *head, text, blocks = row
        return document_from_row(head, [source for (source,) in sources], text, blocks)

    def is_present(self, document_id: str) -> bool:
        """Return whether a document is searched, and not only kept for old citations."""
        row = self._database.reader.execute(
            "SELECT present FROM documents WHERE id = ?", (document_id,)
        ).fetchone()
        return bool(row and row[0])

    def sources(self) -> dict[str, SourceRecord]:
        """Return all sources by their path or name."""
        rows = self._database.reader.execute(
            "SELECT source, document_id, version, folder, size, modified FROM sources "
            "ORDER BY rowid"
        )
        return {row[0]: SourceRecord(*row) for row in rows}

    def known_ids(self) -> frozenset[str]:
        """Return the ids of all documents that this library ever held and did not erase."""
        return frozenset(i for (i,) in self._database.reader.execute("SELECT id FROM documents"))

    def documents_in(self, scope: Scope) -> frozenset[str]:
        """Return the ids of the documents that a scope lets through."""
        conditions, values = ["d.present"], []
        for condition, value in (
            ("v.language = ?", scope.language),
            ("v.date >= ?", scope.after and scope.after.isoformat()),
            ("v.date <= ?", scope.before and scope.before.isoformat()),
        ):
            if value is not None:
                conditions.append(condition)
                values.append(value)
        rows = self._database.reader.execute(
            "SELECT d.id FROM documents d JOIN versions v "  # noqa: S608  # own conditions
            f"ON v.document_id = d.id AND v.version = d.version WHERE {' AND '.join(conditions)}",
            values,
        )
        found = frozenset(document_id for (document_id,) in rows)
        return found & frozenset(scope.documents) if scope.documents else found

    # Passages

    def count_passages(self) -> int:
        """Return the number of passages."""
        return int(self._database.reader.execute("SELECT count(*) FROM passages").fetchone()[0])

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """Return passages by id; those that are gone are left out."""
        found: dict[int, Passage] = {}
        for start in range(0, len(ids), _MOST_VARIABLES):
            part = list(ids[start : start + _MOST_VARIABLES])
            marks = ",".join("?" * len(part))
            for row in self._database.reader.execute(
                f"SELECT {PASSAGE_COLUMNS} FROM passages p "  # noqa: S608  # own names
                "JOIN versions v ON v.document_id = p.document_id AND v.version = p.version "
                f"WHERE p.id IN ({marks})",
                part,
            ):
                passage = passage_from_row(row)
                found[passage.id] = passage
        return found

    def removed_since(self, generation: int) -> list[int]:
        """Return the passages that were removed after a generation."""
        rows = self._database.reader.execute(
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
            rows = self._database.reader.execute(
                f"SELECT {PASSAGE_COLUMNS}, p.vector FROM passages p "  # noqa: S608  # own names
                "JOIN versions v ON v.document_id = p.document_id AND v.version = p.version "
                "WHERE p.generation > ? AND p.id > ? ORDER BY p.id LIMIT ?",
                (generation, last, size),
            ).fetchall()
            if not rows:
                return
            vectors = np.stack([np.frombuffer(row[-1], dtype="<f4") for row in rows])
            yield PassageBatch([passage_from_row(row[:-1]) for row in rows], vectors)
            last = rows[-1][0]

    def vectors(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return ids, documents' ids and vectors of all passages.

        Returns:
            Arrays of shape (n,), (n,) and (n, dimensions).
        """
        rows = self._database.reader.execute(
            "SELECT id, document_id, vector FROM passages ORDER BY id"
        ).fetchall()
        if not rows:
            return np.zeros(0, np.int64), np.zeros(0, np.str_), np.zeros((0, 0), np.float32)
        ids = np.array([row[0] for row in rows], dtype=np.int64)
        documents = np.array([row[1] for row in rows])
        joined = np.frombuffer(b"".join(row[2] for row in rows), dtype="<f4")
        return ids, documents, joined.reshape(len(rows), -1)


def _next_generation(connection: sqlite3.Connection) -> int:
    row = connection.execute(
        "UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation' "
        "RETURNING value"
    ).fetchone()
    return int(row[0])


def _drop_passages(connection: sqlite3.Connection, document_id: str, generation: int) -> None:
    connection.execute(
        "INSERT INTO removed_passages SELECT id, ? FROM passages WHERE document_id = ?",
        (generation, document_id),
    )
    connection.execute("DELETE FROM passages WHERE document_id = ?", (document_id,))


def _put_source(connection: sqlite3.Connection, record: SourceRecord) -> None:
    connection.execute(
        "INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (source) DO UPDATE SET "
        "document_id = excluded.document_id, version = excluded.version, "
        "folder = excluded.folder, size = excluded.size, modified = excluded.modified",
        (
            record.source,
            record.document_id,
            record.version,
            record.folder,
            record.size,
            record.modified,
        ),
    )
    # Hits and citations name the first source that is still there.
    connection.execute(
        "UPDATE versions SET source = (SELECT source FROM sources WHERE document_id = ?1 "
        "ORDER BY rowid LIMIT 1) WHERE document_id = ?1",
        (record.document_id,),
    )


def _put_document(connection: sqlite3.Connection, written: DocumentWrite, generation: int) -> None:
    document = written.document
    _drop_passages(connection, document.id, generation)
    connection.execute(
        "INSERT OR REPLACE INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        version_row(document),
    )
    connection.execute(
        "INSERT OR REPLACE INTO documents VALUES (?, ?, 1)", (document.id, document.version)
    )
    vectors = np.ascontiguousarray(written.vectors, dtype="<f4")
    connection.executemany(
        'INSERT INTO passages (document_id, version, generation, start, "end", text, sentences, '
        "places, vector) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            passage_row(document, passage, vector.tobytes(), generation)
            for passage, vector in zip(written.passages, vectors, strict=True)
        ],
    )
