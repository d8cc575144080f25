"""Limits of tries: by name and by address, growing, ending, bounded."""

from __future__ import annotations

import pytest

from assistant.web.people.tries import Limit, Tries, network


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def waited(tries, clock, name, address):
    """Wait as long as is asked for, then try; return the seconds."""
    wait = tries.take(name, address)
    if wait:
        clock.now += wait
        assert tries.take(name, address) == 0
    return wait


def test_waits_grow_to_a_longest_one(clock):
    tries = Tries(Limit(3, first=10, most=60), Limit(1000), clock=clock)
    waits = [waited(tries, clock, "salma", f"10.0.0.{n}") for n in range(9)]
    assert waits == [0, 0, 0, 10, 20, 40, 60, 60, 60]


def test_a_try_that_must_wait_does_not_lengthen_the_wait(clock):
    tries = Tries(Limit(1, first=10), Limit(1000), clock=clock)
    assert [tries.take("salma", "10.0.0.1") for _ in range(50)] == [0] + [10] * 49
    clock.now = 4.5
    assert tries.take("salma", "10.0.0.1") == 6
    clock.now = 10
    assert tries.take("salma", "10.0.0.1") == 0


def test_a_name_waits_wherever_the_tries_come_from_and_others_do_not(clock):
    tries = Tries(Limit(2), Limit(1000), clock=clock)
    taken = [tries.take(name, f"10.0.{n}.1") for n, name in enumerate(["Salma", "salma", "SALMA"])]
    assert taken == [0, 0, 15]
    assert tries.take("omar", "10.0.0.1") == 0


def test_an_address_waits_whatever_the_name(clock):
    tries = Tries(Limit(1000), Limit(4), clock=clock)
    assert [tries.take(f"n{n}", "10.0.0.1") for n in range(6)] == [0, 0, 0, 0, 15, 15]
    assert tries.take("n9", "10.0.0.2") == 0


def test_a_right_try_frees_the_name_but_washes_nothing_off_the_address(clock):
    tries = Tries(Limit(3), Limit(6), clock=clock)
    for n in range(3):
        tries.take(f"victim{n}", "10.0.0.1")
    for _ in range(2):
        assert tries.take("own", "10.0.0.1") == 0
        tries.succeeded("own", "10.0.0.1")
    assert [tries.take(f"victim{n}", "10.0.0.1") for n in range(4)] == [0, 0, 0, 15]


def test_a_right_try_ends_the_names_count(clock):
    tries = Tries(Limit(3), Limit(1000), clock=clock)
    for _ in range(20):
        assert tries.take("salma", "10.0.0.1") == 0
        assert tries.take("salma", "10.0.0.1") == 0
        tries.succeeded("Salma", "10.0.0.1")


def test_wrong_tries_are_forgotten_in_time(clock):
    tries = Tries(Limit(2, first=10, most=60, forgotten=600), Limit(1000), clock=clock)
    assert [waited(tries, clock, "salma", "10.0.0.1") for _ in range(4)] == [0, 0, 10, 20]
    clock.now += 600
    assert [waited(tries, clock, "salma", "10.0.0.1") for _ in range(3)] == [0, 0, 10]


def test_memory_is_bounded(clock):
    tries = Tries(Limit(1), Limit(1), most=100, clock=clock)
    for n in range(5000):
        tries.take(f"{n}" + "x" * 10_000, f"10.{n // 250}.{n % 250}.1")
    assert len(tries._names.counts) == len(tries._addresses.counts) == 100
    assert max(map(len, tries._names.counts)) <= 200


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("unix", "unix"),
    ],
)
def test_network_is_what_one_customer_has(address, expected):
    assert network(address) == expected


def test_default_limits_let_a_person_mistype_and_stop_a_machine():
    clock = Clock()
    tries = Tries(clock=clock)
    made = 0
    while clock.now < 24 * 3600:
        wait = tries.take("salma", f"10.0.{made % 250}.1")
        made += not wait
        clock.now += wait or 0.1
    assert tries.take("someone else", "10.9.9.9") == 0
    assert 5 < made < 120  # a day's guesses of one password


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("\u0623\u062d\u0645\u062f", "\u0627\u0654\u062d\u0645\u062f"),  # Ahmad, hamza apart
        ("Jos\u00e9", "jose\u0301"),
        ("k\u00e5re", "\u212a\u212bRE"),  # the signs of kelvin and of angstrom
    ],
    ids=["hamza", "accent", "signs"],
)
def test_one_name_in_two_spellings_is_one_name(name, other):
    tries = Tries(by_name=Limit(2, first=10.0), clock=lambda: 0.0)
    assert tries.take(name, "192.0.2.1") == 0
    assert tries.take(other, "192.0.2.2") == 0
    assert tries.take(name, "192.0.2.3") == tries.take(other, "192.0.2.4") == 10
