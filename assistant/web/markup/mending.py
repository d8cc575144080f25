"""What is said while the index of vectors is made good, as HTML."""

from __future__ import annotations

from assistant.schema import Mending
from assistant.strings import say
from assistant.web.markup.render import interface_direction
from assistant.web.markup.text import escape


def mending(state: Mending | None, language: str) -> str:
    """Return a line about what is being done; nothing where all is well.

    Args:
        state: What is being done.
        language: Language of the interface.
    """
    if state is None:
        return ""
    words = [say(f"mending.{state.reason}", language)]
    if state.percent is not None:
        words.append(say("mending.share", language, {"share": state.percent}))
    words.append(say("mending.answers", language))
    direction = interface_direction(language)
    return f'<p class="mending" role="status" dir="{direction}">{escape(" ".join(words))}</p>'
