"""Which passages Chroma holds, found out without changing or risking anything.

Chroma writes into a folder that it opens, and damaged files can crash the process, so a child looks
at a copy: ``python -m assistant.library.vector_ids FOLDER``.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

_SECONDS = 600
_BATCH = 5000
_COLLECTION = "passages"


def ids_in_folder(folder: Path) -> frozenset[int] | None:
    """Return the passages in a Chroma folder that nobody writes to; None where it is damaged.

    Args:
        folder: Chroma's folder.
    """
    with TemporaryDirectory(prefix="sanad-vectors-") as made:
        copy = Path(made) / "chroma"
        shutil.copytree(folder, copy)
        # -P: nothing that lies in the working folder is imported.
        command = [sys.executable, "-P", "-m", "assistant.library.vector_ids", str(copy)]
        try:
            done = subprocess.run(  # noqa: S603  # own module
                command, timeout=_SECONDS, capture_output=True, check=True, encoding="utf-8"
            )
            return frozenset(json.loads(done.stdout))
        except (subprocess.SubprocessError, ValueError):
            return None


def _print_ids(folder: Path) -> None:
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(
        path=str(folder), settings=Settings(anonymized_telemetry=False)
    )
    collection = client.get_collection(_COLLECTION, embedding_function=None)
    found: list[int] = []
    while page := collection.get(limit=_BATCH, offset=len(found), include=[])["ids"]:
        found += map(int, page)
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    _print_ids(Path(sys.argv[1]))
