"""Looking through a library: what is listed, in which order, and what each row says."""

from __future__ import annotations

import datetime as dt
import os

import pytest

from assistant import Assistant, Document, Scope, Settings
from assistant.schema import ShelfWish

TEXTS = {
    "a": ("مدرسة الجزائر 2", "تقع مدرسة الجزائر في وسط المدينة. تأسست سنة 1950.", None),
    "b": ("مدرسة الجزائر 10", "تقع مدرسة الجزائر الجديدة قرب الميناء.", dt.date(2020, 5, 1)),
    "c": ("Annual report", "The annual report has three parts.", dt.date(2021, 1, 1)),
    "d": ("Both", "The words are in two languages. الكلمات بلغتين هنا في النص.", None),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    with Assistant(tmp_path_factory.mktemp("shelves"), Settings()) as assistant:
        for source, (title, text, date) in TEXTS.items():
            made = Document(source=f"notes/{source}", title=title, text=text, date=date)
            assert not assistant.add(made).failed
        yield assistant


def found(library: Assistant, **wish: object) -> list[str]:
    page = library.shelf(ShelfWish(**wish))
    assert [row.id for row in page.rows] == list(page.ids)
    return [row.sources[0].source.removeprefix("notes/") for row in page.rows]


@pytest.mark.parametrize(
    ("wish", "listed"),
    [
        ({}, ["c", "d", "a", "b"]),
        ({"order": "date"}, ["c", "b", "d", "a"]),
        ({"order": "added"}, ["d", "c", "b", "a"]),
        ({"words": "مَدرسه"}, ["a", "b"]),
        ({"words": "الجزائر ١٠"}, ["b"]),
        ({"words": "REPORT annual"}, ["c"]),
        ({"words": "notes/b"}, ["b"]),
        ({"words": "report nothing"}, []),
        ({"words": "   "}, ["c", "d", "a", "b"]),
        ({"words": "%"}, []),
        ({"language": "ar"}, ["d", "a", "b"]),
        ({"language": "en"}, ["c", "d"]),
        ({"after": dt.date(2020, 5, 1)}, ["c", "b"]),
        ({"before": dt.date(2020, 12, 31)}, ["b"]),
        ({"after": dt.date(2020, 5, 2), "before": dt.date(2020, 12, 31)}, []),
    ],
    ids=str,
)
def test_list_holds_what_was_wished_for_in_order(library, wish, listed):
    assert found(library, **wish) == listed


@pytest.mark.parametrize(
    "wish",
    [{"language": "ar"}, {"after": dt.date(2020, 5, 1)}, {"before": dt.date(2020, 12, 31)}],
    ids=str,
)
def test_list_holds_what_a_scope_lets_through(library, wish):
    inside = {document.id for document in library.documents(Scope(**wish))}
    assert set(library.shelf(ShelfWish(**wish)).ids) == inside


def test_pages_follow_each_other(library):
    whole = library.shelf(ShelfWish())
    pages = [library.shelf(ShelfWish(start=start, limit=3)) for start in (0, 3, 6)]
    assert [len(page.rows) for page in pages] == [3, 1, 0]
    assert sum((page.rows for page in pages), ()) == whole.rows
    assert all(page.ids == whole.ids and page.held == 4 for page in pages)


@pytest.mark.parametrize(("start", "limit"), [(-5, 2), (0, -1), (0, 10**9)])
def test_odd_pages_do_no_harm(library, start, limit):
    page = library.shelf(ShelfWish(start=start, limit=limit))
    assert len(page.rows) == (0 if limit < 0 else min(limit, 4))


def test_row_says_what_the_document_says(library):
    rows = {row.id: row for row in library.shelf().rows}
    for listed in library.documents():
        row, whole = rows[listed.id], library.document(listed.id)
        assert (row.title, row.language, row.date) == (whole.title, whole.language, whole.date)
        assert (row.version, row.quality) == (whole.version, whole.quality)
        assert dict(row.metadata) == dict(whole.metadata)
        assert (row.passages, row.state) == (1, "none")


def test_unseen_sources_are_neither_listed_nor_found(library):
    page = library.shelf(ShelfWish(), lambda source: source != "notes/b")
    assert (len(page.rows), page.held) == (3, 3)
    assert library.shelf(ShelfWish(words="notes/b"), lambda source: source != "notes/b").ids == ()


def test_document_of_two_sources_is_not_found_by_the_one_that_is_unseen(tmp_path):
    with Assistant(tmp_path, Settings()) as assistant:
        for source in ("open/one", "secret/two"):
            assistant.add(Document(source=source, title="Same", text="The same words stand here."))
        hidden = str.startswith
        seen = lambda source: not hidden(source, "secret")  # noqa: E731  # short
        (row,) = assistant.shelf(ShelfWish(), seen).rows
        assert [source.source for source in row.sources] == ["open/one"]
        assert assistant.shelf(ShelfWish(words="secret"), seen).ids == ()
        assert len(assistant.shelf(ShelfWish(words="secret")).ids) == 1


def test_list_sees_every_change(tmp_path):
    with Assistant(tmp_path, Settings()) as assistant:
        assert assistant.shelf().held == 0
        assistant.add(Document(source="x", title="First", text="The first one has words."))
        (row,) = assistant.shelf().rows
        assistant.correct(row.id, title="Second", language="ar", date=dt.date(2001, 2, 3))
        (now,) = assistant.shelf(ShelfWish(words="second")).rows
        assert (now.title, now.language, now.date) == ("Second", "ar", dt.date(2001, 2, 3))
        assert now.metadata["corrected"] == "title date language"
        assistant.remove(row.id)
        assert assistant.shelf().held == 0


def test_state_of_a_file_is_looked_up(tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    for name in ("same", "changed", "gone", "touched"):
        (folder / f"{name}.txt").write_text(f"This file is called {name}.\n")
    with Assistant(tmp_path / "library", Settings()) as assistant:
        assistant.sync(folder)
        (folder / "changed.txt").write_text("Something else stands here now.\n")
        (folder / "gone.txt").unlink()
        os.utime(folder / "touched.txt", (1, 1))
        states = {row.title: row.state for row in assistant.shelf().rows}
        assert states == {
            "same": "current",
            "changed": "changed",
            "gone": "gone",
            "touched": "changed",
        }
        assert {row.sources[0].folder for row in assistant.shelf().rows} == {str(folder)}


def test_reader_without_the_right_to_write_sees_the_list(library, tmp_path):
    with Assistant(tmp_path, Settings()) as assistant:
        assistant.add(Document(source="x", title="First", text="The first one has words."))
        with Assistant(tmp_path, Settings(), read_only=True) as reader:
            assert [row.title for row in reader.shelf().rows] == ["First"]
