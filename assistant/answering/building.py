"""The answerer that the settings ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.answering.answerer import Answerer
from assistant.answering.extractive import ExtractiveAnswerer
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.answering.second import SecondReader
    from assistant.models.chat import ChatWriter


def build_answerer(settings: Settings, writer: ChatWriter | None) -> Answerer:
    """Return the answerer that settings ask for: a model's, or the one that quotes.

    Args:
        settings: The settings.
        writer: The chat model; None for quotations.

    Returns:
        The answerer. Nothing is asked of a server yet.

    Raises:
        MissingDependency: The second reader's package is not installed.
        SettingsError: The second reader's name can't be used.
    """
    if writer is None:
        return ExtractiveAnswerer(settings.min_confidence)
    from assistant.answering.generative import GenerativeAnswerer, Policy

    policy = Policy(settings.min_confidence, settings.unsupported == "mark")
    reader = _second_reader(settings, writer)
    return GenerativeAnswerer(writer, settings.prompts, policy, reader)


def _second_reader(settings: Settings, writer: ChatWriter) -> SecondReader | None:
    from assistant.answering.second import EntailmentReader, ModelReader

    if ":" in settings.second_reader:
        from assistant.models import load_entailment

        return EntailmentReader(load_entailment(settings.second_reader))
    is_wanted = settings.second_reader == "model" or (
        settings.second_reader == "auto" and not is_local(settings.model, settings.model_url)
    )
    return ModelReader(writer, settings.prompts) if is_wanted else None


def is_local(model: str, url: str) -> bool:
    """Return whether a model is likely a person's own: small, and slow to be asked twice.

    Args:
        model: LangChain's name of it.
        url: Its address; empty for the provider's own.
    """
    return bool(url) or model.startswith(("ollama:", "huggingface:"))
