"""Who answers, and who reads a second time, by the settings."""

from __future__ import annotations

import pytest
from scripted_model import ScriptedModel

from assistant.answering import ExtractiveAnswerer, build_answerer
from assistant.answering.building import is_local
from assistant.answering.generative import GenerativeAnswerer
from assistant.answering.second import ModelReader
from assistant.errors import SettingsError
from assistant.models.chat import ChatWriter
from assistant.models.endpoint import Endpoint
from assistant.settings import Settings

LOOPBACK = "http://127.0.0.1:9/v1"


def writer(name: str = "openai:tiny") -> ChatWriter:
    return ChatWriter(ScriptedModel(answers=[]), Endpoint("SANAD_MODEL", name, "", ""))


def test_without_a_model_answers_are_quotations() -> None:
    answerer = build_answerer(Settings(), None)

    assert isinstance(answerer, ExtractiveAnswerer)
    assert answerer.engine == "extractive"


@pytest.mark.parametrize("reader", ["auto", "model", "off"])
def test_without_a_model_no_second_reader_is_built(reader: str) -> None:
    assert isinstance(build_answerer(Settings(second_reader=reader), None), ExtractiveAnswerer)


def test_with_a_model_it_writes() -> None:
    answerer = build_answerer(Settings(model="openai:tiny"), writer())

    assert isinstance(answerer, GenerativeAnswerer)
    assert answerer.engine == "openai:tiny"


@pytest.mark.parametrize(
    ("model", "url", "reader", "is_read"),
    [
        ("openai:gpt", "", "auto", True),
        ("anthropic:claude", "", "auto", True),
        ("openai:gpt", LOOPBACK, "auto", False),
        ("ollama:qwen3:8b", "", "auto", False),
        ("huggingface:tiny", "", "auto", False),
        ("ollama:qwen3:8b", "", "model", True),
        ("openai:gpt", LOOPBACK, "model", True),
        ("openai:gpt", "", "off", False),
        ("ollama:qwen3:8b", "", "off", False),
    ],
)
def test_second_reader_is_the_one_of_the_settings(
    model: str, url: str, reader: str, is_read: bool
) -> None:
    settings = Settings(model=model, model_url=url, second_reader=reader)
    answerer = build_answerer(settings, writer(model))

    assert isinstance(answerer, GenerativeAnswerer)
    assert isinstance(answerer._reader, ModelReader) == is_read
    assert (answerer._reader is None) == (not is_read)


def test_second_reader_of_an_unknown_provider_is_a_clear_error() -> None:
    settings = Settings(model="openai:tiny", second_reader="ollama:qwen3:8b")

    with pytest.raises(SettingsError, match="SANAD_SECOND_READER='ollama:qwen3:8b'"):
        build_answerer(settings, writer())


@pytest.mark.parametrize(("setting", "keeps"), [("drop", False), ("mark", True)])
def test_unsupported_sentences_are_dropped_or_marked_by_the_setting(
    setting: str, keeps: bool
) -> None:
    answerer = build_answerer(Settings(model="openai:tiny", unsupported=setting), writer())

    assert isinstance(answerer, GenerativeAnswerer)
    assert answerer._policy.keeps_unsupported == keeps


@pytest.mark.parametrize(
    ("model", "url", "expected"),
    [
        ("ollama:qwen3:8b", "", True),
        ("huggingface:x/y", "", True),
        ("openai:gpt", "", False),
        ("openai:gpt", LOOPBACK, True),
        ("anthropic:claude", "", False),
        ("ollamas:other", "", False),
    ],
)
def test_model_on_ones_own_machine_is_known_by_its_provider_or_address(
    model: str, url: str, expected: bool
) -> None:
    assert is_local(model, url) == expected
