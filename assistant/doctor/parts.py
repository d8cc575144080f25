"""Looks whether an installation is well, part by part; changes nothing.

Each part is looked at by itself: what is broken in one is said, and the others follow.
"""

from __future__ import annotations

import errno
import os
import platform
import socket
import time
from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import TYPE_CHECKING

from assistant.doctor.checks import Check, Report, State, Telling, looked_at
from assistant.doctor.deep import deep_looks
from assistant.errors import AssistantError, ModelError, SettingsError
from assistant.models.endpoint import Endpoint, shown
from assistant.prompts import check_prompts
from assistant.settings import Settings
from assistant.strings import explain

if TYPE_CHECKING:
    from assistant.library import LibraryState

_TINY_QUESTION = "Answer with one word: is water wet?"


def examine(load: Callable[[], Settings], language: str, *, deep: bool = False) -> Report:
    """Look at all parts of an installation; nothing is written.

    A named embedding and a chat model are each asked for one tiny answer.

    Args:
        load: Reads the settings.
        language: Language of the messages: ``ar``, or anything else for English.
        deep: Read all of the library too, and the files that its documents were read from.

    Returns:
        The report; what is broken is in it and raises nothing.
    """
    told = Telling(language)
    program = looked_at("program", told, lambda: _program(told))
    try:
        settings = load()
    except SettingsError as error:
        rest = told("doctor.settings.rest", message=str(error))
        return Report((program, Check("settings", "error", rest)))
    looks: dict[str, Callable[[], tuple[State, str]]] = {
        "settings": lambda: ("ok", told("doctor.settings")),
        "prompts": lambda: _prompts(settings, told),
        "library": lambda: _library(settings, told),
        "vectors": lambda: _vectors(settings, told),
        "embeddings": lambda: _embeddings(settings, told),
        "model": lambda: _model(settings, told),
        "page": lambda: _page(settings, told),
    }
    if deep and not _is_new(settings):
        looks |= deep_looks(settings, told)
    checks = (looked_at(name, told, look) for name, look in looks.items())
    return Report((program, *checks))


def _program(told: Telling) -> tuple[State, str]:
    try:
        own = version("sanad")
    except PackageNotFoundError:  # run from its folder
        own = ""
    return "ok", told("doctor.program", version=own, python=platform.python_version())


def _prompts(settings: Settings, told: Telling) -> tuple[State, str]:
    check_prompts(settings.prompts)
    return "ok", told("doctor.prompts", folder=settings.prompts)


def _library(settings: Settings, told: Telling) -> tuple[State, str]:
    state = _state(settings)
    if state is None:
        return "warning", told("doctor.library.none", folder=settings.library.absolute())
    values: Mapping[str, object] = {
        "folder": settings.library.absolute(),
        "documents": state.documents,
        "passages": state.passages,
    }
    if state.holder:
        return "ok", told("doctor.library.held", holder=state.holder, **values)
    return "ok", told("doctor.library", **values)


def _state(settings: Settings) -> LibraryState | None:
    """Return what is in the library; None where there is none yet."""
    from assistant.library import library_state

    return None if _is_new(settings) else library_state(settings.library)


def _is_new(settings: Settings) -> bool:
    folder = settings.library
    return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))


def _vectors(settings: Settings, told: Telling) -> tuple[State, str]:
    if settings.chroma_url:
        from assistant.library import chroma_version

        found = chroma_version(settings.chroma_url)
        return "ok", told("doctor.vectors.server", url=shown(settings.chroma_url), version=found)
    state = _state(settings)
    files = state.vector_files if state is not None else "none"
    if state is not None and state.holder and files == "unclean":
        return "ok", told("doctor.vectors.held")
    return ("warning" if files == "unclean" else "ok"), told(f"doctor.vectors.{files}")


def _embeddings(settings: Settings, told: Telling) -> tuple[State, str]:
    from assistant.models import fingerprint, is_builtin, load_embeddings

    name = settings.embeddings
    begun = time.monotonic()
    made = load_embeddings(name, settings.embeddings_url, settings.embeddings_key)
    own = fingerprint(name, made)
    made.embed_query("سند")
    seconds = _seconds(begun)
    stored = _stored(settings)
    if stored not in (None, own) and is_builtin(name):
        return "warning", told("doctor.embeddings.renewed")
    if stored == "":
        return "error", told("doctor.embeddings.unfinished")
    if stored is not None and stored != own:
        return "error", told("doctor.embeddings.other", stored=stored, fingerprint=own)
    message = told("doctor.embeddings", name=name, seconds=seconds, fingerprint=own)
    noted = _noted(Endpoint("SANAD_EMBEDDINGS", name, settings.embeddings_url), message, told)
    return "ok" if noted == message else "warning", noted


def _stored(settings: Settings) -> str | None:
    """Return the fingerprint of the library's vectors; None where there are none to compare."""
    try:
        state = _state(settings)
    except AssistantError:  # that is the library's own check
        return None
    return state.embedding if state is not None and state.passages else None


def _model(settings: Settings, told: Telling) -> tuple[State, str]:
    if not settings.model:
        return "ok", told("doctor.model.none")
    from langchain_core.messages import HumanMessage

    from assistant.models import load_entailment, load_writer

    if ":" in settings.second_reader:
        load_entailment(settings.second_reader)
    writer = load_writer(
        settings.model,
        settings.model_url,
        settings.model_key,
        settings.model_context,
        settings.model_timeout,
    )
    endpoint = Endpoint("SANAD_MODEL", writer.name, settings.model_url)
    begun = time.monotonic()
    try:
        writer.complete([HumanMessage(_TINY_QUESTION)])
    except ModelError as error:
        return "error", _noted(endpoint, explain(error, told.language), told)
    message = told(
        "doctor.model", name=writer.name, seconds=_seconds(begun), tokens=writer.context_tokens()
    )
    noted = _noted(endpoint, message, told)
    return "ok" if noted == message else "warning", noted


def _noted(endpoint: Endpoint, message: str, told: Telling) -> str:
    """Return a message; with a note where a variable of the environment means another address."""
    if not endpoint.unused_variables:
        return message
    return told(
        "doctor.unused",
        message=message,
        variables=", ".join(endpoint.unused_variables),
        address=endpoint.address,
        setting=endpoint.setting,
    )


def _page(settings: Settings, told: Telling) -> tuple[State, str]:
    if find_spec("gradio") is None:
        return "error", told("doctor.page.package", package="gradio")
    if settings.users is not None:
        try:
            settings.users.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            return "error", told("doctor.page.users", path=settings.users, detail=error)
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"http://{host}:{settings.port}"
    try:
        _bind(settings.host, settings.port)
    except (OSError, UnicodeError) as error:
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            return "warning", told("doctor.page.in_use", port=settings.port)
        return "error", told("doctor.page.address", address=address, detail=error)
    return "ok", told("doctor.page", address=address)


def _bind(host: str, port: int) -> None:
    """Take an address for a moment.

    Raises:
        OSError: It can't be had.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, kind, protocol, _, address = found[0]
    with socket.socket(family, kind, protocol) as listener:
        if os.name == "posix":  # elsewhere this would take a port that is in use
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)


def _seconds(begun: float) -> str:
    return f"{time.monotonic() - begun:.1f}"
