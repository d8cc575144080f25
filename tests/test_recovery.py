"""A library whose catalogue is lost for good is made again from the files, with the same ids."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from assistant import Assistant, LibraryDamaged, Settings

TEXTS = {"a.txt": "The ferry to Tabarka left at noon.", "b.md": "# عين\n\nافتتحت العين سنة 1931."}
QUESTION = "When did the ferry to Tabarka leave?"


def test_moving_the_library_away_and_reading_again_gives_the_same_documents(
    tmp_path: Path,
) -> None:
    library, documents = tmp_path / "library", tmp_path / "documents"
    documents.mkdir()
    for name, text in TEXTS.items():
        (documents / name).write_text(text, "utf-8")
    upload = library / "uploads" / "@salma" / "well.txt"
    upload.parent.mkdir(parents=True)
    upload.write_text("The well is forty feet deep.")
    with Assistant(library, Settings()) as assistant:
        assistant.sync(documents)
        assistant.add(upload)
        before = {d.id: (d.version, d.sources) for d in assistant.documents()}
        cited = assistant.ask(QUESTION).citations
    (library / "catalogue.sqlite3").write_bytes(os.urandom(50_000))
    with pytest.raises(LibraryDamaged, match=r"Or move the folder .* away"):
        Assistant(library, Settings())

    library.rename(tmp_path / "library.damaged")
    library.mkdir()
    shutil.move(tmp_path / "library.damaged" / "uploads", library)
    with Assistant(library, Settings()) as assistant:
        assistant.sync(documents)
        assistant.add(library / "uploads")

        assert {d.id: (d.version, d.sources) for d in assistant.documents()} == before
        # What was quoted elsewhere, in an export, still points at the same words.
        for c in (*cited, *assistant.ask(QUESTION).citations):
            text = assistant.document(c.document_id, version=c.version).text
            assert text[c.start_char_index : c.end_char_index] == c.cited_text
