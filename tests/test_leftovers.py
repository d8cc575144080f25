"""Files that a writer of the lexical index left behind when it was cut off."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant import Assistant, Document, Settings
from assistant.library.leftovers import remove_leftovers

CUT_OFF = """
import os, sys
from assistant import Assistant, Settings
assistant = Assistant(sys.argv[1], Settings())
assistant.remove(next(d.id for d in assistant.documents() if d.title == "Berry 3"))
os._exit(0)
"""
BERRIES = [Document(title=f"Berry {n}", text=f"Basket {n} holds {n} mulberries.") for n in range(6)]


def titles(folder: Path) -> set[str]:
    with Assistant(folder, Settings()) as assistant:
        assert assistant._library.terms.count() == len(assistant.documents())
        return {hit.document_title for hit in assistant.search("mulberries", k=20)}


@pytest.mark.parametrize("managed", [True, False], ids=["known", "unknown"])
def test_commit_that_was_cut_off_before_it_was_named_is_done_again(
    tmp_path: Path, child, managed: bool
) -> None:
    folder = tmp_path / "library"
    with Assistant(folder, Settings()) as assistant:
        assistant.add(*BERRIES)
    kept = ["meta.json", "generation.json", *([] if managed else [".managed.json"])]
    for name in kept:
        shutil.copy(folder / "terms" / name, tmp_path / name)
    child(CUT_OFF, folder).wait()
    assert list((folder / "terms").glob("*.del"))
    for name in kept:
        shutil.copy(tmp_path / name, folder / "terms" / name)

    assert titles(folder) == {"Berry 0", "Berry 1", "Berry 2", "Berry 4", "Berry 5"}
    assert titles(folder) == {"Berry 0", "Berry 1", "Berry 2", "Berry 4", "Berry 5"}


def test_what_is_named_is_kept_and_the_rest_is_removed(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    with Assistant(folder, Settings()) as assistant:
        assistant.add(*BERRIES)
    with Assistant(folder, Settings()) as assistant:
        assistant.remove(assistant.documents()[0].id)
    terms = folder / "terms"
    named = {path.name for path in terms.iterdir()}
    (deletions,) = terms.glob("*.del")
    segment, opstamp, _ = deletions.name.split(".")
    for name in (
        f"{segment}.{int(opstamp) + 1}.del",
        f"{segment}.{int(opstamp) - 1}.del",
        f"{'0' * 32}.idx",
        f"{'0' * 32}.{opstamp}.del",
        ".tmpAb12C3",
    ):
        (terms / name).write_bytes(b"half")
    (terms / "generation.json.new").write_text("{")

    remove_leftovers(terms)

    assert {path.name for path in terms.iterdir()} == named | {"generation.json.new"}


def test_index_whose_list_cannot_be_read_is_made_anew(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    with Assistant(folder, Settings()) as assistant:
        assistant.add(*BERRIES)
    (folder / "terms" / "meta.json").write_text('{"segments": [{"segment_id": 7}]}')

    assert titles(folder) == {document.title for document in BERRIES}
