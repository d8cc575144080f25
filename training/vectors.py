"""Static bilingual word vectors: a model's English words, carried over to Arabic and trained.

English words begin with the vectors that all-MiniLM-L6-v2 gives them one by one, reduced by
principal components; a stem has the mean of its words', an Arabic stem the expected vector of its
translations. Each is as long as the stem is rare in the parallel sentences. A short contrastive
training on these sentences and on the dictionaries then brings both languages closer.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from alignment import Table
from contrastive import Bags, Numbers, Plan, bags, train, unit
from minilm import Encoder
from sources import SENTENCES, Pair, WordNet

from assistant.language import content_words, stem, stop_words, words

DIMENSIONS = 128
PLAN = Plan(steps=400, batch=192, rate=0.002, scale=20.0)
_SAMPLE = 20_000
_HELD_OUT = 1000
_LENGTH = 8.0  # nats: the length of a rare word's vector is about 1


@dataclass(frozen=True)
class WordVectors:
    """What was learned.

    Attributes:
        vectors: By stem.
        before: Share of held-out sentences nearest to their own translation, before training.
        after: The same after it.
    """

    vectors: Mapping[str, Numbers]
    before: float
    after: float


def english_words(pairs: Sequence[Pair], wordnet: WordNet, vocabulary: Path) -> Counter[str]:
    """Return the English words that get vectors, with their counts in the sources."""
    counts: Counter[str] = Counter()
    for pair in pairs:
        if pair.source != "names":
            counts.update(filter(_is_english, words(pair.english)))
    for lemmas in wordnet.english.values():
        for lemma in lemmas:
            counts.update(filter(_is_english, words(lemma)))
    for line in vocabulary.read_text(encoding="utf-8").splitlines():
        if line.isascii() and line.isalpha() and len(line) > 1:
            counts[line] += 1
    return counts


def _is_english(word: str) -> bool:
    return word.isascii() and word[0].isalpha()


def learn(
    pairs: Sequence[Pair], counts: Mapping[str, int], forward: Table, encoder: Encoder, seed: int
) -> WordVectors:
    """Learn the vectors of all stems; 1,000 parallel sentences are held out for the measure."""
    start = _carried_over(_english(counts, encoder, seed), forward)
    vocabulary = sorted(start)
    rows = {name: row for row, name in enumerate(vocabulary)}
    sentences = [pair for pair in pairs if pair.source in SENTENCES]
    rarity = _rarity(sentences)
    table = np.array([start[s] * rarity(s) / _LENGTH for s in vocabulary], dtype=np.float32)
    long = [pair for pair in sentences if len(pair.english.split()) >= 4]  # noqa: PLR2004  # shorter ones say too little
    order = np.random.default_rng(seed).permutation(len(long))
    held = [long[i] for i in order[:_HELD_OUT]]
    kept = [long[i] for i in order[_HELD_OUT:]]
    kept += 2 * [pair for pair in kept if pair.source in ("ntrex", "pud")]
    entries = [pair for pair in pairs if pair.source in ("wiktionary", "cldr", "wordnet")]
    parallel, dictionary = _bags(kept, rows), _bags(entries, rows)
    before = _measured(table, _bags(held, rows))
    train(table, [parallel, parallel, dictionary, parallel], PLAN, seed)
    after = _measured(table, _bags(held, rows))
    return WordVectors(dict(zip(vocabulary, table, strict=True)), before, after)


def _english(counts: Mapping[str, int], encoder: Encoder, seed: int) -> dict[str, Numbers]:
    """Return the vectors of English stems: the mean of their words', common ones counting more."""
    names = sorted(counts)
    vectors = encoder.encode(names)
    vectors -= vectors.mean(axis=0)
    chosen = np.random.default_rng(seed).choice(len(names), _SAMPLE, replace=False)
    directions = np.linalg.svd(vectors[chosen], full_matrices=False)[2][:DIMENSIONS]
    reduced = unit(vectors @ directions.T)
    members: dict[str, list[int]] = defaultdict(list)
    for row, name in enumerate(names):
        if name not in stop_words():
            members[stem(name)].append(row)
    result = {}
    for name, own in members.items():
        weights = np.array([math.log(1 + counts[names[row]]) for row in own], np.float32)
        result[name] = weights @ reduced[own] / weights.sum()
    return result


def _carried_over(english: dict[str, Numbers], forward: Table) -> dict[str, Numbers]:
    """Return the vectors with those of Arabic stems: what their translations have on average."""
    result = dict(english)
    for name, row in forward.items():
        parts = [p * english[other] for other, p in row.items() if other in english]
        if parts and name not in english:
            result[name] = np.sum(parts, axis=0)
    return result


def _rarity(sentences: Sequence[Pair]) -> object:
    """Return a function from a stem to its inverse document frequency in sentences."""
    known: Counter[str] = Counter()
    for pair in sentences:
        for text in (pair.english, pair.arabic):
            known.update({stem(word) for word in content_words(text)})
    total = len(sentences)
    return lambda name: math.log(1 + (total - known[name] + 0.5) / (known[name] + 0.5))


def _bags(pairs: Sequence[Pair], rows: Mapping[str, int]) -> Bags:
    def counted(text: str) -> dict[int, float]:
        counts = Counter(rows[s] for s in map(stem, content_words(text)) if s in rows)
        return {row: n * 2.2 / (n + 1.2) for row, n in counts.items()}

    sides = [(counted(pair.english), counted(pair.arabic)) for pair in pairs]
    whole = [side for side in sides if all(side)]
    left, right = ([side[i] for side in whole] for i in (0, 1))
    return Bags(bags(left, len(rows)), bags(right, len(rows)))


def _measured(table: Numbers, held: Bags) -> float:
    """Return the share of Arabic sentences that are nearest to their own English ones."""
    alike = unit(held.right @ table) @ unit(held.left @ table).T
    return float(np.mean(np.argmax(alike, axis=1) == np.arange(len(alike))))
