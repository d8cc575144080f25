"""Vectors of character n-grams in which a name and its other spelling are near each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from contrastive import Bags, Numbers, Plan, bags, train, unit
from sources import Pair

from assistant.language import words
from assistant.lexicon.transliteration import name_grams

DIMENSIONS = 96
PLAN = Plan(steps=1000, batch=1024, rate=0.004, scale=25.0)
_HELD_OUT, _RIVALS = 1000, 10_000
_LEAST_COUNT = 4


@dataclass(frozen=True)
class Names:
    """What was learned.

    Attributes:
        grams: The n-grams, in no order.
        vectors: Shape (grams, dimensions), int8: all rows on one scale.
        first: Share of held-out names whose other spelling is the nearest of about 11,000.
        five: Share of those that have it among the nearest five.
    """

    grams: Sequence[str]
    vectors: np.ndarray
    first: float
    five: float


def learn(pairs: Iterable[Pair], seed: int) -> Names:
    """Learn from one-word names; 1,000 are held out for the measure."""
    named = dict.fromkeys(
        (words(p.english)[0].removesuffix("'s"), words(p.arabic)[0])
        for p in pairs
        if p.source in ("names", "cldr") and len(words(p.english)) == len(words(p.arabic)) == 1
    )
    names = list(named)
    order = np.random.default_rng(seed).permutation(len(names))
    held = [names[i] for i in order[:_HELD_OUT]]
    known = {english for english, _ in held}
    rest = [names[i] for i in order[_HELD_OUT:] if names[i][0] not in known]
    counts = Counter(gram for pair in rest for word in pair for gram in name_grams(word))
    grams = sorted(gram for gram, count in counts.items() if count >= _LEAST_COUNT)
    rows = {gram: row for row, gram in enumerate(grams)}
    chance = np.random.default_rng(seed)
    vectors = (chance.standard_normal((len(grams), DIMENSIONS)) * 0.05).astype(np.float32)
    sides = [_bags([pair[side] for pair in rest], rows) for side in (0, 1)]
    train(vectors, [Bags(*sides)], PLAN, seed)
    whole = np.round(vectors * 127 / np.abs(vectors).max()).astype(np.int8)
    first, five = _measured(whole, rows, held, rest)
    return Names(grams, whole, first, five)


def _bags(names: Sequence[str], rows: dict[str, int]) -> object:
    counted = [Counter(rows[gram] for gram in name_grams(n) if gram in rows) for n in names]
    return bags(counted, len(rows))


def _measured(
    vectors: np.ndarray,
    rows: dict[str, int],
    held: Sequence[tuple[str, str]],
    rest: Sequence[tuple[str, str]],
) -> tuple[float, float]:
    candidates = sorted({e for e, _ in held} | {e for e, _ in rest[:_RIVALS]})
    table: Numbers = vectors.astype(np.float32)
    asked = unit(_bags([arabic for _, arabic in held], rows) @ table)
    alike = asked @ unit(_bags(candidates, rows) @ table).T
    nearest = np.argsort(-alike, axis=1)[:, :5]
    found = [
        [candidates[i] for i in row].index(english)
        if english in [candidates[i] for i in row]
        else 9
        for row, (english, _) in zip(nearest, held, strict=True)
    ]
    return float(np.mean([f == 0 for f in found])), float(np.mean([f < 5 for f in found]))  # noqa: PLR2004  # the nearest five
