"""Builds LangChain's chat models by name, so that they keep to the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.models.connections import CONNECT_TIMEOUT, Connections
from assistant.models.endpoint import Endpoint
from assistant.models.providers import (
    built,
    check_key,
    check_packages,
    ollama_options,
    openai_options,
    refuse_address_and_key,
)

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

# Tokens. What servers on one's own machine surely have room for.
SAFE_CONTEXT = 4096
_LONGEST_ANSWER = 2048


def room_for_answer(context: int) -> int:
    """Return how many tokens of a context are kept for the answer."""
    return min(_LONGEST_ANSWER, context // 4)


def build_chat_model(
    endpoint: Endpoint, connections: Connections, context: int, timeout: float
) -> BaseChatModel:
    """Return the chat model of an endpoint; nothing is asked of a server yet.

    It answers as deterministically as its provider lets it: at temperature 0, unless LangChain's
    profile says that the model takes no temperature.

    Args:
        endpoint: The model.
        connections: Its connections.
        context: Tokens of its context; 0 for what it has.
        timeout: Longest time without a word from the server, in seconds.

    Raises:
        SettingsError: The address is none, or an address or a key is not taken.
        MissingDependency: The provider's package is not installed.
        ModelError: The provider is unknown, or refuses what it was given.
    """
    endpoint.check_address()
    options = _options(endpoint, connections, context, timeout)

    def build() -> BaseChatModel:
        from langchain.chat_models import init_chat_model

        model: BaseChatModel = init_chat_model(
            endpoint.model, model_provider=endpoint.provider, **options
        )
        return model

    model: Any = built(build, endpoint)
    if endpoint.provider == "anthropic":
        _connect_anthropic(model, connections, timeout)
    takes_temperature = "temperature" in type(model).model_fields
    if takes_temperature and (model.profile or {}).get("temperature", True):
        model.temperature = 0.0
    chat_model: BaseChatModel = model
    return chat_model


def _options(
    endpoint: Endpoint, connections: Connections, context: int, timeout: float
) -> dict[str, Any]:
    """Return what the provider's class is built with."""
    provider = endpoint.provider
    if provider in ("openai", "azure_openai"):
        options = openai_options(endpoint, connections, timeout) | {"stream_usage": False}
        # Servers that speak OpenAI's language know its older form.
        return options | ({"use_responses_api": False} if endpoint.url else {})
    if provider == "ollama":
        room = context or SAFE_CONTEXT
        # Ollama cuts a prompt that is longer than its own small context without a word, and would
        # write without end. Thinking aloud would use up the room for the answer.
        return ollama_options(endpoint, connections, timeout) | {
            "num_ctx": room,
            "num_predict": room_for_answer(room),
            "reasoning": False,
        }
    if provider == "anthropic":
        check_packages(provider)
        check_key(endpoint)
        return {
            "base_url": endpoint.address,
            "api_key": endpoint.secret or "none",
            "anthropic_proxy": None,
            "max_retries": 0,
            "timeout": timeout,
        }
    refuse_address_and_key(endpoint)
    return {}


def _connect_anthropic(model: Any, connections: Connections, timeout: float) -> None:  # noqa: ANN401  # its class is known only where the package is installed
    """Give a model of langchain-anthropic, which takes no client from outside, ours."""
    import anthropic

    parameters = model._client_params | {  # there is no other way in
        "timeout": anthropic.Timeout(timeout, connect=CONNECT_TIMEOUT),
        "http_client": connections.client(anthropic.DefaultHttpxClient),
    }
    model.__dict__["_client"] = anthropic.Client(**parameters)
