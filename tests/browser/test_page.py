"""What a person sees and does on the page, in a real browser over the real assistant."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from assistant.errors import ModelError
from assistant.schema import AnswerStream, Segment
from assistant.strings import say
from assistant.web.markup.markers import decode

pytestmark = pytest.mark.browser

CHAIR = "من ترأس الدورة الأولى من المشاورات؟"
PLANNING = "متى صدر تقرير إدارة التخطيط؟"
CONTRACT = "Who signed the contract for the desalination plant?"
LABEL = "What is written on the label of sample 7?"
UNKNOWN = "What is the capital of Peru?"

# Whether a box lies inside another one, with a pixel for rounding.
INSIDE = """([inner, outer]) => {
    const a = document.querySelector(inner).getBoundingClientRect();
    const b = document.querySelector(outer).getBoundingClientRect();
    return a.height > 0 && a.top >= b.top - 1 && a.bottom <= b.bottom + 1
      && a.left >= b.left - 1 && a.right <= b.right + 1;
}"""
# Where the pieces of a text stand on the screen, from left to right.
ON_SCREEN = """(element, pieces) => {
    const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const all = [];
    while (nodes.nextNode()) all.push(nodes.currentNode);
    const text = all.map((n) => n.data).join("");
    const left = (piece) => {
        let offset = text.indexOf(piece);
        for (const node of all) {
            if (offset < node.length) {
                const range = document.createRange();
                range.setStart(node, offset);
                range.setEnd(node, offset + piece.length);
                return range.getBoundingClientRect().left;
            }
            offset -= node.length;
        }
    };
    return pieces.toSorted((a, b) => left(a) - left(b));
}"""


def markers(message):
    return message.locator("button.cite")


def quoted(assistant, marker) -> str:
    """Return what the marker's document holds where it points."""
    pointer = decode(marker.get_attribute("data-cite"))
    shown = assistant.document(pointer.document_id, version=pointer.version)
    return shown.text[pointer.start : pointer.end]


def answering(assistant, segments, before=None, error=None, changes=None, search=None):
    """Return a `stream` that gives these segments, and then raises the error if there is one.

    The answer at its end is a real one, but for these segments and changes.
    """
    model = assistant.ask(CONTRACT)

    def stream(question, history=(), scope=None):
        def pieces():
            for segment in segments:
                if before:
                    before()
                yield segment
            if error:
                raise error

        def finish(seen):
            citations = tuple(c for s in seen for c in s.citations)
            text = "".join(s.text for s in seen)
            made = replace(model, text=text, segments=seen, citations=citations)
            return replace(made, **(changes or {}))

        return AnswerStream(pieces(), finish, search=search)

    return stream


def test_an_arabic_question_is_answered_and_cited(visit, assistant):
    here = visit("ar")
    message = here.ask(CHAIR)
    whole = assistant.ask(CHAIR)
    assert whole.answered
    shown = message.locator(".said").all_text_contents()
    assert whole.citations[0].cited_text + "[1]" in shown
    assert [m.inner_text() for m in markers(message).all()] == ["[1]"]
    assert message.locator(".engine").inner_text() == say("page.engine.extractive", "ar")
    assert here.direction(".message.assistant .body") == "rtl"


def test_an_english_question_is_answered_and_cited(visit, assistant):
    here = visit("en-US")
    message = here.ask(CONTRACT)
    expected = assistant.ask(CONTRACT).citations[0].cited_text
    assert "Salma Benani" in expected
    assert expected + "[1]" in message.locator(".said").all_text_contents()
    assert markers(message).first.get_attribute("title") == expected
    assert here.direction(".message.assistant .body") == "ltr"


