"""An answer with its citations, for the clipboard."""

from __future__ import annotations

from dataclasses import replace

from page_html import GROWTH, SCRIPT, SUMMIT, answer_of, elements, verbatim, words

from assistant.schema import Segment
from assistant.web.markup.copied import cited_html, cited_text

PAGED = replace(GROWTH, place="page 3")


def test_text_has_markers_and_below_them_quote_title_place_and_source():
    segments = (
        Segment("According to “Annual report”: "),
        verbatim(PAGED, " "),
        Segment("It is so.", (PAGED, SUMMIT), "unconfirmed", ("no date",)),
    )
    expected = (
        "According to “Annual report”: Revenue grew by 8% in 2024. [1] "
        "It is so. [1] [2] (not confirmed by the source: no date)\n\n"
        "[1] «Revenue grew by 8% in 2024.» — Annual report · page 3 · folder/en.txt\n"
        f"[2] «{' '.join(SUMMIT.cited_text.split())}» — algeria-russia-consultations · "
        "folder/ar.txt"
    )
    assert cited_text(answer_of(segments), "en") == expected


def test_places_are_called_as_in_the_interface():
    assert " · صفحة 3 · " in cited_text(answer_of((verbatim(PAGED),)), "ar")


def test_html_is_escaped_and_each_block_has_its_direction():
    shown = cited_html(answer_of((verbatim(SCRIPT, "\n"), verbatim(SUMMIT))), "en")
    assert [p.attributes["dir"] for p in elements(shown, "p")] == ["ltr", "rtl", "ltr", "rtl"]
    assert elements(shown, "script") == []
    assert SCRIPT.cited_text + " [1]" in words(shown)
    assert [c.text for c in elements(shown, "cite")] == [
        "Annual report · folder/en.txt",
        "algeria-russia-consultations · folder/ar.txt",
    ]


def test_quote_that_was_erased_is_left_out():
    blank = replace(GROWTH, version="", cited_text="", document_title="", source="", place="")
    whole = answer_of((Segment("", (blank,), "verbatim"), verbatim(SUMMIT)))
    assert "[1] «" not in cited_text(whole, "en")
    assert "\n\n[2] «" in cited_text(whole, "en")
    assert len(elements(cited_html(whole, "en"), "cite")) == 1


def test_refusal_is_its_words_alone():
    refusal = answer_of((Segment("I found nothing."),), answered=False)
    assert cited_text(refusal, "en") == "I found nothing."
