"""Glyphs that their fonts give no text: a sign that says so, and never a wrong letter."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pdf_builder import PAGE, stream, written

from assistant.documents import doubts, read_document
from assistant.schema import Document

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica %s >>"
SECOND = b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>"
DIFFERENCES = b"/Encoding << /Type /Encoding /Differences [%s] >>"
# Every code draws the same square; the font names its glyphs as old programs do, by number.
SQUARES = (
    b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 500 700] /FontMatrix [0.001 0 0 0.001 0 0] "
    b"/CharProcs << %s >> /Encoding << /Type /Encoding /Differences [33 %s] >> "
    b"/FirstChar 33 /LastChar 122 /Widths [%s] >>"
    % (
        b" ".join(b"/a%d 7 0 R" % code for code in range(33, 123)),
        b" ".join(b"/a%d" % code for code in range(33, 123)),
        b"500 " * 90,
    )
)
SQUARE = stream(b"500 0 0 0 500 700 d1 0 0 500 700 re f")


def read(font: bytes, lines: list[str], second: bytes = SECOND) -> Document:
    """Read a page of lines; those that start with ``2`` are drawn with the second font."""
    drawn = b""
    for number, line in enumerate(lines):
        words = line.removeprefix("2")
        # Old programs draw no spaces: a word starts where it belongs.
        is_apart = font == SQUARES and words == line
        for piece in re.finditer("[^ ]+" if is_apart else ".+", words):
            drawn += b"BT %s 12 Tf 1 0 0 1 %d %d Tm <%s> Tj ET\n" % (
                *(b"/F1" if words == line else b"/F2", 72 + 6 * piece.start(), 760 - 16 * number),
                piece[0].encode("latin-1").hex().encode("ascii"),
            )
    data = written(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: PAGE % b"<< /Font << /F1 5 0 R /F2 6 0 R >> >>",
            4: stream(drawn),
            5: font,
            6: second,
            7: SQUARE,
            8: b"<< /Type /Encoding /Differences [97 /g1 /lamalef] >>",
        }
    )
    return read_document(Path("file.pdf"), data)


@pytest.mark.parametrize("name", ["g23", "G62", "c97", "foo_bar", "uni06"])
def test_glyph_of_a_name_that_says_nothing_is_no_letter(name) -> None:
    # The codes of a and b are named anew; those of the other letters are what they always are.
    document = read(FONT % (DIFFERENCES % b"97 /%s /g7" % name.encode()), ["Rule 4 cites ab only"])

    assert document.text == "Rule 4 cites \ufffd\ufffd only"


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ("uni0643 uni06440627 uni0645", "كلام"),
        ("kaf-ar.init lam_alef-ar.fina meem-ar", "كلام"),
        ("kafinitial lamaleffinal meemisolated", "كلام"),
        ("kaf-ar.init lamalef meem-ar", "كلام"),
        ("behinitial alefwithhamzaabovefinal seen-ar.isol", "بأس"),
        ("u0628.init uni062A", "بت"),
    ],
)
def test_glyph_is_read_by_its_name(names, text) -> None:
    # A word is drawn from right to left: each code is drawn left of the one before it.
    listed = b"97 " + b"".join(b"/%s" % name.encode() for name in names.split())
    codes = "".join(chr(97 + number) for number in range(len(names.split())))
    document = read(FONT % (DIFFERENCES % listed), [codes[::-1]])

    assert document.text == text
    assert document.quality == 1


def test_vowel_sign_is_read_by_its_name() -> None:
    # Drawn from left to right: Teh, the sign, which takes no room, and Beh above it.
    names = DIFFERENCES % b"97 /teh-ar /kasra /beh-ar"
    widths = b" /FirstChar 97 /LastChar 99 /Widths [500 0 500]"

    assert read(FONT % (names + widths), ["abc"]).text == "ب\u0650ت"


def test_names_in_an_object_of_their_own_are_found_and_others_are_flagged() -> None:
    document = read(FONT % b"/Encoding 8 0 R", ["Rule 4 tells us: ba"])

    assert document.text == "Rule 4 tells us: لا\ufffd"


def test_fonts_of_one_name_that_contradict_each_other_name_nothing() -> None:
    fonts = [FONT % (DIFFERENCES % b"97 /%s" % name) for name in (b"beh-ar", b"teh-ar")]
    document = read(fonts[0], ["Rule 4 tells us: a"], second=fonts[1])

    assert document.text == "Rule 4 tells us: \ufffd"


def test_glyphs_without_text_lower_the_quality_and_are_reported_with_their_share() -> None:
    document = read(FONT % (DIFFERENCES % b"97 /g1 /g2"), ["Rule 4 cites ab only"])

    # Two of sixteen letters; and of the text's twenty characters.
    assert document.quality == pytest.approx((1 - 2 * 2 / 16) * (1 - 2 / 20))
    assert doubts(document) == [
        "file.pdf: some characters could not be read (12.5% of them, quality 0.675); they are "
        "shown as \ufffd."
    ]


def test_codes_of_a_font_that_names_nothing_stay_where_they_read_as_words() -> None:
    document = read(SQUARES, ["The bridge was opened in May", "and closed in the winter of 1998."])

    assert document.text == "The bridge was opened in May and closed in the winter of 1998."
    assert document.quality == 1
    assert doubts(document) == []


def test_signs_that_old_fonts_draw_otherwise_are_flagged_among_words() -> None:
    # In a font of TeX these codes draw inverted marks and a quotation mark.
    document = read(SQUARES, ["The bridge was opened < in May", "and closed in the \\ winter > of"])

    assert (
        document.text
        == "The bridge was opened \ufffd in May and closed in the \ufffd winter \ufffd of"
    )


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["BhC deFg mKX qwPt", "TrGs vBhC kLdF"], "\ufffd" * 3),
        (["hfile namei"], "\ufffd" * 5),
        (["1998"], "\ufffd" * 4),
    ],
    ids=["letters at random", "few", "digits alone"],
)
def test_codes_that_make_no_words_are_flagged(lines, text) -> None:
    document = read(SQUARES, ["2The second font is read.", *lines])

    assert document.text.startswith("The second font is read.")
    rest = document.text.removeprefix("The second font is read.")
    assert text in rest
    assert not any(map(str.isalnum, rest))


def test_words_of_another_font_do_not_vouch_for_codes() -> None:
    words = ["2The bridge was opened in May", "2and closed in the winter of 1998."]
    document = read(SQUARES, [*words, "XqXkq"])

    assert document.text.endswith("\ufffd" * 5)


def test_composite_font_without_a_table_gives_no_letters() -> None:
    # Numbers of glyphs; the characters with these numbers are other letters.
    descendant = (
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /AAAAAA+Foo /CIDSystemInfo << /Registry "
        b"(Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor << /Type /FontDescriptor "
        b"/FontName /AAAAAA+Foo /Flags 4 >> >>"
    )
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Foo /Encoding /Identity-H "
        b"/DescendantFonts [%s] >>" % descendant
    )
    document = read(font, ["2Three letters follow.", "\x00A\x01\x05\x00b"])

    assert document.text == "Three letters follow. \ufffd\ufffd\ufffd"
