"""Dates and years in Arabic and English text: what is found, where, and what is left alone."""

from __future__ import annotations

import datetime
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.dates import MONTHS, FoundDate, find_dates, find_years, month_number

# Name, text, then for each date what stands in the text, year, month, day.
Expected = tuple[str, int, int | None, int | None]

FIGURES: list[tuple[str, str, list[Expected]]] = [
    ("iso", "on 2024-02-10.", [("2024-02-10", 2024, 2, 10)]),
    ("iso time", "at 2024-02-10T12:30", [("2024-02-10", 2024, 2, 10)]),
    ("year first", "2024/02/10", [("2024/02/10", 2024, 2, 10)]),
    ("year first, month 13", "2024/13/02", []),
    ("day first", "25/02/2024", [("25/02/2024", 2024, 2, 25)]),
    ("both below 13", "10/02/2024", [("10/02/2024", 2024, 2, 10)]),
    ("month first", "02/13/2024", [("02/13/2024", 2024, 2, 13)]),
    ("both above 12", "13/14/2024", []),
    ("dots", "10.02.2024", [("10.02.2024", 2024, 2, 10)]),
    ("single digits", "3-7-1999", [("3-7-1999", 1999, 7, 3)]),
    ("blanks", "10 / 02 / 2024", [("10 / 02 / 2024", 2024, 2, 10)]),
    ("mixed separators", "10/02-2024", []),
    ("no such day", "31/02/2024", [("31/02/2024", 2024, 2, 31)]),
    ("zeros", "00/00/2024", []),
    ("day 32", "32/01/2024", []),
    ("before 1000", "10/02/0999", []),
    ("after 2100", "10/02/2101", []),
    ("last year", "31/12/2100", [("31/12/2100", 2100, 12, 31)]),
    ("longer row", "1.10.02.2024", []),
    ("longer row after", "10.02.2024.5", []),
    ("longer number", "110/02/20245", []),
    ("arabic digits", "بتاريخ ١٠/٠٢/٢٠٢٤م", [("١٠/٠٢/٢٠٢٤", 2024, 2, 10)]),
    ("persian digits", "۲۰۲۴-۰۲-۱۰", [("۲۰۲۴-۰۲-۱۰", 2024, 2, 10)]),
    ("date separator", "١٠\u060d٢\u060d٢٠٢٤", [("١٠\u060d٢\u060d٢٠٢٤", 2024, 2, 10)]),
    (
        "invisible marks",
        "\u206710\u200f/\u200f02\u200e/\u200e2024\u2069",
        [("10\u200f/\u200f02\u200e/\u200e2024", 2024, 2, 10)],
    ),
    (
        "from one to another",
        "10/02/2024-15/02/2024",
        [("10/02/2024", 2024, 2, 10), ("15/02/2024", 2024, 2, 15)],
    ),
]

