"""The list of conversations."""

from __future__ import annotations

import datetime as dt

import pytest
from page_html import elements, words

from assistant.schema import ConversationSummary
from assistant.strings import say
from assistant.web.markup import talks
from assistant.web.markup.days import Reader

NOW = dt.datetime(2024, 5, 3, 12, 0, tzinfo=dt.UTC)


def one(number: int, title: str = "") -> ConversationSummary:
    when = NOW - dt.timedelta(days=number)
    return ConversationSummary(f"id{number}", title or f"Talk {number}", 1, when, when)


def shown(found, language="en", most=100, query="", *, is_eastern=False):
    return talks.talks(found, most, query, Reader(language, dt.UTC, is_eastern), NOW)


@pytest.mark.parametrize(
    ("language", "runs", "days"),
    [("ar", "rtl", ["اليوم", "أمس", "1 مايو"]), ("en", "ltr", ["Today", "Yesterday", "1 May"])],
)
def test_conversations_have_title_and_day(language, runs, days):
    list_ = shown([one(n) for n in range(3)], language)
    assert [e.text for e in elements(list_, ".title")] == ["Talk 0", "Talk 1", "Talk 2"]
    assert [e.text for e in elements(list_, "time")] == days
    assert [e.attributes["href"] for e in elements(list_, "a")] == ["?c=id0", "?c=id1", "?c=id2"]
    assert elements(list_, "nav")[0].attributes["dir"] == runs


def test_title_has_its_own_direction_and_is_escaped():
    list_ = shown([one(0, "متى <b>؟"), one(1, 'Who "is" & <script>')], "en")
    first, second = elements(list_, ".title")
    assert (first.attributes["dir"], second.attributes["dir"]) == ("rtl", "ltr")
    assert (first.text, second.text) == ("متى <b>؟", 'Who "is" & <script>')
    assert elements(list_, "b") == elements(list_, "script") == []
    assert elements(list_, ".delete")[0].attributes["aria-label"] == "Delete “متى <b>؟”"


def test_of_many_the_last_are_shown_and_the_rest_is_counted():
    list_ = shown([one(n) for n in range(250)])
    assert len(elements(list_, "li")) == 100
    assert elements(list_, ".more")[0].text == "Show more, 150 left"
    assert len(elements(shown([one(n) for n in range(250)], most=300), "li")) == 250
    assert elements(shown([one(n) for n in range(100)]), ".more") == []


def test_what_is_left_is_counted_in_the_readers_digits():
    list_ = shown([one(n) for n in range(250)], "ar", is_eastern=True)
    assert elements(list_, ".more")[0].text.endswith("١٥٠")


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize(("query", "name"), [("", "none"), (" ", "none"), ("word", "none_found")])
def test_empty_list_says_why(language, query, name):
    assert words(shown([], language, query=query)) == say(f"history.{name}", language)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_tools_lead_to_the_list_and_to_three_exports(language):
    tools = talks.tools(language)
    assert [a.attributes["data-form"] for a in elements(tools, "a")] == ["md", "html", "json"]
    opens = elements(tools, ".open-history")[0]
    assert opens.attributes["aria-controls"] == "sanad-history"
    assert opens.attributes["aria-expanded"] == "false"
    assert opens.text == say("history.title", language)
