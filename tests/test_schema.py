"""The types that cross module borders: frozen, exportable, and streams that know their end."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import hashlib
import json
import threading
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from strategies import ARABIC, PUNCTUATION, THOROUGH

from assistant.errors import AnswerNotReady, AssistantError, ModelError
from assistant.schema import (
    Answer,
    AnswerStream,
    AsyncAnswerStream,
    Block,
    Citation,
    Document,
    Failure,
    Hit,
    Interrupt,
    Message,
    PassageSpan,
    Progress,
    Scope,
    Segment,
    Span,
    SyncReport,
    marker,
    version_of,
)


def cited(text, title="Report", place="", start=0):
    return Citation("d1", "v1", title, "r.txt", place, text, start, start + len(text), 0.9)


def answer_of(*segments, hits=()):
    citations = tuple(dict.fromkeys(c for segment in segments for c in segment.citations))
    text = "".join(segment.text for segment in segments)
    return Answer("Q?", "Q?", text, segments, citations, hits, "en", True, 0.8, "extractive")


FIRST = cited("One here.")
SECOND = cited("وصل الوفد.", title="تقرير", place="صفحة 3", start=40)
HIT = Hit("d1", "v1", "Report", "r.txt", "", "One here. Two here.", 0, 19, 0.5)
ANSWER = answer_of(
    Segment("One here. ", (FIRST,), "verbatim"),
    Segment("وصل الوفد.\n", (SECOND, FIRST), "verbatim"),
    Segment("Nothing more."),
    hits=(HIT,),
)


# Values


VALUES = [
    (ANSWER, "text"),
    (FIRST, "cited_text"),
    (HIT, "score"),
    (Segment("a"), "support"),
    (Message("user", "a"), "role"),
    (Scope(), "documents"),
    (Document(), "text"),
    (Block(0, 1), "kind"),
    (Span(0, 1), "start"),
    (PassageSpan(0, 1, (Span(0, 1),)), "sentences"),
    (SyncReport(), "added"),
    (Failure("a", "b", "c"), "message"),
    (Progress(0, 1), "done"),
]


@pytest.mark.parametrize(
    ("value", "field"), VALUES, ids=[type(value).__name__ for value, _ in VALUES]
)
def test_values_are_frozen(value, field):
    with pytest.raises(AttributeError):
        setattr(value, field, getattr(value, field))
    with pytest.raises((AttributeError, TypeError)):
        value.something_new = 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("documents", "abc"),
        ("documents", 7),
        ("documents", None),
        ("documents", (Document(id="a"),)),
        ("language", "fr"),
        ("language", "Arabic"),
        ("language", ""),
        ("after", "2024"),
        ("before", 2024),
    ],
    ids=repr,
)
def test_scope_with_a_wrong_value_is_a_clear_error(name, value):
    with pytest.raises(AssistantError, match=name) as raised:
        Scope(**{name: value})
    assert repr(value) in str(raised.value)


def test_scope_takes_any_collection_of_ids():
    assert Scope(documents=["a", "b"]) == Scope(documents=("a", "b"))
    assert Scope(documents={"a"}) == Scope(documents=("a",))
    assert hash(Scope(documents=["a"], language="mixed", after=dt.date(2024, 1, 1)))


def test_equal_values_are_one_in_a_set():
    assert {cited("a"), cited("a"), cited("b")} == {cited("b"), cited("a")}


@pytest.mark.parametrize(
    "value",
    [
        ANSWER,
        answer_of(),
        Document(
            date=dt.date(2024, 2, 10), blocks=(Block(0, 3, "row", "ورقة 1"),), metadata={"a": "ب"}
        ),
        Document(),
        SyncReport(added=("a",), failed=(Failure("a", "EmptyDocument", "b"),), seconds=0.5),
    ],
    ids=["answer", "empty-answer", "document", "empty-document", "report"],
)
def test_to_dict_is_made_of_plain_json_values(value):
    exported = value.to_dict()
    assert json.loads(json.dumps(exported)) == exported
    assert set(exported) == {field.name for field in dataclasses.fields(value)}


def test_answer_to_dict_holds_everything():
    exported = ANSWER.to_dict()
    assert exported["text"] == str(ANSWER) == "One here. وصل الوفد.\nNothing more."
    assert [s["support"] for s in exported["segments"]] == ["verbatim", "verbatim", "frame"]
    assert exported["citations"][1] == {
        "document_id": "d1",
        "version": "v1",
        "document_title": "تقرير",
        "source": "r.txt",
        "place": "صفحة 3",
        "cited_text": "وصل الوفد.",
        "start_char_index": 40,
        "end_char_index": 50,
        "score": 0.9,
    }
    assert exported["hits"][0]["text"] == "One here. Two here."


def test_document_to_dict_writes_its_date_as_iso():
    assert Document(date=dt.date(2024, 2, 10)).to_dict()["date"] == "2024-02-10"
    assert Document().to_dict()["date"] is None


def test_version_is_the_sha_256_of_the_bytes():
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert version_of(b"") == empty
    assert version_of("سند".encode()) == hashlib.sha256("سند".encode()).hexdigest() != empty


# Markdown and HTML


class Reading(HTMLParser):
    """What a reader sees of an HTML page, and what it is made of."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.blocks, self.open, self.attributes = [], {}, [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.handle_startendtag(tag, attrs)
        self.open.append(tag)
        self.blocks.setdefault(tag, []).append("")

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open:
            self.blocks[self.open[-1]][-1] += data

    def seen(self, tag):
        return [" ".join(text.split()) for text in self.blocks.get(tag, [])]


