"""Word documents to blocks: order, styles, lists, tables, notes, and changes as accepted."""

from __future__ import annotations

import datetime as dt

import pytest
from document_checks import archive, pairs, places, read

from assistant.errors import EmptyDocument, UnreadableDocument

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
ROOT = (
    f'<Relationships><Relationship Id="r1" Type="{RELATIONS}/officeDocument" '
    'Target="word/document.xml"/><Relationship Id="r2" Type="http://x/metadata/core-properties" '
    'Target="docProps/core.xml"/></Relationships>'
)
BESIDE = "<Relationships>{}</Relationships>".format(
    "".join(
        f'<Relationship Id="{kind}" Type="{RELATIONS}/{kind}" Target="{kind}.xml"/>'
        for kind in ("styles", "numbering", "footnotes", "endnotes")
    )
)
STYLES = f"""<w:styles xmlns:w="{W}">
<w:style w:styleId="a1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="mine"><w:name w:val="My look"/><w:basedOn w:val="a1"/></w:style>
<w:style w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:styleId="level"><w:name w:val="Chapter"/>
<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:styleId="c"><w:name w:val="caption"/></w:style>
<w:style w:styleId="toc"><w:name w:val="toc 1"/></w:style>
<w:style w:styleId="L"><w:name w:val="List Bullet"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="loop"><w:name w:val="Loop"/><w:basedOn w:val="loop"/></w:style>
</w:styles>"""
NUMBERING = f"""<w:numbering xmlns:w="{W}">
<w:abstractNum w:abstractNumId="7"><w:lvl><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="8">
<w:lvl><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>
<w:lvl><w:start w:val="1"/><w:numFmt w:val="upperRoman"/>
<w:lvlText w:val="(%3)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="9">
<w:lvl><w:numFmt w:val="arabicAbjad"/><w:lvlText w:val="المادة %1:"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="9"/></w:num>
</w:numbering>"""
NOTES = f"""<w:footnotes xmlns:w="{W}"><w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>
<w:footnote w:id="2">
<w:p><w:r><w:footnoteRef/><w:t> تقرير الوزارة لعام 2023.</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="3"><w:p><w:r><w:t>Never named.</w:t></w:r></w:p></w:footnote></w:footnotes>"""
ENDNOTES = f"""<w:endnotes xmlns:w="{W}"><w:endnote w:id="2"><w:p><w:r><w:t>See the annex.</w:t>
</w:r></w:p></w:endnote></w:endnotes>"""
CORE = (
    "<core><title> تقرير السد </title><creator>سلمى حداد</creator><language>ar-EG</language>"
    "<created>2023-05-02T10:00:00Z</created><modified>2024-01-01T10:00:00Z</modified></core>"
)


def word(body, **parts):
    """Return a Word document with this body."""
    whole = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": ROOT,
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": BESIDE,
        "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERING,
        "word/footnotes.xml": NOTES,
        "word/endnotes.xml": ENDNOTES,
        "docProps/core.xml": CORE,
        **parts,
    }
    return archive(whole)


