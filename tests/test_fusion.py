"""Scores of all legs on one scale."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import THOROUGH

from assistant.retrieval.fusion import BUILTIN, ENCODER, DenseWeights, Legs, dense_weights, fuse

# What cosines weigh more across languages counts from a usual cosine of 0.5 on.
WEIGHTS = DenseWeights(within={"ar": 0.2, "en": 0.4}, across={"ar": 0.5, "en": 0.8})
# 1 for the lexical share, the largest weight of a cosine, 0.2 for the title.
HIGHEST = {"ar": 1.7, "en": 2.0}


def legs(**given: object) -> Legs:
    empty: dict[str, object] = {
        "own": {},
        "other": {},
        "dense": {},
        "title": {},
        "foreign": frozenset(),
        "limit": 100,
    }
    return Legs(**{**empty, **given})


@pytest.mark.parametrize(
    ("given", "language", "total"),
    [
        ({"own": {1: 0.5}}, "en", 0.5),
        ({"other": {1: 0.5}}, "en", 0.5),  # a question without a vector says nothing
        ({"own": {1: 0.5}, "dense": {1: 0.5}}, "en", 0.5 + 0.4 * 0.5),
        ({"own": {1: 0.5}, "dense": {1: 0.5}}, "ar", 0.5 + 0.2 * 0.5),
        ({"other": {1: 0.5}, "dense": {1: 0.5}}, "en", 0.5 + 0.4 * 0.5),
        ({"other": {1: 0.5}, "dense": {1: 0.5}}, "ar", 0.5 + 0.2 * 0.5),
        ({"other": {1: 0.5}, "dense": {1: 0.9}}, "ar", 0.5 + 0.2 * 0.9 + 0.3 * 0.4),
        ({"dense": {1: 0.5}}, "en", 0.4 * 0.5),
        ({"dense": {1: 0.5}, "foreign": frozenset({1})}, "en", 0.4 * 0.5),
        ({"own": {1: 0.6}, "other": {1: 0.4}, "dense": {1: 0.5}}, "en", 0.6 + 0.4 * 0.5),
        ({"own": {1: 0.4}, "other": {1: 0.6}, "dense": {1: 0.5}}, "en", 0.6 + 0.4 * 0.5),
        ({"own": {1: 0.5}, "title": {1: 1.0}}, "en", 0.5 + 0.2),
        ({"own": {1: 0.5}, "title": {1: 0.25, 2: 1.0}}, "ar", 0.5 + 0.05),
        ({"own": {1: 0.5}, "dense": {1: -0.7}}, "en", 0.5),  # opposite is no worse than unlike
        ({"own": {1: 1.0}, "dense": {1: 1.0}, "title": {1: 1.0}}, "en", 1.6),
        (
            {"other": {1: 1.0}, "dense": {1: 1.0}, "title": {1: 1.0}},
            "ar",
            1 + 0.2 + 0.3 * 0.5 + 0.2,
        ),
        ({"other": {1: 1.4}, "dense": {1: 1.0}, "title": {1: 1.0}}, "ar", 1.7),  # never over 1
    ],
)
def test_score_is_computed_by_hand(given: dict[str, object], language: str, total: float) -> None:
    scores = fuse(legs(**given), language, WEIGHTS)

    assert scores == {1: pytest.approx(total / HIGHEST[language])}


def test_passages_of_all_legs_are_ranked() -> None:
    found = legs(
        own={1: 0.9, 2: 0.3},
        other={3: 0.8, 2: 0.1},
        dense={1: 0.5, 3: 0.6, 4: 0.9, 5: 0.9},
        title={2: 1.0},
        foreign=frozenset({3, 5}),
    )
    scores = fuse(found, "en", WEIGHTS)

    # 1: 0.9 + 0.2, 3: 0.8 + 0.24 + 0.04, 5: 0.36 + 0.16, 2: 0.3 + 0.2, 4: 0.36
    assert sorted(scores, key=scores.get, reverse=True) == [1, 3, 5, 2, 4]
    assert scores[2] == pytest.approx(0.5 / 2)
    assert scores[4] == pytest.approx(0.36 / 2)


def test_nothing_found_has_no_scores() -> None:
    assert fuse(legs(), "en", WEIGHTS) == {}
    # Titles are those of passages that a leg found.
    assert fuse(legs(title={1: 1.0}, foreign=frozenset({1})), "ar", WEIGHTS) == {}


def test_passage_below_a_full_list_has_its_lowest_cosine() -> None:
    dense = {n: 0.9 - n / 100 for n in range(10)}
    full = fuse(legs(own={99: 0.5}, dense=dense, limit=10), "en", WEIGHTS)
    not_full = fuse(legs(own={99: 0.5}, dense=dense, limit=11), "en", WEIGHTS)

    assert full[99] == pytest.approx((0.5 + 0.4 * 0.81) / 2)
    assert not_full[99] == pytest.approx(0.5 / 2)


def test_lowest_cosine_of_a_full_list_may_be_below_nought() -> None:
    scores = fuse(legs(own={9: 0.5}, dense={1: 0.5, 2: -0.5}, limit=2), "en", WEIGHTS)

    assert scores[9] == pytest.approx(0.5 / 2)
    assert scores[2] == 0.0


@pytest.mark.parametrize(
    ("own", "other", "foreign", "across"),
    [
        (0.5, 0.4, False, False),
        (0.5, 0.4, True, False),
        (0.4, 0.5, False, True),
        (0.4, 0.5, True, True),
        (0.5, 0.5, False, False),
        (0.5, 0.5, True, True),
        (None, None, False, False),
        (None, None, True, True),
        (None, 0.1, False, True),
        (0.1, None, True, False),
    ],
)
def test_is_across_where_translation_found_more(
    own: float | None, other: float | None, foreign: bool, across: bool
) -> None:
    found = legs(
        own={} if own is None else {1: own},
        other={} if other is None else {1: other},
        foreign=frozenset({1} if foreign else ()),
    )

    assert found.is_across(1) is across
    assert found.lexical(1) == max(own or 0.0, other or 0.0)


PASSAGES = st.integers(0, 8)
SHARES = st.dictionaries(PASSAGES, st.floats(0, 1.5))
LEGS = st.builds(
    Legs,
    own=st.dictionaries(PASSAGES, st.floats(0, 1)),
    other=SHARES,
    dense=st.dictionaries(PASSAGES, st.floats(-1, 1)),
    title=st.dictionaries(PASSAGES, st.floats(0, 1)),
    foreign=st.frozensets(PASSAGES),
    limit=st.integers(1, 10),
)


@THOROUGH
@given(LEGS, st.sampled_from(["ar", "en"]), st.sampled_from([WEIGHTS, BUILTIN, ENCODER]))
def test_scores_are_shares_of_what_any_leg_found(
    found: Legs, language: str, weights: DenseWeights
) -> None:
    scores = fuse(found, language, weights)

    assert scores.keys() == found.own.keys() | found.other.keys() | found.dense.keys()
    assert all(0 <= score <= 1 for score in scores.values())


@THOROUGH
@given(LEGS, st.sampled_from(["ar", "en"]), PASSAGES)
def test_more_of_the_same_evidence_is_never_worse(found: Legs, language: str, passage: int) -> None:
    before = fuse(found, language, WEIGHTS).get(passage, 0.0)
    title = {**found.title, passage: 1.0}
    after = fuse(
        Legs(found.own, found.other, found.dense, title, found.foreign, found.limit),
        language,
        WEIGHTS,
    ).get(passage, 0.0)

    assert after >= before


def test_weights_are_those_of_the_embedding() -> None:
    assert dense_weights("builtin") is BUILTIN
    for name in ("minilm", "minilm:folder", "ollama:bge-m3"):
        assert dense_weights(name) is ENCODER
    for weights in (BUILTIN, ENCODER):
        assert weights.within.keys() == weights.across.keys() == {"ar", "en"}
        assert all(0 < w <= 1 for w in (*weights.within.values(), *weights.across.values()))
