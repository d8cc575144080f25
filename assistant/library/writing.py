"""The statements that write the catalogue, each inside somebody's transaction."""

from __future__ import annotations

import sqlite3

import numpy as np

from assistant.library.conversations import erase_quotes
from assistant.library.records import Correction, DocumentWrite, MovedSource, SourceRecord
from assistant.library.rows import passage_row, version_row

FORGOTTEN = "removed_forgotten"


def next_generation(connection: sqlite3.Connection) -> int:
    """Move the generation on by one and return it."""
    row = connection.execute(
        "UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation' "
        "RETURNING value"
    ).fetchone()
    return int(row[0])


def put_fact(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Store a fact about the library."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))


def forget_removed(connection: sqlite3.Connection, generation: int) -> None:
    """Forget what was removed up to a generation, and note that nothing tells of it any more."""
    connection.execute("DELETE FROM removed_passages WHERE generation <= ?", (generation,))
    put_fact(connection, FORGOTTEN, str(generation))


def drop_passages(connection: sqlite3.Connection, document_id: str, generation: int) -> None:
    """Remove a document's passages; the indexes are told by their numbers."""
    connection.execute(
        "INSERT INTO removed_passages SELECT id, ? FROM passages WHERE document_id = ?",
        (generation, document_id),
    )
    connection.execute("DELETE FROM passages WHERE document_id = ?", (document_id,))


def drop_document(connection: sqlite3.Connection, document_id: str, generation: int) -> None:
    """Take a document out of all searches; its versions are kept."""
    drop_passages(connection, document_id, generation)
    connection.execute("UPDATE documents SET present = 0 WHERE id = ?", (document_id,))
    connection.execute("DELETE FROM sources WHERE document_id = ?", (document_id,))


def erase_document(connection: sqlite3.Connection, document_id: str, generation: int) -> None:
    """Erase a document with all its versions, and its words from the conversations kept."""
    erase_quotes(connection, document_id)
    drop_passages(connection, document_id, generation)
    for table in ("sources", "versions", "corrections"):
        connection.execute(f"DELETE FROM {table} WHERE document_id = ?", (document_id,))  # noqa: S608  # own names
    connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))


def drop_source(connection: sqlite3.Connection, source: str) -> None:
    """Forget a source."""
    rows = connection.execute(
        "DELETE FROM sources WHERE source = ? RETURNING document_id", (source,)
    ).fetchall()
    for (document_id,) in rows:
        _name_first_source(connection, document_id)


def put_source(connection: sqlite3.Connection, record: SourceRecord) -> None:
    """Set a source."""
    before = connection.execute(
        "SELECT document_id FROM sources WHERE source = ?", (record.source,)
    ).fetchone()
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
    for document_id in {record.document_id, *(before or ())}:
        _name_first_source(connection, document_id)


def move_source(connection: sqlite3.Connection, moved: MovedSource) -> None:
    """Set a source in the place of another; a document's sources are in order of their rows."""
    record = moved.record
    places = connection.execute(
        "DELETE FROM sources WHERE source = ? RETURNING rowid", (moved.old,)
    ).fetchall()
    put_source(connection, record)
    for (place,) in places:
        connection.execute("UPDATE sources SET rowid = ? WHERE source = ?", (place, record.source))
    _name_first_source(connection, record.document_id)
    connection.execute(
        "UPDATE versions SET title = coalesce(nullif(?1, ''), title) "
        "WHERE document_id = ?2 AND version = (SELECT version FROM documents WHERE id = ?2)",
        (moved.title, record.document_id),
    )


def _name_first_source(connection: sqlite3.Connection, document_id: str) -> None:
    """Let hits and citations name the first source that is still there."""
    connection.execute(
        "UPDATE versions SET source = coalesce((SELECT source FROM sources "
        "WHERE document_id = ?1 ORDER BY rowid LIMIT 1), source) WHERE document_id = ?1",
        (document_id,),
    )


def put_correction(
    connection: sqlite3.Connection, document_id: str, correction: Correction
) -> None:
    """Add to what was put right about a document, or take it all back with an empty correction."""
    if correction == Correction():
        connection.execute("DELETE FROM corrections WHERE document_id = ?", (document_id,))
    else:
        date = correction.date.isoformat() if correction.date else None
        connection.execute(
            "INSERT INTO corrections VALUES (?, ?, ?, ?) ON CONFLICT (document_id) DO UPDATE SET "
            "title = coalesce(excluded.title, title), date = coalesce(excluded.date, date), "
            "language = coalesce(excluded.language, language)",
            (document_id, correction.title, date, correction.language),
        )


def put_document(connection: sqlite3.Connection, written: DocumentWrite, generation: int) -> None:
    """Store a document's version and its passages in place of those before."""
    document = written.document
    drop_passages(connection, document.id, generation)
    connection.execute(
        "INSERT OR REPLACE INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        version_row(document),
    )
    connection.execute(
        "INSERT OR REPLACE INTO documents VALUES (?, ?, 1)", (document.id, document.version)
    )
    connection.execute(
        "INSERT OR IGNORE INTO corrections SELECT ?, title, date, language FROM corrections "
        "WHERE document_id = ?",
        (document.id, written.corrected_as),
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
