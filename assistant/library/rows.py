"""Between the catalogue's rows and the dataclasses that leave it."""

from __future__ import annotations

import datetime as dt
import json
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

import numpy as np

from assistant.library.records import Passage, StoredSentence
from assistant.schema import Block, Document, PassageSpan

# What a person has put right counts before what a document says of itself.
TITLE, LANGUAGE = "coalesce(c.title, v.title)", "coalesce(c.language, v.language)"
DATE = "coalesce(c.date, v.date)"
CORRECTED = "LEFT JOIN corrections c ON c.document_id = v.document_id"
VERSION_COLUMNS = (
    f"{TITLE}, v.source, {LANGUAGE}, {DATE}, v.quality, v.metadata, c.title, c.date, c.language"
)
# The day that a document is certainly of: put right, given, or read in its text beyond doubt.
_SURE_DATE = (
    "coalesce(c.date, CASE WHEN json_extract(v.metadata, '$.date_from') IN ('text', 'given') "
    "AND json_extract(v.metadata, '$.date_doubt') IS NULL THEN v.date END)"
)
PASSAGE_COLUMNS = (
    f'p.id, p.document_id, p.version, {TITLE}, v.source, p.start, p."end", p.text, '
    f"p.sentences, p.places, {_SURE_DATE}"
)


def version_row(document: Document) -> tuple[object, ...]:
    """Return a document's row in ``versions``."""
    blocks = [[b.start, b.end, b.kind, b.place] for b in document.blocks]
    return (
        document.id,
        document.version,
        document.title,
        document.source,
        document.language,
        document.date.isoformat() if document.date else None,
        document.text,
        json.dumps(blocks, ensure_ascii=False, separators=(",", ":")),
        document.quality,
        json.dumps(dict(document.metadata), ensure_ascii=False),
    )


def document_from_row(
    row: Sequence[Any], sources: Sequence[str], text: str = "", blocks: str = "[]"
) -> Document:
    """Return a document from ``(id, version)`` and `VERSION_COLUMNS`."""
    document_id, version, title, source, language, date, quality, metadata, *corrections = row
    named = zip(("title", "date", "language"), corrections, strict=True)
    corrected = " ".join(name for name, value in named if value is not None)
    return Document(
        id=document_id,
        version=version,
        title=title,
        source=sources[0] if sources else source,
        sources=tuple(sources),
        language=language,
        date=dt.date.fromisoformat(date) if date else None,
        text=text,
        blocks=tuple(Block(*block) for block in json.loads(blocks)),
        quality=quality,
        metadata=json.loads(metadata) | ({"corrected": corrected} if corrected else {}),
    )


def passage_row(
    document: Document, passage: PassageSpan, vector: bytes, generation: int
) -> tuple[object, ...]:
    """Return a passage's row in ``passages``, without its id."""
    places = _places(document.blocks, passage)
    return (
        document.id,
        document.version,
        generation,
        passage.start,
        passage.end,
        document.text[passage.start : passage.end],
        np.asarray(passage.sentences, dtype="<u4").tobytes(),
        json.dumps(places, ensure_ascii=False) if any(places) else "",
        vector,
    )


def passage_from_row(row: Sequence[Any]) -> Passage:
    """Return a passage from `PASSAGE_COLUMNS`."""
    number, document_id, version, title, source, start, end, text, sentences, places, date = row
    spans = np.frombuffer(sentences, dtype="<u4").reshape(-1, 2).tolist()
    named = json.loads(places) if places else [""] * len(spans)
    return Passage(
        id=number,
        document_id=document_id,
        version=version,
        document_title=title,
        source=source,
        start=start,
        end=end,
        text=text,
        sentences=tuple(
            StoredSentence(left, right, place)
            for (left, right), place in zip(spans, named, strict=True)
        ),
        date=dt.date.fromisoformat(date) if date else None,
    )


def _places(blocks: Sequence[Block], passage: PassageSpan) -> list[str]:
    """Return the place of each sentence of a passage: that of the block it stands in."""
    # Blocks are in order and apart; a document may have a million of them, and as many passages.
    first = bisect_right(blocks, passage.start, key=lambda block: block.end)
    last = bisect_left(blocks, passage.end, lo=first, key=lambda block: block.start)
    placed = blocks[first:last]
    return [
        next((b.place for b in placed if b.start <= sentence.start < b.end), "")
        for sentence in passage.sentences
    ]


def vectors_from_rows(rows: Sequence[Any]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return passages' ids, documents' ids and vectors, shapes (n,), (n,) and (n, dimensions)."""
    if not rows:
        return np.zeros(0, np.int64), np.zeros(0, np.str_), np.zeros((0, 0), np.float32)
    ids = np.array([row[0] for row in rows], dtype=np.int64)
    documents = np.array([row[1] for row in rows])
    joined = np.frombuffer(b"".join(row[2] for row in rows), dtype="<f4")
    return ids, documents, joined.reshape(len(rows), -1)
