"""Markers in the many ways models write them, and that nothing else is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import THOROUGH, mixed_text

from assistant.citations import parse_markers

TABLE = [
    ("one", "The bridge opened in 1932 [3].", "The bridge opened in 1932.", (3,)),
    ("behind-the-stop", "The bridge opened in 1932. [3]", "The bridge opened in 1932.", (3,)),
    ("no-blank", "The bridge opened[3].", "The bridge opened.", (3,)),
    ("list", "It opened [2, 5].", "It opened.", (2, 5)),
    ("list-without-blank", "It opened [2,5].", "It opened.", (2, 5)),
    ("arabic-list", "افتتح الجسر [٢، ٣].", "افتتح الجسر.", (2, 3)),
    ("persian-digits", "افتتح الجسر [۲].", "افتتح الجسر.", (2,)),
    ("full-width", "It opened ［３］.", "It opened.", (3,)),
    ("two-in-a-row", "It opened [2][5].", "It opened.", (2, 5)),
    ("two-in-a-row-with-blank", "It opened [2] [5].", "It opened.", (2, 5)),
    ("range", "It opened [2-4].", "It opened.", (2, 3, 4)),
    ("range-with-dash", "It opened [2–4].", "It opened.", (2, 3, 4)),
    ("range-and-one", "It opened [1, 3-4].", "It opened.", (1, 3, 4)),
    ("long-range", "It opened [1-999999999].", "It opened.", (1, 999999999)),
    ("range-turned", "It opened [5-2].", "It opened.", (5, 2)),
    ("lenticular", "It opened 【3】.", "It opened.", (3,)),
    ("lenticular-with-source", "It opened【3†source】.", "It opened.", (3,)),
    ("footnote", "It opened [^3].", "It opened.", (3,)),
    ("with-s", "It opened [s3] and closed [S12].", "It opened and closed.", (3, 12)),
    ("with-hash", "It opened [#3].", "It opened.", (3,)),
    ("with-s-list", "It opened [S1, S2].", "It opened.", (1, 2)),
    ("mid-sentence", "It opened [1] and was closed [2].", "It opened and was closed.", (1, 2)),
    ("at-the-beginning", "[1] It opened.", "It opened.", (1,)),
    ("repeated", "It opened [1], and closed [1].", "It opened, and closed.", (1,)),
    ("before-a-comma", "It opened [1], then closed.", "It opened, then closed.", (1,)),
    ("arabic-comma", "افتتح [1]، ثم أغلق.", "افتتح، ثم أغلق.", (1,)),
    ("year-is-read-too", "It opened [1932].", "It opened.", (1932,)),
    ("round-brackets-are-text", "There are two (2) gates.", "There are two (2) gates.", ()),
    ("words-in-brackets", "He [the king] left.", "He [the king] left.", ()),
    ("empty-brackets", "It [] opened.", "It [] opened.", ()),
    ("decimal-in-brackets", "It is [3.5] wide.", "It is [3.5] wide.", ()),
    ("in-quotes", "He said “no” [4].", "He said “no”.", (4,)),
    ("direction-marks", "افتتح [\u200e3\u200f].", "افتتح.", (3,)),
    ("tab", "افتتح[3]\tأمس.", "افتتح\tأمس.", (3,)),
    ("apart-by-a-comma", "It opened [1], [2].", "It opened.", (1, 2)),
    ("apart-by-and", "It opened [1] and [2].", "It opened.", (1, 2)),
    ("apart-by-a-dash", "It opened [1]-[3].", "It opened.", (1, 3)),
    ("apart-by-arabic-and", "افتتح [1] و[2].", "افتتح.", (1, 2)),
    ("twice-in-brackets", "It opened [[1]].", "It opened.", (1,)),
    ("with-source", "It opened [source 1].", "It opened.", (1,)),
    ("with-sources", "It opened [Sources: 1, 2].", "It opened.", (1, 2)),
    ("with-arabic-source", "افتتح [المصدر 1].", "افتتح.", (1,)),
    ("none", "It opened.", "It opened.", ()),
    ("two-lines", "It opened. [1]\nIt closed. [2]", "It opened.\nIt closed.", (1, 2)),
    ("too-long-a-number", "It [12345678901] opened.", "It [12345678901] opened.", ()),
]


@pytest.mark.parametrize(
    ("text", "words", "numbers"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_markers_are_read_and_taken_out(text, words, numbers):
    marked = parse_markers(text)

    assert (marked.text, marked.numbers) == (words, numbers)


MARKERS = ["[3]", " [2, 5]", "[٢، ٣] ", "[2][5]", "【3†source】", "[^3]", " [s3].", "[1-4]"]


@given(st.lists(st.one_of(mixed_text(10), st.sampled_from(MARKERS)), max_size=6).map("".join))
@THOROUGH
def test_markers_lose_and_invent_no_text(text):
    marked = parse_markers(text)
    rest = iter(text)

    assert all(character in rest for character in marked.text)
    assert len(set(marked.numbers)) == len(marked.numbers)
    gone = re.sub(r"[\[\]【】［］\s]|\d|[-–—‒‐‑,;،؛，、sS#^†\u200e\u200f]", "", text)
    kept = re.sub(r"[\[\]【】［］\s]|\d|[-–—‒‐‑,;،؛，、sS#^†\u200e\u200f]", "", marked.text)
    assert kept == gone or "†" in text


@given(mixed_text())
@THOROUGH
def test_text_without_brackets_stays_as_it_is(text):
    plain = re.sub(r"[\[\]【】［］]", "", text)

    assert parse_markers(plain).text == plain
