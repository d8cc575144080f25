"""Makes PDFs of paragraphs with the programs that people make theirs with."""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

CHROMIUM = os.environ.get("SANAD_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
OFFICE = shutil.which("soffice") or "soffice"
XELATEX = shutil.which("xelatex") or "xelatex"
_ARABIC = re.compile("[\u0600-\u06ff]")
_TIMEOUT = 240


@dataclass(frozen=True)
class Look:
    """How a document is laid out.

    Attributes:
        font: Its font.
        columns: How many columns.
        justified: Whether lines end at one edge.
        indent: First line's indent in centimetres, instead of room between paragraphs.
        running: Whether a head and a page number stand on each page.
        size: Of the letters, in points.
        title: A heading above all.
        head: What stands at the top of each page, where something does; else the title.
    """

    font: str = "Noto Naskh Arabic"
    columns: int = 1
    justified: bool = False
    indent: float = 0
    running: bool = False
    size: float = 10.5
    title: str = ""
    head: str = ""

    def titled(self, title: str) -> Look:
        """Return the same with a title."""
        return replace(self, title=title)


def is_arabic(text: str) -> bool:
    """Return whether there are Arabic letters in a text."""
    return _ARABIC.search(text) is not None


def chromium(paragraphs: Sequence[str], look: Look, target: Path) -> None:
    """Print a page to PDF."""
    lines = "".join(
        f'<p dir="{"rtl" if is_arabic(p) else "ltr"}">{html.escape(p)}</p>\n' for p in paragraphs
    )
    title = f"<h1>{html.escape(look.title)}</h1>\n" if look.title else ""
    margin = f"margin:0;text-indent:{look.indent}cm" if look.indent else "margin:0 0 8pt"
    aligned = "text-align:justify" if look.justified else ""
    body = f"column-count:{look.columns};column-gap:1cm" if look.columns > 1 else ""
    direction = "rtl" if is_arabic("".join(paragraphs)) else "ltr"
    page = (
        f"<!doctype html><html dir={direction}><meta charset=utf-8><title>{look.title}</title>"
        f'<style>@page{{size:A4;margin:2cm}}body{{font:{look.size}pt/1.9 "{look.font}";{body}}}'
        f"p{{{margin};{aligned}}}</style><body>{title}{lines}</body></html>"
    )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(page, encoding="utf-8")
        _run(
            [
                CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu",
                "--disable-background-networking", f"--user-data-dir={folder}/profile",
                *([] if look.running else ["--no-pdf-header-footer"]),
                f"--print-to-pdf={target}", str(source),
            ]
        )  # fmt: skip


_FODT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:automatic-styles>
{styles}
<style:page-layout style:name="page"><style:page-layout-properties fo:page-width="21cm"
 fo:page-height="29.7cm" fo:margin="2cm" style:writing-mode="{mode}"><style:columns
 fo:column-count="{columns}" fo:column-gap="1cm"/></style:page-layout-properties>{room}
</style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="page">
{running}</style:master-page></office:master-styles>
<office:body><office:text>
{body}
</office:text></office:body></office:document>
"""


def _style(name: str, look: Look, *, rtl: bool) -> str:
    start = "end" if rtl else "start"
    size, font = f"{look.size}pt", look.font
    return (
        f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties'
        f' fo:text-align="{"justify" if look.justified else start}"'
        f' style:writing-mode="{"rl-tb" if rtl else "lr-tb"}" fo:text-indent="{look.indent}cm"'
        f' fo:margin-bottom="{0 if look.indent else 8}pt" fo:line-height="150%"/>'
        f'<style:text-properties style:font-name="{font}" fo:font-family="{font}"'
        f' style:font-family-complex="{font}" style:font-name-complex="{font}"'
        f' fo:font-size="{size}" style:font-size-complex="{size}" fo:language="en"'
        ' style:language-complex="ar" style:country-complex="SA"/></style:style>'
    )


def office(paragraphs: Sequence[str], look: Look, target: Path) -> None:
    """Have LibreOffice convert a text document."""
    body = "\n".join(
        f'<text:p text:style-name="{"R" if is_arabic(p) else "L"}">{html.escape(p)}</text:p>'
        for p in paragraphs
    )
    if look.title:
        name = "R" if is_arabic(look.title) else "L"
        heading = f'<text:p text:style-name="{name}H">{html.escape(look.title)}</text:p>\n'
        body = heading + body
    room = running = ""
    if look.running:
        height = "<style:header-footer-properties fo:min-height='1cm'/>"
        part = f"<style:{{0}}-style>{height}</style:{{0}}-style>"
        room = part.format("header") + part.format("footer")
        running = (
            f'<style:header><text:p text:style-name="R">{html.escape(look.head or look.title)}'
            '</text:p></style:header><style:footer><text:p text:style-name="R">'
            "<text:page-number/></text:p></style:footer>"
        )
    mode = "rl-tb" if is_arabic("".join(paragraphs)) else "lr-tb"
    large = replace(look, size=1.6 * look.size, indent=0)
    styles = "\n".join(
        _style(name, size, rtl=name.startswith("R"))
        for name, size in (("R", look), ("L", look), ("RH", large), ("LH", large))
    )
    document = _FODT.format(
        styles=styles, columns=look.columns, room=room, running=running, body=body, mode=mode
    )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{target.stem}.fodt"
        source.write_text(document, encoding="utf-8")
        _run(
            [
                OFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless",
                "--convert-to", "pdf", "--outdir", str(target.parent), str(source),
            ]
        )  # fmt: skip


_TEX_SPECIAL = re.compile(r"[\\{}$&#^_%~]")
_TEX_NAMES = {"\\": "\\textbackslash{}", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}"}
# What an author has to mark by hand, for XeTeX orders no words: a run that has Latin letters.
_LEFT_TO_RIGHT = re.compile(
    "[0-9]*[A-Za-z\u00c0-\u024f](?:[^\u0600-\u06ff()«»،؛؟]*[A-Za-z\u00c0-\u024f0-9])?"
    "(?: ?\\([^\u0600-\u06ff()]*\\))?"
)


def _tex(text: str) -> str:
    return _TEX_SPECIAL.sub(lambda m: _TEX_NAMES.get(m[0], "\\" + m[0]), text)


def xelatex(paragraphs: Sequence[str], look: Look, target: Path) -> None:
    """Have XeLaTeX typeset a text with the package bidi."""

    def marked(text: str) -> str:
        pieces, at = [], 0
        for match in _LEFT_TO_RIGHT.finditer(text):
            pieces += [_tex(text[at : match.start()]), "\\LR{\\latin ", _tex(match[0]), "}"]
            at = match.end()
        return "".join([*pieces, _tex(text[at:])])

    rtl = is_arabic("".join(paragraphs))
    body = "\n\n".join(
        marked(p)
        if is_arabic(p)
        else f"\\begin{{LTR}}\\latin {_tex(p)}\\end{{LTR}}"
        if rtl
        else f"\\latin {_tex(p)}"
        for p in paragraphs
    )
    if look.title:
        title = marked(look.title) if rtl else f"\\latin {_tex(look.title)}"
        body = f"{{\\Large {title}\\par}}\n\n{body}"
    head = (
        "\\usepackage{fontspec}\\defaultfontfeatures[\\rmfamily]{}"
        f"\\setmainfont[Script=Arabic]{{{look.font}}}"
        f"\\newfontfamily\\latin{{{look.font}}}[Ligatures={{}}]"
    )
    _latex(head + ("\\usepackage{bidi}\\setRTL" if rtl else ""), body, look, target)


def _latex(head: str, body: str, look: Look, target: Path) -> None:
    columns = "twocolumn" if look.columns > 1 else "onecolumn"
    style = "headings" if look.running else "empty"
    spread = "" if look.justified else "\\raggedright"
    indent = f"{look.indent}cm" if look.indent else "0pt"
    document = (
        f"\\documentclass[10pt,a4paper,{columns}]{{article}}\\usepackage[margin=2cm]{{geometry}}"
        f"{head}\\pagestyle{{{style}}}\\linespread{{1.4}}\\setlength{{\\parindent}}{{{indent}}}"
        f"\\setlength{{\\parskip}}{{{0 if look.indent else 8}pt}}\n"
        f"\\begin{{document}}{spread if look.justified else ''}\n{body}\n\\end{{document}}\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "text.tex").write_text(document, encoding="utf-8")
        _run([XELATEX, "-interaction=batchmode", "text.tex"], folder)
        shutil.move(Path(folder) / "text.pdf", target)


def _run(command: list[str], folder: str | None = None) -> None:
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1735689600"}
    subprocess.run(
        command, check=False, capture_output=True, timeout=_TIMEOUT, cwd=folder, env=environment
    )


PRODUCERS: Mapping[str, Callable[[Sequence[str], Look, Path], None]] = {
    "chromium": chromium,
    "libreoffice": office,
    "xelatex": xelatex,
}
