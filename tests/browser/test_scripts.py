"""Nothing of a document, a question or an address runs in the page, wherever it is shown."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from web_server import running

from assistant import Assistant, Settings
from assistant.schema import Document

pytestmark = pytest.mark.browser

# Each would set the flag if it ran; a template would be filled in, a link would be followed.
PAYLOADS = (
    "<script>window.ran=1</script>",
    "<img src=x onerror=window.ran=2>",
    "<svg onload=window.ran=3><script>window.ran=4</script></svg>",
    '"><iframe srcdoc="<script>parent.ran=5</script>"></iframe>',
    "' onmouseover='window.ran=6' x='",
    "</script><script>window.ran=7</script>",
    "</style></textarea></title><script>window.ran=8</script>",
    "[here](javascript:window.ran=9) <a href=javascript:window.ran=10>here</a>",
    "${window.ran=11} ${(window.ran=12)} `${window.ran=13}`",
    "{{window.ran=14}} {{{window.ran=15}}} {{constructor.constructor('window.ran=16')()}}",
    "<%= window.ran=17 %> {%raw%} {#if window.ran=18}x{/if} {@html '<img src=x onerror=ran=19>'}",
)
ALL = " ".join(PAYLOADS)
TITLE = f"Harbour {PAYLOADS[1]} {PAYLOADS[8]} {PAYLOADS[9]}"
QUESTION = f"What did the harbour of Bejaia write on its label? {PAYLOADS[1]} {PAYLOADS[8]}"


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scripts")
    with Assistant(settings=Settings(library=folder)) as opened:
        lines = (
            f"The harbour of Bejaia wrote on its label {n}: {p}." for n, p in enumerate(PAYLOADS)
        )
        opened.add(Document(title=TITLE, text="\n\n".join(lines), source=f"{ALL}.txt"))
        yield opened


@pytest.fixture(scope="module")
def address(library):
    with running(library, "en") as found:
        yield found


@pytest.fixture
def page(chromium):
    context = chromium.new_context(locale="en-GB", reduced_motion="reduce")
    made = context.new_page()
    requests = []
    made.on("request", lambda request: requests.append(request.url))
    made.on("dialog", lambda dialog: requests.append(f"dialog:{dialog.message}"))
    yield made
    own = ("http://127.0.0.1", "data:", "blob:http://127.0.0.1")
    assert [url for url in requests if not url.startswith(own)] == []
    # What a payload asks for if its element is made: a picture named x.
    assert [url for url in requests if url.endswith("/x")] == []
    context.close()


def nothing_ran(page) -> None:
    page.wait_for_timeout(300)
    assert page.evaluate("window.ran") is None
    for selector in ("iframe", "img[src=x]", "svg[onload]", "a[href^='javascript:']"):
        assert page.locator(selector).count() == 0, selector
    assert page.locator("[onerror], [onmouseover]").count() == 0


def opened(page, address, path="/"):
    page.goto(address + path)
    page.wait_for_selector("#sanad-conversation .messages", timeout=60_000)


def ask(page):
    page.fill("#sanad-question textarea", QUESTION)
    page.press("#sanad-question textarea", "Enter")
    page.wait_for_selector(".message.assistant:has(.engine), .message.refusal, .message.failure")


def test_in_a_conversation_and_beside_it(page, address, library):
    opened(page, address)
    ask(page)
    nothing_ran(page)
    # What was asked is read as it was written: no template was filled in.
    assert "${window.ran=11}" in page.locator(".message").first.inner_text()
    page.locator("[data-cite]").first.click()
    page.wait_for_selector("#sanad-source .document")
    nothing_ran(page)
    shown = page.locator("#sanad-source .document").inner_text()
    for payload in PAYLOADS:
        assert " ".join(payload.split()) in " ".join(shown.split())
    # The list of conversations has the question as a title.
    kept = library.conversations()[0]
    library.conversation(kept.id).rename(ALL[:300])
    library.conversation(kept.id).rate(1, good=False, reason=ALL)
    opened(page, address, f"/?c={kept.id}")
    page.wait_for_selector(".message.assistant")
    nothing_ran(page)


@pytest.mark.parametrize("view", ["library", "search"])
def test_in_the_other_views(page, address, view):
    opened(page, address, f"/?v={view}")
    page.locator(f"[data-view={view}], a[href='#{view}']").first.click()
    if view == "search":
        field = page.locator("#sanad-search-form input").first
        field.fill(f"harbour {PAYLOADS[1]} {PAYLOADS[8]}")
        field.press("Enter")
        page.wait_for_selector("#sanad-found [data-cite], #sanad-found .hit, #sanad-found li")
    else:
        page.wait_for_selector("#sanad-shelf >> text=Harbour")
    nothing_ran(page)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_in_the_pages_address(page, address, payload):
    told = quote(payload, safe="")
    opened(page, address, f"/?c={told}&s={told}&v={told}&{told}={told}#{told}")
    nothing_ran(page)


def test_on_paper_and_in_a_file(page, address, library, tmp_path):
    hit = library.search("label", unit="sentence")[0]
    page.goto(
        f"{address}/print/{hit.document_id}/{hit.version}/"
        f"{hit.start_char_index}-{hit.end_char_index}"
    )
    assert "window.ran=1" in page.inner_text("body")
    nothing_ran(page)
    conversation = library.conversation()
    conversation.ask(QUESTION)
    conversation.rename(ALL[:300])
    conversation.rate(1, good=False, reason=ALL)
    # Not by the page, whose policy would stop scripts: the file itself must have none.
    file = tmp_path / "conversation.html"
    file.write_text(conversation.export("html"), encoding="utf-8")
    page.route("http://127.0.0.1:1/file", lambda route: route.fulfill(path=file))
    page.goto("http://127.0.0.1:1/file")
    assert "window.ran" in page.inner_text("body")
    nothing_ran(page)
