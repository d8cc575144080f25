"""Pages of PDFs as pictures, and the boxes around what is cited on them.

What stands in a box is asked of PDFium's own reading of the page, which knows nothing of the text
that is stored: the letters whose middles lie in the boxes of a sentence are those of the sentence.
"""

from __future__ import annotations

import ctypes
import io
import os
import sys
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_builder import FONT, PAGE, stream, text_pdf, written
from pdf_producers import CHROMIUM, Look, chromium
from PIL import Image
from pypdfium2 import raw

from assistant.documents import read_document
from assistant.documents.pdf import Wanted, picture_of, stretches_of
from assistant.documents.pdf import png as png_writer
from assistant.documents.pdf.origins import traced
from assistant.errors import UnreadableDocument
from assistant.schema import Document, PageBox, PagePicture, Span
from assistant.sentences import passage_spans

HERE = Path(__file__).resolve().parent / "pdf"
sys.path.insert(0, str(HERE))

from make import FILES, paragraphs_of  # noqa: E402  # a program that stands in a folder beside

# In the others PDFium itself takes vowel marks, or strokes that only lengthen a word, for letters.
WELL_NAMED = [
    name
    for name in FILES
    if name
    not in {
        "report-chromium-amiri",
        "report-chromium-dejavu",
        "report-libreoffice-amiri",
        "report-libreoffice-dejavu",
        "report-libreoffice-justified",
        "report-libreoffice-naskh",
        "report-libreoffice-running",
        "report-libreoffice-scheherazade",
        "vowelled-chromium-amiri",
        "vowelled-libreoffice-amiri",
    }
]
GRID = 100_000


@cache
def stored(name: str) -> tuple[bytes, Document]:
    data = (HERE / f"{name}.pdf").read_bytes()
    return data, read_document(Path(f"{name}.pdf"), data)


def picture(
    data: bytes, document: Document, span: Sequence[int], page: int | None = None, height: int = 100
) -> PagePicture:
    wanted = Wanted(stretches_of(document, *span), page, height)
    return picture_of(data, "file.pdf", wanted)


def sentences_of(document: Document) -> list[Span]:
    return [s for p in passage_spans(document.text, document.blocks) for s in p.sentences]


def letters(text: str) -> Counter[str]:
    return Counter(c for c in unicodedata.normalize("NFKD", text) if c.isalnum())


def on_page(page: pypdfium2.PdfPage, box: PageBox) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of a box as the page's content counts them."""
    corners = []
    for x, y in ((box.left, box.top), (box.left + box.width, box.top + box.height)):
        across, up = ctypes.c_double(), ctypes.c_double()
        at = round(x * GRID), round(y * GRID)
        raw.FPDF_DeviceToPage(page.raw, 0, 0, GRID, GRID, 0, *at, across, up)
        corners.append((across.value, up.value))
    (a, b), (c, d) = corners
    return min(a, c), min(b, d), max(a, c), max(b, d)


def letters_in(data: bytes, shown: PagePicture) -> Counter[str]:
    """Return the letters that PDFium sees in the boxes of a picture."""
    found: Counter[str] = Counter()
    with pypdfium2.PdfDocument(data) as document:
        page = document[shown.page - 1]
        text = page.get_textpage()
        boxes = [on_page(page, box) for box in shown.boxes]
        for index in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(index)
            x, y = (left + right) / 2, (bottom + top) / 2
            if left < right and any(a <= x <= c and b <= y <= d for a, b, c, d in boxes):
                found += letters(chr(raw.FPDFText_GetUnicode(text.raw, index)))
        text.close()
        page.close()
    return found


def letters_boxed(data: bytes, document: Document, span: Sequence[int]) -> Counter[str]:
    """Return the letters that PDFium sees in the boxes of a range, on all its pages."""
    first = picture(data, document, span)
    assert first.is_exact
    assert first.page == first.marked[0]
    found = letters_in(data, first)
    for page in first.marked[1:]:
        found += letters_in(data, picture(data, document, span, page - 1))
    return found


