"""The users file: who stands in it, what is refused, and that it is never half written."""

from __future__ import annotations

import os
import stat
import threading
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import SettingsError
from assistant.web.people import register as module
from assistant.web.people.passwords import Cost, hashed, matches
from assistant.web.people.register import Person, Register, checked_name

KEPT = hashed("correct horse", Cost(10, 8, 1))


@pytest.fixture(autouse=True)
def _cheap(monkeypatch):
    monkeypatch.setattr(module, "hashed", lambda password: hashed(password, Cost(10, 8, 1)))


@pytest.fixture
def register(tmp_path):
    return Register(tmp_path / "users.txt")


def test_add_makes_the_file_for_its_owner_only(register):
    before = os.umask(0)
    try:
        person = register.add("salma", "correct horse")
    finally:
        os.umask(before)
    assert stat.S_IMODE(register.path.stat().st_mode) == 0o600
    assert register.people() == (person,)
    assert matches("correct horse", register.find("salma").kept)
    assert not register.is_open_to_others()


def test_a_file_that_others_could_read_is_closed_by_the_next_change(register):
    register.path.write_text(f"# ours\nsalma:{KEPT}\n")
    register.path.chmod(0o644)
    assert register.is_open_to_others()
    register.add("omar", "correct horse")
    assert stat.S_IMODE(register.path.stat().st_mode) == 0o600


def test_comments_empty_lines_and_order_stay(register):
    before = f"# the office\n\nsalma:{KEPT}\n  # until spring\nomar:{KEPT}\n"
    register.path.write_text(before, encoding="utf-8")
    register.add("مريم", "correct horse")
    register.remove("omar")
    register.change("salma", "battery staple")
    lines = register.path.read_text(encoding="utf-8").splitlines()
    assert [line.partition(":")[0] for line in lines] == [
        "# the office",
        "",
        "salma",
        "  # until spring",
        "مريم",
    ]
    assert matches("battery staple", register.find("salma").kept)
    assert register.find("omar") is None


@pytest.mark.parametrize(
    "name",
    ["salma", "s.benani@example.org", "a_b-c", "سلمى", "مُحَمَّد", "Ünal", "李明", "अनिता", "7of9"],
)
def test_names_of_any_script_can_be_used(register, name):
    register.add(name, "correct horse")
    assert [person.name for person in register.people()] == [unicodedata.normalize("NFC", name)]
    assert register.find(name) is not None


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("", "has 0 characters", id="empty"),
        pytest.param("x" * 65, "has 65 characters; give 1 to 64", id="long"),
        pytest.param("a b", "' '", id="space"),
        pytest.param("a:b", "':'", id="colon"),
        pytest.param("#a", "'#'", id="comment"),
        pytest.param("a\nb", "'\\n'", id="line end"),
        pytest.param("a\u202eb", "'\\u202e'", id="turns the text"),
        pytest.param("a\u200bb", "'\\u200b'", id="no width"),
        pytest.param("a\ufe0fb", "'\\ufe0f'", id="unseen mark"),
        pytest.param("-a", "begins with a letter", id="an option"),
        pytest.param(".a", "begins with a letter", id="a dot first"),
        pytest.param("a/b", "'/'", id="a path"),
    ],
)
def test_a_name_that_can_not_be_used_says_why(register, name, said):
    with pytest.raises(SettingsError) as caught:
        register.add(name, "correct horse")
    assert said in str(caught.value)
    assert not register.path.exists()


@given(st.text(max_size=70))
def test_checked_name_is_one_form_and_fits_into_a_line(name):
    try:
        found = checked_name(name)
    except SettingsError:
        return
    assert found == checked_name(found) == unicodedata.normalize("NFC", found)
    assert not set(found) & set(":#\n\r \t")
    assert 0 < len(found) <= 64


@pytest.mark.parametrize("twin", ["salma", "Salma", "SALMA"])
def test_nobody_is_added_twice(register, twin):
    register.add("salma", "correct horse")
    with pytest.raises(SettingsError, match="already a person named 'salma'"):
        register.add(twin, "battery staple")
    assert matches("correct horse", register.find(twin).kept)


def test_a_name_in_two_compositions_is_one_name(register):
    register.add("Zo\u00eb", "correct horse")
    assert register.find("zoe\u0308").name == "Zo\u00eb"
    with pytest.raises(SettingsError, match="already"):
        register.add("Zoe\u0308", "correct horse")


