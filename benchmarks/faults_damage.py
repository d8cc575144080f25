"""Damages the indexes of a library in every way, opens it, and looks whether anybody notices."""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from folder import made_text

from assistant import Assistant, Document, Settings

_DOCUMENTS = 2000
# In a process of its own: that it ends well is part of what is looked at.
_OPENED = """
import json, logging, sys, time
from assistant import Assistant, Settings
logging.disable(logging.CRITICAL)
begun = time.perf_counter()
with Assistant(sys.argv[1], Settings()) as assistant:
    opened = time.perf_counter() - begun
    reason = assistant.mending.reason if assistant.mending else "well"
    answer = assistant.ask("Who keeps the seal of box 77?")
    answered = time.perf_counter() - begun
    exact = bool(answer.answered) and all(
        assistant.document(c.document_id, version=c.version)
        .text[c.start_char_index : c.end_char_index] == c.cited_text for c in answer.citations)
    whole = assistant.settle(600)
    mended = time.perf_counter() - begun
    library = assistant._library
    known = library.catalogue.count_passages()
    held = library._dense._chroma.count() if library._dense._chroma else -1
    alike = library.terms.count() == held == known
print(json.dumps([opened, answered, mended, reason, exact and whole and alike]))
"""


def _ways(folder: Path, other: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what is done to a library: its name, and what does it."""
    for index in ("chroma", "terms"):
        yield f"{index}: deleted", lambda i=index: shutil.rmtree(folder / i)
        yield f"{index}: another library's", lambda i=index: _swap(folder / i, other / i)
        files = sorted(p for p in (folder / index).rglob("*") if p.is_file())
        for path in files:
            if path.name.startswith(".") or path.suffix == ".lock" or not path.stat().st_size:
                continue
            name = f"{index}: {path.suffix if index == 'terms' else path.name}"
            yield f"{name} deleted", path.unlink
            yield f"{name} cut in half", lambda p=path: p.write_bytes(_half(p))
            yield f"{name} all garbage", lambda p=path: p.write_bytes(os.urandom(p.stat().st_size))
            yield f"{name} one byte", lambda p=path: _flip(p)
            yield f"{name} 0x7f", lambda p=path: p.write_bytes(b"\x7f" * p.stat().st_size)


def _swap(own: Path, other: Path) -> None:
    shutil.rmtree(own)
    shutil.copytree(other, own)


def _half(path: Path) -> bytes:
    data = path.read_bytes()
    return data[: len(data) // 2]


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 0xFF
    path.write_bytes(bytes(data))


def _filled(folder: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # a recipe, no secret
    documents = [
        Document(title=f"Box {n}", text=made_text(chance, "ar" if n % 2 else "en", n))
        for n in range(_DOCUMENTS)
    ]
    known = Document(title="Seal", text="Idris Marzouki keeps the seal of box 77.")
    with Assistant(folder, Settings()) as assistant:
        assistant.add(*documents, known)


def run_damage(options: argparse.Namespace) -> int:
    """Damage, open, and print; return the number of ways after which something was wrong."""
    whole, other, folder = (options.work / name for name in ("whole", "other", "library"))
    _filled(whole, options.seed)
    _filled(other, options.seed + 1)
    names = [name for name, _ in _ways(whole, other)]
    print(f"{len(names)} ways, {_DOCUMENTS + 1} documents", flush=True)
    wrong = 0
    for number, name in enumerate(["nothing at all", *names]):
        shutil.rmtree(folder, ignore_errors=True)
        # Copied with its times, so that only the damage tells.
        shutil.copytree(whole, folder)
        if number:
            dict(_ways(folder, other))[name]()
        command = [sys.executable, "-c", _OPENED, str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        said = done.stdout.strip() or f"ended with {done.returncode}"
        wrong += done.returncode != 0 or not said.endswith("true]")
        print(f"{name}: {said}", flush=True)
    print(f"wrong: {wrong} of {len(names) + 1}")
    return wrong
