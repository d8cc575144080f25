"""Who and where a cited sentence names, and what a question is about."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from strategies import THOROUGH, mixed_text

from assistant.conversation import mentions
from assistant.conversation.topic import last_words, owner, topic
from assistant.language import words

HALL, QAA = "Who designed the hall?", "من صمّم القاعة؟"


@pytest.mark.parametrize(
    ("cited", "question", "person"),
    [
        pytest.param("In May 1901 the hall was designed by Ida Brook.", HALL, "Ida Brook", id="by"),
        pytest.param("Ida Brook designed the hall.", HALL, "Ida Brook", id="first"),
        pytest.param("The hall was designed by Brook.", HALL, "Brook", id="one-word"),
        pytest.param(
            "Captain Ida Brook led the Brook expedition.",
            "Who led the Brook expedition?",
            "Ida Brook",
            id="half-of-it-asked-about",
        ),
        pytest.param(
            "Ida Brook and Max Stern designed the hall.",
            HALL,
            "Ida Brook and Max Stern",
            id="two-joined",
        ),
        pytest.param(
            "The prize went to Ida Brook; Max Stern was second.",
            "Who won the prize?",
            "",
            id="two-apart",
        ),
        pytest.param(
            "In Cold Bay the hall was designed by the architect Ida Brook in May.",
            HALL,
            "Ida Brook",
            id="beside-a-place-and-a-month",
        ),
        pytest.param("Nobody knows who designed the hall.", HALL, "", id="nobody"),
        pytest.param("", HALL, "", id="nothing"),
        pytest.param("صمّمت القاعة المعمارية هند البكري.", QAA, "هند البكري", id="title"),
        pytest.param("صُمّمت القاعة بإشراف هند البكري عام 1901.", QAA, "هند البكري", id="agent"),
        pytest.param("القاعة صمّمها سعد.", QAA, "", id="one-word-that-nothing-marks"),
        pytest.param(
            "قاد الرحالة ناصر المهيري بعثة المهيري.",
            "من قاد بعثة المهيري؟",
            "ناصر المهيري",
            id="family-name-asked-about",
        ),
    ],
)
def test_person_of_a_sentence(cited: str, question: str, person: str) -> None:
    assert mentions.person(cited, question) == person


@pytest.mark.parametrize(
    ("cited", "question", "place"),
    [
        ("The crew wintered in Cold Bay, near Oslo.", "Where did the crew winter?", "Cold Bay"),
        ("Ida Brook wintered there.", "Where did Ida Brook winter?", ""),
        ("عُقد الاجتماع في واحة سمنان عام 1990.", "أين عُقد الاجتماع؟", "واحة سمنان"),
        ("عُقد الاجتماع أمس.", "أين عُقد الاجتماع؟", ""),
    ],
)
def test_place_of_a_sentence(cited: str, question: str, place: str) -> None:
    assert mentions.place(cited, question) == place


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("When was the old bridge closed for repairs?", "the old bridge"),
        ("How many visitors did the town museum have in 2021?", "the town museum"),
        ("When did the company buy the ship?", "the company"),
        ("Where did the Brook expedition winter?", "the Brook expedition"),
        ("Who opened the bridge in 1936?", "the bridge"),
        ("What is the height of the dam?", "the height of the dam"),
        ("كم بلغ عدد طلاب جامعة الساحل عام 2021؟", "طلاب جامعة الساحل"),
        ("من أشرف على بناء السد؟", "بناء السد"),
        ("هل وافق المجلس؟", "المجلس"),
        ("هل السد قديم؟", "السد قديم"),
        ("", ""),
    ],
)
def test_topic_of_a_question(question: str, about: str) -> None:
    assert topic(question) == about


@pytest.mark.parametrize(
    ("thing", "whose"),
    [
        ("the population of Egypt", "Egypt"),
        ("the height of the dam", "the dam"),
        ("the capital", "the capital"),
        ("the dam", "the dam"),
        ("عدد سكان وهران", "وهران"),
        ("سكان", "سكان"),
    ],
)
def test_owner_of_an_attribute(thing: str, whose: str) -> None:
    assert owner(thing) == whose


@THOROUGH
@given(mixed_text(), mixed_text())
@example("Mr1,234.5", "a")
@example("a\u064bMr", "")
def test_what_is_found_stands_in_the_text(cited: str, question: str) -> None:
    spoken = words(cited)
    for find in (mentions.person, mentions.place, mentions.name):
        assert set(words(find(cited, question))) <= set(spoken)
    assert set(words(topic(question))) <= set(words(question))
    assert set(words(last_words(question, 2))) <= set(words(question))
