"""Dates as terms: the same in every script, spelling and calendar."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import THOROUGH, mixed_text

from assistant.language import date_terms, month_terms, neighbouring_days, time_terms, words
from assistant.language.calendar import from_hijri

FAR = ("2019-05", "2019-05-03")
SAME_DAY = [
    "10 شباط 2024",
    "10 فبراير 2024",
    "١٠ فيفري ٢٠٢٤",
    "10/02/2024",
    "2024-02-10",
    "February 10, 2024",
    "10 Feb. 2024",
    "10-فبراير-2024",
]


@pytest.mark.parametrize("text", SAME_DAY)
def test_date_terms_of_one_day_are_the_same(text: str) -> None:
    assert date_terms(f"وقع ذلك في {text} at noon") == ["2024-02", "2024-02-10"]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", []),
        ("no date", []),
        ("عام 2024", []),  # a year alone is a number already
        ("in February 2024", ["2024-02"]),
        ("31/02/2024", ["2024-02"]),  # no such day
        ("on 3 May 2019 and on 4 May 2019", ["2019-05", "2019-05-03", "2019-05", "2019-05-04"]),
        (
            "3 May 2019" + " x" * 200 + " 7 يونيو 2020",
            ["2019-05", "2019-05-03", "2020-06", "2020-06-07"],
        ),
        ("12 رجب 1445", ["2024-01-23"]),
        ("12 رجب 1445 هـ الموافق 24 يناير 2024 م", ["2024-01", "2024-01-24", "2024-01-23"]),
        ("15 Ramadan 1445", ["2024-03-25"]),
        ("15 رجب 450 طالبا", []),  # three figures are a year only where an era says so
        ("15 رمضان 449 هـ", ["1057-11-21"]),
        ("12 صفر 500", []),
    ],
)
def test_date_terms(text: str, terms: list[str]) -> None:
    assert date_terms(text) == terms


@pytest.mark.parametrize(
    ("hijri", "gregorian"),
    [
        # Days that almanacs give; the tabular calendar is right to a day.
        ((1, 1, 1), dt.date(622, 7, 19)),
        ((1400, 1, 1), dt.date(1979, 11, 21)),
        ((1443, 9, 1), dt.date(2022, 4, 2)),
        ((1445, 1, 1), dt.date(2023, 7, 19)),
        ((1445, 7, 12), dt.date(2024, 1, 24)),
        ((1446, 10, 1), dt.date(2025, 3, 30)),
    ],
)
def test_from_hijri_is_right_to_a_day(hijri: tuple[int, int, int], gregorian: dt.date) -> None:
    assert abs((from_hijri(*hijri) - gregorian).days) <= 1


@given(st.integers(1, 1599), st.integers(1, 12))
def test_hijri_months_have_29_or_30_days(year: int, month: int) -> None:
    following = (year, month + 1) if month < 12 else (year + 1, 1)
    assert (from_hijri(*following, 1) - from_hijri(year, month, 1)).days in (29, 30)


def test_days_beside_a_hijri_date_are_terms_of_a_text() -> None:
    text = "افتتح يوم 1 رمضان 1445"
    assert neighbouring_days(text) == {"2024-03-11": ("2024-03-10", "2024-03-12")}
    assert set(time_terms(text, words(text))) >= {"2024-03-10", "2024-03-11", "2024-03-12"}
    assert neighbouring_days("on 11 March 2024") == {}


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("في شباط", ["--02"]),
        ("في فبراير", ["--02"]),
        ("last February", ["--02"]),
        ("قبل كانون الثاني", ["--01"]),
        ("بين أيلول وتشرين الأول", ["--09"]),  # with a conjunction it is another word
        ("أيلول ثم تشرين الأول", ["--09", "--10"]),
        ("he may march", []),
        ("مارس الرياضة", []),  # practised
        ("", []),
    ],
)
def test_month_terms(text: str, terms: list[str]) -> None:
    assert month_terms(words(text)) == terms


@THOROUGH
@given(mixed_text())
def test_time_terms_take_any_text(text: str) -> None:
    for term in time_terms(text, words(text)):
        assert term.startswith("--") or term[:4].isdigit()
