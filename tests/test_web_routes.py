"""Pages as pictures and pages to be printed, over real connections."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import httpx
import pytest
from page_html import elements
from web_server import running

from assistant import Assistant
from assistant.schema import PageBox, PagePicture
from assistant.web.routes.pages import svg

STORY = Path(__file__).parent / "pdf" / "story-chromium.pdf"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    folder = tmp_path_factory.mktemp("routes")
    with Assistant(folder / "library") as assistant:
        (folder / "story.pdf").write_bytes(STORY.read_bytes())
        (folder / "notes.txt").write_text(
            "تقرير\n\nافتتح المتحف أبوابه في 2024-06-30 أمام الزوار.\n", encoding="utf-8"
        )
        assert not assistant.add(folder / "story.pdf", folder / "notes.txt").failed
        with running(assistant) as address:
            yield assistant, address, folder


def hit_in(assistant: Assistant, name: str):
    document = next(d for d in assistant.documents() if d.source.endswith(name))
    whole = assistant.document(document.id)
    sentences = assistant.search(whole.text[:200], k=20, unit="sentence")
    return next(h for h in sentences if h.document_id == document.id)


def path(hit) -> str:
    return f"{hit.document_id}/{hit.version}/{hit.start_char_index}-{hit.end_char_index}"


def test_page_of_a_pdf_is_a_picture_with_the_sentence_boxed(served):
    assistant, address, _ = served
    hit = hit_in(assistant, "story.pdf")
    answer = httpx.get(f"{address}/pages/{path(hit)}.svg", timeout=120)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.headers["cache-control"] == "no-store"
    picture = assistant.page_picture(hit.document_id, hit.start_char_index, hit.end_char_index)
    assert picture.boxes
    assert answer.text.count("<rect ") == len(picture.boxes)
    embedded = re.search(r"base64,([^\"]+)", answer.text)
    assert base64.b64decode(embedded[1]) == picture.png


@pytest.mark.parametrize(
    "wrong",
    ["nobody/{version}/0-5", "{id}/nothing/0-5", "{id}/{version}/0-999999", "{id}/{version}/5-5"],
)
@pytest.mark.parametrize("route", ["pages/{}.svg", "print/{}"])
def test_what_is_not_there_is_not_found(served, wrong, route):
    assistant, address, _ = served
    hit = hit_in(assistant, "story.pdf")
    named = wrong.format(id=hit.document_id, version=hit.version)
    assert httpx.get(f"{address}/{route.format(named)}", timeout=120).status_code == 404


def test_text_file_has_no_picture(served):
    assistant, address, _ = served
    hit = hit_in(assistant, "notes.txt")
    assert httpx.get(f"{address}/pages/{path(hit)}.svg", timeout=120).status_code == 404


@pytest.mark.parametrize(("accepted", "runs"), [("ar", "rtl"), ("en", "ltr")])
def test_page_to_be_printed_holds_the_text_and_a_footnote(served, accepted, runs):
    assistant, address, _ = served
    hit = hit_in(assistant, "notes.txt")
    headers = {"accept-language": accepted}
    answer = httpx.get(f"{address}/print/{path(hit)}", headers=headers, timeout=60)
    assert answer.status_code == 200
    body = answer.text[answer.text.index("<body") : answer.text.index("</html>")]
    assert f'dir="{runs}"' in answer.text[:100]
    assert [e.text for e in elements(body, "mark")] == [hit.text]
    assert hit.text in elements(body, "footer")[0].text
    assert "script" not in answer.text
    assert (
        httpx.get(f"{address}/print.css", timeout=60).headers["content-type"].startswith("text/css")
    )


def test_pages_stand_one_below_the_other():
    box = PageBox(0.1, 0.2, 0.3, 0.05)
    pictures = [
        PagePicture(b"one", 100, 200, 1, 2, (box,), (1, 2), True),
        PagePicture(b"two", 100, 150, 2, 2, (), (1, 2), True),
    ]
    made = svg(pictures)
    assert 'viewBox="0 0 100 366"' in made
    assert [float(y) for y in re.findall(r'<image x="0" y="(\d+)"', made)] == [0, 216]
    assert '<rect x="6.0" y="36.0"' in made
