"""What speaks for each candidate sentence, as numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.language import detect_language, main_language
from assistant.lexicon import text_vector
from assistant.library import StoredSentence
from assistant.retrieval.coverage import Coverage, title_rows
from assistant.retrieval.fitting import Fitting
from assistant.retrieval.meanings import Understood
from assistant.retrieval.passages import ScoredPassage
from assistant.retrieval.reading import Reading, length

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
    "coverage_with_before",  # coverage together with the sentence before it
    "local_coverage_with_before",  # the same, by how few of the candidates have them
    "coverage_with_title",  # coverage together with its document's title
    "local_coverage_with_title",  # the same, by how few of the candidates have them
    "local_coverage_with_both",  # local coverage together with the title and the sentence before
    "soft_coverage_with_before",  # soft coverage together with the sentence before it
    "soft_local_coverage_with_before",  # the same, by how few of the candidates have them
    "window",  # local coverage of the few words in a row that have most of it
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
_MARKS = ("?", "\u061f")
_CLOSERS = " \n*_\"'\u201d\u00bb)]"


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A candidate sentence in its place.

    Attributes:
        owner: The number of its passage among the found ones.
        found: That passage.
        index: Its number among the sentences of the passage.
        reading: What it says.
    """

    owner: int
    found: ScoredPassage
    index: int
    reading: Reading

    @property
    def sentence(self) -> StoredSentence:
        """Its span and place."""
        return self.found.passage.sentences[self.index]


def feature_rows(
    asked: Understood, found: Sequence[ScoredPassage], places: Sequence[Placed], has: Numbers
) -> Numbers:
    """Return the features of all candidates of one question.

    Args:
        asked: The question.
        found: The passages, best first.
        places: The candidates; at least one.
        has: Shape (candidates, stems): how far each has each stem of the question.

    Returns:
        One row a candidate, one column for each of `FEATURES`.
    """
    owners = np.array([place.owner for place in places])
    titles = title_rows(asked, [passage.passage.document_title for passage in found])[owners]
    readings = [place.reading for place in places]
    named = {
        **Coverage(asked, readings, has, owners, titles).features(),
        **Fitting(asked, readings, [place.index == 0 for place in places]).features(),
        **_likenesses(asked, places),
        **_surroundings(found, places),
        "across": _each(places, lambda place: _language(place) != asked.query.language),
    }
    return np.stack([named[name] for name in FEATURES], axis=1)


def _language(place: Placed) -> str:
    """Return a candidate's language; where it has none of its own, its passage's."""
    own = detect_language(place.reading.text)
    return own if own in ("ar", "en") else main_language(place.found.passage.text)


def _each(places: Sequence[Placed], read: Callable[[Placed], float]) -> Numbers:
    return np.array([float(read(place)) for place in places])


def _likenesses(asked: Understood, places: Sequence[Placed]) -> dict[str, Numbers]:
    whole = text_vector(asked.query.stems)
    cosine = _each(places, lambda place: float(place.reading.vector @ whole))
    return {"cosine": cosine, "cosine_below_best": cosine - cosine.max()}


def _surroundings(found: Sequence[ScoredPassage], places: Sequence[Placed]) -> dict[str, Numbers]:
    scores = _each(places, lambda place: place.found.score)
    best = found[0].score
    return {
        "passage": scores / (best or 1.0),
        "passage_below_best": scores - best,
        "length": _each(places, lambda place: length(place.reading.text)),
        "first": _each(places, lambda place: place.index == 0),
        "asks": _each(places, lambda p: p.reading.text.rstrip(_CLOSERS).endswith(_MARKS)),
    }
