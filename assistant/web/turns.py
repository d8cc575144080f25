"""What happens in a conversation, without Gradio: questions are taken, answers stream in.

The conversation itself is kept in the library; a session keeps what of it is on the page.
"""

from __future__ import annotations

import datetime as dt
import logging
import traceback
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace

from assistant.conversation import Conversation
from assistant.errors import AssistantError, LibraryError
from assistant.schema import Answer, Interrupt, Scope, Segment
from assistant.schema import Turn as KeptTurn
from assistant.strings import explain, say
from assistant.web.desk import Desk
from assistant.web.markup import render

_LOG = logging.getLogger(__name__)
# So many turns stand on a page at first; each look further back adds as many.
SHOWN = 30


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what became of it.

    Attributes:
        question: The question.
        reply: The reply as HTML; empty while nothing has come.
        number: Its number in the kept conversation; 0 where it is not kept.
        done: True once nothing more will come.
    """

    question: str
    reply: str = ""
    number: int = 0
    done: bool = False


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation as it is on a page.

    Attributes:
        person: Whose it is: what a session keeps is shown to nobody else.
        id: The kept conversation; empty before its first question.
        turns: The questions and replies that are shown, the last ones.
        earlier: How many kept turns stand before them.
        most: How many turns are shown.
    """

    person: str = ""
    id: str = ""
    turns: tuple[Turn, ...] = ()
    earlier: int = 0
    most: int = SHOWN

    @property
    def is_waiting(self) -> bool:
        """Whether an answer is awaited."""
        return bool(self.turns) and not self.turns[-1].done

    def asking(self, question: str) -> Talk:
        """Return the conversation with one more question, whose answer is awaited."""
        turns = (*self.turns, Turn(question.strip()))
        surplus = max(len(turns) - self.most, 0)
        return replace(self, turns=turns[surplus:], earlier=self.earlier + surplus)

    def with_last(self, turn: Turn) -> Talk:
        """Return the conversation with another last turn."""
        return replace(self, turns=(*self.turns[:-1], turn))


def opened(desk: Desk, conversation_id: str, language: str) -> Talk:
    """Return a kept conversation as it is shown.

    Args:
        desk: Whose conversation it is.
        conversation_id: The conversation.
        language: Language of the interface.

    Returns:
        The conversation, or an empty one where this person has none of this id.
    """
    try:
        kept = desk.conversation(conversation_id).turns if conversation_id else ()
    except LibraryError:
        return Talk(desk.person)
    turns = tuple(_shown(desk, turn, language) for turn in kept[-SHOWN:])
    return Talk(desk.person, conversation_id if turns else "", turns, len(kept) - len(turns))


def further(desk: Desk, talk: Talk, language: str) -> Talk:
    """Return a conversation with more of its earlier turns.

    Args:
        desk: Whose conversation it is.
        talk: The conversation.
        language: Language of the interface.
    """
    if not talk.earlier or not talk.id:
        return talk
    try:
        kept = desk.conversation(talk.id).turns
    except LibraryError:
        return replace(talk, earlier=0)  # it was deleted
    first = talk.turns[0].number if talk.turns else 0
    before = [turn for turn in kept if turn.number < first]
    more = tuple(_shown(desk, turn, language) for turn in before[-SHOWN:])
    return replace(
        talk,
        turns=(*more, *talk.turns),
        earlier=len(before) - len(more),
        most=len(more) + len(talk.turns),
    )


def _shown(desk: Desk, kept: KeptTurn, language: str) -> Turn:
    if kept.answer is None:
        reply = render.ended("", say("page.stopped", language), language)
    else:
        shown = replace(kept, answer=desk.masked(kept.answer))
        reply = render.answer(desk.masked(kept.answer), language, shown)
    return Turn(kept.question, reply, kept.number, done=True)


def objection(talk: Talk, question: str, limit: int, language: str) -> str:
    """Return why a question can't be asked now, or nothing."""
    if talk.is_waiting:
        return say("page.busy", language)
    length = len(question.strip())
    if not length:
        return say("question.empty", language)
    if length > limit:
        values = {"length": length, "limit": limit}
        return say("question.too_long", language, values)
    return ""


