"""What can be taken into a library."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from assistant.errors import AssistantError
from assistant.schema import Document


def check_sources(sources: Iterable[object]) -> None:
    """Raise where a source is of a kind that can't be read.

    Args:
        sources: What was given.

    Raises:
        AssistantError: A source is neither a path nor a document.
    """
    for source in sources:
        if not isinstance(source, str | Path | Document):
            raise AssistantError(
                f"The source {source!r} is a {type(source).__name__}. Give a path or a Document; "
                "several as arguments of their own: add(first, second)."
            )
