"""Citations for a text that is written elsewhere: by hand-written files, and read back strictly."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import THOROUGH, mixed_text

from assistant import Answer, AssistantError, Citation, Document, Segment, cite
from assistant.schema import CITE_STYLES

DAY = dt.date(2026, 3, 1)
MUSEUM = Document(
    id="2610a24315704a9d",
    version="v1",
    title="City museum",
    source="/docs/museum.pdf",
    date=dt.date(2024, 2, 10),
    language="en",
    metadata={"author": "Salma Haddad"},
)
NEWS = Document(
    id="خبر 1", version="v1", title="أخبار وهران", source="https://example.org/أخبار", language="ar"
)


def cited(document: Document, text: str, place: str = "", start: int = 0) -> Citation:
    return Citation(
        document_id=document.id,
        version=document.version,
        document_title=document.title,
        source=document.source,
        place=place,
        cited_text=text,
        start_char_index=start,
        end_char_index=start + len(text),
        score=0.5,
    )


COINS = cited(MUSEUM, "It keeps 8,400 coins &\r\nmedals.", "page 3")
OPENED = cited(MUSEUM, "It opened in 1962.", "pages 4-5", 90)
ARABIC = cited(NEWS, "افتُتح المتحف «أمس».", "row 7")
ALL = (COINS, ARABIC, OPENED)

FOOTNOTES_EN = (
    "1. “It keeps 8,400 coins & medals.”, Salma Haddad, City museum, 10 February 2024, page 3, "
    "/docs/museum.pdf.\n"
    "2. “It opened in 1962.”, Salma Haddad, City museum, 10 February 2024, pages 4–5, "
    "/docs/museum.pdf.\n"
    "3. \u2068“افتُتح المتحف «أمس».”\u2069, \u2068أخبار وهران\u2069, row 7, "
    "https://example.org/أخبار."
)
FOOTNOTES_AR = (
    "1. \u2068«It keeps 8,400 coins & medals.»\u2069، \u2068Salma Haddad\u2069، "
    "\u2068City museum\u2069، 10 فبراير 2024، صفحة 3، \u2068/docs/museum.pdf\u2069 "
    "(اطُّلع عليه في 1 مارس 2026).\n"
    "2. \u2068«It opened in 1962.»\u2069، \u2068Salma Haddad\u2069، "
    "\u2068City museum\u2069، 10 فبراير 2024، الصفحات 4–5، \u2068/docs/museum.pdf\u2069 "
    "(اطُّلع عليه في 1 مارس 2026).\n"
    "3. «افتُتح المتحف «أمس».»، أخبار وهران، الصف 7، "
    "\u2068https://example.org/أخبار\u2069 (اطُّلع عليه في 1 مارس 2026)."
)
BIBTEX = r"""@misc{sanad-2610a24315704a9d,
  author = {{Salma Haddad}},
  title = {{City museum}},
  year = {2024},
  month = feb,
  day = {10},
  pages = {3, 4--5},
  howpublished = {/docs/museum.pdf},
  url = {http://127.0.0.1/#0},
  language = {english},
  note = {“It keeps 8,400 coins \& medals.” (page 3); “It opened in 1962.” (pages 4–5)},
}

@misc{sanad-e41be1553e7c156f,
  title = {{أخبار وهران}},
  url = {https://example.org/أخبار},
  language = {arabic},
  note = {“افتُتح المتحف «أمس».” (row 7)},
}"""
RIS = (
    "TY  - GEN\r\n"
    "ID  - sanad-2610a24315704a9d\r\n"
    "TI  - City museum\r\n"
    "AU  - Salma Haddad\r\n"
    "PY  - 2024\r\n"
    "DA  - 2024/02/10\r\n"
    "LA  - en\r\n"
    "AV  - /docs/museum.pdf\r\n"
    "Y2  - 2026/03/01\r\n"
    "N1  - “It keeps 8,400 coins & medals.” (page 3)\r\n"
    "N1  - “It opened in 1962.” (pages 4–5)\r\n"
    "ER  - \r\n"
    "\r\n"
    "TY  - ELEC\r\n"
    "ID  - sanad-e41be1553e7c156f\r\n"
    "TI  - أخبار وهران\r\n"
    "LA  - ar\r\n"
    "UR  - https://example.org/أخبار\r\n"
    "Y2  - 2026/03/01\r\n"
    "N1  - “افتُتح المتحف «أمس».” (row 7)\r\n"
    "ER  - \r\n"
)
CSL = [
    {
        "id": "sanad-2610a24315704a9d",
        "type": "document",
        "title": "City museum",
        "author": [{"literal": "Salma Haddad"}],
        "issued": {"date-parts": [[2024, 2, 10]]},
        "accessed": {"date-parts": [[2026, 3, 1]]},
        "page": "3, 4-5",
        "language": "en",
        "archive_location": "/docs/museum.pdf",
        "note": "“It keeps 8,400 coins & medals.” (page 3)\n“It opened in 1962.” (pages 4–5)",
    },
    {
        "id": "sanad-e41be1553e7c156f",
        "type": "webpage",
        "title": "أخبار وهران",
        "accessed": {"date-parts": [[2026, 3, 1]]},
        "locator": "row 7",
        "language": "ar",
        "URL": "https://example.org/أخبار",
        "note": "“افتُتح المتحف «أمس».” (row 7)",
    },
]


# Whole exports, written by hand


def test_footnotes_in_english() -> None:
    assert cite(ALL, (MUSEUM, NEWS)) == FOOTNOTES_EN


def test_footnotes_in_arabic() -> None:
    assert cite(ALL, (MUSEUM, NEWS), "footnote", "ar", accessed=DAY) == FOOTNOTES_AR


def test_bibtex() -> None:
    link = "http://127.0.0.1/#{}".format

    def address(citation: Citation) -> str:
        return "" if citation is ARABIC else link(citation.start_char_index)

    assert cite(ALL, (MUSEUM, NEWS), "bibtex", link=address) == BIBTEX


def test_ris() -> None:
    assert cite(ALL, (MUSEUM, NEWS), "ris", accessed=DAY) == RIS


def test_csl_json() -> None:
    assert json.loads(cite(ALL, (MUSEUM, NEWS), "csl-json", accessed=DAY)) == CSL


# Parts


def test_single_footnote_has_no_number_and_names_the_link() -> None:
    note = cite((OPENED,), link=lambda _: "http://127.0.0.1/d/1")

    assert note == (
        "“It opened in 1962.”, City museum, pages 4–5, /docs/museum.pdf, http://127.0.0.1/d/1."
    )


@pytest.mark.parametrize(("style", "empty"), [*zip(CITE_STYLES, ("", "", "", "[]"), strict=True)])
def test_no_citations_are_an_empty_export(style: str, empty: str) -> None:
    assert cite((), style=style) == empty


def test_unknown_style_is_an_error() -> None:
    with pytest.raises(AssistantError, match=r"style='apa'.*footnote, bibtex, ris, csl-json"):
        cite(ALL, style="apa")


def test_erased_quote_leaves_its_document() -> None:
    erased = cited(MUSEUM, "")

    assert cite((erased,)) == "City museum, /docs/museum.pdf."
    assert "note" not in cite((erased,), style="bibtex")
    assert "N1" not in cite((erased,), style="ris")
    assert "note" not in json.loads(cite((erased,), style="csl-json"))[0]


def test_document_without_a_title_is_called_by_its_file() -> None:
    nameless = Document(id="a", version="v", source="/docs/old/letter.txt")

    assert cite((cited(nameless, "Yes."),)) == "“Yes.”, letter.txt, /docs/old/letter.txt."


@pytest.mark.parametrize(
    ("metadata", "is_named"),
    [
        ({}, True),
        ({"date_doubt": "order"}, False),
        ({"date_doubt": "order", "corrected": "date"}, True),
    ],
    ids=["sure", "in doubt", "put right"],
)
def test_date_in_doubt_is_left_out(metadata: dict, is_named: bool) -> None:
    document = Document(id="a", version="v", title="A", date=DAY, metadata=metadata)

    for style, sign in (
        ("footnote", "March 2026"),
        ("bibtex", "mar"),
        ("ris", "DA"),
        ("csl-json", "issued"),
    ):
        assert (sign in cite((cited(document, "x"),), (document,), style)) is is_named


def test_key_stays_when_everything_else_changes() -> None:
    later = Document(id=MUSEUM.id, version="v2", title="المتحف", date=DAY)
    first = cite((COINS,), (MUSEUM,), "bibtex").split(",")[0]

    assert cite((cited(later, "y"),), (later,), "bibtex").split(",")[0] == first


def test_version_that_is_cited_counts_for_the_date() -> None:
    later = Document(id=MUSEUM.id, version="v2", title="Later", date=DAY)

    for documents in ((later, MUSEUM), (MUSEUM, later)):
        assert "10 February 2024" in cite((COINS,), documents)


@pytest.mark.parametrize(
    "title",
    ["a\u202eb", "a\x00b", "a\x1bb", "\u2067a\u200fb", "\ufeffab", "a\x9bb"],
    ids=ascii,
)
@pytest.mark.parametrize("style", CITE_STYLES)
def test_controls_are_left_out_of_titles_and_quotes(style: str, title: str) -> None:
    document = Document(id="a", version="v", title=title)
    shown = cite((cited(document, title),), (document,), style)

    assert shown.count("ab") == 2


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\u2028", "\x85", "\x0c"], ids=ascii)
def test_line_ends_in_quotes_are_spaces(line_end: str) -> None:
    quote = cited(MUSEUM, f"one{line_end}ER  - two")

    for style in CITE_STYLES:
        assert "one ER - two" in cite((quote,), style=style)


def test_joiners_stay() -> None:
    assert "می\u200cخواهم" in cite((cited(MUSEUM, "می\u200cخواهم"),))


def test_answer_cites_in_its_own_language() -> None:
    answer = Answer(
        question="متى؟",
        standalone_question="متى؟",
        text="x",
        segments=(Segment("x", (ARABIC,), "verbatim"),),
        citations=(ARABIC,),
        hits=(),
        language="ar",
        answered=True,
        confidence=0.9,
        engine="extractive",
    )

    assert answer.cite() == cite((ARABIC,), language="ar")
    assert answer.cite("ris", (NEWS,)) == cite((ARABIC,), (NEWS,), "ris", "ar")


# Read back by strict readers


def read_bibtex(text: str) -> list[tuple[str, dict[str, str]]]:
    """Return keys and fields by BibTeX's own rules: values end where their braces are even."""
    entries, position = [], 0
    while position < len(text):
        head = re.compile(r"@misc\{([A-Za-z0-9-]+),\n").match(text, position)
        assert head, text[position : position + 40]
        fields, position = {}, head.end()
        while text[position] != "}":
            name = re.compile(r"  ([a-z]+) = (?:([a-z]{3})|(\{))").match(text, position)
            assert name, text[position : position + 40]
            assert name[1] not in fields
            position = name.end()
            if name[2]:
                fields[name[1]] = name[2]
            else:
                start, depth = position, 1
                while depth:
                    depth += {"{": 1, "}": -1}.get(text[position], 0)
                    position += 1
                fields[name[1]] = text[start : position - 1]
            assert text[position : position + 2] == ",\n"
            position += 2
        entries.append((head[1], fields))
        position += 1
        assert text[position : position + 2] in ("\n\n", "")
        position += 2
    return entries


def read_ris(text: str) -> list[list[tuple[str, str]]]:
    """Return the tags and values of entries; every line must be a tag's."""
    entries = []
    for entry in text.split("\r\n\r\n") if text else ():
        lines = entry.removesuffix("\r\n").split("\r\n")
        pairs = [re.fullmatch(r"([A-Z][A-Z0-9])  - ([^\r\n]*)", line) for line in lines]
        assert all(pairs), lines
        entries.append([(pair[1], pair[2]) for pair in pairs if pair])
    return entries


def from_tex(text: str) -> str:
    """Return what TeX would print."""
    names = {"textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}"}
    names |= {"textasciitilde": "~", "textasciicircum": "^"}
    assert not re.search(r"(?<!\\)[#$%&_^~]", text)
    return re.sub(r"\\([a-z]+)\{\}|\\([#$%&_])", lambda m: names[m[1]] if m[1] else m[2], text)


@st.composite
def citations(draw: st.DrawFn) -> Citation:
    document = Document(
        id=draw(st.one_of(st.sampled_from(["a", "b"]), mixed_text(6))) or "a",
        version="v",
        title=draw(mixed_text(10)),
        source=draw(st.one_of(mixed_text(6), st.just("https://a.b/{}%\\ c"))),
    )
    return cited(document, draw(st.one_of(mixed_text(20), st.text("{}\\%$#&_~^\n", max_size=9))))


def shown(text: str) -> str:
    """Return a text without white space and what nobody sees, to be compared."""
    return "".join(
        c for c in text if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf")
    )


@THOROUGH
@given(st.lists(citations(), max_size=4))
def test_exports_can_be_read_back_whatever_is_quoted(found: list[Citation]) -> None:
    documents = {c.document_id for c in found}
    quotes = sorted({shown(c.cited_text) for c in found} - {""})

    bib = read_bibtex(cite(found, style="bibtex"))
    tags = read_ris(cite(found, style="ris"))
    items = json.loads(cite(found, style="csl-json"))

    assert len(bib) == len(tags) == len(items) == len(documents)
    assert len({key for key, _ in bib}) == len(documents)
    for (key, fields), pairs, item in zip(bib, tags, items, strict=True):
        assert (pairs[0][0], pairs[1], pairs[-1]) == ("TY", ("ID", key), ("ER", ""))
        assert item["id"] == key
        title = shown(item.get("title", ""))
        assert shown(from_tex(fields.get("title", "{}"))[1:-1]) == title
        assert shown(dict(pairs)["TI"]) == title
    notes = "".join(shown(from_tex(fields.get("note", ""))) for _, fields in bib)
    of_ris = "".join(shown(value) for pairs in tags for tag, value in pairs if tag == "N1")
    of_csl = "".join(shown(item.get("note", "")) for item in items)
    for quote in quotes:
        assert f"“{quote}”" in notes
        assert f"“{quote}”" in of_ris
        assert f"“{quote}”" in of_csl
