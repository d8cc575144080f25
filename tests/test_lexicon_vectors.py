"""Static bilingual word vectors, and those of whole texts."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import THOROUGH, mixed_text

from assistant.language import stem, stems, words
from assistant.lexicon import (
    dimensions,
    knows,
    passage_rate,
    stem_vectors,
    text_vector,
    text_vectors,
)
from assistant.lexicon.tables import array, stem_vocabulary

UNKNOWN = "qzxqzxqzx"
PAIRS = [
    ("طبيب", "doctor"),
    ("مدرسة", "school"),
    ("حرب", "war"),
    ("قطار", "train"),
    ("نفط", "oil"),
    ("محكمة", "court"),
    ("متحف", "museum"),
    ("رئيس", "president"),
    ("شباط", "february"),
]


def unit(*given_words: str) -> np.ndarray:
    vectors = stem_vectors([stem(words(word)[0]) for word in given_words])
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_vectors_have_one_row_a_stem() -> None:
    vectors = stem_vectors(["visit", "war", "visit"])

    assert vectors.shape == (3, dimensions())
    assert vectors.dtype == np.float32
    assert (vectors[0] == vectors[2]).all()
    assert (vectors[0] != vectors[1]).any()
    assert stem_vectors([]).shape == (0, dimensions())


def test_vector_is_the_stored_row_times_its_scale() -> None:
    row = stem_vocabulary().find("visit")
    expected = array("stem_vectors")[row].astype(float) * float(array("stem_scales")[row])

    assert stem_vectors(["visit"])[0] == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("other", [UNKNOWN, "", "غظضذغظض", "\ud800"])
def test_unknown_stem_has_no_vector(other: str) -> None:
    """It must not get the last row of the table."""
    last = stem_vocabulary()[-1]
    vectors = stem_vectors([other, "visit", other, last])

    assert not vectors[0].any()
    assert not vectors[2].any()
    assert (vectors[1] == stem_vectors(["visit"])[0]).all()
    assert (vectors[3] == stem_vectors([last])[0]).all()


@pytest.mark.parametrize(("arabic", "english"), PAIRS)
def test_translation_is_the_nearest_of_the_others(arabic: str, english: str) -> None:
    alike = unit(*(other for _, other in PAIRS)) @ unit(arabic)[0]

    assert PAIRS[int(alike.argmax())][1] == english


@pytest.mark.parametrize(
    ("near", "far"),
    [
        (("doctor", "physician"), ("doctor", "train")),
        (("king", "queen"), ("king", "oil")),
        (("قطار", "سفينة"), ("قطار", "محكمة")),
        (("car", "سيارة"), ("car", "كتاب")),
    ],
)
def test_like_words_are_nearer(near: tuple[str, str], far: tuple[str, str]) -> None:
    assert unit(near[0])[0] @ unit(near[1])[0] > unit(far[0])[0] @ unit(far[1])[0] + 0.1


def test_telling_stems_have_longer_vectors() -> None:
    common, rare = (np.linalg.norm(stem_vectors([s])[0]) for s in ("year", "lighthous"))

    assert passage_rate("year") > passage_rate("lighthous")
    assert rare > common


# Texts


def test_text_vector_is_the_sum_of_its_stems_with_repetitions_counted_less() -> None:
    """A stem counts 2.2 n / (n + 1.2): 1 for once, 1.375 for twice, 1.571 for three times."""
    visit, war, oil = stem_vectors(["visit", "war", "oil"]).astype(float)
    summed = visit + 1.375 * war + 1.5714286 * oil

    found = text_vector({"visit": 1, "war": 2, "oil": 3})

    assert found == pytest.approx(summed / np.linalg.norm(summed), abs=1e-5)
    assert found.shape == (dimensions(),)
    assert found.dtype == np.float32


def test_text_vector_of_one_stem_is_its_direction() -> None:
    for count in (1, 5):
        assert text_vector({"visit": count}) == pytest.approx(unit("visit")[0], abs=1e-5)


@pytest.mark.parametrize("counts", [{}, {UNKNOWN: 3}, {"": 1, "2024": 2}])
def test_text_without_known_stems_is_zero(counts: dict[str, int]) -> None:
    vector = text_vector(counts)

    assert vector.shape == (dimensions(),)
    assert vector.dtype == np.float32
    assert not vector.any()


def test_unknown_stems_do_not_count() -> None:
    assert (text_vector({UNKNOWN: 9, "war": 2}) == text_vector({"war": 2})).all()


@THOROUGH
@given(st.lists(mixed_text(), max_size=4))
def test_vectors_of_texts_at_once_are_those_of_each(texts: list[str]) -> None:
    counts = [Counter(stems(text)) for text in texts]
    names = [name for count in counts for name in count]
    times = [count[name] for count in counts for name in count]

    found = text_vectors(
        stem_vectors(names), np.array(times, np.float32), [len(count) for count in counts]
    )

    assert found.shape == (len(texts), dimensions())
    for count, vector in zip(counts, found, strict=True):
        assert vector == pytest.approx(text_vector(count), abs=1e-6)


@THOROUGH
@given(mixed_text())
def test_text_vector_is_of_length_one_or_zero(text: str) -> None:
    counts = Counter(stems(text))
    vector = text_vector(counts)

    length = np.linalg.norm(vector)
    assert length == pytest.approx(1, abs=1e-5) or not vector.any()
    if not any(map(knows, counts)):
        assert not vector.any()


@THOROUGH
@given(st.lists(st.sampled_from("visit war oil school حرب مدرس".split()), max_size=12))
def test_order_of_stems_does_not_matter(order: list[str]) -> None:
    assert text_vector(Counter(order)) == pytest.approx(
        text_vector(Counter(reversed(order))), abs=1e-5
    )


def test_sentences_are_nearer_to_their_translations_than_to_others() -> None:
    pairs = [
        ("وقعت الشركة عقدا لبناء مستشفى جديد", "The company signed a contract for a new hospital"),
        ("هطلت أمطار غزيرة على المدينة", "Heavy rain fell on the city"),
        ("فاز الفريق بالمباراة النهائية", "The team won the final match"),
        ("ارتفعت أسعار النفط أمس", "Oil prices rose yesterday"),
        ("زار الوزير معرض الكتاب", "The minister visited the book fair"),
    ]
    arabic, english = (
        np.array([text_vector(Counter(stems(pair[side]))) for pair in pairs]) for side in (0, 1)
    )
    alike = arabic @ english.T

    assert list(alike.argmax(axis=1)) == list(alike.argmax(axis=0)) == list(range(len(pairs)))
