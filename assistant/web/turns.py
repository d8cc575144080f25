"""What happens in a conversation, without Gradio: questions are taken, answers stream in.

A conversation is a tuple of turns that a session keeps; nothing here remembers anything.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace

from assistant.errors import AssistantError, LibraryError
from assistant.schema import Citation, Document, Interrupt, Message, Segment, Span
from assistant.strings import explain, say
from assistant.web import panel, render
from assistant.web.contract import Answers
from assistant.web.markers import Pointer, decode

_LOG = logging.getLogger(__name__)
_LONGEST_HISTORY = 20
_MOST_MARKERS = 200


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what became of it.

    Attributes:
        question: The question.
        reply: The reply as HTML; empty while nothing has come.
        said: The answer's words, for the history; empty where there is no whole answer.
        cited: What it rests on: a follow-up may ask about somebody who is named there.
        done: True once nothing more will come.
    """

    question: str
    reply: str = ""
    said: str = ""
    cited: tuple[Citation, ...] = ()
    done: bool = False


Turns = tuple[Turn, ...]


def objection(turns: Turns, question: str, limit: int, language: str) -> str:
    """Return why a question can't be asked now, or nothing."""
    if waiting(turns):
        return say("page.busy", language)
    length = len(question.strip())
    if not length:
        return say("question.empty", language)
    if length > limit:
        values = {"length": length, "limit": limit}
        return say("question.too_long", language, values)
    return ""


def waiting(turns: Turns) -> bool:
    """Return True while an answer is awaited."""
    return bool(turns) and not turns[-1].done


def page(turns: Turns, language: str) -> str:
    """Return the conversation as HTML."""
    messages: list[str] = []
    for turn in turns:
        messages.append(render.question(turn.question, language))
        messages.append(turn.reply or render.searching(language))
    return render.conversation(messages, language)


def answered(
    assistant: Answers, turns: Turns, language: str, stop: Interrupt | None = None
) -> Generator[Turns]:
    """Answer the last question.

    Args:
        assistant: Who answers.
        turns: The conversation; its last turn waits for its answer.
        language: Language of the interface.
        stop: Ends the work when it is set, from any thread.

    Yields:
        The conversation after each piece of the answer, at last with the whole of it.
    """
    *before, turn = turns
    try:
        for turn in _pieces(assistant, turns, language, stop or Interrupt()):
            yield (*before, turn)
    except AssistantError as error:
        # Most messages are in English; the sentence around them is the interface's.
        note = say("page.error", language, {"message": f"\n{explain(error, language)}"})
        yield (*before, _ended(turn, note, language))
    except Exception as error:  # noqa: BLE001  # a person is told; the log says where
        _log(error)
        yield (*before, _ended(turn, say("page.error.unexpected", language), language))


def stopped(turns: Turns, language: str) -> Turns:
    """Return the conversation with its last answer broken off."""
    if not waiting(turns):
        return turns
    return (*turns[:-1], _ended(turns[-1], say("page.stopped", language), language))


def source(assistant: Answers, token: object, neighbours: object, language: str) -> str:
    """Return the source panel for a marker.

    Args:
        assistant: Whose documents are shown.
        token: The marker's token, as the browser sent it.
        neighbours: The tokens of the same answer's markers, as the browser sent them.
        language: Language of the interface.

    Returns:
        The document with the words marked, or a friendly text where they can't be shown.
    """
    pointer = decode(token)
    if pointer is None:
        return panel.missing(language)
    try:
        shown = assistant.document(pointer.document_id, version=pointer.version)
        if not pointer.fits(shown.text):
            return panel.missing(language)
        others = _others(neighbours, pointer, shown)
        return panel.document(shown, Span(pointer.start, pointer.end), others, language)
    except Exception as error:  # noqa: BLE001  # a person is told; the log says where
        # An unknown document is a plain LibraryError; its kinds (locked, damaged) say otherwise.
        if type(error) is LibraryError:
            return panel.missing(language)
        _log(error)
        return panel.failed(language)


def _pieces(assistant: Answers, turns: Turns, language: str, stop: Interrupt) -> Iterator[Turn]:
    turn = turns[-1]
    stream = assistant.stream(turn.question, history=_history(turns))
    stop.guard(stream.close)
    segments: list[Segment] = []
    try:
        for segment in stream:
            segments.append(segment)
            turn = replace(turn, reply=render.partial(segments, turn.question, language))
            yield turn
        whole = stream.answer
    finally:
        # Reached too when the person stops the answer or leaves: the work must not go on.
        stream.close()
    yield replace(
        turn,
        reply=render.answer(whole, language),
        said=whole.text,
        cited=whole.citations,
        done=True,
    )


def _history(turns: Turns) -> tuple[Message, ...]:
    """Return what was said, for questions that follow up on it."""
    finished = [turn for turn in turns if turn.said][-_LONGEST_HISTORY:]
    return tuple(
        message
        for turn in finished
        for message in (
            Message("user", turn.question),
            Message("assistant", turn.said, turn.cited),
        )
    )


def _ended(turn: Turn, note: str, language: str) -> Turn:
    return replace(turn, reply=render.ended(turn.reply, note, language), done=True)


def _others(neighbours: object, pointer: Pointer, shown: Document) -> list[Span]:
    if not isinstance(neighbours, list):
        return []
    found = (decode(token) for token in neighbours[:_MOST_MARKERS])
    return [
        Span(other.start, other.end)
        for other in found
        if other is not None
        and other != pointer
        and (other.document_id, other.version) == (pointer.document_id, pointer.version)
        and other.fits(shown.text)
    ]


def _log(error: Exception) -> None:
    """Log where an error came from, but not its message: that may hold a document's text."""
    where = "".join(traceback.format_tb(error.__traceback__))
    _LOG.error("Unexpected %s in the web page:\n%s", type(error).__name__, where)
