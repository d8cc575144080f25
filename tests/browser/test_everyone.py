"""The page for everyone: by keyboard, with a screen reader, on a phone, enlarged and calm."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent / "axe" / "axe.min.js"
CHAIR = "من ترأس الدورة الأولى من المشاورات؟"
CONTRACT = "Who signed the contract for the desalination plant?"
UNKNOWN = "What is the capital of Peru?"
LOCALES = pytest.mark.parametrize("locale", ["ar", "en-US"])
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])

FINDINGS = """async () => {
    const found = await axe.run(document, { resultTypes: ["violations"] });
    return found.violations
      .filter((v) => ["serious", "critical"].includes(v.impact))
      .flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(" ")}: ${n.failureSummary}`));
}"""

# Nothing that ends by itself is still moving: an indicator's endless turning may go on.
AT_REST = """() => !document.querySelector(".html-container.pending, .html-container .pending")
    && document.getAnimations().every((moving) => moving.playState !== "running"
      || moving.effect.getComputedTiming().iterations === Infinity)"""


# What can be reached by keyboard, in the page's order: of a group of choices the one that is made.
CONTROLS = """() => {
    const all = "button, a[href], input, textarea, select, summary, [tabindex='0']";
    window.controls = Array.from(document.querySelectorAll(all)).filter((e) =>
      !e.disabled && e.tabIndex >= 0 && !e.closest("[inert]") && !(e.type === "file")
      && e.checkVisibility({ visibilityProperty: true }) && !(e.type === "radio" && !e.checked));
    return window.controls.length;
}"""
STOP = """() => {
    const e = document.activeElement;
    const drawn = (x) => x && getComputedStyle(x).outlineStyle !== "none"
      && parseFloat(getComputedStyle(x).outlineWidth) >= 1;
    const box = e.getBoundingClientRect();
    // The focus makes a long list scroll: what counts is where things stand in it.
    let scrolled = 0;
    for (let x = e.parentElement; x; x = x.parentElement) scrolled += x.scrollTop;
    return {
        index: window.controls.indexOf(e), name: e.outerHTML.slice(0, 120),
        seen: Boolean(drawn(e) || drawn(e.closest("label"))),
        left: box.left, right: box.right,
        top: box.top + scrolled, bottom: box.bottom + scrolled,
    };
}"""


def tabbed(here) -> list[dict]:
    """Press Tab from the first control to the last one, and return where the focus was."""
    count = here.page.evaluate(CONTROLS)
    here.page.evaluate("window.controls[0].focus()")
    here.page.keyboard.press("Shift+Tab")
    stops = []
    for _ in range(2 * count):  # a date has three stops
        here.page.keyboard.press("Tab")
        stop = here.page.evaluate(STOP)
        if not stops or stop["index"] != stops[-1]["index"]:
            stops.append(stop)
        if stop["index"] == count - 1:
            break
    assert [stop["index"] for stop in stops] == list(range(count)), stops
    return stops


def against_reading(stops: list[dict], direction: str) -> list[tuple[str, str]]:
    """Return the neighbours in one line of which the second stands before the first."""
    wrong = []
    for one, next_ in pairwise(stops):
        is_one_line = one["top"] < next_["bottom"] and next_["top"] < one["bottom"]
        goes_on = (
            next_["right"] <= one["left"] + 1
            if direction == "rtl"
            else next_["left"] >= one["right"] - 1
        )
        is_inside = one["top"] <= next_["top"] and next_["bottom"] <= one["bottom"]
        if is_one_line and not goes_on and not is_inside:
            wrong.append((one["name"], next_["name"]))
    return wrong


def scan(here) -> list[str]:
    """Return what axe finds serious or critical on the page once it has come to rest.

    What is fading in has pale colours for a moment.
    """
    here.page.wait_for_function(AT_REST)
    if not here.page.evaluate("'axe' in window"):
        here.page.evaluate(AXE.read_text(encoding="utf-8"))
    return here.page.evaluate(FINDINGS)


def view(here, name: str) -> None:
    here.page.click(f'button[data-view="{name}"]')
    here.page.wait_for_selector(f"#sanad-{name}", state="visible")


def searched(here, words: str, kind: str = "passage") -> None:
    view(here, "search")
    here.page.fill("form.search input[type=search]", words)
    here.page.check(f'input[name="kind"][value="{kind}"]', force=True)
    # What was found before stands there until the answer comes.
    here.page.evaluate("document.querySelectorAll('.hit').forEach((e) => e.classList.add('old'))")
    here.page.press("form.search input[type=search]", "Enter")
    here.page.wait_for_selector(".found .hit:not(.old)")


def test_scan_finds_what_is_wrong(visit):
    here = visit("en-US")
    here.page.evaluate(
        """() => document.querySelector(".masthead").insertAdjacentHTML("beforeend",
            '<p style="color:#bbb;background:#fff">pale</p><button type="button"></button>')"""
    )
    assert {found.split(":")[0] for found in scan(here)} == {"color-contrast", "button-name"}


@SCHEMES
@LOCALES
def test_scan_finds_nothing_serious_in_a_conversation(visit, locale, scheme):
    here = visit(locale, scheme=scheme)
    assert scan(here) == []  # nothing asked yet
    answer = here.ask(CHAIR if locale == "ar" else CONTRACT)
    here.open(answer.locator("button.cite").first)
    here.ask(UNKNOWN)
    assert scan(here) == []
    here.page.click("#sanad-tools .export summary")
    assert scan(here) == []
    here.page.keyboard.press("Escape")
    here.page.click("#sanad-source details summary")
    assert scan(here) == []
    here.page.click("#sanad-source details summary")
    answer.locator(".bad").click()
    here.page.wait_for_selector("dialog.reasons[open]")
    assert scan(here) == []


@SCHEMES
@LOCALES
def test_scan_finds_nothing_serious_in_the_library(visit, locale, scheme):
    here = visit(locale, scheme=scheme)
    view(here, "library")
    here.page.wait_for_selector("#sanad-shelf tbody tr")
    assert scan(here) == []
    row = here.page.locator("#sanad-shelf tbody tr[data-id]").first
    row.locator("input.one").check()
    row.locator("button.correct").click()
    assert scan(here) == []
    # These documents are not of the watched folder: they go at once, and can be brought back.
    row.locator("button.remove").click()
    here.page.wait_for_selector("#sanad-shelf-note button.undo")
    found = scan(here)
    here.page.click("#sanad-shelf-note button.undo")
    here.page.wait_for_selector("#sanad-shelf-note button.undo", state="detached")
    assert found == []


@SCHEMES
@LOCALES
def test_scan_finds_nothing_serious_in_the_search(visit, locale, scheme):
    here = visit(locale, scheme=scheme)
    view(here, "search")
    assert scan(here) == []
    searched(here, "desalination plant")
    here.page.click(".found .hit .cite")
    here.page.wait_for_selector("mark.focus")
    here.page.click("form.search summary")
    assert scan(here) == []
    searched(here, "Salma Benani", "mentions")
    assert scan(here) == []


@SCHEMES
@LOCALES
def test_scan_finds_nothing_serious_on_a_phone(visit, locale, scheme):
    here = visit(locale, width=360, height=740, scheme=scheme)
    here.open(here.ask(CONTRACT).locator("button.cite").first)
    assert scan(here) == []
    here.page.evaluate("scrollTo(0, 0)")
    here.page.click(".open-history")
    here.page.wait_for_selector("#sanad-talks li")
    here.page.hover("#sanad-talks li")
    assert scan(here) == []
    here.page.keyboard.press("Escape")
    view(here, "library")
    here.page.wait_for_selector("#sanad-shelf tbody tr")
    assert scan(here) == []
    searched(here, "desalination plant")
    assert scan(here) == []


@pytest.mark.parametrize("width", [1280, 360])
@LOCALES
def test_tab_goes_to_everything_in_reading_order_and_is_seen(visit, locale, width):
    here = visit(locale, width=width)
    direction = "rtl" if locale == "ar" else "ltr"
    here.open(here.ask(CHAIR if locale == "ar" else CONTRACT).locator("button.cite").first)
    here.page.evaluate("scrollTo(0, 0)")
    for name in ("ask", "library", "search"):
        view(here, name)
        if name == "library":
            here.page.wait_for_selector("#sanad-shelf tbody tr")
        stops = tabbed(here)
        assert [stop["name"] for stop in stops if not stop["seen"]] == []
        assert against_reading(stops, direction) == []


@LOCALES
def test_question_is_asked_and_its_source_read_by_keyboard_alone(visit, locale):
    here = visit(locale)
    keys = here.page.keyboard
    here.page.wait_for_function("() => document.activeElement.matches('#sanad-question textarea')")
    keys.type("من ترأس الدورة الأولى من المشاورات؟" if locale == "ar" else CONTRACT)
    keys.press("Tab")
    keys.press("Enter")
    here.page.wait_for_selector(".message.assistant .engine")
    # The button that was used gave way to another one.
    assert here.page.evaluate("document.activeElement.closest('#sanad-composer') !== null")
    here.page.locator(".message .cite").first.focus()
    keys.press("Enter")
    here.page.wait_for_selector("#sanad-source mark.focus")
    assert here.page.evaluate("document.activeElement.matches('.message .cite')")
    here.page.wait_for_timeout(200)  # the panel scrolls to the words in the next frames
    here.page.focus("#sanad-source .text")
    keys.press("Home")
    here.page.wait_for_function(
        "() => document.querySelector('#sanad-source .text').scrollTop === 0"
    )


def test_escape_closes_the_menus_and_gives_the_focus_back(visit):
    here = visit("en-US")
    keys = here.page.keyboard
    here.open(here.ask(CONTRACT).locator("button.cite").first)
    for menu in ("#sanad-source .tools details", "#sanad-tools .export"):
        here.page.focus(f"{menu} summary")
        keys.press("Enter")
        assert here.page.locator(menu).evaluate("e => e.open")
        keys.press("Tab")
        assert here.page.locator(menu).evaluate("e => e.contains(document.activeElement)")
        keys.press("Escape")
        assert not here.page.locator(menu).evaluate("e => e.open")
        assert here.page.locator(f"{menu} summary").evaluate("e => e === document.activeElement")
    here.page.focus(".acts .bad")
    keys.press("Enter")
    here.page.wait_for_selector("dialog.reasons[open]")
    assert here.page.locator("dialog.reasons").evaluate("e => e.contains(document.activeElement)")
    keys.press("Escape")
    here.page.wait_for_selector("dialog.reasons", state="hidden")
    assert here.page.evaluate("document.activeElement.matches('.acts .bad')")
    keys.press("Enter")  # takes the rating back


def test_walk_through_the_sources_keeps_the_focus(visit):
    here = visit("en-US")
    searched(here, "pumping station inspected", "sentence")
    here.page.locator(".found .cite").first.click()
    next_ = '#sanad-source [data-step="1"]'
    here.page.wait_for_selector(next_)
    here.page.focus(next_)
    count = here.page.locator(".found .cite").count()
    for place in range(2, count + 1):
        here.page.keyboard.press("Enter")
        here.page.wait_for_function(
            """(words) => document.querySelector("#sanad-source .where-in")?.textContent === words
              && document.activeElement.matches("#sanad-source [data-step]")""",
            arg=f"{place} / {count}",
        )
    # Nothing follows the last one: the focus stands on the way back.
    assert here.page.evaluate("document.activeElement.dataset.step") == "-1"


def test_more_hits_are_gone_on_with_by_keyboard(visit):
    here = visit("en-US")
    searched(here, "pumping station inspected", "sentence")
    count = here.page.locator(".found .hit").count()
    here.page.focus(".found .more")
    here.page.keyboard.press("Enter")
    here.page.wait_for_function(
        """(n) => Array.from(document.querySelectorAll(".found .hit"))
          .indexOf(document.activeElement.closest(".hit")) === n""",
        arg=count,
    )


# A viewport of 1280 × 800 at 200 %, and a small phone.
SMALL = pytest.mark.parametrize("size", [(360, 740), (640, 400)], ids=["phone", "zoom"])
# What sticks out of the page, and controls whose words do not fit into them.
STICKING_OUT = """() => {
    const root = document.documentElement;
    const wide = root.clientWidth;
    const out = root.scrollWidth > wide ? [`the page is ${root.scrollWidth} wide`] : [];
    for (const e of document.querySelectorAll("body *")) {
        if (!e.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
        const box = e.getBoundingClientRect();
        if (box.width <= 1 || box.height <= 1) continue;
        const named = e.outerHTML.slice(0, 120);
        if (box.right > wide + 1 || box.left < -1) out.push(`outside: ${named}`);
        const cut = e.matches("button, summary, legend, label, h1, h2, a")
          && !e.querySelector(".title") && e.scrollWidth > e.clientWidth + 1 && e.clientWidth;
        if (cut && getComputedStyle(e).display !== "inline") out.push(`cut: ${named}`);
    }
    return out;
}"""
# Controls that lie over one another; a thing that sticks to the window's edge lies over all.
OVERLAPPING = """() => {
    const all = Array.from(document.querySelectorAll(
        "button, a[href], input, select, summary, textarea"))
      .filter((e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true })
        && !e.closest("#sanad-composer, .export ul, .talks li, .kinds")
        && e.getBoundingClientRect().width > 1);
    const boxes = all.map((e) => e.getBoundingClientRect());
    const found = [];
    for (let i = 0; i < all.length; i++) for (let j = i + 1; j < all.length; j++) {
        const [a, b] = [boxes[i], boxes[j]];
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        const apart = all[i].closest(".text, .found") !== all[j].closest(".text, .found");
        if (wide > 1 && high > 1 && !apart && !all[i].contains(all[j])) {
            found.push([all[i], all[j]].map((e) => e.outerHTML.slice(0, 80)).join(" over "));
        }
    }
    return found;
}"""
HINT_FITS = """(box) => {
    const style = getComputedStyle(box);
    const line = document.createElement("span");
    line.textContent = box.placeholder;
    line.style.cssText = `position:absolute;white-space:nowrap;font:${style.font}`;
    document.body.append(line);
    const wide = line.getBoundingClientRect().width;
    line.remove();
    return wide <= box.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
}"""


def untidy(here) -> list[str]:
    return here.page.evaluate(STICKING_OUT) + here.page.evaluate(OVERLAPPING)


@SMALL
@LOCALES
def test_nothing_is_cut_off_or_sticks_out_where_room_is_small(visit, locale, size):
    here = visit(locale, width=size[0], height=size[1])
    assert untidy(here) == []
    assert here.page.locator("#sanad-question textarea").evaluate(HINT_FITS)
    here.open(here.ask(CHAIR if locale == "ar" else CONTRACT).locator("button.cite").first)
    here.ask(UNKNOWN)
    assert untidy(here) == []
    here.page.evaluate("scrollTo(0, 0)")
    here.page.click(".open-history")
    here.page.wait_for_selector("#sanad-talks li")
    assert here.page.evaluate(STICKING_OUT) == []  # the drawer lies over the page
    here.page.keyboard.press("Escape")
    view(here, "library")
    here.page.wait_for_selector("#sanad-shelf tbody tr")
    here.page.locator("#sanad-shelf button.correct").first.click()
    assert untidy(here) == []
    view(here, "search")
    assert here.page.locator("form.search input[type=search]").evaluate(HINT_FITS)
    here.page.click("form.search summary")
    searched(here, "desalination plant")
    assert untidy(here) == []


def test_nothing_moves_where_calm_is_preferred(visit):
    here = visit("en-US")
    here.page.evaluate(
        """() => {
            window.moved = [];
            const look = () => {
                window.moved.push(...document.getAnimations()
                  .map((a) => a.effect.target.outerHTML));
                requestAnimationFrame(look);
            };
            look();
        }"""
    )
    here.ask(CONTRACT)
    for name in ("library", "search", "ask"):
        view(here, name)
        here.page.hover(f'button[data-view="{name}"]')
    assert here.page.evaluate("window.moved") == []


def test_something_moves_where_calm_is_not_preferred(visit):
    here = visit("en-US")
    here.page.emulate_media(reduced_motion="no-preference")
    here.page.locator("#sanad-live").evaluate(
        """e => e.insertAdjacentHTML("beforeend",
          '<div class="message waiting"><p class="note">…</p></div>')"""
    )
    assert here.page.evaluate("document.getAnimations().length") > 0


@pytest.mark.parametrize("bold", [False, True])
def test_own_font_is_taken_and_sets_arabic(visit, bold):
    here = visit("ar")
    name = "noto-naskh-arabic-bold" if bold else "noto-naskh-arabic"
    # Letters that join are narrower than the same ones apart.
    widths = here.page.evaluate(
        """async (name) => {
            const face = new FontFace("Tried", `url(/fonts/${name}.woff2)`);
            document.fonts.add(await face.load());
            const pen = document.createElement("canvas").getContext("2d");
            pen.font = "100px Tried, monospace";
            return ["سند", "س\u200cن\u200cد", "محمد"].map((t) => pen.measureText(t).width)
              .concat((pen.font = "100px monospace", pen.measureText("سند").width));
        }""",
        name,
    )
    joined, apart, _, without = widths
    assert joined < apart
    assert joined != without
