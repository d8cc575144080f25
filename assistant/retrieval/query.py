"""What a question asks for: its words, its terms, the kind of answer it wants."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from assistant.language import (
    content_words,
    date_terms,
    grams,
    is_arabic,
    month_terms,
    neighbouring_days,
    question_language,
    stem,
    words,
)
from assistant.lexicon import knows
from assistant.retrieval.kinds import QuestionKind, question_kind

_CAPITAL = re.compile(r"\b[A-Z][\w'-]*")
# In folded words: the noun says nothing of what is counted.
_NUMBER_OF = re.compile(
    r"^[وفبل]?(?:كم|ما(?: هو| هي)?) عدد\b|^what (?:is|are|was|were) the number of\b"
)
_NUMBERS = ("عدد", "number")


@dataclass(frozen=True, slots=True)
class Query:
    """A question, analysed.

    Attributes:
        text: The question.
        language: The language to answer in, ``ar`` or ``en``.
        kind: The kind of answer it wants.
        words: Its content words, folded, in order.
        stems: Stems of its content words and its dates as terms, with counts.
        grams: Character 4-grams of its content words, with counts.
        word_grams: Per stem the 4-grams of its words.
        names: Stems that are names as far as can be seen: capitalised, or in no table.
        nearby: For a Hijri date among the stems the days before and after it.
    """

    text: str
    language: Literal["ar", "en"]
    kind: QuestionKind
    words: tuple[str, ...]
    stems: Counter[str]
    grams: Counter[str]
    word_grams: dict[str, frozenset[str]]
    names: frozenset[str]
    nearby: Mapping[str, tuple[str, str]]


def analyse(text: str, language: Literal["ar", "en"] | None = None) -> Query:
    """Return a question analysed.

    Stop words are in no index, so a question of nothing else has no terms and finds nothing.

    Args:
        text: The question, in Arabic or English.
        language: The language to answer in; by default the one it is asked in.

    Returns:
        Its terms and kind.
    """
    chosen = _telling(text)
    per_stem: dict[str, frozenset[str]] = {}
    for word in chosen:
        per_stem[stem(word)] = per_stem.get(stem(word), frozenset()) | frozenset(grams(word))
    return Query(
        text=text,
        language=language or question_language(text),
        kind=question_kind(text),
        words=tuple(chosen),
        stems=Counter([*map(stem, chosen), *date_terms(text), *month_terms(words(text))]),
        grams=Counter(gram for word in chosen for gram in grams(word)),
        word_grams=per_stem,
        names=_names(text, per_stem),
        nearby=neighbouring_days(text),
    )


def _telling(text: str) -> list[str]:
    """Return the content words of a question, less what only asks for a number."""
    chosen = content_words(text)
    asks = len(chosen) > 1 and chosen[0] in _NUMBERS and _NUMBER_OF.match(" ".join(words(text)))
    return list(chosen[1:] if asks else chosen)


def _names(text: str, stems: Collection[str]) -> frozenset[str]:
    """Return the stems of capitalised words, the first word apart, and Arabic ones in no table."""
    capital = {
        stem(word)
        for match in _CAPITAL.finditer(text)
        if words(text[: match.start()])
        for word in words(match[0])
    }
    unknown = {name for name in stems if is_arabic(name) and not knows(name)}
    return frozenset((capital | unknown) & set(stems))
