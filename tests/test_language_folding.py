"""Folding for search: what meets, what stays apart, and the way back to the original."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import THOROUGH, mixed_text

from assistant.language import fold, fold_with_map

FOLDED = [
    ("empty", "", ""),
    ("plain-arabic", "كتب", "كتب"),
    ("plain-english", "to read", "to read"),
    ("case", "NATO", "nato"),
    ("sharp-s", "STRAßE", "strasse"),
    ("greek-final-sigma", "ΣΑΣ", "σασ"),
    ("latin-accents", "Éléonore à Curaçao", "eleonore a curacao"),
    ("accent-as-a-mark", "e\u0301", "e"),
    ("vietnamese", "Việt Nam", "viet nam"),
    ("fi-ligature", "ﬁnal oﬃce", "final office"),
    ("full-width", "ＡＢＣ１２", "abc12"),
    ("tashkeel", "كَتَبَ الدَّرْسَ", "كتب الدرس"),
    ("tanween", "إعلانًا مشتركٌ عددٍ", "اعلانا مشترك عدد"),
    ("superscript-alef", "هٰذا", "هذا"),
    ("quran-marks", "قُلۡ\u06d6", "قل"),
    ("tatweel", "الجـــزائر", "الجزاير"),
    ("lam-alef", "\ufefb \ufefc", "لا لا"),
    ("lam-alef-with-hamza", "\ufef5\ufef7\ufef9", "لالالا"),
    ("presentation-forms", "\ufee3\ufeae\ufea3\ufe92\ufe8e", "مرحبا"),
    ("allah-as-one-character", "\ufdf2", "الله"),
    ("honorific-as-one-character", "\ufdfa", "صلي الله عليه وسلم"),
    ("medial-fatha-as-presentation-form", "\u0643\ufe77\u062a", "كت"),
    ("isolated-fatha-as-presentation-form", "\u0643\ufe76\u062a", "كت"),
    ("shadda-with-damma-as-presentation-form", "\u0643\ufc61\u062a", "كت"),
    ("alef-with-hamza", "أإآٱا", "ااااا"),
    ("hamza-on-waw", "مسؤول", "مسوول"),
    ("hamza-on-yeh", "الجزائر", "الجزاير"),
    ("hamza-alone-stays", "ماء", "ماء"),
    ("hamza-as-a-mark", "ا\u0654 و\u0654 ي\u0654", "ا و ي"),
    ("alef-maksura", "مستشفى", "مستشفي"),
    ("teh-marbuta", "وزارة", "وزاره"),
    ("persian-yeh-and-kaf", "کتابی", "كتابي"),
    ("persian-letters", "گچ پژ", "كج بز"),
    ("arabic-digits", "٠١٢٣٤٥٦٧٨٩", "0123456789"),
    ("persian-digits", "۰۱۲۳۴۵۶۷۸۹", "0123456789"),
    ("devanagari-digits", "१९४७", "1947"),
    ("decimal-separator", "٣٫١٤", "3.14"),
    ("thousands-separator", "١٬٢٣٤", "1,234"),
    ("zero-width", "ab\u200bc\u200cd\u200de\ufefff", "abcdef"),
    ("bidi-marks", "\u200fعام\u200e \u061c2024", "عام 2024"),
    ("bidi-embeddings", "\u202aa\u202bb\u202ec\u202c", "abc"),
    ("bidi-isolates", "\u2066a\u2069\u2067b\u2069\u2068c\u2069", "abc"),
    ("soft-hyphen", "con\u00adsul\u00adta\u00adtion", "consultation"),
    ("curly-apostrophe", "don’t", "don't"),
    ("opening-quote-as-apostrophe", "don‘t", "don't"),
    ("modifier-apostrophe", "donʼt", "don't"),
    ("no-break-space", "a\u00a0b", "a b"),
    ("line-ends-stay", "a\r\nb", "a\r\nb"),
    ("arabic-punctuation-stays", "نعم، لا؛ كيف؟", "نعم، لا؛ كيف؟"),
]


@pytest.mark.parametrize(
    ("text", "folded"), [row[1:] for row in FOLDED], ids=[row[0] for row in FOLDED]
)
def test_fold_of(text, folded):
    assert fold(text) == folded


APART = [
    ("beh-teh", "ب", "ت"),
    ("seen-sheen", "س", "ش"),
    ("dal-thal", "د", "ذ"),
    ("hah-heh", "ح", "ه"),
    ("kaf-qaf", "ك", "ق"),
    ("alef-or-none", "كتب", "كتاب"),
    ("hamza-or-none", "ماء", "ما"),
    ("digits", "١", "٢"),
    ("letters", "a", "b"),
    ("separators", "١٫٢", "١٬٢"),
    ("space-or-none", "a b", "ab"),
]


@pytest.mark.parametrize(
    ("one", "other"), [row[1:] for row in APART], ids=[row[0] for row in APART]
)
def test_fold_keeps_apart(one, other):
    assert fold(one) != fold(other)


def test_fold_twice_is_fold_once_for_every_character_of_the_basic_plane():
    once = [fold(chr(code)) for code in range(0x10000) if not 0xD800 <= code < 0xE000]
    assert [character for character in once if fold(character) != character] == []


@THOROUGH
@given(mixed_text())
def test_fold_twice_is_fold_once(text):
    assert fold(fold(text)) == fold(text)


@THOROUGH
@given(mixed_text(), mixed_text())
def test_fold_of_a_whole_is_that_of_its_parts(left, right):
    assert fold(left + right) == fold(left) + fold(right)


@THOROUGH
@given(mixed_text())
def test_fold_with_map_folds_the_same_and_knows_every_origin(text):
    folded = fold_with_map(text)
    assert folded.text == fold(text)
    assert len(folded.origins) == len(folded.text)
    assert folded.length == len(text)
    for character, origin in zip(folded.text, folded.origins, strict=True):
        assert character in fold(text[origin])


SPANS = [
    ("plain", "abc", 1, 2, "b"),
    ("marks-behind-a-letter", "كَتَبَ", 0, 1, "كَ"),
    ("marks-behind-the-last-letter", "كَتَبَ", 0, 3, "كَتَبَ"),
    ("marks-before-the-first-letter", "\u200fabc", 0, 3, "abc"),
    ("tatweel", "فـــي", 0, 1, "فـــ"),
    ("bidi-mark-behind", "a\u200f b", 0, 1, "a\u200f"),
    ("ligature-whole", "x\ufefby", 1, 3, "\ufefb"),
    ("ligature-first-half", "x\ufefby", 1, 2, "\ufefb"),
    ("ligature-second-half", "x\ufefby", 2, 3, "\ufefb"),
    ("one-to-many", "\ufdfa", 4, 8, "\ufdfa"),
    ("ffi", "oﬃce", 1, 3, "ﬃ"),
    ("accent-as-a-mark", "cafe\u0301s", 3, 4, "e\u0301"),
    ("everything-with-trailing-controls", "a\u2069\u200f", 0, 1, "a\u2069\u200f"),
]


@pytest.mark.parametrize(
    ("text", "start", "end", "original"),
    [row[1:] for row in SPANS],
    ids=[row[0] for row in SPANS],
)
def test_original_span_of_a_range(text, start, end, original):
    first, last = fold_with_map(text).original_span(start, end)
    assert text[first:last] == original


EMPTY_RANGES = [
    ("no-text", "", 0, 0),
    ("nothing-left", "\u200f\u064e", 0, 2),
    ("at-the-start", "abc", 0, 0),
    ("behind-a-leading-mark", "\u200fabc", 0, 1),
    ("in-the-middle", "a\u064ebc", 1, 2),
    ("at-the-end", "ab\u200f", 2, 3),
]


@pytest.mark.parametrize(
    ("text", "at", "original"),
    [row[1:] for row in EMPTY_RANGES],
    ids=[row[0] for row in EMPTY_RANGES],
)
def test_original_span_of_an_empty_range_is_empty(text, at, original):
    assert fold_with_map(text).original_span(at, at) == (original, original)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 1), (0, 4), (4, 4)])
def test_original_span_outside_the_text_is_an_error(start, end):
    with pytest.raises(ValueError, match=f"{start}:{end}.*0:3"):
        fold_with_map("abc").original_span(start, end)


@THOROUGH
@given(mixed_text(), st.data())
def test_original_span_holds_what_the_range_came_from(text, data):
    folded = fold_with_map(text)
    places = st.integers(0, len(folded.text))
    start, end = sorted((data.draw(places), data.draw(places)))
    first, last = folded.original_span(start, end)
    assert 0 <= first <= last <= len(text)
    assert folded.text[start:end] in fold(text[first:last])
    assert (first == last) == (start == end)


@THOROUGH
@given(mixed_text(), st.data())
def test_original_span_of_a_folded_piece_folds_back_to_it(text, data):
    places = st.integers(0, len(text))
    left, right = sorted((data.draw(places), data.draw(places)))
    piece = fold(text[left:right])
    start = len(fold(text[:left]))
    first, last = fold_with_map(text).original_span(start, start + len(piece))
    assert fold(text[first:last]) == piece
    if piece:
        assert left <= first
        assert fold(text[right:last]) == ""


@THOROUGH
@given(mixed_text(), st.data())
def test_original_spans_run_in_the_order_of_their_ranges(text, data):
    folded = fold_with_map(text)
    places = st.lists(st.integers(0, len(folded.text)), min_size=3, max_size=3).map(sorted)
    low, middle, high = data.draw(places)
    short, long, late = (
        folded.original_span(*pair) for pair in ((low, middle), (low, high), (middle, high))
    )
    assert short[0] == long[0] <= late[0]
    assert short[1] <= long[1]
    assert long[1] == late[1] or middle == high


def test_spans_of_single_characters_leave_no_gap():
    text = "\u200fقَالَ \ufefb ﬁn\u2069"
    folded = fold_with_map(text)
    spans = [folded.original_span(i, i + 1) for i in range(len(folded.text))]
    assert "".join(text[first:last] for first, last in dict.fromkeys(spans)) == text[1:]


def test_a_folded_text_is_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        fold_with_map("a").text = "b"
