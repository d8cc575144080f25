"""Whether a claim is its sources' own words, whole or with clauses left out.

What may be left out: stretches between punctuation, phrases of place and time, the end of a stretch
from such a phrase or a conjunction on, and small words. What may not: negations, quantities,
limits, conditions, and who said it; nor the head of a stretch, which may be the one who did it.
What is left stands in the source's order, but for a phrase that opens or ends the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from assistant.citations.items import Item, items_of, same
from assistant.citations.signs import find_signs, lasting_signs
from assistant.citations.statement import Statement, read_statement

_LONGEST = 150
_LONGEST_PHRASE = 5
_LEAST_JOINED = 3
_QUESTION_MARKS = "?\u061f"


@lru_cache(maxsize=1 << 12)
def _row(text: str) -> tuple[Item, ...]:
    return items_of(read_statement(text))


def is_verbatim(claim: Statement, sources: Sequence[Statement]) -> bool:
    """Return whether a claim is one whole source, or several one behind the other.

    Case, vowel marks, punctuation and the script of digits are no difference; signs such as ``<``
    are.

    Args:
        claim: The claim.
        sources: Its sources.
    """
    rest = _plain(claim)
    if not rest or any(_asks(source) != _asks(claim) for source in sources):
        whole = [source for source in sources if _asks(source) == _asks(claim)]
        return bool(rest) and len(whole) < len(sources) and is_verbatim(claim, whole)
    rows = [row for row in map(_plain, sources) if row]
    while rest and rows:
        row = next((row for row in rows if rest[: len(row)] == row), None)
        if row is None:
            return False
        rows.remove(row)
        rest = rest[len(row) :]
    return not rest


def _asks(statement: Statement) -> bool:
    return statement.text.rstrip(" \n\t\"'\u00bb\u201d)").endswith(tuple(_QUESTION_MARKS))


def _plain(statement: Statement) -> tuple[str, ...]:
    """Return a statement's tokens and signs, with plain numbers, negative ones marked."""
    negative = {
        n.first for n in statement.numbers
        if any(not isinstance(value, str) and value < 0 for value in n.values)
    }  # fmt: skip
    words = [
        (token.origin, ("-" if place in negative else "") + _ungrouped(token.text))
        for place, token in enumerate(statement.tokens)
    ]
    return tuple(text for _, text in sorted((*words, *find_signs(statement.text))))


def _ungrouped(text: str) -> str:
    groups = text.split(",")
    grouped = len(groups) > 1 and all(len(group.split(".")[0]) == 3 for group in groups[1:])  # noqa: PLR2004  # a thousand has three noughts
    return "".join(groups) if grouped and text[0].isdigit() else text


def is_near_verbatim(claim: Statement, sources: Sequence[Statement]) -> bool:
    """Return whether a claim's words are those of its sources, in their order.

    Each stretch of the claim is found in one source, and all of one source where they can be.

    Args:
        claim: The claim.
        sources: Its sources in the claim's language.
    """
    row = _row(claim.text)
    alike = [source.text for source in sources if _asks(source) == _asks(claim)]
    alike = [text for text in alike if 0 < len(_row(text)) <= _LONGEST]
    if not 0 < len(row) <= _LONGEST or not alike:
        return False
    parts = _stretches(row)
    choices = [[text] for text in alike] + ([alike] if len(alike) > 1 else [])
    return any(
        _is_made_of(division, [_row(text) for text in chosen])
        for chosen in choices
        if lasting_signs("\n".join(chosen)) == lasting_signs(claim.text)
        for division in _divisions(parts)
    )


def _stretches(row: Sequence[Item]) -> list[list[Item]]:
    parts: list[list[Item]] = []
    for item in row:
        if not parts or parts[-1][-1].segment != item.segment:
            parts.append([])
        parts[-1].append(item)
    return parts


def _divisions(parts: list[list[Item]]) -> Iterator[list[list[Item]]]:
    """Yield a claim's stretches as they are, and with one of them cut in two."""
    yield parts
    for n, part in enumerate(parts):
        for cut in range(1, len(part)):
            joins = part[cut].is_conjunction and min(cut, len(part) - cut) >= _LEAST_JOINED
            hangs = part[cut].is_preposition and len(part) - cut <= _LONGEST_PHRASE
            opens = part[0].is_preposition and cut <= _LONGEST_PHRASE
            if joins or hangs or opens:
                yield [*parts[:n], part[:cut], part[cut:], *parts[n + 1 :]]


@dataclass
class _Found:
    """Where a claim's stretches are found.

    Attributes:
        places: For each stretch, in order, the source's number and the places in its row.
    """

    places: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)

    def covered(self, source: int) -> set[int]:
        """Return the places of a source that are found."""
        return {place for n, places in self.places for place in places if n == source}


def _is_made_of(parts: list[list[Item]], rows: Sequence[Sequence[Item]]) -> bool:
    found = _Found()
    opening = None
    for index, part in enumerate(parts):
        places = _find(part, rows, found)
        if places is not None:
            found.places.append(places)
        elif not part[0].is_preposition or len(part) > _LONGEST_PHRASE:
            return False
        elif index == 0:
            opening = part
        elif index < len(parts) - 1 or not _stands_first(part, rows, found):
            return False
    if not found.places or (opening and not _stands_behind(opening, rows, found)):
        return False
    return all(_may_leave(row, found.covered(n)) for n, row in enumerate(rows))


