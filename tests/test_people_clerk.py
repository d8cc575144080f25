"""The clerk: names and passwords, programs' headers, and sessions that outlive their person."""

from __future__ import annotations

import asyncio
import base64

import pytest

from assistant.errors import SettingsError
from assistant.web.people import clerk as module
from assistant.web.people import passwords, register
from assistant.web.people.clerk import Checked, Clerk
from assistant.web.people.passwords import Cost
from assistant.web.people.register import Register
from assistant.web.people.tries import Limit, Tries

HERE = "10.0.0.1"


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def checks(monkeypatch):
    """Count the costly checks, and make them cheap."""
    seen = []

    def counted(password, kept):
        seen.append(kept is not None)
        return passwords.matches(password, kept)

    monkeypatch.setattr(module, "matches", counted)
    monkeypatch.setattr(register, "hashed", lambda p: passwords.hashed(p, Cost(10, 8, 1)))
    return seen


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def clerk(tmp_path, checks, clock):
    people = Register(tmp_path / "users.txt")
    people.add("Salma", "correct horse")
    people.add("عمر", "كلمة سر طويلة")
    return Clerk(people, clock=clock)


def basic(name, password):
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


def check(clerk, name, password):
    return asyncio.run(clerk.check(name, password, HERE))


@pytest.mark.parametrize(
    ("name", "password", "expected"),
    [
        ("Salma", "correct horse", "Salma"),
        (" salma ", "correct horse", "Salma"),
        ("عمر", "كلمة سر طويلة", "عمر"),
        ("Salma", "Correct horse", None),
        ("Salma", "", None),
        ("عمر", "correct horse", None),
        ("nobody", "correct horse", None),
        ("", "", None),
    ],
)
def test_check(clerk, checks, name, password, expected):
    found = check(clerk, name, password).person
    assert (found and found.name) == expected
    assert len(checks) == 1  # a name that nobody has is checked too


def test_too_many_wrong_tries_have_to_wait_and_are_not_checked(clerk, checks, clock):
    assert [check(clerk, "Salma", f"wrong {n}").wait for n in range(6)] == [0, 0, 0, 0, 0, 15]
    assert len(checks) == 5
    assert check(clerk, "Salma", "correct horse") == Checked(None, 15)
    clock.now = 15
    assert check(clerk, "Salma", "correct horse").person.name == "Salma"


def test_names_that_nobody_has_wait_alike(clerk):
    assert [check(clerk, "nobody", "wrong").wait for _ in range(6)] == [0, 0, 0, 0, 0, 15]


def test_a_program_is_checked_once_in_five_minutes(clerk, checks, clock):
    def ask():
        return asyncio.run(clerk.check_basic(basic("Salma", "correct horse"), HERE)).person.name

    assert [ask() for _ in range(10)] == ["Salma"] * 10
    assert len(checks) == 1
    clock.now = 300
    assert ask() == "Salma"
    assert len(checks) == 2


def test_a_programs_many_requests_at_once_are_one_check(clerk, checks):
    async def all_at_once():
        header = basic("Salma", "correct horse")
        return await asyncio.gather(*(clerk.check_basic(header, HERE) for _ in range(40)))

    assert {checked.person.name for checked in asyncio.run(all_at_once())} == {"Salma"}
    assert len(checks) == 1


def test_nothing_that_is_remembered_holds_a_password(clerk):
    asyncio.run(clerk.check_basic(basic("Salma", "correct horse"), HERE))
    assert "horse" not in repr(clerk._remembered)
    assert base64.b64encode(b"Salma:correct horse").decode() not in repr(vars(clerk))


def test_a_wrong_password_of_a_program_is_not_remembered_and_is_limited(clerk, checks):
    waits = [asyncio.run(clerk.check_basic(basic("Salma", "wrong"), HERE)).wait for _ in range(6)]
    assert waits == [0, 0, 0, 0, 0, 15]
    assert len(checks) == 5


@pytest.mark.parametrize("change", ["remove", "password"])
def test_a_program_whose_person_is_changed_is_checked_anew(clerk, change):
    header = basic("Salma", "correct horse")
    assert asyncio.run(clerk.check_basic(header, HERE)).person is not None
    if change == "remove":
        clerk.register.remove("Salma")
    else:
        clerk.register.change("Salma", "battery staple")
    assert asyncio.run(clerk.check_basic(header, HERE)).person is None


@pytest.mark.parametrize(
    "header", ["Basic", "Basic ", "Basic !!!", "Basic /////w==", "Basic " + "QQ==" * 3]
)
def test_a_header_that_can_not_be_read_is_nobodys(clerk, header):
    assert asyncio.run(clerk.check_basic(header, HERE)).person is None


def test_a_session_ends_with_its_person(clerk):
    def begun():
        person = clerk.register.find("Salma")
        return clerk.sessions.begin(person.name, person.kept)

    first, second = begun(), begun()
    assert clerk.signed_in(first).person == "Salma"
    clerk.register.remove("Salma")
    assert clerk.signed_in(first) is None
    clerk.register.add("Salma", "correct horse")  # another person of the same name
    assert (clerk.signed_in(first), clerk.signed_in(second)) == (None, None)
    third = begun()
    clerk.register.change("Salma", "battery staple")
    assert clerk.signed_in(third) is None


def test_a_damaged_file_lets_nobody_in_and_ends_no_session(clerk):
    person = clerk.register.find("Salma")
    token = clerk.sessions.begin(person.name, person.kept)
    good = clerk.register.path.read_bytes()
    clerk.register.path.write_text("nonsense\n")
    with pytest.raises(SettingsError):
        clerk.signed_in(token)
    with pytest.raises(SettingsError):
        check(clerk, "Salma", "correct horse")
    clerk.register.path.write_bytes(good)
    assert clerk.signed_in(token).person == "Salma"
    assert check(clerk, "Salma", "correct horse").person.name == "Salma"


def test_a_crowd_at_the_desk_is_told_to_wait(clerk, monkeypatch):
    monkeypatch.setattr(module, "matches", lambda *_: False)
    clerk.tries = Tries(Limit(10_000), Limit(10_000))

    async def crowd():
        return await asyncio.gather(
            *(clerk.check(f"n{n}", "correct horse", HERE) for n in range(130))
        )

    waits = [checked.wait for checked in asyncio.run(crowd())]
    assert waits.count(10) == 30
    assert waits.count(0) == 100
