"""What can be done with questions and answers, in a real browser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.schema import Document, Rating
from assistant.strings import say
from assistant.web.markup.copied import cited_text

pytestmark = pytest.mark.browser

CONTRACT = "Who signed the contract for the desalination plant?"
CHAIR = "من ترأس الدورة الأولى من المشاورات؟"
OVERFLOW = "document.documentElement.scrollWidth - innerWidth"
LOCALES = pytest.mark.parametrize("locale", ["ar", "en-US"])
LEFTS = "all => all.map(e => e.getBoundingClientRect().left)"


def conversation_of(here, assistant):
    shown = here.page.locator("#sanad-live .messages")
    return assistant.conversation(shown.get_attribute("data-conversation"))


@LOCALES
@pytest.mark.parametrize("width", [1280, 360])
def test_buttons_stand_in_reading_order_inside_the_screen(visit, locale, width):
    here = visit(locale, width=width, height=740)
    here.ask(CONTRACT if locale == "ar" else CHAIR)
    rows = {"question": ["edit", "again"], "answer": ["copy", "copy-cited", "good", "bad"]}
    for row, names in rows.items():
        shown = here.page.locator(f".acts.of-{row} .act:visible")
        labels = shown.evaluate_all("all => all.map(e => e.getAttribute('aria-label'))")
        assert labels == [say(f"act.{n.replace('-', '_')}", locale[:2]) for n in names]
        lefts = shown.evaluate_all(LEFTS)
        assert lefts == sorted(lefts, reverse=locale == "ar")
        heights = shown.evaluate_all("all => all.map(e => e.getBoundingClientRect().height)")
        assert min(heights) >= 24
        assert min(lefts) >= 0
    assert here.page.evaluate(OVERFLOW) <= 0


def test_question_is_changed_and_asked_again(visit):
    here = visit("en-US")
    here.ask(CONTRACT)
    here.page.click(".acts.of-question .edit")
    field = here.page.locator("#sanad-question textarea")
    assert field.input_value() == CONTRACT
    assert field.evaluate("e => e === document.activeElement")
    field.fill("A draft")
    here.page.click(".acts.of-question .again")
    here.page.wait_for_function(
        """() => document.querySelectorAll(".message.user").length === 2
          && document.querySelectorAll(".message .engine").length === 2"""
    )
    asked = here.page.locator(".message.user").all_inner_texts()
    assert asked == [CONTRACT, CONTRACT]
    assert field.input_value() == "A draft"


@LOCALES
def test_answer_is_copied_as_text_and_as_html(visit, assistant, locale):
    here = visit(locale)
    here.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    here.ask(CONTRACT)
    (turn,) = conversation_of(here, assistant).turns
    read = """async () => {
        const [held] = await navigator.clipboard.read();
        const all = {};
        for (const type of held.types) all[type] = await (await held.getType(type)).text();
        return all;
    }"""
    here.page.click(".acts .copy")
    told = here.page.locator("#sanad-acts .told")
    assert told.inner_text() == say("act.copied", locale[:2])
    assert here.page.evaluate(read) == {"text/plain": turn.answer.text}
    here.page.click(".acts .copy-cited")
    held = here.page.evaluate(read)
    assert held["text/plain"] == cited_text(turn.answer, locale[:2])
    assert turn.answer.citations[0].cited_text in held["text/plain"]
    assert "<cite>" in held["text/html"]
    assert turn.answer.citations[0].document_title in held["text/html"]


@LOCALES
def test_rating_is_kept_with_its_reason(visit, assistant, locale):
    here = visit(locale, width=390)
    language = locale[:2]
    here.ask(CONTRACT)
    kept = conversation_of(here, assistant)
    here.page.locator(".acts .bad").focus()
    here.page.keyboard.press("Enter")
    dialog = here.page.locator("dialog.reasons")
    dialog.wait_for()
    left, right = dialog.evaluate(
        "e => { const b = e.getBoundingClientRect(); return [b.left, b.right]; }"
    )
    assert 0 <= left < right <= 390
    assert dialog.evaluate("e => getComputedStyle(e).direction") == (
        "rtl" if language == "ar" else "ltr"
    )
    assert here.page.locator("dialog.reasons fieldset:visible").count() == 1
    dialog.get_by_text(say("rate.bad.wrong", language)).click()
    dialog.locator("textarea").fill("رقم العقد ناقص")
    dialog.locator(".send").click()
    assert here.page.locator(".acts .bad").evaluate("e => e === document.activeElement")
    reason = f"{say('rate.bad.wrong', language)}{say('answer.semicolon', language)}رقم العقد ناقص"
    for _ in range(100):
        if kept.turns[0].rating == Rating(False, reason):
            break
        here.page.wait_for_timeout(100)
    assert kept.turns[0].rating == Rating(good=False, reason=reason)
    # It stays where the message is written anew, and when the page is loaded anew.
    here.ask(CHAIR)
    assert here.page.locator(".acts .bad").first.get_attribute("aria-pressed") == "true"
    here.page.reload()
    here.page.wait_for_selector(".message .engine")
    pressed = here.page.locator(".acts :is(.good, .bad)").evaluate_all(
        "all => all.map(e => e.getAttribute('aria-pressed'))"
    )
    assert pressed == ["false", "true", "false", "false"]
    here.page.locator(".acts .why").first.click()
    assert dialog.locator("input:checked").count() == 1
    assert dialog.locator("textarea").input_value() == "رقم العقد ناقص"
    here.page.keyboard.press("Escape")
    here.page.locator(".acts .bad").first.click()
    for _ in range(100):
        if kept.turns[0].rating is None:
            break
        here.page.wait_for_timeout(100)
    assert kept.turns[0].rating is None


@LOCALES
def test_conversation_is_exported_from_the_page(visit, assistant, locale):
    here = visit(locale, width=360, height=740)
    assert not here.page.locator(".export").is_visible()
    here.ask(CONTRACT)
    here.page.locator(".export summary").focus()
    here.page.keyboard.press("Enter")
    links = here.page.locator(".export a")
    names = [say(f"page.export.{form}", locale[:2]) for form in ("md", "html", "json")]
    assert links.all_inner_texts() == names
    for side in ("left", "right"):
        edges = links.evaluate_all(f"all => all.map(e => e.getBoundingClientRect().{side})")
        assert all(0 <= edge <= 360 for edge in edges)
    assert here.page.evaluate(OVERFLOW) <= 0
    with here.page.expect_download() as download:
        links.nth(2).click()
    assert download.value.suggested_filename.endswith(".json")
    held = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert held["turns"][0]["question"] == CONTRACT
    assert not here.page.locator(".export ul").is_visible()


@LOCALES
def test_marker_shows_that_its_document_has_changed(visit, assistant, locale):
    language = locale[:2]
    source = f"pier-{language}.txt"
    text = f"The pier of Qalamun was painted blue by Hana Sabri in the year of {source}."
    assistant.add(Document(title="Pier", source=source, text=text))
    conversation = assistant.conversation()
    conversation.ask(f"Who painted the pier of Qalamun in the year of {source}?")
    (citation,) = conversation.turns[0].answer.citations
    assistant.remove(citation.document_id)
    here = visit(locale, width=360, height=740)
    here.page.goto(f"{here.own}?c={conversation.id}")
    here.page.wait_for_selector(".message .engine")
    marker = here.page.locator("button.cite")
    told = say("conversation.gone", language)
    assert told in marker.get_attribute("title")
    assert told in marker.get_attribute("aria-label")
    assert marker.inner_text() == "[1]"
    assert here.page.locator("p.since").inner_text() == f"[1] {told}"
    signs = "e => [getComputedStyle(e).borderTopStyle, getComputedStyle(e, '::after').content]"
    border, content = marker.evaluate(signs)
    assert border == "dashed"
    assert content.startswith('"\u00d7"')
    assert here.page.evaluate(OVERFLOW) <= 0
    # The words are there still.
    assert here.open(marker) == citation.cited_text
    assistant.delete_conversation(conversation.id)


@LOCALES
def test_long_conversation_shows_its_end_and_earlier_turns_on_demand(visit, assistant, locale):
    conversation = assistant.conversation()
    for number in range(1, 46):
        conversation.stream(f"Question {number}?").close()
    here = visit(locale)
    here.page.goto(f"{here.own}?c={conversation.id}")
    here.page.wait_for_selector(".message.user")
    asked = here.page.locator(".message.user")
    assert asked.all_inner_texts() == [f"Question {n}?" for n in range(16, 46)]
    button = here.page.locator("button.earlier")
    assert button.inner_text() == say("page.earlier", locale[:2], {"count": 15})
    button.scroll_into_view_if_needed()
    first = asked.first
    before = first.bounding_box()["y"]
    button.click()
    here.page.wait_for_function("() => document.querySelectorAll('.message.user').length === 45")
    assert asked.first.inner_text() == "Question 1?"
    # What was read stays where it is.
    here.page.wait_for_timeout(300)
    assert abs(asked.nth(15).bounding_box()["y"] - before) < 80
    assert button.count() == 0
    # A further question pushes the first one out.
    here.send(CONTRACT)
    here.page.wait_for_selector("#sanad-live .message .engine")
    assert asked.count() == 45
    assert asked.first.inner_text() == "Question 2?"
    assert asked.last.inner_text() == CONTRACT
    assistant.delete_conversation(conversation.id)


@LOCALES
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_refusal_looks_different_from_an_answer(visit, locale, scheme):
    here = visit(locale, scheme=scheme)
    here.ask(CONTRACT)
    here.ask("What is the capital of Peru?")
    looks = here.page.locator(".message.assistant").evaluate_all(
        """all => all.map(e => {
            const style = getComputedStyle(e);
            return [style.borderTopStyle, style.backgroundColor];
        })"""
    )
    assert [border for border, _ in looks] == ["solid", "dashed"]
    assert looks[0][1] != looks[1][1]
