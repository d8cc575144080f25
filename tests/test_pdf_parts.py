"""The parts that a PDF's text is put together from, each by itself."""

from __future__ import annotations

import pytest

from assistant.documents import doubts
from assistant.documents.pdf.about import own_title
from assistant.documents.pdf.blocks import Piece, composed, place_of
from assistant.documents.pdf.brackets import set_right
from assistant.documents.pdf.characters import cleaned
from assistant.documents.pdf.encodings import FontTexts
from assistant.documents.pdf.glyph import Glyph
from assistant.documents.pdf.kashidas import drop_kashidas
from assistant.documents.pdf.line import Line, line_of
from assistant.documents.pdf.lines import attach_marks, lines_of
from assistant.documents.pdf.mapped import MappedReader
from assistant.documents.pdf.native import Native
from assistant.documents.pdf.quality import known_words, unmixed_words
from assistant.documents.pdf.reading import numbers
from assistant.documents.pdf.running import split_running
from assistant.documents.pdf.straight import straighten
from assistant.schema import Document


def glyphs(text: str, left: float = 100, baseline: float = 700) -> list[Glyph]:
    """Return glyphs that stand side by side, each six points wide, in the order of drawing."""
    from assistant.documents.pdf.characters import bidi_class

    return [
        Glyph(one, left + 6 * n, left + 6 * n + 6, baseline, 12, n, bidi_class(one))
        for n, one in enumerate(text)
    ]


def line(text: str, baseline: float = 700, font: str = "") -> Line:
    row = glyphs(text, baseline=baseline)
    for glyph in row:
        glyph.font = font
    return line_of(row, baseline, (False, False))


@pytest.mark.parametrize(
    ("found", "title"),
    [
        ("تقرير عن المكتبات", "تقرير عن المكتبات"),
        ("  Annual   report 2020 ", "Annual report 2020"),
        ("", ""),
        ("Microsoft Word - report.docx", ""),
        ("report.docx", ""),
        ("Untitled", ""),
        ("بدون عنوان 1", ""),
        ("https://example.org/a", ""),
        ("file:///tmp/page.html", ""),
        ("12345", ""),
        ("final", ""),  # the file's own name
        ("ØªÙ‚Ø±ÙŠØ±\u0081", ""),
        ("x" * 300, ""),
    ],
)
def test_title_is_one_that_a_person_gave(found, title) -> None:
    assert own_title({"Title": found}, "/a/final.pdf") == title


@pytest.mark.parametrize(
    ("pages", "written"),
    [([], ""), ([0], "1"), ([2, 6, 7, 8], "3, 7-9"), ([0, 1, 3], "1-2, 4")],
)
def test_page_numbers_are_written_as_people_do(pages, written) -> None:
    assert numbers(pages) == written


@pytest.mark.parametrize(("first", "last", "place"), [(2, 2, "page 3"), (2, 3, "pages 3-4")])
def test_place_counts_pages_from_one(first, last, place) -> None:
    assert place_of(first, last) == place


def test_large_short_text_is_a_heading_and_running_text_boilerplate() -> None:
    body = "A sentence that is as long as sentences of a text are, or a little longer. " * 3
    pieces = [Piece("Bees.", 0, 0, 18), Piece(body.strip(), 0, 1, 11), Piece("1", 0, 0, 11, True)]
    text, blocks = composed(pieces)

    assert [block.kind for block in blocks] == ["heading", "paragraph", "boilerplate"]
    assert [text[b.start : b.end] for b in blocks] == [piece.text for piece in pieces]


@pytest.mark.parametrize(
    ("glyph", "text"),
    [
        ("\ufefb", "لا"),
        ("\ufee0", "ل"),
        ("\ufe77", "\u064e"),  # a fatha on a tatweel is a fatha
        ("\ufdf2", "الله"),
        ("ﬁ", "fi"),
        ("\u00a0", " "),
        ("\u200f", ""),
        ("\ue001", "\ufffd"),
    ],
)
def test_glyph_is_cleaned(glyph, text) -> None:
    assert cleaned(glyph) == text


def test_marks_go_to_the_letter_that_is_drawn_behind_them() -> None:
    row = glyphs("بت")
    mark = Glyph("\u064e", 109, 109, 703, 12, 0.5, "m")

    assert [glyph.text for glyph in attach_marks([row[0], mark, row[1]])] == ["ب", "ت\u064e"]


class _Drawn(Native):
    """Characters as PDFium hands them over: what, in which object, its origin, middle and end."""

    def __init__(self, drawn: list[tuple[str, int, float, float, float]]) -> None:
        self.count_characters = lambda page: len(drawn)
        self.text_object = lambda page, index: drawn[index][1]
        self.unicode = lambda page, index: ord(drawn[index][0])
        self.has_error = lambda page, index: 0
        self._drawn = drawn

    def origin(self, text_page: int, index: int) -> tuple[float, float]:
        return self._drawn[index][2], 700.0

    def middle(self, text_page: int, index: int) -> float:
        return self._drawn[index][3]

    def right(self, text_page: int, index: int) -> float:
        return self._drawn[index][4]

    def placed(self, handle: int) -> tuple[float, float, float]:
        return 300.0, 700.0, 12.0


