"""A claim beside one of its sources."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from assistant.citations.alignment import MATCHED, Match
from assistant.citations.statement import Statement
from assistant.language.negation import Negation


@dataclass(frozen=True)
class Pair:
    """A claim, a source, and which words stand for which.

    Attributes:
        claim: The claim.
        source: The source.
        matches: For each content word of the claim.
    """

    claim: Statement
    source: Statement
    matches: tuple[Match, ...]

    @cached_property
    def inverse(self) -> dict[int, list[Match]]:
        """For places of the source the matches that they belong to."""
        found: dict[int, list[Match]] = {}
        for match in self.matches:
            for place in match.places:
                found.setdefault(place, []).append(match)
        return found

    @cached_property
    def free_negations(self) -> tuple[Negation, ...]:
        """The source's negations but those that a content word of the claim translates."""
        taken = {
            place for match in self.matches if match.strength >= MATCHED for place in match.places
        }
        return tuple(n for n in self.source.negations if n.is_strong or n.place not in taken)
