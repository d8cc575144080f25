"""Numbers, dates and months of a claim that its sources don't have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assistant.citations.pairs import Pair
from assistant.citations.statement import Statement
from assistant.citations.verdicts import Reason, ReasonKind
from assistant.language import fold
from assistant.language.moments import HIJRI, DateSpan, same_month
from assistant.language.numerals import Number
from assistant.language.numerals_in_words import Value
from assistant.language.quantities import Limit

_NEAR = 3
_DUAL_ENDINGS = ("ان", "ين", "تا", "تي")
_SHORTEST_DUAL = 4
_BOTH = frozenset(fold("both twin twins pair double twice كلا كلتا مزدوج مرتين").split())
_CENTURY = frozenset(fold("century centuries قرن القرن").split())
_HUNDRED = 100
_SURE = 0.8
_BREAKS = frozenset(",;:()[]\u060c\u061b")
_HALF = frozenset((Fraction(1, 2),))


@dataclass(frozen=True, slots=True)
class _Counted:
    """A number of a source.

    Attributes:
        number: The number.
        limit: What bounds it.
        is_day: Whether it is the day of a date.
        is_written: Whether it is in figures.
        letters: What it is written in one word with, as in CO2 and MPEG-4.
    """

    number: Number
    limit: Limit
    is_day: bool
    is_written: bool
    letters: str = ""


def fact_reasons(pairs: Sequence[Pair]) -> list[Reason]:
    """Return which numbers, dates and months of a claim its sources lack or contradict.

    Args:
        pairs: The claim with each of its sources, which count together; at least one.
    """
    claim, sources = pairs[0].claim, [pair.source for pair in pairs]
    reasons, settled = _date_reasons(claim, sources)
    counted = [one for source in sources for one in _counted(source)]
    used: Counter[frozenset[Value]] = Counter()
    for number, limit in zip(claim.numbers, claim.limits, strict=True):
        if settled & set(range(number.first, number.last)):
            continue
        used[number.values] += number.kind == "number"
        kind = _number_fault(claim, number, limit, counted)
        if kind is None and number.is_needed and number.kind == "number":
            too_often = used[number.values] > max(1, _count(number, counted))
            kind = "number" if too_often or is_misplaced(number, pairs) else None
        if kind:
            reasons.append(Reason(kind, (claim.said(number.first, number.last + 1),)))
    return reasons + _month_reasons(claim, sources, settled)


def _counted(source: Statement) -> Iterator[_Counted]:
    days = {place for date in source.dates if date.days for place in range(date.first, date.last)}
    for number, limit in zip(source.numbers, source.limits, strict=True):
        is_day = number.first in days and number.kind != "year"
        is_written = source.tokens[number.first].is_number
        yield _Counted(number, limit, is_day, is_written, _letters(source, number))
    if any(_may_be_two(token.text) for token in source.tokens):
        two = frozenset[Value]((Fraction(2),))
        yield _Counted(Number(0, 0, two, two), Limit(), is_day=False, is_written=False)


def _letters(statement: Statement, number: Number) -> str:
    """Return the letters that a number is written in one word with, or nothing."""
    before = statement.tokens[number.first].before
    if number.first == 0 or before not in ("", "-") or number.kind != "number":
        return ""
    letters = statement.tokens[number.first - 1].text
    return letters if letters.isalpha() and letters.isascii() else ""


def _count(number: Number, counted: Sequence[_Counted]) -> int:
    return sum(number.agrees(c.number) for c in counted)


def _may_be_two(word: str) -> bool:
    """Return whether an Arabic word may be a dual; of most nouns -in is the plural too."""
    return word in _BOTH or (len(word) > _SHORTEST_DUAL and word.endswith(_DUAL_ENDINGS))


# Numbers


def _number_fault(
    claim: Statement, number: Number, limit: Limit, counted: Sequence[_Counted]
) -> ReasonKind | None:
    """Return what is wrong with a number of a claim, if anything is."""
    letters = _letters(claim, number)
    named = [c for c in counted if letters and c.letters == letters]
    if named and not any(number.agrees(c.number) for c in named):
        return "number"
    is_dated = _is_dated(claim, number)
    fitting = [c for c in counted if _agrees(number, c, is_dated=is_dated)]
    if not fitting and _is_century(claim, number) and _falls_into(number, counted):
        return None
    if not fitting:
        return _missing(number, counted)
    if _units_differ(number, [c.number for c in fitting]):
        return "unit"
    ways = {c.limit.way for c in fitting}
    if limit.way and ways and ways <= {"up", "down"} - {limit.way}:
        return "limit"
    return None


def _agrees(number: Number, other: _Counted, *, is_dated: bool) -> bool:
    if not number.agrees(other.number):
        return False
    if other.is_day and not (is_dated or number.order != "cardinal"):
        return False
    if number.order == "cardinal":
        return other.number.order != "ordinal"
    return number.order == "either" or other.number.order != "cardinal" or other.is_written


def _is_century(claim: Statement, number: Number) -> bool:
    around = (*claim.tokens[max(0, number.first - 1) : number.first],
              *claim.tokens[number.last : number.last + 1])  # fmt: skip
    return any(token.text in _CENTURY for token in around)


def _falls_into(number: Number, counted: Sequence[_Counted]) -> bool:
    """Return whether a year of a source lies in a claim's century."""
    years = {v for c in counted if c.number.kind == "year" for v in c.number.values}
    return any(
        isinstance(year, Fraction) and (year - 1) // _HUNDRED + 1 in number.values for year in years
    )


def _is_dated(claim: Statement, number: Number) -> bool:
    """Return whether a number stands beside the name of a month."""
    return any(
        -_NEAR <= name.first - number.last <= 1 or 0 <= number.first - name.last <= 1
        for name in claim.names
    )


