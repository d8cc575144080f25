"""Files, folders and documents into a real library, and a folder kept in step."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import tempfile
import time
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.errors import LibraryError, ModelError, UnreadableDocument
from assistant.ingestion import Intake, remove_document
from assistant.library import Library
from assistant.models import load_embeddings
from assistant.schema import Block, Document, SyncReport

ONE = "The harbour board met on Tuesday and agreed to rebuild the northern quay."
TWO = "وقعت البلدية أمس اتفاقا مع شركة النقل لتجديد حافلات المدينة قبل نهاية العام."
THREE = "Nobody lives on the island any more, since the spring dried up in 1931."
EMBEDDINGS = load_embeddings("builtin")
LIMIT_MB = 1


@pytest.fixture
def library(tmp_path):
    opened = Library(tmp_path / "library")
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "docs"
    made.mkdir()
    return made


_clock = itertools.count(1_700_000_000_000_000_000, 1_000_000_000)


def put(path, text):
    """Write a file with a time of its own: a file system's clock may stand still meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    touch(path)
    return path


def touch(path):
    moment = next(_clock)
    os.utime(path, ns=(moment, moment))


def add(library, *sources, progress=None):
    return Intake(library, EMBEDDINGS, LIMIT_MB, progress).add(sources)


def sync(library, folder, progress=None):
    return Intake(library, EMBEDDINGS, LIMIT_MB, progress).sync(folder)


def ids(library):
    """Return the id of the document behind each source."""
    return {source: d.id for d in library.documents() for source in d.sources}


def texts(library):
    """Return the stored text behind each source."""
    return {
        source: library.catalogue.document(document_id).text
        for source, document_id in ids(library).items()
    }


def failures(report):
    return [(failure.source, failure.error) for failure in report.failed]


def expect(report, **lists):
    """Check the lists of a report; those not given are empty."""
    names = ("added", "updated", "moved", "unchanged", "removed", "failed", "warnings")
    for name in names:
        wanted = sorted(map(str, lists.get(name, ())))
        assert sorted(map(str, getattr(report, name))) == wanted, name


def check(library):
    """Check that catalogue and indexes agree, and that passages are parts of present texts."""
    documents = {d.id: d for d in library.documents()}
    assert all(d.sources for d in documents.values())
    numbers, owners, _ = library.catalogue.vectors()
    passages = library.catalogue.passages(numbers.tolist())
    assert set(owners) <= set(documents)
    for passage in passages.values():
        document = documents[passage.document_id]
        assert passage.version == document.version
        assert passage.source in document.sources
        text = library.catalogue.document(document.id).text
        assert text[passage.start : passage.end] == passage.text
    count = library.catalogue.count_passages()
    assert len(passages) == library.terms.count() == count
    found = library.near(np.asarray(EMBEDDINGS.embed_query("harbour"), np.float32), count + 5)
    assert {number for number, _ in found} == set(passages)


# Adding


def test_add_file(library, folder):
    path = put(folder / "a.txt", ONE)
    expect(add(library, path), added=[path])
    (document,) = library.documents()
    assert (document.title, document.source, document.language) == ("a", str(path), "en")
    assert texts(library) == {str(path): ONE}
    check(library)


@pytest.mark.parametrize("form", [str, Path], ids=["str", "path"])
def test_add_relative_path_is_known_by_its_absolute_one(library, folder, form, monkeypatch):
    put(folder / "a.txt", ONE)
    monkeypatch.chdir(folder)
    add(library, form("a.txt"))
    assert set(ids(library)) == {str(folder / "a.txt")}
    expect(add(library, form("../docs/./a.txt")), unchanged=[folder / "a.txt"])


def test_add_folder_with_subfolders(library, folder):
    paths = [put(folder / name, name + ONE) for name in ("b.txt", "a.md", "c/d/e.txt")]
    expect(add(library, folder), added=paths)
    check(library)


def test_add_mixture(library, folder, tmp_path):
    first = put(folder / "a.txt", ONE)
    second = put(tmp_path / "b.txt", TWO)
    report = add(library, str(folder), second, Document(title="Notes", text=THREE))
    expect(report, added=[first, second, "Notes"])
    assert texts(library) == {str(first): ONE, str(second): TWO, "Notes": THREE}
    check(library)


def test_add_nothing(library):
    expect(add(library))
    assert library.documents() == ()


def test_add_many_documents_are_written_in_several_steps(library, monkeypatch):
    monkeypatch.setattr("assistant.ingestion.placing._PASSAGES_A_WRITE", 2)
    documents = [Document(title=f"n{i}", text=f"{ONE} Number {i}.") for i in range(5)]
    expect(add(library, *documents), added=[f"n{i}" for i in range(5)])
    assert len(library.documents()) == 5
    check(library)


@pytest.mark.parametrize(
    ("text", "title"),
    [("(الصورة: Getty)", "credit only"), ("10 فبراير 2024", "date only"), ("— …", "no word")],
)
def test_add_document_without_statements(library, text, title):
    expect(add(library, Document(title=title, text=text)), added=[title])
    assert texts(library) == {title: text}
    check(library)


# What can't be read


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("a.xyz", b"text", "UnsupportedFormat"),
        ("README", b"text", "UnsupportedFormat"),
        ("a.txt", b"", "EmptyDocument"),
        ("a.txt", b" \n\t\n", "EmptyDocument"),
        ("a.md", b"\xef\xbb\xbf\n", "EmptyDocument"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0", "UnreadableDocument"),
        ("a.txt", b"x" * (LIMIT_MB * 1_000_000 + 1), "UnreadableDocument"),
    ],
    ids=["suffix", "no-suffix", "empty", "blank", "only-mark", "binary", "too-large"],
)
def test_add_failure_is_listed_and_the_rest_goes_on(library, folder, name, data, error):
    bad = put(folder / "m" / name, data)
    good = [put(folder / "a" / "a.txt", ONE), put(folder / "z" / "z.txt", TWO)]
    report = add(library, folder)
    assert failures(report) == [(str(bad), error)]
    assert str(bad) in report.failed[0].message
    assert report.added == tuple(map(str, good))
    check(library)


def test_add_file_of_just_the_limit_is_read(library, folder):
    path = put(folder / "a.txt", b"word." + b" " * (LIMIT_MB * 1_000_000 - 5))
    expect(add(library, path), added=[path])


