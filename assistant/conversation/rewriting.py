"""What every way of making a question stand alone does, and the one that needs no model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.conversation.followup import stand_alone
from assistant.schema import Interrupt, Message


class Rewriter(Protocol):
    """Makes a question stand alone; it may be asked by several threads at once."""

    def rewrite(
        self, question: str, history: Sequence[Message], interrupt: Interrupt | None = None
    ) -> str:
        """Return a question that can be searched for without what was said before it.

        Args:
            question: The question as asked.
            history: What was said before, oldest first.
            interrupt: Ends the work when it is set, from any thread; what is returned then is of
                no use.

        Returns:
            One question in the language of the one that was asked; it is shown to the person.

        Raises:
            ModelError: A model that it asks fails.
        """
        ...


class RuleRewriter:
    """Completes follow-ups by rules; see `stand_alone`."""

    def rewrite(
        self,
        question: str,
        history: Sequence[Message],
        interrupt: Interrupt | None = None,  # noqa: ARG002  # rules take no time
    ) -> str:
        """Return a question that can be searched for without what was said before it.

        Args:
            question: The question as asked.
            history: What was said before, oldest first.
            interrupt: Not looked at.
        """
        return stand_alone(question, history)