def check_sentences(data: bytes, document: Document) -> None:
    sentences = sentences_of(document)
    assert len(sentences) >= 5
    for span in sentences:
        words = document.text[slice(*span)]
        assert letters_boxed(data, document, span) == letters(words), words


# What the boxes hold


@pytest.mark.parametrize("name", WELL_NAMED)
def test_boxes_of_a_sentence_hold_its_letters_and_no_others(name) -> None:
    check_sentences(*stored(name))


@pytest.mark.parametrize("name", FILES)
def test_boxes_of_all_the_text_hold_all_the_ink(name) -> None:
    data, document = stored(name)
    kept = [block for block in document.blocks if block.kind != "boilerplate"]
    span = kept[0].start, kept[-1].end
    first = picture(data, document, span)
    assert first.is_exact
    for page in first.marked:
        shown = picture(data, document, span, page - 1, 1400)
        dark = dots(shown) < 128
        ink = dark.sum()
        for box in shown.boxes:
            dark[pixels(shown, box)] = False
        # Heads and feet hold ink too where there are such.
        assert "running" in name or dark.sum() < 0.005 * ink


def dots(shown: PagePicture) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(shown.png)).convert("L")).copy()


def pixels(shown: PagePicture, box: PageBox) -> tuple[slice, slice]:
    top, left = box.top * shown.height, box.left * shown.width
    bottom, right = top + box.height * shown.height, left + box.width * shown.width
    return slice(int(top) - 1, int(bottom) + 2), slice(int(left) - 1, int(right) + 2)


@pytest.mark.parametrize("name", ["report", "story"])
@pytest.mark.parametrize("columns", [1, 2])
def test_boxes_on_a_page_that_chromium_prints_now(tmp_path: Path, name, columns) -> None:
    if not Path(CHROMIUM).exists() and "CI" not in os.environ:
        pytest.skip(f"no Chromium at {CHROMIUM}; set SANAD_CHROMIUM")
    title, *paragraphs = paragraphs_of(name)
    target = tmp_path / "printed.pdf"
    chromium(paragraphs, Look(columns=columns, size=13).titled(title), target)
    data = target.read_bytes()

    check_sentences(data, read_document(target, data))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_boxes_of_any_range_hold_its_letters_and_lie_on_the_page(drawn) -> None:
    name = drawn.draw(st.sampled_from(WELL_NAMED))
    data, document = stored(name)
    end = next((b.start for b in document.blocks if b.kind == "boilerplate"), len(document.text))
    start = drawn.draw(st.integers(0, end - 1))
    stop = drawn.draw(st.integers(start + 1, min(end, start + 400)))
    words = document.text[start:stop]
    if not words.strip():
        return

    shown = picture(data, document, (start, stop))
    for box in shown.boxes:
        assert 0 <= box.left < box.left + box.width <= 1
        assert 0 <= box.top < box.top + box.height <= 1
    found, wanted = letters_boxed(data, document, (start, stop)), letters(words)

    assert not wanted - found
    # A range that ends within a ligature holds all of the ligature.
    assert (found - wanted).total() <= 4


def test_boxes_of_a_sentence_over_two_pages_stand_on_both() -> None:
    data, document = stored("story-chromium-columns")
    block = next(block for block in document.blocks if block.place == "pages 1-2")
    span = block.start, block.end

    first, second = picture(data, document, span), picture(data, document, span, 1)

    assert (first.page, second.page, first.pages) == (1, 2, 2)
    assert first.marked == second.marked == (1, 2)
    assert first.boxes
    assert second.boxes
    assert letters_in(data, first) + letters_in(data, second) == letters(
        document.text[slice(*span)]
    )


