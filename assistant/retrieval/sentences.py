"""Which sentences of the found passages answer the question."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.language import content_words, fold, grams, stem
from assistant.language.dates import find_dates, find_years
from assistant.library import Passage, StoredSentence
from assistant.retrieval.passages import ScoredPassage
from assistant.retrieval.query import Query

_DIGIT = re.compile("[0-9]")
_NAME = re.compile(r"\b[A-Z][\w'-]+(?:\s+(?:[A-Z][\w'-]*\.?|of|de|von|al|bin|ibn))*\s+[A-Z][\w'-]+")
# A word counts as there in part when most of its 4-grams are.
_LEAST_GRAMS = 0.6
_USUAL_LENGTH = 120

FEATURES = (
    "coverage",  # information of the question's stems that the sentence has
    "local_coverage",  # the same, by how few of the candidates have them
    "gram_coverage",  # share of the question's 4-grams, by how few of the candidates have them
    "passage",  # its passage's score, as a share of the best passage's
    "passage_coverage",  # information of the question's stems that its passage has
    "before",  # coverage of the sentence before it
    "kind",  # it holds what the question asks for: a date, a number, a new name
    "length",  # ln of its length over 120 characters, shorter ones negative
    "first",  # it is the first of its passage
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence with what speaks for it.

    Attributes:
        passage: The passage it stands in.
        sentence: Its span and place.
        covered: How much of each stem of the question it has, 0 to 1; none left out.
        features: One number for each of `FEATURES`.
    """

    passage: Passage
    sentence: StoredSentence
    covered: Mapping[str, float]
    features: tuple[float, ...]

    @property
    def text(self) -> str:
        """Its words."""
        return self.passage.sentence_text(self.sentence)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A candidate sentence as it is compared with the question."""

    found: ScoredPassage
    index: int
    covered: dict[str, float]
    grams: frozenset[str]

    @property
    def sentence(self) -> StoredSentence:
        return self.found.passage.sentences[self.index]


def candidates(
    query: Query, found: Sequence[ScoredPassage], weights: Mapping[str, float]
) -> list[Candidate]:
    """Return all sentences of the found passages with their features.

    Args:
        query: The question.
        found: The passages, best first.
        weights: How telling each stem of the question is.

    Returns:
        The sentences, in order of their passages.
    """
    readings = [
        _read(query, passage, index)
        for passage in found
        for index in range(len(passage.passage.sentences))
    ]
    local = _rarity([reading.covered for reading in readings], query.stems)
    local_grams = _rarity([reading.grams for reading in readings], query.grams)
    best = max((passage.score for passage in found), default=0.0) or 1.0
    result = []
    for position, reading in enumerate(readings):
        before = readings[position - 1] if reading.index else None
        whole = _merged(r.covered for r in readings if r.found is reading.found)
        text = reading.found.passage.sentence_text(reading.sentence)
        features = (
            _share(reading.covered, weights),
            _share(reading.covered, local),
            _share(dict.fromkeys(reading.grams, 1.0), local_grams),
            reading.found.score / best,
            _share(whole, weights),
            _share(before.covered, weights) if before else 0.0,
            _fits_kind(query, text),
            math.log(max(len(text), 1) / _USUAL_LENGTH),
            0.0 if reading.index else 1.0,
        )
        result.append(Candidate(reading.found.passage, reading.sentence, reading.covered, features))
    return result


def _read(query: Query, found: ScoredPassage, index: int) -> _Reading:
    sentence = found.passage.sentences[index]
    words = set(content_words(found.passage.sentence_text(sentence)))
    stems = set(map(stem, words))
    held = frozenset(gram for word in words for gram in grams(word))
    covered = {}
    for name, parts in query.word_grams.items():
        share = 1.0 if name in stems else len(parts & held) / len(parts)
        if share >= _LEAST_GRAMS:
            covered[name] = share
    return _Reading(found, index, covered, held & query.grams.keys())


def _rarity(
    readings: Sequence[Mapping[str, float] | frozenset[str]], terms: Mapping[str, int]
) -> dict[str, float]:
    """Return for each term how few of the candidates have it."""
    return {
        term: math.log(1 + len(readings) / (0.5 + sum(term in reading for reading in readings)))
        for term in terms
    }


def _share(covered: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the covered share of all weights, 0 to 1."""
    total = sum(weights.values())
    return sum(weights[t] * share for t, share in covered.items()) / total if total else 0.0


def _merged(readings: Iterable[Mapping[str, float]]) -> dict[str, float]:
    merged: dict[str, float] = {}
    for covered in readings:
        for term, share in covered.items():
            merged[term] = max(share, merged.get(term, 0.0))
    return merged


def _fits_kind(query: Query, text: str) -> float:
    """Return 1 where a sentence holds what the question asks for, 0 where not or unknown."""
    if query.kind == "when":
        return float(bool(find_dates(text) or find_years(text)))
    if query.kind == "how_many":
        return float(bool(_DIGIT.search(fold(text))))
    if query.kind == "who":
        return float(_has_new_name(query, text))
    return 0.0


def _has_new_name(query: Query, text: str) -> bool:
    """Return whether a sentence has two capitalised words in a row that the question lacks.

    Arabic has no capitals: there any sentence may name somebody.
    """
    return any(
        not set(map(stem, content_words(match))) & query.stems.keys()
        for match in _NAME.findall(text)
    )
