"""The facade: its signatures, and what each of its methods promises."""

from __future__ import annotations

import asyncio
import datetime as dt
import inspect
import shutil
from pathlib import Path

import pytest

from assistant import (
    AnswerNotReady,
    Assistant,
    AssistantError,
    Document,
    EmbeddingMismatch,
    LibraryError,
    Message,
    ModelError,
    Progress,
    PromptError,
    Scope,
    Settings,
    SettingsError,
    UnreadableDocument,
)
from assistant.models.static import StaticEmbeddings
from assistant.strings import say

SIGNATURES = {
    "__init__": "library=None, settings=None, read_only=False, to_rebuild=False",
    "add": "*sources, progress=None",
    "sync": "folder, progress=None, remove_many=False",
    "remove": "document_id, purge=False, sources=()",
    "restore": "removal",
    "shelf": "wish=None, seen=None",
    "correct": "document_id, title=None, date=None, language=None",
    "rebuild": "progress=None",
    "settle": "seconds=None",
    "backup": "path, overwrite=False",
    "documents": "scope=None",
    "document": "document_id, version=None",
    "page_picture": "document_id, start, end, version=None, page=None, height=1400",
    "source_state": "document_id, version=None",
    "search": "query, k=10, unit='passage', scope=None",
    "mentions": "words, scope=None, limit=50, offset=0, across=True",
    "highlights": "query, texts",
    "context": "document_id, start, end, version=None, sentences=1",
    "ask": "question, history=(), scope=None",
    "stream": "question, history=(), scope=None",
    "starters": "count=4, scope=None",
    "aadd": "*sources, progress=None",
    "asearch": "query, k=10, unit='passage', scope=None",
    "aask": "question, history=(), scope=None",
    "astream": "question, history=(), scope=None",
    "conversation": "id=None, owner=''",
    "conversations": "query='', owner=''",
    "delete_conversation": "id, owner=''",
    "as_runnable": "",
    "close": "",
}
FIELDS = {
    "Scope": "documents language after before",
    "Document": ("id version title source sources language date text blocks quality metadata"),
    "Block": "start end kind place",
    "Answer": (
        "question standalone_question text segments citations hits language answered "
        "confidence engine"
    ),
    "Segment": "text citations support reasons",
    "Citation": (
        "document_id version document_title source place cited_text start_char_index "
        "end_char_index score"
    ),
    "Hit": (
        "document_id version document_title source place text start_char_index end_char_index score"
    ),
    "Mentions": "words forms total sentences documents hits",
    "Mention": (
        "document_id version document_title source place text start_char_index end_char_index "
        "spans heading before after"
    ),
    "Form": "written count relation",
    "Context": "document_id version heading before after",
    "Backup": "path size created documents passages conversations files",
    "Excerpt": "text start_char_index end_char_index",
    "SyncReport": "added updated moved unchanged removed failed warnings seconds",
}

KNOWN, UNKNOWN = "When did the city museum of Wahran open?", "Who invented the telephone?"
MARUF, MAJHUL = "متى افتتح متحف وهران أبوابه؟", "من اخترع الهاتف؟"


# The contract


@pytest.mark.parametrize("name", SIGNATURES)
def test_signature_is_the_contract(name: str) -> None:
    found = inspect.signature(getattr(Assistant, name)).parameters.values()
    shown = [str(p.replace(annotation=inspect.Parameter.empty)) for p in found if p.name != "self"]

    assert ", ".join(shown) == SIGNATURES[name]


def test_facade_has_no_other_public_methods() -> None:
    public = {name for name in dir(Assistant) if not name.startswith("_")}

    assert public == SIGNATURES.keys() - {"__init__"} | {"as_retriever", "mending"}


def test_retriever_needs_no_arguments() -> None:
    parameters = list(inspect.signature(Assistant.as_retriever).parameters.values())[1:]

    assert all(p.default is not p.empty for p in parameters)