@pytest.mark.parametrize("question", [CHAIR, CONTRACT])
def test_a_marker_shows_its_words_inside_the_panel_and_the_page_stays(visit, assistant, question):
    here = visit("ar")
    marker = markers(here.ask(question)).first
    words = here.open(marker)
    assert words == quoted(assistant, marker) == assistant.ask(question).citations[0].cited_text
    assert here.page.locator("mark.focus").count() == 1
    assert here.page.evaluate(INSIDE, ["mark.focus", "#sanad-source .text"])
    assert here.page.evaluate(INSIDE, ["mark.focus", "html"])
    assert here.page.evaluate("[scrollX, scrollY]") == [0, 0]
    assert marker.get_attribute("aria-current") == "true"


def test_the_panel_scrolled_to_words_far_down(visit):
    here = visit("en-US")
    here.open(markers(here.ask(CONTRACT)).first)
    assert here.page.locator("#sanad-source .text").evaluate("e => e.scrollTop") > 300


def test_the_panel_says_what_document_it_shows(visit, assistant):
    here = visit("en-US")
    here.open(markers(here.ask(CONTRACT)).first)
    cited = assistant.ask(CONTRACT).citations[0]
    assert here.page.locator("#sanad-source h2").inner_text() == cited.document_title
    assert here.page.locator("#sanad-source .where").text_content() == cited.source


@pytest.mark.parametrize(
    ("locale", "language", "lang", "direction"),
    [
        ("ar", "auto", "ar", "rtl"),
        ("en-US", "auto", "en", "ltr"),
        ("en-US", "ar", "ar", "rtl"),
        ("ar", "en", "en", "ltr"),
    ],
)
def test_the_interface_is_whole_in_one_language(visit, locale, language, lang, direction):
    here = visit(locale, language)
    root = here.page.locator("html")
    assert [root.get_attribute("lang"), root.get_attribute("dir")] == [lang, direction]
    assert here.direction("html") == direction
    assert here.direction("#sanad-composer") == direction
    assert here.page.locator("#sanad-send").inner_text() == say("page.send", lang)
    assert here.page.locator("#sanad-new").inner_text() == say("page.new", lang)
    box = here.page.locator("#sanad-question textarea")
    assert box.get_attribute("placeholder") == say("page.ask", lang)
    assert here.page.locator(".masthead .tagline").inner_text() == say("page.tagline", lang)
    assert here.page.locator(".masthead .count").inner_text() == "3"
    assert here.page.locator("#sanad-source .empty").inner_text() == say("page.source.empty", lang)
    assert here.page.locator("footer:visible").count() == 0


def test_each_message_of_a_mixed_conversation_has_its_own_direction(visit):
    here = visit("ar")
    here.ask(CHAIR)
    here.ask(CONTRACT)
    assert here.direction("html") == "rtl"
    runs = here.page.locator(".message .body").evaluate_all(
        "all => all.map(e => getComputedStyle(e).direction)"
    )
    assert runs == ["rtl", "rtl", "ltr", "ltr"]
    sides = here.page.locator(".message .body p:first-child").evaluate_all(
        """all => all.map(e => {
            const range = document.createRange();
            range.selectNodeContents(e);
            const all = Array.from(range.getClientRects()), box = e.getBoundingClientRect();
            // The whole first line, of which each piece in a direction of its own is a box.
            const line = all.filter((r) => Math.abs(r.top - all[0].top) < 4);
            const right = Math.max(...line.map((r) => r.right));
            const left = Math.min(...line.map((r) => r.left));
            return box.right - right < left - box.left ? "right" : "left";
        })"""
    )
    assert sides[1::2] == ["right", "left"]


@pytest.mark.parametrize(("locale", "question"), [("ar", CONTRACT), ("en-US", CHAIR)])
def test_a_block_of_a_source_has_its_own_direction_in_any_interface(visit, locale, question):
    here = visit(locale)
    here.open(markers(here.ask(question)).first)
    expected = "ltr" if question == CONTRACT else "rtl"
    assert here.direction("#sanad-source [dir]:has(> mark.focus)") == expected
    assert here.direction("#sanad-source .text") == expected


