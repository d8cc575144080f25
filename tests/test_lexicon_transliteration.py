"""Names across scripts: their parts, their spellings, their vectors."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import THOROUGH, WORDS, mixed_text

from assistant.language import words
from assistant.lexicon import name_vectors, spellings
from assistant.lexicon.tables import array
from assistant.lexicon.transliteration import name_grams

NAMES = {
    "بوتين": "putin",
    "لافروف": "lavrov",
    "عطاف": "attaf",
    "تبون": "tebboune",
    "موسكو": "moscow",
    "ماكرون": "macron",
    "زيلينسكي": "zelensky",
    "بوغدانوف": "bogdanov",
    "مقرمان": "maqramane",
    "كلينتون": "clinton",
    "اوباما": "obama",
    "شكسبير": "shakespeare",
    "بيتهوفن": "beethoven",
    "طوكيو": "tokyo",
    "واشنطن": "washington",
    "برلين": "berlin",
    "احمد": "ahmed",
    "محمد": "mohammed",
    "يوسف": "yusuf",
    "سمرقند": "samarkand",
    "حداد": "haddad",
}
ANY_TEXT = st.one_of(st.text(), mixed_text(), st.sampled_from(WORDS))


@pytest.mark.parametrize(
    ("word", "grams"),
    [
        ("ab", ["a", "b", "^a", "ab", "b$", "^ab", "ab$", "^ab$"]),
        ("a", ["a", "^a", "a$", "^a$"]),
        ("لا", ["ل", "ا", "^ل", "لا", "ا$", "^لا", "لا$", "^لا$"]),
        ("", ["^$"]),
        (
            "abcd",
            [
                *("a", "b", "c", "d", "^a", "ab", "bc", "cd", "d$"),
                *("^ab", "abc", "bcd", "cd$", "^abc", "abcd", "bcd$"),
            ],
        ),
    ],
)
def test_grams_of_a_name(word: str, grams: list[str]) -> None:
    assert name_grams(word) == grams


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("putin", ["putin"]),
        ("o'brien", ["o'brien"]),
        ("بوتين", ["بوتين", "وتين"]),  # a name may begin with a letter that may be a preposition
        ("وبوتين", ["وبوتين", "بوتين"]),
        ("لعطاف", ["لعطاف", "عطاف"]),
        ("القاهرة", ["القاهرة", "قاهرة"]),
        ("والقاهرة", ["والقاهرة", "قاهرة", "القاهرة"]),
        ("بالرباط", ["بالرباط", "رباط", "الرباط"]),
        ("للرباط", ["للرباط", "رباط", "لرباط"]),
        ("كمال", ["كمال", "مال"]),
        ("علي", ["علي"]),
        ("ولي", ["ولي"]),  # two letters are no name
        ("", [""]),
        ("2024", ["2024"]),
    ],
)
def test_spellings_of_a_name(word: str, expected: list[str]) -> None:
    assert spellings(word) == expected


@THOROUGH
@given(ANY_TEXT)
def test_spellings_begin_with_the_word_and_are_its_ends(word: str) -> None:
    found = spellings(word)

    assert found[0] == word
    assert len(set(found)) == len(found)
    assert all(word.endswith(spelling) for spelling in found[1:])


def test_vectors_have_one_row_a_word() -> None:
    vectors = name_vectors(["putin", "بوتين", "putin"])

    assert vectors.shape == (3, array("name_vectors").shape[1])
    assert vectors.dtype == np.float32
    assert (vectors[0] == vectors[2]).all()
    assert name_vectors([]).shape == (0, vectors.shape[1])


@THOROUGH
@given(st.lists(ANY_TEXT, max_size=5))
def test_vectors_are_of_length_one_or_zero(names: list[str]) -> None:
    vectors = name_vectors(names)

    assert vectors.shape[0] == len(names)
    for vector in vectors:
        assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5) or not vector.any()


@pytest.mark.parametrize("word", ["", "\U0001f600", "\u4e2d\u6587", "\ud800"])
def test_word_without_known_parts_has_no_vector(word: str) -> None:
    assert not name_vectors([word]).any()


@pytest.mark.parametrize(("arabic", "english"), NAMES.items())
def test_name_is_nearest_to_itself_in_the_other_script(arabic: str, english: str) -> None:
    assert words(arabic) == [arabic]
    theirs, ours = name_vectors(list(NAMES.values())), name_vectors(list(NAMES))
    across = theirs @ name_vectors([arabic])[0]
    back = ours @ name_vectors([english])[0]

    assert list(NAMES.values())[int(across.argmax())] == english
    assert list(NAMES)[int(back.argmax())] == arabic
    assert across.max() > 0.55
    assert np.sort(across)[-2] < across.max() - 0.1


def test_vectors_in_many_threads_are_the_same_as_in_one() -> None:
    alone = name_vectors(list(NAMES))
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(name_vectors, [list(NAMES)] * 40))

    assert all((vectors == alone).all() for vectors in found)


def test_vectors_of_many_words_are_those_of_each_alone() -> None:
    words = ["putin", "بوتين", "", "ø", "tebboune", "تبون"] * 60
    together = name_vectors(words)

    assert together.shape[0] == len(words)
    for word, vector in zip(words[:6], together[:6], strict=True):
        assert np.array_equal(name_vectors([word])[0], vector)
    assert np.array_equal(together[:6], together[-6:])
