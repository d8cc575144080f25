"""The command ``sanad conversations``, and what ``sanad chat`` keeps; over a real library."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.cli import main
from assistant.strings import say

TEXT = "The Petrel sank in 1917 near Ostend. Her captain was Ida Brook."
NUSS = "غرقت الباخرة نسيم عام 1917 قرب صيدا. وكانت قبطانها هند البكري."


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library of two documents in the working folder, English words."""
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    for name in [name for name in os.environ if name.startswith("LC_")]:
        monkeypatch.delenv(name)
    (tmp_path / "petrel.txt").write_text(TEXT)
    (tmp_path / "نسيم.txt").write_text(NUSS)
    with Assistant("library", Settings()) as assistant:
        assistant.add("petrel.txt", "نسيم.txt")
    return tmp_path / "library"


def chat(monkeypatch: pytest.MonkeyPatch, *lines: str, options: tuple[str, ...] = ()) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    assert main(["chat", *options]) == 0


def listed(capsys: pytest.CaptureFixture[str], *query: str) -> list[dict]:
    capsys.readouterr()
    main(["conversations", *query, "--json"])
    return json.loads(capsys.readouterr().out)


def test_chat_is_kept_and_gone_on_with(
    library: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    chat(monkeypatch, "When did the Petrel sink?")
    (kept,) = listed(capsys)
    chat(monkeypatch, "Where?", options=("--conversation", kept["id"]))
    assert "near Ostend" in capsys.readouterr().out

    (kept,) = listed(capsys)
    assert (kept["title"], kept["turns"]) == ("When did the Petrel sink?", 2)
    assert main(["conversations", "show", kept["id"]]) == 0
    out = capsys.readouterr().out
    assert out.startswith("> When did the Petrel sink?\n")
    assert "\n> Where?\nSearched for: Where did the Petrel sink?\n" in out
    assert "[1] «The Petrel sank in 1917 near Ostend.» — petrel, " in out


def test_chat_with_an_unknown_conversation_is_an_error(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["chat", "--conversation", "nope"]) == 2
    assert "'nope'" in capsys.readouterr().err


def test_chat_beside_a_writer_is_not_kept_and_says_so(
    library: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Assistant("library", Settings()):
        chat(monkeypatch, "When did the Petrel sink?", "And who was her captain?")
    out, err = capsys.readouterr()
    assert "Ida Brook" in out
    assert err == say("cli.chat.not_kept", "en") + "\n"
    assert listed(capsys) == []


def test_list_is_searched_by_folded_words(
    library: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    chat(monkeypatch, "When did the Petrel sink?")
    chat(monkeypatch, "متى غرقت الباخرة نسيم؟")

    assert [c["title"] for c in listed(capsys)] == [
        "متى غرقت الباخرة نسيم؟",
        "When did the Petrel sink?",
    ]
    assert [c["title"] for c in listed(capsys, "OSTEND", "petrel")] == ["When did the Petrel sink?"]
    assert [c["title"] for c in listed(capsys, "باخرة")] == ["متى غرقت الباخرة نسيم؟"]
    assert listed(capsys, "Ostend", "نسيم") == []


@pytest.mark.parametrize("language", ["ar", "en"])
def test_empty_list_says_so(
    library: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    language: str,
) -> None:
    monkeypatch.setenv("SANAD_LANGUAGE", language)

    assert main(["conversations"]) == 0
    assert capsys.readouterr() == ("", say("cli.conversations.none", language) + "\n")
    assert main(["conversations", "treaty"]) == 1
    assert capsys.readouterr() == ("", say("cli.conversations.unfound", language) + "\n")


def test_list_is_one_line_each(
    library: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    chat(monkeypatch, "When did the \x1b[31mPetrel sink?")
    capsys.readouterr()
    assert main(["conversations"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.endswith("    1  When did the [31mPetrel sink?")


@pytest.mark.parametrize("form", ["markdown", "html", "json"])
def test_export_to_screen_and_to_file_are_the_same(
    library: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    chat(monkeypatch, "When did the Petrel sink?")
    (kept,) = listed(capsys)
    command = ["conversations", "export", kept["id"], "--format", form]

    assert main(command) == 0
    out = capsys.readouterr().out
    assert main([*command, "-o", "out.txt"]) == 0
    assert capsys.readouterr() == ("", "Wrote the conversation to out.txt\n")
    assert Path("out.txt").read_text("utf-8").rstrip("\n") == out.rstrip("\n")
    assert "The Petrel sank in 1917 near Ostend." in out


def test_rename_and_delete(
    library: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    chat(monkeypatch, "When did the Petrel sink?")
    (kept,) = listed(capsys)

    assert main(["conversations", "rename", kept["id"], "My", "ship"]) == 0
    assert capsys.readouterr().out == "The conversation is now called “My ship”.\n"
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert main(["conversations", "delete", kept["id"]]) == 2  # no terminal to ask in
    assert [c["title"] for c in listed(capsys, "ship")] == ["My ship"]
    assert main(["conversations", "delete", kept["id"], "--yes"]) == 0
    assert capsys.readouterr().out == "Deleted the conversation “My ship”.\n"
    assert listed(capsys) == []
    assert main(["conversations", "delete", kept["id"], "--yes"]) == 2


def test_query_that_is_a_commands_name_goes_to_the_list(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["conversations", "list", "show"]) == 1
    assert main(["conversations", "--help"]) == 0
    assert "export" in capsys.readouterr().out