def test_numbers_keep_their_order_inside_arabic(visit):
    here = visit("ar")
    message = here.ask(PLANNING)
    said = message.locator(".said.verbatim")
    assert said.evaluate(ON_SCREEN, ["2024", "06", "30"]) == ["2024", "06", "30"]
    assert said.evaluate(ON_SCREEN, ["14", "15"]) == ["14", "15"]
    asked = here.page.locator(".message.user p")
    assert asked.evaluate(ON_SCREEN, ["متى", "التخطيط", "؟"]) == ["؟", "التخطيط", "متى"]


def test_a_refusal_looks_different(visit, assistant):
    here = visit("en-US")
    answer = here.ask(CONTRACT)
    refusal = here.ask(UNKNOWN)
    assert not assistant.ask(UNKNOWN).answered
    assert "refusal" in refusal.get_attribute("class")
    border = "e => getComputedStyle(e).borderTopStyle"
    assert refusal.evaluate(border) != answer.evaluate(border)
    assert refusal.locator(".said").inner_text() == say("answer.refusal", "en")
    assert refusal.locator(".engine").count() == 0


def test_a_refusal_offers_the_closest_passages(visit, assistant, monkeypatch):
    # What is found for a refused question is the library's affair; here it is enough for once.
    hits = tuple(assistant.search(CONTRACT, k=5))
    refused = {"answered": False, "hits": hits}
    segments = [Segment(say("answer.refusal", "en"))]
    monkeypatch.setattr(assistant, "stream", answering(assistant, segments, changes=refused))
    here = visit("en-US")
    refusal = here.ask(UNKNOWN)
    assert refusal.locator(".closest h2").inner_text() == say("answer.closest", "en")
    passages = markers(refusal)
    assert passages.locator(".words").all_text_contents() == [h.text for h in hits[:3]]
    here.open(passages.first)
    marked = "".join(here.page.locator("mark.focus").all_text_contents())
    # A passage may go over several blocks; the white space between them is not theirs.
    assert "".join(marked.split()) == "".join(hits[0].text.split())
    assert here.page.evaluate(INSIDE, ["mark.focus", "#sanad-source .text"])


@pytest.mark.parametrize("locale", ["ar", "en-US"])
def test_what_was_not_confirmed_has_its_source_beside_it_and_stays_inside(
    visit, assistant, monkeypatch, locale
):
    citation = assistant.ask(CHAIR).citations[0]
    reason = "words that are not in the source: " + ", ".join(["Lounes Magramane"] * 6)
    segment = Segment("The talks were led by two men.", (citation,), "unconfirmed", (reason,))
    changes = {"language": "en", "engine": "ollama:qwen3:8b"}
    monkeypatch.setattr(assistant, "stream", answering(assistant, (segment,), changes=changes))
    here = visit(locale, width=390)
    message = here.ask(CONTRACT)
    beside = message.locator(".beside")
    assert beside.inner_text() == citation.cited_text
    assert beside.get_attribute("dir") == "rtl"
    assert reason in message.locator(".doubt").inner_text()
    assert here.page.evaluate(INSIDE, [".doubt", ".message.assistant"])
    message.locator(".checks summary").click()
    meaning = say("gate.mark.unconfirmed", locale[:2])
    assert meaning in message.locator(".checks li").inner_text()


@pytest.mark.parametrize("locale", ["ar", "en-US"])
def test_a_follow_up_as_it_was_understood_can_be_changed_and_asked(visit, assistant, locale):
    here = visit(locale)
    here.ask(CONTRACT)
    message = here.ask("And when did she sign it?")
    shown = message.locator(".understood bdi").inner_text()
    assert shown != "And when did she sign it?"
    message.locator(".revise").click()
    box = here.page.locator("#sanad-question textarea")
    assert box.input_value() == shown
    here.page.keyboard.type(" Exactly")
    here.page.keyboard.press("Enter")
    here.page.wait_for_function("""() => document.querySelectorAll(".message.user").length === 3""")
    asked = here.page.locator(".message.user").last.inner_text()
    assert asked == f"{shown} Exactly"


