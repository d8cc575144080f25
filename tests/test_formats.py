"""Files of all formats: as other programs write them, under wrong names, locked, or as traps."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from document_checks import archive, pairs, places, read
from format_seeds import CSV, HTML, MADE, SEEDS

from assistant import Assistant, Settings
from assistant.documents import (
    DEFAULT_OPTIONS,
    READERS,
    doubts,
    is_readable,
    options_of,
    read_document,
)
from assistant.errors import DocumentError, EmptyDocument, UnreadableDocument, UnsupportedFormat

TITLE = "تقرير ميناء وهران"
OPENING = (
    "افتُتح الرصيف الشمالي في 2024-03-05، وطوله 300 متر. "
    "وقال المدير إن الكلفة بلغت 12.5 مليون دينار."
)
FIGURES = "The harbour handled 1,250,000 tonnes in 2023. Two cranes (ورافعة ثالثة) were added."
REPORT = [
    ("heading", TITLE),
    ("paragraph", OPENING),
    ("heading", "Harbour figures"),
    ("paragraph", FIGURES),
    ("item", "رافعة جديدة."),
    ("item", "A new pilot boat."),
    ("row", "السنة: 2022\u061b السفن: 410\u061b الحمولة: 980,000"),
    ("row", "السنة: 2023\u061b السفن: 455\u061b الحمولة: 1,250,000"),
    ("paragraph", "انتهى التقرير."),
]


# As other programs write them


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".rtf"])
def test_report_of_an_office_program(suffix):
    extracted = read(suffix, MADE[suffix])
    assert pairs(extracted) == REPORT
    assert extracted.title == TITLE
    assert [place for place, _ in places(extracted)] == [TITLE] * 2 + ["Harbour figures"] * 7


def test_report_as_a_book():
    extracted = read(".epub", MADE[".epub"])
    # The program that made it knows paragraphs only.
    looks = {"heading": "paragraph", "item": "paragraph"}
    assert pairs(extracted) == [(looks.get(kind, kind), words) for kind, words in REPORT]
    assert {place for place, _ in places(extracted)} == {TITLE}


def test_workbook_of_a_library():
    extracted = read(".xlsx", MADE[".xlsx"])
    assert places(extracted) == [
        ("الميناء", "الميناء"),
        (
            "الميناء, row 2",
            "السنة: 2022\u061b السفن: 410\u061b الحصة: 8.5%\u061b التاريخ: "
            "2022-12-31\u061b المبلغ: 980,000.50 د.ج",
        ),
        (
            "الميناء, row 3",
            "السنة: 2023\u061b السفن: 455\u061b الحصة: 10.0%\u061b التاريخ: "
            "2023-12-31 18:30:00\u061b المبلغ: 1,250,000.00 د.ج",
        ),
        ("Cranes", "Cranes"),
        ("Cranes, row 1", "Cranes of the harbour"),
        ("Cranes, row 4", "Name: North; Reach (m): 45.25; Working: TRUE"),
        ("Cranes, row 5", "Name: South; Working: FALSE"),
    ]


def test_presentation_of_a_library():
    assert places(read(".pptx", MADE[".pptx"])) == [
        ("slide 1", "الرصيف الشمالي"),
        ("slide 1", "يُفتتح يوم الاثنين."),
        ("slide 1", "Costs 12 million."),
        ("slide 1, notes", "Thank the port."),
        ("slide 2", "Ships"),
        ("slide 2", "Year: 2022; Ships: 410"),
        ("slide 2", "Year: 2023; Ships: 455"),
        ("slide 2", "Source: the port."),
    ]


@pytest.mark.parametrize("suffix", SEEDS)
def test_every_format_is_in_the_table_and_read(suffix):
    assert is_readable(Path(f"a{suffix.upper()}"))
    document = read_document(Path(f"a{suffix}"), SEEDS[suffix])
    assert document.language in ("ar", "mixed")
    assert document.quality == 1
    assert "read_as" not in document.metadata


@pytest.mark.parametrize("suffix", SEEDS)
def test_every_format_is_quoted_exactly(suffix, tmp_path):
    path = tmp_path / f"harbour{suffix}"
    path.write_bytes(SEEDS[suffix])
    with Assistant(tmp_path / "library", Settings(min_confidence=0)) as assistant:
        report = assistant.add(path)
        assert report.added
        assert not report.failed
        assert not report.warnings
        for question in ("ما طول الرصيف الشمالي؟", "How many tonnes did the harbour handle?"):
            answer = assistant.ask(question)
            hits = assistant.search(question, unit="sentence")
            assert answer.citations or not answer.answered
            assert hits
            for quote in [*answer.citations, *hits]:
                text = assistant.document(quote.document_id, version=quote.version).text
                words = getattr(quote, "cited_text", "") or quote.text
                assert text[quote.start_char_index : quote.end_char_index] == words


# Under wrong names


@pytest.mark.parametrize(
    ("suffix", "actual"),
    [
        (".txt", ".docx"),
        (".docx", ".rtf"),
        (".docx", ".xlsx"),
        (".rtf", ".docx"),
        (".md", ".html"),
        (".odt", ".epub"),
        (".csv", ".pptx"),
        (".html", ".odt"),
    ],
)
def test_content_counts_more_than_the_suffix_and_it_is_said(suffix, actual, tmp_path):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(SEEDS[actual])
    document = read_document(path, SEEDS[actual])
    assert document.text == read_document(Path(f"a{actual}"), SEEDS[actual]).text
    assert document.metadata["read_as"] == actual
    with Assistant(tmp_path / "library") as assistant:
        (warning,) = assistant.add(path).warnings
    assert warning.startswith(f"{path}: its content is that of a {actual} file")


def test_text_in_a_document_that_is_none_is_read_as_text():
    document = read_document(Path("a.docx"), "لا شيء سوى نص بسيط.\n".encode())
    assert document.text == "لا شيء سوى نص بسيط.\n"
    assert document.metadata["read_as"] == ".txt"


@pytest.mark.parametrize("suffix", [".docm", ".htm", ".markdown"])
def test_another_suffix_of_the_same_format_is_no_wrong_name(suffix):
    like = {".docm": ".docx", ".htm": ".html"}.get(suffix)
    data = SEEDS[like] if like else b"# Title\n\nWords."
    assert "read_as" not in read_document(Path(f"a{suffix}"), data).metadata


def test_csv_with_a_tag_in_it_is_a_csv():
    assert "read_as" not in read_document(Path("a.csv"), b"tag,n\n<html>,3\n").metadata


def test_doubts_name_what_was_left_out():
    document = read_document(Path("a.jsonl"), b'{"a": 1}\nbroken\n')
    assert doubts(document) == ["a.jsonl: parts of it could not be read and were left out: line 2."]


# Locked, packed, damaged, empty

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)


@pytest.mark.parametrize(
    ("data", "error", "said"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), UnreadableDocument, "remove the password"),
        (OLE + "WordDocument".encode("utf-16-le"), UnsupportedFormat, "Save it as .docx"),
        (gzip.compress(b"words"), UnreadableDocument, "gzip.*Unpack it first"),
        (b"7z\xbc\xaf'\x1c\x00\x04", UnreadableDocument, "Unpack it first"),
        (archive({"a.txt": "words", "b.txt": "more"}), UnsupportedFormat, "archive of 2 files"),
        (archive({}), UnreadableDocument, "empty archive"),
        (MADE[".docx"][:-200], UnreadableDocument, "save it anew"),
        (MADE[".docx"][:300] + bytes(50) + MADE[".docx"][350:], UnreadableDocument, "save it anew"),
        (b"\x00" * 500, UnreadableDocument, "starts with the bytes 00 00"),
        (b"", EmptyDocument, "no text"),
        (b" \r\n", EmptyDocument, "no text"),
        (b"%PDF-1.7\nwords", DocumentError, "(?i)pdf|pages"),
    ],
    ids=[
        "password", "old-office", "gzip", "7z", "zip", "empty-zip", "cut", "overwritten", "zeros",
        "empty", "blank", "pdf",
    ],
)  # fmt: skip
def test_file_that_can_not_be_read_says_why_and_what_to_do(data, error, said):
    with pytest.raises(error, match=said) as caught:
        read_document(Path("report.docx"), data)
    assert caught.value.path == "report.docx"
    assert str(caught.value).startswith("report.docx")


def test_archive_with_a_password():
    packed = bytearray(archive({"mimetype": "application/epub+zip", "META-INF/container.xml": "x"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = packed.find(mark)
        packed[position + offset] |= 1
    with pytest.raises(UnreadableDocument, match="remove the password"):
        read_document(Path("a.epub"), bytes(packed))


def test_odd_failure_of_a_reader_is_that_of_the_file(monkeypatch):
    def fail(*_):
        raise KeyError("odd")

    monkeypatch.setitem(READERS, ".csv", fail)
    with pytest.raises(UnreadableDocument, match=r"KeyError.*odd") as caught:
        read_document(Path("a.csv"), b"a,b\n")
    assert isinstance(caught.value.__cause__, KeyError)


# Traps


def bomb(name, size):
    """Return a document whose one part unpacks to so many bytes, and packs to next to nothing."""
    buffer = io.BytesIO(MADE[name])
    with (
        zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as packed,
        packed.open("bomb", "w") as part,
    ):
        for _ in range(size // 1_000_000):
            part.write(bytes(1_000_000))
    return buffer.getvalue()


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".xlsx", ".pptx", ".epub"])
@pytest.mark.parametrize(
    ("size", "setting"),
    [(40_000_000, "SANAD_MAX_UNPACKING_RATIO"), (300_000_000, "SANAD_MAX_UNPACKED_MB")],
    ids=["ratio", "size"],
)
def test_archive_made_to_explode_is_not_unpacked(suffix, size, setting):
    with pytest.raises(UnreadableDocument, match=setting):
        read(suffix, bomb(suffix, size))


def test_archive_of_too_many_files():
    data = archive({"mimetype": "application/epub+zip"} | {f"{n}": "" for n in range(30)})
    with pytest.raises(UnreadableDocument, match=r"31 files.*SANAD_MAX_ARCHIVE_FILES"):
        read(".epub", data, replace(DEFAULT_OPTIONS, max_archive_files=20))


def test_archive_in_an_archive_is_not_opened():
    inner = archive({"word/secret.xml": "<w:p>inner words</w:p>"})
    buffer = io.BytesIO(MADE[".docx"])
    with zipfile.ZipFile(buffer, "a") as packed:
        packed.writestr("word/embeddings/inner.zip", inner)
    assert read(".docx", buffer.getvalue()).text == read(".docx", MADE[".docx"]).text


@pytest.mark.parametrize(
    ("suffix", "text"), [(".txt", "words " * 9), (".html", HTML), (".csv", CSV)]
)
def test_text_beyond_the_limit_of_characters(suffix, text):
    options = replace(DEFAULT_OPTIONS, max_characters=50)
    with pytest.raises(UnreadableDocument, match="SANAD_MAX_DOCUMENT_CHARACTERS"):
        read(suffix, text.encode(), options)


# Settings


def test_limits_come_from_the_settings():
    settings = Settings(
        max_document_characters=1,
        max_unpacked_mb=2,
        max_unpacking_ratio=3,
        max_archive_files=4,
        max_nesting=5,
        max_rows=6,
        max_reading_seconds=7,
    )
    expected = replace(
        DEFAULT_OPTIONS,
        max_characters=1,
        max_unpacked_mb=2,
        max_unpacking_ratio=3,
        max_archive_files=4,
        max_nesting=5,
        max_rows=6,
        max_seconds=7,
    )
    assert options_of(settings) == expected
    assert options_of(Settings()) == DEFAULT_OPTIONS


def test_limits_hold_in_a_library(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(CSV, encoding="utf-8")
    with Assistant(tmp_path / "library", Settings(max_rows=1)) as assistant:
        (failure,) = assistant.add(path).failed
    assert "SANAD_MAX_ROWS" in failure.message


def test_date_of_a_document_is_kept(tmp_path):
    path = tmp_path / "a.eml"
    path.write_bytes(SEEDS[".eml"])
    with Assistant(tmp_path / "library") as assistant:
        assistant.add(path)
        (document,) = assistant.documents()
    assert document.date == dt.date(2024, 3, 5)
    assert document.title == "الرصيف"
