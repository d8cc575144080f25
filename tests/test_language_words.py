"""Words, content words and grams, in any mixture of scripts."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import ARABIC, LATIN, THOROUGH, mixed_text

from assistant.language import (
    content_words,
    fold,
    grams,
    placed_words,
    question_words,
    stems,
    stop_words,
    word_spans,
    words,
)

WORDS = [
    ("empty", "", []),
    ("nothing-but-signs", "... ،؛ -- «»", []),
    ("arabic", "وقالت الخارجية إنّ", ["وقالت", "الخارجيه", "ان"]),
    ("english", "The Minister's reply", ["the", "minister's", "reply"]),
    ("no-spaces-around-signs", "السلم،الأمن/الحوار", ["السلم", "الامن", "الحوار"]),
    ("curly-apostrophe", "don’t", ["don't"]),
    ("apostrophe-at-the-edges", "'tis the dogs'", ["tis", "the", "dogs"]),
    ("quotes", "'word' “word”", ["word", "word"]),
    ("underscore", "snake_case", ["snake", "case"]),
    ("hyphen", "state-of-the-art", ["state", "of", "the", "art"]),
    ("number", "2024.", ["2024"]),
    ("thousands", "1,234,567", ["1234567"]),
    ("thousands-with-decimals", "1,234.50", ["1234.50"]),
    ("thousands-arabic", "١٬٢٣٤٬٥٦٧", ["1234567"]),
    ("thousands-arabic-with-decimals", "١٬٢٣٤٫٥", ["1234.5"]),
    ("thousands-persian", "۱٬۲۳۴", ["1234"]),
    ("no-thousands", "12,34", ["12,34"]),
    ("decimal", "3.14", ["3.14"]),
    ("decimal-arabic", "٣٫١٤", ["3.14"]),
    ("clock", "12:30", ["12:30"]),
    ("version", "1.2.3", ["1.2.3"]),
    ("date", "10/02/2024", ["10", "02", "2024"]),
    ("percent", "45% و٤٥٪", ["45", "و", "45"]),
    ("list-of-numbers", "1, 2, 3", ["1", "2", "3"]),
    ("number-then-comma", "في 2024، وفي 2025", ["في", "2024", "وفي", "2025"]),
    ("digits-behind-arabic", "كوفيد19", ["كوفيد", "19"]),
    ("digits-behind-latin", "covid19", ["covid", "19"]),
    ("digits-before-latin", "3D", ["3", "d"]),
    ("arabic-before-latin", "بالـiPhone", ["بال", "iphone"]),
    ("latin-before-arabic", "PDFملف", ["pdf", "ملف"]),
    ("tashkeel", "كَتَبَ", ["كتب"]),
    ("tatweel", "فـــي", ["في"]),
    ("zero-width-inside", "con\u00adsul\u200btation", ["consultation"]),
    ("bidi-around", "\u2067سند\u2069", ["سند"]),
    ("ligature", "\ufdf2", ["الله"]),
    ("cyrillic", "Москва", ["москва"]),
]


@pytest.mark.parametrize(
    ("text", "expected"), [row[1:] for row in WORDS], ids=[row[0] for row in WORDS]
)
def test_words_of(text, expected):
    assert words(text) == expected


@THOROUGH
@given(mixed_text())
def test_words_are_folded_and_split_no_further(text):
    found = words(text)
    assert words(" ".join(found)) == found
    assert words(fold(text)) == found
    assert all(word == fold(word) for word in found)


@THOROUGH
@given(mixed_text())
def test_word_spans_are_where_the_words_stand(text):
    folded = fold(text)
    spans = word_spans(folded)
    assert [words(folded[start:end]) for start, end in spans] == [[word] for word in words(text)]
    ends = [0, *(end for _, end in spans)]
    for (start, end), previous in zip(spans, ends, strict=False):
        assert previous <= start < end <= len(folded)


@THOROUGH
@given(mixed_text())
def test_words_leave_out_no_letter_and_no_digit(text):
    kept = "".join(words(text))
    assert [c for c in fold(text) if c.isascii() and c.isalnum()] == [
        c for c in kept if c.isascii() and c.isalnum()
    ]


CONTENT = [
    ("arabic-question", "من ترأس الدورة الأولى؟", ["تراس", "الدوره", "الاولي"]),
    ("english-question", "Who chaired the first round?", ["chaired", "first", "round"]),
    ("hamza-does-not-matter", "الى المدينة إلى القرية", ["المدينه", "القريه"]),
    ("case-does-not-matter", "THE End OF The Road", ["end", "road"]),
    ("numbers-stay", "في عام 2024", ["عام", "2024"]),
    ("stop-words-only", "هل هذا من ذلك؟ What is it?", []),
    ("order-and-repeats-stay", "dog eats dog", ["dog", "eats", "dog"]),
]


@pytest.mark.parametrize(
    ("text", "expected"), [row[1:] for row in CONTENT], ids=[row[0] for row in CONTENT]
)
def test_content_words_of(text, expected):
    assert content_words(text) == expected


def test_stems_are_those_of_the_content_words():
    text = "من ترأس المشاورات السياسية؟ Who chaired the consultations?"
    assert stems(text) == ["تراس", "مشاور", "سياس", "chair", "consult"]


@pytest.mark.parametrize("listed", [stop_words, question_words], ids=["stop", "question"])
def test_listed_words_are_found_again_as_words(listed):
    assert sorted(word for word in listed() if words(word) != [word]) == []


def test_question_words_are_stop_words():
    assert question_words() < stop_words()
    asked = "من ما متى أين كيف كم لماذا هل أي who whom what when where which why how"
    assert {fold(word) for word in asked.split()} <= question_words()


@pytest.mark.parametrize("word", "وزير روسيا الدورة عام minister treaty russia year".split())
def test_telling_words_are_no_stop_words(word):
    assert fold(word) not in stop_words()


GRAMS = [
    ("one-letter", "a", ("^a$",)),
    ("two-letters", "في", ("^في$",)),
    ("three-letters", "سند", ("^سند", "سند$")),
    ("five-letters", "round", ("^rou", "roun", "ound", "und$")),
    ("number", "2024", ("2024",)),
    ("decimal", "3.14", ("3.14",)),
]


@pytest.mark.parametrize(
    ("word", "expected"), [row[1:] for row in GRAMS], ids=[row[0] for row in GRAMS]
)
def test_grams_of(word, expected):
    assert grams(word) == expected


@THOROUGH
@given(st.text(ARABIC + LATIN, min_size=1, max_size=15).map(fold))
def test_grams_spell_the_word(word):
    pieces = grams(word)
    assert pieces[0] + "".join(piece[-1] for piece in pieces[1:]) == f"^{word}$"
    assert len(word) < 2 or all(len(piece) == 4 for piece in pieces)


def test_grams_of_two_spellings_overlap():
    assert len(set(grams("بوغدانوف")) & set(grams("بوغدانف"))) >= 4
    assert len(set(grams("bogdanov")) & set(grams("bogdanow"))) >= 4


# Words in their places


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("في وَهْرَانَ.", [("في", "في"), ("وهران", "وَهْرَانَ")]),
        ("ووهـــران", [("ووهران", "ووهـــران")]),
        ("1,200 ١٬٢٠٠", [("1200", "1,200"), ("1200", "١٬٢٠٠")]),
        ("\u2067Oran\u2069.", [("oran", "Oran")]),
        ("cafe\u0301s", [("cafes", "cafe\u0301s")]),
        ("كوفيد19", [("كوفيد", "كوفيد"), ("19", "19")]),
        ("لا \ufefb", [("لا", "لا"), ("لا", "\ufefb")]),
        ("", []),
        ("؟!", []),
    ],
    ids=["tashkeel", "tatweel", "numbers", "bidi", "accent", "joined", "ligature", "none", "signs"],
)
def test_placed_words_stand_where_they_are_written(text: str, expected: list) -> None:
    assert [(w.word, text[w.start : w.end]) for w in placed_words(text)] == expected


def test_words_of_one_character_have_its_place() -> None:
    assert {(w.start, w.end) for w in placed_words("\ufdfa")} == {(0, 1)}
    assert [w.word for w in placed_words("\ufdfa")] == words("\ufdfa")


@THOROUGH
@given(mixed_text())
def test_placed_words_are_the_words_and_part_no_letter_from_its_marks(text: str) -> None:
    placed = placed_words(text)

    assert [w.word for w in placed] == words(text)
    for before, after in pairwise(placed):
        assert before.end <= after.start or (before.start, before.end) == (after.start, after.end)
    for word in placed:
        assert word.start < word.end
        assert not unicodedata.category(text[word.start]).startswith("M")
        assert word.end == len(text) or not unicodedata.category(text[word.end]).startswith("M")
