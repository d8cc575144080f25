"""Conversations that are kept in the library, and those that are not."""

from __future__ import annotations

import asyncio
import datetime as dt
import threading
import uuid
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.conversation.exporting import Format, exported
from assistant.errors import AssistantError, LibraryError
from assistant.language.storing import storable
from assistant.schema import (
    Answer,
    AnswerStream,
    AsyncAnswerStream,
    ConversationSummary,
    Interrupt,
    Message,
    Rating,
    Scope,
    Segment,
    Turn,
)

if TYPE_CHECKING:
    from assistant.library import Conversations, Library

_LONGEST_HISTORY = 20  # turns
_LONGEST_TITLE = 60  # characters
_LONGEST_REASON = 2000  # characters
_ID_LENGTH = 16


# What answers a question of a conversation: `Assistant.stream`.
Asks = Callable[[str, Sequence[Message], Scope | None], AnswerStream]


class Conversation:
    """Questions and answers that follow on each other.

    They are kept in the library as they were given: each question before it is answered, each
    answer once it is whole. An answer that is broken off leaves its question, marked as stopped,
    and counts for no follow-up. With an assistant that only reads, `is_kept` is False: stored
    conversations can be read and gone on with, but what is asked then lives as long as this object.

    Any number of threads may use a conversation, and each may use its own.

    Args:
        asks: Answers the questions.
        store: The conversations of the library.
        facts: Which conversation this is.
        is_kept: Whether what is asked is stored.
    """

    def __init__(
        self, asks: Asks, store: Conversations, facts: ConversationSummary, *, is_kept: bool
    ) -> None:
        self._asks = asks
        self._store = store
        self._facts = facts
        self._is_begun = facts.turns > 0 or bool(facts.title)
        self._own: list[Turn] = []
        self._last = 0
        self._changing = threading.Lock()
        self.is_kept = is_kept

    @property
    def id(self) -> str:
        """What the conversation is found again by."""
        return self._facts.id

    @property
    def owner(self) -> str:
        """Whose it is; empty for whoever uses the library alone."""
        return self._facts.owner

    @property
    def title(self) -> str:
        """Its first question, shortened, unless it was renamed; empty before the first question."""
        stored = self._store.summary(self.id)
        return stored.title if stored and self.is_kept else self._facts.title

    @property
    def last(self) -> int:
        """The number of the turn that was last begun through this object; 0 before the first."""
        return self._last

    def rename(self, title: str) -> None:
        """Give the conversation another title.

        Args:
            title: The title; one line.

        Raises:
            AssistantError: The title is empty.
            LibraryError: The conversation was deleted.
        """
        short = " ".join(title.split())
        if not short:
            raise AssistantError(f"The title {title!r} is empty. Give at least a word.")
        with self._changing:
            if self.is_kept:
                self._begin(short)
                self._store.rename(self.id, short)
            self._facts = replace(self._facts, title=short)

    def rate(self, number: int, good: bool | None, reason: str = "") -> None:
        """Keep what a person thinks of an answer, in place of what they thought before.

        Args:
            number: The turn's number.
            good: Whether the answer helped; None to take back what was said.
            reason: Why, in the person's words.

        Raises:
            AssistantError: The reason is too long.
            LibraryError: There is no whole answer of this number, or the library can't be written.
        """
        if len(reason) > _LONGEST_REASON:
            raise AssistantError(
                f"The reason has {len(reason)} characters; at most {_LONGEST_REASON} are kept. "
                "Shorten it."
            )
        rating = None if good is None else Rating(good, reason.strip())
        with self._changing:
            own = [turn.number for turn in self._own if not turn.is_stopped]
            if number not in own:
                self._store.rate(self.id, number, rating)
            self._own = [
                replace(turn, rating=rating) if turn.number == number else turn
                for turn in self._own
            ]

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The questions with their answers, and what became of the documents that they cite."""
        return (*self._store.turns(self.id), *self._store.with_states(self._own))

    @property
    def messages(self) -> tuple[Message, ...]:
        """What was said, oldest first; of an answer that was broken off there is the question."""
        return tuple(message for turn in self.turns for message in turn.messages())

    def ask(self, question: str, scope: Scope | None = None) -> Answer:
        """Answer a question that may follow up on those before it.

        Args:
            question: The question, in Arabic or English.
            scope: What to look in; None for the whole library.

        Raises:
            AssistantError: The question can't be asked.
            LibraryError: The conversation was deleted, or the library can't be written.
        """
        return self.stream(question, scope).read()

    def stream(self, question: str, scope: Scope | None = None) -> AnswerStream:
        """Do what `ask` does, one checked segment at a time.

        Returns:
            An iterator of segments; its ``answer`` is there, and stored, once it has ended.
        """
        own = [turn for turn in self._own if not turn.is_stopped]
        whole = [*self._store.answered(self.id, _LONGEST_HISTORY), *own][-_LONGEST_HISTORY:]
        history = [message for turn in whole for message in turn.messages()]
        answering = self._asks(question, history, scope)
        number = self._add(storable(question))
        interrupt = Interrupt()
        interrupt.guard(answering.close)
        return AnswerStream(
            _closing(answering),
            lambda _: answering.so_far,
            interrupt,
            lambda answer: self._complete(number, answer),
            answering.search,
        )

    async def aask(self, question: str, scope: Scope | None = None) -> Answer:
        """Do what `ask` does, in a worker thread."""
        return await asyncio.to_thread(self.ask, question, scope)

    async def astream(self, question: str, scope: Scope | None = None) -> AsyncAnswerStream:
        """Do what `stream` does; each segment is made in a worker thread."""
        return AsyncAnswerStream(await asyncio.to_thread(self.stream, question, scope))

    def export(
        self,
        format: Format = "markdown",  # noqa: A002  # the contract's name
        shown: Callable[[Answer], Answer] | None = None,
    ) -> str:
        """Return the conversation as a text of its own, with the exact quotes.

        Args:
            format: ``markdown``, ``html`` (a whole page) or ``json``.
            shown: Gives of an answer what is shown of it; all of it by default.

        Raises:
            AssistantError: The format is unknown.
        """
        stored = self._store.summary(self.id) if self.is_kept else None
        turns = self.turns
        if shown is not None:
            turns = tuple(replace(t, answer=shown(t.answer)) if t.answer else t for t in turns)
        return exported(stored or self._facts, turns, format)

    def _begin(self, title: str) -> None:
        """Store the conversation itself, with its first question or its first title."""
        if not self._is_begun:
            self._store.begin(replace(self._facts, title=title))
            self._facts = replace(self._facts, title=title)
            self._is_begun = True

    def _add(self, question: str) -> int:
        now = _now()
        with self._changing:
            if self.is_kept:
                self._begin(shortened(question))
                self._last = self._store.ask(self.id, question, now)
                return self._last
            if not self._facts.title:
                self._facts = replace(self._facts, title=shortened(question))
            number = len(self._store.turns(self.id)) + len(self._own) + 1
            self._own.append(Turn(number, question, now))
            self._last = number
            return number

    def _complete(self, number: int, answer: Answer) -> None:
        if self.is_kept:
            self._store.answer(self.id, number, answer)
            return
        with self._changing:
            self._own = [
                replace(turn, answer=answer) if turn.number == number else turn
                for turn in self._own
            ]


def open_conversation(
    asks: Asks, library: Library, conversation_id: str | None, owner: str
) -> Conversation:
    """Return a conversation of a library, or a new one.

    Args:
        asks: Answers the questions.
        library: The library; one that is open for reading only stores nothing.
        conversation_id: The conversation; None for a new one.
        owner: Whose it is.

    Raises:
        LibraryError: There is no such conversation of this owner.
    """
    store = library.catalogue.conversations
    if conversation_id is None:
        now = _now()
        facts = ConversationSummary(uuid.uuid4().hex[:_ID_LENGTH], "", 0, now, now, owner)
    else:
        facts = _facts(library, conversation_id, owner)
    return Conversation(asks, store, facts, is_kept=not library.read_only)


def delete_conversation(library: Library, conversation_id: str, owner: str) -> None:
    """Delete a conversation with its turns.

    Args:
        library: The library, open for writing.
        conversation_id: The conversation.
        owner: Whose it is.

    Raises:
        LibraryError: There is no such conversation of this owner, or the library is open for
            reading only.
    """
    _facts(library, conversation_id, owner)
    library.catalogue.conversations.delete(conversation_id)


def _facts(library: Library, conversation_id: str, owner: str) -> ConversationSummary:
    found = library.catalogue.conversations.summary(conversation_id)
    if found is None or found.owner != owner:
        raise LibraryError(
            f"There is no conversation {conversation_id!r}. List them to see their ids, or begin a "
            "new one."
        )
    return found


def shortened(question: str) -> str:
    """Return a question as a title: one line, cut after a word."""
    line = " ".join(question.split())
    if len(line) <= _LONGEST_TITLE:
        return line
    whole, _, _ = line[:_LONGEST_TITLE].rpartition(" ")
    return f"{whole or line[: _LONGEST_TITLE - 1]}\u2026"


def _closing(stream: AnswerStream) -> Generator[Segment]:
    """Yield a stream's segments and stop its work, however this ends."""
    try:
        yield from stream
    finally:
        stream.close()


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
