"""Translations of stems both ways, and stems of one root."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import THOROUGH, mixed_text

from assistant.language import is_arabic, stem, stop_words, words
from assistant.lexicon import gloss, related, translated_by, translations
from assistant.lexicon.tables import stem_vocabulary

# Weights are stored in 16 bits.
EPSILON = 2e-3

PAIRS = [
    ("زار", "visit"),
    ("رئيس", "president"),
    ("وزير", "minister"),
    ("حكومة", "government"),
    ("مدينة", "city"),
    ("كتاب", "book"),
    ("مدرسة", "school"),
    ("مستشفى", "hospital"),
    ("ماء", "water"),
    ("حرب", "war"),
    ("سلام", "peace"),
    ("اتفاق", "agreement"),
    ("اقتصاد", "economy"),
    ("شركة", "company"),
    ("بنك", "bank"),
    ("قانون", "law"),
    ("محكمة", "court"),
    ("انتخابات", "elections"),
    ("جيش", "army"),
    ("طائرة", "plane"),
    ("قطار", "train"),
    ("متحف", "museum"),
    ("جامعة", "university"),
    ("طبيب", "doctor"),
    ("سيارة", "car"),
    ("نفط", "oil"),
    ("فبراير", "February"),
    ("شباط", "February"),
    ("يناير", "January"),
    ("أيلول", "September"),
    ("سبتمبر", "September"),
]


def stemmed(word: str) -> str:
    (folded,) = words(word)
    return stem(folded)


@pytest.mark.parametrize(("arabic", "english"), PAIRS)
def test_known_words_are_translated_both_ways(arabic: str, english: str) -> None:
    one, other = stemmed(arabic), stemmed(english)

    assert translations(one)[other] > 0.05
    assert translations(other)[one] > 0.02
    assert translated_by(one)[other] > 0.02
    assert translated_by(other)[one] > 0.05


@pytest.mark.parametrize(
    ("word", "likeliest"),
    [
        ("رئيس", "president"),
        ("زار", "visit"),
        ("مدرسة", "school"),
        ("حكومة", "government"),
        ("شباط", "February"),
        ("president", "رئيس"),
        ("war", "حرب"),
        ("school", "مدرسة"),
        ("agreement", "اتفاق"),
        ("university", "جامعة"),
    ],
)
def test_likeliest_translation_comes_first(word: str, likeliest: str) -> None:
    found = translations(stemmed(word))

    assert next(iter(found)) == max(found, key=found.get) == stemmed(likeliest)


@pytest.mark.parametrize("table", [translations, translated_by, related])
@pytest.mark.parametrize("word", ["qzxqzxqzx", "غظضذغظض", "", "2024", "\ud800", "الوزير", "Visits"])
def test_word_that_is_no_known_stem_has_none(table: object, word: str) -> None:
    assert table(word) == {}


def sample() -> list[str]:
    stems = stem_vocabulary()
    return [stems[i] for i in range(0, len(stems), 13)]


def test_translations_are_probabilities_in_the_other_script() -> None:
    stop = stop_words()
    count = 0
    for one in sample():
        found = translations(one)
        count += len(found)
        assert all(0 < p <= 1 for p in found.values())
        assert sum(found.values()) <= 1 + EPSILON
        assert all(is_arabic(other) != is_arabic(one) for other in found)
        assert list(found.values()) == sorted(found.values(), reverse=True)
        assert not found.keys() & stop

    assert count > 1000


def test_backward_weights_are_the_others_forward_ones() -> None:
    count = 0
    for one in sample():
        for other, p in translated_by(one).items():
            count += 1
            assert 0 < p <= 1
            assert is_arabic(other) != is_arabic(one)
            assert translations(other)[one] == pytest.approx(p, abs=EPSILON)

    assert count > 1000


def test_related_stems_are_likenesses_in_the_same_script_both_ways() -> None:
    count = 0
    for one in sample():
        for other, weight in related(one).items():
            count += 1
            assert 0 < weight <= 1
            assert other != one
            assert is_arabic(other) == is_arabic(one)

    assert count > 100


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("زار", "زيارة"),
        ("كتاب", "كاتب"),
        ("انتخابات", "ناخب"),
        ("president", "presidential"),
        ("economy", "economist"),
        ("law", "lawyer"),
    ],
)
def test_words_of_one_root_are_related(word: str, other: str) -> None:
    assert stemmed(other) in related(stemmed(word))


@THOROUGH
@given(st.one_of(st.text(), mixed_text()))
def test_any_text_has_translations_or_none(text: str) -> None:
    for table in (translations, translated_by, related):
        assert all(0 < weight <= 1 for weight in table(text).values())


# The gloss


@pytest.mark.parametrize(
    ("arabic", "english"),
    [
        ("زار", "visit"),
        ("رئيس", "president"),
        ("وزير", "minister"),
        ("مدرسة", "school"),
        ("شباط", "february"),
        ("مستشفى", "hospital"),
    ],
)
def test_gloss_is_the_word_that_translates_best(arabic: str, english: str) -> None:
    assert gloss(stemmed(arabic)) == english


@pytest.mark.parametrize("word", ["president", "qzxqzxqzx", "غظضذغظض", "", "2024", "\ud800"])
def test_gloss_of_anything_else_is_nothing(word: str) -> None:
    assert gloss(word) == ""


def test_glosses_are_english_words() -> None:
    glosses = {gloss(one) for one in sample() if is_arabic(one)}

    assert len(glosses) > 500
    assert all(english.isascii() for english in glosses)
    assert all(english == english.lower() for english in glosses)
