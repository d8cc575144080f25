"""Conversations on the page, without a browser."""

from __future__ import annotations

import logging
import threading

import pytest
from page_html import CHAIR, SEED, SUMMIT, FakeAssistant, elements, verbatim, words

from assistant import Assistant
from assistant.errors import ModelError
from assistant.schema import AnswerStream, Interrupt, Scope, Segment
from assistant.strings import say
from assistant.web import turns
from assistant.web.desk import Desk
from assistant.web.turns import Talk

WAHRAN = "When did the city museum of Wahran open?"


def asked(question: str = "من؟") -> Talk:
    return Talk().asking(question)


def answered(fake, talk=None, language="ar", scope=None, stop=None):
    return turns.answered(Desk(fake), talk or asked(), scope, language, stop)


def test_an_answer_streams_piece_by_piece():
    fake = FakeAssistant((Segment("بحسب الوثائق: "), verbatim(CHAIR)))
    steps = list(answered(fake))
    assert [step.is_waiting for step in steps] == [True, True, True, True, False]
    shown = [words(turns.latest(step, "ar")) for step in steps]
    assert shown[0] == "من؟" + say("page.searching", "ar")
    assert shown[1] == "من؟" + say("page.writing", "ar")
    assert shown[2] == "من؟بحسب الوثائق:"
    assert CHAIR.cited_text in shown[3]
    assert say("page.engine.extractive", "ar") in shown[4]


def test_what_is_awaited_shows_the_question_and_that_it_is_searched_for():
    shown = turns.latest(asked("من <b>؟"), "ar")
    assert words(shown) == "من <b>؟" + say("page.searching", "ar")


def test_questions_of_a_page_are_one_conversation():
    fake = FakeAssistant((verbatim(CHAIR),))
    first = list(answered(fake, asked("الأول")))[-1]
    failed = list(answered(FakeAssistant(error=ModelError("no")), first.asking("x")))[-1]
    list(answered(fake, failed.asking("الثاني")))
    assert [name for name, _, _ in fake.asked] == ["-new", "-new"]
    assert [turn.number for turn in first.turns] == [1]


def test_question_looks_in_the_documents_that_were_chosen():
    fake, scope = FakeAssistant((verbatim(CHAIR),)), Scope(documents=("ar",))
    list(answered(fake, scope=scope))
    assert fake.asked == [("-new", "من؟", scope)]


def test_only_the_last_turn_is_written_anew():
    fake = FakeAssistant((verbatim(CHAIR),))
    first = list(answered(fake, asked("من ترأسها؟")))[-1]
    second = list(answered(fake, first.asking("متى؟")))[-1]
    assert "من ترأسها؟" in words(turns.past(second, "ar"))
    assert "متى؟" not in words(turns.past(second, "ar"))
    assert "من ترأسها؟" not in words(turns.latest(second, "ar"))
    assert turns.past(first, "ar") == ""


@pytest.fixture
def kept(seeded: Assistant):
    conversation = seeded.conversation(owner="salma")
    conversation.ask(WAHRAN)
    stream = conversation.stream("Who keeps bees?")
    stream.close()
    yield conversation
    seeded.delete_conversation(conversation.id, owner="salma")


def test_kept_conversation_is_shown_again_as_it_was(seeded, kept):
    talk = turns.opened(Desk(seeded, "salma"), kept.id, "en")
    answer, broken_off = talk.turns
    assert (talk.id, talk.person, talk.is_waiting) == (kept.id, "salma", False)
    assert "1962" in words(answer.reply)
    assert elements(answer.reply, ".cite")
    assert say("page.stopped", "en") in words(broken_off.reply)
    assert f'data-conversation="{kept.id}"' in turns.latest(talk, "en")


@pytest.mark.parametrize("person", ["", "omar"])
def test_conversation_of_another_person_is_as_if_it_were_not_there(seeded, kept, person):
    assert turns.opened(Desk(seeded, person), kept.id, "en") == Talk(person)
    assert turns.opened(Desk(seeded, person), "no-such-id", "en") == Talk(person)


