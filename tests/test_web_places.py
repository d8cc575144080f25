"""Places for questions: of everybody, of one person, and of those who went away."""

from __future__ import annotations

import asyncio

import pytest
from page_html import FakeAssistant

from assistant.web.page import build_page
from assistant.web.places import Places, Room

SMALL = Room(answering=1, most=3, each=2)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("before", "asks", "told"),
    [
        ([], ("a", "salma"), ""),
        ([("a", "salma")], ("b", "salma"), ""),
        ([("a", "salma"), ("b", "salma")], ("c", "salma"), "page.full.own"),
        ([("a", "salma"), ("b", "salma")], ("c", "omar"), ""),
        ([("a", "salma"), ("b", "salma"), ("c", "omar")], ("d", "huda"), "page.full"),
        ([("a", "salma"), ("b", "salma")], ("b", "salma"), ""),
        ([("a", ""), ("b", "")], ("c", ""), ""),
        ([("a", ""), ("b", ""), ("c", "")], ("d", ""), "page.full"),
    ],
    ids=[
        "first",
        "second tab",
        "third tab",
        "somebody else",
        "no room",
        "same page again",
        "nobody signs in",
        "nobody signs in, no room",
    ],
)
def test_a_place_is_taken_or_it_is_said_why_not(before, asks, told):
    places = Places(SMALL)
    assert [places.take(*one) for one in before] == [""] * len(before)
    assert places.take(*asks) == told


def test_a_place_is_free_once_the_answer_has_ended_in_whatever_way():
    places = Places(Room(most=1))
    for error in (None, ValueError):
        assert places.take("a", "") == ""
        try:
            with places.held("a", ""):
                assert places.take("b", "") == "page.full"
                if error:
                    raise error
        except ValueError:
            pass
        assert len(places) == 0


def test_an_answer_that_ends_late_leaves_the_next_question_its_place():
    places = Places(Room(most=1))
    places.take("a", "")
    with places.held("a", ""):
        places.leave("a")
        assert places.take("a", "") == ""
    assert places.take("b", "") == "page.full"


def test_a_question_whose_browser_went_away_does_not_keep_its_place_for_ever():
    clock = Clock()
    places = Places(Room(most=1), clock)
    assert places.take("a", "") == ""
    clock.now = 599.0
    assert places.take("b", "") == "page.full"
    clock.now = 601.0
    assert places.take("b", "") == ""


def test_a_page_that_leaves_without_a_place_is_no_error():
    places = Places(SMALL)
    places.leave("a")
    assert len(places) == 0


def test_gradio_keeps_no_more_pages_than_a_small_machine_can_hold():
    from gradio.state_holder import StateHolder

    holder = StateHolder()
    assert holder.capacity > 1000  # what it would be otherwise: some gigabytes

    async def built():
        # Inside a loop: Gradio would open loops of its own, and close none of them.
        holder.set_blocks(build_page(FakeAssistant(), "en"))

    asyncio.run(built())
    assert holder.capacity <= 500
