"""Quantity words, limits, units and negations, and what only looks like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import THOROUGH, mixed_text

from assistant.language.clauses import aside_words, prepositions, reserving_words, small_words
from assistant.language.negation import find_negations
from assistant.language.quantities import find_quantities, follows, limit_of
from assistant.language.tokens import tokens
from assistant.language.units import units_of

QUANTITIES = [
    ("All members left", ["all"]),
    ("every house", ["all"]),
    ("none at all", []),
    ("in all, ten", []),
    ("In all cases", ["all"]),
    ("each other", []),
    ("Most voters chose", ["most"]),
    ("the most common", []),
    ("most common name", []),
    ("at most ten", []),
    ("a few men", []),
    ("few men", ["few"]),
    ("how many men", []),
    ("some 500 men", []),
    ("رفض كل الأعضاء", ["all"]),
    ("لكل عضو", ["all"]),
    ("كل من علي وعمر", []),
    ("بعض الأعضاء", ["some"]),
    ("بعضها البعض", []),
    ("معظم الناخبين", ["most"]),
    ("جَمِيعُ", ["all"]),
]


@pytest.mark.parametrize(("text", "kinds"), QUANTITIES, ids=[row[0] for row in QUANTITIES])
def test_quantities_are_found_where_sure(text, kinds):
    assert [q.kind for q in find_quantities(tokens(text)) if q.is_sure] == kinds


FOLLOWS = [
    ("some", "all", True),
    ("some", "most", True),
    ("all", "some", False),
    ("all", "most", False),
    ("most", "all", True),
    ("few", "many", False),
    ("minority", "most", False),
]


@pytest.mark.parametrize(("kind", "source", "does"), FOLLOWS)
def test_some_follows_from_all_and_not_the_other_way(kind, source, does):
    assert follows(kind, source) is does


LIMITS = [
    ("At least 40 people", 2, "up"),
    ("no less than 40", 3, "up"),
    ("more than 40", 2, "up"),
    ("less than 40", 2, "down"),
    ("40 or more", 0, "up"),
    ("up to about 40", 3, "down"),
    ("أكثر من 40", 2, "up"),
    ("ما لا يقل عن 40", 4, "up"),
    ("لا يزيد عن 40", 3, "down"),
    ("40 شخصا على الأقل", 0, "up"),
    ("exactly 40", 1, ""),
]


@pytest.mark.parametrize(("text", "place", "way"), LIMITS, ids=[row[0] for row in LIMITS])
def test_limit_of_a_number(text, place, way):
    assert limit_of(tokens(text), place, place + 1).way == way


NEGATIONS = [
    ("He did not sign", ["strong"]),
    ("He didn't sign", ["strong"]),
    ("no member", ["strong"]),
    ("No. 10", []),
    ("no 10", []),
    ("not only novels", []),
    ("there is no doubt", []),
    ("whether or not", []),
    ("yes or no", []),
    ("unlawful", ["weak"]),
    ("under the unit", []),
    ("without leave", ["close"]),
    ("لم يوقع", ["strong"]),
    ("ليست المدينة", ["strong"]),
    ("ولم يوقع", ["strong"]),
    ("لا يزال", []),
    ("ما زال", []),
    ("لا سيما", []),
    ("لا بد", []),
    ("لا شك", []),
    ("عدد لا نهائي", []),
    ("لا تضم إلا ثلاثا", ["weak"]),
    ("لا يزيد من شعور الغرب فحسب، بل", []),
    ("إلا أن الوزير حضر", []),
    ("سواء حضر أم لا", []),
    ("غير قانوني", ["close"]),
    ("بدون إذن", ["close"]),
    ("لَمْ يُوَقِّعْ", ["strong"]),
    ("إيلم", []),
]


@pytest.mark.parametrize(("text", "kinds"), NEGATIONS, ids=[row[0] for row in NEGATIONS])
def test_negations_are_told_from_what_looks_like_them(text, kinds):
    found = find_negations(tokens(text))

    assert ["strong" if n.is_strong else "close" if n.is_close else "weak" for n in found] == kinds


def test_taken_words_deny_nothing():
    assert find_negations(tokens("no less than 40"), taken={0, 1, 2}) == ()


UNITS = [
    ("كيلومترا", {"kilometre"}),
    ("بالكيلومتر", {"kilometre"}),
    ("%", {"percent"}),
    ("٪", {"percent"}),
    ("رطل", {"pound_weight"}),
    ("table", set()),
]


@pytest.mark.parametrize(("word", "units"), UNITS)
def test_units_of_a_word(word, units):
    assert units_of(word) == units


def test_words_that_reserve_are_not_to_be_left_out():
    assert not reserving_words() & (aside_words() | small_words())
    assert {"if", "only", "اذا", "نايب"} <= reserving_words()
    assert {"for", "by", "under", "than"}.isdisjoint(aside_words())
    assert {"in", "في"} <= aside_words() & prepositions()


@given(mixed_text(60))
@THOROUGH
def test_quantities_and_negations_lie_in_the_text(text):
    found = tokens(text)

    for one in (*find_quantities(found), *find_negations(found)):
        assert 0 <= one.place < len(found)
