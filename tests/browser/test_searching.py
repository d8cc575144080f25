"""Searching, and what can be done with a sentence in the source panel, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.schema import cite
from assistant.strings import say

pytestmark = pytest.mark.browser

CONTRACT = "Who signed the contract for the desalination plant?"
STORY = Path(__file__).parents[1] / "pdf" / "story-chromium.pdf"
WIDTHS = [1280, 360]


def search(here, words: str, kind: str = "passage") -> object:
    here.page.click('button[data-view="search"]')
    here.page.fill("form.search input[type=search]", words)
    here.page.check(f'input[name="kind"][value="{kind}"]', force=True)
    here.page.press("form.search input[type=search]", "Enter")
    here.page.wait_for_selector(".found .hit")
    return here.page.locator(".found .hit")


def inside(here, inner: str, outer: str) -> bool:
    return here.page.evaluate(
        """([inner, outer]) => {
            const b = document.querySelector(outer).getBoundingClientRect();
            return Array.from(document.querySelectorAll(inner)).every((e) => {
                const a = e.getBoundingClientRect();
                return a.width > 0 && a.left >= b.left - 1 && a.right <= b.right + 1;
            });
        }""",
        [inner, outer],
    )


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("locale", "runs"), [("ar", "rtl"), ("en-US", "ltr")])
def test_hits_stand_inside_the_page_each_in_its_direction(visit, locale, runs, width):
    here = visit(locale, width=width)
    hits = search(here, "desalination plant")
    assert here.direction("form.search") == runs
    assert here.direction("#sanad-found .found") == runs
    assert here.direction("#sanad-found .found li:first-child .words") == "ltr"
    assert "desalination" in hits.first.locator("mark").all_text_contents()
    assert inside(here, ".found .hit, form.search input[type=search]", "#sanad-search")
    assert here.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_hit_opens_its_document_and_the_next_one_follows(visit):
    here = visit("en-US")
    hits = search(here, "pumping station inspected", "sentence")
    hits.first.locator(".cite").click()
    here.page.wait_for_selector("mark.focus")
    first = here.page.locator("mark.focus").inner_text()
    assert hits.first.locator(".itself").inner_text() == first
    assert here.page.locator(".walk .where-in").inner_text() == f"1 / {hits.count()}"
    assert here.page.locator('[data-step="-1"]').is_disabled()
    here.page.click('[data-step="1"]')
    here.page.wait_for_function(
        "(words) => document.querySelector('mark.focus')?.innerText !== words", arg=first
    )
    assert (
        here.page.locator("mark.focus").inner_text() == hits.nth(1).locator(".itself").inner_text()
    )
    assert hits.nth(1).locator(".cite").get_attribute("aria-current") == "true"


@pytest.mark.parametrize("locale", ["ar", "en-US"])
def test_all_mentions_are_counted(visit, assistant, locale):
    here = visit(locale)
    hits = search(here, "Casablanca", "mentions")
    found = assistant.mentions("Casablanca")
    counts = {"total": found.total, "sentences": found.sentences, "documents": found.documents}
    told = here.page.locator(".found .counts").inner_text()
    assert told == say("search.mentions", locale[:2], counts)
    assert hits.count() == found.sentences
    assert here.page.locator(".found .form").all_inner_texts() == [f.written for f in found.forms]


@pytest.mark.parametrize("locale", ["ar", "en-US"])
def test_sentence_is_copied_as_a_footnote_and_its_link_opens_it(visit, assistant, locale):
    here = visit(locale)
    here.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    here.open(here.ask(CONTRACT).locator("button.cite").first)
    here.page.click("#sanad-source .tools summary")
    here.page.click(f"text={say('source.cite.footnote', locale[:2])}")
    here.page.get_by_text(say("source.copied", locale[:2])).wait_for()
    citation = assistant.ask(CONTRACT).citations[0]
    document = assistant.document(citation.document_id)
    expected = cite([citation], [document], "footnote", locale[:2])
    assert here.page.evaluate("navigator.clipboard.readText()").strip() == expected.strip()
    here.page.click(".copy-link")
    here.page.wait_for_function(
        "async () => (await navigator.clipboard.readText()).startsWith(location.origin)"
    )
    here.page.goto(here.page.evaluate("navigator.clipboard.readText()"))
    here.page.wait_for_selector("mark.focus")
    assert here.page.locator("mark.focus").inner_text() == citation.cited_text


def test_page_to_be_printed_marks_the_sentence(visit, assistant):
    here = visit("ar")
    here.open(here.ask(CONTRACT).locator("button.cite").first)
    here.page.goto(here.own.rstrip("/") + here.page.locator("a.print").get_attribute("href"))
    assert here.page.locator("mark").inner_text() == assistant.ask(CONTRACT).citations[0].cited_text
    assert here.direction("html") == "rtl"


@pytest.mark.parametrize("locale", ["ar", "en-US"])
def test_page_of_a_pdf_stands_beside_its_text_with_the_sentence_boxed(
    visit, assistant, tmp_path, locale
):
    path = tmp_path / "story.pdf"
    path.write_bytes(STORY.read_bytes())
    assistant.add(path)
    document = next(d for d in assistant.documents() if d.source == str(path))
    try:
        here = visit(locale)
        title = next(d for d in assistant.documents() if d.source == str(path)).title
        text = assistant.document(
            next(d.id for d in assistant.documents() if d.title == title)
        ).text
        hits = search(here, text[200:330], "sentence")
        hits.locator(".cite", has_text=title).first.click()
        box = here.page.locator("figure.page svg rect").first
        box.wait_for(timeout=90_000)
        seen = box.bounding_box()
        figure = here.page.locator("figure.page").bounding_box()
        assert figure["y"] <= seen["y"]
        assert seen["y"] + seen["height"] <= figure["y"] + figure["height"]
        assert here.page.locator("mark.focus").count() >= 1
    finally:
        assistant.remove(document.id, purge=True)
