"""Claims with sources, true ones and false twins of them, made by rules from annotated articles.

True claims are sentences with a clause left out or moved, answers put into their question's words,
and the sentences of a translation that is aligned sentence by sentence. A false twin differs from
a true claim by exactly one edit. No language model takes part. The seed is fixed.
"""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import edits
from answers_as_claims import claim_of

from assistant.sentences import sentence_spans

SEED = 20261124
DIRECTIONS = ("ar-ar", "en-en", "ar-en", "en-ar")
SHORTEST, LONGEST = 6, 60
LEAST_RATIO, MOST_RATIO = 0.55, 1.7
MARKS = "\u064e\u064f\u0650\u0652\u0651"
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@dataclass(frozen=True)
class Claim:
    """A claim with its sources.

    Attributes:
        direction: Language of the claim and of its sources, such as ``ar-en``.
        base: How the true claim was made: ``compressed``, ``answer`` or ``translated``.
        kind: ``true``, or the edit that made it false.
        text: The claim.
        sources: The sentences it is said to rest on.
        article: The article, the same for its copies in other languages.
    """

    direction: str
    base: str
    kind: str
    text: str
    sources: tuple[str, ...]
    article: str

    @property
    def is_true(self) -> bool:
        """Whether the sources say it."""
        return self.kind == "true"


@dataclass(frozen=True)
class Asked:
    """An annotated question.

    Attributes:
        id: The same for its copies in other languages.
        set: Languages of question and document.
        text: The question.
        document: The document's path.
        answer: Its first answer.
        start: Where that starts.
    """

    id: str
    set: str
    text: str
    document: str
    answer: str
    start: int


def read_questions(path: Path) -> list[Asked]:
    """Return the questions of a file, one JSON object a line."""
    rows = map(json.loads, path.read_text("utf-8").splitlines())
    return [
        Asked(r["id"], r["set"], r["question"], r["document"], a["text"].strip(), a["start"])
        for r in rows
        for a in r["answers"][:1]
    ]


@dataclass(frozen=True)
class Article:
    """A document's text with its paragraphs' sentences.

    Attributes:
        text: The text.
        paragraphs: For each paragraph the spans of its sentences.
    """

    text: str
    paragraphs: tuple[tuple[tuple[int, int], ...], ...]

    def sentence(self, place: tuple[int, int]) -> str:
        """Return the sentence of a paragraph's and a sentence's number."""
        start, end = self.paragraphs[place[0]][place[1]]
        return self.text[start:end].strip()

    def place_of(self, offset: int) -> tuple[int, int] | None:
        """Return in which paragraph and sentence a character stands."""
        for p, spans in enumerate(self.paragraphs):
            for s, (start, end) in enumerate(spans):
                if start <= offset < end:
                    return p, s
        return None


def read_article(path: Path) -> Article:
    """Return an article's text and sentences."""
    text = path.read_text("utf-8")
    paragraphs = []
    start = 0
    for match in re.finditer(r"\n\s*\n|\Z", text):
        spans = sentence_spans(text, start, match.start())
        if spans:
            paragraphs.append(tuple((span.start, span.end) for span in spans))
        start = match.end()
    return Article(text, tuple(paragraphs))


# Surface


def varied(text: str, language: str, rng: random.Random) -> str:
    """Return a sentence in another spelling: vowel marks, digits, hamza, hyphens."""
    chance = rng.random()
    if language == "en":
        if chance < 0.4:  # noqa: PLR2004  # shares of variants
            return re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)
        return text.replace("'", "\u2019") if chance < 0.6 else text  # noqa: PLR2004  # see above
    if chance < 0.3:  # noqa: PLR2004  # see above
        return "".join(
            c + rng.choice(MARKS) if "\u0621" <= c <= "\u064a" and rng.random() < 0.35 else c  # noqa: PLR2004  # see above
            for c in text
        )
    if chance < 0.6:  # noqa: PLR2004  # see above
        return re.sub(r"\d[\d.,]*", _in_arabic_digits, text)
    return re.sub("[أإآ]", "ا", text) if chance < 0.85 else text  # noqa: PLR2004  # see above


def _in_arabic_digits(match: re.Match[str]) -> str:
    figures = match[0]
    if re.search(r"\d[.,]\d", figures):
        figures = figures.replace(",", "\u066c").replace(".", "\u066b")
    return figures.translate(ARABIC_DIGITS)


def stretches(text: str) -> list[str]:
    """Return what stands between a sentence's commas."""
    return re.split(r"\s*[,،;؛]\s+", text.strip().rstrip(".؟?!"))


def compressed(text: str, language: str, rng: random.Random) -> str:
    """Return a sentence without its parentheses, and with a clause left out or moved."""
    whole = re.sub(r"\s*\([^)]*\)", "", text.strip())
    parts = stretches(whole)
    comma = "، " if language == "ar" else ", "
    chance = rng.random()
    if len(parts) > 2 and chance < 0.7:  # noqa: PLR2004  # shares of variants
        left_out = rng.randrange(1, len(parts))
        kept = parts[:left_out] + parts[left_out + 1 :]
        if len(" ".join(kept).split()) >= SHORTEST:
            whole = comma.join(kept) + "."
    elif len(parts) == 2 and chance < 0.5 and len(parts[0].split()) > SHORTEST:  # noqa: PLR2004  # see above
        whole = parts[0] + "."
    elif len(parts) > 1 and chance < 0.9:  # noqa: PLR2004  # see above
        whole = comma.join(parts[1:] + parts[:1]) + "."
    return varied(whole, language, rng)


