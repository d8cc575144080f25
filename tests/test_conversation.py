"""Follow-ups that are made to stand alone, and questions that can't be asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import THOROUGH, mixed_text

from assistant import Assistant, AssistantError
from assistant.conversation import check_question, stand_alone
from assistant.language import content_words, stem
from assistant.schema import Citation, Message

TREATY = "Who signed the Aswan treaty?"
HISTORY = (Message("user", TREATY), Message("assistant", "Two ministers signed it."))
MUAHADA = "من وقّع معاهدة أسوان؟"
TARIKH = (Message("user", MUAHADA), Message("assistant", "وقّعها وزيران."))


# A last question, a follow-up to it, and the question that both make together.
PLACED = [
    # The last question with other words that ask
    (TREATY, "When?", "When was the Aswan treaty signed?"),
    (TREATY, "And when?", "When was the Aswan treaty signed?"),
    (TREATY, "why", "Why was the Aswan treaty signed?"),
    (TREATY, "When was that?", "When was the Aswan treaty signed?"),
    (TREATY, "Why did this happen?", "Why was the Aswan treaty signed?"),
    ("Who wrote the letters of Tirana in 1912?", "Where?",
     "Where were the letters of Tirana written in 1912?"),
    ("When was the bridge closed?", "Why?", "Why was the bridge closed?"),
    ("Was the bridge closed?", "When exactly?", "When was the bridge closed?"),
    ("In which year did the firm move?", "And why?", "Why did the firm move?"),
    ("متى أُغلق الجسر؟", "ولماذا؟", "لماذا أُغلق الجسر؟"),
    ("هل أُغلق الجسر؟", "متى؟", "متى أُغلق الجسر؟"),
    ("أين وُقّعت المعاهدة؟", "ومتى كان ذلك؟", "متى وُقّعت المعاهدة؟"),
    # The last question about something else
    ("Who signed the Paris treaty?", "What about Cairo?", "Who signed the Cairo treaty?"),
    (TREATY, "and the bridge?", "Who signed the bridge?"),
    ("How many guests came in 1998?", "And in 1999?", "How many guests came in 1999?"),
    ("How many guests came?", "And in 1999?", "How many guests came in 1999?"),
    ("How high is the fee?", "How much was it in 1999?", "How high is the fee in 1999?"),
    ("What is the fee for adults?", "And for groups?", "What is the fee for groups?"),
    ("What does the first clause say?", "What about the third one?",
     "What does the third clause say?"),
    ("What does the first clause say?", "and the last clause?", "What does the last clause say?"),
    ("How many men took part?", "What about women?", "How many women took part?"),
    (MUAHADA, "وماذا عن القاهرة؟", "من وقّع معاهدة القاهرة؟"),
    (MUAHADA, "ماذا عن القاهرة؟", "من وقّع معاهدة القاهرة؟"),
    ("ما عاصمة روسيا؟", "وماذا عن الجزائر؟", "ما عاصمة الجزائر؟"),
    ("كم ضيفا حضر عام 1998؟", "وفي عام ١٩٩٩؟", "كم ضيفا حضر عام ١٩٩٩؟"),
    ("ما نص المادة الأولى؟", "والثالثة؟", "ما نص المادة الثالثة؟"),
    ("كم عدد الرجال؟", "وماذا عن النساء؟", "كم عدد النساء؟"),
    # A pronoun, or a verb without its subject
    (TREATY, "When was it signed?", "When was the Aswan treaty signed?"),
    ("When was the lighthouse built?", "How tall is it?", "How tall is the lighthouse?"),
    ("When was the lighthouse of Ras Karam rebuilt?", "And who rebuilt it?",
     "Who rebuilt the lighthouse of Ras Karam?"),
    ("Who rebuilt the lighthouse of Ras Karam?", "When was it built?",
     "When was the lighthouse of Ras Karam built?"),
    ("In which year was the old bridge opened?", "How long is it?", "How long is the old bridge?"),
    ("How tall is the dam?", "Who built it?", "Who built the dam?"),
    ("When was the fair held?", "Which countries took part in it?",
     "Which countries took part in the fair?"),
    ("How long did the siege of Tyre last?", "Who won it?", "Who won the siege of Tyre?"),
    ("How many coins does the museum keep?", "Where is it?", "Where is the museum?"),
    ("What is the population of Egypt?", "How large is it?",
     "How large is the population of Egypt?"),
    ("Who is the director of the museum?", "When was she born?",
     "When was the director of the museum born?"),
    ("What is the population of Egypt?", "What is its capital?",
     "What is Egypt\u2019s capital?"),
    ("When was the company founded?", "What was its first ship?",
     "What was the company’s first ship?"),
    (MUAHADA, "وأين تقع؟", "أين تقع معاهدة أسوان؟"),
    (MUAHADA, "كم طولها؟", "كم طول معاهدة أسوان؟"),
    ("متى بُنيت منارة رأس كرم؟", "كم ارتفاعها؟", "كم ارتفاع منارة رأس كرم؟"),
    ("متى أُسست جامعة الساحل؟", "وكم مساحتها؟", "كم مساحة جامعة الساحل؟"),
    ("متى أُسست جامعة الساحل؟", "من أول رئيس لها؟", "من أول رئيس لجامعة الساحل؟"),
    ("متى بُني السد؟", "وما الهدف منه؟", "ما الهدف من السد؟"),
    ("من ترأس الدورة الأولى من المشاورات؟", "ومتى انعقدت؟",
     "متى انعقدت الدورة الأولى من المشاورات؟"),
    ("من هو رئيس البلدية؟", "ومتى انتخب؟", "متى انتخب رئيس البلدية؟"),
    ("كم عدد سكان وهران؟", "وأين تقع؟", "أين تقع وهران؟"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "question", "whole"), PLACED)
def test_follow_up_is_completed_in_its_place_where_that_is_sure(
    asked: str, question: str, whole: str
) -> None:
    assert stand_alone(question, [Message("user", asked)]) == whole


@pytest.mark.parametrize(
    ("asked", "question"),
    [
        (TREATY, "What about Cairo?"),
        (TREATY, "how about the second one?"),
        (TREATY, "By whom?"),
        (TREATY, "What else?"),
        ("How many coins are there?", "Why?"),
        (MUAHADA, "متى؟"),
        (MUAHADA, "ومتى؟"),
        (MUAHADA, "ولماذا؟"),
        (MUAHADA, "وما بشأن الجسر؟"),
        (MUAHADA, "وَكَمْ؟"),
    ],
)
def test_follow_up_is_completed_with_the_last_question_elsewhere(asked: str, question: str) -> None:
    assert stand_alone(question, [Message("user", asked)]) == f"{question} {asked}"


# The last question, a follow-up with words of its own, and what it is completed with.
TOPICS = [
    (TREATY, "Where was he born?", "the Aswan treaty"),
    (TREATY, "What did they say?", "the Aswan treaty"),
    (TREATY, "What was discussed?", "the Aswan treaty"),
    (TREATY, "How does that compare with the others?", "the Aswan treaty"),
    (MUAHADA, "ماذا قال عن النهر؟", "معاهدة أسوان"),
    (MUAHADA, "هل حضرها وزير؟", "معاهدة أسوان"),
    (MUAHADA, "وما منصبه؟", "معاهدة أسوان"),
    ("What is the highest yearly increase of the rent?", "And what is the penalty for breach?",
     "the rent"),
    (MUAHADA, "أين وُلد هو؟", "معاهدة أسوان"),
    (MUAHADA, "لماذا حدث هذا؟", "معاهدة أسوان"),
    ("متى بُني السد؟", "ومن بناه؟", "السد"),
    ("ما أقصى زيادة سنوية للأجرة؟", "وما عقوبة المخالفة؟", "للأجرة"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "question", "topic"), TOPICS)
def test_follow_up_has_the_topic_in_parentheses_where_its_place_is_not_sure(
    asked: str, question: str, topic: str
) -> None:
    assert stand_alone(question, [Message("user", asked)]) == f"{question} ({topic})"


def said(question: str, *cited: str) -> tuple[Message, Message]:
    """Return a question and an answer that cites sentences."""
    citations = tuple(Citation("d", "v", "", "", "", text, 0, len(text), 1.0) for text in cited)
    return Message("user", question), Message("assistant", " ".join(cited), citations)


# A question, the sentence cited for it, a follow-up, and the question that they make.
CITED = [
    ("Who designed the hall?", "The hall was designed in May 1901 by the architect Ida Brook.",
     "When did she die?", "When did Ida Brook die?"),
    ("Who designed the hall?", "Ida Brook designed the hall near Old Town.",
     "What were her plans?", "What were Ida Brook’s plans?"),
    ("Who designed the hall?", "Ida Brook designed the hall.", "How large is it?",
     "How large is the hall?"),
    ("Who signed the pact?", "The pact was signed by Carl Brandt and Louis Perrin.",
     "Where were they born?", "Where were Carl Brandt and Louis Perrin born?"),
    ("Where did the crew winter?", "The crew wintered in Cold Bay, far from Oslo.",
     "How cold is it there?", "How cold is it in Cold Bay?"),
    ("What was the first ship of the firm?", "The first ship of the firm was the Petrel.",
     "Where was it built?", "Where was Petrel built?"),
    ("Who designed the hall?", "It was designed by somebody from the town.", "When did she die?",
     "When did she die? (the hall)"),
    ("من صمّم القاعة؟", "صمّمت القاعة المعمارية هند البكري عام 1901.", "ومتى توفيت؟",
     "متى توفيت هند البكري؟"),
    ("من صمّم القاعة؟", "صُمّمت القاعة بإشراف هند البكري، وهي كبيرة.", "أين درست هي؟",
     "أين درست هند البكري؟"),
    ("من صمّم القاعة؟", "صمّمت القاعة المعمارية هند البكري عام 1901.", "وكم مساحتها؟",
     "كم مساحة القاعة؟"),
    ("من ترأس الجلسة؟", "ترأسها مناصفة لوناس مقرمان، الأمين العام.", "ماذا قال عن النهر؟",
     "ماذا قال لوناس مقرمان عن النهر؟"),
    ("من ترأس الجلسة؟", "ترأسها مناصفة لوناس مقرمان، الأمين العام.", "وما منصبه؟",
     "ما منصب لوناس مقرمان؟"),
    ("أين أقام الوفد؟", "أقام الوفد في فندق النخيل.", "ومن استقبله هناك؟",
     "من استقبل الوفد في فندق النخيل؟"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "cited", "question", "whole"), CITED)
def test_follow_up_asks_about_whom_the_cited_sentence_names(
    asked: str, cited: str, question: str, whole: str
) -> None:
    assert stand_alone(question, said(asked, cited)) == whole


def test_person_is_remembered_over_several_questions() -> None:
    history = (
        *said("Who designed the hall?", "Ida Brook designed the hall."),
        *said("When was she born?", "Ida Brook was born in 1860."),
        *said("How large is it?", "The hall has 900 seats."),
    )

    assert stand_alone("And where did she die?", history) == "Where did Ida Brook die?"
    assert stand_alone("Who owns it?", history) == "Who owns the hall?"


def test_person_is_forgotten_with_a_new_topic() -> None:
    history = (
        *said("Who designed the hall?", "Ida Brook designed the hall."),
        *said("When did the museum of Wahran open?", "The museum opened in 1962."),
    )

    assert stand_alone("When was she born?", history) == "When was she born? (the museum of Wahran)"


# Question and history in two languages.
ACROSS = [
    (TREATY, "ومتى؟", "ومتى؟ (signed the Aswan treaty)"),
    ("How tall is the dam?", "ومتى بُني؟", "ومتى بُني؟ (the dam)"),
    (MUAHADA, "When?", "When? (وقّع معاهدة أسوان)"),
    ("كم ارتفاع السد؟", "When was it built?", "When was it built? (السد)"),
    (TREATY, "كم طول النيل؟", "كم طول النيل؟"),
    (MUAHADA, "How long is the Nile?", "How long is the Nile?"),
]


@pytest.mark.parametrize(("asked", "question", "whole"), ACROSS)
def test_follow_up_crosses_languages(asked: str, question: str, whole: str) -> None:
    assert stand_alone(question, [Message("user", asked)]) == whole


def test_follow_up_of_another_kind_is_answered_by_itself(seeded: Assistant) -> None:
    history = [Message("user", "When was the lighthouse of Ras Karam rebuilt?")]
    answer = seeded.ask("From how far can its lamp be seen?", history=history)

    assert "40 kilometres" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Who is the president of France?",
        "How long does it take to walk to the museum?",
        "Who wrote the book that won the prize?",
        "Which king built the tower and lived in it?",
        "And list the members of the council.",
        "Is there a museum in Aswan?",
        "How many people are there in Norway?",
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

    assert stand_alone("Where?", history) == "Where was the Aswan treaty signed?"


def test_follow_up_goes_with_the_last_question() -> None:
    history = (*HISTORY, Message("user", "Who built the Cairo railway?"))

    assert stand_alone("And when?", history) == "When was the Cairo railway built?"


def test_topic_is_not_taken_from_an_answer() -> None:
    history = (*HISTORY, Message("assistant", "Who built the Cairo railway?"))

    assert stand_alone("When?", history) == "When was the Aswan treaty signed?"


@THOROUGH
@given(mixed_text(), mixed_text(), mixed_text(12))
def test_completed_question_invents_nothing(asked: str, cited: str, question: str) -> None:
    completed = stand_alone(question, said(asked, cited))

    known = {stem(word) for text in (asked, cited, question) for word in content_words(text)}
    own = {stem(word) for word in content_words(completed)}
    assert own <= known or completed == question
    assert stand_alone(question, said(asked, cited)) == completed


@THOROUGH
@given(mixed_text())
def test_question_without_history_stays(question: str) -> None:
    assert stand_alone(question, ()) == question


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
