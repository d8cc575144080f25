"""The gate: compares a sentence that a model wrote with the sentences it names as its sources.

Hard facts come first: a number, a date, a unit, a negation or a quantity that the sources lack or
contradict refuses the sentence, whatever else agrees. What is left is the source's words, or it
is about the same and can't be confirmed by rules, or the sources don't bear on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from assistant.citations.alignment import MATCHED, Match, align
from assistant.citations.facts import fact_reasons
from assistant.citations.pairs import Pair
from assistant.citations.polarity import polarity_reasons
from assistant.citations.scoring import bears, best_matches, features, is_across, score
from assistant.citations.statement import Statement, read_statement
from assistant.citations.verdicts import Reason, Verdict
from assistant.citations.wording import is_near_verbatim, is_verbatim
from assistant.language.clauses import joining_words

_MOST_SHOWN = 4
# In code points: more than any sentence. A longer claim is none, and would take long to compare.
_LONGEST = 3000


def check(claim: str, sources: Sequence[str]) -> Verdict:
    """Return how far sources support a claim, as far as rules can tell.

    Across languages a claim is never more than ``unconfirmed``: its facts agree and its words are
    those of the sources as far as the built-in dictionary knows.

    Args:
        claim: One sentence, without markers.
        sources: The sentences it is said to rest on; it may join what several of them say.

    Returns:
        The verdict, with a reason for each fact that fails.
    """
    said = read_statement(claim)
    read = [read_statement(source) for source in dict.fromkeys(sources)]
    read = [source for source in read if source.tokens]
    if not said.tokens or not read:
        return Verdict("unsupported", (Reason("coverage"),))
    if is_verbatim(said, read):
        return Verdict("verbatim", score=1.0)
    if len(claim) > _LONGEST:
        return Verdict("unsupported", (Reason("length"),))
    return _compared(said, [read_statement(source.text[:_LONGEST]) for source in read])


def _compared(said: Statement, read: Sequence[Statement]) -> Verdict:
    """Return the verdict of a claim that is not simply its source."""
    pairs = [Pair(said, source, align(said, source)) for source in read]
    across = is_across(pairs)
    value = score(features(pairs), across=across)
    hard = [*fact_reasons(pairs), *polarity_reasons(pairs)]
    if hard:
        return Verdict("unsupported", tuple(dict.fromkeys(hard)), value)
    if is_near_verbatim(said, [source for source in read if source.language == said.language]):
        return Verdict("supported", score=max(value, 0.5))
    soft = _soft_reasons(said, best_matches(pairs), read)
    if bears(value, across=across):
        return Verdict("unconfirmed", soft, value)
    return Verdict("unsupported", (Reason("coverage"), *soft), value)


def _soft_reasons(
    claim: Statement, best: Sequence[Match], sources: Sequence[Statement]
) -> tuple[Reason, ...]:
    """Return what keeps a claim from being confirmed, without contradicting it."""
    if any(source.text.rstrip().endswith(("?", "\u061f")) for source in sources):
        return (Reason("question"),)
    missing = [match.word for match in best if match.strength < MATCHED]
    names = tuple(claim.said(w.place, w.place + 1) for w in missing if w.is_name)
    others = tuple(claim.said(w.place, w.place + 1) for w in missing if not w.is_name)
    reasons = [Reason("names", names[:_MOST_SHOWN])] if names else []
    if others:
        reasons.append(Reason("wording", others[:_MOST_SHOWN]))
    if not reasons and any(_is_turned(claim, source) for source in sources):
        reasons.append(Reason("roles"))
    strange = () if reasons else _strange_words(claim, sources)
    if strange:
        reasons.append(Reason("wording", strange[:_MOST_SHOWN]))
    return tuple(reasons) or (Reason("left_out"),)


def _strange_words(claim: Statement, sources: Sequence[Statement]) -> tuple[str, ...]:
    """Return those words of a claim that its sources lack, small ones too, within a language."""
    if any(source.language != claim.language for source in sources):
        return ()
    known = {token.text for source in sources for token in source.tokens}
    known |= joining_words()
    counted = {p for number in claim.numbers for p in range(number.first, number.last)}
    return tuple(
        claim.said(place, place + 1)
        for place, token in enumerate(claim.tokens)
        if token.text not in known and place not in counted
    )


def _is_turned(claim: Statement, source: Statement) -> bool:
    """Return whether a source has all content words of a claim, in another order."""
    mine = [word.stem for word in claim.words]
    its = [word.stem for word in source.words]
    if Counter(mine) - Counter(its):
        return False
    rest = iter(its)
    return not all(word in rest for word in mine)
