"""Where uploads lie and whose they are."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.web.uploads import (
    bring_back,
    coming,
    folder_of,
    let_go,
    owner_of,
    safe_name,
    set_aside,
    sweep,
    take,
)

LIBRARY = Path("/srv/library")


@given(st.text(max_size=64).filter(lambda name: max(name, default="") < "\ud800" or not name))
def test_every_name_has_a_folder_of_its_own_inside_the_uploads(name):
    folder = folder_of(LIBRARY, name)
    assert folder.parent == LIBRARY / "uploads"
    assert owner_of(LIBRARY, str(folder / "report.pdf")) == name


@pytest.mark.parametrize(
    "source",
    ["", "made in Python", "/srv/documents/a.txt", "/srv/library/catalogue.sqlite3", "/srv"],
)
def test_what_lies_elsewhere_is_nobodys(source):
    assert owner_of(LIBRARY, source) is None


def test_library_may_be_named_from_the_working_folder(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert owner_of(Path("library"), str(folder_of(Path("library"), "omar") / "a.txt")) == "omar"


# Names


@pytest.mark.parametrize(
    ("wished", "name"),
    [
        ("report.pdf", "report.pdf"),
        ("تقرير المدير (نهائي).docx", "تقرير المدير (نهائي).docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\omar\\notes.txt", "notes.txt"),
        ("folder/sub/notes.txt", "notes.txt"),
        ("/", "document"),
        ("..", "document"),
        ("", "document"),
        (".hidden.txt", "hidden.txt"),
        ("~$letter.docx", "$letter.docx"),
        (".txt", "txt"),
        ("notes.txt. ", "notes.txt"),
        ("a\x00b\nc\x7f.txt", "ab c.txt"),
        ("evil\u202efdp.exe.txt", "evilfdp.exe.txt"),
        ("\u200fمذكرة\u200b.txt", "مذكرة.txt"),
        ("CON.txt", "_CON.txt"),
        ("con", "_con"),
        ("lpt1.tar.txt", "_lpt1.tar.txt"),
        ('a<b>c:d"e|f?g*h.txt', "a_b_c_d_e_f_g_h.txt"),
        ("two   spaces\t.txt", "two spaces.txt"),
        ("cafe\u0301.txt", "caf\u00e9.txt"),
        ("half\ud800.txt", "half.txt"),
        ("   .txt", "txt"),
    ],
)
def test_name_is_safe_and_reads_as_it_did(wished, name):
    assert safe_name(wished) == name


@pytest.mark.parametrize("letter", ["a", "م", "\U0001f4d8"])
def test_long_name_keeps_its_beginning_and_its_suffix(letter):
    name = safe_name(letter * 300 + ".pdf")
    assert len(name.encode()) <= 120
    assert name.endswith(".pdf")
    assert set(name.removesuffix(".pdf")) == {letter}
    assert safe_name(letter * 300).encode()[:90] == (letter * 300).encode()[:90]


@given(st.text(max_size=200))
def test_any_name_is_one_visible_name_that_stays_as_it_is(wished):
    name = safe_name(wished)
    assert name == Path(name).name
    assert name not in ("", ".", "..")
    assert name[0] not in ".~"
    assert name[-1] not in ". "
    assert len(name.encode()) <= 121
    assert not any(c in name for c in '/\\<>:"|?*')
    assert all(c == " " or c.isprintable() for c in name)
    assert safe_name(name) == name


# Files


def bring(library: Path, name: str, words: str, person: str = "omar") -> tuple[Path, bool]:
    file = coming(library, person)
    file.write_text(words)
    return take(file, library, person, name)


def kept(library: Path, person: str = "omar") -> dict[str, str]:
    files = folder_of(library, person).glob("*")
    return {file.name: file.read_text() for file in files if file.is_file()}


def test_files_of_one_name_are_both_kept_and_equal_ones_once(tmp_path):
    first, is_new = bring(tmp_path, "a.txt", "one")
    assert (first.name, is_new) == ("a.txt", True)
    assert bring(tmp_path, "a.txt", "two")[0].name == "a (2).txt"
    assert bring(tmp_path, "a.txt", "six")[0].name == "a (3).txt"
    assert bring(tmp_path, "a.txt", "two") == (first.with_name("a (2).txt"), False)
    assert kept(tmp_path) == {"a.txt": "one", "a (2).txt": "two", "a (3).txt": "six"}
    assert list((first.parent / ".coming").iterdir()) == []


def test_file_that_has_come_is_not_taken_for_one_that_is_being_written(tmp_path):
    path, _ = bring(tmp_path, "a.txt", "one")
    assert time.time() - path.stat().st_mtime > 2


def test_removed_file_comes_back_and_its_name_is_kept_for_it(tmp_path):
    path, _ = bring(tmp_path, "a.txt", "one")
    set_aside(path)
    assert kept(tmp_path) == {}
    assert bring(tmp_path, "a.txt", "two")[0].name == "a (2).txt"
    bring_back(path)
    assert kept(tmp_path) == {"a.txt": "one", "a (2).txt": "two"}
    bring_back(path)
    set_aside(path)
    let_go(path)
    let_go(path)
    bring_back(path)
    assert kept(tmp_path) == {"a (2).txt": "two"}


def test_sweep_deletes_what_is_hidden_and_nothing_else(tmp_path):
    path, _ = bring(tmp_path, "a.txt", "one")
    gone, _ = bring(tmp_path, "b.txt", "two")
    set_aside(gone)
    coming(tmp_path, "omar").write_text("half")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "x").write_text("x")
    (folder_of(tmp_path, "salma")).mkdir()
    (folder_of(tmp_path, "salma") / ".removed").symlink_to(elsewhere)
    sweep(tmp_path)
    assert [p.name for p in path.parent.rglob("*")] == ["a.txt"]
    assert (elsewhere / "x").exists()