def test_a_script_in_a_document_is_only_text(visit, assistant):
    here = visit("en-US")
    message = here.ask(LABEL)
    quote = assistant.ask(LABEL).citations[0].cited_text
    assert "<script>" in quote
    assert "<img" in quote
    assert quote + "[1]" in message.locator(".said").all_text_contents()
    assert here.open(markers(message).first) == quote
    inside = "#sanad-conversation :is(script, img, a), #sanad-source .text :is(script, img, a)"
    assert here.page.locator(inside).count() == 0
    assert "owned" not in here.page.title()


def test_a_persons_markup_is_only_text(visit):
    here = visit("en-US")
    here.ask("Who **signed** <b>the</b> contract for the $x$ desalination plant? <script>")
    shown = here.page.locator(".message.user .body")
    assert shown.inner_text().endswith("the $x$ desalination plant? <script>")
    assert shown.locator("b, strong, script").count() == 0


def test_a_marker_works_with_the_keyboard_alone(visit, assistant):
    here = visit("ar")
    marker = markers(here.ask(CHAIR)).first
    here.page.locator("#sanad-question textarea").focus()
    # Behind it stand only the buttons of the answer.
    for _ in range(4 + 1):
        here.page.keyboard.press("Shift+Tab")
    assert marker.evaluate("e => e === document.activeElement")
    here.page.keyboard.press("Enter")
    assert here.opened(marker) == quoted(assistant, marker)


def test_markers_of_two_answers_do_not_mix_and_old_ones_go_on_working(visit, assistant):
    here = visit("ar")
    first = markers(here.ask(CHAIR))
    arabic = first.first.get_attribute("data-cite")
    here.ask(CONTRACT)
    old, new = (
        here.page.locator(".message.assistant").nth(n).locator(".cite").first for n in (0, 1)
    )
    assert [old.inner_text(), new.inner_text()] == ["[1]", "[1]"]
    assert old.get_attribute("data-cite") == arabic
    assert here.open(new) == assistant.ask(CONTRACT).citations[0].cited_text
    assert here.open(old) == assistant.ask(CHAIR).citations[0].cited_text
    assert here.open(new) == assistant.ask(CONTRACT).citations[0].cited_text
    current = here.page.locator(".cite[aria-current]")
    assert current.count() == 1
    assert current.evaluate("(e, other) => e === other", new.element_handle())


def test_other_quotes_of_the_same_answer_are_marked_more_lightly(visit, assistant, monkeypatch):
    one, two = (assistant.ask(q).citations[0] for q in (CONTRACT, LABEL))
    segments = [Segment(c.cited_text + " ", (c,), "verbatim") for c in (one, two)]
    monkeypatch.setattr(assistant, "stream", answering(assistant, segments))
    here = visit("en-US")
    message = here.ask("both")
    assert [m.inner_text() for m in markers(message).all()] == ["[1]", "[2]"]
    assert here.open(markers(message).nth(1)) == two.cited_text
    assert here.page.locator("mark.also").all_text_contents() == [one.cited_text]
    colours = here.page.locator("mark").evaluate_all(
        "all => all.map(e => getComputedStyle(e).backgroundColor)"
    )
    assert len(set(colours)) == 2


@pytest.mark.parametrize("forged", ["{}", '["x","y",0,5,"z"]', '["%s","%s",0,99999999,"x"]'])
def test_a_forged_marker_gets_a_friendly_text(visit, assistant, forged):
    here = visit("en-US")
    marker = markers(here.ask(CONTRACT)).first
    if "%s" in forged:
        pointer = decode(marker.get_attribute("data-cite"))
        forged %= (pointer.document_id, pointer.version)
    here.open(marker)
    # A forged "{}" can't even be read by the page's script, so it is sent as the script would.
    marker.evaluate("(e, token) => { e.dataset.cite = token; }", forged)
    if forged == "{}":
        forged = '["",null,0,0,""]'
        marker.evaluate("(e, token) => { e.dataset.cite = token; }", forged)
    marker.click()
    here.page.wait_for_selector("#sanad-source .empty")
    missing = say("page.source.missing", "en")
    assert here.page.locator("#sanad-source .empty").inner_text() == missing


