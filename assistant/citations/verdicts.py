"""What is said of a claim after it was compared with its sources."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from assistant.schema import Support

ReasonKind = Literal[
    "number",
    "scale",
    "year",
    "month",
    "date",
    "unit",
    "limit",
    "quantity",
    "negation",
    "names",
    "roles",
    "left_out",
    "wording",
    "coverage",
    "question",
    "length",
    "instruction",
    "reader",
]
# Facts that no second reading overrules.
HARD: frozenset[str] = frozenset(
    ("number", "scale", "year", "month", "date", "unit", "limit", "quantity", "negation")
)
RANK: dict[Support, int] = {"unsupported": 0, "unconfirmed": 1, "supported": 2, "verbatim": 3}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a claim is not confirmed, or contradicted.

    Attributes:
        kind: What was compared.
        claim_words: The words of the claim that it is about, as they were written; may be empty.
    """

    kind: ReasonKind
    claim_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """How far sources support a claim.

    Attributes:
        support: ``verbatim``, ``supported``, ``unconfirmed`` or ``unsupported``.
        reasons: What stands against more; empty for ``verbatim`` and ``supported``.
        score: How much of the claim its sources speak of, 0 to 1; to order verdicts of one mark.
        is_read: Whether a second reader was asked.
    """

    support: Support
    reasons: tuple[Reason, ...] = ()
    score: float = 0.0
    is_read: bool = False


@dataclass(frozen=True, slots=True)
class Anchored:
    """Where a claim rests, and how firmly.

    Attributes:
        numbers: Ids of the sources that it rests on, in order of first use.
        verdict: What is said of it with these sources.
    """

    numbers: tuple[int, ...]
    verdict: Verdict


def lift(verdict: Verdict, entails: bool) -> Verdict:
    """Return a verdict after a second reader said whether the sources entail the claim.

    A yes lifts ``unconfirmed`` to ``supported``; a no lowers ``supported`` and ``unconfirmed`` to
    ``unsupported``. What rules found contradicted stays so, and so does what is verbatim.

    Args:
        verdict: What the rules said.
        entails: What the second reader said.
    """
    if verdict.support == "unconfirmed" and entails:
        return replace(verdict, support="supported", reasons=(), is_read=True)
    if verdict.support in ("supported", "unconfirmed"):
        if entails:
            return replace(verdict, is_read=True)
        reasons = (*verdict.reasons, Reason("reader"))
        return replace(verdict, support="unsupported", reasons=reasons, is_read=True)
    return replace(verdict, is_read=True)
