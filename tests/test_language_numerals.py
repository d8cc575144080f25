"""Numbers in figures and words of both languages, with all that they may be read as."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import THOROUGH, mixed_text

from assistant.language.figures import readings
from assistant.language.numerals import find_numbers
from assistant.language.tokens import tokens

READ = [
    # figures
    ("12,345", [{12345, Fraction("12.345")}]),
    ("1.234", [{1234, Fraction("1.234")}]),
    ("2,000", [{2000}]),
    ("1,234,567", [{1234567}]),
    ("1,234.5", [{Fraction("1234.5")}]),
    ("1.234,5", [{Fraction("1234.5")}]),
    ("٣٫٥", [{Fraction("3.5")}]),
    ("١٬٢٣٤", [{1234, Fraction("1.234")}]),
    ("۱۲", [{12}]),
    ("10 000 people", [{10000}]),
    ("in 2019 100 people", [{2019}, {100}]),
    ("12:30", [{"12:30"}]),
    ("3.1.2", [{"3.1.2"}]),
    ("2/3 of them", [{Fraction(2, 3)}]),
    ("fell to -5 degrees", [{-5}]),
    ("oxygen -18", [{-18, 18}]),
    ("1654–57", [{1654}, {57, 1657}]),
    ("from 1654 to 57", [{1654}, {57, 1657}]),
    ("the 1970s", [{1970, "70s"}]),
    ("the 1870s", [{1870}]),
    ("the 70's", [{70, "70s"}]),
    ("the 19th century", [{19}]),
    ("1445 هـ", [{1445}]),
    # scales
    ("3 billion", [{3 * 10**9}]),
    ("3.5 million", [{3500000}]),
    ("3 ملايين شخص", [{3000000}]),
    ("500 ألف", [{500000}]),
    ("$3m", [{3000000}]),
    ("a million people", [{1000000}]),
    ("half a million", [{500000}]),
    ("نصف مليون", [{500000}]),
    ("مليونين", [{2000000}]),
    ("millions of people", []),
    ("ملايين الناس", []),
    ("between 5 and 10 million", [{5, 5000000}, {10000000}]),
    # words
    ("twenty-five", [{25}]),
    ("one hundred and twenty-five thousand", [{125000}]),
    ("nine", [{9}]),
    ("خمسة وعشرين جنديا", [{25}]),
    ("خمسمائة", [{500}]),
    ("خمسمئة", [{500}]),
    ("ثلاث مئة وخمسة", [{305}]),
    ("مئتي عام", [{200}]),
    ("مئة وخمسة وعشرون ألف", [{125000}]),
    ("ثلاثة عشر لاعبا", [{13}]),
    ("ألفين وخمسة", [{2005}]),
    ("ألف وتسعمئة وخمسة وأربعين", [{1945}]),
    ("ثلاثة ملايين ومئتي ألف", [{3200000}]),
    ("عشرة كتب وخمسة أقلام", [{10}, {5}]),
    ("بين خمسة وعشرة", [{5}, {10}]),
    ("بعشرين دينارا", [{20}]),
    ("زادت كمية الأمطار", []),
    ("يوم الاثنين", []),
    ("خَمْسَةُ كُتُبٍ", [{5}]),
    # duals
    ("دامت يومين", [{2}]),
    ("بعد عامين", [{2}]),
    ("لاعبين", []),
    ("مهندسين", []),
    # ordinals
    ("الدورة الأولى", [{1}]),
    ("القرن التاسع عشر", [{19}]),
    ("القرن العشرين", [{20}]),
    ("الحادي والعشرين", [{21}]),
    ("twenty-first", [{21}]),
    # fractions
    ("two thirds", [{Fraction(2, 3)}]),
    ("half of them", [{Fraction(1, 2)}]),
    ("one third", [{Fraction(1, 3)}]),
    ("the second quarter", [{2}, {Fraction(1, 4)}]),
    ("ten third graders", [{10}, {3}]),
    ("ثلثا الأعضاء", [{Fraction(2, 3)}]),
    ("ثلاثة أرباعهم", [{Fraction(3, 4)}]),
    # decades
    ("سبعينيات القرن العشرين", [{1970, "70s"}]),
    ("سبعينيات القرن الماضي", [{1970, "70s"}]),
    ("ثمانينيات القرن التاسع عشر", [{1880}]),
    # Roman numerals
    ("XIX century", [{19}]),
    ("Louis XIV", [{14}]),
    ("Malcolm X", []),
    ("I saw him", []),
    # letters beside figures
    ("km2", [{2}]),
    ("", []),
]


@pytest.mark.parametrize(("text", "values"), READ, ids=[row[0] or "empty" for row in READ])
def test_numbers_are_read(text, values):
    found = find_numbers(tokens(text))

    assert [set(number.values) for number in found] == values


PERCENT = ["45%", "45 %", "٤٥٪", "45 percent", "45 per cent", "45 بالمئة", "45 في المائة"]


@pytest.mark.parametrize("text", PERCENT)
def test_percent_is_a_unit_and_a_hundredth(text):
    (number,) = find_numbers(tokens(text))

    assert number.units == {"percent"}
    assert number.values == {45, Fraction(45, 100)}


UNITS = [
    ("193 km", {"kilometre"}),
    ("193 كلم", {"kilometre"}),
    ("193 square kilometres", {"kilometre"}),
    ("$500", {"dollar"}),
    ("500 دولار", {"dollar"}),
    ("500 pounds", {"pound_sterling", "pound_weight"}),
    ("between 5 and 10 metres", {"metre"}),
    ("500 BC", {"bc"}),
    ("5th century BC", {"bc"}),
    ("500 ق.م", {"bc"}),
    ("40 workers", set()),
    ("عامين", {"year"}),
]


@pytest.mark.parametrize(("text", "units"), UNITS, ids=[row[0] for row in UNITS])
def test_unit_belongs_to_its_number(text, units):
    assert find_numbers(tokens(text))[0].units == units


KINDS = [
    ("in 1954", "year", "cardinal", True),
    ("سنة 711", "year", "cardinal", True),
    ("1954 km", "number", "cardinal", True),
    ("الدورة الثانية", "number", "ordinal", True),
    ("30 ثانية", "number", "cardinal", True),
    ("the second session", "number", "ordinal", True),
    ("his second in command", "number", "ordinal", False),
    ("one of them", "number", "cardinal", False),
    ("ألف كتاب", "number", "cardinal", False),
    ("CO2", "number", "cardinal", False),
    ("القرن 19", "number", "either", True),
]


@pytest.mark.parametrize(("text", "kind", "order", "needed"), KINDS, ids=[row[0] for row in KINDS])
def test_kind_and_order_of_a_number(text, kind, order, needed):
    number = find_numbers(tokens(text))[0]

    assert (number.kind, number.order, number.is_needed) == (kind, order, needed)


def test_hijri_year_agrees_with_gregorian_ones_only_across_calendars():
    hijri, next_hijri, gregorian = (
        find_numbers(tokens(text))[0] for text in ("1445 هـ", "1446 هـ", "2024")
    )

    assert hijri.agrees(gregorian)
    assert gregorian.agrees(next_hijri)
    assert not hijri.agrees(next_hijri)


def test_names_of_months_are_no_ordinals():
    assert find_numbers(tokens("كانون الأول"), taken={0, 1}) == ()


@given(st.integers(0, 10**12))
@THOROUGH
def test_plain_and_grouped_figures_hold_the_number(number):
    assert number in readings(str(number))
    assert number in readings(f"{number:,}")


@given(mixed_text(60))
@THOROUGH
def test_numbers_are_in_order_and_inside_the_text(text):
    found = tokens(text)
    numbers = find_numbers(found)

    ends = [0, *(number.last for number in numbers)]
    starts = [number.first for number in numbers]
    assert all(end <= start for end, start in zip(ends, starts, strict=False))
    assert all(n.first < n.last <= len(found) and n.values for n in numbers)


def test_very_long_figures_are_read_as_they_are():
    assert find_numbers(tokens("9" * 5000))[0].values == {"9" * 5000}
