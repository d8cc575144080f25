"""Gradio's blocks, with errors that nobody expected told of by their place alone.

Gradio prints such an error with its message, and with all that was sent where it did not fit: a
question, or a whole file, would then stand in the log.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import gradio as gr

from assistant.settings import InterfaceLanguage
from assistant.strings import say
from assistant.web.head import language_for
from assistant.web.people import person_of
from assistant.web.turns import log_unexpected


class QuietBlocks(gr.Blocks):
    """The page's blocks."""

    setting: InterfaceLanguage = "auto"

    async def process_api(self, *given: object, **named: object) -> dict[str, Any]:
        """Run an event's function, as Gradio does."""
        try:
            return await super().process_api(*given, **named)  # type: ignore[arg-type]  # as they came
        except gr.Error:
            raise
        except Exception as error:  # noqa: BLE001  # a person is told; the log says where
            log_unexpected(error)
            language = language_for(self.setting, _headers(named.get("request")))
            words = say("page.error.unexpected", language)
            raise gr.Error(words, print_exception=False) from None

    def queued_by(self, person: str) -> int:
        """Return how many calls of a person wait in the queue."""
        lines = self._queue.event_queue_per_concurrency_id.values()
        waiting = (event for line in lines for event in line.queue)
        return sum(person_of(event.request.headers) == person for event in waiting)


def _headers(request: object) -> Mapping[str, str]:
    return getattr(request, "headers", None) or {}
