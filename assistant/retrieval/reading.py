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
from assistant.lexicon import knows, normalised, stem_vectors, text_vectors

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What a sentence says, without any question.

    Attributes:
        text: Its words as stored.
        stems: Stems of its content words, in order.
        grams: Character 4-grams of its content words.
        unlike: Its different stems, in order of first use, also of words that may begin with "and"
            without it, and its dates as terms.
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
    counts = [Counter(own) for own in stems]
    unlike = [
        tuple(dict.fromkeys([*own, *_without_and(mine), *time_terms(text, mine)]))
        for text, mine, own in zip(texts, words, stems, strict=True)
    ]
    lengths = [len(mine) for mine in unlike]
    vectors = stem_vectors(list(chain.from_iterable(unlike)))
    times = [count[name] for count, mine in zip(counts, unlike, strict=True) for name in mine]
    wholes = text_vectors(vectors, np.array(times, np.float32), lengths)
    units = normalised(vectors)
    ends = list(accumulate(lengths))
    return tuple(
        Reading(
            text=text,
            stems=stems[i],
            grams=frozenset(chain.from_iterable(map(grams, words[i]))),
            unlike=unlike[i],
            vectors=units[ends[i] - lengths[i] : ends[i]],
            vector=wholes[i],
            unknown=frozenset(s for s in unlike[i] if not knows(s) and is_arabic(s)),
        )
        for i, text in enumerate(texts)
    )


def _without_and(words: Sequence[str]) -> list[str]:
    """Return stems of words whose first letter may be "and" and that were stemmed with it.

    A sentence of news begins with it more often than not, and its verb then looks like a noun: "and
    he visited", "ministry". Behind the ending of such a noun it is one.
    """
    shorter = [
        stem(word[1:])
        for word in words
        if word.startswith(_WAW) and word[-1] not in _FEMININE and stem(word).startswith(_WAW)
    ]
    return [name for name in shorter if len(name) >= _LEAST_LETTERS and knows(name)]


_WAW, _FEMININE = "\u0648", "\u0629\u0647"  # teh marbuta, and heh, which it is folded to
_LEAST_LETTERS = 3


def read_sentence(text: str) -> Reading:
    """Return what a single sentence says."""
    return read_sentences((text,))[0]


def unit_vectors(stems: Sequence[str]) -> Vectors:
    """Return vectors of length 1 of stems, shape (stems, dimensions); zeros for unknown ones."""
    return normalised(stem_vectors(stems))


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
