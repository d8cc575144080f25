"""The list of conversations, in a real browser."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.schema import ConversationSummary
from assistant.strings import say

pytestmark = pytest.mark.browser

CONTRACT = "Who signed the contract for the desalination plant?"
CHAIR = "من ترأس الدورة الأولى من المشاورات؟"
OVERFLOW = "document.documentElement.scrollWidth - innerWidth"
LOCALES = pytest.mark.parametrize("locale", ["ar", "en-US"])


@pytest.fixture
def talks(assistant):
    """Give a function that keeps a conversation of a title, and delete them at the end."""
    made = []

    def keep(title: str, question: str = CONTRACT) -> str:
        conversation = assistant.conversation()
        conversation.ask(question)
        conversation.rename(title)
        made.append(conversation.id)
        return conversation.id

    yield keep
    left = {summary.id for summary in assistant.conversations()}
    for id_ in made:
        if id_ in left:
            assistant.delete_conversation(id_)


def item(here, id_):
    return here.page.locator(f'#sanad-talks li[data-id="{id_}"]')


def box(locator):
    return locator.evaluate(
        "e => { const b = e.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; }"
    )


def listed(here) -> list[str]:
    return here.page.locator("#sanad-talks li").evaluate_all("all => all.map(e => e.dataset.id)")


def opened(here, question) -> None:
    here.page.wait_for_function(
        """(question) => {
            const asked = document.querySelectorAll(".message.user .body");
            return asked.length === 1 && asked[0].innerText.trim() === question
              && document.querySelector(".message .engine");
        }""",
        arg=question,
    )


@LOCALES
def test_list_stands_beside_the_conversation_and_opens_another(visit, talks, locale):
    arabic, english = talks("مشاورات موسكو", CHAIR), talks("The plant")
    here = visit(locale)
    item(here, english).wait_for()
    assert listed(here)[:2] == [english, arabic]
    runs = "rtl" if locale == "ar" else "ltr"
    assert here.direction("#sanad-talks .talks") == runs
    column, conversation, side = (
        box(here.page.locator(f"#sanad-{name}")) for name in ("history", "ask", "side")
    )
    if runs == "rtl":
        assert side[2] <= conversation[0] + 1
        assert conversation[2] <= column[0] + 1
    else:
        assert column[2] <= conversation[0] + 1
        assert conversation[2] <= side[0] + 1
    titles = [item(here, id_).locator(".title") for id_ in (arabic, english)]
    assert [t.evaluate("e => getComputedStyle(e).direction") for t in titles] == ["rtl", "ltr"]
    # All begin at the same edge, whatever their script.
    edge = 2 if runs == "rtl" else 0
    starts = [
        t.evaluate(
            """(e, edge) => {
                const range = document.createRange();
                range.selectNodeContents(e);
                const b = range.getBoundingClientRect();
                return edge ? b.right : b.left;
            }""",
            edge,
        )
        for t in titles
    ]
    assert abs(starts[0] - starts[1]) < 3
    assert item(here, english).locator("time").inner_text() == say("day.today", locale[:2])
    item(here, arabic).locator("a").click()
    opened(here, CHAIR)
    assert here.page.url.endswith(f"?c={arabic}")
    current = here.page.locator("#sanad-talks a[aria-current]")
    assert current.count() == 1
    assert current.locator(".title").inner_text() == "مشاورات موسكو"
    item(here, english).locator("a").click()
    opened(here, CONTRACT)
    here.page.go_back()
    opened(here, CHAIR)


def test_first_question_brings_its_conversation_into_the_list(visit, assistant):
    here = visit("en-US")
    here.ask(CONTRACT)
    id_ = here.page.locator("#sanad-live .messages").get_attribute("data-conversation")
    item(here, id_).wait_for()
    assert listed(here)[0] == id_
    assert item(here, id_).locator("a").get_attribute("aria-current") == "page"
    here.page.click("#sanad-new")
    here.page.wait_for_selector(".messages .empty")
    here.page.wait_for_selector("#sanad-talks a[aria-current]", state="detached")
    assistant.delete_conversation(id_)


@LOCALES
def test_search_in_the_list(visit, talks, locale):
    plant, moscow = talks("Quorlimp"), talks("محضر الزنبقة")
    here = visit(locale)
    item(here, plant).wait_for()
    field = here.page.locator("#sanad-history-head input")
    field.fill("quorlimp")
    item(here, moscow).wait_for(state="detached")
    assert listed(here) == [plant]
    assert field.evaluate("e => e === document.activeElement")
    field.fill("زنبقه")
    item(here, moscow).wait_for()
    assert listed(here) == [moscow]
    field.fill("nothingatall")
    none = here.page.locator("#sanad-talks .none")
    none.wait_for()
    assert none.inner_text() == say("history.none_found", locale[:2])


def test_conversation_is_renamed_in_its_place_with_the_keyboard(visit, talks, assistant):
    id_ = talks("Before")
    here = visit("en-US")
    item(here, id_).wait_for()
    item(here, id_).locator(".rename").focus()
    here.page.keyboard.press("Enter")
    field = item(here, id_).locator("input.name")
    assert field.evaluate("e => e === document.activeElement")
    here.page.keyboard.type("Not kept")
    here.page.keyboard.press("Escape")
    assert item(here, id_).locator(".title").inner_text() == "Before"
    here.page.keyboard.press("Enter")
    here.page.keyboard.type("بعد التغيير")
    here.page.keyboard.press("Enter")
    here.page.locator('#sanad-talks .title[dir="rtl"]', has_text="بعد التغيير").wait_for()
    assert assistant.conversation(id_).title == "بعد التغيير"
    assert here.page.evaluate("document.activeElement.className") == "rename"


def test_deletion_can_be_undone_and_comes_later(visit, talks, assistant):
    kept, gone = talks("Kept"), talks("Gone")
    here = visit("en-US")
    item(here, gone).wait_for()
    item(here, gone).locator("a").click()
    opened(here, CONTRACT)
    item(here, gone).locator(".delete").click()
    here.page.wait_for_selector(".messages .empty")
    assert item(here, gone).locator(".gone").inner_text() == say("history.deleted", "en")
    undo = item(here, gone).locator(".undo")
    assert undo.evaluate("e => e === document.activeElement")
    here.page.keyboard.press("Enter")
    opened(here, CONTRACT)
    assert item(here, gone).locator("a").is_visible()
    here.page.wait_for_timeout(9000)
    assert assistant.conversation(gone).title == "Gone"
    item(here, gone).locator(".delete").click()
    item(here, gone).wait_for(state="detached", timeout=30_000)
    ids = {summary.id for summary in assistant.conversations()}
    assert gone not in ids
    assert kept in ids


def test_who_leaves_has_deleted(visit, talks, assistant):
    id_ = talks("Left")
    here = visit("en-US")
    item(here, id_).wait_for()
    item(here, id_).locator(".delete").click()
    here.page.reload()
    here.page.wait_for_selector("#sanad-talks .talks")
    for _ in range(50):
        if id_ not in {summary.id for summary in assistant.conversations()}:
            break
        here.page.wait_for_timeout(100)
    assert id_ not in {summary.id for summary in assistant.conversations()}


@LOCALES
def test_drawer_of_a_phone_opens_closes_and_keeps_the_focus(visit, talks, locale):
    id_ = talks("A very long title of a conversation that does not fit on a narrow screen at all")
    here = visit(locale, width=360, height=740)
    item(here, id_).wait_for(state="attached")
    assert not item(here, id_).is_visible()
    assert here.page.evaluate(OVERFLOW) <= 0
    button = here.page.locator(".open-history")
    left, _, right, _ = box(button)
    assert 0 <= left < right <= 360
    assert button.get_attribute("aria-expanded") == "false"
    button.focus()
    here.page.keyboard.press("Enter")
    assert item(here, id_).is_visible()
    assert button.get_attribute("aria-expanded") == "true"
    assert here.page.evaluate("document.activeElement.type") == "search"
    left, top, right, bottom = box(here.page.locator("#sanad-history"))
    assert (top, bottom) == (0, 740)
    assert (right if locale == "ar" else left) == (360 if locale == "ar" else 0)
    assert right - left < 330
    assert here.page.evaluate(OVERFLOW) <= 0
    covering = "([x, y]) => Boolean(document.elementFromPoint(x, y).closest('#sanad-history'))"
    assert here.page.evaluate(covering, [(left + right) / 2, 300])
    here.page.keyboard.press("Escape")
    assert not item(here, id_).is_visible()
    assert button.evaluate("e => e === document.activeElement")
    button.click()
    item(here, id_).locator("a").click()
    opened(here, CONTRACT)
    assert not item(here, id_).is_visible()
    assert here.page.evaluate(OVERFLOW) <= 0


def test_of_a_thousand_conversations_the_last_are_shown_and_more_on_demand(visit, assistant):
    store = assistant._library.catalogue.conversations
    begun = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    ids = [f"many{n}" for n in range(1000)]
    for n, id_ in enumerate(ids):
        when = begun + dt.timedelta(days=n)
        store.begin(ConversationSummary(id_, f"Conversation {n}", 0, when, when))
    try:
        here = visit("en-US")
        here.page.wait_for_selector("#sanad-talks .more")
        total = len(assistant.conversations())
        assert len(listed(here)) == 100
        more = here.page.locator("#sanad-talks .more")
        assert more.inner_text() == say("history.more", "en", {"count": total - 100})
        last = listed(here)[-1]
        more.click()
        here.page.wait_for_function(
            "() => document.querySelectorAll('#sanad-talks li').length === 200"
        )
        assert listed(here)[99] == last
        shown = box(here.page.locator("#sanad-talks"))
        assert shown[3] <= 800 + 1
    finally:
        for id_ in ids:
            store.delete(id_)
