"""Numbers, sizes, days and remaining times as a reader of the interface's language writes them."""

from __future__ import annotations

import datetime as dt

from assistant.strings import say

_FEW = range(3, 11)
_UNITS = (("amount.gb", 1_000_000_000), ("amount.mb", 1_000_000), ("amount.kb", 1_000))
_TEN = 10
_MINUTE = 60
_LONG = 90


def number(value: int) -> str:
    """Return a whole number with its thousands set apart."""
    return f"{value:,}"


def counted(name: str, count: int, language: str) -> str:
    """Return a number of things in words that agree with it.

    Args:
        name: The strings' name, such as ``amount.documents``; they end in ``none``, ``one``,
            ``two``, ``few`` and ``many``, as Arabic counts.
        count: How many.
        language: Language of the interface.
    """
    forms = {0: "none", 1: "one", 2: "two"}
    form = forms.get(count) or ("few" if count % 100 in _FEW else "many")
    return say(f"{name}.{form}", language, {"count": number(count)})


def size(count: int, language: str) -> str:
    """Return a number of bytes in the unit that suits it."""
    for name, unit in _UNITS:
        if count >= unit:
            share = count / unit
            shown = f"{share:.1f}".removesuffix(".0") if share < _TEN else number(round(share))
            return say(name, language, {"count": shown})
    return say("amount.bytes", language, {"count": number(count)})


def day(date: dt.date, language: str) -> str:
    """Return a day with its month in words."""
    month = say(f"date.month.{date.month}", language)
    return say("amount.day", language, {"day": date.day, "month": month, "year": date.year})


def left(seconds: float, language: str) -> str:
    """Return a remaining time, roughly."""
    if seconds < _LONG:
        return say("amount.left.seconds", language, {"count": max(1, round(seconds))})
    return say("amount.left.minutes", language, {"count": number(round(seconds / _MINUTE))})
