"""Numbers of spreadsheets as their formats show them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import THOROUGH

from assistant.documents.numberformats import shown


@pytest.mark.parametrize(
    ("value", "form", "expected"),
    [
        ("1560000", "General", "1560000"),
        # What binary makes of 0.1 + 0.2.
        ("0.30000000000000004", "General", "0.3"),
        ("1E-3", "General", "0.001"),
        ("1560000", "#,##0", "1,560,000"),
        ("1560000.456", "#,##0.00", "1,560,000.46"),
        ("2.5", "0", "3"),
        ("-1234", "#,##0", "-1,234"),
        ("-1234", "#,##0;(#,##0)", "(1,234)"),
        # The red that says "less than nothing" is lost in a text.
        ("-1234", "#,##0;[Red]#,##0", "-1,234"),
        ("0.085", "0.0%", "8.5%"),
        ("0.08", "0%", "8%"),
        ("1200", '"$"#,##0', "$1,200"),
        ("1200", "[$€-407] #,##0.00", "€ 1,200.00"),
        ("1200", '#,##0 "د.إ"', "1,200 د.إ"),
        ("1200", "_-* #,##0.00_-", "1,200.00"),
        ("1200000", '0.0,,"M"', "1.2M"),
        ("2.50", "0.##", "2.5"),
        ("7", "000", "007"),
        ("45356", "yyyy-mm-dd", "2024-03-05"),
        ("45356", "m/d/yy", "2024-03-05"),
        ("45356", "[$-1010000]d/m/yyyy;@", "2024-03-05"),
        ("45356", "mmm-yy", "2024-03-05"),
        ("45356.75", "dd/mm/yyyy hh:mm", "2024-03-05 18:00"),
        ("0.5", "h:mm AM/PM", "12:00"),
        ("1.5", "[h]:mm:ss", "36:00:00"),
        ("-3", "yyyy-mm-dd", "-3"),
        ("99999999", "yyyy-mm-dd", "99999999"),
        ("words", "0.00", "words"),
        ("NaN", "0.00", "NaN"),
        ("1E400", "0.00", "1E400"),
        ("1e309", "General", "1e309"),
        ("12", "@", "12"),
        ("3.25", "# ?/?", "3.25"),
    ],
)
def test_number_as_its_format_shows_it(value, form, expected):
    assert shown(value, form) == expected


def test_number_of_a_day_from_1904():
    assert shown("43894", "d-mmm-yy", from_1904=True) == "2024-03-05"


@THOROUGH
@given(st.text(max_size=20), st.text('0#?,.%;"\\[]$dmyhsE/@_* ()-', max_size=16))
def test_number_of_any_value_and_format_is_shown_somehow(value, form):
    assert isinstance(shown(value, form), str)


@THOROUGH
@given(
    st.one_of(st.integers(), st.floats()).map(repr),
    st.text('0#?,.%;"\\[]$dmyhsE/@_* ()-', max_size=16),
)
def test_number_in_any_format_is_shown_somehow(value, form):
    assert isinstance(shown(value, form), str)
