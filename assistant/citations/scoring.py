"""How much of a claim its sources speak of: a soft score beside the hard facts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from assistant.citations.alignment import MATCHED, Match
from assistant.citations.pairs import Pair
from assistant.language.moments import same_month

# Learned by training/claim_weights.py: within a language, and across two.
WEIGHTS: Mapping[str, tuple[float, float]] = {
    "coverage": (6.90, 6.71),
    "names": (0.94, 0.28),
    "run": (-0.34, -0.47),
    "covered": (2.51, 2.69),
    "cosine": (0.71, 1.57),
    "facts": (2.70, 2.58),
}
BIAS = (-6.58, -5.48)
# Below, the sources don't bear on the claim.
LEAST = (0.1, 0.1)
_RUN_UNIT, _LOG_UNIT = 10.0, 4.0
# A number or a date counts as much as a telling word, in nats.
FACT = 6.0


def features(pairs: Sequence[Pair]) -> dict[str, float]:
    """Return what speaks for a claim being about what its sources are about.

    Args:
        pairs: The claim with each of its sources; at least one.
    """
    best = best_matches(pairs)
    agreed = _agreed_facts(pairs)
    total = sum(match.word.weight for match in best) + FACT * len(agreed)
    covered = sum(match.word.weight * match.strength for match in best) + FACT * sum(agreed)
    names = [match.strength >= MATCHED for match in best if match.word.is_name]
    longest = run = 0.0
    for match in best:
        run = run + match.word.weight if match.strength < MATCHED else 0.0
        longest = max(longest, run)
    claim = pairs[0].claim
    return {
        "coverage": covered / total if total else 0.0,
        "covered": math.log1p(covered) / _LOG_UNIT,
        "names": sum(names) / len(names) if names else 0.5,
        "run": longest / _RUN_UNIT,
        "cosine": max(float(claim.vector @ pair.source.vector) for pair in pairs),
        "facts": sum(agreed) / len(agreed) if agreed else 0.5,
    }


def best_matches(pairs: Sequence[Pair]) -> tuple[Match, ...]:
    """Return for each content word of a claim its best match in any source."""
    rows = zip(*(pair.matches for pair in pairs), strict=True)
    return tuple(max(row, key=lambda match: match.strength) for row in rows)


def is_across(pairs: Sequence[Pair]) -> bool:
    """Return whether the source that covers most of a claim is in the other language."""
    strengths = [sum(match.strength for match in pair.matches) for pair in pairs]
    first = pairs[strengths.index(max(strengths))]
    return first.source.language != first.claim.language


def _agreed_facts(pairs: Sequence[Pair]) -> list[bool]:
    """Return for each number, month and date of a claim whether a source has it."""
    claim, sources = pairs[0].claim, [pair.source for pair in pairs]
    numbers = [number for source in sources for number in source.numbers]
    names = {name.name for source in sources for name in source.names}
    dates = [date for source in sources for date in source.dates]
    agreed = [any(date.days & other.days or same_month(date, other) for other in dates)
              for date in claim.dates]  # fmt: skip
    inside = {place for date in claim.dates for place in range(date.first, date.last)}
    agreed += [any(map(number.agrees, numbers)) for number in claim.numbers
               if number.is_needed and number.first not in inside]  # fmt: skip
    agreed += [name.name in names for name in claim.names
               if name.is_sure and name.first not in inside]  # fmt: skip
    return agreed


def score(seen: Mapping[str, float], *, across: bool) -> float:
    """Return the probability that sources are about what a claim says.

    Args:
        seen: The claim's features.
        across: Whether the sources are in the other language.
    """
    column = int(across)
    total = BIAS[column] + sum(row[column] * seen[name] for name, row in WEIGHTS.items())
    return 1 / (1 + math.exp(-total))


def bears(value: float, *, across: bool) -> bool:
    """Return whether sources with such a score bear on a claim."""
    return value >= LEAST[int(across)]
