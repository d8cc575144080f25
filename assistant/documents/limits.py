"""What is said where a file is damaged or goes beyond a limit."""

from __future__ import annotations

from assistant.errors import EmptyDocument, UnreadableDocument


def beyond(name: str, what: str, limit: int, setting: str) -> UnreadableDocument:
    """Return what to raise for a file that goes beyond a limit.

    Args:
        name: The file.
        what: What it has too much of, with the value seen.
        limit: The limit.
        setting: The name of its setting, without ``SANAD_``.
    """
    return UnreadableDocument(
        f"{name} {what}; the limit is {limit:,}. If it is to be trusted, raise "
        f"SANAD_{setting.upper()}; else split it or leave it out.",
        name,
    )


def damaged(name: str, kind: str, why: object) -> UnreadableDocument:
    """Return what to raise for a file that is not what its format asks for.

    Args:
        name: The file.
        kind: The format, such as ``Word document``.
        why: What is wrong with it.
    """
    return UnreadableDocument(
        f"{name} can't be read as a {kind}: {str(why).rstrip('.')}. It may be damaged: open it in "
        "the program that made it, save it anew, or get it again.",
        name,
    )


def empty(name: str, size: int) -> EmptyDocument:
    """Return what to raise for a file without text.

    Args:
        name: The file.
        size: Its bytes.
    """
    return EmptyDocument(
        f"{name} holds no text ({size} bytes). If its pages are pictures, have their text "
        "recognised first; else remove it or fill it.",
        name,
    )
