"""A small file of each format, in both languages, for tests that take all formats alike."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "formats"

# Files that LibreOffice 7.4 (docx, odt, rtf, epub), openpyxl and python-pptx have written.
MADE = {f".{kind}": (FOLDER / f"harbour.{kind}").read_bytes() for kind in (
    "docx", "odt", "rtf", "epub", "xlsx", "pptx"
)}  # fmt: skip

HTML = """<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">
<title>تقرير ميناء وهران</title><style>p { color: red }</style></head><body>
<nav><a href="/">الرئيسية</a></nav><main><h1>تقرير ميناء وهران</h1>
<p>افتُتح الرصيف الشمالي في 2024-03-05، وطوله <b>300</b> متر.</p>
<ul><li>رافعة جديدة.<li dir="ltr">A new pilot boat.</ul>
<table><tr><th>السنة<th>السفن<tr><td>2022<td>410<tr><td>2023<td>455</table>
<p dir="ltr">The harbour handled 1,250,000 tonnes in 2023.</p></main></body></html>"""
CSV = 'السنة,السفن,ملاحظة\n2022,410,"كان الشتاء باردا, طويلا."\n2023,455,A mild winter\n'
JSON = """{"title": "تقرير ميناء وهران", "date": "2024-03-05", "quays": [
{"name": "الرصيف الشمالي", "length": 300, "open": true},
{"name": "South quay", "note": "It is old.\\nIt needs a new crane."}]}"""
JSON_LINES = (
    '{"name": "الرصيف الشمالي", "length": 300}\n{"name": "South quay", "ships": [410, 455]}\n'
)
SRT = """1
00:00:01,000 --> 00:00:03,500
طول الرصيف الشمالي

2
00:00:03,600 --> 00:00:06,000
<i>ثلاثمئة متر.</i>

3
00:01:10,000 --> 00:01:12,000
The harbour handled 1,250,000 tonnes.
"""
VTT = """WEBVTT

NOTE of the port

00:05.000 --> 00:08.000 align:start
<v سلمى>طول الرصيف الشمالي ثلاثمئة متر.

00:09.000 --> 00:11.000
<v Nora>The harbour handled 1,250,000 tonnes.
"""
EML = """From: Nora Whelan <nora@example.org>\r
To: port@example.org\r
Date: Tue, 05 Mar 2024 10:15:00 +0200\r
Subject: =?utf-8?b?2KfZhNix2LXZitmB?=\r
MIME-Version: 1.0\r
Content-Type: multipart/alternative; boundary="b"\r
\r
--b\r
Content-Type: text/plain; charset=utf-8\r
Content-Transfer-Encoding: 8bit\r
\r
طول الرصيف الشمالي ثلاثمئة متر.\r
\r
The harbour handled 1,250,000 tonnes.\r
--b\r
Content-Type: text/html; charset=utf-8\r
Content-Transfer-Encoding: 8bit\r
\r
<p>طول الرصيف الشمالي ثلاثمئة متر.</p><p>The harbour handled 1,250,000 tonnes.</p>\r
--b--\r
"""

SEEDS = MADE | {
    ".html": HTML.encode(),
    ".csv": CSV.encode(),
    ".tsv": CSV.replace(",", "\t").encode(),
    ".json": JSON.encode(),
    ".jsonl": JSON_LINES.encode(),
    ".srt": SRT.encode(),
    ".vtt": VTT.encode(),
    ".eml": EML.encode(),
}
