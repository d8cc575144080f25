"""What a question's words stand for in the texts of a library, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from assistant import Assistant, Document, Settings
from assistant.language import is_arabic, stem, words
from assistant.lexicon import related, translations
from assistant.retrieval import analyse, meanings
from assistant.retrieval.meanings import Understood, understand
from assistant.retrieval.names import NameMatcher
from assistant.retrieval.weights import term_weights

TEXTS = {
    "visits": "The president visited the museum in February 2024. The HTTP protocol is old.",
    "زيارات": "زار الرئيس بوتين المتحف في شباط ٢٠٢٤، ووصل لافروف. بروتوكول HTTP قديم.",
    "other": "Wheat grows on the hills.",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """A library of `TEXTS`; only to be read."""
    with Assistant(tmp_path_factory.mktemp("meanings") / "library", Settings()) as assistant:
        assistant.add(*(Document(title=title, text=text) for title, text in TEXTS.items()))
        yield assistant._library


def understood(library: object, question: str) -> Understood:
    return understand(analyse(question), library, NameMatcher(library))


def stemmed(word: str) -> str:
    (folded,) = words(word)
    return stem(folded)


@pytest.mark.parametrize(
    ("question", "word", "other"),
    [
        ("Who visited the museum?", "visited", "زار"),
        ("Who visited the museum?", "museum", "متحف"),
        ("Where is the president?", "president", "رئيس"),
        ("من زار المتحف؟", "زار", "visit"),
        ("من زار المتحف؟", "متحف", "museum"),
        ("أين الرئيس؟", "رئيس", "president"),
        ("What happened in February?", "february", "شباط"),
        ("ماذا حدث في شباط؟", "شباط", "february"),
        ("ماذا حدث في فبراير؟", "فبراير", "february"),
        ("Where is Putin?", "putin", "بوتين"),
        ("Where is Lavrov?", "lavrov", "لافروف"),
        ("متى زار المتحف عام ٢٠٢٤؟", "2024", "2024"),
        ("ما هو بروتوكول HTTP؟", "http", "http"),
    ],
)
def test_word_means_what_the_library_holds(
    library: object, question: str, word: str, other: str
) -> None:
    asked = understood(library, question)
    meaning = next(m for m in asked.meanings if m.stem == stemmed(word))

    assert meaning.forward[stemmed(other)] > 0.1
    assert meaning.backward[stemmed(other)] > 0.02
    assert asked.alternatives[stemmed(word)][stemmed(other)] > 0.4


@pytest.mark.parametrize(
    "question", ["Who visited the president of Wahran?", "من زار رئيس الجامعة في وهران؟"]
)
def test_meanings_that_the_library_does_not_hold_are_dropped(
    library: object, question: str
) -> None:
    asked = understood(library, question)

    for meaning in asked.meanings:
        held = {*meaning.forward, *meaning.backward}
        assert all(library.terms.frequencies([("stem", other) for other in held]))
    translated = {other for m in asked.meanings for other in translations(m.stem)}
    assert translated - {other for m in asked.meanings for other in m.forward}


def test_dropped_translations_leave_their_share_to_the_others(library: object) -> None:
    """Weights of what is left sum to 1: they are probabilities given the library."""
    asked = understood(library, "Did he visit the museum?")
    for meaning in asked.meanings:
        assert meaning.stem in ("visit", "museum")
        translated = {
            other: p for other, p in meaning.forward.items() if other in translations(meaning.stem)
        }
        assert sum(translated.values()) == pytest.approx(1)


def test_weights_of_translations_are_evened_out(library: object, monkeypatch) -> None:
    """By the power 0.8: of 0.6 and 0.2, which are 3 to 1, it makes 2.408 to 1."""
    monkeypatch.setattr(meanings, "translations", lambda _: {"museum": 0.6, "wheat": 0.2, "x": 0.2})
    monkeypatch.setattr(meanings, "translated_by", lambda _: {"museum": 0.9, "x": 0.9})
    asked = understood(library, "قزحبل")
    (meaning,) = asked.meanings

    assert meaning.forward == pytest.approx({"museum": 2.408 / 3.408, "wheat": 1 / 3.408}, abs=1e-3)
    assert meaning.backward == {"museum": 0.9}
    assert asked.alternatives[meaning.stem] == pytest.approx(
        {"museum": 0.95, "wheat": 0.55, meaning.stem: 1.0}  # 0.35 and more, by the table itself
    )


def test_only_translation_that_is_held_may_be_an_unlikely_one(library: object, monkeypatch) -> None:
    monkeypatch.setattr(meanings, "translations", lambda _: {"x": 0.9, "museum": 0.05})
    monkeypatch.setattr(meanings, "translated_by", lambda _: {})
    asked = understood(library, "قزحبل")
    (meaning,) = asked.meanings

    assert meaning.forward == pytest.approx({"museum": 1.0})
    assert asked.alternatives[meaning.stem]["museum"] == pytest.approx(0.4)


def test_unlikely_translations_are_no_alternatives(library: object, monkeypatch) -> None:
    monkeypatch.setattr(meanings, "translations", lambda _: {"museum": 0.99, "wheat": 0.001})
    monkeypatch.setattr(meanings, "translated_by", lambda _: {})
    asked = understood(library, "قزحبل")

    assert "wheat" in asked.meanings[0].forward
    assert "wheat" not in asked.alternatives[asked.meanings[0].stem]


@pytest.mark.parametrize(
    ("table", "likeness", "expected"),
    [
        ({}, 0.9, 0.9),  # alone: what the sound says
        ({"museum": 1.0}, 0.9, 0.54),  # beside another translation: 0.6 of it
        ({"wheat": 1.0}, 0.9, 1.0),  # the translation itself is surer
    ],
)
def test_sound_counts_less_beside_translations(
    library: object, monkeypatch, table: dict[str, float], likeness: float, expected: float
) -> None:
    monkeypatch.setattr(meanings, "translations", lambda _: table)
    monkeypatch.setattr(meanings, "translated_by", lambda _: {})
    query = analyse("قزحبل")
    (name,) = query.stems
    names = SimpleNamespace(match=lambda _: {name: {"wheat": likeness, "nowhere": 1.0}})
    (meaning,) = understand(query, library, names).meanings

    assert meaning.forward["wheat"] == pytest.approx(expected)
    assert "nowhere" not in {*meaning.forward, *meaning.backward}


def test_names_are_sought_for_words_of_the_questions_script_only(library: object) -> None:
    asked: list[str] = []
    names = SimpleNamespace(match=lambda given_words: asked.extend(given_words) or {})
    understand(analyse("من زار Lavrov في وهران؟"), library, names)

    assert asked == ["زار", "وهران"]


@pytest.mark.parametrize(
    ("question", "itself"),
    [
        ("متى كان ٢٠٢٤؟", "2024"),
        ("What about 2024?", "2024"),
        ("ما هو بروتوكول HTTP؟", "http"),
        ("What is the museum?", "museum"),  # a mixed text may have it in its own script
    ],
)
def test_word_that_the_library_holds_is_its_own_meaning(
    library: object, question: str, itself: str
) -> None:
    meaning = next(m for m in understood(library, question).meanings if m.stem == itself)

    assert meaning.forward[itself] == meaning.backward[itself] == 1.0


@pytest.mark.parametrize("question", ["Where is Kowalczyk?", "أين قزحبلوط؟", "What about 1831?"])
def test_unknown_word_means_nothing_but_itself(library: object, question: str) -> None:
    asked = understood(library, question)
    (meaning,) = asked.meanings

    assert (meaning.forward, meaning.backward) == ({}, {})
    assert asked.alternatives == {meaning.stem: {meaning.stem: 1.0}}


def test_question_is_understood_word_by_word(library: object) -> None:
    question = "Which president of the museum saw the museum in February 2024?"
    asked = understood(library, question)

    assert asked.query == analyse(question)
    assert asked.other_language == "ar"
    assert {m.stem: m.count for m in asked.meanings} == asked.query.stems
    assert list(asked.alternatives) == list(asked.query.stems) == list(asked.weights)
    assert asked.weights == term_weights(asked.query.stems, library)
    for name, others in asked.alternatives.items():
        assert others[name] == 1.0
        assert all(0 < weight <= 1 for weight in others.values())


def test_related_words_are_alternatives_in_the_same_language(library: object) -> None:
    asked = understood(library, "من زار المتحف؟")
    kin = related("زار")

    assert kin
    for other, likeness in kin.items():
        assert asked.alternatives["زار"][other] == pytest.approx(0.8 * likeness)


def test_arabic_question_looks_in_english(library: object) -> None:
    asked = understood(library, "من زار المتحف في فبراير؟")

    assert asked.other_language == "en"
    assert not any(
        is_arabic(other) for m in asked.meanings for other in m.forward if other != m.stem
    )


@pytest.mark.parametrize("question", ["", "?!", "\u200f"])
def test_question_without_words_means_nothing(library: object, question: str) -> None:
    asked = understood(library, question)

    assert (list(asked.meanings), asked.alternatives, asked.weights) == ([], {}, {})


def test_empty_library_holds_no_meanings(assistant: Assistant) -> None:
    asked = understood(assistant._library, "من زار المتحف عام ٢٠٢٤؟")

    assert all((m.forward, m.backward) == ({}, {}) for m in asked.meanings)
    assert all(others[name] == 1 for name, others in asked.alternatives.items())
