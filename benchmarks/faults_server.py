"""Kills a Chroma server under load, again and again, and counts what that costs."""

from __future__ import annotations

import argparse
import random
import shutil
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

from folder import made_text

from assistant import Assistant, Document, Settings

_DOCUMENTS = 500
_THREADS = 4
_ASKED = "Who keeps the seal of box 77?"


class _Server:
    """``chroma run`` at an address that stays the same."""

    def __init__(self, folder: Path) -> None:
        self._command = shutil.which("chroma", path=str(Path(sys.executable).parent))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = int(probe.getsockname()[1])
        self._folder = folder
        self.url = f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        place = ["--path", str(self._folder), "--host", "127.0.0.1", "--port", str(self._port)]
        self._process = subprocess.Popen(
            [self._command, "run", *place], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        while not self._answers():
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/api/v2/heartbeat", timeout=5):  # noqa: S310  # own server
                return True
        except urllib.error.URLError:
            return False

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


def run_server(options: argparse.Namespace) -> int:
    """Kill, go on, and print; return the number of wrong answers and lost passages."""
    chance = random.Random(options.seed)  # noqa: S311  # a recipe, no secret
    server = _Server(options.work / "server")
    server.start()
    seconds: list[float] = []
    wrong: list[str] = []
    stop = threading.Event()
    texts = [made_text(chance, "ar" if n % 2 else "en", n) for n in range(_DOCUMENTS)]
    with Assistant(options.work / "library", Settings(chroma_url=server.url)) as assistant:
        assistant.add(Document(title="Seal", text="Idris Marzouki keeps the seal of box 77."))
        assistant.add(*(Document(title=f"Box {n}", text=text) for n, text in enumerate(texts)))
        asking = [
            threading.Thread(target=_ask, args=(assistant, stop, seconds, wrong))
            for _ in range(_THREADS)
        ]
        for thread in asking:
            thread.start()
        away = 0
        for run in range(options.runs):
            time.sleep(chance.uniform(0, 1))
            added = threading.Thread(target=_add, args=(assistant, chance.random(), run))
            added.start()
            time.sleep(chance.uniform(0, 0.3))
            server.kill()
            away += 1
            time.sleep(chance.uniform(0, 2))
            server.start()
            added.join()
        stop.set()
        for thread in asking:
            thread.join()
        whole = assistant.settle(300)
        known = assistant._library.catalogue.count_passages()
        held = assistant._library._dense._chroma.count() if whole else -1
    server.kill()
    lost = abs(known - held)
    print(f"{away} kills, {len(seconds)} answers, {len(wrong)} wrong or failed: {wrong[:3]}")
    print(f"passages: {known} in the catalogue, {held} on the server in the end")
    cuts = statistics.quantiles(seconds, n=20)
    print(f"an answer: median {statistics.median(seconds):.2f} s, 95th {cuts[-1]:.2f} s")
    return len(wrong) + lost


def _add(assistant: Assistant, salt: float, run: int) -> None:
    assistant.add(
        *(Document(title=f"Jar {run} {n}", text=f"Jar {n} of {salt} is empty.") for n in range(20))
    )


def _ask(
    assistant: Assistant, stop: threading.Event, seconds: list[float], wrong: list[str]
) -> None:
    while not stop.is_set():
        begun = time.perf_counter()
        try:
            answer = assistant.ask(_ASKED)
        except Exception as error:  # noqa: BLE001  # counted
            wrong.append(repr(error))
            continue
        seconds.append(time.perf_counter() - begun)
        exact = all(
            assistant.document(c.document_id, version=c.version).text[
                c.start_char_index : c.end_char_index
            ]
            == c.cited_text
            for c in answer.citations
        )
        if not (answer.answered and exact and "Idris Marzouki" in answer.text):
            wrong.append(answer.text)
