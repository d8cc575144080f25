"""Builds the tables of assistant/lexicon/data, all but the frequencies.

    python training/tables.py SOURCES --wordnet FOLDER --minilm FOLDER [--vocabulary FILE]

SOURCES holds the bilingual sources named in assistant/lexicon/data/NOTICE; the folder of WordNet
holds Princeton WordNet 3.0's ``data.noun`` and so on; that of MiniLM what training/minilm.py makes;
the vocabulary is the model's own ``vocab.txt``, beside its ONNX file by default. Takes some minutes
on two cores, uses one thread so that a second run gives the same files, and prints what it
measures on pairs that were held out.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

# Before numpy is loaded: sums in another order differ in their last digits.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np  # after the setting above
import translations as words_across
import transliteration
import vectors
from alignment import Table
from contrastive import unit
from minilm import Encoder
from sources import Pair, WordNet, read_pairs, read_places, read_wordnet

from assistant.language import is_arabic, stem, stop_words, words
from assistant.lexicon import translations

_DATA = Path(__file__).parent.parent / "assistant" / "lexicon" / "data"
_SEED = 0
_HELD_OUT = 1000
_SHORTEST = 3


def save(name: str, array: np.ndarray) -> None:
    """Write an array."""
    np.save(_DATA / f"{name}.npy", array)


def save_vocabulary(name: str, words: Iterable[str]) -> list[str]:
    """Write words in the order of their bytes, and return them in this order."""
    ordered = sorted(words, key=lambda word: word.encode("utf-8"))
    encoded = [word.encode("utf-8") for word in ordered]
    save(name, np.frombuffer(b"".join(encoded), np.uint8))
    save(f"{name}_ends", np.cumsum([len(word) for word in encoded]).astype(np.uint32))
    return ordered


def save_table(name: str, table: Table, stems: Sequence[str]) -> None:
    """Write a table's rows in the order of the vocabulary."""
    rows = {name: row for row, name in enumerate(stems)}
    others, weights, ends = [], [], []
    for own in stems:
        for other, weight in table.get(own, {}).items():
            others.append(rows[other])
            weights.append(weight)
        ends.append(len(others))
    save(f"{name}_stems", np.array(others, np.uint32))
    save(f"{name}_weights", np.array(weights, np.float16))
    save(f"{name}_ends", np.array(ends, np.uint32))


def save_vectors(learned: vectors.WordVectors, stems: Sequence[str]) -> None:
    """Write one row a stem: 8-bit numbers, and a scale a row."""
    nothing = np.zeros(vectors.DIMENSIONS, np.float32)
    table = np.array([learned.vectors.get(name, nothing) for name in stems])
    scales = np.abs(table).max(axis=1) / 127 + 1e-12
    save("stem_vectors", np.round(table / scales[:, None]).astype(np.int8))
    save("stem_scales", scales.astype(np.float16))


def save_glosses(glosses: dict[str, str], stems: Sequence[str]) -> None:
    """Write the English words, and for each stem the number of its own, or -1."""
    words = save_vocabulary("gloss_words", set(glosses.values()))
    places = {word: place for place, word in enumerate(words)}
    save("gloss", np.array([places.get(glosses.get(s, ""), -1) for s in stems], np.int32))


def held_out_recall(pairs: Sequence[Pair]) -> float:
    """Return how many dictionary entries that were left out the table has all the same."""
    entries = [pair for pair in pairs if pair.source == "wiktionary"]
    order = np.random.default_rng(_SEED).permutation(len(entries))[:_HELD_OUT]
    held = {entries[i] for i in order}
    learned = words_across.translations([pair for pair in pairs if pair not in held])
    return words_across.recalled(learned.forward, sorted(held, key=lambda pair: pair.english))


def build_stems(
    pairs: Sequence[Pair], wordnet: WordNet, encoder: Encoder, vocabulary: Path
) -> None:
    """Build all tables that share the vocabulary of stems."""
    tables = words_across.translations(pairs)
    counts = vectors.english_words(pairs, wordnet, vocabulary)
    learned = vectors.learn(pairs, counts, tables.forward, encoder, _SEED)
    print(
        f"vectors: {len(learned.vectors)} stems; held-out sentences nearest to their own "
        f"translation: {learned.before:.3f} untrained, {learned.after:.3f} trained"
    )
    named = {other for row in tables.forward.values() for other in row}
    named |= {other for row in tables.backward.values() for other in row}
    whole = {*learned.vectors, *tables.forward, *tables.backward, *named}
    stems = save_vocabulary("stems", whole)
    save_table("forward", tables.forward, stems)
    save_table("backward", tables.backward, stems)
    save_vectors(learned, stems)
    units = {name: unit(vector[None])[0] for name, vector in learned.vectors.items()}
    links = words_across.related(wordnet, units.keys(), lambda a, b: float(units[a] @ units[b]))
    save_table("related", links, stems)
    glosses = words_across.glosses(pairs)
    save_glosses(glosses, stems)
    print(
        f"translations of {len(tables.forward)} stems, links of {len(links)}, glosses of "
        f"{len(glosses)}; held-out dictionary entries in the table: {held_out_recall(pairs):.3f}"
    )


def build_names(pairs: Sequence[Pair]) -> None:
    """Build the table of transliteration."""
    names = transliteration.learn(pairs, _SEED)
    rows = {gram: row for row, gram in enumerate(names.grams)}
    ordered = save_vocabulary("name_grams", names.grams)
    save("name_vectors", names.vectors[[rows[gram] for gram in ordered]])
    print(
        f"names: {len(names.grams)} n-grams; held-out names nearest to their other spelling: "
        f"{names.first:.3f}, in the nearest five: {names.five:.3f}"
    )


def build_places(wordnet: WordNet) -> None:
    """Build the list of stems that name a country or a city; it needs the translations.

    Left out are cities that are ordinary English words, and Arabic words whose likeliest
    translation is no place.
    """
    lemmas = {lemma for synset in wordnet.english.values() for lemma in synset}
    ordinary = {lemma for lemma in lemmas if lemma.islower() and lemma.capitalize() not in lemmas}
    named = [place for place in read_places() if len(words(place.name)) == 1]
    stems = {stem(words(place.name)[0]) for place in named}
    places = {
        own
        for place in named
        for own in [stem(words(place.name)[0])]
        if place.is_country
        or (place.name.lower() not in ordinary and not _is_other_word(own, stems))
    }
    kept = {own for own in places if len(own) >= _SHORTEST and own.isalpha()} - stop_words()
    print(f"places: {len(save_vocabulary('places', kept))}")


def _is_other_word(own: str, places: set[str]) -> bool:
    """Return whether an Arabic stem has translations, and none of them is a place."""
    others = translations(own)
    return is_arabic(own) and bool(others) and places.isdisjoint(others)


def main() -> None:
    """Build everything."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("sources", type=Path)
    parser.add_argument("--wordnet", type=Path, required=True)
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--vocabulary", type=Path)
    options = parser.parse_args()
    wordnet = read_wordnet(options.wordnet, options.sources / "wn-arb.tab")
    pairs = read_pairs(options.sources, wordnet)
    print(f"pairs: {len(pairs)}")
    vocabulary = options.vocabulary or options.minilm / "vocab.txt"
    build_stems(pairs, wordnet, Encoder(options.minilm), vocabulary)
    build_names(pairs)
    build_places(wordnet)
    size = sum(path.stat().st_size for path in _DATA.glob("*.npy"))
    print(f"all tables: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
