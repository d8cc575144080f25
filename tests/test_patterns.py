"""No regular expression of the program is slow on any text that it may meet.

A guard against hanging and no measure of speed: what is tried for a second of the processor's
time takes milliseconds. ``python benchmarks/patterns.py`` tells how each grows.
"""

from __future__ import annotations

import re

import pytest
from pattern_attacks import LONGEST, Held, TooSlow, attacked, held, limit, longest_of, texts, use

SECONDS, MANY = 1, 20_000
HELD = held()
SLOW = [
    ("cubic", r"\s*\s*\s*x", 2_000),
    ("exponential", r"(?:a+)+$", 60),
    ("behind words of its own", r"from: (?:[^.]+[)\]]*){1,6}$", 200),
    ("quadratic search", r"[ \t]*\n", MANY),
    ("no end", r"<!--.*?-->", MANY),
]


def test_all_patterns_are_found():
    where = {one.where for one in HELD}
    assert len(HELD) > 300
    for known in (
        "assistant.sentences.splitter._WHOLE_QUOTE",  # in a table
        "assistant.retrieval.kinds._PLACE",
        "assistant.documents.pdf.encodings._OBJECT",  # of bytes
    ):
        assert known in where
    assert any("word" in one.where for one in HELD)  # made inside a function


def test_every_exception_is_of_a_pattern():
    assert set(LONGEST) <= {one.where for one in HELD}


@pytest.mark.parametrize(("pattern", "size"), [row[1:] for row in SLOW], ids=[r[0] for r in SLOW])
def test_slow_pattern_is_noticed(pattern, size):
    one = Held(re.compile(pattern, re.DOTALL), "made here")
    assert attacked(one, size, 0.3)


def test_time_that_a_match_takes_is_limited():
    with pytest.raises(TooSlow), limit(0.2):
        re.fullmatch("(?:a+)+", "a" * 60 + "b")


@pytest.mark.parametrize("one", HELD, ids=[one.where for one in HELD])
def test_pattern_is_quick_on_what_it_may_meet(one):
    most = min(MANY, longest_of(one))
    for size in sorted({min(60, most), min(1_000, most), most}):
        found = attacked(one, size, SECONDS)
        assert not found, f"{one.pattern.pattern[:80]!r} hangs on {found[:40]!r}… ({size})"


def test_texts_are_of_their_size():
    one = Held(re.compile(r"a(?:b|c)+\s*\d{2,}$"), "made here")
    made = list(texts(one.pattern, 400))
    assert len(made) > 20
    assert all(200 < len(text) < 500 for text in made)
    for text in made:
        use(one, text)
