"""Which sentences of the found passages answer the question: what speaks for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from assistant.language import main_language, stem
from assistant.lexicon import is_place, text_vector
from assistant.library import Passage, StoredSentence
from assistant.retrieval import kinds
from assistant.retrieval.meanings import Understood
from assistant.retrieval.passages import ScoredPassage, title_stems
from assistant.retrieval.reading import (
    Reading,
    covered,
    length,
    rarity,
    read_sentence,
    unit_vectors,
)

Numbers = npt.NDArray[np.float64]

FEATURES = (
    "coverage",  # information of the question's stems that the sentence has
    "local_coverage",  # the same, by how few of the candidates have them
    "passage_local_coverage",  # the same, by how few of its passage's sentences have them
    "gram_coverage",  # share of the question's 4-grams, by how few of the candidates have them
    "soft_coverage",  # coverage where any word near in meaning counts by its cosine
    "soft_local_coverage",  # the same, by how few of the candidates have them
    "matched",  # share of the question's stems that it has, each counted alike
    "unmatched",  # information of the rarest stem that it lacks
    "cosine",  # of the sentence's vector and the question's
    "cosine_below_best",  # the same, less the best candidate's
    "passage",  # its passage's score, as a share of the best passage's
    "passage_below_best",  # its passage's score, less the best passage's
    "passage_coverage",  # information of the question's stems that its passage has
    "title",  # information of the question's stems that its document's title has
    "before",  # coverage of the sentence before it
    "after",  # coverage of the sentence behind it
    "length",  # ln of its length over 120 characters, shorter ones negative
    "first",  # it is the first of its passage
    "neighbours",  # share of the question's neighbouring stems that are neighbours in it
    "time",  # asked when: it has a date or a year
    "number",  # asked how many: it has a number
    "number_near",  # asked when or how many: how near a number is to a word of the question
    "name",  # asked who: it has a name that the question lacks
    "place",  # asked where: it has a word that stands before a place
    "named_place",  # asked where: it has a country or city that the question lacks
    "reason",  # asked why: it has a word that gives a reason
    "beginning",  # asked what something is: it is the first of its passage
    "capitals",  # its capitalised words that the question lacks, up to three
    "unknown",  # its words that no table knows and the question lacks, up to three
    "asks",  # it is a question itself
    "across",  # it is in the other language
)
_MOST_NAMES = 3
_MARKS = ("?", "\u061f")
_CLOSERS = " \n*_\"'\u201d\u00bb)]"
_NEAR = 2


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A sentence with what speaks for it.

    Attributes:
        passage: The passage it stands in.
        sentence: Its span and place.
        reading: What it says.
        covered: How much of each stem of the question it has, 0 to 1, in the question's order.
        features: One number for each of `FEATURES`.
    """

    passage: Passage
    sentence: StoredSentence
    reading: Reading
    covered: Numbers
    features: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class _Place:
    """Where a candidate stands: in which of the found passages, at which of its sentences."""

    owner: int
    found: ScoredPassage
    index: int
    reading: Reading

    @property
    def sentence(self) -> StoredSentence:
        return self.found.passage.sentences[self.index]


def candidates(asked: Understood, found: Sequence[ScoredPassage]) -> list[Candidate]:
    """Return all sentences of the found passages with their features.

    Args:
        asked: The question.
        found: The passages, best first.

    Returns:
        The sentences, in order of their passages.
    """
    places = [
        _Place(owner, passage, index, read_sentence(passage.passage.sentence_text(sentence)))
        for owner, passage in enumerate(found)
        for index, sentence in enumerate(passage.passage.sentences)
    ]
    if not places or not asked.alternatives:
        return []
    has = np.array([covered(p.reading, asked.alternatives, asked.query.word_grams) for p in places])
    features = _Features(asked, found, places, has)
    rows = features.rows()
    return [
        Candidate(p.found.passage, p.sentence, p.reading, has[i], rows[i])
        for i, p in enumerate(places)
    ]


