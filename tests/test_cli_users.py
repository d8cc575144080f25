"""``sanad users``: who may sign in, and what ``serve`` says about it."""

from __future__ import annotations

import io
import json
import os
import pty
import select
import stat
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path

import pytest

import assistant.web
from assistant.cli import main
from assistant.strings import say
from assistant.web.people import passwords, register
from assistant.web.people.passwords import Cost, matches
from assistant.web.people.register import Register

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "correct horse"  # noqa: S105  # a test's


@pytest.fixture(autouse=True)
def _cheap(monkeypatch):
    monkeypatch.setattr(register, "hashed", lambda p: passwords.hashed(p, Cost(10, 8, 1)))


@pytest.fixture
def typed(monkeypatch):
    """Give a function that runs a command with a text as its input."""

    def run(*arguments: str, text: str = f"{PASSWORD}\n") -> int:
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))
        return main(["users", *arguments])

    return run


def add(typed, *names: str) -> Register:
    for name in names:
        assert typed("add", name, "--file", "users.txt", "--password-stdin") == 0
    return Register(Path("users.txt"))


def test_add_makes_a_file_for_its_owner_and_says_how_to_serve(typed, capsys):
    people = add(typed, "سلمى")
    assert stat.S_IMODE(people.path.stat().st_mode) == 0o600
    assert matches(PASSWORD, people.find("سلمى").kept)
    out = capsys.readouterr().out
    assert out == say("cli.users.added", "en", {"name": "سلمى", "path": "users.txt"}) + "\n"
    assert "SANAD_USERS=users.txt sanad serve" in out


def test_add_speaks_arabic_where_it_is_asked_to(typed, capsys, monkeypatch):
    monkeypatch.setenv("SANAD_LANGUAGE", "ar")
    add(typed, "omar")
    assert "أُضيف المستخدم" in capsys.readouterr().out


def test_the_file_is_the_settings_where_no_option_names_one(typed, monkeypatch, capsys):
    monkeypatch.setenv("SANAD_USERS", "team.txt")
    assert typed("add", "omar", "--password-stdin") == 0
    assert Path("team.txt").is_file()
    capsys.readouterr()
    assert typed("list") == 0
    assert capsys.readouterr().out == "omar\n"


@pytest.mark.parametrize("command", [["add", "a"], ["remove", "a"], ["password", "a"], ["list"]])
def test_no_file_at_all_says_how_to_name_one(typed, capsys, command):
    assert typed(*command) == 2
    assert capsys.readouterr().err == (
        "Error: Name the users file: --file users.txt, or SANAD_USERS=users.txt.\n"
    )


def test_list_gives_names_in_order_and_as_json(typed, capsys):
    add(typed, "omar", "سلمى", "anna@example.org")
    capsys.readouterr()
    assert typed("list", "--file", "users.txt") == 0
    assert capsys.readouterr().out == "omar\nسلمى\nanna@example.org\n"
    assert typed("list", "--file", "users.txt", "--json") == 0
    assert json.loads(capsys.readouterr().out) == ["omar", "سلمى", "anna@example.org"]


def test_remove_and_password(typed, capsys):
    people = add(typed, "omar", "salma")
    capsys.readouterr()
    assert typed("remove", "OMAR", "--file", "users.txt") == 0
    assert capsys.readouterr().out == "Removed omar, who is signed out everywhere.\n"
    changing = ("password", "salma", "--file", "users.txt", "--password-stdin")
    assert typed(*changing, text="battery staple\n") == 0
    assert [person.name for person in people.people()] == ["salma"]
    assert matches("battery staple", people.find("salma").kept)


