"""What is synced, and when: the order in which a loss of power does no harm."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from assistant import Assistant, Document, Settings
from assistant.library.catalogue import Catalogue
from assistant.library.power import made, sync_folder, sync_tree


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The paths that are synced by Python, in order."""
    paths: list[Path] = []
    fsync = os.fsync

    def note(descriptor: int) -> None:
        paths.append(Path(f"/proc/self/fd/{descriptor}").readlink())
        fsync(descriptor)

    if not Path("/proc/self/fd").is_dir():
        pytest.skip("the system does not list open files under /proc")
    monkeypatch.setattr(os, "fsync", note)
    return paths


@pytest.mark.parametrize(
    ("there", "synced_then"),
    [("", ". a a/b"), ("a", "a a/b"), ("a/b", "a/b"), ("a/b/c", "a/b")],
    ids="nothing one two all".split(),
)
def test_made_folder_is_named_durably_in_those_above_it(
    tmp_path: Path, synced: list[Path], there: str, synced_then: str
) -> None:
    """The one above is synced in any case: its maker may have been killed before that."""
    (tmp_path / there).mkdir(parents=True, exist_ok=True)

    made(tmp_path / "a" / "b" / "c")

    assert (tmp_path / "a" / "b" / "c").is_dir()
    assert set(synced) == {tmp_path / name for name in synced_then.split()}


def test_tree_is_synced_with_its_names(tmp_path: Path, synced: list[Path]) -> None:
    (tmp_path / "index" / "part").mkdir(parents=True)
    (tmp_path / "index" / "part" / "data.bin").write_bytes(b"data")
    (tmp_path / "index" / "list").write_bytes(b"list")

    sync_tree(tmp_path / "index")

    index = tmp_path / "index"
    assert set(synced) == {
        index / "part" / "data.bin",
        index / "list",
        index / "part",
        index,
        tmp_path,
    }


def test_folder_that_cannot_be_synced_is_left_to_the_system(tmp_path: Path) -> None:
    sync_folder(tmp_path / "missing")


def test_folder_of_a_new_library_is_synced_before_anything_is_acknowledged(
    tmp_path: Path, synced: list[Path]
) -> None:
    with Assistant(tmp_path / "new" / "library", Settings()):
        assert {tmp_path, tmp_path / "new"} <= set(synced)


def test_files_of_the_vectors_are_synced_before_they_are_trusted(
    tmp_path: Path, synced: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their sizes and times may outlive a loss of power where what they hold does not."""
    folder = tmp_path / "library"
    trusted: list[set[Path]] = []
    set_fact = Catalogue.set_fact

    def note(catalogue: Catalogue, key: str, value: str) -> None:
        if key == "chroma_files" and value:
            trusted.append(set(synced))
        set_fact(catalogue, key, value)

    monkeypatch.setattr(Catalogue, "set_fact", note)
    with Assistant(folder, Settings()) as assistant:
        assistant.add(Document(title="Figs", text="The basket holds nine figs."))

    (before,) = trusted
    files = {path for path in (folder / "chroma").rglob("*") if path.is_file()}
    assert files
    assert files <= before


def test_generation_of_the_terms_is_recorded_after_what_it_says_is_safe(
    tmp_path: Path, synced: list[Path]
) -> None:
    terms = tmp_path / "library" / "terms"
    with Assistant(tmp_path / "library", Settings()) as assistant:
        synced.clear()
        assistant.add(Document(title="Figs", text="The basket holds nine figs."))

        assert [path for path in synced if terms in (path.parent, path)] == [
            terms,
            terms / "generation.json.new",
        ]
        assert json.loads((terms / "generation.json").read_text())["generation"] > 0


def test_generation_of_cleared_terms_is_gone_before_they_are(
    tmp_path: Path, synced: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Assistant(tmp_path / "library", Settings()) as assistant:
        assistant.add(Document(title="Figs", text="The basket holds nine figs."))
        index = assistant._library.terms
        writer = index._index.writer
        before: list[bool] = []

        class Index:
            def __getattr__(self, name: str) -> object:
                return getattr(real, name)

            def writer(self, *arguments: int) -> object:
                before.append(index._folder in synced)
                return writer(*arguments)

        real = index._index
        synced.clear()
        monkeypatch.setattr(index, "_index", Index())
        index.clear()

        assert before == [True]
        assert not (index._folder / "generation.json").exists()
