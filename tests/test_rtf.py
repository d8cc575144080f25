"""RTF to blocks: code pages, Unicode, styles, lists, tables, notes, changes."""

from __future__ import annotations

import datetime as dt

import pytest
from document_checks import pairs, places, read

from assistant.errors import EmptyDocument, UnreadableDocument

HEAD = (
    "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fnil\\fcharset0 Arial;}"
    "{\\f1\\fnil\\fcharset178 Arial;}}{\\colortbl;\\red0\\green0\\blue0;}"
    "{\\stylesheet{\\s0 Normal;}{\\s1\\sb100 heading 1;}{\\s2 caption;}{\\s3 toc 1;}}"
    "{\\*\\generator Some Writer;}{\\info{\\title The dam}{\\author Nora}"
    "{\\creatim\\yr2024\\mo3\\dy5\\hr10\\min0}}"
)


def rtf(body):
    return f"{HEAD}{body}}}".encode("latin-1")


def of(body):
    return pairs(read(".rtf", rtf(body)))


def hexed(words):
    """Return Arabic words as RTF writes them in its code page."""
    return "".join(f"\\'{byte:02x}" for byte in words.encode("cp1256"))


def numbered(words):
    """Return words as RTF writes them in Unicode."""
    units = words.encode("utf-16-le")
    numbers = [
        int.from_bytes(units[i : i + 2], "little", signed=True) for i in range(0, len(units), 2)
    ]
    return "".join(f"\\u{number}?" for number in numbers)


def test_rtf_says_of_itself():
    extracted = read(".rtf", rtf("Words.\\par"))
    assert (extracted.title, extracted.date) == ("The dam", dt.date(2024, 3, 5))
    assert extracted.metadata == {"author": "Nora"}
    assert pairs(extracted) == [("paragraph", "Words.")]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("One.\\par Two.\\par", ["One.", "Two."], id="paragraphs"),
        pytest.param("One\r\n line.\\par", ["One line."], id="line-ends-of-the-file"),
        pytest.param(
            "{\\f1 " + hexed("بلغ ارتفاع السد") + "}\\par", ["بلغ ارتفاع السد"], id="code-page"
        ),
        pytest.param(
            "{\\f1 " + hexed("سد") + "\\f0  caf\\'e9}\\par", ["سد café"], id="two-code-pages"
        ),
        pytest.param(numbered("ارتفاع 90 مترا"), ["ارتفاع 90 مترا"], id="unicode"),
        pytest.param(numbered("\U0001f600 a"), ["\U0001f600 a"], id="two-halves"),
        pytest.param("\\uc2\\u1587 ab\\u1583 ab.\\par", ["سد."], id="two-characters-of-fallback"),
        pytest.param("\\uc0\\u1587\\u1583 .\\par", ["سد."], id="no-fallback"),
        pytest.param("\\u1587\\'3f\\u1583\\'3f\\par", ["سد"], id="fallback-in-hex"),
        pytest.param("\\u1587\\par Two.\\par", ["س", "Two."], id="no-fallback-but-a-word"),
        pytest.param(
            "A\\~b\\_c\\-d\\emdash e\\tab f\\line g\\par",
            ["A\u00a0b\u2011cd\u2014e\tf\ng"],
            id="signs",
        ),
        pytest.param("\\{a\\} \\\\b\\par", ["{a} \\b"], id="escaped"),
        pytest.param("Seen {\\v unseen }{\\v0 too.}\\par", ["Seen too."], id="hidden"),
        pytest.param("High {\\deleted low }{\\revised costs.}\\par", ["High costs."], id="deleted"),
        pytest.param("{\\header Top\\par}{\\footerr 3\\par}Words.\\par", ["Words."], id="header"),
        pytest.param("{\\pict\\pngblip 89504e47}Words.\\par", ["Words."], id="picture"),
        pytest.param("A{\\*\\unknown left out}b.\\par", ["Ab."], id="unknown-part"),
        pytest.param("A{\\bin5 }}{{{b.}\\par", ["Ab."], id="binary"),
        pytest.param(
            '{\\field{\\*\\fldinst HYPERLINK "x"}{\\fldrslt A link}}.\\par', ["A link."], id="field"
        ),
        pytest.param(
            "Around {\\shp{\\*\\shpinst{\\sp{\\sn a}{\\sv 1}}{\\shptxt In the box.\\par}}}it.\\par",
            ["Around it.", "In the box."],
            id="text-box",
        ),
        pytest.param("One.}}}}", ["One."], id="too-many-braces"),
        pytest.param("{{{One.", ["One."], id="too-few-braces"),
    ],
)
def test_rtf_words(body, expected):
    assert [words for _, words in of(body)] == expected


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("\\pard\\s1 Dam\\par", "heading"),
        ("\\pard\\outlinelevel0 Dam\\par", "heading"),
        ("\\pard\\outlinelevel9 The dam is tall.\\par", "paragraph"),
        ("\\pard\\s1\\pard The dam is tall.\\par", "paragraph"),
        ("\\pard\\s2 Dam\\par", "caption"),
        ("\\pard\\s3 Dam 3\\par", "boilerplate"),
        ("{\\listtext 1.\\tab}The dam is tall.\\par", "item"),
        ("{\\pntext\\'b7\\tab}The dam is tall.\\par", "item"),
    ],
)
def test_rtf_kinds(body, kind):
    assert [found for found, _ in of(body)] == [kind]


