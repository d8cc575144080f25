"""Small files that are made to take all time or all memory, by format: name, suffix, maker."""

from __future__ import annotations

# ruff: noqa: PLW0108  # large files are made when their test runs, not when the table is read
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import partial

from document_checks import archive
from format_seeds import HTML, MADE
from pdf_builder import FONT, PAGE, stream, text_pdf, written

Bomb = tuple[str, str, Callable[[], bytes]]
_MAIN = {
    ".docx": "word/document.xml",
    ".odt": "content.xml",
    ".xlsx": "xl/worksheets/sheet1.xml",
    ".pptx": "ppt/slides/slide1.xml",
    ".epub": "META-INF/container.xml",
}
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OPEN = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
    for short in ("office", "text", "table", "style")
)
_SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {"abcdefghijk"[n + 1]} "{("&" + "abcdefghijk"[n] + ";") * 10}">'
        for n in range(9)
    )
    + "]><z>&j;</z>"
)
_OUTSIDE = '<?xml version="1.0"?><!DOCTYPE z [<!ENTITY e SYSTEM "file:///etc/passwd">]><z>&e;</z>'
_LONG_NAME = '<?xml version="1.0"?><z a="' + "x" * 10_000_000 + '"/>'


def with_parts(suffix: str, parts: Mapping[str, str | bytes]) -> bytes:
    """Return a file of a format with other parts than it has."""
    with zipfile.ZipFile(io.BytesIO(MADE[suffix])) as packed:
        whole: dict[str, str | bytes] = {name: packed.read(name) for name in packed.namelist()}
    return archive(whole | dict(parts))


def docx(body: str) -> bytes:
    """Return a Word document of a body."""
    return with_parts(
        ".docx", {_MAIN[".docx"]: f"<w:document {_WORD}><w:body>{body}</w:body></w:document>"}
    )


def odt(body: str) -> bytes:
    """Return an OpenDocument text of a body."""
    whole = f"<office:document-content {_OPEN}><office:body><office:text>{body}"
    end = "</office:text></office:body></office:document-content>"
    return with_parts(".odt", {_MAIN[".odt"]: whole + end})


def xlsx(rows: str, more: str = "", shared: str | None = None) -> bytes:
    """Return a spreadsheet of rows."""
    sheet = f"<worksheet {_SHEET}><sheetData>{rows}</sheetData>{more}</worksheet>"
    parts = {_MAIN[".xlsx"]: sheet}
    if shared is not None:
        parts["xl/sharedStrings.xml"] = shared
    return with_parts(".xlsx", parts)


def nested_mail(depth: int) -> bytes:
    """Return a message whose parts stand in one another."""
    heads = "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n' for n in range(depth)
    )
    ends = "".join(f"--b{n}--\r\n" for n in reversed(range(depth)))
    inner = "Content-Type: text/plain\r\n\r\nThe innermost words.\r\n"
    return f"From: a@example.org\r\nSubject: Deep\r\n{heads}{inner}{ends}".encode()


def attached(count: int) -> bytes:
    """Return a message with many attachments."""
    part = (
        '--b\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename="%d.csv"'
        "\r\n\r\n1,2\r\n"
    )
    body = "--b\r\nContent-Type: text/plain\r\n\r\nSee the files.\r\n"
    parts = "".join(part % n for n in range(count))
    head = 'From: a@example.org\r\nSubject: Files\r\nContent-Type: multipart/mixed; boundary="b"'
    return f"{head}\r\n\r\n{body}{parts}--b--\r\n".encode()


def mail(head: str, body: str = "Words.") -> bytes:
    """Return a message of headers and a body."""
    return f"From: a@example.org\r\nSubject: One\r\n{head}\r\n\r\n{body}\r\n".encode("latin-1")


def _cues(count: int) -> bytes:
    """Return many subtitles."""
    whole = (f"{n // 60 // 60:02}:{n // 60 % 60:02}:{n % 60:02},000" for n in range(count))
    return "".join(f"{time} --> {time}\nWord {time}.\n\n" for time in whole).encode()


