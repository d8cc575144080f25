"""What is kept of conversations."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

from assistant.schema.answers import Answer
from assistant.schema.evidence import Citation, Message

# Of a cited document now: as it was, in another version, out of the library, or purged from it.
CitationState = Literal["current", "changed", "gone", "erased"]


@dataclass(frozen=True, slots=True)
class Rating:
    """What a person thinks of an answer.

    Attributes:
        good: Whether it helped.
        reason: Why, in the person's words; may be empty.
    """

    good: bool
    reason: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the rating as plain JSON values."""
        return {"good": self.good, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a conversation and what became of it.

    Attributes:
        number: Its place in the conversation, from 1 on.
        question: The question as asked.
        asked: When it was asked, in UTC.
        answer: The answer, or the refusal, as it was given, less what was purged since; None
            where it was broken off.
        states: For each of the answer's citations, what its document is now.
        rating: What the person thinks of the answer; None where they did not say.
    """

    number: int
    question: str
    asked: dt.datetime
    answer: Answer | None = None
    states: tuple[CitationState, ...] = ()
    rating: Rating | None = None

    @property
    def is_stopped(self) -> bool:
        """Whether the answer was broken off, or is still being given."""
        return self.answer is None

    @property
    def searched(self) -> str:
        """The question as it was searched for, where that is another one; else empty."""
        whole = self.answer.standalone_question if self.answer else self.question
        return "" if whole == self.question else whole

    def state(self, citation: Citation) -> CitationState:
        """Return what the document of one of the answer's citations is now."""
        cited = self.answer.citations if self.answer else ()
        return self.states[cited.index(citation)]

    def messages(self) -> tuple[Message, ...]:
        """Return the turn as messages; one whose answer was broken off is its question alone."""
        asked = Message("user", self.question)
        if self.answer is None:
            return (asked,)
        quoted = tuple(c for c in self.answer.citations if c.cited_text)
        return asked, Message("assistant", self.answer.text, quoted)

    def to_dict(self) -> dict[str, Any]:
        """Return the turn as plain JSON values."""
        return {
            "number": self.number,
            "question": self.question,
            "asked": self.asked.isoformat(),
            "stopped": self.is_stopped,
            "answer": self.answer.to_dict() if self.answer else None,
            "states": list(self.states),
            "rating": self.rating.to_dict() if self.rating else None,
        }


@dataclass(frozen=True, slots=True)
class ConversationSummary:
    """A conversation in a list.

    Attributes:
        id: Its id.
        title: Its first question, shortened, unless it was renamed.
        turns: How many questions were asked.
        created: When it was begun, in UTC.
        updated: When something was last asked in it, in UTC.
        owner: Whose it is; empty for whoever uses the library alone.
    """

    id: str
    title: str
    turns: int
    created: dt.datetime
    updated: dt.datetime
    owner: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the summary as plain JSON values."""
        return {
            "id": self.id,
            "title": self.title,
            "turns": self.turns,
            "created": self.created.isoformat(),
            "updated": self.updated.isoformat(),
            "owner": self.owner,
        }
