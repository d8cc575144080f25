"""Fonts that name their glyphs themselves: Type 1 and CFF."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_builder import PAGE, stream, written

from assistant.documents import read_document
from assistant.documents.pdf.programs import names_in
from assistant.schema import Document


def index(parts: Sequence[bytes]) -> bytes:
    """Return a list of things as CFF writes it."""
    ends = [1]
    for part in parts:
        ends.append(ends[-1] + len(part))
    return (
        struct.pack(">HB", len(parts), 2) + struct.pack(f">{len(ends)}H", *ends) + b"".join(parts)
    )


def box(number: int) -> bytes:
    """Return a glyph as high as its number says, from 300 to 700."""
    height = 300 + 7 * number % 401
    sides = 0x1F4, height, -0x1F4
    return (
        b"\x8b\x8b\x15"
        + b"".join(
            struct.pack(">BhB", 28, side, way) for side, way in zip(sides, (6, 7, 6), strict=True)
        )
        + b"\x0e"
    )


def cff(names: Sequence[str], encoding: bytes, charset: bytes = b"") -> bytes:
    """Return a font of boxes.

    Args:
        names: The glyphs', without the first.
        encoding: Its table of codes.
        charset: Its table of names; one that lists each by default.
    """
    strings = [391 + number for number in range(len(names))]
    charset = charset or b"\0" + struct.pack(f">{len(names)}H", *strings)
    glyphs = index([box(number) for number in range(len(names) + 1)])

    def top(start: int) -> bytes:
        places = start, start + len(charset), start + len(charset) + len(encoding)
        operators = zip(places, (15, 16, 17), strict=True)
        return index([b"".join(struct.pack(">BiB", 29, at, name) for at, name in operators)])

    head = b"\1\0\4\2" + index([b"Boxes"])
    rest = index([name.encode("ascii") for name in names]) + index([])[:2]
    size = len(head + top(0) + rest)
    return head + top(size) + rest + charset + encoding + glyphs


NAMES = ["behinitial", "lamaleffinal", "meem-ar"]
LISTED = b"\0\3abc"


@pytest.mark.parametrize(
    ("data", "names"),
    [
        (cff(NAMES, LISTED), dict(zip(b"abc", NAMES, strict=True))),
        (cff(NAMES, b"\1\1a\2"), dict(zip(b"abc", NAMES, strict=True))),
        (cff(NAMES, LISTED, b"\1\x01\x87\2"), dict(zip(b"abc", NAMES, strict=True))),
        (cff(NAMES, LISTED, b"\2\x01\x87\0\2"), dict(zip(b"abc", NAMES, strict=True))),
        # Glyphs of Latin names need no help: 34 is A.
        (cff(NAMES, LISTED, b"\0\0\x22\x01\x88\x01\x89"), {98: NAMES[1], 99: NAMES[2]}),
        # A further code for a glyph.
        (
            cff(NAMES, b"\x80\3abc\1z\x01\x88"),
            {97: NAMES[0], 98: NAMES[1], 99: NAMES[2], 122: NAMES[1]},
        ),
        (
            b"%!PS-AdobeFont-1.0: Boxes\n/Encoding 256 array\ndup 0 /alefisolated put\n"
            b"dup 97/behinitial put\nreadonly def\ncurrentfile eexec dup 5 /no put",
            {0: "alefisolated", 97: "behinitial"},
        ),
        (b"\0\1\0\0 a font of another kind", {}),
        (b"", {}),
        (b"\1\0\4\1", {}),
    ],
    ids=[
        "codes listed",
        "codes in a range",
        "names in a range",
        "names in a long range",
        "Latin name",
        "further code",
        "Type 1",
        "other",
        "empty",
        "head alone",
    ],
)
def test_codes_have_the_names_that_the_font_gives(data, names) -> None:
    assert names_in(data) == names


@given(st.binary(max_size=200), st.integers(0, len(cff(NAMES, LISTED))))
def test_damaged_fonts_do_no_harm(data, at) -> None:
    whole = cff(NAMES, LISTED)
    for damaged in (b"\1\0\4\1" + data, whole[:at], whole[:at] + data + whole[at + len(data) :]):
        assert all(code >= 0 for code in names_in(damaged))


WORD = ["kafinitial", "lamaleffinal", "meem-ar"]
DESCRIPTOR = (
    b"/FontDescriptor << /Type /FontDescriptor /FontName /AAAAAA+Boxes /Flags 4 /FontFile3 6 0 R >>"
)
SIMPLE = (
    b"<< /Type /Font /Subtype /Type1 /BaseFont /AAAAAA+Boxes /FirstChar 97 /LastChar 99 "
    b"/Widths [500 500 500] %s >>" % DESCRIPTOR
)
COMPOSITE = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Boxes /Encoding /Identity-H "
    b"/DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /AAAAAA+Boxes "
    b"/DW 500 /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> %s >>] >>"
    % DESCRIPTOR
)


def read(font: bytes, shown: bytes, program: bytes, table: bytes = b"") -> Document:
    data = written(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: PAGE % b"<< /Font << /F1 5 0 R >> >>",
            4: stream(b"BT /F1 12 Tf 72 700 Td %s Tj ET" % shown),
            5: font,
            7: stream(table),
            6: stream(
                program, b"/Subtype /Type1C" if font == SIMPLE else b"/Subtype /CIDFontType0C"
            ),
        }
    )
    return read_document(Path("file.pdf"), data)


def test_text_of_a_font_that_names_its_glyphs_itself_is_read() -> None:
    document = read(SIMPLE, b"(cba)", cff(WORD, LISTED))

    assert document.text == "كلام"
    assert document.quality == 1


def test_names_are_not_taken_where_codes_are_numbers_of_glyphs() -> None:
    # The font's own encoding has the first glyph at 3 and the third at 1.
    document = read(COMPOSITE, b"<000100020003>", cff(WORD, b"\0\3\3\2\1"))

    assert document.text == "\ufffd\ufffd\ufffd"


MANY = cff([f"g{number}" for number in range(1, 0x640)], LISTED)


def test_numbers_of_glyphs_are_no_arabic_letters() -> None:
    # 0x628 and 0x62A are Beh and Teh.
    document = read(COMPOSITE, b"<00410628062A0041>", MANY)

    assert document.text == "\ufffd\ufffd\ufffd\ufffd"


def test_arabic_letters_of_a_font_that_lacks_others_stay() -> None:
    # The tables of such files name the glyphs of letters, and leave out those of ornaments.
    table = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        b"2 beginbfchar\n<0100> <0628>\n<0101> <062A>\nendbfchar\nendcmap end end"
    )
    font = COMPOSITE.replace(b"/Type0", b"/Type0 /ToUnicode 7 0 R")
    document = read(font, b"<00410101010001010100>", MANY, table)

    assert document.text == "بتبت\ufffd"
