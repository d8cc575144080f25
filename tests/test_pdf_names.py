"""Names of glyphs, and the characters that they say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.documents.pdf.characters import cleaned
from assistant.documents.pdf.names import text_of


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("uni0628", "ب"),
        ("uni06440627", "لا"),
        ("uni06440627.fina", "لا"),
        ("uni0644_uni0627", "لا"),
        ("u0628", "ب"),
        ("u1F600", "\U0001f600"),
        ("beh-ar", "ب"),
        ("beh-ar.init", "ب"),
        ("lam_alef-ar", "لا"),
        ("lam_alef-ar.fina.alt", "لا"),
        ("behinitial", "ب"),
        ("alefwithhamzaabovefinal", "أ"),
        ("alefHamzaabove-ar", "أ"),
        ("lamalef", "لا"),
        ("lamaleffinal", "لا"),
        ("lamwithalefisolated", "لا"),
        ("tehmarbuta", "ة"),
        ("alefmaksura", "ى"),
        ("lamwithalefhamzaaboveisolated", "لأ"),
        ("arabickaffinal", "ك"),
        ("arabiccomma", "،"),
        ("comma-ar", "،"),
        ("question-ar", ""),
        ("questionmark-ar", "؟"),
        ("kasra", "\u0650"),
        ("kasra-ar", "\u0650"),
        ("shadda", "\u0651"),
        # What says nothing, or not for certain.
        ("g23", ""),
        ("glyph1234", ""),
        ("cid00123", ""),
        ("a97", ""),
        ("A", ""),
        ("e", ""),
        ("u", ""),
        ("comma", ""),
        ("beh_g23", ""),
        ("uni", ""),
        ("uni06", ""),
        ("uniD800", ""),
        ("uni0009", ""),
        ("uFFFFFF", ""),
        (".notdef", ""),
        ("", ""),
    ],
)
def test_name_says_a_text_or_nothing(name, text) -> None:
    assert cleaned(text_of(name)) == text


@given(st.text(max_size=40))
def test_any_name_gives_text_that_can_be_stored(name) -> None:
    text_of(name).encode("utf-8")


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=4))
def test_name_by_numbers_gives_its_characters(text) -> None:
    name = "_".join(f"u{ord(character):04X}" for character in text)

    assert text_of(name) == text
