"""A command that writes waits for the index of vectors, or says that it can't."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from chroma_server import ChromaServer

from assistant import Assistant, Document, Settings
from assistant.cli import main, settling
from assistant.schema import Mending


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_command_says_that_the_index_is_made_anew_and_waits(
    tmp_path: Path, capsys, monkeypatch, language: str
) -> None:
    monkeypatch.setenv("SANAD_LANGUAGE", language)
    with Assistant("library", Settings()) as assistant:
        assistant.add(Document(title="Jam", text="The jam pot holds nine quinces."))
    shutil.rmtree("library/chroma")
    Path("tides.txt").write_text("High tide is at noon.")

    assert main(["add", "tides.txt"]) == 0

    expected = {
        "en": "The search index is missing and is being made anew.\n",
        "ar": "فهرس البحث مفقود، ويجري بناؤه من جديد.\n",
    }
    assert expected[language] in capsys.readouterr().err
    assert main(["add", "tides.txt"]) == 0
    assert expected[language] not in capsys.readouterr().err


def test_server_that_stays_away_is_left_to_the_next_command(
    tmp_path: Path, capsys, monkeypatch
) -> None:
    monkeypatch.setattr(settling, "_PATIENT_LOOKS", 5)
    monkeypatch.setattr("assistant.library.server._PAUSES", ())
    server = ChromaServer(tmp_path / "server")
    with Assistant("library", Settings(chroma_url=server.url)) as assistant:
        assistant.add(Document(title="Jam", text="The jam pot holds nine quinces."))
        server.kill()
        assistant.search("jam")
        assert assistant.mending is not None

        settling.settle(assistant)

    told = capsys.readouterr().err
    assert "is not mended yet" in told
    assert server.url in told


def test_well_index_is_not_mentioned(capsys) -> None:
    class Well:
        mending = None

    settling.settle(Well())
    assert capsys.readouterr().err == ""


def test_share_is_known_only_with_a_total() -> None:
    assert Mending("missing").percent is None
    assert Mending("missing", 1, 3).percent == 33
