"""The lexical leg: scores as shares of the highest one that a question can reach."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from strategies import mixed_text

from assistant import Assistant, Document, Settings
from assistant.library import SATURATION, AnyOf, WeightedTerm
from assistant.retrieval import analyse, lexical
from assistant.retrieval.lexical import other_terms, own_terms
from assistant.retrieval.meanings import Meaning, understand
from assistant.retrieval.names import NameMatcher

TEXTS = [
    "The museum keeps coins.",
    "The museum is open.",
    "A ship sank near the harbour.",
    "Wheat grows on the hills.",
    "يحفظ المتحف قطعا نقدية.",
    "غرقت سفينة قرب الميناء.",
    "ينمو القمح على التلال.",
]
QUESTIONS = [
    "Who keeps the coins of the museum?",
    "Where did the ship sink?",
    "museum museum",
    "xyzzy qwrtp",
    "من يحفظ القطع النقدية؟",
    "أين غرقت السفينة؟",
    "قزحبلوط",
    "متى كان 1962؟",
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """A library of `TEXTS`, each the one passage of a document; only to be read."""
    with Assistant(tmp_path_factory.mktemp("lexical") / "library", Settings()) as assistant:
        assistant.add(*(Document(title=str(n), text=text) for n, text in enumerate(TEXTS)))
        yield assistant._library


def idf(known: float) -> float:
    return math.log(1 + (len(TEXTS) - known + 0.5) / (known + 0.5))


def highest(terms: list[WeightedTerm], library: object) -> float:
    """Return the score of a passage that has every term without end."""
    idfs = library.terms.idf([(term.field, term.term) for term in terms])
    return SATURATION * sum(t.boost * i for t, i in zip(terms, idfs, strict=True))


# In the question's own language


@pytest.mark.parametrize("question", QUESTIONS)
def test_highest_possible_score_is_one(library: object, question: str) -> None:
    """Also where no passage has a word of it."""
    terms = own_terms(analyse(question), library)

    assert highest(terms, library) == pytest.approx(1)
    assert all(term.boost > 0 for term in terms)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=mixed_text())
def test_score_of_any_question_is_a_share(library: object, text: str) -> None:
    query = analyse(text)
    terms = own_terms(query, library)

    assert highest(terms, library) == pytest.approx(1 if query.stems else 0)
    assert all(0 < score <= 1 + 1e-4 for _, score in library.terms.search(terms, 100))


@pytest.mark.parametrize(("question", "language"), [("coins", "en"), ("المتحف", "ar")])
def test_stems_and_grams_share_the_score(library: object, question: str, language: str) -> None:
    terms = own_terms(analyse(question), library)
    parts = {
        field: highest([t for t in terms if t.field == field], library)
        for field in ("stem", "gram")
    }

    assert parts["stem"] == pytest.approx(lexical._STEM_SHARE[language])
    assert parts["stem"] + parts["gram"] == pytest.approx(1)


def test_repeated_word_counts_as_often_as_it_is_asked(library: object) -> None:
    asked = own_terms(analyse("museum museum coins"), library)
    terms = {t.term: t.boost for t in asked if t.field == "stem"}

    assert terms["museum"] == pytest.approx(2 * terms["coin"])


def test_boosts_are_computed_by_hand(library: object) -> None:
    """«coins» and «xyzzy»: one passage of seven has the first, none the second."""
    terms = {
        t.term: t.boost for t in own_terms(analyse("coins xyzzy"), library) if t.field == "stem"
    }
    share = lexical._STEM_SHARE["en"]

    expected = share / (2.2 * (math.log(1 + 6.5 / 1.5) + math.log(1 + 7.5 / 0.5)))
    assert terms == pytest.approx({"coin": expected, "xyzzi": expected})


@pytest.mark.parametrize("question", ["", "?!", "\U0001f600"])
def test_question_without_words_looks_for_nothing(library: object, question: str) -> None:
    assert own_terms(analyse(question), library) == []
    assert other_terms(analyse(question), [], library) == []


def test_empty_library_can_be_asked(assistant: Assistant) -> None:
    query = analyse("من يحفظ القطع النقدية؟")
    asked = understand(query, assistant._library, NameMatcher(assistant._library))

    assert own_terms(query, assistant._library)
    assert other_terms(query, asked.meanings, assistant._library) == []


# In the other language


def meaning(stem: str, forward: dict[str, float], backward: dict[str, float] | None = None):
    return Meaning(stem, 1, forward, {} if backward is None else backward)


def test_one_sure_translation_reaches_what_is_computed_by_hand(library: object) -> None:
    """The highest score is 1.4 times the root of the share of the idf that an unknown word has."""
    (group,) = other_terms(analyse("نقود"), [meaning("نقود", {"coin": 1.0})], library)
    (term,) = group.terms

    assert (term.field, term.term) == ("stem", "coin")
    assert highest([term], library) == pytest.approx(1.4 * math.sqrt(idf(1) / idf(0)))


def test_group_of_translations_is_any_of_them(library: object) -> None:
    groups = other_terms(analyse("نقود"), [meaning("نقود", {"coin": 0.7, "wheat": 0.3})], library)

    assert [type(group) for group in groups] == [AnyOf]
    assert {term.term for term in groups[0].terms} == {"coin", "wheat"}
    assert 0 < groups[0].tie < 1


def test_boosts_of_a_group_are_its_own_idf_over_theirs(library: object) -> None:
    """«museum» is in two passages, «coin» in one, and the group in 0.6 * 2 + 0.4 * 1 = 1.6."""
    (group,) = other_terms(analyse("x"), [meaning("x", {"museum": 0.6, "coin": 0.4})], library)
    boosts = {term.term: term.boost for term in group.terms}

    merged = idf(1.6)
    museum, coin = 0.6**0.7 * merged / idf(2), 0.4**0.7 * merged / idf(1)
    assert boosts["museum"] / boosts["coin"] == pytest.approx(museum / coin)
    top = max(museum * idf(2), coin * idf(1))
    scale = 1.4 / math.sqrt(2.2 * idf(0) * 2.2 * top)
    assert boosts == pytest.approx({"museum": museum * scale, "coin": coin * scale})


@pytest.mark.parametrize(("question", "share"), [("سؤال", 0.5), ("question", 0.3)])
def test_backward_table_counts_in_part(library: object, question: str, share: float) -> None:
    forward, backward = (
        other_terms(analyse(question), [meaning("x", *tables)], library)[0].terms[0].boost
        for tables in (({"coin": 1.0},), ({}, {"coin": 1.0}))
    )
    (both,) = other_terms(analyse(question), [meaning("x", {"coin": 1.0}, {"coin": 1.0})], library)

    # A boost b gives b over the root of b.
    assert backward / forward == pytest.approx(math.sqrt(share))
    assert both.terms[0].boost / forward == pytest.approx(math.sqrt(1 + share))


def test_word_without_translations_lowers_the_others(library: object) -> None:
    """Of two words of a question only one can be found: the root of one half is left."""
    sure = [meaning("one", {"coin": 1.0})]
    (alone,) = other_terms(analyse("coins"), sure, library)
    (beside,) = other_terms(analyse("coins xyzzy"), [*sure, meaning("two", {})], library)

    assert beside.terms[0].boost / alone.terms[0].boost == pytest.approx(math.sqrt(0.5))


@pytest.mark.parametrize("question", QUESTIONS)
def test_best_translations_reach_the_highest_score(library: object, question: str) -> None:
    query = analyse(question)
    asked = understand(query, library, NameMatcher(library))
    groups = other_terms(query, asked.meanings, library)
    best = sum(max(highest([term], library) for term in group.terms) for group in groups)
    share = lexical._BACKWARD[query.language]

    possible = sum(by_hand(meaning, share, library) for meaning in asked.meanings)
    expected = 1.4 * math.sqrt(possible / (sum(query.stems.values()) * idf(0)))
    assert best == pytest.approx(expected)
    assert all(term.boost > 0 and term.field == "stem" for g in groups for term in g.terms)


def by_hand(meaning: Meaning, backward_share: float, library: object) -> float:
    """Return the most that a meaning gives: the best stem's idf, that of the group by its p."""
    parts: Counter[str] = Counter()
    for table, share in ((meaning.forward, 1.0), (meaning.backward, backward_share)):
        known = dict(
            zip(table, library.terms.frequencies([("stem", s) for s in table]), strict=True)
        )
        merged = sum(p * known[stem] for stem, p in table.items())
        for stem, p in table.items():
            parts[stem] += share * meaning.count * p**0.7 * idf(max(merged, 0.5))
    return max(parts.values(), default=0.0)


def test_question_in_one_language_finds_passages_of_the_other(library: object) -> None:
    for question, title in [("أين غرقت السفينة؟", 2), ("Where does wheat grow?", 6)]:
        query = analyse(question)
        asked = understand(query, library, NameMatcher(library))
        found = library.terms.search(
            other_terms(query, asked.meanings, library),
            10,
            languages=(asked.other_language, "mixed"),
        )
        passages = library.catalogue.passages([i for i, _ in found])
        assert passages[found[0][0]].text == TEXTS[title]
