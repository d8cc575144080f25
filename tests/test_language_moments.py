"""Months, weekdays and dates as a claim and its source may write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from strategies import THOROUGH, mixed_text

from assistant.language.moments import find_dates_in, find_names, same_month
from assistant.language.tokens import tokens

NAMES = [
    ("in April 2019", ["4"]),
    ("كانون الثاني", ["1"]),
    ("كانون الأول", ["12"]),
    ("شباط/فبراير", ["2", "2"]),
    ("في جويلية", ["7"]),
    ("وفي أيلول", ["9"]),
    ("بسبتمبر", ["9"]),
    ("رمضان", ["h9"]),
    ("ربيع الأول", ["h3"]),
    ("Ramadan", ["h9"]),
    ("on Monday", ["d0"]),
    ("يوم الجمعة", ["d4"]),
    ("in May 2019", ["5"]),
    ("since May", ["5"]),
    ("مارس 2019", ["3"]),
    ("The court may rule", []),
    ("مارس الطبيب مهنته", []),
    ("they march", []),
    ("he sat there", []),
]


@pytest.mark.parametrize(("text", "names"), NAMES, ids=[row[0] for row in NAMES])
def test_months_and_weekdays_are_found_where_sure(text, names):
    assert [name.name for name in find_names(tokens(text)) if name.is_sure] == names


def days(text):
    return [set(date.days) for date in find_dates_in(text, tokens(text))]


DATES = [
    ("10 شباط/فبراير 2024", [{dt.date(2024, 2, 10)}]),
    ("April 21, 2019", [{dt.date(2019, 4, 21)}]),
    ("21/04/2019", [{dt.date(2019, 4, 21)}]),
    ("02/10/2024", [{dt.date(2024, 10, 2), dt.date(2024, 2, 10)}]),
    ("2024-02-10", [{dt.date(2024, 2, 10)}]),
    ("February 2024", [set()]),
    (
        "1 رمضان 1445 هـ",
        [{dt.date(2024, 3, 10), dt.date(2024, 3, 11), dt.date(2024, 3, 12)}],
    ),
    ("in 2024", []),
    ("31/02/2024", [set()]),
]


@pytest.mark.parametrize(("text", "found"), DATES, ids=[row[0] for row in DATES])
def test_dates_are_days_that_may_be_meant(text, found):
    assert days(text) == found


SAME = [
    ("فبراير 2024", "February 2024", True),
    ("February 2024", "March 2024", False),
    ("رمضان 1445", "March 2024", True),
    ("رمضان 1445", "شعبان 1445", False),
]


@pytest.mark.parametrize(("mine", "other", "same"), SAME)
def test_months_are_compared_in_their_calendar(mine, other, same):
    (first,), (second,) = (find_dates_in(text, tokens(text)) for text in (mine, other))

    assert same_month(first, second) is same


@given(mixed_text(60))
@THOROUGH
def test_names_and_dates_lie_in_the_text(text):
    found = tokens(text)

    for one in (*find_names(found), *find_dates_in(text, found)):
        assert 0 <= one.first < one.last <= len(found)
