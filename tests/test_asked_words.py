"""Words that are looked for letter by letter: which words of a text count, and where."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import THOROUGH, mixed_text, prose

from assistant.language import placed_words
from assistant.retrieval import highlights
from assistant.retrieval.asked_words import Asked, AskedWord, asked_words

# What is asked, a text, what is found in it.
FOUND = [
    ("وهران", "زرنا وَهْران أمس.", ["وَهْران"]),
    ("وهران", "من وهران؛ بوهران ولوهران ووهران", ["وهران", "بوهران", "ولوهران", "ووهران"]),
    ("وهران", "طهران ومهران", []),
    ("وهران", "دينك هرانت", []),  # Hrant: the stem of both, less the first letter of one
    ("والجزائر", "في الجزائر والجزائري", ["الجزائر", "والجزائري"]),
    ("وهران", "الوهرانية", ["الوهرانية"]),
    ("الأمانة", "أمانته وبالامانه", ["أمانته", "وبالامانه"]),
    ("مستشفي", "في مستشفى المدينة", ["مستشفى"]),
    ("museum", "Museums: the MUSEUM's hall", ["Museums", "MUSEUM's"]),
    ("museum", "a museumgoer", []),
    ("8400", "8,400 و٨٤٠٠ و84001", ["8,400", "٨٤٠٠"]),
    ("وزارة النقل", "قالت وزارة النقل، ولوزارة النقل وزارة", ["وزارة النقل", "ولوزارة النقل"]),
    ("University of Oran", "the University of Oran, a university in Oran", ["University of Oran"]),
    ("in", "In India, in Iran", ["In", "in"]),
    ('"night train"', "Night trains, a night train.", ["night train"]),
    ("«ليلي»", "القطار الليلي، قطار ليلى", ["ليلى"]),
    ("doe", "What does a doe eat?", ["doe"]),
    ("a a", "a a a a a", ["a a", "a a"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "text", "expected"), FOUND, ids=[f"{a} | {t}" for a, t, _ in FOUND]
)
def test_asked_words_are_found_where_they_stand(asked: str, text: str, expected: list) -> None:
    found = asked_words(asked).find(text)

    assert [text[f.span.start : f.span.end] for f in found] == expected


@pytest.mark.parametrize("text", ["", " ", "«»", '""', "؟", "\u200f"], ids=ascii)
def test_text_without_words_asks_for_nothing(text: str) -> None:
    assert asked_words(text).words == ()


@pytest.mark.parametrize(
    ("text", "is_exact"),
    [('"a b"', True), ("“a b”", True), ("«a b»", True), ('a "b"', False), ("a b", False)],
)
def test_only_a_whole_quotation_is_exact(text: str, is_exact: bool) -> None:
    assert asked_words(text).is_exact is is_exact


def test_other_words_are_found_in_either_order_with_stop_words_between() -> None:
    asked = Asked(
        (
            AskedWord("وزاره", {"ministri": "translation"}),
            AskedWord("الخارجيه", {"foreign": "translation", "lavrov": "name"}),
        )
    )
    text = "The Foreign Ministry; the Ministry of Foreign Affairs; Lavrov's ministry."

    found = asked.find(text)

    assert [(text[f.span.start : f.span.end], f.relation) for f in found] == [
        ("Foreign Ministry", "translation"),
        ("Ministry of Foreign", "translation"),
        ("Lavrov's ministry", "name"),
    ]


def test_other_words_do_not_count_for_a_quotation() -> None:
    asked = Asked((AskedWord("وهران", {"oran": "translation"}),), is_exact=True)

    assert asked.find("Oran") == []
    assert len(replace(asked, is_exact=False).find("Oran")) == 1


# Highlights

MARKED = [
    ("متى افتتح متحف وهران؟", "افتُتح مُتْحَفُ وهران", ["افتُتح", "مُتْحَفُ", "وهران"]),
    ("museum coins", "The museum keeps a coin.", ["museum", "coin"]),
    ('"city museum"', "A museum: the City Museum", ["City Museum"]),
    ("the", "Then the end", ["the"]),
    ("museum", "متحف", []),
    ("", "museum", []),
]


@pytest.mark.parametrize(("query", "text", "expected"), MARKED, ids=[q for q, _, _ in MARKED])
def test_highlights_are_the_words_of_the_query(query: str, text: str, expected: list) -> None:
    assert [text[s.start : s.end] for s in highlights(text, query)] == expected


def test_highlights_of_other_words_are_marked_too() -> None:
    text = "متحف وهران: the museum of Oran"

    assert [text[s.start : s.end] for s in highlights(text, "museum", ("متحف", "Oran", ""))] == [
        "متحف",
        "museum",
        "Oran",
    ]


@THOROUGH
@given(st.one_of(mixed_text(), prose()), st.data())
def test_highlights_are_ordered_apart_and_whole_words(text: str, data: st.DataObject) -> None:
    placed = placed_words(text)
    some = st.sampled_from([w.word for w in placed]) if placed else st.just("a")
    query = " ".join(data.draw(st.lists(some, max_size=3)))
    others = data.draw(st.lists(some, max_size=2))

    spans = highlights(text, query, others)

    assert all(a.end <= b.start for a, b in pairwise(spans))
    starts, ends = {w.start for w in placed}, {w.end for w in placed}
    assert all(s.start in starts and s.end in ends for s in spans)
    if placed and (others or query):
        assert spans
