"""E-mails to blocks: headers, body, what is attached."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from document_checks import pairs, places, read

from assistant.errors import UnreadableDocument


def message(subject="Harbour works", plain=None, hyper=None):
    made = EmailMessage()
    made["From"] = "Nora Whelan <nora@example.org>"
    made["To"] = "Port <port@example.org>"
    made["Date"] = "Tue, 05 Mar 2024 10:15:00 +0200"
    made["Subject"] = subject
    if plain is not None:
        made.set_content(plain)
    if hyper is not None:
        made.add_alternative(hyper, subtype="html")
    return made


def of(made):
    return pairs(read(".eml", made.as_bytes(policy=SMTP)))


HEADERS = (
    "From: Nora Whelan <nora@example.org>\nTo: Port <port@example.org>\n"
    "Date: Tue, 05 Mar 2024 10:15:00 +0200\nSubject: "
)


def test_mail_headers_are_one_row_and_the_body_follows():
    plain = "Dear all,\n\nThe northern quay opens on Monday. It is 300 metres long.\n\nNora\n"
    assert of(message(plain=plain)) == [
        ("row", f"{HEADERS}Harbour works"),
        ("paragraph", "Dear all,"),
        ("paragraph", "The northern quay opens on Monday. It is 300 metres long."),
        ("paragraph", "Nora"),
    ]


def test_mail_in_arabic():
    made = message("أعمال الميناء", "يُفتتح الرصيف الشمالي يوم الاثنين.\n")
    extracted = read(".eml", made.as_bytes(policy=SMTP))
    assert pairs(extracted) == [
        ("row", f"{HEADERS}أعمال الميناء"),
        ("paragraph", "يُفتتح الرصيف الشمالي يوم الاثنين."),
    ]
    assert {place for place, _ in places(extracted)} == {"أعمال الميناء"}
    assert extracted.title == "أعمال الميناء"
    assert extracted.date == dt.date(2024, 3, 5)
    assert extracted.metadata == {"author": "Nora Whelan <nora@example.org>"}


def test_mail_of_html_alone_is_read_as_a_page():
    made = message()
    made.set_content("<h1>الرصيف</h1><script>x</script><ul><li>طوله 300 متر</ul>", subtype="html")
    assert of(made)[1:] == [("heading", "الرصيف"), ("item", "طوله 300 متر")]


def test_mail_plain_body_counts_more_than_html():
    made = message(
        plain="The quay opens on Monday.\n", hyper="<p>The quay <b>opens</b> Monday.</p>"
    )
    assert of(made)[1:] == [("paragraph", "The quay opens on Monday.")]


def test_mail_plain_body_that_only_points_to_html_does_not_count():
    long = "The quay opens on Monday, says the port. " * 5
    assert of(message(plain="See HTML.\n", hyper=f"<p>{long}</p>"))[1:] == [
        ("paragraph", long.strip())
    ]


def test_mail_attachments_are_named():
    made = message(plain="Attached.\n")
    made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="خطة.pdf")
    made.add_attachment("words", filename="notes.txt")
    extracted = read(".eml", made.as_bytes(policy=SMTP))
    assert extracted.metadata["attachments"] == "خطة.pdf, notes.txt"
    assert pairs(extracted)[1:] == [("paragraph", "Attached.")]


@pytest.mark.parametrize(
    ("headers", "body", "words"),
    [
        # An encoding that is not said, one that does not exist, one that lies.
        (b"", "بلغ طول الرصيف ثلاثمئة متر".encode("cp1256"), "بلغ طول الرصيف ثلاثمئة متر"),
        (b"Content-Type: text/plain; charset=none-such\r\n", "طول الرصيف".encode(), "طول الرصيف"),
        (b"Content-Type: text/plain; charset=us-ascii\r\n", "طول الرصيف".encode(), "طول الرصيف"),
        (
            b"Content-Type: text/plain; charset=cp1256\r\n",
            "طول الرصيف".encode("cp1256"),
            "طول الرصيف",
        ),
        (
            b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n",
            b"2LfZiNmEINin2YTYsdi12YrZgQ==",
            "طول الرصيف",
        ),
    ],
    ids=["unsaid", "unknown", "wrong", "old", "base64"],
)
def test_mail_encodings(headers, body, words):
    data = b"From: a@example.org\r\nSubject: s\r\n" + headers + b"\r\n" + body
    assert pairs(read(".eml", data))[1:] == [("paragraph", words)]


def test_mail_without_a_body_is_its_headers():
    assert of(message()) == [("row", f"{HEADERS}Harbour works")]


FAR = b"Date: Tue, 05 Mar 2024 10:15:00 +999999999990200\r\n"


def test_mail_header_that_can_not_be_understood_stands_as_it_is():
    data = b"From: a@example.org\r\n" + FAR + b"\r\nBody.\r\n"
    assert "Date: Tue, 05 Mar 2024 10:15:00 +999999999990200" in read(".eml", data).text


@pytest.mark.parametrize("date", [b"Date: yesterday\r\n", b"Date: 99 Foo 2024\r\n", FAR, b""])
def test_mail_without_a_real_date(date):
    data = b"From: a@example.org\r\nSubject: s\r\n" + date + b"\r\nBody.\r\n"
    assert read(".eml", data).date is None


@pytest.mark.parametrize("data", [b"No headers here.\n\nBody.", b"\x00\x01\x02", b"Note: one line"])
def test_mail_that_is_none(data):
    with pytest.raises(UnreadableDocument, match="headers of an e-mail"):
        read(".eml", data)
