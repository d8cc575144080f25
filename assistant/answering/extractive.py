"""Answers with the documents' own sentences; no model, nothing to download."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from assistant.answering.notes import warnings_about
from assistant.answering.when import days_beside
from assistant.citations import cite
from assistant.retrieval import Evidence, RankedSentence
from assistant.schema import Interrupt, Message, Segment
from assistant.strings import say

_MOST_SENTENCES = 3
# A further sentence must be nearly as good as the first, and say what the others leave open.
_LEAST_SHARE_OF_BEST = 0.5
_LEAST_NEW_COVERAGE = 0.2

# An end mark, then closing quotes and brackets, emphasis, footnotes and invisible marks.
_ENDED = re.compile(
    "[.!?\u061f\u06d4\u2026](?:[\"'\u201d\u2019\u00bb)\\]*_\u200b-\u200f\u202a-\u202e\u2066-\u2069]"
    "|\\[[0-9]{1,3}\\])*$"
)


class ExtractiveAnswerer:
    """Chooses the sentences that answer a question and quotes them in a short frame.

    Args:
        min_confidence: Below this confidence the question is refused, 0 to 1.
    """

    engine = "extractive"

    def __init__(self, min_confidence: float) -> None:
        self._min_confidence = min_confidence

    def segments(
        self,
        evidence: Evidence,
        history: Sequence[Message] = (),  # noqa: ARG002  # a quotation needs nothing of it
        interrupt: Interrupt | None = None,  # noqa: ARG002  # nothing here takes long
    ) -> Iterator[Segment]:
        """Yield a frame and the quoted sentences, or one frame that refuses.

        Args:
            evidence: What was found.
            history: What was said before.
            interrupt: Not looked at.
        """
        language = evidence.query.language
        if not evidence.sentences or evidence.confidence < self._min_confidence:
            refusal = "answer.empty_library" if evidence.is_library_empty else "answer.refusal"
            yield Segment(say(refusal, language))
            return
        chosen = choose(evidence.sentences, evidence.weights)
        yield Segment(_frame(chosen, language))
        before = ""
        shown: list[Segment] = []
        for found in chosen:
            citation = cite(found.passage, found.sentence, found.score)
            if before:
                yield Segment(_gap(before, citation.cited_text))
            before = citation.cited_text
            shown.append(Segment(citation.cited_text, (citation,), "verbatim"))
            yield shown[-1]
            yield from days_beside(shown[-1], evidence, language)
        for note in warnings_about(shown, language):
            yield Segment("\n" + note)


def choose(ranked: Sequence[RankedSentence], weights: Mapping[str, float]) -> list[RankedSentence]:
    """Return the sentences to quote: the best, and up to two that add to it.

    Args:
        ranked: Sentences, best first; at least one.
        weights: How telling each stem of the question is.

    Returns:
        One sentence where it says all that was found; further ones only if they cover words of
        the question that the chosen ones do not, and hold what it asks for if the first does.
    """
    best = ranked[0]
    chosen, covered = [best], best.covered
    telling = np.array(list(weights.values()))
    total = float(telling.sum()) or 1.0
    for found in ranked[1:]:
        if len(chosen) == _MOST_SENTENCES or found.score < _LEAST_SHARE_OF_BEST * best.score:
            break
        if best.fits_kind and not found.fits_kind:
            continue
        gain = float(np.maximum(0.0, found.covered - covered) @ telling)
        if gain / total >= _LEAST_NEW_COVERAGE:
            chosen.append(found)
            covered = np.maximum(covered, found.covered)
    return chosen


def _gap(before: str, after: str) -> str:
    """Return what parts two quotations: a line break where the first has no end mark, or a row."""
    return " " if _ENDED.search(before) and not after.startswith("|") else "\n"


def _frame(chosen: Sequence[RankedSentence], language: str) -> str:
    titles = {found.passage.document_id: found.passage.document_title for found in chosen}
    if len(titles) == 1:
        return say("answer.frame.one", language, {"title": next(iter(titles.values()))})
    return say("answer.frame.many", language)
