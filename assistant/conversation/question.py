"""What can be asked at all."""

from __future__ import annotations

from assistant.errors import AssistantError
from assistant.language import question_language
from assistant.strings import say


def check_question(question: str, most_characters: int) -> None:
    """Raise where a question can't be asked, in the question's language.

    Args:
        question: The question as asked.
        most_characters: The longest question that is answered.

    Raises:
        AssistantError: It is empty or too long.
    """
    language = question_language(question)
    if not question.strip():
        raise AssistantError(say("question.empty", language))
    if len(question) > most_characters:
        values = {"length": len(question), "limit": most_characters}
        raise AssistantError(say("question.too_long", language, values))
