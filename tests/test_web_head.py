"""The page's first bytes: its language and direction."""

from __future__ import annotations

import pytest
from page_html import elements

from assistant.web import head


@pytest.mark.parametrize(
    ("setting", "accepted", "language"),
    [
        ("ar", "en-US,en", "ar"),
        ("en", "ar", "en"),
        ("auto", "ar-DZ,ar;q=0.9,en;q=0.8", "ar"),
        ("auto", "en-US,en;q=0.9,ar;q=0.8", "en"),
        ("auto", "fr,ar;q=0.5", "ar"),
        ("auto", "en;q=0.2,ar;q=0.7", "ar"),
        ("auto", "fr", "en"),
        ("auto", "", "en"),
        ("auto", "ar;q=0.0.1", "ar"),
    ],
)
def test_the_interface_speaks_the_browsers_language(setting, accepted, language):
    assert head.language_for(setting, {"accept-language": accepted}) == language


@pytest.mark.parametrize(
    ("cookie", "language"),
    [
        ("sanad-language=ar", "ar"),
        ("other=1; sanad-language=en; last=2", "en"),
        ("sanad-language=fr", "ar"),
        ("not-sanad-language=en", "ar"),
        ("sanad-language=english", "ar"),
    ],
)
def test_what_a_person_chose_counts_most(cookie, language):
    assert head.language_for("ar", {"cookie": cookie, "accept-language": "ar"}) == language


def test_without_any_wish_the_interface_is_english():
    assert head.language_for("auto", {}) == "en"


def test_the_page_begins_with_its_language():
    page = (
        b'<!doctype html>\n<html\n\tlang="en"\n\tstyle="x">\n<head>\n<meta charset="utf-8" />'
        b'<meta property="og:title" content="Gradio" /><link rel="manifest" href="/m" /></head>'
    )
    made = head.rewrite(page, "ar", 'say("$language", "$direction");').decode()
    assert elements(made.removesuffix("</head>") + "</head></html>", "html")[0].attributes == {
        "lang": "ar",
        "dir": "rtl",
        "style": "x",
    }
    assert made.index('say("ar", "rtl");') < made.index("<meta charset")
    assert "og:title" not in made
    assert "manifest" not in made
