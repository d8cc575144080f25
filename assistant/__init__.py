"""Sanad: answers from a person's own documents, each statement bound to its exact source.

>>> from assistant import Assistant
>>> with Assistant("library") as assistant:
...     assistant.add("seeds")
...     print(assistant.ask("..."))

Importing this package loads names only; the parts are built when they are used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.conversation import Conversation
    from assistant.errors import (
        AnswerNotReady,
        AssistantError,
        DocumentError,
        EmbeddingMismatch,
        EmptyDocument,
        LibraryDamaged,
        LibraryError,
        LibraryLocked,
        MissingDependency,
        ModelError,
        PromptError,
        SettingsError,
        UnreadableDocument,
        UnsupportedFormat,
    )
    from assistant.schema import (
        Answer,
        AnswerStream,
        AsyncAnswerStream,
        Backup,
        Block,
        Citation,
        Context,
        ConversationSummary,
        Document,
        Excerpt,
        Failure,
        Form,
        Hit,
        Mention,
        Mentions,
        Message,
        PageBox,
        PagePicture,
        Progress,
        Rating,
        Scope,
        Segment,
        SyncReport,
        Turn,
        cite,
    )
    from assistant.settings import Settings

_ERRORS = (
    "AnswerNotReady",
    "AssistantError",
    "DocumentError",
    "EmbeddingMismatch",
    "EmptyDocument",
    "LibraryDamaged",
    "LibraryError",
    "LibraryLocked",
    "MissingDependency",
    "ModelError",
    "PromptError",
    "SettingsError",
    "UnreadableDocument",
    "UnsupportedFormat",
)
_SCHEMA = (
    "Answer",
    "AnswerStream",
    "AsyncAnswerStream",
    "Backup",
    "Block",
    "Citation",
    "Context",
    "ConversationSummary",
    "Document",
    "Excerpt",
    "Failure",
    "Form",
    "Hit",
    "Mention",
    "Mentions",
    "Message",
    "PageBox",
    "PagePicture",
    "Progress",
    "Rating",
    "Scope",
    "Segment",
    "SyncReport",
    "Turn",
    "cite",
)
_MODULES = (
    {
        "Assistant": "assistant.assistant",
        "Conversation": "assistant.conversation",
        "Settings": "assistant.settings",
    }
    | dict.fromkeys(_ERRORS, "assistant.errors")
    | dict.fromkeys(_SCHEMA, "assistant.schema")
)

__all__ = [
    "Answer",
    "AnswerNotReady",
    "AnswerStream",
    "Assistant",
    "AssistantError",
    "AsyncAnswerStream",
    "Backup",
    "Block",
    "Citation",
    "Context",
    "Conversation",
    "ConversationSummary",
    "Document",
    "DocumentError",
    "EmbeddingMismatch",
    "EmptyDocument",
    "Excerpt",
    "Failure",
    "Form",
    "Hit",
    "LibraryDamaged",
    "LibraryError",
    "LibraryLocked",
    "Mention",
    "Mentions",
    "Message",
    "MissingDependency",
    "ModelError",
    "PageBox",
    "PagePicture",
    "Progress",
    "PromptError",
    "Rating",
    "Scope",
    "Segment",
    "Settings",
    "SettingsError",
    "SyncReport",
    "Turn",
    "UnreadableDocument",
    "UnsupportedFormat",
    "cite",
]


def __getattr__(name: str) -> object:
    """Load a public name when it is first asked for."""
    from importlib import import_module

    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(_MODULES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
