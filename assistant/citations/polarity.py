"""Negations and quantity words that a claim has and its sources lack, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.citations.alignment import Match
from assistant.citations.pairs import Pair
from assistant.citations.statement import Statement, Word
from assistant.citations.verdicts import Reason
from assistant.language.negation import Negation
from assistant.language.quantities import Quantity, follows

# Content words behind a negation that it denies, and how far away they may stand, in tokens.
_DENIED, _REACH = 3, 6
# How far a negation stands before what it denies, and behind it, in the other text.
_BEFORE, _BEHIND = 8, 3
_COUNTED = 2
_BESIDE = 2
_SURE = 0.8
_STRICT = frozenset(("all", "most", "few", "minority"))
_BREAKS = frozenset(".;:()\u061b")


def polarity_reasons(pairs: Sequence[Pair]) -> list[Reason]:
    """Return the negations and quantities in which a claim and its sources differ.

    Args:
        pairs: The claim with each of its sources; at least one.
    """
    return [*_added(pairs), *_lost(pairs), *_quantities(pairs)]


def _behind(statement: Statement, place: int, count: int) -> list[Word]:
    """Return the content words that a word at a place governs: the next ones of its clause."""
    words: list[Word] = []
    for word in statement.words:
        if word.place <= place:
            continue
        far = word.place - place > _REACH + 2 * len(words)
        if far or len(words) == count or _is_broken(statement, place, word.place):
            break
        words.append(word)
    return words


def _is_broken(statement: Statement, start: int, end: int) -> bool:
    return any(set(token.before) & _BREAKS for token in statement.tokens[start + 1 : end + 1])


def _added(pairs: Sequence[Pair]) -> Iterator[Reason]:
    claim = pairs[0].claim
    for negation in claim.negations:
        if not negation.is_strong:
            continue
        governed = _behind(claim, negation.place, _DENIED)
        if not governed:
            governed = [w for w in claim.words if 0 < negation.place - w.place <= _BEHIND]
        if not any(_is_denied(pair, governed) for pair in pairs):
            last = governed[0].place if governed else negation.place
            said = claim.said(*sorted((negation.place, last + 1)))
            yield Reason("negation", (said or claim.tokens[negation.place].text,))


def _is_denied(pair: Pair, governed: Sequence[Word]) -> bool:
    """Return whether a source denies any of the words that a claim denies."""
    kept = {word.place for word in governed}
    places = [p for match in pair.matches if match.word.place in kept for p in match.places]
    if not places:
        return any(negation.is_strong for negation in pair.free_negations)
    return any(
        _reaches(pair.source, negation, place)
        for place in places
        for negation in pair.free_negations
    )


def _reaches(statement: Statement, negation: Negation, place: int) -> bool:
    """Return whether a negation denies a word: a weak one only the word beside it."""
    distance = place - negation.place
    if not negation.is_strong:
        return -1 <= distance <= _BESIDE + 1
    if not 0 < distance <= _BEFORE:
        return 0 < -distance <= _BESIDE
    return not _is_broken(statement, negation.place, place)


def _lost(pairs: Sequence[Pair]) -> Iterator[Reason]:
    claim = pairs[0].claim
    for pair in pairs:
        for negation in pair.source.negations:
            if not (negation.is_strong or negation.is_close):
                continue
            for match in _denied_matches(pair, negation):
                place = match.word.place
                if any(_reaches(claim, other, place) for other in claim.negations):
                    break
                if not _is_affirmed_elsewhere(pairs, match, pair):
                    yield Reason("negation", (claim.said(place, place + 1),))
                    break


def _denied_matches(pair: Pair, negation: Negation) -> list[Match]:
    """Return the claim's words that stand for the first ones that a source denies."""
    governed = _behind(pair.source, negation.place, _COUNTED)
    if negation.is_strong:
        return [match for word in governed for match in pair.inverse.get(word.place, ())]
    beside = [word for word in governed[:1] if word.place - negation.place <= _BESIDE]
    found = [match for word in beside for match in pair.inverse.get(word.place, ())]
    return [match for match in found if match.strength >= _SURE]


def _is_affirmed_elsewhere(pairs: Sequence[Pair], match: Match, denied: Pair) -> bool:
    """Return whether a word of a claim also stands in a source without a negation."""
    for pair in pairs:
        mine = next(m for m in pair.matches if m.word.place == match.word.place)
        if pair is not denied and (mine.strength, mine.context) < (match.strength, match.context):
            continue
        for place in mine.places:
            if not any(
                0 <= place - other.place <= _BEFORE
                for other in pair.source.negations
                if other.is_strong
            ):
                return True
    return False


# Quantities


def _quantities(pairs: Sequence[Pair]) -> Iterator[Reason]:
    claim = pairs[0].claim
    for quantity in claim.quantities:
        if quantity.is_sure and not _is_licensed(pairs, quantity):
            yield Reason("quantity", (claim.said(quantity.place, quantity.place + 2),))


def _is_licensed(pairs: Sequence[Pair], quantity: Quantity) -> bool:
    """Return whether some source has a quantity that a claim's follows from."""
    governed = {w.place for w in _behind(pairs[0].claim, quantity.place, _COUNTED)}
    near: list[Quantity] = []
    others: list[Quantity] = []
    for pair in pairs:
        places = [p for m in pair.matches if m.word.place in governed for p in m.places]
        others += pair.source.quantities
        near += [q for q in pair.source.quantities
                 if any(-_BEHIND <= p - q.place <= _REACH for p in places)]  # fmt: skip
    if any(follows(quantity.kind, q.kind) for q in near or others):
        return True
    return quantity.kind not in _STRICT and not any(q.is_sure for q in near)
