"""Extractive answers: which sentences are quoted, in which frame, and when it refuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from assistant.answering import ExtractiveAnswerer, finished
from assistant.answering.extractive import choose
from assistant.library import Passage, StoredSentence
from assistant.retrieval import Evidence, RankedSentence, analyse
from assistant.retrieval.passages import ScoredPassage
from assistant.strings import say

SENTENCES = ("The dam is tall. ", "It was built in 1970. ", "Engineers came from afar. ", "End.")
TEXT = "".join(SENTENCES)
# Of the question's stems, in its order.
WEIGHTS = {"a": 1.0, "b": 1.0, "c": 1.0, "d": 1.0}


def ranked(
    number: int,
    covered: Mapping[str, float],
    score: float = 0.9,
    *,
    document: str = "d1",
    fits_kind: bool = False,
) -> RankedSentence:
    """Return a sentence of `TEXT` as it was ranked."""
    spans, start = [], 0
    for sentence in SENTENCES:
        spans.append(StoredSentence(start, start + len(sentence.strip()), f"p. {len(spans)}"))
        start += len(sentence)
    title = f"Title {document}"
    passage = Passage(1, document, "v", title, "a.txt", 0, len(TEXT), TEXT, tuple(spans))
    row = np.array([covered.get(stem, 0.0) for stem in WEIGHTS])
    return RankedSentence(passage, spans[number], row, fits_kind, score)


def evidence(
    *sentences: RankedSentence,
    question: str = "How tall is it?",
    confidence: float = 0.9,
    is_library_empty: bool = False,
) -> Evidence:
    return Evidence(
        query=analyse(question),
        passages=tuple(ScoredPassage(s.passage, s.score, s.score) for s in sentences),
        sentences=sentences,
        weights=WEIGHTS,
        confidence=confidence,
        is_library_empty=is_library_empty,
    )


# Choosing


@pytest.mark.parametrize(
    ("covered", "chosen"),
    [
        ([{"a": 1.0, "b": 1.0, "c": 1.0, "d": 1.0}, {"a": 1.0}, {"b": 1.0}], [0]),
        ([{"a": 1.0}, {"a": 1.0}, {"a": 1.0}], [0]),
        ([{"a": 1.0}, {"b": 1.0}], [0, 1]),
        ([{"a": 1.0}, {"a": 1.0}, {"b": 1.0}], [0, 2]),
        ([{"a": 1.0}, {"b": 1.0}, {"c": 1.0}, {"d": 1.0}], [0, 1, 2]),
        ([{"a": 1.0}, {"a": 1.0, "b": 0.6}], [0]),  # adds too little
        ([{"a": 0.2}, {"a": 1.0}], [0, 1]),
        ([{"a": 1.0}, {"a": 0.1, "b": 1.0}, {"a": 1.0}], [0, 1]),  # a stays covered
        ([{}, {"a": 1.0}], [0, 1]),
        ([{}], [0]),
    ],
)
def test_sentences_that_add_are_chosen(covered: list[dict[str, float]], chosen: list[int]) -> None:
    sentences = [ranked(n, words) for n, words in enumerate(covered)]

    assert choose(sentences, WEIGHTS) == [sentences[n] for n in chosen]


def test_sentence_far_behind_the_best_is_left_out() -> None:
    best, near, far = (
        ranked(0, {"a": 1.0}),
        ranked(1, {"b": 1.0}, 0.6),
        ranked(2, {"c": 1.0}, 0.2),
    )

    assert choose([best, near, far], WEIGHTS) == [best, near]


def test_sentence_without_what_is_asked_for_is_left_out_after_one_with_it() -> None:
    best = ranked(0, {"a": 1.0}, fits_kind=True)
    other = ranked(1, {"b": 1.0})
    fitting = ranked(2, {"c": 1.0}, fits_kind=True)

    assert choose([best, other, fitting], WEIGHTS) == [best, fitting]
    assert choose([other, best], WEIGHTS) == [other, best]


def test_choice_without_weights_is_the_best() -> None:
    bare = [replace(ranked(n, {}), covered=np.zeros(0)) for n in range(2)]

    assert choose(bare, {}) == bare[:1]


# Answers


def test_answer_is_a_frame_and_quotations() -> None:
    found = evidence(ranked(0, {"a": 1.0}), ranked(1, {"b": 1.0}))
    frame, first, space, second = ExtractiveAnswerer(0.5).segments(found)

    assert (frame.support, frame.citations) == ("frame", ())
    assert frame.text == say("answer.frame.one", "en", {"title": "Title d1"})
    assert (first.text, first.support) == ("The dam is tall.", "verbatim")
    assert (space.text, space.support, space.citations) == (" ", "frame", ())
    assert second.text == "It was built in 1970."
    for segment in (first, second):
        (citation,) = segment.citations
        assert citation.cited_text == segment.text
        assert TEXT[citation.start_char_index : citation.end_char_index] == segment.text
    assert first.citations[0].place == "p. 0"


@pytest.mark.parametrize(
    ("left", "right", "gap"),
    [
        ("It is open.", "It is free.", " "),
        ("هل هو مفتوح؟", "نعم.", " "),
        ('He said "yes."', "She did not.", " "),
        ("It is **open.**", "It is free.", " "),
        ("It is open.[3]", "It is free.", " "),
        ("مفتوح.\u200f", "وهو مجاني.", " "),
        ("Entry is free", "Closed on Fridays", "\n"),
        ("الدخول مجاني", "يغلق الجمعة", "\n"),
        ("Prices:", "Adults pay five.", "\n"),
        ("| Adults | 5 |", "| Children | 2 |", "\n"),
        ("Entry is cheap.", "| Adults | 5 |", "\n"),
    ],
)
def test_quotations_without_an_end_mark_stand_on_lines_of_their_own(
    left: str, right: str, gap: str
) -> None:
    text = f"{left}\n{right}"
    spans = (StoredSentence(0, len(left), ""), StoredSentence(len(left) + 1, len(text), ""))
    passage = Passage(1, "d1", "v", "Museum", "a.md", 0, len(text), text, spans)
    found = evidence(
        RankedSentence(passage, spans[0], np.array([1.0, 0, 0, 0]), False, 0.9),
        RankedSentence(passage, spans[1], np.array([0, 1.0, 0, 0]), False, 0.9),
    )

    _, first, between, second = ExtractiveAnswerer(0.5).segments(found)

    assert (first.text, between.text, second.text) == (left, gap, right)
    assert (between.support, between.citations) == ("frame", ())


def test_answer_from_several_documents_names_none() -> None:
    found = evidence(ranked(0, {"a": 1.0}), ranked(1, {"b": 1.0}, document="d2"))
    frame = next(ExtractiveAnswerer(0.5).segments(found))

    assert frame.text == say("answer.frame.many", "en")


@pytest.mark.parametrize(
    ("question", "language"), [("How tall is the dam?", "en"), ("كم يبلغ ارتفاع السد؟", "ar")]
)
def test_frame_is_in_the_language_of_the_question(question: str, language: str) -> None:
    found = evidence(ranked(0, {"a": 1.0}), question=question)

    assert next(ExtractiveAnswerer(0.5).segments(found)).text == say(
        "answer.frame.one", language, {"title": "Title d1"}
    )


@pytest.mark.parametrize(
    ("question", "language"), [("How tall is the dam?", "en"), ("كم يبلغ ارتفاع السد؟", "ar")]
)
def test_refusal_is_one_frame_in_the_language_of_the_question(question: str, language: str) -> None:
    found = evidence(ranked(0, {"a": 1.0}), question=question, confidence=0.49)
    (segment,) = ExtractiveAnswerer(0.5).segments(found)

    assert segment.text == say("answer.refusal", language)
    assert (segment.support, segment.citations) == ("frame", ())


@pytest.mark.parametrize(
    ("least", "confidence", "answered"),
    [(0.5, 0.5, True), (0.5, 0.499, False), (0.0, 0.0, True), (1.0, 0.999, False)],
)
def test_confidence_decides(least: float, confidence: float, answered: bool) -> None:
    segments = ExtractiveAnswerer(least).segments(
        evidence(ranked(0, {"a": 1.0}), confidence=confidence)
    )

    assert any(segment.citations for segment in segments) == answered


def test_nothing_found_is_refused_at_any_confidence() -> None:
    (segment,) = ExtractiveAnswerer(0.0).segments(evidence(confidence=1.0))

    assert segment.text == say("answer.refusal", "en")


@pytest.mark.parametrize(("question", "language"), [("How tall?", "en"), ("كم ارتفاعه؟", "ar")])
def test_empty_library_is_named_as_such(question: str, language: str) -> None:
    found = evidence(question=question, is_library_empty=True)
    (segment,) = ExtractiveAnswerer(0.5).segments(found)

    assert segment.text == say("answer.empty_library", language)
    assert (segment.support, segment.citations) == ("frame", ())


def test_title_is_no_template() -> None:
    found = ranked(0, {"a": 1.0}, document="${title} $x {0} %s")
    frame = next(ExtractiveAnswerer(0.5).segments(evidence(found)))

    assert "${title} $x {0} %s" in frame.text


# The whole answer


def test_finished_answer_joins_its_segments() -> None:
    found = evidence(ranked(1, {"b": 1.0}), ranked(0, {"a": 1.0}), confidence=0.8)
    segments = tuple(ExtractiveAnswerer(0.5).segments(found))
    answer = finished("And how tall?", found, segments, "extractive")

    assert answer.text == str(answer) == "".join(segment.text for segment in segments)
    assert answer.segments == segments
    assert answer.citations == tuple(c for s in segments for c in s.citations)
    assert (answer.question, answer.standalone_question) == ("And how tall?", "How tall is it?")
    assert (answer.answered, answer.confidence, answer.language) == (True, 0.8, "en")
    assert answer.engine == "extractive"
    assert [hit.text for hit in answer.hits] == [TEXT, TEXT]


def test_finished_refusal_has_hits_and_no_citations() -> None:
    found = evidence(ranked(0, {"a": 1.0}), confidence=0.1)
    segments = tuple(ExtractiveAnswerer(0.5).segments(found))
    answer = finished("How tall?", found, segments, "extractive")

    assert not answer.answered
    assert answer.citations == ()
    assert len(answer.hits) == len(answer.segments) == 1
    assert answer.text == say("answer.refusal", "en")
