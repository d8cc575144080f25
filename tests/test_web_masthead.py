"""The page's head."""

from __future__ import annotations

import pytest
from page_html import elements, words

from assistant.strings import say
from assistant.web.markup.masthead import masthead


@pytest.mark.parametrize(("count", "key"), [(0, "none"), (1, "one"), (2, "many"), (1000, "many")])
def test_the_head_says_how_many_documents_there_are(count, key):
    (shown,) = elements(masthead(count, "", "ar"), ".count")
    assert shown.text == str(count)
    assert shown.attributes["title"] == say(f"page.documents.{key}", "ar", {"count": count})


def test_the_head_has_no_count_where_it_is_not_known():
    assert elements(masthead(None, "", "en"), ".count") == []


@pytest.mark.parametrize(("language", "other"), [("ar", "en"), ("en", "ar")])
def test_the_head_offers_the_other_language_in_its_own_words(language, other):
    (button,) = elements(masthead(3, "", language), ".language")
    assert button.attributes["data-language"] == other
    assert button.text == say("page.language", other)


def test_the_head_names_who_is_signed_in_and_lets_them_out():
    shown = masthead(3, "<سلمى>", "ar")
    assert elements(shown, ".person")[0].text == "<سلمى>"
    assert say("page.sign_out", "ar") in words(shown)
    assert elements(masthead(3, "", "ar"), "form") == []