# Claims


class Maker:
    """Makes claims of the questions and articles in a folder.

    Args:
        data: Holds ``questions.jsonl`` and ``corpus/``.
        treebanks: Holds the conllu files of PUD, for verbs.
    """

    def __init__(self, data: Path, treebanks: Path) -> None:
        self.rng = random.Random(SEED)  # noqa: S311  # the same claims every time
        self.questions = read_questions(data / "questions.jsonl")
        names = sorted({q.document for q in self.questions})
        self.articles = {name: read_article(data / "corpus" / name) for name in names}
        self.verbs = edits.read_verbs(treebanks)
        self.names = edits.article_names({n: a.text for n, a in self.articles.items()})
        self.clauses = {
            name: [
                part
                for p, spans in enumerate(article.paragraphs)
                for s in range(len(spans))
                for part in stretches(article.sentence((p, s)))[1:]
                if 4 <= len(part.split()) <= 12  # noqa: PLR2004  # neither a word nor a sentence
            ]
            for name, article in self.articles.items()
        }

    def claims(self) -> Iterator[Claim]:
        """Yield true claims, each followed by its false twins."""
        by_id: dict[str, dict[str, Asked]] = defaultdict(dict)
        for question in self.questions:
            by_id[question.id][question.set] = question
        seen: set[tuple[str, tuple[int, int], str]] = set()
        for question in self.questions:
            if question.set in ("xquad ar->en", "xquad en->ar"):
                continue
            yield from self._of_question(question, by_id[question.id], seen)

    def _of_question(
        self,
        question: Asked,
        copies: Mapping[str, Asked],
        seen: set[tuple[str, tuple[int, int], str]],
    ) -> Iterator[Claim]:
        name = question.document
        language = "en" if name.startswith("xquad-en") else "ar"
        article = self.articles[name]
        place = article.place_of(question.start)
        if place is None:
            return
        sentence = article.sentence(place)
        fits = SHORTEST <= len(sentence.split()) <= LONGEST
        if fits and (name, place, "within") not in seen:
            seen.add((name, place, "within"))
            text = compressed(sentence, language, self.rng)
            yield from self._with_twins("compressed", language, text, name, name, place)
        answer = claim_of(question.text, question.answer, language, self.verbs)
        if answer:
            answer = varied(answer, language, self.rng) + "."
            yield from self._with_twins("answer", language, answer, name, name, place)
        other = copies.get("xquad en->en" if language == "ar" else "xquad ar->ar")
        if other is None or question.set.startswith("arcd"):
            return
        there = self._aligned(name, other.document, place)
        if there is None:
            return
        if fits and (name, place, "across") not in seen:
            seen.add((name, place, "across"))
            text = varied(sentence, language, self.rng)
            yield from self._with_twins("translated", language, text, name, other.document, there)
            short = compressed(sentence, language, self.rng)
            yield from self._with_twins("compressed", language, short, name, other.document, there)
        if answer:
            yield from self._with_twins("answer", language, answer, name, other.document, there)

    def _aligned(self, name: str, other: str, place: tuple[int, int]) -> tuple[int, int] | None:
        """Return the place of a sentence's translation, where paragraphs have as many sentences."""
        here, there = self.articles[name], self.articles[other]
        if len(here.paragraphs) != len(there.paragraphs):
            return None
        if len(here.paragraphs[place[0]]) != len(there.paragraphs[place[0]]):
            return None
        ratio = len(here.sentence(place)) / max(1, len(there.sentence(place)))
        return place if LEAST_RATIO <= ratio <= MOST_RATIO else None

    def _with_twins(
        self, base: str, language: str, text: str, mine: str, source: str, place: tuple[int, int]
    ) -> Iterator[Claim]:
        """Yield a true claim and its false twins."""
        there = "en" if source.startswith("xquad-en") else "ar"
        direction = f"{language}-{there}"
        sources, near = self._window(self.articles[source], place)
        key = Path(source).name

        def made(kind: str, claim: str, of: Sequence[str]) -> Claim:
            return Claim(direction, base, kind, claim, tuple(of), key)

        yield made("true", text, sources)
        folded = " ".join(sources)
        pool = [c for c in self.clauses[mine] if c[:25] not in text and c not in folded]
        context = edits.Context(language, folded, self.names[mine], pool, self.verbs)
        for kind, twin in edits.all_edits(text, context, self.rng).items():
            yield made(kind, twin, sources)
        if near:
            yield made("other_sentence", text, [self.rng.choice(near)])
        corpus = source.split("/", maxsplit=1)[0]
        others = [n for n in self.articles if n.startswith(corpus) and n != source]
        other = self.articles[self.rng.choice(others)]
        p = self.rng.randrange(len(other.paragraphs))
        s = self.rng.randrange(len(other.paragraphs[p]))
        yield made("other_article", text, [other.sentence((p, s))])

    def _window(self, article: Article, place: tuple[int, int]) -> tuple[list[str], list[str]]:
        """Return the sentence and up to two beside it, and the others of its paragraph."""
        size = self.rng.choice((1, 1, 1, 2, 3))
        count = len(article.paragraphs[place[0]])
        first = max(0, place[1] - self.rng.randrange(size))
        chosen = range(first, min(count, first + size))
        if place[1] not in chosen:
            chosen = range(place[1], place[1] + 1)
        said = [article.sentence((place[0], s)) for s in chosen]
        return said, [article.sentence((place[0], s)) for s in range(count) if s not in chosen]
