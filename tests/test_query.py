"""What a question asks for."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from strategies import THOROUGH, mixed_text

from assistant.language import grams, stem, time_terms
from assistant.retrieval.query import analyse


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("من ترأس الدورة؟", "ar"),
        ("Who chaired it?", "en"),
        ("ما هو بروتوكول HTTP؟", "ar"),
        ("What does المجلس mean here?", "en"),
        ("?!", "en"),
        ("من هو Tomas Okafor؟", "ar"),
        ("Who is عبد المجيد تبون?", "en"),
    ],
)
def test_language_is_that_of_the_question(question: str, language: str) -> None:
    assert analyse(question).language == language


def test_language_can_be_given() -> None:
    assert analyse("ومتى؟ When did the harbour open to large ships?", "ar").language == "ar"


def test_terms_are_counted_stems_and_grams() -> None:
    query = analyse("The ships, and the ship of ships")

    assert query.stems == Counter({"ship": 3})
    assert query.grams == Counter([*grams("ships") * 2, *grams("ship")])
    assert query.word_grams == {"ship": frozenset([*grams("ships"), *grams("ship")])}


def test_spellings_that_read_alike_are_one_term() -> None:
    plain, vowelled = analyse("إدارة المدرسة الأولى"), analyse("إدَارَةُ المدرسه الاوليٰ")

    assert plain.grams == vowelled.grams


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("What happened in February 2024?", {"2024-02", "--02"}),
        ("ماذا حدث في شباط ٢٠٢٤؟", {"2024-02", "--02"}),
        ("ماذا حدث في فبراير 2024؟", {"2024-02", "--02"}),
        ("ماذا حدث في شباط؟", {"--02"}),
        ("What happened in February?", {"--02"}),
        ("What happened on 10 February 2024?", {"2024-02", "2024-02-10", "--02"}),
        ("ماذا حدث في ١٠ شباط/فبراير ٢٠٢٤؟", {"2024-02", "2024-02-10", "--02"}),
        ("What happened in 2024?", set()),
    ],
)
def test_dates_are_terms(question: str, terms: set[str]) -> None:
    query = analyse(question)

    assert query.stems.keys() - {stem(word) for word in query.words} == terms
    assert not terms & query.word_grams.keys()


def test_words_are_folded_and_in_order() -> None:
    assert analyse("The SHIPS of Oran").words == ("ships", "oran")
    assert analyse("متى زارَ الوزيرُ وهرانَ؟").words == ("زار", "الوزير", "وهران")


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("كم عدد سكان وهران؟", ("سكان", "وهران")),
        ("ما هو عدد السفن؟", ("السفن",)),
        ("وكم عدد السفن؟", ("السفن",)),
        ("What is the number of ships?", ("ships",)),
        ("كم عدد؟", ("عدد",)),  # nothing would be left
        ("عدد السفن", ("عدد", "السفن")),  # no question
        ("Which number of ships?", ("number", "ships")),
    ],
)
def test_noun_that_only_asks_for_a_number_is_no_word_of_it(
    question: str, words: tuple[str, ...]
) -> None:
    assert analyse(question).words == words


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Who met Sergei Lavrov in Moscow?", {"sergei", "lavrov", "moscow"}),
        ("who met sergei lavrov?", set()),  # nothing shows that they are names
        ("Lavrov met whom?", set()),  # the first word is always capitalised
        ("What did the U.S. Senate vote?", {"u", "s", "senat"}),
        ("Was Haddad's tower painted?", {"haddad"}),
        ("من هو قزحبلوط؟", {"قزحبلوط"}),  # in no table
        ("متى افتتح المتحف؟", set()),
        ("who met Lavrov?", {"lavrov"}),
        ("«Lavrov» met whom?", set()),
        ("متى زار Lavrov الجزائر؟", {"lavrov"}),
        ("ما هو بروتوكول HTTP عند IBM؟", {"http", "ibm"}),
        ("", set()),
    ],
)
def test_names_are_capitalised_or_in_no_table(question: str, names: set[str]) -> None:
    assert analyse(question).names == names


def test_kind_is_that_of_the_question() -> None:
    assert analyse("In which year did it end?").kind == "when"
    assert analyse("كم عدد السكان؟").kind == "how_many"


@pytest.mark.parametrize("text", ["who is it", "من هو", "what about him?"])
def test_question_of_stop_words_has_no_terms(text: str) -> None:
    query = analyse(text)

    assert (query.words, query.stems, query.grams) == ((), Counter(), Counter())


@pytest.mark.parametrize("text", ["", "?!", "\U0001f600", "\x00", " \u200f "])
def test_question_without_words_has_no_terms(text: str) -> None:
    query = analyse(text)

    assert (query.stems, query.grams, query.word_grams) == (Counter(), Counter(), {})


@THOROUGH
@given(mixed_text())
def test_any_text_can_be_analysed(text: str) -> None:
    query = analyse(text)

    assert query.text == text
    dates = time_terms(text, query.words)
    assert query.stems.keys() == {*query.word_grams, *dates}
    assert query.stems == Counter([*map(stem, query.words), *dates])
    assert query.names <= query.stems.keys()
    assert set().union(*query.word_grams.values()) == query.grams.keys()
