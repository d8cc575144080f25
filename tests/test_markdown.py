"""Markdown to blocks over the untouched text."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.documents.markdown import read_markdown

ENDS = pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])


def pieces(text):
    """Return kind and words of each block, after a check that they are in order and inside."""
    extracted = read_markdown(text)
    assert extracted.text == text
    previous = 0
    for block in extracted.blocks:
        assert previous <= block.start < block.end <= len(text)
        previous = block.end
    return [(block.kind, text[block.start : block.end]) for block in extracted.blocks]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# Title", "Title"),
        ("###### Title", "Title"),
        ("## Title ##\n", "Title"),
        ("  #\tTitle \t#  \n", "Title"),
        ("# عنوان التقرير", "عنوان التقرير"),
        ("# C# and F#", "C# and F#"),
        ("# **Bold** words", "**Bold** words"),
        ("Title\n===", "Title"),
        ("Title\n---\n", "Title"),
        ("عنوان\n=====\n", "عنوان"),
        ("Two\nlines\n---", "Two\nlines"),
        ("> # Title", "Title"),
        ("> Title\n> ===", "Title"),
        ("- # Title", "Title"),
    ],
)
def test_markdown_headings(text, words):
    assert pieces(text) == [("heading", words)]


@pytest.mark.parametrize("text", ["#", "##\n", "# \n", "## ##\n"])
def test_markdown_empty_heading_is_no_block(text):
    assert pieces(text) == []
    assert read_markdown(text).title == ""


@pytest.mark.parametrize("line", ["#tag without blank", "\\# no heading", "####### seven"])
def test_markdown_lines_that_are_no_headings(line):
    assert pieces(line) == [("paragraph", line)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- one\n- two\n", ["one", "two"]),
        ("* one\n+ two\n", ["one", "two"]),
        ("1. واحد\n2) اثنان\n", ["واحد", "اثنان"]),
        ("- أول\n  - ثان\n    1. ثالث\n- رابع", ["أول", "ثان", "ثالث", "رابع"]),
        ("- [ ] to do\n- [x] done\n- [X] done", ["to do", "done", "done"]),
        ("- [link](x) here\n- [x]close", ["[link](x) here", "[x]close"]),
        ("- one\n\n  more of one\n- two", ["one", "more of one", "two"]),
        ("- one\ngoes on lazily\n", ["one\ngoes on lazily"]),
        ("- -5 degrees", ["-5 degrees"]),
        ("> - quoted", ["quoted"]),
        ("- > quoted", ["quoted"]),
        ("- - nested at once", ["nested at once"]),
        ("1. - nested at once", ["nested at once"]),
    ],
)
def test_markdown_items(text, words):
    assert pieces(text) == [("item", piece) for piece in words]


def test_markdown_deeply_nested_item_is_not_lost():
    text = "".join(f"{'  ' * depth}- level {depth}\n" for depth in range(15))
    assert [words for _, words in pieces(text)] == [f"level {depth}" for depth in range(15)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("One.\n\nTwo.", ["One.", "Two."], id="two"),
        pytest.param("One\ngoes on.", ["One\ngoes on."], id="wrapped"),
        pytest.param("   Indented.  \n", ["Indented."], id="space-around"),
        pytest.param("> Quoted.\n\n> > Twice.", ["Quoted.", "Twice."], id="quotes"),
        pytest.param("> Quoted\nlazily.", ["Quoted\nlazily."], id="lazy-quote"),
        pytest.param("One.\n\n***\n\nTwo.", ["One.", "Two."], id="rule"),
        pytest.param("One.\n\n[a]: http://b 'c'\n\nTwo.", ["One.", "Two."], id="link-target"),
        pytest.param("سطر أول\\\nسطر ثان", ["سطر أول\\\nسطر ثان"], id="hard-break"),
        pytest.param("\n\n\n", [], id="blank"),
        pytest.param("", [], id="empty"),
    ],
)
def test_markdown_paragraphs(text, expected):
    assert pieces(text) == [("paragraph", words) for words in expected]


def test_markdown_quoted_table_row_is_without_the_quote_mark():
    assert pieces("> | a |\n> |---|\n> | b |") == [("row", "| a |"), ("row", "| b |")]


def test_markdown_table_is_rows():
    text = "| الاسم | Age |\n|:--|--:|\n| خالد | 30 |\n| Ann |\n\nAfter."
    assert pieces(text) == [
        ("row", "| الاسم | Age |"),
        ("row", "| خالد | 30 |"),
        ("row", "| Ann |"),
        ("paragraph", "After."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "```py\nx = 1\n\n# no heading\n```",
        "~~~\nopen to the end",
        "<div>\nraw\n</div>",
        "<!-- a comment\n\n# no heading -->",
        "<script>\nx()\n</script>",
    ],
    ids=["fence", "open-fence", "html", "comment", "script"],
)
def test_markdown_code_and_html_are_boilerplate(text):
    assert pieces(f"{text}\n") == [("boilerplate", text)]


def test_markdown_indented_code_is_boilerplate():
    assert pieces("One.\n\n    code\n\nTwo.") == [
        ("paragraph", "One."),
        ("boilerplate", "code"),
        ("paragraph", "Two."),
    ]


def test_markdown_html_in_a_line_stays_text():
    assert pieces("<b>One</b> &amp; two") == [("paragraph", "<b>One</b> &amp; two")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("10 فبراير 2024", "dateline"),
        ("(الصورة: Getty)", "boilerplate"),
        ("*Photo: AFP*", "boilerplate"),
        ("![A ship](ship.png)", "caption"),
        ("![A ship](ship.png) in the harbour.", "paragraph"),
        ("In March 2024 it rained.", "paragraph"),
    ],
)
def test_markdown_kinds_of_lines(text, kind):
    assert pieces(f"{text}\n\nMore.") == [(kind, text), ("paragraph", "More.")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("**How long can I keep a book?**", "heading"),
        ("How long can I keep a book?", "heading"),
        ("**متى تفتح المكتبة؟**", "heading"),
        ("**Budget.**", "heading"),
        ("__Working hours__", "heading"),
        ("Budget.", "heading"),
        ("**The library is closed on Fridays.**", "paragraph"),
        ("**Note** the library is closed", "paragraph"),
        ("Working hours", "paragraph"),
        ("By Maria Lopez", "boilerplate"),
        ("*By Maria Lopez, 12/02/2024*", "dateline"),
        ("الخرطوم - وكالات", "boilerplate"),
    ],
)
def test_markdown_line_above_a_text(text, kind):
    below = "You can keep it for three weeks."
    assert pieces(f"{text}\n\n{below}") == [(kind, text), ("paragraph", below)]


@pytest.mark.parametrize("text", ["**Budget.**", "**Budget.**\n\n# Next", "- **Budget.**\n\nMore."])
def test_markdown_label_of_nothing_is_no_heading(text):
    assert pieces(text)[0] in (("paragraph", "**Budget.**"), ("item", "**Budget.**"))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Title\n\n# Other", "Title"),
        ("Words first.\n\n## عنوان", "عنوان"),
        ("# **Bold** `code` *and* __more__", "Bold code and more"),
        ("# snake_case names", "snake_case names"),
        ("No heading.", ""),
        ("Two\nlines\n===", "Two lines"),
        ("```\n# code\n```", ""),
        ("---\ntitle: From front\n---\n# Heading", "From front"),
        ("---\nauthor: Ann\n---\n# Heading", "Heading"),
        ("---\ntitle:\n---\n# Heading", "Heading"),
    ],
)
def test_markdown_title(text, title):
    assert read_markdown(text).title == title


@ENDS
@pytest.mark.parametrize("closing", ["---", "..."])
def test_markdown_front_matter(end, closing):
    front = end.join(
        ["---", 'title: "سند: a title"', "date: 2024-03-05", "Author: Ann", closing, ""]
    )
    text = f"{front}{end}# عنوان{end}{end}نص التقرير.{end}"
    found = read_markdown(text)
    assert found.title == "سند: a title"
    assert found.date == dt.date(2024, 3, 5)
    assert found.metadata == {"author": "Ann"}
    assert [(kind, words.strip()) for kind, words in pieces(text)] == [
        ("boilerplate", front.strip()),
        ("heading", "عنوان"),
        ("paragraph", "نص التقرير."),
    ]


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2024-03-05", dt.date(2024, 3, 5)),
        ("'2024-03-05'", dt.date(2024, 3, 5)),
        ("2024-03-05T10:00:00Z", dt.date(2024, 3, 5)),
        ("2024-02-31", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_markdown_front_matter_date(value, date):
    assert read_markdown(f"---\ndate: {value}\n---\nText.").date == date


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nAn introduction.\n\n---\n\nMore.",
        "---\n\nAn introduction.\n\nSection\n---\n\nMore.",
        "---\nAn introduction.\n\nMore.",
        "Words.\n\n---\ntitle: x\n---\nMore.",
    ],
    ids=["rules", "rule-and-heading", "never-closed", "not-at-the-start"],
)
def test_markdown_rules_are_no_front_matter(text):
    found = pieces(text)
    assert "boilerplate" not in [kind for kind, _ in found]
    assert found[-1][1].endswith("More.")


@ENDS
def test_markdown_line_ends(end):
    lines = ["# عنوان", "", "فقرة أولى", "لها سطران.", "", "- بند", "- [x] بند آخر", ""]
    lines += ["فرعي", "---", "", "> اقتباس", "", "| a |", "|---|", "| b |", ""]
    assert pieces(end.join(lines)) == [
        ("heading", "عنوان"),
        ("paragraph", f"فقرة أولى{end}لها سطران."),
        ("item", "بند"),
        ("item", "بند آخر"),
        ("heading", "فرعي"),
        ("paragraph", "اقتباس"),
        ("row", "| a |"),
        ("row", "| b |"),
    ]


@pytest.mark.parametrize("other", ["\u2028", "\x85", "\f", "\v", "\x1c"])
def test_markdown_other_separators_shift_nothing(other):
    assert pieces(f"a{other}b\n\n# c{other}d\n\n- e\n") == [
        ("paragraph", f"a{other}b"),
        ("heading", f"c{other}d"),
        ("item", "e"),
    ]


MARKS = (
    *("# ", "## ", "- ", "* ", "1. ", "2) ", "> ", "```", "~~~", "---", "===", "***", "|", "|---|"),
    *("\n", "\n\n", "\r\n", "\r", "\f", "\t", "    ", "  ", " ", "[x] ", "![a](b)", "\\", "`", "*"),
    *("<div>", "</div>", "<!--", "-->", "title: x", "&amp;", "\u200f", "\u2028", "\ufeff", "."),
    *("كلمة", "word", "10 فبراير 2024", "(الصورة: Getty)"),
)
MARKDOWN = st.lists(st.sampled_from(MARKS), max_size=30).map("".join)


@settings(max_examples=400, deadline=None)
@given(MARKDOWN | st.text())
def test_markdown_any_text_gives_ordered_blocks_that_lose_no_word(text):
    found = [words for _, words in pieces(text)]
    if "[" not in text.replace("[x] ", "").replace("![a](b)", ""):
        for word in ("كلمة", "word"):
            assert sum(words.count(word) for words in found) == text.count(word)


@settings(max_examples=200, deadline=None)
@given(MARKDOWN)
def test_markdown_line_ends_change_no_block(text):
    text = text.replace("\r", "")
    plain = pieces(text)
    windows = pieces(text.replace("\n", "\r\n"))
    assert [(kind, words.replace("\r\n", "\n")) for kind, words in windows] == plain
    assert read_markdown(text.replace("\n", "\r\n")).title.replace("\r", "") == (
        read_markdown(text).title
    )


def test_place_is_the_heading_above():
    text = (
        "---\ntitle: Report\n---\n\nBefore any heading.\n\n"
        "# The **harbour** of `Wahran`\n\nRebuilt.\n\n"
        "- an item\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
        "## الجسر الكبير\n\nافتتح سنة 1974.\n\n```\ncode\n```\n\n> quoted\n\n"
        "School\n======\n\nBuilt.\n"
    )
    extracted = read_markdown(text)
    assert [(block.place, text[block.start : block.end]) for block in extracted.blocks] == [
        ("", "---\ntitle: Report\n---\n"),
        ("", "Before any heading."),
        ("The harbour of Wahran", "The **harbour** of `Wahran`"),
        ("The harbour of Wahran", "Rebuilt."),
        ("The harbour of Wahran", "an item"),
        ("The harbour of Wahran", "| a | b |"),
        ("The harbour of Wahran", "| 1 | 2 |"),
        ("الجسر الكبير", "الجسر الكبير"),
        ("الجسر الكبير", "افتتح سنة 1974."),
        ("الجسر الكبير", "```\ncode\n```"),
        ("الجسر الكبير", "quoted"),
        ("School", "School"),
        ("School", "Built."),
    ]


def test_place_is_no_longer_than_a_place_is_and_on_one_line():
    text = "Two\nlines of a heading that goes on and on, " + "word " * 40 + "\n---\n\nWords.\n"
    block = read_markdown(text).blocks[-1]
    assert text[block.start : block.end] == "Words."
    assert block.place.startswith("Two lines of a heading that goes on and on, word")
    assert block.place.endswith(" \u2026")
    assert len(block.place) <= 82


def test_place_without_a_heading_is_empty():
    assert [block.place for block in read_markdown("One.\n\nTwo.\n").blocks] == ["", ""]