@pytest.mark.parametrize(
    "name",
    ["missing.txt", "no/such/folder", "a\0b.txt", "كلمة " * 60],
    ids=["file", "folder", "nul", "too-long-a-name"],
)
def test_add_missing_path_is_listed_and_the_rest_goes_on(library, folder, name, monkeypatch):
    monkeypatch.chdir(folder)
    good = put(folder / "a.txt", ONE)
    report = add(library, name, good)
    assert failures(report) == [(name, "UnreadableDocument")]
    assert report.added == (str(good),)


def test_add_folder_without_files_is_listed(library, folder):
    (folder / "empty").mkdir()
    put(folder / "hidden" / ".a.txt", ONE)
    report = add(library, folder / "empty", folder / "hidden", Document(title="n", text=ONE))
    assert failures(report) == [
        (str(folder / "empty"), "UnreadableDocument"),
        (str(folder / "hidden"), "UnreadableDocument"),
    ]
    assert report.added == ("n",)


def test_add_file_without_permission_is_listed(library, folder):
    bad, good = put(folder / "a.txt", ONE), put(folder / "b.txt", TWO)
    bad.chmod(0)
    if os.access(bad, os.R_OK):
        pytest.skip("this user may read everything")
    report = add(library, folder)
    assert failures(report) == [(str(bad), "UnreadableDocument")]
    assert report.added == (str(good),)


def test_add_file_that_breaks_off_while_it_is_read_is_listed(library, folder, monkeypatch):
    bad, good = put(folder / "a.txt", ONE), put(folder / "b.txt", TWO)
    read = Path.read_bytes

    def fail(path):
        if path == bad:
            raise OSError(5, "Input/output error")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", fail)
    report = add(library, folder)
    assert failures(report) == [(str(bad), "UnreadableDocument")]
    assert "Input/output error" in report.failed[0].message
    assert report.added == (str(good),)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_add_pipe_is_listed_and_never_waited_for(library, folder):
    os.mkfifo(folder / "a.txt")
    assert failures(add(library, folder)) == [(str(folder / "a.txt"), "UnreadableDocument")]


@pytest.mark.parametrize(
    ("document", "name", "error"),
    [
        (Document(text=ONE), "", "UnreadableDocument"),
        (Document(title="n", text=" "), "n", "EmptyDocument"),
        (Document(source="s", title="n", text=""), "s", "EmptyDocument"),
        (Document(title="n", text=ONE, blocks=(Block(0, 999),)), "n", "UnreadableDocument"),
    ],
    ids=["nameless", "blank", "empty", "blocks"],
)
def test_add_wrong_document_is_listed_and_the_rest_goes_on(library, document, name, error):
    report = add(library, document, Document(title="good", text=TWO))
    assert failures(report) == [(name, error)]
    assert report.added == ("good",)


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": None},
        {"text": b"bytes"},
        {"title": 7},
        {"source": Path("a.txt")},
        {"id": 12},
        {"language": None},
        {"date": "2024-02-10"},
        {"quality": "good"},
        {"quality": float("nan")},
        {"quality": 1.5},
        {"metadata": None},
        {"metadata": "author: me"},
        {"blocks": [(0, 5)]},
        {"blocks": 5},
        {"blocks": (Block(0, 5.0),)},
        {"blocks": (Block(0, 5, place=3),)},
    ],
    ids=str,
)
def test_add_document_with_a_value_of_the_wrong_kind_is_listed_and_the_rest_goes_on(library, wrong):
    report = add(
        library, Document(**{"title": "n", "text": ONE} | wrong), Document(title="g", text=TWO)
    )
    (failure,) = report.failed
    (name,) = wrong
    assert failure.error == "UnreadableDocument"
    assert name.removesuffix("s") in failure.message
    assert report.added == ("g",)
    check(library)


def test_add_document_dated_by_a_moment_has_its_day(library):
    moment = dt.datetime(2024, 2, 10, 9, 30, tzinfo=dt.UTC)
    add(library, Document(title="n", text=ONE, date=moment))
    assert library.documents()[0].date == dt.date(2024, 2, 10)


def test_add_document_whose_places_can_not_be_stored(library):
    blocks = (Block(0, len(ONE), place="p\ud800"),)
    expect(
        add(library, Document(title="n", text=ONE, blocks=blocks, language="\ud800")), added=["n"]
    )
    check(library)


def test_add_document_whose_title_can_not_be_stored(library):
    report = add(library, Document(title="a\ud800", text=ONE), Document(title="good", text=TWO))
    assert "good" in report.added
    assert len(report.added) + len(report.failed) == 2


def test_add_damaged_text_is_warned_of(library, folder):
    path = put(folder / "a.txt", b"\xef\xbb\xbf" + (ONE.encode() + b"\xff" * 9) * 3)
    report = add(library, path)
    assert report.added == (str(path),)
    assert len(report.warnings) == 1
    assert str(path) in report.warnings[0]


def test_add_failing_embedding_raises_and_stores_nothing(library, folder):
    class Faulty:
        def embed_documents(self, texts):
            raise ModelError("no connection")

    put(folder / "a.txt", ONE)
    with pytest.raises(ModelError):
        Intake(library, Faulty(), LIMIT_MB).add([folder])
    assert library.documents() == ()
    expect(add(library, folder), added=[folder / "a.txt"])
    check(library)


# Again, changed, moved


def test_add_again_is_unchanged_and_not_read(library, folder, monkeypatch):
    paths = [put(folder / "a.txt", ONE), put(folder / "b.txt", TWO)]
    before = add(library, folder)
    assert before.unchanged == ()
    generation = library.catalogue.generation

    def fail(path):
        raise AssertionError(f"{path} was read again")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", fail)
        patch.setattr(Path, "open", fail)
        expect(add(library, folder), unchanged=paths)
    assert library.catalogue.generation == generation


def test_add_touched_file_is_read_once_more_only(library, folder, monkeypatch):
    path = put(folder / "a.txt", ONE)
    add(library, path)
    touch(path)
    expect(add(library, path), unchanged=[path])
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", lambda _: pytest.fail("read again"))
        expect(add(library, path), unchanged=[path])


def test_add_same_size_with_another_time_is_seen(library, folder):
    path = put(folder / "a.txt", "It cost 12 pounds.")
    add(library, path)
    put(path, "It cost 13 pounds.")
    expect(add(library, path), updated=[path])
    assert texts(library) == {str(path): "It cost 13 pounds."}