@pytest.mark.parametrize(
    ("arguments", "text", "said"),
    [
        (["add", "a b", "--password-stdin"], "correct horse\n", "The name 'a b' can't be used"),
        (["add", "a", "--password-stdin"], "short\n", "has 5 characters; it needs 8"),
        (["add", "a", "--password-stdin"], "", "has 0 characters"),
        (["add", "omar", "--password-stdin"], "correct horse\n", "already a person named 'omar'"),
        (["remove", "nobody"], "", "nobody named 'nobody'"),
        (["password", "nobody", "--password-stdin"], "correct horse\n", "nobody named 'nobody'"),
        (["add", "a"], "correct horse\n", "give --password-stdin"),
    ],
)
def test_what_can_not_be_done_is_one_line(typed, capsys, arguments, text, said):
    add(typed, "omar")
    capsys.readouterr()
    assert typed(*arguments, "--file", "users.txt", text=text) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert said in err


def test_a_password_is_asked_for_twice_and_never_shown():
    main_end, child_end = pty.openpty()
    command = "import sys; from assistant.cli import main; sys.exit(main(sys.argv[1:]))"
    running = subprocess.Popen(
        [sys.executable, "-c", command, "users", "add", "omar", "--file", "users.txt"],
        stdin=child_end,
        stdout=child_end,
        stderr=child_end,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )
    os.close(child_end)
    shown = ""
    for wait_for, typed_text in (
        ("Password: ", "correct horse\n"),
        ("Password again: ", "correct house\n"),
        ("Password: ", "correct horse\n"),
        ("Password again: ", "correct horse\n"),
        ("Added omar", ""),
    ):
        shown += _until(main_end, wait_for)
        os.write(main_end, typed_text.encode())
    assert running.wait(60) == 0
    os.close(main_end)
    assert say("cli.users.different", "en") in shown
    assert "horse" not in shown
    assert matches("correct horse", Register(Path("users.txt")).find("omar").kept)


def _until(end: int, text: str) -> str:
    seen, deadline = "", time.monotonic() + 60
    while text not in seen:
        assert time.monotonic() < deadline, seen
        if select.select([end], [], [], 1)[0]:
            seen += os.read(end, 4096).decode()
    return seen


# Serving


@pytest.fixture
def served(monkeypatch):
    """Replace the page by one that only remembers that it was served."""
    seen = []
    monkeypatch.setenv("SANAD_PROMPTS", str(ROOT / "prompts"))
    monkeypatch.setitem(vars(assistant.web), "listening", lambda *given: nullcontext(given))
    monkeypatch.setitem(
        vars(assistant.web), "serve", lambda _, listener, *__, **___: seen.append(listener)
    )
    return seen


def test_serve_warns_that_passwords_travel_in_the_clear(typed, served, capsys, monkeypatch):
    add(typed, "omar")
    monkeypatch.setenv("SANAD_USERS", "users.txt")
    capsys.readouterr()
    assert main(["serve", "--no-sync", "--host", "192.0.2.7"]) == 0
    err = capsys.readouterr().err
    assert err == say("cli.serve.clear", "en", {"host": "192.0.2.7"}) + "\n"
    assert main(["serve", "--no-sync"]) == 0
    assert capsys.readouterr().err == ""
    assert [given[0] for given in served] == ["192.0.2.7", "127.0.0.1"]
    assert {given[2] for given in served} == {Path("users.txt")}


def test_serve_warns_that_others_can_read_the_file(typed, served, capsys, monkeypatch):
    add(typed, "omar").path.chmod(0o640)
    monkeypatch.setenv("SANAD_USERS", "users.txt")
    capsys.readouterr()
    assert main(["serve", "--no-sync"]) == 0
    assert "chmod 600 users.txt" in capsys.readouterr().err


@pytest.mark.parametrize("text", [None, "nonsense\n"], ids=["missing", "damaged"])
def test_serve_with_a_bad_users_file_touches_no_library(served, capsys, monkeypatch, text):
    if text:
        Path("users.txt").write_text(text)
    monkeypatch.setenv("SANAD_USERS", "users.txt")
    assert main(["serve"]) == 2
    assert "users.txt" in capsys.readouterr().err
    assert served == []
    assert not Path("library").exists()


def test_serve_on_a_network_without_people_says_why_not(capsys):
    host = "0.0.0.0"  # noqa: S104  # it is what is tested
    assert main(["serve", "--host", host]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "sanad users add" in err
    assert not Path("library").exists()
