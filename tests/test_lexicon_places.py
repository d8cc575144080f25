"""Words that name a country or a city."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import THOROUGH, mixed_text

from assistant.language import stem, words
from assistant.lexicon import is_place
from assistant.lexicon.tables import Vocabulary


@pytest.mark.parametrize(
    "name", "Moscow Algeria Berlin Japan Cairo موسكو الجزائر برلين اليابان القاهرة روسيا".split()
)
def test_countries_and_cities_are_places(name: str) -> None:
    (folded,) = words(name)

    assert is_place(stem(folded))


@pytest.mark.parametrize(
    "word",
    ["museum", "president", "متحف", "رئيس", "putin", "qzxqzx", "", "2024", "\ud800", "Moscow"],
)
def test_other_words_are_none(word: str) -> None:
    assert not is_place(word)


@THOROUGH
@given(st.one_of(st.text(), mixed_text()))
def test_any_text_is_a_place_or_not(text: str) -> None:
    assert is_place(text) == (text in set(Vocabulary("places")))