def overlapping() -> bytes:
    """Return an archive whose entries are all the same bytes of it."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    content = packed.compress(bytes(1_000_000)) + packed.flush()
    crc = zlib.crc32(bytes(1_000_000))
    fields = (20, 0, 8, 0, 33, crc, len(content), 1_000_000)
    data = b"PK\x03\x04" + struct.pack("<HHHHHIIIHH", *fields, 1, 0) + b"a" + content
    listed = b"".join(
        b"PK\x01\x02"
        + struct.pack("<HHHHHHIIIHHHHHII", 20, *fields, len(name), 0, 0, 0, 0, 0, 0)
        + name
        for name in (b"%05d" % n for n in range(5_000))
    )
    end = struct.pack("<HHHHIIH", 0, 0, 5_000, 5_000, len(listed), len(data), 0)
    return data + listed + b"PK\x05\x06" + end


def patched(suffix: str, mark: bytes, offset: int, value: bytes, *, last: bool = False) -> bytes:
    """Return a file with other bytes at a distance from a mark."""
    data = bytearray(MADE[suffix])
    place = (data.rfind(mark) if last else data.find(mark)) + offset
    data[place : place + len(value)] = value
    return bytes(data)


def odd_names() -> bytes:
    """Return a Word document with parts whose names lead out of it, or come twice."""
    buffer = io.BytesIO(MADE[".docx"])
    with zipfile.ZipFile(buffer, "a") as packed:
        for name in ("../../out.xml", "/etc/out.xml", "C:\\out.xml", "a\x01b", "word/" * 4000):
            packed.writestr(zipfile.ZipInfo(name), "x")
        link = zipfile.ZipInfo("word/link.xml")
        link.external_attr = 0o120777 << 16
        packed.writestr(link, "/etc/passwd")
    return buffer.getvalue()


def outside_relation() -> bytes:
    """Return a Word document whose styles are said to be a file outside it."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"
    name = "word/_rels/document.xml.rels"
    target = f'<Relationship Id="r1" Type="{kind}" Target="../../../../etc/passwd"/>'
    return with_parts(".docx", {name: f"<Relationships>{target}</Relationships>"})


def pages(kids: str, count: int, more: Mapping[int, bytes]) -> bytes:
    """Return a PDF of a page tree."""
    root = f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode()
    return written({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: root, **more})


def squeezed(content: bytes) -> bytes:
    """Return a PDF of one page whose content is packed."""
    body = stream(zlib.compress(content, 9), b"/Filter /FlateDecode")
    return pages("3 0 R", 1, {3: PAGE % FONT, 4: body})


def tree_of_pages(depth: int) -> bytes:
    """Return a PDF whose page tree is a chain."""
    chain = {
        n: f"<< /Type /Pages /Parent {n - 1} 0 R /Kids [{n + 1} 0 R] /Count 1 >>".encode()
        for n in range(5, 5 + depth)
    }
    last = PAGE.replace(b"2 0 R", b"%d 0 R" % (4 + depth)) % FONT
    content = stream(b"BT /F1 12 Tf 72 700 Td (Deep words.) Tj ET")
    return pages("5 0 R", 1, {4: content, **chain, 5 + depth: last})


def doubling_forms(levels: int) -> bytes:
    """Return a PDF whose forms draw the next one twice."""
    kind = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources "
    form = kind + b"<< /XObject << /X %d 0 R >> >>"
    forms = {n: stream(b"/X Do /X Do", form % (n + 1)) for n in range(5, 5 + levels)}
    last = stream(b"BT /F1 12 Tf 72 700 Td (Again.) Tj ET", kind + FONT)
    page = {3: PAGE % b"<< /XObject << /X 5 0 R >> >>", 4: stream(b"/X Do")}
    return pages("3 0 R", 1, {**page, **forms, 5 + levels: last})


def _row(cells: str, number: int = 1) -> str:
    return f'<row r="{number}">{cells}</row>'


def _text_cell(place: str, words: str = "Words") -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'