def test_a_narrow_screen_scrolls_to_the_panel_and_back_and_never_sideways(visit, assistant):
    here = visit("ar", width=360, height=740)
    overflow = "document.documentElement.scrollWidth - innerWidth"
    assert here.page.evaluate(overflow) <= 0
    marker = markers(here.ask(CHAIR)).first
    here.ask(LABEL)
    assert here.page.evaluate(overflow) <= 0
    assert here.open(marker) == quoted(assistant, marker)
    assert here.page.evaluate(overflow) <= 0
    assert here.page.evaluate(INSIDE, ["#sanad-source .document header", "body"])
    top, bottom = here.page.locator("mark.focus").evaluate(
        "e => { const b = e.getBoundingClientRect(); return [b.top, b.bottom]; }"
    )
    assert 0 <= top < bottom <= 740
    here.page.locator("#sanad-source .back").click()
    assert marker.evaluate("e => e === document.activeElement")
    assert 0 <= marker.bounding_box()["y"] <= 740


@pytest.mark.parametrize("locale", ["ar", "en-US"])
def test_on_a_narrow_screen_the_question_box_and_the_count_take_one_line(visit, locale):
    wide, narrow = (visit(locale, width=width) for width in (1280, 360))
    box = "#sanad-question textarea"
    heights = [here.page.locator(box).bounding_box()["height"] for here in (wide, narrow)]
    assert heights[1] <= heights[0] + 1
    lines = """(selector) => {
        const range = document.createRange();
        range.selectNodeContents(document.querySelector(selector));
        return new Set(Array.from(range.getClientRects(), (r) => Math.round(r.top))).size;
    }"""
    assert narrow.page.evaluate(lines, ".masthead .count") == 1
    assert narrow.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_the_question_is_seen_at_once_and_the_answer_as_it_comes(visit, assistant, monkeypatch):
    found, step = threading.Semaphore(0), threading.Semaphore(0)
    segments = [Segment("First piece. "), Segment("Second piece.")]
    stream = answering(
        assistant,
        segments,
        before=lambda: step.acquire(timeout=30),
        search=lambda: found.acquire(timeout=30),
    )
    monkeypatch.setattr(assistant, "stream", stream)
    here = visit("en-US")
    here.send("slowly")
    here.page.wait_for_selector(".message.waiting")
    assert here.page.locator(".message.user").inner_text() == "slowly"
    assert here.page.locator(".message.waiting").inner_text() == say("page.searching", "en")
    assert here.page.locator("#sanad-question textarea").input_value() == ""
    found.release()
    here.page.get_by_text(say("page.writing", "en")).wait_for()
    step.release()
    here.page.wait_for_selector(".message.assistant")
    assert here.page.locator(".message.assistant").inner_text() == "First piece."
    assert here.page.locator(".message.waiting").count() == 0
    step.release()
    here.page.wait_for_selector(".message .engine")


def test_a_question_that_comes_too_early_waits_and_disturbs_nothing(visit, assistant, monkeypatch):
    step, begun = threading.Semaphore(1), []
    segments = [Segment("First piece. "), Segment("Second piece.")]

    def before():
        begun.append(1)
        step.acquire(timeout=30)

    monkeypatch.setattr(assistant, "stream", answering(assistant, segments, before=before))
    here = visit("en-US")
    here.send("slowly")
    here.page.wait_for_selector(".message.assistant")
    here.send("too early")
    here.page.get_by_text(say("page.busy", "en")).wait_for()
    here.page.wait_for_timeout(500)
    assert here.page.locator("#sanad-question textarea").input_value() == "too early"
    assert here.page.locator("#sanad-stop").is_visible()
    step.release()
    here.page.wait_for_selector(".message .engine")
    assert len(begun) == 2
    assert here.page.locator(".notice").count() == 0
    assert here.page.locator(".message .body").all_inner_texts() == [
        "slowly",
        "First piece. Second piece.",
    ]


