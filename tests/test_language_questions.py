"""The language that a question is asked in, whatever names and numbers it holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import THOROUGH, mixed_text

from assistant.language import main_language, question_language

QUESTIONS = [
    ("arabic", "من ترأس الدورة الأولى من المشاورات؟", "ar"),
    ("english", "Who chaired the first session?", "en"),
    ("arabic-about-a-latin-name", "من هو Tomas Okafor؟", "ar"),
    ("arabic-about-a-company", "ما هو عنوان Northwind Ltd؟", "ar"),
    ("arabic-about-two-companies", "كم مدة العقد بين Northwind و Carter؟", "ar"),
    ("arabic-about-a-president", "من هو الرئيس Emmanuel Macron؟", "ar"),
    ("arabic-without-a-mark", "من هو Tomas Okafor", "ar"),
    ("arabic-with-a-latin-mark", "من هو الرئيس Emmanuel Macron?", "ar"),
    ("arabic-name-first", "Emmanuel Macron من هو؟", "ar"),
    ("arabic-name-first-without-a-mark", "Emmanuel Macron من هو", "ar"),
    ("arabic-with-a-conjunction", "ومتى تأسست Northwind Holdings", "ar"),
    ("arabic-with-tashkeel", "مَنْ هُوَ Emmanuel Macron", "ar"),
    ("arabic-request", "اشرح Northwind Service Agreement", "ar"),
    ("arabic-mark-only", "Northwind Ltd؟", "ar"),
    ("nothing-but-an-arabic-mark", "؟", "ar"),
    ("arabic-digits", "٢٩٤٦", "ar"),
    ("persian-digits", "۲۹۴۶", "ar"),
    ("arabic-digits-and-a-name", "Northwind ٢٠٢٤", "ar"),
    ("english-about-an-arabic-name", "Who is عبد المجيد تبون?", "en"),
    ("english-with-an-arabic-mark", "Who is عبد المجيد تبون؟", "en"),
    ("english-with-arabic-digits", "What happened in ٢٠٢٤?", "en"),
    ("english-yes-or-no", "Is عبد المجيد تبون ill?", "en"),
    ("english-which-inside", "In which year did عبد المجيد تبون win?", "en"),
    ("english-request", "List the titles of عبد المجيد تبون", "en"),
    ("english-asks-for-an-arabic-word", "What does ما mean?", "en"),
    ("arabic-asks-for-an-english-word", "ما معنى who and whom and whose؟", "ar"),
    ("arabic-words", "الدورة الأولى من المشاورات", "ar"),
    ("english-words", "first session of the consultations", "en"),
    ("arabic-words-with-a-name", "رئيس Microsoft Corporation", "en"),
    ("latin-digits", "2946", "en"),
    ("latin-mark", "?", "en"),
    ("empty", "", "en"),
]


@pytest.mark.parametrize(
    ("text", "expected"), [row[1:] for row in QUESTIONS], ids=[row[0] for row in QUESTIONS]
)
def test_language_of_a_question(text, expected):
    assert question_language(text) == expected


@THOROUGH
@given(mixed_text())
def test_a_question_word_in_front_decides_whatever_follows(text):
    assert question_language(f"من {text}") == "ar"
    assert question_language(f"Who {text}") == "en"


@pytest.mark.parametrize("text", ["Northwind Ltd", "رئيس Microsoft", "سند", "2024"])
def test_without_a_sign_the_letters_decide(text):
    assert question_language(text) == main_language(text)