_P = "<w:p><w:r><w:t>Words.</w:t></w:r></w:p>"
_NESTED_TABLES = "<w:tbl><w:tr><w:tc>" * 60 + _P + "</w:tc></w:tr></w:tbl>" * 60
_ODT_P = "<text:p>Words.</text:p>"
_FAR = 'table:number-columns-repeated="1000000000"'
_FAR_ROWS = 'table:number-rows-repeated="1000000000"'
_WIDE = "<td rowspan=1000000000 colspan=1000000000>x</td>" * 400
_MERGED = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'

XML: list[Bomb] = [
    (f"{suffix[1:]} {what}", suffix, partial(with_parts, suffix, {_MAIN[suffix]: data}))
    for suffix in _MAIN
    for what, data in (
        ("elements 100,000 deep", "<z>" * 100_000 + "</z>" * 100_000),
        ("entities in entities", _LAUGHS),
        ("an entity outside", _OUTSIDE),
        ("an attribute of 10 MB", _LONG_NAME),
    )
]  # fmt: skip
OFFICE: list[Bomb] = [
    ("docx tables in tables", ".docx", lambda: docx(_NESTED_TABLES)),
    ("docx a cell over 10^9 columns", ".docx", lambda: docx(
        "<w:tbl><w:tr>" + '<w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr>'
        f"{_P}</w:tc>" * 2 + "</w:tr></w:tbl>")),
    ("docx 20,000 paragraphs", ".docx", lambda: docx(_P * 20_000)),
    ("docx a list level of 10^9", ".docx", lambda: docx(
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="1000000000"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        "<w:r><w:t>Words.</w:t></w:r></w:p>" * 50)),
    ("odt 10^9 spaces", ".odt", lambda: odt('<text:p>a<text:s text:c="1000000000"/>b</text:p>')),
    ("odt 200,000 times many spaces", ".odt", lambda: odt(
        "<text:p>a" + '<text:s text:c="999"/>b' * 200_000 + "</text:p>")),
    ("odt a cell repeated 10^9 times", ".odt", lambda: odt(
        f"<table:table><table:table-row><table:table-cell {_FAR}>{_ODT_P}</table:table-cell>"
        "</table:table-row></table:table>" + _ODT_P)),
    ("odt a row repeated 10^9 times", ".odt", lambda: odt(
        f"<table:table><table:table-row {_FAR_ROWS}><table:table-cell>{_ODT_P}</table:table-cell>"
        f"<table:table-cell {_FAR}/></table:table-row></table:table>" + _ODT_P)),
    ("odt 100,000 repeated cells", ".odt", lambda: odt(
        "<table:table><table:table-row>"
        + f"<table:table-cell {_FAR}>{_ODT_P}</table:table-cell>" * 100_000
        + "</table:table-row></table:table>")),
    ("xlsx a cell at the far end", ".xlsx", lambda: xlsx(
        _row(_text_cell("XFD1048576"), 1_048_576))),
    ("xlsx a far cell in 20,000 rows", ".xlsx", lambda: xlsx(
        "".join(_row(_text_cell(f"XFD{n}"), n) for n in range(1, 20_001)))),
    ("xlsx all cells merged", ".xlsx", lambda: xlsx(_row(_text_cell("A1")), _MERGED)),
    ("xlsx 100,000 merged ranges", ".xlsx", lambda: xlsx(
        "".join(_row(_text_cell(f"A{n}"), n) for n in range(1, 1_001)),
        '<mergeCells>' + '<mergeCell ref="A1:A1048576"/>' * 100_000 + "</mergeCells>")),
    ("xlsx merged far columns", ".xlsx", lambda: xlsx(
        _row(_text_cell("XFD1")) + "".join(_row(_text_cell(f"A{n}"), n) for n in range(2, 1_002)),
        '<mergeCells><mergeCell ref="XFD1:XFD1048576"/></mergeCells>')),
    ("xlsx a merged column beyond the last", ".xlsx", lambda: xlsx(
        _row(_text_cell("A1")), '<mergeCells><mergeCell ref="ZZZ1:ZZZ9999999"/></mergeCells>')),
    ("xlsx a count of 10^9 shared words", ".xlsx", lambda: xlsx(
        _row('<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>999999999</v></c>'), shared=(
            f'<sst {_SHEET} count="1000000000" uniqueCount="1000000000"><si><t>One</t></si></sst>'
        ))),
    ("xlsx long shared words many times", ".xlsx", lambda: xlsx(
        "".join(_row(f'<c r="A{n}" t="s"><v>0</v></c>', n) for n in range(1, 50_001)), shared=(
            f'<sst {_SHEET}><si><t>{"long words " * 10_000}</t></si></sst>'))),
    ("xlsx a number of a million digits", ".xlsx", lambda: xlsx(
        _row(f'<c r="A1"><v>{"9" * 1_000_000}</v></c><c r="B1"><v>1e999999999</v></c>'
             + _text_cell("C1")))),
    ("pptx a million empty shapes", ".pptx", lambda: with_parts(".pptx", {
        _MAIN[".pptx"]: "<sld><cSld><spTree>" + "<sp/>" * 1_000_000 + "</spTree></cSld></sld>"})),
]  # fmt: skip
ARCHIVES: list[Bomb] = [
    ("zip 100,000 entries", ".docx", lambda: archive({f"{n}": "" for n in range(100_000)})),
    ("zip overlapping entries", ".docx", overlapping),
    ("zip odd names", ".docx", odd_names),
    ("zip a part outside", ".docx", outside_relation),
    ("zip a directory past the end", ".docx", lambda: patched(
        ".docx", b"PK\x05\x06", 16, b"\xf0\xff\xff\x7f")),
    ("zip a directory of 4 GB", ".docx", lambda: patched(
        ".docx", b"PK\x05\x06", 12, b"\xff\xff\xff\xfe")),
    ("zip sizes too small in the directory", ".docx", lambda: patched(
        ".docx", b"PK\x01\x02", 24, b"\x01\x00\x00\x00")),
    ("zip sizes of 4 GB in the directory", ".docx", lambda: patched(
        ".docx", b"PK\x01\x02", 24, b"\xff\xff\xff\xf0")),
    ("zip a packed size past the end", ".docx", lambda: patched(
        ".docx", b"PK\x01\x02", 20, b"\xff\xff\xff\x70")),
    ("zip an entry past the end", ".docx", lambda: patched(
        ".docx", b"PK\x01\x02", 42, b"\xf0\xff\xff\x7f")),
    ("zip an unknown method", ".docx", lambda: patched(".docx", b"PK\x01\x02", 10, b"\x63\x00")),
    ("zip archives in one another", ".docx", lambda: with_parts(
        ".docx", {"word/media/image1.zip": nested_archives(12)})),
    ("zip an archive in place of a part", ".docx", lambda: with_parts(
        ".docx", {_MAIN[".docx"]: nested_archives(6)})),
    ("zip a NUL in a name", ".docx", lambda: patched(".docx", b"word/document.xml", 4, b"\0")),
    ("zip a NUL in a name of the directory", ".docx", lambda: patched(
        ".docx", b"word/document.xml", 4, b"\0", last=True)),
    ("epub its own chapter 10,000 times", ".epub", lambda: repeated_chapter()),
]  # fmt: skip


