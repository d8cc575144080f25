"""Damage to the lexical index's files is seen by their own check sums."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from assistant import Assistant, Document, LibraryError, Settings
from assistant.library.checksums import are_whole

BASKETS = [
    Document(title=f"Basket {n}", text=f"Basket {n} holds {n} mulberries.") for n in range(8)
]
ASKED = "How many mulberries does basket 5 hold?"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed library of a few documents."""
    with Assistant(tmp_path / "library", Settings()) as assistant:
        assistant.add(*BASKETS)
    return tmp_path / "library"


def segments(folder: Path) -> list[Path]:
    return sorted(
        p for p in (folder / "terms").iterdir() if p.suffix in (".term", ".idx", ".fast", ".store")
    )


def flip(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 0xFF
    path.write_bytes(bytes(data))


def assert_answers(folder: Path) -> None:
    with Assistant(folder, Settings()) as assistant:
        assert assistant._library.terms.count() == len(BASKETS)
        assert assistant.search(ASKED)[0].document_title == "Basket 5"
        assert assistant.ask(ASKED).answered
    assert are_whole(folder / "terms")


def test_index_as_it_was_written_is_whole(folder: Path) -> None:
    assert are_whole(folder / "terms")
    assert len(segments(folder)) >= 4


def test_what_a_killed_writer_left_behind_is_no_damage(folder: Path) -> None:
    (folder / "terms" / f"{'0' * 32}.store").write_bytes(b"half a file")
    before = {path.name: path.stat().st_ino for path in segments(folder) if path.stat().st_size > 9}

    assert are_whole(folder / "terms")
    assert_answers(folder)
    assert before.items() >= {p.name: p.stat().st_ino for p in segments(folder)}.items()


def test_list_of_deleted_passages_is_compared_too(folder: Path) -> None:
    with Assistant(folder, Settings()) as assistant:
        assistant.remove(assistant.documents()[0].id)
        lists = list((folder / "terms").glob("*.del"))
        assert are_whole(folder / "terms")
        for path in lists:
            flip(path, 0)
        assert not lists or not are_whole(folder / "terms")
        assert lists


def test_index_that_is_not_there_lacks_nothing(tmp_path: Path) -> None:
    assert are_whole(tmp_path / "none")


@pytest.mark.parametrize("suffix", [".term", ".idx", ".fast", ".store"])
@pytest.mark.parametrize("place", [0, 7, -1, -20], ids=["first", "later", "last", "footer"])
def test_one_changed_byte_is_seen(folder: Path, suffix: str, place: int) -> None:
    path = next(p for p in segments(folder) if p.suffix == suffix)
    flip(path, place)

    assert not are_whole(folder / "terms")


@pytest.mark.parametrize("suffix", [".term", ".idx", ".fast", ".store"])
@pytest.mark.parametrize("length", [0, 3, 40], ids=["empty", "short", "cut"])
def test_shortened_file_is_seen(folder: Path, suffix: str, length: int) -> None:
    path = next(p for p in segments(folder) if p.suffix == suffix)
    path.write_bytes(path.read_bytes()[:length])

    assert not are_whole(folder / "terms")


@pytest.mark.parametrize("suffix", [".term", ".idx", ".pos", ".fieldnorm", ".fast", ".store"])
def test_missing_file_is_seen_and_made_good(folder: Path, suffix: str) -> None:
    next(p for p in (folder / "terms").iterdir() if p.suffix == suffix).unlink()

    assert not are_whole(folder / "terms")
    assert_answers(folder)


@pytest.mark.parametrize("suffix", [".term", ".idx", ".fast", ".store"])
def test_damaged_terms_are_made_anew_at_the_opening(folder: Path, suffix: str, caplog) -> None:
    flip(next(p for p in segments(folder) if p.suffix == suffix), 7)

    assert_answers(folder)
    assert "damaged" in caplog.text


def test_sound_terms_are_kept_though_their_files_changed(folder: Path) -> None:
    before = {path.name: path.stat().st_ino for path in segments(folder)}
    segments(folder)[0].touch()

    assert_answers(folder)
    assert {path.name: path.stat().st_ino for path in segments(folder)} == before


def test_terms_of_another_library_are_not_taken_for_its_own(folder: Path, tmp_path: Path) -> None:
    with Assistant(tmp_path / "other", Settings()) as assistant:
        assistant.add(*(Document(title=f"Jar {n}", text=f"Jar {n} is empty.") for n in range(8)))
    (folder / "terms").rename(tmp_path / "own")
    (tmp_path / "other" / "terms").rename(folder / "terms")

    assert_answers(folder)


@pytest.mark.parametrize("suffix", [".term", ".idx"])
def test_terms_that_rot_unseen_fail_one_search_and_are_made_anew(folder: Path, suffix: str) -> None:
    for path in segments(folder):
        if path.suffix == suffix:
            times, data = path.stat(), bytearray(path.read_bytes())
            data[: len(data) // 2] = b"\xff" * (len(data) // 2)
            path.write_bytes(data)
            # As a rotten disk leaves it: nothing tells that the file was touched.
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))

    with Assistant(folder, Settings()) as assistant:
        with pytest.raises(LibraryError, match="made anew"):
            assistant.search(ASKED)
        assert assistant.search(ASKED)[0].document_title == "Basket 5"
    assert_answers(folder)


def test_lost_generation_of_the_terms_is_made_good(folder: Path) -> None:
    recorded = folder / "terms" / "generation.json"
    facts = json.loads(recorded.read_text(encoding="utf-8"))
    recorded.write_text(json.dumps(facts | {"generation": facts["generation"] - 1}), "utf-8")

    assert_answers(folder)