def test_rtf_list_marks_stand_in_the_text_and_in_no_block():
    extracted = read(".rtf", rtf("{\\listtext 1.\\tab}One\\par{\\listtext 2.\\tab}Two\\par"))
    assert extracted.text == "1. One\n2. Two"
    assert pairs(extracted) == [("item", "One"), ("item", "Two")]


def row(*cells, header=False):
    head = "\\trhdr" if header else ""
    return f"\\trowd{head}" + "".join(f"\\pard\\intbl {cell}\\cell" for cell in cells) + "\\row"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            row("City", "Rain", header=True) + row("Oran", "410") + "\\pard After.\\par",
            [("row", "City: Oran; Rain: 410"), ("paragraph", "After.")],
        ),
        (row("Name", "Nora") + row("Age", "30"), [("row", "Name: Nora"), ("row", "Age: 30")]),
        (
            row("City", "Year", "Rain") + row("Oran", "2022", "5\\par 6"),
            [("row", "City: Oran; Year: 2022; Rain: 5 6")],
        ),
        # The last row is cut off.
        ("\\trowd\\pard\\intbl Name\\cell\\pard\\intbl Nora", [("row", "Name: Nora")]),
    ],
    ids=["headers", "names", "three", "cut"],
)
def test_rtf_tables(body, expected):
    assert of(body) == expected


def test_rtf_notes_are_marked_in_the_text_and_stand_at_its_end():
    body = "\\pard\\s1 Dam\\par\\pard It is tall."
    body += "{\\super\\chftn{\\footnote\\pard {\\chftn} Of 2023.\\par See annex.}} It is old.\\par"
    assert places(read(".rtf", rtf(body))) == [
        ("Dam", "Dam"),
        ("Dam", "It is tall.[1] It is old."),
        ("footnote 1", "Of 2023.\nSee annex."),
    ]


def test_rtf_title_that_is_given_again_in_unicode():
    title = "{\\info{\\upr{\\title ??}{\\*\\ud{\\title " + numbered("سد") + "}}}}"
    data = ("{\\rtf1\\ansi" + title + "Words.\\par}").encode()
    assert read(".rtf", data).title == "سد"


def test_rtf_without_words_is_empty():
    with pytest.raises(EmptyDocument):
        read(".rtf", rtf("{\\header Top}"))


def test_rtf_beyond_the_limit_of_nesting():
    with pytest.raises(UnreadableDocument, match="SANAD_MAX_NESTING"):
        read(".rtf", rtf("{" * 300 + "deep"))
