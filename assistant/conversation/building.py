"""What makes follow-ups stand alone, by the settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.conversation.by_model import ModelRewriter
from assistant.conversation.rewriting import Rewriter, RuleRewriter
from assistant.schema import Interrupt
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.models.chat import ChatWriter


def build_rewriter(settings: Settings, writer: ChatWriter | None) -> Rewriter:
    """Return what makes follow-ups stand alone: the chat model, or rules where there is none.

    Args:
        settings: The settings.
        writer: The chat model.

    Raises:
        PromptError: A prompt is missing or wrong.
    """
    if writer is None:
        return RuleRewriter()

    def complete(messages: Sequence[tuple[str, str]], interrupt: Interrupt | None) -> str:
        from langchain_core.messages import convert_to_messages

        return writer.complete(convert_to_messages(list(messages)), interrupt)

    return ModelRewriter(complete, settings.prompts)
