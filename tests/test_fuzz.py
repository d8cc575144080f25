"""Damaged files of every format: each is read or refused, in time, and no library is lost.

``FUZZ=2000 pytest tests/test_fuzz.py`` damages more files, and says how many were
read all the same.
"""

from __future__ import annotations

import io
import os
import random
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from document_checks import archive, check
from format_seeds import SEEDS as MADE

from assistant import Assistant
from assistant.documents import DEFAULT_OPTIONS, extract
from assistant.errors import DocumentError

COUNT = int(os.environ.get("FUZZ", "100"))
LONGEST_SECONDS = 10
TEXT = (
    "# تقرير ميناء وهران\n\n2024-03-05\n\nطول *الرصيف* 300 متر.\n\n- A new boat.\n- It is fast.\n"
)
SEEDS = MADE | {".txt": TEXT.encode(), ".md": TEXT.encode()}
# What may stand at the wrong place.
PIECES = [
    *(b"<", b">", b"</", b"&", b'"', b"'", b"{", b"}", b"[", b"]", b"\\", b"\\u", b"\\'", b"\x00"),
    *(
        b"\xff",
        b"\xd8",
        b"\r",
        b"\n\n",
        b"--",
        b"-->",
        b"<!--",
        b"<![CDATA[",
        b"0",
        b"-1",
        b"99999999999",
    ),
    *(
        b"<table>",
        b"<tr>",
        b"\\par",
        b"\\cell",
        b"\\row",
        b"\\bin9",
        b"Content-Type: ",
        b"=?utf-8?b?",
    ),
    "\u202e\u0651\ud83d".encode("utf-8", "surrogatepass"),
]


def damaged(data, chance):
    """Return bytes with a few changes: flipped, cut out, doubled, put in, moved, cut off."""
    found = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 4, 16])):
        start = chance.randrange(len(found) + 1)
        end = min(len(found), start + chance.choice([1, 2, 8, 64, 512]))
        kind = chance.randrange(6)
        if kind == 0 and start < len(found):
            found[start] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del found[start:end]
        elif kind == 2:
            found[start:start] = found[start:end] * chance.choice([1, 2, 20])
        elif kind == 3:
            found[start:start] = chance.choice(PIECES)
        elif kind == 4:
            other = chance.randrange(len(found) + 1)
            found[other:other] = found[start:end]
        elif chance.random() < 0.2:
            del found[start:]
    return bytes(found)


def parts_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def mutant(suffix, number):
    """Return a damaged file of a format; of an archive the whole, or one part and packed again."""
    chance = random.Random(f"{suffix}{number}")  # noqa: S311  # the same files every time
    data = SEEDS[suffix]
    if not data.startswith(b"PK") or chance.random() < 0.3:
        return damaged(data, chance)
    parts = parts_of(data)
    for name in chance.sample(sorted(parts), min(len(parts), chance.choice([1, 1, 2]))):
        if chance.random() < 0.1:
            del parts[name]
        else:
            parts[name] = damaged(parts[name], chance)
    return archive(parts)


@pytest.mark.parametrize("suffix", SEEDS)
@pytest.mark.timeout(max(300, COUNT * 2))
def test_damaged_file_is_read_or_refused(suffix, capsys):
    path = Path(f"harbour{suffix}")
    check(extract(path, SEEDS[suffix], DEFAULT_OPTIONS))
    read, longest = 0, 0.0
    for number in range(COUNT):
        started = time.monotonic()
        with suppress(DocumentError):
            check(extract(path, mutant(suffix, number), DEFAULT_OPTIONS))
            read += 1
        seconds = time.monotonic() - started
        assert seconds < LONGEST_SECONDS, f"file {number} took {seconds:.1f} s"
        longest = max(longest, seconds)
    if COUNT > 100:
        with capsys.disabled():
            print(f"\n{suffix}: {read} of {COUNT} read; the slowest took {longest:.2f} s", end="")  # noqa: T201  # for a person who looks
    assert read


def test_damaged_files_lose_no_library(tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "whole.txt").write_text("The lighthouse was rebuilt in 1974.", encoding="utf-8")
    for suffix in SEEDS:
        for number in range(COUNT // 10):
            (folder / f"{number}{suffix}").write_bytes(mutant(suffix, number))
    with Assistant(tmp_path / "library") as assistant:
        report = assistant.sync(folder)
        assert len(report.added) + len(report.failed) == len(SEEDS) * (COUNT // 10) + 1
        assert all(failure.message for failure in report.failed)
    with Assistant(tmp_path / "library") as assistant:
        assert "1974" in assistant.ask("When was the lighthouse rebuilt?").text
        for document in assistant.documents():
            check(assistant.document(document.id))
