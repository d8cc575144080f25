"""What a model thinks is left out, however its words are cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.models.visible import Visible

CASES = [
    # What the model sent, and what is to be read.
    ("The tower was rebuilt.", "The tower was rebuilt."),
    ("<think>Let me see.</think>\n\nThe tower.", "The tower."),
    ("<think>فلننظر.</think>\n\nأعيد بناء المنارة.", "أعيد بناء المنارة."),
    ("\n\n <think></think>Yes", "Yes"),
    ("One. <think>hm</think> Two.", "One. Two."),
    ("<think>a</think><think>b</think>c", "c"),
    ("<think>a <think> b</think>c", "c"),
    ("<think>never closed", ""),
    ("</think>The tower.", "The tower."),
    ("a < b, and <b>bold</b> <th", "a < b, and <b>bold</b> <th"),
    ("<thinking>a</thinking>", "<thinking>a</thinking>"),
    ("<think>a</thin</think>b", "b"),
    ("<<think>a</think>b", "<b"),
    ("", ""),
]


def read(pieces):
    visible = Visible()
    return "".join([*(visible.feed(piece) for piece in pieces), visible.end()])


@pytest.mark.parametrize(("sent", "shown"), CASES)
def test_visible_in_one_piece(sent, shown):
    assert read([sent]) == shown


@pytest.mark.parametrize(("sent", "shown"), CASES)
def test_visible_letter_by_letter(sent, shown):
    assert read(sent) == shown


@given(st.lists(st.sampled_from(["<think>", "</think>", "<", "th", "ink>", " ", "a", "ب", "</"])))
def test_visible_however_the_text_is_cut(pieces):
    assert read(pieces) == read(["".join(pieces)])


def test_visible_holds_back_only_what_may_be_a_mark():
    visible = Visible()
    assert [visible.feed(piece) for piece in ("a <th", "e tower <", "5")] == [
        "a ",
        "<the tower ",
        "<5",
    ]
