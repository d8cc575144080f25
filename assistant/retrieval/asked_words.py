"""Words that are looked for letter by letter in a text: as a word, a phrase, or a quoted phrase.

A word counts where its stem is the asked one's, or where it is the asked word with particles and
pronouns: the first finds other forms of it, the second finds those of which the stemmer takes off
too much or too little. Stop words have no place in an index and count only as they are written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from assistant.language import (
    PlacedWord,
    is_arabic,
    placed_words,
    stem,
    stop_words,
    without_article,
    words,
    written_forms,
)
from assistant.schema import Relation, Span

_QUOTED = re.compile(
    '\\s*(?:"([^"]+)"|\u201c(.+)\u201d|\u00ab(.+)\u00bb|\u201e(.+)[\u201c\u201d])\\s*', re.DOTALL
)

_ARTICLE = "\u0627\u0644"
# So much of a word that has lost its first letter must stand in each of its forms.
_BEGINNING = 3


class Found(NamedTuple):
    """Where asked words stand in a text, and how far they are the asked ones."""

    span: Span
    relation: Relation


@dataclass(frozen=True)
class AskedWord:
    """A word that is looked for.

    Attributes:
        word: The word, folded.
        others: What else counts for it, stems of either language, each with how it is the word.
        other_words: The same for whole folded words.
    """

    word: str
    others: Mapping[str, Relation] = field(default_factory=dict)
    other_words: Mapping[str, Relation] = field(default_factory=dict)

    @cached_property
    def stem(self) -> str:
        """Its stem."""
        return stem(self.word)

    @cached_property
    def is_stop(self) -> bool:
        """Whether it is in no index."""
        return self.word in stop_words()

    @cached_property
    def forms(self) -> frozenset[str]:
        """The word with what may be written onto it; stop words are none of them."""
        if self.is_stop:
            return frozenset((self.word,))
        return written_forms(self.word) - stop_words()

    @cached_property
    def stems(self) -> frozenset[str]:
        """Its stems: two where the stemmer takes its own first letter for a particle."""
        return frozenset((self.stem, stem(f"{_ARTICLE}{self._cut}") if self._cut else self.stem))

    @cached_property
    def _cut(self) -> str:
        """The word without its article, if its stem has lost the first letter; else nothing.

        The stemmer takes the first letter of Wahran for "and", but not behind the article; what is
        left is other names' too.
        """
        base = without_article(self.word)
        is_cut = is_arabic(base) and base[1:].startswith(self.stem)
        return base if is_cut and not base.startswith(self.stem) else ""

    @cached_property
    def _known(self) -> dict[str, Relation | None]:
        return {}

    def is_same(self, word: str) -> bool:
        """Return whether a folded word of a text is this word."""
        return self.relation(word) == "same"

    def relation(self, word: str) -> Relation | None:
        """Return how far a folded word of a text is this word; None if it is not."""
        known = self._known
        if word not in known:
            known[word] = self._relation(word)
        return known[word]

    def _relation(self, word: str) -> Relation | None:
        if word in self.forms:
            return "same"
        if self.is_stop or word in stop_words():
            return None
        stemmed = stem(word)
        if stemmed in self.stems and self._cut[:_BEGINNING] in word:
            return "same"
        return self.other_words.get(word) or self.others.get(stemmed)


@dataclass(frozen=True)
class Asked:
    """What is looked for: words that follow each other.

    Attributes:
        words: The words, in order; at least one.
        is_exact: Whether only these very words count, as folded.
    """

    words: tuple[AskedWord, ...]
    is_exact: bool = False

    @cached_property
    def content(self) -> tuple[AskedWord, ...]:
        """Its words without stop words."""
        return tuple(word for word in self.words if not word.is_stop)

    @cached_property
    def _seen(self) -> tuple[set[str], set[str]]:
        """The words that were compared so far, and those of them that count."""
        return set(), set()

    def may_be_in(self, text: str) -> bool:
        """Return whether a text has any of the words; quickly, since most have none."""
        compared, counting = self._seen
        held = set(words(text))
        for word in held - compared:
            if any(asked.relation(word) for asked in self.words):
                counting.add(word)
            compared.add(word)
        return not counting.isdisjoint(held)

    def find(self, text: str) -> list[Found]:
        """Return where it stands in a text, in order, not overlapping."""
        if not self.may_be_in(text):
            return []
        placed = placed_words(text)
        found = list(self._in_order(placed))
        if not self.is_exact and any(word.others for word in self.words):
            found += self._in_other_words([w for w in placed if w.word not in stop_words()])
        return apart(found)

    def _in_order(self, placed: Sequence[PlacedWord]) -> Iterator[Found]:
        """Yield where the very words follow each other."""
        tests: list[Callable[[str], bool]]
        tests = [w.word.__eq__ if self.is_exact else w.is_same for w in self.words]
        for run in _runs(placed, len(tests)):
            if all(test(word.word) for test, word in zip(tests, run, strict=True)):
                yield _found(run, "same")

    def _in_other_words(self, placed: Sequence[PlacedWord]) -> Iterator[Found]:
        """Yield where words that stand for the asked ones follow each other, in either order."""
        if not self.content:
            return
        for run in _runs(placed, len(self.content)):
            for asked in (self.content, self.content[::-1]):
                pairs = zip(asked, run, strict=True)
                relations = [word.relation(placed.word) for word, placed in pairs]
                if all(relations) and set(relations) != {"same"}:
                    yield _found(run, "name" if "name" in relations else "translation")
                    break


def _runs(placed: Sequence[PlacedWord], length: int) -> Iterator[Sequence[PlacedWord]]:
    for start in range(len(placed) - length + 1):
        yield placed[start : start + length]


def _found(run: Sequence[PlacedWord], relation: Relation) -> Found:
    return Found(Span(run[0].start, run[-1].end), relation)


def apart(found: Sequence[Found]) -> list[Found]:
    """Return what was found in order, of what overlaps the first, and of these the longest."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (f.span.start, -f.span.end)):
        if not kept or one.span.start >= kept[-1].span.end:
            kept.append(one)
    return kept


def asked_words(text: str) -> Asked:
    """Return what a text asks for: its words in order; in quotation marks, exactly these words.

    Args:
        text: The words.

    Returns:
        What is looked for; without words where the text has none.
    """
    match = _QUOTED.fullmatch(text)
    inner = next(filter(None, match.groups())) if match else text
    return Asked(tuple(map(AskedWord, words(inner))), match is not None)
