"""A date that is looked for, in any calendar and spelling."""

from __future__ import annotations

import pytest

from assistant.retrieval.asked_dates import asked_date

# 1 Ramadan 1445 is 11 March 2024 by the tabular calendar.
FOUND = [
    ("10 February 2024", "في 10 شباط/فبراير 2024 وصل", ["10 شباط/فبراير 2024"]),
    ("10 فبراير 2024", "Feb. 10, 2024 and 10/02/2024", ["Feb. 10, 2024", "10/02/2024"]),
    ("10 فبراير 2024", "11 February 2024", []),
    ("فبراير 2024", "on 3 February 2024, in Feb. 2024", ["3 February 2024", "Feb. 2024"]),
    ("11 March 2024", "يوم 1 رمضان 1445 هـ", ["1 رمضان 1445"]),
    ("12 March 2024", "يوم ١ رمضان ١٤٤٥", ["١ رمضان ١٤٤٥"]),
    ("14 March 2024", "يوم 1 رمضان 1445", []),
    ("1 رمضان 1445 هـ", "11 March 2024, ١ رمضان ١٤٤٥", ["11 March 2024", "١ رمضان ١٤٤٥"]),
    ("1 رمضان 1445", "2 رمضان 1445", []),
]


@pytest.mark.parametrize(
    ("asked", "text", "expected"), FOUND, ids=[f"{a} | {t}" for a, t, _ in FOUND]
)
def test_date_is_found_however_it_is_written(asked: str, text: str, expected: list) -> None:
    date = asked_date(asked)

    assert date is not None
    found = date.find(text)
    assert [text[f.span.start : f.span.end] for f in found] == expected
    assert {f.relation for f in found} <= {"date"}


@pytest.mark.parametrize(
    "text",
    [
        "2024",
        "فبراير",
        "on 10 February 2024",
        "10 February 2024 10 March 2024",
        "31/02/2024",
        "وهران",
    ],
)
def test_anything_else_is_no_date(text: str) -> None:
    assert asked_date(text) is None


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("10 Feb 2024", ("2024-02-10",)),
        ("Feb 2024", ("2024-02",)),
        ("1 رمضان 1445", ("2024-03-10", "2024-03-11", "2024-03-12")),
    ],
)
def test_terms_are_those_of_an_index(text: str, terms: tuple[str, ...]) -> None:
    date = asked_date(text)

    assert date is not None
    assert date.terms == terms
