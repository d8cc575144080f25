"""Which language a text is in and which way it runs."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import DIGITS, INVISIBLE, TASHKEEL, TATWEEL, THOROUGH, mixed_text

from assistant.language import detect_language, direction, is_in_language, main_language

LANGUAGES = [
    ("arabic", "من ترأس الدورة الأولى من المشاورات؟", "ar"),
    ("arabic-tashkeel", "كَتَبَ الوَلَدُ الدَّرْسَ", "ar"),
    ("arabic-presentation-forms", "\ufee3\ufeae\ufea3\ufe92\ufe8e", "ar"),
    ("arabic-with-a-latin-name", "أعلنت شركة Google عن مشروع جديد في المنطقة العربية", "ar"),
    ("arabic-with-many-numbers", "12345678901234567890 عام", "ar"),
    ("persian", "زبان فارسی گچ پژ", "ar"),
    ("english", "Who chaired the first round?", "en"),
    ("english-accents", "Éléonore à Orléans", "en"),
    ("english-with-an-arabic-word", "The word sanad (سند) stands for a chain of sources", "en"),
    ("half-and-half", "سند chain سلسلة chain", "mixed"),
    ("latin-exactly-a-quarter", "ابت" + "a", "mixed"),
    ("latin-below-a-quarter", "ابتث" + "a", "ar"),
    ("arabic-exactly-a-quarter", "abc" + "ا", "mixed"),
    ("arabic-below-a-quarter", "abcd" + "ا", "en"),
    ("empty", "", "und"),
    ("spaces", " \n\t", "und"),
    ("ascii-digits", "2024", "und"),
    ("arabic-digits", "٢٠٢٤", "und"),
    ("persian-digits", "۲۰۲۴", "und"),
    ("arabic-punctuation", "،؛؟٪", "und"),
    ("latin-punctuation", "...!? × ÷", "und"),
    ("tatweel-only", TATWEEL * 5, "und"),
    ("tashkeel-only", TASHKEEL, "und"),
    ("tashkeel-as-presentation-forms", "\ufe76\ufe78\ufe7c", "und"),
    ("bidi-controls", INVISIBLE, "und"),
    ("cyrillic", "Москва", "und"),
    ("chinese", "北京", "und"),
    ("emoji", "🙂🙃", "und"),
]


@pytest.mark.parametrize(
    ("text", "language"), [row[1:] for row in LANGUAGES], ids=[row[0] for row in LANGUAGES]
)
def test_language_by_share_of_letters(text, language):
    assert detect_language(text) == language


DIRECTIONS = [
    ("arabic", "مرحبا بكم", "rtl"),
    ("english", "Welcome", "ltr"),
    ("arabic-begins-with-an-english-name", "OpenAI أعلنت اليوم عن نموذج جديد للغة العربية", "rtl"),
    ("english-begins-with-an-arabic-name", "سند is a program that answers from documents", "ltr"),
    ("arabic-ends-with-english", "هذه الجملة العربية تنتهي باسم Python", "rtl"),
    ("as-many-letters-of-both", "ab اب", "rtl"),
    ("one-latin-letter-more", "abc اب", "ltr"),
    ("tashkeel-does-not-count", "abc اَبَّ", "ltr"),
    ("tatweel-does-not-count", "abc ا" + TATWEEL * 9 + "ب", "ltr"),
    ("digits", "١٢٣ 456", "ltr"),
    ("empty", "", "ltr"),
]


@pytest.mark.parametrize(
    ("text", "expected"), [row[1:] for row in DIRECTIONS], ids=[row[0] for row in DIRECTIONS]
)
def test_direction_of_the_majority(text, expected):
    assert direction(text) == expected
    assert main_language(text) == {"rtl": "ar", "ltr": "en"}[expected]


@THOROUGH
@given(mixed_text())
def test_direction_does_not_depend_on_what_comes_first(text):
    assert direction(text[::-1]) == direction(text)
    assert detect_language(text[::-1]) == detect_language(text)


@THOROUGH
@given(mixed_text())
def test_language_is_the_same_with_digits_marks_and_controls(text):
    noise = DIGITS + TASHKEEL + TATWEEL + INVISIBLE + " .،\n"
    assert detect_language(noise + text + noise) == detect_language(text)
    assert direction(noise + text + noise) == direction(text)


def test_language_of_a_long_text_is_that_of_its_beginning():
    assert detect_language("a" * 50_000 + "ب" * 500_000) == "en"
    assert detect_language("a" * 49_000 + "ب" * 500_000) == "en"
    assert main_language("ب" * 50_000 + "a" * 500_000) == "ar"


@pytest.mark.parametrize(
    ("text", "arabic", "english"),
    [
        ("أعيد بناء الميناء.", True, False),
        ("The harbour was rebuilt.", False, True),
        ("أعيد بناء الميناء، قال Smith.", True, False),  # a name
        ("Harbour: الميناء", True, True),
        ("1962 – 1974", True, True),
        ("", True, True),
    ],
)
def test_sentence_belongs_to_a_language_or_both(text: str, arabic: bool, english: bool) -> None:
    assert is_in_language(text, "ar") is arabic
    assert is_in_language(text, "en") is english