# Long conversations


@pytest.fixture
def long(seeded: Assistant):
    """A conversation of 70 questions that were broken off, which costs nothing."""
    conversation = seeded.conversation(owner="salma")
    for number in range(1, 71):
        conversation.stream(f"Question {number}?").close()
    yield conversation
    seeded.delete_conversation(conversation.id, owner="salma")


def numbers(talk: Talk) -> list[int]:
    return [turn.number for turn in talk.turns]


def test_of_a_long_conversation_the_last_turns_are_shown(seeded, long):
    talk = turns.opened(Desk(seeded, "salma"), long.id, "en")
    assert numbers(talk) == [*range(41, 71)]
    assert talk.earlier == 40
    shown = turns.past(talk, "en")
    assert elements(shown, ".earlier")[0].text == say("page.earlier", "en", {"count": 40})
    assert "Question 41?" in words(shown)
    assert "Question 40?" not in words(shown)
    assert "Question 70?" not in words(shown)


def test_earlier_turns_come_in_above(seeded, long):
    desk = Desk(seeded, "salma")
    talk = turns.opened(desk, long.id, "en")
    talk = turns.further(desk, talk, "en")
    assert (numbers(talk), talk.earlier) == ([*range(11, 71)], 10)
    talk = turns.further(desk, talk, "en")
    assert (numbers(talk), talk.earlier) == ([*range(1, 71)], 0)
    assert turns.further(desk, talk, "en") is talk
    assert elements(turns.past(talk, "en"), ".earlier") == []


def test_further_question_pushes_the_first_turn_out(seeded, long):
    talk = turns.opened(Desk(seeded, "salma"), long.id, "en").asking("One more?")
    assert numbers(talk) == [*range(42, 71), 0]
    assert talk.earlier == 41
    talk = turns.further(Desk(seeded, "salma"), talk, "en")
    assert numbers(talk) == [*range(12, 71), 0]
    assert len(talk.asking("And one?").turns) == 60


def test_short_conversation_has_no_earlier_turns(seeded, kept):
    desk = Desk(seeded, "salma")
    talk = turns.opened(desk, kept.id, "en")
    assert talk.earlier == 0
    assert turns.further(desk, talk, "en") is talk


def test_earlier_turns_of_another_person_stay_theirs(seeded, long):
    talk = turns.opened(Desk(seeded, "salma"), long.id, "en")
    assert turns.further(Desk(seeded, "omar"), talk, "en").turns == talk.turns


# What became of answers since


def test_rating_and_number_are_shown_again(seeded, kept):
    kept.rate(1, good=False, reason="too short")
    talk = turns.opened(Desk(seeded, "salma"), kept.id, "en")
    group = elements(talk.turns[0].reply, ".of-answer")[0]
    assert group.attributes["data-number"] == "1"
    assert elements(talk.turns[0].reply, ".bad")[0].attributes["aria-pressed"] == "true"
    assert elements(talk.turns[0].reply, ".why")[0].attributes["data-reason"] == "too short"


def test_new_answer_has_its_number():
    last = list(answered(FakeAssistant((verbatim(CHAIR),))))[-1].turns[-1]
    assert elements(last.reply, ".of-answer")[0].attributes["data-number"] == "1"
    assert elements(last.reply, ".since") == []


def test_failure_of_a_model_is_told_in_the_language_of_the_page():
    values = {"what": "SANAD_MODEL='ollama:x'", "setting": "SANAD_MODEL"}
    error = ModelError("in English", kind="empty", values=values)
    last = list(answered(FakeAssistant(error=error), language="ar"))[-1].turns[-1]
    assert "جوابًا فارغًا" in words(last.reply)
    assert "in English" not in words(last.reply)


