"""The gate: a table of claims made by hand, and what must hold for any claim at all."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import THOROUGH, mixed_text, prose

from assistant.citations import anchor, check
from assistant.citations.verdicts import HARD, RANK, ReasonKind
from assistant.strings import LANGUAGES, names, say, variables

GOLDEN = Path(__file__).parent / "golden"


def rows(name):
    lines = (GOLDEN / name).read_text(encoding="utf-8").splitlines()
    return [pytest.param(row, id=row["id"]) for row in map(json.loads, lines)]


@pytest.mark.parametrize("row", rows("claims.jsonl"))
def test_claim_of_the_golden_table_gets_its_mark(row):
    if "named" in row:
        anchored = anchor(row["claim"], row["named"], dict(enumerate(row["sources"], start=1)))
        verdict = anchored.verdict
        assert list(anchored.numbers) == row["numbers"], row["why"]
    else:
        verdict = check(row["claim"], row["sources"])

    kinds = {reason.kind for reason in verdict.reasons}
    assert verdict.support == row["mark"], (row["why"], verdict)
    assert row.get("kind") in {None, *kinds}, (row["why"], verdict)


@pytest.mark.parametrize("row", rows("claims_unseen.jsonl"))
@pytest.mark.xfail(strict=True, reason="what rules can't see; the table says what would be right")
def test_claim_that_rules_do_not_see_through(row):
    assert check(row["claim"], row["sources"]).support == row["mark"], row["why"]


STATEMENTS = [
    "The dam cost 3.5 million dollars in 1998, and it was paid by two states.",
    "شارك في المؤتمر ٢٥ خبيرا من سبع دول، ولم يحضره الوزير.",
    "On 21 April 2019 the court rejected 40% of the appeals.",
    "بلغ طول القناة 193 كيلومترا سنة 1869.",
]


@given(st.sampled_from(STATEMENTS), st.integers(3, 10**7))
@THOROUGH
def test_other_number_put_into_a_claim_is_never_supported(statement, number):
    said = {"3.5", "1998", "2", "25", "7", "21", "2019", "40", "193", "1869", "3500000"}
    assume(str(number) not in said)
    words = statement.split()
    for place in range(len(words) + 1):
        claim = " ".join([*words[:place], str(number), *words[place:]])
        assert RANK[check(claim, [statement]).support] < RANK["supported"], claim


@given(mixed_text(), st.lists(mixed_text(), max_size=3))
@THOROUGH
def test_check_of_any_text_returns_a_verdict_with_reasons_where_it_must(claim, sources):
    verdict = check(claim, sources)

    assert verdict.support in RANK
    assert 0 <= verdict.score <= 1
    assert bool(verdict.reasons) == (verdict.support in ("unconfirmed", "unsupported"))
    assert {reason.kind for reason in verdict.reasons} <= set(get_args(ReasonKind))
    if {reason.kind for reason in verdict.reasons} & HARD:
        assert verdict.support == "unsupported"


@given(prose(3))
@THOROUGH
def test_claim_beside_itself_is_verbatim(text):
    assume(any(character.isalnum() for character in text))

    assert check(text, [text]).support == "verbatim"


@given(st.sampled_from(STATEMENTS), st.lists(st.sampled_from(STATEMENTS), max_size=4))
@THOROUGH
def test_more_sources_leave_verbatim_as_it_is(statement, others):
    assert check(statement, [*others, statement]).support == "verbatim"


@pytest.mark.parametrize("statement", STATEMENTS)
def test_sources_twice_change_nothing(statement):
    claim = statement.split(",")[0].split("،")[0] + "."
    assert check(claim, [statement]) == check(claim, [statement, statement])


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        pytest.param("The crack is 5 mm wide.", "The crack is < 5 mm wide.", id="less"),
        pytest.param("The crack is > 5 mm wide.", "The crack is < 5 mm wide.", id="more"),
        pytest.param("Rates are equal: x = y.", "Rates are equal: x \u2260 y.", id="unequal"),
        pytest.param("It holds 5 litres.", "It holds \u00b15 litres.", id="plus or minus"),
        pytest.param("About 5 men came.", "About ~5 men came.", id="roughly"),
        pytest.param("It has 10 km of it.", "It has 10 km\u00b2 of it.", id="square"),
        pytest.param("It held 10 men.", "It held 10\u00b3 men.", id="cube"),
        pytest.param("It was 1 2 full.", "It was 1/2 full.", id="fraction"),
        pytest.param("It measured 5 10 cm.", "It measured 5 \u00d7 10 cm.", id="times"),
        pytest.param("They wrote it in C.", "They wrote it in C++.", id="name with signs"),
        pytest.param("عرضه 5 أمتار.", "عرضه \u2265 5 أمتار.", id="arabic"),
    ],
)  # fmt: skip
def test_claim_that_lacks_a_sign_is_not_its_source(claim, source):
    assert RANK[check(claim, [source]).support] < RANK["supported"]
    assert RANK[check(source, [claim]).support] < RANK["supported"]
    assert check(source, [source]).support == "verbatim"


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        pytest.param("The crack is \u2039 5 mm wide.", "The crack is < 5 mm wide.", id="as shown"),
        pytest.param("It was \u22125 in May.", "It was -5 in May.", id="minus"),
        pytest.param("It was hot and or dry.", "It was hot and/or dry.", id="slash of words"),
        pytest.param("Most died there.", "Most died\u00b2 there.", id="footnote"),
        pytest.param("Name, Ali, age, 5.", "| Name | Ali | age | 5 |", id="row of a table"),
    ],
)
def test_signs_that_mean_the_same_leave_a_claim_verbatim(claim, source):
    assert check(claim, [source]).support == "verbatim"


def test_reason_shows_the_words_as_they_were_written():
    verdict = check("The Dam cost 4.5 million dollars.", ["The dam cost 3.5 million dollars."])

    assert [(r.kind, r.claim_words) for r in verdict.reasons] == [
        ("number", ("4.5 million dollars",))
    ]


def test_check_of_a_long_row_of_words_takes_no_time():
    started = time.perf_counter()
    for word in ("a ", "the cat of ", "1,", "لا ", "( ", "و5 "):
        check(word * 2000, [word * 1999 + "end"])

    assert time.perf_counter() - started < 20  # seconds, on a busy machine


@pytest.mark.parametrize("kind", get_args(ReasonKind))
def test_every_reason_has_words_for_a_person(kind):
    with_words = kind in HARD | {"names", "wording"}
    for language in LANGUAGES:
        assert variables(f"gate.reason.{kind}", language) == ({"words"} if with_words else set())


@pytest.mark.parametrize("mark", RANK)
def test_every_mark_has_words_for_a_person(mark):
    assert f"gate.mark.{mark}" in names()
    assert say(f"gate.mark.{mark}", "ar") != say(f"gate.mark.{mark}", "en")