def rendered(answer):
    return Reading(MarkdownIt("commonmark").enable("table").render(answer.to_markdown()))


def test_markdown_has_markers_then_the_quotes():
    assert ANSWER.to_markdown() == (
        "One here. [1] وصل الوفد. [2] [1]\nNothing more.\n\n"
        "1. «One here.» — Report\n"
        "2. «وصل الوفد.» — تقرير, صفحة 3"
    )
    assert ANSWER._repr_markdown_() == ANSWER.to_markdown()


def test_markdown_of_a_refusal_is_its_text():
    assert answer_of(Segment("I found no answer.")).to_markdown() == "I found no answer."


def test_markdown_quote_over_several_lines_is_one_item():
    page = rendered(answer_of(Segment("A.", (cited("one\r\n\r\ntwo\n# three"),))))
    assert page.tags == ["p", "ol", "li"]
    assert page.seen("li") == ["«one two # three» — Report"]


def test_markdown_title_over_several_lines_is_one_item():
    page = rendered(answer_of(Segment("A.", (cited("one", title="Title\n\n# Part\n\ntwo"),))))
    assert page.tags == ["p", "ol", "li"]


MARKDOWN = [
    ("emphasis", "*a* **b** _c_ __d__"),
    ("code", "`a` ```b```"),
    ("link", "[a](http://example.com)"),
    ("image", "![a](http://example.com/a.png)"),
    ("autolink", "<http://example.com>"),
    ("html", "<script>alert(1)</script> <b>bold</b> <!-- a -->"),
    ("heading", "# a"),
    ("heading-by-underline", "a\n==="),
    ("heading-by-dashes", "a\n---"),
    ("quote", "> a"),
    ("list-by-dash", "- a"),
    ("list-by-plus", "+ a"),
    ("list-by-star", "* a"),
    ("list-by-number", "1. a"),
    ("list-by-number-and-bracket", "7) a"),
    ("rule", "---"),
    ("rule-of-stars", "***"),
    ("fence", "~~~\na\n~~~"),
    ("indented", "a\n\n    b"),
    ("table", "|a|b|\n|-|-|\n|c|d|"),
    ("definition", "[a]: http://example.com"),
    ("backslashes", "a\\ \\* C:\\new \\"),
    ("entities", "&lt;b&gt; &amp; &copy; &#65;"),
    ("plain-ampersand", "R&D & more"),
    ("marker-like", "[1] a [2](b)"),
]


