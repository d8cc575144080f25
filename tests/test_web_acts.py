"""What can be done with a message."""

from __future__ import annotations

import pytest
from page_html import CHAIR, GROWTH, SCRIPT, answer_of, elements, verbatim, words

from assistant.schema import Rating, Segment
from assistant.strings import say
from assistant.web.markup import acts

LANGUAGES = ("ar", "en")


def kinds(shown: str) -> list[str]:
    return [b.attributes["class"].removeprefix("act ") for b in elements(shown, "button")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_question_can_be_changed_and_asked_again(language):
    shown = acts.of_question('من "أ" <b>؟', language)
    assert kinds(shown) == ["edit", "again"]
    assert elements(shown, ".acts")[0].attributes["data-question"] == 'من "أ" <b>؟'
    names = [b.attributes["aria-label"] for b in elements(shown, "button")]
    assert names == [say("act.edit", language), say("act.again", language)]
    assert words(shown) == ""


def test_answer_can_be_copied_and_rated():
    shown = acts.of_answer(answer_of((verbatim(GROWTH),)), 7, None, "en")
    assert kinds(shown) == ["copy", "copy-cited", "good", "bad", "why"]
    group = elements(shown, ".acts")[0]
    assert (group.attributes["data-number"], group.attributes["role"]) == ("7", "group")
    assert elements(shown, ".copy")[0].attributes["data-text"] == GROWTH.cited_text
    assert [b.attributes.get("aria-pressed") for b in elements(shown, "button")] == [
        *(None, None, "false", "false", None),
    ]
    assert "hidden" in elements(shown, ".why")[0].attributes


@pytest.mark.parametrize(
    ("good", "pressed"), [(True, ["true", "false"]), (False, ["false", "true"])]
)
def test_rating_is_shown_with_its_reason(good, pressed):
    rating = Rating(good, 'no "date" <b>')
    shown = acts.of_answer(answer_of((verbatim(CHAIR),)), 1, rating, "ar")
    thumbs = [elements(shown, f".{name}")[0].attributes["aria-pressed"] for name in ("good", "bad")]
    assert thumbs == pressed
    why = elements(shown, ".why")[0].attributes
    assert why["data-reason"] == 'no "date" <b>'
    assert "hidden" not in why


def test_answer_that_is_not_kept_can_not_be_rated():
    assert kinds(acts.of_answer(answer_of((verbatim(CHAIR),)), 0, None, "ar")) == [
        "copy",
        "copy-cited",
    ]


def test_answer_without_citations_is_copied_alone():
    refusal = answer_of((Segment("Nothing."),), answered=False)
    assert kinds(acts.of_answer(refusal, 1, None, "en")) == ["copy", "good", "bad", "why"]


def test_what_is_copied_is_escaped_in_the_page():
    shown = acts.of_answer(answer_of((verbatim(SCRIPT),)), 1, None, "en")
    assert elements(shown, "script") == []
    assert elements(shown, ".copy")[0].attributes["data-text"] == SCRIPT.cited_text
    assert "<p dir" in elements(shown, ".copy-cited")[0].attributes["data-html"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_reasons_can_be_chosen_in_the_interfaces_language(language):
    shown = acts.reasons(language)
    lists = elements(shown, "fieldset")
    assert [f.attributes["class"] for f in lists] == ["good", "bad"]
    assert say("rate.bad.wrong", language) in lists[1].text
    values = [b.attributes["value"] for b in elements(shown, "input")]
    assert len(values) == 7
    assert say("rate.good.sources", language) in values
    separator = elements(shown, "dialog")[0].attributes["data-separator"]
    assert separator == say("answer.semicolon", language)
    assert not any(separator.strip() in value for value in values)
