"""The document behind a marker: what a browser sends is checked, then shown."""

from __future__ import annotations

import json

import pytest
from page_html import CHAIR, GROWTH, SUMMIT, FakeAssistant, elements, words

from assistant import Assistant
from assistant.errors import LibraryLocked
from assistant.schema import CITE_STYLES, Document, cite
from assistant.strings import say
from assistant.web import sources
from assistant.web.desk import Desk
from assistant.web.markup import markers


def marks(shown, kind):
    return [e.text for e in elements(shown, "mark") if e.has(kind)]


def test_a_marker_opens_its_source_with_the_neighbours_of_its_own_document():
    neighbours = [markers.encode(c) for c in (CHAIR, SUMMIT, GROWTH)] + ["forged", 7, None]
    shown = sources.source(Desk(FakeAssistant()), markers.encode(CHAIR), neighbours, "ar")
    assert marks(shown, "focus") == [CHAIR.cited_text]
    assert marks(shown, "also") == [SUMMIT.cited_text]


@pytest.mark.parametrize(
    "token",
    [
        None,
        "forged",
        json.dumps(["ar", "another version", 0, 5, "x"]),
        json.dumps(["nobody", "v-ar", 0, 5, "x"]),
        json.dumps(["ar", "v-ar", 0, 10**9, "x"]),
        json.dumps(["ar", "v-ar", 0, 5, "x"]),
    ],
)
def test_a_forged_or_stale_marker_gives_a_friendly_text(token):
    assert words(sources.source(Desk(FakeAssistant()), token, None, "en")) == say(
        "page.source.missing", "en"
    )


def test_a_library_in_trouble_is_not_called_a_missing_document(monkeypatch, caplog):
    fake = FakeAssistant()

    def locked(document_id, version=None):
        raise LibraryLocked("held by somebody")

    monkeypatch.setattr(fake, "document", locked)
    shown = sources.source(Desk(fake), markers.encode(CHAIR), [], "en")
    assert words(shown) == say("page.error.unexpected", "en")


QUESTION = "When did the city museum of Wahran open?"


@pytest.fixture(scope="module")
def cited(seeded):
    return seeded.ask(QUESTION).citations[0]


def panel_of(seeded, cited, language="en"):
    return sources.source(Desk(seeded), markers.encode(cited), None, language)


@pytest.mark.parametrize("style", CITE_STYLES)
@pytest.mark.parametrize("language", ["ar", "en"])
def test_sentence_can_be_cited_in_every_style(seeded, cited, style, language):
    shown = panel_of(seeded, cited, language)
    document = seeded.document(cited.document_id)
    copied = [
        e.attributes["data-copy"] for e in elements(shown, "button") if "data-copy" in e.attributes
    ]
    assert cite([cited], [document], style, language) in copied


def test_sentence_has_a_link_that_opens_it_again(seeded, cited):
    shown = panel_of(seeded, cited)
    (button,) = elements(shown, ".copy-link")
    name = button.attributes["data-path"].removeprefix("/?s=")
    again = sources.linked_source(Desk(seeded), name, "en")
    assert marks(again, "focus") == [cited.cited_text]


@pytest.mark.parametrize("name", ["forged", "a.b.1-2", "x" * 5000])
def test_link_that_leads_nowhere_gives_a_friendly_text(seeded, name):
    shown = sources.linked_source(Desk(seeded), name, "en")
    assert words(shown) == say("page.source.missing", "en")


def test_no_link_leaves_the_panel_empty(seeded):
    assert words(sources.linked_source(Desk(seeded), "", "ar")) == say("page.source.empty", "ar")


@pytest.mark.parametrize("change", ["changed", "gone"])
def test_panel_warns_where_the_file_is_not_as_it_was(tmp_path, change):
    path = tmp_path / "notes.txt"
    path.write_text("The harbour was dredged in 2019 by the authority.\n", encoding="utf-8")
    with Assistant(tmp_path / "library") as assistant:
        assistant.add(path)
        hit = assistant.search("harbour")[0]
        before = sources.source(Desk(assistant), markers.encode(hit), None, "en")
        assert elements(before, ".warning") == []
        if change == "gone":
            path.unlink()
        else:
            path.write_text("The harbour was dredged in 2020.\n", encoding="utf-8")
        after = sources.source(Desk(assistant), markers.encode(hit), None, "en")
    assert elements(after, ".warning")[0].text == say(f"source.state.{change}", "en")
    assert marks(after, "focus")


def test_date_of_the_document_is_told(tmp_path):
    with Assistant(tmp_path / "library") as assistant:
        assistant.add(Document(title="Notes", text="10 February 2024\n\nThe dam is tall and old."))
        hit = assistant.search("dam")[0]
        shown = sources.source(Desk(assistant), markers.encode(hit), None, "ar")
    assert "10 فبراير 2024" in elements(shown, ".place")[0].text
