"""Follow-ups that are made to stand alone, and questions that can't be asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import THOROUGH, mixed_text

from assistant import Assistant, AssistantError
from assistant.conversation import check_question, stand_alone
from assistant.schema import Message

TREATY = "Who signed the Aswan treaty?"
HISTORY = (Message("user", TREATY), Message("assistant", "Two ministers signed it."))
MUAHADA = "من وقّع معاهدة أسوان؟"
TARIKH = (Message("user", MUAHADA), Message("assistant", "وقّعها وزيران."))


@pytest.mark.parametrize(
    "question",
    [
        "When?",
        "And when?",
        "why",
        "What about Cairo?",
        "how about the second one?",
        "and the bridge?",
        "When was that?",
    ],
)
def test_follow_up_is_completed(question: str) -> None:
    assert stand_alone(question, HISTORY) == f"{question} {TREATY}"


@pytest.mark.parametrize(
    "question",
    [
        "متى؟",
        "ومتى؟",
        "ولماذا؟",
        "وماذا عن القاهرة؟",
        "ماذا عن القاهرة؟",
        "وما بشأن الجسر؟",
        "وَكَمْ؟",
    ],
)
def test_arabic_follow_up_is_completed(question: str) -> None:
    assert stand_alone(question, TARIKH) == f"{question} {MUAHADA}"


# The last question, a follow-up with words of its own, and what it is completed with.
TOPICS = [
    (TREATY, "Where was he born?", "the Aswan treaty"),
    (TREATY, "When was it signed?", "the Aswan treaty"),
    (TREATY, "What did they say?", "the Aswan treaty"),
    (TREATY, "Why did this happen?", "the Aswan treaty"),
    ("When was the lighthouse built?", "How tall is it?", "the lighthouse"),
    ("When was the lighthouse of Ras Karam rebuilt?", "And who rebuilt it?",
     "the lighthouse of Ras Karam"),
    ("Who rebuilt the lighthouse of Ras Karam?", "When was it built?",
     "the lighthouse of Ras Karam"),
    ("In which year was the old bridge opened?", "How long is it?", "the old bridge"),
    ("How tall is the dam?", "Who built it?", "the dam"),
    ("How many coins does the museum keep?", "Where is it?", "the museum"),
    ("What is the population of Egypt?", "How large is it?", "the population of Egypt"),
    ("Who is the director of the museum?", "When was she born?", "the director of the museum"),
    ("What is the highest yearly increase of the rent?", "And what is the penalty for breach?",
     "the rent"),
    (MUAHADA, "أين وُلد هو؟", "معاهدة أسوان"),
    (MUAHADA, "لماذا حدث هذا؟", "معاهدة أسوان"),
    (MUAHADA, "وأين تقع؟", "معاهدة أسوان"),
    (MUAHADA, "كم طولها؟", "معاهدة أسوان"),
    ("متى بُنيت منارة رأس كرم؟", "كم ارتفاعها؟", "منارة رأس كرم"),
    ("من ترأس الدورة الأولى من المشاورات؟", "ومتى انعقدت؟", "الدورة الأولى من المشاورات"),
    ("من هو رئيس البلدية؟", "ومتى انتخب؟", "رئيس البلدية"),
    ("كم عدد سكان وهران؟", "وأين تقع؟", "سكان وهران"),
    ("ما أقصى زيادة سنوية للأجرة؟", "وما عقوبة المخالفة؟", "للأجرة"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "question", "topic"), TOPICS)
def test_follow_up_with_its_own_words_takes_the_topic_only(
    asked: str, question: str, topic: str
) -> None:
    assert stand_alone(question, [Message("user", asked)]) == f"{question} ({topic})"


def test_follow_up_of_another_kind_is_answered_by_itself(seeded: Assistant) -> None:
    history = [Message("user", "When was the lighthouse of Ras Karam rebuilt?")]
    answer = seeded.ask("From how far can its lamp be seen?", history=history)

    assert "40 kilometres" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Who is the president of France?",
        "What is the population of Egypt?",
        "When was the railway between Cairo and Aswan built?",
        "Is it true that the minister of transport resigned in 1932?",
        "Android phones: which are the cheapest?",
        "من هو رئيس فرنسا؟",
        "ما هي عاصمة اليابان؟",
        "كم عدد سكان مصر؟",
        "متى بُني خط السكة الحديد بين القاهرة وأسوان؟",
        "أين تقع مكة؟",
        "كم طول النيل؟",
        "وزير النقل، متى استقال؟",
    ],
)
def test_question_with_its_own_topic_stays(question: str) -> None:
    assert stand_alone(question, HISTORY) == question
    assert stand_alone(question, TARIKH) == question


@pytest.mark.parametrize(
    "history",
    [(), (Message("assistant", "Hello."),), (Message("user", "   "),)],
    ids=["none", "no question", "blank question"],
)
def test_follow_up_to_nothing_stays(history: tuple[Message, ...]) -> None:
    assert stand_alone("And when?", history) == "And when?"


def test_follow_up_of_a_follow_up_has_the_first_topic() -> None:
    history = (*HISTORY, Message("user", "And when?"), Message("assistant", "In 1912."))

    assert stand_alone("Where?", history) == f"Where? {TREATY}"


def test_follow_up_goes_with_the_last_question() -> None:
    history = (*HISTORY, Message("user", "Who built the Cairo railway?"))

    assert stand_alone("And when?", history) == "And when? Who built the Cairo railway?"


def test_topic_is_not_taken_from_an_answer() -> None:
    history = (*HISTORY, Message("assistant", "Who built the Cairo railway?"))

    assert stand_alone("When?", history) == f"When? {TREATY}"


@THOROUGH
@given(mixed_text())
def test_any_question_begins_as_it_was_asked(question: str) -> None:
    completed = stand_alone(question, HISTORY)

    assert completed in (
        question,
        f"{question} {TREATY}".strip(),
        f"{question} (the Aswan treaty)",
        f"{question} (treaty)",
    )


# What can be asked


@pytest.mark.parametrize("question", ["", " ", "\n\t\r\n", "\u00a0\u3000"])
def test_empty_question_cannot_be_asked(question: str) -> None:
    with pytest.raises(AssistantError, match="question first"):
        check_question(question, 100)


@pytest.mark.parametrize("question", ["?", "م", "a" * 100, "\U0001f600" * 100])
def test_question_within_the_limit_can_be_asked(question: str) -> None:
    check_question(question, 100)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("a" * 101, "too long"),
        ("م" * 101, "أطول من اللازم"),
        ("من هو " + "a" * 101, "أطول من اللازم"),
    ],
)
def test_long_question_is_an_error_in_its_language(question: str, words: str) -> None:
    with pytest.raises(AssistantError, match=words) as raised:
        check_question(question, 100)

    assert str(len(question)) in str(raised.value)
    assert "100" in str(raised.value)
