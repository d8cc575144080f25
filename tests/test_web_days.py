"""Days and numbers as a reader writes them."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from assistant.web.markup.days import Reader, reader_of

NOW = dt.datetime(2024, 5, 3, 22, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("when", "arabic", "english"),
    [
        ("2024-05-03T00:00", "اليوم", "Today"),
        ("2024-05-03T22:30", "اليوم", "Today"),
        ("2024-05-04T09:00", "اليوم", "Today"),  # two clocks that do not agree
        ("2024-05-02T23:59", "أمس", "Yesterday"),
        ("2024-05-02T00:00", "أمس", "Yesterday"),
        ("2024-05-01T23:59", "1 مايو", "1 May"),
        ("2024-01-31T12:00", "31 يناير", "31 January"),
        ("2023-12-31T12:00", "31 ديسمبر 2023", "31 December 2023"),
    ],
)
def test_day_is_named_from_the_present(when, arabic, english):
    moment = dt.datetime.fromisoformat(when).replace(tzinfo=dt.UTC)
    assert Reader("ar", dt.UTC).day(moment, NOW) == arabic
    assert Reader("en", dt.UTC).day(moment, NOW) == english


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("UTC", "Today"),
        ("Africa/Cairo", "Yesterday"),  # there it is half past one of the next day
        ("America/New_York", "Today"),
    ],
)
def test_day_begins_where_the_reader_is(zone, expected):
    moment = dt.datetime(2024, 5, 3, 20, 0, tzinfo=dt.UTC)
    now = dt.datetime(2024, 5, 3, 22, 30, tzinfo=dt.UTC)
    if zone == "America/New_York":
        now = dt.datetime(2024, 5, 4, 3, 0, tzinfo=dt.UTC)
    assert Reader("en", ZoneInfo(zone)).day(moment, now) == expected


@pytest.mark.parametrize(
    ("languages", "language", "expected"),
    [
        ("ar-EG,ar;q=0.9", "ar", "٢٠"),
        ("fr, ar-IQ;q=0.5", "ar", "٢٠"),
        ("ar-MA, ar-EG;q=0.5", "ar", "20"),  # the first one counts
        ("ar", "ar", "20"),
        ("", "ar", "20"),
        ("ar-EG", "en", "20"),
        ("car-eg", "ar", "20"),
    ],
)
def test_digits_are_those_of_the_readers_country(languages, language, expected):
    reader = reader_of({"accept-language": languages}, language)
    assert reader.number(20) == expected


def test_dates_are_in_the_readers_digits():
    reader = reader_of({"accept-language": "ar-EG", "cookie": "sanad-zone=UTC"}, "ar")
    assert reader.day(dt.datetime(2019, 3, 12, tzinfo=dt.UTC), NOW) == "١٢ مارس ٢٠١٩"


@pytest.mark.parametrize(
    ("cookie", "expected"),
    [
        ("sanad-zone=Africa%2FAlgiers", "Africa/Algiers"),
        ("a=b; sanad-zone=Asia%2FAmman; c=d", "Asia/Amman"),
        ("sanad-zone=No%2FSuch", None),
        ("sanad-zone=..%2F..%2Fetc%2Fpasswd", None),
        ("sanad-zone=%2Fetc%2Flocaltime", None),
        ("sanad-zone=", None),
        ("sanad-zone=%00", None),
        ("other-sanad-zone=UTC", None),
        ("", None),
    ],
)
def test_time_zone_is_what_the_browser_says(cookie, expected):
    zone = reader_of({"cookie": cookie}, "en").zone
    assert zone == (ZoneInfo(expected) if expected else None)
