"""Workbooks and presentations, as small as they may be: the parts that hold text, and no styles."""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SLIDES = "http://schemas.openxmlformats.org/presentationml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.{}+xml"
_FIXED = (2024, 1, 1, 0, 0, 0)  # the same parts are the same bytes


def workbook(rows: Iterable[Sequence[int | str]]) -> bytes:
    """Return an XLSX file with one sheet, its texts shared as spreadsheet programs share them."""
    shared: dict[str, int] = {}
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = ""
        for place, value in enumerate(row):
            name = f"{chr(ord('A') + place)}{number}"
            if isinstance(value, int):
                cells += f'<c r="{name}"><v>{value}</v></c>'
            else:
                cells += f'<c r="{name}" t="s"><v>{shared.setdefault(value, len(shared))}</v></c>'
        lines.append(f'<row r="{number}">{cells}</row>')
    strings = "".join(f"<si><t>{html.escape(text)}</t></si>" for text in shared)
    sheet = f'<worksheet xmlns="{_SHEET}"><sheetData>{"".join(lines)}</sheetData></worksheet>'
    book = (
        f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    links = {"rId1": ("worksheet", "worksheets/sheet1.xml")}
    links["rId2"] = ("sharedStrings", "sharedStrings.xml")
    types = {
        "xl/workbook.xml": "spreadsheetml.sheet.main",
        "xl/worksheets/sheet1.xml": "spreadsheetml.worksheet",
        "xl/sharedStrings.xml": "spreadsheetml.sharedStrings",
    }
    return _packed(
        {
            "[Content_Types].xml": _types(types),
            "_rels/.rels": _links({"rId1": ("officeDocument", "xl/workbook.xml")}),
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": _links(links),
            "xl/worksheets/sheet1.xml": sheet,
            "xl/sharedStrings.xml": f'<sst xmlns="{_SHEET}">{strings}</sst>',
        }
    )


def presentation(slides: Iterable[tuple[str, Sequence[str]]]) -> bytes:
    """Return a PPTX file with a title and paragraphs on each slide."""
    parts, types = {}, {"ppt/presentation.xml": "presentationml.presentation.main"}
    links = {}
    for number, (title, paragraphs) in enumerate(slides, start=1):
        name = f"slides/slide{number}.xml"
        links[f"rId{number}"] = ("slide", name)
        types[f"ppt/{name}"] = "presentationml.slide"
        shapes = _shape("title", [title]) + _shape("body", paragraphs)
        parts[f"ppt/{name}"] = (
            f'<p:sld xmlns:p="{_SLIDES}" xmlns:a="{_DRAWING}"><p:cSld><p:spTree>{shapes}'
            "</p:spTree></p:cSld></p:sld>"
        )
    listed = "".join(f'<p:sldId id="{256 + n}" r:id="{link}"/>' for n, link in enumerate(links))
    main = (
        f'<p:presentation xmlns:p="{_SLIDES}" xmlns:r="{_OFFICE}"><p:sldIdLst>{listed}'
        "</p:sldIdLst></p:presentation>"
    )
    return _packed(
        {
            "[Content_Types].xml": _types(types),
            "_rels/.rels": _links({"rId1": ("officeDocument", "ppt/presentation.xml")}),
            "ppt/presentation.xml": main,
            "ppt/_rels/presentation.xml.rels": _links(links),
            **parts,
        }
    )


def _shape(kind: str, paragraphs: Sequence[str]) -> str:
    """Return a shape whose paragraphs have their first word in a run of its own."""
    words = ""
    for text in paragraphs:
        first, space, rest = html.escape(text).partition(" ")
        words += (
            f'<a:p><a:r><a:rPr b="1"/><a:t>{first}</a:t></a:r>'
            f"<a:r><a:t>{space}{rest}</a:t></a:r></a:p>"
        )
    return (
        f'<p:sp><p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr>'
        f"<p:txBody>{words}</p:txBody></p:sp>"
    )


def _types(parts: Mapping[str, str]) -> str:
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    lines = "".join(
        f'<Override PartName="/{name}" ContentType="{_TYPE.format(kind)}"/>'
        for name, kind in parts.items()
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{relations}"/>{lines}</Types>'
    )


def _links(links: Mapping[str, tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for name, (kind, target) in links.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _packed(parts: Mapping[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, _FIXED)
            archive.writestr(info, _HEAD + content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
