"""A sentence as it is compared with questions."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import THOROUGH, mixed_text

from assistant.language import content_words, grams, stem, stems, time_terms, words
from assistant.lexicon import dimensions, knows, text_vector
from assistant.retrieval.reading import (
    covered,
    length,
    rarity,
    read_sentence,
    read_sentences,
    unit_vectors,
)

ENGLISH = "The ships met a ship in Wahran."
ARABIC = "زار قزحبلوط متحف المدينة وزار الميناء."


def test_sentence_is_read() -> None:
    reading = read_sentence(ENGLISH)

    assert reading.text == ENGLISH
    assert reading.stems == ("ship", "met", "ship", "wahran")
    assert reading.unlike == ("ship", "met", "wahran")
    assert reading.grams == {*grams("ships"), *grams("met"), *grams("ship"), *grams("wahran")}
    assert reading.vectors.shape == (3, dimensions())
    whole = text_vector({"ship": 2, "met": 1, "wahran": 1})
    assert reading.vector == pytest.approx(whole, abs=1e-6)
    assert reading.unknown == frozenset()  # English words are told by their capitals


def test_arabic_words_in_no_table_are_unknown() -> None:
    assert read_sentence(ARABIC).unknown == {"قزحبلوط"}
    assert read_sentence("زار الوزير المتحف.").unknown == frozenset()


def test_dates_are_terms_of_a_sentence() -> None:
    reading = read_sentence("It opened on 10 February 2024.")

    assert {"2024-02", "2024-02-10", "--02"} <= set(reading.unlike)
    assert reading.unlike[:3] == ("open", "10", "februari")
    assert not {"2024-02", "2024-02-10", "--02"} & set(reading.stems)
    assert len(reading.vectors) == len(reading.unlike)


@pytest.mark.parametrize(
    ("text", "stems", "more"),
    [
        ("وزار الوزير الميناء.", ("وزار", "وزير", "ميناء"), ("زار",)),  # "and he visited"
        ("اجتمعت وزارة النفط.", ("اجتمع", "وزار", "نفط"), ()),  # "ministry"
        ("وتحدث الوزير.", ("تحدث", "وزير"), ()),  # its stem is without it already
        ("وصل الوزير.", ("وصل", "وزير"), ()),  # too short without it
    ],
)
def test_verb_behind_and_is_read_without_it_too(
    text: str, stems: tuple[str, ...], more: tuple[str, ...]
) -> None:
    reading = read_sentence(text)

    assert reading.stems == stems
    assert [name for name in reading.unlike if name not in stems] == list(more)
    assert len(reading.vectors) == len(reading.unlike)


@pytest.mark.parametrize("text", ["", "?!", "\u200f", "the of"])
def test_sentence_without_words_is_read(text: str) -> None:
    reading = read_sentence(text)

    assert (reading.stems, reading.unlike) == ((), ())
    assert (reading.grams, reading.unknown) == (frozenset(), frozenset())
    assert reading.vectors.shape == (0, dimensions())
    assert not reading.vector.any()


@THOROUGH
@given(mixed_text())
def test_reading_agrees_with_the_words(text: str) -> None:
    reading = read_sentence(text)

    assert list(reading.stems) == stems(text)
    terms = {*stems(text), *time_terms(text, content_words(text))}
    shorter = {stem(word[1:]) for word in content_words(text) if word.startswith("و")}
    assert terms <= set(reading.unlike) <= terms | shorter
    assert len(set(reading.unlike)) == len(reading.unlike) == len(reading.vectors)
    assert not any(map(knows, reading.unknown))
    for name, vector in zip(reading.unlike, reading.vectors, strict=True):
        assert bool(vector.any()) <= knows(name)


@THOROUGH
@given(st.lists(mixed_text(), max_size=4))
def test_sentences_read_together_are_read_as_each_alone(texts: list[str]) -> None:
    together = read_sentences(tuple(texts))

    assert len(together) == len(texts)
    for text, reading in zip(texts, together, strict=True):
        alone = read_sentence(text)
        for name in ("text", "stems", "grams", "unlike", "unknown"):
            assert getattr(reading, name) == getattr(alone, name)
        assert (reading.vectors == alone.vectors).all()
        assert (reading.vector == alone.vector).all()


def test_unit_vectors_are_of_length_one_or_zero() -> None:
    vectors = unit_vectors(["visit", "qzxqzxqzx", "زار"])

    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 0, 1], abs=1e-5)
    assert unit_vectors([]).shape == (0, dimensions())


# How far a sentence has the words of a question


@pytest.mark.parametrize(
    ("meanings", "shares"),
    [
        ({"ship": {"ship": 1.0}}, [1.0]),
        ({"oil": {"oil": 1.0}}, [0.0]),
        ({"سفين": {"سفين": 1.0, "ship": 0.7}}, [0.7]),
        ({"سفين": {"سفين": 1.0, "ship": 0.7, "wahran": 0.9}}, [0.9]),  # the best counts
        ({"oil": {"oil": 1.0}, "met": {"met": 1.0}}, [0.0, 1.0]),
        ({}, []),
        ({"oil": {}}, [0.0]),
    ],
)
def test_best_meaning_counts(meanings: dict[str, dict[str, float]], shares: list[float]) -> None:
    assert covered(read_sentence(ENGLISH), meanings, {}) == pytest.approx(shares)


@pytest.mark.parametrize(
    ("word", "share"),
    [
        ("wahran", 1.0),
        ("wahrani", 4 / 6),  # ^wah wahr ahra hran, without rani and ani$
        ("bahran", 3 / 5),  # ahra hran ran$, without ^bah and bahr
        ("oran", 0.0),  # ran$ alone of three
        ("zebra", 0.0),
    ],
)
def test_word_counts_in_part_when_most_of_its_grams_are_there(word: str, share: float) -> None:
    """From six tenths on."""
    parts = frozenset(grams(word))

    assert covered(read_sentence(ENGLISH), {word: {word: 1.0}}, {word: parts}) == [
        pytest.approx(share)
    ]


def test_likelier_of_meaning_and_grams_counts() -> None:
    parts = frozenset(grams("bahran"))
    share = len(parts & read_sentence(ENGLISH).grams) / len(parts)
    for weight in (0.1, 0.99):
        (found,) = covered(read_sentence(ENGLISH), {"bahran": {"ship": weight}}, {"bahran": parts})
        assert found == max(weight, share)


@THOROUGH
@given(mixed_text(), mixed_text(12))
def test_coverage_is_a_share_and_whole_for_the_sentences_own_words(text: str, other: str) -> None:
    reading = read_sentence(text)
    asked = {stem(word): {stem(word): 1.0} for word in words(other)}
    parts = {stem(word): frozenset(grams(word)) for word in words(other)}

    assert all(0 <= share <= 1 for share in covered(reading, asked, parts))
    own = {name: {name: 1.0} for name in reading.unlike}
    assert covered(reading, own, {}) == [1.0] * len(own)


# Numbers


def test_rarity_is_computed_by_hand() -> None:
    counts = np.array([0.0, 1.0, 3.5])

    assert rarity(counts, 4) == pytest.approx([math.log(9), math.log(1 + 4 / 1.5), math.log(2)])


@pytest.mark.parametrize(
    ("characters", "expected"),
    [(120, 0.0), (240, math.log(2)), (60, -math.log(2)), (1, -math.log(120)), (0, -math.log(120))],
)
def test_length_is_over_120_characters(characters: int, expected: float) -> None:
    assert length("a" * characters) == pytest.approx(expected)
