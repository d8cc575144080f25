"""What people think of answers, inside the transactions that write it."""

from __future__ import annotations

import sqlite3

from assistant.errors import LibraryError
from assistant.schema import Rating


def rate(
    connection: sqlite3.Connection, conversation_id: str, number: int, rating: Rating | None
) -> None:
    """Store a rating in place of the one before.

    Args:
        connection: The writing connection.
        conversation_id: The conversation.
        number: The turn's number.
        rating: The rating; None to take it back.

    Raises:
        LibraryError: There is no whole answer of this number.
    """
    place = (conversation_id, number)
    held = "SELECT 1 FROM turns WHERE conversation_id = ? AND number = ? AND answer <> ''"
    if not connection.execute(held, place).fetchone():
        raise LibraryError(
            f"The conversation {conversation_id!r} has no answer number {number}. Its turns say "
            "which there are; one that was broken off can't be rated."
        )
    if rating is None:
        connection.execute(
            "DELETE FROM ratings WHERE conversation_id = ? AND number = ?",
            place,
        )
        return
    connection.execute(
        "INSERT OR REPLACE INTO ratings VALUES (?, ?, ?, ?)",
        (*place, rating.good, rating.reason),
    )


def erase_reasons(connection: sqlite3.Connection, conversation_id: str, first: int) -> None:
    """Erase the words of a conversation's ratings from a turn on: they may repeat a document's.

    Args:
        connection: The writing connection.
        conversation_id: The conversation.
        first: The number of the first turn that may hold words of the document.
    """
    connection.execute(
        "UPDATE ratings SET reason = '' WHERE conversation_id = ? AND number >= ?",
        (conversation_id, first),
    )
