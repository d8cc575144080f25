"""Arabic text word by word in English."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import THOROUGH, mixed_text

from assistant.language import fold, stem
from assistant.lexicon import gloss
from assistant.models.gloss import glossed, holds_arabic

WORDS = {
    "ترأس": "chaired",
    "الدورة": "session",
    "الأولى": "first",
    "المشاورات": "consultations",
    "الميناء": "harbour",
    "المرفأ": "harbour",
    "الوزير": "minister",
    "عدد": "number",
    "السكان": "population",
    "افتتح": "opened",
}


@pytest.fixture(autouse=True)
def _table(monkeypatch):
    table = {stem(fold(arabic)): english for arabic, english in WORDS.items()}
    monkeypatch.setattr("assistant.models.gloss.english_word", lambda s: table.get(s, ""))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("من ترأس الدورة الأولى من المشاورات؟", "who chaired session first consultations?"),
        ("مَن تَرَأَّسَ الدَّوْرَةَ؟", "who chaired session?"),
        ("ما عدد السكان؟", "what number population?"),
        ("ماذا افتتح الوزير؟", "what opened minister?"),
        ("متى افتتح الميناء؟", "when opened harbour?"),
        ("أين الوزير؟", "where minister?"),
        ("كيف افتتح؟", "how opened?"),
        ("كم السكان؟", "how many population?"),
        ("لماذا افتتح الوزير الميناء؟", "why opened minister harbour?"),
        ("افتتح الوزير الميناء. ومتى؟ ومن؟", "opened minister harbour. when? who?"),
        ("ما افتتح الوزير ما عدد", "what opened minister number"),
    ],
)
def test_questions(text, expected):
    assert glossed(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("الوزير في الميناء", "minister harbour", id="stop-word"),
        pytest.param("الوزير غطغط الميناء", "minister harbour", id="unknown"),
        pytest.param("والوزير وبالميناء", "minister harbour", id="clitics"),
        pytest.param("الميناء المرفأ والميناء", "harbour", id="repeated"),
        pytest.param("الميناء، الميناء", "harbour, harbour", id="repeated-apart"),
        pytest.param("الميناء غطغط المرفأ", "harbour", id="repeated-around-unknown"),
        pytest.param("الوزير؛ الميناء! عدد.", "minister; harbour! number.", id="marks"),
        pytest.param("«الوزير» (الميناء): عدد", "minister harbour number", id="other-marks"),
        pytest.param("عدد السكان ٣٫٥ و١٬٢٠٠", "number population 3.5 1,200", id="numbers"),
        pytest.param("الوزير Lavrov في NATO NATO", "minister lavrov nato nato", id="latin"),
        pytest.param("Hello, world. Who?", "hello, world. who?", id="english"),
        pytest.param("غطغط، غظضذ؟", "", id="nothing-known"),
        pytest.param("؟؟ …", "", id="no-words"),
        pytest.param("", "", id="empty"),
    ],
)
def test_texts(text, expected):
    assert glossed(text) == expected


@THOROUGH
@given(mixed_text())
def test_gloss_holds_no_arabic(text):
    found = glossed(text)
    assert not holds_arabic(found)
    assert found == " ".join(found.split())


@pytest.mark.parametrize(("text", "expected"), [("a ب", True), ("پ", True), ("a 1؟،", False)])
def test_holds_arabic(text, expected):
    assert holds_arabic(text) is expected


def test_unknown_stem_has_no_gloss():
    assert gloss("غطغطغط") == ""
