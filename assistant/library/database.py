"""A SQLite file: one writing connection, one reading connection a thread."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import LibraryDamaged, LibraryError

SCHEMA_VERSION = 1

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    version TEXT NOT NULL,
    present INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE versions (
    document_id TEXT NOT NULL,
    version TEXT NOT NULL,
    title TEXT NOT NULL,
    source TEXT NOT NULL,
    language TEXT NOT NULL,
    date TEXT,
    text TEXT NOT NULL,
    blocks TEXT NOT NULL,
    quality REAL NOT NULL,
    metadata TEXT NOT NULL,
    PRIMARY KEY (document_id, version)
);
CREATE TABLE sources (
    source TEXT PRIMARY KEY,
    document_id TEXT NOT NULL,
    version TEXT NOT NULL,
    folder TEXT NOT NULL,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL
);
CREATE INDEX sources_by_document ON sources (document_id);
CREATE INDEX sources_by_version ON sources (version);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id TEXT NOT NULL,
    version TEXT NOT NULL,
    generation INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL,
    sentences BLOB NOT NULL,
    places TEXT NOT NULL,
    vector BLOB NOT NULL
);
CREATE INDEX passages_by_document ON passages (document_id);
CREATE INDEX passages_by_generation ON passages (generation);
CREATE TABLE removed_passages (id INTEGER PRIMARY KEY, generation INTEGER NOT NULL);
CREATE INDEX removed_by_generation ON removed_passages (generation);
"""

_BUSY_SECONDS = 30.0
_CLOSED = "This library is closed. Open it again with Assistant(folder)."


class Database:
    """A SQLite file in WAL mode whose commits survive a loss of power.

    Args:
        path: The file.
        read_only: Never write; the file must exist.

    Raises:
        LibraryError: The file does not exist or can't be opened.
        LibraryDamaged: It is no catalogue, or was written by a newer version of Sanad.
    """

    def __init__(self, path: Path, *, read_only: bool) -> None:
        self._path = path
        self._read_only = read_only
        self._readers = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._writing = threading.RLock()
        self._writer: sqlite3.Connection | None = None
        self._closed = False
        try:
            if not read_only:
                self._writer = self._connect("rwc")
                self._prepare(self._writer)
            self._check_version()
        except sqlite3.DatabaseError as error:
            self.close()
            raise _damaged(path, error) from error

    def _connect(self, mode: str) -> sqlite3.Connection:
        address = f"{self._path.resolve().as_uri()}?mode={mode}"
        try:
            connection = sqlite3.connect(
                address,
                uri=True,
                timeout=_BUSY_SECONDS,
                isolation_level=None,
                check_same_thread=False,
            )
        except sqlite3.OperationalError as error:
            raise LibraryError(f"The catalogue {self._path} can't be opened: {error}.") from error
        self._opened.append(connection)
        return connection

    def _prepare(self, writer: sqlite3.Connection) -> None:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("PRAGMA synchronous = FULL")
        writer.execute("PRAGMA secure_delete = ON")
        if not writer.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            with self.transaction() as connection:
                for statement in filter(str.strip, _SCHEMA.split(";")):
                    connection.execute(statement)
                connection.execute("INSERT INTO meta VALUES ('schema', ?)", (str(SCHEMA_VERSION),))
                connection.execute("INSERT INTO meta VALUES ('generation', '0')")

    def _check_version(self) -> None:
        found = self.reader.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
        if found is None or int(found[0]) > SCHEMA_VERSION:
            seen = found[0] if found else "none"
            raise LibraryDamaged(
                f"The catalogue {self._path} has the schema version {seen}; this version of Sanad "
                f"knows up to {SCHEMA_VERSION}. Update Sanad, or choose another library."
            )

    @property
    def reader(self) -> sqlite3.Connection:
        """The calling thread's connection for reading."""
        if self._closed:
            raise LibraryError(_CLOSED)
        connection: sqlite3.Connection | None = getattr(self._readers, "connection", None)
        if connection is None:
            connection = self._connect("ro")
            connection.execute("PRAGMA query_only = ON")
            self._readers.connection = connection
        return connection

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Write in one transaction: all of it is kept, or none.

        Yields:
            The writing connection.

        Raises:
            LibraryError: The library is open for reading only, or the disk is full.
        """
        if self._writer is None:
            if self._closed:
                raise LibraryError(_CLOSED)
            raise LibraryError(
                "This library is open for reading only. Open it without read_only to change it."
            )
        with self._writing:
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            except BaseException as error:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                if isinstance(error, sqlite3.OperationalError):
                    raise LibraryError(
                        f"The catalogue {self._path} could not be written: {error}. "
                        "Nothing was changed; mend the cause and try again."
                    ) from error
                raise

    def vacuum(self) -> None:
        """Give free pages back, so that nothing of what was erased stays in the file."""
        if self._writer is not None:
            with self._writing:
                self._writer.execute("VACUUM")
                self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close all connections."""
        self._closed = True
        for connection in self._opened:
            connection.close()
        self._opened.clear()
        self._writer = None


def _damaged(path: Path, error: Exception) -> LibraryDamaged:
    return LibraryDamaged(
        f"The catalogue {path} can't be read: {error}. Restore it from a backup, or move it away "
        "and add the documents again."
    )
