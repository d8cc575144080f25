"""Where a claim really rests: on the sources it names, or on others that support it better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.citations.checking import check
from assistant.citations.verdicts import RANK, Anchored, Reason, Verdict

# A score that falls by less is not weaker; one that rises by less is not better.
_WEAKER, _BETTER = 0.02, 0.15
# Among many sentences one is always a little like a claim: where the claim does not name it, it
# has to speak of most of it.
_LEAST_UNNAMED = 0.5
_MOST_NAMED = 8
_MOST_TRIED = 40


def anchor(claim: str, named: Sequence[int], sources: Mapping[int, str]) -> Anchored:
    """Return what a claim rests on, and how firmly.

    Ids that don't exist are dropped. Where another sentence supports the claim better than the
    named ones, or together with them, it takes their place; what adds nothing is left out.

    Args:
        claim: One sentence, without markers.
        named: Ids of sources, as the claim's author gave them.
        sources: All sources by id.

    Returns:
        The ids and the verdict. A claim that nothing supports keeps the valid ids it named, where
        the contradiction stands; a claim that named none has none.
    """
    valid = tuple(dict.fromkeys(n for n in named if n in sources))[:_MOST_NAMED]
    chosen = valid
    verdict = _weigh(claim, valid, sources)
    if RANK[verdict.support] < RANK["supported"]:
        chosen, verdict = _improved(claim, valid, verdict, sources)
    if verdict.support == "unsupported":
        return Anchored(valid, verdict)
    return _without_idle(claim, chosen, verdict, sources)


def _weigh(claim: str, numbers: Sequence[int], sources: Mapping[int, str]) -> Verdict:
    if not numbers:
        return Verdict("unsupported", (Reason("coverage"),))
    return check(claim, [sources[n] for n in numbers])


def _improved(
    claim: str, valid: tuple[int, ...], verdict: Verdict, sources: Mapping[int, str]
) -> tuple[tuple[int, ...], Verdict]:
    """Return the sources that support a claim best: the named ones, another, or both together."""
    others = [n for n in sources if n not in valid][:_MOST_TRIED]
    singles = {n: _weigh(claim, (n,), sources) for n in (*valid, *others)}
    promising = [n for n in singles if singles[n].score > _BETTER]
    first = max(promising, key=lambda n: singles[n].score, default=None)
    # Together with what was named, and together with the best one.
    bases = [base for base in (valid, (first,) if first is not None else ()) if base]
    pairs = [tuple(sorted({*base, n})) for base in dict.fromkeys(bases) for n in promising]
    tried: list[tuple[tuple[int, ...], Verdict]] = [((n,), single) for n, single in singles.items()]
    tried += [(numbers, _weigh(claim, numbers, sources)) for numbers in dict.fromkeys(pairs)]
    best, best_verdict = valid, verdict
    for numbers, other in tried:
        is_own = set(numbers) <= set(valid)
        if not is_own and RANK[other.support] < RANK["supported"] and other.score < _LEAST_UNNAMED:
            continue
        if _is_better(other, best_verdict, least=0.0 if is_own else _BETTER):
            best, best_verdict = numbers, other
    return best, best_verdict


def _is_better(verdict: Verdict, other: Verdict, *, least: float) -> bool:
    mine, its = RANK[verdict.support], RANK[other.support]
    return mine > its or (mine == its > 0 and verdict.score > other.score + least)


def _without_idle(
    claim: str, numbers: tuple[int, ...], verdict: Verdict, sources: Mapping[int, str]
) -> Anchored:
    """Return a claim with only those sources without which its verdict would be weaker."""
    kept, best = numbers, verdict
    for number in reversed(numbers):
        fewer = tuple(n for n in kept if n != number)
        if not fewer:
            break
        other = _weigh(claim, fewer, sources)
        mine, its = RANK[other.support], RANK[best.support]
        firm = its >= RANK["supported"]
        if mine > its or (mine == its and (firm or other.score >= best.score - _WEAKER)):
            kept, best = fewer, other
    return Anchored(kept, best)
