"""The door as a person sees it, in both languages, wide and narrow, in light and in dark."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from assistant.strings import say
from assistant.web.people.passwords import Cost, hashed

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
SERVING = "import sys; from assistant.cli import main; main(['serve', '--no-sync', *sys.argv[1:]])"
NAME, PASSWORD, WRONG = "سلمى", "correct horse", "wrong password"
LOCALES = {"ar": "ar-EG", "en": "en-GB"}
WIDE, NARROW, LOW = (1280, 800), (360, 640), (640, 400)  # the last: 200 % of 1280 × 800
LEFT_OF = "e => e.getBoundingClientRect().left"


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    """Serve the whole program to people, in a process of its own."""
    folder = tmp_path_factory.mktemp("door")
    users = folder / "users.txt"
    users.write_text(
        "".join(f"{name}:{hashed(PASSWORD, Cost(10, 8, 1))}\n" for name in (NAME, "omar")),
        encoding="utf-8",
    )
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    running = subprocess.Popen(
        [sys.executable, "-c", SERVING, "--port", str(port), "--library", str(folder / "library")],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SANAD_USERS": str(users)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    found = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 240
    while True:
        try:
            httpx.get(f"{found}/sign-in", timeout=5)
            break
        except httpx.TransportError:
            assert running.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.2)
    yield found
    running.kill()
    running.wait()


@pytest.fixture
def opened(chromium, address):
    """Give a function that opens the door; nothing may go wrong, or leave for elsewhere."""
    contexts, requests, complaints = [], [], []

    def open_(language="ar", size=WIDE, scheme="light", scripts=True, path="/"):
        context = chromium.new_context(
            locale=LOCALES[language],
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: requests.append(request.url))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
        page.goto(address + path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert [url for url in requests if not url.startswith((address, "data:", "blob:"))] == []
    # The browser itself complains of the status of a wrong password.
    assert [said for said in complaints if not re.search("status of (401|429)", said)] == []


def box(page, selector):
    found = page.locator(selector).bounding_box()
    return found["x"], found["y"], found["x"] + found["width"], found["y"] + found["height"]


def sign_in(page, name=NAME, password=PASSWORD):
    page.fill("#username", name)
    page.fill("#password", password)
    page.press("#password", "Enter")


@pytest.mark.parametrize("size", [WIDE, NARROW, LOW], ids=["wide", "narrow", "zoomed"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_form_stands_in_the_page_and_runs_with_its_language(opened, language, size):
    page = opened(language, size)
    assert page.url.endswith("/sign-in?next=%2F")
    is_arabic = language == "ar"
    direction = "rtl" if is_arabic else "ltr"
    root = page.locator("html")
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == (language, direction)
    assert page.title() == f"{say('door.heading', language)} · {say('page.title', language)}"
    left, top, right, bottom = box(page, "form")
    assert left >= 15
    assert right <= size[0] - 15
    assert abs(left - (size[0] - right)) <= 1  # in the middle
    # Nothing is to be scrolled sideways.
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]
    for selector in ("h1", "label[for=username]", "#username", "#password", "button", ".note"):
        inner = box(page, selector)
        assert left < inner[0] < inner[2] < right, selector
        assert top < inner[1] < inner[3] < bottom, selector
        computed = page.locator(selector).evaluate("e => getComputedStyle(e).direction")
        assert computed == direction, selector
    for selector in ("#username", "#password", "button"):
        across = box(page, selector)
        assert across[2] - across[0] > 0.75 * (right - left), selector
        assert across[3] - across[1] >= 44, selector  # what a finger needs
    # Labels begin where the fields do: on the right in Arabic.
    text = page.locator("label[for=password]").evaluate(
        "e => { const r = document.createRange(); r.selectNodeContents(e);"
        " const b = r.getBoundingClientRect(); return [b.left, b.right]; }"
    )
    field = box(page, "#password")
    assert abs(text[1] - field[2]) <= 1 if is_arabic else abs(text[0] - field[0]) <= 1
    # The name of the program reads from its own side.
    arabic, english = (page.locator(f".brand [lang={code}]") for code in ("ar", "en"))
    assert (arabic.evaluate(LEFT_OF) > english.evaluate(LEFT_OF)) is is_arabic


@pytest.mark.parametrize("language", ["ar", "en"])
def test_fields_have_names_that_tools_know(opened, language):
    page = opened(language)
    name = page.get_by_label(say("door.name", language), exact=True)
    password = page.get_by_label(say("door.password", language), exact=True)
    assert name.get_attribute("autocomplete") == "username"
    assert password.get_attribute("autocomplete") == "current-password"
    assert password.get_attribute("type") == "password"
    assert page.evaluate("document.activeElement.id") == "username"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_wrong_password_is_said_and_the_name_stays(opened, language, scripts):
    page = opened(language, NARROW, scripts=scripts)
    sign_in(page, name="nobody-" + language, password=WRONG)
    alert = page.get_by_role("alert")
    assert alert.inner_text() == say("door.wrong", language)
    assert page.input_value("#username") == "nobody-" + language
    assert page.input_value("#password") == ""
    said, form = box(page, ".wrong"), box(page, "form")
    assert form[0] < said[0] < said[2] < form[2]
    assert said[3] <= box(page, "label[for=username]")[1]
    assert page.locator("#password").get_attribute("aria-describedby") == "wrong"


def test_tries_that_have_to_wait_are_said(opened):
    page = opened("ar")
    for _ in range(6):
        sign_in(page, name="often", password=WRONG)
        page.wait_for_selector(".wrong")
    assert "انتظر ثم حاول مرة أخرى" in page.get_by_role("alert").inner_text()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_other_language_is_one_link_away_and_is_kept(opened, language):
    other = "en" if language == "ar" else "ar"
    page = opened(language, path="/?question=1")
    page.get_by_role("link", name=say("door.language", other)).click()
    assert page.locator("html").get_attribute("lang") == other
    assert page.input_value("input[name=next]") == "/?question=1"
    page.reload()
    assert page.locator("h1").inner_text() == say("door.heading", other)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_all_is_reached_by_keyboard_in_order_and_seen(opened, language):
    page = opened(language)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    seen = []
    for _ in range(4):
        seen.append(
            page.evaluate(
                """() => {
                    const style = getComputedStyle(document.activeElement);
                    return [document.activeElement.id || document.activeElement.localName,
                      style.outlineStyle, parseFloat(style.outlineWidth) >= 2];
                }"""
            )
        )
        page.keyboard.press("Tab")
    assert seen == [[name, "solid", True] for name in ("username", "password", "button", "a")]


# Contrast as WCAG 2 reckons it, of an element's letters on the first ground below it.
CONTRAST = """(element) => {
    const light = (rgb) => {
        const part = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
        return 0.2126 * part(rgb[0]) + 0.7152 * part(rgb[1]) + 0.0722 * part(rgb[2]);
    };
    const numbers = (colour) => colour.match(/[0-9.]+/g).map(Number);
    let below = element;
    while (numbers(getComputedStyle(below).backgroundColor)[3] === 0) below = below.parentElement;
    const a = light(numbers(getComputedStyle(element).color));
    const b = light(numbers(getComputedStyle(below).backgroundColor));
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_letters_stand_out(opened, scheme):
    page = opened("en", scheme=scheme)
    sign_in(page, name="nobody-" + scheme, password=WRONG)
    page.wait_for_selector(".wrong")
    ground = page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
    assert (sum(map(int, ground[4:-1].split(","))) < 200) is (scheme == "dark")
    for selector in (
        *("h1", "label[for=username]", "#username", "button", ".note", ".wrong", ".tagline"),
        *(".other a", ".brand [lang=en]"),
    ):
        assert page.locator(selector).evaluate(CONTRAST) >= 4.5, selector


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_person_comes_in_and_goes_out(opened, address, language):
    page = opened(language, path="/?a=%D8%A8")
    sign_in(page)
    page.wait_for_selector("#sanad-conversation .messages", timeout=60_000)
    assert page.url == f"{address}/?a=%D8%A8"
    cookie = next(c for c in page.context.cookies() if c["name"] == "sanad-session")
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Lax", "/")
    page.goto(f"{address}/sign-in")
    assert page.url == f"{address}/"
    # A form of the page itself signs out; it is sent from the page's own origin.
    page.evaluate(
        """() => {
            const form = document.createElement("form");
            form.method = "post";
            form.action = "/sign-out";
            document.body.append(form);
            form.submit();
        }"""
    )
    page.wait_for_url("**/sign-in")
    page.goto(address)
    assert page.url.endswith("/sign-in?next=%2F")


def test_a_form_of_another_site_signs_nobody_in(chromium, address):
    context = chromium.new_context()
    try:
        page = context.new_page()
        page.route(
            "http://evil.example/",
            lambda route: route.fulfill(
                content_type="text/html",
                body=f'<form method="post" action="{address}/sign-in">'
                f'<input name="username" value="{NAME}">'
                f'<input name="password" value="{PASSWORD}"></form>',
            ),
        )
        page.goto("http://evil.example/")
        with page.expect_response(f"{address}/sign-in") as caught:
            page.evaluate("document.forms[0].submit()")
        assert caught.value.status == 403
        assert context.cookies(address) == []
    finally:
        context.close()
