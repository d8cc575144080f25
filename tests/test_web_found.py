"""What a search found, as HTML."""

from __future__ import annotations

import pytest
from page_html import ARABIC, CHAIR, ENGLISH, WATER, Reader, elements, hit, words

from assistant.schema import Context, Excerpt, Form, Mention, Mentions, Span
from assistant.strings import LANGUAGES, say
from assistant.web.markup import found, markers
from assistant.web.markup.found import KINDS, Shown

GROWTH = "Revenue grew by 8% in 2024."
NOTHING = Context("en", "v-en", None, (), ())


def excerpt(text: str, quote: str) -> Excerpt:
    start = text.index(quote)
    return Excerpt(quote, start, start + len(quote))


def shown(quote: str = GROWTH, marked: tuple[Span, ...] = (), context: Context = NOTHING) -> Shown:
    return Shown(hit(WATER, quote), marked, context)


def test_hit_names_its_document_and_opens_it_at_the_words():
    made = found.hits([shown()], "en", more=False)
    (button,) = elements(made, "button")
    assert button.text == WATER.title
    assert markers.decode(button.attributes["data-cite"]).fits(ENGLISH)
    assert WATER.title in button.attributes["aria-label"]


def test_words_that_were_sought_are_marked_and_nothing_is_lost():
    made = found.hits([shown(marked=(Span(0, 7), Span(22, 26)))], "en", more=False)
    assert [e.text for e in elements(made, "mark")] == ["Revenue", "2024"]
    assert elements(made, ".itself")[0].text == GROWTH


def test_markup_in_a_document_is_only_text():
    quote = ENGLISH[ENGLISH.index("<script>") :].strip()
    made = found.hits([shown(quote, (Span(0, 8),))], "en", more=False)
    assert elements(made, ".itself")[0].text == quote
    assert not [e for e in Reader(made).all[1:] if e.tag in ("script", "a", "img")]


def test_neighbours_stand_around_a_hit_each_in_its_direction():
    before = excerpt(ARABIC.text, CHAIR.cited_text)
    after = excerpt(ENGLISH, "Losses fell between 2019-01-15 and 2024-06-30.")
    context = Context("en", "v-en", excerpt(ENGLISH, "Annual report"), (before,), (after,))
    made = found.hits([shown(context=context)], "en", more=False)
    assert elements(made, ".above")[0].text == "Annual report"
    first, second = elements(made, ".around")
    assert (first.text, first.attributes["dir"], first.has("against")) == (before.text, "rtl", True)
    assert (second.text, second.attributes["dir"]) == (after.text, "ltr")
    told = elements(made, ".words")[0].text
    assert told.index(before.text) < told.index(GROWTH) < told.index(after.text)


@pytest.mark.parametrize("more", [True, False])
def test_more_is_offered_only_where_there_may_be_more(more):
    assert bool(elements(found.hits([shown()], "ar", more=more), ".more")) is more


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_found_is_said_in_words(language):
    assert words(found.hits([], language, more=False)) == say("search.nothing", language)
    none = Mentions("x", (), 0, 0, 0, ())
    assert words(found.mentions(none, language)) == say("search.mentions.none", language)


def test_mentions_are_counted_by_form_and_marked_in_their_sentence():
    start = ENGLISH.index(GROWTH)
    one = Mention(
        "en",
        "v-en",
        "Annual report",
        "a.txt",
        "page 3",
        GROWTH,
        start,
        start + len(GROWTH),
        (Span(start, start + 7),),
        after=excerpt(ENGLISH, "Losses fell between 2019-01-15 and 2024-06-30."),
    )
    forms = (Form("Revenue", 2, "same"), Form("الإيرادات", 1, "translation"))
    made = found.mentions(Mentions("revenue", forms, 3, 2, 1, (one,)), "en")
    counts = {"total": 3, "sentences": 2, "documents": 1}
    assert elements(made, ".counts")[0].text == say("search.mentions", "en", counts)
    assert [e.text for e in elements(made, ".form")] == ["Revenue", "الإيرادات"]
    assert [e.text for e in elements(made, ".often")] == ["2", "1"]
    assert [e.text for e in elements(made, "mark")] == ["Revenue"]
    assert elements(made, ".place")[0].text == "page 3"
    assert elements(made, ".more"), "one of two sentences is shown"


@pytest.mark.parametrize("language", LANGUAGES)
def test_form_offers_every_kind_and_names_every_box(language):
    made = found.form(language)
    kinds = [
        e.attributes["value"] for e in elements(made, "input") if e.attributes.get("name") == "kind"
    ]
    assert kinds == list(KINDS)
    labels = " ".join(e.text for e in elements(made, "label"))
    for name in ("search.document", "search.language", "search.after", "search.before"):
        assert say(name, language) in labels
    assert elements(made, "form")[0].attributes["dir"] == ("rtl" if language == "ar" else "ltr")