def test_page_beside_holds_no_boxes() -> None:
    data, document = stored("report-chromium-running")
    (first, *_) = sentences_of(document)

    beside = picture(data, document, first, 2)

    assert (beside.page, beside.marked, beside.boxes, beside.is_exact) == (3, (1,), (), True)


# Pages that are turned, cut or drawn otherwise

LINES = ["The bridge was opened in May 1998 by the mayor.", "It carries trains and bicycles."]


@pytest.mark.parametrize("more", [b"", b"/CropBox [50 400 545 800]"], ids=["whole", "cut"])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_follow_a_page_that_is_turned_or_cut(rotation, more) -> None:
    attributes = b"/Rotate %d %s " % (rotation, more)
    check_ink(text_pdf(LINES).replace(b"/MediaBox", attributes + b"/MediaBox"))


@pytest.mark.parametrize(
    "matrix",
    [b"1 0 0 1 72 700", b"0 1 -1 0 100 72", b"-1 0 0 -1 500 100", b"0 -1 1 0 100 700"],
    ids=["right", "up", "left", "down"],
)
def test_boxes_follow_text_that_is_turned(matrix) -> None:
    drawn = b"(%s) Tj 0 -16 Td (%s) Tj" % tuple(line.encode() for line in LINES)
    check_ink(text_pdf([], more=b"BT /F1 12 Tf %s Tm %s ET" % (matrix, drawn)))


def check_ink(data: bytes) -> None:
    """Check that the boxes of two sentences hold all ink of a page, and stand apart."""
    document = read_document(Path("file.pdf"), data)
    assert " ".join(document.text.split()) == " ".join(LINES)
    middle = document.text.index("It carries")
    first = picture(data, document, (0, middle - 1), height=800)
    second = picture(data, document, (middle, len(document.text)), height=800)
    assert first.is_exact
    assert len(first.boxes) == len(second.boxes) == 1
    dark = dots(first) < 128
    for shown in (first, second):
        room = pixels(shown, shown.boxes[0])
        assert dark[room].sum() > 100
        dark[room] = False
    assert not dark.any()


def test_text_outside_of_what_is_shown_has_no_box() -> None:
    data = text_pdf(LINES).replace(b"/MediaBox", b"/CropBox [50 100 545 400] /MediaBox")
    document = read_document(Path("file.pdf"), data)

    shown = picture(data, document, (0, 10))

    assert (shown.boxes, shown.is_exact) == ((), True)


def test_page_that_is_very_wide_is_drawn_smaller() -> None:
    data = text_pdf(LINES).replace(b"[0 0 595 842]", b"[0 0 99999 842]")
    document = read_document(Path("file.pdf"), data)

    shown = picture(data, document, (0, 10), height=4000)

    assert shown.width * shown.height < 17_000_000
    assert shown.is_exact


def test_paragraphs_that_are_alike_are_told_apart() -> None:
    drawn = b"".join(
        b"BT /F1 %d Tf 72 %d Td (%s) Tj ET " % (size, height, words)
        for size, height, words in (
            *((12, 700, b"Closed today."), (20, 600, b"Open now.")),
            (12, 500, b"Closed today."),
        )
    )
    data = text_pdf([], more=drawn)
    document = read_document(Path("file.pdf"), data)
    assert len(document.blocks) == 3
    first = document.text.index("Closed")
    last = document.text.rindex("Closed")
    assert first < last

    tops = [picture(data, document, (at, at + 6)).boxes[0].top for at in (first, last)]

    assert tops == pytest.approx([(842 - 712) / 842, (842 - 512) / 842], abs=0.01)


def test_ends_of_a_parted_word_are_boxed_in_both_lines() -> None:
    lines = ["The committee met on Monday and spoke about the govern-", "ment of the town."]
    data = text_pdf(lines)
    document = read_document(Path("file.pdf"), data)
    start = document.text.index("government")

    shown = picture(data, document, (start, start + len("government")))

    assert letters_in(data, shown) == letters("government")
    assert len(shown.boxes) == 2


