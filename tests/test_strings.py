"""Every word that a person reads is there in both languages."""

from __future__ import annotations

import re
from string import Template

import pytest

from assistant.errors import LibraryError, ModelError
from assistant.strings import LANGUAGES, explain, names, place_name, say, variables

ARABIC = re.compile("[\u0621-\u064a]")
LATIN = re.compile("[A-Za-z]{2,}")
# These hold punctuation and variables, and no words.
ONLY_MARKS = (
    *("answer.comma", "answer.semicolon", "support.why"),
    *("answer.dated.one", "date.day", "date.month_of", "cite.day", "cite.quote"),
    *("day.date", "day.date.year"),
    *("answer.dated.one", "date.day", "date.month_of", "amount.day", "library.percent"),
)
WITH_VARIABLES = [name for name in names() if variables(name, "en")]


@pytest.mark.parametrize("name", names())
def test_string_has_the_same_variables_in_both_languages(name):
    assert variables(name, "ar") == variables(name, "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", names())
def test_string_is_filled_in_and_in_its_language(name, language):
    values = dict.fromkeys(variables(name, language), "§")
    said = say(name, language, values)
    assert said.strip()
    assert "$" not in said
    assert said.count("§") >= len(values)
    if name in ONLY_MARKS:
        return
    assert bool(ARABIC.search(said)) == (language == "ar")
    if language == "en":
        assert LATIN.search(said)


def test_say_chooses_the_language():
    assert say("page.source", "ar") == "المصدر"
    assert say("page.source", "en") == "Source"
    assert say("page.source", "fr") == "Source"


@pytest.mark.parametrize("value", ["$5 ${title} $$", "{title} %s", "<b>&", "سطر\nسطر"])
def test_say_values_stay_as_they_are(value):
    assert say("answer.frame.one", "en", {"title": value}) == f"According to “{value}”: "


def test_say_numbers_are_shown():
    assert say("page.documents.many", "en", {"count": 12}) == "Documents: 12"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", WITH_VARIABLES)
def test_say_without_a_variable_raises(name, language):
    every = dict.fromkeys(variables(name, language), "x")
    for missing in every:
        with pytest.raises(KeyError, match=missing):
            say(name, language, {k: v for k, v in every.items() if k != missing})


def test_say_unknown_name_raises():
    with pytest.raises(KeyError, match=r"no\.such"):
        say("no.such", "en")


def test_explain_says_a_models_failure_in_the_language():
    values = {"what": "SANAD_MODEL='ollama:x'", "setting": "SANAD_MODEL", "detail": "no"}
    values |= {"model": "x", "provider": "ollama"}
    error = ModelError("in English", kind="missing", values=values)
    assert "ollama pull x" in explain(error, "ar")
    assert ARABIC.search(explain(error, "ar"))
    error = ModelError("in English", kind="missing", values=values | {"provider": "openai"})
    assert "ollama" not in explain(error, "ar").replace("ollama:x", "")


@pytest.mark.parametrize("error", [ModelError("in English"), LibraryError("in English")])
def test_explain_without_words_of_its_own_gives_the_message(error):
    assert explain(error, "ar") == explain(error, "en") == "in English"


def test_strings_hold_no_lone_dollar():
    for name in names():
        for language in LANGUAGES:
            values = {variable: f"${variable}" for variable in variables(name, language)}
            assert Template(say(name, language, values)).is_valid(), name


@pytest.mark.parametrize(
    ("place", "arabic", "english"),
    [
        ("page 3", "صفحة 3", "page 3"),
        ("pages 3-4", "الصفحات 3–4", "pages 3–4"),
        ("row 7", "الصف 7", "row 7"),
        ("row 7, hidden", "الصف 7، مخفي", "row 7, hidden"),
        ("Harbour figures, row 7", "Harbour figures، الصف 7", "Harbour figures, row 7"),
        ("المبيعات, row 7, hidden", "المبيعات، الصف 7، مخفي", "المبيعات, row 7, hidden"),
        ("slide 3", "الشريحة 3", "slide 3"),
        ("slide 3, hidden", "الشريحة 3، مخفية", "slide 3, hidden"),
        ("slide 3, notes", "الشريحة 3، الملاحظات", "slide 3, notes"),
        ("slide 3, notes, hidden", "الشريحة 3، الملاحظات، مخفية", "slide 3, notes, hidden"),
        ("footnote 2", "الحاشية 2", "footnote 2"),
        ("line 4", "السطر 4", "line 4"),
        ("line 4.title", "السطر 4، title", "line 4.title"),
        # Headings and times are the document's own.
        ("On page 3 of the row", "On page 3 of the row", "On page 3 of the row"),
        ("00:01:02", "00:01:02", "00:01:02"),
        ("articles[2].body", "articles[2].body", "articles[2].body"),
        ("", "", ""),
    ],
)
def test_place_is_named_in_both_languages(place, arabic, english) -> None:
    assert (place_name(place, "ar"), place_name(place, "en")) == (arabic, english)