def _find(
    part: Sequence[Item], rows: Sequence[Sequence[Item]], found: _Found
) -> tuple[int, tuple[int, ...]] | None:
    """Return where a stretch of a claim is found, behind what is found of the same source."""
    last = found.places[-1][0] if found.places else 0
    for n in sorted(range(len(rows)), key=lambda n: n != last):
        places = _embed(part, rows[n], max(found.covered(n), default=-1))
        if places is not None:
            return n, places
    return None


def _embed(part: Sequence[Item], row: Sequence[Item], start: int) -> tuple[int, ...] | None:
    """Return the places behind a start that a stretch of a claim stands for, in order."""
    wanted = _without_small(part) or list(part)
    dead: set[tuple[int, int]] = set()

    def search(index: int, place: int) -> tuple[int, ...] | None:
        if index == len(wanted):
            return () if _is_phrase(_tail(row, place)) else None
        if (index, place) in dead:
            return None
        for following in range(place + 1, len(row)):
            if same(wanted[index], row[following], at_head=index == 0) and (
                _may_start(row, following) if index == 0 else _may_skip(row, place, following)
            ):
                rest = search(index + 1, following)
                if rest is not None:
                    return (following, *rest)
        dead.add((index, place))
        return None

    return search(0, start)


def _without_small(part: Sequence[Item]) -> list[Item]:
    """Return a stretch without small words, and without the conjunction that joins it on."""
    start = next((n for n, item in enumerate(part) if not item.is_extra), len(part))
    return [item for item in part[start:] if not item.is_small]


def _begins(row: Sequence[Item], place: int) -> bool:
    return place == 0 or row[place - 1].segment != row[place].segment


def _may_start(row: Sequence[Item], place: int) -> bool:
    """Return whether a stretch of a claim may begin here: only small words stand before it."""
    while not _begins(row, place):
        place -= 1
        if not row[place].is_extra:
            return False
    return True


def _tail(row: Sequence[Item], place: int) -> list[Item]:
    return [item for item in row[place + 1 :] if item.segment == row[place].segment]


def _is_phrase(items: Sequence[Item]) -> bool:
    """Return whether the end of a stretch may be left out."""
    items = [item for item in items if not item.is_small]
    if any(item.is_reserved for item in items):
        return False
    return not items or (items[0].begins_aside and _only_places(items))


def _only_places(phrase: Sequence[Item]) -> bool:
    """Return whether a phrase with "in" or the like says where or when, and sets no terms.

    "In Cairo" or "in 1962" can be left out; "in small doses" can't.
    """
    if not phrase[0].sets_terms:
        return True
    return any(item.is_place_or_time for item in phrase)


def _may_skip(row: Sequence[Item], place: int, following: int) -> bool:
    """Return whether what stands between two places may be left out."""
    gap = row[place + 1 : following]
    if all(item.is_small for item in gap):
        return True
    if row[place].segment == row[following].segment:
        gap = [item for item in gap if not item.is_small]
        is_short = gap[0].begins_aside and len(gap) <= _LONGEST_PHRASE and _only_places(gap)
        return is_short and not any(item.is_reserved or item.may_join for item in gap)
    tail = [item for item in gap if item.segment == row[place].segment]
    head = [item for item in gap if item.segment == row[following].segment]
    return _is_phrase(tail) and all(item.is_small for item in head)


def _matches(part: Sequence[Item], row: Sequence[Item], start: int) -> bool:
    window = row[start : start + len(part)]
    return len(window) == len(part) and all(
        same(mine, other, at_head=n == 0)
        for n, (mine, other) in enumerate(zip(part, window, strict=True))
    )


def _stands_behind(part: Sequence[Item], rows: Sequence[Sequence[Item]], found: _Found) -> bool:
    """Return whether a claim's opening phrase ends the stretch that the claim goes on with."""
    n, places = found.places[0]
    row, last = rows[n], places[-1]
    for start in range(last + 1, len(row) - len(part) + 1):
        end = start + len(part)
        between = row[last + 1 : start]
        ends = end == len(row) or row[end].segment != row[start].segment
        joined = any(item.is_reserved or item.may_join for item in between)
        if row[start].segment != row[last].segment or joined:
            return False
        if ends and _matches(part, row, start):
            found.places.insert(0, (n, tuple(range(start, end))))
            return True
    return False


def _stands_first(part: Sequence[Item], rows: Sequence[Sequence[Item]], found: _Found) -> bool:
    """Return whether a claim's last phrase is the whole opening stretch of its source."""
    n = found.places[-1][0] if found.places else 0
    row = rows[n]
    whole = len(part) < len(row) and row[len(part)].segment != row[0].segment
    if not found.places or not whole or not _matches(part, row, 0):
        return False
    found.places.append((n, tuple(range(len(part)))))
    return True


def _may_leave(row: Sequence[Item], covered: set[int]) -> bool:
    """Return whether the stretches of a source that a claim leaves out may be left out."""
    if not covered:
        return True
    kept = {row[place].segment for place in covered}
    first = min(kept)
    for part in _stretches(row):
        if part[0].segment in kept:
            continue
        if any(item.is_reserved and not item.is_denial for item in part):
            return False
        if part[0].segment < first and not part[0].opens_clause:
            return False
    return True
