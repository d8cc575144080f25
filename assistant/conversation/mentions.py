"""Who and what a cited sentence names that the question before it did not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.conversation.topic import EDGES
from assistant.language import content_words, fold, is_arabic, month_terms, stem, stop_words, words
from assistant.lexicon import is_place, knows

# A name in English: capitalised words, joined by what may stand inside a name.
# A combining mark belongs to the letter before it, whatever its script.
_MARKS = "\u0300-\u036f\u064b-\u065f\u0670"
_NAME = re.compile(
    rf"(?<![\w{_MARKS}])[A-Z][\w'\u2019-]*(?:\s+(?:(?:of|de|von|van|al|bin|ibn|der|la)\s+)?[A-Z][\w'\u2019-]*\.?)*"
    # No part of a number, such as the head of "A1,234.5".
    rf"(?![\w{_MARKS}]|[.,\u066b\u066c]\d)"
)
_BEFORE_PLACE = re.compile(r"\b(?:in|at|near|on|off|outside|around)\s+(?:the\s+)?$")
_TITLES_EN = frozenset(
    "physician doctor dr engineer architect captain mayor minister ministers president king queen "
    "prince princess general colonel professor mr mrs ms miss sir lord lady writer author poet "
    "painter sculptor director founder judge bishop historian merchant explorer scientist".split()
)
_TITLES_AR = frozenset(
    fold(
        "الطبيب الطبيبة المهندس المهندسة المعماري المعمارية الكاتب الكاتبة الوزير الوزيرة الوزيران "
        "الوزيرين الرئيس الرئيسة الرحالة القائد القائدة الأمير الأميرة الملك الملكة الشاعر الشاعرة "
        "الدكتور الدكتورة الأستاذ الأستاذة الجنرال العقيد القبطان الوالي المدير المديرة العالم "
        "العالمة الفنان الفنانة الرسام الرسامة المؤرخ المؤرخة الصحفي الصحفية التاجر القاضي السيد "
        "السيدة الشيخ النائب السفير المستكشف الأديب الأديبة"
    ).split()
)
_AGENTS_AR = re.compile(r"^(?:ب(?:اشراف|قياده|رئاسه|مبادره|امر|يد)|يد|قبل)$")
_PLACE_AR = frozenset(fold("في قرب إلى من على عند وفي").split())
_TIMES_AR = frozenset(fold("عام سنة شهر يوم منذ خلال نحو حوالي").split())
_ENDS = re.compile('[.,;:!?\u061f\u060c\u061b()\u00ab\u00bb"]$')
_MOST_WORDS = 4
_TWO = 2  # words of a full name
_SHORTEST_SHARED = 4


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of words that may be a name.

    Attributes:
        text: The words.
        is_place: It stands where a place stands, or is known to be one.
        weight: How much speaks for a person.
    """

    text: str
    is_place: bool
    weight: int


def person(cited: str, question: str) -> str:
    """Return who a sentence names and its question did not.

    Args:
        cited: A sentence of a document.
        question: A question that asks who; the sentence answers it.

    Returns:
        One name, or two joined by "and" or «و»; empty where none is sure.
    """
    runs = [run for run in _runs(cited, question) if not run.is_place]
    best = max((run.weight for run in runs), default=0)
    chosen = [run.text for run in runs if run.weight == best]
    if not chosen:
        return ""
    # Two names that the sentence joins are one answer.
    others = "|".join(re.escape(run.text) for run in runs)
    joined = re.search(rf"{re.escape(chosen[0])} and (?:{others})", cited)
    if joined:
        return joined[0]
    return chosen[0] if len(chosen) == 1 else ""


def place(cited: str, question: str) -> str:
    """Return the place that a sentence names and its question, which asks where, did not."""
    found = [run.text for run in _runs(cited, question) if run.is_place]
    return found[0] if found else ""


def name(cited: str, question: str) -> str:
    """Return the one name of a sentence that its question does not hold; empty for none or more."""
    found = [run.text for run in _runs(cited, question)]
    is_one = len(found) == 1 and not is_arabic(fold(found[0])[:1])
    return found[0] if is_one else ""


