"""The lexical leg: what a question looks for in passages of its own language and the other.

Scores are shares of the highest score that the question could reach, which is known from the
document frequencies alone and folded into the boosts: languages are then on one scale.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from assistant.library import SATURATION, AnyOf, Field, Library, WeightedTerm
from assistant.retrieval.meanings import Meaning
from assistant.retrieval.query import Query

# How much stems weigh beside character grams, by language of the question.
_STEM_SHARE = {"ar": 0.5, "en": 0.6}
# Of a word's translations in a passage the best counts in full, the others by this share.
_TIE = 0.3
# Makes up for the saturation that is lost where counts of translations are not summed first.
_CONCAVITY = 0.7
# How much the backward table counts, by language of the question.
_BACKWARD = {"ar": 0.5, "en": 0.3}
# A question hardly ever finds all its words translated: its best score is lower than its highest.
_ACROSS = 1.4


def own_terms(query: Query, library: Library) -> list[WeightedTerm]:
    """Return a question's stems and grams, weighted so that the highest possible score is 1.

    BM25 can give a term at most (k1 + 1) * idf. The sum of that over all terms, unknown ones
    included, is known before searching; dividing by it puts all questions on one scale.
    """
    terms: list[WeightedTerm] = []
    share = _STEM_SHARE[query.language]
    legs: tuple[tuple[Field, Counter[str], float], ...] = (
        ("stem", query.stems, share),
        ("gram", query.grams, 1 - share),
    )
    for field, counts, weight in legs:
        names = list(counts)
        idf = library.terms.idf([(field, name) for name in names])
        highest = SATURATION * sum(counts[n] * i for n, i in zip(names, idf, strict=True))
        if highest > 0:
            terms += [WeightedTerm(field, n, weight * counts[n] / highest) for n in names]
    return terms


def other_terms(query: Query, meanings: Sequence[Meaning], library: Library) -> list[AnyOf]:
    """Return what a question looks for in the other language: for each stem, any translation.

    Probabilistic structured queries (Darwish and Oard, 2003) with a disjunction maximum in place
    of merged counts, since BM25's own are fixed. A translation's boost is its probability, made
    concave, times the idf of the whole group over its own.

    Args:
        query: The question.
        meanings: What its stems may be in the other language.
        library: Where it is asked.
    """
    count = library.terms.count()
    groups = [_boosts(m, _BACKWARD[query.language], library, count) for m in meanings]
    possible = sum(max(h for _, _, h in group) for group in groups if group)
    if not possible:
        return []
    asked = sum(query.stems.values())
    highest = math.sqrt(SATURATION * asked * _idf(0, count) * SATURATION * possible)
    return [
        AnyOf([WeightedTerm("stem", s, _ACROSS * b / highest) for s, b, _ in group], _TIE)
        for group in groups
        if group
    ]


def _boosts(
    meaning: Meaning, backward_share: float, library: Library, count: int
) -> list[tuple[str, float, float]]:
    """Return stems with their boosts, and boosts times idf, in a library of so many passages."""
    boosts: Counter[str] = Counter()
    stems = list({**meaning.forward, **meaning.backward})
    known = library.terms.frequencies([("stem", stem) for stem in stems])
    frequencies = dict(zip(stems, known, strict=True))
    for table, share in ((meaning.forward, 1.0), (meaning.backward, backward_share)):
        merged = _idf(sum(p * frequencies[stem] for stem, p in table.items()), count)
        for stem, p in table.items():
            own = _idf(frequencies[stem], count)
            boosts[stem] += share * meaning.count * p**_CONCAVITY * merged / own
    return [(s, b, b * _idf(frequencies[s], count)) for s, b in boosts.items()]


def _idf(frequency: float, count: int) -> float:
    known = min(max(frequency, 0.5 if frequency else 0.0), count)
    return math.log(1 + (count - known + 0.5) / (known + 0.5))
