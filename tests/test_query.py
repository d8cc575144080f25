"""What a question asks for."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from strategies import THOROUGH, mixed_text

from assistant.language import grams
from assistant.retrieval.query import analyse, question_kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("من ترأس الدورة الأولى؟", "who"),
        ("ومن وقّع الاتفاق؟", "who"),
        ("مَنْ هُوَ المُدير؟", "who"),
        ("لمن تعود ملكية الأرض؟", "who"),
        ("مع من اجتمع الوزير؟", "who"),
        ("متى بدأت الحرب؟", "when"),
        ("ومتى؟", "when"),
        ("منذ متى يعمل هنا؟", "when"),
        ("في أي عام تأسست الشركة؟", "when"),
        ("في أية سنة وُلد؟", "when"),
        ("ما تاريخ الاجتماع؟", "when"),
        ("ما هو موعد الانتخابات؟", "when"),
        ("أين وقع الزلزال؟", "where"),
        ("من أين جاء الوفد؟", "where"),
        ("إلى أين سافر؟", "where"),
        ("كم عدد السكان؟", "how_many"),
        ("بكم بيع المنزل؟", "how_many"),
        ("ما عدد الضحايا؟", "how_many"),
        ("ما هي نسبة النمو؟", "how_many"),
        ("ماذا قال الوزير؟", "other"),
        ("لماذا استقال؟", "other"),
        ("كيف حدث ذلك؟", "other"),
        ("ما عاصمة فرنسا؟", "other"),
        ("هل سافر من تونس إلى مصر؟", "other"),
        ("Who chaired the first session?", "who"),
        ("By whom was it signed?", "who"),
        ("Whose idea was it?", "who"),
        ("When did it start?", "when"),
        ("What year was it founded?", "when"),
        ("In which year did it end?", "when"),
        ("WHAT TIME DOES IT OPEN", "when"),
        ("Where is the office?", "where"),
        ("How many people died?", "how_many"),
        ("How much did it cost?", "how_many"),
        ("What percentage voted?", "how_many"),
        ("What did the minister say?", "other"),
        ("Why did he resign?", "other"),
        ("How does it work?", "other"),
        ("What happened somewhere else?", "other"),
        ("", "other"),
    ],
)
def test_question_kind(question: str, kind: str) -> None:
    assert question_kind(question) == kind


def test_kind_does_not_hang_on_spaces_and_marks() -> None:
    assert question_kind("  \u200fفي   أيّ \u064b عام؟") == "when"
    assert question_kind(" how\n many ?") == "how_many"


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("من ترأس الدورة؟", "ar"),
        ("Who chaired it?", "en"),
        ("ما هو بروتوكول HTTP؟", "ar"),
        ("What does المجلس mean here?", "en"),
        ("?!", "en"),
        ("من هو Tomas Okafor؟", "ar"),
        ("Who is عبد المجيد تبون?", "en"),
    ],
)
def test_language_is_that_of_the_question(question: str, language: str) -> None:
    assert analyse(question).language == language


def test_language_can_be_given() -> None:
    assert analyse("ومتى؟ When did the harbour open to large ships?", "ar").language == "ar"


def test_terms_are_counted_stems_and_grams() -> None:
    query = analyse("The ships, and the ship of ships")

    assert query.stems == Counter({"ship": 3})
    assert query.grams == Counter([*grams("ships") * 2, *grams("ship")])
    assert query.word_grams == {"ship": frozenset([*grams("ships"), *grams("ship")])}


def test_spellings_that_read_alike_are_one_term() -> None:
    plain, vowelled = analyse("إدارة المدرسة الأولى"), analyse("إدَارَةُ المدرسه الاوليٰ")

    assert plain.grams == vowelled.grams


def test_question_of_stop_words_keeps_its_words() -> None:
    assert analyse("who is it").stems
    assert analyse("من هو").stems


@pytest.mark.parametrize("text", ["", "?!", "\U0001f600", "\x00", " \u200f "])
def test_question_without_words_has_no_terms(text: str) -> None:
    query = analyse(text)

    assert (query.stems, query.grams, query.word_grams) == (Counter(), Counter(), {})


@THOROUGH
@given(mixed_text())
def test_any_text_can_be_analysed(text: str) -> None:
    query = analyse(text)

    assert query.text == text
    assert query.stems.keys() == query.word_grams.keys()
    assert set().union(*query.word_grams.values()) == query.grams.keys()
