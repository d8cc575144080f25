"""What was removed can be brought back for a while, by whoever removed it."""

from __future__ import annotations

import threading

import pytest

from assistant.schema import Removal
from assistant.web.basket import Basket


class Person:
    """As much of a desk as the basket uses."""

    def __init__(self, person: str) -> None:
        self.person = person
        self.forgotten = threading.Event()

    def forget(self, removal: Removal) -> None:
        self.forgotten.set()


REMOVAL = Removal("d1", "v1", ())


def test_what_was_removed_can_be_taken_once():
    basket, salma = Basket(60), Person("salma")
    basket.put(salma, "One", REMOVAL)
    (held,) = basket.of("salma")
    assert (held.title, held.removal) == ("One", REMOVAL)
    assert basket.take(held.token, "salma") == held
    assert basket.take(held.token, "salma") is None
    assert basket.of("salma") == ()


@pytest.mark.parametrize("person", ["omar", ""])
def test_nobody_else_takes_or_sees_it(person):
    basket = Basket(60)
    basket.put(Person("salma"), "One", REMOVAL)
    (held,) = basket.of("salma")
    assert basket.of(person) == ()
    assert basket.take(held.token, person) is None
    assert basket.of("salma") == (held,)


def test_last_removed_comes_first():
    basket, salma = Basket(60), Person("salma")
    for title in ("One", "Two", "Three"):
        basket.put(salma, title, REMOVAL)
    assert [held.title for held in basket.of("salma")] == ["Three", "Two", "One"]


def test_files_are_deleted_once_the_time_is_over():
    basket, salma = Basket(0.05), Person("salma")
    basket.put(salma, "One", REMOVAL)
    assert salma.forgotten.wait(10)
    assert basket.of("salma") == ()


def test_files_of_what_came_back_stay():
    basket, salma = Basket(0.2), Person("salma")
    basket.put(salma, "One", REMOVAL)
    (held,) = basket.of("salma")
    basket.take(held.token, "salma")
    assert not salma.forgotten.wait(0.6)


def test_unknown_token_is_nothing():
    assert Basket(60).take("x", "salma") is None


def test_many_that_were_removed_wait_in_one_thread():
    basket, people = Basket(0.5), [Person("salma") for _ in range(50)]
    before = threading.active_count()
    for person in people:
        basket.put(person, "One", REMOVAL)

    assert threading.active_count() <= before + 1
    for person in people:
        assert person.forgotten.wait(10)
    assert basket.of("salma") == ()


def test_error_while_one_is_deleted_keeps_no_other():
    class Failing(Person):
        def forget(self, removal: Removal) -> None:
            raise OSError("the disk fails")

    basket, salma = Basket(0.2), Person("salma")
    basket.put(Failing("omar"), "One", REMOVAL)
    basket.put(salma, "Two", REMOVAL)

    assert salma.forgotten.wait(10)
    basket.put(salma, "Three", REMOVAL)
    salma.forgotten.clear()
    assert salma.forgotten.wait(10)
