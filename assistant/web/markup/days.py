"""Days as a reader names them: today, yesterday, or a date, by their own clock and digits."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from assistant.strings import say

# What the page's script sets: the name of the browser's time zone.
_ZONE = re.compile(r"(?:^|;)\s*sanad-zone=([A-Za-z0-9_+%/-]{1,80})\s*(?:;|$)")
# Where Arabic is read with Arabic-Indic digits; elsewhere, and where no country is named, the
# digits are those of the rest of the page.
_EASTERN = frozenset("bh eg iq jo kw lb om ps qa sa sd ss sy ye".split())
_COUNTRY = re.compile(r"\bar-([a-z]{2})\b")
_INDIC = str.maketrans("0123456789", "".join(chr(0x660 + n) for n in range(10)))


@dataclass(frozen=True, slots=True)
class Reader:
    """How a person reads numbers and days.

    Attributes:
        language: Language of the interface.
        zone: The person's time zone; None for that of this machine.
        is_eastern: Whether digits are Arabic-Indic ones.
    """

    language: str
    zone: dt.tzinfo | None = None
    is_eastern: bool = False

    def number(self, value: int) -> str:
        """Return a number in the reader's digits."""
        return self.digits(str(value))

    def digits(self, text: str) -> str:
        """Return a text with its digits as the reader writes them."""
        return text.translate(_INDIC) if self.is_eastern else text

    def day(self, when: dt.datetime, now: dt.datetime) -> str:
        """Return the day of a moment as the reader names it.

        Args:
            when: The moment; with a time zone.
            now: The present; with a time zone. What seems to lie after it is of today: two clocks
                seldom agree.
        """
        day, today = when.astimezone(self.zone).date(), now.astimezone(self.zone).date()
        if day >= today:
            return say("day.today", self.language)
        if day == today - dt.timedelta(days=1):
            return say("day.yesterday", self.language)
        values = {"day": day.day, "month": say(f"date.month.{day.month}", self.language)}
        if day.year == today.year:
            return self.digits(say("day.date", self.language, values))
        return self.digits(say("day.date.year", self.language, values | {"year": day.year}))


def reader_of(headers: Mapping[str, str], language: str) -> Reader:
    """Return how the person behind a request reads.

    Args:
        headers: The request's headers, by names in lower case.
        language: Language of the interface.
    """
    countries = _COUNTRY.findall(headers.get("accept-language", "").lower())
    is_eastern = language == "ar" and bool(countries) and countries[0] in _EASTERN
    return Reader(language, _zone(headers.get("cookie", "")), is_eastern)


def _zone(cookies: str) -> dt.tzinfo | None:
    named = _ZONE.search(cookies)
    try:
        return ZoneInfo(unquote(named[1])) if named else None
    except (ValueError, KeyError, OSError):
        return None  # no zone, or none that this machine knows