def run(words, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(words, properties=""):
    inner = words if words.startswith("<") else run(words)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def styled(name, words):
    return paragraph(words, f'<w:pStyle w:val="{name}"/>')


def listed(number, words, level=0):
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(words, properties)


def table(*rows, header=False):
    found = ""
    for index, row in enumerate(rows):
        mark = "<w:trPr><w:tblHeader/></w:trPr>" if header and index == 0 else ""
        cells = "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row)
        found += f"<w:tr>{mark}{cells}</w:tr>"
    return f"<w:tbl>{found}</w:tbl>"


def of(body):
    return pairs(read(".docx", word(body)))


def test_docx_is_read_in_order():
    body = (
        styled("T", "تقرير السد")
        + paragraph(
            "<w:bookmarkStart/>" + run("بلغ ارتفاع السد ") + run("90", "<w:rtl/>") + run(" مترا.")
        )
        + listed(1, "يروي ثلاثين ألف هكتار.")
        + table(["Year", "Rain"], ["2022", "410"], ["2023", "455"], header=True)
        + styled("c", "Table 1: rain")
        + paragraph("The end came late.")
    )
    assert of(body) == [
        ("heading", "تقرير السد"),
        ("paragraph", "بلغ ارتفاع السد 90 مترا."),
        ("item", "يروي ثلاثين ألف هكتار."),
        ("row", "Year: 2022; Rain: 410"),
        ("row", "Year: 2023; Rain: 455"),
        ("caption", "Table 1: rain"),
        ("paragraph", "The end came late."),
    ]


def test_docx_says_of_itself():
    extracted = read(".docx", word(paragraph("Words.")))
    assert extracted.title == "تقرير السد"
    assert extracted.date == dt.date(2023, 5, 2)
    assert extracted.metadata == {"author": "سلمى حداد", "lang": "ar-EG"}


def test_docx_own_dateline_counts_more_than_its_properties():
    extracted = read(".docx", word(paragraph("5 March 2020") + paragraph("Words.")))
    assert extracted.date is None
    assert pairs(extracted)[0] == ("dateline", "5 March 2020")


@pytest.mark.parametrize(
    ("created", "modified", "expected"),
    [
        # The template of a library.
        ("2013-12-23T23:15:00Z", "2013-12-23T23:15:00Z", None),
        ("2013-12-23T23:15:00Z", "2022-02-03T00:00:00Z", dt.date(2022, 2, 3)),
        ("1601-01-01T00:00:00Z", "", None),
        ("2022-02-03T00:00:00Z", "", dt.date(2022, 2, 3)),
        # Made after it was saved: one of both is wrong, and the later can't be the first.
        ("2025-01-01T00:00:00Z", "2022-02-03T00:00:00Z", dt.date(2022, 2, 3)),
        ("yesterday", "", None),
    ],
)
def test_docx_date_of_its_properties(created, modified, expected):
    core = f"<core><created>{created}</created><modified>{modified}</modified></core>"
    data = word(paragraph("Words."), **{"docProps/core.xml": core})
    assert read(".docx", data).date == expected


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        pytest.param(styled("a1", "One"), [("heading", "One")], id="heading"),
        pytest.param(styled("mine", "One"), [("heading", "One")], id="based-on-heading"),
        pytest.param(styled("level", "One"), [("heading", "One")], id="outline-level-of-style"),
        pytest.param(
            paragraph("One", '<w:outlineLvl w:val="0"/>'), [("heading", "One")], id="outline-level"
        ),
        pytest.param(
            paragraph("One.", '<w:outlineLvl w:val="9"/>'), [("paragraph", "One.")], id="body-level"
        ),
        pytest.param(styled("toc", "One 3"), [("boilerplate", "One 3")], id="contents"),
        pytest.param(styled("L", "One"), [("item", "One")], id="list-by-style"),
        pytest.param(styled("loop", "One."), [("paragraph", "One.")], id="style-on-itself"),
        pytest.param(styled("none", "One."), [("paragraph", "One.")], id="unknown-style"),
        pytest.param(listed(0, "One."), [("paragraph", "One.")], id="taken-out-of-list"),
        pytest.param(
            paragraph("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>"),
            [("paragraph", "a\tb\nc")],
            id="signs",
        ),
        pytest.param(
            paragraph(
                run("Seen. ")
                + run("Unseen.", "<w:vanish/>")
                + run("Seen too.", '<w:vanish w:val="0"/>')
            ),
            [("paragraph", "Seen. Seen too.")],
            id="hidden",
        ),
        pytest.param(
            paragraph("<w:hyperlink>" + run("A link.") + "</w:hyperlink>"),
            [("paragraph", "A link.")],
            id="link",
        ),
        pytest.param(
            paragraph("<w:r><w:instrText>PAGE</w:instrText></w:r>" + run("3.")),
            [("paragraph", "3.")],
            id="field",
        ),
        pytest.param(
            paragraph(
                "<w:smartTag>"
                + run("Oran ")
                + "</w:smartTag><w:sdt><w:sdtPr/><w:sdtContent>"
                + run("is large.")
                + "</w:sdtContent></w:sdt>"
            ),
            [("paragraph", "Oran is large.")],
            id="wrapped",
        ),
        pytest.param(
            "<w:sdt><w:sdtContent>" + paragraph("One.") + "</w:sdtContent></w:sdt>",
            [("paragraph", "One.")],
            id="wrapped-paragraph",
        ),
        pytest.param(
            paragraph("") + paragraph("One."), [("paragraph", "One.")], id="empty-paragraph"
        ),
    ],
)
def test_docx_paragraphs(paragraphs, expected):
    assert of(paragraphs) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            paragraph(
                run("Costs are ")
                + "<w:del><w:r><w:delText>low</w:delText></w:r></w:del>"
                + f"<w:ins>{run('high')}</w:ins>."
                + run(" So it is.")
            ),
            ["Costs are high So it is."],
            id="inserted-and-deleted",
        ),
        pytest.param(
            paragraph(f"<w:moveFrom>{run('Moved.')}</w:moveFrom>" + run("Stays."))
            + paragraph(f"<w:moveTo>{run('Moved.')}</w:moveTo>"),
            ["Stays.", "Moved."],
            id="moved",
        ),
        pytest.param(
            paragraph(run("One line "), "<w:rPr><w:del/></w:rPr>") + paragraph("goes on."),
            ["One line goes on."],
            id="deleted-paragraph-end",
        ),
        pytest.param(
            paragraph(
                "<w:del><w:r><w:delText>Gone.</w:delText></w:r></w:del>", "<w:rPr><w:del/></w:rPr>"
            )
            + paragraph("Left."),
            ["Left."],
            id="deleted-paragraph",
        ),
        pytest.param(
            "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>"
            + paragraph("Gone")
            + "</w:tc></w:tr><w:tr><w:trPr><w:ins/></w:trPr><w:tc>"
            + paragraph("Name")
            + "</w:tc><w:tc>"
            + paragraph("Nora")
            + "</w:tc></w:tr></w:tbl>",
            ["Name: Nora"],
            id="deleted-row",
        ),
    ],
)
def test_docx_tracked_changes_are_accepted(body, expected):
    assert [words for _, words in of(body)] == expected