def test_an_error_of_the_assistant_is_told_after_what_had_come():
    error = ModelError("The model 'x' can't be reached. Start it.")
    last = list(answered(FakeAssistant((verbatim(CHAIR),), error)))[-1].turns[-1]
    assert last.done
    assert CHAIR.cited_text in words(last.reply)
    failure = elements(last.reply, ".failure")[0]
    assert "تعذّرت الإجابة" in failure.text
    assert str(error) in failure.text
    assert [p.attributes["dir"] for p in elements(last.reply, "p")][-2:] == ["rtl", "ltr"]


def test_an_unexpected_error_is_logged_without_a_documents_text(caplog):
    with caplog.at_level(logging.ERROR):
        last = list(answered(FakeAssistant(error=ValueError(SEED[:80])), language="en"))[-1].turns[
            -1
        ]
    assert say("page.error.unexpected", "en") in words(last.reply)
    assert "ValueError" in caplog.text
    assert SEED[:20] not in caplog.text


def test_an_answer_is_stopped_from_another_thread_in_the_middle_of_a_step():
    entered, released = threading.Event(), threading.Event()

    class Slow(FakeAssistant):
        def streamed(self):
            def pieces():
                entered.set()
                released.wait(60)
                yield from ()

            interrupt = Interrupt()
            interrupt.guard(released.set)
            return AnswerStream(pieces(), lambda _: None, interrupt)

    stop, steps = Interrupt(), []
    going = answered(Slow(), stop=stop)
    reading = threading.Thread(target=lambda: steps.extend(going))
    reading.start()
    assert entered.wait(10)
    stop.set()
    reading.join(10)

    assert not reading.is_alive()
    assert all(step.is_waiting or "failure" in step.turns[-1].reply for step in steps)


def test_a_stopped_answer_keeps_what_had_come_and_stops_the_work():
    fake = FakeAssistant((verbatim(CHAIR), verbatim(SUMMIT)))
    going = answered(fake, language="en")
    _searching, _writing, half = (next(going) for _ in range(3))
    going.close()
    ended = turns.stopped(half, "en")
    assert fake.closed
    assert not ended.is_waiting
    assert CHAIR.cited_text in words(ended.turns[-1].reply)
    assert say("page.stopped", "en") in words(ended.turns[-1].reply)
    assert turns.stopped(ended, "en") == ended


@pytest.mark.parametrize(
    ("question", "key"),
    [("", "question.empty"), (" \n\u00a0", "question.empty"), ("س" * 11, "question.too_long")],
)
def test_some_questions_can_not_be_asked(question, key):
    expected = say(key, "ar", {"length": 11, "limit": 10})
    assert turns.objection(Talk(), question, 10, "ar") == expected


def test_a_question_of_the_greatest_length_can_be_asked():
    assert turns.objection(Talk(), " " + "س" * 10 + "\n", 10, "ar") == ""


def test_no_question_is_taken_while_an_answer_is_awaited():
    assert turns.objection(asked(), "من؟", 10, "en") == say("page.busy", "en")


def test_answer_that_is_stopped_while_it_is_awaited_keeps_no_word_of_waiting():
    going = answered(FakeAssistant((verbatim(CHAIR),)), language="en")
    next(going)
    writing = next(going)
    going.close()
    shown = words(turns.latest(turns.stopped(writing, "en"), "en"))
    assert shown == "من؟" + say("page.stopped", "en")


@pytest.mark.parametrize(
    ("begun", "name"),
    [(False, "page.not_begun"), (True, "page.stopped")],
    ids=["while it waits", "while it is written"],
)
@pytest.mark.parametrize("language", ["ar", "en"])
def test_an_answer_that_is_stopped_says_whether_it_had_begun(language, begun, name):
    talk = asked()
    if begun:
        going = answered(FakeAssistant((Segment("Words."), Segment("More."))), talk, language)
        talk = next(going)
        going.close()
    shown = words(turns.latest(turns.stopped(talk, language), language))
    assert shown == "من؟" + say(name, language)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_conversation_is_read_out_as_it_grows(language):
    shown = turns.latest(asked(), language)
    (log,) = [e for e in elements(shown, "div") if e.attributes.get("role") == "log"]
    assert log.attributes["aria-label"] == say("page.conversation", language)