def names_in(text: str) -> list[str]:
    """Return the capitalised names of a text in Latin letters, its first word apart."""
    found = [" ".join(_plain(match[0])) for match in _NAME.finditer(text) if match.start()]
    return [run for run in found if run]


def _runs(cited: str, question: str) -> Iterator[_Run]:
    known = {stem(word) for word in words(question)}
    is_latin = not any(is_arabic(word) for word in words(cited)[:3])
    yield from _latin_runs(cited, known) if is_latin else _arabic_runs(cited, known)


def _latin_runs(cited: str, known: set[str]) -> Iterator[_Run]:
    for match in _NAME.finditer(cited):
        parts = _plain(match[0])
        own = [stem(word) for part in parts for word in words(part)]
        before = cited[: match.start()]
        # The first word has its capital from its place, unless no table knows it.
        is_any = not words(before) and len(own) == 1 and knows(own[0])
        if not own or known.issuperset(own) or is_any:
            continue
        previous = (words(before) or [""])[-1]
        stands = _BEFORE_PLACE.search(before) is not None or all(map(is_place, own))
        weight = 1 + (previous in _TITLES_EN or previous == "by") + (len(parts) > 1)
        yield _Run(" ".join(parts), stands, weight)


def _plain(run: str) -> list[str]:
    """Return the words of a name without stop words, titles and months at its edges."""
    parts = [part.rstrip(".") if len(part) > len("J.") else part for part in run.split()]
    while parts and (not content_words(parts[0]) or month_terms(words(parts[0]))):
        parts = parts[1:]
    if len(parts) > _TWO and fold(parts[0]) in _TITLES_EN:
        parts = parts[1:]
    return parts


def _arabic_runs(cited: str, known: set[str]) -> Iterator[_Run]:
    """Yield runs of words between those that the question holds, that join, or that end a clause.

    Arabic has no capitals, so what is left of the answer once the question is taken out of it is
    the best sign of a name.
    """
    run: list[str] = []
    opener = ""
    tokens = [token.strip(EDGES) for token in cited.split()]
    for token in [*cited.split(), ""]:
        word = token.strip(EDGES)
        # A family's name may stand in the question too, as that of what is named after it.
        is_again = bool(run) and tokens.count(word) > 1
        if not word or (_is_border(word, known) and not is_again):
            yield from _arabic_run(run, opener)
            run, opener = [], fold(word)
            continue
        run.append(word)
        if _ENDS.search(token):
            yield from _arabic_run(run, opener)
            run, opener = [], ""


def _arabic_run(run: Sequence[str], opener: str) -> Iterator[_Run]:
    folded = [fold(word) for word in run]
    titled = next((i for i, word in enumerate(folded) if word in _TITLES_AR), -1)
    is_agent = bool(_AGENTS_AR.match(opener))
    stands = opener in _PLACE_AR and titled < 0 and not is_agent
    kept = list(run)
    if titled >= 0:
        # The title itself goes where a name of two words is left.
        kept = kept[titled + (len(kept) - titled > _TWO) :]
    strange = next((i for i, word in enumerate(kept) if not knows(stem(fold(word)))), -1)
    if titled < 0 <= strange <= len(kept) - _TWO:
        # No table holds most names; a word before them that one holds is none of theirs.
        kept = kept[strange:]
    weight = 2 * (titled >= 0) + is_agent + (strange >= 0) + (len(kept) > 1)
    # One word that nothing marks may be anything.
    if 0 < len(kept) <= _MOST_WORDS and (weight or stands):
        yield _Run(" ".join(kept), stands, weight)


def _is_border(word: str, known: set[str]) -> bool:
    folded = fold(word)
    if folded in stop_words() or folded in _TIMES_AR or _AGENTS_AR.match(folded):
        return True
    if not is_arabic(folded) or month_terms([folded]):
        return True
    own = stem(folded)
    return own in known or any(_is_akin(own, other) for other in known)


def _is_akin(first: str, second: str) -> bool:
    """Return whether two stems begin with the same letters, as a verb and its noun may."""
    return len(first) >= _SHORTEST_SHARED and first[:4] == second[:4]