@pytest.mark.parametrize("what", ["remove", "change"])
def test_nobody_of_that_name_is_said(register, what):
    register.add("salma", "correct horse")
    with pytest.raises(SettingsError, match=r"nobody named 'omar'.*users list"):
        register.remove("omar") if what == "remove" else register.change("omar", "correct horse")


@pytest.mark.parametrize("what", ["add", "change"])
def test_a_short_password_changes_nothing(register, what):
    register.add("salma", "correct horse")
    before = register.path.read_bytes()
    with pytest.raises(SettingsError, match="8 or more"):
        getattr(register, what)("omar" if what == "add" else "salma", "short")
    assert register.path.read_bytes() == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(f"salma:{KEPT}\nomar\n", "line 2: it is not NAME:HASH", id="no hash"),
        pytest.param("# a\nsalma:secret\n", "line 2: it is not NAME:HASH", id="a bare password"),
        pytest.param(f"a b:{KEPT}\n", "line 1: The name 'a b' can't", id="name"),
        pytest.param(f"a:{KEPT}\n\nA:{KEPT}\n", "line 3: 'A' stands in an earlier", id="twice"),
        pytest.param(f"a:{KEPT[:-3]}\n", "line 1", id="cut off"),
    ],
)
def test_a_damaged_file_is_said_with_its_line(register, text, said):
    register.path.write_text(text, encoding="utf-8")
    for read in (register.people, lambda: register.find("salma")):
        with pytest.raises(SettingsError, match=r"users\.txt' is damaged in") as caught:
            read()
        assert said in str(caught.value)
    with pytest.raises(SettingsError):
        register.add("new", "correct horse")
    assert register.path.read_text(encoding="utf-8") == text
    assert "secret" not in str(caught.value)


def test_bytes_that_are_not_utf8_are_said(register):
    register.path.write_bytes(b"salma:\xff\n")
    with pytest.raises(SettingsError, match="byte 6 is not UTF-8"):
        register.people()


def test_a_missing_file_says_how_to_make_one(register):
    with pytest.raises(SettingsError, match=r"no users file.*sanad users add NAME"):
        register.people()
    with pytest.raises(SettingsError, match="no users file"):
        register.remove("salma")


def test_a_byte_order_mark_and_other_line_ends_do_no_harm(register):
    register.path.write_bytes(b"\xef\xbb\xbf" + f"salma:{KEPT}\r\nomar:{KEPT}\r\n".encode())
    assert [person.name for person in register.people()] == ["salma", "omar"]


def test_a_change_by_another_program_is_seen(register):
    register.add("salma", "correct horse")
    assert register.find("omar") is None
    other = Register(register.path)
    other.add("omar", "correct horse")
    assert register.find("omar") is not None
    other.remove("salma")
    assert register.find("salma") is None


def test_a_file_that_is_mended_is_read_again(register):
    register.path.write_text("nonsense\n")
    with pytest.raises(SettingsError):
        register.people()
    register.path.write_text(f"salma:{KEPT}\n")
    assert register.people() == (Person("salma", KEPT),)


def test_many_at_once_lose_nobody(register):
    register.add("first", "correct horse")
    adding = [
        threading.Thread(target=Register(register.path).add, args=(f"p{n}", "correct horse"))
        for n in range(12)
    ]
    for thread in adding:
        thread.start()
    for thread in adding:
        thread.join()
    assert {person.name for person in register.people()} == {"first", *(f"p{n}" for n in range(12))}
    assert list(register.path.parent.glob(".users.txt.????*")) in (
        [],
        [register.path.with_name(".users.txt.lock")],
    )


def test_a_failed_write_leaves_the_file_as_it_was(register, monkeypatch):
    register.add("salma", "correct horse")
    before = register.path.read_bytes()

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module.os, "fsync", full)
    with pytest.raises(SettingsError, match="No space left"):
        register.add("omar", "correct horse")
    assert register.path.read_bytes() == before
    assert {f.name for f in register.path.parent.iterdir()} <= {"users.txt", ".users.txt.lock"}


def test_a_link_stays_a_link(register, tmp_path):
    real = tmp_path / "elsewhere.txt"
    register.path.symlink_to(real)
    register.add("salma", "correct horse")
    assert register.path.is_symlink()
    assert "salma" in real.read_text()
