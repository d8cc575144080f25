"""Text of any size for measuring: real sentences in new orders, with names strewn in.

A passage is a paragraph of 85 words or more, put together from whole sentences of one language.
Each is drawn from one of ARCD, XQuAD (``corpus/``), Tatoeba, NTREX and PUD, all as often. 7 % of a
passage's words are names, drawn from the names lists and put between the others, so that the
vocabulary keeps growing with the text. A document has 20 passages of one language, and documents
are by turns Arabic and English. The seed is fixed: the same data give the same text, and a larger
text begins with the smaller one.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.sentences import sentence_spans

PASSAGES_A_DOCUMENT = 20
LEAST_WORDS = 85
NAME_SHARE = 0.07
SEED = 20261124
LANGUAGES = ("ar", "en")


@dataclass(frozen=True)
class Stock:
    """What text of one language is made of.

    Attributes:
        sources: Real sentences, by where they come from.
        names: Names, one word each.
    """

    sources: tuple[tuple[str, ...], ...]
    names: tuple[str, ...]


def load_stocks(data: Path) -> dict[str, Stock]:
    """Return what texts are made of, by language.

    Args:
        data: A folder with ``corpus/<name>/*.txt``, ``tatoeba.tsv``, ``ntrex.ar``, ``ntrex.en``,
            ``UD_Arabic-PUD.conllu``, ``UD_English-PUD.conllu``, ``wikidata_names.tsv`` and
            ``google-transliteration-ar2en.txt``; all but the corpora may lie in ``lexicon/``.
    """
    lists = data / "lexicon" if (data / "lexicon").is_dir() else data
    return {
        language: Stock(
            tuple(tuple(dict.fromkeys(source)) for source in _sources(data, lists, language)),
            tuple(sorted(set(_names(lists, language)))),
        )
        for language in LANGUAGES
    }


def _sources(data: Path, lists: Path, language: str) -> Iterator[Iterator[str]]:
    for corpus in ("arcd", "xquad-ar") if language == "ar" else ("xquad-en",):
        yield _corpus_sentences(data / "corpus" / corpus)
    column = 1 if language == "ar" else 0
    yield (line.split("\t")[column] for line in _lines(lists / "tatoeba.tsv"))
    yield _lines(lists / f"ntrex.{language}")
    treebank = "UD_Arabic-PUD.conllu" if language == "ar" else "UD_English-PUD.conllu"
    sign = "# text = "
    yield (line.removeprefix(sign) for line in _lines(lists / treebank) if line.startswith(sign))


def _corpus_sentences(folder: Path) -> Iterator[str]:
    for file in sorted(folder.glob("*.txt")):
        for paragraph in file.read_text("utf-8").split("\n\n"):
            yield from (paragraph[s.start : s.end] for s in sentence_spans(paragraph))


def _names(lists: Path, language: str) -> Iterator[str]:
    for line in _lines(lists / "wikidata_names.tsv"):
        latin, arabic, *_ = line.split("\t")
        yield arabic.replace(" ", "") if language == "ar" else latin.title()
    for line in _lines(lists / "google-transliteration-ar2en.txt"):
        arabic, latin, *_ = line.split("\t")
        name = arabic if language == "ar" else latin.title()
        if name.isalpha():
            yield name


def _lines(file: Path) -> Iterator[str]:
    return (line for line in file.read_text("utf-8").split("\n") if line.strip())


def passages(stock: Stock, seed: str) -> Iterator[str]:
    """Yield passages without end.

    Args:
        stock: What they are made of.
        seed: The same seed gives the same passages.
    """
    draw = random.Random(f"{SEED} {seed}")  # noqa: S311  # no secret
    while True:
        words: list[str] = []
        while len(words) < LEAST_WORDS * (1 - NAME_SHARE):
            words += draw.choice(draw.choice(stock.sources)).split()
        for _ in range(round(len(words) * NAME_SHARE / (1 - NAME_SHARE))):
            words.insert(draw.randrange(1, len(words)), draw.choice(stock.names))
        yield " ".join(words)


def write_documents(stocks: dict[str, Stock], count: int, folder: Path) -> list[str]:
    """Write documents of 20 passages, by turns Arabic and English.

    Args:
        stocks: What texts are made of, by language.
        count: Passages in all.
        folder: Where to; made.

    Returns:
        Every 50th passage, to ask about.
    """
    folder.mkdir(parents=True)
    made = {language: passages(stock, language) for language, stock in stocks.items()}
    kept: list[str] = []
    for number, start in enumerate(range(0, count, PASSAGES_A_DOCUMENT)):
        language = LANGUAGES[number % 2]
        size = min(PASSAGES_A_DOCUMENT, count - start)
        parts = [next(made[language]) for _ in range(size)]
        kept += [part for i, part in enumerate(parts, start) if i % 50 in (0, 20)]
        text = "\n\n".join(parts) + "\n"
        (folder / f"{number:06}.{language}.txt").write_text(text, "utf-8", newline="")
    return kept
