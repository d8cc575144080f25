"""The line at the top of the page while the index of vectors is made good."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.schema import Mending

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("locale", "words", "width"),
    [("ar", "يجري بناؤه من جديد. أُنجز 25٪.", 390), ("en-US", "made anew. 25 % is done.", 1280)],
    ids=["ar", "en"],
)
def test_line_stands_while_something_is_mended_and_goes_by_itself(
    visit, monkeypatch, locale: str, words: str, width: int
) -> None:
    state: list[Mending | None] = [Mending("missing", 1, 4)]
    monkeypatch.setattr(Assistant, "mending", property(lambda _: state[0]))
    monkeypatch.setattr("assistant.web.views.mending._SECONDS", 0.5)
    here = visit(locale, width=width)

    here.page.wait_for_selector("p.mending")
    assert words in here.page.inner_text("p.mending")
    box = here.page.locator("p.mending").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert here.page.locator("#sanad-question textarea").is_visible()

    state[0] = None
    here.page.wait_for_selector("p.mending", state="detached")