def test_an_answer_can_be_stopped(visit, assistant, monkeypatch):
    step = threading.Semaphore(1)
    segments = [Segment("First piece. "), Segment("Second piece.")]
    stream = answering(assistant, segments, before=lambda: step.acquire(timeout=30))
    monkeypatch.setattr(assistant, "stream", stream)
    here = visit("en-US")
    here.send("slowly")
    here.page.wait_for_selector(".message.assistant")
    here.page.click("#sanad-stop")
    here.page.wait_for_selector(".message.failure")
    step.release()
    assert here.page.locator(".message.failure").inner_text() == say("page.stopped", "en")
    monkeypatch.undo()
    assert "Salma Benani" in here.ask(CONTRACT).inner_text()
    assert here.page.locator(".message.user").count() == 2


@pytest.mark.parametrize("button", ["#sanad-stop", "#sanad-new"])
def test_a_question_is_answered_while_the_stopped_one_is_still_at_work(
    visit, assistant, monkeypatch, button
):
    step = threading.Semaphore(1)
    segments = [Segment("First piece. "), Segment("Second piece.")]
    stream = answering(assistant, segments, before=lambda: step.acquire(timeout=30))
    monkeypatch.setattr(assistant, "stream", stream)
    here = visit("en-US")
    here.send("slowly")
    here.page.wait_for_selector(".message.assistant")
    monkeypatch.undo()
    here.page.click(button)
    here.page.wait_for_selector(".message.failure, .messages .empty")
    try:
        assert "Salma Benani" in here.ask(CONTRACT).inner_text()
    finally:
        step.release()
    here.page.wait_for_timeout(500)
    assert "Second piece" not in here.page.locator("#sanad-conversation").inner_text()


def test_two_people_are_answered_at_the_same_time(visit, assistant, monkeypatch):
    # Each answer waits for the other one to have begun; one after the other would break it.
    both = threading.Barrier(2, timeout=30)
    stream = answering(assistant, [Segment("Together.")], before=both.wait)
    monkeypatch.setattr(assistant, "stream", stream)
    people = [visit("en-US"), visit("ar")]
    for here in people:
        here.send("now")
    for here in people:
        here.page.wait_for_selector(".message .engine")
        assert here.page.locator(".message.user").count() == 1
        assert here.page.locator(".message.failure").count() == 0


@pytest.mark.parametrize("locale", ["ar", "en-US"])
def test_an_error_of_the_assistant_is_told_in_the_conversation(
    visit, assistant, monkeypatch, locale
):
    error = ModelError("The model 'ollama:x' can't be reached.")
    monkeypatch.setattr(assistant, "stream", answering(assistant, [], error=error))
    here = visit(locale)
    message = here.ask(CONTRACT)
    assert "failure" in message.get_attribute("class")
    intro = say("page.error", locale[:2], {"message": ""}).strip()
    assert [line for line in message.inner_text().splitlines() if line] == [intro, str(error)]


def test_an_unexpected_error_shows_no_traceback(visit, assistant, monkeypatch):
    error = ValueError("a document's secret")
    monkeypatch.setattr(assistant, "stream", answering(assistant, [], error=error))
    here = visit("en-US")
    assert here.ask(CONTRACT).inner_text() == say("page.error.unexpected", "en")
    assert "secret" not in here.page.content()
    monkeypatch.undo()
    assert "Salma Benani" in here.ask(CONTRACT).inner_text()


def test_an_empty_or_endless_question_is_not_asked(visit, assistant):
    here = visit("en-US")
    here.page.click("#sanad-send")
    notice = here.page.locator(".notice")
    notice.wait_for()
    assert notice.inner_text() == say("question.empty", "en")
    limit = assistant.settings.max_question_characters
    here.send("x" * (limit + 1))
    values = {"length": limit + 1, "limit": limit}
    here.page.get_by_text(say("question.too_long", "en", values)).wait_for()
    assert here.page.locator("#sanad-question textarea").input_value() == "x" * (limit + 1)
    assert here.page.locator(".message").count() == 0
    here.ask(CONTRACT)
    assert notice.count() == 0


