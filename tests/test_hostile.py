"""Documents and questions that mean harm: a right answer or a clear error, in bounded time."""

from __future__ import annotations

import logging
from contextlib import suppress

import numpy as np
import pytest
from pdf_builder import text_pdf

from assistant import Assistant, AssistantError, DocumentError, LibraryError
from assistant.cli.root import sanad
from assistant.documents import complete
from assistant.library.rows import passage_row
from assistant.schema import Block, Document, Message, PassageSpan, Scope, ShelfWish, Span


class Counted(tuple):
    """Blocks that count how often one of them is looked at."""

    looks = 0

    def __getitem__(self, index):
        Counted.looks += 1
        return super().__getitem__(index)

    def __iter__(self):
        Counted.looks += len(self)
        return super().__iter__()


def test_places_of_a_passage_are_found_without_looking_at_every_block():
    text = "word " * 20_000
    blocks = Counted(Block(i * 5, i * 5 + 4, "paragraph", f"row {i}") for i in range(20_000))
    document = Document(id="d", version="v", title="t", source="s", text=text, blocks=blocks)
    span = PassageSpan(50_000, 50_009, (Span(50_000, 50_004), Span(50_005, 50_009)))
    row = passage_row(document, span, np.zeros(2, "<f4").tobytes(), 1)
    assert '["row 10000", "row 10001"]' in row
    assert Counted.looks < 100


LONE = "when \ud800 was the lighthouse rebuilt?"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    with Assistant(tmp_path_factory.mktemp("hostile") / "library") as assistant:
        text = "The lighthouse of Oran was rebuilt in 1974. It is 30 metres high."
        assistant.add(Document(title="Harbour", text=text))
        yield assistant


@pytest.mark.parametrize(
    "question",
    [
        '" OR 1=1 --',
        "'; DROP TABLE passages; --",
        "title:lighthouse",
        "*",
        "lighthouse NEAR/2 Oran",
        "(((",
        "AND OR NOT",
        "field:[a TO b]",
        "\\" * 50,
        '"lighthouse',
        "light\0house",
        LONE,
        "\u202eWhen was the lighthouse rebuilt?",
        "e" + "\u0301" * 100,
        "\ue000 \U0003fffe \u2028",
        "9" * 3900,
        "What happened on 1/1/99999999999?",
        "99/99/9999 \u0647\u0640",
        "1e999999",
    ],
)
def test_question_of_signs_is_answered_or_refused(assistant, question):
    answer = assistant.ask(question)
    for cited in answer.citations:
        text = assistant.document(cited.document_id, version=cited.version).text
        assert text[cited.start_char_index : cited.end_char_index] == cited.cited_text
    assistant.search(question)
    assistant.search(question, unit="sentence")
    assistant.conversations(question)
    assistant.shelf(ShelfWish(words=question))
    assistant.highlights(question, ["The lighthouse of Oran"])
    with suppress(AssistantError):  # there may be no word in it
        assistant.mentions(question)
    talk = assistant.conversation()
    talk.ask(question)
    assert all(talk.export(form) for form in ("markdown", "html", "json"))


def test_question_with_a_lone_surrogate_is_kept_with_its_conversation(assistant):
    talk = assistant.conversation()
    answer = talk.ask(LONE)
    assert answer.question == LONE.replace("\ud800", "\ufffd")
    assert assistant.conversation(talk.id).messages[0].text == answer.question


@pytest.mark.parametrize(
    "use",
    [
        lambda a, q: a.document(q),
        lambda a, q: a.document(a.documents()[0].id, q),
        lambda a, q: a.conversation(q),
        lambda a, q: a.remove(q),
    ],
    ids=["document", "version", "conversation", "remove"],
)
@pytest.mark.parametrize("name", [LONE, "x" * 1_000_000], ids=["surrogate", "endless"])
def test_unknown_name_gets_a_short_clear_error(assistant, use, name):
    with pytest.raises(LibraryError) as raised:
        use(assistant, name)
    assert len(str(raised.value)) < 9_000
    assert not assistant.conversations("", owner=name)


@pytest.mark.parametrize(
    "use",
    [
        lambda a, q: a.ask(q),
        lambda a, q: a.search(q),
        lambda a, q: a.search(q, unit="sentence"),
        lambda a, q: a.mentions(q),
        lambda a, q: a.highlights(q, ["a"]),
        lambda a, q: a.conversation().ask(q),
        lambda a, q: a.ask("And when?", [Message("user", q)]),
        lambda a, q: a.search("x", scope=Scope(language=q)),
    ],
    ids="ask search sentences mentions highlights conversation history language".split(),
)
@pytest.mark.timeout(30)
def test_a_megabyte_is_refused(assistant, use):
    with pytest.raises(AssistantError) as raised:
        use(assistant, "1/2/2024 " * 110_000)
    assert len(str(raised.value)) < 9_000


@pytest.mark.parametrize("count", [10**9, 10**30])
def test_more_hits_than_there_can_be_are_asked_for(assistant, count):
    assert assistant.search("lighthouse", k=count)
    assert assistant.search("lighthouse", k=count, unit="sentence")


@pytest.mark.parametrize("count", [1.5, "3", None, float("inf")])
def test_count_that_is_no_whole_number_is_refused(assistant, count):
    document = assistant.documents()[0].id
    for use in (
        lambda: assistant.search("lighthouse", k=count),
        lambda: assistant.mentions("lighthouse", limit=count),
        lambda: assistant.shelf(ShelfWish(start=count)),
        lambda: assistant.shelf(ShelfWish(limit=count)),
        lambda: assistant.context(document, count, count),
        lambda: assistant.context(document, 0, 5, sentences=count),
    ):
        with pytest.raises(AssistantError):
            use()


def test_document_from_python_shows_no_file_of_its_name(tmp_path):
    secret = tmp_path / "secret.pdf"
    secret.write_bytes(text_pdf(["Nobody is to see this."]))
    with Assistant(tmp_path / "library") as assistant:
        assistant.add(Document(source=str(secret), title="x", text="Words of my own."))
        (given,) = assistant.documents()
        with pytest.raises(DocumentError):
            assistant.page_picture(given.id, 0, 5)
        assert assistant.source_state(given.id) == "same"


@pytest.mark.parametrize(
    ("title", "stored"),
    [
        ("Har\x1b]0;owned\x07bour", "Har]0;ownedbour"),
        ("a\u202eb\u2066c", "abc"),
        ("two\r\nlines\u2028here\x85now", "two lines here now"),
        ("x" * 1_000_000, "x" * 1_000 + "\u2026"),
        (
            "\u0645\u06cc\u200c\u062e\u200f!",
            "\u0645\u06cc\u200c\u062e\u200f!",
        ),  # joiners and marks stay
        ("\u202e\x07", "the-file"),
    ],
    ids=["terminal", "direction", "lines", "endless", "joiners", "nothing"],
)
def test_title_is_one_line_that_turns_nothing(title, stored):
    given = Document(source="the-file", title=title, text="Words of my own.")
    assert complete(given).title == stored


def test_log_line_neither_steers_the_terminal_nor_becomes_two(capsys, monkeypatch, tmp_path):
    def echo(*_: object, **__: object):
        logging.getLogger("assistant.x").info("not read: %s", "a\x1b]0;own\x07\nINFO forged\u202e")
        raise LibraryError("none")

    monkeypatch.setattr("assistant.cli.keeping.open_assistant", echo)
    with pytest.raises(LibraryError):
        sanad.main(["-v", "documents", "--library", str(tmp_path)], standalone_mode=False)
    assert "not read: a]0;own INFO forged\n" in capsys.readouterr().err
