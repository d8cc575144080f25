"""The library as HTML: the list, what stands around it, and what is told of work on it."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest
from page_html import elements, words

from assistant.errors import LibraryError
from assistant.schema import (
    Failure,
    Progress,
    ShelfPage,
    ShelfRow,
    ShelfSource,
    ShelfWish,
    SyncReport,
)
from assistant.strings import LANGUAGES, say
from assistant.web.markup import shelf_notes
from assistant.web.markup.shelf import Shown, filled, listed, notes
from assistant.web.markup.shelf_tools import tools

NASTY = "<b>\"'&\u202e\r$title"
ROW = ShelfRow(
    id="d1",
    version="v1",
    title="تقرير 2024-06-30",
    language="ar",
    date=dt.date(2024, 6, 30),
    sources=(ShelfSource("/srv/secret/report.pdf", "/srv/secret", 1_500_000, 5),),
    passages=1234,
    quality=1.0,
    metadata={"pages": "12"},
    state="current",
)


def shown(row: ShelfRow = ROW, **own: object) -> Shown:
    return Shown(row, **{"whose": "folder", "may_correct": True, "may_remove": True, **own})


def page(*rows: Shown, found: int = 0, language: str = "en", wish: ShelfWish | None = None) -> str:
    ids = tuple(f"d{n}" for n in range(found or len(rows)))
    found_page = ShelfPage(tuple(one.row for one in rows), ids, len(ids))
    return listed(found_page, rows, wish or ShelfWish(), language)


def cell(html: str, name: str) -> str:
    return next(e.text for e in elements(html, f".{name}") if e.tag == "td")


# The list


@pytest.mark.parametrize(
    ("name", "arabic", "english"),
    [
        ("language", "العربية", "Arabic"),
        ("date", "30 يونيو 2024", "30 June 2024"),
        ("pages", "12", "12"),
        ("passages", "1,234", "1,234"),
        ("size", "1.5 م.ب", "1.5 MB"),
        ("quality", "100٪", "100 %"),
        ("state", "من مجلد الوثائق", "from the documents’ folder"),
    ],
)
def test_row_says_its_facts_in_both_languages(name, arabic, english):
    assert cell(page(shown(), language="ar"), name) == arabic
    assert cell(page(shown(), language="en"), name) == english


@pytest.mark.parametrize(
    ("change", "name", "text"),
    [
        ({"date": None}, "date", ""),
        ({"metadata": {}}, "pages", ""),
        ({"metadata": {}, "place": "page 7"}, "pages", "7"),
        ({"metadata": {}, "place": "pages 7-8"}, "pages", "8"),
        ({"metadata": {}, "place": "slide 1200"}, "pages", "1,200"),
        ({"metadata": {}, "place": "row 9"}, "pages", ""),
        ({"metadata": {"pages": "many"}}, "pages", ""),
        ({"sources": (ShelfSource("made"),)}, "size", ""),
        ({"sources": ()}, "size", ""),
        ({"language": "und"}, "language", "Unknown"),
        ({"language": "xx"}, "language", "Unknown"),
        ({"quality": 0.994}, "quality", "99 %"),
        ({"quality": 0.0}, "quality", "0 %"),
    ],
    ids=str,
)
def test_cell_for_what_is_missing_or_odd(change, name, text):
    assert cell(page(shown(replace(ROW, **change))), name) == text


@pytest.mark.parametrize("state", ["changed", "gone"])
def test_state_that_matters_is_told(state):
    html = page(shown(replace(ROW, state=state)))
    assert say(f"library.state.{state}", "en") in cell(html, "state")


def test_path_of_the_server_is_in_the_title_of_the_file_name_alone():
    html = page(shown())
    (file,) = elements(html, ".file")
    assert (file.text, file.attributes["title"]) == ("report.pdf", "/srv/secret/report.pdf")
    assert "/srv/secret" not in words(html)


@pytest.mark.parametrize("language", LANGUAGES)
def test_title_and_names_are_shown_and_told_as_they_are(language):
    row = replace(ROW, title=NASTY, sources=(ShelfSource(NASTY),), metadata={"skipped": NASTY})
    html = page(shown(row), language=language)
    assert not elements(html, "b")
    (told,) = (e for e in elements(html, "tr") if "data-id" in e.attributes)
    assert told.attributes["data-title"] == NASTY
    assert [e.text for e in elements(html, ".name")] == [NASTY]
    assert NASTY in elements(html, "bdi")[0].text


@pytest.mark.parametrize(
    ("may_correct", "may_remove"), [(True, False), (False, True), (False, False)]
)
def test_buttons_are_there_for_what_may_be_done(may_correct, may_remove):
    html = page(shown(may_correct=may_correct, may_remove=may_remove))
    kinds = {e.attributes["class"] for e in elements(html, "button")}
    assert ("correct" in kinds, "remove" in kinds) == (may_correct, may_remove)


def test_each_tick_and_button_says_which_document_it_is_for():
    html = page(shown())
    labels = [
        e.attributes["aria-label"]
        for e in (*elements(html, ".one"), *elements(html, ".correct"), *elements(html, ".remove"))
    ]
    assert len(labels) == 3
    assert all(ROW.title in label for label in labels)


def test_parts_of_the_table_say_what_they_are():
    html = page(shown())
    roles = {(e.tag, e.attributes.get("role")) for e in elements(html, "th")}
    assert roles == {("th", "columnheader"), ("th", "rowheader")}
    for tag, role in (("table", "table"), ("tr", "row"), ("td", "cell")):
        assert {e.attributes["role"] for e in elements(html, tag)} == {role}


@pytest.mark.parametrize(
    ("start", "rows", "found", "told", "to"),
    [
        (0, 100, 250, "1–100 of 250", {"next": "100"}),
        (100, 100, 250, "101–200 of 250", {"previous": "0", "next": "200"}),
        (200, 50, 250, "201–250 of 250", {"previous": "100"}),
    ],
)
def test_ways_to_other_pages(start, rows, found, told, to):
    html = page(*[shown()] * rows, found=found, wish=ShelfWish(start=start))
    assert told in words(html)
    buttons = [e for name in ("previous", "next") for e in elements(html, f".{name}")]
    open_ = {
        e.attributes["class"]: e.attributes["data-to"]
        for e in buttons
        if "disabled" not in e.attributes
    }
    assert open_ == to


def test_one_page_has_no_ways_to_others():
    assert elements(page(shown()), ".leaves") == []


@pytest.mark.parametrize(("held", "name"), [(0, "library.empty"), (5, "library.unfound")])
def test_empty_list_says_why(held, name):
    html = listed(ShelfPage((), (), held), (), ShelfWish(), "en")
    assert say(name, "en") in words(html)


# What is to be known of a document's text


@pytest.mark.parametrize(
    ("metadata", "quality", "said"),
    [
        ({}, 1.0, []),
        ({"scanned": "2, 3"}, 0.5, ["library.note.scanned"]),
        ({"ocr": "2"}, 1.0, ["library.note.ocr"]),
        ({"broken": "4"}, 1.0, ["library.note.broken"]),
        (
            {"read_as": ".pdf", "skipped": "x"},
            1.0,
            ["library.note.read_as", "library.note.skipped"],
        ),
        ({"attachments": "a.pdf"}, 1.0, ["library.note.attachments"]),
        ({}, 0.79, ["library.note.doubtful"]),
        ({}, 0.99, ["library.note.characters"]),
    ],
    ids=str,
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_notes_say_what_the_reader_found(metadata, quality, said, language):
    made = [words(n) for n in notes(replace(ROW, metadata=metadata, quality=quality), language)]
    facts = {"library.note.characters": {}, "library.note.doubtful": {}}
    expected = []
    for name in said:
        what = metadata.get(name.rpartition(".")[2])
        expected.append(say(name, language, facts.get(name, {"what": what})))
    assert made == expected


def test_filled_values_are_in_boxes_and_fill_nothing_themselves():
    html = filled("library.remove.done", "ar", title="\ue000 \ue001 <i>")
    assert words(html) == say("library.remove.done", "ar", {"title": "\ue000 \ue001 <i>"})
    assert len(elements(html, "bdi")) == 1


# Around the list


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_and_button_of_the_tools_has_words(language):
    html = tools((".pdf", ".txt"), 64, "salma", True, language)
    said = json.loads(elements(html, ".shelf-tools")[0].attributes["data-said"])
    assert said["sum"] == say(
        "library.incoming.sum", language, {"done": "{done}", "total": "{total}"}
    )
    for button in elements(html, "button"):
        assert button.text or button.attributes["class"] == "ask-all"
    assert len(elements(html, "label")) == 8


@pytest.mark.parametrize(("synced", "count"), [(True, 1), (False, 0)])
def test_folder_can_be_read_again_where_there_is_one(synced, count):
    assert len(elements(tools((".txt",), 1, "", synced, "en"), ".sync")) == count


@pytest.mark.parametrize(("person", "told"), [("salma", True), ("", False)])
def test_who_sees_it_is_said_where_people_sign_in(person, told):
    html = tools((".txt",), 1, person, True, "en")
    assert (say("library.own", "en") in words(html)) == told


# What is told of work


@pytest.mark.parametrize("error", ["UnsupportedFormat", "EmptyDocument", "UnreadableDocument"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_failure_says_what_to_do_and_not_where_the_file_lies(error, language):
    told = Failure("/srv/secret/a.pdf", error, "/srv/secret/a.pdf can't be read: <i>no</i>.")
    html = shelf_notes.failure(told, language)
    values = {"kinds": "§"} if error == "UnsupportedFormat" else {}
    assert say(f"library.failed.{error}", language, values).split("§")[0] in words(html)
    assert "a.pdf can't be read: <i>no</i>." in words(html)
    assert "/srv" not in html


def test_failure_of_another_kind_says_its_message():
    html = shelf_notes.failure(Failure("x", "ModelError", "The server is busy."), "en")
    assert "The server is busy." in words(html)


def test_report_counts_and_folds_what_failed():
    report = SyncReport(
        added=("a", "b"),
        unchanged=("c",),
        failed=tuple(Failure(f"/srv/{n}.txt", "EmptyDocument", "empty") for n in range(600)),
        warnings=("/srv/w.pdf: pages that are pictures were left out: 2.",),
    )
    html = shelf_notes.synced(report, "en")
    counts = words(html)
    for told in ("Added: 2", "Unchanged: 1", "Failed: 600", "Worth a look: 1", "and others: 100"):
        assert told in counts
    assert "Updated" not in counts
    assert "w.pdf: pages that are pictures" in counts
    assert "/srv" not in html
    assert all("open" not in e.attributes for e in elements(html, "details"))


@pytest.mark.parametrize(
    ("at", "seconds", "told"),
    [
        (None, None, "Reading the documents’ folder…"),
        (Progress(3, 5000, "a.txt"), None, "Read 3 of 5,000 a.txt"),
        (Progress(3, 5000, ""), 120, "Read 3 of 5,000 · about 2 min left"),
    ],
)
def test_reading_tells_how_far_it_is(at, seconds, told):
    assert words(shelf_notes.reading(at, seconds, "en")).startswith(told)


def test_removed_line_holds_the_way_back():
    html = shelf_notes.told([shelf_notes.removed(NASTY, "t1", "ar")], "ar")
    (undo,) = elements(html, ".undo")
    assert undo.attributes["data-token"] == "t1"
    assert NASTY in undo.attributes["aria-label"]


def test_nothing_to_tell_is_nothing():
    assert shelf_notes.told([], "en") == ""
    assert shelf_notes.chosen([], 0, "en") == ""


@pytest.mark.parametrize(
    ("titles", "count", "told"),
    [
        (["Report"], 1, "Looking in: 1 document (Report)"),
        (["One", "Two"], 2, "Looking in: 2 documents (One, Two)"),
        ([], 75, "Looking in: 75 documents"),
    ],
)
def test_choice_is_told_above_the_question(titles, count, told):
    html = shelf_notes.chosen(titles, count, "en")
    assert words(html).startswith(told)
    assert elements(html, ".clear")[0].text == say("library.chosen.clear", "en")


def test_choice_is_told_in_arabic():
    assert words(shelf_notes.chosen([], 3, "ar")).startswith("يُبحث في: 3 وثائق")


def test_trouble_is_explained():
    html = shelf_notes.trouble(LibraryError("The disk is full."), "en")
    assert words(html) == "That could not be done: The disk is full."