def _missing(number: Number, counted: Sequence[_Counted]) -> ReasonKind | None:
    if not number.is_needed:
        # The first of something, where the source speaks of the second only.
        others = any(c.number.order == "ordinal" for c in counted)
        return "number" if number.order == "ordinal" and others else None
    if number.kind == "year":
        return "year"
    if number.values == _HALF:
        return "quantity"
    same = any(number.bare & c.number.bare for c in counted if not c.is_day)
    return "scale" if same else "number"


def _units_differ(number: Number, others: Sequence[Number]) -> bool:
    percent = "percent" in number.units
    if percent and not any("percent" in other.units or _is_share(other) for other in others):
        return True
    if all("bc" in other.units for other in others) and "bc" not in number.units:
        return True
    if not number.units:
        plain = number.kind == "number" and number.order == "cardinal"
        return plain and all("percent" in other.units for other in others)
    return all(other.units and not other.units & number.units for other in others)


def _is_share(number: Number) -> bool:
    return any(isinstance(value, Fraction) and 0 < value < 1 for value in number.values)


def is_misplaced(number: Number, pairs: Sequence[Pair]) -> bool:
    """Return whether what a claim counts is counted otherwise wherever its sources count it.

    Args:
        number: A number of the claim.
        pairs: The claim with each of its sources.
    """
    noun = next((w for w in pairs[0].claim.words if 0 <= w.place - number.last <= 1), None)
    if noun is None or number.order == "ordinal" or "percent" in number.units:
        return False
    near: list[Number] = []
    for pair in pairs:
        match = next(m for m in pair.matches if m.word.place == noun.place)
        if match.strength >= _SURE:
            near += [n for n in pair.source.numbers
                     for place in match.every if _counts(pair.source, n, place)]  # fmt: skip
    others = [n for n in near if n.kind == "number" and n.order != "ordinal" and n.is_needed]
    return bool(others) and not any(number.agrees(other) for other in others)


def _counts(source: Statement, number: Number, place: int) -> bool:
    """Return whether a number stands beside what it counts, with no punctuation between."""
    beside = 0 <= place - number.last <= 1 or number.first - place == 1
    between = source.tokens[min(place, number.first) + 1 : max(place, number.first) + 1]
    signs = "".join(token.before for token in between)
    return beside and "percent" not in number.units and not set(signs) & _BREAKS


# Dates


def _date_reasons(
    claim: Statement, sources: Sequence[Statement]
) -> tuple[list[Reason], frozenset[int]]:
    """Return dates that are contradicted, and the places of a claim's tokens that are settled."""
    reasons: list[Reason] = []
    settled: set[int] = set()
    dates = [date for source in sources for date in source.dates]
    for date in claim.dates:
        agreed = _date_agrees(date, dates)
        if agreed is None:
            agreed = not (date.days and _contradicted(date, claim, sources, dates))
            if agreed and not (date.days and not _is_named(date, claim)):
                if not date.days and _month_is_elsewhere(date, claim, dates, sources):
                    agreed = False
                else:
                    continue  # its parts are looked at one by one
        settled |= set(range(date.first, date.last))
        if not agreed:
            reasons.append(Reason("date", (claim.said(date.first, date.last),)))
    return reasons, frozenset(settled)


def _date_agrees(date: DateSpan, dates: Sequence[DateSpan]) -> bool | None:
    """Return True if a date is among others, False if not; None where parts must decide."""
    if date.days:
        if any(date.days & other.days for other in dates):
            return True
        return False if any(other.days for other in dates) else None
    return True if any(same_month(date, other) for other in dates) else None


def _is_named(date: DateSpan, claim: Statement) -> bool:
    return any(date.first <= name.first < date.last for name in claim.names)


def _contradicted(
    date: DateSpan, claim: Statement, sources: Sequence[Statement], dates: Sequence[DateSpan]
) -> bool:
    """Return whether a day can't be put together from parts of the sources."""
    if dates and not any(same_month(date, other) for other in dates):
        return True
    values = {value for s in sources for number in s.numbers for value in number.values}
    months = {name.name for source in sources for name in source.names}
    return not any(
        Fraction(day.day) in values and Fraction(day.year) in values and str(day.month) in months
        for day in date.days
    ) and not _has_parts(date, claim, values, months)


def _has_parts(
    date: DateSpan, claim: Statement, values: set[Fraction | str], months: set[str]
) -> bool:
    """Return whether all numbers and the month of a date as written are in the sources."""
    inside = range(date.first, date.last)
    numbers = [n for n in claim.numbers if n.first in inside]
    names = [name.name for name in claim.names if name.first in inside]
    return bool(names) and all(n.values & values for n in numbers) and set(names) <= months


def _month_is_elsewhere(
    date: DateSpan, claim: Statement, dates: Sequence[DateSpan], sources: Sequence[Statement]
) -> bool:
    """Return whether sources name a month only with another year than the claim does."""
    wanted = {name.name for name in claim.names if date.first <= name.first < date.last}
    with_year = [other for other in dates if {_month_name(m) for _, m in other.months} & wanted]
    named = sum(name.name in wanted for source in sources for name in source.names)
    return bool(with_year) and named <= len(with_year)


def _month_name(month: int) -> str:
    return f"h{month - HIJRI}" if month > HIJRI else str(month)


# Months and weekdays


def _month_reasons(
    claim: Statement, sources: Sequence[Statement], settled: frozenset[int]
) -> list[Reason]:
    known = {name.name for source in sources for name in source.names}
    known |= {str(month) for s in sources for date in s.dates for _, month in date.months}
    return [
        Reason("date" if name.name[0] == "d" else "month", (claim.said(name.first, name.last),))
        for name in claim.names
        if name.is_sure and name.first not in settled and name.name not in known
    ]
