"""OpenDocument texts to blocks."""

from __future__ import annotations

import datetime as dt

import pytest
from document_checks import archive, pairs, places, read

from assistant.errors import EmptyDocument, UnreadableDocument

NAMES = " ".join(f'xmlns:{name}="urn:{name}"' for name in ("o", "t", "s", "b", "d", "m"))
STYLES = f"""<o:styles {NAMES}>
<s:style s:name="Heading_20_1" s:parent-style-name="Heading"/>
<s:style s:name="Caption"/><s:style s:name="Table" s:parent-style-name="Caption"/>
<s:style s:name="Mine" s:default-outline-level="2"/>
<t:list-style s:name="Numbers">
<t:list-level-style-number t:level="1" s:num-format="1" t:start-value="3"/>
<t:list-level-style-bullet t:level="2"/></t:list-style></o:styles>"""
AUTOMATIC = """<o:automatic-styles>
<s:style s:name="P1" s:parent-style-name="Title"/><s:style s:name="P2" s:parent-style-name="Table"/>
<s:style s:name="P3" s:parent-style-name="P3"/>
<s:style s:name="T1"><s:text-properties t:display="none"/></s:style></o:automatic-styles>"""
META = f"""<o:document-meta {NAMES}><o:meta><d:title>تقرير السد</d:title>
<m:initial-creator>سلمى حداد</m:initial-creator><d:language>ar-DZ</d:language>
<m:creation-date>2023-05-02T10:00:00</m:creation-date><d:date>2024-01-01T10:00:00</d:date>
</o:meta></o:document-meta>"""


def odt(body, **parts):
    content = (
        f"<o:document-content {NAMES}>{AUTOMATIC}<o:body><o:text>{body}</o:text></o:body>"
        "</o:document-content>"
    )
    whole = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": content,
        "styles.xml": STYLES,
        "meta.xml": META,
    }
    return archive(whole | parts)


def of(body):
    return pairs(read(".odt", odt(body)))


def test_odt_is_read_in_order():
    body = """<t:sequence-decls><t:x>no</t:x></t:sequence-decls>
<t:tracked-changes>
<t:changed-region><t:deletion><t:p>Deleted.</t:p></t:deletion></t:changed-region></t:tracked-changes>
<t:h t:outline-level="1">تقرير السد</t:h>
<t:p>بلغ<t:s/>ارتفاع <t:span>السد</t:span><t:s t:c="2"/>90<t:change t:id="1"/> مترا.</t:p>
<t:list t:style-name="Numbers"><t:list-item><t:p>Third</t:p><t:p>More of it</t:p>
<t:list><t:list-item><t:p>Below</t:p></t:list-item></t:list></t:list-item>
<t:list-item><t:p>Fourth</t:p></t:list-item></t:list>
<b:table><b:table-header-rows><b:table-row><b:table-cell><t:p>السنة</t:p></b:table-cell>
<b:table-cell><t:p>المطر</t:p></b:table-cell></b:table-row></b:table-header-rows>
<b:table-row><b:table-cell><t:p>2022</t:p></b:table-cell><b:table-cell><t:p>410</t:p></b:table-cell>
</b:table-row></b:table>
<t:p t:style-name="P2">Table 1: rain</t:p>
<t:section t:display="none"><t:p>Hidden.</t:p></t:section>
<t:section><t:p>The end.</t:p></t:section>"""
    extracted = read(".odt", odt(body))
    assert pairs(extracted) == [
        ("heading", "تقرير السد"),
        ("paragraph", "بلغ ارتفاع السد  90 مترا."),
        ("item", "Third"),
        ("item", "More of it"),
        ("item", "Below"),
        ("item", "Fourth"),
        ("row", "السنة: 2022\u061b المطر: 410"),
        ("caption", "Table 1: rain"),
        ("paragraph", "The end."),
    ]
    assert "3. Third\nMore of it\n\u2022 Below\n4. Fourth" in extracted.text


