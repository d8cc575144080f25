"""Chat models and embeddings by name, behind LangChain's interfaces."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from assistant.errors import SettingsError

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings
    from langchain_core.language_models import BaseChatModel

    from assistant.models.chat import ChatWriter
    from assistant.models.endpoint import Endpoint
    from assistant.models.entailment import EntailmentModel
    from assistant.models.static import StaticEmbeddings
    from assistant.settings import Settings

BUILTIN = "builtin"
# Longest time without a word from a chat model's server, in seconds: one on this machine may have
# to load its model first, and reads a long prompt slowly.
TIMEOUT = 120.0
_MINILM = "minilm"


def is_builtin(name: str) -> bool:
    """Return whether a name is the built-in embedding's: free and at once there.

    Args:
        name: The embedding's name, as in the settings.
    """
    return name == BUILTIN


def is_light(embeddings: Embeddings | None) -> TypeGuard[StaticEmbeddings]:
    """Return whether an embedding is the built-in one: it embeds stems, in any process."""
    from assistant.models.static import StaticEmbeddings

    return isinstance(embeddings, StaticEmbeddings)


def load_embeddings(name: str, url: str = "", key: str = "") -> Embeddings:
    """Return the embedding of a name.

    Args:
        name: ``builtin``; ``minilm`` or ``minilm:FOLDER``; or LangChain's ``provider:model``.
        url: Address of the model's server; empty for the provider's own.
        key: Key for the server.

    Returns:
        The embedding. Nothing is asked of a server yet.

    Raises:
        SettingsError: The name is none, or it takes no address or key.
        MissingDependency: The provider's package is not installed.
        ModelError: The model is not there, or the provider is unknown.
    """
    provider, _, model = name.partition(":")
    if is_builtin(name) or provider == _MINILM:
        if url or key:
            raise SettingsError(
                f"SANAD_EMBEDDINGS={name!r} runs here and takes no SANAD_EMBEDDINGS_URL and no "
                "SANAD_EMBEDDINGS_KEY. Unset them, or name the model that they are meant for."
            )
        return _load_own(name, model)
    if not provider.strip() or not model.strip():
        raise SettingsError(
            f"SANAD_EMBEDDINGS={name!r} can't be used: give {BUILTIN!r}, {_MINILM!r}, "
            f"'{_MINILM}:FOLDER', or a provider and a model, such as 'ollama:bge-m3'."
        )
    from assistant.models.endpoint import Endpoint
    from assistant.models.named import NamedEmbeddings

    return NamedEmbeddings(Endpoint("SANAD_EMBEDDINGS", name, url, key))


def _load_own(name: str, folder: str) -> Embeddings:
    if is_builtin(name):
        from assistant.models.static import StaticEmbeddings

        return StaticEmbeddings()
    from assistant.models.minilm import MiniLM

    return MiniLM(folder)


def fingerprint(name: str, embeddings: Embeddings) -> str:
    """Return what tells an embedding's vectors from any other's.

    Args:
        name: The embedding's name, as in the settings.
        embeddings: The embedding; it may be asked for a vector to learn its dimensions.

    Returns:
        The embedding's own ``fingerprint`` where it has one, else its name.

    Raises:
        ModelError: The embedding does not answer.
    """
    from assistant.models.measured import MeasuredEmbeddings

    if isinstance(embeddings, MeasuredEmbeddings):
        return embeddings.measure()
    return str(getattr(embeddings, "fingerprint", name))


def is_made_by(stored: str | None, name: str, embeddings: Embeddings) -> bool:
    """Return whether an embedding made the vectors of a library; nothing is asked of a server.

    Args:
        stored: The library's fingerprint; None for none yet.
        name: The embedding's name, as in the settings.
        embeddings: The embedding. It gives vectors of the stored dimensions from then on.
    """
    from assistant.models.measured import MeasuredEmbeddings

    if isinstance(embeddings, MeasuredEmbeddings):
        return embeddings.is_meant_by(stored or "")
    return stored == fingerprint(name, embeddings)


def load_chat_model(name: str, url: str = "", key: str = "") -> BaseChatModel:
    """Return the chat model of a name, as LangChain knows it.

    Args:
        name: LangChain's name, such as ``ollama:qwen3:8b``.
        url: Address of the model's server; empty for the provider's own, whatever the provider's
            variables in the environment say.
        key: Key for the server; empty for the environment's (such as ``OPENAI_API_KEY``) where the
            address is the provider's own, and for none elsewhere.

    Returns:
        The chat model. Nothing is asked of a server yet.

    Raises:
        SettingsError: The name is none, the address is none, or one is not taken.
        MissingDependency: The provider's package is not installed.
        ModelError: The provider is unknown, or refuses what it was given.
    """
    from assistant.models.chat_loading import build_chat_model
    from assistant.models.connections import Connections

    endpoint = _chat_endpoint(name, url, key)
    return build_chat_model(endpoint, Connections(endpoint), 0, TIMEOUT)


def load_writer(
    name: str, url: str = "", key: str = "", context: int = 0, timeout: float = TIMEOUT
) -> ChatWriter:
    """Return what writes answers with the chat model of a name.

    Args:
        name: LangChain's name, such as ``ollama:qwen3:8b``.
        url: Address of the model's server, as for `load_chat_model`.
        key: Key for the server, as for `load_chat_model`.
        context: Tokens of the model's context; 0 for what is known of it.
        timeout: Longest time without a word from the server, in seconds.

    Returns:
        The writer. Nothing is asked of a server yet.

    Raises:
        SettingsError: The name is none, the address is none, or one is not taken.
        MissingDependency: The provider's package is not installed.
        ModelError: The provider is unknown, or refuses what it was given.
    """
    from assistant.models.chat import ChatWriter
    from assistant.models.chat_loading import build_chat_model
    from assistant.models.connections import Connections

    endpoint = _chat_endpoint(name, url, key)
    connections = Connections(endpoint)
    model = build_chat_model(endpoint, connections, context, timeout)
    return ChatWriter(model, endpoint, context, connections)


def load_writer_of(settings: Settings) -> ChatWriter | None:
    """Return what writes with the chat model that settings name; None where they name none.

    Args:
        settings: The settings.

    Raises:
        SettingsError: The name is none, the address is none, or one is not taken.
        MissingDependency: The provider's package is not installed.
        ModelError: The provider is unknown, or refuses what it was given.
    """
    if not settings.model:
        return None
    return load_writer(
        settings.model,
        settings.model_url,
        settings.model_key,
        settings.model_context,
        settings.model_timeout,
    )


def load_entailment(name: str) -> EntailmentModel:
    """Return the model of natural-language inference of a name.

    Args:
        name: ``huggingface:`` and the model's name or folder.

    Returns:
        The model; it is loaded when it is first asked.

    Raises:
        SettingsError: The provider is another one.
        MissingDependency: sentence-transformers is not installed.
    """
    if not name.removeprefix("huggingface:") or not name.startswith("huggingface:"):
        raise SettingsError(
            f"SANAD_SECOND_READER={name!r} can't be used: choose auto, model or off, or name a "
            "model of natural-language inference, such as "
            "'huggingface:MoritzLaurer/mDeBERTa-v3-base-xnli-multilingual-nli-2mil7'."
        )
    from assistant.models.entailment import EntailmentModel

    return EntailmentModel(name)


def _chat_endpoint(name: str, url: str, key: str) -> Endpoint:
    from assistant.models.endpoint import Endpoint

    endpoint = Endpoint("SANAD_MODEL", name, url, key)
    if not endpoint.provider or not endpoint.model:
        raise SettingsError(
            f"SANAD_MODEL={name!r} can't be used: give a provider and a model, such as "
            "'ollama:qwen3:8b', or leave it out for answers that are quotations."
        )
    return endpoint