@pytest.mark.parametrize("name", FIELDS)
def test_type_has_the_fields_of_the_contract(name: str) -> None:
    import assistant

    kind = getattr(assistant, name)

    assert list(kind.__dataclass_fields__) == FIELDS[name].split()
    assert kind.__dataclass_params__.frozen


def test_everything_public_says_what_it_does() -> None:
    assert all(inspect.getdoc(getattr(Assistant, name)) for name in SIGNATURES)


# Opening


def test_assistant_is_a_context_manager(tmp_path: Path) -> None:
    with Assistant(tmp_path / "library", Settings()) as assistant:
        assert isinstance(assistant, Assistant)
        assert assistant.documents() == ()

    with pytest.raises(LibraryError, match="closed"):
        assistant.documents()


def test_library_is_closed_when_the_block_fails(tmp_path: Path) -> None:
    with pytest.raises(KeyError), Assistant(tmp_path / "library", Settings()):
        raise KeyError

    Assistant(tmp_path / "library", Settings()).close()


def test_library_defaults_to_the_setting(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("SANAD_LIBRARY", "elsewhere")
    with Assistant() as assistant:
        assistant.add(Document(title="Tea", text="Tea is picked in spring."))

    assert (tmp_path / "elsewhere" / "catalogue.sqlite3").is_file()


def test_path_may_be_a_string_with_missing_parents(tmp_path: Path) -> None:
    with Assistant(str(tmp_path / "a" / "b" / "مكتبة"), Settings()) as assistant:
        assert assistant.documents() == ()


@pytest.mark.parametrize("library", ["", " ", 7], ids=repr)
def test_library_without_a_name_is_an_error(tmp_path: Path, library: object) -> None:
    with pytest.raises(SettingsError, match="library="):
        Assistant(library, Settings())

    assert list(tmp_path.iterdir()) == []


def test_read_only_needs_a_library(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "missing", tmp_path / "empty"):
        with pytest.raises(LibraryError, match="no library"):
            Assistant(folder, Settings(), read_only=True)

    assert not (tmp_path / "missing").exists()
    assert list((tmp_path / "empty").iterdir()) == []


def test_read_only_answers_and_changes_nothing(tmp_path: Path) -> None:
    tea = Document(title="Tea", text="Tea is picked in spring.")
    with Assistant(tmp_path / "library", Settings()) as writer:
        writer.add(tea)
        (document,) = writer.documents()
    (tmp_path / "new.txt").write_text("Coffee is picked in autumn.")

    with Assistant(tmp_path / "library", Settings(), read_only=True) as reader:
        assert reader.ask("When is tea picked?").answered
        for change in (
            lambda: reader.add(tmp_path / "new.txt"),
            lambda: reader.add(Document(title="Coffee", text="Coffee is picked in autumn.")),
            lambda: reader.sync(tmp_path),
            lambda: reader.remove(document.id),
            lambda: reader.remove(document.id, purge=True),
        ):
            with pytest.raises(LibraryError, match="reading only"):
                change()
        assert reader.documents() == (document,)


@pytest.mark.parametrize(
    ("settings", "error", "words"),
    [
        (Settings(model="nobody:qwen3:8b"), ModelError, "nobody:qwen3:8b"),
        (Settings(model="no such model"), SettingsError, "no such model"),
        (Settings(embeddings="large"), SettingsError, "large"),
        (Settings(chroma_url="nowhere"), LibraryError, "nowhere"),
        (Settings(prompts=Path("/nope")), PromptError, "/nope.*SANAD_PROMPTS"),
    ],
    ids=["model", "odd model", "embeddings", "server", "prompts"],
)
def test_setting_that_cannot_be_used_is_an_error(
    tmp_path: Path, settings: Settings, error: type[AssistantError], words: str
) -> None:
    with pytest.raises(error, match=words):
        Assistant(tmp_path / "library", settings)

    # Nothing is left locked.
    Assistant(tmp_path / "library", Settings()).close()


def test_library_of_another_embedding_is_embedded_anew(tmp_path: Path, monkeypatch) -> None:
    with Assistant(tmp_path / "library", Settings()) as assistant:
        assistant.add(Document(title="Tea", text="Tea is picked in spring."))
    monkeypatch.setattr(
        StaticEmbeddings,
        "__init__",
        lambda self: setattr(self, "fingerprint", "builtin:another"),
    )

    with pytest.raises(EmbeddingMismatch, match="another"):
        Assistant(tmp_path / "library", Settings(), read_only=True)
    with Assistant(tmp_path / "library", Settings()) as assistant:
        assert assistant.search("When is tea picked?")
    with Assistant(tmp_path / "library", Settings(), read_only=True) as assistant:
        assert assistant.ask("When is tea picked?").answered


# Adding and removing


def test_add_takes_files_folders_and_documents(assistant: Assistant, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "one.txt").write_text("The first text.")
    (folder / "two.md").write_text("# Second\n\nThe second text.")
    (tmp_path / "ثالث.txt").write_text("النص الثالث.", encoding="utf-8")
    fourth = Document(title="Fourth", text="The fourth text.")
    seen: list[Progress] = []

    report = assistant.add(folder, str(tmp_path / "ثالث.txt"), fourth, progress=seen.append)

    assert len(report.added) == 4
    assert not report.failed
    assert {d.title for d in assistant.documents()} == {"one", "Second", "ثالث", "Fourth"}
    assert [step.done for step in seen] == [1, 2, 3, 4]
    assert {step.total for step in seen} == {4}


def test_add_reports_what_fails_and_takes_the_rest(assistant: Assistant, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("A good text.")
    (tmp_path / "odd.xyz").write_text("No reader knows this.")
    (tmp_path / "empty.txt").write_text(" \n")
    failing = {
        "missing.txt": "UnreadableDocument",
        "odd.xyz": "UnsupportedFormat",
        "empty.txt": "EmptyDocument",
        "a\x00b.txt": "UnreadableDocument",
        "words " * 1000: "UnreadableDocument",
    }

    report = assistant.add(*failing, "good.txt")

    assert [Path(source).name for source in report.added] == ["good.txt"]
    assert {failure.source: failure.error for failure in report.failed} == failing


def test_added_twice_is_unchanged(assistant: Assistant, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The first text.")
    first, second = assistant.add("a.txt"), assistant.add("a.txt")

    assert (len(first.added), len(second.added)) == (1, 0)
    assert second.unchanged == first.added
    assert len(assistant.documents()) == 1


def test_update_answers_with_the_new_version_and_keeps_the_old(
    assistant: Assistant, tmp_path: Path
) -> None:
    path = tmp_path / "tea.txt"
    path.write_text("Tea is picked in spring by forty workers.")
    assistant.add(path)
    question = "When is tea picked by workers?"
    (old,) = assistant.ask(question).citations
    path.write_text("Long ago things differed. Tea is picked in autumn by forty workers.")

    assert len(assistant.add(path).updated) == 1

    (new,) = assistant.ask(question).citations
    assert "autumn" in new.cited_text
    assert (new.document_id, new.version != old.version) == (old.document_id, True)
    for c in (old, new):
        text = assistant.document(c.document_id, version=c.version).text
        assert text[c.start_char_index : c.end_char_index] == c.cited_text
    assert assistant.document(old.document_id).version == new.version


def test_removed_document_answers_no_more_but_is_kept(assistant: Assistant) -> None:
    assistant.add(Document(title="Tea", text="Tea is picked in spring by forty workers."))
    (citation,) = assistant.ask("When is tea picked?").citations

    assistant.remove(citation.document_id)

    assert assistant.documents() == ()
    assert assistant.search("When is tea picked?") == []
    assert not assistant.ask("When is tea picked?").answered
    kept = assistant.document(citation.document_id, citation.version)
    assert kept.text[citation.start_char_index : citation.end_char_index] == citation.cited_text


def test_removed_document_comes_back_under_its_id(assistant: Assistant, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The first text.")
    assistant.add("a.txt")
    (before,) = assistant.documents()
    assistant.remove(before.id)
    assistant.add("a.txt")

    assert assistant.documents() == (before,)
    assert assistant.search("first text")[0].document_id == before.id


@pytest.mark.parametrize("removed_before", [False, True], ids=["present", "removed"])
def test_purged_document_is_nowhere(
    assistant: Assistant, tmp_path: Path, removed_before: bool
) -> None:
    spice = "zaferanum"
    assistant.add(
        Document(title=f"{spice} title", text=f"The {spice} lies in the cellar. " * 99),
        Document(title="Tea", text="Tea is picked in spring."),
    )
    (document,) = [d for d in assistant.documents() if spice in d.title]
    if removed_before:
        assistant.remove(document.id)

    assistant.remove(document.id, purge=True)

    with pytest.raises(LibraryError, match=document.id):
        assistant.document(document.id, document.version)
    assert [d.title for d in assistant.documents()] == ["Tea"]
    assert assistant.ask("When is tea picked?").answered
    for moment in ("open", "closed"):
        left = [
            path.name
            for path in (tmp_path / "library").rglob("*")
            if path.is_file() and spice.encode() in path.read_bytes().lower()
        ]
        assert left == [], moment
        assistant.close()


DAY = dt.date(2024, 2, 10)


def test_correction_lasts_over_changes_moves_rebuilds_and_opening(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "a.txt").write_text("The first text.")
    (docs / "b.txt").write_text("Another text.")
    library = tmp_path / "library"
    with Assistant(library) as assistant:
        assistant.sync(docs)
        name = next(d.id for d in assistant.documents() if d.title == "a")
        found = assistant.correct(name, title="Right", date=DAY, language="ar")
        assert (found.title, found.date, found.language) == ("Right", DAY, "ar")
        (docs / "a.txt").write_text("The second text, of another day: 3 May 2020.")
        assistant.sync(docs)
        (docs / "a.txt").rename(docs / "c.txt")
        assistant.sync(docs)
        assistant.rebuild()
    with Assistant(library) as assistant:
        found = assistant.document(name)
        assert (found.title, found.date, found.language) == ("Right", DAY, "ar")
        assert (found.text[:10], Path(found.source).name) == ("The second", "c.txt")


def test_correction_is_kept_for_a_document_that_comes_back(
    assistant: Assistant, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("The first text.")
    (tmp_path / "b.txt").write_text("Another text.")
    assistant.sync(tmp_path)
    name = next(d.id for d in assistant.documents() if d.title == "a")
    assistant.correct(name, title="Right")
    assistant.remove(name)
    assistant.add("a.txt")
    assert assistant.document(name).title == "Right"
    (tmp_path / "a.txt").unlink()
    assistant.sync(tmp_path)
    (tmp_path / "a.txt").write_text("The second text.")
    assistant.sync(tmp_path)

    assert {d.id: d.title for d in assistant.documents()}[name] == "Right"
    assert assistant.correct(name).title == "a"


@pytest.mark.parametrize(
    ("back_as", "text"),
    [
        ("moved.txt", "The first text."),
        ("moved.txt", "A text that was changed meanwhile."),
        ("first.txt", "The first text."),
        ("first.txt", "A text that was changed meanwhile."),
        ("elsewhere.txt", "The first text."),
    ],
    ids=["where-it-was", "where-it-was-changed", "first-name", "first-name-changed", "elsewhere"],
)
@pytest.mark.parametrize("by_id", [True, False], ids=["remove", "sync"])
def test_correction_lasts_over_a_move_a_removal_and_the_return(
    assistant: Assistant, tmp_path: Path, back_as: str, text: str, by_id: bool
) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "first.txt").write_text("The first text.")
    (docs / "other.txt").write_text("Another text.")
    assistant.sync(docs)
    name = next(d.id for d in assistant.documents() if d.title == "first")
    assistant.correct(name, title="Right", date=DAY, language="ar")
    (docs / "first.txt").rename(docs / "moved.txt")
    assert len(assistant.sync(docs).moved) == 1
    if by_id:
        assistant.remove(name)
    (docs / "moved.txt").unlink()
    assistant.sync(docs)
    assert len(assistant.documents()) == 1
    (docs / back_as).write_text(text)
    assistant.sync(docs)

    (found,) = [d for d in assistant.documents() if d.title != "other"]
    assert (found.id, found.title, found.date, found.language) == (name, "Right", DAY, "ar")
    assert Path(found.source).name == back_as


def test_two_files_do_not_both_become_one_document_that_was_removed(
    assistant: Assistant, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("The first text.")
    assistant.add("a.txt")
    (before,) = assistant.documents()
    assistant.remove(before.id)
    (tmp_path / "b.txt").write_text("The first text.")
    (tmp_path / "a.txt").write_text("A second text.")
    assistant.add("b.txt", "a.txt")

    found = {Path(d.source).name: d.id for d in assistant.documents()}
    assert found["b.txt"] == before.id
    assert found["a.txt"] != before.id
    assert {h.document_title for h in assistant.search("text")} == {"a", "b"}


def test_correction_is_seen_in_answers_searches_and_scopes(assistant: Assistant) -> None:
    assistant.add(Document(title="x1", text="Tea is picked in spring by forty workers.", date=DAY))
    (document,) = assistant.documents()
    later = DAY + dt.timedelta(days=1)

    assistant.correct(document.id, title="Tea harvest", date=later)
    answer = assistant.ask("When is tea picked?")

    assert answer.citations[0].document_title == "Tea harvest"
    assert "“Tea harvest”" in answer.text
    assert assistant.documents(Scope(after=later)) != ()
    assert assistant.documents(Scope(before=DAY)) == ()
    assert assistant.search("tea", scope=Scope(after=later))[0].document_title == "Tea harvest"
    assert assistant.documents()[0].metadata["corrected"] == "title date"


def test_corrected_language_counts_where_languages_are_told_apart(assistant: Assistant) -> None:
    assistant.add(Document(title="x", text="Zubrinski 1932", language="und"))
    (document,) = assistant.documents()
    assert assistant.search("Zubrinski", scope=Scope(language="ar")) == []
    assistant.correct(document.id, language="ar")

    assert len(assistant.search("Zubrinski", scope=Scope(language="ar"))) == 1
    (fact,) = assistant._library.catalogue.facts([1]).values()
    assert fact == ("x", "ar")


def test_correction_goes_with_a_copy_that_gets_a_document_of_its_own(
    assistant: Assistant, tmp_path: Path
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("One text.")
    assistant.add("a.txt", "b.txt")
    (document,) = assistant.documents()
    assistant.correct(document.id, title="Right")
    (tmp_path / "a.txt").write_text("Another text.")
    assistant.add("a.txt")

    assert [d.title for d in assistant.documents()] == ["Right", "Right"]
    assert [d.metadata for d in assistant.documents()] == [{"corrected": "title"}] * 2


def test_purge_erases_a_correction(assistant: Assistant, tmp_path: Path) -> None:
    assistant.add(Document(title="x", text="Tea is picked in spring."))
    (document,) = assistant.documents()
    assistant.correct(document.id, title="zaferanum")
    conversation = assistant.conversation()
    assert "zaferanum" in conversation.ask("When is tea picked?").text
    assistant.correct(document.id, title="ruqayyatum")
    assistant.remove(document.id, purge=True)
    assistant.close()

    left = [
        path.name
        for path in (tmp_path / "library").rglob("*")
        if path.is_file() and any(w in path.read_bytes() for w in (b"zaferanum", b"ruqayyatum"))
    ]
    assert left == []


@pytest.mark.parametrize(
    "wrong",
    [
        *({"title": " "}, {"title": 7}, {"title": "a\ud800"}, {"date": "2024-02-10"}),
        *({"language": "fr"}, {"language": ""}, {"date": 5}),
    ],
    ids=str,
)
def test_correction_that_can_not_be_used_is_an_error(assistant: Assistant, wrong: dict) -> None:
    assistant.add(Document(title="x", text="Tea is picked in spring."))
    (before,) = assistant.documents()
    (name,) = wrong
    with pytest.raises(AssistantError, match=name):
        assistant.correct(before.id, **wrong)

    assert assistant.documents() == (before,)


def test_correcting_an_unknown_document_is_an_error(assistant: Assistant) -> None:
    with pytest.raises(LibraryError, match="nothing-here"):
        assistant.correct("nothing-here", title="T")


def test_correction_by_a_moment_is_its_day(assistant: Assistant) -> None:
    assistant.add(Document(title="x", text="Tea is picked in spring."))
    (before,) = assistant.documents()
    moment = dt.datetime(2024, 2, 10, 23, 59, tzinfo=dt.UTC)

    assert assistant.correct(before.id, date=moment).date == DAY


@pytest.mark.parametrize("purge", [False, True])
def test_removing_an_unknown_document_is_an_error(assistant: Assistant, purge: bool) -> None:
    with pytest.raises(LibraryError, match="nothing-here"):
        assistant.remove("nothing-here", purge=purge)


def test_sync_follows_a_folder(assistant: Assistant, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "one.txt").write_text("The first text.")
    (folder / "two.txt").write_text("The second text.")
    assistant.add(Document(title="Own", text="Not from the folder."))
    assert len(assistant.sync(folder).added) == 2

    (folder / "one.txt").unlink()
    report = assistant.sync(folder)

    assert [Path(source).name for source in report.removed] == ["one.txt"]
    assert {d.title for d in assistant.documents()} == {"two", "Own"}


def test_sync_of_a_folder_without_a_name_reads_nothing(
    assistant: Assistant, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Tea is picked in spring.")

    with pytest.raises(UnreadableDocument, match="empty path"):
        assistant.sync("")

    assert assistant.documents() == ()


def test_sync_with_a_missing_or_emptied_folder_removes_nothing(
    assistant: Assistant, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "one.txt").write_text("The first text.")
    assistant.sync(folder)
    (folder / "one.txt").unlink()

    with pytest.raises(UnreadableDocument, match="Nothing was removed"):
        assistant.sync(folder)
    shutil.rmtree(folder)
    with pytest.raises(UnreadableDocument, match="Nothing was removed"):
        assistant.sync(folder)

    assert len(assistant.documents()) == 1


# Documents


def test_documents_come_by_title_without_texts(seeded: Assistant) -> None:
    documents = seeded.documents()

    assert [d.title for d in documents] == sorted(d.title for d in documents)
    assert {(d.text, d.blocks) for d in documents} == {("", ())}
    assert len(documents) == 11


@pytest.mark.parametrize(
    ("scope", "titles"),
    [
        (Scope(before=dt.date(2021, 3, 12), language="en"), {"lighthouse", "Night train"}),
        (Scope(after=dt.date(2024, 2, 10)), {"algeria-russia-consultations", "نحل"}),
        (Scope(documents=("unknown",)), set()),
    ],
    ids=["before", "after", "unknown"],
)
def test_documents_of_a_scope(seeded: Assistant, scope: Scope, titles: set[str]) -> None:
    assert {d.title for d in seeded.documents(scope)} == titles


def test_document_brings_its_text(seeded: Assistant) -> None:
    for listed in seeded.documents():
        whole = seeded.document(listed.id)

        assert whole == seeded.document(listed.id, version=listed.version)
        assert whole.blocks
        assert all(0 <= b.start <= b.end <= len(whole.text) for b in whole.blocks)
        assert (whole.title, whole.source) == (listed.title, listed.source)


def test_unknown_document_or_version_is_an_error(seeded: Assistant) -> None:
    known = seeded.documents()[0].id

    with pytest.raises(LibraryError, match="nothing-here"):
        seeded.document("nothing-here")
    with pytest.raises(LibraryError, match="ffff"):
        seeded.document(known, version="f" * 64)


# Asking


@pytest.mark.parametrize(
    ("question", "language", "words"), [(KNOWN, "en", "1962"), (MARUF, "ar", "1962")]
)
def test_answer_quotes_its_document(
    seeded: Assistant, question: str, language: str, words: str
) -> None:
    answer = seeded.ask(question)

    assert answer.answered
    assert (answer.language, answer.engine) == (language, "extractive")
    assert answer.question == answer.standalone_question == question
    assert words in answer.text
    assert 0.5 <= answer.confidence <= 1
    assert answer.hits
    assert str(answer) == answer.text == "".join(s.text for s in answer.segments)
    assert answer.citations == tuple(dict.fromkeys(c for s in answer.segments for c in s.citations))
    for segment in answer.segments:
        assert (segment.support == "verbatim") == bool(segment.citations)
        assert all(c.cited_text == segment.text for c in segment.citations)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        (UNKNOWN, "en"),
        (MAJHUL, "ar"),
        ("من هو Tomas Okafor؟", "ar"),
        ("ما هو عنوان Northwind Ltd؟", "ar"),
        ("؟", "ar"),
    ],
)
def test_refusal_is_one_frame_in_the_language_of_the_question(
    seeded: Assistant, question: str, language: str
) -> None:
    answer = seeded.ask(question)

    assert not answer.answered
    assert (answer.language, answer.citations) == (language, ())
    assert answer.text == say("answer.refusal", language)
    assert [segment.support for segment in answer.segments] == ["frame"]
    assert answer.confidence < 0.5


def test_refusal_offers_the_closest_passages(seeded: Assistant) -> None:
    answer = seeded.ask("Who designed the harbour station of Brazil?")

    assert not answer.answered
    assert answer.hits
    assert answer.citations == ()


@pytest.mark.parametrize(("question", "language"), [(KNOWN, "en"), (MARUF, "ar")])
def test_empty_library_says_that_it_is_empty(
    assistant: Assistant, question: str, language: str
) -> None:
    answer = assistant.ask(question)

    assert answer.text == say("answer.empty_library", language)
    assert (answer.answered, answer.citations, answer.hits) == (False, (), ())


@pytest.mark.parametrize(
    ("least", "answered"), [(0.0, True), (1.0, False)], ids=["never", "always"]
)
def test_min_confidence_decides_when_to_refuse(
    tmp_path: Path, least: float, answered: bool
) -> None:
    with Assistant(tmp_path / "library", Settings(min_confidence=least)) as assistant:
        assistant.add(Document(title="Tea", text="Tea is picked in spring. Leaves are dried."))

        assert assistant.ask("When is green tea sold?").answered == answered


def test_history_completes_a_follow_up(seeded: Assistant) -> None:
    history = [
        Message("user", "Who rebuilt the lighthouse of Ras Karam?"),
        Message("assistant", "Salma Haddad."),
    ]
    answer = seeded.ask("And when?", history=history)

    assert answer.question == "And when?"
    assert answer.standalone_question == "When was the lighthouse of Ras Karam rebuilt?"
    assert "1974" in answer.text


def test_follow_up_is_answered_in_its_own_language(seeded: Assistant) -> None:
    history = [Message("user", "Who rebuilt the lighthouse of Ras Karam?")]

    assert seeded.ask("ومتى؟", history=history).language == "ar"
    assert seeded.ask("And when?", history=[Message("user", MARUF)]).language == "en"


@pytest.mark.parametrize(
    ("scope", "answered"),
    [
        (Scope(language="en"), True),
        (Scope(language="ar"), True),  # it has a document on the same in Arabic
        (Scope(before=dt.date(2020, 1, 1)), False),
        (Scope(documents=("unknown",)), False),
    ],
    ids=["en", "ar", "before", "unknown"],
)
def test_scope_limits_the_answer(seeded: Assistant, scope: Scope, answered: bool) -> None:
    answer = seeded.ask("Who rebuilt the lighthouse of Ras Karam?", scope=scope)

    assert answer.answered == answered
    allowed = {document.id for document in seeded.documents(scope)}
    assert {hit.document_id for hit in answer.hits} <= allowed
    assert {c.document_id for c in answer.citations} <= allowed


@pytest.mark.parametrize("question", ["", "  \n", "؟" * 4001], ids=["empty", "blank", "long"])
def test_question_that_cannot_be_asked_is_an_error(seeded: Assistant, question: str) -> None:
    for use in (seeded.ask, seeded.stream, seeded.search):
        with pytest.raises(AssistantError):
            use(question)


@pytest.mark.parametrize("question", [None, 5, b"Who?", ["Who?"]], ids=str)
def test_question_that_is_no_text_is_an_error(seeded: Assistant, question: object) -> None:
    for use in (seeded.ask, seeded.stream, seeded.search):
        with pytest.raises(AssistantError, match=type(question).__name__):
            use(question)  # type: ignore[arg-type]


@pytest.mark.parametrize("history", [["a"], "And when?", [("user", "Who?")], None, 5], ids=str)
def test_history_of_anything_but_messages_is_an_error(seeded: Assistant, history: object) -> None:
    with pytest.raises(AssistantError, match="Message"):
        seeded.ask("And when?", history=history)  # type: ignore[arg-type]


@pytest.mark.parametrize("source", [5, None, ["a.txt"], b"a.txt"], ids=str)
def test_source_of_a_wrong_type_is_an_error(assistant: Assistant, source: object) -> None:
    for use in (assistant.add, assistant.sync):
        with pytest.raises(AssistantError, match=type(source).__name__):
            use(source)  # type: ignore[arg-type]
    assert assistant.documents() == ()


# The same in four ways


@pytest.mark.parametrize("question", [KNOWN, UNKNOWN, MARUF, MAJHUL])
def test_answers_are_equal_however_they_are_asked(seeded: Assistant, question: str) -> None:
    async def ask_both() -> tuple[object, object, list]:
        stream = await seeded.astream(question)
        segments = [segment async for segment in stream]
        return await seeded.aask(question), stream.answer, segments

    answer = seeded.ask(question)
    stream = seeded.stream(question)
    segments = list(stream)
    asked, streamed, streamed_segments = asyncio.run(ask_both())

    assert stream.answer == asked == streamed == answer
    assert tuple(segments) == tuple(streamed_segments) == answer.segments


def test_search_and_add_are_the_same_without_blocking(tmp_path: Path) -> None:
    document = Document(title="Tea", text="Tea is picked in spring.")

    async def use(assistant: Assistant) -> tuple[int, list]:
        report = await assistant.aadd(document)
        return len(report.added), await asyncio.gather(
            *(assistant.asearch("tea", k=3, unit=unit) for unit in ("passage", "sentence"))
        )

    with Assistant(tmp_path / "library", Settings()) as assistant:
        added, found = asyncio.run(use(assistant))

        assert added == 1
        assert found == [assistant.search("tea", 3, unit) for unit in ("passage", "sentence")]


# Streams


def test_answer_of_a_stream_is_ready_at_its_end(seeded: Assistant) -> None:
    stream = seeded.stream(KNOWN)
    with pytest.raises(AnswerNotReady, match="0"):
        _ = stream.answer
    next(stream)
    with pytest.raises(AnswerNotReady, match="1"):
        _ = stream.answer
    list(stream)

    assert stream.answer.answered
    assert list(stream) == []
    assert stream.answer == seeded.ask(KNOWN)


def test_answer_of_a_closed_stream_is_never_ready(seeded: Assistant) -> None:
    stream = seeded.stream(KNOWN)
    next(stream)
    stream.close()

    assert list(stream) == []
    with pytest.raises(AnswerNotReady):
        _ = stream.answer


def test_closing_a_read_stream_keeps_its_answer(seeded: Assistant) -> None:
    stream = seeded.stream(KNOWN)
    list(stream)
    stream.close()

    assert stream.answer.answered


def test_async_stream_can_be_closed(seeded: Assistant) -> None:
    async def use() -> tuple[int, object]:
        stream = await seeded.astream(KNOWN)
        seen = 0
        async for _ in stream:
            seen += 1
            await stream.aclose()
        return seen, stream

    seen, stream = asyncio.run(use())

    assert seen == 1
    with pytest.raises(AnswerNotReady):
        _ = stream.answer
