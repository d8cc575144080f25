"""Reads the bilingual sources that the built-in tables are made from.

Every source is under a licence that lets the derived tables be shared under CC BY-SA 4.0; they
are named in assistant/lexicon/data/NOTICE. `Pair`s are kept as they stand in the sources; each
table takes from them what it needs.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel import Locale

from assistant.language.dates import MONTHS

_PARENTHESES = re.compile(r"\([^)]*\)|\[[^\]]*\]|\{[^}]*\}|/[^/]*/")
_COMMAS = re.compile("[,;\u060c\u061b]")
_EDGES = " .;:\u060c,-?!\u061f\"'"
_ARABIC = re.compile("[\u0621-\u064a]")
_LATIN = re.compile("[A-Za-z]")

# How much a pair of each source counts; a dictionary's more than a list of names.
WEIGHTS = {
    "wiktionary": 1.5,
    "wordnet": 0.4,
    "cldr": 2.0,
    "months": 3.0,
    "names": 0.25,
    "terms": 1.0,
    "tatoeba": 1.0,
    "ntrex": 1.0,
    "pud": 1.0,
}
SENTENCES = ("tatoeba", "ntrex", "pud")


@dataclass(frozen=True)
class Pair:
    """A text in both languages.

    Attributes:
        source: Where it comes from, one of `WEIGHTS`.
        english: The English side.
        arabic: The Arabic side.
    """

    source: str
    english: str
    arabic: str


@dataclass(frozen=True)
class Place:
    """A country or a city.

    Attributes:
        name: Its name in one language.
        is_country: Whether it is a country or another territory.
    """

    name: str
    is_country: bool


@dataclass
class WordNet:
    """What is taken from Princeton WordNet and the Arabic WordNet.

    Attributes:
        english: Lemmas by synset, such as ``00001740-v``.
        arabic: Lemmas and broken plurals by synset.
        derived: Pairs of English lemmas that are derived from one another.
        roots: Arabic lemmas by root.
    """

    english: dict[str, list[str]] = field(default_factory=dict)
    arabic: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    derived: set[tuple[str, str]] = field(default_factory=set)
    roots: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def read_pairs(folder: Path, wordnet: WordNet) -> list[Pair]:
    """Return the pairs of all sources, each once."""
    found = [
        *_wiktionary(folder / "wiktionary-en-arb.txt"),
        *_synsets(wordnet),
        *_cldr(),
        *_months(),
        *_names(folder),
        *_terms(folder),
        *_tatoeba(folder / "tatoeba.tsv"),
        *_lines("ntrex", folder / "ntrex.en", folder / "ntrex.ar"),
        *_pud(folder / "UD_English-PUD.conllu", folder / "UD_Arabic-PUD.conllu"),
    ]
    whole = (p for p in found if _LATIN.search(p.english) and _ARABIC.search(p.arabic))
    return list(dict.fromkeys(whole))


def read_wordnet(folder: Path, arabic: Path) -> WordNet:
    """Read Princeton WordNet 3.0 (its folder of ``data.*``) and the Arabic WordNet over it."""
    wordnet = WordNet()
    pointers: list[tuple[str, str, str, str, str]] = []
    for name, part in (("noun", "n"), ("verb", "v"), ("adj", "a"), ("adv", "r")):
        for line in (folder / f"data.{name}").read_text(encoding="latin-1").splitlines():
            if not line.startswith("  "):
                _read_synset(line.split("|")[0].split(), part, wordnet, pointers)
    for left, first, right, second, part in pointers:
        target = f"{right}-{part}"
        if first != "00" and second != "00" and target in wordnet.english:
            one = wordnet.english[left][int(first, 16) - 1]
            other = wordnet.english[target][int(second, 16) - 1]
            wordnet.derived.add((min(one, other), max(one, other)))
    _read_arabic(arabic, wordnet)
    return wordnet


def _read_synset(
    fields: list[str],
    part: str,
    wordnet: WordNet,
    pointers: list[tuple[str, str, str, str, str]],
) -> None:
    synset = f"{fields[0]}-{part}"
    count = int(fields[3], 16)
    wordnet.english[synset] = [
        fields[4 + 2 * n].replace("_", " ").split("(")[0] for n in range(count)
    ]
    start = 4 + 2 * count
    for n in range(int(fields[start])):
        sign, offset, kind, places = fields[start + 1 + 4 * n : start + 5 + 4 * n]
        if sign in ("+", "\\"):
            pointers.append((synset, places[:2], offset, places[2:], "a" if kind == "s" else kind))


def _read_arabic(path: Path, wordnet: WordNet) -> None:
    lemma = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        synset, kind, *rest = line.split("\t")
        if kind in ("arb:lemma", "arb:lemma:brokenplural"):
            lemma = rest[0].replace("_", " ").replace("+", " ")
            wordnet.arabic[synset].append(lemma)
        elif kind == "arb:lemma:root" and lemma:
            wordnet.roots[rest[0]].add(lemma)


def _clean(text: str) -> str:
    return " ".join(_PARENTHESES.sub(" ", text).strip(_EDGES).split())


def _wiktionary(path: Path) -> Iterator[Pair]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#") and "::" in line:
            english, arabic = line.split("::", 1)
            for part in _COMMAS.split(_PARENTHESES.sub(" ", arabic)):
                yield Pair("wiktionary", _clean(english), _clean(part))


def _synsets(wordnet: WordNet) -> Iterator[Pair]:
    for synset, lemmas in wordnet.arabic.items():
        for english in wordnet.english.get(synset, ()):
            for arabic in lemmas:
                yield Pair("wordnet", english, arabic)


def _cldr() -> Iterator[Pair]:
    english, arabic = Locale("en"), Locale("ar")
    for kind in ("territories", "languages", "scripts", "currencies"):
        left, right = getattr(english, kind), getattr(arabic, kind)
        yield from (Pair("cldr", left[key], right[key]) for key in left if key in right)
    for key, zone in arabic.time_zones.items():
        city = english.time_zones.get(key, {}).get("city") or key.split("/")[-1].replace("_", " ")
        if "city" in zone:
            yield Pair("cldr", city, zone["city"])
    left, right = english.days["format"]["wide"], arabic.days["format"]["wide"]
    yield from (Pair("months", left[key], right[key]) for key in left)


def read_places() -> list[Place]:
    """Return the countries and cities of CLDR in both languages."""
    english, arabic = Locale("en"), Locale("ar")
    countries = {*english.territories.values(), *arabic.territories.values()}
    zones = [*english.time_zones.values(), *arabic.time_zones.values()]
    cities = {zone["city"] for zone in zones if "city" in zone}
    cities |= {key.split("/")[-1].replace("_", " ") for key in arabic.time_zones}
    found = [Place(name, is_country=True) for name in countries]
    return found + [Place(name, is_country=False) for name in cities - countries]


def _months() -> Iterator[Pair]:
    english = {n: name for name, n in reversed(MONTHS.items()) if name.isascii()}
    for name, number in MONTHS.items():
        if not name.isascii():
            # The first name of a month in the table is the full one.
            full = next(e for e, n in MONTHS.items() if n == number and e.isascii())
            yield Pair("months", full if number in english else name, name)


def _names(folder: Path) -> Iterator[Pair]:
    for line in (folder / "wikidata_names.tsv").read_text(encoding="utf-8").splitlines():
        english, arabic, *_ = line.split("\t")
        yield Pair("names", english, arabic.replace(" ", ""))
    path = folder / "google-transliteration-ar2en.txt"
    for line in path.read_text(encoding="utf-8").splitlines():
        arabic, english, *_ = (*line.split("\t"), "")
        yield Pair("names", english, arabic)


def _terms(folder: Path) -> Iterator[Pair]:
    for path in sorted(folder.glob("tico19-*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield Pair("terms", _clean(row["sourceString"]), _clean(row["targetString"]))


def _tatoeba(path: Path) -> Iterator[Pair]:
    for line in path.read_text(encoding="utf-8").splitlines():
        english, arabic, *_ = line.split("\t")
        yield Pair("tatoeba", english, arabic)


def _lines(source: str, english: Path, arabic: Path) -> Iterator[Pair]:
    left = english.read_text(encoding="utf-8").splitlines()
    right = arabic.read_text(encoding="utf-8").splitlines()
    yield from (Pair(source, a, b) for a, b in zip(left, right, strict=True))


def _pud(english: Path, arabic: Path) -> Iterator[Pair]:
    left, right = _treebank(english), _treebank(arabic)
    yield from (Pair("pud", left[key], right[key]) for key in left if key in right)


def _treebank(path: Path) -> dict[str, str]:
    texts, key = {}, ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# sent_id"):
            key = line.split("=", 1)[1].strip()
        elif line.startswith("# text ="):
            texts[key] = line.split("=", 1)[1].strip()
    return texts
