"""Looks at everything that a library holds, whether it hangs together; changes nothing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.library.database import reading_mode
from assistant.library.folder import check_catalogue
from assistant.library.soundness import CATALOGUE, damaged

Fault = Literal["pages", "versions", "passages", "spans", "vectors", "quotes"]
_FLOAT_BYTES = 4
_SPAN_BYTES = 8
_LINES = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a library that does not hang together.

    Attributes:
        fault: What kind of fault: ``pages`` of the file are damaged; ``versions`` of documents or
            the documents of sources are missing; ``passages`` are not of their document's version;
            ``spans`` lie outside their text, or say other words than it; ``vectors`` have another
            length than most, or are none; ``quotes`` of kept answers are not what they point at.
        count: How many.
        example: The first one: a document's id, a source, or SQLite's words.
    """

    fault: Fault
    count: int
    example: str


def inspect_catalogue(folder: Path) -> tuple[Finding, ...]:
    """Look at all pages, documents, passages and kept answers of a library.

    Args:
        folder: The library's folder; others may be writing to it.

    Returns:
        What does not hang together; nothing where all is well.

    Raises:
        LibraryDamaged: The catalogue can't be read at all.
        LibraryError: There is no library.
    """
    check_catalogue(folder, read_only=True)
    path = folder / CATALOGUE
    address = f"{path.resolve().as_uri()}?{reading_mode(path.resolve())}"
    try:
        with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection:
            connection.execute("BEGIN")  # all of it as it is at one moment
            lines = [
                str(line)
                for (line,) in connection.execute("PRAGMA integrity_check")
                if line != "ok"
            ]
            if lines:
                return (Finding("pages", len(lines), "; ".join(lines[:_LINES])),)
            looks: dict[Fault, Iterator[str]] = {
                "versions": _without_version(connection),
                "passages": _stray_passages(connection),
                "spans": _wrong_spans(connection),
                "vectors": _odd_vectors(connection),
                "quotes": _wrong_quotes(connection),
            }
            found = {fault: list(look) for fault, look in looks.items()}
    except sqlite3.DatabaseError as error:
        raise damaged(path, str(error)) from error
    return tuple(Finding(fault, len(all_), all_[0]) for fault, all_ in found.items() if all_)


def _without_version(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield documents whose newest version is not there, and sources of no such document."""
    yield from _first(
        connection,
        "SELECT d.id FROM documents d LEFT JOIN versions v "
        "ON v.document_id = d.id AND v.version = d.version WHERE v.document_id IS NULL",
    )
    yield from _first(
        connection,
        "SELECT source FROM sources WHERE document_id NOT IN "
        "(SELECT id FROM documents WHERE present)",
    )


def _stray_passages(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the documents of passages that are not of a version that is searched."""
    yield from _first(
        connection,
        "SELECT p.document_id FROM passages p LEFT JOIN documents d "
        "ON d.id = p.document_id AND d.version = p.version AND d.present WHERE d.id IS NULL",
    )


def _wrong_spans(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the documents of passages that are not what stands in their text."""
    import numpy as np

    versions = connection.execute(
        "SELECT d.id, v.text FROM documents d JOIN versions v "
        "ON v.document_id = d.id AND v.version = d.version WHERE d.present"
    )
    for document_id, text in versions:
        passages = connection.execute(
            'SELECT start, "end", text, sentences FROM passages WHERE document_id = ?',
            (document_id,),
        )
        for start, end, words, sentences in passages:
            inside = 0 <= start < end <= len(text) and text[start:end] == words
            whole = bool(sentences) and len(sentences) % _SPAN_BYTES == 0
            if inside and whole:
                spans = np.frombuffer(sentences, "<u4").reshape(-1, 2)
                inside = bool(
                    (spans[:, 0] >= start).all()
                    and (spans[:, 0] < spans[:, 1]).all()
                    and (spans[:, 1] <= end).all()
                )
            if not (inside and whole):
                yield document_id


def _odd_vectors(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the documents of vectors of another length than most, or with no numbers in them."""
    import numpy as np

    lengths = connection.execute(
        "SELECT length(vector) FROM passages GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
    ).fetchone()
    if lengths is None:
        return
    (usual,) = lengths
    for document_id, vector in connection.execute("SELECT document_id, vector FROM passages"):
        is_whole = len(vector) == usual and usual and not usual % _FLOAT_BYTES
        if not is_whole or not np.isfinite(np.frombuffer(vector, "<f4")).all():
            yield document_id


def _wrong_quotes(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the documents of citations in kept answers that are not what they point at."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'turns'").fetchone():
        return
    texts: dict[tuple[str, str], str | None] = {}
    for (stored,) in connection.execute("SELECT answer FROM turns WHERE answer <> ''"):
        for cited in json.loads(stored)["citations"]:
            key = (cited["document_id"], cited["version"])
            if not cited["version"]:  # purged
                continue
            if key not in texts:
                row = connection.execute(
                    "SELECT text FROM versions WHERE document_id = ? AND version = ?", key
                ).fetchone()
                texts[key] = row and row[0]
            start, end = cited["start_char_index"], cited["end_char_index"]
            if (texts[key] or "")[start:end] != cited["cited_text"]:
                yield cited["document_id"]


def _first(connection: sqlite3.Connection, statement: str) -> Iterator[str]:
    for row in connection.execute(statement):
        yield str(row[0])
