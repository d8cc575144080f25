"""Edits that make a true claim false, one thing at a time."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from swaps import (
    ANTONYMS,
    INVENTED,
    MONTHS,
    NUMBER_WORDS,
    QUANTITIES,
    UNITS,
)

from assistant.language import fold, stop_words
from assistant.lexicon import name_vectors

DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩٫٬", "0123456789.,")
FIGURES = re.compile(r"[\d٠-٩]+(?:[.,٫٬][\d٠-٩]+)*")
YEAR = re.compile(r"1\d{3}|20\d\d")
MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")
EDGES = {
    "en": (r"(?<![A-Za-z])", r"(?![A-Za-z])"),
    "ar": (r"(?<![\u0621-\u0652])", r"(?![\u0621-\u064a\u064b-\u0652])"),
}
ENGLISH_NAME = re.compile(
    r"(?<![.!?]\s)(?<!^)(?<=[a-z,;\)] )([A-Z][a-zà-ÿ]{2,}(?: [A-Z][a-zà-ÿ]{2,}){0,2})"
)
ALIKE = 0.72
YEAR_SHIFTS = (-100, -20, -10, -3, -2, -1, 1, 2, 3, 10, 20, 100)
FARTHEST_ROLE = 80
SHORTEST_NAME = 4
SHORTEST_VERB = 3  # letters; shorter ones are ambiguous


@dataclass(frozen=True)
class Verbs:
    """What a treebank tells of verbs.

    Attributes:
        lemmas: English infinitives.
        pasts: The past of each.
        lemma_of: The infinitive of each past.
        participles: English past participles.
        imperfects: Arabic imperfects, folded.
    """

    lemmas: frozenset[str]
    pasts: Mapping[str, str]
    lemma_of: Mapping[str, str]
    participles: frozenset[str]
    imperfects: frozenset[str]

    def past(self, verb: str) -> str:
        """Return an infinitive's past."""
        if verb in self.pasts:
            return self.pasts[verb]
        if verb.endswith("e"):
            return f"{verb}d"
        ends_in_y = verb.endswith("y") and verb[-2:-1] not in "aeou"
        return f"{verb[:-1]}ied" if ends_in_y else f"{verb}ed"


def read_verbs(folder: Path) -> Verbs:
    """Return the verbs of the English and the Arabic PUD treebank in a folder."""
    english = list(_verb_rows(folder / "UD_English-PUD.conllu"))
    arabic = list(_verb_rows(folder / "UD_Arabic-PUD.conllu"))
    finite = [(form, lemma) for form, lemma, feats in english
              if "Tense=Past" in feats and "VerbForm=Fin" in feats]  # fmt: skip
    return Verbs(
        lemmas=frozenset(lemma for _, lemma, _ in english),
        pasts={lemma: form for form, lemma in finite},
        lemma_of=dict(finite),
        participles=frozenset(
            f for f, _, feats in english if "VerbForm=Part" in feats and "Tense=Past" in feats
        ),
        imperfects=frozenset(
            fold(f)
            for f, _, feats in arabic
            if "Imp" in feats and fold(f)[0] in "يت" and len(f) > SHORTEST_VERB
        ),
    )


