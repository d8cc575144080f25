"""Questions made to stand alone by a chat model."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.conversation.followup import stand_alone
from assistant.errors import AssistantError, ModelError
from assistant.language import content_words, question_language
from assistant.language.visible import visible
from assistant.prompts import load_prompt
from assistant.schema import Interrupt, Message

# Takes messages as pairs of a role (``system`` or ``user``) and a text, and returns what the
# model says.
Complete = Callable[[Sequence[tuple[str, str]], Interrupt | None], str]

_BUDGET = 6_000  # characters of history, tags included
_LONGEST_MESSAGE = 800
_LONGEST_QUESTION = 300
_LABEL = re.compile(
    r"^\W*(?:(?:(?:stand-?alone|rewritten|final|new) )?(?:question|query|answer|output|result)"
    r"|(?:ال)?سؤال(?: \w+){0,2}|الجواب|الناتج)\s*[:\-\u2013]",
    re.IGNORECASE,
)
_QUOTES = "\"'`\u00ab\u00bb\u201c\u201d\u2018\u2019"
_MARKUP = re.compile(r"[<>{}]|\*\*|^[#*\-]\s|^\d+[.)]\s")


class ModelRewriter:
    """Asks a chat model to make follow-ups stand alone.

    A model that fails is an error, never passed over. What it says is checked: it must be one line
    in the question's language, not much longer than a question, without quotation marks around it,
    labels or markup. Where it is not, the rules' form of the question is used instead; it is shown
    to the person like any other.

    Args:
        complete: Sends messages to the model and returns its words.
        prompts: The folder of the prompts.
        budget: Characters of history that the model is given, the newest first.

    Raises:
        PromptError: A prompt is missing or wrong.
    """

    def __init__(self, complete: Complete, prompts: Path, budget: int = _BUDGET) -> None:
        self._complete = complete
        self._prompts = {name: load_prompt("standalone", name, prompts) for name in ("ar", "en")}
        self._budget = budget

    def rewrite(
        self, question: str, history: Sequence[Message], interrupt: Interrupt | None = None
    ) -> str:
        """Return a question that can be searched for without what was said before it.

        Without history the model is not asked.

        Args:
            question: The question as asked.
            history: What was said before, oldest first; documents' words in it are data.
            interrupt: Ends the call to the model when it is set, from any thread.

        Returns:
            The model's question where it can be used, else the rules' form.

        Raises:
            ModelError: The model fails.
        """
        if not any(message.role == "user" and message.text.strip() for message in history):
            return question
        rules, task = self._prompts[question_language(question)].render(
            {"history": rendered(history, self._budget), "question": html.escape(visible(question))}
        )
        try:
            said = self._complete([("system", rules), ("user", task)], interrupt)
        except AssistantError:
            raise
        except Exception as error:
            raise ModelError(
                f"The model could not complete the question: {type(error).__name__}: {error}. "
                "Try again, or leave SANAD_MODEL out: follow-ups are then completed by rules."
            ) from error
        return checked(said, question) or stand_alone(question, history)


def rendered(history: Sequence[Message], budget: int) -> str:
    """Return a history as the model is given it: tagged, escaped, the newest of it within a budget.

    What nobody sees of it is left out.

    Args:
        history: What was said, oldest first.
        budget: Characters at most.
    """
    kept: list[str] = []
    for message in reversed(history):
        lines = [_tagged(message.role, message.text)]
        lines += [_tagged("source", citation.cited_text) for citation in message.citations]
        text = "\n".join(lines)
        budget -= len(text) + 1
        if budget < 0:
            break
        kept.append(text)
    return "\n".join(reversed(kept))


def _tagged(name: str, text: str) -> str:
    line = " ".join(visible(text).split())
    if len(line) > _LONGEST_MESSAGE:
        line = line[:_LONGEST_MESSAGE] + "\u2026"
    return f"<{name}>{html.escape(line, quote=False)}</{name}>"


def checked(said: str, question: str) -> str:
    """Return what a model said as a question, or nothing where it can't be used.

    Args:
        said: The model's words.
        question: The question as asked.
    """
    line = said.strip()
    longest = _LONGEST_QUESTION + len(question)
    if not line or len(line.splitlines()) > 1 or len(line) > longest or not line.isprintable():
        return ""
    if line[0] in _QUOTES or line[-1] in _QUOTES or _LABEL.match(line) or _MARKUP.search(line):
        return ""
    is_same = question_language(line) == question_language(question)
    return line if is_same and content_words(line) else ""
