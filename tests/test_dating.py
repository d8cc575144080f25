"""The date a document gives itself: every way to write it, where it stands, whether it is sure."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import mixed_text

from assistant.documents import complete, read_document
from assistant.documents.dating import find_own_date
from assistant.documents.plain import read_plain
from assistant.language.weekdays import weekdays_in
from assistant.schema import Document
from assistant.sentences import passage_spans

ARABIC = "وقعت البلدية اتفاقا مع شركة النقل لتجديد حافلات المدينة كلها قبل نهاية العام الجاري."
ENGLISH = "The harbour board agreed to rebuild the northern quay before the winter storms come."

# Name, the line above a text, the day, what of the line says so, what is in doubt.
LINES = [
    # The same day in every form; 9 February 2024 was a Friday.
    ("iso", "2024-02-09", "2024-02-09", "2024-02-09", ""),
    ("iso-time", "2024-02-09T12:30:00Z", "2024-02-09", "2024-02-09", ""),
    ("iso-zone", "2024-02-09T12:30:00+01:00", "2024-02-09", "2024-02-09", ""),
    ("slashes-year-first", "2024/02/09", "2024-02-09", "2024/02/09", ""),
    ("hyphens", "10-فبراير-2024", "2024-02-10", "10-فبراير-2024", ""),
    ("arabic-digits", "١٠-فبراير-٢٠٢٤", "2024-02-10", "١٠-فبراير-٢٠٢٤", ""),
    ("egypt", "9 فبراير 2024", "2024-02-09", "9 فبراير 2024", ""),
    ("egypt-june", "3 يونيه 2024", "2024-06-03", "3 يونيه 2024", ""),
    ("levant", "9 شباط 2024", "2024-02-09", "9 شباط 2024", ""),
    ("levant-january", "3 كانون الثاني 2024", "2024-01-03", "3 كانون الثاني 2024", ""),
    ("levant-december", "3 كانون الأول 2024", "2024-12-03", "3 كانون الأول 2024", ""),
    ("levant-october", "3 تشرين الأول 2024", "2024-10-03", "3 تشرين الأول 2024", ""),
    ("levant-november", "3 تشرين ثاني 2024", "2024-11-03", "3 تشرين ثاني 2024", ""),
    ("levant-august", "3 آب 2024", "2024-08-03", "3 آب 2024", ""),
    ("tunis-1", "9 جانفي 2024", "2024-01-09", "9 جانفي 2024", ""),
    ("tunis-2", "9 فيفري 2024", "2024-02-09", "9 فيفري 2024", ""),
    ("tunis-4", "9 أفريل 2024", "2024-04-09", "9 أفريل 2024", ""),
    ("tunis-5", "9 ماي 2024", "2024-05-09", "9 ماي 2024", ""),
    ("tunis-6", "9 جوان 2024", "2024-06-09", "9 جوان 2024", ""),
    ("tunis-7", "9 جويلية 2024", "2024-07-09", "9 جويلية 2024", ""),
    ("tunis-8", "9 أوت 2024", "2024-08-09", "9 أوت 2024", ""),
    ("tunis-12", "9 ديسمبر 2024", "2024-12-09", "9 ديسمبر 2024", ""),
    ("rabat-8", "20 غشت 2024", "2024-08-20", "20 غشت 2024", ""),
    ("rabat-9", "20 شتنبر 2024", "2024-09-20", "20 شتنبر 2024", ""),
    ("rabat-12", "20 دجنبر 2024", "2024-12-20", "20 دجنبر 2024", ""),
    ("two-names", "الجمعة ٩ شباط/فبراير ٢٠٢٤", "2024-02-09", "٩ شباط/فبراير ٢٠٢٤", ""),
    ("weekday-and-time", "الجمعة 9 فبراير 2024، الساعة 12:30", "2024-02-09", "9 فبراير 2024", ""),
    ("greenwich", "آخر تحديث: 9 فبراير 2024 | 12:30 GMT", "2024-02-09", "9 فبراير 2024", ""),
    ("english", "February 9, 2024", "2024-02-09", "February 9, 2024", ""),
    ("english-day-first", "9 February 2024", "2024-02-09", "9 February 2024", ""),
    ("ordinal", "the 9th of February, 2024", "2024-02-09", "9th of February, 2024", ""),
    ("short-month", "Feb. 9, 2024", "2024-02-09", "Feb. 9, 2024", ""),
    ("short-weekday", "Fri 9 Feb 2024", "2024-02-09", "9 Feb 2024", ""),
    ("am-pm", "Posted: 9 Feb 2024, 10:30 AM", "2024-02-09", "9 Feb 2024", ""),
    ("published", "Published on Friday, 9 February 2024", "2024-02-09", "9 February 2024", ""),
    # Hijri: right to a day, sure where the weekday tells which.
    ("hijri", "15 رمضان 1445", "2024-03-25", "15 رمضان 1445", "hijri"),
    ("hijri-era", "١٥ رمضان ١٤٤٥ هـ", "2024-03-25", "١٥ رمضان ١٤٤٥", "hijri"),
    ("hijri-figures", "١٥/٠٩/١٤٤٥ هـ", "2024-03-25", "١٥/٠٩/١٤٤٥", "hijri"),
    ("hijri-english", "15 Ramadan 1445", "2024-03-25", "15 Ramadan 1445", "hijri"),
    ("hijri-monday", "الاثنين 15 رمضان 1445", "2024-03-25", "15 رمضان 1445", ""),
    ("hijri-sunday", "الأحد 15 رمضان 1445", "2024-03-24", "15 رمضان 1445", ""),
    ("hijri-friday", "الجمعة 15 رمضان 1445", "2024-03-25", "15 رمضان 1445", "hijri"),
    ("hijri-and-gregorian", "15 رمضان 1445 الموافق 25 مارس 2024", "2024-03-25",
     "25 مارس 2024", ""),
    # Figures: day and month may be meant the other way round, unless something tells.
    ("order", "09/02/2024", "2024-02-09", "09/02/2024", "order"),
    ("order-dots", "٩.٢.٢٠٢٤", "2024-02-09", "٩.٢.٢٠٢٤", "order"),
    ("order-by-friday", "Friday 09/02/2024", "2024-02-09", "09/02/2024", ""),
    ("order-by-monday", "Monday 09/02/2024", "2024-09-02", "09/02/2024", ""),
    ("order-by-no-weekday", "الأحد 09/02/2024", "2024-02-09", "09/02/2024", "order"),
    ("no-month-13", "13/02/2024", "2024-02-13", "13/02/2024", ""),
    ("month-first", "02/13/2024", "2024-02-13", "02/13/2024", ""),
    ("same-number", "02/02/2024", "2024-02-02", "02/02/2024", ""),
    ("wrong-weekday", "Monday, 9 February 2024", "2024-02-09", "9 February 2024", "weekday"),
    # No day, no date.
    ("no-such-day", "31 فبراير 2024", None, "", ""),
    ("no-day", "فبراير 2024", None, "", ""),
    ("year", "2024", None, "", ""),
    ("a-meeting", "Board meeting, 9 February 2024", None, "", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "date", "words", "doubt"), [row[1:] for row in LINES], ids=[row[0] for row in LINES]
)
@pytest.mark.parametrize("body", [ARABIC, ENGLISH], ids=["ar", "en"])
@pytest.mark.parametrize("suffix", ["txt", "md"])
def test_date_line_above_a_text(line, date, words, doubt, body, suffix):
    found = read_document(Path(f"a.{suffix}"), f"{line}\n\n{body}\n".encode())
    assert found.date == (date and dt.date.fromisoformat(date))
    start, end = map(int, found.metadata.get("date_at", "0-0").split("-"))
    assert found.text[start:end] == words
    assert found.metadata.get("date_doubt", "") == doubt
    assert found.metadata.get("date_from") == ("text" if date else None)


# Name, the beginning of the first paragraph, the day, what of it says so.
HEADS = [
    ("agency", "PARIS, 9 February 2024 (AFP) - ", "2024-02-09", "9 February 2024"),
    ("agency-dash", "LONDON, Feb 9, 2024 (Reuters) — ", "2024-02-09", "Feb 9, 2024"),
    ("no-agency", "Cairo, February 9, 2024 – ", "2024-02-09", "February 9, 2024"),
    ("place-without-comma", "تونس 9 فيفري 2024 (وات) - ", "2024-02-09", "9 فيفري 2024"),
    ("comma", "الجزائر، 9 فبراير 2024 (واج) – ", "2024-02-09", "9 فبراير 2024"),
    ("tatweel", "الرياض 9 فبراير 2024 (واس) ـ ", "2024-02-09", "9 فبراير 2024"),
    ("date-alone", "9 فبراير 2024 - ", "2024-02-09", "9 فبراير 2024"),
    ("colon", "الجمعة 9 فبراير 2024: ", "2024-02-09", "9 فبراير 2024"),
    ("a-period", "Between 9 February 2024 - ", None, ""),
    ("a-sentence", "وقع الحادث في 9 فبراير 2024 - ", None, ""),
    ("a-birth", "Salma Haddad, born 9 February 1960 (Tunis) - ", None, ""),
    ("a-life", "Salma Haddad (9 February 1960 - ", None, ""),
]


@pytest.mark.parametrize(
    ("head", "date", "words"), [row[1:] for row in HEADS], ids=[row[0] for row in HEADS]
)
def test_date_at_the_head_of_the_first_paragraph(head, date, words):
    found = read_document(Path("a.txt"), f"{head}{ARABIC} {ENGLISH}\n".encode())
    assert found.date == (date and dt.date.fromisoformat(date))
    start, end = map(int, found.metadata.get("date_at", "0-0").split("-"))
    assert found.text[start:end] == words


@pytest.mark.parametrize(
    ("front", "date", "words"),
    [
        ("date: 2024-02-09", "2024-02-09", "2024-02-09"),
        ('title: T\ndate: "2024-02-09T10:00:00"', "2024-02-09", "2024-02-09"),
        ("date: 9 فيفري 2024", "2024-02-09", "9 فيفري 2024"),
        ("Date: Feb 9, 2024", "2024-02-09", "Feb 9, 2024"),
        ("updated: 2024-02-09", None, ""),
    ],
)
def test_date_of_front_matter_has_its_place(front, date, words):
    found = read_document(Path("a.md"), f"---\n{front}\n---\n\n{ENGLISH}\n".encode())
    assert found.date == (date and dt.date.fromisoformat(date))
    start, end = map(int, found.metadata.get("date_at", "0-0").split("-"))
    assert found.text[start:end] == words


def test_date_that_is_given_is_from_whoever_gave_it():
    text = f"9 February 2024\n\n{ENGLISH}"
    own = complete(Document(title="t", text=text))
    given_date = complete(Document(title="t", text=text, date=dt.date(2020, 1, 2)))
    none = complete(Document(title="t", text=ENGLISH))
    assert (own.date, own.metadata) == (
        dt.date(2024, 2, 9),
        {"date_from": "text", "date_at": "0-15"},
    )
    assert (given_date.date, given_date.metadata) == (dt.date(2020, 1, 2), {"date_from": "given"})
    assert (none.date, none.metadata) == (None, {})


@given(st.lists(st.one_of(mixed_text(), st.sampled_from([row[1] for row in LINES]))))
def test_date_stands_where_it_says_in_any_text(lines):
    text = "\n\n".join(lines)
    found = find_own_date(text, read_plain(text).blocks)
    if found is not None:
        assert 0 <= found.start < found.end <= len(text)
        assert any(character.isdigit() for character in text[found.start : found.end])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("الجمعة 9 فبراير", {4}),
        ("يوم الإثنين", {0}),
        ("الاثنين", {0}),
        ("الأربعاء والخميس", {2}),
        ("Sunday", {6}),
        ("SAT 10 Feb", {5}),
        ("Thurs. 8 Feb, tues", {3, 1}),
        ("sunny saturation", set()),
        ("", set()),
    ],
)
def test_weekdays_of_a_line(line, expected):
    assert weekdays_in(line) == expected


# What stands around a text and is no sentence that could answer: line, then a reason.
NO_SENTENCES = [
    ("(الصورة: Getty)", "a picture's source in brackets"),
    ("الصورة: وكالة الأنباء التونسية", "a picture's source"),
    ("تصوير: خالد العلي", "a photographer"),
    ("المصدر: رويترز", "a source's name"),
    ("(أ ف ب)", "an agency alone"),
    ("بقلم أحمد علي", "an author"),
    ("الخرطوم - وكالات", "a place and agencies"),
    ("جميع الحقوق محفوظة", "a right"),
    ("10-فبراير-2024", "a date"),
    ("التاريخ: ١٠ فبراير ٢٠٢٤", "a labelled date"),
    ("(Image: Getty)", "a picture's source in brackets"),
    ("Photo: AFP", "a picture's source"),
    ("Credit: Nora Whelan", "a photographer"),
    ("Getty Images", "an agency alone"),
    ("By Nora Whelan", "an author"),
    ("© 2024 Reuters", "a right"),
    ("All rights reserved.", "a right"),
    ("Friday, 9 February 2024", "a date"),
]


@pytest.mark.parametrize("where", ["above", "below"])
@pytest.mark.parametrize("line", [row[0] for row in NO_SENTENCES])
@pytest.mark.parametrize("body", [ARABIC, ENGLISH], ids=["ar", "en"])
def test_boilerplate_is_kept_in_the_text_and_is_no_sentence(line, body, where):
    parts = [line, body] if where == "above" else [body, line]
    found = read_document(Path("a.txt"), "\n\n".join(parts).encode())
    sentences = [
        found.text[sentence.start : sentence.end]
        for passage in passage_spans(found.text, found.blocks)
        for sentence in passage.sentences
    ]
    assert line in found.text
    assert sentences == [body]
