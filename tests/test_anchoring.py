"""Claims find the sentences they rest on, whatever ids their author gave."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import THOROUGH, mixed_text

from assistant.citations import anchor, check
from assistant.citations.verdicts import RANK

SOURCES = {
    1: "The bridge opened in 1932.",
    2: "It is 503 metres long.",
    3: "شارك في المؤتمر 25 خبيرا من سبع دول.",
    4: "The court rejected 40% of the appeals on 21 April 2019.",
    9: "No vehicle crossed the bridge before noon.",
}


@given(
    st.one_of(st.sampled_from(list(SOURCES.values())), mixed_text()),
    st.lists(st.integers(-3, 12), max_size=6),
)
@THOROUGH
def test_anchored_ids_exist_and_support_what_is_said(claim, named):
    anchored = anchor(claim, named, SOURCES)

    assert set(anchored.numbers) <= SOURCES.keys()
    assert len(set(anchored.numbers)) == len(anchored.numbers)
    if anchored.numbers:
        assert check(claim, [SOURCES[n] for n in anchored.numbers]) == anchored.verdict
    else:
        assert anchored.verdict.support == "unsupported"


@given(st.sampled_from(list(SOURCES)), st.lists(st.sampled_from(list(SOURCES)), max_size=3))
@THOROUGH
def test_sentence_of_a_source_is_moved_to_it(number, named):
    anchored = anchor(SOURCES[number], named, SOURCES)

    assert anchored.numbers == (number,)
    assert anchored.verdict.support == "verbatim"


@given(st.lists(st.sampled_from(list(SOURCES)), max_size=3), st.text(max_size=20))
@THOROUGH
def test_more_sources_make_no_verdict_worse(named, further):
    claim = "The bridge opened in 1932, and it is 503 metres long."
    more = SOURCES | {20: further}

    before, after = anchor(claim, named, SOURCES), anchor(claim, named, more)
    assert RANK[after.verdict.support] >= RANK[before.verdict.support] == RANK["supported"]


@pytest.mark.parametrize("named", [[1, 4], [4, 1], [4, 2, 1]])
def test_idle_ids_are_dropped(named):
    assert anchor("The bridge opened in 1932.", named, SOURCES).numbers == (1,)


def test_contradicted_claim_keeps_where_it_is_contradicted():
    anchored = anchor("The bridge opened in 1923.", [1, 77], SOURCES)

    assert anchored.numbers == (1,)
    assert [reason.kind for reason in anchored.verdict.reasons] == ["year"]


def test_claim_without_any_source_has_no_ids():
    anchored = anchor("The bridge opened in 1932.", [1], {})

    assert anchored.numbers == ()
    assert anchored.verdict.support == "unsupported"
