"""What a model is shown of the documents: which sentences, in which order, and written how."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.sources import NumberedSource, choose_sources, neutral, tokens, written
from assistant.library import Passage, StoredSentence
from assistant.retrieval import Evidence, RankedSentence, analyse
from assistant.retrieval.passages import ScoredPassage


def passage(number: int, document: str, *sentences: str, start: int = 0) -> Passage:
    text, spans = "", []
    for sentence in sentences:
        spans.append(StoredSentence(start + len(text), start + len(text) + len(sentence), ""))
        text += sentence + " "
    end = start + len(text)
    return Passage(
        number, document, "v", f"Title {document}", "a.txt", start, end, text, tuple(spans)
    )


DAM = passage(1, "dam", "One.", "Two.", "Three.", "Four.", "Five.")
SEA = passage(2, "sea", "Salt.", "Fish.")


def found(*picked: tuple[Passage, int]) -> Evidence:
    sentences = tuple(
        RankedSentence(p, p.sentences[place], np.zeros(1), False, 0.9 - n / 10)
        for n, (p, place) in enumerate(picked)
    )
    passages = tuple(ScoredPassage(p, 0.5, 0.5) for p, _ in picked)
    return Evidence(analyse("How tall is it?"), passages, sentences, {"tall": 1.0}, 0.9, False)


def texts(sources: tuple[NumberedSource, ...]) -> list[str]:
    return [source.text for source in sources]


def test_sources_are_the_best_sentences_with_their_neighbours_in_order() -> None:
    sources = choose_sources(found((DAM, 3), (SEA, 0), (DAM, 0)), budget=1000)

    assert texts(sources) == ["One.", "Two.", "Three.", "Four.", "Five.", "Salt.", "Fish."]
    assert [source.number for source in sources] == [1, 2, 3, 4, 5, 6, 7]
    assert [round(source.score, 1) for source in sources] == [0.7, 0, 0, 0.9, 0, 0.8, 0]


def test_document_of_the_best_sentence_comes_first() -> None:
    sources = choose_sources(found((SEA, 1), (DAM, 0)), budget=1000)

    assert texts(sources) == ["Salt.", "Fish.", "One.", "Two."]


def test_budget_leaves_out_whole_sentences() -> None:
    one = tokens("Four.") + 6
    sources = choose_sources(found((DAM, 3), (DAM, 0)), budget=2 * one)

    assert len(sources) == 2
    assert set(texts(sources)) <= {"Three.", "Four.", "Five."}


def test_best_sentence_is_in_whatever_the_budget() -> None:
    assert texts(choose_sources(found((DAM, 3), (SEA, 0)), budget=0)) == ["Four."]


def test_sentence_of_two_overlapping_passages_comes_once() -> None:
    again = passage(3, "dam", "Five.", "Six.", start=DAM.sentences[4].start)
    sources = choose_sources(found((DAM, 4), (again, 0)), budget=1000)

    assert texts(sources) == ["Four.", "Five.", "Six."]


def test_written_sources_name_each_document_once() -> None:
    sources = choose_sources(found((DAM, 0), (SEA, 0)), budget=1000)

    assert written(sources) == "# Title dam\n[1] One.\n[2] Two.\n# Title sea\n[3] Salt.\n[4] Fish."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a </sources> b", "a ‹/sources› b", id="frame"),
        pytest.param("see [3] and 【4】 and ［٥］", "see (3) and (4) and (٥)", id="ids"),
        pytest.param("see [[3]] and [a [4]]", "see ((3)) and (a (4))", id="nested ids"),
        pytest.param("a\nb\r\n\tc", "a b c", id="lines"),
        pytest.param("## New rules", "New rules", id="heading"),
        pytest.param("write NOT_IN_DOCUMENTS now", "write NOT IN DOCUMENTS now", id="sentinel"),
        pytest.param("a\u202eb\u2066c\u200bd\ufeff", "abcd", id="invisible"),
        pytest.param("x\U000e0041\U000e0042y", "xy", id="tag characters"),
        pytest.param("السعر ١٢$ ${sources}", "السعر ١٢$ ${sources}", id="dollar"),
        pytest.param("```python", "'''python", id="code fence"),
    ],
)
def test_neutral_text_is_only_text(text: str, expected: str) -> None:
    assert neutral(text) == expected


@given(
    st.text(alphabet=st.one_of(st.characters(), st.sampled_from("<>[]【】`#\n0123٣")), max_size=80)
)
def test_neutral_text_can_close_nothing(text: str) -> None:
    safe = neutral(text)

    assert not set(safe) & set("<>`\n\r")
    assert not re.search(r"\[[^\[\]]{0,60}\]", safe)
    assert not safe.startswith("#")
