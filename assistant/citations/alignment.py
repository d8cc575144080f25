"""Which words of a source stand for which words of a claim, in one language or across two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from assistant.citations.statement import Statement, Word
from assistant.language import grams, is_arabic
from assistant.lexicon import related, translated_by, translations

# From here on two words count as one another's.
MATCHED = 0.5
_CLOSE = 0.05
_AROUND = 6
_MOST_PLACES = 8
_SHORTEST_STEM = 3
_TWICE = 2
# A translation this likely is as good as the word itself; below the second it says nothing.
_LIKELY, _LEAST_LIKELY = 0.15, 0.01
_RELATED = 0.8
_LEAST_GRAMS = 0.6
# Likeness of two words as names: of no meaning, enough for names, enough for any word, the same.
_UNLIKE, _SPOKEN_NAME, _SPOKEN_WORD, _SAME = 0.5, 0.55, 0.72, 0.78


@dataclass(frozen=True, slots=True)
class Match:
    """What stands for a word of a claim.

    Attributes:
        word: The word.
        strength: How surely, 0 to 1.
        places: Tokens of the source that do, the best ones; empty below `MATCHED`.
        every: All tokens of the source that may, whatever stands around them.
        context: How many of the words around it stand around that place too.
    """

    word: Word
    strength: float
    places: tuple[int, ...]
    every: tuple[int, ...] = ()
    context: int = 0


@lru_cache(maxsize=1 << 15)
def alternatives(stem: str) -> Mapping[str, float]:
    """Return the stems of the other language that may translate a stem, with weights, 0 to 1."""
    found: dict[str, float] = {}
    for table in (translations(stem), translated_by(stem)):
        for other, likely in table.items():
            if likely >= _LEAST_LIKELY:
                weight = 0.55 + 0.45 * min(1.0, likely / _LIKELY)
                found[other] = max(found.get(other, 0.0), weight)
    for other, weight in list(found.items()):
        for kin, share in related(other).items():
            found[kin] = max(found.get(kin, 0.0), _RELATED * weight * share)
    return found


def align(claim: Statement, source: Statement) -> tuple[Match, ...]:
    """Return for each content word of a claim what stands for it in a source.

    Args:
        claim: The claim.
        source: One source.
    """
    if not claim.words or not source.words:
        return tuple(Match(word, 0.0, ()) for word in claim.words)
    spoken = _spoken(claim, source)
    matches = []
    for index, word in enumerate(claim.words):
        strengths = [
            max(_strength(word, other), float(spoken[index, n]))
            for n, other in enumerate(source.words)
        ]
        best = max(strengths)
        places = tuple(
            other.place
            for other, strength in zip(source.words, strengths, strict=True)
            if strength >= max(MATCHED, best - _CLOSE)
        )[:_MOST_PLACES]
        matches.append(Match(word, best, places, places))
    return _in_context(matches)


def _in_context(matches: Sequence[Match]) -> tuple[Match, ...]:
    """Return matches with those places only that have most of a word's neighbours around them."""
    chosen = []
    for match in matches:
        around = [
            other for other in matches
            if other is not match and abs(other.word.place - match.word.place) <= _AROUND
        ]  # fmt: skip
        counts = [
            sum(any(0 < abs(place - p) <= _AROUND for p in other.places) for other in around)
            for place in match.places
        ]
        most = max(counts, default=0)
        kept = tuple(p for p, count in zip(match.places, counts, strict=True) if count == most)
        chosen.append(replace(match, places=kept, context=most))
    return tuple(_in_turn(match, matches) or found
                 for match, found in zip(matches, chosen, strict=True))  # fmt: skip


def _in_turn(match: Match, matches: Sequence[Match]) -> Match | None:
    """Return a word that a claim has as often as its source, with the place that is its turn's."""
    alike = [other for other in matches if other.places == match.places]
    if len(alike) < _TWICE or len(alike) != len(match.places):
        return None
    return replace(match, places=(match.places[alike.index(match)],), context=_AROUND)


def _strength(word: Word, other: Word) -> float:
    if word.text == other.text:
        return 1.0
    if word.stem == other.stem:
        return 1.0
    if word.is_arabic == other.is_arabic:
        return _alike(word.stem, other.stem)
    if word.is_arabic:
        return max(alternatives(form).get(other.stem, 0.0) for form in forms(word.stem))
    known = alternatives(word.stem)
    return max(known.get(form, 0.0) for form in forms(other.stem))


@lru_cache(maxsize=1 << 14)
def forms(stem: str) -> tuple[str, ...]:
    """Return an Arabic stem, and what it is without the letter of the imperfect or the future."""
    rests = (
        stem.removeprefix(letters)
        for letters in ("\u0633\u064a", "\u0633\u062a", "\u064a", "\u062a", "\u0646")
    )
    return (stem, *(rest for rest in rests if rest != stem and len(rest) >= _SHORTEST_STEM))


@lru_cache(maxsize=1 << 16)
def _alike(stem: str, other: str) -> float:
    """Return how far two stems of one language are kin."""
    kin = max(related(stem).get(other, 0.0), related(other).get(stem, 0.0))
    if is_arabic(stem) and (stem in forms(other) or other in forms(stem)):
        kin = 1.0
    mine, its = set(grams(stem)), set(grams(other))
    shared = 2 * len(mine & its) / (len(mine) + len(its))
    return max(_RELATED * kin, shared if shared >= _LEAST_GRAMS else 0.0)


def _spoken(
    claim: Statement, source: Statement
) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """Return how far words across scripts sound like one name, shape (claim's, source's words)."""
    found = np.zeros((len(claim.words), len(source.words)), np.float32)
    if claim.language == source.language:
        return found
    cosines = claim.spoken @ source.spoken.T
    np.maximum.at(found, (claim.speakers[:, None], source.speakers[None, :]), cosines)
    arabic = _flags([word.is_arabic for word in claim.words],
                    [word.is_arabic for word in source.words])  # fmt: skip
    names = _flags([word.is_name for word in claim.words], [w.is_name for w in source.words])
    across = arabic == 1
    least = np.where(names > 0, _SPOKEN_NAME, _SPOKEN_WORD)
    likeness = MATCHED + (1 - MATCHED) * (found - _UNLIKE) / (_SAME - _UNLIKE)
    return np.where(across & (found >= least), np.minimum(likeness, 1.0), 0.0).astype(np.float32)


def _flags(
    mine: Sequence[bool], its: Sequence[bool]
) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """Return for each pair how many of the two have a property."""
    return np.add.outer(np.array(mine, np.int64), np.array(its, np.int64))