def _verb_rows(path: Path) -> Iterator[tuple[str, str, str]]:
    for line in path.read_text("utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) > 5 and cells[3] == "VERB":  # noqa: PLR2004  # the columns of CoNLL-U
            yield cells[1].lower(), cells[2], cells[5]


def article_names(texts: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the names in each article: English ones by their capitals, Arabic ones by sound."""
    found: dict[str, list[str]] = {name: [] for name in texts}
    for name, text in texts.items():
        if not name.startswith("xquad-en"):
            continue
        english = sorted({n for n in ENGLISH_NAME.findall(text) if n not in MONTHS["en"]})
        found[name] = english
        copy = name.replace("-en", "-ar")
        if copy in texts:
            words = sorted(set(re.findall("[\u0621-\u064a]{3,}", MARKS.sub("", texts[copy]))))
            words = [word for word in words if fold(word) not in stop_words()]
            parts = [p for n in english for p in n.split() if len(p) >= SHORTEST_NAME]
            if not words or not parts:
                continue
            alike = name_vectors([*map(fold, parts)]) @ name_vectors([*map(fold, words)]).T
            best = {words[int(np.argmax(row))] for row in alike if row.max() >= ALIKE}
            found[copy] = sorted(best)
    return found


@dataclass(frozen=True)
class Context:
    """What a claim is edited with.

    Attributes:
        language: Of the claim.
        source: The text of its sources.
        names: Names of the claim's article.
        clauses: Clauses of the article that neither claim nor source has.
        verbs: Known verbs.
    """

    language: str
    source: str
    names: Sequence[str]
    clauses: Sequence[str]
    verbs: Verbs


def all_edits(text: str, context: Context, rng: random.Random) -> dict[str, str]:
    """Return by kind of edit a false twin of a claim, for each edit that it allows."""
    found: dict[str, str] = {}
    for edit in (_numbers, _names, _roles, _negations, _words, _clauses):
        found |= edit(text, context, rng)
    return {kind: twin for kind, twin in found.items() if twin and twin != text}


def _put(text: str, match: re.Match[str], new: str) -> str:
    arabic = bool(re.search("[٠-٩]", match[0]))
    new = new.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")) if arabic else new
    return text[: match.start()] + new + text[match.end() :]


def _plain(match: re.Match[str]) -> str:
    return match[0].translate(DIGITS)


def _numbers(text: str, context: Context, rng: random.Random) -> dict[str, str]:
    found: dict[str, str] = {}
    every = list(FIGURES.finditer(text))
    years = [m for m in every if YEAR.fullmatch(_plain(m))]
    others = [m for m in every if m not in years]
    if years:
        match = rng.choice(years)
        found["year"] = _put(text, match, str(int(_plain(match)) + rng.choice(YEAR_SHIFTS)))
    if others:
        match = rng.choice(others)
        found["number"] = _put(text, match, _other_digit(_plain(match), rng))
    mine = {_plain(m).replace(",", "") for m in every}
    theirs = [m for m in map(_plain, FIGURES.finditer(context.source))
              if m.replace(",", "") not in mine]  # fmt: skip
    if every and theirs:
        found["number of another fact"] = _put(text, rng.choice(every), rng.choice(theirs))
    months = [m for m in MONTHS[context.language] if _find(text, m, context.language)]
    if months:
        rest = [m for m in MONTHS[context.language] if fold(m) != fold(months[0])]
        found["month"] = _swapped(text, months[0], rng.choice(rest), context.language)
    for words in NUMBER_WORDS[context.language]:
        present = [w for w in words if _find(text, w, context.language)]
        if present:
            new = rng.choice([w for w in words if w != present[0]])
            found["number word"] = _swapped(text, present[0], new, context.language)
    return found


def _other_digit(figures: str, rng: random.Random) -> str:
    places = [n for n, character in enumerate(figures) if character.isdigit()]
    place = rng.choice(places)
    least = 1 if place == 0 else 0
    digits = [str(d) for d in range(least, 10) if str(d) != figures[place]]
    return figures[:place] + rng.choice(digits) + figures[place + 1 :]


def _find(text: str, word: str, language: str) -> re.Match[str] | None:
    before, behind = EDGES[language]
    return re.search(before + re.escape(word) + behind, text)


def _swapped(text: str, old: str, new: str, language: str) -> str:
    if old in ("%", "٪"):
        return text.replace(old, new, 1)
    match = _find(text, old, language)
    return text[: match.start()] + new + text[match.end() :] if match else ""


def _present(text: str, context: Context) -> list[tuple[int, str]]:
    found = [(match.start(), name) for name in context.names
             for match in [_find(text, name, context.language)] if match]  # fmt: skip
    return sorted(found)


def _names(text: str, context: Context, rng: random.Random) -> dict[str, str]:
    present = _present(text, context)
    if not present:
        return {}
    place, name = rng.choice(present)
    mine = set(fold(name).split())
    others = [
        other for other in context.names
        if not mine & set(fold(other).split()) and fold(other) not in fold(text)
        and abs(len(other.split()) - len(name.split())) <= 1
    ]  # fmt: skip
    absent = [other for other in others if other not in context.source]
    there = [other for other in others if other in context.source]
    found = {}
    for kind, choices in (("name", absent), ("name of the source", there)):
        if choices:
            found[kind] = text[:place] + rng.choice(choices) + text[place + len(name) :]
    return found


def _roles(text: str, context: Context, rng: random.Random) -> dict[str, str]:
    pairs = []
    for (a, first), (b, second) in pairwise(_present(text, context)):
        between = text[a + len(first) : b]
        apart = 0 < len(between) < FARTHEST_ROLE and not re.search("[.،,;؛]", between)
        listed = re.fullmatch(r"\W*(and|or|&|و|أو|to)?\W*", between)
        if apart and not listed and not set(first.split()) & set(second.split()):
            pairs.append((a, first, b, second))
    if not pairs:
        return {}
    a, first, b, second = rng.choice(pairs)
    middle, end = text[a + len(first) : b], text[b + len(second) :]
    return {"roles": text[:a] + second + middle + first + end}


def _negations(text: str, context: Context, rng: random.Random) -> dict[str, str]:
    if context.language == "en":
        return _english_negations(text, context, rng)
    plain, found = MARKS.sub("", text), {}
    before = EDGES["ar"][0]
    # «لا … سوى» is "only", «لا … فحسب» "not only", «لا نهائي» one word: no negation to take out.
    removed = re.search(
        before + r"(?<!دي )(?<!لا، )(?:[وف]?(?:لم|لا|لن)\s+(?=[\u0621-\u064a]{4})|ليست?\s+)"
        r"(?!يزال|تزال|سيما|نهائي)(?!.{0,60}(?:سوى|إلا|الا|فحسب))",
        plain,
    )
    if removed:
        found["negation removed"] = plain[: removed.start()] + plain[removed.end() :]
    verbs = [
        m for m in re.finditer(before + r"[\u0621-\u064a]{4,}(?![\u0621-\u064a])", plain)
        if fold(m[0]) in context.verbs.imperfects
        and not re.search(r"(?:لم|لن|لا|قد|أن|ان)\s+$", plain[: m.start()])
    ]  # fmt: skip
    if verbs:
        at = rng.choice(verbs).start()
        found["negation inserted"] = plain[:at] + rng.choice(["لا ", "لا ", "لن "]) + plain[at:]
        return found
    for old, new in (("كان", "لم يكن"), ("كانت", "لم تكن"), ("هو", "ليس"), ("هي", "ليست")):
        if _find(plain, old, "ar"):
            found["negation inserted"] = _swapped(plain, old, new, "ar")
            break
    return found


def _english_negations(text: str, context: Context, rng: random.Random) -> dict[str, str]:
    found = {}
    removed = re.search(
        r"(?<!\bno, )(?<!\bif )\b(?:not|never)\s(?!only|just|any more)|n['’]t\b|\bno\s",
        text,
        re.IGNORECASE,
    )
    if removed:
        found["negation removed"] = text[: removed.start()] + text[removed.end() :]
    helper = re.search(
        r"\b(is|was|are|were|has|had|can|could|will|would|may|must|should)\b(?! not| no\b)", text
    )
    if helper:
        at = helper.end()
        found["negation inserted"] = text[:at] + rng.choice([" not", " not", " never"]) + text[at:]
        return found
    for match in re.finditer(r"\b([A-Z]\w+|he|she|it|they|who|which) (\w+)\b(?! by)", text):
        lemma = context.verbs.lemma_of.get(match[2])
        if lemma:
            changed = f"did not {lemma}"
            found["negation inserted"] = text[: match.start(2)] + changed + text[match.end(2) :]
            break
    return found


def _words(text: str, context: Context, rng: random.Random) -> dict[str, str]:
    found = {}
    tables: tuple[tuple[str, Mapping[str, Sequence[tuple[str, str]]]], ...] = (
        ("quantity", QUANTITIES),
        ("unit", UNITS),
        ("antonym", ANTONYMS),
    )
    for kind, table in tables:
        twins = [_swapped(text, old, new, context.language)
                 for old, new in table[context.language]
                 if not _is_other_sense(text, old, context.language)]  # fmt: skip
        twins = [twin for twin in twins if twin and twin != text]
        if twins:
            found[kind] = rng.choice(twins)
    return found


def _is_other_sense(text: str, word: str, language: str) -> bool:
    """Return whether a word is no quantity or unit here: at all, the most common, the year 1990."""
    match = _find(text, word, language)
    if match is None:
        return True
    before, behind = text[: match.start()].rstrip(), text[match.end() :].lstrip()
    if word in ("سنة", "عاما", "year") and behind[:1].isdigit():
        return True
    if word in ("most", "all", "كل"):
        return before.endswith(("the", " at", " its", "their")) or behind.startswith("من ")
    return False


def _clauses(text: str, context: Context, rng: random.Random) -> dict[str, str]:
    comma = ", " if context.language == "en" else "، "
    whole = text.rstrip(" .")
    found = {"clause invented": f"{whole}{comma}{rng.choice(INVENTED[context.language])}."}
    if context.clauses:
        found["clause of the article"] = f"{whole}{comma}{rng.choice(context.clauses)}."
    return found
