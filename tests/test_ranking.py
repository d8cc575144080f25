"""Sentences best first, by a linear model with a column of weights a language."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import THOROUGH

from assistant.library import Passage, StoredSentence
from assistant.retrieval.ranking import (
    BIAS,
    FIXED,
    SLOPE,
    WEIGHTS,
    linear_scores,
    rank_sentences,
)
from assistant.retrieval.reading import read_sentence
from assistant.retrieval.sentences import FEATURES, Candidate

COVERED = np.array([1.0, 0.5])


def candidate(number: int = 1, start: int = 0, /, **features: float) -> Candidate:
    """Return a sentence with some features, the others nought."""
    text = "The museum opened in 1962. It keeps coins."
    passage = Passage(number, f"d{number}", "v", "Title", "a.txt", 0, len(text), text, ())
    row = np.array([features.get(name, 0.0) for name in FEATURES])
    sentence = StoredSentence(start, start + 5, "p. 1")
    return Candidate(passage, sentence, read_sentence(text), COVERED, row)


def logistic(total: float) -> float:
    return 1 / (1 + math.exp(-(SLOPE * total + BIAS)))


def test_every_feature_has_one_weight_a_language() -> None:
    assert sorted([*WEIGHTS, *FIXED]) == sorted(FEATURES)
    assert all(len(pair) == 2 for pair in (*WEIGHTS.values(), *FIXED.values()))
    assert all(math.isfinite(w) for pair in (*WEIGHTS.values(), *FIXED.values()) for w in pair)
    assert SLOPE > 0


def test_question_is_worse_than_any_answer() -> None:
    assert all(weight < 0 for weight in FIXED["asks"])


@pytest.mark.parametrize("name", [name for name in FEATURES if name != "across"])
def test_feature_counts_by_the_weight_of_its_language(name: str) -> None:
    rows = np.array(
        [candidate(**{name: 2.0}).features, candidate(**{name: 2.0, "across": 1.0}).features]
    )
    own, other = {**WEIGHTS, **FIXED}[name]

    assert linear_scores(rows) == pytest.approx([2 * own, 2 * other + WEIGHTS["across"][1]])


def test_sum_is_that_of_all_features() -> None:
    rows = np.array([candidate(coverage=0.5, title=0.25, asks=1.0).features])
    expected = 0.5 * WEIGHTS["coverage"][0] + 0.25 * WEIGHTS["title"][0] + FIXED["asks"][0]

    assert linear_scores(rows) == pytest.approx([expected])


@pytest.mark.parametrize("across", [0.0, 1.0])
def test_score_is_the_logistic_of_the_sum(across: float) -> None:
    one = candidate(title=1.0, first=1.0, across=across)
    (ranked,) = rank_sentences([one])
    total = sum(
        WEIGHTS[name][int(across)] for name in (*("title", "first"), *(["across"] * int(across)))
    )

    assert ranked.score == pytest.approx(logistic(total))


def test_sentences_are_ranked_best_first_and_keep_what_they_are() -> None:
    worst, best = candidate(1, 0, title=-2.0), candidate(1, 27, title=2.0)
    ranked = rank_sentences([worst, best])

    assert [found.sentence for found in ranked] == [best.sentence, worst.sentence]
    assert (ranked[0].score > ranked[1].score) is (WEIGHTS["title"][0] > 0)
    assert ranked[0].passage is best.passage
    assert ranked[0].covered is COVERED
    assert ranked[0].text == best.passage.text[27:32]


@pytest.mark.parametrize(
    ("features", "fits"),
    [
        ({}, False),
        ({"time": 1.0}, True),
        ({"number": 1.0}, True),
        ({"name": 0.5}, True),
        ({"named_place": 1.0}, True),
        ({"place": 1.0}, False),
        ({"reason": 1.0}, True),
        ({"number_near": 0.5}, False),
        ({"coverage": 1.0, "beginning": 1.0, "capitals": 3.0, "unknown": 3.0}, False),
    ],
)
def test_sentence_with_what_is_asked_for_fits(features: dict[str, float], fits: bool) -> None:
    (ranked,) = rank_sentences([candidate(**features)])

    assert ranked.fits_kind is fits


def test_no_candidates_have_no_ranking() -> None:
    assert rank_sentences([]) == []


FEATURE = st.one_of(st.just(0.0), st.just(1.0), st.floats(-3, 3))
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            **dict.fromkeys(("coverage", "title", "cosine", "time"), FEATURE),
            "across": st.sampled_from([0.0, 1.0]),
        }
    ),
    min_size=1,
    max_size=12,
)


@THOROUGH
@given(ROWS, st.randoms(use_true_random=False))
def test_ranking_does_not_hang_on_the_order_of_candidates(
    rows: list[dict[str, float]], chance: random.Random
) -> None:
    """Not even where scores are equal."""
    read = [candidate(1 + n // 3, n % 3, **features) for n, features in enumerate(rows)]
    mixed = list(read)
    chance.shuffle(mixed)
    there, back = rank_sentences(read), rank_sentences(mixed)

    assert [(f.passage.id, f.sentence.start) for f in there] == [
        (f.passage.id, f.sentence.start) for f in back
    ]
    assert [f.score for f in there] == [f.score for f in back]
    assert all(0 <= found.score <= 1 for found in there)
    assert [f.score for f in there] == sorted((f.score for f in there), reverse=True)


def test_equal_sentences_are_in_order_of_passages_and_places() -> None:
    read = [candidate(number, start) for number in (3, 1, 2) for start in (7, 0)]

    assert [(f.passage.id, f.sentence.start) for f in rank_sentences(read)] == [
        *((1, 0), (1, 7), (2, 0), (2, 7), (3, 0), (3, 7)),
    ]


@pytest.mark.parametrize("size", [1, 10, -10])
def test_extreme_sums_are_scores_too(size: float) -> None:
    (ranked,) = rank_sentences([candidate(**dict.fromkeys(FEATURES, size))])

    assert 0 <= ranked.score <= 1
