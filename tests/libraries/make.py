"""Makes the libraries of earlier schemas: run by the checkout that wrote such catalogues.

    git worktree add /tmp/old COMMIT
    python tests/libraries/make.py /tmp/old tests/libraries/schema-N

The commit is any one whose SCHEMA_VERSION is N. The libraries beside this file were made so; they
are not to be made anew by a later program, which would only test itself.
"""

from __future__ import annotations

import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

WELL = "The well of Tazga was dug in 1911. Its water is drawn by two mules."
WELL_NOW = "The well of Tazga was dug in 1911. Its water is drawn by a pump."
MARKET = "افتتح سوق المدينة سنة 1954. يبيع التجار فيه التمر والزيت."
QUESTIONS = ("How is the water of the well of Tazga drawn?", "متى افتتح سوق المدينة؟")


def main(checkout: Path, target: Path) -> None:
    sys.path.insert(0, str(checkout))
    import assistant

    assert Path(assistant.__file__).is_relative_to(checkout), assistant.__file__
    with tempfile.TemporaryDirectory() as made:
        fill(Path(made), assistant)
        target.mkdir(exist_ok=True)
        path = target / "catalogue.sqlite3"
        shutil.copy(Path(made) / "catalogue.sqlite3", path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA page_size = 512")  # to be small; says nothing of the tables
        connection.execute("VACUUM")
        (version,) = connection.execute("SELECT value FROM meta WHERE key='schema'").fetchone()
        connection.execute("PRAGMA journal_mode = WAL")
    print(target, "schema", version, path.stat().st_size, "bytes")  # noqa: T201  # run by hand


def fill(folder: Path, assistant: object) -> None:
    make = assistant.Document  # type: ignore[attr-defined]  # the checkout's
    with assistant.Assistant(folder, assistant.Settings()) as library:  # type: ignore[attr-defined]
        library.add(make(id="well", title="The well", text=WELL))
        library.add(make(id="market", title="السوق", text=MARKET))
        kept = library.conversation() if hasattr(library, "conversations") else None
        for question in QUESTIONS if kept is not None else ():
            kept.ask(question)
        if hasattr(library, "correct"):
            library.correct("well", title="The well of Tazga")
        if kept is not None and hasattr(kept, "rate"):
            kept.rate(1, True, "just so")
        # A version that is kept because it is cited, and a document that is gone.
        library.add(make(id="well", title="The well", text=WELL_NOW))
        library.add(make(id="bridge", title="Bridge", text="The bridge fell in 1930."))
        library.remove("bridge")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
