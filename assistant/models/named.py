"""Embeddings by LangChain's names, such as ``ollama:bge-m3``: any provider, none by default."""

from __future__ import annotations

import os
import re
import threading
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import ModelError
from assistant.models.connections import Connections
from assistant.models.endpoint import Endpoint
from assistant.models.failures import persist
from assistant.models.measured import MeasuredEmbeddings
from assistant.models.providers import (
    built,
    check_packages,
    ollama_options,
    openai_options,
    refuse_address_and_key,
)

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

# To be raised when the same model is given other texts, or its vectors are changed.
_VERSION = 1
# Texts in a call; a call should take seconds, and stay below what servers take.
_BATCHES = {"openai": 64, "azure_openai": 64, "ollama": 16, "huggingface": 64}
_BATCH = 64
# Seconds. A server on this machine may have to load its model first.
_TIMEOUTS = {"openai": 60.0, "azure_openai": 60.0, "ollama": 120.0}
_WAITS = (1.0, 2.0, 4.0, 8.0)
# Somebody is waiting for the answer.
_WAITS_OF_A_QUESTION = (0.5,)
_E5 = re.compile(r"(?:^|[-_/.\\])e5(?:[-_/.\\:]|$)")
_PATH = re.compile(r"[.~/\\]|[A-Za-z]:[/\\]")
_TASK = "Instruct: Given a question, retrieve passages that answer it\nQuery: "


class NamedEmbeddings(MeasuredEmbeddings):
    """A LangChain embedding in batches, with retries, failing with errors that help.

    Args:
        endpoint: Its name, address and key.

    Raises:
        SettingsError: An address or a key was given to a provider that takes none.
        MissingDependency: The provider's package is not installed.
        ModelError: The provider is unknown, or refuses what it was given.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        provider = endpoint.provider
        super().__init__(
            endpoint.name,
            f"{provider}:{endpoint.model}:{_VERSION}",
            _BATCHES.get(provider, _BATCH),
        )
        self._endpoint = endpoint
        endpoint.check_address()
        self._options = _options(endpoint)
        self._question_prefix, self._passage_prefix = prefixes(endpoint.model)
        self._loading = threading.Lock()
        if provider != "huggingface":  # that one takes long to load: when first needed
            self._model()

    @cached_property
    def _built(self) -> Embeddings:
        return _built(self._endpoint, self._options)

    def _model(self) -> Embeddings:
        with self._loading:
            return self._built

    def _passages(self, texts: list[str]) -> object:
        model, prefixed = self._model(), [self._passage_prefix + text for text in texts]
        return persist(lambda: model.embed_documents(prefixed), self._endpoint, _WAITS)

    def _question(self, text: str) -> object:
        model, prefixed = self._model(), self._question_prefix + text
        return persist(lambda: model.embed_query(prefixed), self._endpoint, _WAITS_OF_A_QUESTION)


def prefixes(model: str) -> tuple[str, str]:
    """Return what a model wants before a question and before a passage.

    The E5 family was trained with both (Wang et al., "Text Embeddings by Weakly-Supervised
    Contrastive Pre-training", 2022), its instructed models with a task before the question.

    Args:
        model: Name of the model, or its folder.
    """
    lowered = model.lower()
    if not _E5.search(lowered):
        return "", ""
    is_instructed = "instruct" in lowered or "mistral" in lowered
    return (_TASK, "") if is_instructed else ("query: ", "passage: ")


def _options(endpoint: Endpoint) -> dict[str, object]:
    """Return what the provider's class is built with.

    Raises:
        SettingsError: It does not take the address or the key, or the address is none.
        ModelError: There is no key for OpenAI's own server, or no such folder.
    """
    provider = endpoint.provider
    if provider == "ollama":
        return ollama_options(endpoint, Connections(endpoint), _TIMEOUTS[provider])
    if provider in ("openai", "azure_openai"):
        return openai_options(endpoint, Connections(endpoint), _TIMEOUTS[provider]) | {
            # Its counter of tokens would be downloaded.
            "check_embedding_ctx_length": False,
            "chunk_size": _BATCHES[provider],
        }
    if provider == "huggingface" and not endpoint.url:
        return _huggingface_options(endpoint)
    refuse_address_and_key(endpoint)
    return {}


def _huggingface_options(endpoint: Endpoint) -> dict[str, object]:
    """Return the options of a model that runs here: of a folder, else of the hub by name.

    Naming a model of the hub allows its download; telling the hub about it is not allowed.
    """
    check_packages(endpoint.provider)
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    folder = _folder(endpoint)
    model_options: dict[str, object] = {"token": endpoint.key} if endpoint.key else {}
    if folder is not None:
        model_options["local_files_only"] = True
    return {"model_kwargs": model_options, "encode_kwargs": {"normalize_embeddings": True}}


def _folder(endpoint: Endpoint) -> Path | None:
    """Return the folder that a name means; None for a name of the hub.

    Raises:
        ModelError: It is a path, and nothing is there.
    """
    try:
        folder = Path(endpoint.model).expanduser()
    except RuntimeError:
        folder = Path(endpoint.model)
    if folder.is_dir():
        return folder
    if _PATH.match(endpoint.model):
        raise ModelError(
            f"{endpoint} can't be used: there is no folder {folder}. Check the path, or give a "
            "name of the hub such as huggingface:intfloat/multilingual-e5-small."
        )
    return None


def _built(endpoint: Endpoint, options: dict[str, object]) -> Embeddings:
    folder = _folder(endpoint) if endpoint.provider == "huggingface" else None
    model = str(folder) if folder is not None else endpoint.model

    def build() -> Embeddings:
        from langchain.embeddings import init_embeddings

        return init_embeddings(model, provider=endpoint.provider, **options)

    return built(build, endpoint)
