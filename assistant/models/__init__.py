"""Chat models and embeddings by name, behind LangChain's interfaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.errors import ModelError, SettingsError

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings
    from langchain_core.language_models import BaseChatModel

BUILTIN = "builtin"


def load_embeddings(name: str) -> Embeddings:
    """Return the embedding of a name.

    Args:
        name: ``builtin``.

    Returns:
        The embedding.

    Raises:
        SettingsError: The name is not known.
    """
    if name == BUILTIN:
        from assistant.models.static import StaticEmbeddings

        return StaticEmbeddings()
    raise SettingsError(
        f"SANAD_EMBEDDINGS={name!r} can't be used: this version knows {BUILTIN!r} only. "
        "Leave the setting out."
    )


def fingerprint(name: str, embeddings: Embeddings) -> str:
    """Return what tells an embedding's vectors from any other's.

    Args:
        name: The embedding's name, as in the settings.
        embeddings: The embedding.

    Returns:
        The embedding's own ``fingerprint`` where it has one, else its name.
    """
    return str(getattr(embeddings, "fingerprint", name))


def load_chat_model(name: str) -> BaseChatModel:
    """Return the chat model of a name.

    Args:
        name: LangChain's name, such as ``ollama:qwen3:8b``.

    Raises:
        ModelError: Always: this version has no answers written by a model yet.
    """
    raise ModelError(
        f"SANAD_MODEL={name!r} can't be used: this version answers with quotations only "
        "(extractive). Leave the setting out."
    )
