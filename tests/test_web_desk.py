"""What one person sees of a library that several people use."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant import Assistant, Settings
from assistant.errors import LibraryError
from assistant.schema import Scope
from assistant.web.desk import Desk
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
    assert "salma" not in Desk(library, "omar").shown_source(document)
    assert "omar" in Desk(library, "omar").shown_source(document)
    assert Desk(library, "nadia").shown_source(document) == ""


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
