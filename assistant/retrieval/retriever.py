"""Finds passages and sentences for a question."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.library import Library, Part, Passage
from assistant.retrieval.across import across_scripts
from assistant.retrieval.asked_words import asked_words
from assistant.retrieval.confidence import confidence
from assistant.retrieval.findings import Findings
from assistant.retrieval.fusion import BUILTIN, DenseWeights
from assistant.retrieval.highlighting import marked, parts
from assistant.retrieval.meanings import Understood
from assistant.retrieval.mentions import MentionFinder
from assistant.retrieval.passages import PassageFinder, ScoredPassage
from assistant.retrieval.query import Query, analyse
from assistant.retrieval.ranking import RankedSentence, rank_sentences
from assistant.retrieval.sentences import candidates
from assistant.schema import Hit, Scope, Span

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

# Sentences are looked for in this many of the best passages.
_PASSAGES_READ = 6


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found for a question.

    Attributes:
        query: The question, analysed.
        passages: The best passages, best first.
        sentences: Their sentences, best first.
        weights: How telling each stem of the question is, in nats.
        confidence: Estimated probability that the documents answer the question, 0 to 1.
        is_library_empty: Whether there is nothing to look in at all.
    """

    query: Query
    passages: tuple[ScoredPassage, ...]
    sentences: tuple[RankedSentence, ...]
    weights: dict[str, float]
    confidence: float
    is_library_empty: bool


class Retriever:
    """Finds passages and sentences in a library.

    Args:
        library: The library.
        embeddings: The embedding that its vectors were made with.
        weights: How much the cosines of that embedding count.
    """

    def __init__(
        self, library: Library, embeddings: Embeddings, weights: DenseWeights = BUILTIN
    ) -> None:
        self._library = library
        self._finder = PassageFinder(library, embeddings, weights)
        self._names = self._finder.names
        self.mentions = MentionFinder(library, self._names)

    def search(self, query: str, count: int, unit: str, scope: Scope | None = None) -> list[Hit]:
        """Return passages or sentences that fit a query, best first; nothing is refused here.

        Args:
            query: A question or words.
            count: How many at most.
            unit: ``passage`` or ``sentence``.
            scope: What to look in; None for the whole library.

        Raises:
            AssistantError: ``count`` or ``unit`` has a wrong value.
        """
        if not isinstance(count, int) or count < 1:  # type: ignore[redundant-expr]  # untyped callers
            raise AssistantError(f"k={count!r} can't be used: ask for one hit or more.")
        count = min(count, sys.maxsize)  # of more no list can be cut
        if unit == "passage":
            _, found, _ = self._find(analyse(query), count, scope)
            return [passage_hit(passage) for passage in found]
        if unit == "sentence":
            evidence = self.evidence(query, scope, passages=max(_PASSAGES_READ, count))
            return [sentence_hit(found) for found in evidence.sentences[:count]]
        raise AssistantError(f"unit={unit!r} can't be used: choose 'passage' or 'sentence'.")

    def highlights(self, query: str, texts: Sequence[str]) -> list[tuple[Span, ...]]:
        """Return for each text the ranges to be marked for a query, in both scripts.

        Args:
            query: What was searched for.
            texts: Such as those of hits.
        """
        asked = asked_words(query)
        if not asked.is_exact:
            self._library.refresh()
            with self._library.searching():
                asked = across_scripts(asked, self._library, self._names)
        looked_for = parts(asked)
        return [marked(text, looked_for) for text in texts]

    def evidence(
        self,
        question: str | Query,
        scope: Scope | None = None,
        passages: int = _PASSAGES_READ,
    ) -> Evidence:
        """Return what the library holds on a question.

        Args:
            question: The question, or what `analyse` made of it.
            scope: What to look in; None for the whole library.
            passages: How many of the best passages to look for sentences in.
        """
        query = question if isinstance(question, Query) else analyse(question)
        findings = self.read(query, scope, passages)
        return Evidence(
            query=query,
            passages=tuple(findings.passages),
            sentences=tuple(rank_sentences(findings.candidates)),
            weights=dict(findings.asked.weights),
            confidence=confidence(findings),
            is_library_empty=not findings.searched and (scope is None or scope == Scope()),
        )

    def read(
        self, query: Query, scope: Scope | None = None, passages: int = _PASSAGES_READ
    ) -> Findings:
        """Return a question understood, the best passages, and all their sentences.

        Args:
            query: The question, analysed.
            scope: What to look in; None for the whole library.
            passages: How many of the best passages to look for sentences in.
        """
        asked, found, searched = self._find(query, passages, scope)
        return Findings(asked, found, candidates(asked, found), searched)

    def _find(
        self, query: Query, count: int, scope: Scope | None
    ) -> tuple[Understood, list[ScoredPassage], int]:
        self._library.refresh()
        documents: Part | None = None
        if scope is not None and scope != Scope():
            documents = self._library.parts.of(scope)
        with self._library.searching():
            # Inside, since a library that is made anew meanwhile would seem to be empty.
            whole = self._library.terms.count()
            searched = whole if documents is None else len(documents.passages)
            language = scope.language if scope else None
            asked, found = self._finder.find(query, count, documents, language)
            return asked, found, searched


def passage_hit(found: ScoredPassage) -> Hit:
    """Return a found passage as it leaves the system."""
    passage = found.passage
    place = passage.sentences[0].place if passage.sentences else ""
    return _hit(passage, passage.start, passage.end, place, found.score)


def sentence_hit(found: RankedSentence) -> Hit:
    """Return a found sentence as it leaves the system."""
    sentence = found.sentence
    return _hit(found.passage, sentence.start, sentence.end, sentence.place, found.score)


def _hit(passage: Passage, start: int, end: int, place: str, score: float) -> Hit:
    return Hit(
        document_id=passage.document_id,
        version=passage.version,
        document_title=passage.document_title,
        source=passage.source,
        place=place,
        text=passage.text[start - passage.start : end - passage.start],
        start_char_index=start,
        end_char_index=end,
        score=score,
    )