def test_a_new_conversation_begins_empty(visit):
    here = visit("en-US")
    here.open(markers(here.ask(CONTRACT)).first)
    here.page.click("#sanad-new")
    here.page.wait_for_selector(".messages .empty")
    assert here.page.locator(".message").count() == 0
    assert here.page.locator("#sanad-source .empty").inner_text() == say("page.source.empty", "en")
    assert "Salma Benani" in here.ask(CONTRACT).inner_text()
    assert here.page.locator(".message").count() == 2


def test_the_page_is_dark_where_the_person_prefers_it(visit):
    grounds = [
        visit("en-US", scheme=scheme).page.evaluate(
            "getComputedStyle(document.body).backgroundColor"
        )
        for scheme in ("light", "dark")
    ]
    light, dark = (sum(map(int, g.strip("rgb()").split(","))) for g in grounds)
    assert light > 600
    assert dark < 150


def test_the_page_asks_its_own_host_only(visit):
    here = visit("ar")
    here.open(markers(here.ask(CHAIR)).first)
    assert here.foreign == []
    assert len(here.requests) > 10


@pytest.mark.parametrize("locale", ["ar", "en-US"])
def test_conversation_and_draft_survive_a_change_of_language(visit, locale):
    here = visit(locale)
    other = "en" if locale == "ar" else "ar"
    reply = markers(here.ask(CONTRACT)).count()
    here.page.fill("#sanad-question textarea", "An unfinished")
    here.page.click("button.language")
    here.page.wait_for_selector(f'html[lang="{other}"] .message .engine')
    assert here.direction("html") == ("rtl" if other == "ar" else "ltr")
    assert here.page.locator("#sanad-send").inner_text() == say("page.send", other)
    assert markers(here.page.locator(".message.assistant")).count() == reply
    here.page.wait_for_function(
        """() => document.querySelector("#sanad-question textarea").value === "An unfinished\""""
    )
    here.page.reload()
    here.page.wait_for_selector(f'html[lang="{other}"] .message .engine')


def test_views_are_told_apart_and_stand_in_the_address(visit):
    here = visit("en-US")
    here.page.click('button[data-view="library"]')
    here.page.wait_for_selector("#sanad-ask", state="hidden")
    assert here.page.url.endswith("#library")
    assert here.page.locator('button[data-view="library"]').get_attribute("aria-current") == "page"
    assert here.page.locator("button[data-view][aria-current]").count() == 1
    here.page.go_back()
    here.page.wait_for_selector("#sanad-question textarea", state="visible")


def test_dark_and_light_are_remembered(visit):
    here = visit("en-US", scheme="light")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = here.page.evaluate(ground)
    here.page.click("button.theme")
    assert here.page.locator("button.theme").get_attribute("aria-pressed") == "true"
    dark = here.page.evaluate(ground)
    assert dark != light
    here.page.reload()
    here.page.wait_for_selector('button.theme[aria-pressed="true"]')
    assert here.page.evaluate(ground) == dark


@pytest.mark.parametrize("locale", ["ar", "en-US"])
def test_a_question_to_begin_with_is_asked_by_a_click(visit, assistant, locale):
    here = visit(locale)
    starter = here.page.locator("button.starter").first
    starter.wait_for()
    shown = here.page.locator("button.starter").all_inner_texts()
    assert shown == list(assistant.starters(4))
    starter.click()
    here.page.wait_for_selector(".message .engine")
    assert here.page.locator(".message.user").inner_text() == shown[0]
    assert here.page.locator("button.starter:visible").count() == 0
    here.page.click("#sanad-new")
    here.page.locator("button.starter").first.wait_for()
