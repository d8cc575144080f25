"""Questions to begin with: sentences turned round, and only those that are answered."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.answering.starters import starters
from assistant.schema import Block, Document, Scope


def questions(text: str) -> list[str]:
    blocks = (Block(0, len(text)),)
    return [s.question for s in starters(Document(title="Notes", text=text, blocks=blocks))]


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        (
            "The Water Authority was founded on 12 March 1998 by the city.",
            "When was the Water Authority founded?",
        ),
        ("Two old bridges were rebuilt in 2004.", ""),
        ("Wahran was freed in 1792 after an earthquake.", "When was Wahran freed?"),
        (
            "The city museum of Wahran opened its doors in 1962.",
            "",
        ),
        (
            "The city museum of Wahran opened in 1962.",
            "When did the city museum of Wahran open?",
        ),
        (
            "Salma Benani signed the contract on 3 May 2024.",
            "When did Salma Benani sign the contract?",
        ),
        ("The city has only received aid in 1998.", ""),
        ("It was founded on 12 March 1998.", ""),
        ("When the port was closed in 1998, nobody spoke.", ""),
        ("The harbour, which is old, was dredged in 2019.", ""),
        (
            "The Water Authority serves 1,250,000 households in the city.",
            "How many households does the Water Authority serve?",
        ),
        ("The museum has about 40 rooms.", "How many rooms does the museum have?"),
        ("They keep 40 rooms.", ""),
        ("The director, Salma Benani, spoke to the press.", "Who is Salma Benani?"),
        ("Karim Haddad, a professor of law, disagreed.", "Who is Karim Haddad?"),
        ("The weather was mild and the sea calm.", ""),
        ("صدر تقرير إدارة التخطيط في 30 يونيو 2024 بعد تأخير.", "متى صدر تقرير إدارة التخطيط؟"),
        ("وقد افتتح متحف المدينة أبوابه عام 1962.", ""),
        ("وقد افتتح متحف المدينة عام 1962.", "متى افتتح متحف المدينة؟"),
        ("وصل وزير الخارجية إلى موسكو يوم 9 فبراير 2024.", "متى وصل وزير الخارجية إلى موسكو؟"),
        ("حصل على الجائزة في عام 1921.", ""),
        ("بعد قرار عام 1954 تغيرت المدارس.", ""),
        ("استمر العمل حتى سنة 2001.", ""),
        ("يبلغ عدد سكان المدينة نحو 850 ألف نسمة.", "كم يبلغ عدد سكان المدينة؟"),
        ("تبلغ مساحة الحديقة 12 هكتارا.", "كم تبلغ مساحة الحديقة؟"),
        ("التقى لوناس مقرمان، الأمين العام للوزارة، نظيره الروسي.", "من هو لوناس مقرمان؟"),
        ("كان الطقس معتدلا والبحر هادئا.", ""),
    ],
)
def test_sentence_is_turned_into_a_question(sentence, question):
    assert questions(sentence) == ([question] if question else [])


def test_headings_and_datelines_ask_nothing():
    text = "The Authority was founded in 1998"
    document = Document(title="Notes", text=text, blocks=(Block(0, len(text), "heading"),))
    assert list(starters(document)) == []


def test_no_question_is_made_twice_and_each_names_its_sentence():
    text = "The museum has 40 rooms. The sea was calm. The museum has 40 rooms."
    made = list(starters(Document(title="Notes", text=text)))
    assert [text[s.span.start : s.span.end] for s in made] == ["The museum has 40 rooms."]


def test_chosen_questions_are_answered_by_the_documents(seeded: Assistant):
    chosen = seeded.starters(3)
    assert 0 < len(chosen) <= 3
    assert len(set(chosen)) == len(chosen)
    for question in chosen:
        assert seeded.ask(question).answered


def test_questions_are_of_the_chosen_documents_alone(seeded: Assistant):
    for document in seeded.documents():
        scope = Scope(documents=(document.id,))
        for question in seeded.starters(2, scope):
            cited = seeded.ask(question, scope=scope).citations
            assert {c.document_id for c in cited} == {document.id}


def test_empty_library_has_no_questions(tmp_path):
    with Assistant(tmp_path / "library") as assistant:
        assert assistant.starters() == ()