def test_odt_says_of_itself():
    extracted = read(".odt", odt("<t:p>Words.</t:p>"))
    assert (extracted.title, extracted.date) == ("تقرير السد", dt.date(2023, 5, 2))
    assert extracted.metadata == {"author": "سلمى حداد", "lang": "ar-DZ"}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param('<t:p t:style-name="P1">One</t:p>', [("heading", "One")], id="title"),
        pytest.param(
            '<t:p t:style-name="Mine">One</t:p>', [("heading", "One")], id="outline-level"
        ),
        pytest.param(
            '<t:p t:style-name="P3">One.</t:p>', [("paragraph", "One.")], id="style-on-itself"
        ),
        pytest.param(
            '<t:p t:style-name="T1">One.</t:p><t:p>Two.</t:p>', [("paragraph", "Two.")], id="hidden"
        ),
        pytest.param(
            '<t:p>One<t:span t:style-name="T1"> no</t:span>.</t:p>',
            [("paragraph", "One.")],
            id="hidden-words",
        ),
        pytest.param(
            "<t:p>a<t:tab/>b<t:line-break/>c</t:p>", [("paragraph", "a\tb\nc")], id="signs"
        ),
        pytest.param(
            "<t:p>One<o:annotation><t:p>no</t:p></o:annotation>.</t:p>",
            [("paragraph", "One.")],
            id="comment",
        ),
        pytest.param(
            "<t:table-of-content><t:index-body><t:p>One 3</t:p></t:index-body></t:table-of-content>"
            "<t:p>Two.</t:p>",
            [("boilerplate", "One 3"), ("paragraph", "Two.")],
            id="contents",
        ),
        pytest.param(
            "<t:p>Around <d:frame><d:text-box><t:p>In it.</t:p></d:text-box></d:frame>"
            "the box.</t:p>",
            [("paragraph", "Around the box."), ("paragraph", "In it.")],
            id="text-box",
        ),
        pytest.param(
            "<t:list><t:list-item><t:h>One</t:h></t:list-item></t:list>",
            [("heading", "One")],
            id="numbered-heading",
        ),
        pytest.param(
            "<t:p>a<t:ruby><t:ruby-base>b</t:ruby-base><t:ruby-text>no</t:ruby-text>"
            "</t:ruby></t:p>",
            [("paragraph", "ab")],
            id="ruby",
        ),
    ],
)
def test_odt_paragraphs(body, expected):
    assert of(body) == expected


def cell(words, facts=""):
    return f"<b:table-cell {facts}><t:p>{words}</t:p></b:table-cell>"


def test_odt_merged_and_repeated_cells():
    down, across = 'b:number-rows-spanned="2"', 'b:number-columns-spanned="2"'
    repeated, covered = 'b:number-columns-repeated="2"', "<b:covered-table-cell/>"
    rows = [
        cell("City") + cell("Year") + cell("Rain"),
        cell("Oran", down) + cell("2022") + cell("5"),
        covered + cell("2023") + cell("6"),
        cell("Sum", across) + covered + cell("11"),
        cell("", repeated) + cell("none"),
    ]
    body = "".join(f"<b:table-row>{row}</b:table-row>" for row in rows)
    body = f"<b:table>{body}</b:table>"
    assert [words for _, words in of(body)] == [
        "City: Oran; Year: 2022; Rain: 5",
        "City: Oran; Year: 2023; Rain: 6",
        "City: Sum; Rain: 11",
        "Rain: none",
    ]


def test_odt_notes_are_marked_in_the_text_and_stand_at_its_end():
    body = (
        "<t:h>Dam</t:h><t:p>It is tall.<t:note><t:note-citation>1</t:note-citation><t:note-body>"
        "<t:p>تقرير الوزارة.</t:p></t:note-body></t:note> It is old.</t:p>"
    )
    assert places(read(".odt", odt(body))) == [
        ("Dam", "Dam"),
        ("Dam", "It is tall.[1] It is old."),
        ("footnote 1", "تقرير الوزارة."),
    ]


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"META-INF/manifest.xml": "<m><f><encryption-data/></f></m>"}, "password"),
        ({"content.xml": "<a/>"}, "body is missing"),
        ({"content.xml": ""}, "body is missing"),
        ({"content.xml": "<a>"}, "save it anew"),
    ],
    ids=["encrypted", "other", "no-content", "cut"],
)
def test_odt_that_is_damaged(parts, said):
    with pytest.raises(UnreadableDocument, match=said):
        read(".odt", odt("<t:p>Words.</t:p>", **parts))


def test_odt_without_words_is_empty():
    with pytest.raises(EmptyDocument):
        read(".odt", odt("<t:p/>"))
