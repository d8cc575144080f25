"""Passwords: what is kept of them, and what a check costs."""

from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.web.people import passwords
from assistant.web.people.passwords import Cost, hashed, is_well_formed, matches, objection

CHEAP = Cost(ln=10, r=8, p=1)
# RFC 7914, section 12: scrypt("pleaseletmein", "SodiumChloride", 16384, 8, 1), its first 32 bytes.
RFC_HASH = bytes.fromhex("7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2")
RFC = "$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$" + base64.b64encode(RFC_HASH).decode().rstrip("=")


def test_the_vector_of_the_standard_matches():
    assert matches("pleaseletmein", RFC)
    assert not matches("pleaseletmeout", RFC)


def test_hashed_says_how_it_was_made_and_holds_no_password():
    kept = hashed("correct horse")
    assert kept.startswith("$scrypt$ln=15,r=8,p=3$")
    assert is_well_formed(kept)
    assert "horse" not in kept
    assert matches("correct horse", kept)


def test_hashed_takes_a_fresh_salt_each_time():
    assert len({hashed("correct horse", CHEAP) for _ in range(20)}) == 20


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=8, max_size=30), st.text(min_size=8, max_size=30))
def test_only_the_same_password_matches(password, other):
    kept = hashed(password, CHEAP)
    assert matches(password, kept)
    same = passwords._prepared(password) == passwords._prepared(other)
    assert matches(other, kept) is same


def test_one_letter_written_in_two_ways_is_one_password():
    # Alef with hamza above as one character, then as two.
    assert matches("\u0627\u0654hmad-1234", hashed("\u0623hmad-1234", CHEAP))


@pytest.mark.parametrize("kept", [None, "", "$scrypt$", RFC[:-1], RFC.replace("ln=14", "ln=31")])
def test_a_name_that_nobody_has_costs_a_whole_check(monkeypatch, kept):
    real, costs = hashlib.scrypt, []

    def counted(password, **given):
        costs.append((given["n"], given["r"], given["p"]))
        return real(password, **given)

    monkeypatch.setattr(hashlib, "scrypt", counted)
    assert not matches("correct horse", kept)
    known = hashed("correct horse")
    assert matches("correct horse", known)
    assert costs == [(2**15, 8, 3)] * 3


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("secret", id="the password itself"),
        pytest.param(RFC.replace("scrypt", "bcrypt"), id="another function"),
        pytest.param(RFC.replace("ln=14", "ln=9"), id="too cheap"),
        pytest.param(RFC.replace("ln=14", "ln=19"), id="too dear"),
        pytest.param(RFC.replace("r=8", "r=33"), id="too much memory"),
        pytest.param(RFC.replace("r=8", "r=0"), id="no block"),
        pytest.param(RFC.replace("p=1", "p=17"), id="too many passes"),
        pytest.param(RFC + "\n", id="a line end"),
        pytest.param(RFC[:-2], id="cut off"),
    ],
)
def test_a_text_of_another_make_is_not_well_formed_and_matches_nothing(text):
    assert not is_well_formed(text)
    assert not matches("pleaseletmein", text)


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("1234567", "has 7 characters; it needs 8"),
        ("", "has 0 characters"),
        ("x" * 1025, "1024 is the most"),
        ("12345678", ""),
        ("كلمةسرية", ""),
        ("x" * 1024, ""),
    ],
)
def test_objection_says_what_is_wrong_with_a_length(password, said):
    assert (said in objection(password)) if said else objection(password) == ""


def test_too_long_a_password_never_matches_by_its_beginning():
    kept = hashed("x" * 1024, CHEAP)
    assert matches("x" * 1024, kept)
    assert not matches("x" * 1025, kept)
