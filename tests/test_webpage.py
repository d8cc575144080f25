"""HTML to blocks: what people see of a page, and nothing else."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace

import pytest
from document_checks import check, pairs, places, read
from hypothesis import given
from hypothesis import strategies as st
from strategies import THOROUGH, mixed_text

from assistant.documents import DEFAULT_OPTIONS
from assistant.documents.webpage import read_markup
from assistant.errors import EmptyDocument, UnreadableDocument

ARTICLE = """<!DOCTYPE html>
<html lang="ar" dir="rtl"><head><meta charset="utf-8">
<title>افتتاح سد الوادي - وكالة النيل</title>
<meta name="author" content="هدى المنصوري">
<meta property="article:published_time" content="2024-03-05T08:00:00+02:00">
<style>p { color: red }</style><script>var p = "<p>لا يُقرأ</p>";</script></head>
<body>
<header><h2>وكالة النيل</h2><p>أخبار على مدار الساعة</p></header>
<nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/a">سياسة</a></li></ul></nav>
<main><article>
<h1>افتتاح سد الوادي</h1>
<p>افتتح وزير الموارد <b>المائية</b> سد الوادي.<br>وقال إن ارتفاعه 90 مترا.</p>
<p style="display:none">نص مخفي</p><p hidden>مخفي أيضا</p><div aria-hidden="true">مخفي</div>
<h2>أرقام السد</h2>
<ul><li>يروي ثلاثين ألف هكتار.</li><li>كلفته <span dir="ltr">2.5 billion</span> دينار.
<ol><li>دفعة أولى</li><li>دفعة ثانية</li></ol></li></ul>
<table><caption>الإنتاج</caption>
<tr><th>السنة</th><th>الكمية</th></tr><tr><td>2022</td><td>410</td></tr>
<tr><td>2023</td><td>455</td></tr></table>
<figure><img src="a.png" alt="السد"><figcaption>السد من الجو</figcaption></figure>
</article></main>
<footer>جميع الحقوق محفوظة</footer></body></html>"""


def of(markup):
    return pairs(read(".html", markup.encode()))


def test_webpage_article_is_its_main_text():
    # Header, navigation, footer, script, style and hidden elements are no part of it.
    assert of(ARTICLE) == [
        ("heading", "افتتاح سد الوادي"),
        ("paragraph", "افتتح وزير الموارد المائية سد الوادي.\nوقال إن ارتفاعه 90 مترا."),
        ("heading", "أرقام السد"),
        ("item", "يروي ثلاثين ألف هكتار."),
        ("item", "كلفته 2.5 billion دينار."),
        ("item", "دفعة أولى"),
        ("item", "دفعة ثانية"),
        ("caption", "الإنتاج"),
        ("row", "السنة: 2022\u061b الكمية: 410"),
        ("row", "السنة: 2023\u061b الكمية: 455"),
        ("caption", "السد من الجو"),
    ]


def test_webpage_says_of_itself():
    extracted = read(".html", ARTICLE.encode())
    assert extracted.title == "افتتاح سد الوادي"
    assert extracted.date == dt.date(2024, 3, 5)
    assert extracted.metadata == {"author": "هدى المنصوري", "lang": "ar", "dir": "rtl"}


def test_webpage_place_is_the_heading_above():
    found = places(
        read(".html", b"<p>Before.</p><h1>One</h1><p>First.</p><h2>Two</h2><p>Second.</p>")
    )
    assert found == [
        ("", "Before."),
        ("One", "One"),
        ("One", "First."),
        ("Two", "Two"),
        ("Two", "Second."),
    ]


def test_webpage_bullets_and_numbers_stand_in_the_text_and_in_no_block():
    extracted = read(".html", b"<ul><li>one<li>two</ul><ol><li>first<li>second<p>more</ol>")
    assert extracted.text == "\u2022 one\n\u2022 two\n1. first\n2. second\nmore"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param("<p>One<p>Two", [("paragraph", "One"), ("paragraph", "Two")], id="open-p"),
        pytest.param("<p><b>One</p>Two", [("paragraph", "One"), ("paragraph", "Two")], id="open-b"),
        pytest.param(
            "One<div>Two</div>Three", [("paragraph", w) for w in ("One", "Two", "Three")], id="bare"
        ),
        pytest.param(
            "a &lt; b &amp; c &#1587;&nbsp;d", [("paragraph", "a < b & c س\u00a0d")], id="entities"
        ),
        pytest.param("a < b and c <3", [("paragraph", "a < b and c <3")], id="lone-less-than"),
        pytest.param("One <!-- <p>no</p> --> two", [("paragraph", "One two")], id="comment"),
        pytest.param("One<!-- never closed", [("paragraph", "One")], id="open-comment"),
        pytest.param("<p title='a > b'>One", [("paragraph", "One")], id="greater-in-attribute"),
        pytest.param('<p title="a>One', [("paragraph", "One")], id="open-quote"),
        pytest.param("<P>One</P><SCRIPT>no</SCRIPT>", [("paragraph", "One")], id="capitals"),
        pytest.param("One<script>no", [("paragraph", "One")], id="open-script"),
        pytest.param("<p>two\n  lines</p>", [("paragraph", "two lines")], id="white-space"),
        pytest.param(
            "<pre>line one.\nline two.</pre>", [("paragraph", "line one.\nline two.")], id="pre"
        ),
        pytest.param("<pre><code>x = 1</code></pre>", [("boilerplate", "x = 1")], id="code"),
        pytest.param(
            "<dl><dt>Capital<dd>Algiers<dt>Area</dl>",
            [("row", "Capital: Algiers"), ("paragraph", "Area")],
            id="terms",
        ),
        pytest.param("<blockquote>Said.</blockquote>", [("paragraph", "Said.")], id="quote"),
        pytest.param(
            "<p>One</p><noscript>no</noscript><template>no</template>",
            [("paragraph", "One")],
            id="unseen",
        ),
        pytest.param(
            "<select><option>no</select><button>no</button><p>One",
            [("paragraph", "One")],
            id="controls",
        ),
        pytest.param("<form><p>One</p></form>", [("paragraph", "One")], id="page-in-a-form"),
        pytest.param("<p>H<sub>2</sub>O</p>", [("paragraph", "H2O")], id="inline"),
        pytest.param("<ruby>漢<rp>(</rp><rt>kan</rt></ruby>", [("paragraph", "漢")], id="ruby"),
        pytest.param(
            "<aside>Also read this</aside><p>One",
            [("boilerplate", "Also read this"), ("paragraph", "One")],
            id="aside",
        ),
        pytest.param("<svg><title>no</title></svg><p>One", [("paragraph", "One")], id="drawing"),
        pytest.param(
            "<p>5 March 2024</p><p>One.",
            [("dateline", "5 March 2024"), ("paragraph", "One.")],
            id="dateline",
        ),
    ],
)
def test_webpage_markup(markup, expected):
    assert of(markup) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # Two columns without headers are names and values.
        ("<tr><td>Name<td>Nora<tr><td>Age<td>30", ["Name: Nora", "Age: 30"]),
        ("<tr><th>Name<td>Nora<tr><th>Age<td>30", ["Name: Nora", "Age: 30"]),
        # The corner is empty: a row's name stands alone.
        ("<tr><th><th>2022<th>2023<tr><td>Rain<td>5<td>6", ["Rain; 2022: 5; 2023: 6"]),
        # A cell over two rows stands in both, one over two columns once.
        (
            "<tr><th>City<th>Year<th>Rain<tr><td rowspan=2>Oran<td>2022<td>5<tr><td>2023<td>6",
            ["City: Oran; Year: 2022; Rain: 5", "City: Oran; Year: 2023; Rain: 6"],
        ),
        (
            "<tr><th>City<th>Year<th>Rain<tr><td colspan=2>Total<td>11",
            ["City: Total; Rain: 11"],
        ),
        # Three columns: the first row names them, as it looks.
        (
            "<tr><td>City<td>Year<td>Rain<tr><td>Oran<td>2022<td>5",
            ["City: Oran; Year: 2022; Rain: 5"],
        ),
        ("<tr><td>Oran<td>2022<td>5<tr><td>Fez<td>2022<td>7", ["Oran; 2022; 5", "Fez; 2022; 7"]),
    ],
)
def test_webpage_table_rows(rows, expected):
    assert of(f"<table>{rows}</table>") == [("row", words) for words in expected]


def test_webpage_table_that_only_arranges_is_its_blocks():
    markup = "<table><tr><td><h1>News</h1><p>It rained.</p><td><ul><li>One</ul></table>"
    assert of(markup) == [("heading", "News"), ("paragraph", "It rained."), ("item", "One")]


def test_webpage_run_of_links_is_a_menu():
    links = "".join(f"<li><a href='{n}'>Link {n}</a>" for n in range(3))
    assert of(f"<ul>{links}</ul><ul><li><a href='x'>Alone</a></ul>")[:3] == [
        ("boilerplate", f"Link {n}") for n in range(3)
    ]
    assert of(f"<ul><li>See <a href='x'>this</a>{links[:25]}</ul>")[0] == ("item", "See this")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("<meta charset=windows-1256><p>بلغ ارتفاع السد".encode("cp1256"), "بلغ ارتفاع السد"),
        ("<?xml version='1.0' encoding='iso-8859-6'?><p>بلغ".encode("iso8859_6"), "بلغ"),
        # What is UTF-8 is, whatever the page says.
        ("<meta charset=windows-1256><p>بلغ ارتفاع السد".encode(), "بلغ ارتفاع السد"),
        ("<p>بلغ ارتفاع السد".encode("utf-16"), "بلغ ارتفاع السد"),
        (
            "<meta charset=no-such-code><p>بلغ ارتفاع السد تسعين مترا".encode("cp1256"),
            "بلغ ارتفاع السد تسعين مترا",
        ),
    ],
    ids=["meta", "xml", "utf-8", "utf-16", "unknown"],
)
def test_webpage_encodings(data, words):
    assert read(".html", data).text == words


def test_webpage_in_xhtml_any_tag_may_end_itself():
    markup = "<html><body><p/><a id='x'/><script src='a'/><title/><p>One</p></body></html>"
    assert read_markup(markup, "a", DEFAULT_OPTIONS, is_xhtml=True).text == "One"


def test_webpage_without_words_is_empty():
    with pytest.raises(EmptyDocument):
        read(".html", b"<html><body><script>var a;</script><img src=a></body></html>")


def test_webpage_beyond_the_limit_of_characters():
    options = replace(DEFAULT_OPTIONS, max_characters=10)
    with pytest.raises(UnreadableDocument, match="SANAD_MAX_DOCUMENT_CHARACTERS"):
        read(".html", b"<p>More than ten characters.</p>", options)


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 100_000 + "deep" + "</div>" * 100_000 + "<p>after",
        "<b>" * 100_000 + "deep<p>after",
        "<a '" * 100_000 + "<p>deep<p>after",
        "<a \"<a '" * 50_000 + "><p>deep<p>after",
        "<!--" * 100_000 + "--><p>deep<p>after",
        "<table><tr><td>" * 20_000 + "deep<p>after",
        "<ul><li>" * 50_000 + "deep<p>after",
        "&" * 200_000 + "<p>deep<p>after",
        "<" * 200_000 + "<p>deep<p>after",
        "<![CDATA[" * 50_000 + "]]><p>deep<p>after",
    ],
    ids=[
        "div",
        "b",
        "quotes",
        "both-quotes",
        "comments",
        "tables",
        "lists",
        "ampersands",
        "less",
        "cdata",
    ],
)
def test_webpage_made_to_hang_is_read_in_time(markup):
    started = time.monotonic()
    extracted = read_markup(markup, "a", DEFAULT_OPTIONS)
    assert time.monotonic() - started < 20
    assert "deep" in extracted.text
    assert extracted.text.endswith("after")


@THOROUGH
@given(st.lists(mixed_text(15), min_size=1, max_size=6))
def test_webpage_escaped_paragraphs_come_back(texts):
    import html

    words = [" ".join(text.replace("\x00", "").split()) for text in texts]
    markup = "".join(f"<p>{html.escape(text)}</p>" for text in words)
    extracted = read_markup(markup, "a", DEFAULT_OPTIONS)
    check(extracted)
    assert extracted.text.split() == " ".join(words).split()


@THOROUGH
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    "<p>",
                    "</p>",
                    "<li>",
                    "<ul>",
                    "</ul>",
                    "<td>",
                    "<table>",
                    "</table>",
                    "<tr>",
                    "<h1>",
                    "</h1>",
                    "<div hidden>",
                    "</div>",
                    "<dt>",
                    "<dd>",
                    "<dl>",
                    "<a>",
                    "</a>",
                    "<pre>",
                    "<br>",
                    "<title>",
                    "<th rowspan=3>",
                ]
            ),
            mixed_text(4),
        ),
        max_size=40,
    ).map("".join)
)
def test_webpage_of_any_tags_keeps_the_rules(markup):
    check(read_markup(markup, "a", DEFAULT_OPTIONS))
