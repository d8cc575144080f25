"""The page's HTML, without a browser: nothing escapes, nothing is lost, all runs the right way."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_html import (
    ARABIC,
    CHAIR,
    ENGLISH,
    GROWTH,
    SCRIPT,
    SEED,
    SUMMIT,
    WATER,
    Reader,
    answer_of,
    cite,
    document,
    elements,
    hit,
    verbatim,
    words,
)

from assistant.schema import Block, Citation, Segment, Span, Turn
from assistant.strings import say
from assistant.web.markup import markers, panel, render, text
from assistant.web.markup.body import body

# Text


@pytest.mark.parametrize(
    "raw",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '" onmouseover="alert(1)',
        "' onfocus='alert(1)",
        "&lt;b&gt; &amp;",
        "$x$ and $$y$$ and \\(z\\)",
        "**bold** _it_ [a](http://b) ![c](d) `e` # f",
        "{{value}} ${value} {% raw %}",
        "line\r\nnext\rlast\n",
        "tab\there, no-break\u00a0space, bom\ufeff, override\u202e, joiner\u200d",
    ],
)
def test_text_comes_out_as_the_same_characters(raw):
    assert words(text.flow(raw)) == raw
    assert [e.tag for e in Reader(text.flow(raw)).all[1:] if e.tag != "bdi"] == []
    attribute = elements(f'<a title="{text.escape(raw)}"></a>', "a")[0].attributes
    assert attribute == {"title": raw}


@given(st.text(alphabet=st.sampled_from("<>&\"'$`\r\n 0123456789-–+./:%#aZ«»؟سن٣\u202e\u0650")))
def test_no_text_loses_a_character(raw):
    assert words(text.flow(raw)) == raw


def test_a_carriage_return_survives_a_browser():
    # A browser makes a raw one a line feed; the reference keeps it. Python's parser keeps both.
    assert "\r" not in text.escape("a\r\nb")


@pytest.mark.parametrize(
    ("raw", "isolated"),
    [
        ("صدر في 2024-06-30 عن الإدارة", ["2024-06-30"]),
        ("الصفحات 14–15 والصفحة 20", ["14–15"]),
        ("من 12.5-13.5 مليون", ["12.5-13.5"]),
        ("اتصل على +213 21 55 66 77.", ["+213 21 55 66 77"]),
        ("الحرارة -5 مئوية", ["-5"]),
        ("لغة C++ ولغة C#", ["C++", "C#"]),
        ("انظر https://example.com/a-b?x=1#y، ثم", ["https://example.com/a-b?x=1#y"]),
        ("10-فبراير-2024", []),
        ("عامي 2023 2024", []),
        ("بزيادة 8% إلى 12.5 مليون", []),
        ("١٤–١٥", []),
        ("COVID-19 و report-2024-final", []),
    ],
)
def test_only_what_would_be_disordered_is_isolated(raw, isolated):
    found = elements(text.flow(raw), "bdi")
    assert [e.text for e in found] == isolated
    assert all(e.attributes["dir"] == "ltr" for e in found)


def test_a_path_keeps_the_order_of_its_folders():
    shown = text.path("وثائق/تقارير/الأداء 2024.txt")
    assert words(shown) == "وثائق/تقارير/الأداء 2024.txt"
    outer, *parts = elements(shown, "bdi")
    assert outer.attributes["dir"] == "ltr"
    assert [p.text for p in parts] == ["وثائق", "تقارير", "الأداء 2024", "txt"]


def test_the_last_word_takes_an_isolate_whole_and_nothing_endless():
    phone = "اتصل على +213 21 55 66 77."
    assert phone[text.last_word(phone) :] == "+213 21 55 66 77."
    assert text.last_word("one two") == 4
    assert text.last_word("x" * 500) == 500


# Markers


def test_a_marker_finds_its_words_again():
    pointer = markers.decode(markers.encode(CHAIR))
    assert pointer is not None
    assert pointer.fits(SEED)
    assert SEED[pointer.start : pointer.end] == CHAIR.cited_text


@pytest.mark.parametrize(
    "token",
    [
        None,
        7,
        ["ar", "v", 0, 5, "x"],
        "",
        "{}",
        "[]",
        "null",
        "no json",
        '["ar","v",0,5]',
        '["ar","v","0","5","x"]',
        '["ar","v",true,5,"x"]',
        '["ar","v",0.0,5,"x"]',
        '["ar","v",0,5,"x",1]',
        "[" * 1999,
        '["' + "a" * 3000 + '","v",0,5,"x"]',
    ],
)
def test_a_forged_marker_is_no_marker(token):
    assert markers.decode(token) is None


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 5), (9, 3), (0, 10**9), (1, 6)])
def test_a_marker_fits_only_its_own_words(start, end):
    genuine = cite(WATER, "Annual")
    assert markers.decode(markers.encode(genuine)).fits(ENGLISH)
    moved = replace(markers.decode(markers.encode(genuine)), start=start, end=end)
    assert not moved.fits(ENGLISH)


# Answers


def test_markers_are_numbered_by_first_use():
    shown = body(
        (verbatim(SUMMIT, " "), verbatim(CHAIR, " "), verbatim(SUMMIT)), (SUMMIT, CHAIR), "ar", "ar"
    )
    buttons = elements(shown, ".cite")
    assert [b.text for b in buttons] == ["[1]", "[2]", "[1]"]
    assert [markers.decode(b.attributes["data-cite"]).start for b in buttons] == [
        SUMMIT.start_char_index,
        CHAIR.start_char_index,
        SUMMIT.start_char_index,
    ]
    assert buttons[0].attributes["title"].startswith("وفي منتصف")


def test_a_quote_keeps_its_characters():
    hard_wrapped = "First line\r\nsecond line\n  third <b>$x$</b>."
    shown = document(hard_wrapped, "t", "w")
    c = replace(
        cite(shown, "First line"), cited_text=hard_wrapped, end_char_index=len(hard_wrapped)
    )
    said = elements(body((verbatim(c, "\n"),), (c,), "en", "en"), ".said")
    assert [e.text for e in said] == [hard_wrapped + "[1]"]


def test_each_block_runs_as_most_of_its_letters():
    frame = Segment("بحسب «Annual report of the Water Authority of Casablanca»: ")
    shown = body((frame, verbatim(GROWTH, " "), verbatim(CHAIR)), (GROWTH, CHAIR), "ar", "ar")
    paragraphs = elements(shown, "p")
    assert [p.attributes["dir"] for p in paragraphs] == ["rtl", "ltr", "rtl"]
    assert paragraphs[1].text == "Revenue grew by 8% in 2024.[1]"
    assert elements(shown, ".body")[0].attributes["dir"] == "rtl"


@pytest.mark.parametrize(
    ("asked", "runs"),
    [
        ("من هو Tomas Okafor؟", ["rtl"]),
        ("Who is عبد المجيد تبون?", ["ltr"]),
        ("؟", ["rtl"]),
        ("ما هذا؟\nNorthwind service agreement\n2024", ["rtl", "ltr", "rtl"]),
    ],
)
def test_a_question_runs_in_its_own_language(asked, runs):
    shown = render.question(asked, "en")
    assert [p.attributes["dir"] for p in elements(shown, "p")] == runs
    assert elements(shown, ".body")[0].attributes["dir"] == runs[0]


def test_a_frame_that_has_come_runs_in_the_questions_language():
    shown = render.partial((Segment("بحسب «Northwind agreement»: "),), "من هو Tomas Okafor؟", "en")
    assert elements(shown, "p")[0].attributes["dir"] == "rtl"


def test_an_arabic_sentence_that_begins_in_latin_still_runs_from_right_to_left():
    shown = document("Revenue نما في الرياض خلال العام.", "t", "m")
    c = cite(shown, shown.text)
    made = body((verbatim(c),), (c,), "ar", "ar")
    assert {e.attributes["dir"] for e in elements(made, "p") + elements(made, ".said")} == {"rtl"}


def test_lines_of_a_model_become_paragraphs_and_spaces_stay():
    segments = (
        Segment("One.", (GROWTH,), "supported"),
        Segment(" Two.\n\nThree.", (GROWTH,), "supported"),
    )
    shown = elements(body(segments, (GROWTH,), "en", "en"), "p")
    assert [p.text for p in shown] == ["One.[1] Two.", "Three.[1]"]


@pytest.mark.parametrize("support", ["unconfirmed", "unsupported"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_was_not_confirmed_says_so(support, language):
    shown = body((Segment("Perhaps.", (), support),), (), "en", language)
    assert [e.text for e in elements(shown, ".doubt")] == [say(f"support.{support}", "en")]


@pytest.mark.parametrize(("support", "beside"), [("unconfirmed", True), ("supported", False)])
def test_source_stands_beside_what_was_not_confirmed(support, beside):
    shown = body((Segment("It may have grown.", (GROWTH,), support),), (GROWTH,), "en", "ar")
    quotes = [e.text for e in elements(shown, ".beside")]
    assert quotes == ([GROWTH.cited_text] if beside else [])


def test_source_in_another_language_stands_beside_the_sentence():
    shown = body((Segment("نما الدخل.", (GROWTH,), "supported"),), (GROWTH,), "ar", "ar")
    (quote,) = elements(shown, ".beside")
    assert (quote.text, quote.attributes["dir"]) == (GROWTH.cited_text, "ltr")


def test_reasons_of_a_doubt_are_shown_and_escaped():
    shown = body((Segment("Perhaps.", (), "unconfirmed", ("no <b>x</b>",)),), (), "en", "en")
    (doubt,) = elements(shown, ".doubt")
    assert doubt.text == say("support.unconfirmed", "en") + ": no <b>x</b>"


@pytest.mark.parametrize("support", ["verbatim", "supported", "frame"])
def test_what_was_confirmed_has_no_doubt(support):
    assert elements(body((Segment("Sure.", (), support),), (), "en", "en"), ".doubt") == []


def test_a_documents_markup_is_only_text():
    whole = answer_of((verbatim(SCRIPT),), hits=(hit(WATER, SCRIPT.cited_text),), language="en")
    for shown in (
        render.answer(whole, "en"),
        render.answer(replace(whole, answered=False), "en"),
        render.question(SCRIPT.cited_text, "en"),
        render.ended("", SCRIPT.cited_text, "en"),
        panel.document(WATER, Span(SCRIPT.start_char_index, SCRIPT.end_char_index), (), "en"),
        panel.document(replace(WATER, title="<i>", source="<b>/x"), Span(0, 6), (), "en"),
    ):
        tags = {e.tag for e in Reader(shown).all}
        assert not tags & {"script", "a", "b", "i", "strong", "em"}
        assert not [e for e in Reader(shown).all if "onmouseover" in e.attributes]


def test_an_answer_says_who_wrote_it():
    whole = answer_of((verbatim(CHAIR),))
    extractive = elements(render.answer(whole, "en"), ".engine")[0].text
    model = elements(render.answer(replace(whole, engine="<b>qwen3:8b"), "en"), ".engine")[0].text
    assert extractive == say("page.engine.extractive", "en")
    assert model == say("page.engine", "en", {"engine": "<b>qwen3:8b"})


def test_a_refusal_offers_at_most_three_passages_and_no_author():
    hits = tuple(hit(WATER, quote) for quote in ("Annual report", "Revenue", "Losses", "costs"))
    refusal = answer_of(
        (Segment(say("answer.refusal", "en")),), answered=False, hits=hits, language="en"
    )
    shown = render.answer(refusal, "en")
    assert elements(shown, ".refusal")
    assert not elements(shown, ".engine")
    assert [e.text for e in elements(shown, "h2")] == [say("answer.closest", "en")]
    passages = elements(shown, ".passage")
    assert [e.text.removeprefix("Annual report") for e in passages] == [
        "Annual report",
        "Revenue",
        "Losses",
    ]
    assert all(markers.decode(p.attributes["data-cite"]).fits(ENGLISH) for p in passages)


def test_an_answer_shows_no_passages():
    shown = render.answer(answer_of((verbatim(CHAIR),), hits=(hit(WATER, "Revenue"),)), "ar")
    assert not elements(shown, ".passage")


# The source panel


def marks(shown: str, kind: str) -> list[str]:
    return [e.text for e in elements(shown, "mark") if e.has(kind)]


def span(citation: Citation) -> Span:
    return Span(citation.start_char_index, citation.end_char_index)


def test_the_mark_is_the_quote_and_the_whole_document_is_there():
    shown = panel.document(ARABIC, span(CHAIR), [span(SUMMIT)], "ar")
    assert marks(shown, "focus") == [CHAIR.cited_text]
    assert marks(shown, "also") == [SUMMIT.cited_text]
    blocks = elements(shown, ".text-block")
    assert [b.text for b in blocks] == [line for line in SEED.splitlines() if line.strip()]
    assert {b.attributes["dir"] for b in blocks} == {"rtl"}
    assert elements(shown, ".omitted") == []


@given(
    st.integers(0, 60),
    st.integers(1, 40),
    st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), max_size=4),
)
def test_the_focus_is_one_mark_a_line_whatever_else_is_cited(start, length, others):
    content = "a 2024-06-30 <b>&\r\n 14–15 ون" * 4
    shown = replace(document("", "t"), text=content, blocks=(Block(0, len(content)),))
    spans = [Span(min(o), max(o)) for o in others]
    made = panel.document(shown, Span(start, start + length), spans, "en")
    found = marks(made, "focus")
    assert "".join(found) == content[start : start + length]
    assert len(found) <= found[0].count("\n") + content[start : start + length].count("\n") + 1
    assert [b.text for b in elements(made, ".text-block")] == [content]


def test_a_passage_over_several_blocks_is_marked_in_each():
    start, end = ENGLISH.index("Losses"), ENGLISH.index(" costs")
    shown = panel.document(WATER, Span(start, end), [], "en")
    assert marks(shown, "focus") == [
        "Losses fell between 2019-01-15 and 2024-06-30.",
        "<script>alert('x')</script>",
    ]


def test_each_block_of_a_mixed_document_has_its_own_direction():
    mixed = document("العنوان\nAn English line.\n2024\nسطر عربي فيه word.", "t")
    shown = panel.document(mixed, Span(0, 7), [], "en")
    assert [b.attributes["dir"] for b in elements(shown, ".text-block")] == [
        "rtl",
        "ltr",
        "rtl",
        "rtl",
    ]


@pytest.mark.parametrize(
    ("raw", "runs"),
    [
        ("Water report 2021 / تقرير المياه 2021", "ltr"),
        ("تقرير المياه 2021 / Water report 2021", "rtl"),
        ("Water reports 2021 / تقرير المياه 2021", "ltr"),
        ("Water تقرير المياه 2021", "rtl"),
    ],
)
def test_at_a_tie_of_letters_a_title_runs_as_its_first_letter(raw, runs):
    assert elements(text.isolated(raw), "bdi")[0].attributes["dir"] == runs


@pytest.mark.parametrize("otherwise", ["rtl", "ltr"])
@pytest.mark.parametrize("raw", ["ab اب", "اب ab", "2024"])
def test_at_a_tie_of_letters_the_neighbour_decides(raw, otherwise):
    assert text.direction_or(raw, otherwise) == otherwise


def test_each_line_of_a_block_has_its_own_direction():
    content = "Name: Salma Benani, director\nالاسم: سلمى بناني، المديرة\r\n2024\n"
    shown = replace(document(""), text=content, blocks=(Block(0, len(content) - 1),))
    focus = Span(content.index("Salma"), content.index("بناني"))
    made = panel.document(shown, focus, [], "en")
    (block,) = elements(made, ".text-block")
    assert block.text == content.rstrip("\n")
    lines = [e for e in elements(made, "bdi") if e.has("line")]
    assert [(e.attributes["dir"], e.text.strip()) for e in lines] == [
        ("ltr", "Name: Salma Benani, director"),
        ("rtl", "الاسم: سلمى بناني، المديرة"),
        (block.attributes["dir"], "2024"),
    ]
    assert "".join(marks(made, "focus")) == content[focus.start : focus.end]


def test_each_sentence_of_a_closest_passage_has_its_own_direction():
    content = "The board met in Rabat.\nاجتمع المجلس في الرباط. It adjourned at noon, and all left."
    refused = answer_of(
        (Segment(say("answer.refusal", "en")),),
        answered=False,
        hits=(hit(document(content), content),),
    )
    made = render.answer(refused, "en")
    assert elements(made, ".words")[0].text == content
    assert [(e.attributes["dir"], e.text) for e in elements(made, "bdi") if e.has("sentence")] == [
        ("ltr", "The board met in Rabat."),
        ("rtl", "اجتمع المجلس في الرباط."),
        ("ltr", "It adjourned at noon, and all left."),
    ]


def test_text_between_blocks_is_shown_too():
    content = "first\n\nno block here\nsame gap\n\nlast"
    shown = replace(
        document(content), blocks=(Block(0, 5), Block(content.index("last"), len(content)))
    )
    texts = [b.text for b in elements(panel.document(shown, Span(0, 5), [], "en"), ".text-block")]
    assert texts == ["first", "no block here\nsame gap", "last"]


def test_what_stands_in_one_line_with_a_block_is_shown_with_it():
    content = "---\n  ## Head ##\r\n\n- item one\n| x | y |\nlast"
    parts = ("Head", "item one", "x", "y", "last")
    blocks = tuple(Block(i := content.index(p), i + len(p), place=p) for p in parts)
    shown = replace(document(""), text=content, blocks=blocks)
    made = panel.document(shown, Span(blocks[1].start, blocks[1].end), [], "en")
    assert [b.text for b in elements(made, ".text-block")] == [
        "---",
        "## Head ##",
        "- item one",
        "| x |",
        "y |",
        "last",
    ]
    assert marks(made, "focus") == ["item one"]
    assert elements(made, ".omitted") == []


def test_a_document_without_blocks_is_shown():
    shown = replace(WATER, blocks=())
    made = panel.document(shown, span(GROWTH), [], "en")
    assert marks(made, "focus") == [GROWTH.cited_text]
    assert len(elements(made, ".text-block")) == 3


@pytest.mark.parametrize("wanted", [0, 2500, 4999])
def test_of_a_huge_document_the_part_around_the_quote_is_shown(wanted):
    content = "\n".join(f"Sentence number {i}." for i in range(5000))
    shown = document(content)
    quote = f"Sentence number {wanted}."
    made = panel.document(shown, span(cite(shown, quote)), [], "en")
    assert marks(made, "focus") == [quote]
    assert 100 <= len(elements(made, ".text-block")) <= panel.MOST_BLOCKS + 1
    assert len(elements(made, ".omitted")) == (2 if wanted == 2500 else 1)
    assert say("page.source.omitted", "en") in words(made)


def test_of_an_endless_block_the_part_around_the_quote_is_shown():
    content = "word " * 100_000 + "the quote. " + "word " * 100_000
    shown = replace(document(""), text=content, blocks=(Block(0, len(content)),))
    made = panel.document(shown, span(cite(shown, "the quote.")), [], "en")
    assert marks(made, "focus") == ["the quote."]
    assert len(made) < 50_000
    assert len(elements(made, ".omitted")) == 2


def test_places_are_shown_where_they_change():
    shown = replace(
        document("one\ntwo\nthree"),
        blocks=(Block(0, 3, place="p. 1"), Block(4, 7, place="p. 1"), Block(8, 13, place="p. 2")),
    )
    made = panel.document(shown, Span(8, 13), [], "en")
    assert [e.text for e in elements(made, ".place")] == ["p. 2", "p. 1", "p. 2"]


@pytest.mark.parametrize("place", ["A dam", "A \u2026"], ids=["whole", "shortened"])
def test_place_that_is_the_heading_is_not_shown_twice(place):
    shown = replace(
        document("A\tdam\nIt is tall."),
        blocks=(Block(0, 5, "heading", place), Block(6, 17, "paragraph", place)),
    )
    made = panel.document(shown, Span(6, 17), [], "en")
    (only,) = elements(made, ".place")
    assert only.text == place
    assert made.index('class="place"') < made.index('class="text"')


# Replies


def test_failure_in_arabic_runs_from_right_to_left_whatever_it_names():
    address = "http://127.0.0.1:8080/v1/a/very/long/address"
    shown = render.ended("", f"تعذّرت الإجابة:\nلم يجب {address}.\n{address}", "ar")
    assert [e.attributes["dir"] for e in elements(shown, "p")] == ["rtl", "rtl", "ltr"]
    english = render.ended("", f"Could not be answered:\nلم يجب {address}.", "en")
    assert [e.attributes["dir"] for e in elements(english, "p")] == ["ltr", "ltr"]


def test_doubt_may_break_across_lines():
    shown = body((Segment("Perhaps.", (GROWTH,), "unconfirmed"),), (GROWTH,), "en", "en")
    kept = shown[shown.index('class="kept"') :]
    assert "doubt" not in kept[: kept.index("</span>")]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_follow_up_as_it_was_understood_can_be_edited(language):
    asked = 'Who built "the <dam>"?'
    whole = answer_of((Segment("Ali.", (GROWTH,), "verbatim"),), standalone_question=asked)
    shown = render.answer(whole, language)
    (button,) = elements(shown, ".revise")
    assert button.attributes["data-question"] == asked
    assert asked in elements(shown, ".understood")[0].text
    same = answer_of((Segment("Ali.", (GROWTH,), "verbatim"),), standalone_question="؟")
    assert elements(render.answer(same, language), ".understood") == []


def test_marks_of_a_models_answer_are_explained():
    segments = (
        Segment("Ali.", (GROWTH,), "verbatim"),
        Segment("Or not.", (GROWTH,), "unconfirmed"),
    )
    (box,) = elements(render.answer(answer_of(segments, engine="ollama:x"), "en"), ".checks")
    assert say("gate.mark.verbatim", "en") in box.text
    assert say("gate.mark.unconfirmed", "en") in box.text
    assert say("gate.mark.supported", "en") not in box.text
    assert elements(render.answer(answer_of(segments, engine="extractive"), "en"), ".checks") == []


# Documents that are not as they were


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("state", ["changed", "gone"])
def test_marker_says_what_became_of_its_document(state, language):
    whole = answer_of((verbatim(CHAIR, " "), verbatim(GROWTH)))
    kept = Turn(3, "?", dt.datetime.now(dt.UTC), whole, (state, "current"))
    shown = render.answer(whole, language, kept)
    first, second = elements(shown, ".cite")
    told = say(f"conversation.{state}", language)
    assert first.has("since")
    assert first.has(state)
    assert first.attributes["title"].startswith(f"{told}. ")
    assert f" 1 ({told}): " in first.attributes["aria-label"]
    assert first.text == "[1]"
    assert not second.has("since")
    assert told not in second.attributes["aria-label"]
    lines = [p.text for p in elements(shown, "p") if p.has("since")]
    assert lines == [f"[1] {told}"]


def test_documents_with_the_same_fate_are_told_of_in_one_line():
    whole = answer_of((verbatim(CHAIR, " "), verbatim(GROWTH, " "), verbatim(SUMMIT)))
    kept = Turn(1, "?", dt.datetime.now(dt.UTC), whole, ("gone", "changed", "gone"))
    shown = render.answer(whole, "en", kept)
    lines = [p.text for p in elements(shown, "p") if p.has("since")]
    gone, changed = (say(f"conversation.{state}", "en") for state in ("gone", "changed"))
    assert lines == [f"[1] [3] {gone}", f"[2] {changed}"]


def test_answer_of_this_moment_says_nothing_of_states():
    shown = render.answer(answer_of((verbatim(CHAIR),)), "en")
    assert [e for e in elements(shown, "p") if e.has("since")] == []
    assert not elements(shown, ".cite")[0].has("since")
