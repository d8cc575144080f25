"""A claim or a source as it is compared: its words, and the hard facts in it."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from assistant.language import bare, is_arabic, main_language, stem, stop_words
from assistant.language.moments import DateSpan, Name, find_dates_in, find_names
from assistant.language.negation import Negation, find_negations
from assistant.language.numerals import Number, find_numbers
from assistant.language.quantities import Limit, Quantity, find_quantities, limit_of
from assistant.language.tokens import Token, tokens
from assistant.lexicon import (
    is_place,
    knows,
    name_vectors,
    passage_rate,
    spellings,
    text_vector,
    translations,
)

_LEAST_NAME = 3
_SAME_NAME, _LIKELIEST = 0.72, 2
_SENTENCE_ENDS = ".!?\u061f\u2026:"


@dataclass(frozen=True, slots=True)
class Word:
    """A content word.

    Attributes:
        place: Of its token.
        text: Folded, without a possessive.
        stem: Its stem.
        weight: How telling it is, in nats.
        is_name: Whether it is a name, as far as can be told.
        is_arabic: Whether it is in Arabic letters.
    """

    place: int
    text: str
    stem: str
    weight: float
    is_name: bool
    is_arabic: bool


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """What a text says, in pieces that can be compared.

    Attributes:
        text: The text.
        language: Its main language, ``ar`` or ``en``.
        tokens: Its tokens.
        words: Its content words: no stop words, numbers, months, negations or quantities.
        numbers: Its numbers.
        limits: What bounds each of them.
        names: Months and weekdays.
        dates: Dates with month and year.
        quantities: Quantity words.
        negations: Words that deny.
        spoken: Vectors of the words as names, shape (spellings, dimensions).
        speakers: For each row of ``spoken`` the index of its word.
        vector: Of the whole text, shape (dimensions,), length 1 or zeros.
    """

    text: str
    language: str
    tokens: tuple[Token, ...]
    words: tuple[Word, ...]
    numbers: tuple[Number, ...]
    limits: tuple[Limit, ...]
    names: tuple[Name, ...]
    dates: tuple[DateSpan, ...]
    quantities: tuple[Quantity, ...]
    negations: tuple[Negation, ...]
    spoken: npt.NDArray[np.float32]
    speakers: npt.NDArray[np.int64]
    vector: npt.NDArray[np.float32]

    def said(self, first: int, last: int) -> str:
        """Return the words between two places as they were written."""
        if not self.tokens[first:last]:
            return ""
        behind = self.tokens[last].origin if last < len(self.tokens) else len(self.text)
        return self.text[self.tokens[first].origin : behind].strip(" .,;:!?()[]\"'\u060c\u061b\n\t")


@lru_cache(maxsize=1 << 12)
def read_statement(text: str) -> Statement:
    """Return what a text says; the texts that were read last are kept."""
    found = tokens(text)
    names = find_names(found)
    taken = {place for name in names for place in range(name.first, name.last) if name.is_sure}
    numbers = find_numbers(found, taken)
    limits = tuple(limit_of(found, number.first, number.last) for number in numbers)
    bounding = {place for limit in limits for place in limit.places}
    quantities = find_quantities(found)
    negations = find_negations(found, bounding)
    taken |= {place for number in numbers for place in range(number.first, number.last)}
    taken |= bounding | {n.place for n in negations if n.is_strong}
    taken |= {quantity.place for quantity in quantities if quantity.is_sure}
    words = tuple(_words(found, taken))
    spelled = [(n, s) for n, word in enumerate(words) for s in spellings(word.text)]
    return Statement(
        text=text,
        language=main_language(text),
        tokens=found,
        words=words,
        numbers=numbers,
        limits=limits,
        names=names,
        dates=find_dates_in(text, found),
        quantities=quantities,
        negations=negations,
        spoken=name_vectors([spelling for _, spelling in spelled]),
        speakers=np.array([owner for owner, _ in spelled], dtype=np.int64),
        vector=text_vector(Counter(word.stem for word in words)),
    )


def _words(found: tuple[Token, ...], taken: set[int]) -> list[Word]:
    stop = stop_words()
    words = []
    for place, token in enumerate(found):
        text = bare(token.text)
        if place in taken or token.text in stop or not text or not text[0].isalpha():
            continue
        if len(text) == 1 and not token.is_capital:
            continue
        root = stem(text)
        weight = -math.log(passage_rate(root))
        is_name = _is_name(found, place, root)
        words.append(Word(place, text, root, weight, is_name, is_arabic(text)))
    return words


def _is_name(found: tuple[Token, ...], place: int, root: str) -> bool:
    token = found[place]
    if is_arabic(token.text):
        return is_place(root) or (len(root) > _LEAST_NAME and not knows(root))
    if not token.is_capital:
        return False
    is_first = place == 0 or any(sign in token.before for sign in _SENTENCE_ENDS)
    return not is_first or is_place(root) or not knows(root) or _sounds_like_itself(root)


@lru_cache(maxsize=1 << 14)
def _sounds_like_itself(root: str) -> bool:
    """Return whether a stem has no translation but the same word in the other script."""
    likely = sorted(translations(root), key=translations(root).__getitem__)[-_LIKELIEST:]
    if not likely:
        return True
    mine, *others = name_vectors([root, *likely])
    return max(float(mine @ other) for other in others) >= _SAME_NAME
