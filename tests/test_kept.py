"""Conversations that are kept: as they were given, through changes, removals and purges."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assistant import (
    AnswerNotReady,
    Assistant,
    AssistantError,
    Conversation,
    Document,
    LibraryError,
    Message,
    Rating,
    Settings,
)
from assistant.conversation.exporting import Format, exported
from assistant.conversation.kept import shortened
from assistant.library.purging import without_document
from assistant.schema import ConversationSummary, Segment, Turn
from assistant.strings import say

SHIP = "The Petrel sank in 1917 near Ostend. Ida Brook was the captain of the Petrel."
TEA = "Green tea is picked in April in the hills of Sorra."
WHEN, WHO = "When did the Petrel sink?", "Who was the captain of the Petrel?"


def ship(text: str = SHIP) -> Document:
    return Document(title="Ships", source="ships.txt", text=text)


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Assistant]:
    """An assistant over two documents, one of them a file that may change."""
    (tmp_path / "ships.txt").write_text(SHIP)
    with Assistant(tmp_path / "library", Settings()) as assistant:
        assistant.add("ships.txt", Document(title="Tea", text=TEA))
        yield assistant


def reopened(folder: Path, *, read_only: bool = False) -> Assistant:
    return Assistant(folder / "library", Settings(), read_only=read_only)


def ships_id(assistant: Assistant) -> str:
    return next(d.id for d in assistant.documents() if d.title == "ships")


# Asking


def test_answers_are_kept_whole(filled: Assistant, tmp_path: Path) -> None:
    before = dt.datetime.now(dt.UTC)
    conversation = filled.conversation()
    first = conversation.ask(WHO)
    second = conversation.ask("And when did she die?")
    filled.close()

    with reopened(tmp_path) as assistant:
        turns = assistant.conversation(conversation.id).turns
    assert [turn.answer for turn in turns] == [first, second]
    assert [turn.question for turn in turns] == [WHO, "And when did she die?"]
    assert second.standalone_question == "When did Ida Brook die?"
    assert turns[1].searched == "When did Ida Brook die?"
    assert turns[0].states == ("current",)
    assert before <= turns[0].asked <= turns[1].asked <= dt.datetime.now(dt.UTC)


def test_messages_carry_the_citations(filled: Assistant) -> None:
    conversation = filled.conversation()
    answer = conversation.ask(WHO)

    assert conversation.messages == (
        Message("user", WHO),
        Message("assistant", answer.text, answer.citations),
    )


def test_refusal_is_kept_as_one(filled: Assistant) -> None:
    conversation = filled.conversation()
    conversation.ask("Who invented the telephone?")

    (turn,) = conversation.turns
    assert turn.answer is not None
    assert not turn.answer.answered
    assert turn.answer.text == say("answer.refusal", "en")


def test_streamed_answer_is_stored_at_its_end(filled: Assistant) -> None:
    conversation = filled.conversation()
    stream = conversation.stream(WHEN)
    next(stream)

    assert conversation.turns[0].is_stopped
    for _ in stream:
        pass
    assert conversation.turns[0].answer == stream.answer


def test_answer_that_is_broken_off_leaves_its_question(filled: Assistant, tmp_path: Path) -> None:
    conversation = filled.conversation()
    conversation.ask(WHO)
    stream = conversation.stream("When does Green tea grow?")
    next(stream)
    stream.close()
    with pytest.raises(AnswerNotReady):
        _ = stream.answer

    assert [turn.is_stopped for turn in conversation.turns] == [False, True]
    assert conversation.messages[-1] == Message("user", "When does Green tea grow?")
    # A follow-up goes on with what was answered.
    assert conversation.ask("When did she die?").standalone_question == "When did Ida Brook die?"
    filled.close()
    with reopened(tmp_path) as assistant:
        stopped = assistant.conversation(conversation.id).turns[1]
    assert (stopped.answer, stopped.question) == (None, "When does Green tea grow?")


@pytest.mark.parametrize("question", ["", " ", "x" * 100_000, None], ids=repr)
def test_question_that_cannot_be_asked_is_not_stored(filled: Assistant, question: object) -> None:
    with pytest.raises(AssistantError):
        filled.conversation().ask(question)  # type: ignore[arg-type]

    assert filled.conversations() == ()


def test_conversation_without_a_question_is_not_stored(filled: Assistant) -> None:
    conversation = filled.conversation()

    assert (conversation.title, conversation.turns, conversation.messages) == ("", (), ())
    assert filled.conversations() == ()


def test_conversation_without_blocking(filled: Assistant) -> None:
    async def talk() -> tuple[str, list[str]]:
        conversation = filled.conversation()
        answer = await conversation.aask(WHO)
        stream = await conversation.astream("When did she die?")
        return answer.text, [segment.text async for segment in stream]

    text, streamed = asyncio.run(talk())

    assert "Ida Brook" in text
    assert streamed
    assert [
        turn.is_stopped for turn in filled.conversation(filled.conversations()[0].id).turns
    ] == [
        False,
        False,
    ]


def test_threads_may_use_conversations_of_their_own_and_one(filled: Assistant) -> None:
    shared = filled.conversation()
    failed: list[BaseException] = []

    def talk(number: int) -> None:
        try:
            own = filled.conversation()
            for _ in range(3):
                own.ask(WHO)
                shared.ask(f"Who was captain number {number} of the Petrel?")
            assert [turn.number for turn in own.turns] == [1, 2, 3]
        except BaseException as error:  # noqa: BLE001  # shown by the assertion below
            failed.append(error)

    threads = [threading.Thread(target=talk, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert [turn.number for turn in shared.turns] == list(range(1, 13))
    assert not any(turn.is_stopped for turn in shared.turns)
    assert len(filled.conversations()) == 5


# Titles, lists, deleting


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Who?", "Who?"),
        ("  Who\n was  it? ", "Who was it?"),
        ("word " * 30, "word word word word word word word word word word word word…"),
        ("x" * 100, "x" * 59 + "…"),
        ("كلمة " * 30, "كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة…"),
    ],
)
def test_title_is_the_first_question_shortened(question: str, title: str) -> None:
    assert shortened(question) == title
    assert len(shortened(question)) <= 60


def test_rename(filled: Assistant) -> None:
    conversation = filled.conversation()
    conversation.ask(WHEN)
    assert conversation.title == WHEN
    conversation.rename("  The\nship ")
    conversation.ask(WHO)

    assert conversation.title == filled.conversations()[0].title == "The ship"
    with pytest.raises(AssistantError, match="empty"):
        conversation.rename(" ")


def test_rename_before_the_first_question(filled: Assistant) -> None:
    conversation = filled.conversation()
    conversation.rename("The ship")
    conversation.ask(WHEN)

    assert [c.title for c in filled.conversations()] == ["The ship"]


def test_list_has_the_last_one_first(filled: Assistant) -> None:
    first, second = filled.conversation(), filled.conversation()
    first.ask(WHEN)
    second.ask(WHO)
    assert [c.id for c in filled.conversations()] == [second.id, first.id]
    first.ask(WHO)

    assert [c.id for c in filled.conversations()] == [first.id, second.id]
    assert [c.turns for c in filled.conversations()] == [2, 1]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("petrel", True),  # in a question
        ("OSTEND", True),  # in an answer
        ("ostend petrel", True),
        ("osten", True),  # the beginning of a word
        ("tend", False),
        ("ostend tea", False),
        ("cargo", True),  # in the title
        ("sinking", True),  # another form of a word
        ("'; DROP TABLE turns; --", False),
        ("%", True),  # no word: all of them
    ],
)
def test_search_by_words(filled: Assistant, query: str, found: bool) -> None:
    conversation = filled.conversation()
    conversation.ask(WHEN)
    conversation.rename("Lost cargo")

    assert [c.id for c in filled.conversations(query)] == [conversation.id] * found


@pytest.mark.parametrize("query", ["إتفاقيّة", "الاتفاقية", "اتفاقيات"])
def test_search_by_folded_arabic_words(filled: Assistant, query: str) -> None:
    filled.conversation().ask("متى وُقّعت اتفاقية عين زرقاء؟")

    assert len(filled.conversations(query)) == 1


def test_conversations_are_their_owners(filled: Assistant) -> None:
    mine, hers = filled.conversation(owner="me"), filled.conversation(owner="her")
    mine.ask(WHEN)
    hers.ask(WHO)

    assert [c.id for c in filled.conversations(owner="me")] == [mine.id]
    assert filled.conversations() == ()
    assert filled.conversation(mine.id, owner="me").owner == "me"
    for owner in ("her", ""):
        with pytest.raises(LibraryError, match=mine.id):
            filled.conversation(mine.id, owner=owner)
        with pytest.raises(LibraryError, match=mine.id):
            filled.delete_conversation(mine.id, owner=owner)


def test_deleted_conversation_is_gone(filled: Assistant, tmp_path: Path) -> None:
    conversation = filled.conversation()
    conversation.ask("Who was the captain zaferanum of the Petrel?")
    filled.delete_conversation(conversation.id)

    assert filled.conversations() == ()
    with pytest.raises(LibraryError, match=conversation.id):
        filled.conversation(conversation.id)
    with pytest.raises(LibraryError, match=conversation.id):
        conversation.ask(WHO)
    with pytest.raises(LibraryError, match=conversation.id):
        filled.delete_conversation(conversation.id)
    assert filled.conversations() == ()
    filled.close()
    assert b"zaferanum" not in (tmp_path / "library" / "catalogue.sqlite3").read_bytes()


# Ratings


def test_rating_is_kept_with_its_reason_and_can_be_changed(
    filled: Assistant, tmp_path: Path
) -> None:
    conversation = filled.conversation()
    conversation.ask(WHO)
    conversation.ask(WHEN)
    assert [turn.rating for turn in conversation.turns] == [None, None]
    conversation.rate(1, good=False, reason="  the wrong ship ")
    conversation.rate(2, good=True)
    filled.close()

    with reopened(tmp_path) as assistant:
        again = assistant.conversation(conversation.id)
        assert [turn.rating for turn in again.turns] == [
            Rating(good=False, reason="the wrong ship"),
            Rating(good=True, reason=""),
        ]
        again.rate(1, good=True)
        again.rate(2, good=None)
        assert [turn.rating for turn in again.turns] == [Rating(good=True), None]


@pytest.mark.parametrize("number", [0, 2, 3, -1])
def test_only_whole_answers_can_be_rated(filled: Assistant, number: int) -> None:
    conversation = filled.conversation()
    conversation.ask(WHO)
    stream = conversation.stream(WHEN)
    next(stream)
    stream.close()

    with pytest.raises(LibraryError, match=str(number)):
        conversation.rate(number, good=True)
    assert [turn.rating for turn in conversation.turns] == [None, None]


def test_reason_of_a_rating_has_a_greatest_length(filled: Assistant) -> None:
    conversation = filled.conversation()
    conversation.ask(WHO)
    conversation.rate(1, good=True, reason="x" * 2000)
    with pytest.raises(AssistantError, match="2001"):
        conversation.rate(1, good=True, reason="x" * 2001)


def test_rating_goes_with_its_conversation(filled: Assistant, tmp_path: Path) -> None:
    conversation = filled.conversation()
    conversation.ask(WHO)
    conversation.rate(1, good=False, reason="zaferanum")
    filled.delete_conversation(conversation.id)
    with pytest.raises(LibraryError, match=conversation.id):
        conversation.rate(1, good=True)
    filled.close()

    assert b"zaferanum" not in (tmp_path / "library" / "catalogue.sqlite3").read_bytes()


def test_purge_erases_the_words_of_a_rating_and_keeps_the_verdict(filled: Assistant) -> None:
    conversation = filled.conversation()
    conversation.ask(WHO)
    filled.add(Document(title="Letters", text="Zoe Marsh wrote the letters of Sorra."))
    conversation.ask("Who wrote the letters of Sorra?")
    for number in (1, 2):
        conversation.rate(number, good=False, reason="Zoe Marsh is wrong")
    letters = next(d.id for d in filled.documents() if d.title == "Letters")
    filled.remove(letters, purge=True)

    # The first answer was given before the document was there.
    assert [turn.rating for turn in conversation.turns] == [
        Rating(good=False, reason="Zoe Marsh is wrong"),
        Rating(good=False, reason=""),
    ]


def test_reader_rates_its_own_answers_and_no_stored_ones(filled: Assistant, tmp_path: Path) -> None:
    stored = filled.conversation()
    stored.ask(WHO)
    with reopened(tmp_path, read_only=True) as reader:
        conversation = reader.conversation(stored.id)
        conversation.ask(WHEN)
        conversation.rate(2, good=True, reason="clear")
        assert [turn.rating for turn in conversation.turns] == [None, Rating(True, "clear")]
        with pytest.raises(LibraryError, match="read"):
            conversation.rate(1, good=True)


def test_exports_hold_the_ratings(filled: Assistant) -> None:
    conversation = filled.conversation()
    conversation.ask(WHO)
    conversation.ask(WHEN)
    conversation.rate(1, good=False, reason="<b>no</b> *y*")

    assert "*Rated as not helpful: \\<b\\>no\\</b\\> \\*y\\**" in conversation.export()
    assert (
        '<em dir="ltr">Rated as not helpful: &lt;b&gt;no&lt;/b&gt; *y*</em>'
        in conversation.export("html")
    )
    assert [turn["rating"] for turn in json.loads(conversation.export("json"))["turns"]] == [
        {"good": False, "reason": "<b>no</b> *y*"},
        None,
    ]


# Documents that change, go, or are purged


def quotes(turns: tuple[Turn, ...]) -> list[str]:
    return [c.cited_text for turn in turns if turn.answer for c in turn.answer.citations]


def test_changed_document_leaves_the_quote(filled: Assistant, tmp_path: Path) -> None:
    conversation = filled.conversation()
    cited = conversation.ask(WHEN).citations[0]
    (tmp_path / "ships.txt").write_text("The Petrel was saved in 1917. " + SHIP)
    filled.add("ships.txt")

    (turn,) = conversation.turns
    assert turn.states == ("changed",)
    assert turn.state(cited) == "changed"
    assert quotes((turn,)) == [cited.cited_text]
    text = filled.document(cited.document_id, version=cited.version).text
    assert text[cited.start_char_index : cited.end_char_index] == cited.cited_text
    (tmp_path / "ships.txt").write_text(SHIP)
    filled.add("ships.txt")
    assert conversation.turns[0].states == ("current",)


def test_removed_document_leaves_the_quote(filled: Assistant) -> None:
    conversation = filled.conversation()
    cited = conversation.ask(WHEN).citations[0]
    filled.remove(cited.document_id)

    assert conversation.turns[0].states == ("gone",)
    text = filled.document(cited.document_id, version=cited.version).text
    assert text[cited.start_char_index : cited.end_char_index] == cited.cited_text


@pytest.mark.parametrize("removed_before", [False, True], ids=["present", "removed"])
def test_purged_document_leaves_no_word(
    filled: Assistant, tmp_path: Path, removed_before: bool
) -> None:
    spice = "zaferanum"
    secret = f"Zoe {spice.title()} wrote the letters of Sorra."
    filled.add(Document(title=f"{spice} file", source=f"{spice}.txt", text=f"{secret} It rained."))
    conversation = filled.conversation()
    asked = "Who wrote the letters of Sorra?"
    answer = conversation.ask(asked)
    assert spice in answer.text.lower()
    conversation.ask("When was she born?")
    conversation.ask(WHEN)
    document_id = answer.citations[0].document_id
    if removed_before:
        filled.remove(document_id)
    filled.remove(document_id, purge=True)

    first, second, third = conversation.turns
    assert first.answer is not None
    assert first.states == ("erased",)
    assert first.answer.text == ""
    assert (first.question, first.answer.answered) == (asked, True)
    (blank,) = first.answer.citations
    assert (blank.document_id, blank.version, blank.cited_text) == (document_id, "", "")
    assert second.question == "When was she born?"
    assert second.searched == ""  # it held a name out of the document
    assert third.answer is not None
    assert "1917" in third.answer.text
    assert third.states == ("current",)
    assert filled.conversations(spice) == ()
    for form in ("markdown", "html", "json"):
        exported = conversation.export(form)
        assert spice not in exported.lower()
        assert say("conversation.erased", "en") in exported or form == "json"
    assert conversation.ask("When did it sink?").answered  # blanks are no hindrance
    for moment in ("open", "closed"):
        left = [
            path.name
            for path in (tmp_path / "library").rglob("*")
            if path.is_file() and spice.encode() in path.read_bytes().lower()
        ]
        assert left == [], moment
        filled.close()


def test_purge_leaves_what_rests_on_other_documents(filled: Assistant) -> None:
    filled.add(Document(title="More ships", text="The Petrel sank at night, says the log of 1917."))
    conversation = filled.conversation()
    answer = conversation.ask("When did the Petrel sink in 1917?")
    other = next(d.id for d in filled.documents() if d.title == "More ships")
    filled.remove(other, purge=True)

    (turn,) = conversation.turns
    assert turn.answer is not None
    kept = [c for c in answer.citations if c.document_id != other]
    assert [c for c in turn.answer.citations if c.version] == kept
    assert all(hit.document_id != other for hit in turn.answer.hits)
    assert turn.answer.text == "".join(segment.text for segment in turn.answer.segments)


def test_document_purged_while_it_is_quoted_leaves_no_word(filled: Assistant) -> None:
    filled.add(Document(title="Letters", text="Zoe Zaferanum wrote the letters of Sorra."))
    conversation = filled.conversation()
    stream = conversation.stream("Who wrote the letters of Sorra?")
    next(stream)
    letters = next(d.id for d in filled.documents() if d.title == "Letters")
    filled.remove(letters, purge=True)
    stream.read()

    (turn,) = conversation.turns
    assert turn.states == ("erased",)
    assert "Zaferanum" not in conversation.export("json")
    assert "Letters" not in conversation.export("json")


@pytest.mark.parametrize("cites", [True, False], ids=["rests on it", "rests on nothing"])
def test_purge_leaves_nothing_of_what_a_model_wrote_from_a_document(
    filled: Assistant, cites: bool
) -> None:
    answer = filled.ask(WHO)
    (cited,) = answer.citations
    said = Segment("Brook", (cited,), "verbatim")
    doubtful = Segment("Zaferanum", (cited,) if cites else (), "unsupported", ("not: Zaferanum",))
    note = Segment("\nA note.")

    left = without_document(replace(answer, segments=(said, doubtful, note)), cited.document_id)

    assert left.text == "\nA note."
    assert "Zaferanum" not in str(left.to_dict())


# Reading only


def test_reader_reads_conversations_and_stores_none(filled: Assistant, tmp_path: Path) -> None:
    stored = filled.conversation()
    stored.ask(WHO)
    with reopened(tmp_path, read_only=True) as reader:
        conversation = reader.conversation(stored.id)
        assert not conversation.is_kept
        assert conversation.ask("When did she die?").standalone_question == (
            "When did Ida Brook die?"
        )
        conversation.rename("Only here")
        assert [turn.number for turn in conversation.turns] == [1, 2]
        assert conversation.title == "Only here"
        assert reader.conversation().ask(WHEN).answered
        assert [c.turns for c in reader.conversations()] == [1]
        with pytest.raises(LibraryError, match="read"):
            reader.delete_conversation(stored.id)

    assert stored.is_kept
    assert stored.title == WHO
    assert len(stored.turns) == 1


def test_reader_keeps_broken_answers_apart_too(filled: Assistant, tmp_path: Path) -> None:
    filled.close()
    with reopened(tmp_path, read_only=True) as reader:
        conversation = reader.conversation()
        stream = conversation.stream(WHEN)
        next(stream)
        stream.close()
        conversation.ask(WHO)
        assert [turn.is_stopped for turn in conversation.turns] == [True, False]
        assert conversation.title == WHEN


def test_question_survives_the_end_of_the_process(filled: Assistant, child, tmp_path: Path) -> None:
    filled.close()
    process = child(
        "import sys, os, signal\n"
        "from assistant import Assistant, Settings\n"
        "assistant = Assistant(sys.argv[1], Settings())\n"
        "conversation = assistant.conversation()\n"
        "conversation.ask(sys.argv[2])\n"
        "next(conversation.stream(sys.argv[3]))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n",
        tmp_path / "library",
        WHO,
        WHEN,
    )
    process.wait(60)

    with reopened(tmp_path) as assistant:
        (summary,) = assistant.conversations()
        turns = assistant.conversation(summary.id).turns
    assert [(turn.question, turn.is_stopped) for turn in turns] == [(WHO, False), (WHEN, True)]


# Exports


class _Directions(HTMLParser):
    """Collects the blocks of a page: tag, direction, text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.blocks: list[list[str]] = []
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.add(tag)
        if "dir" in dict(attrs) and tag != "html":
            self.blocks.append([tag, dict(attrs)["dir"], ""])

    def handle_data(self, data: str) -> None:
        if self.blocks:
            self.blocks[-1][2] += data


