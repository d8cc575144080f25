"""The catalogue: what is written stays, exactly, in one file that plain sqlite3 can read."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from assistant import LibraryDamaged, LibraryError
from assistant.library import Changes, Correction, DocumentWrite, SourceRecord
from assistant.library.catalogue import Catalogue
from assistant.schema import (
    Block,
    ConversationSummary,
    Document,
    PassageSpan,
    Scope,
    Span,
    version_of,
)

# Line ends, tashkeel, bidi controls, an emoji outside the basic plane, a ligature, U+FFFD.
TRICKY = "\u200fقَالَ:\r\n«نَعَم»\u2066 ﷺ x\u2069\r\tend \U0001f469\u200d\U0001f52c\u2028\ufffd\n\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "catalogue.sqlite3"


@pytest.fixture
def catalogue(path: Path) -> Iterator[Catalogue]:
    with closing(Catalogue(path, read_only=False)) as catalogue:
        yield catalogue


def written(
    name: str, text: str = "A short text.", pieces: int = 1, **facts: object
) -> DocumentWrite:
    """Return a document of some passages, one sentence each, with its first vector number set."""
    edges = np.linspace(0, len(text), pieces + 1).astype(int).tolist()
    spans = [Span(a, b) for a, b in itertools.pairwise(edges)]
    document = Document(
        id=name,
        version=version_of(text.encode()),
        title=name.title(),
        source=f"{name}.txt",
        text=text,
        blocks=(Block(0, len(text), "paragraph", "p. 1"),),
        **facts,
    )
    vectors = np.zeros((pieces, 4), np.float32)
    vectors[:, 0] = len(text)
    return DocumentWrite(document, [PassageSpan(s.start, s.end, (s,)) for s in spans], vectors)


def changes(*documents: DocumentWrite) -> Changes:
    records = [
        SourceRecord(d.document.source, d.document.id, d.document.version) for d in documents
    ]
    return Changes(documents=documents, sources=records)


def query(path: Path, statement: str, values: Sequence[object] = ()) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement, values).fetchall()


# Documents and versions


def test_document_is_read_back_whole(catalogue: Catalogue) -> None:
    facts = {
        "language": "ar",
        "date": dt.date(2024, 2, 10),
        "quality": 0.75,
        "metadata": {"author": "سلمى"},
    }
    put = written("a", TRICKY, **facts)
    catalogue.write(changes(put))

    found = catalogue.document("a")

    assert found is not None
    assert found.sources == ("a.txt",)
    assert found.to_dict() == put.document.to_dict() | {"sources": ["a.txt"]}


def test_text_is_stored_exactly(catalogue: Catalogue, path: Path) -> None:
    catalogue.write(changes(written("a", TRICKY)))

    assert query(path, "SELECT text FROM versions") == [(TRICKY,)]


def test_update_keeps_the_old_version(catalogue: Catalogue) -> None:
    old, new = written("a", "The old text."), written("a", "The new text is longer.")
    catalogue.write(changes(old))
    catalogue.write(changes(new))

    assert catalogue.document("a").text == "The new text is longer."
    assert catalogue.document("a", old.document.version).text == "The old text."
    assert [document.version for document in catalogue.documents()] == [new.document.version]


def test_update_replaces_the_passages(catalogue: Catalogue) -> None:
    catalogue.write(changes(written("a", "The old text.", pieces=3)))
    before = catalogue.vectors()[0].tolist()
    reached = catalogue.generation
    catalogue.write(changes(written("a", "The new text is longer.", pieces=2)))
    after = catalogue.vectors()[0].tolist()

    assert len(before) == 3
    assert len(after) == 2
    assert set(catalogue.removed_since(reached)) == set(before)
    assert min(after) > max(before)
    assert catalogue.passages(before) == {}


def test_document_back_at_an_older_version_is_present_once(catalogue: Catalogue) -> None:
    for text in ("First text.", "Second text.", "First text."):
        catalogue.write(changes(written("a", text)))

    assert catalogue.document("a").text == "First text."
    assert len(catalogue.documents()) == 1


@pytest.mark.parametrize("version", [None, "no such version"])
def test_unknown_document_is_none(catalogue: Catalogue, version: str | None) -> None:
    catalogue.write(changes(written("a")))

    assert catalogue.document("b") is None
    assert (catalogue.document("a", version) is None) == (version is not None)


def test_dropped_document_is_kept_but_not_present(catalogue: Catalogue) -> None:
    catalogue.write(changes(written("a"), written("b")))
    catalogue.write(Changes(dropped_documents=("a",)))

    assert [document.id for document in catalogue.documents()] == ["b"]
    assert not catalogue.is_present("a")
    assert catalogue.is_present("b")
    assert catalogue.document("a").text == "A short text."
    assert catalogue.known_ids() == {"a", "b"}
    assert list(catalogue.sources()) == ["b.txt"]
    assert catalogue.documents_in(Scope()) == {"b"}
    assert len(catalogue.vectors()[0]) == 1


def test_dropped_document_comes_back(catalogue: Catalogue) -> None:
    catalogue.write(changes(written("a")))
    catalogue.write(Changes(dropped_documents=("a",)))
    catalogue.write(changes(written("a")))

    assert catalogue.is_present("a")
    assert catalogue.count_passages() == 1


def test_sources_are_replaced_and_dropped(catalogue: Catalogue) -> None:
    put = written("a")
    version = put.document.version
    catalogue.write(changes(put))
    copy = SourceRecord("copy.txt", "a", version, "folder", 13, 7)
    catalogue.write(Changes(sources=(copy, SourceRecord("a.txt", "a", version, size=5))))

    assert catalogue.document("a").sources == ("a.txt", "copy.txt")
    assert catalogue.sources()["copy.txt"] == copy
    assert catalogue.sources()["a.txt"].size == 5

    catalogue.write(Changes(dropped_sources=("a.txt",)))

    assert catalogue.document("a").sources == ("copy.txt",)
    assert catalogue.document("a").source == "copy.txt"


# Transactions and generations


def test_generation_grows_by_one_with_every_write(catalogue: Catalogue) -> None:
    seen = [catalogue.generation]
    seen.append(catalogue.write(changes(written("a"))))
    seen.append(catalogue.write(Changes(dropped_documents=("a",))))
    seen.append(catalogue.write(changes(written("b"))))
    ids = catalogue.vectors()[0].tolist()
    seen.append(catalogue.replace_vectors(ids, np.ones((1, 4), np.float32)))
    seen.append(catalogue.erase("b"))

    assert seen == list(range(6))
    assert catalogue.generation == 5


def test_failed_write_changes_nothing(catalogue: Catalogue) -> None:
    catalogue.write(changes(written("a")))
    broken = written("b", pieces=2)
    broken = DocumentWrite(broken.document, broken.passages, broken.vectors[:1])

    with pytest.raises(ValueError, match="zip"):
        catalogue.write(
            Changes(documents=(written("a", "Changed."), broken), dropped_documents=("a",))
        )

    assert catalogue.generation == 1
    assert [document.id for document in catalogue.documents()] == ["a"]
    assert catalogue.document("a").text == "A short text."
    assert catalogue.count_passages() == 1
    assert catalogue.write(changes(written("c"))) == 2


@pytest.mark.parametrize("title", [None, object()], ids=["missing", "unknown-type"])
def test_value_that_cannot_be_stored_is_no_damage(catalogue: Catalogue, title: object) -> None:
    put = written("a")
    wrong = dataclasses.replace(put.document, title=title)

    with pytest.raises(LibraryError, match="could not be written") as raised:
        catalogue.write(changes(dataclasses.replace(put, document=wrong)))

    assert not isinstance(raised.value, LibraryDamaged)
    assert catalogue.generation == 0


def test_written_rows_are_seen_by_another_connection(catalogue: Catalogue, path: Path) -> None:
    with closing(Catalogue(path, read_only=True)) as reader:
        catalogue.write(changes(written("a")))

        assert reader.document("a").text == "A short text."
        assert reader.generation == 1


def test_commits_survive_a_loss_of_power(catalogue: Catalogue) -> None:
    with catalogue._database.transaction() as connection:
        pragmas = [
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "secure_delete")
        ]

    assert pragmas == ["wal", 2, 1]


def test_read_only_catalogue_refuses_to_write(catalogue: Catalogue, path: Path) -> None:
    with closing(Catalogue(path, read_only=True)) as reader:
        for write in (
            lambda: reader.write(changes(written("a"))),
            lambda: reader.erase("a"),
            lambda: reader.set_fact("key", "value"),
        ):
            with pytest.raises(LibraryError, match="reading only"):
                write()


def test_facts_are_kept(path: Path) -> None:
    with closing(Catalogue(path, read_only=False)) as catalogue:
        assert catalogue.fact("embedding") is None
        catalogue.set_fact("embedding", "one")
        catalogue.set_fact("embedding", "two")
    with closing(Catalogue(path, read_only=True)) as catalogue:
        assert catalogue.fact("embedding") == "two"


def test_facts_of_passages_are_their_documents_titles_and_languages(catalogue: Catalogue) -> None:
    catalogue.write(
        changes(written("a", language="en"), written("b", "نص قصير جدا.", 2, language="ar"))
    )
    ids = [p.id for batch in catalogue.added_since(0, 10) for p in batch.passages]
    one, *two = ids

    assert catalogue.facts(ids) == {one: ("A", "en"), **dict.fromkeys(two, ("B", "ar"))}
    assert catalogue.facts([two[0], 999]) == {two[0]: ("B", "ar")}
    assert catalogue.facts([]) == {}


def test_facts_of_many_passages_are_brought_in_parts(catalogue: Catalogue) -> None:
    catalogue.write(changes(written("a", "word " * 600, 600, language="en")))
    catalogue.write(changes(written("b", language="en")))

    found = catalogue.facts(range(1, 2000))

    assert len(found) == 601
    assert list(found.values()).count(("A", "en")) == 600


def test_facts_of_passages_follow_every_change(path: Path, catalogue: Catalogue) -> None:
    catalogue.write(changes(written("a", language="en")))
    with closing(Catalogue(path, read_only=True)) as reader:
        for each in (catalogue, reader):
            assert each.facts([1]) == {1: ("A", "en")}

        catalogue.correct("a", Correction(title="Other", language="ar"))
        for each in (catalogue, reader):
            assert each.facts([1]) == {1: ("Other", "ar")}

        catalogue.correct("a", Correction())
        catalogue.write(changes(written("b", language="ar")))
        for each in (catalogue, reader):
            assert each.facts([1, 2]) == {1: ("A", "en"), 2: ("B", "ar")}


def test_facts_of_passages_that_are_gone_are_left_out(catalogue: Catalogue) -> None:
    catalogue.write(changes(written("a", language="en"), written("b", "Another.", language="en")))
    catalogue.write(Changes(dropped_documents=["a"]))

    assert set(catalogue.facts(range(1, 10)).values()) == {("B", "en")}


def test_file_alone_holds_everything_after_closing(path: Path) -> None:
    with closing(Catalogue(path, read_only=False)) as catalogue:
        catalogue.write(changes(written("a", TRICKY)))
        catalogue.documents()
    copy = path.with_name("copy.sqlite3")
    copy.write_bytes(path.read_bytes())

    assert query(copy, "SELECT text FROM versions") == [(TRICKY,)]


def test_threads_read_while_one_writes(catalogue: Catalogue) -> None:
    catalogue.write(changes(written("a", "An old text.")))
    failures: list[BaseException] = []
    stop = threading.Event()

    def read() -> None:
        try:
            while not stop.is_set():
                document = catalogue.document("a")
                assert version_of(document.text.encode()) == document.version
                assert len(catalogue.passages(catalogue.vectors()[0].tolist())) <= 1
        except BaseException as error:  # noqa: BLE001  # handed to the test
            failures.append(error)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(20):
        catalogue.write(changes(written("a", f"Text number {number}.")))
    stop.set()
    for thread in threads:
        thread.join()

    assert failures == []


# Scopes

JANUARY, MARCH, MAY = dt.date(2024, 1, 31), dt.date(2024, 3, 1), dt.date(2024, 5, 20)


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(), "abcd"),
        (Scope(documents=("a", "c", "unknown", "gone")), "ac"),
        (Scope(documents=("unknown",)), ""),
        (Scope(language="ar"), "acd"),
        (Scope(language="en"), "bd"),
        (Scope(language="mixed"), "d"),
        (Scope(language="und"), "d"),
        (Scope(after=MARCH), "bc"),
        (Scope(after=MARCH + dt.timedelta(days=1)), "c"),
        (Scope(before=MARCH), "ab"),
        (Scope(before=JANUARY - dt.timedelta(days=1)), ""),
        (Scope(after=JANUARY, before=MARCH), "ab"),
        # A datetime is a date too.
        (Scope(after=dt.datetime.combine(MARCH, dt.time())), "bc"),
        (Scope(language="ar", after=MARCH), "c"),
        (Scope(documents=("a", "d"), language="ar", before=MARCH), "a"),
    ],
    ids=str,
)
def test_scope_lets_through(catalogue: Catalogue, scope: Scope, expected: str) -> None:
    catalogue.write(
        changes(
            written("a", language="ar", date=JANUARY),
            written("b", language="en", date=MARCH),
            written("c", language="ar", date=MAY),
            written("d", language="mixed"),
            written("gone", language="ar", date=MARCH),
        )
    )
    catalogue.write(Changes(dropped_documents=("gone",)))

    assert catalogue.documents_in(scope) == frozenset(expected)


def test_scope_sees_the_newest_version_only(catalogue: Catalogue) -> None:
    catalogue.write(changes(written("a", "Old.", language="ar", date=JANUARY)))
    catalogue.write(changes(written("a", "New.", language="en", date=MAY)))

    assert catalogue.documents_in(Scope(language="ar")) == frozenset()
    assert catalogue.documents_in(Scope(before=MARCH)) == frozenset()
    assert catalogue.documents_in(Scope(language="en", after=MAY)) == {"a"}


# What a person has put right


def test_correction_counts_before_what_the_document_says(catalogue: Catalogue) -> None:
    catalogue.write(changes(written("a", language="en", date=JANUARY), written("b")))
    catalogue.correct("a", Correction("Z title", MARCH, "ar"))
    right = catalogue.document("a")
    passage = catalogue.passages([1])[1]
    (batch,) = catalogue.added_since(0, 5)

    assert (right.title, right.date, right.language) == ("Z title", MARCH, "ar")
    assert right.metadata == {"corrected": "title date language"}
    assert [d.title for d in catalogue.documents()] == ["B", "Z title"]
    assert catalogue.facts([1, 2]) == {1: ("Z title", "ar"), 2: ("B", "und")}
    assert passage.document_title == batch.passages[0].document_title == "Z title"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (Correction("T"), Correction(language="ar"), ("T", None, "ar")),
        (Correction("T"), Correction("U", MARCH), ("U", MARCH, "en")),
        (Correction(date=MARCH), Correction(date=MAY), ("A", MAY, "en")),
        (Correction("T", MARCH, "ar"), Correction(), ("A", None, "en")),
    ],
    ids=["more", "again", "another-date", "taken-back"],
)
def test_corrections_add_up(
    catalogue: Catalogue, first: Correction, second: Correction, expected: tuple[object, ...]
) -> None:
    catalogue.write(changes(written("a", language="en")))
    catalogue.correct("a", first)
    catalogue.correct("a", second)
    found = catalogue.document("a")

    assert (found.title, found.date, found.language) == expected


def test_correction_outlasts_versions_and_removal_but_no_purge(catalogue: Catalogue) -> None:
    old = written("a", "Old.", date=JANUARY)
    catalogue.write(changes(old))
    catalogue.correct("a", Correction("Right", MARCH))
    catalogue.write(changes(written("a", "New.", date=MAY)))
    for version in (None, old.document.version):
        found = catalogue.document("a", version)
        assert (found.title, found.date) == ("Right", MARCH)
    catalogue.write(Changes(dropped_documents=("a",)))
    catalogue.write(changes(written("a", "New.", date=MAY)))
    assert catalogue.document("a").title == "Right"
    catalogue.erase("a")
    catalogue.write(changes(written("a", "New.", date=MAY)))
    found = catalogue.document("a")

    assert (found.title, found.date) == ("A", MAY)


def test_scope_goes_by_what_was_put_right(catalogue: Catalogue) -> None:
    catalogue.write(changes(written("a", language="en", date=JANUARY), written("b")))
    catalogue.correct("a", Correction(date=MARCH))
    catalogue.correct("b", Correction(date=MAY, language="ar"))

    assert catalogue.documents_in(Scope(after=MARCH)) == {"a", "b"}
    assert catalogue.documents_in(Scope(before=JANUARY)) == frozenset()
    assert catalogue.documents_in(Scope(language="ar")) == {"b"}


def test_correction_leaves_the_passages(catalogue: Catalogue) -> None:
    catalogue.write(changes(written("a", pieces=2)))
    reached = catalogue.generation
    catalogue.correct("a", Correction(language="ar"))

    assert list(catalogue.added_since(reached, 10)) == []
    assert catalogue.removed_since(reached) == []
    assert catalogue.generation == reached + 1


# Passages


def test_passages_are_read_by_id_in_any_number(catalogue: Catalogue) -> None:
    catalogue.write(changes(written("a", "x" * 1200, pieces=1200)))
    ids = catalogue.vectors()[0].tolist()

    found = catalogue.passages([*reversed(ids), 10**9])

    assert sorted(found) == ids
    assert [found[i].start for i in ids] == list(range(1200))


def test_passage_carries_its_sentences_and_places(catalogue: Catalogue) -> None:
    catalogue.write(changes(written("a", TRICKY, pieces=2)))
    first, second = catalogue.passages(catalogue.vectors()[0].tolist()).values()

    assert first.text + second.text == TRICKY
    assert second.text == TRICKY[second.start : second.end]
    assert second.sentence_text(second.sentences[0]) == second.text
    assert second.sentences[0].place == "p. 1"
    assert (second.document_title, second.source) == ("A", "a.txt")


def test_added_since_yields_batches_of_what_is_new(catalogue: Catalogue) -> None:
    catalogue.write(changes(written("a", pieces=3)))
    reached = catalogue.generation
    catalogue.write(changes(written("b", "Text of b.", pieces=5)))

    batches = list(catalogue.added_since(reached, size=2))

    assert [len(batch.passages) for batch in batches] == [2, 2, 1]
    assert {passage.document_id for batch in batches for passage in batch.passages} == {"b"}
    assert all(batch.vectors.shape == (len(batch.passages), 4) for batch in batches)
    assert list(catalogue.added_since(catalogue.generation, size=2)) == []


def test_replaced_vectors_count_as_added(catalogue: Catalogue) -> None:
    catalogue.write(changes(written("a", pieces=2)))
    reached = catalogue.generation
    ids, _, _ = catalogue.vectors()
    catalogue.replace_vectors(ids[1:].tolist(), np.full((1, 4), 0.5, np.float32))

    (batch,) = catalogue.added_since(reached, size=10)

    assert [passage.id for passage in batch.passages] == ids[1:].tolist()
    assert catalogue.vectors()[2][1].tolist() == [0.5] * 4


def test_forgotten_removals_are_those_that_were_reached(catalogue: Catalogue) -> None:
    for name in "ab":
        catalogue.write(changes(written(name)))
    first = catalogue.write(Changes(dropped_documents=("a",)))
    catalogue.write(Changes(dropped_documents=("b",)))
    catalogue.forget_removed(first)

    assert len(catalogue.removed_since(0)) == 1


def test_removed_passages_are_forgotten_together_with_the_note_of_it(catalogue: Catalogue) -> None:
    """Else an index that is behind would keep what was removed."""
    catalogue.write(changes(written("a")))
    removed = catalogue.write(Changes(dropped_documents=("a",)))
    with catalogue._database.transaction() as connection:
        connection.execute(
            "CREATE TRIGGER fails BEFORE INSERT ON meta WHEN new.key = 'removed_forgotten' "
            "BEGIN SELECT raise(ABORT, 'no'); END"
        )

    with pytest.raises(LibraryError):
        catalogue.forget_removed(removed)
    assert len(catalogue.removed_since(0)) == 1

    with catalogue._database.transaction() as connection:
        connection.execute("DROP TRIGGER fails")
    catalogue.forget_removed(removed)
    assert catalogue.removed_since(0) == []
    assert catalogue.fact("removed_forgotten") == str(removed)


def test_vectors_of_an_empty_catalogue_are_empty(catalogue: Catalogue) -> None:
    ids, owners, matrix = catalogue.vectors()

    assert (len(ids), len(owners), len(matrix)) == (0, 0, 0)


# Erasing


def test_erased_document_leaves_nothing_in_the_file(catalogue: Catalogue, path: Path) -> None:
    secret, kept = "زعفران-saffron-9137", "Another text. " * 500
    catalogue.write(changes(written("a", f"{secret} first. " * 400), written("b", kept)))
    catalogue.write(changes(written("a", f"{secret} second. " * 400, metadata={"x": secret})))
    catalogue.erase("a")
    assert catalogue.is_untidy
    assert catalogue.tidy(wait=True)
    assert not catalogue.is_untidy

    left = b"".join(p.read_bytes() for p in path.parent.iterdir())

    assert secret.encode() not in left
    assert b"saffron" not in left
    assert catalogue.document("b").text == kept
    assert catalogue.document("a") is None
    assert catalogue.known_ids() == {"b"}
    assert list(catalogue.sources()) == ["b.txt"]


def test_ids_of_erased_passages_are_not_used_again(catalogue: Catalogue) -> None:
    catalogue.write(changes(written("a", pieces=3)))
    before = catalogue.vectors()[0].tolist()
    catalogue.erase("a")
    catalogue.write(changes(written("b")))

    assert min(catalogue.vectors()[0].tolist()) > max(before)


# From one version of the schema to the next

NEWEST = "4"


def version_1(path: Path) -> None:
    """Make a catalogue as the first version of the schema was, with a document in it."""
    from assistant.library import layout

    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(layout.SCHEMA)
        connection.execute("INSERT INTO meta VALUES ('schema', '1')")
        connection.execute("INSERT INTO meta VALUES ('generation', '7')")
        connection.execute("INSERT INTO documents VALUES ('a', 'v', 1)")
        connection.execute(
            "INSERT INTO versions VALUES ('a', 'v', 'T', 's', 'en', NULL, 'Text.', '[]', 1, '{}')"
        )
        connection.commit()


def test_older_catalogue_is_brought_up_to_date(path: Path) -> None:
    version_1(path)
    with closing(Catalogue(path, read_only=False)) as catalogue:
        assert catalogue.generation == 7
        assert catalogue.document("a").text == "Text."
        assert catalogue.conversations.summaries() == ()
    tables = {name for (name,) in query(path, "SELECT name FROM sqlite_master")}

    assert query(path, "SELECT value FROM meta WHERE key = 'schema'") == [(NEWEST,)]
    assert {"conversations", "turns", "turn_documents", "corrections", "ratings"} <= tables


def version_2(path: Path) -> None:
    """Make a catalogue as the second version of the schema was, with a document in it."""
    from assistant.library import layout

    version_1(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(layout.STEPS[2])
        connection.execute("UPDATE meta SET value = '2' WHERE key = 'schema'")
        connection.execute("INSERT INTO conversations VALUES ('c', '', 'T', 't', 'n', 'n')")
        connection.commit()


def test_second_catalogue_is_brought_up_to_date_with_what_it_holds(path: Path) -> None:
    version_2(path)
    with closing(Catalogue(path, read_only=False)) as catalogue:
        assert catalogue.document("a").title == "T"
        catalogue.correct("a", Correction(title="New"))
        assert catalogue.document("a").title == "New"

    assert query(path, "SELECT value FROM meta WHERE key = 'schema'") == [(NEWEST,)]
    assert query(path, "SELECT id FROM conversations") == [("c",)]
    assert query(path, "SELECT title FROM versions") == [("T",)]


def test_reader_of_an_older_catalogue_sees_no_corrections_and_changes_nothing(path: Path) -> None:
    version_2(path)
    before = path.read_bytes()
    with closing(Catalogue(path, read_only=True)) as catalogue:
        assert [document.title for document in catalogue.documents()] == ["T"]
        assert catalogue.documents_in(Scope(language="en")) == {"a"}
        assert catalogue.facts([1]) == {}

    assert path.read_bytes() == before


def version_3(path: Path) -> None:
    """Make a catalogue as the third version of the schema was, with a question in it."""
    from assistant.library import layout

    version_2(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(layout.STEPS[3])
        connection.execute("UPDATE meta SET value = '3' WHERE key = 'schema'")
        asked = ("c", 1, "Who?", "2024-05-03T10:00:00+00:00", "", " who ")
        connection.execute("INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?)", asked)
        connection.execute("INSERT INTO corrections VALUES ('a', 'Right', NULL, NULL)")
        connection.commit()


def test_third_catalogue_is_brought_up_to_date_with_what_it_holds(path: Path) -> None:
    version_3(path)
    with closing(Catalogue(path, read_only=False)) as catalogue:
        assert catalogue.document("a").title == "Right"
        (turn,) = catalogue.conversations.turns("c")
        assert (turn.question, turn.rating) == ("Who?", None)

    assert query(path, "SELECT value FROM meta WHERE key = 'schema'") == [(NEWEST,)]


def test_reader_of_a_third_catalogue_sees_no_ratings_and_changes_nothing(path: Path) -> None:
    version_3(path)
    before = path.read_bytes()
    with closing(Catalogue(path, read_only=True)) as catalogue:
        (turn,) = catalogue.conversations.turns("c")
        assert (turn.question, turn.rating) == ("Who?", None)
        assert catalogue.document("a").title == "Right"

    assert path.read_bytes() == before


def test_older_catalogue_can_be_read_as_it_is(path: Path) -> None:
    version_1(path)
    with closing(Catalogue(path, read_only=True)) as catalogue:
        assert catalogue.document("a").text == "Text."
        assert catalogue.conversations.summaries("word") == ()
        assert catalogue.conversations.summary("x") is None
        assert catalogue.conversations.turns("x") == ()

    assert query(path, "SELECT value FROM meta WHERE key = 'schema'") == [("1",)]


def test_new_and_upgraded_catalogues_are_alike(tmp_path: Path) -> None:
    new, old = tmp_path / "new", tmp_path / "old"
    version_1(old)
    for path in (new, old):
        Catalogue(path, read_only=False).close()

    schema = "SELECT name, sql FROM sqlite_master ORDER BY name"
    assert query(new, schema) == query(old, schema)


def test_step_that_fails_leaves_the_older_version_whole(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant.library import database, layout

    version_1(path)
    steps = {2: layout.STEPS[2] + "CREATE TABLE turns (x);"}
    with monkeypatch.context() as patch:
        patch.setattr(database, "STEPS", steps)
        with pytest.raises(LibraryError):
            Catalogue(path, read_only=False)
    assert query(path, "SELECT value FROM meta WHERE key = 'schema'") == [("1",)]
    assert query(path, "SELECT name FROM sqlite_master WHERE name = 'conversations'") == []
    Catalogue(path, read_only=False).close()

    assert query(path, "SELECT value FROM meta WHERE key = 'schema'") == [(NEWEST,)]


def test_conversations_leave_the_generation(catalogue: Catalogue) -> None:
    now = dt.datetime.now(dt.UTC)
    reached = catalogue.generation
    catalogue.conversations.begin(ConversationSummary("c", "T", 0, now, now))
    catalogue.conversations.ask("c", "Who?", now)

    assert catalogue.generation == reached
    assert catalogue.conversations.summary("c") == ConversationSummary("c", "T", 1, now, now)