# Two letters side by side: each is an object of its own, and the mark of the one on the right was
# drawn before it, at the end of the other's. Fonts give marks an origin that is far left.
@pytest.mark.parametrize("origin", [320.4, 318.8], ids=["beneath it", "left of the other letter"])
@pytest.mark.parametrize("marks", ["\u064e", "\u0651\u064e"], ids=["one", "two"])
def test_mark_at_the_end_of_an_object_goes_to_the_letter_of_the_next_one(origin, marks) -> None:
    drawn = [
        ("ق", 12, 321.6, 322.5, 323.4),
        *((mark, 11, origin, 321.5, 322.8) for mark in marks),
        ("م", 11, 319.1, 320.3, 321.6),
    ]
    found = MappedReader(
        *(_Drawn(drawn), 1, {11: 0, 12: 1}, {}, frozenset()), FontTexts(_Drawn(drawn), None)
    ).read()
    kept = attach_marks(sorted(found, key=lambda glyph: glyph.order))

    assert [glyph.text for glyph in kept] == ["م", f"ق{marks}"]


@pytest.mark.parametrize(
    ("middle", "text"), [(110, "ل\u064eا"), (102, "لا\u064e")], ids=["over lam", "over alef"]
)
def test_mark_on_a_ligature_goes_to_the_letter_beneath(middle, text) -> None:
    base = Glyph("لا", 100, 112, 700, 12, 1, "r")
    mark = Glyph("\u064e", middle, middle, 703, 12, 0.5, "m")

    assert [glyph.text for glyph in attach_marks([mark, base])] == [text]


def test_gap_is_a_space() -> None:
    made = lines_of([*glyphs("ab"), *glyphs("cd", left=120)])

    assert "".join(made[0].texts) == "ab cd"


@pytest.mark.parametrize(
    ("shown", "right"),
    [
        ("كش )رمت( تيب", "كش (رمت) تيب"),
        ("كش (رمت) تيب", "كش (رمت) تيب"),
        (".)WTI( دهعم", ".(WTI) دهعم"),
        ("»معن« :لاق", "«معن» :لاق"),
        ("f(n) نمز", "f(n) نمز"),
    ],
)
def test_brackets_enclose_what_is_inside(shown, right) -> None:
    one = line(shown, font="F")
    set_right([one], rtl=True)

    assert "".join(one.texts) == right


def test_strokes_within_words_go_but_a_hyphen_stays() -> None:
    strokes = [line("بيـ-ـت كتـ-ـاب"[::-1]) for _ in range(4)]
    words = [line("كتاب طويل جدا بلا أي علامة من هذا النوع " * 6 + "ثقافي-علمي"[::-1])]
    drop_kashidas(strokes)
    drop_kashidas(words)

    assert "".join(strokes[0].texts) == "بيت كتاب"[::-1]
    assert "ثقافي-علمي"[::-1] in "".join(words[0].texts)


def test_texts_that_are_turned_around_are_straightened() -> None:
    # From right to left "غد قال" is drawn; its texts have slipped by two, as the spaces show.
    row = glyphs("لاق دغ")
    for glyph, text in zip(row, "ق دغلا", strict=True):
        glyph.is_given, glyph.is_blank = True, glyph.text == " "
        glyph.text = text
    straighten(row)

    assert "".join(glyph.text for glyph in reversed(row)) == "غد قال"


def test_heads_and_page_numbers_are_told_from_text() -> None:
    pages = [
        [line("The yearly report", 800), line(f"text {word}", 600), line(f"- {n} -", 40)]
        for n, word in enumerate(["one", "two", "three"], start=1)
    ]
    kept, running = split_running(pages)

    assert [["".join(q.texts) for q in page] for page in kept] == [
        ["text one"],
        ["text two"],
        ["text three"],
    ]
    assert ["".join(q.texts) for q in running] == ["The yearly report", "- 1 -"]


def test_words_are_known_forwards_and_not_backwards() -> None:
    text = "وصلت الكتب إلى المدينة هذا العام وفتحت المكتبة أبوابها للقراء كل يوم " * 4

    assert known_words(text) > 0.9
    assert known_words(" ".join(word[::-1] for word in text.split())) < 0.3
    assert known_words("three English words") == 1


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("وصلت الكتب إلى المدينة هذا العام " * 10, 1),
        ("استخدم وGoogle وMicrosoft بـPDF كل يوم " * 10, 1),  # "and" and "with" before a name
        ("تwفyق الحykم كتب هذا " * 10, 0),  # two words of four
        ("تwفyق كتب هذا العام كله " * 10, 0.6),  # one of five
        ("تwفyق الحykم", 1),  # too few to say
    ],
    ids=["Arabic", "names", "half", "some", "few"],
)
def test_words_with_latin_letters_within_are_doubted(text, share) -> None:
    assert unmixed_words(text) == pytest.approx(share)


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (Document(source="a", text="x"), []),
        (
            Document(source="a", text="x y\ufffd", quality=0.5),
            ["some characters could not be read (33.3% of them, quality 0.500)"],
        ),
        (Document(source="a", text="x", quality=0.5), ["its text may be wrong (quality 0.50)"]),
        (
            Document(source="a", text="x", metadata={"scanned": "2", "ocr_hint": "Do this."}),
            ["pages that are pictures were left out: 2. Do this."],
        ),
        (
            Document(source="a", text="x", metadata={"ocr": "2", "broken": "3"}),
            ["were read by Tesseract: 2", "damaged pages were left out: 3"],
        ),
    ],
    ids=["good", "replaced", "doubtful", "scanned", "read by machine and broken"],
)
def test_doubts_are_said(document, words) -> None:
    said = doubts(document)

    assert len(said) == len(words)
    assert all(part in one for part, one in zip(words, said, strict=True))