class _Features:
    """The features of all candidates of one question.

    Args:
        asked: The question.
        found: The passages.
        places: The candidates.
        has: Shape (candidates, stems): how far each has each stem.
    """

    def __init__(
        self,
        asked: Understood,
        found: Sequence[ScoredPassage],
        places: Sequence[_Place],
        has: Numbers,
    ) -> None:
        self._asked = asked
        self._found = found
        self._places = places
        self._has = has
        self._weights = np.array([asked.weights[s] for s in asked.alternatives])
        self._owners = np.array([place.owner for place in places])

    def rows(self) -> Numbers:
        """Return one row a candidate, one column for each of `FEATURES`."""
        named = {**self._coverages(), **self._likenesses(), **self._surroundings(), **self._kinds()}
        across = [self._is_across(found.passage) for found in self._found]
        named["across"] = np.array(across, dtype=float)[self._owners]
        return np.stack([named[name] for name in FEATURES], axis=1)

    def _each(self, read: Callable[[_Place], float]) -> Numbers:
        return np.array([float(read(place)) for place in self._places])

    def _coverages(self) -> dict[str, Numbers]:
        has, weights = self._has, self._weights
        local = rarity(has.sum(axis=0), len(has))
        within = np.zeros(len(has))
        whole = np.zeros(len(has))
        for owner in range(len(self._found)):
            mine = self._owners == owner
            if mine.any():
                inside = rarity(has[mine].sum(axis=0), int(mine.sum()))
                within[mine] = _share(has[mine], inside)
                whole[mine] = _share(has[mine].max(axis=0, keepdims=True), weights)
        return {
            "coverage": _share(has, weights),
            "local_coverage": _share(has, local),
            "passage_local_coverage": within,
            "passage_coverage": whole,
            "gram_coverage": self._gram_coverage(),
            "matched": has.mean(axis=1),
            "unmatched": (weights * (1 - has)).max(axis=1) / _MUCH,
            "neighbours": self._each(lambda p: self._neighbours(p.reading)),
        }

    def _gram_coverage(self) -> Numbers:
        grams = list(self._asked.query.grams)
        has = np.array([[gram in p.reading.grams for gram in grams] for p in self._places], float)
        return _share(has, rarity(has.sum(axis=0), len(has)))

    def _neighbours(self, reading: Reading) -> float:
        """Return the share of neighbouring stems of the question that are neighbours in it."""
        order = [stem(word) for word in self._asked.query.words]
        if len(order) < _NEAR:
            return 0.0
        stands: dict[str, list[int]] = {name: [] for name in self._asked.alternatives}
        for place, held in enumerate(reading.stems):
            for name, others in self._asked.alternatives.items():
                if held in others:
                    stands[name].append(place)
        near = sum(
            any(abs(a - b) <= _NEAR for a in stands[left] for b in stands[right])
            for left, right in pairwise(order)
        )
        return near / (len(order) - 1)

    def _likenesses(self) -> dict[str, Numbers]:
        names = list(self._asked.alternatives)
        asked = unit_vectors(names)
        soft = np.array(
            [
                (asked @ p.reading.vectors.T).max(axis=1)
                if len(p.reading.vectors)
                else 0 * asked[:, 0]
                for p in self._places
            ]
        )
        soft = np.maximum(np.maximum(soft, 0.0), self._has)
        whole = text_vector(self._asked.query.stems)
        cosine = self._each(lambda p: float(p.reading.vector @ whole))
        return {
            "soft_coverage": _share(soft, self._weights),
            "soft_local_coverage": _share(soft, rarity(soft.sum(axis=0), len(soft))),
            "cosine": cosine,
            "cosine_below_best": cosine - cosine.max(),
        }

    def _surroundings(self) -> dict[str, Numbers]:
        coverage = _share(self._has, self._weights)
        scores = self._each(lambda p: p.found.score)
        best = self._found[0].score
        same = self._owners[1:] == self._owners[:-1]
        return {
            "passage": scores / (best or 1.0),
            "passage_below_best": scores - best,
            "title": np.array([self._title(f.passage) for f in self._found])[self._owners],
            "before": np.concatenate([[0.0], coverage[:-1] * same]),
            "after": np.concatenate([coverage[1:] * same, [0.0]]),
            "length": self._each(lambda p: length(p.reading.text)),
            "first": self._each(lambda p: p.index == 0),
            "asks": self._each(lambda p: p.reading.text.rstrip(_CLOSERS).endswith(_MARKS)),
        }

    def _title(self, passage: Passage) -> float:
        held = title_stems(passage.document_title)
        has = [float(not held.isdisjoint(others)) for others in self._asked.alternatives.values()]
        return float(_share(np.array([has]), self._weights)[0])

    def _kinds(self) -> dict[str, Numbers]:
        kind = self._asked.query.kind
        reads: dict[str, tuple[tuple[kinds.QuestionKind, ...], Callable[[_Place], float]]] = {
            "time": (("when",), lambda p: kinds.holds_time(p.reading.text)),
            "number": (("how_many",), lambda p: kinds.holds_number(p.reading.text)),
            "number_near": (("when", "how_many"), lambda p: self._number_near(p.reading)),
            "name": (("who",), lambda p: self._new_name(p.reading)),
            "place": (("where",), lambda p: kinds.holds_place(p.reading.text)),
            "named_place": (("where",), lambda p: self._new_place(p.reading)),
            "reason": (("why",), lambda p: kinds.holds_reason(p.reading.text)),
            "beginning": (("what_is",), lambda p: p.index == 0),
            "capitals": (_NAMING, lambda p: self._capitals(p.reading)),
            "unknown": (_NAMING, lambda p: self._unknown(p.reading)),
        }
        nothing = np.zeros(len(self._places))
        return {
            name: self._each(read) if kind in asked_for else nothing
            for name, (asked_for, read) in reads.items()
        }

    def _number_near(self, reading: Reading) -> float:
        """Return 1 over 1 plus the words between a number and a word of the question."""
        names = self._asked.alternatives
        numbers = [i for i, s in enumerate(reading.stems) if kinds.is_number(s) and s not in names]
        held = [
            i for i, s in enumerate(reading.stems) if any(s in others for others in names.values())
        ]
        return max((1 / (1 + abs(a - b)) for a in numbers for b in held), default=0.0)

    def _new_name(self, reading: Reading) -> float:
        if main_language(reading.text) == "ar":
            # No capitals: words that are in no table are names more often than not.
            return min(1.0, self._unknown(reading) / 2)
        return float(kinds.holds_new_name(reading.text, self._asked.query.stems))

    def _new_place(self, reading: Reading) -> float:
        asked = set().union(*self._asked.alternatives.values())
        return float(any(is_place(name) for name in reading.unlike if name not in asked))

    def _capitals(self, reading: Reading) -> float:
        return float(min(_MOST_NAMES, kinds.capitals(reading.text, self._asked.query.stems)))

    def _unknown(self, reading: Reading) -> float:
        return float(min(_MOST_NAMES, len(reading.unknown - self._asked.query.stems.keys())))

    def _is_across(self, passage: Passage) -> bool:
        return main_language(passage.text) != self._asked.query.language


_NAMING: tuple[kinds.QuestionKind, ...] = ("who", "where", "other")
# An information in nats that few words have.
_MUCH = 8.0


def _share(has: Numbers, weights: Numbers) -> Numbers:
    """Return the covered share of all weights by row, 0 to 1."""
    total = weights.sum()
    shares: Numbers = has @ weights / total if total else np.zeros(len(has))
    return shares
