"""What makes follow-ups stand alone, by the settings."""

from __future__ import annotations

import pytest
from scripted_model import ScriptedModel

from assistant.conversation import ModelRewriter, RuleRewriter, build_rewriter
from assistant.errors import ModelError, PromptError
from assistant.models.chat import ChatWriter
from assistant.models.endpoint import Endpoint
from assistant.schema import Interrupt, Message
from assistant.settings import Settings

HISTORY = (Message("user", "Who rebuilt the lighthouse?"), Message("assistant", "Salma Haddad."))


def writer(*answers: object) -> tuple[ChatWriter, ScriptedModel]:
    model = ScriptedModel(answers=[[answer] for answer in answers])
    return ChatWriter(model, Endpoint("SANAD_MODEL", "scripted:tiny", "", "")), model


def test_without_a_model_rules_complete_follow_ups() -> None:
    assert isinstance(build_rewriter(Settings(), None), RuleRewriter)


def test_model_is_asked_with_rules_and_task_apart() -> None:
    made, model = writer("When was the lighthouse rebuilt?")
    rewriter = build_rewriter(Settings(), made)

    assert isinstance(rewriter, ModelRewriter)
    assert rewriter.rewrite("And when?", HISTORY) == "When was the lighthouse rebuilt?"
    assert [message.type for message in model.asked[0]] == ["system", "human"]
    assert "Who rebuilt the lighthouse?" in str(model.asked[0][1].text)


def test_model_is_not_asked_where_nothing_was_said_before() -> None:
    made, model = writer()

    assert build_rewriter(Settings(), made).rewrite("And when?", ()) == "And when?"
    assert model.asked == []


def test_interrupt_that_is_set_asks_nothing_more_of_the_model() -> None:
    made, model = writer("When was the lighthouse rebuilt?")
    stop = Interrupt()
    stop.set()

    build_rewriter(Settings(), made).rewrite("And when?", HISTORY, stop)

    assert model.asked == []


def test_failing_model_is_an_error() -> None:
    made, _ = writer(ValueError("gone"))

    with pytest.raises(ModelError):
        build_rewriter(Settings(), made).rewrite("And when?", HISTORY)


def test_missing_prompts_are_said_at_once(tmp_path) -> None:
    made, _ = writer()

    with pytest.raises(PromptError):
        build_rewriter(Settings(prompts=tmp_path), made)
