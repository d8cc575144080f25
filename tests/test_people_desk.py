"""The desk: names and passwords, programs' headers, and sessions that outlive their person."""

from __future__ import annotations

import asyncio
import base64

import pytest

from assistant.errors import SettingsError
from assistant.web.people import desk as module
from assistant.web.people import passwords, register
from assistant.web.people.desk import Checked, Desk
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
def desk(tmp_path, checks, clock):
    people = Register(tmp_path / "users.txt")
    people.add("Salma", "correct horse")
    people.add("عمر", "كلمة سر طويلة")
    return Desk(people, clock=clock)


def basic(name, password):
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


def check(desk, name, password):
    return asyncio.run(desk.check(name, password, HERE))


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
def test_check(desk, checks, name, password, expected):
    found = check(desk, name, password).person
    assert (found and found.name) == expected
    assert len(checks) == 1  # a name that nobody has is checked too


def test_too_many_wrong_tries_have_to_wait_and_are_not_checked(desk, checks, clock):
    assert [check(desk, "Salma", f"wrong {n}").wait for n in range(6)] == [0, 0, 0, 0, 0, 15]
    assert len(checks) == 5
    assert check(desk, "Salma", "correct horse") == Checked(None, 15)
    clock.now = 15
    assert check(desk, "Salma", "correct horse").person.name == "Salma"


def test_names_that_nobody_has_wait_alike(desk):
    assert [check(desk, "nobody", "wrong").wait for _ in range(6)] == [0, 0, 0, 0, 0, 15]


def test_a_program_is_checked_once_in_five_minutes(desk, checks, clock):
    def ask():
        return asyncio.run(desk.check_basic(basic("Salma", "correct horse"), HERE)).person.name

    assert [ask() for _ in range(10)] == ["Salma"] * 10
    assert len(checks) == 1
    clock.now = 300
    assert ask() == "Salma"
    assert len(checks) == 2


def test_a_programs_many_requests_at_once_are_one_check(desk, checks):
    async def all_at_once():
        header = basic("Salma", "correct horse")
        return await asyncio.gather(*(desk.check_basic(header, HERE) for _ in range(40)))

    assert {checked.person.name for checked in asyncio.run(all_at_once())} == {"Salma"}
    assert len(checks) == 1


def test_nothing_that_is_remembered_holds_a_password(desk):
    asyncio.run(desk.check_basic(basic("Salma", "correct horse"), HERE))
    assert "horse" not in repr(desk._remembered)
    assert base64.b64encode(b"Salma:correct horse").decode() not in repr(vars(desk))


def test_a_wrong_password_of_a_program_is_not_remembered_and_is_limited(desk, checks):
    waits = [asyncio.run(desk.check_basic(basic("Salma", "wrong"), HERE)).wait for _ in range(6)]
    assert waits == [0, 0, 0, 0, 0, 15]
    assert len(checks) == 5


@pytest.mark.parametrize("change", ["remove", "password"])
def test_a_program_whose_person_is_changed_is_checked_anew(desk, change):
    header = basic("Salma", "correct horse")
    assert asyncio.run(desk.check_basic(header, HERE)).person is not None
    if change == "remove":
        desk.register.remove("Salma")
    else:
        desk.register.change("Salma", "battery staple")
    assert asyncio.run(desk.check_basic(header, HERE)).person is None


@pytest.mark.parametrize(
    "header", ["Basic", "Basic ", "Basic !!!", "Basic /////w==", "Basic " + "QQ==" * 3]
)
def test_a_header_that_can_not_be_read_is_nobodys(desk, header):
    assert asyncio.run(desk.check_basic(header, HERE)).person is None


def test_a_session_ends_with_its_person(desk):
    def begun():
        person = desk.register.find("Salma")
        return desk.sessions.begin(person.name, person.kept)

    first, second = begun(), begun()
    assert desk.signed_in(first).person == "Salma"
    desk.register.remove("Salma")
    assert desk.signed_in(first) is None
    desk.register.add("Salma", "correct horse")  # another person of the same name
    assert (desk.signed_in(first), desk.signed_in(second)) == (None, None)
    third = begun()
    desk.register.change("Salma", "battery staple")
    assert desk.signed_in(third) is None


def test_a_damaged_file_lets_nobody_in_and_ends_no_session(desk):
    person = desk.register.find("Salma")
    token = desk.sessions.begin(person.name, person.kept)
    good = desk.register.path.read_bytes()
    desk.register.path.write_text("nonsense\n")
    with pytest.raises(SettingsError):
        desk.signed_in(token)
    with pytest.raises(SettingsError):
        check(desk, "Salma", "correct horse")
    desk.register.path.write_bytes(good)
    assert desk.signed_in(token).person == "Salma"
    assert check(desk, "Salma", "correct horse").person.name == "Salma"


def test_a_crowd_at_the_desk_is_told_to_wait(desk, monkeypatch):
    monkeypatch.setattr(module, "matches", lambda *_: False)
    desk.tries = Tries(Limit(10_000), Limit(10_000))

    async def crowd():
        return await asyncio.gather(
            *(desk.check(f"n{n}", "correct horse", HERE) for n in range(130))
        )

    waits = [checked.wait for checked in asyncio.run(crowd())]
    assert waits.count(10) == 30
    assert waits.count(0) == 100
