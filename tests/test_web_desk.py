"""What one person sees of a library that several people use."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from assistant import Assistant, Settings
from assistant.errors import LibraryError
from assistant.schema import Scope, ShelfWish
from assistant.web.desk import Desk
from assistant.web.holdings import NotTheirs
from assistant.web.uploads import folder_of

SHARED = "The harbour of Bejaia was dredged in 2019 by the port authority.\n"
SALMAS = "The secret price of the harbour contract was 41 million dinars.\n"
OMARS = "Omar wrote that the harbour will be closed in March.\n"
BOTH = "Everybody knows that the harbour has two gates.\n"


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("desk")
    with Assistant(folder / "library", Settings()) as assistant:
        files = {folder / "documents" / "shared.txt": SHARED}
        for person, words in (("salma", SALMAS), ("omar", OMARS)):
            files[folder_of(folder / "library", person) / f"{person}.txt"] = words
            files[folder_of(folder / "library", person) / "both.txt"] = BOTH
        for path, words in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(words, encoding="utf-8")
        assert not assistant.add(*files).failed
        yield assistant


def titles(desk: Desk, scope: Scope | None = None) -> set[str]:
    return {document.title for document in desk.documents(scope)}


def id_of(library: Assistant, title: str) -> str:
    return next(d.id for d in library.documents() if d.title == title)


@pytest.mark.parametrize(
    ("person", "seen"),
    [
        ("salma", {"shared", "salma", "both"}),
        ("omar", {"shared", "omar", "both"}),
        ("nadia", {"shared"}),
        ("", {"shared", "salma", "omar", "both"}),
    ],
)
def test_person_sees_what_is_shared_and_their_own(library, person, seen):
    assert titles(Desk(library, person)) == seen


def test_document_of_another_person_can_not_be_opened(library):
    theirs = id_of(library, "salma")
    version = library.document(theirs).version
    assert Desk(library, "salma").document(theirs).text == SALMAS
    for asked in (None, version):
        with pytest.raises(LibraryError, match=theirs):
            Desk(library, "omar").document(theirs, asked)


def test_unknown_and_hidden_documents_are_told_of_alike(library):
    theirs = id_of(library, "salma")
    with pytest.raises(LibraryError) as hidden:
        Desk(library, "omar").document(theirs)
    with pytest.raises(LibraryError) as unknown:
        Desk(library, "omar").document("x" * len(theirs))
    assert str(hidden.value).replace(theirs, "?") == str(unknown.value).replace(
        "x" * len(theirs), "?"
    )


def test_search_finds_nothing_of_another_person(library):
    found = {hit.document_title for hit in Desk(library, "omar").search("secret price harbour")}
    assert "salma" not in found
    assert "salma" in {h.document_title for h in Desk(library, "salma").search("secret price")}


def test_answer_rests_on_nothing_of_another_person(library):
    question = "What was the secret price of the harbour contract?"
    mine = Desk(library, "salma").conversation()
    whole = mine.stream(question, Desk(library, "salma").allowed()).read()
    assert "41 million" in whole.text
    other = Desk(library, "omar").conversation()
    whole = other.stream(question, Desk(library, "omar").allowed()).read()
    assert "41 million" not in whole.text
    assert {h.document_title for h in whole.hits} <= {"shared", "omar", "both"}


def test_choice_of_hidden_documents_alone_finds_nothing(library):
    scope = Desk(library, "omar").allowed(Scope(documents=(id_of(library, "salma"),)))
    assert library.search("harbour", scope=scope) == []


def test_other_wishes_of_a_scope_stay(library):
    wished = Scope(language="en", after=dt.date(1990, 1, 1))
    allowed = Desk(library, "omar").allowed(wished)
    assert (allowed.language, allowed.after, allowed.before) == ("en", wished.after, None)


def test_scope_stays_as_it_is_where_all_may_be_seen(library):
    assert Desk(library, "").allowed() is None
    scope = Scope(documents=(id_of(library, "shared"),))
    assert Desk(library, "omar").allowed(scope) is scope


def test_source_of_another_person_is_not_named(library):
    document = library.document(id_of(library, "both"))
    assert Desk(library, "omar").shown_source(document) == "both.txt"
    assert Desk(library, "nadia").shown_source(document) == ""


@pytest.mark.parametrize("person", ["salma", "omar"])
def test_answer_names_no_folder_of_uploads(library, person):
    desk = Desk(library, person)
    question = "How many gates does the harbour have?"
    conversation = desk.conversation()
    whole = desk.masked(conversation.stream(question, desk.allowed()).read())
    assert whole.citations[0].source == "both.txt"
    assert conversation.turns[0].answer.citations[0].source != "both.txt"
    told = [
        *(json.dumps(whole.to_dict()), conversation.export("json", desk.masked)),
        *(conversation.export("markdown", desk.masked), str(desk.search("harbour gates"))),
        str(desk.mentions("gates")),
    ]
    assert all("uploads" not in words for words in told)


def test_source_of_a_shared_file_is_told_whole(library):
    hits = Desk(library, "nadia").search("harbour dredged")
    assert hits[0].source.endswith("documents/shared.txt")


def test_conversations_are_a_persons_own(library):
    mine = Desk(library, "salma").conversation()
    mine.ask("Who dredged the harbour of Bejaia?")
    assert [c.id for c in Desk(library, "salma").conversations("dredged")] == [mine.id]
    for other in (Desk(library, "omar"), Desk(library, "")):
        assert mine.id not in {c.id for c in other.conversations()}
        with pytest.raises(LibraryError):
            other.conversation(mine.id)
        with pytest.raises(LibraryError):
            other.delete_conversation(mine.id)


# The library as a shelf


@pytest.fixture
def shelf(tmp_path):
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "shared.txt").write_text(SHARED)
    with Assistant(settings=Settings(library=tmp_path / "library", documents=documents)) as opened:
        assert not opened.sync(documents).failed
        yield opened


def bring(desk: Desk, name: str, words: str) -> str:
    """Bring a file, and return the id of its document."""
    before = set(desk.shelf(ShelfWish()).ids)
    file = desk.coming()
    file.write_text(words)
    assert not desk.take(file, name).failed
    assert not file.exists()
    ids = desk.shelf(ShelfWish(order="added")).ids
    return next((i for i in ids if i not in before), ids[0])


def files(desk: Desk) -> set[str]:
    folder = folder_of(desk.settings.library, desk.person)
    return {path.name for path in folder.glob("*") if path.is_file()}


def test_file_that_is_brought_is_the_persons_alone(shelf):
    salma, omar = Desk(shelf, "salma"), Desk(shelf, "omar")
    mine = bring(salma, "../../سري.txt", SALMAS)
    assert salma.document(mine).title == "سري"
    assert files(salma) == {"سري.txt"}
    assert mine not in omar.shelf(ShelfWish()).ids
    assert omar.shelf(ShelfWish(words="سري")).ids == ()
    assert omar.shelf(ShelfWish()).held == 1


def test_file_that_can_not_be_read_is_not_kept(shelf):
    desk = Desk(shelf, "salma")
    file = desk.coming()
    file.write_text(" ")
    report = desk.take(file, "empty.txt")
    assert [failure.error for failure in report.failed] == ["EmptyDocument"]
    assert files(desk) == set()
    assert not file.exists()


def test_same_file_again_changes_nothing(shelf):
    desk = Desk(shelf, "salma")
    mine = bring(desk, "a.txt", SALMAS)
    bring(desk, "a.txt", SALMAS)
    assert files(desk) == {"a.txt"}
    assert len(desk.document(mine).sources) == 1


def test_nobody_removes_or_corrects_what_is_another_persons(shelf):
    salma, omar = Desk(shelf, "salma"), Desk(shelf, "omar")
    mine = bring(salma, "a.txt", SALMAS)
    for act in (omar.remove, lambda one: omar.correct(one, title="x")):
        with pytest.raises(LibraryError, match=mine) as error:
            act(mine)
        assert type(error.value) is LibraryError
    assert salma.document(mine).title == "a"


def test_shared_document_is_nobodys_to_change_where_people_sign_in(shelf):
    omar = Desk(shelf, "omar")
    (shared,) = omar.shelf(ShelfWish()).ids
    for act in (omar.remove, lambda one: omar.correct(one, title="x")):
        with pytest.raises(NotTheirs, match="shared"):
            act(shared)
    anybody = Desk(shelf, "")
    anybody.correct(shared, title="The harbour")
    anybody.remove(shared)
    assert anybody.shelf(ShelfWish()).held == 0
    assert (shelf.settings.documents / "shared.txt").exists()


def test_only_the_own_source_goes_where_two_people_brought_the_same(shelf):
    salma, omar = Desk(shelf, "salma"), Desk(shelf, "omar")
    one = bring(salma, "mine.txt", BOTH)
    assert bring(omar, "his.txt", BOTH) == one
    removal = omar.remove(one)
    assert omar.shelf(ShelfWish()).held == 1
    assert salma.document(one).sources == (
        str(folder_of(shelf.settings.library, "salma") / "mine.txt"),
    )
    assert files(omar) == set()
    assert files(salma) == {"mine.txt"}
    omar.restore(removal)
    assert one in omar.shelf(ShelfWish()).ids
    assert files(omar) == {"his.txt"}


def test_document_that_two_people_brought_is_corrected_by_neither(shelf):
    salma, omar = Desk(shelf, "salma"), Desk(shelf, "omar")
    one = bring(salma, "mine.txt", BOTH)
    bring(omar, "his.txt", BOTH)
    for desk in (salma, omar):
        with pytest.raises(NotTheirs):
            desk.correct(one, title="Mine")


def test_upload_comes_back_as_it_was(shelf):
    desk = Desk(shelf, "salma")
    mine = bring(desk, "a.txt", SALMAS)
    desk.correct(mine, title="The secret", date=dt.date(2001, 2, 3))
    before = desk.document(mine)
    removal = desk.remove(mine)
    assert files(desk) == set()
    assert desk.shelf(ShelfWish()).held == 1
    assert desk.restore(removal) == before
    assert files(desk) == {"a.txt"}
    row = next(r for r in desk.shelf(ShelfWish()).rows if r.id == mine)
    assert row.state == "current"


def test_removed_upload_is_deleted_for_good(shelf):
    desk = Desk(shelf, "salma")
    removal = desk.remove(bring(desk, "a.txt", SALMAS))
    desk.forget(removal)
    left = [p for p in folder_of(shelf.settings.library, "salma").rglob("*") if p.is_file()]
    assert left == []


def test_reading_the_folder_again_leaves_uploads_alone(shelf):
    desk = Desk(shelf, "salma")
    bring(desk, "a.txt", SALMAS)
    (shelf.settings.documents / "new.txt").write_text("A new one about bridges.\n")
    steps = []
    report = desk.sync(steps.append)
    assert [len(x) for x in (report.added, report.unchanged, report.removed)] == [1, 1, 0]
    assert len(steps) == 2
    assert desk.shelf(ShelfWish()).held == 3