def test_docx_list_marks_stand_in_the_text_and_in_no_block():
    body = (
        listed(1, "bullet")
        + listed(2, "three")
        + listed(2, "below", 1)
        + listed(2, "below too", 1)
        + listed(2, "deep", 2)
        + listed(2, "four")
        + listed(2, "below again", 1)
        + listed(3, "أولى")
        + listed(3, "ثانية")
    )
    extracted = read(".docx", word(body))
    assert extracted.text.split("\n") == [
        "\u2022 bullet",
        "3. three",
        "3.a) below",
        "3.b) below too",
        "(I) deep",
        "4. four",
        "4.a) below again",
        "المادة أ: أولى",
        "المادة ب: ثانية",
    ]
    assert {kind for kind, _ in pairs(extracted)} == {"item"}


def test_docx_notes_are_marked_in_the_text_and_stand_at_its_end():
    body = styled("a1", "Dam") + paragraph(
        run("بلغ ارتفاعه 90 مترا.")
        + '<w:r><w:footnoteReference w:id="2"/></w:r>'
        + run(" It is old.")
        + '<w:r><w:endnoteReference w:id="2"/></w:r>'
    )
    extracted = read(".docx", word(body))
    assert places(extracted) == [
        ("Dam", "Dam"),
        ("Dam", "بلغ ارتفاعه 90 مترا.[1] It is old.[2]"),
        ("footnote 1", "تقرير الوزارة لعام 2023."),
        ("footnote 2", "See the annex."),
    ]
    assert extracted.text.endswith("[1] تقرير الوزارة لعام 2023.\n\n[2] See the annex.")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            table(["المدينة", "السنة", "المطر"], ["وهران", "2022", "410"]),
            [("row", "المدينة: وهران\u061b السنة: 2022\u061b المطر: 410")],
            id="headers-by-their-look",
        ),
        pytest.param(
            table(["Name", "Nora"], ["Age", "30"]),
            [("row", "Name: Nora"), ("row", "Age: 30")],
            id="names-and-values",
        ),
        pytest.param(table(["Only one cell."]), [("paragraph", "Only one cell.")], id="frame"),
        pytest.param(
            table(["x" * 600 + ".", "Beside it."]),
            [("paragraph", "x" * 600 + "."), ("paragraph", "Beside it.")],
            id="columns-of-text",
        ),
        pytest.param(
            "<w:tbl><w:tr><w:tc>"
            + paragraph("City")
            + "</w:tc><w:tc>"
            + paragraph("Year")
            + "</w:tc><w:tc>"
            + paragraph("Rain")
            + "</w:tc></w:tr>"
            '<w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>'
            + paragraph("Oran")
            + "</w:tc><w:tc>"
            + paragraph("2022")
            + "</w:tc><w:tc>"
            + paragraph("5")
            + "</w:tc></w:tr>"
            "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>"
            + paragraph("")
            + "</w:tc><w:tc>"
            + paragraph("2023")
            + "</w:tc><w:tc>"
            + paragraph("6")
            + "</w:tc></w:tr></w:tbl>",
            [
                ("row", "City: Oran; Year: 2022; Rain: 5"),
                ("row", "City: Oran; Year: 2023; Rain: 6"),
            ],
            id="merged-cells",
        ),
        pytest.param(
            "<w:tbl><w:tr><w:tc>"
            + paragraph("Name")
            + "</w:tc><w:tc>"
            + paragraph("Nora")
            + paragraph("Whelan")
            + "</w:tc></w:tr></w:tbl>",
            [("row", "Name: Nora Whelan")],
            id="two-paragraphs-in-a-cell",
        ),
    ],
)
def test_docx_tables(body, expected):
    assert of(body) == expected


def test_docx_text_box_is_read_once_and_behind_its_paragraph():
    box = f"<w:txbxContent>{paragraph('In the box.')}</w:txbxContent>"
    drawn = (
        '<w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice><w:drawing>'
        f"{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    body = paragraph(run("Around ") + drawn + run("the box."))
    assert [words for _, words in of(body)] == ["Around the box.", "In the box."]


def test_docx_without_words_is_empty():
    with pytest.raises(EmptyDocument):
        read(".docx", word(paragraph("")))


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"word/document.xml": "<w:document"}, "save it anew"),
        ({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "entities"),
        (
            {
                "word/document.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
            },
            "entities",
        ),
        ({"word/document.xml": "<a>" * 300 + "</a>" * 300}, "SANAD_MAX_NESTING"),
        ({"_rels/.rels": "<Relationships/>"}, "main part"),
    ],
    ids=["cut", "entity", "outside-entity", "too-deep", "no-main-part"],
)
def test_docx_that_is_damaged_or_dangerous(parts, said):
    with pytest.raises(UnreadableDocument, match=said):
        read(".docx", word(paragraph("Words."), **parts))


@pytest.mark.parametrize("part", ["word/styles.xml", "word/numbering.xml", "docProps/core.xml"])
def test_docx_without_a_part_that_it_can_do_without(part):
    assert read(".docx", word(paragraph("Words."), **{part: ""})).text == "Words."
