"""Searches from the page: what a browser sent is checked, then looked for."""

from __future__ import annotations

import datetime as dt

import pytest
from page_html import elements, words

from assistant import Assistant
from assistant.strings import say
from assistant.web import searching
from assistant.web.desk import Desk
from assistant.web.searching import Wish

WAHRAN = "museum of Wahran"


def found(seeded: Assistant, **wished: object) -> str:
    return searching.results(Desk(seeded), Wish(**wished), "en")


@pytest.mark.parametrize(
    ("sent", "wished"),
    [
        ({}, Wish()),
        ({"query": "x", "kind": "mentions", "pages": 3}, Wish("x", "mentions", limit=60)),
        ({"query": 7, "kind": "drop", "language": "fr", "pages": -1}, Wish()),
        ({"pages": True, "after": "yesterday"}, Wish()),
        (
            {"title": "a", "language": "ar", "after": "2024-02-10", "before": "2024-03-01"},
            Wish(
                title="a",
                language="ar",
                after=dt.date(2024, 2, 10),
                before=dt.date(2024, 3, 1),
            ),
        ),
    ],
)
def test_wish_is_what_was_sent_less_what_is_none_of_ours(sent, wished):
    assert searching.wish(sent) == wished


@pytest.mark.parametrize("kind", ["passage", "sentence"])
def test_hits_are_shown_with_their_words_marked(seeded, kind):
    made = found(seeded, query=WAHRAN, kind=kind)
    assert len(elements(made, ".hit")) > 1
    assert {"museum", "Wahran", "وهران"} <= {e.text for e in elements(made, "mark")}


def test_all_mentions_are_counted_across_scripts(seeded):
    made = found(seeded, query="وهران", kind="mentions")
    mentions = seeded.mentions("وهران")
    assert mentions.total > 1
    assert str(mentions.total) in elements(made, ".counts")[0].text
    assert len(elements(made, ".hit")) == mentions.sentences


def test_filters_leave_out_other_documents(seeded):
    made = found(seeded, query="coins", title="museum")
    titles = {e.text for e in elements(made, ".open")}
    assert titles == {"City museum"}
    arabic = found(seeded, query=WAHRAN, language="ar")
    assert "City museum" not in words(arabic)
    late = found(seeded, query=WAHRAN, after=dt.date(2999, 1, 1))
    assert words(late) == say("search.nothing", "en")


@pytest.mark.parametrize(
    ("wished", "name"),
    [
        ({"query": "  "}, "search.empty"),
        ({"query": "x", "title": "no such title"}, "search.no_document"),
    ],
)
def test_search_that_can_find_nothing_says_why(seeded, wished, name):
    assert words(found(seeded, **wished)) == say(name, "en")


def test_too_long_a_search_says_so_in_the_interfaces_language(seeded):
    query = "ا" * 5000
    limit = seeded.settings.max_question_characters
    told = words(searching.results(Desk(seeded), Wish(query), "ar"))
    assert told == say("question.too_long", "ar", {"length": 5000, "limit": limit})


def test_unexpected_error_is_told_and_logged_without_words(seeded, monkeypatch, caplog):
    query = "a secret"

    def broken(*_: object, **__: object) -> None:
        raise ValueError(query)

    monkeypatch.setattr(seeded, "search", broken)
    assert words(found(seeded, query=query)) == say("page.error.unexpected", "en")
    assert "ValueError" in caplog.text
    assert "secret" not in caplog.text


def test_more_pages_show_more(seeded):
    few = found(seeded, query="museum lighthouse harbour", kind="sentence", limit=2)
    more = found(seeded, query="museum lighthouse harbour", kind="sentence", limit=4)
    assert (len(elements(few, ".hit")), len(elements(more, ".hit"))) == (2, 4)
