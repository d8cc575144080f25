"""Small files that are made to take all time or memory: each is read or refused, within limits.

Each is read in a process of its own, which has little memory: what a reader takes beyond it fails
there, and not as the reader's own clear error.
"""

from __future__ import annotations

import io
import multiprocessing
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from bombs import BOMBS, doubling_forms
from document_checks import check

from assistant import Assistant
from assistant.documents import DEFAULT_OPTIONS, extract
from assistant.errors import DocumentError
from assistant.ingestion import serving

# Of the processor's time, however busy the machine is; most take less than one. And bytes.
SECONDS, MEMORY = 40, 1_500_000_000
resource = pytest.importorskip("resource", reason="limits of memory are those of Unix")
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["assistant", "assistant.documents", "bombs", "document_checks"])


def told(number, answers):
    """Say what became of a file, in a process of its own."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    name, suffix, make = BOMBS[number]
    try:
        check(extract(Path(f"file{suffix}"), make(), DEFAULT_OPTIONS))
        answers.send("read")
    except DocumentError as error:
        answers.send(f"refused: {error}")
    except BaseException as error:  # noqa: BLE001  # it is told to the test
        answers.send(f"{name}: {type(error).__name__}: {error}")


def outcome(do, task):
    """Return what a process of its own says; empty where it died or took too long."""
    ours, theirs = FORKS.Pipe(duplex=False)
    process = FORKS.Process(target=do, args=(task, theirs))
    process.start()
    theirs.close()
    try:
        return ours.recv() if ours.poll(6 * SECONDS) else ""
    except EOFError:
        return ""
    finally:
        process.kill()
        process.join()


@pytest.mark.parametrize("number", range(len(BOMBS)), ids=[name for name, *_ in BOMBS])
@pytest.mark.timeout(7 * SECONDS)
def test_bomb_is_read_or_refused(number):
    found = outcome(told, number)
    assert found == "read" or found.startswith("refused: file"), found or "it ended, or hung"


def added(folder, answers):
    """Say what a library makes of a page that is drawn 2^40 times, beside another document."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY // 2, MEMORY // 2))  # its readers' as well
    (folder / "bomb.pdf").write_bytes(doubling_forms(40))
    (folder / "plain.txt").write_text("The lighthouse was rebuilt in 1974.", encoding="utf-8")
    with Assistant(folder.parent / "library") as assistant:
        report = assistant.add(folder)
    answers.send((len(report.added), [failure.message for failure in report.failed]))


@pytest.mark.timeout(7 * SECONDS)
def test_bomb_without_end_ends_its_reader_alone(tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    count, (message,) = outcome(added, folder)
    assert count == 1
    assert "the process that was reading it ended" in message


def test_reading_process_has_an_end_of_memory():
    code = (
        "import resource; from assistant.ingestion import serving; "
        "serving.serve_on_standard_streams(lambda _: resource.getrlimit(resource.RLIMIT_DATA))"
    )
    done = subprocess.run(  # own modules
        [sys.executable, "-c", code], input=pickle.dumps(1), capture_output=True, check=True
    )
    answers = io.BytesIO(done.stdout)
    assert pickle.load(answers) is None  # noqa: S301  # from our own process
    assert pickle.load(answers)[0] == serving.MOST_MEMORY  # noqa: S301  # from our own process