EVIL = "<script>alert('Petrel')</script> sank in 1917 & [was](http://x.test) *lost*."


@pytest.fixture
def evil(filled: Assistant) -> Conversation:
    """A conversation about a document that would like to be markup, and one in Arabic."""
    filled.add(Document(title="<b>Ships</b>", text=EVIL))
    filled.add(Document(title="بواخر", text="غرقت الباخرة نسيم عام 1917 قرب صيدا."))
    conversation = filled.conversation()
    assert EVIL in conversation.ask("What of alert Petrel script was lost?").text
    conversation.ask("متى غرقت الباخرة نسيم؟")
    stream = conversation.stream(WHO)
    next(stream)
    stream.close()
    return conversation


def test_html_is_escaped_and_has_directions(evil: Conversation) -> None:
    page = evil.export("html")
    found = _Directions(page)

    assert found.tags <= {
        *("html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "ol", "li"),
        *("blockquote", "cite", "bdi", "em", "footer", "time"),
    }
    assert ["blockquote", "ltr", EVIL] in [[t, d, s.strip()] for t, d, s in found.blocks]
    quote = "غرقت الباخرة نسيم عام 1917 قرب صيدا."
    assert ["blockquote", "rtl", quote] in [[t, d, s.strip()] for t, d, s in found.blocks]
    assert ["h2", "rtl", "متى غرقت الباخرة نسيم؟"] in [
        [t, d, s.strip()] for t, d, s in found.blocks
    ]
    assert say("conversation.stopped", "en") in page
    assert "<bdi>" in page


def test_markdown_is_escaped(evil: Conversation) -> None:
    text = evil.export()

    assert "<script>" not in text
    assert "[was](http" not in text
    assert f"*{say('conversation.stopped', 'en')}*" in text
    assert "> غرقت الباخرة نسيم عام 1917 قرب صيدا." in text


def test_json_has_the_exact_quotes(evil: Conversation, filled: Assistant) -> None:
    values = json.loads(evil.export("json"))

    assert [turn["stopped"] for turn in values["turns"]] == [False, False, True]
    for turn in values["turns"][:2]:
        for citation in turn["answer"]["citations"]:
            text = filled.document(citation["document_id"], citation["version"]).text
            span = slice(citation["start_char_index"], citation["end_char_index"])
            assert text[span] == citation["cited_text"]
        assert turn["states"] == ["current"] * len(turn["answer"]["citations"])


def doubted(filled: Assistant) -> tuple[Turn, str]:
    """Return a turn whose answer a model wrote, doubted with markup in the reasons, and a quote."""
    answer = filled.ask(WHO)
    (cited,) = answer.citations
    segments = (
        Segment("She led it.", (cited,), "unconfirmed", ("no <b>x</b> *y*",)),
        Segment(" It sank.", (cited,), "supported"),
    )
    text = "".join(segment.text for segment in segments)
    asked = dt.datetime.now(dt.UTC)
    whole = replace(answer, segments=segments, text=text, engine="scripted:tiny")
    return Turn(1, WHO, asked, whole, ("current",)), cited.cited_text


def exported_turn(filled: Assistant, form: Format) -> str:
    turn, _ = doubted(filled)
    facts = ConversationSummary("c", WHO, 1, turn.asked, turn.asked)
    return exported(facts, (turn,), form)


def test_html_shows_a_doubted_sentence_with_its_source_beside_it_and_escapes_why(
    filled: Assistant,
) -> None:
    quote = doubted(filled)[1]
    blocks = [[t, s.strip()] for t, _, s in _Directions(exported_turn(filled, "html")).blocks]

    doubt = "not confirmed by the source: no <b>x</b> *y*"
    assert blocks[3:6] == [
        ["p", f"She led it. [1] ({doubt})"],
        ["blockquote", quote],
        ["p", "It sank. [1]"],
    ]


def test_markdown_shows_a_doubted_sentence_with_its_source_beside_it_and_escapes_why(
    filled: Assistant,
) -> None:
    text = exported_turn(filled, "markdown")

    doubt = r"(not confirmed by the source: no \<b\>x\</b\> \*y\*)"
    assert f"\n\nShe led it. [1] {doubt}\n\n> {doubted(filled)[1]}\n\nIt sank. [1]\n\n" in text


def test_erased_sentence_is_not_called_doubtful(filled: Assistant) -> None:
    turn, _ = doubted(filled)
    assert turn.answer is not None
    left = without_document(turn.answer, turn.answer.citations[0].document_id)
    facts = ConversationSummary("c", WHO, 1, turn.asked, turn.asked)

    for form in ("markdown", "html"):
        text = exported(facts, (replace(turn, answer=left, states=("erased",)),), form)
        assert "not confirmed" not in text
        assert say("conversation.erased", "en") in text


def test_export_says_what_became_of_a_document(filled: Assistant) -> None:
    conversation = filled.conversation()
    conversation.ask(WHEN)
    filled.remove(ships_id(filled))

    for form in ("markdown", "html"):
        assert say("conversation.gone", "en") in conversation.export(form)


def test_export_counts_the_turns_as_they_are_stored(filled: Assistant) -> None:
    conversation = filled.conversation()
    conversation.ask(WHO)
    conversation.ask(WHEN)

    values = json.loads(conversation.export("json"))
    (listed,) = filled.conversations()
    assert {name: values[name] for name in listed.to_dict()} == listed.to_dict() | {
        "turns": values["turns"]
    }
    assert values["updated"] == conversation.turns[1].asked.isoformat()


def test_unknown_format_is_an_error(filled: Assistant) -> None:
    with pytest.raises(AssistantError, match="pdf"):
        filled.conversation().export("pdf")  # type: ignore[arg-type]