# Where the text is not the one that is stored


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda d: replace(d, text=d.text.replace("May", "Mai")), id="other letter"),
        pytest.param(
            lambda d: replace(d, blocks=tuple(replace(b, place="page 2") for b in d.blocks)),
            id="other page",
        ),
        pytest.param(
            lambda d: replace(d, blocks=tuple(replace(b, place="") for b in d.blocks)),
            id="no page",
        ),
    ],
)
def test_text_that_is_not_the_stored_one_gets_no_box(change) -> None:
    data = text_pdf(LINES)
    document = change(read_document(Path("file.pdf"), data))

    shown = picture(data, document, (0, 10))

    assert (shown.boxes, shown.marked, shown.is_exact) == ((), (), False)
    assert shown.page == 1


def test_page_that_is_not_there_is_an_error_that_says_which_are() -> None:
    data, document = stored("story-chromium-columns")

    with pytest.raises(UnreadableDocument, match=r"has no page 3: it has the pages 1 to 2"):
        picture(data, document, (0, 10), 2)


def test_file_that_is_broken_is_an_error() -> None:
    with pytest.raises(UnreadableDocument, match="damaged"):
        picture_of(b"%PDF-1.7\n", "file.pdf", Wanted((), 0, 100))


def test_text_in_a_form_is_boxed() -> None:
    shown = b"BT /F1 12 Tf 72 700 Td (Written in a form.) Tj ET"
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources " + FONT
    data = written(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: PAGE % b"<< /XObject << /X 5 0 R >> >>",
            4: stream(b"/X Do"),
            5: stream(shown, form),
        }
    )
    document = read_document(Path("file.pdf"), data)

    assert letters_boxed(data, document, (0, 7)) == letters("Written")


# Which glyphs a text comes from


@pytest.mark.parametrize(
    ("texts", "runs", "text", "origins"),
    [
        pytest.param(["a", " ", "b"], [(0, 3, False)], "a b", [0, 1, 2], id="left to right"),
        pytest.param(["م", "لا", "س"], [(0, 3, True)], "سلام", [2, 1, 1, 0], id="ligature"),
        pytest.param(["(", "ب", ")"], [(0, 3, True)], "(ب)", [2, 1, 0], id="mirrored"),
        pytest.param(["e\u0301", "t"], [(0, 2, False)], "ét", [0, 1], id="composed"),
        pytest.param([" ", "a", " ", " ", "b"], [(0, 5, False)], "a b", [1, 2, 4], id="spaces"),
        pytest.param(["", "a"], [(0, 2, False)], "a", [1], id="stroke that was dropped"),
        pytest.param(
            ["o", "k", " ", "ب", "ا"], [(2, 5, True), (0, 2, False)], "اب ok", [4, 3, 2, 0, 1],
            id="two directions",
        ),
        pytest.param(["\u1100", "\u1161"], [(0, 2, False)], "가", [], id="no letter with marks"),
    ],
)  # fmt: skip
def test_characters_know_their_glyphs(texts, runs, text, origins) -> None:
    assert traced(texts, runs) == (text, origins)


# PNG


@pytest.mark.parametrize(
    ("mode", "channels"), [("L", [200, 200, 200]), ("RGB", [200, 10, 90])], ids=["grey", "colours"]
)
def test_png_holds_the_dots(mode, channels) -> None:
    picture = np.full((5, 7, 3), channels, np.uint8)
    picture[2, 3] = 0

    image = Image.open(io.BytesIO(png_writer.written(picture)))

    assert (image.format, image.mode, image.size) == ("PNG", mode, (7, 5))
    assert np.array_equal(np.asarray(image.convert("RGB")), picture)


def test_picture_has_the_size_that_it_says() -> None:
    data, document = stored("story-xelatex")

    shown = picture(data, document, (0, 10), height=700)

    assert Image.open(io.BytesIO(shown.png)).size == (shown.width, shown.height)
    assert shown.height == 700
