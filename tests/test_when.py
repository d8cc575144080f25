"""Answers to "when": a day that a quotation names from its document's date is given beside it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from assistant import Assistant, Document
from assistant.answering.when import dated

DAY = dt.date(2024, 2, 10)  # a Saturday
BRIDGE = "Police closed the Tamra bridge to all traffic on Friday after a crack was found."
JISR = "أغلقت الشرطة جسر الوادي الكبير أمام حركة المرور يوم الجمعة بعد اكتشاف شقوق فيه."
WHEN, MATA = "When was the Tamra bridge closed?", "متى أغلقت الشرطة جسر الوادي الكبير؟"
ON_FRIDAY = " (Friday, 9 February 2024, by the document’s date)"
FI_ALJUMUA = " (الجمعة 9 فبراير 2024 بحسب تاريخ الوثيقة)"


@pytest.mark.parametrize(
    ("quote", "language", "expected"),
    [
        (BRIDGE, "en", ON_FRIDAY),
        (JISR, "ar", FI_ALJUMUA),
        (JISR, "en", ON_FRIDAY),
        ("It fell last month.", "en", " (January 2024, by the document’s date)"),
        ("تراجعت الشهر الفارط.", "ar", " (يناير 2024 بحسب تاريخ الوثيقة)"),
        ("It fell last year.", "en", " (2023, by the document’s date)"),
        ("تراجعت السنة الماضية.", "ar", " (2023 بحسب تاريخ الوثيقة)"),
        (
            "He said on Friday that it fell last month.",
            "en",
            " (“Friday”: Friday, 9 February 2024; “last month”: January 2024, "
            "by the document’s date)",
        ),
        (
            "أعلن الجمعة أنها تراجعت خلال الشهر الماضي.",
            "ar",
            " («الجمعة»: الجمعة 9 فبراير 2024؛ «الشهر الماضي»: يناير 2024 بحسب تاريخ الوثيقة)",
        ),
        (
            "It fell last week.",
            "en",
            " (Monday, 29 January 2024 to Sunday, 4 February 2024, by the document’s date)",
        ),
        (
            "It fell last week.",
            "ar",
            " (من الاثنين 29 يناير 2024 إلى الأحد 4 فبراير 2024 بحسب تاريخ الوثيقة)",
        ),
        ("It opened on 3 February.", "en", " (Saturday, 3 February 2024, by the document’s date)"),
        ("افتُتح في 2 شباط.", "ar", " (الجمعة 2 فبراير 2024 بحسب تاريخ الوثيقة)"),
        ("It was built in 1974.", "en", ""),
    ],
)
def test_days_beside_a_quotation(quote: str, language: str, expected: str) -> None:
    assert dated(quote, DAY, language) == expected


def answered(assistant: Assistant, question: str) -> list[tuple[str, str]]:
    return [(s.text, s.support) for s in assistant.ask(question).segments]


@pytest.mark.parametrize(
    ("dateline", "body", "question", "note"),
    [
        ("10 February 2024", BRIDGE, WHEN, ON_FRIDAY),
        ("السبت 10 شباط/فبراير 2024", JISR, MATA, FI_ALJUMUA),
        ("2024-02-10", JISR, MATA, FI_ALJUMUA),
        ("Saturday 10/02/2024", BRIDGE, WHEN, ON_FRIDAY),
        ("السبت 30 رجب 1445", JISR, MATA, FI_ALJUMUA),  # by the weekday the day is sure
    ],
)
def test_day_is_given_beside_the_quote_where_the_date_is_sure(
    assistant: Assistant, tmp_path: Path, dateline: str, body: str, question: str, note: str
) -> None:
    (tmp_path / "a.txt").write_text(f"{dateline}\n\n{body}\n", encoding="utf-8")
    assistant.add("a.txt")
    segments = answered(assistant, question)

    assert (body, "verbatim") in segments
    assert segments[segments.index((body, "verbatim")) + 1] == (note, "frame")


@pytest.mark.parametrize(
    ("dateline", "question"),
    [
        ("", WHEN),
        ("10/02/2024", WHEN),  # day and month may be meant the other way round
        ("30 Rajab 1445", WHEN),  # right to a day only
        ("Monday, 10 February 2024", WHEN),  # it was a Saturday
        ("10 February 2024", "Who closed the Tamra bridge?"),
        ("10 February 2024", "Why was the Tamra bridge closed?"),
    ],
    ids=["undated", "order", "hijri", "weekday", "who", "why"],
)
def test_no_day_is_given_where_it_is_not_sure_or_not_asked_for(
    assistant: Assistant, tmp_path: Path, dateline: str, question: str
) -> None:
    (tmp_path / "a.txt").write_text(f"{dateline}\n\n{BRIDGE}\n", encoding="utf-8")
    assistant.add("a.txt")
    answer = assistant.ask(question)

    assert answer.answered
    assert "document’s date" not in answer.text


def test_day_follows_a_date_that_was_put_right(assistant: Assistant) -> None:
    assistant.add(Document(title="t", text=BRIDGE))
    (document,) = assistant.documents()
    assert "document’s date" not in assistant.ask(WHEN).text
    assistant.correct(document.id, date=dt.date(2024, 3, 3))
    assert "(Friday, 1 March 2024, by the document’s date)" in assistant.ask(WHEN).text
    assistant.correct(document.id)
    assert "document’s date" not in assistant.ask(WHEN).text


def test_day_of_a_document_made_in_python_is_given(assistant: Assistant) -> None:
    assistant.add(Document(title="t", text=BRIDGE, date=DAY))
    answer = assistant.ask(WHEN)

    assert ON_FRIDAY in answer.text
    assert answer.text == "".join(segment.text for segment in answer.segments)
    (citation,) = answer.citations
    assert citation.cited_text == BRIDGE


def test_day_goes_with_its_quote_when_the_document_is_purged(assistant: Assistant) -> None:
    assistant.add(Document(title="t", text=BRIDGE, date=DAY))
    conversation = assistant.conversation()
    answer = conversation.ask(WHEN)
    assert ON_FRIDAY in answer.text
    assistant.remove(answer.citations[0].document_id, purge=True)
    (turn,) = assistant._library.catalogue.conversations.turns(conversation.id)

    assert turn.answer is not None
    assert "Friday" not in turn.answer.text
