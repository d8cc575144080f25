"""Sessions: how they begin and end, and what is kept of them."""

from __future__ import annotations

import base64

import pytest

from assistant.web.people.sessions import Lasting, Sessions, session_cookie


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_a_token_is_long_fresh_and_kept_as_a_digest_only(clock):
    sessions = Sessions(clock=clock)
    tokens = {sessions.begin("salma", "k") for _ in range(200)}
    assert len(tokens) == 200
    assert {len(base64.urlsafe_b64decode(token + "=")) for token in tokens} == {32}
    kept = repr(vars(sessions))
    assert not [token for token in tokens if token in kept]


def test_find_gives_the_session_of_a_token_and_of_no_other_text(clock):
    sessions = Sessions(clock=clock)
    token = sessions.begin("سلمى", "k")
    found = sessions.find(token)
    assert (found.person, found.kept) == ("سلمى", "k")
    assert [sessions.find(t) for t in ("", "x", token[:-1], token + "x", "\ud800")] == [None] * 5


@pytest.mark.parametrize(
    ("steps", "is_open"),
    [
        pytest.param([59], True, id="used in time"),
        pytest.param([60], False, id="idle too long"),
        pytest.param([50, 50, 50], True, id="kept open by use"),
        pytest.param([50, 50, 50, 50], False, id="whole time over"),
    ],
)
def test_a_session_ends_by_itself(clock, steps, is_open):
    sessions = Sessions(Lasting(idle=60, whole=200), clock)
    token = sessions.begin("salma", "k")
    found = None
    for step in steps:
        clock.now += step
        found = sessions.find(token)
    assert (found is not None) is is_open
    assert len(sessions) == is_open


def test_end_ends_one_session_and_end_all_all_of_a_person(clock):
    sessions = Sessions(clock=clock)
    first, second, other = (sessions.begin(p, "k") for p in ("salma", "salma", "omar"))
    sessions.end(first)
    sessions.end("unknown")
    assert [sessions.find(t) is not None for t in (first, second, other)] == [False, True, True]
    sessions.end_all("salma")
    assert [sessions.find(t) is not None for t in (second, other)] == [False, True]


def test_the_number_is_bounded_and_the_longest_unused_one_goes(clock):
    sessions = Sessions(Lasting(most=3), clock)
    first, second, third = (sessions.begin("p", "k") for _ in range(3))
    sessions.find(first)
    fourth = sessions.begin("p", "k")
    assert [sessions.find(t) is not None for t in (first, second, third, fourth)] == [
        True,
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("token", "secure", "expected"),
    [
        ("abc", False, "sanad-session=abc; HttpOnly; SameSite=Lax; Path=/"),
        ("abc", True, "__Host-sanad-session=abc; HttpOnly; SameSite=Lax; Path=/; Secure"),
        ("", False, "sanad-session=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0"),
    ],
)
def test_cookie_is_closed_to_scripts_and_other_sites(token, secure, expected):
    assert session_cookie(token, secure=secure) == expected
