"""What is removed comes back as it was."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant import Assistant, Document, LibraryError, Settings

WORDS = "The harbour of Bejaia was dredged in 2019 by the port authority.\n"
QUESTION = "Who dredged the harbour of Bejaia in 2019?"


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "documents"
    made.mkdir()
    (made / "harbour.txt").write_text(WORDS)
    (made / "other.txt").write_text("Nothing of it is said in this one.\n")
    return made


@pytest.fixture
def assistant(tmp_path, folder):
    with Assistant(tmp_path / "library", Settings()) as opened:
        assert not opened.sync(folder).failed
        yield opened


def harbour(assistant: Assistant) -> Document:
    (found,) = (d for d in assistant.documents() if "harbour" in d.source)
    return assistant.document(found.id)


def test_document_comes_back_as_it_was(assistant, folder):
    before = harbour(assistant)
    row = next(row for row in assistant.shelf().rows if row.id == before.id)
    answer = assistant.ask(QUESTION)
    removal = assistant.remove(before.id)
    assert not assistant.ask(QUESTION).answered
    assert assistant.restore(removal) == before
    assert harbour(assistant) == before
    # Scores may differ a little: the terms' index counts what was removed until it tidies up.
    quotes = [(c.version, c.cited_text, c.start_char_index) for c in answer.citations]
    now = assistant.ask(QUESTION).citations
    assert [(c.version, c.cited_text, c.start_char_index) for c in now] == quotes
    assert next(row for row in assistant.shelf().rows if row.id == before.id) == row
    # The folder knows it again.
    assert assistant.sync(folder).unchanged == tuple(
        str(folder / name) for name in ("harbour.txt", "other.txt")
    )


def test_corrections_come_back_and_can_still_be_taken_back(assistant):
    before = harbour(assistant)
    assistant.correct(before.id, title="The port", date=dt.date(2019, 5, 3))
    corrected = harbour(assistant)
    assert assistant.restore(assistant.remove(before.id)) == corrected
    assert assistant.correct(before.id).title == "harbour"


def test_document_without_a_file_comes_back(assistant):
    assistant.add(Document(source="made", title="Made", text="It was made in Python."))
    (before,) = (d for d in assistant.documents() if d.title == "Made")
    assistant.restore(assistant.remove(before.id))
    assert assistant.document(before.id).sources == ("made",)


def test_restoring_twice_changes_nothing(assistant):
    before = harbour(assistant)
    removal = assistant.remove(before.id)
    assistant.restore(removal)
    assert assistant.restore(removal) == before
    assert len(assistant.documents()) == 2


def test_source_that_changed_meanwhile_is_told_of(assistant, folder):
    before = harbour(assistant)
    removal = assistant.remove(before.id)
    (folder / "harbour.txt").write_text("Something else is in it.\n")
    assert assistant.restore(removal).text == WORDS
    states = {row.title: row.state for row in assistant.shelf().rows}
    assert states["harbour"] == "changed"


def test_document_that_came_back_otherwise_is_left_as_it_is(assistant, folder):
    removal = assistant.remove(harbour(assistant).id)
    (folder / "harbour.txt").write_text("Something else is in it.\n")
    assistant.sync(folder)
    assert assistant.restore(removal).text == "Something else is in it.\n"


def test_equal_bytes_that_came_meanwhile_stay_one_document(assistant, folder, tmp_path):
    removal = assistant.remove(harbour(assistant).id)
    (tmp_path / "copy.txt").write_text(WORDS)
    assistant.add(tmp_path / "copy.txt")
    back = assistant.restore(removal)
    assert back.sources == (str(tmp_path / "copy.txt"), str(folder / "harbour.txt"))
    assert len(assistant.documents()) == 2


def test_one_source_is_forgotten_and_comes_back(assistant, folder, tmp_path):
    (tmp_path / "copy.txt").write_text(WORDS)
    assistant.add(tmp_path / "copy.txt")
    before = harbour(assistant)
    removal = assistant.remove(before.id, sources=[str(tmp_path / "copy.txt")])
    assert [source.source for source in removal.sources] == [str(tmp_path / "copy.txt")]
    assert harbour(assistant).sources == (str(folder / "harbour.txt"),)
    assert assistant.ask(QUESTION).answered
    assert assistant.restore(removal) == before


def test_document_goes_with_its_last_source(assistant, folder):
    before = harbour(assistant)
    assistant.remove(before.id, sources=[str(folder / "harbour.txt"), "unknown"])
    assert len(assistant.documents()) == 1


def test_unknown_source_is_an_error_and_removes_nothing(assistant):
    with pytest.raises(LibraryError, match="nowhere"):
        assistant.remove(harbour(assistant).id, sources=["nowhere"])
    assert len(assistant.documents()) == 2


def test_purged_document_can_not_come_back(assistant):
    removal = assistant.remove(harbour(assistant).id, purge=True)
    with pytest.raises(LibraryError, match=removal.document_id):
        assistant.restore(removal)
