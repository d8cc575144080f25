"""Damaged, protected, endless and scanned PDFs: a clear word, and never a crash."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from pdf_builder import FONT, PAGE, picture_pdf, stream, text_pdf, written

from assistant import Assistant, Settings
from assistant.documents import ReadingOptions, doubts, read_document
from assistant.errors import DocumentError, EmptyDocument, UnreadableDocument
from assistant.schema import Document

HERE = Path(__file__).resolve().parent / "pdf"
LINES = ["The harbour bridge was opened in May 1998.", "It carries trains and bicycles."]
CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
ONE_PAGE = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"


def read(data: bytes, options: ReadingOptions | None = None) -> Document:
    return read_document(Path("file.pdf"), data, options or ReadingOptions())


def test_text_of_a_tiny_file_is_read() -> None:
    assert read(text_pdf(LINES)).text == " ".join(LINES)


STORY = (HERE / "story-xelatex.pdf").read_bytes()
FAULTS = [
    ("a picture", b"\x89PNG\r\n\x1a\n" + bytes(50), "it starts with the bytes 89 50"),
    ("a head alone", b"%PDF-1.7\n", "it is damaged, incomplete or without"),
    ("rubbish behind the head", b"%PDF-1.7\n" + bytes(range(256)) * 20, "damaged"),
    ("its first half", STORY[: len(STORY) // 2], "damaged"),
    ("locked", (HERE / "locked.pdf").read_bytes(), "it is protected by a password"),
    (
        "no pages",
        written({1: CATALOG, 2: b"<< /Type /Pages /Kids [] /Count 0 >>"}),
        "damaged, incomplete or without pages",
    ),
]


@pytest.mark.parametrize(
    ("data", "reason"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS]
)
def test_file_that_can_not_be_read_is_a_clear_error(data, reason) -> None:
    with pytest.raises(UnreadableDocument, match=reason) as caught:
        read(data)

    assert "file.pdf" in str(caught.value)


def test_file_of_no_bytes_is_an_empty_document() -> None:
    with pytest.raises(EmptyDocument, match=r"file\.pdf holds no text \(0 bytes\)"):
        read(b"")


def test_file_of_too_many_pages_is_an_error_that_names_the_setting() -> None:
    data = (HERE / "report-libreoffice-running.pdf").read_bytes()

    with pytest.raises(UnreadableDocument, match=r"has 4 pages and the limit is 3\. Raise SANAD"):
        read(data, ReadingOptions(max_pages=3))


def test_blank_page_is_an_empty_document() -> None:
    with pytest.raises(EmptyDocument, match=r"holds no text \(1 pages\)"):
        read(text_pdf([]))


FORM = (
    b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X %d 0 R >> >>"
)
LOOPS = [
    (
        "page tree that holds itself",
        {1: CATALOG, 2: b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>", 3: PAGE % FONT},
    ),
    (
        "page tree in a circle",
        {
            1: CATALOG,
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 1 >>",
        },
    ),
    (
        "form that draws itself",
        {
            1: CATALOG,
            2: ONE_PAGE,
            3: PAGE % b"<< /XObject << /X 5 0 R >> >>",
            4: stream(b"/X Do"),
            5: stream(b"/X Do", FORM % 5),
        },
    ),
    (
        "forms that draw each other",
        {
            1: CATALOG,
            2: ONE_PAGE,
            3: PAGE % b"<< /XObject << /X 5 0 R >> >>",
            4: stream(b"/X Do"),
            5: stream(b"/X Do", FORM % 6),
            6: stream(b"/X Do", FORM % 5),
        },
    ),
    (
        "many pages that are not there",
        {1: CATALOG, 2: b"<< /Type /Pages /Kids [3 0 R] /Count 900 >>", 3: PAGE % FONT},
    ),
]


@pytest.mark.timeout(30)
@pytest.mark.parametrize("objects", [loop[1] for loop in LOOPS], ids=[loop[0] for loop in LOOPS])
def test_endless_file_ends(objects) -> None:
    with pytest.raises(DocumentError):
        read(written(objects))


def test_text_in_a_form_is_read() -> None:
    shown = b"BT /F1 12 Tf 72 700 Td (Written in a form.) Tj ET"
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources " + FONT
    data = written(
        {
            1: CATALOG,
            2: ONE_PAGE,
            3: PAGE % b"<< /XObject << /X 5 0 R >> >>",
            4: stream(b"/X Do"),
            5: stream(shown, form),
        }
    )

    assert read(data).text == "Written in a form."


@pytest.mark.parametrize(
    "matrix",
    [b"1 0 0 1 72 700", b"0 1 -1 0 100 72", b"-1 0 0 -1 500 100", b"0 -1 1 0 100 700"],
    ids=["right", "up", "left", "down"],
)
def test_text_of_a_turned_page_is_read(matrix) -> None:
    drawn = b"(The bridge was opened in May) Tj 0 -16 Td (and closed in June.) Tj"
    text = read(text_pdf([], more=b"BT /F1 12 Tf %s Tm %s ET" % (matrix, drawn))).text

    assert " ".join(text.split()) == "The bridge was opened in May and closed in June."


@pytest.mark.parametrize(
    "drawn",
    [
        b"BT /F1 0 Tf 72 700 Td (Nothing to be seen.) Tj ET",
        b"BT /F1 12 Tf 1 0 0 1 9e37 9e37 Tm (Far away.) Tj ET",
        b"BT /F1 9e37 Tf 72 700 Td (Large.) Tj ET",
        b"BT /F1 -12 Tf 72 700 Td (Backwards.) Tj ET",
        b"BT /F1 12 Tf 0 0 0 0 72 700 Tm (Flat.) Tj ET",
    ],
    ids=["no size", "far away", "huge", "negative", "flat"],
)
def test_odd_numbers_do_no_harm(drawn) -> None:
    text = read(text_pdf([*LINES, "A line more."], more=drawn)).text

    assert all(line in text for line in LINES)


def test_properties_that_are_no_text_are_left_out() -> None:
    objects = {
        1: CATALOG,
        2: ONE_PAGE,
        3: PAGE % FONT,
        4: stream(b"BT /F1 12 Tf 72 760 Td (The bridge was opened in May 1998.) Tj ET"),
        5: b"<< /Title <FEFFD800D8000041> /Author (Nora Whelan) >>",
    }
    document = read(written(objects, b"/Root 1 0 R /Info 5 0 R"))

    assert document.title == "file"
    assert document.metadata["author"] == "Nora Whelan"


# Scans


def scan(pages: int = 1) -> bytes:
    """Return a picture of the first page of the report, as a PDF."""
    import pypdfium2

    document = pypdfium2.PdfDocument(HERE / "report-chromium-naskh.pdf")
    dots = document[0].render(scale=200 / 72, grayscale=True).to_numpy()
    document.close()
    rows = dots.reshape(dots.shape[0], -1)
    return picture_pdf([row.tobytes() for row in rows], rows.shape[1], pages)


def test_scan_alone_is_an_error_that_says_its_pages() -> None:
    with pytest.raises(EmptyDocument, match=r"its pages \(1-2\) are pictures. Install Tesseract"):
        read(scan(pages=2))


def test_scanned_page_among_others_is_a_warning_with_its_number(assistant, tmp_path) -> None:
    more = text_pdf(LINES, more=b"")
    picture = b"/XObject << /I1 5 0 R >>"
    data = written(
        {
            1: CATALOG,
            2: b"<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 >>",
            3: PAGE % FONT,
            4: stream(b"BT /F1 12 Tf 72 760 Td (The bridge was opened in May 1998.) Tj ET"),
            5: stream(
                bytes(100),
                b"/Type /XObject /Subtype /Image /Width 10 /Height 10 /ColorSpace /DeviceGray "
                b"/BitsPerComponent 8",
            ),
            6: (PAGE % (b"<< %s >>" % picture)).replace(b"4 0 R", b"7 0 R"),
            7: stream(b"595 0 0 842 0 0 cm /I1 Do"),
        }
    )
    assert more != data
    file = tmp_path / "half.pdf"
    file.write_bytes(data)

    report = assistant.add(file)

    assert report.failed == ()
    assert len(report.warnings) == 1
    assert "pages that are pictures were left out: 2. Install Tesseract" in report.warnings[0]
    assert assistant.documents()[0].quality == pytest.approx(0.5)


def needs_tesseract() -> None:
    program = shutil.which("tesseract")
    listed = program and subprocess.run(
        [program, "--list-langs"], capture_output=True, encoding="utf-8", check=False
    )
    if not listed or not {"ara", "eng"} <= set(listed.stdout.split()):
        pytest.skip("Tesseract with the languages ara and eng is not installed")


def test_scan_is_read_by_tesseract_where_that_is_wanted() -> None:
    needs_tesseract()
    document = read(scan(), ReadingOptions(ocr=True))

    assert document.metadata["ocr"] == "1"
    assert "scanned" not in document.metadata
    assert 0.3 < document.quality < 1
    assert {block.place for block in document.blocks} == {"page 1"}
    assert "Harbour School" in document.text
    assert "المكتبة" in document.text
    assert any("were read by Tesseract: 1" in words for words in doubts(document))


def test_ocr_without_tesseract_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(EmptyDocument, match=r"Install Tesseract \(Debian: tesseract-ocr"):
        read(scan(), ReadingOptions(ocr=True))


# Text that is not what it looks like


def test_arabic_set_backwards_is_reported() -> None:
    # A font whose codes a to z stand for Arabic letters, and a program that draws them from left
    # to right in reading order: what the eye sees is backwards.
    words = "تقرير المكتبة العامة عن عدد القراء وعن الكتب التي وصلت إلى المدينة هذا العام".split()
    letters = sorted(set("".join(words)))
    codes = {letter: chr(ord("A") + number) for number, letter in enumerate(letters)}
    names = "".join(f"<{ord(code):02X}> <{ord(letter):04X}>\n" for letter, code in codes.items())
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
        "1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{names}endbfchar\nendcmap end end"
    )
    shown = " ".join("".join(codes[letter] for letter in word) for word in words * 4)
    lines = [shown[start : start + 60] for start in range(0, len(shown), 60)]
    content = "".join(f"({line}) Tj 0 -16 Td\n" for line in lines)
    data = written(
        {
            1: CATALOG,
            2: ONE_PAGE,
            3: PAGE % b"<< /Font << /F1 6 0 R >> >>",
            4: stream(f"BT /F1 12 Tf 72 760 Td\n{content}ET".encode("latin-1")),
            5: stream(table.encode("ascii")),
            6: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 5 0 R >>",
        }
    )
    document = read(data)

    assert document.quality < 0.3
    assert any("its text may be wrong" in words for words in doubts(document))


# Crashes


def test_reader_that_dies_takes_nothing_else_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A PDF is read in another process, be it the only file."""
    killer = tmp_path / "killer"
    killer.mkdir()
    (killer / "pypdfium2.py").write_text("import os\nos.kill(os.getpid(), 9)\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(killer))
    file = tmp_path / "one.pdf"
    file.write_bytes(text_pdf(LINES))
    with Assistant(tmp_path / "library", Settings()) as assistant:
        report = assistant.add(file)

    assert [failure.error for failure in report.failed] == ["UnreadableDocument"]
    assert "the process that was reading it ended" in report.failed[0].message


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return a file with some bytes changed, cut out, doubled or cut off."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 30)):
        at = chance.randrange(len(changed))
        kind = chance.randrange(5)
        if kind == 0:
            changed[at] = chance.randrange(256)
        elif kind == 1:
            del changed[at : at + chance.randint(1, 60)]
        elif kind == 2:
            changed[at:at] = changed[at : at + chance.randint(1, 60)]
        elif kind == 3:
            changed[at : at + 4] = str(chance.randint(-9, 99999)).encode()
        elif len(changed) > 2000 and chance.random() < 0.2:
            del changed[at + 1000 :]
    return bytes(changed)


READER = """
import sys
from pathlib import Path
from assistant.documents import read_document
from assistant.errors import DocumentError
read = 0
for name in sys.argv[1:]:
    print(name, flush=True)
    try:
        document = read_document(Path(name), Path(name).read_bytes())
        assert all(0 <= b.start < b.end <= len(document.text) for b in document.blocks)
        assert 0 <= document.quality <= 1
        read += 1
    except DocumentError:
        pass
print(read, "read")
"""


def sources() -> Sequence[Path]:
    """Return small files to change; packed streams are opened in none, which is realistic."""
    return sorted(HERE.glob("*.pdf"), key=lambda path: path.stat().st_size)[:12]


@pytest.mark.timeout(900)
def test_changed_files_crash_and_hang_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # More of them, and how many were read: SANAD_TEST_FUZZ=2000 pytest tests/test_pdf_faults.py
    count = int(FUZZ)
    chance = random.Random(20)  # noqa: S311  # the same files each time
    originals = [path.read_bytes() for path in sources()]
    assert all(read(path.read_bytes()).text for path in sources() if path.stem != "locked")
    names = []
    for number in range(count):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(mutated(chance.choice(originals), chance))
        names.append(str(path))

    done = subprocess.run(
        [sys.executable, "-c", READER, *names],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60 + count,
    )

    last = done.stdout.split("\n")[-2]
    assert last.endswith(" read"), (done.stdout[-200:], done.stderr[-2000:])
    if count > 100:
        with capsys.disabled():
            print(f"\n.pdf: {last.split()[0]} of {count} read", end="")  # noqa: T201  # for a person who looks
    assert int(last.split()[0])


# Read before the fixture that takes all SANAD_ variables away.
FUZZ = os.environ.get("SANAD_TEST_FUZZ", "100")
