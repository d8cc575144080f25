"""Clocks that jump: files' times and the computer's own go back and forth between two syncs."""

from __future__ import annotations

import datetime as dt
import os
import time
from pathlib import Path

import pytest

from assistant import Assistant, Settings

FIRST = "The password of Kimbo is tirefano."
SECOND = "The password of Kimbo is sumadore."  # as long as the first
QUESTION = "What is the password of Kimbo?"
HOUR, YEAR = 3600, 365 * 24 * 3600
JUMPS = {
    "a year back": -YEAR,
    "an hour back, as in autumn": -HOUR,
    "a moment back": -1,
    "not at all": 0,
    "an hour ahead, as in spring": HOUR,
    "a year ahead": YEAR,
    "far ahead": 70 * YEAR,
}


def said(assistant: Assistant) -> list[str]:
    return [citation.cited_text for citation in assistant.ask(QUESTION).citations]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "documents").mkdir()
    path = tmp_path / "documents" / "kimbo.txt"
    path.write_text(FIRST)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    return path


def jump(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Let the clock of the computer be wrong from now on."""
    real, real_ns = time.time, time.time_ns
    monkeypatch.setattr(time, "time", lambda: real() + seconds)
    monkeypatch.setattr(time, "time_ns", lambda: real_ns() + int(seconds * 1e9))


@pytest.mark.parametrize("seconds", JUMPS.values(), ids=JUMPS)
def test_file_of_equal_size_is_read_anew_whatever_its_time_says(
    assistant: Assistant, file: Path, seconds: int
) -> None:
    assistant.sync(file.parent)
    file.write_text(SECOND)
    os.utime(file, (1_700_000_000 + seconds, 1_700_000_000 + seconds))

    assert assistant.sync(file.parent).updated == (str(file),)
    assert said(assistant) == [SECOND]
    assert assistant.sync(file.parent).unchanged == (str(file),)


@pytest.mark.parametrize("seconds", JUMPS.values(), ids=JUMPS)
def test_touched_file_stays_the_same_document(
    assistant: Assistant, file: Path, seconds: int
) -> None:
    assistant.sync(file.parent)
    (before,) = assistant.documents()
    os.utime(file, (1_700_000_000 + seconds, 1_700_000_000 + seconds))

    assert assistant.sync(file.parent).unchanged == (str(file),)
    assert [document.id for document in assistant.documents()] == [before.id]


@pytest.mark.parametrize("seconds", JUMPS.values(), ids=JUMPS)
def test_clock_of_the_computer_may_jump_between_two_syncs(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch, seconds: int
) -> None:
    folder = tmp_path / "library"
    with Assistant(folder, Settings()) as assistant:
        assistant.sync(file.parent)
    jump(monkeypatch, seconds)
    with Assistant(folder, Settings()) as assistant:
        assert assistant.sync(file.parent).unchanged == (str(file),)
        file.write_text(SECOND)

        assert assistant.sync(file.parent).updated == (str(file),)
        assert said(assistant) == [SECOND]
        assert assistant._library.settle(60)


@pytest.mark.parametrize("seconds", [-YEAR, YEAR], ids=["back", "ahead"])
def test_conversation_keeps_its_order_when_the_clock_jumps(
    assistant: Assistant, file: Path, monkeypatch: pytest.MonkeyPatch, seconds: int
) -> None:
    assistant.sync(file.parent)
    conversation = assistant.conversation()
    conversation.ask(QUESTION)
    now = dt.datetime.now(dt.UTC)

    class Clock(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:
            return now.astimezone(tz) + dt.timedelta(seconds=seconds)

    monkeypatch.setattr("assistant.conversation.kept.dt.datetime", Clock)
    conversation.ask("Who is Kimbo?")
    monkeypatch.undo()

    again = assistant.conversation(conversation.id)
    questions = [message.text for message in again.messages if message.role == "user"]
    assert questions == [QUESTION, "Who is Kimbo?"]