@pytest.mark.parametrize("text", [row[1] for row in MARKDOWN], ids=[row[0] for row in MARKDOWN])
def test_markdown_of_a_segment_shows_its_very_text(text):
    page = rendered(answer_of(Segment(text)))
    assert set(page.tags) <= {"p"}
    assert " ".join(page.seen("p")) == " ".join(text.split())


@pytest.mark.parametrize("text", [row[1] for row in MARKDOWN], ids=[row[0] for row in MARKDOWN])
def test_markdown_of_a_quote_shows_its_very_text(text):
    line = " ".join(text.split())
    page = rendered(answer_of(Segment("A.", (cited(text, title=line),))))
    assert page.tags == ["p", "ol", "li"]
    assert page.seen("li") == [f"«{line}» — {line}"]


@pytest.mark.parametrize("text", ["(http://example.com)", "(a)", "[a]", "[]"])
def test_markdown_marker_makes_no_link_with_the_text_behind_it(text):
    page = rendered(answer_of(Segment("A.", (FIRST,)), Segment(text)))
    assert page.tags == ["p", "ol", "li"]
    assert page.seen("p") == [f"A. [1]{text}"]


def test_html_has_a_direction_for_every_block_and_markers():
    page = Reading(ANSWER.to_html())
    assert page.tags == ["div", "p", "p", "ol", *["li", "blockquote", "cite"] * 2]
    assert page.seen("p") == ["One here. [1] وصل الوفد. [2] [1]", "Nothing more."]
    assert page.seen("blockquote") == ["One here.", "وصل الوفد."]
    assert page.seen("cite") == ["Report", "تقرير, صفحة 3"]
    directed = [tag for tag, name, value in page.attributes
                if name == "dir" and value in ("auto", "rtl", "ltr")]  # fmt: skip
    assert directed == [tag for tag in page.tags if tag in ("p", "blockquote", "cite")]


@pytest.mark.parametrize("support", ["verbatim", "unconfirmed"])
def test_html_of_an_arabic_line_full_of_signs_runs_from_the_right(support):
    html = answer_of(Segment('قال "نعم" "لا" \'لا\' & <هذا>.', (), support)).to_html()
    assert '<p dir="rtl">' in html
    assert 'dir="ltr"' not in html


def test_html_of_an_arabic_line_that_begins_in_english_runs_from_the_right():
    line = "OpenAI أعلنت اليوم عن نموذج جديد للغة العربية."
    page = Reading(answer_of(Segment(line, (cited(line),))).to_html())
    directions = {tag: value for tag, name, value in page.attributes if name == "dir"}
    assert (directions["p"], directions["blockquote"]) == ("rtl", "rtl")


HOSTILE = [
    ("script", "<script>alert(1)</script>"),
    ("closing-tags", "</p></div></blockquote><h1>a"),
    ("attribute", '" onmouseover="alert(1)" x=\''),
    ("comment", "<!-- a --> <![CDATA[ b ]]> <?c?>"),
    ("entities", "&lt;b&gt; &amp; &#65;"),
    ("image", "<img src=x onerror=alert(1)>"),
]


