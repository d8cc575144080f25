"""The translation tables, the links within a language, and the word-by-word gloss."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from alignment import Aligned, Table, best, confirmed, translate, turned
from sources import WEIGHTS, Pair, WordNet

from assistant.language import is_arabic, stem, stop_words, words

LEAST, MOST, MOST_BACKWARD = 0.01, 10, 20
_SEEN, _MOST_SEEN = 0.005, 40
# In a dictionary's entry these are no words of the meaning.
_ARTICLES = frozenset(("to", "a", "an", "the"))
_LONGEST_ENTRY = 4
_LEAST_GLOSS = 0.02
# Words of one root that mean different things are no help.
_LEAST_LIKE, _LEAST_SAME_ROOT, _MOST_RELATED = 0.3, 0.5, 8


@dataclass(frozen=True)
class Translations:
    """Both tables over stems of both languages.

    Attributes:
        forward: For each stem its translations, p(translation | stem).
        backward: For each stem those that it translates, p(stem | other).
    """

    forward: Table
    backward: Table


def aligned(pairs: Iterable[Pair], *, english_stems: bool = True) -> list[Aligned]:
    """Return pairs as words, Arabic stems first; names are left to transliteration."""
    result = []
    for pair in pairs:
        if pair.source == "names":
            continue
        english = words(pair.english)
        if len(english) <= _LONGEST_ENTRY:
            english = [word for word in english if word not in _ARTICLES]
        right = [stem(word) for word in english] if english_stems else english
        left = [stem(word) for word in words(pair.arabic)]
        if left and right:
            result.append(Aligned(WEIGHTS[pair.source], left, right))
    return result


def translations(pairs: Iterable[Pair]) -> Translations:
    """Learn both tables."""
    texts = aligned(pairs)
    to_english = translate(texts, _SEEN, _MOST_SEEN)
    to_arabic = translate([text.turned() for text in texts], _SEEN, _MOST_SEEN)
    forward_arabic = confirmed(to_english, to_arabic, LEAST, MOST)
    forward_english = confirmed(to_arabic, to_english, LEAST, MOST)
    return Translations(
        forward=_across(forward_arabic) | _across(forward_english),
        backward=_across(turned(forward_english, MOST_BACKWARD))
        | _across(turned(forward_arabic, MOST_BACKWARD)),
    )


def _across(table: Table) -> Table:
    """Return a table without stop words and numbers, from one script to the other."""
    stop = stop_words() | {stem(word) for word in stop_words()}

    def kept(word: str, other: str) -> bool:
        is_word = not (word[0].isdigit() or other[0].isdigit())
        return is_word and is_arabic(word) != is_arabic(other) and not {word, other} & stop

    cleaned = {
        word: {other: p for other, p in row.items() if kept(word, other)}
        for word, row in table.items()
    }
    return {word: row for word, row in cleaned.items() if row}


def recalled(table: Table, pairs: Sequence[Pair]) -> float:
    """Return the share of one-word pairs whose translation a table holds, of those it knows."""
    hits = [
        stem(words(pair.english)[0]) in table[stem(words(pair.arabic)[0])]
        for pair in pairs
        if len(words(pair.english)) == len(words(pair.arabic)) == 1
        and stem(words(pair.arabic)[0]) in table
    ]
    return sum(hits) / max(1, len(hits))


def glosses(pairs: Iterable[Pair]) -> dict[str, str]:
    """Return for Arabic stems the English word, not stem, that translates them best."""
    texts = aligned(pairs, english_stems=False)
    to_english = translate(texts, LEAST, 30)
    to_arabic = translate([text.turned() for text in texts], 0.003, 60)
    table = confirmed(to_english, to_arabic, _LEAST_GLOSS, MOST)
    return {
        word: next(iter(row))
        for word, row in table.items()
        if row and is_arabic(word) and next(iter(row)).isascii()
    }


def related(
    wordnet: WordNet, known: Collection[str], likeness: Callable[[str, str], float]
) -> Table:
    """Return stems of one root or derivation, weighted by the likeness of their meanings.

    Args:
        wordnet: Derivations of English lemmas, roots of Arabic ones.
        known: The stems that have vectors.
        likeness: A function from two stems to their cosine.
    """
    links: Table = defaultdict(dict)
    derived = [(one, other, _LEAST_LIKE) for one, other in _derived(wordnet)]
    rooted = [(one, other, _LEAST_SAME_ROOT) for one, other in _rooted(wordnet)]
    for one, other, least in derived + rooted:
        if one != other and one in known and other in known:
            weight = likeness(one, other)
            if weight >= least:
                links[one][other] = links[other][one] = weight
    return {word: best(row, _MOST_RELATED) for word, row in links.items()}


def _derived(wordnet: WordNet) -> Iterator[tuple[str, str]]:
    for one, other in sorted(wordnet.derived):
        left, right = words(one), words(other)
        if len(left) == len(right) == 1:
            yield stem(left[0]), stem(right[0])


def _rooted(wordnet: WordNet) -> Iterator[tuple[str, str]]:
    for _, lemmas in sorted(wordnet.roots.items()):
        stems = sorted({stem(words(w)[0]) for w in lemmas if len(words(w)) == 1})
        for number, one in enumerate(stems):
            yield from ((one, other) for other in stems[:number])
