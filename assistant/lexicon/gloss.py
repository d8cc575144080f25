"""One English word for an Arabic stem."""

from __future__ import annotations


def gloss(stem: str) -> str:  # noqa: ARG001  # the table is not there yet
    """Return the best English word for an Arabic stem.

    Args:
        stem: A stem as `assistant.language.stem` gives it.

    Returns:
        The word, or an empty string where none is known.
    """
    return ""
