"""Presentations to blocks: slides in their order, titles, bullets, tables, notes."""

from __future__ import annotations

import io
import zipfile

import pytest
from document_checks import archive, pairs, places, read

from assistant.errors import EmptyDocument, UnreadableDocument

NAMES = 'xmlns:a="urn:a" xmlns:p="urn:p" xmlns:r="urn:r"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.presentationml.'
    'presentation.main+xml"/></Types>'
)


def related(*parts):
    inner = "".join(
        f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for key, kind, target in parts
    )
    return f"<Relationships>{inner}</Relationships>"


def paragraph(words, facts=""):
    return f"<a:p>{facts}<a:r><a:t>{words}</a:t></a:r></a:p>"


def shape(inner, role=None):
    holder = "" if role is None else f'<p:ph type="{role}"/>' if role else "<p:ph/>"
    return (
        f"<p:sp><p:nvSpPr><p:cNvPr/><p:nvPr>{holder}</p:nvPr></p:nvSpPr>"
        f"<p:txBody>{inner}</p:txBody></p:sp>"
    )


def show(*slides, order=None, **parts):
    """Return a presentation of slides in this order, stored under other numbers."""
    order = order or list(range(len(slides)))
    listed = "".join(f'<p:sldId id="{256 + n}" r:id="s{n}"/>' for n in order)
    whole = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": related(("r", "officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": (
            f"<p:presentation {NAMES}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>"
        ),
        "ppt/_rels/presentation.xml.rels": related(
            *((f"s{n}", "slide", f"slides/slide{n}.xml") for n in range(len(slides)))
        ),
    }
    for n, inner in enumerate(slides):
        whole[f"ppt/slides/slide{n}.xml"] = (
            f"<p:sld {NAMES}><p:cSld><p:spTree>{inner}</p:spTree></p:cSld></p:sld>"
        )
    return archive(whole | parts)


def of(*slides, **parts):
    return pairs(read(".pptx", show(*slides, **parts)))


def test_pptx_slides_in_their_order():
    first = shape(paragraph("الرصيف الشمالي"), "title") + shape(
        paragraph("يُفتتح يوم الاثنين."), "body"
    )
    second = shape(paragraph("Costs of the quay"), "ctrTitle") + shape(paragraph("12 million"), "")
    extracted = read(".pptx", show(second, first, order=[1, 0]))
    assert places(extracted) == [
        ("slide 1", "الرصيف الشمالي"),
        ("slide 1", "يُفتتح يوم الاثنين."),
        ("slide 2", "Costs of the quay"),
        ("slide 2", "12 million"),
    ]
    assert [kind for kind, _ in pairs(extracted)] == ["heading", "item", "heading", "item"]
    assert extracted.title == "الرصيف الشمالي"


def cell(words, facts):
    return f"<a:tc {facts}><a:txBody>{paragraph(words)}</a:txBody></a:tc>"


TABLE = (
    '<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tblPr firstRow="1"/>'
    + "".join(
        f"<a:tr>{''.join(cell(*each) for each in row)}</a:tr>"
        for row in (
            [("المدينة", ""), ("المطر", "")],
            [("وهران", 'rowSpan="2"'), ("410", "")],
            [("", 'vMerge="1"'), ("420", "")],
        )
    )
    + "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
)


@pytest.mark.parametrize(
    ("slide", "expected"),
    [
        # The title stands first, wherever it is stored.
        pytest.param(
            shape(paragraph("Below."), "body") + shape(paragraph("Dam"), "title"),
            [("heading", "Dam"), ("item", "Below.")],
            id="title-last",
        ),
        pytest.param(shape(paragraph("A box.")), [("paragraph", "A box.")], id="box"),
        pytest.param(
            shape(paragraph("A point.", "<a:pPr><a:buChar/></a:pPr>")),
            [("item", "A point.")],
            id="bullet-in-a-box",
        ),
        pytest.param(
            shape(paragraph("No point.", "<a:pPr><a:buNone/></a:pPr>"), "body"),
            [("paragraph", "No point.")],
            id="no-bullet",
        ),
        pytest.param(
            shape(paragraph("3"), "sldNum")
            + shape(paragraph("Port"), "ftr")
            + shape(paragraph("One.")),
            [("paragraph", "One.")],
            id="running",
        ),
        pytest.param(
            f"<p:grpSp><p:grpSp>{shape(paragraph('Deep.'))}</p:grpSp></p:grpSp>",
            [("paragraph", "Deep.")],
            id="group",
        ),
        pytest.param(
            shape(
                "<a:p><a:r><a:t>Two</a:t></a:r><a:br/><a:fld><a:t>lines</a:t></a:fld></a:p><a:p/>"
            ),
            [("paragraph", "Two\nlines")],
            id="line-break",
        ),
        pytest.param(
            TABLE,
            [
                ("row", "المدينة: وهران\u061b المطر: 410"),
                ("row", "المدينة: وهران\u061b المطر: 420"),
            ],
            id="table",
        ),
    ],
)
def test_pptx_shapes(slide, expected):
    assert of(slide) == expected


def test_pptx_notes_and_diagrams():
    beside = related(
        ("n", "notesSlide", "../notesSlides/n.xml"), ("d", "diagramData", "../diagrams/d.xml")
    )
    shapes = shape(paragraph("Say hello."), "body") + shape(paragraph("3"), "sldNum")
    notes = f"<p:notes {NAMES}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:notes>"
    diagram = f"<d:dataModel xmlns:d='urn:d' {NAMES}><d:t>{paragraph('Plan')}</d:t></d:dataModel>"
    data = show(
        shape(paragraph("Dam"), "title"),
        **{
            "ppt/slides/_rels/slide0.xml.rels": beside,
            "ppt/notesSlides/n.xml": notes,
            "ppt/diagrams/d.xml": diagram,
        },
    )
    assert places(read(".pptx", data)) == [
        ("slide 1", "Dam"),
        ("slide 1", "Plan"),
        ("slide 1, notes", "Say hello."),
    ]


def test_pptx_without_words_is_empty():
    with pytest.raises(EmptyDocument):
        of(shape(""))


def test_pptx_damaged_slide():
    with pytest.raises(UnreadableDocument, match="presentation"):
        of(shape(paragraph("Dam")), **{"ppt/slides/slide0.xml": "<p:sld"})


def test_pptx_hidden_slides_are_read_and_said_to_be_hidden():
    data = show(shape(paragraph("Shown."), ""), shape(paragraph("Kept back."), ""))
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    slide = "ppt/slides/slide1.xml"
    parts[slide] = parts[slide].replace(b"<p:sld ", b'<p:sld show="0" ')
    assert places(read(".pptx", archive(parts))) == [
        ("slide 1", "Shown."),
        ("slide 2, hidden", "Kept back."),
    ]