def nested_archives(depth: int) -> bytes:
    """Return an archive of ten copies of an archive of ten copies of … ten megabytes of nothing."""
    whole: str | bytes = bytes(10_000_000)
    for _ in range(depth):
        whole = archive({f"{n}.zip": whole for n in range(10)})
    return bytes(whole)


def repeated_chapter() -> bytes:
    """Return a book whose one chapter comes again and again."""
    return archive({
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container><rootfiles><rootfile full-path="p.opf"/></rootfiles>'
        "</container>",
        "p.opf": '<package><manifest><item id="c" href="c.xhtml" '
        'media-type="application/xhtml+xml"/></manifest><spine>'
        + '<itemref idref="c"/>' * 10_000 + "</spine></package>",
        "c.xhtml": "<html><body>" + "<p>Words again.</p>" * 5_000 + "</body></html>",
    })  # fmt: skip


TEXTS: list[Bomb] = [
    ("html 100,000 parts deep", ".html", lambda: b"<p>Words." + b"<div>" * 100_000 + b"x"),
    ("html 100,000 lists deep", ".html", lambda: b"<p>Words." + b"<ul><li>x" * 100_000),
    ("html 100,000 tables deep", ".html", lambda: b"<p>Words." + b"<table><tr><td>x" * 100_000),
    ("html 30,000 unclosed paragraphs", ".html", lambda: b"<p>Words <b>are <i>many." * 30_000),
    ("html a million end tags", ".html", lambda: b"<p>Words.<b>" * 1_000 + b"</i>" * 1_000_000),
    ("html cells over 10^9 rows and columns", ".html", lambda: (
        "<p>Words.</p><table>" + f"<tr>{_WIDE}</tr>" * 300 + "</table>").encode()),
    ("html wide cells in many rows", ".html", lambda: (
        "<p>Words.</p><table><tr>" + "<td rowspan=100 colspan=100>x" * 200
        + "<tr><td>y" * 20_000 + "</table>").encode()),
    ("html an attribute of 10 MB", ".html", lambda: (
        HTML.replace("<main", '<main title="' + "x" * 10_000_000 + '"')).encode()),
    ("html a million attributes", ".html", lambda: (
        HTML.replace("<main", "<main " + " ".join(f"a{n}=1" for n in range(1_000_000)))).encode()),
    ("html open comments", ".html", lambda: b"<p>Words.</p>" + b"<!--" * 1_000_000),
    ("html open scripts", ".html", lambda: b"<p>Words.</p>" + b"<script>" * 500_000),
    ("html open titles", ".html", lambda: b"<p>Words.</p>" + b"<title>x" * 500_000),
    ("html a million entities", ".html", lambda: b"<p>Words " + b"&amp;&#99999999999;" * 500_000),
    ("html an entity of a million digits", ".html", lambda: b"<p>Words &#" + b"9" * 1_000_000),
    ("json 100,000 lists deep", ".json", lambda: b"[" * 100_000 + b"]" * 100_000),
    ("json 100,000 objects deep", ".json", lambda: b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
    ("json a million keys of one name", ".json", lambda: (
        b"{" + b",".join([b'"a":"b"'] * 1_000_000) + b"}")),
    ("json a number of a million digits", ".json", lambda: b'{"a":' + b"9" * 1_000_000 + b"}"),
    ("json a key of 10 MB around many", ".json", lambda: (
        b'{"' + b"k" * 1_000_000 + b'":[' + b",".join([b'{"a":"b"}'] * 3_000) + b"]}")),
    ("json long keys in one another", ".json", lambda: (
        (b'{"a":"x","' + b"k" * 50_000 + b'":') * 190 + b"1" + b"}" * 190)),
    ("jsonl deep lines", ".jsonl", lambda: b'{"a":"b"}\n' + (b"[" * 100_000 + b"\n") * 20),
    ("jsonl 500,000 broken lines", ".jsonl", lambda: b'{"a":"b"}\n' + b"{\n" * 500_000),
    ("md 10,000 quotes deep", ".md", lambda: b"Words.\n\n" + b">" * 10_000 + b" x\n"),
    ("md 3,000 quotes of growing depth", ".md", lambda: b"Words.\n\n" + b"".join(
        b">" * n + b" x\n" for n in range(3_000))),
    ("md 10,000 list levels on a line", ".md", lambda: b"Words.\n\n" + b"- " * 10_000 + b"x\n"),
    ("md 1,000 list levels by lines", ".md", lambda: b"Words.\n\n" + b"".join(
        b"  " * n + b"- x\n" for n in range(1_000))),
    ("md 100,000 brackets", ".md", lambda: b"Words.\n\n" + b"[" * 100_000 + b"\n"),
    ("md 50,000 links in one another", ".md", lambda: (
        b"Words.\n\n" + b"[" * 50_000 + b"](x)" * 50_000)),
    ("md 100,000 stars", ".md", lambda: b"Words.\n\n" + b"*a_ " * 100_000 + b"\n"),
    ("md fences that do not end", ".md", lambda: b"Words.\n\n" + b"```\n> ~~~\n" * 50_000),
    ("md 100,000 link definitions", ".md", lambda: b"Words.\n\n" + b"".join(
        b"[a%d]: x\n" % n for n in range(100_000))),
    ("md a row of 100,000 cells", ".md", lambda: (
        b"|a" * 100_000 + b"|\n" + b"|-" * 100_000 + b"|\n" + b"|b\n" * 1_000)),
    ("md 200,000 pairs of ticks", ".md", lambda: b"Words.\n\n" + b"".join(
        b"`" * n + b"a" for n in range(1_000))),
    ("rtf 100,000 groups deep", ".rtf", lambda: b"{\\rtf1 Words." + b"{" * 100_000),
    ("rtf bytes that are not there", ".rtf", lambda: b"{\\rtf1 Words.\\par \\bin999999999 x}"),
    ("rtf characters of huge numbers", ".rtf", lambda: (
        b"{\\rtf1 Words \\u9999999999 ?\\u-9999999999 ?\\u55357 ?\\uc9999999999 x}")),
    ("rtf too many braces", ".rtf", lambda: b"{\\rtf1 Words." + b"}" * 1_000_000),
    ("rtf 50,000 rows", ".rtf", lambda: (
        b"{\\rtf1 Words.\\par " + b"\\trowd\\intbl x\\cell\\row " * 50_000 + b"}")),
    ("rtf 50,000 notes", ".rtf", lambda: (
        b"{\\rtf1 Words." + b"{\\footnote x}" * 50_000 + b"}")),
    ("rtf a font of a huge number", ".rtf", lambda: (
        b"{\\rtf1{\\fonttbl" + b"{\\f9999999999\\fcharset99999 x;}" * 50_000 + b"}Words.}")),
    ("srt absurd times", ".srt", lambda: (
        b"00:00:01,000 --> 00:00:02,000\nWords.\n\n99999999999999999999:99:99,999 --> "
        b"00:00:00,000\nMore.\n\n99:99:99,999 --> 00:00:00,000\nBackwards.\n")),
    ("srt 100,000 cues", ".srt", lambda: _cues(100_000)),
    ("vtt a cue of a million lines", ".vtt", lambda: (
        b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"".join(b"l%d\n" % n for n in range(100_000)))),
    ("csv a row of a million columns", ".csv", lambda: b"a," * 1_000_000 + b"\n1,2\n"),
    ("csv 3,000 wide headers for narrow rows", ".csv", lambda: (
        b",".join(b"h%d" % n for n in range(5_000)) + b"\n" + b"x,y\n" * 5_000)),
    ("csv a quotation without end", ".csv", lambda: b'a,b\n1,"' + b"x,y\n" * 1_000_000),
    ("csv a million empty lines", ".csv", lambda: b"a,b\n" + b"\n" * 1_000_000 + b"1,2\n"),
    ("csv lines of every separator", ".csv", lambda: (
        ",;\t|\u060c\u061b".encode() * 3_000 + b"\n" + b'"' * 19_999 + b"\nx,y\n")),
    ("csv a line of quotation marks", ".csv", lambda: b'a,b\n' + b'"' * 5_000_001 + b"\n1,2\n"),
]  # fmt: skip
MAIL: list[Bomb] = [
    ("eml parts 1,000 deep", ".eml", lambda: nested_mail(1_000)),
    ("eml parts 20 deep", ".eml", lambda: nested_mail(20)),
    ("eml messages 3,000 deep", ".eml", lambda: (
        b"From: a@example.org\r\nSubject: x\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 3_000
        + b"Subject: y\r\n\r\nWords.\r\n")),
    ("eml 10,000 attachments", ".eml", lambda: attached(10_000)),
    ("eml 100,000 headers", ".eml", lambda: mail(
        "\r\n".join(f"X-{n}: y" for n in range(100_000)))),
    ("eml 20,000 subjects", ".eml", lambda: mail("\r\n".join(["Subject: y"] * 20_000))),
    ("eml a header of 10 MB", ".eml", lambda: mail("X-Long: " + "word " * 2_000_000)),
    ("eml a subject of 10 MB", ".eml", lambda: (
        b"Subject: " + b"word " * 2_000_000 + b"\r\nFrom: a@example.org\r\n\r\nWords.\r\n")),
    ("eml 100,000 addresses", ".eml", lambda: mail("To: " + "a@b.org, " * 100_000)),
    ("eml 100,000 brackets in an address", ".eml", lambda: mail("To: " + "(" * 100_000)),
    ("eml 100,000 encoded words", ".eml", lambda: mail(
        "Cc: " + "=?utf-8?b?2KfZhA==?= " * 100_000)),
    ("eml a content type of 1 MB", ".eml", lambda: mail(
        "Content-Type: text/plain; " + "a=b; " * 200_000)),
    ("eml 20,000 pieces of a parameter", ".eml", lambda: mail(
        "Content-Type: text/plain; " + "; ".join(f"n*{n}=x" for n in range(20_000)))),
    ("eml a boundary of 1 MB", ".eml", lambda: mail(
        f'Content-Type: multipart/mixed; boundary="{"b" * 1_000_000}"', "--b\r\n" * 100_000)),
    ("eml an unknown charset", ".eml", lambda: mail(
        "Content-Type: text/plain; charset=no-such-code")),
    ("eml a charset that is no text", ".eml", lambda: mail(
        "Content-Type: text/plain; charset=base64", "V29yZHMu")),
    ("eml a charset of packed text", ".eml", lambda: mail(
        "Content-Type: text/plain; charset=zlib", "Words.")),
    ("eml a wrong charset", ".eml", lambda: mail(
        "Content-Type: text/plain; charset=utf-16", "Odd words.")),
    ("eml base64 that is none", ".eml", lambda: mail(
        "Content-Transfer-Encoding: base64", "!!!" * 100_000 + "V29yZHMu=")),
    ("eml quoted signs that are none", ".eml", lambda: mail(
        "Content-Transfer-Encoding: quoted-printable", "Words =ZZ =" * 100_000)),
    ("eml uuencoded words", ".eml", lambda: mail(
        "Content-Transfer-Encoding: x-uuencode", "begin 644 x\r\n" + "M" * 100_000)),
]  # fmt: skip
PDF: list[Bomb] = [
    ("pdf a length that refers to itself", ".pdf", lambda: pages("3 0 R", 1, {
        3: PAGE % FONT, 4: b"<< /Length 4 0 R >>\nstream\nBT ET\nendstream", 6: b"6 0 R"})),
    ("pdf a count of 10^9", ".pdf", lambda: pages("3 0 R", 10**9, {3: PAGE % FONT})),
    ("pdf a count of 2,999", ".pdf", lambda: pages("3 0 R", 2_999, {
        3: PAGE % FONT, 4: stream(b"BT /F1 12 Tf 72 700 Td (Words.) Tj ET")})),
    ("pdf a page tree 5,000 deep", ".pdf", lambda: tree_of_pages(5_000)),
    ("pdf 100,000 blank pages", ".pdf", lambda: pages(
        "3 0 R " * 100_000, 100_000, {3: PAGE % FONT, 4: stream(b"")})),
    ("pdf 2,900 blank pages", ".pdf", lambda: pages(
        "3 0 R " * 2_900, 2_900, {3: PAGE % FONT, 4: stream(b"")})),
    ("pdf a million operators", ".pdf", lambda: squeezed(b"q Q 1 0 0 1 0 0 cm " * 300_000)),
    ("pdf 100,000 saved states", ".pdf", lambda: squeezed(b"q " * 1_000_000)),
    ("pdf 30,000 words on a page", ".pdf", lambda: squeezed(
        b"BT /F1 12 Tf 72 700 Td " + b"(Words) Tj " * 30_000 + b"ET")),
    ("pdf 100,000 words in one place", ".pdf", lambda: squeezed(
        b"BT /F1 12 Tf " + b"1 0 0 1 72 700 Tm (Words) Tj " * 100_000 + b"ET")),
    ("pdf 5,000 lines anywhere", ".pdf", lambda: squeezed(b"BT /F1 12 Tf " + b"".join(
        b"1 0 0 1 %d %d Tm (Words) Tj " % (n * 7919 % 590, n * 104729 % 840)
        for n in range(5_000)) + b"ET")),
    ("pdf a stream that unpacks to 500 MB", ".pdf", lambda: pages("3 0 R", 1, {
        3: PAGE % FONT, 4: stream(_zeros(500), b"/Filter /FlateDecode")})),
    ("pdf a stream packed twice", ".pdf", lambda: pages("3 0 R", 1, {
        3: PAGE % FONT,
        4: stream(zlib.compress(_zeros(500)), b"/Filter [/FlateDecode /FlateDecode]")})),
    ("pdf objects in a stream", ".pdf", lambda: packed_objects()),
    ("pdf a stream of 10^9 objects", ".pdf", lambda: packed_objects(count=10**9)),
    ("pdf a stream of objects in itself", ".pdf", lambda: packed_objects(holder=6)),
    ("pdf a stream of objects that goes on in itself", ".pdf", lambda: packed_objects(
        more=b"/Extends 6 0 R")),
    ("pdf a stream of objects of 500 MB", ".pdf", lambda: packed_objects(megabytes=500)),
    ("pdf arrays 100,000 deep", ".pdf", lambda: text_pdf(
        ["Words."], more=b"[" * 100_000)),
    ("pdf dictionaries 100,000 deep", ".pdf", lambda: pages("3 0 R", 1, {
        3: PAGE % FONT, 4: stream(b""), 6: b"<< /A " * 100_000})),
]  # fmt: skip


def packed_objects(count: int = 1, holder: int = 0, more: bytes = b"", megabytes: int = 0) -> bytes:
    """Return a PDF whose page stands in a stream of objects.

    Args:
        count: How many objects the stream says that it has.
        holder: The stream in which it says to stand itself; 0 for none.
        more: More of its dictionary.
        megabytes: Of blanks behind its one object.
    """
    head = b"3 0 "
    packing = zlib.compressobj(9)
    parts = [packing.compress(head + PAGE % FONT)]
    parts += [packing.compress(b" " * 1_000_000) for _ in range(megabytes)]
    kind = b"/Type /ObjStm /N %d /First %d /Filter /FlateDecode %s" % (count, len(head), more)
    bodies = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        4: stream(b"BT /F1 12 Tf 72 700 Td (Words in a stream.) Tj ET"),
        6: stream(b"".join([*parts, packing.flush()]), kind),
    }
    data, rows = b"%PDF-1.7\n", {0: (0, 0, 65535), 3: (2, 6, 0), 5: (0, 0, 0)}
    for number, body in bodies.items():
        rows[number] = (1, len(data), 0)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    if holder:
        rows[6] = (2, holder, 0)
    table = b"".join(struct.pack(">BIH", *rows[n]) for n in range(7))
    fields = b"/Type /XRef /Size 7 /W [1 4 2] /Root 1 0 R"
    return data + b"7 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (
        stream(table, fields),
        len(data),
    )


def _zeros(megabytes: int) -> bytes:
    """Return packed blanks."""
    packing = zlib.compressobj(9)
    parts = [packing.compress(b" " * 1_000_000) for _ in range(megabytes)]
    return b"".join([*parts, packing.flush()])


BOMBS: list[Bomb] = [*XML, *OFFICE, *ARCHIVES, *TEXTS, *MAIL, *PDF]
