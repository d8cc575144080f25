"""The command ``sanad``: what it prints where, and its exit codes."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import logging
import os
import pty
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

import pytest
from click.testing import CliRunner

import assistant.web
from assistant import Assistant
from assistant.cli import main
from assistant.cli.progress import ProgressLine
from assistant.cli.root import sanad
from assistant.cli.show import echo_turn, one_line, plain
from assistant.errors import AssistantError, LibraryError, LibraryLocked, ModelError
from assistant.schema import (
    Answer,
    AnswerStream,
    Citation,
    Document,
    Failure,
    Hit,
    Message,
    Progress,
    ProgressCallback,
    Removal,
    Segment,
    SyncReport,
    Turn,
)
from assistant.settings import Settings
from assistant.strings import explain, say

ROOT = Path(__file__).resolve().parent.parent
FIRST = Citation(
    "d1", "v1", "Harbour report", "notes/harbour.txt", "p. 2", "Ships\n  came.", 5, 18, 0.9
)
SECOND = Citation("d2", "v2", "Tide tables", "tides.csv", "", "High at noon.", 40, 53, 0.8)
THIRD = Citation("d3", "v3", "Nets", "nets.md", "", "Nets dried.", 0, 11, 0.7)
HITS = tuple(
    Hit("d1", "v1", f"Title {n}", "a.txt", "", f"Passage\n{n}", n, n + 9, 0.5) for n in range(1, 6)
)


def answer_of(segments: Sequence[Segment], language: str = "en", answered: bool = True) -> Answer:
    """Return an answer made of segments, its citations in order of first use."""
    citations = tuple(dict.fromkeys(c for s in segments for c in s.citations))
    text = "".join(s.text for s in segments)
    return Answer(
        "q", "q", text, tuple(segments), citations, HITS, language, answered, 0.9, "extractive"
    )


@dataclass
class FakeConversation:
    """Stands in for a conversation: what it is asked goes to its assistant."""

    assistant: FakeAssistant
    is_kept: bool = True
    id: str = "c1"
    title: str = ""

    def stream(self, question: str) -> AnswerStream:
        return self.assistant.stream(question)


@dataclass
class FakeAssistant:
    """Stands in for the facade: plays what it was given, remembers what it was asked."""

    segments: tuple[Segment, ...] = (Segment("Ships came.", (FIRST,), "verbatim"),)
    language: str = "en"
    answered: bool = True
    error: BaseException | None = None
    report: SyncReport = field(default_factory=SyncReport)
    held: tuple[Document, ...] = ()
    calls: list[tuple[object, ...]] = field(default_factory=list)
    mending: None = None

    def __call__(
        self, library: Path, settings: Settings, read_only: bool, to_rebuild: bool = False
    ) -> Self:
        self.calls.append(("open", library, read_only))
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.calls.append(("close",))

    def _whole(self) -> Answer:
        return answer_of(self.segments, self.language, self.answered)

    def ask(self, question: str) -> Answer:
        self.calls.append(("ask", question))
        if self.error:
            raise self.error
        return self._whole()

    def stream(self, question: str, history: tuple[Message, ...] = ()) -> AnswerStream:
        self.calls.append(("stream", question, history))
        return AnswerStream(self._play(), lambda _: self._whole())

    def conversation(self, conversation_id: str | None) -> FakeConversation:
        self.calls.append(("conversation", conversation_id))
        return FakeConversation(self)

    def _play(self) -> Iterator[Segment]:
        try:
            yield from self.segments
        finally:
            self.calls.append(("stream ended",))
        if self.error:
            raise self.error

    def search(self, query: str, k: int, unit: str) -> list[Hit]:
        self.calls.append(("search", query, k, unit))
        return list(HITS[:k])

    def add(self, *sources: str, progress: ProgressCallback) -> SyncReport:
        self.calls.append(("add", sources))
        progress(Progress(1, 1, "a.txt"))
        return self.report

    def sync(
        self, folder: Path, progress: ProgressCallback, remove_many: bool = False
    ) -> SyncReport:
        self.calls.append(("sync", folder, *(["many"] if remove_many else [])))
        if self.error:
            raise self.error
        return self.report

    def documents(self) -> tuple[Document, ...]:
        return self.held

    def document(self, document_id: str) -> Document:
        raise LibraryError(f"There is no document {document_id!r}.")

    def remove(self, document_id: str, purge: bool) -> Removal:
        self.calls.append(("remove", document_id, purge))
        return Removal(document_id, "v1", ())


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run every command in an empty folder, with no setting but the defaults, in English."""
    for name in [*os.environ]:
        if name.startswith(("SANAD_", "LC_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeAssistant:
    """Return a fake facade that the commands open instead of the real one."""
    stand_in = FakeAssistant()
    monkeypatch.setattr("assistant.Assistant", stand_in)
    return stand_in


# Answers


def test_ask_streams_segments_with_markers_then_sources(
    fake: FakeAssistant, capsys: pytest.CaptureFixture[str]
) -> None:
    fake.segments = (
        Segment("According to the documents: "),
        Segment("high at noon. ", (SECOND,), "verbatim"),
        Segment("Ships came. ", (FIRST, SECOND), "supported"),
        Segment("Nets dried.\n", (THIRD,), "verbatim"),
    )
    assert main(["ask", "when", "is high tide?"]) == 0
    assert capsys.readouterr().out == (
        "According to the documents: high at noon. [1] Ships came. [2] [1] Nets dried. [3]\n"
        "\n"
        "[1] «High at noon.» — Tide tables, tides.csv:40–53\n"
        "[2] «Ships came.» — Harbour report, p. 2, notes/harbour.txt:5–18\n"
        "[3] «Nets dried.» — Nets, nets.md:0–11\n"
    )
    assert fake.calls[0] == ("open", Path("library"), True)
    assert fake.calls[1] == ("stream", "when is high tide?", ())
    assert fake.calls[-1] == ("close",)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_ask_refused_offers_three_closest_passages_in_the_answers_language(
    fake: FakeAssistant, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    refusal = say("answer.refusal", language)
    fake.segments, fake.language, fake.answered = (Segment(refusal),), language, False
    assert main(["ask", "?"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == [refusal, "", say("answer.closest", language) + ":"]
    assert lines[3:] == [f"- «Passage {n}» — Title {n}, a.txt:{n}–{n + 9}" for n in (1, 2, 3)]


def test_ask_refused_shows_the_beginning_of_a_long_passage(
    fake: FakeAssistant, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    long_hit = replace(HITS[0], text="ten words " * 60)
    fake.segments, fake.answered = (Segment("No."),), False
    monkeypatch.setattr(f"{__name__}.HITS", (long_hit,))
    main(["ask", "?"])
    shown = capsys.readouterr().out.splitlines()[-1]
    assert shown.startswith("- «ten words ten")
    assert " …» — Title 1" in shown
    assert len(shown) < 300


@pytest.mark.parametrize(
    ("text", "support", "label"),
    [
        pytest.param("Ships came.", "unconfirmed", "(not confirmed", id="english-unconfirmed"),
        pytest.param("جاءت السفن.", "unconfirmed", "(غير مؤكدة", id="arabic-unconfirmed"),
        pytest.param("Ships came.", "unsupported", "(not supported", id="english-unsupported"),
        pytest.param("جاءت السفن.", "unsupported", "(لا سند لها", id="arabic-unsupported"),
    ],
)
def test_ask_marks_what_was_not_confirmed(
    fake: FakeAssistant, capsys: pytest.CaptureFixture[str], text: str, support: str, label: str
) -> None:
    fake.segments = (Segment(text, (FIRST,), support),)  # type: ignore[arg-type]
    main(["ask", "?"])
    assert capsys.readouterr().out.startswith(f"{text} [1] {label}")


DOUBTED = Segment("Ships sailed in.", (FIRST,), "unconfirmed")
DOUBTED_LINES = "Ships sailed in. [1] (not confirmed by the source)\n    \u00abShips came.\u00bb\n"


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        pytest.param(("\nNote.",), "Note.\n", id="note"),
        pytest.param(("\nNote one.", "\nNote two."), "Note one.\nNote two.\n", id="two notes"),
        pytest.param(("\n\u2022 ", "Nets."), "\u2022 Nets.\n", id="item"),
        pytest.param(("\n\u2022 ", "Nets.", " ", "Dry."), "\u2022 Nets. Dry.\n", id="long item"),
        pytest.param((" ", "Nets."), "Nets.\n", id="same paragraph"),
        pytest.param(("\n", "Nets."), "Nets.\n", id="next paragraph"),
    ],
)
def test_what_follows_a_quote_begins_a_line_and_is_whole(
    fake: FakeAssistant,
    capsys: pytest.CaptureFixture[str],
    after: tuple[str, ...],
    expected: str,
) -> None:
    fake.segments = (DOUBTED, *map(Segment, after))
    main(["ask", "?"])
    streamed = capsys.readouterr().out
    echo_turn(Turn(1, "q", dt.datetime.now(dt.UTC), fake._whole(), ("current",)))
    kept = capsys.readouterr().out

    assert streamed.startswith(DOUBTED_LINES + expected + "\n[1] ")
    assert kept.startswith("> q\n" + DOUBTED_LINES + expected + "[1] ")


def test_ask_prints_no_character_that_steers_the_terminal(
    fake: FakeAssistant, capsys: pytest.CaptureFixture[str]
) -> None:
    evil = "a\x1b[31mb\x9b2Jc\u202ed\r\ne\x07"
    cited = Citation("d", "v", evil, evil, evil, evil, 0, 9, 0.5)
    fake.segments = (Segment(evil, (cited,), "verbatim"),)
    main(["ask", "?"])
    assert not set(capsys.readouterr().out) & set("\x1b\x9b\u202e\r\x07")


@pytest.mark.parametrize(("answered", "code"), [(True, 0), (False, 1)], ids=["answer", "refusal"])
def test_ask_json_is_one_document_and_nothing_else(
    fake: FakeAssistant, capsys: pytest.CaptureFixture[str], answered: bool, code: int
) -> None:
    fake.answered = answered
    fake.segments = (Segment("جاءت\x9b السفن."),)
    assert main(["ask", "--json", "?"]) == code
    out, err = capsys.readouterr()
    assert json.loads(out) == json.loads(json.dumps(fake._whole().to_dict()))
    assert "جاءت" in out
    assert "\x9b" not in out
    assert err == ""
    assert out.count("\n") == 1


def test_ask_ends_the_line_before_an_error_in_mid_answer(
    fake: FakeAssistant, capsys: pytest.CaptureFixture[str]
) -> None:
    fake.error = ModelError("The model\nwent away.", retryable=True)
    assert main(["ask", "?"]) == 2
    assert capsys.readouterr() == ("Ships came. [1]\n", "Error: The model went away.\n")


@pytest.mark.parametrize("end", ["\n", "/quit\n", ""], ids=["empty-line", "quit", "end-of-input"])
def test_chat_answers_in_a_conversation_until_the_end(fake: FakeAssistant, end: str) -> None:
    result = CliRunner().invoke(sanad, ["chat"], input=f"one?\nوماذا بعد؟\nthree?\n{end}")
    assert [call for call in fake.calls if call[0] in ("conversation", "stream")] == [
        ("conversation", None),
        ("stream", "one?", ()),
        ("stream", "وماذا بعد؟", ()),
        ("stream", "three?", ()),
    ]
    assert result.stdout.count("[1] «Ships came.»") == 3
    assert result.stderr == ""


def test_chat_goes_on_with_a_conversation(fake: FakeAssistant) -> None:
    CliRunner().invoke(sanad, ["chat", "--conversation", "c7"], input="one?\n")
    assert fake.calls[1] == ("conversation", "c7")


def test_ask_prints_no_empty_line_before_an_error(
    fake: FakeAssistant, capsys: pytest.CaptureFixture[str]
) -> None:
    fake.segments, fake.error = (), ModelError("no such server")
    assert main(["ask", "?"]) == 2
    assert capsys.readouterr() == ("", "Error: no such server\n")


def test_chat_interrupted_stops_the_answer(
    fake: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(stream: AnswerStream) -> Answer:
        next(stream)
        streams.append(stream)  # so that it does not end by being forgotten
        raise KeyboardInterrupt

    streams: list[AnswerStream] = []
    monkeypatch.setattr("assistant.cli.asking.echo_stream", interrupted)
    monkeypatch.setattr("sys.stdin", io.StringIO("one?\n"))
    assert main(["chat"]) == 130
    assert fake.calls[-2:] == [("stream ended",), ("close",)]


def test_chat_goes_on_after_an_error(
    fake: FakeAssistant, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fake.error = ModelError("busy")
    result = CliRunner().invoke(sanad, ["chat"], input="one?\ntwo?\n")
    assert result.stderr == "Error: busy\nError: busy\n"
    assert [call[1] for call in fake.calls if call[0] == "stream"] == ["one?", "two?"]


@pytest.mark.parametrize(
    ("options", "count", "unit"),
    [
        pytest.param([], 10, "passage", id="default"),
        pytest.param(["-k", "2"], 2, "passage", id="two"),
        pytest.param(["--sentences"], 10, "sentence", id="sentences"),
    ],
)
def test_search_passes_its_options_on(
    fake: FakeAssistant,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
    count: int,
    unit: str,
) -> None:
    assert main(["search", "high tide", *options]) == 0
    assert ("search", "high tide", count, unit) in fake.calls
    assert capsys.readouterr().out.startswith("1. (0.50) Title 1, a.txt:1–10\n   Passage 1\n")


# Reports

FAILED = (Failure("bad.pdf", "UnreadableDocument", "bad.pdf is damaged."),)


@pytest.mark.parametrize(
    ("report", "code"),
    [
        pytest.param(SyncReport(added=("a",)), 0, id="done"),
        pytest.param(SyncReport(), 0, id="nothing-to-do"),
        pytest.param(SyncReport(added=("a",), failed=FAILED), 1, id="some-failed"),
        pytest.param(SyncReport(updated=("a",), failed=FAILED), 1, id="some-failed-beside-update"),
        pytest.param(SyncReport(moved=("a",), failed=FAILED), 1, id="some-failed-beside-move"),
        pytest.param(SyncReport(unchanged=("a",), failed=FAILED), 1, id="some-failed-rest-known"),
        pytest.param(SyncReport(failed=FAILED), 2, id="all-failed"),
        pytest.param(SyncReport(removed=("a",), failed=FAILED), 2, id="all-that-is-there-failed"),
    ],
)
@pytest.mark.parametrize("command", ["add", "sync"])
def test_add_and_sync_exit_code_follows_failures(
    fake: FakeAssistant, command: str, report: SyncReport, code: int
) -> None:
    fake.report = report
    assert main([command, "papers"]) == code
    assert fake.calls[0] == ("open", Path("library"), False)


def test_add_lists_counts_on_stdout_and_failures_and_warnings_on_stderr(
    fake: FakeAssistant, capsys: pytest.CaptureFixture[str]
) -> None:
    failed = (*FAILED, Failure("b.pdf", "EmptyDocument", "It is empty."))
    fake.report = SyncReport(
        added=("a", "b"), unchanged=("c",), failed=failed, warnings=("d.pdf: a scan",), seconds=1.26
    )
    main(["add", "a", "b"])
    out, err = capsys.readouterr()
    assert out == ("Added: 2, updated: 0, moved: 0, unchanged: 1, removed: 0, failed: 2 (1.3 s)\n")
    assert (
        err == "Failed: bad.pdf is damaged.\nFailed: b.pdf: It is empty.\nWarning: d.pdf: a scan\n"
    )


@pytest.mark.parametrize(
    ("variable", "value"),
    [("SANAD_LANGUAGE", "ar"), ("LC_ALL", "ar_DZ.UTF-8")],
    ids=["setting", "locale"],
)
def test_add_summary_speaks_arabic_where_it_is_asked_to(
    fake: FakeAssistant,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    value: str,
) -> None:
    monkeypatch.setenv(variable, value)
    main(["add", "a"])
    assert capsys.readouterr().out.startswith("أُضيف: 0، ")


def test_add_json_is_the_report(fake: FakeAssistant, capsys: pytest.CaptureFixture[str]) -> None:
    fake.report = SyncReport(added=("وثيقة.txt",), failed=FAILED)
    assert main(["add", "--json", "a"]) == 1
    assert json.loads(capsys.readouterr().out) == fake.report.to_dict()


def test_remove_asks_first_and_needs_a_terminal_for_it(
    fake: FakeAssistant, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fake.held = (Document(id="d1", title="Tides", source="t.txt"),)
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert main(["remove", "d1"]) == 2
    assert "--yes" in capsys.readouterr().err
    assert not [call for call in fake.calls if call[0] == "remove"]


@pytest.mark.parametrize(
    ("reply", "code"),
    [("y", 0), ("نعم", 0), ("n", 1), ("", 1), ("yet", 1)],
    ids=["yes", "arabic-yes", "no", "nothing", "unclear"],
)
def test_remove_takes_only_a_yes_for_a_yes(
    fake: FakeAssistant, monkeypatch: pytest.MonkeyPatch, reply: str, code: int
) -> None:
    fake.held = (Document(id="d1", title="Tides", source="t.txt"),)
    monkeypatch.setattr("sys.stdin", _Terminal(f"{reply}\n"))
    assert main(["remove", "d1"]) == code
    assert (("remove", "d1", False) in fake.calls) is (code == 0)


class _Terminal:
    """A stdin that is a terminal and holds one line."""

    def __init__(self, line: str) -> None:
        self._line = line

    def isatty(self) -> bool:
        return True

    def readline(self) -> str:
        return self._line


@pytest.mark.parametrize("purge", [False, True], ids=["keep-versions", "purge"])
def test_remove_passes_purge_on(
    fake: FakeAssistant, capsys: pytest.CaptureFixture[str], purge: bool
) -> None:
    fake.held = (Document(id="d1", title="Tides"),)
    assert main(["remove", "d1", "--yes", "--json", *(["--purge"] if purge else [])]) == 0
    assert fake.calls[1] == ("remove", "d1", purge)
    assert json.loads(capsys.readouterr().out) == {"removed": "d1", "purged": purge}


# Errors


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        pytest.param(LibraryLocked("held by 12"), 2, "Error: held by 12", id="ours"),
        pytest.param(
            FileNotFoundError(2, "No such file", "x.pdf"), 2, "Error: x.pdf: No such file", id="os"
        ),
        pytest.param(OSError("no port"), 2, "Error: no port", id="os-without-a-file"),
        pytest.param(KeyboardInterrupt(), 130, "Error: interrupted.", id="interrupt"),
        pytest.param(
            ValueError("a bug"),
            2,
            "Error: unexpected ValueError: a bug. Run it with --debug to see where.",
            id="bug",
        ),
    ],
)
def test_error_is_one_line_without_traceback(
    fake: FakeAssistant,
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    code: int,
    line: str,
) -> None:
    fake.error = error
    assert main(["ask", "--json", "?"]) == code
    assert capsys.readouterr() == ("", line + "\n")


@pytest.mark.parametrize("command", [["ask", "?"], ["chat"]], ids=["ask", "chat"])
def test_failure_of_a_model_is_told_in_the_persons_language(
    fake: FakeAssistant, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setenv("SANAD_LANGUAGE", "ar")
    values = {"what": "SANAD_MODEL='ollama:x'", "setting": "SANAD_MODEL"}
    fake.error = ModelError("in English", kind="empty", values=values)
    monkeypatch.setattr("sys.stdin", io.StringIO("?\n"))
    with contextlib.redirect_stderr(io.StringIO()) as told:
        main(command)
        assert told.getvalue() == f"Error: {plain(explain(fake.error, 'ar'))}\n"
    assert "جوابًا فارغًا" in told.getvalue()


@pytest.mark.parametrize(
    "arguments", [["--debug", "ask", "?"], ["ask", "?", "--debug"]], ids=["before", "after"]
)
def test_debug_shows_the_traceback(
    fake: FakeAssistant, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    fake.error = AssistantError("broken")
    assert main(arguments) == 2
    err = capsys.readouterr().err
    assert err.startswith("Traceback")
    assert err.endswith("Error: broken\n")


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["ask"], id="no-question"),
        pytest.param(["ask", "  "], id="empty-question"),
        pytest.param(["search", ""], id="empty-query"),
        pytest.param(["search", "tide", "-k", "0"], id="no-hits-wanted"),
        pytest.param(["add"], id="no-path"),
        pytest.param(["remove"], id="no-id"),
        pytest.param(["sync", "a", "b"], id="two-folders"),
        pytest.param(["serve", "--port", "70000"], id="port-too-high"),
        pytest.param(["serve", "--language", "fr"], id="unknown-language"),
        pytest.param(["completion", "csh"], id="unknown-shell"),
        pytest.param(["evaluate"], id="no-file-of-questions"),
        pytest.param(["evaluate", "q.jsonl", "--documents", "nowhere"], id="no-such-folder"),
        pytest.param(
            ["evaluate", "q.jsonl", "--documents", ".", "--library", "x"], id="two-libraries"
        ),
        pytest.param(["nonsense"], id="unknown-command"),
        pytest.param(["--nonsense"], id="unknown-option"),
        pytest.param(["ask", "?", "--library", __file__], id="library-is-a-file"),
        pytest.param(["ask", "?", "--library", ""], id="library-without-name"),
        pytest.param(["sync", ""], id="folder-without-name"),
    ],
)
def test_wrong_usage_is_one_line_and_2(
    fake: FakeAssistant, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith("Error: ")
    assert "--help" in err
    assert fake.calls == []


def test_verbose_logs_to_stderr_and_only_for_the_command(
    fake: FakeAssistant, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    logger = logging.getLogger("assistant.somewhere")

    def logged(query: str, k: int, unit: str) -> list[Hit]:
        logger.info("looking for %d", k)
        return []

    monkeypatch.setattr(fake, "search", logged)
    assert main(["search", "-v", "tide"]) == 1
    assert capsys.readouterr().err.count("INFO assistant.somewhere: looking for 10\n") == 1
    main(["search", "tide"])
    assert "looking" not in capsys.readouterr().err
    main(["-v", "search", "tide"])
    assert capsys.readouterr().err.count("looking") == 1


# The page


def _page(
    monkeypatch: pytest.MonkeyPatch, error: BaseException | None = None
) -> list[tuple[object, ...]]:
    """Replace the page by one that only remembers how it was served."""
    served: list[tuple[object, ...]] = []

    def serve(by: object, listener: tuple[str, int], language: str, *, mcp: bool) -> None:
        served.append((by, *listener, language, mcp))
        if error:
            raise error

    def listening(
        host: str, port: int, users: Path | None
    ) -> AbstractContextManager[tuple[str, int]]:
        return nullcontext((host, port))

    monkeypatch.setitem(vars(assistant.web), "listening", listening)
    monkeypatch.setitem(vars(assistant.web), "serve", serve)  # without loading the real one
    return served


def test_serve_syncs_prints_the_address_and_serves(
    fake: FakeAssistant,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("SANAD_DOCUMENTS", str(tmp_path))
    served = _page(monkeypatch, KeyboardInterrupt())
    assert main(["serve", "--host", "192.0.2.7", "--port", "8001", "--language", "ar"]) == 0
    assert served == [(fake, "192.0.2.7", 8001, "ar", False)]
    assert fake.calls == [("open", Path("library"), False), ("sync", tmp_path), ("close",)]
    assert capsys.readouterr().out.endswith("http://192.0.2.7:8001\n")


def test_serve_without_sync(fake: FakeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANAD_DOCUMENTS", ".")
    served = _page(monkeypatch)
    assert main(["serve", "--no-sync"]) == 0
    assert served == [(fake, "127.0.0.1", 7860, "auto", False)]
    assert not [call for call in fake.calls if call[0] == "sync"]


def test_serve_offers_mcp_where_it_is_asked_to(
    fake: FakeAssistant, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    served = _page(monkeypatch)
    assert main(["serve", "--no-sync", "--mcp"]) == 0
    assert served == [(fake, "127.0.0.1", 7860, "auto", True)]
    assert "http://127.0.0.1:7860/gradio_api/mcp/" in capsys.readouterr().out


@pytest.mark.parametrize("is_given", [True, False], ids=["given", "default"])
def test_serve_says_that_the_folder_it_was_given_is_missing(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    is_given: bool,
) -> None:
    if is_given:
        monkeypatch.setenv("SANAD_DOCUMENTS", "papres")
    else:
        monkeypatch.setattr("assistant.settings._data_folder", lambda _: tmp_path / "not-there")
    monkeypatch.setenv("SANAD_PROMPTS", str(ROOT / "prompts"))
    served = _page(monkeypatch)
    assert main(["serve"]) == 0
    assert len(served) == 1
    err = capsys.readouterr().err
    assert err.count("\n") == is_given
    assert ("papres was not read: The folder papres does not exist" in err) is is_given


def test_serve_with_a_wrong_address_touches_no_library_and_prints_no_address(
    fake: FakeAssistant, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SANAD_DOCUMENTS", ".")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["serve", "--port", str(port)]) == 2
    assert fake.calls == []
    out, err = capsys.readouterr()
    assert out == ""
    assert f"Port {port} is in use" in err


def test_serve_survives_a_failed_sync(
    fake: FakeAssistant, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SANAD_DOCUMENTS", ".")
    fake.error = LibraryError("the folder is empty")
    served = _page(monkeypatch)
    assert main(["serve"]) == 0
    assert len(served) == 1
    assert capsys.readouterr().err == "Error: . was not read: the folder is empty\n"


def test_serve_follows_the_folder_and_no_failure_ends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    import assistant.web
    from assistant.ingestion import watching

    monkeypatch.setattr(watching, "_LOOK", 100)
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "a.txt").write_text(ENGLISH, encoding="utf-8")
    monkeypatch.setenv("SANAD_DOCUMENTS", str(folder))
    monkeypatch.setenv("SANAD_PROMPTS", str(ROOT / "prompts"))
    seen = []

    def serve(by: Assistant, listener: object, language: str, *, mcp: bool) -> None:
        (folder / "b.txt").write_text(ARABIC, encoding="utf-8")
        _wait_for(lambda: len(by.documents()) == 2)
        folder.rename(tmp_path / "away")
        _wait_for(lambda: "was not read" in caplog.text)
        seen.extend(by.documents())

    monkeypatch.setitem(vars(assistant.web), "listening", lambda *_: nullcontext())
    monkeypatch.setitem(vars(assistant.web), "serve", serve)
    assert main(["serve"]) == 0
    assert len(seen) == 2
    assert "sanad-watching" not in {thread.name for thread in threading.enumerate()}


def _wait_for(is_so: Callable[[], bool]) -> None:
    """Wait until something is so, two minutes at most."""
    end = time.monotonic() + 120
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)


# The terminal


def test_progress_draws_share_and_name_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    written = _drawn(monkeypatch, on_terminal=True)
    assert "0/3" in written
    assert "1/3" in written
    assert "3/3" in written
    assert "first.txt" in written
    assert "…" in written


def test_progress_draws_nothing_without_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _drawn(monkeypatch, on_terminal=False) == ""


class _Screen(io.StringIO):
    """A stream that may be a terminal, and remembers what was written."""

    def __init__(self, on_terminal: bool) -> None:
        super().__init__()
        self.on_terminal = on_terminal

    def isatty(self) -> bool:
        return self.on_terminal


def _drawn(monkeypatch: pytest.MonkeyPatch, on_terminal: bool) -> str:
    screen = _Screen(on_terminal)
    monkeypatch.setattr("sys.stderr", screen)
    with ProgressLine() as bar:
        bar(Progress(0, 3, "first.txt"))
        bar(Progress(1, 3, "long" * 60 + ".txt"))
        bar(Progress(3, 3, ""))
    return screen.getvalue()


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ([], "  sanad add report.md notes/"),
        (["completion"], "  fish:  sanad completion fish > ~/.config/fish/completions/sanad.fish"),
        (["evaluate"], '  {"question": "Who built it?", "document": "harbour.txt", "answers":'),
    ],
)
def test_help_keeps_examples_on_their_lines(
    capsys: pytest.CaptureFixture[str], arguments: list[str], line: str
) -> None:
    assert main([*arguments, "--help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(shown.startswith(f"  {line}") for shown in lines)
    assert not any("\\b" in shown for shown in lines)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(capsys: pytest.CaptureFixture[str], shell: str) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert f"_SANAD_COMPLETE={shell}_complete" in script
    assert "sanad" in script


def test_completion_offers_commands(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_SANAD_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "sanad docu")
    monkeypatch.setenv("COMP_CWORD", "1")
    assert main([]) == 0
    assert capfdbinary.readouterr().out == b"plain,documents\n"


# With the real library

ENGLISH = "The harbour of Port Veldt opened in 1923.\n\nIts lighthouse was built by Anna Moss.\n"
ARABIC = "افتُتح ميناء المنارة سنة 1931.\n\nصمّمت المهندسة سلمى الحداد جسر المدينة.\n"
QUESTIONS = [
    pytest.param("Who built the lighthouse of Port Veldt?", "Anna Moss", id="english"),
    pytest.param("من صمّم جسر المدينة؟", "سلمى الحداد", id="arabic"),
]
UNANSWERED = [
    pytest.param("What does a kilogram of saffron cost in Lima?", "en", id="english"),
    pytest.param("كم يبلغ سعر كيلوغرام الزعفران في ليما؟", "ar", id="arabic"),
]


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a library that holds the seeds and two small files; for reading only."""
    folder = tmp_path_factory.mktemp("filled")
    (folder / "harbour.txt").write_text(ENGLISH, encoding="utf-8")
    (folder / "جسر.txt").write_text(ARABIC, encoding="utf-8")
    library = folder / "library"
    sources = (ROOT / "seeds", folder / "harbour.txt", folder / "جسر.txt")
    assert main(["add", *map(str, sources), "--library", str(library)]) == 0
    return library


@pytest.mark.parametrize(("question", "name"), QUESTIONS)
def test_ask_prints_the_answer_and_its_source(
    filled: Path, capsys: pytest.CaptureFixture[str], question: str, name: str
) -> None:
    assert main(["ask", question, "--library", str(filled)]) == 0
    out, err = capsys.readouterr()
    said, sources = out.split("\n\n")
    assert re.search(rf"{name}.* \[1\]", said)
    assert re.match(rf"\[1\] «.*{name}.*» — .+\.txt:\d+–\d+\n", sources)
    assert err == ""


@pytest.mark.parametrize(("question", "name"), QUESTIONS)
def test_ask_json_cites_the_stored_text(
    filled: Path, capsys: pytest.CaptureFixture[str], question: str, name: str
) -> None:
    assert main(["ask", "--json", "--library", str(filled), question]) == 0
    answer = json.loads(capsys.readouterr().out)
    cited = answer["citations"][0]
    text = ENGLISH if name == "Anna Moss" else ARABIC
    assert text[cited["start_char_index"] : cited["end_char_index"]] == cited["cited_text"]
    assert name in cited["cited_text"]
    assert answer["answered"] is True


@pytest.mark.parametrize(("question", "language"), UNANSWERED)
def test_ask_refuses_in_the_language_of_the_question(
    filled: Path, capsys: pytest.CaptureFixture[str], question: str, language: str
) -> None:
    command = ["ask", question, "--library", str(filled)]
    assert main([*command, "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["answered"] is False
    assert answer["citations"] == []
    assert main(command) == 1
    out = capsys.readouterr().out
    assert out.startswith(say("answer.refusal", language) + "\n")
    assert (say("answer.closest", language) in out) is bool(answer["hits"])
    assert "[1]" not in out


@pytest.mark.parametrize(("question", "name"), QUESTIONS)
def test_chat_answers(filled: Path, question: str, name: str) -> None:
    result = CliRunner().invoke(sanad, ["chat", "--library", str(filled)], input=f"{question}\n\n")
    assert name in result.stdout
    assert "\n[1] «" in result.stdout
    assert result.exception is None


def test_search_finds_sentences(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["search", "lighthouse", "Veldt", "--sentences", "-k", "1", "--library", str(filled)]
    assert main([*command, "--json"]) == 0
    (hit,) = json.loads(capsys.readouterr().out)
    assert hit["text"] == ENGLISH[hit["start_char_index"] : hit["end_char_index"]]
    assert main(command) == 0
    assert one_line(hit["text"]) in capsys.readouterr().out


def test_search_without_hits_is_1(capsys: pytest.CaptureFixture[str]) -> None:
    _empty_library()
    assert main(["search", "منارة"]) == 1
    assert capsys.readouterr() == ("", say("cli.search.nothing", "ar") + "\n")
    assert main(["search", "من هو Tomas Okafor؟"]) == 1
    assert capsys.readouterr() == ("", say("cli.search.nothing", "ar") + "\n")
    assert main(["search", "lighthouse", "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == []


def test_documents_of_an_empty_library_is_0(capsys: pytest.CaptureFixture[str]) -> None:
    _empty_library()
    assert main(["documents"]) == 0
    assert capsys.readouterr() == ("", say("answer.empty_library", "en") + "\n")
    assert main(["documents", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def _empty_library() -> None:
    Assistant("library").close()


def test_documents_lists_ids_titles_and_files(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["documents", "--json", "--library", str(filled)]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert len(facts) == 3
    assert not {"text", "blocks"} & set(facts[0])
    assert main(["documents", "--library", str(filled)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [fact["id"] for fact in facts]
    assert any(line.endswith("جسر.txt") for line in lines)


def test_add_again_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH, encoding="utf-8")
    assert main(["add", "a.txt"]) == 0
    assert capsys.readouterr().out.startswith("Added: 1, updated: 0, moved: 0, unchanged: 0,")
    assert main(["add", "a.txt"]) == 0
    assert capsys.readouterr().out.startswith("Added: 0, updated: 0, moved: 0, unchanged: 1,")


@pytest.mark.parametrize(
    ("paths", "code"),
    [
        pytest.param(["missing.txt"], 2, id="the-only-one-missing"),
        pytest.param(["a.txt", "missing.txt"], 1, id="one-of-two-missing"),
        pytest.param(["empty.txt", "b.unknown"], 2, id="none-can-be-read"),
    ],
)
def test_add_names_each_failure_on_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], paths: list[str], code: int
) -> None:
    (tmp_path / "a.txt").write_text(ARABIC, encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    (tmp_path / "b.unknown").write_bytes(b"\0\1")
    assert main(["add", *paths]) == code
    lines = capsys.readouterr().err.splitlines()
    bad = [path for path in paths if path != "a.txt"]
    assert len(lines) == len(bad)
    for line, path in zip(lines, bad, strict=True):
        assert line.startswith("Failed: ")
        assert line.count(path) == 1


def test_sync_follows_the_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "وثائق"
    folder.mkdir()
    for name, text in (("a.txt", ENGLISH), ("b.txt", ARABIC)):
        (folder / name).write_text(text, encoding="utf-8")
    assert main(["sync", "وثائق"]) == 0
    (folder / "b.txt").unlink()
    assert main(["sync", "وثائق", "--json"]) == 0
    report = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert [len(report[kind]) for kind in ("added", "unchanged", "removed")] == [0, 1, 1]


def test_sync_passes_on_that_many_may_be_removed(fake: FakeAssistant, tmp_path: Path) -> None:
    assert main(["sync", "docs", "--remove-many"]) == 0
    assert ("sync", Path("docs"), "many") in fake.calls


def test_watch_follows_the_folder_until_it_is_interrupted(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "a.txt").write_text(ENGLISH, encoding="utf-8")
    code = "import sys; from assistant.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", code, "watch", str(folder), "--json"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as watcher:
        assert len(json.loads(watcher.stdout.readline())["added"]) == 1
        (folder / "b.txt").write_text(ARABIC, encoding="utf-8")
        assert len(json.loads(watcher.stdout.readline())["added"]) == 1
        (folder / "a.txt").unlink()
        assert len(json.loads(watcher.stdout.readline())["removed"]) == 1
        watcher.send_signal(signal.SIGINT)
        out, err = watcher.communicate(timeout=60)
    assert watcher.returncode == 0
    assert out == ""
    assert err == f"Watching {folder}. Ctrl-C ends it.\n\n"
    assert main(["documents"]) == 0


def test_watch_prints_what_changes_and_each_failure_once(
    fake: FakeAssistant, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = Failure("b.xyz", "UnsupportedFormat", "b.xyz has no reader.")
    runs = iter(
        [
            SyncReport(added=("a.txt",), failed=(bad,)),
            SyncReport(unchanged=("a.txt",), failed=(bad,)),
            LibraryError("the disk is full"),
            SyncReport(updated=("a.txt",), failed=(bad,)),
            SyncReport(unchanged=("a.txt",)),
            KeyboardInterrupt(),
        ]
    )

    def sync(folder: Path, progress: ProgressCallback) -> SyncReport:
        outcome = next(runs)
        if isinstance(outcome, SyncReport):
            return outcome
        raise outcome

    monkeypatch.setattr(fake, "sync", sync)
    monkeypatch.setattr("assistant.ingestion.Watcher._moments", lambda _: iter([None] * 9))
    assert main(["watch", "docs"]) == 0
    out, err = capsys.readouterr()
    assert [line.split(", moved")[0] for line in out.splitlines()] == [
        "Added: 1, updated: 0",
        "Added: 0, updated: 1",
        "Added: 0, updated: 0",
    ]
    assert err.splitlines() == [
        "Watching docs. Ctrl-C ends it.",
        "Failed: b.xyz has no reader.",
        "Error: the disk is full",
        "",
    ]


def test_watch_of_a_missing_folder_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["watch", "nowhere"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines()[1].startswith("Error: The folder nowhere does not exist")


def test_sync_of_a_missing_folder_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sync", "nowhere"]) == 2
    _assert_one_line(capsys, "nowhere")


def test_correct_shows_what_was_put_right_and_takes_it_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH, encoding="utf-8")
    main(["add", "a.txt"])
    main(["documents"])
    before = capsys.readouterr().out.splitlines()[-1]
    name = before.split()[0]
    right = ["--title", "منارة", "--date", "2024-02-10", "--language", "ar"]

    assert main(["correct", name, *right]) == 0
    line = capsys.readouterr().out.strip()
    assert line.split()[:4] == [name, "ar", "2024-02-10", "منارة"]
    assert line.endswith("(corrected: title, date, language)")
    monkeypatch.setenv("SANAD_LANGUAGE", "ar")
    assert main(["documents"]) == 0
    assert capsys.readouterr().out.strip().endswith("(صُحِّح: العنوان، التاريخ، اللغة)")
    monkeypatch.delenv("SANAD_LANGUAGE")
    assert main(["correct", name, "--reset", "--date", "2024-03-01"]) == 0
    assert capsys.readouterr().out.strip().endswith("(corrected: date)")
    assert main(["correct", name, "--reset"]) == 0
    assert capsys.readouterr().out.strip() == before.strip()


def test_correct_as_json_is_the_document_as_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH, encoding="utf-8")
    main(["add", "a.txt"])
    main(["documents", "--json"])
    (before,) = json.loads(capsys.readouterr().out.splitlines()[-1])
    right = ["--title", "منارة", "--date", "2024-02-10"]

    assert main(["correct", before["id"], *right, "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    facts = json.loads(out)
    expected = {"title": "منارة", "date": "2024-02-10"}
    assert facts == before | expected | {"metadata": {"corrected": "title date"}}
    assert main(["documents", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [facts]
    assert main(["correct", before["id"], "--reset", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == before


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ([], "--reset"),
        (["--date", "10/02/2024"], "10/02/2024"),
        (["--date", "2024-02-30"], "2024-02-30"),
        (["--language", "fr"], "fr"),
        (["--title", " "], "title"),
        (["--title", "T"], "nothing-here"),
    ],
    ids=["nothing", "figures", "no-such-day", "language", "blank", "unknown"],
)
def test_correct_that_can_not_be_done_is_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], named: str
) -> None:
    _empty_library()
    assert main(["correct", "nothing-here", *arguments]) == 2
    _assert_one_line(capsys, named)


def test_remove_takes_the_document_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH, encoding="utf-8")
    main(["add", "a.txt"])
    main(["documents", "--json"])
    (fact,) = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert main(["remove", fact["id"], "--yes", "--purge"]) == 0
    assert fact["title"] in capsys.readouterr().out
    assert main(["remove", fact["id"], "--yes"]) == 1
    _assert_one_line(capsys, fact["id"])
    assert main(["ask", "Who built the lighthouse of Port Veldt?"]) == 1
    assert (tmp_path / "a.txt").is_file()


def test_removed_document_can_be_purged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH, encoding="utf-8")
    main(["add", "a.txt"])
    with Assistant("library", read_only=True) as reader:
        (held,) = reader.documents()
    assert main(["remove", held.id, "--yes"]) == 0
    capsys.readouterr()
    assert main(["remove", held.id, "--yes"]) == 1
    _assert_one_line(capsys, held.id)
    assert main(["remove", held.id, "--yes", "--purge"]) == 0
    assert held.title in capsys.readouterr().out
    with Assistant("library", read_only=True) as reader, pytest.raises(LibraryError):
        reader.document(held.id)
    assert main(["remove", held.id, "--yes", "--purge"]) == 1
    _assert_one_line(capsys, held.id)


@pytest.mark.parametrize("command", [["ask", "?"], ["search", "x"], ["documents"], ["chat"]])
def test_reading_a_missing_library_says_how_to_make_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    assert main([*command, "--library", "nowhere"]) == 2
    _assert_one_line(capsys, "sanad add PATH")
    assert not (tmp_path / "nowhere").exists()


def test_locked_library_can_be_read_but_not_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH, encoding="utf-8")
    with Assistant("library") as writer:
        writer.add("a.txt")
        assert main(["add", "a.txt"]) == 2
        _assert_one_line(capsys, "library")
        assert main(["ask", "Who built the lighthouse of Port Veldt?"]) == 0


def test_damaged_library_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _empty_library()
    for leftover in (tmp_path / "library").glob("catalogue.sqlite3*"):
        leftover.unlink()
    (tmp_path / "library" / "catalogue.sqlite3").write_bytes(b"no database " * 500)
    assert main(["ask", "?"]) == 2
    _assert_one_line(capsys, "library")


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        pytest.param("SANAD_LIBARY", "x", "SANAD_LIBRARY", id="unknown-name"),
        pytest.param("SANAD_PORT", "high", "SANAD_PORT='high'", id="wrong-value"),
        pytest.param("SANAD_EMBEDDINGS", "no-such", "no-such", id="unknown-embedding"),
    ],
)
def test_broken_setting_is_named_in_one_line(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    value: str,
    said: str,
) -> None:
    monkeypatch.setenv(variable, value)
    assert main(["add", str(ROOT / "seeds")]) == 2
    _assert_one_line(capsys, said)


# Evaluation

KNOWN = (
    {
        "id": "q1",
        "set": "en",
        "question": "Who built the lighthouse of Port Veldt?",
        "document": "harbour.txt",
        "answers": [{"start": ENGLISH.index("Its")}],
    },
    {
        "id": "q2",
        "set": "ar",
        "question": "من صمّم جسر المدينة؟",
        "document": "جسر.txt",
        "answers": [{"start": ARABIC.index("صمّمت")}],
    },
    {"id": "q3", "set": "en", "question": "What does saffron cost in Lima?", "answers": []},
)
TABLE_ROWS = ("ndcg_10", "recall_1", "recall_5", "hit_1", "hit_3", "ask_1", "answered", "exact")


def _question_file(*questions: Mapping[str, object]) -> str:
    lines = (json.dumps(question, ensure_ascii=False) for question in questions)
    Path("questions.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return "questions.jsonl"


@pytest.fixture
def papers(tmp_path: Path) -> str:
    """Return a folder of three documents."""
    folder = tmp_path / "papers"
    folder.mkdir()
    for name, text in (("harbour.txt", ENGLISH), ("جسر.txt", ARABIC), ("bees.txt", "320 hives.")):
        (folder / name).write_text(text, encoding="utf-8")
    return "papers"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_evaluate_prints_a_table_notes_and_the_recipe(
    papers: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    language: str,
) -> None:
    monkeypatch.setenv("SANAD_LANGUAGE", language)
    assert main(["evaluate", _question_file(*KNOWN), "--documents", papers, "--without"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    *lines, recipe = out.splitlines()
    assert recipe.startswith("sets:en+ar|n:3|docs:3|")
    shown = [line.replace("\u200e", "") for line in lines]
    assert all(len(line) <= 100 for line in shown)
    header = next(line for line in shown if say("evaluate.all", language) in line)
    begin = header.index(say("evaluate.all", language))
    for row in TABLE_ROWS:
        (line,) = (line for line in shown if line.startswith(say(f"evaluate.{row}", language)))
        assert line[begin:] == "100.0 (100.0–100.0)"
    assert say("evaluate.interval", language, {"resamples": 1000}) in lines
    assert any(say("evaluate.auroc_without", language) in line for line in shown)


def test_evaluate_puts_many_sets_under_each_other(
    papers: str, capsys: pytest.CaptureFixture[str]
) -> None:
    sets = [f"a set with a name that is long {n}" for n in range(7)]
    _question_file(*({**KNOWN[0], "set": name} for name in sets))
    assert main(["evaluate", "questions.jsonl", "--documents", papers]) == 0
    *lines, _recipe = capsys.readouterr().out.splitlines()
    assert sum(line.startswith("questions ") for line in lines) == 3
    assert all(len(line) <= 100 for line in lines)


def test_evaluate_json_is_one_document_with_intervals_and_the_recipe(
    papers: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", _question_file(*KNOWN), "--documents", papers, "--json"]) == 0
    out, err = capsys.readouterr()
    report = json.loads(out, parse_constant=pytest.fail)
    assert (out.count("\n"), err) == (1, "")
    assert [scores["set"] for scores in report["sets"]] == ["en", "ar"]
    assert report["overall"]["ask_1"] == {"value": 1.0, "low": 1.0, "high": 1.0}
    assert report["overall"]["false_answers"]["value"] == 0
    assert report["overall"]["auroc_without"] == {"value": None, "low": None, "high": None}
    assert report["recipe"].startswith("sets:en+ar|n:3|docs:3|")
    assert report["interval"] == {"level": 0.95, "resamples": 1000, "by": "document"}


def test_evaluate_asks_the_library_and_changes_nothing(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (filled / "catalogue.sqlite3").read_bytes()
    with Assistant(filled):  # another one writes meanwhile
        command = ["evaluate", _question_file(*KNOWN), "--library", str(filled), "--without"]
        assert main([*command, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["documents"] == 3
    assert report["overall"]["ask_1"]["value"] == 1
    assert report["overall"]["left_out"] == 2
    assert len(before) == len((filled / "catalogue.sqlite3").read_bytes())


@pytest.mark.parametrize("options", [[], ["--json"]], ids=["text", "json"])
def test_evaluate_without_questions_says_so(
    papers: str, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    assert main(["evaluate", _question_file(), "--documents", papers, *options]) == 0
    out = capsys.readouterr().out
    if options:
        overall = json.loads(out, parse_constant=pytest.fail)["overall"]
        assert (overall["questions"], overall["ndcg_10"]["value"]) == (0, None)
    else:
        assert say("evaluate.no_questions", "en") in out


@pytest.mark.parametrize("options", [[], ["--json"]], ids=["text", "json"])
def test_evaluate_of_an_empty_library_says_so(
    capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    _empty_library()
    assert main(["evaluate", _question_file(*KNOWN), "--without", *options]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    if options:
        report = json.loads(out, parse_constant=pytest.fail)
        assert (report["documents"], report["overall"]["questions"]) == (0, 3)
    else:
        assert say("evaluate.no_documents", "en") in out


@pytest.mark.parametrize(
    ("questions", "note"),
    [
        pytest.param(KNOWN[:2], "no_unanswerable", id="none-unanswerable"),
        pytest.param(KNOWN[2:], "no_answerable", id="none-answerable"),
        pytest.param(KNOWN[:1], "no_interval", id="one-document"),
    ],
)
def test_evaluate_says_what_could_not_be_measured(
    papers: str,
    capsys: pytest.CaptureFixture[str],
    questions: Sequence[Mapping[str, object]],
    note: str,
) -> None:
    assert main(["evaluate", _question_file(*questions), "--documents", papers]) == 0
    assert say(f"evaluate.{note}", "en") in capsys.readouterr().out.splitlines()


def test_evaluate_names_missing_documents_and_failures_on_stderr(
    papers: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (Path(papers) / "x.unknown").touch()
    _question_file({**KNOWN[0], "document": "lost.txt"})
    assert main(["evaluate", "questions.jsonl", "--documents", papers]) == 0
    failed, missing = capsys.readouterr().err.splitlines()
    assert failed.startswith("Failed: ")
    assert "x.unknown" in failed
    assert missing.startswith("Warning: ")
    assert missing.endswith(": lost.txt")


def test_evaluate_names_each_bad_line(papers: str, capsys: pytest.CaptureFixture[str]) -> None:
    bad = ({"question": "?"}, KNOWN[0], {**KNOWN[1], "answers": [{"start": "x"}]})
    assert main(["evaluate", _question_file(*bad), "--documents", papers]) == 2
    out, err = capsys.readouterr()
    first, second = err.splitlines()
    assert out == ""
    assert first.startswith("Error: questions.jsonl, line 1: answers is missing; ")
    assert second.startswith("Error: questions.jsonl, line 3: answers[0].start is 'x'; ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["nowhere.jsonl"], "nowhere.jsonl", id="no-such-file"),
        pytest.param(["."], "can't be read", id="folder-of-questions"),
        pytest.param(["questions.jsonl"], "sanad add PATH", id="no-library"),
        pytest.param(["questions.jsonl", "--documents", "empty"], "empty", id="empty-folder"),
    ],
)
def test_evaluate_that_cannot_begin_is_one_line_and_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    _question_file(*KNOWN)
    Path("empty").mkdir()
    assert main(["evaluate", *arguments]) == 2
    _assert_one_line(capsys, said)


def test_evaluate_draws_its_progress(
    papers: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = _Screen(on_terminal=True)
    monkeypatch.setattr("sys.stderr", screen)
    assert main(["evaluate", _question_file(*KNOWN), "--documents", papers, "--without"]) == 0
    drawn = screen.getvalue()
    assert "bees.txt" in drawn  # reading
    assert "3/3" in drawn
    assert KNOWN[1]["question"] in drawn
    assert "2/2" in drawn  # left out


def _assert_one_line(capsys: pytest.CaptureFixture[str], said: str) -> None:
    """Check that all that was printed since is one error line that says something."""
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith("Error: ")
    assert said in err


# In a process of its own

NOT_UTF8 = {
    "LC_ALL": "C",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONIOENCODING": "latin-1",
}
HEAVY = ("gradio", "chromadb", "langchain_core", "numpy", "tantivy", "assistant.assistant")


def _sanad(
    *arguments: str, prelude: str = "pass", environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run a command line in a fresh interpreter."""
    script = f"import sys; from assistant.cli import main; {prelude}; sys.exit(main(sys.argv[1:]))"
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
        capture_output=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["--help"], id="help"),
        pytest.param(["ask", "--help"], id="command-help"),
        pytest.param(["evaluate", "--help"], id="evaluate-help"),
        pytest.param(["--version"], id="version"),
        pytest.param(["completion", "zsh"], id="completion"),
        pytest.param(["nonsense"], id="wrong-usage"),
    ],
)
def test_nothing_heavy_is_loaded_before_it_is_needed(arguments: list[str]) -> None:
    report = f"import atexit; atexit.register(lambda: print(set({HEAVY!r}) & set(sys.modules)))"
    result = _sanad(*arguments, prelude=report)
    assert result.stdout.endswith(b"set()\n"), result


def test_version_is_the_installed_one() -> None:
    fake = "import importlib.metadata as m; m.version = {'sanad': '1.2.3'}.__getitem__"
    result = _sanad("--version", prelude=fake)
    assert (result.returncode, result.stdout) == (0, b"sanad 1.2.3\n")


def test_output_is_utf8_where_the_locale_is_not() -> None:
    result = _sanad("--help", environment=NOT_UTF8)
    assert result.returncode == 0
    assert "من ترأس الدورة الأولى؟" in result.stdout.decode("utf-8")


def test_arabic_question_is_understood_where_the_locale_is_not_utf8(filled: Path) -> None:
    result = _sanad(*("ask", "من صمّم جسر المدينة؟", "--library", str(filled)), environment=NOT_UTF8)
    assert result.returncode == 0, result.stderr
    assert "سلمى الحداد" in result.stdout.decode("utf-8")


@pytest.mark.parametrize("key", ["\x04", "\x03"], ids=["ctrl-d", "ctrl-c"])
def test_chat_in_a_terminal_prompts_until_a_key_ends_it(filled: Path, key: str) -> None:
    screen, inside = pty.openpty()
    script = (
        "import fcntl, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n"  # keys reach it
        "from assistant.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, "chat", "--library", str(filled)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=inside,
        stdout=inside,
        stderr=inside,
        start_new_session=True,
    )
    os.close(inside)
    try:
        assert say("cli.chat.begin", "en") in _read_until(screen, "> ")
        os.write(screen, "من صمّم جسر المدينة؟\n".encode())
        assert "سلمى الحداد" in _read_until(screen, "\n> ")
        time.sleep(1)  # readline prints its prompt before it waits for keys
        os.write(screen, key.encode())
        assert process.wait(60) == 0
    finally:
        process.kill()
        process.wait()
    left = _read_until(screen, "no such words").strip().removeprefix("^C").strip()
    assert re.fullmatch(say("cli.chat.kept", "en", {"id": "[0-9a-f]{16}"}), left)
    os.close(screen)


def _read_until(screen: int, words: str) -> str:
    """Return what a terminal shows until some words come, or the program has ended."""
    shown = b""
    while words not in shown.decode("utf-8", "ignore").replace("\r\n", "\n"):
        try:
            shown += os.read(screen, 4096)
        except OSError:  # the other side is closed
            break
    return shown.decode("utf-8")


def test_broken_pipe_is_quiet() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    script = "import sys; from assistant.cli import main; sys.exit(main(['completion', 'fish']))"
    result = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": ""},
        stdout=writer,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    os.close(writer)
    assert (result.returncode, result.stderr) == (141, b"")


@pytest.mark.parametrize(
    ("command", "lines"),
    [
        (["--help"], ["sanad add report.md notes/", "sanad serve"]),
        (["completion", "--help"], ['bash:  eval "$(sanad completion bash)"     in ~/.bashrc']),
    ],
    ids=["all", "completion"],
)
def test_help_keeps_its_examples_on_lines_of_their_own(
    capsys: pytest.CaptureFixture[str], command: list[str], lines: list[str]
) -> None:
    assert main(command) == 0
    shown = capsys.readouterr().out
    assert "\\b" not in shown
    assert "\b" not in shown
    assert set(lines) <= {line.strip() for line in shown.splitlines()}
