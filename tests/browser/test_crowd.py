"""When there is no room for a question, and when a session has ended while the page was open."""

from __future__ import annotations

import contextlib
import re
import threading

import pytest
from web_server import running

from assistant import Assistant, Settings
from assistant.schema import AnswerStream, Segment
from assistant.strings import say
from assistant.web.people.passwords import Cost, hashed
from assistant.web.places import Room

pytestmark = pytest.mark.browser

BOX = "#sanad-question textarea"
LOCALES = {"ar": "ar-EG", "en": "en-GB"}
QUESTIONS = {"ar": "متى وُقّع العقد؟", "en": "Who signed the contract?"}
SECRET = "correct horse"  # noqa: S105  # of people in this file


def opened(context, address):
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("#sanad-conversation .messages", timeout=60_000)
    return page


def send(page, question):
    page.fill(BOX, question)
    page.press(BOX, "Enter")


@pytest.fixture
def held(assistant, monkeypatch):
    """Hold all answers until they are let go; give the function that lets them."""
    gate, model = threading.Event(), assistant.ask("Who signed the contract?")

    def stream(question, history=(), scope=None):
        def pieces():
            gate.wait(60)
            yield Segment("Done.")

        return AnswerStream(pieces(), lambda seen: model)

    monkeypatch.setattr(assistant, "stream", stream)
    yield gate.set
    gate.set()


@pytest.fixture
def context(chromium):
    with contextlib.ExitStack() as stack:

        def made(language):
            found = chromium.new_context(locale=LOCALES[language], reduced_motion="reduce")
            stack.callback(found.close)
            return found

        yield made


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_question_without_room_is_said_calmly_and_can_be_asked_again(
    assistant, held, context, language
):
    room, question = Room(answering=1, most=2), QUESTIONS[language]
    with running(assistant, language, room=room) as address:
        browser = context(language)
        first, second, third = (opened(browser, address) for _ in range(3))
        for page in (first, second):
            send(page, question)
            page.wait_for_selector(".message.waiting")
        send(third, question)
        notice = third.locator("#sanad-notice .notice")
        notice.wait_for()
        assert notice.inner_text() == say("page.full", language)
        side = notice.evaluate("e => getComputedStyle(e).direction")
        assert side == ("rtl" if language == "ar" else "ltr")
        assert third.input_value(BOX) == question
        assert third.locator("#sanad-send").is_visible()
        assert third.locator("#sanad-stop").count() == 0
        assert third.locator(".message").count() == 0
        assert third.locator(".toast-body").count() == 0
        held()
        for page in (first, second):
            page.wait_for_selector(".message .engine")
        third.press(BOX, "Enter")
        third.wait_for_selector(".message .engine")
        assert third.input_value(BOX) == ""
        assert third.locator("#sanad-notice .notice").count() == 0


def test_a_question_that_is_stopped_while_it_waits_leaves_its_place(assistant, held, context):
    with running(assistant, "en", room=Room(answering=1, most=2)) as address:
        browser = context("en")
        first, second, third = (opened(browser, address) for _ in range(3))
        for page in (first, second):
            send(page, "Who?")
            page.wait_for_selector(".message.waiting")
        second.click("#sanad-stop")
        second.get_by_text(say("page.not_begun", "en")).wait_for()
        assert second.locator("#sanad-send").is_visible()
        assert second.locator(".acts .again").count() == 1
        send(third, "Who?")
        third.wait_for_selector(".message.waiting")
        assert third.locator("#sanad-notice .notice").count() == 0
        held()
        third.wait_for_selector(".message .engine")


@pytest.fixture
def peopled(tmp_path):
    users = tmp_path / "users.txt"
    kept = hashed(SECRET, Cost(10, 8, 1))
    users.write_text("".join(f"{name}:{kept}\n" for name in ("salma", "omar")), encoding="utf-8")
    users.chmod(0o600)
    (tmp_path / "city.txt").write_text("The city museum opened in 1998.\n", encoding="utf-8")
    with Assistant(tmp_path / "library", Settings(users=users)) as assistant:
        assistant.add(tmp_path / "city.txt")
        yield assistant


def sign_in(page, name):
    page.fill("#username", name)
    page.fill("#password", SECRET)
    page.press("#password", "Enter")
    page.wait_for_selector("#sanad-masthead .person", timeout=60_000)
    page.wait_for_selector("#sanad-conversation .messages")


@pytest.mark.parametrize(
    ("again", "draft"),
    [("salma", "When did the museum open?"), ("omar", "")],
    ids=["the same person", "somebody else"],
)
def test_a_page_whose_session_has_ended_leads_to_the_door_and_back(peopled, context, again, draft):
    with running(peopled, "en") as address:
        browser = context("en")
        page = browser.new_page()
        page.goto(address)
        sign_in(page, "salma")
        send(page, "When did the museum open?")
        page.wait_for_selector(".message .engine")
        page.wait_for_function("() => location.search.startsWith('?c=')")
        there = page.url
        page.fill(BOX, "When did the museum open?")
        browser.clear_cookies()
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/sign-in\?next="))
        sign_in(page, again)
        page.wait_for_timeout(300)
        assert page.input_value(BOX) == draft
        # Another person's conversation is not there, and its address not kept.
        assert page.url == (there if draft else f"{address}/")
        assert page.locator(".message.user").count() == (1 if draft else 0)
        assert page.evaluate("sessionStorage.getItem('sanad-draft')") is None


def test_a_person_can_not_take_all_places(peopled, context):
    with running(peopled, "en", room=Room(answering=1, most=8, each=0)) as address:
        page = context("en").new_page()
        page.goto(address)
        sign_in(page, "omar")
        send(page, "When?")
        page.get_by_text(say("page.full.own", "en")).wait_for()
        assert page.input_value(BOX) == "When?"
