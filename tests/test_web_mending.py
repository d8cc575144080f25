"""The line that says that the index of vectors is being made good."""

from __future__ import annotations

from typing import ClassVar

import pytest
from page_html import FakeAssistant, elements

from assistant.schema import Mending
from assistant.web.markup.mending import mending
from assistant.web.reception import Reception
from assistant.web.views.mending import Mendings


class Request:
    """As much of a request as is looked at."""

    headers: ClassVar[dict[str, str]] = {"accept-language": "en"}


@pytest.mark.parametrize(
    ("state", "language", "expected"),
    [
        (None, "en", ""),
        (
            Mending("missing"),
            "en",
            "The search index is missing and is being made anew. Answers lack nothing meanwhile.",
        ),
        (
            Mending("failed", 50, 200, "no route to host"),
            "en",
            "The search index failed, or its server can't be reached; it is being mended by "
            "itself. 25 % is done. Answers lack nothing meanwhile.",
        ),
        (
            Mending("missing", 199, 200),
            "ar",
            "فهرس البحث مفقود، ويجري بناؤه من جديد. أُنجز 99٪. لا ينقص الإجابات شيء في هذه الأثناء.",
        ),
    ],
    ids=["well", "missing", "share", "arabic"],
)
def test_line_says_what_is_done_and_what_it_means(
    state: Mending | None, language: str, expected: str
) -> None:
    shown = mending(state, language)
    assert (elements(shown, "p")[0].text if state else shown) == expected


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("en", "ltr")])
def test_line_runs_as_its_language_and_is_read_out(language: str, direction: str) -> None:
    (line,) = elements(mending(Mending("unclean"), language), "p")
    assert (line.attributes["dir"], line.attributes["role"]) == (direction, "status")


def test_page_looks_again_only_while_something_is_mended() -> None:
    assistant = FakeAssistant()
    view = Mendings(Reception(assistant, "en"))

    line, timer = view.told(Request())
    assert (line, timer.active) == ("", False)

    assistant.mending = Mending("unclean")
    line, timer = view.told(Request())
    assert "looked through" in line
    assert timer.active