def test_add_same_size_with_the_old_time_is_seen(library, folder):
    path = put(folder / "a.txt", "It cost 12 pounds.")
    add(library, path)
    before = path.stat()
    path.write_text("It cost 13 pounds.")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    if path.stat().st_ctime_ns == before.st_ctime_ns:
        pytest.skip("the file system keeps no time of change")
    expect(add(library, path), updated=[path])
    assert texts(library) == {str(path): "It cost 13 pounds."}


@pytest.mark.parametrize("take", [add, sync])
def test_changed_file_keeps_its_id_and_its_old_version(library, folder, take):
    path = put(folder / "a.txt", ONE)
    take(library, folder)
    (old,) = library.documents()
    put(path, TWO)
    expect(take(library, folder), updated=[path])
    (new,) = library.documents()
    assert new.id == old.id
    assert new.version != old.version
    assert new.language == "ar"
    assert library.catalogue.document(old.id).text == TWO
    assert library.catalogue.document(old.id, new.version).text == TWO
    assert library.catalogue.document(old.id, old.version).text == ONE
    check(library)
    put(path, ONE)
    expect(take(library, folder), updated=[path])
    assert library.documents()[0].version == old.version
    check(library)


@pytest.mark.parametrize("take", [add, sync])
def test_renamed_file_is_moved_and_keeps_its_id(library, folder, take):
    old = put(folder / "z.txt", ONE)
    take(library, folder)
    before = ids(library)[str(old)]
    new = old.rename(folder / "a.txt")
    expect(take(library, folder), moved=[new])
    assert ids(library) == {str(new): before}
    check(library)
    expect(take(library, folder), unchanged=[new])


def test_new_file_at_the_old_path_of_a_moved_one_has_another_id(library, folder):
    old = put(folder / "a.txt", ONE)
    sync(library, folder)
    new = old.rename(folder / "b.txt")
    sync(library, folder)
    moved = ids(library)[str(new)]
    put(old, TWO)
    expect(sync(library, folder), added=[old], unchanged=[new])
    assert ids(library)[str(new)] == moved
    assert ids(library)[str(old)] != moved
    assert texts(library) == {str(old): TWO, str(new): ONE}
    check(library)


