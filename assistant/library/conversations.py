"""Conversations in the catalogue: what was asked and answered, kept as it was given."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, get_args

from assistant.errors import LibraryError
from assistant.language import words
from assistant.library.database import Database
from assistant.library.purging import without_document
from assistant.library.ratings import erase_reasons, rate
from assistant.library.sought import Sought, folded
from assistant.schema import Answer, CitationState, ConversationSummary, Rating, Turn

_SUMMARY = (
    "SELECT c.id, c.title, (SELECT count(*) FROM turns t WHERE t.conversation_id = c.id), "
    "c.created, c.updated, c.owner FROM conversations c"
)
_TURN = (
    "SELECT number, question, asked, answer, good, reason FROM turns "
    "LEFT JOIN ratings USING (conversation_id, number) WHERE conversation_id = ?"
)
_HOLDS = (
    "(instr(c.folded, {word}) OR EXISTS (SELECT 1 FROM turns t "
    "WHERE t.conversation_id = c.id AND instr(t.folded, {word})))"
)
_MOST_SOUGHT = 20  # words
_CURRENT, _CHANGED, _GONE, _ERASED = get_args(CitationState)


class Conversations:
    """The conversations of a catalogue; any number of threads may use it.

    What a method has written survives a loss of power once it returns. The indexes know nothing of
    conversations, so the catalogue's generation stays.

    Args:
        database: The catalogue's file.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    # Reading

    def summary(self, conversation_id: str) -> ConversationSummary | None:
        """Return a conversation's facts, or None if there is none of this id."""
        rows = self._rows(f"{_SUMMARY} WHERE c.id = ?", (conversation_id,))
        return _summary(rows[0]) if rows else None

    def summaries(self, query: str = "", owner: str = "") -> tuple[ConversationSummary, ...]:
        """Return the conversations of an owner, the one that was last asked in first.

        Args:
            query: Words that all stand in its title, its questions or its answers, as a reader
                would take them: folded, and also in another form. Empty for all.
            owner: Whose conversations.
        """
        sought = [Sought(word) for word in words(query)[:_MOST_SOUGHT]]
        holds = [f"({_HOLDS.format(word='?')} OR {_HOLDS.format(word='?')})" for _ in sought]
        values = [v for word in sought for v in (word.begun, word.begun, word.stem, word.stem)]
        rows = self._rows(
            f"{_SUMMARY} WHERE {' AND '.join(['c.owner = ?', *holds])} "
            "ORDER BY c.updated DESC, c.id",
            (owner, *values),
        )
        return tuple(map(_summary, rows))

    def turns(self, conversation_id: str) -> tuple[Turn, ...]:
        """Return the turns of a conversation, in order, each with what its documents are now."""
        rows = self._rows(f"{_TURN} ORDER BY number", (conversation_id,))
        return self.with_states(map(_turn, rows))

    def answered(self, conversation_id: str, most: int) -> tuple[Turn, ...]:
        """Return the last turns of a conversation whose answers are whole, without states."""
        statement = f"{_TURN} AND answer <> '' ORDER BY number DESC LIMIT ?"
        return tuple(map(_turn, reversed(self._rows(statement, (conversation_id, most)))))

    def with_states(self, turns: Iterable[Turn]) -> tuple[Turn, ...]:
        """Return turns with what the documents of their citations are now."""
        given = tuple(turns)
        cited = {c.document_id for t in given if t.answer for c in t.answer.citations}
        rows = self._database.rows(
            "SELECT id, version, present FROM documents "
            "WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(cited)),),
        )
        held = {document_id: (version, present) for document_id, version, present in rows}
        return tuple(replace(turn, states=_states(turn, held)) for turn in given)

    def _rows(self, statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        # A library of an older version that was opened for reading only has no such tables.
        if not self._database.rows("SELECT 1 FROM sqlite_master WHERE name = 'conversations'"):
            return []
        return self._database.rows(statement, values)

    # Writing

    def begin(self, conversation: ConversationSummary) -> None:
        """Store a conversation without turns; one that is there already stays as it is."""
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO conversations VALUES (?, ?, ?, ?, ?, ?)",
                (
                    conversation.id,
                    conversation.owner,
                    conversation.title,
                    folded(conversation.title),
                    conversation.created.isoformat(),
                    conversation.updated.isoformat(),
                ),
            )

    def ask(self, conversation_id: str, question: str, when: dt.datetime) -> int:
        """Store a question; until its answer is stored too, it counts as broken off.

        Args:
            conversation_id: The conversation.
            question: The question as asked.
            when: The time, in UTC.

        Returns:
            The turn's number.

        Raises:
            LibraryError: The conversation was deleted.
        """
        with self._database.transaction() as connection:
            self._touch(connection, conversation_id, when)
            (number,) = connection.execute(
                "INSERT INTO turns SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3, '', ?4 "
                "FROM turns WHERE conversation_id = ?1 RETURNING number",
                (conversation_id, question, when.isoformat(), folded(question)),
            ).fetchone()
        return int(number)

    def answer(self, conversation_id: str, number: int, answer: Answer) -> None:
        """Store the answer of a turn, less what was purged while it was given.

        Args:
            conversation_id: The conversation.
            number: The turn's number.
            answer: The whole answer.

        Raises:
            LibraryError: The conversation was deleted.
        """
        with self._database.transaction() as connection:
            self._touch(connection, conversation_id, None)
            found = {f.document_id for f in (*answer.citations, *answer.hits)}  # type: ignore[attr-defined]  # both have one
            known = {
                document_id
                for (document_id,) in connection.execute(
                    "SELECT id FROM documents WHERE id IN (SELECT value FROM json_each(?))",
                    (json.dumps(sorted(found)),),
                )
            }
            for document_id in found - known:
                answer = without_document(answer, document_id)
            connection.execute(
                "UPDATE turns SET answer = ?, folded = ? WHERE conversation_id = ? AND number = ?",
                (_stored(answer), folded(answer.question, answer.text), conversation_id, number),
            )
            connection.executemany(
                "INSERT OR IGNORE INTO turn_documents VALUES (?, ?, ?)",
                [(conversation_id, number, document_id) for document_id in found & known],
            )

    def rate(self, conversation_id: str, number: int, rating: Rating | None) -> None:
        """Store what a person thinks of an answer, in place of what they thought before.

        Args:
            conversation_id: The conversation.
            number: The turn's number.
            rating: What they think; None to take it back.

        Raises:
            LibraryError: There is no whole answer of this number.
        """
        with self._database.transaction() as connection:
            rate(connection, conversation_id, number, rating)

    def rename(self, conversation_id: str, title: str) -> None:
        """Give a conversation another title.

        Args:
            conversation_id: The conversation.
            title: The title.

        Raises:
            LibraryError: There is no such conversation.
        """
        with self._database.transaction() as connection:
            self._touch(connection, conversation_id, None)
            connection.execute(
                "UPDATE conversations SET title = ?, folded = ? WHERE id = ?",
                (title, folded(title), conversation_id),
            )

    def delete(self, conversation_id: str) -> None:
        """Delete a conversation with its turns.

        Args:
            conversation_id: The conversation.

        Raises:
            LibraryError: There is no such conversation.
        """
        with self._database.transaction() as connection:
            self._touch(connection, conversation_id, None)
            for table in ("ratings", "turn_documents", "turns"):
                connection.execute(
                    f"DELETE FROM {table} WHERE conversation_id = ?",  # noqa: S608  # own names
                    (conversation_id,),
                )
            connection.execute("DELETE FROM conversations WHERE id = ?", (conversation_id,))

    def _touch(
        self, connection: sqlite3.Connection, conversation_id: str, when: dt.datetime | None
    ) -> None:
        """Note that something is asked; raise where the conversation is not there."""
        done = connection.execute(
            "UPDATE conversations SET updated = coalesce(?, updated) WHERE id = ?",
            (when and when.isoformat(), conversation_id),
        )
        if not done.rowcount:
            raise _missing(conversation_id)


