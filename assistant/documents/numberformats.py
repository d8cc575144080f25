"""Numbers of a spreadsheet as it shows them: dates, percentages, thousands, currencies."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

# Formats that a spreadsheet knows by number alone.
BUILTIN = {
    0: "General",
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00",
    40: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 49: "@",
}  # fmt: skip
_LITERAL = re.compile('"([^"]*)"|\\\\(.)|\\[\\$([^\\[\\]\\-]*+)[^\\[\\]]*\\]|[_*].')
_BRACKET = re.compile("\\[[^\\[\\]]*\\]")
_DIGITS = re.compile("[#0?][#0?,. ]*")
_DAY = re.compile("[dy]|m{3,}", re.IGNORECASE)
_TIME = re.compile("[hs]", re.IGNORECASE)
_ELAPSED = re.compile("\\[[hms]+\\]", re.IGNORECASE)
_KEPT = re.compile("[$\u20ac\u00a3\u00a5%()+\\- ]")
_FIRST_DAY = dt.datetime(1899, 12, 30)  # noqa: DTZ001  # a spreadsheet knows no zones
_FIRST_DAY_1904 = dt.datetime(1904, 1, 1)  # noqa: DTZ001  # the same
_LAST_SERIAL = 2_958_465  # 31 December 9999
_LONGEST_NUMBER = 40
_MOST_DIGITS = 300
_MOST_SHOWN = 20


def shown(value: str, form: str, *, from_1904: bool = False) -> str:
    """Return a number as its format shows it; dates as ISO 8601 writes them.

    Args:
        value: The number as it is stored.
        form: The format's code.
        from_1904: Whether days are counted from 1904.

    Returns:
        The number in Western digits; as it is stored where the format says nothing of it.
    """
    number = _parsed(value)
    if number is None:
        return value
    if form == "General":
        return _general(number)
    section = _section(form, number)
    bare = _BRACKET.sub("", _LITERAL.sub("", section))
    if _ELAPSED.search(section):
        return _elapsed(number)
    if _DAY.search(bare) or (_TIME.search(bare) and "0" not in bare):
        return _moment(number, bare, from_1904=from_1904) or value
    digits = _DIGITS.search(_LITERAL.sub("", section))
    if (
        not digits
        or number.adjusted() > _MOST_SHOWN
        or "General" in section
        or "E" in bare.upper()
        or "/" in bare
    ):
        return _general(number)
    return _formatted(number, section, digits.group().rstrip())


def _parsed(value: str) -> Decimal | None:
    try:
        number = Decimal(value) if len(value) <= _LONGEST_NUMBER else None
    except InvalidOperation:
        return None
    is_usual = number is not None and number.is_finite() and abs(number.adjusted()) < _MOST_DIGITS
    return number if is_usual else None


def _section(form: str, number: Decimal) -> str:
    """Return the part of a format that is for a number of this sign."""
    sections = form.split(";")
    if number < 0 and len(sections) > 1:
        return sections[1]
    return sections[0]


def _general(number: Decimal) -> str:
    """Return a number without the error of its binary form."""
    rounded = float(number)
    if rounded.is_integer() and abs(rounded) < 1e15:  # noqa: PLR2004  # what a spreadsheet is exact for
        return str(int(rounded))
    return format(rounded, ".15g")


def _formatted(number: Decimal, section: str, digits: str) -> str:
    whole, _, fraction = digits.rstrip(",").partition(".")
    thousands = len(digits) - len(digits.rstrip(","))
    decimals = min(fraction.count("0") + fraction.count("#") + fraction.count("?"), _MOST_SHOWN)
    scaled = number * 100 if "%" in _LITERAL.sub("", section) else number
    scaled = scaled.scaleb(-3 * thousands)
    exact = Context(prec=4 * _MOST_SHOWN, rounding=ROUND_HALF_UP)
    rounded = abs(scaled).quantize(Decimal(1).scaleb(-decimals), context=exact)
    written = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    if "#" in fraction:
        written = written.rstrip("0").rstrip(".")
    ahead, point, behind = written.partition(".")
    written = ahead.zfill(whole.count("0")) + point + behind
    before, _, after = section.partition(digits)
    sign = "-" if number < 0 and not set("-(") & set(_around(before)) and rounded else ""
    return f"{sign}{_around(before)}{written}{_around(after)}".strip()


def _around(part: str) -> str:
    """Return what a format puts beside a number: literals, currencies, signs."""
    found = ""
    position = 0
    for match in _LITERAL.finditer(part):
        found += "".join(_KEPT.findall(_BRACKET.sub("", part[position : match.start()])))
        found += match[1] or match[2] or match[3] or ""
        position = match.end()
    return found + "".join(_KEPT.findall(_BRACKET.sub("", part[position:])))


def _elapsed(days: Decimal) -> str:
    """Return a length of time in hours, minutes and seconds."""
    minutes, seconds = divmod(round(abs(days) * 86_400), 60)
    sign = "-" if days < 0 else ""
    return f"{sign}{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def _moment(number: Decimal, bare: str, *, from_1904: bool) -> str:
    """Return a day and a time of day; empty where there is none."""
    if not 0 <= number <= _LAST_SERIAL:
        return ""
    first = _FIRST_DAY_1904 if from_1904 else _FIRST_DAY
    try:
        moment = first + dt.timedelta(seconds=round(float(number) * 86_400))
    except OverflowError:
        return ""
    has_seconds = "s" in bare.lower()
    time = moment.strftime("%H:%M:%S" if has_seconds else "%H:%M")
    if not _DAY.search(bare):
        return time
    day = moment.date().isoformat()
    return f"{day} {time}" if _TIME.search(bare) else day
