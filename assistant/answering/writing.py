"""What a model is asked: the rules, the sources, the conversation and the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answering.sources import (
    NumberedSource,
    choose_sources,
    neutral,
    tokens,
    written,
)
from assistant.prompts import load_prompt
from assistant.retrieval import Evidence
from assistant.schema import Message
from assistant.strings import say

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

# Of the room that the rules and the question leave.
_SHARE_OF_CONVERSATION = 0.25
_LEAST_FOR_SOURCES = 200  # tokens


@dataclass(frozen=True, slots=True)
class Task:
    """A question as a model is asked it.

    Attributes:
        sources: The sentences it may point at.
        messages: What it is sent.
    """

    sources: tuple[NumberedSource, ...]
    messages: tuple[BaseMessage, ...]


def write_task(evidence: Evidence, history: Sequence[Message], room: int, prompts: Path) -> Task:
    """Return what a model is asked, within its room.

    Args:
        evidence: What was found; at least one sentence.
        history: What was said before, oldest first.
        room: How many tokens all of it may have.
        prompts: Folder of the prompts.

    Returns:
        The task. As many sources as there is room for, the best ones first of all.

    Raises:
        PromptError: The prompt is missing or wrong.
    """
    query = evidence.query
    prompt = load_prompt("answer", query.language, prompts)
    values = {"question": neutral(query.text), "sources": "", "conversation": ""}
    left = room - sum(tokens(part) for part in prompt.render(values))
    talk = _conversation(history, int(left * _SHARE_OF_CONVERSATION), query.language)
    sources = choose_sources(evidence, max(_LEAST_FOR_SOURCES, left - tokens(talk)))
    return Task(
        sources,
        as_messages(prompt.render({**values, "sources": written(sources), "conversation": talk})),
    )


def as_messages(parts: tuple[str, str]) -> tuple[BaseMessage, ...]:
    """Return a rendered prompt, its rules and its task, as LangChain's messages."""
    from langchain_core.messages import HumanMessage, SystemMessage

    rules, task = parts
    return (*((SystemMessage(rules),) if rules else ()), HumanMessage(task))


def corrected(task: Task, draft: str, language: str) -> tuple[BaseMessage, ...]:
    """Return a task with the demand to write in the question's language.

    Args:
        task: The task.
        draft: What the model began to write.
        language: The language that was asked in.
    """
    from langchain_core.messages import AIMessage, HumanMessage

    demand = say("model.write_in", language)
    return (*task.messages, AIMessage(draft), HumanMessage(demand))


def _conversation(history: Sequence[Message], room: int, language: str) -> str:
    """Return the newest messages that there is room for, oldest first, a line each."""
    lines: list[str] = []
    for message in reversed(history):
        line = f"{say(f'model.{message.role}', language)} {neutral(message.text)}"
        room -= tokens(line)
        if room < 0:
            break
        lines.append(line)
    return "\n".join(reversed(lines)) or say("model.nothing_before", language)
