"""What speaks for each sentence of the passages that were found."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from assistant.language import grams, stem, words
from assistant.lexicon import text_vector
from assistant.library import Passage, StoredSentence
from assistant.retrieval import analyse
from assistant.retrieval.meanings import Understood
from assistant.retrieval.passages import ScoredPassage
from assistant.retrieval.reading import unit_vectors
from assistant.retrieval.sentences import FEATURES, Candidate, candidates

MUSEUM = ("The museum opened in 1962.", "It keeps coins.", "Did the museum open?")
DAM = ("The dam of Wahran is tall.",)


def found(
    *sentences: str, number: int = 1, title: str = "Title", score: float = 0.8
) -> ScoredPassage:
    """Return a passage of sentences with a space between them."""
    text, spans = "", []
    for sentence in sentences:
        text += " " if text else ""
        spans.append(StoredSentence(len(text), len(text) + len(sentence), ""))
        text += sentence
    passage = Passage(number, f"d{number}", "v", title, "a.txt", 0, len(text), text, tuple(spans))
    return ScoredPassage(passage, score, score)


def understood(
    question: str,
    weights: Mapping[str, float],
    alternatives: Mapping[str, Mapping[str, float]] | None = None,
) -> Understood:
    """Return a question with weights and meanings set by hand."""
    others = {name: {**(alternatives or {}).get(name, {}), name: 1.0} for name in weights}
    return Understood(analyse(question), (), others, weights)


def column(read: Sequence[Candidate], name: str) -> list[float]:
    return [float(candidate.features[FEATURES.index(name)]) for candidate in read]


@pytest.fixture
def read() -> list[Candidate]:
    """Candidates for a question about two stems, of two passages."""
    asked = understood("When did the museum open?", {"museum": 3.0, "open": 1.0})
    passages = [found(*MUSEUM, title="City museum"), found(*DAM, number=2, score=0.2)]
    return candidates(asked, passages)


def test_candidates_are_all_sentences_in_order(read: list[Candidate]) -> None:
    texts = [c.passage.sentence_text(c.sentence) for c in read]

    assert texts == [*MUSEUM, *DAM]
    assert [c.reading.text for c in read] == texts
    assert [c.passage.id for c in read] == [1, 1, 1, 2]
    assert all(c.features.shape == (len(FEATURES),) for c in read)
    assert [list(c.covered) for c in read] == [[1, 1], [0, 0], [1, 1], [0, 0]]


def test_features_are_named_once_each() -> None:
    assert len(set(FEATURES)) == len(FEATURES)


HALF = math.log(1 + 4 / 2.5)  # the rarity of what two of four candidates have
TWO_OF_THREE = math.log(1 + 3 / 2.5)  # … of three sentences of a passage


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("coverage", [1, 0, 1, 0]),
        ("local_coverage", [1, 0, 1, 0]),
        ("passage_local_coverage", [1, 0, 1, 0]),
        ("passage_coverage", [1, 1, 1, 0]),
        ("matched", [1, 0, 1, 0]),
        ("unmatched", [0, 3 / 8, 0, 3 / 8]),
        ("neighbours", [1, 0, 1, 0]),
        ("before", [0, 1, 0, 0]),
        ("after", [0, 1, 0, 0]),
        ("coverage_with_before", [1, 1, 1, 0]),
        ("local_coverage_with_before", [1, 1, 1, 0]),
        ("coverage_with_title", [1, 0.75, 1, 0]),
        ("local_coverage_with_title", [1, 1 / 2, 1, 0]),
        ("local_coverage_with_both", [1, 1, 1, 0]),
        ("window", [1, 0, 1, 0]),
        ("passage", [1, 1, 1, 0.25]),
        ("passage_below_best", [0, 0, 0, -0.6]),
        ("title", [0.75, 0.75, 0.75, 0]),
        ("first", [1, 0, 0, 1]),
        ("length", [math.log(len(s) / 120) for s in (*MUSEUM, *DAM)]),
        ("asks", [0, 0, 1, 0]),
        ("time", [1, 0, 0, 0]),
        ("number", [0, 0, 0, 0]),
        ("number_near", [1 / 2, 0, 0, 0]),  # «1962» stands beside «opened»
        ("name", [0, 0, 0, 0]),
        ("place", [0, 0, 0, 0]),
        ("named_place", [0, 0, 0, 0]),
        ("reason", [0, 0, 0, 0]),
        ("beginning", [0, 0, 0, 0]),
        ("capitals", [0, 0, 0, 0]),
        ("unknown", [0, 0, 0, 0]),
        ("across", [0, 0, 0, 0]),
    ],
)
def test_feature_is_computed_by_hand(
    read: list[Candidate], name: str, expected: list[float]
) -> None:
    assert column(read, name) == pytest.approx(expected)


def test_coverage_with_before_stops_at_the_beginning_of_a_passage() -> None:
    asked = understood("Which museum keeps coins?", {"museum": 3.0, "coin": 1.0})
    read = candidates(asked, [found("A museum."), found("It has coins.", "Old ones.", number=2)])

    assert column(read, "coverage_with_before") == pytest.approx([0.75, 0.25, 0.25])


def test_window_leaves_out_what_stands_too_far_off() -> None:
    """Seven other words part the two stems of the first sentence; three those of the second."""
    asked = understood("When did the museum open?", {"museum": 1.0, "open": 1.0})
    far = "The museum lends old maps, coins, stamps, books, photographs; schools open it."
    near = "The museum lends maps, stamps; schools open it."
    read = candidates(asked, [found(far, near)])

    assert column(read, "coverage") == pytest.approx([1, 1])
    assert column(read, "window") == pytest.approx([1 / 2, 1])


def test_soft_coverage_with_before_is_of_both_sentences() -> None:
    asked = understood("When did the museum open?", {"museum": 3.0, "open": 1.0})
    read = candidates(asked, [found("The museum.", "It opened.")])

    assert column(read, "soft_coverage_with_before")[1] == pytest.approx(1)
    assert column(read, "soft_local_coverage_with_before")[1] == pytest.approx(1)
    assert column(read, "soft_coverage")[1] < 1


def test_coverage_by_weight_and_by_rarity_differ() -> None:
    """«museum» weighs three times «open», and of three sentences two have it, one has «open»."""
    asked = understood("When did the museum open?", {"museum": 3.0, "open": 1.0})
    read = candidates(asked, [found("The museum.", "A museum.", "It opened.")])
    museum, opened = math.log(1 + 3 / 2.5), math.log(1 + 3 / 1.5)

    assert column(read, "coverage") == pytest.approx([0.75, 0.75, 0.25])
    local = [museum / (museum + opened)] * 2 + [opened / (museum + opened)]
    assert column(read, "local_coverage") == pytest.approx(local)
    assert column(read, "passage_local_coverage") == pytest.approx(local)
    assert column(read, "unmatched") == pytest.approx([1 / 8, 1 / 8, 3 / 8])
    assert column(read, "matched") == pytest.approx([0.5, 0.5, 0.5])
    assert column(read, "passage_coverage") == pytest.approx([1, 1, 1])
    assert column(read, "before") == pytest.approx([0, 0.75, 0.75])
    assert column(read, "after") == pytest.approx([0.75, 0.25, 0])


def test_local_coverages_count_all_candidates_or_those_of_the_passage() -> None:
    asked = understood("museum open", {"museum": 1.0, "open": 1.0})
    read = candidates(asked, [found("The museum.", "It opened."), found("A museum.", number=2)])
    museum, opened = math.log(1 + 3 / 2.5), math.log(1 + 3 / 1.5)
    # In the first passage one of two has each; in the second one of one, and none of one.
    alone, absent = math.log(1 + 1 / 1.5), math.log(1 + 1 / 0.5)

    assert column(read, "local_coverage") == pytest.approx(
        [museum / (museum + opened), opened / (museum + opened), museum / (museum + opened)]
    )
    assert column(read, "passage_local_coverage") == pytest.approx(
        [0.5, 0.5, alone / (alone + absent)]
    )


def test_gram_coverage_is_by_rarity_among_the_candidates() -> None:
    asked = understood("ship", {"ship": 1.0})
    read = candidates(asked, [found("A shipper.", "A ship.", "Wheat.")])
    # ^shi: two of three; ship: two; hip$: one.
    two, one = math.log(1 + 3 / 2.5), math.log(1 + 3 / 1.5)

    assert grams("ship") == ("^shi", "ship", "hip$")
    assert column(read, "gram_coverage") == pytest.approx([2 * two / (2 * two + one), 1, 0])


def test_likenesses_are_those_of_the_vectors() -> None:
    asked = understood("doctor war", {"doctor": 3.0, "war": 1.0})
    read = candidates(asked, [found("A physician came.", "The war.", "Qzxqzx.")])
    doctor, war = unit_vectors(["doctor", "war"])
    soft = []
    for sentence in ("physician came", "war", "qzxqzx"):
        held = unit_vectors([stem(word) for word in words(sentence)])
        soft.append([max(0.0, float((held @ v).max())) for v in (doctor, war)])
    counts = np.array(soft).sum(axis=0)
    rare = np.log1p(3 / (0.5 + counts))
    whole = text_vector({"doctor": 1, "war": 1})
    cosines = [
        float(text_vector({stem(w): 1 for w in words(s)}) @ whole)
        for s in ("physician came", "war", "qzxqzx")
    ]

    assert column(read, "soft_coverage") == pytest.approx(
        [(3 * d + w) / 4 for d, w in soft], abs=1e-5
    )
    assert column(read, "soft_local_coverage") == pytest.approx(
        list(np.array(soft) @ rare / rare.sum()), abs=1e-5
    )
    assert column(read, "cosine") == pytest.approx(cosines, abs=1e-5)
    assert column(read, "cosine_below_best") == pytest.approx(
        [c - max(cosines) for c in cosines], abs=1e-5
    )
    assert 0.3 < column(read, "soft_coverage")[0] < 1 > column(read, "coverage")[0] == 0
    assert column(read, "soft_coverage")[2] == column(read, "cosine")[2] == 0


def test_meanings_in_the_other_language_count_by_their_weight() -> None:
    asked = understood(
        "متى افتتح المتحف؟",
        {"افتتح": 1.0, "متحف": 3.0},
        {"افتتح": {"open": 0.6}, "متحف": {"museum": 0.9}},
    )
    read = candidates(asked, [found(*MUSEUM, title="The museum"), found("فتح المتحف.", number=2)])

    assert list(read[0].covered) == pytest.approx([0.6, 0.9])
    assert column(read, "coverage")[0] == pytest.approx((0.6 + 3 * 0.9) / 4)
    assert column(read, "title") == pytest.approx([0.75, 0.75, 0.75, 0])
    assert column(read, "across") == [1, 1, 1, 0]
    assert column(read, "neighbours")[0] == 1


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The city museum of Wahran opened.", 1.0),
        ("Wahran has a museum.", 1 / 2),  # city is missing
        ("The museum opened its doors to Wahran.", 0.0),  # more than two words apart
        ("Wahran.", 0.0),
    ],
)
def test_neighbours_stand_within_two_words(sentence: str, expected: float) -> None:
    names = {"citi": 1.0, "museum": 1.0, "wahran": 1.0}
    asked = understood("city museum Wahran", names)

    assert column(candidates(asked, [found(sentence)]), "neighbours") == pytest.approx([expected])


def test_neighbours_of_a_question_of_one_word_are_none() -> None:
    read = candidates(understood("museum", {"museum": 1.0}), [found(*MUSEUM)])

    assert column(read, "neighbours") == [0, 0, 0]


@pytest.mark.parametrize(
    ("question", "name", "sentence", "value"),
    [
        ("How many coins are kept?", "number", "It keeps 8,400 coins.", 1),
        ("How many coins are kept?", "number", "It keeps coins.", 0),
        ("How many coins are kept?", "number_near", "It keeps 8,400 coins.", 1 / 2),
        ("How many coins are kept?", "number_near", "It keeps twenty coins.", 1 / 2),
        ("كم قطعة في المتحف؟", "number", "فيه ثلاثون قطعة.", 1),
        ("Who rebuilt it?", "name", "It was rebuilt by Salma Haddad.", 1),
        ("Who rebuilt it?", "name", "It was rebuilt.", 0),
        ("Who is Salma Haddad?", "name", "It was rebuilt by Salma Haddad.", 0),
        ("Who rebuilt it?", "capitals", "It was rebuilt by Salma Haddad.", 2),
        ("Who rebuilt it?", "capitals", "The A Bcd Cde Def Efg.", 3),  # three at most
        ("من أعاد بناءها؟", "name", "بناها قزحبلوط.", 0.5),
        ("من أعاد بناءها؟", "name", "بناها قزحبلوط غظضذغظض.", 1),
        ("من أعاد بناءها؟", "unknown", "بناها قزحبلوط غظضذغظض.", 2),
        ("من هو قزحبلوط؟", "unknown", "بناها قزحبلوط غظضذغظض.", 1),
        ("Where did they meet?", "place", "They met in Moscow.", 1),
        ("Where did they meet?", "place", "They met.", 0),
        ("أين اجتمعوا؟", "place", "اجتمعوا في موسكو.", 1),
        ("Where did they meet?", "named_place", "They met: Moscow.", 1),
        ("أين اجتمعوا؟", "named_place", "اجتمعوا بموسكو.", 1),
        ("Where did they meet?", "named_place", "They met there.", 0),
        ("Where is Moscow?", "named_place", "Moscow is old.", 0),
        ("When did they meet?", "named_place", "They met in Moscow.", 0),
        ("Why did it close?", "reason", "It closed because of rain.", 1),
        ("لماذا أغلق؟", "reason", "أغلق بسبب المطر.", 1),
        ("Why did it close?", "reason", "It closed.", 0),
        ("When did it open?", "time", "It opened in 1962.", 1),
        ("When did it open?", "time", "It opened.", 0),
        ("What is inflation?", "beginning", "Inflation is a rise.", 1),
        ("When did it open?", "number", "It keeps 8,400 coins.", 0),  # not what is asked
        ("How many coins?", "time", "It opened in 1962.", 0),
        ("When did it open?", "capitals", "It was rebuilt by Salma Haddad.", 0),
        ("When did it open?", "beginning", "It opened.", 0),
        ("Who built the dam?", "asks", "Who rebuilt it?", 1),
        ("Who built the dam?", "asks", "He asked «who rebuilt it?»", 1),
        ("من فعل؟", "asks", "من أعاد بناءها؟ ", 1),
        ("Who built the dam?", "asks", "He rebuilt it.", 0),
    ],
)
def test_what_is_asked_for_counts(question: str, name: str, sentence: str, value: float) -> None:
    query = analyse(question)
    asked = understood(question, dict.fromkeys(query.stems, 1.0))
    (candidate,) = candidates(asked, [found(sentence)])

    assert candidate.features[FEATURES.index(name)] == pytest.approx(value)


def test_nothing_found_or_asked_has_no_candidates() -> None:
    asked = understood("museum", {"museum": 1.0})

    assert candidates(asked, []) == []
    assert candidates(asked, [found()]) == []
    assert candidates(understood("?", {}), [found(*MUSEUM)]) == []


def test_passage_without_sentences_is_passed_over() -> None:
    asked = understood("museum", {"museum": 1.0})
    read = candidates(asked, [found(number=3), found(*MUSEUM), found(number=4)])

    assert len(read) == 3
    assert column(read, "coverage") == [1, 0, 1]


def test_sentences_without_words_are_candidates_too() -> None:
    asked = understood("museum", {"museum": 1.0})
    read = candidates(asked, [found("***", "The museum.", "…")])

    assert column(read, "coverage") == [0, 1, 0]
    assert np.isfinite([c.features for c in read]).all()


def test_passages_of_no_score_and_stems_of_no_weight_are_no_error() -> None:
    asked = understood("museum", {"museum": 0.0})
    read = candidates(asked, [found(*MUSEUM, score=0.0)])

    assert np.isfinite([c.features for c in read]).all()
    assert column(read, "passage") == [0, 0, 0]
    assert column(read, "coverage") == [0, 0, 0]


def test_order_of_passages_changes_only_what_hangs_on_it() -> None:
    asked = understood("When did the museum open?", {"museum": 3.0, "open": 1.0})
    one, two = found(*MUSEUM), found(*DAM, "A museum opened.", number=2, score=0.3)
    there, back = candidates(asked, [one, two]), candidates(asked, [two, one])
    by_text = {c.reading.text: c.features for c in back}

    for candidate in there:
        for name, value in zip(FEATURES, candidate.features, strict=True):
            if not name.startswith("passage") or name.endswith("coverage"):
                other = by_text[candidate.reading.text][FEATURES.index(name)]
                assert value == pytest.approx(other), name


@pytest.mark.parametrize(
    ("question", "across"),
    [("When did the museum open?", [0, 1, 1, 1]), ("متى افتتح المتحف؟", [1, 0, 0, 0])],
    ids=["en", "ar"],
)
def test_sentence_is_across_by_its_own_language_else_by_its_passage(
    question: str, across: list[float]
) -> None:
    asked = understood(question, {"museum": 1.0})
    sentences = ("The museum opened.", "افتتح المتحف أبوابه أمام الزوار.", "1962", "متحف museum")
    read = candidates(asked, [found(*sentences)])

    assert column(read, "across") == across