def past(talk: Talk, language: str) -> str:
    """Return all of a conversation but its last turn as HTML, the last ones of many."""
    before = render.earlier(talk.earlier, language)
    return render.messages((before, *_messages(talk.turns[:-1], language)), language)


def latest(talk: Talk, language: str) -> str:
    """Return a conversation's last turn as HTML, or what stands on a page without any."""
    if not talk.turns:
        return render.empty(language)
    total = talk.earlier + len(talk.turns)
    return render.messages(_messages(talk.turns[-1:], language), language, talk.id, total)


def _messages(turns: tuple[Turn, ...], language: str) -> Iterator[str]:
    for turn in turns:
        yield render.question(turn.question, language)
        yield turn.reply or render.waiting("page.searching", language)


def answered(
    desk: Desk, talk: Talk, scope: Scope | None, language: str, stop: Interrupt | None = None
) -> Generator[Talk]:
    """Answer the last question.

    Args:
        desk: Who asks.
        talk: The conversation; its last turn waits for its answer.
        scope: What to look in.
        language: Language of the interface.
        stop: Ends the work when it is set, from any thread.

    Yields:
        The conversation after each piece of the answer, at last with the whole of it.
    """
    so_far = talk
    try:
        for so_far in _pieces(desk, talk, scope, language, stop or Interrupt()):
            yield so_far
    except AssistantError as error:
        # Most messages are in English; the sentence around them is the interface's.
        note = say("page.error", language, {"message": f"\n{explain(error, language)}"})
        yield _ended(so_far, note, language)
    except Exception as error:  # noqa: BLE001  # a person is told; the log says where
        log_unexpected(error)
        yield _ended(so_far, say("page.error.unexpected", language), language)


def stopped(talk: Talk, language: str) -> Talk:
    """Return the conversation with its last answer broken off."""
    if not talk.is_waiting:
        return talk
    last = talk.turns[-1]
    # It may have been stopped while it waited, or not have been let in to wait.
    name = "page.stopped" if last.number or last.reply else "page.not_begun"
    return _ended(talk, say(name, language), language)


def log_unexpected(error: Exception) -> None:
    """Log where an error came from, but not its message: that may hold a document's text."""
    where = "".join(traceback.format_tb(error.__traceback__))
    _LOG.error("Unexpected %s in the web page:\n%s", type(error).__name__, where)


def _pieces(
    desk: Desk, talk: Talk, scope: Scope | None, language: str, stop: Interrupt
) -> Iterator[Talk]:
    turn = talk.turns[-1]
    conversation = desk.conversation(talk.id)
    stream = conversation.stream(turn.question, desk.allowed(scope))
    stop.guard(stream.close)
    talk, turn = _begun(talk, conversation)
    segments: list[Segment] = []
    try:
        yield talk
        stream.search()
        yield talk.with_last(replace(turn, reply=render.waiting("page.writing", language)))
        for segment in stream:
            segments.append(segment)
            turn = replace(turn, reply=render.partial(segments, turn.question, language))
            yield talk.with_last(turn)
        whole = desk.masked(stream.answer)
    finally:
        # Reached too when the person stops the answer or leaves: the work must not go on.
        stream.close()
    reply = render.answer(whole, language, _kept_now(turn, whole, conversation))
    yield talk.with_last(replace(turn, reply=reply, done=True))


def _kept_now(turn: Turn, whole: Answer, conversation: Conversation) -> KeptTurn | None:
    """Return a turn as it has just been kept: all its documents are as they were."""
    if not conversation.is_kept:
        return None
    return KeptTurn(turn.number, turn.question, dt.datetime.now(dt.UTC), whole)


def _begun(talk: Talk, conversation: Conversation) -> tuple[Talk, Turn]:
    """Return a conversation whose last question is kept, and that turn."""
    turn = replace(talk.turns[-1], number=conversation.last)
    return replace(talk.with_last(turn), id=conversation.id), turn


def _ended(talk: Talk, note: str, language: str) -> Talk:
    turn = talk.turns[-1]
    reply = "" if render.is_waiting(turn.reply) else turn.reply
    return talk.with_last(replace(turn, reply=render.ended(reply, note, language), done=True))
