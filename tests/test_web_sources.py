"""The document behind a marker: what a browser sends is checked, then shown."""

from __future__ import annotations

import json

import pytest
from page_html import CHAIR, GROWTH, SUMMIT, FakeAssistant, elements, words

from assistant.errors import LibraryLocked
from assistant.strings import say
from assistant.web import markers, sources
from assistant.web.desk import Desk


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