@pytest.mark.parametrize("text", [row[1] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_html_escapes_all_text(text):
    answer = answer_of(Segment(text, (cited(text, title=text, place=text),)))
    page = Reading(answer.to_html())
    assert page.tags == ["div", "p", "ol", "li", "blockquote", "cite"]
    assert {name for _, name, _ in page.attributes} == {"class", "dir"}
    assert page.seen("p") == [f"{text} [1]"]
    assert page.seen("blockquote") == [text]
    assert page.seen("cite") == [f"{text}, {text}"]
    assert answer.to_html().count('"') == 2 * len(page.attributes)


@pytest.mark.parametrize(
    ("text", "quote", "support", "beside"),
    [
        ("It grew.", "It grew.", "verbatim", False),
        ("نما.", "It grew.", "verbatim", False),
        ("It grew.", "It grew a lot.", "supported", False),
        ("It grew.", "نما كثيرًا.", "supported", True),
        ("It grew.", "It grew a lot.", "unconfirmed", True),
        ("It grew.", "It shrank.", "unsupported", True),
        ("It grew.", "It grew a lot.", "frame", False),
    ],
)
def test_source_stands_beside_what_can_not_be_taken_for_it(text, quote, support, beside):
    citation = cited(quote)
    segment = Segment(text, (citation,), support, ("of another wording",))

    assert segment.beside == ((citation,) if beside else ())
    html = Reading(answer_of(segment).to_html())
    assert html.blocks["blockquote"] == [quote] * (2 if beside else 1)
    markdown = answer_of(segment).to_markdown()
    assert (f"> {quote}" in markdown) is beside
    is_doubted = support in ("unconfirmed", "unsupported")
    assert ("of another wording" in markdown) is is_doubted
    assert ("of another wording" in answer_of(segment).to_html()) is is_doubted
    assert answer_of(segment).to_dict()["segments"][0]["reasons"] == ["of another wording"]


def texts():
    pieces = [*ARABIC[:5], *"abc12", *PUNCTUATION, " ", "\n", "&amp;", "<b>", "&#1;", "1. ", "\\"]
    return st.lists(st.sampled_from(pieces), min_size=1, max_size=15).map("".join)


@THOROUGH
@given(texts(), texts())
def test_exports_show_the_very_text_whatever_it_is(text, quote):
    answer = answer_of(Segment(text, (cited(quote, title="T"),)))
    expected = "".join(f"{text} [1]".split())
    html = Reading(answer.to_html())
    assert "".join("".join(html.seen("p")).split()) == expected
    assert html.blocks["blockquote"] == [quote]
    markdown = rendered(answer)
    assert markdown.tags.count("p") == len(markdown.tags) - 2
    assert "".join("".join(markdown.seen("p")).split()) == expected
    assert "".join(markdown.seen("li")[0].split()) == "".join(f"«{quote}»—T".split())


def test_marker_is_the_place_in_order_of_first_use():
    assert [marker(c, ANSWER.citations) for c in (FIRST, SECOND)] == ["[1]", "[2]"]
    with pytest.raises(ValueError, match="not in"):
        marker(cited("never used"), ANSWER.citations)


# Streams


SEGMENTS = (Segment("One. "), Segment("Two. "), Segment("Three."))


class Source:
    """A generator of segments that records how it ended."""

    def __init__(self, error=None):
        self.given, self.closed, self.error = 0, False, error

    def __iter__(self):
        try:
            for segment in SEGMENTS:
                self.given += 1
                yield segment
            if self.error:
                raise self.error
        finally:
            self.closed = True


def stream_of(source):
    return AnswerStream(iter(source), lambda segments: answer_of(*segments))


def test_stream_gives_the_segments_then_the_answer():
    finished = []
    stream = AnswerStream(iter(SEGMENTS), lambda s: finished.append(s) or answer_of(*s))
    assert tuple(stream) == SEGMENTS
    assert stream.answer == answer_of(*SEGMENTS)
    assert list(stream) == []
    assert stream.answer is stream.answer
    assert finished == [SEGMENTS]


def test_stream_of_no_segments_has_an_answer():
    stream = AnswerStream(iter(()), lambda segments: answer_of(*segments))
    assert list(stream) == []
    assert stream.answer.text == ""


@pytest.mark.parametrize("read", [0, 1, 3])
def test_stream_answer_before_the_end_is_not_ready(read):
    stream = stream_of(Source())
    for _ in range(read):
        next(stream)
    with pytest.raises(AnswerNotReady, match=f"{read} segments"):
        _ = stream.answer


def test_stream_makes_no_segment_before_it_is_asked_for():
    source = Source()
    stream = stream_of(source)
    assert source.given == 0
    next(stream)
    assert source.given == 1


def test_stream_close_stops_the_work():
    source = Source()
    stream = stream_of(source)
    next(stream)
    stream.close()
    assert source.closed
    assert list(stream) == []
    assert source.given == 1
    stream.close()


@pytest.mark.parametrize("read", [0, 1])
def test_stream_closed_early_never_has_an_answer(read):
    stream = stream_of(Source())
    for _ in range(read):
        next(stream)
    stream.close()
    assert list(stream) == []
    with pytest.raises(AnswerNotReady):
        _ = stream.answer


def test_stream_closed_at_its_end_keeps_its_answer():
    stream = stream_of(Source())
    list(stream)
    stream.close()
    assert stream.answer == answer_of(*SEGMENTS)


def test_stream_that_failed_never_has_an_answer():
    stream = stream_of(Source(ModelError("The model stopped.")))
    with pytest.raises(ModelError):
        list(stream)
    assert list(stream) == []
    with pytest.raises(AnswerNotReady):
        _ = stream.answer


# The asynchronous stream does the same.


def test_async_stream_gives_the_segments_then_the_answer():
    async def read():
        stream = AsyncAnswerStream(stream_of(Source()))
        with pytest.raises(AnswerNotReady):
            _ = stream.answer
        return tuple([segment async for segment in stream]), stream.answer

    assert asyncio.run(read()) == (SEGMENTS, answer_of(*SEGMENTS))


def test_async_stream_close_stops_the_work():
    source = Source()

    async def read():
        stream = AsyncAnswerStream(stream_of(source))
        first = await anext(stream)
        await stream.aclose()
        rest = [segment async for segment in stream]
        with pytest.raises(AnswerNotReady):
            _ = stream.answer
        return first, rest

    assert asyncio.run(read()) == (SEGMENTS[0], [])
    assert source.closed
    assert source.given == 1


def test_async_stream_raises_what_its_source_raises():
    async def read():
        stream = AsyncAnswerStream(stream_of(Source(ModelError("The model stopped."))))
        with pytest.raises(ModelError, match="stopped"):
            _ = [segment async for segment in stream]

    asyncio.run(read())


def test_async_stream_leaves_the_loop_free():
    release = threading.Event()

    def wait():
        assert release.wait(60)
        yield SEGMENTS[0]

    async def read():
        stream = AsyncAnswerStream(AnswerStream(wait(), lambda s: answer_of(*s)))
        task = asyncio.create_task(anext(stream))
        await asyncio.sleep(0)
        release.set()  # the loop runs while the step waits
        return await task

    assert asyncio.run(read()) == SEGMENTS[0]


def test_async_stream_can_be_closed_while_a_cancelled_step_still_runs():
    entered, release, closed = threading.Event(), threading.Event(), threading.Event()

    def work():
        try:
            entered.set()
            assert release.wait(60)
            yield SEGMENTS[0]
        finally:
            closed.set()

    async def read():
        stream = AsyncAnswerStream(AnswerStream(work(), lambda s: answer_of(*s)))
        step = asyncio.create_task(anext(stream))
        await asyncio.to_thread(entered.wait, 60)
        step.cancel()
        with pytest.raises(asyncio.CancelledError):
            await step
        closing = asyncio.create_task(stream.aclose())
        await asyncio.wait({closing}, timeout=0.2)
        release.set()
        await closing

    try:
        asyncio.run(read())
    finally:
        release.set()
    assert closed.wait(60)


@pytest.mark.parametrize(
    ("role", "text", "seen"),
    [("robot", "Hello.", "robot"), ("", "Hello.", "''"), ("user", None, "NoneType"), (5, "a", "5")],
)
def test_message_of_nobody_or_of_no_text_is_an_error(role, text, seen):
    with pytest.raises(AssistantError, match=seen):
        Message(role, text)


@pytest.mark.parametrize("citations", [("words",), (HIT,), (FIRST, None)], ids=repr)
def test_message_that_cites_anything_else_is_an_error(citations):
    with pytest.raises(AssistantError, match="citations"):
        Message("assistant", "Hello.", citations)


def test_message_takes_any_sequence_of_citations():
    assert Message("assistant", "Hello.", [FIRST]) == Message("assistant", "Hello.", (FIRST,))
    assert Message("user", "Hello.").citations == ()


def test_answer_comes_back_from_its_dict():
    doubted = Segment("It grew.", (FIRST,), "unconfirmed", ("words not in the source: grew",))
    for answer in (ANSWER, answer_of(doubted)):
        stored = json.loads(json.dumps(answer.to_dict()))

        assert Answer.from_dict(stored) == answer


def test_answer_that_was_stored_without_reasons_comes_back():
    stored = ANSWER.to_dict()
    for segment in stored["segments"]:
        del segment["reasons"]

    assert Answer.from_dict(stored) == ANSWER


def test_stream_can_be_read_at_once():
    stream = AnswerStream(iter(ANSWER.segments), lambda segments: answer_of(*segments, hits=(HIT,)))
    next(stream)

    assert stream.read() == ANSWER
    assert stream.read() == ANSWER


def test_stream_so_far_is_what_has_come_and_counts_as_no_end():
    done = []
    stream = AnswerStream(iter(SEGMENTS), lambda s: answer_of(*s), done=done.append)
    with pytest.raises(AnswerNotReady):
        _ = stream.so_far
    next(stream)

    assert stream.so_far == answer_of(SEGMENTS[0])
    assert done == []
    assert stream.read() == answer_of(*SEGMENTS) == stream.so_far
    assert done == [answer_of(*SEGMENTS)]


# What ends work from another thread


def test_interrupt_set_before_there_is_work_ends_it_at_once():
    ended = []
    interrupt = Interrupt()
    interrupt.set()
    interrupt.guard(lambda: ended.append(1))

    assert interrupt.is_set
    assert ended == [1]


def test_interrupt_ends_the_work_that_it_guards_last():
    ended = []
    interrupt = Interrupt()
    interrupt.guard(lambda: ended.append("first"))
    interrupt.guard(lambda: ended.append("second"))
    assert not interrupt.is_set
    assert ended == []
    interrupt.set()

    assert interrupt.is_set
    assert ended == ["second"]


def test_interrupt_may_be_set_with_nothing_to_end():
    interrupt = Interrupt()
    interrupt.set()
    interrupt.set()

    assert interrupt.is_set


def test_interrupt_set_from_another_thread_ends_what_a_thread_waits_in():
    closed = threading.Event()
    interrupt = Interrupt()
    interrupt.guard(closed.set)
    waiting = threading.Thread(target=closed.wait, args=(60,))
    waiting.start()
    setting = threading.Thread(target=interrupt.set)
    setting.start()
    setting.join(60)
    waiting.join(60)

    assert closed.is_set()
    assert not waiting.is_alive()


@pytest.mark.parametrize("round_", range(50))
def test_interrupt_set_while_work_begins_always_ends_it(round_):
    closed, together = threading.Event(), threading.Barrier(2)
    interrupt = Interrupt()

    def begin():
        together.wait(60)
        interrupt.guard(closed.set)

    beginning = threading.Thread(target=begin)
    beginning.start()
    together.wait(60)
    interrupt.set()
    beginning.join(60)

    assert closed.is_set()


@pytest.mark.parametrize(
    ("words", "language"),
    [("Two here.", "en"), ("وهنا اثنتان.", "ar"), ("سند chain", "mixed"), ("1962", "und")],
)
def test_hit_and_citation_know_the_language_of_their_words(words: str, language: str) -> None:
    where = ("d", "v", "Report", "r.txt", "", words, 0, len(words), 0.5)
    assert Hit(*where).language == Citation(*where).language == language