ARABIC: list[tuple[str, str, list[Expected]]] = [
    ("hyphens", "صدر في 10-فبراير-2024.", [("10-فبراير-2024", 2024, 2, 10)]),
    ("spaced hyphens", "10 - فبراير - 2024", [("10 - فبراير - 2024", 2024, 2, 10)]),
    ("blanks", "10 فبراير 2024", [("10 فبراير 2024", 2024, 2, 10)]),
    ("two names", "١٠ شباط/فبراير ٢٠٢٤", [("١٠ شباط/فبراير ٢٠٢٤", 2024, 2, 10)]),
    ("no day", "شهر حزيران/جوان 2023", [("حزيران/جوان 2023", 2023, 6, None)]),
    ("middle of", "في منتصف يونيو/حزيران 2023", [("يونيو/حزيران 2023", 2023, 6, None)]),
    ("brackets", "حزيران (يونيو) 2023", [("حزيران (يونيو) 2023", 2023, 6, None)]),
    ("square brackets", "3 تموز [يوليو] 2023", [("3 تموز [يوليو] 2023", 2023, 7, 3)]),
    ("three names", "آب/أغسطس/أوت 2023", [("آب/أغسطس/أوت 2023", 2023, 8, None)]),
    ("two months", "حزيران/تموز 2023", [("تموز 2023", 2023, 7, None)]),
    ("two words", "15 كانون الثاني 2020", [("15 كانون الثاني 2020", 2020, 1, 15)]),
    ("two words joined", "2 تشرين الأول/أكتوبر 2020", [("2 تشرين الأول/أكتوبر 2020", 2020, 10, 2)]),
    ("two words, short", "كانون أول 2020", [("كانون أول 2020", 2020, 12, None)]),
    ("maghreb", "3 ماي 1999", [("3 ماي 1999", 1999, 5, 3)]),
    ("morocco", "20 غشت 1953", [("20 غشت 1953", 1953, 8, 20)]),
    (
        "hamza",
        "5 ابريل 2021 و6 اذار 2022",
        [("5 ابريل 2021", 2021, 4, 5), ("6 اذار 2022", 2022, 3, 6)],
    ),
    ("decomposed", "5 ا\u0653ذار 2021", [("5 ا\u0653ذار 2021", 2021, 3, 5)]),
    (
        "tashkeel",
        "في م\u064eار\u0650س\u064e 2024",
        [("م\u064eار\u0650س\u064e 2024", 2024, 3, None)],
    ),
    ("tatweel", "م\u0640\u0640ارس 2024", [("م\u0640\u0640ارس 2024", 2024, 3, None)]),
    (
        "invisible marks",
        "10\u200f فبراير\u200f 2024",
        [("10\u200f فبراير\u200f 2024", 2024, 2, 10)],
    ),
    ("of", "10 من شهر فبراير من عام 2024", [("10 من شهر فبراير من عام 2024", 2024, 2, 10)]),
    ("year word", "فبراير لعام 2024", [("فبراير لعام 2024", 2024, 2, None)]),
    ("comma", "١٠ فبراير، ٢٠٢٤", [("١٠ فبراير، ٢٠٢٤", 2024, 2, 10)]),
    ("day after", "فبراير ١٠، ٢٠٢٤", [("فبراير ١٠، ٢٠٢٤", 2024, 2, 10)]),
    ("next line", "10 فبراير\n2024", [("10 فبراير\n2024", 2024, 2, 10)]),
    ("next paragraph", "10 فبراير\n\n2024", []),
    ("and", "يناير وفبراير 2024", [("فبراير 2024", 2024, 2, None)]),
    ("since", "الحاصل بمايو 2024", [("مايو 2024", 2024, 5, None)]),
    ("glued word", "الموافق10 فبراير 2024م", [("10 فبراير 2024", 2024, 2, 10)]),
    ("range of days", "10-15 فبراير 2024", [("15 فبراير 2024", 2024, 2, 15)]),
    ("invisible mark at a hyphen", "10-\u200fفبراير-2024", [("10-\u200fفبراير-2024", 2024, 2, 10)]),
    ("list item", "1- فبراير 2024", [("فبراير 2024", 2024, 2, None)]),
    ("day 45", "45 فبراير 2024", [("فبراير 2024", 2024, 2, None)]),
    ("part of a word", "قمارس 2024 ومارسيليا 2024", []),
    ("no year", "ماي وآب وأوت و5 شباط", []),
]

ENGLISH: list[tuple[str, str, list[Expected]]] = [
    ("month first", "on February 10, 2024.", [("February 10, 2024", 2024, 2, 10)]),
    ("day first", "10 February 2024", [("10 February 2024", 2024, 2, 10)]),
    ("ordinal", "the 10th of February, 2024", [("10th of February, 2024", 2024, 2, 10)]),
    ("ordinal after", "March 3rd 2024", [("March 3rd 2024", 2024, 3, 3)]),
    ("the", "March the 3rd, 2024", [("March the 3rd, 2024", 2024, 3, 3)]),
    ("abbreviated", "Feb. 10, 2024", [("Feb. 10, 2024", 2024, 2, 10)]),
    ("four letters", "Sept 5, 2023", [("Sept 5, 2023", 2023, 9, 5)]),
    ("hyphens", "10-Feb-2024", [("10-Feb-2024", 2024, 2, 10)]),
    ("dots", "10.Feb.2024", [("10.Feb.2024", 2024, 2, 10)]),
    ("capitals, glued", "10FEB2024", [("10FEB2024", 2024, 2, 10)]),
    ("no day", "in february 2024", [("february 2024", 2024, 2, None)]),
    ("comma", "February, 2024", [("February, 2024", 2024, 2, None)]),
    ("of a year", "May of 2024", [("May of 2024", 2024, 5, None)]),
    ("arabic digits", "February ١٠, ٢٠٢٤", [("February ١٠, ٢٠٢٤", 2024, 2, 10)]),
    ("two languages", "February/فبراير 2024", [("February/فبراير 2024", 2024, 2, None)]),
    ("decimal before", "by 3.5 March 2024", [("March 2024", 2024, 3, None)]),
    ("sentence between", "It ended in May. 2024 was calm.", []),
    ("chapter number", "See chapter 10. February 2024", [("February 2024", 2024, 2, None)]),
    ("modal and verb", "They may march on, and 2024 people may.", []),
    ("part of a word", "Mayor 2024, dismay 2024, Marchetti 2024", []),
    ("five digits", "May 20245", []),
    (
        "several",
        "Between May 1, 2020 and 3 June 2021, or ٥ آب 2022",
        [("May 1, 2020", 2020, 5, 1), ("3 June 2021", 2021, 6, 3), ("٥ آب 2022", 2022, 8, 5)],
    ),
]

