"""Plain text to blocks, files to documents, and documents that were made in Python."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.documents import READERS, complete, is_read_apart, is_readable, read_document
from assistant.documents.plain import read_plain
from assistant.errors import EmptyDocument, UnreadableDocument, UnsupportedFormat
from assistant.schema import Block, Document

LONG = "وقعت البلدية أمس اتفاقا مع شركة النقل لتجديد حافلات المدينة كلها قبل نهاية العام الجاري."
WRAPPED = (
    "The harbour board met on Tuesday evening and agreed to\n"
    "rebuild the northern quay before the winter storms, with\n"
    "help from the ministry."
)
WRAPPED_ARABIC = (
    "اجتمع مجلس إدارة الميناء مساء الثلاثاء واتفق أعضاؤه على إعادة\r\n"
    "بناء الرصيف الشمالي قبل حلول العواصف الشتوية بمساعدة من وزارة\r\n"
    "الأشغال."
)


def pieces(text):
    """Return kind and words of each block, after a check that they are in order and inside."""
    extracted = read_plain(text)
    assert extracted.text == text
    check_order(extracted.blocks, text)
    return [(block.kind, text[block.start : block.end]) for block in extracted.blocks]


def check_order(blocks, text):
    previous = 0
    for block in blocks:
        assert previous <= block.start < block.end <= len(text)
        previous = block.end


# Plain text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("One.\n\nTwo.", ["One.", "Two."], id="blank-line"),
        pytest.param("One.\r\n\r\nTwo.\r\n", ["One.", "Two."], id="blank-line-crlf"),
        pytest.param("One.\r\rTwo.", ["One.", "Two."], id="blank-line-cr"),
        pytest.param("One.\n \t\u00a0\nTwo.", ["One.", "Two."], id="line-of-spaces"),
        pytest.param("One.\fTwo.", ["One.", "Two."], id="form-feed"),
        pytest.param("One.\nTwo.\nThree.", ["One.", "Two.", "Three."], id="short-lines"),
        pytest.param("\n\n  One. \t\n\n", ["One."], id="space-around"),
        pytest.param(f"{WRAPPED}\n\nNext.", [WRAPPED, "Next."], id="wrapped"),
        pytest.param(f"{WRAPPED_ARABIC}\r\n", [WRAPPED_ARABIC], id="wrapped-arabic-crlf"),
        pytest.param(f"- {WRAPPED}", [*WRAPPED.split("\n")], id="wrapped-item-stays-lines"),
        pytest.param("", [], id="empty"),
        pytest.param(" \n\t", [], id="white-space"),
    ],
)
def test_plain_paragraphs(text, expected):
    assert [words for _, words in pieces(text)] == expected


def test_plain_long_headline_is_apart_from_the_paragraph_below_it():
    headline = "الجزائر وروسيا تعقدان الدورة الأولى من المشاورات السياسية في موسكو"
    body = f"{LONG} {LONG}"
    assert [words for _, words in pieces(f"{headline}\n{body}")] == [headline, body]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("- first", "first"),
        ("* first", "first"),
        ("+ first", "first"),
        ("• أول", "أول"),
        ("▪ أول", "أول"),
        ("– أول", "أول"),
        ("  - \t first", "first"),
        ("1. first", "first"),
        ("12) first", "first"),
        ("3- first", "first"),
        ("١. أول", "أول"),
        ("٢) ثان", "ثان"),
        ("٣- ثالث", "ثالث"),
        ("أ- بند", "بند"),
        ("ب) بند", "بند"),
        ("a) first", "first"),
        ("IV. fourth", "fourth"),
        ("(c) third point", "third point"),
    ],
)
def test_plain_items_without_their_marks(line, words):
    assert pieces(f"{line}\n{LONG}")[0] in (("item", words), ("item", line))


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("-5 degrees were measured.", id="negative-number"),
        pytest.param("2024. كان عاما صعبا.", id="year"),
        pytest.param("1.5 ملايين درهم هي الكلفة.", id="decimal"),
        pytest.param("و - قال إنه لن يعود.", id="dash-inside"),
        pytest.param("د. خالد العلي وزير سابق للطاقة.", id="arabic-doctor"),
        pytest.param("A. Smith went home.", id="initial"),
        pytest.param("-", id="lone-mark"),
    ],
)
def test_plain_lines_that_are_no_items(line):
    assert pieces(line) == [("paragraph", line)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param(f"تقرير الميناء\n\n{LONG}", "heading", id="arabic"),
        pytest.param(f"Quarterly report\n{LONG}", "heading", id="without-blank-line"),
        pytest.param(f"انتهى التقرير.\n\n{LONG}", "paragraph", id="full-stop"),
        pytest.param(f"متى ينتهي العمل؟\n\n{LONG}", "heading", id="question"),
        pytest.param("How long can I keep a book?\nThree weeks.", "heading", id="short-answer"),
        pytest.param("Who is there?\nWho are you?", "paragraph", id="two-questions"),
        pytest.param(f"Budget.\n\n{LONG}", "heading", id="label"),
        pytest.param(f"Budget:\n{LONG}", "heading", id="label-with-a-colon"),
        pytest.param(f"الميزانية.\n\n{LONG}", "heading", id="arabic-label"),
        pytest.param(f"**Budget.**\n\n{LONG}", "heading", id="bold-label"),
        pytest.param(f"**Working hours**\n\n{LONG}", "heading", id="bold"),
        pytest.param(f"**It is closed on Fridays.**\n\n{LONG}", "paragraph", id="bold-sentence"),
        pytest.param("Budget.", "paragraph", id="label-of-nothing"),
        pytest.param(f"{'كلمة ' * 11}\n\n{LONG}", "paragraph", id="too-many-words"),
        pytest.param(f"{'x' * 61}\n\n{LONG * 3}", "paragraph", id="too-long"),
        pytest.param("تقرير الميناء\n\nنص قصير.", "paragraph", id="leads-nothing"),
        pytest.param("تقرير الميناء", "paragraph", id="last-line"),
    ],
)
def test_plain_headings(text, kind):
    assert pieces(text)[0][0] == kind


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("10-فبراير-2024", "dateline"),
        ("الجمعة 10 شباط/فبراير 2024", "dateline"),
        ("١٠ فبراير ٢٠٢٤", "dateline"),
        ("Friday, March 3, 2024", "dateline"),
        ("Published on 3 March 2024 10:30", "dateline"),
        ("2024-03-03", "dateline"),
        ("نشر في 10 فبراير 2024", "dateline"),
        ("In March 2024 it rained.", "paragraph"),
        ("3 March 2024, room 12", "paragraph"),
        ("وقع في 10 فبراير 2024 زلزال.", "paragraph"),
    ],
)
def test_plain_datelines(line, kind):
    assert pieces(f"{line}\n") == [(kind, line)]


# A line above a text, what it is, and the date that it gives the document.
ABOVE = [
    ("label", "التاريخ: ٢٣/٠٥/٢٠٢٤", "dateline", dt.date(2024, 5, 23)),
    ("label-en", "Date: 5 March 2023", "dateline", dt.date(2023, 3, 5)),
    ("label-of-two-words", "تاريخ النشر: 5 مارس 2023", "dateline", dt.date(2023, 3, 5)),
    ("label-last-updated", "Last updated: 5 March 2023, 10:30", "dateline", dt.date(2023, 3, 5)),
    ("label-in-bold", "**Date:** 5 March 2023", "dateline", dt.date(2023, 3, 5)),
    ("era", "20 يوليو 2024 م", "dateline", dt.date(2024, 7, 20)),
    ("era-joined", "٢٠ يوليو ٢٠٢٤م", "dateline", dt.date(2024, 7, 20)),
    ("twin", "12 رجب 1445هـ الموافق 24 يناير 2024م", "dateline", dt.date(2024, 1, 24)),
    ("twin-slash", "١٤ محرم ١٤٤٦ هـ / ٢٠ يوليو ٢٠٢٤ م", "dateline", dt.date(2024, 7, 20)),
    ("twin-in-brackets", "الأربعاء 24 يناير 2024 (12 رجب 1445 هـ)", "dateline",
     dt.date(2024, 1, 24)),
    # By the tables; the moon was sighted a day later.
    ("hijri-alone", "12 رجب 1445 هـ", "dateline", dt.date(2024, 1, 23)),
    ("place", "الرباط في 9 سبتمبر/أيلول 2023", "dateline", dt.date(2023, 9, 9)),
    ("place-without-article", "دمشق في 9 أيلول 2023", "dateline", dt.date(2023, 9, 9)),
    ("place-with-a-comma", "الدار البيضاء، 9 سبتمبر 2023", "dateline", dt.date(2023, 9, 9)),
    ("place-en", "New York, 9 September 2023", "dateline", dt.date(2023, 9, 9)),
    ("place-with-a-dash", "Cairo - September 9, 2023", "dateline", dt.date(2023, 9, 9)),
    ("byline-with-date", "By Maria Lopez, 12/02/2024", "dateline", dt.date(2024, 2, 12)),
    ("byline-with-date-ar", "بقلم: أحمد علي - 5 مارس 2023", "dateline", dt.date(2023, 3, 5)),
    ("agency-with-date", "الخرطوم - وكالات - 5 مارس 2023", "dateline", dt.date(2023, 3, 5)),
    ("byline", "By Maria Lopez", "boilerplate", None),
    ("byline-ar", "بقلم أحمد علي", "boilerplate", None),
    ("byline-with-a-colon", "كتب: أحمد علي", "boilerplate", None),
    ("agency", "الخرطوم - وكالات", "boilerplate", None),
    ("agency-in-brackets", "القاهرة (رويترز)", "boilerplate", None),
    ("agency-en", "London - Reuters", "boilerplate", None),
    ("a-birth-is-no-dateline", "ولد في 9 سبتمبر 1960", "heading", None),
    ("a-birth-is-no-dateline-en", "Born on 9 September 1960", "heading", None),
    ("a-month-is-no-day", "Cairo, September 2023", "heading", None),
    ("a-meeting", "Board meeting, 3 May 2024", "heading", None),
    ("a-heading-with-by", "By the river", "heading", None),
    ("books", "كتب الأطفال", "heading", None),
    ("news-agency-by-name", "وكالة الأنباء السودانية", "boilerplate", None),
    ("another-agency", "وكالة الفضاء الأوروبية", "heading", None),
    ("agencies-of-travel", "وكالات السفر في المدينة", "heading", None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "kind", "date"), [row[1:] for row in ABOVE], ids=[row[0] for row in ABOVE]
)
def test_plain_line_above_a_text(line, kind, date):
    text = f"{line}\n\n{LONG}"
    assert pieces(text)[0] == (kind, line)
    assert read_document(Path("a.txt"), text.encode()).date == date


@pytest.mark.parametrize("between", ["12 March 2024", "By Maria Lopez", "الخرطوم - وكالات"])
def test_plain_headline_leads_the_text_behind_date_and_author(between):
    text = f"Quarterly report\n{between}\n\n{LONG}"
    assert pieces(text)[0] == ("heading", "Quarterly report")


@pytest.mark.parametrize(
    "line",
    [
        "(الصورة: Getty)",
        "الصورة: وكالات",
        "المصدر: رويترز",
        "تصوير: خالد",
        "Photo: AFP",
        "[Image: Reuters]",
        "© 2024 Reuters",
        "Copyright 2024 The Times",
        "(Getty Images)",
        "رويترز",
        "جميع الحقوق محفوظة",
        "All rights reserved.",
    ],
)
def test_plain_credits_are_boilerplate(line):
    assert pieces(line) == [("boilerplate", line)]


@pytest.mark.parametrize(
    "line",
    [
        "AFP reported on Tuesday that prices rose.",
        "رويترز تفتح مكتبا جديدا في المدينة.",
        "Photography is an old art.",
        "Copyright law changed in 2024.",
        "Copyrights are a matter of law.",
        "Sources said that it rained.",
        "Source: the ministry said that prices rose by 3 percent in the first months of this year.",
        "المصدر: قال الوزير إن الأسعار ارتفعت ثلاثة في المئة في الأشهر الأولى من هذا العام.",
    ],
)
def test_plain_statements_are_no_boilerplate(line):
    assert pieces(line) == [("paragraph", line)]


@pytest.mark.parametrize("between", ["\n", "\n\n", "\r\n"], ids=["line", "paragraph", "crlf"])
def test_plain_caption_stands_before_a_credit(between):
    text = f"سفينة في الميناء{between}(الصورة: Getty)\n\n{LONG}"
    assert pieces(text) == [
        ("caption", "سفينة في الميناء"),
        ("boilerplate", "(الصورة: Getty)"),
        ("paragraph", LONG),
    ]


def test_plain_sentence_before_a_credit_is_no_caption():
    assert pieces("رست السفينة في الميناء.\n(الصورة: Getty)")[0][0] == "paragraph"


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        (
            "a.txt",
            "رست السفينة في الميناء. (الصورة: Getty)",
            [("paragraph", "رست السفينة في الميناء."), ("boilerplate", "(الصورة: Getty)")],
        ),
        (
            "a.md",
            "The ship is in the harbour.  (Photo: AFP)\n",
            [("paragraph", "The ship is in the harbour."), ("boilerplate", "(Photo: AFP)")],
        ),
        (
            "a.html",
            "<p>The ship is in the harbour. (Reuters)</p>",
            [("paragraph", "The ship is in the harbour."), ("boilerplate", "(Reuters)")],
        ),
        # What belongs to a sentence, or says something, stays.
        ("a.txt", "By hand, (Reuters)", [("paragraph", "By hand, (Reuters)")]),
        (
            "a.txt",
            "The ship is in the harbour (Photo: AFP)",
            [("paragraph", "The ship is in the harbour (Photo: AFP)")],
        ),
        (
            "a.txt",
            "The ship is in the harbour. (It sailed in May.)",
            [("paragraph", "The ship is in the harbour. (It sailed in May.)")],
        ),
    ],
)
def test_credit_at_the_end_of_a_paragraph_stands_apart(name, data, expected):
    document = read_document(Path(name), data.encode())
    assert [(b.kind, document.text[b.start : b.end]) for b in document.blocks] == expected


def test_plain_whole_article():
    text = f"10-فبراير-2024\nلقاء في الميناء\n\n(الصورة: Getty)\n\n{LONG}\n\nالقرارات\n- {LONG}\n"
    assert pieces(text) == [
        ("dateline", "10-فبراير-2024"),
        ("caption", "لقاء في الميناء"),
        ("boilerplate", "(الصورة: Getty)"),
        ("paragraph", LONG),
        ("heading", "القرارات"),
        ("item", LONG),
    ]


FRAGMENTS = st.lists(
    st.sampled_from(
        [
            *("- ", "1. ", "أ- ", "\n", "\n\n", "\r\n", "\r", "\f", "\t", " ", "\u200f", "\u2028"),
            *("كلمة", "word", "كلمة طويلة " * 9, ".", "10 فبراير 2024", "(الصورة: Getty)"),
        ]
    ),
    max_size=20,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(FRAGMENTS | st.text())
def test_plain_any_text_gives_ordered_blocks_that_lose_no_word(text):
    found = [words for _, words in pieces(text)]
    for word in ("كلمة", "word"):
        assert sum(words.count(word) for words in found) == text.count(word)
    assert all(words.strip() == words for words in found)
    assert not any(end in words for words in found for end in ("\n\n", "\r\r"))


# Files


@pytest.mark.parametrize("suffix", [".txt", ".text", ".TXT", ".md", ".Markdown"])
def test_is_readable_known_suffix(suffix):
    path = Path(f"a{suffix}")
    assert is_readable(path)
    assert read_document(path, LONG.encode()).text == LONG


@pytest.mark.parametrize(
    ("name", "shown"), [("a.xyz", ".xyz"), ("README", "(none)"), (".txt", "(none)")]
)
def test_read_document_unknown_suffix(name, shown):
    assert not is_readable(Path(name))
    with pytest.raises(UnsupportedFormat) as caught:
        read_document(Path(name), b"text")
    assert caught.value.path == name
    for word in (name, shown, *READERS):
        assert word in str(caught.value)


def test_read_document_is_complete_but_for_its_id():
    data = b"\xef\xbb\xbf" + f"10 فبراير 2024\n{LONG}".encode()
    found = read_document(Path("أخبار/تقرير الميناء.txt"), data)
    assert found.id == ""
    assert found.version == hashlib.sha256(data).hexdigest()
    assert found.title == "تقرير الميناء"
    assert found.source == "أخبار/تقرير الميناء.txt"
    assert found.language == "ar"
    assert found.date == dt.date(2024, 2, 10)
    assert found.text == f"10 فبراير 2024\n{LONG}"
    assert [found.text[b.start : b.end] for b in found.blocks] == ["10 فبراير 2024", LONG]


@pytest.mark.parametrize(
    ("text", "language"),
    [(LONG, "ar"), (WRAPPED, "en"), (f"{LONG} {WRAPPED}", "mixed"), ("12 — 34", "und")],
    ids=["ar", "en", "mixed", "und"],
)
def test_read_document_language(text, language):
    assert read_document(Path("a.txt"), text.encode()).language == language


def test_read_document_first_real_dateline_is_the_date():
    text = f"In March 2020 it rained.\n31/02/2024\n\n3 March 2024\n\n4 March 2024\n\n{LONG}"
    assert read_document(Path("a.txt"), text.encode()).date == dt.date(2024, 3, 3)


def test_read_document_damaged_text_has_less_quality():
    data = b"\xef\xbb\xbf" + (LONG.encode() + b"\xff\xff\xff\xff\xff\xff") * 5
    assert read_document(Path("a.txt"), LONG.encode()).quality == 1.0
    assert read_document(Path("a.txt"), data).quality < 0.98


# Documents made in Python


def test_complete_fills_in_what_is_missing():
    found = complete(Document(title="Notes", text=f"10 فبراير 2024\n\n{LONG}"))
    assert found.source == "Notes"
    assert found.version == hashlib.sha256(found.text.encode()).hexdigest()
    assert found.language == "ar"
    assert found.date == dt.date(2024, 2, 10)
    assert [block.kind for block in found.blocks] == ["dateline", "paragraph"]


def test_complete_keeps_what_is_given():
    given_document = Document(
        id="x",
        title="Title",
        source="notes:1",
        language="en",
        date=dt.date(1999, 1, 2),
        text=LONG,
        blocks=(Block(2, 10, "item", "p. 1"), Block(10, 20)),
        metadata={"author": "Ann"},
    )
    found = complete(given_document)
    assert found.title == "Title"
    assert found.source == "notes:1"
    assert (found.id, found.language, found.date) == ("x", "en", dt.date(1999, 1, 2))
    assert found.blocks == given_document.blocks
    assert found.metadata == {"author": "Ann", "date_from": "given"}


def test_complete_source_alone_is_the_title_too():
    assert complete(Document(source="notes:1", text=LONG)).title == "notes:1"


def test_complete_text_is_made_storable():
    found = complete(Document(title="t", text=f"a\0b\ud800 {LONG}"))
    assert found.text == f"a\ufffdb\ufffd {LONG}"


@pytest.mark.parametrize("text", ["", " \n\t", "\f"])
def test_complete_without_text(text):
    with pytest.raises(EmptyDocument, match="'Notes'") as caught:
        complete(Document(title="Notes", text=text))
    assert caught.value.path == "Notes"


def test_complete_without_source_and_title():
    with pytest.raises(UnreadableDocument, match="source and title"):
        complete(Document(text=LONG))


@pytest.mark.parametrize(
    "blocks",
    [
        (Block(0, len(LONG) + 1),),
        (Block(-1, 4),),
        (Block(4, 2),),
        (Block(0, 5), Block(4, 8)),
        (Block(5, 8), Block(0, 4)),
    ],
    ids=["past-the-end", "before-the-start", "backwards", "overlapping", "out-of-order"],
)
def test_complete_wrong_blocks(blocks):
    with pytest.raises(UnreadableDocument, match="'Notes'") as caught:
        complete(Document(title="Notes", text=LONG, blocks=blocks))
    assert f"{blocks[-1].start}:{blocks[-1].end}" in str(caught.value)


def test_document_to_dict_is_json():
    found = complete(Document(title="Notes", text=f"10 فبراير 2024\n\n{LONG}"))
    values = json.loads(json.dumps(found.to_dict()))
    assert values["date"] == "2024-02-10"
    assert values["text"] == found.text
    assert values["blocks"][0] == {"start": 0, "end": 14, "kind": "dateline", "place": ""}


@pytest.mark.parametrize(
    ("name", "data", "apart"),
    [
        ("a.pdf", b"anything", True),
        ("a.PDF", b"", True),
        ("a.docx", b"PK\x03\x04", True),
        ("a.json", b"{}", True),
        ("a.html", b"<p>A harbour.", True),
        ("a.txt", b"\xef\xbb\xbf\n%PDF-1.4", True),
        ("a.txt", b"PK\x03\x04", True),
        ("a.md", b"{\\rtf1 A harbour.}", True),
        ("a.text", b"<!DOCTYPE html><p>A harbour.", True),
        ("a.txt", b"A harbour. " * 20_000, True),
        ("a.txt", b"The report is a PDF.", False),
        ("a.MD", b"# Harbours\n\n<p>of the north", False),
        ("a.gz", b"\x1f\x8b", False),
    ],
)
def test_all_but_small_plain_texts_are_read_apart(tmp_path, name, data, apart):
    path = tmp_path / name
    assert is_read_apart(path, data) is apart
    path.write_bytes(data)
    assert is_read_apart(path) is apart


@pytest.mark.parametrize("name", ["gone.txt", "nul\0.txt"])
def test_file_that_is_not_there_is_not_read_apart(tmp_path, name):
    assert not is_read_apart(tmp_path / name)


def test_pipe_is_not_read_apart_and_never_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    assert not is_read_apart(tmp_path / "pipe.txt")
