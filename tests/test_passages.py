"""Passages: whole sentences, in order, of a length to search."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import THOROUGH, prose

from assistant.schema import Block
from assistant.sentences import PASSAGE_CHARACTERS, passage_spans, sentence_spans

NO_STATEMENTS = ("heading", "caption", "dateline", "boilerplate")
STATEMENTS = ("paragraph", "item", "row")


def document(*parts):
    """Return a text and its blocks, from pairs of a kind and a text, a blank line between them."""
    text, blocks = "", []
    for kind, part in parts:
        blocks.append(Block(len(text), len(text) + len(part), kind))
        text += f"{part}\n\n"
    return text, blocks


def trimmed(text, block):
    """Return where a block without the space around it starts and ends."""
    words = text[block.start : block.end]
    return block.start + len(words) - len(words.lstrip()), block.start + len(words.rstrip())


def statements(text, passages):
    return [text[start:end] for passage in passages for start, end in passage.sentences]


def pieces(text, passages):
    return [text[passage.start : passage.end] for passage in passages]


def paragraph(length, word="word"):
    """Return a paragraph of exactly so many characters, in sentences of 50."""
    sentence = "Word" + f" {word}" * 9 + "."
    assert len(sentence) == 50
    return " ".join([sentence] * 30)[: length - 1].rstrip(" .").ljust(length - 1, "x") + "."


@pytest.mark.parametrize("length", [20, 350])
def test_short_paragraphs_are_one_passage(length):
    text, blocks = document(*[("paragraph", paragraph(length))] * 3)
    assert pieces(text, passage_spans(text, blocks)) == [text.strip()]


def test_passages_keep_their_sentences_apart():
    text, blocks = document(("paragraph", "One here. Two here."), ("paragraph", "Three here."))
    assert pieces(text, passage_spans(text, blocks)) == [text.strip()]
    assert statements(text, passage_spans(text, blocks)) == [
        "One here.",
        "Two here.",
        "Three here.",
    ]


def test_long_enough_paragraphs_are_passages_of_their_own():
    text, blocks = document(("paragraph", paragraph(500)), ("paragraph", paragraph(500)))
    assert pieces(text, passage_spans(text, blocks)) == text.split("\n\n")[:2]


def test_a_short_paragraph_is_not_joined_where_it_would_be_too_long():
    text, blocks = document(("paragraph", paragraph(1150)), ("paragraph", paragraph(100)))
    assert pieces(text, passage_spans(text, blocks)) == text.split("\n\n")[:2]


def test_a_long_paragraph_is_cut_between_sentences_into_even_parts():
    text = paragraph(1500)
    passages = passage_spans(text, [Block(0, len(text))])
    lengths = [passage.end - passage.start for passage in passages]
    assert len(lengths) == 2
    assert max(lengths) - min(lengths) <= 100
    assert statements(text, passages) == [text[a:b] for a, b in sentence_spans(text)]


def test_a_sentence_longer_than_a_passage_is_a_passage_alone():
    long = "Word" + " word" * 60 + "."
    text, blocks = document(("paragraph", f"Before it. {long} Behind it."))
    passages = passage_spans(text, blocks, longest=100)
    assert pieces(text, passages) == ["Before it.", long, "Behind it."]


def test_a_heading_goes_with_what_stands_beneath_it():
    text, blocks = document(
        ("paragraph", "One here."),
        ("heading", "Title"),
        ("paragraph", "Two here."),
        ("paragraph", "Three here."),
    )
    passages = passage_spans(text, blocks)
    assert pieces(text, passages) == ["One here.", "Title\n\nTwo here.\n\nThree here."]
    assert statements(text, passages) == ["One here.", "Two here.", "Three here."]


def test_two_headings_in_a_row_both_go_with_what_follows():
    text, blocks = document(("heading", "Part"), ("heading", "Chapter"), ("paragraph", "One here."))
    assert pieces(text, passage_spans(text, blocks)) == ["Part\n\nChapter\n\nOne here."]


def test_a_heading_with_nothing_beneath_it_changes_nothing():
    text, blocks = document(("paragraph", "One here."), ("heading", "Title"))
    assert pieces(text, passage_spans(text, blocks)) == ["One here."]


@pytest.mark.parametrize("kind", ["heading", "caption", "boilerplate"])
def test_what_stands_between_a_heading_and_its_paragraph_makes_no_passage_of_any_length(kind):
    between = [(kind, f"Chapter {number} of the book") for number in range(300)]
    text, blocks = document(("heading", "Title"), *between, ("paragraph", "One here."))
    (passage,) = passage_spans(text, blocks)
    assert statements(text, [passage]) == ["One here."]
    assert passage.end - passage.start <= PASSAGE_CHARACTERS


@pytest.mark.parametrize("kind", NO_STATEMENTS)
def test_no_statement_is(kind):
    text, blocks = document(
        ("paragraph", "One here."), (kind, "Left out here."), ("paragraph", "Two here.")
    )
    assert statements(text, passage_spans(text, blocks)) == ["One here.", "Two here."]


@pytest.mark.parametrize("kind", ["paragraph", "item"])
def test_a_statement_is(kind):
    text, blocks = document((kind, "One here. Two here."))
    assert statements(text, passage_spans(text, blocks)) == ["One here.", "Two here."]


@pytest.mark.parametrize(("length", "count"), [(400, 1), (401, 8)])
def test_a_row_is_one_statement_unless_it_is_long(length, count):
    text, blocks = document(("row", paragraph(length)))
    assert len(statements(text, passage_spans(text, blocks))) == count


def test_a_row_is_a_statement_without_the_space_around_it():
    text, blocks = document(("row", "  a: One. b: Two.  "))
    assert statements(text, passage_spans(text, blocks)) == ["a: One. b: Two."]


@pytest.mark.parametrize("kind", NO_STATEMENTS)
def test_a_document_of_nothing_else_still_has_statements(kind):
    text, blocks = document((kind, "Algeria and Russia"), (kind, "The first round"))
    passages = passage_spans(text, blocks)
    assert statements(text, passages) == ["Algeria and Russia", "The first round"]


@pytest.mark.parametrize("text", ["", "  \n\n ", "\u00a0\t"], ids=ascii)
def test_a_document_without_text_has_no_passages(text):
    assert passage_spans(text, [Block(0, len(text), "heading")]) == []
    assert passage_spans(text, [Block(0, len(text))]) == []
    assert passage_spans(text, []) == []


def test_no_sentence_crosses_a_block():
    text = "One here and\ntwo here."
    passages = passage_spans(text, [Block(0, 12), Block(13, 22)])
    assert statements(text, passages) == ["One here and", "two here."]


def test_text_outside_the_blocks_is_no_statement():
    text = "- One here.\n- Two here."
    passages = passage_spans(text, [Block(2, 11, "item"), Block(14, 23, "item")])
    assert statements(text, passages) == ["One here.", "Two here."]


KINDS = st.sampled_from([*STATEMENTS, *STATEMENTS, *NO_STATEMENTS])


@THOROUGH
@given(st.lists(st.tuples(KINDS, prose()), max_size=12), st.sampled_from([60, 200, 1200]))
def test_passages_hold_all_statements_once_and_in_order(parts, longest):
    text, blocks = document(*parts)
    expected = [
        text[start:end]
        for block in blocks
        if block.kind in STATEMENTS
        for start, end in (
            sentence_spans(text, block.start, block.end)
            if block.kind != "row" or block.end - block.start > 400
            else [trimmed(text, block)]
        )
        if start < end
    ]
    passages = passage_spans(text, blocks, longest)
    if expected:
        assert statements(text, passages) == expected
    assert bool(passages) == any(part.strip() for _, part in parts)
    last = 0
    for passage in passages:
        assert last <= passage.start <= passage.sentences[0].start
        assert passage.sentences[-1].end == passage.end
        assert not text[passage.end - 1].isspace()
        last = passage.end


@THOROUGH
@given(st.lists(st.tuples(st.sampled_from(STATEMENTS), prose()), max_size=12))
def test_passages_of_more_than_one_sentence_are_within_the_limit(parts):
    text, blocks = document(*parts)
    for passage in passage_spans(text, blocks, longest=120):
        assert passage.start == passage.sentences[0].start
        assert passage.end - passage.start <= 120 or len(passage.sentences) == 1


def test_passages_of_the_default_length_are_within_it():
    text, blocks = document(*(("paragraph", paragraph(1400)) for _ in range(20)))
    passages = passage_spans(text, blocks)
    assert max(passage.end - passage.start for passage in passages) <= PASSAGE_CHARACTERS
    assert min(passage.end - passage.start for passage in passages) >= 400
