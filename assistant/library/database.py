"""A SQLite file: one writing connection, one reading connection a thread."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from assistant.errors import LibraryDamaged, LibraryError
from assistant.language.storing import storable
from assistant.library.layout import LATER, SCHEMA, SCHEMA_VERSION, STEPS
from assistant.library.soundness import damaged
from assistant.library.upgrading import keep_copy

_BUSY_SECONDS = 30.0
_LITTLE_ROOM = 1_000_000  # bytes
_WITH_LOG, _WITHOUT_LOG = "mode=ro", "mode=ro&immutable=1"
_READ_ONLY = "This library is open for reading only. Open it without read_only to change it."
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
        self._idle: list[sqlite3.Connection] = []
        self._lending = threading.Lock()
        self._writing = threading.RLock()
        self._writer: sqlite3.Connection | None = None
        self._closed = False
        self._read_only = read_only
        try:
            if not read_only:
                self._writer = self._connect("mode=rwc")
                with self._errors("opened"):
                    self._prepare(self._writer)
            self._check_version()
        except BaseException:
            self.close()
            raise

    def _connect(self, mode: str) -> sqlite3.Connection:
        address = f"{self._path.resolve().as_uri()}?{mode}"
        with self._errors("opened"):
            return sqlite3.connect(
                address,
                uri=True,
                timeout=_BUSY_SECONDS,
                isolation_level=None,
                check_same_thread=False,
            )

    @contextmanager
    def _errors(self, done: str, left: str = "Nothing was changed") -> Iterator[None]:
        """Turn SQLite's errors into the library's."""
        try:
            yield
        except sqlite3.Error as error:
            # Only what has no class of its own tells of damage.
            if type(error) is sqlite3.DatabaseError:
                raise damaged(self._path, str(error)) from error
            raise LibraryError(
                f"The catalogue {self._path} could not be {done}: {error}. "
                f"{self._room()}{left}; mend the cause and try again."
            ) from error

    def _room(self) -> str:
        """Say so where the disk is full, which SQLite does not always tell from other failures."""
        try:
            free = shutil.disk_usage(self._path.parent).free
        except OSError:
            return ""
        return f"Its disk is full: {free} bytes are free. " if free < _LITTLE_ROOM else ""

    def _prepare(self, writer: sqlite3.Connection) -> None:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("PRAGMA synchronous = FULL")
        writer.execute("PRAGMA secure_delete = ON")
        if not writer.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            with self.transaction() as connection:
                _run(connection, SCHEMA + "".join(STEPS.values()))
                connection.execute("INSERT INTO meta VALUES ('schema', ?)", (str(SCHEMA_VERSION),))
                connection.execute("INSERT INTO meta VALUES ('generation', '0')")
        self._check_version()
        (seen,) = writer.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
        if int(seen) < SCHEMA_VERSION:
            keep_copy(writer, self._path, int(seen))
        for version in range(int(seen) + 1, SCHEMA_VERSION + 1):
            # All of a step or none of it, so that it is taken up again after a loss of power.
            with self.transaction() as connection:
                _run(connection, STEPS[version])
                connection.execute(
                    "UPDATE meta SET value = ? WHERE key = 'schema'", (str(version),)
                )

    def _check_version(self) -> None:
        if not self.rows("SELECT 1 FROM sqlite_master WHERE name = 'meta'"):
            raise LibraryDamaged(
                f"{self._path} is no catalogue: it has no table meta. Restore a backup with: "
                "sanad restore BACKUP. Or choose another library."
            )
        found = self.rows("SELECT value FROM meta WHERE key = 'schema'")
        seen = str(found[0][0]) if found else "none"
        if not seen.isdigit() or int(seen) > SCHEMA_VERSION:
            raise LibraryDamaged(
                f"The catalogue {self._path} has the schema version {seen}; this version of Sanad "
                f"knows up to {SCHEMA_VERSION}. Update Sanad, or choose another library."
            )

    def rows(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Read rows; any number of threads may do so at once.

        Connections are lent and taken back, so that threads that come and go leave none open.

        Args:
            statement: A SELECT.
            values: Values of its parameters.

        Raises:
            LibraryError: The library is closed, or the file can't be read now.
            LibraryDamaged: The file is damaged.
        """
        with self._lending:
            if self._closed:
                raise LibraryError(_CLOSED)
            connection = self._idle.pop() if self._idle else None
        is_lasting = True
        if connection is None:
            mode = reading_mode(self._path.resolve()) if self._read_only else _WITH_LOG
            connection = self._connect(mode)
            # Without the log, or with tables of its own in the place of ones that are yet to come,
            # it would not see what somebody else writes later.
            is_lasting = not self._lend_tables(connection) and mode == _WITH_LOG
        try:
            with self._errors("read"):
                return _selected(connection, statement, values)
        finally:
            with self._lending:
                if is_lasting and not self._closed:
                    self._idle.append(connection)
                else:
                    connection.close()

    def _lend_tables(self, connection: sqlite3.Connection) -> bool:
        """Give a connection that only reads the tables that came after its catalogue, empty.

        Returns:
            Whether it got any.
        """
        has_lent = False
        with self._errors("read"):
            for name, made in LATER.items() if self._read_only else ():
                held = "SELECT 1 FROM sqlite_master WHERE name = ?"
                if not connection.execute(held, (name,)).fetchone():
                    connection.execute(made)
                    has_lent = True
        return has_lent

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Write in one transaction: all of it is kept, or none.

        Yields:
            The writing connection.

        Raises:
            LibraryError: The library is closed or open for reading only, or the disk is full.
            LibraryDamaged: The file is damaged.
        """
        with self._writing:
            writer = self._writable()
            with self._errors("written"):
                writer.execute("BEGIN IMMEDIATE")
                try:
                    yield writer
                    writer.execute("COMMIT")
                except BaseException:
                    if writer.in_transaction:
                        writer.execute("ROLLBACK")
                    raise

    def vacuum(self, *, wait: bool) -> bool:
        """Give free pages back and empty the log, so that nothing of what was erased stays.

        Args:
            wait: Wait for readers, half a minute at most.

        Returns:
            Whether it was done; a reader of an older state, in this or another process, hinders it.

        Raises:
            LibraryError: The library is closed or open for reading only, or the disk is full.
        """
        with self._writing:
            writer = self._writable()
            with self._errors("tidied", "Words that were erased may still stand in its files"):
                writer.execute(f"PRAGMA busy_timeout = {int(wait * _BUSY_SECONDS * 1000)}")
                try:
                    writer.execute("VACUUM")
                    is_busy, _, _ = writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                finally:
                    writer.execute(f"PRAGMA busy_timeout = {int(_BUSY_SECONDS * 1000)}")
        return not is_busy

    def _writable(self) -> sqlite3.Connection:
        if self._writer is None:
            raise LibraryError(_CLOSED if self._closed else _READ_ONLY)
        return self._writer

    def close(self) -> None:
        """Close all connections, the writing one last: it brings everything into the one file."""
        with self._writing, self._lending, self._errors("closed"), ExitStack() as steps:
            self._closed = True
            if self._writer is not None:
                steps.callback(self._writer.close)
            for connection in self._idle:
                steps.callback(connection.close)
            self._writer = None
            self._idle.clear()


def _selected(
    connection: sqlite3.Connection, statement: str, values: Sequence[object]
) -> list[tuple[Any, ...]]:
    """Return what a statement finds; an id that is looked for may hold a lone surrogate."""
    try:
        return connection.execute(statement, values).fetchall()
    except UnicodeEncodeError:
        known = [storable(value) if isinstance(value, str) else value for value in values]
        return connection.execute(statement, known).fetchall()


def _run(connection: sqlite3.Connection, statements: str) -> None:
    for statement in filter(str.strip, statements.split(";")):
        connection.execute(statement)


def reading_mode(path: Path) -> str:
    """Return how to open a file for reading, which needs a file beside it that can be written.

    Where there is none and the folder may not be written, what stands in the file is all there is.
    """
    shared, log = (path.with_name(path.name + suffix) for suffix in ("-shm", "-wal"))
    if os.access(path.parent, os.W_OK) or (shared.exists() and log.exists()):
        return _WITH_LOG
    if log.exists() and log.stat().st_size:
        raise LibraryError(
            f"The catalogue {path} can't be read: {log.name} holds changes that are not yet in it, "
            "and its folder may not be written, as reading them would need. Open the library once "
            "where its folder may be written, or copy the whole folder to such a place."
        )
    return _WITHOUT_LOG