def erase_quotes(connection: sqlite3.Connection, document_id: str) -> None:
    """Erase what conversations hold of a document, inside the transaction that erases it.

    Args:
        connection: The writing connection; the document's versions must still be there.
        document_id: The document.
    """
    titles = [
        title
        for row in connection.execute(
            "SELECT title, source FROM versions WHERE document_id = ?1 UNION "
            "SELECT coalesce(title, ''), '' FROM corrections WHERE document_id = ?1",
            (document_id,),
        )
        for title in row
    ]
    touched = connection.execute(
        "SELECT conversation_id, min(number) FROM turn_documents WHERE document_id = ? "
        "GROUP BY conversation_id",
        (document_id,),
    ).fetchall()
    for conversation_id, first in touched:
        erase_reasons(connection, conversation_id, first)
        rows = connection.execute(
            "SELECT number, answer FROM turns "
            "WHERE conversation_id = ? AND number >= ? AND answer <> ''",
            (conversation_id, first),
        ).fetchall()
        for number, stored in rows:
            left = without_document(Answer.from_dict(json.loads(stored)), document_id, titles)
            connection.execute(
                "UPDATE turns SET answer = ?, folded = ? WHERE conversation_id = ? AND number = ?",
                (_stored(left), folded(left.question, left.text), conversation_id, number),
            )
    connection.execute("DELETE FROM turn_documents WHERE document_id = ?", (document_id,))


def _missing(conversation_id: str) -> LibraryError:
    """Return the error for a conversation that is not there."""
    return LibraryError(
        f"There is no conversation {conversation_id!r}; it may have been deleted. List them to see "
        "their ids, or begin a new one."
    )


def _stored(answer: Answer) -> str:
    return json.dumps(answer.to_dict(), ensure_ascii=False, separators=(",", ":"))


def _answer(stored: str) -> Answer | None:
    return Answer.from_dict(json.loads(stored)) if stored else None


def _time(stored: str) -> dt.datetime:
    return dt.datetime.fromisoformat(stored)


def _summary(row: Sequence[Any]) -> ConversationSummary:
    number, title, turns, created, updated, owner = row
    return ConversationSummary(number, title, turns, _time(created), _time(updated), owner)


def _turn(row: Sequence[Any]) -> Turn:
    number, question, asked, answer, good, reason = row
    rating = None if good is None else Rating(bool(good), reason)
    return Turn(number, question, _time(asked), _answer(answer), rating=rating)


def _states(turn: Turn, held: dict[str, tuple[str, int]]) -> tuple[CitationState, ...]:
    states: list[CitationState] = []
    for citation in turn.answer.citations if turn.answer else ():
        version, present = held.get(citation.document_id, ("", 0))
        if not citation.version:
            states.append(_ERASED)
        elif not present:
            states.append(_GONE)
        else:
            states.append(_CURRENT if version == citation.version else _CHANGED)
    return tuple(states)
