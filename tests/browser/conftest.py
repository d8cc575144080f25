"""The real page over the real assistant, and a Chromium that looks at it."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

CHROMIUM = os.environ.get("SANAD_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SEEDS = Path(__file__).parents[2] / "seeds"

# The sentence that is asked for stands far down, so that the panel has to scroll to it.
ENGLISH = (
    "Annual report of the Casablanca Water Authority\n\n"
    "The Casablanca Water Authority was founded on 12 March 1998. It serves 1,250,000 households "
    "in Casablanca (\u0627\u0644\u062f\u0627\u0631 \u0627\u0644\u0628\u064a\u0636\u0627\u0621).\n\n"
    + "".join(
        f"Pumping station number {n} was inspected, cleaned and painted by the maintenance "
        "department during the year.\n\n"
        for n in range(1, 41)
    )
    + "The laboratory wrote <script>document.title = 'owned'</script> and "
    "<img src=x onerror=\"document.title='owned'\"> on the label of sample 7.\n\n"
    "The director, Salma Benani, signed the contract for the desalination plant on 3 May 2024.\n"
)
ARABIC = (
    "تقرير إدارة التخطيط السنوي\n\n"
    "صدر تقرير إدارة التخطيط في 2024-06-30، وجاء ملخصه في الصفحات 14–15 من المجلد الأول.\n"
)


# A module's, not the session's: Playwright keeps an event loop running while it lives, and no
# other test could run one of its own.
@pytest.fixture(scope="module")
def chromium():
    if not Path(CHROMIUM).exists() and "CI" not in os.environ:
        pytest.skip(f"no Chromium at {CHROMIUM}; set SANAD_CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def assistant(tmp_path_factory):
    from assistant import Assistant, Settings

    folder = tmp_path_factory.mktemp("documents")
    (folder / "water-authority.txt").write_text(ENGLISH, encoding="utf-8")
    (folder / "planning.txt").write_text(ARABIC, encoding="utf-8")
    with Assistant(tmp_path_factory.mktemp("library"), Settings()) as opened:
        report = opened.add(SEEDS, folder)
        assert not report.failed
        yield opened


@pytest.fixture(scope="session")
def serving(assistant) -> Iterator[Callable[[str], str]]:
    """Give a function from the interface's language to the address of a page in it."""
    import uvicorn

    from assistant.web import build_app

    running: dict[str, tuple[str, uvicorn.Server, threading.Thread, socket.socket]] = {}

    def address(language: str) -> str:
        if language not in running:
            listener = socket.create_server(("127.0.0.1", 0))
            config = uvicorn.Config(
                build_app(assistant, language), log_config=None, timeout_graceful_shutdown=1
            )
            server = uvicorn.Server(config)
            thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
            thread.start()
            deadline = time.monotonic() + 60
            while not server.started and thread.is_alive() and time.monotonic() < deadline:
                time.sleep(0.05)
            assert server.started
            url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
            running[language] = (url, server, thread, listener)
        return running[language][0]

    yield address
    for _, server, thread, listener in running.values():
        server.should_exit = True
        thread.join(30)
        listener.close()
        assert not thread.is_alive()


@dataclass
class Visit:
    """A page in a browser, with everything that it asked for and complained about."""

    page: object
    own: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def foreign(self) -> list[str]:
        inside = (self.own, "data:", "blob:" + self.own)
        return [url for url in self.requests if not url.startswith(inside)]

    def ask(self, question: str) -> object:
        """Ask, wait for the whole reply, and return its last message."""
        messages = self.page.locator(".message")
        before = messages.count()
        self.send(question)
        self.page.wait_for_function(
            """(before) => {
                const all = document.querySelectorAll(".message");
                return all.length > before + 1 && !document.querySelector("#sanad-stop")
                  && all[all.length - 1].matches(".refusal, .failure, .assistant:has(.engine)");
            }""",
            arg=before,
        )
        return messages.nth(messages.count() - 1)

    def send(self, question: str) -> None:
        self.page.fill("#sanad-question textarea", question)
        self.page.press("#sanad-question textarea", "Enter")

    def open(self, marker: object) -> str:
        """Click a marker, wait until its words are marked, and return them."""
        marker.click()
        return self.opened(marker)

    def opened(self, marker: object) -> str:
        token = marker.get_attribute("data-cite")
        self.page.wait_for_function(
            """(token) => {
                const [, version, start, end] = JSON.parse(token);
                const shown = document.querySelector("#sanad-source .document");
                return shown?.dataset.version === version
                  && shown.dataset.range === `${start}-${end}`;
            }""",
            arg=token,
        )
        self.page.wait_for_timeout(100)  # two frames: the panel scrolls in the next one
        focus = self.page.locator("#sanad-source mark.focus")
        return "".join(focus.all_text_contents())

    def direction(self, selector: str) -> str:
        return self.page.locator(selector).evaluate("e => getComputedStyle(e).direction")


@pytest.fixture
def visit(chromium, serving) -> Iterator[Callable[..., Visit]]:
    """Give a function that opens the page; at the end nothing may have gone wrong in it."""
    contexts, visits = [], []

    def opened(
        locale: str = "ar",
        language: str = "auto",
        width: int = 1280,
        height: int = 800,
        scheme: str = "light",
    ) -> Visit:
        own = serving(language)
        context = chromium.new_context(
            locale=locale,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        made = Visit(page, own)
        visits.append(made)
        page.on("request", lambda request: made.requests.append(request.url))
        page.on("websocket", lambda opened: made.requests.append(opened.url))
        page.on("pageerror", lambda error: made.complaints.append(str(error)))
        page.on(
            "console",
            lambda said: made.complaints.append(said.text) if said.type == "error" else None,
        )
        page.goto(own)
        page.wait_for_selector("#sanad-conversation .messages", timeout=60_000)
        return made

    yield opened
    for context in contexts:
        context.close()
    assert [v.foreign for v in visits] == [[] for _ in visits]
    assert [v.complaints for v in visits] == [[] for _ in visits]
