"""The words that an Arabic word makes with particles and pronouns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import THOROUGH

from assistant.language import fold, written_forms


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("وهران", "وهران"),
        ("وهران", "ووهران"),
        ("وهران", "بوهران"),
        ("وهران", "لوهران"),
        ("وهران", "كوهران"),
        ("وهران", "ولوهران"),
        ("دم", "والدم"),
        ("لغة", "للغة"),
        ("الجزائر", "للجزائر"),
        ("الجزائر", "جزائر"),
        ("الجزائر", "وبالجزائر"),
        ("مدرسة", "مدرستهم"),
        ("مدرسة", "ومدرستي"),
        ("مدرسة", "وبمدرستنا"),
        ("مستشفى", "مستشفاه"),
        ("أصدقاء", "أصدقاؤه"),
        ("أصدقاء", "لأصدقائها"),
        ("كتاب", "كتابكم"),
        ("مدينة", "كالمدينة"),
    ],
)
def test_form_of_a_word_is_among_them(word: str, written: str) -> None:
    assert fold(written) in written_forms(fold(word))


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("تاب", "كتاب"),  # to repent, a book
        ("يد", "وليد"),  # a hand, a name
        ("نان", "لبنان"),
        ("بنان", "لبنان"),  # fingertips, Lebanon: its own letter
        ("وهران", "طهران"),
        ("مدرسة", "مدرس"),
    ],
)
def test_other_word_is_not_among_them(word: str, other: str) -> None:
    assert fold(other) not in written_forms(fold(word))


@pytest.mark.parametrize("word", ["oran", "2024", "a"])
def test_word_that_is_not_arabic_has_itself_only(word: str) -> None:
    assert written_forms(word) == {word}


@THOROUGH
@given(st.text("ءابتةثجحخدذرزسشصضطظعغفقكلمنهوي", min_size=1, max_size=8).map(fold))
def test_word_is_a_form_of_itself_and_every_form_holds_its_beginning(word: str) -> None:
    forms = written_forms(word)

    assert word in forms
    base = word[2:] if word.startswith("ال") and len(word) > 4 else word
    assert all(base[:-1] in form for form in forms)
    assert all(fold(form) == form for form in forms)
