"""What a question asks for: its words, its terms, the kind of answer it wants."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from assistant.language import content_words, fold, grams, question_language, stem, words

QuestionKind = Literal["who", "when", "where", "how_many", "other"]

# In folded text. The word that asks stands first in Arabic, after a conjunction at most.
_KINDS: tuple[tuple[QuestionKind, re.Pattern[str]], ...] = (
    (
        "when",
        re.compile(
            r"^[وف]?(?:(?:في |منذ |حتي |الي )?متي\b"
            r"|(?:في |منذ |حتي |الي )?اي[هة]? (?:عام|سنه|تاريخ|يوم|شهر|وقت|قرن|عقد)\b"
            r"|ما (?:هو |هي )?(?:تاريخ|موعد)\b)"
            r"|\b(?:when|what (?:year|date|day|month|century|time)"
            r"|(?:in|on|by|during) which (?:year|date|day|month|century|decade))\b"
        ),
    ),
    (
        "how_many",
        re.compile(
            r"^[وفبل]?كم\b"
            r"|^[وف]?ما (?:هو |هي )?"
            r"(?:عدد|نسبه|حجم|مساحه|طول|ارتفاع|عمر|سعر|تكلفه|قيمه|مقدار)\b"
            r"|\bhow (?:many|much|old|long|far|tall|large|big|often|high|deep|fast)\b"
            r"|\bwhat (?:percent|percentage|number|amount|proportion|share)\b"
        ),
    ),
    ("where", re.compile(r"^[وف]?(?:من |الي )?اين\b|\bwhere\b")),
    ("who", re.compile(r"^[وف]?(?:من|مع من|لمن|بمن|عمن|ممن)\b|\b(?:who|whom|whose)\b")),
)


@dataclass(frozen=True, slots=True)
class Query:
    """A question, analysed.

    Attributes:
        text: The question.
        language: The language to answer in, ``ar`` or ``en``.
        kind: The kind of answer it wants.
        stems: Stems of its content words, with counts.
        grams: Character 4-grams of its content words, with counts.
        word_grams: Per stem the 4-grams of its words.
    """

    text: str
    language: Literal["ar", "en"]
    kind: QuestionKind
    stems: Counter[str]
    grams: Counter[str]
    word_grams: dict[str, frozenset[str]]


def analyse(text: str, language: Literal["ar", "en"] | None = None) -> Query:
    """Return a question analysed.

    A question of stop words only keeps all its words, so that it finds what it can.

    Args:
        text: The question, in Arabic or English.
        language: The language to answer in; by default the one it is asked in.

    Returns:
        Its terms and kind.
    """
    chosen = content_words(text) or words(text)
    per_stem: dict[str, frozenset[str]] = {}
    for word in chosen:
        per_stem[stem(word)] = per_stem.get(stem(word), frozenset()) | frozenset(grams(word))
    return Query(
        text=text,
        language=language or question_language(text),
        kind=question_kind(text),
        stems=Counter(map(stem, chosen)),
        grams=Counter(gram for word in chosen for gram in grams(word)),
        word_grams=per_stem,
    )


def question_kind(text: str) -> QuestionKind:
    """Return the kind of answer that a question wants."""
    folded = " ".join(fold(text).split())
    for kind, pattern in _KINDS:
        if pattern.search(folded):
            return kind
    return "other"