def test_failed_reading_keeps_the_old_version(library, folder):
    path = put(folder / "a.txt", ONE)
    put(folder / "b.txt", TWO)
    sync(library, folder)
    before = library.documents()
    for data in (b"", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0", b"x" * (LIMIT_MB * 1_000_000 + 1)):
        put(path, data)
        for take in (sync, add):
            assert [source for source, _ in failures(take(library, folder))] == [str(path)]
            assert library.documents() == before
            assert texts(library)[str(path)] == ONE
    check(library)
    put(path, THREE)
    expect(sync(library, folder), updated=[path], unchanged=[folder / "b.txt"])


def test_files_that_differ_in_one_letter_are_two_documents(library, folder):
    paths = [
        put(folder / "a.txt", "It cost 12 pounds."),
        put(folder / "b.txt", "It cost 13 pounds."),
    ]
    expect(add(library, folder), added=paths)
    assert len(set(ids(library).values())) == 2


# Equal bytes


def test_files_of_equal_bytes_are_one_document(library, folder):
    paths = [put(folder / "a.txt", ONE), put(folder / "b.txt", ONE)]
    expect(sync(library, folder), added=paths)
    (document,) = library.documents()
    assert sorted(document.sources) == list(map(str, paths))
    expect(sync(library, folder), unchanged=paths)
    check(library)


def test_copy_that_changes_is_a_document_of_its_own(library, folder):
    original, copy = put(folder / "a.txt", ONE), put(folder / "b.txt", ONE)
    sync(library, folder)
    before = ids(library)[str(original)]
    put(copy, TWO)
    expect(sync(library, folder), unchanged=[original], added=[copy])
    assert texts(library) == {str(original): ONE, str(copy): TWO}
    assert ids(library)[str(original)] == before
    assert ids(library)[str(copy)] != before
    check(library)


@pytest.mark.parametrize("copy", ["a-copy.txt", "z-copy.txt"])
@pytest.mark.parametrize("take", [add, sync])
def test_original_that_changes_keeps_its_id_and_its_copies_get_their_own(
    library, folder, copy, take
):
    original = put(folder / "m.txt", ONE)
    take(library, folder)
    before = ids(library)[str(original)]
    copies = [put(folder / copy, ONE), put(folder / f"z{copy}", ONE)]
    take(library, folder)
    assert set(ids(library).values()) == {before}
    put(original, TWO)
    expect(
        take(library, original if take is add else folder),
        updated=[original],
        unchanged=[*(copies if take is sync else ())],
    )
    assert texts(library) == {str(original): TWO} | dict.fromkeys(map(str, copies), ONE)
    assert ids(library)[str(original)] == before
    (other,) = {ids(library)[str(path)] for path in copies}
    assert other != before
    assert {d.id: d.title for d in library.documents()} == {before: "m", other: Path(copy).stem}
    version = library.catalogue.document(other).version
    assert library.catalogue.document(before, version).text == ONE
    check(library)
    expect(take(library, folder), unchanged=[original, *copies])


def test_original_that_was_moved_and_then_changes_keeps_its_id(library, folder):
    original, copy = put(folder / "a.txt", ONE), put(folder / "b.txt", ONE)
    sync(library, folder)
    before = ids(library)[str(original)]
    moved = original.rename(folder / "c.txt")
    expect(sync(library, folder), moved=[moved], unchanged=[copy])
    assert library.documents()[0].sources == (str(moved), str(copy))
    put(moved, TWO)
    expect(sync(library, folder), updated=[moved], unchanged=[copy])
    assert ids(library)[str(moved)] == before
    assert texts(library) == {str(moved): TWO, str(copy): ONE}
    check(library)


def test_original_that_changes_as_its_copy_moves_keeps_its_id(library, folder):
    original, copy = put(folder / "a.txt", ONE), put(folder / "b.txt", ONE)
    sync(library, folder)
    before = ids(library)[str(original)]
    put(original, TWO)
    moved = copy.rename(folder / "c.txt")
    expect(sync(library, folder), updated=[original], moved=[moved])
    assert ids(library)[str(original)] == before
    assert texts(library) == {str(original): TWO, str(moved): ONE}
    assert sorted(d.title for d in library.documents()) == ["a", "c"]
    check(library)


def test_document_that_is_given_twice_in_one_run_leaves_its_copy(library):
    report = add(
        library,
        Document(title="first", text=ONE),
        Document(title="copy", text=ONE),
        Document(title="first", text=TWO),
    )
    assert report.failed == ()
    assert texts(library) == {"first": TWO, "copy": ONE}
    check(library)


@pytest.mark.parametrize("take", [add, sync])
@pytest.mark.parametrize(
    ("text", "titles"),
    [("One line.\n", ["old", "new"]), ("# Night train\n\nOne line.\n", ["Night train"] * 2)],
    ids=["file-name", "heading"],
)
def test_title_of_a_moved_file_follows_its_name_where_it_came_from_it(
    library, folder, take, text, titles
):
    old = put(folder / "old.md", text)
    take(library, folder)
    version = library.documents()[0].version
    assert library.documents()[0].title == titles[0]
    new = old.rename(folder / "new.md")
    expect(take(library, folder), moved=[new])
    (document,) = library.documents()
    assert (document.title, document.source, document.version) == (titles[1], str(new), version)
    (passage,) = library.catalogue.passages([1]).values()
    assert passage.document_title == titles[1]
    check(library)


def test_file_that_is_moved_to_a_name_that_no_reader_knows_is_still_there(library, folder):
    old = put(folder / "old.txt", ONE)
    add(library, folder)
    new = old.rename(folder / "new.xyz")
    expect(add(library, folder), moved=[new])
    assert texts(library) == {str(new): ONE}


@pytest.mark.parametrize("gone", ["a.txt", "b.txt"])
def test_one_of_two_equal_files_that_goes_leaves_the_document(library, folder, gone):
    for name in ("a.txt", "b.txt"):
        put(folder / name, ONE)
    sync(library, folder)
    before = library.documents()[0].id
    (folder / gone).unlink()
    (left,) = folder.iterdir()
    expect(sync(library, folder), removed=[folder / gone], unchanged=[left])
    assert ids(library) == {str(left): before}
    check(library)


def test_file_that_becomes_equal_to_another_joins_it(library, folder):
    first, second = put(folder / "a.txt", ONE), put(folder / "b.txt", TWO)
    sync(library, folder)
    put(second, ONE)
    expect(sync(library, folder), unchanged=[first], updated=[second])
    assert len(library.documents()) == 1
    assert texts(library) == {str(first): ONE, str(second): ONE}
    check(library)


def test_files_that_change_places(library, folder):
    first, second = put(folder / "a.txt", ONE), put(folder / "b.txt", TWO)
    sync(library, folder)
    put(first, TWO)
    put(second, ONE)
    sync(library, folder)
    assert texts(library) == {str(first): TWO, str(second): ONE}
    check(library)


# Documents made in Python


def test_document_of_the_same_source_is_updated(library):
    add(library, Document(source="notes:1", title="Notes", text=ONE))
    before = ids(library)
    expect(add(library, Document(source="notes:1", title="Notes", text=ONE)), unchanged=["notes:1"])
    expect(add(library, Document(source="notes:1", title="New", text=TWO)), updated=["notes:1"])
    assert ids(library) == before
    assert library.documents()[0].title == "New"
    check(library)


def test_document_whose_title_is_the_source_of_another_updates_it(library):
    add(library, Document(source="Notes", title="My notes", text=ONE))
    expect(add(library, Document(title="Notes", text=TWO)), updated=["Notes"])
    assert texts(library) == {"Notes": TWO}


def test_document_equal_to_a_file_is_one_with_it(library, folder):
    path = put(folder / "a.txt", ONE)
    expect(add(library, path, Document(title="Notes", text=ONE)), added=[path, "Notes"])
    assert len(library.documents()) == 1
    path.unlink()
    other = put(folder / "b.txt", TWO)
    expect(sync(library, folder), added=[other])
    assert texts(library)["Notes"] == ONE
    check(library)


def test_document_named_like_a_missing_file_is_not_taken_for_moved(library, folder):
    add(library, Document(source=str(folder / "gone.txt"), text=ONE))
    path = put(folder / "a.txt", ONE)
    expect(add(library, path), added=[path])
    assert set(ids(library)) == {str(path), str(folder / "gone.txt")}


def test_document_given_twice_in_one_run_leaves_none_without_source(library):
    report = add(
        library,
        Document(title="other", text=TWO),
        Document(title="n", text=ONE),
        Document(title="n", text=TWO),
    )
    assert report.failed == ()
    assert texts(library) == {"other": TWO, "n": TWO}
    check(library)


def test_documents_of_one_id_and_two_sources_keep_both_texts_or_are_listed(library):
    report = add(
        library,
        Document(id="x", title="a", text=ONE),
        Document(id="x", title="b", text=TWO),
        Document(title="c", text=ONE),
    )
    assert texts(library)["a"] == texts(library)["c"] == ONE
    assert report.failed or texts(library)["b"] == TWO


def test_document_id_is_kept(library):
    add(library, Document(id="my-id", title="Notes", text=ONE))
    assert ids(library) == {"Notes": "my-id"}


# A folder kept in step


def test_sync_removes_what_is_gone_and_keeps_its_text(library, folder):
    first, second = put(folder / "a.txt", ONE), put(folder / "b.txt", TWO)
    sync(library, folder)
    gone = ids(library)[str(first)]
    version = library.catalogue.document(gone).version
    first.unlink()
    expect(sync(library, folder), removed=[first], unchanged=[second])
    assert texts(library) == {str(second): TWO}
    assert library.catalogue.document(gone, version).text == ONE
    check(library)


@pytest.mark.parametrize("text", [ONE, THREE], ids=["same", "changed"])
def test_document_that_is_back_has_its_old_id(library, folder, text):
    first = put(folder / "a.txt", ONE)
    put(folder / "b.txt", TWO)
    sync(library, folder)
    before = ids(library)[str(first)]
    first.unlink()
    sync(library, folder)
    put(first, text)
    expect(sync(library, folder), added=[first], unchanged=[folder / "b.txt"])
    assert ids(library)[str(first)] == before
    assert texts(library)[str(first)] == text
    check(library)


def test_sync_leaves_what_came_from_elsewhere(library, folder, tmp_path):
    put(folder / "a.txt", ONE)
    sync(library, folder)
    other = put(tmp_path / "other" / "b.txt", TWO)
    sync(library, other.parent)
    add(library, Document(title="Notes", text=THREE))
    assert sync(library, folder).removed == ()
    assert set(ids(library)) == {str(folder / "a.txt"), str(other), "Notes"}


def test_sync_of_added_file_takes_it_over(library, folder):
    first = put(folder / "a.txt", ONE)
    put(folder / "b.txt", TWO)
    add(library, first)
    sync(library, folder)
    add(library, first)
    first.unlink()
    assert sync(library, folder).removed == (str(first),)


def test_sync_of_a_folder_after_its_subfolder_removes_what_is_gone(library, folder):
    put(folder / "a.txt", ONE)
    inner = put(folder / "sub" / "b.txt", TWO)
    put(folder / "sub" / "c.txt", THREE)
    sync(library, folder)
    sync(library, folder / "sub")
    inner.unlink()
    assert sync(library, folder).removed == (str(inner),)


def test_sync_of_a_subfolder_after_its_folder_removes_what_is_gone_from_it(library, folder):
    outer = put(folder / "a.txt", ONE)
    inner = put(folder / "sub" / "b.txt", TWO)
    kept = put(folder / "sub" / "c.txt", THREE)
    beside = put(folder / "sub2" / "d.txt", "It cost 12 pounds.")
    sync(library, folder)
    outer.unlink()
    inner.unlink()
    beside.unlink()
    expect(sync(library, folder / "sub"), removed=[inner], unchanged=[kept])
    assert set(ids(library)) == {str(outer), str(kept), str(beside)}
    expect(sync(library, folder), removed=[outer, beside], unchanged=[kept])


def test_sync_moves_between_subfolders(library, folder):
    old = put(folder / "x" / "a.txt", ONE)
    sync(library, folder)
    before = ids(library)[str(old)]
    new = folder / "a.txt"
    old.rename(new)
    expect(sync(library, folder), moved=[new])
    assert ids(library) == {str(new): before}


@pytest.mark.parametrize("state", ["missing", "empty", "hidden-only", "a-file", "subfolders-only"])
def test_sync_of_folder_without_files_raises_and_removes_nothing(library, folder, state):
    path = put(folder / "a.txt", ONE)
    sync(library, folder)
    path.unlink()
    if state in ("missing", "a-file"):
        folder.rmdir()
    if state == "a-file":
        put(folder, TWO)
    if state == "hidden-only":
        put(folder / ".DS_Store", b"x")
    if state == "subfolders-only":
        (folder / "sub").mkdir()
    with pytest.raises(UnreadableDocument, match="Nothing was removed") as caught:
        sync(library, folder)
    assert caught.value.path == str(folder)
    assert texts(library) == {str(path): ONE}


def _closed(monkeypatch, *names):
    """Have folders of these names refuse to be looked into, whoever runs the tests."""
    scan = os.scandir

    def fail(path):
        if Path(path).name in names:
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", fail)


def test_sync_of_folder_that_may_not_be_read_raises_and_removes_nothing(
    library, folder, monkeypatch
):
    put(folder / "a.txt", ONE)
    put(folder / "sub" / "b.txt", TWO)
    sync(library, folder)
    _closed(monkeypatch, "docs")
    with pytest.raises(UnreadableDocument, match="docs can't be read: Permission denied"):
        sync(library, folder)
    assert len(library.documents()) == 2
    assert failures(add(library, folder)) == [(str(folder), "UnreadableDocument")]


@pytest.mark.parametrize("take", [add, sync])
def test_subfolder_that_may_not_be_read_is_listed_and_its_documents_are_kept(
    library, folder, monkeypatch, take
):
    gone, kept = put(folder / "a.txt", ONE), put(folder / "sub" / "deep" / "b.txt", TWO)
    beside = put(folder / "sub2" / "c.txt", "It cost 12 pounds.")
    sync(library, folder)
    gone.unlink()
    new = put(folder / "new.txt", THREE)
    _closed(monkeypatch, "sub")
    report = take(library, folder)
    assert failures(report) == [(str(folder / "sub"), "UnreadableDocument")]
    assert "sub can't be read: Permission denied" in report.failed[0].message
    assert (report.added, report.unchanged) == ((str(new),), (str(beside),))
    assert report.removed == ((str(gone),) if take is sync else ())
    assert texts(library)[str(kept)] == TWO
    check(library)


def test_sync_removes_nothing_where_only_a_closed_folder_is_left(library, folder, monkeypatch):
    kept = put(folder / "sub" / "b.txt", TWO)
    sync(library, folder)
    _closed(monkeypatch, "sub")
    assert failures(sync(library, folder)) == [(str(folder / "sub"), "UnreadableDocument")]
    assert texts(library) == {str(kept): TWO}


@pytest.mark.parametrize(
    ("files", "deleted", "are_removed"),
    [(12, 10, False), (19, 10, False), (20, 10, True), (20, 11, False), (11, 9, True)],
    ids=["nearly-all", "just-above-half", "half", "above-half", "few"],
)
def test_sync_takes_most_files_that_are_gone_at_once_for_a_missing_drive(
    library, folder, files, deleted, are_removed
):
    paths = [put(folder / f"{n:02}.txt", f"{ONE} Number {n}.") for n in range(files)]
    sync(library, folder)
    for path in paths[:deleted]:
        path.unlink()
    new = put(folder / "new.txt", TWO)
    report = sync(library, folder)
    assert report.added == (str(new),)
    assert report.removed == (tuple(map(str, paths[:deleted])) if are_removed else ())
    assert len(library.documents()) == files + 1 - deleted * are_removed
    if not are_removed:
        assert failures(report) == [(str(folder), "UnreadableDocument")]
        assert f"{deleted} of the {files} files" in report.failed[0].message
        report = Intake(library, EMBEDDINGS, LIMIT_MB).sync(folder, remove_many=True)
        expect(report, removed=paths[:deleted], unchanged=[*paths[deleted:], new])
    check(library)


def test_sync_does_not_take_many_moved_files_for_a_missing_drive(library, folder):
    paths = [put(folder / "old" / f"{n:02}.txt", f"{ONE} Number {n}.") for n in range(12)]
    sync(library, folder)
    (folder / "old").rename(folder / "new")
    expect(sync(library, folder), moved=[folder / "new" / path.name for path in paths])


# Which files


def test_hidden_and_editors_files_are_skipped(library, folder):
    seen = put(folder / "a.txt", ONE)
    for name in (".b.txt", ".git/c.txt", "~$d.txt", "e.txt~", "sub/.f/g.txt"):
        put(folder / name, name)
    expect(sync(library, folder), added=[seen])


@pytest.mark.parametrize(
    "name",
    [
        *("a.tmp", "A.TMP", "b.part", "c.pdf.crdownload", "Thumbs.db", "desktop.ini", ".DS_Store"),
        *("__MACOSX/a.txt", "$RECYCLE.BIN/b.txt", "sub/.git/c.txt", "sub/~$d.docx"),
    ],
)
def test_what_systems_and_programs_leave_behind_is_skipped(library, folder, name):
    seen = put(folder / "a.txt", ONE)
    put(folder / name, TWO)
    expect(sync(library, folder), added=[seen])


# The lines of a .sanadignore, files, which of them are read.
IGNORED = {
    "name": ("draft.txt", "a.txt draft.txt sub/draft.txt", "a.txt"),
    "comment, blank line": ("# a.txt\n\nb.txt\n", "a.txt b.txt", "a.txt"),
    "wildcard": ("*.md", "a.md b.txt sub/c.md", "b.txt"),
    "folder": ("old/", "old/a.txt sub/old/b.txt c.txt", "c.txt"),
    "from the root": ("/old/", "old/a.txt sub/old/b.txt", "sub/old/b.txt"),
    "two stars": ("sub/**/x.txt", "sub/x.txt sub/a/b/x.txt x.txt", "x.txt"),
    "but": ("*.txt\n!keep.txt", "a.txt keep.txt sub/keep.txt", "keep.txt sub/keep.txt"),
    "hidden but wanted": ("!.notes.txt", ".notes.txt .other.txt a.txt", ".notes.txt a.txt"),
    "arabic": ("مسودة*", "مسودة ١.txt تقرير.txt", "تقرير.txt"),
    "one of letters": ("[ab].txt", "a.txt b.txt c.txt", "c.txt"),
    "byte order mark": ("\ufeffdraft.txt", "draft.txt a.txt", "a.txt"),
    "windows lines": ("draft.txt\r\nb.txt\r\n", "draft.txt b.txt a.txt", "a.txt"),
}


@pytest.mark.parametrize(("lines", "names", "read"), IGNORED.values(), ids=IGNORED)
def test_ignore_file_keeps_out_what_it_names(library, folder, lines, names, read):
    put(folder / ".sanadignore", lines)
    for name in names.replace("مسودة ١", "مسودة_١").split():
        put(folder / name, f"{ONE} {name}")
    report = sync(library, folder)
    assert sorted(report.added) == sorted(str(folder / name) for name in read.split())
    assert report.failed == ()


def test_ignore_file_of_a_subfolder_counts_more_than_one_above(library, folder):
    put(folder / ".sanadignore", "*.md\n")
    put(folder / "sub" / ".sanadignore", "!*.md\n/b.txt\n")
    put(folder / "a.md", ONE)
    put(folder / "b.txt", TWO)
    wanted = [folder / "b.txt", put(folder / "sub" / "a.md", THREE)]
    put(folder / "sub" / "b.txt", "It cost 12 pounds.")
    expect(add(library, folder), added=wanted)


def test_document_whose_file_is_ignored_later_is_removed_and_comes_back(library, folder):
    first, second = put(folder / "a.txt", ONE), put(folder / "b.txt", TWO)
    sync(library, folder)
    rules = put(folder / ".sanadignore", "b.txt")
    expect(sync(library, folder), removed=[second], unchanged=[first])
    rules.unlink()
    expect(sync(library, folder), added=[second], unchanged=[first])


@pytest.mark.parametrize("data", [b"\xff\xfe", b"!\n"], ids=["no-utf-8", "no-pattern"])
@pytest.mark.parametrize("where", ["", "sub"], ids=["folder", "subfolder"])
def test_ignore_file_that_can_not_be_used_is_named_and_nothing_is_removed(
    library, folder, data, where
):
    kept, inner = put(folder / "a.txt", ONE), put(folder / "sub" / "b.txt", TWO)
    sync(library, folder)
    rules = put(folder / where / ".sanadignore", data)
    if where:
        inner.unlink()
        report = sync(library, folder)
        assert failures(report) == [(str(folder / where), "UnreadableDocument")]
        assert str(rules) in report.failed[0].message
        assert report.removed == ()
    else:
        with pytest.raises(UnreadableDocument, match="sanadignore can't be used"):
            sync(library, folder)
    assert set(texts(library)) == {str(kept), str(inner)}


def test_links_that_lead_outside_are_skipped(library, folder, tmp_path):
    outside = put(tmp_path / "outside" / "secret.txt", TWO)
    seen = put(folder / "a.txt", ONE)
    (folder / "b.txt").symlink_to(outside)
    (folder / "c").symlink_to(outside.parent)
    (folder / "d.txt").symlink_to(folder / "a.txt")
    expect(sync(library, folder), added=[seen, folder / "d.txt"])
    assert set(texts(library).values()) == {ONE}


def test_folder_that_is_itself_a_link_is_read(library, folder, tmp_path):
    put(folder / "a.txt", ONE)
    link = tmp_path / "link"
    link.symlink_to(folder)
    expect(sync(library, link), added=[link / "a.txt"])


def test_library_inside_the_folder_is_not_read(tmp_path):
    put(tmp_path / "a.txt", ONE)
    library = Library(tmp_path / "library")
    try:
        expect(add(library, tmp_path), added=[tmp_path / "a.txt"])
    finally:
        library.close()


@pytest.mark.parametrize(
    "name",
    [
        "تقرير الميناء ٢٠٢٤.txt",
        "a b'\"#%?&;$.txt",
        "-rf.txt",
        "new\nline.txt",
        "\u202eright\u200f.txt",
        "e\u0301.txt",
        "😀.md",
        f"{'x' * 250}.txt",
        "a.b.TXT",
    ],
    ids=["arabic", "marks", "dash", "line-end", "bidi", "decomposed", "emoji", "long", "upper"],
)
def test_odd_file_names(library, folder, name):
    path = put(folder / name, ONE)
    expect(sync(library, folder), added=[path])
    assert texts(library) == {str(path): ONE}
    # A title is one line that turns no later words.
    title = path.stem.replace("\n", " ").replace("\u202e", "")
    assert library.documents()[0].title == title
    expect(sync(library, folder), unchanged=[path])


def _put_not_utf8(folder, text):
    path = Path(os.fsdecode(os.fsencode(folder) + b"/\xe9t\xe9.txt"))
    try:
        return put(path, text)
    except OSError:
        pytest.skip("file names are Unicode here")


def test_file_name_that_is_not_utf_8(library, folder):
    _put_not_utf8(folder, ONE)
    report = sync(library, folder)
    assert report.failed == ()
    assert len(report.added) == 1
    (document,) = library.documents()
    f"{document.title}{document.source}".encode()
    expect(sync(library, folder), unchanged=report.added)
    check(library)


def test_file_name_that_is_not_utf_8_is_not_taken_for_gone(library, folder):
    first = put(folder / "a.txt", ONE)
    sync(library, folder)
    _put_not_utf8(folder, ONE)
    sync(library, folder)
    assert len(library.documents()[0].sources) == 2
    third = put(folder / "z.txt", ONE)
    report = sync(library, folder)
    assert report.added == (str(third),)
    assert str(first) in report.unchanged
    assert len(library.documents()[0].sources) == 3


def test_file_name_that_is_not_utf_8_in_a_failure_can_be_printed(library, folder):
    _put_not_utf8(folder, "")
    (failure,) = add(library, folder).failed
    assert failure.error == "EmptyDocument"
    f"{failure.source}{failure.message}".encode()


def test_file_renamed_to_other_case_is_moved(library, folder):
    old = put(folder / "Report.txt", ONE)
    sync(library, folder)
    before = ids(library)
    new = old.rename(folder / "report.txt")
    expect(sync(library, folder), moved=[new])
    assert ids(library) == {str(new): before[str(old)]}


def test_file_renamed_to_other_case_is_moved_where_case_does_not_count(
    library, folder, monkeypatch
):
    old = put(folder / "Report.txt", ONE)
    sync(library, folder)
    before = ids(library)
    new = old.rename(folder / "report.txt")
    look = Path.stat

    def stat(path, **options):
        return look(new if path.name.casefold() == new.name else path, **options)

    monkeypatch.setattr(Path, "stat", stat)
    assert old.exists()
    expect(sync(library, folder), moved=[new])
    assert ids(library) == {str(new): before[str(old)]}


# Files that are being written


def written_meanwhile(monkeypatch, path, pieces):
    """Begin to write a file; another piece is written whenever somebody waits."""
    left = iter(pieces)
    path.write_text(next(left))
    sleep = time.sleep

    def wait(seconds):
        piece = next(left, None)
        if piece is not None:
            with path.open("a") as file:
                file.write(piece)
        sleep(seconds / 10)

    monkeypatch.setattr("assistant.ingestion.settling.time.sleep", wait)


@pytest.mark.parametrize("take", [add, sync])
def test_file_that_is_being_written_is_waited_for(library, folder, monkeypatch, take):
    other, path = put(folder / "b.txt", TWO), folder / "a.txt"
    pieces = [f"Piece {n} of the report is here. " for n in range(4)]
    written_meanwhile(monkeypatch, path, pieces)
    steps = []
    expect(take(library, folder, progress=steps.append), added=[path, other])
    assert texts(library)[str(path)] == "".join(pieces)
    assert [(step.done, step.total, step.name) for step in steps] == [
        (1, 2, "a.txt"),
        (2, 2, "b.txt"),
    ]
    check(library)


def test_file_that_goes_on_being_written_is_listed_and_keeps_its_old_version(
    library, folder, monkeypatch
):
    path, other = put(folder / "a.txt", ONE), put(folder / "b.txt", TWO)
    sync(library, folder)
    with monkeypatch.context() as patch:
        written_meanwhile(patch, path, itertools.repeat("A piece. "))
        report = sync(library, folder)
    assert failures(report) == [(str(path), "UnreadableDocument")]
    assert "still being written" in report.failed[0].message
    assert (report.unchanged, report.removed) == ((str(other),), ())
    assert texts(library)[str(path)] == ONE
    expect(sync(library, folder), updated=[path], unchanged=[other])
    assert texts(library)[str(path)] == path.read_text()


def test_file_that_changes_while_it_is_read_is_read_again(library, folder, monkeypatch):
    path = put(folder / "a.txt", ONE)
    read = Path.read_bytes
    times = []

    def change(changed):
        data = read(changed)
        times.append(changed)
        if len(times) == 1:
            put(changed, ONE + TWO)
        return data

    monkeypatch.setattr(Path, "read_bytes", change)
    expect(sync(library, folder), added=[path])
    assert texts(library) == {str(path): ONE + TWO}
    assert len(times) == 2


def test_file_dated_in_the_future_is_not_waited_for(library, folder, monkeypatch):
    path = put(folder / "a.txt", ONE)
    os.utime(path, (2**32, 2**32))
    monkeypatch.setattr("time.sleep", lambda _: pytest.fail("waited"))
    expect(sync(library, folder), added=[path])


# Runs that are cut off


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
@pytest.mark.parametrize("take", [add, sync])
def test_run_that_progress_ends_has_written_what_it_told_of(library, folder, error, take):
    paths = [put(folder / f"{n}.txt", f"{ONE} Number {n}.") for n in range(6)]

    def stop(step):
        if step.done == 3:
            raise error

    with pytest.raises(error):
        take(library, folder, progress=stop)
    assert set(ids(library)) == set(map(str, paths[:3]))
    check(library)
    expect(take(library, folder), unchanged=paths[:3], added=paths[3:])
    check(library)


KILLED = """
import sys
from assistant import Assistant, Settings
import assistant.ingestion.placing as placing
placing._PASSAGES_A_WRITE = 3
with Assistant(sys.argv[1], Settings()) as assistant:
    print("open", flush=True)
    assistant.sync(sys.argv[2], progress=lambda step: print(step.done, flush=True))
"""


@pytest.mark.parametrize("after", [1, 7, 20, 39], ids="killed-after-{}".format)
def test_sync_that_is_killed_is_finished_by_the_next_one(tmp_path, folder, child, after):
    paths = [put(folder / f"{n:02}.txt", f"{ONE} Number {n}. " * 9) for n in range(40)]
    place = tmp_path / "library"
    with closing(Library(place)) as library:
        sync(library, folder)
        before = ids(library)
    changed, gone, moved = paths[:10], paths[10:15], paths[15:20]
    for path in changed:
        put(path, f"{TWO} {path.name}")
    for path in gone:
        path.unlink()
    after_move = [path.rename(path.with_name(f"moved-{path.name}")) for path in moved]
    new = [put(folder / f"new-{n}.txt", f"{THREE} Number {n}.") for n in range(5)]
    writer = child(KILLED, place, folder)
    for line in writer.stdout:
        if line.strip() == str(after):
            writer.kill()
            break
    writer.communicate()

    with closing(Library(place)) as library:
        sync(library, folder)
        files = [path for path in sorted(folder.iterdir()) if path.is_file()]
        assert texts(library) == {str(path): path.read_text() for path in files}
        now = ids(library)
        assert {str(p): before[str(p)] for p in [*changed, *paths[20:]]}.items() <= now.items()
        assert [now[str(p)] for p in after_move] == [before[str(p)] for p in moved]
        assert len(library.documents()) == len(files) == 40 - 5 + len(new)
        check(library)
        expect(sync(library, folder), unchanged=files)


# Progress and report


@pytest.mark.parametrize("take", [add, sync])
def test_progress_reaches_its_total(library, folder, take):
    put(folder / "a.txt", ONE)
    put(folder / "b.xyz", TWO)
    put(folder / "c.txt", THREE)
    for _ in range(2):
        steps = []
        take(library, folder, progress=steps.append)
        assert [(step.done, step.total) for step in steps] == [(1, 3), (2, 3), (3, 3)]
        assert [step.name for step in steps] == ["a.txt", "b.xyz", "c.txt"]


def test_progress_of_mixture_reaches_its_total(library, folder):
    put(folder / "a.txt", ONE)
    steps = []
    add(library, folder, "missing.txt", Document(title="n", text=TWO), progress=steps.append)
    assert [(step.done, step.total) for step in steps] == [(1, 3), (2, 3), (3, 3)]


def test_report_to_dict_holds_every_list(library, folder):
    put(folder / "a.txt", ONE)
    bad = put(folder / "b.txt", "")
    values = add(library, folder).to_dict()
    assert values["added"] == [str(folder / "a.txt")]
    assert values["failed"][0]["source"] == str(bad)
    assert values["failed"][0]["error"] == "EmptyDocument"
    assert values["seconds"] > 0
    assert set(values) == set(SyncReport.__dataclass_fields__)


# Removing


def test_remove_document_keeps_its_text(library):
    add(library, Document(title="a", text=ONE), Document(title="b", text=TWO))
    gone = ids(library)["a"]
    version = library.catalogue.document(gone).version
    remove_document(library, gone, purge=False)
    assert set(ids(library)) == {"b"}
    assert library.catalogue.document(gone, version).text == ONE
    check(library)
    with pytest.raises(LibraryError, match=gone):
        remove_document(library, gone, purge=False)


def test_remove_document_unknown(library):
    for purge in (False, True):
        with pytest.raises(LibraryError, match="'nothing'"):
            remove_document(library, "nothing", purge=purge)


def test_removed_document_added_again_has_its_old_id(library):
    add(library, Document(title="a", text=ONE))
    before = ids(library)
    remove_document(library, before["a"], purge=False)
    expect(add(library, Document(title="a", text=ONE)), added=["a"])
    assert ids(library) == before
    check(library)


WORDS = "The zephyrquill lies beneath the third floorboard."
OLD_WORDS = "الزمردفوشية مدفونة تحت شجرة الليمون الثالثة."


def _leaks(folder, needles):
    """Return in which files which bytes are found."""
    return [
        (str(path.relative_to(folder)), needle)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for data in [path.read_bytes()]
        for needle in needles
        if needle in data
    ]


@pytest.mark.parametrize("removed_before", [False, True], ids=["present", "removed-before"])
def test_remove_document_purged_leaves_no_byte(library, folder, removed_before):
    path = put(folder / "confidential-name.txt", OLD_WORDS)
    other = put(folder / "z.txt", TWO)
    sync(library, folder)
    put(path, WORDS)
    sync(library, folder)
    gone = ids(library)[str(path)]
    _, owners, vectors = library.catalogue.vectors()
    vector = vectors[list(owners).index(gone)].tobytes()
    needles = [WORDS.encode(), OLD_WORDS.encode(), b"zephyrquil", "زمردفوش".encode()]
    needles += [b"confidential-name", vector[:256]]
    found = {needle for _, needle in _leaks(library.folder, needles)}
    assert {needles[0], needles[1], needles[-2], needles[-1]} <= found
    if removed_before:
        remove_document(library, gone, purge=False)
    remove_document(library, gone, purge=True)
    assert _leaks(library.folder, needles) == []
    assert library.catalogue.document(gone) is None
    assert texts(library) == {str(other): TWO}
    check(library)
    library.close()
    assert _leaks(library.folder, needles) == []


# Everything at once

NAMES = st.sampled_from(["a.txt", "b.txt", "c.md", "sub/d.txt"])
CONTENTS = st.sampled_from([ONE, TWO, THREE, "It cost 12 pounds.", "It cost 13 pounds.", "", "\0"])
STEPS = st.one_of(
    st.tuples(st.just("put"), NAMES, CONTENTS),
    st.tuples(st.just("move"), NAMES, NAMES),
    st.tuples(st.just("copy"), NAMES, NAMES),
    st.tuples(st.just("swap"), NAMES, NAMES),
    st.tuples(st.just("delete"), NAMES, st.none()),
)


def _do(folder, step):
    action, name, other = step
    path = folder / name
    if action == "put":
        put(path, other)
    elif not path.exists():
        return
    elif action == "delete":
        path.unlink()
    elif action == "move":
        path.rename(folder / other)
    elif action == "copy":
        put(folder / other, path.read_bytes())
    elif (folder / other).exists():
        mine, theirs = path.read_bytes(), (folder / other).read_bytes()
        put(path, theirs)
        put(folder / other, mine)


@settings(
    max_examples=5, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
@given(st.lists(st.lists(STEPS, min_size=1, max_size=5), min_size=2, max_size=5))
def test_sync_after_any_changes_holds_what_the_folder_holds(rounds):
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "docs"
        (folder / "sub").mkdir(parents=True)
        keep = put(folder / "keep.txt", "This one stays.")
        library = Library(Path(place) / "library")
        try:
            _follow(library, folder, rounds, {str(keep): keep.read_text()})
        finally:
            library.close()


def _follow(library, folder, rounds, held):
    """Make changes, sync after each round, and compare with the files."""
    seen = {}
    for steps in rounds:
        for step in steps:
            _do(folder, step)
        sync(library, folder)
        files = {str(p): p.read_text() for p in folder.rglob("*") if p.is_file()}
        for name, text in files.items():
            if text.strip("\0"):
                held[name] = text
        held = {name: text for name, text in held.items() if name in files}
        assert texts(library) == held
        assert len(library.documents()) == len(set(held.values()))
        for document in library.documents():
            seen[document.id, document.version] = held[document.sources[0]]
        for (document_id, version), text in seen.items():
            assert library.catalogue.document(document_id, version).text == text
        check(library)
        again = sync(library, folder)
        assert set(again.unchanged) == {name for name, text in files.items() if text.strip("\0")}
        assert (again.added, again.updated, again.moved, again.removed) == ((), (), (), ())