# Text, then the Gregorian dates and the years that stand in it.
HIJRI: list[tuple[str, str, list[str], list[str]]] = [
    ("era", "عام 1445 ه\u0640", [], []),
    ("era glued", "عام ١٤٤٥ه\u0640.", [], []),
    ("era in a word", "سنة 1445 هجرية", [], []),
    ("era before", "العام الهجري 1445", [], []),
    ("latin era", "in 1445 AH and AH 1446", [], []),
    ("two years", "1445/1446ه\u0640", [], []),
    ("both years", "2024م/1445ه\u0640", [], ["2024"]),
    ("gregorian first", "2024/1445ه\u0640", [], ["2024"]),
    ("month", "15 رمضان 1445", [], []),
    ("month, two words", "10 ذو الحجة 1445", [], []),
    ("month, epithet", "شهر رمضان المبارك 1445", [], []),
    ("first month", "1 محرم ١٤٤٦", [], []),
    ("latin month", "15 Ramadan 1445", [], []),
    ("latin month, two words", "12 Rabi' al-Awwal 1445", [], []),
    ("figures", "١٥/٠٩/١٤٤٥ ه\u0640", [], []),
    ("gregorian year", "رمضان 2024", [], ["2024"]),
    ("both", "1445/9/15ه\u0640 الموافق 2024/3/25م", ["2024/3/25"], []),
    ("both named", "15 رمضان 1445 الموافق 25 مارس 2024", ["25 مارس 2024"], []),
    ("no mark", "in 1453", [], ["1453"]),
    ("word with ha", "2024 هو عام", [], ["2024"]),
    ("before christ", "1500 ق.م and 1500 BC", [], []),
]

YEARS: list[tuple[str, str, list[str]]] = [
    ("bare", "In 1999, and 2100.", ["1999", "2100"]),
    ("arabic digits", "عام ٢٠٢٤ وعام ۱۹۹۰", ["٢٠٢٤", "۱۹۹۰"]),
    ("glued to arabic", "عام2024م", ["2024"]),
    ("limits", "999 1000 2100 2101 0999", ["1000", "2100"]),
    ("longer number", "12024 20245", []),
    ("decimal", "2024.5 1.2024 ٢٠٢٤٫٥ 2024,50", []),
    ("word", "A2024 2024x", []),
    ("percent and money", "2000% ٢٠٠٠٪ $1500", []),
    ("two years", "2023/2024 and 2019-2020", ["2023", "2024", "2019", "2020"]),
    ("number and year", "القانون رقم 12/2024", ["2024"]),
    ("inside a number", "555-2024-123", []),
    ("beside a date", "2023: 10/02/2024, May 2021 then 2022", ["2023", "2022"]),
    ("file name", "report_2024.pdf", ["2024"]),
]


def stated(text: str, found: tuple[FoundDate, ...]) -> list[Expected]:
    """Return dates as the tables write them."""
    return [(text[date.start : date.end], date.year, date.month, date.day) for date in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(text, expected, id=f"{table}: {name}")
        for table, rows in (("figures", FIGURES), ("arabic", ARABIC), ("english", ENGLISH))
        for name, text, expected in rows
    ],
)
def test_finds_dates_and_where_they_stand(text: str, expected: list[Expected]) -> None:
    assert stated(text, find_dates(text)) == expected


@pytest.mark.parametrize(
    ("text", "dates", "years"), [pytest.param(*row[1:], id=row[0]) for row in HIJRI]
)
def test_tells_other_eras_from_the_gregorian(text: str, dates: list[str], years: list[str]) -> None:
    assert [text[date.start : date.end] for date in find_dates(text)] == dates
    assert [text[date.start : date.end] for date in find_years(text)] == years


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*row[1:], id=row[0]) for row in YEARS])
def test_finds_bare_years(text: str, expected: list[str]) -> None:
    found = find_years(text)
    assert stated(text, found) == [(year, int(year), None, None) for year in expected]


