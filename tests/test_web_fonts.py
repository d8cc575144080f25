"""The page's own fonts, over real connections."""

from __future__ import annotations

import re

import httpx
import pytest
from web_server import running

from assistant import Assistant, Settings
from assistant.web.people.passwords import Cost, hashed
from assistant.web.routes.fonts import NAMES
from assistant.web.views.parts import static

_MOST_BYTES = 100_000


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fonts")
    users = folder / "users.txt"
    users.write_text(f"salma:{hashed('correct horse', Cost(10, 8, 1))}\n", encoding="utf-8")
    settings = Settings(users=users)
    with Assistant(folder / "library", settings) as assistant, running(assistant) as found:
        yield found


@pytest.mark.parametrize("name", NAMES)
def test_font_comes_to_all_and_is_kept_long(address, name):
    answer = httpx.get(f"{address}/fonts/{name}", timeout=60)
    assert answer.status_code == 200
    assert answer.content[:4] == b"wOF2"
    assert len(answer.content) < _MOST_BYTES
    assert answer.headers["content-type"] == "font/woff2"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "access-control-allow-origin" not in answer.headers
    assert httpx.head(f"{address}/fonts/{name}", timeout=60).status_code == 200


@pytest.mark.parametrize("name", ["OFL.txt", "", "..%2Fpage.css", "../page.css", "NOTO.woff2"])
def test_nothing_else_is_there(address, name):
    assert httpx.get(f"{address}/fonts/{name}", timeout=60).status_code in (401, 404)


@pytest.mark.parametrize("style", ["page.css", "print.css"])
def test_styles_name_the_fonts_after_the_systems_own(style):
    faces = re.findall(r"@font-face\s*\{[^}]*\}", static(style))
    for name in NAMES:
        (face,) = [f for f in faces if f"/fonts/{name}" in f]
        assert face.rindex("local(") < face.index(f'url("/fonts/{name}") format("woff2")')
        assert "font-display: swap" in face
    assert set(re.findall(r"url\(\"([^\"d][^\"]*)\"\)", static(style))) == {
        f"/fonts/{name}" for name in NAMES
    }


def test_sign_in_page_has_the_fonts_too(address):
    look = httpx.get(f"{address}/sign-in.css", timeout=60).text
    assert [name for name in NAMES if f'url("/fonts/{name}")' in look] == list(NAMES)
