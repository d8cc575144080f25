"""Stemming: forms of a word meet, different words do not, nothing becomes empty."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import THOROUGH, mixed_text

from assistant.language import fold, stem, words

FAMILIES = [
    ("article", "كتاب الكتاب"),
    ("preposition-and-article", "كتاب بالكتاب كالكتاب للكتاب"),
    ("conjunction-and-article", "كتاب والكتاب فالكتاب"),
    ("conjunction-preposition-article", "كتاب وبالكتاب وللكتاب فبالكتاب"),
    ("possessive-suffixes", "كتاب كتابه كتابها كتابهم كتابهما كتابهن كتابنا كتابكم كتابي"),
    ("feminine-plural", "مشاورة مشاورات المشاورات للمشاورات بالمشاورات والمشاورات"),
    ("masculine-plural", "معلم معلمون معلمين المعلمين المعلمون للمعلمين"),
    ("dual", "معلم معلمان المعلمان"),
    ("feminine", "معلم معلمة المعلمة معلمات معلمتي"),
    ("nisba-of-a-country", "الجزائر جزائري الجزائرية الجزائريون للجزائر بالجزائر والجزائر"),
    ("nisba-of-a-country-in-a", "روسيا روسي الروسي الروسية لروسيا وروسيا بروسيا"),
    ("plural-of-a-nisba", "سياسي سياسية السياسية سياسات السياسات السياسيين"),
    ("verb-endings", "اجتمع اجتمعت اجتمعوا اجتمعا"),
    ("god", "الله والله بالله"),
    ("own-waw", "وزارة الوزارة للوزارة ووزارة والوزارة وزارات بوزارة"),
    ("own-waw-with-alef", "واجب الواجب واجبات بالواجب"),
    ("conjunction-before-what-looks-like-an-own-waw", "أسعار الأسعار وأسعار"),
    ("conjunction-before-a-verb-like-an-own-waw", "أحدث وأحدث"),
    ("own-feh-of-palestine", "فلسطين الفلسطيني الفلسطينية الفلسطينيين"),
    ("own-feh-of-france", "فرنسا الفرنسي الفرنسية"),
    ("own-lam-of-lebanon", "لبنان اللبناني اللبنانية"),
    ("own-lam-of-libya", "ليبيا الليبي الليبية"),
    ("own-beh-of-parliament", "برلمان البرلمان البرلمانية"),
    ("alef-maksura", "مستشفى المستشفى مستشفيات"),
    ("spelling-of-hamza", "إعلان اعلان الإعلان"),
    ("tashkeel", "مُعَلِّم معلم"),
    ("english-plural", "consultation consultations"),
    ("english-verb", "connect connected connecting connection connections"),
    ("english-possessive", "minister minister's ministers"),
    ("english-curly-possessive", "minister minister’s"),
    ("english-possessive-of-s", "boss boss's bosses"),
    ("english-y", "city cities"),
    ("english-case", "Treaty TREATY treaties"),
    ("english-accents", "café cafe"),
]


@pytest.mark.parametrize(
    "family", [row[1].split() for row in FAMILIES], ids=[row[0] for row in FAMILIES]
)
def test_stem_of_a_family_is_one(family):
    assert len({stem(fold(word)) for word in family}) == 1, [stem(fold(word)) for word in family]


APART = [
    ("book-and-office", "كتاب", "مكتب"),
    ("russia-and-president", "روسيا", "رئيس"),
    ("sahel-and-question", "الساحل", "السؤال"),
    ("article-is-no-part-of-short-words", "الف", "ف"),
    ("conjunction-letter-of-short-words", "ولد", "لد"),
    ("english", "minister", "ministry"),
    ("numbers", "2023", "2024"),
]


@pytest.mark.parametrize(
    ("one", "other"), [row[1:] for row in APART], ids=[row[0] for row in APART]
)
def test_stems_of_different_words_differ(one, other):
    assert stem(fold(one)) != stem(fold(other))


UNCHANGED = [
    ("two-letters", "في"),
    ("three-letters", "يوم"),
    ("three-letters-with-article-letters", "الم"),
    ("three-letters-with-a-suffix", "هات"),
    ("number", "2024"),
    ("decimal", "3.14"),
    ("clock", "12:30"),
    ("cyrillic", "москва"),
    ("one-latin-letter", "s"),
]


@pytest.mark.parametrize("word", [row[1] for row in UNCHANGED], ids=[row[0] for row in UNCHANGED])
def test_stem_leaves_alone(word):
    assert stem(word) == word


@THOROUGH
@given(mixed_text())
def test_stem_of_a_word_is_never_empty(text):
    assert all(stem(word) for word in words(text))


@THOROUGH
@given(st.text("والبكفلهمنتياs'edgniy", min_size=1, max_size=12))
def test_stem_of_nothing_but_affixes_is_not_empty(letters):
    for word in words(letters):
        assert stem(word)
        assert len(stem(word)) <= len(word) + 1  # Snowball may write "hop" + "e"


def test_stem_in_many_threads_is_the_same_as_in_one():
    endings = "ing ings ed ation ations ness fully ly ies y".split()
    bases = [f"{first}{rest}" for first in "bcdfghkl" for rest in ("oun", "elat", "ick")]
    forms = [base + ending for base in bases for ending in endings]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    stem.cache_clear()
    try:
        with ThreadPoolExecutor(8) as pool:
            futures = [pool.submit(lambda: list(map(stem.__wrapped__, forms))) for _ in range(16)]
            together = [future.result() for future in futures]
    finally:
        sys.setswitchinterval(interval)
    alone = [stem(form) for form in forms]
    assert together == [alone] * 16
