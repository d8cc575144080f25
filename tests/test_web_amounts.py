"""Numbers, sizes, days and times as readers of both languages write them."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.web.markup.amounts import counted, day, left, number, size


@pytest.mark.parametrize(
    ("count", "arabic", "english"),
    [
        (0, "لا وثائق", "no documents"),
        (1, "وثيقة واحدة", "1 document"),
        (2, "وثيقتان", "2 documents"),
        (3, "3 وثائق", "3 documents"),
        (10, "10 وثائق", "10 documents"),
        (11, "11 وثيقة", "11 documents"),
        (100, "100 وثيقة", "100 documents"),
        (102, "102 وثيقة", "102 documents"),
        (103, "103 وثائق", "103 documents"),
        (5000, "5,000 وثيقة", "5,000 documents"),
    ],
)
def test_counted_things_agree_with_their_number(count, arabic, english):
    assert counted("amount.documents", count, "ar") == arabic
    assert counted("amount.documents", count, "en") == english


@pytest.mark.parametrize(
    ("count", "arabic", "english"),
    [
        (0, "0 بايت", "0 bytes"),
        (999, "999 بايت", "999 bytes"),
        (1000, "1 ك.ب", "1 KB"),
        (1540, "1.5 ك.ب", "1.5 KB"),
        (64_000_000, "64 م.ب", "64 MB"),
        (2_340_000_000, "2.3 غ.ب", "2.3 GB"),
    ],
)
def test_size_is_in_the_unit_that_suits_it(count, arabic, english):
    assert size(count, "ar") == arabic
    assert size(count, "en") == english


def test_day_has_its_month_in_words():
    assert day(dt.date(2024, 6, 30), "ar") == "30 يونيو 2024"
    assert day(dt.date(2024, 6, 30), "en") == "30 June 2024"


@pytest.mark.parametrize(
    ("seconds", "arabic", "english"),
    [
        (0.2, "بقي نحو 1 ث", "about 1 s left"),
        (42.4, "بقي نحو 42 ث", "about 42 s left"),
        (125, "بقي نحو 2 د", "about 2 min left"),
    ],
)
def test_remaining_time_is_rough(seconds, arabic, english):
    assert left(seconds, "ar") == arabic
    assert left(seconds, "en") == english


def test_thousands_are_set_apart():
    assert number(1234567) == "1,234,567"
