"""Spreadsheets to rows: headers, values as they are shown, places."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import replace

import pytest
from document_checks import archive, pairs, places, read

from assistant.documents import DEFAULT_OPTIONS
from assistant.errors import EmptyDocument, UnreadableDocument

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.'
    'sheet.main+xml"/></Types>'
)
ROOT = (
    f'<Relationships><Relationship Id="r1" Type="{RELATIONS}/officeDocument" '
    'Target="/xl/workbook.xml"/><Relationship Id="r2" Type="http://x/core-properties" '
    'Target="docProps/core.xml"/></Relationships>'
)
SHARED = f"""<sst xmlns="{MAIN}"><si><t>السنة</t></si><si><t>المدينة</t></si>
<si><r><t>وهـ</t></r><r><t>ران</t></r><rPh><t>no</t></rPh></si><si><t>الحصة</t></si></sst>"""
STYLES = f"""<styleSheet xmlns="{MAIN}">
<numFmts><numFmt numFmtId="164" formatCode="0.0%"/></numFmts>
<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/><xf numFmtId="3"/></cellXfs>
</styleSheet>"""
CORE = "<core><title>ميزانية</title><created>2023-05-02T10:00:00Z</created></core>"


def book(*sheets, **parts):
    """Return a workbook of sheets: names and the XML of their rows."""
    named = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="s{n}"/>' for n, (name, _) in enumerate(sheets)
    )
    related = "".join(
        f'<Relationship Id="s{n}" Type="{RELATIONS}/worksheet" Target="worksheets/{n}.xml"/>'
        for n in range(len(sheets))
    )
    beside = "".join(
        f'<Relationship Id="{kind}" Type="{RELATIONS}/{kind}" Target="{kind}.xml"/>'
        for kind in ("sharedStrings", "styles")
    )
    whole = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": ROOT,
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><workbookPr/>'
            f"<sheets>{named}</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": f"<Relationships>{related}{beside}</Relationships>",
        "xl/sharedStrings.xml": SHARED,
        "xl/styles.xml": STYLES,
        "docProps/core.xml": CORE,
    }
    for n, (_, rows) in enumerate(sheets):
        whole[f"xl/worksheets/{n}.xml"] = f'<worksheet xmlns="{MAIN}">{rows}</worksheet>'
    return archive(whole | parts)


def sheet(*rows, merged=""):
    """Return the XML of rows: numbers, and cells as (place, attributes, value)."""
    found = ""
    for number, cells in rows:
        inner = "".join(f'<c r="{place}" {kind}><v>{value}</v></c>' for place, kind, value in cells)
        found += f'<row r="{number}">{inner}</row>'
    merges = f'<mergeCells><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
    return f"<sheetData>{found}</sheetData>{merges}"


def text(place, words):
    return place, 't="str"', words


ARABIC = sheet(
    (1, [("A1", 't="s"', "0"), ("B1", 't="s"', "1"), ("C1", 't="s"', "3")]),
    (2, [("A2", "", "2023"), ("B2", 't="s"', "2"), ("C2", 's="1"', "0.085")]),
    (4, [("A4", "", "2024"), ("C4", 's="1"', "0.1")]),
)
ENGLISH = sheet(
    (1, [text("A1", "Harbour budget")]),
    (3, [text("A3", "Item"), text("B3", "Due"), text("C3", "Amount"), text("D3", "Paid")]),
    (
        4,
        [
            text("A4", "Crane"),
            ("B4", 's="2"', "45356"),
            ("C4", 's="3"', "1250000"),
            ("D4", 't="b"', "1"),
        ],
    ),
    (5, [text("A5", "Quay"), ("C5", 't="e"', "#DIV/0!"), ("D5", 't="b"', "0")]),
)


def test_xlsx_rows_with_their_headers_and_places():
    extracted = read(".xlsx", book(("الموازنة", ARABIC), ("Harbour", ENGLISH)))
    assert pairs(extracted) == [
        ("heading", "الموازنة"),
        ("row", "السنة: 2023\u061b المدينة: وهـران\u061b الحصة: 8.5%"),
        ("row", "السنة: 2024\u061b الحصة: 10.0%"),
        ("heading", "Harbour"),
        ("paragraph", "Harbour budget"),
        ("row", "Item: Crane; Due: 2024-03-05; Amount: 1,250,000; Paid: TRUE"),
        ("row", "Item: Quay; Paid: FALSE"),
    ]
    assert [place for place, _ in places(extracted)] == [
        "الموازنة",
        "الموازنة, row 2",
        "الموازنة, row 4",
        "Harbour",
        "Harbour, row 1",
        "Harbour, row 4",
        "Harbour, row 5",
    ]
    assert (extracted.title, extracted.date) == ("ميزانية", dt.date(2023, 5, 2))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            sheet(
                (1, [text("A1", "Oran"), ("B1", "", "410")]),
                (2, [text("A2", "Fez"), ("B2", "", "380")]),
            ),
            ["Oran: 410", "Fez: 380"],
            id="no-headers",
        ),
        pytest.param(
            sheet(
                (1, [text("A1", "City"), text("B1", "Year"), text("C1", "Rain")]),
                (2, [text("A2", "Oran"), ("B2", "", "2022"), ("C2", "", "5")]),
                (3, [("B3", "", "2023"), ("C3", "", "6")]),
                merged="A2:A3",
            ),
            ["City: Oran; Year: 2022; Rain: 5", "City: Oran; Year: 2023; Rain: 6"],
            id="merged-down",
        ),
        pytest.param(
            "<sheetData><row><c><v>7</v></c><c t='inlineStr'><is><t>seven</t></is></c></row>"
            "</sheetData>",
            ["7: seven"],
            id="without-places",
        ),
        pytest.param(
            sheet(
                (1, [text("A1", "City"), text("B1", "Note")]),
                (2, [text("A2", "Oran"), text("B2", "Large.\nOld.")]),
            ),
            ["City: Oran; Note: Large. Old."],
            id="lines-in-a-cell",
        ),
        pytest.param(
            sheet((1, [text("A1", "One."), text("B1", "")]), (2, [text("A2", "Two.")])),
            ["One.", "Two."],
            id="one-column",
        ),
        pytest.param(
            sheet((1, [("A1", 't="s"', "99"), text("B1", "kept")])),
            ["kept"],
            id="string-that-is-not-there",
        ),
    ],
)
def test_xlsx_tables(rows, expected):
    found = pairs(read(".xlsx", book(("S", rows))))
    assert found[0] == ("heading", "S")
    assert [words for _, words in found[1:]] == expected


def test_xlsx_title_is_not_a_sheet():
    data = book(("Sheet1", ENGLISH), **{"docProps/core.xml": ""})
    assert read(".xlsx", data).title == ""


def test_xlsx_sheet_without_rows_is_left_out():
    assert pairs(read(".xlsx", book(("Empty", sheet()), ("Full", ENGLISH))))[0] == (
        "heading",
        "Full",
    )


def test_xlsx_empty():
    with pytest.raises(EmptyDocument):
        read(".xlsx", book(("Empty", sheet())))


@pytest.mark.parametrize(
    ("options", "setting"),
    [
        (replace(DEFAULT_OPTIONS, max_rows=2), "SANAD_MAX_ROWS"),
        (replace(DEFAULT_OPTIONS, max_characters=9), "SANAD_MAX_DOCUMENT_CHARACTERS"),
    ],
    ids=["rows", "characters"],
)
def test_xlsx_beyond_a_limit(options, setting):
    with pytest.raises(UnreadableDocument, match=setting):
        read(".xlsx", book(("Harbour", ENGLISH)), options)


def test_xlsx_cell_far_outside_is_damage():
    with pytest.raises(UnreadableDocument, match="column"):
        read(".xlsx", book(("S", sheet((1, [text("ZZZ1", "far")])))))


def test_xlsx_hidden_rows_and_sheets_are_read_and_said_to_be_hidden():
    rows = sheet(
        (1, [text("A1", "Item"), text("B1", "Due")]),
        (2, [text("A2", "Crane"), text("B2", "May")]),
        (3, [text("A3", "Quay"), text("B3", "June")]),
    )
    rows = rows.replace('<row r="3">', '<row r="3" hidden="1">')
    data = book(("Budget", rows), ("Drafts", rows))
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    named = b'<sheet name="Drafts"'
    assert named in parts["xl/workbook.xml"]
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(named, named + b' state="hidden"')
    assert places(read(".xlsx", archive(parts))) == [
        ("Budget", "Budget"),
        ("Budget, row 2", "Item: Crane; Due: May"),
        ("Budget, row 3, hidden", "Item: Quay; Due: June"),
        ("Drafts", "Drafts"),
        ("Drafts, row 2, hidden", "Item: Crane; Due: May"),
        ("Drafts, row 3, hidden", "Item: Quay; Due: June"),
    ]