def test_offsets_are_of_the_text_as_given() -> None:
    assert find_dates("في ١٠ شباط 2024!") == (FoundDate(3, 15, 2024, 2, 10),)
    assert find_years("\u200fعام 2024") == (FoundDate(5, 9, 2024, None, None),)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(FoundDate(0, 1, 2024, 2, 29), datetime.date(2024, 2, 29), id="leap day"),
        pytest.param(FoundDate(0, 1, 2023, 2, 29), None, id="no such day"),
        pytest.param(FoundDate(0, 1, 2024, 2, None), None, id="no day"),
        pytest.param(FoundDate(0, 1, 2024, None, None), None, id="year only"),
    ],
)
def test_date_of_the_calendar(found: FoundDate, expected: datetime.date | None) -> None:
    assert found.date == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("يناير", 1), ("كانون الثاني", 1), ("كانون ثاني", 1), ("جانفي", 1), ("JANUARY", 1),
        ("شباط", 2), ("فيفري", 2), ("Feb.", 2), ("آذار", 3), ("اذار", 3), ("مارس", 3),
        ("أبريل", 4), ("ابريل", 4), ("إبريل", 4), ("أفريل", 4), ("نيسان", 4),
        ("أيار", 5), ("ايار", 5), ("آيار", 5), ("ماي", 5), ("مايو", 5), ("may", 5),
        ("يونيو", 6), ("يونية", 6), ("يونيه", 6), ("حزيران", 6), ("جوان", 6),
        ("يوليو", 7), ("يوليه", 7), ("تموز", 7), ("جويلية", 7), ("يوليوز", 7),
        ("أغسطس", 8), ("اغسطس", 8), ("آب", 8), ("أوت", 8), ("غشت", 8),
        ("أيلول", 9), ("ايلول", 9), ("شتنبر", 9), ("Sept", 9), ("sep", 9),
        ("اكتوبر", 10), ("تشرين الأول", 10), ("تشرين أول", 10), ("تشرين  الاول", 10),
        ("تشرين الثاني", 11), ("نونبر", 11), ("دجنبر", 12), ("كانون الأول", 12),
        ("م\u064eار\u0650س", 3), ("\u200fمارس ", 3),
        ("وفبراير", None), ("رمضان", None), ("حزيران/جوان", None), ("تشرين", None), ("", None),
    ],
)  # fmt: skip
def test_number_of_a_month(name: str, expected: int | None) -> None:
    assert month_number(name) == expected


def test_every_name_is_found_beside_a_day_and_a_year() -> None:
    for name, month in MONTHS.items():
        text = f"في 7 {name} 2020"
        assert month_number(name) == month
        assert stated(text, find_dates(text)) == [(f"7 {name} 2020", 2020, month, 7)]


PIECES = st.sampled_from(
    [
        *(*MONTHS, "رمضان", "dhu al", "ه\u0640", "th", "of", "من", "2024", "١٤٤٥", "10/02/"),
        *("\u200f", "\u2067", "\u064e", "\u0640", "\u2013", *"0123456789٠١٢٣٤۲۴/-.,،()هم وب\n"),
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=25).map("".join)))
def test_spans_are_in_order_and_inside_any_text(text: str) -> None:
    dates, years = find_dates(text), find_years(text)
    found = sorted([*dates, *years], key=lambda date: date.start)
    ends = [0, *(date.end for date in found)]
    assert all(end <= date.start for end, date in zip(ends, found, strict=False))
    assert all(date.start < date.end <= len(text) for date in found)
    assert list(dates) == [date for date in found if date.month is not None]
    assert list(years) == [date for date in found if date.month is None]
    for date in found:
        assert 1000 <= date.year <= 2100
        assert date.month is None or 1 <= date.month <= 12
        assert date.day is None or 1 <= date.day <= 31


@given(st.dates(datetime.date(1000, 1, 1), datetime.date(2100, 12, 31)), st.sampled_from([*MONTHS]))
def test_what_is_written_is_read_back(date: datetime.date, name: str) -> None:
    iso, day_first = date.isoformat(), f"{date.day}/{date.month}/{date.year}"
    named = f"{date.day} {name} {date.year}"
    assert [found.date for found in find_dates(f"({iso}) {day_first}")] == [date, date]
    assert stated(named, find_dates(named)) == [(named, date.year, MONTHS[name], date.day)]


@pytest.mark.parametrize(
    "piece",
    [
        *("1/", "1.", "1", "1 - ", "2024", "٢٠٢٤ ", "10 ", "10     ", "10/02/2024 ", "1\u200f"),
        *("كانون ", "كانون الثاني/", "رمضان ال", "م\u064e", "\u064e", " ", "\n", "10\n"),
        *("10 Feb ", "feb (", "feb/", "rabi a", "dhu ", "may\n", "12 من ", "و"),
    ],
)
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    begin = time.process_time()
    find_dates(text)
    find_years(text)
    assert time.process_time() - begin < 5
