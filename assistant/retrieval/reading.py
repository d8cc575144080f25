"""A stored sentence as it is compared with questions: its terms, its vectors, what it holds."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain

import numpy as np
import numpy.typing as npt

from assistant.language import content_words, grams, is_arabic, stem, time_terms
from assistant.lexicon import knows, stem_vectors, text_vector

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What a sentence says, without any question.

    Attributes:
        text: Its words as stored.
        stems: Stems of its content words, in order.
        grams: Character 4-grams of its content words.
        unlike: Its different stems, in order of first use, and its dates as terms.
        vectors: A vector of length 1 for each of ``unlike``, or zeros.
        vector: The vector of the whole.
        unknown: Arabic stems that no table knows: mostly names.
    """

    text: str
    stems: tuple[str, ...]
    grams: frozenset[str]
    unlike: tuple[str, ...]
    vectors: Vectors
    vector: Vectors
    unknown: frozenset[str]


@lru_cache(maxsize=1 << 10)
def read_sentences(texts: tuple[str, ...]) -> tuple[Reading, ...]:
    """Return what the sentences of a passage say; the passages of the last answers are kept.

    Args:
        texts: The sentences, together since their vectors are then looked up in one go.
    """
    words = [content_words(text) for text in texts]
    stems = [tuple(map(stem, mine)) for mine in words]
    unlike = [
        tuple(dict.fromkeys([*own, *time_terms(text, mine)]))
        for text, mine, own in zip(texts, words, stems, strict=True)
    ]
    vectors = stem_vectors(list(chain.from_iterable(unlike)))
    units = _units(vectors)
    ends = list(accumulate(map(len, unlike)))
    return tuple(
        Reading(
            text=text,
            stems=stems[i],
            grams=frozenset(chain.from_iterable(map(grams, words[i]))),
            unlike=unlike[i],
            vectors=units[ends[i] - len(unlike[i]) : ends[i]],
            vector=_text_vector(stems[i], vectors[ends[i] - len(unlike[i]) : ends[i]]),
            unknown=frozenset(s for s in unlike[i] if not knows(s) and is_arabic(s)),
        )
        for i, text in enumerate(texts)
    )


def _text_vector(stems: Sequence[str], vectors: Vectors) -> Vectors:
    counts = Counter(stems)
    return text_vector(counts, vectors[: len(counts)])


def read_sentence(text: str) -> Reading:
    """Return what a single sentence says."""
    return read_sentences((text,))[0]


def unit_vectors(stems: Sequence[str]) -> Vectors:
    """Return vectors of length 1 of stems, shape (stems, dimensions); zeros for unknown ones."""
    return _units(stem_vectors(stems))


def _units(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    units = vectors.copy()
    units /= np.where(lengths == 0, 1, lengths)
    return units


def covered(
    reading: Reading,
    meanings: Mapping[str, Mapping[str, float]],
    grams_of: Mapping[str, frozenset[str]],
) -> list[float]:
    """Return how far a sentence has each stem of a question, 0 to 1.

    Args:
        reading: The sentence.
        meanings: For each stem of the question what may stand for it, with weights.
        grams_of: For each stem the 4-grams of its words: a word counts in part when most of its
            grams are there.
    """
    held = set(reading.unlike)
    shares = []
    for name, others in meanings.items():
        share = max((w for other, w in others.items() if other in held), default=0.0)
        parts = grams_of.get(name)
        if share < 1 and parts:
            alike = len(parts & reading.grams) / len(parts)
            share = max(share, alike if alike >= _LEAST_GRAMS else 0.0)
        shares.append(share)
    return shares


# A word counts as there in part when most of its 4-grams are.
_LEAST_GRAMS = 0.6


def rarity(counts: npt.NDArray[np.float64], total: int) -> npt.NDArray[np.float64]:
    """Return how telling things are that this many of all candidates have, in nats."""
    return np.log1p(total / (0.5 + counts))


def length(text: str) -> float:
    """Return ln of a length over 120 characters; shorter ones are negative."""
    return math.log(max(len(text), 1) / _USUAL_LENGTH)


_USUAL_LENGTH = 120
