"""Words that name a country or a city."""

from __future__ import annotations

import pytest

from assistant.language import stem, words
from assistant.lexicon import is_place


@pytest.mark.parametrize(
    ("word", "place"),
    [
        ("London", True),
        ("لندن", True),
        ("بموسكو", True),  # with its preposition
        ("الجزائر", True),
        ("Algeria", True),
        ("القاهرة", True),
        ("table", False),
        ("كتاب", False),
        ("بيت", False),
        ("wake", False),  # an island and a verb
        ("2024", False),
    ],
)
def test_is_place(word: str, place: bool) -> None:
    assert is_place(stem(words(word)[0])) is place
