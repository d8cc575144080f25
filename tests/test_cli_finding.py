"""``search --mentions`` and ``ask --cite``: what they print, and their exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant import Assistant, Document, Settings
from assistant.cli import main
from assistant.strings import say

ENGLISH = "The Veldt lighthouse was built by Tomas Okafor in 1931. The lighthouse has a red door."
ARABIC = "بُنيت منارة فلدت عام 1931. وللمنارة باب أحمر."
ASKED = "Who built the Veldt lighthouse?"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("finding") / "library"
    with Assistant(folder, Settings()) as assistant:
        report = assistant.add(
            Document(id="en", title="Lights", source="lights.txt", text=ENGLISH),
            Document(id="ar", title="منارات", source="منارات.txt", text=ARABIC),
        )
        assert not report.failed
    return folder


def test_mentions_are_counted_and_shown(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "lighthouse", "--mentions", "--library", str(library)]) == 0

    out, err = capsys.readouterr()
    assert out == (
        "“lighthouse”: mentions: 4, sentences: 4, documents: 2\n"
        "  lighthouse: 2\n"
        "  منارة: 1 (translation)\n"
        "  وللمنارة: 1 (translation)\n"
        "1. Lights, lights.txt:0–55\n"
        "   The Veldt lighthouse was built by Tomas Okafor in 1931.\n"
        "2. Lights, lights.txt:56–86\n"
        "   The lighthouse has a red door.\n"
        "3. منارات, منارات.txt:0–26\n"
        "   بُنيت منارة فلدت عام 1931.\n"
        "4. منارات, منارات.txt:27–45\n"
        "   وللمنارة باب أحمر.\n"
    )
    assert err == ""


def test_mentions_beyond_the_wanted_are_counted_too(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", "منارة", "--mentions", "-k", "1", "--library", str(library)]) == 0

    out, err = capsys.readouterr()
    assert out.startswith("«منارة»: المواضع: 4، الجمل: 4، الوثائق: 2\n")
    assert "1. Lights" in out
    assert "\n2. " not in out
    assert err == say("cli.mentions.more", "ar", {"shown": 1, "sentences": 4}) + "\n"


def test_mentions_as_json(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", '"red door"', "--mentions", "--json", "--library", str(library)]) == 0

    found = json.loads(capsys.readouterr().out)
    assert (found["total"], found["documents"]) == (1, 1)
    (hit,) = found["hits"]
    assert [ENGLISH[start:end] for start, end in hit["spans"]] == ["red door"]
    assert hit["before"]["text"] == ENGLISH[:55]


def test_word_that_is_nowhere_is_1(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "zebra", "--mentions", "--library", str(library)]) == 1
    assert capsys.readouterr() == ("", say("cli.search.nothing", "en") + "\n")


def test_mentions_without_a_word_are_an_error(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", "؟!", "--mentions", "--library", str(library)]) == 2
    assert "no word to look for" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("style", "begins", "holds"),
    [
        ("footnote", "“The Veldt lighthouse", ", Lights, lights.txt."),
        ("bibtex", "@misc{sanad-en,\n", "  title = {{Lights}},\n"),
        ("ris", "TY  - GEN\n", "TI  - Lights\n"),
        ("csl-json", "[\n  {\n", '"title": "Lights"'),
    ],
)
def test_sources_are_cited_in_a_style(
    library: Path,
    capfdbinary: pytest.CaptureFixture[bytes],
    style: str,
    begins: str,
    holds: str,
) -> None:
    assert main(["ask", ASKED, "--cite", style, "--library", str(library)]) == 0

    raw = capfdbinary.readouterr().out.decode("utf-8")
    out = raw.replace("\r\n", "\n")
    assert out.startswith(begins)
    assert holds in out
    assert "Tomas Okafor" in out
    assert out.endswith("\n")
    assert ("\r\n" in raw) is (style == "ris")


def test_answer_as_json_has_its_sources_too(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", ASKED, "--cite", "bibtex", "--json", "--library", str(library)]) == 0

    answer = json.loads(capsys.readouterr().out)
    assert answer["answered"]
    assert answer["cited"].startswith("@misc{sanad-en,")


def test_refusal_cites_nothing(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "من اخترع الهاتف؟", "--cite", "ris", "--library", str(library)]) == 1

    out, err = capsys.readouterr()
    assert out == ""
    assert err == say("answer.refusal", "ar") + "\n"


def test_unknown_style_is_wrong_usage(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", ASKED, "--cite", "apa", "--library", str(library)]) == 2
    assert "csl-json" in capsys.readouterr().err
