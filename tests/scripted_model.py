"""A LangChain chat model that says what a test wrote for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import Field


class ScriptedModel(BaseChatModel):
    """Yields given chunks, one answer a call.

    Attributes:
        answers: The chunks of each answer: texts, lists of content blocks, messages, or errors to
            be raised in their place.
        asked: The messages of each call so far.
        closed: For each call so far, whether its stream was closed before it had ended; None while
            it goes on.
    """

    answers: list[list[Any]]
    asked: list[list[BaseMessage]] = Field(default_factory=list)
    closed: list[bool | None] = Field(default_factory=list)

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _stream(self, messages: list[BaseMessage], *_: Any, **__: Any) -> Iterator[Any]:
        call = len(self.asked)
        self.asked.append(messages)
        self.closed.append(None)
        assert call < len(self.answers), "nothing is scripted for this call"
        try:
            for chunk in self.answers[call]:
                if isinstance(chunk, Exception):
                    raise chunk
                is_message = isinstance(chunk, AIMessageChunk)
                message = chunk if is_message else AIMessageChunk(content=chunk)
                yield ChatGenerationChunk(message=message)
        except GeneratorExit:
            self.closed[call] = True
            raise
        self.closed[call] = False

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        text = "".join(str(chunk.message.text) for chunk in self._stream(messages))
        return ChatResult(generations=[ChatGeneration(message=AIMessage(text))])
