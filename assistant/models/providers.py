"""What chat models and embeddings share: providers' packages, and the building of their classes."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any, TypeVar

from assistant.errors import MissingDependency, SettingsError
from assistant.models.connections import CONNECT_TIMEOUT, Connections
from assistant.models.endpoint import Endpoint
from assistant.models.failures import failed, unusable

T = TypeVar("T")

# Packages by provider; the extra of Sanad that brings them has the provider's name.
_PACKAGES = {
    "openai": ("langchain_openai",),
    "ollama": ("langchain_ollama",),
    "anthropic": ("langchain_anthropic",),
    "huggingface": ("langchain_huggingface", "sentence_transformers"),
}
_AZURE = "azure_"
# LangChain lists the providers that it knows when it does not know one.
_LISTED_PROVIDER = re.compile(r"^ *- (\w+):", re.MULTILINE)
_LISTED_PROVIDERS = re.compile(r"providers are: ([\w, ]+)")


def check_packages(provider: str) -> None:
    """Check that a provider's packages are installed.

    Raises:
        MissingDependency: One is not.
    """
    provider = provider.removeprefix(_AZURE)
    for package in _PACKAGES.get(provider, ()):
        if find_spec(package) is None:
            raise MissingDependency(package.replace("_", "-"), provider)


def openai_options(
    endpoint: Endpoint, connections: Connections, timeout: float
) -> dict[str, object]:
    """Return what a class of langchain-openai is built with.

    Args:
        endpoint: The model.
        connections: Its connections.
        timeout: Longest time without a word from the server, in seconds.

    Raises:
        MissingDependency: The package is not installed.
        ModelError: There is no key for OpenAI's own server.
    """
    check_packages(endpoint.provider)
    import openai

    is_azure = endpoint.provider.startswith(_AZURE)
    options: dict[str, object] = {
        "max_retries": 0,
        "timeout": openai.Timeout(timeout, connect=CONNECT_TIMEOUT),
        "openai_proxy": None,
        "http_client": connections.client(openai.DefaultHttpxClient),
    }
    if is_azure and not endpoint.url:
        return options  # its own variables say where it is
    check_key(endpoint)
    # The package wants a key all the same; the stand-in is not sent.
    key = endpoint.secret or "none"
    return options | {
        "azure_endpoint" if is_azure else "base_url": endpoint.address,
        "api_key": key,
    }


def ollama_options(
    endpoint: Endpoint, connections: Connections, timeout: float
) -> dict[str, object]:
    """Return what a class of langchain-ollama is built with; the arguments of `openai_options`."""
    check_packages(endpoint.provider)
    key = endpoint.key
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    times = (CONNECT_TIMEOUT, timeout, timeout, CONNECT_TIMEOUT)
    return {
        "base_url": endpoint.address,
        "client_kwargs": {"timeout": times, "headers": headers},
        "sync_client_kwargs": connections.options(),
    }


def check_key(endpoint: Endpoint) -> None:
    """Check that there is a key where the provider's own server is to be called.

    Raises:
        ModelError: There is none.
    """
    if not endpoint.url and not endpoint.secret:
        raise failed(endpoint, "unusable", "there is no key")


def refuse_address_and_key(endpoint: Endpoint) -> None:
    """Check that no address and key were set for a provider that would not be given them.

    Raises:
        SettingsError: One was.
    """
    both = (("URL", endpoint.url), ("KEY", endpoint.key))
    given = [f"{endpoint.setting}_{part}" for part, value in both if value]
    if given:
        raise SettingsError(
            f"{endpoint} takes no {' and no '.join(given)}. Unset them; the provider's own package "
            "reads its address and key from variables that its documentation names."
        )


def built(build: Callable[[], T], endpoint: Endpoint) -> T:
    """Return what a function of LangChain builds.

    Args:
        build: Calls ``init_chat_model`` or ``init_embeddings``.
        endpoint: The model.

    Raises:
        MissingDependency: The provider's package is not installed.
        ModelError: The provider is unknown, or refuses what it was given.
    """
    try:
        return build()
    except ImportError as error:
        cause: Any = error if isinstance(error, ModuleNotFoundError) else error.__cause__
        if isinstance(cause, ModuleNotFoundError) and cause.name:
            package = cause.name.partition(".")[0].replace("_", "-")
            extra = endpoint.provider if endpoint.provider in _PACKAGES else ""
            raise MissingDependency(package, extra) from error
        raise unusable(error, endpoint) from error
    except Exception as error:
        if known := _known_providers(str(error)):
            given = {"provider": endpoint.provider, "known": ", ".join(known)}
            raise failed(endpoint, "provider", **given) from error
        raise unusable(error, endpoint) from error


def _known_providers(text: str) -> list[str]:
    listed = _LISTED_PROVIDERS.search(text)
    return listed[1].split(", ") if listed else _LISTED_PROVIDER.findall(text)
