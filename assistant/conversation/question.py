"""What can be asked at all."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.errors import AssistantError
from assistant.language import question_language
from assistant.schema import Message
from assistant.strings import say

_LONGEST_MESSAGE = 100_000


def check_question(question: object, most_characters: int) -> None:
    """Raise where a question can't be asked, in the question's language.

    Args:
        question: The question as asked.
        most_characters: The longest question that is answered.

    Raises:
        AssistantError: It is no text, empty, or too long.
    """
    if not isinstance(question, str):
        raise AssistantError(
            f"The question is a {type(question).__name__}: {question!r}. Give it as a str."
        )
    language = question_language(question)
    if not question.strip():
        raise AssistantError(say("question.empty", language))
    if len(question) > most_characters:
        values = {"length": len(question), "limit": most_characters}
        raise AssistantError(say("question.too_long", language, values))


def check_history(history: object) -> None:
    """Raise where a history is anything but messages, or holds an endless one.

    Args:
        history: What was said before.

    Raises:
        AssistantError: It is no sequence, or something in it is no `Message`, or a message has more
            than 100,000 characters.
    """
    is_sequence = isinstance(history, Sequence) and not isinstance(history, str | bytes)
    for item in history if is_sequence else (history,):  # type: ignore[attr-defined]  # checked just above
        if not isinstance(item, Message):
            raise AssistantError(
                f"The history holds a {type(item).__name__}: {item!r}. Give a list such as "
                "[Message('user', 'Who …?'), Message('assistant', '…')]."
            )
        if len(item.text) > _LONGEST_MESSAGE:
            raise AssistantError(
                f"A message of the history has {len(item.text):,} characters; at most "
                f"{_LONGEST_MESSAGE:,} can be looked at. Shorten it or leave it out."
            )
