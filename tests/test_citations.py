"""Citations: words copied by code from where a sentence stands, numbered as they are used."""

from __future__ import annotations

import pytest

from assistant.citations import cite, numbered
from assistant.library import Passage, StoredSentence
from assistant.schema import Citation, Segment

TEXT = "Heading\n\nالجملة الأولى. \U0001f600 The second one.\r\nThird."
FIRST, SECOND = "الجملة الأولى.", "\U0001f600 The second one."
START, END = TEXT.index(FIRST), TEXT.index(SECOND) + len(SECOND)
MIDDLE = START + len(FIRST)
PASSAGE = Passage(
    id=1,
    document_id="d1",
    version="v1",
    document_title="Title",
    source="a.txt",
    start=START,
    end=END,
    text=TEXT[START:END],
    sentences=(StoredSentence(START, MIDDLE, "p. 1"), StoredSentence(MIDDLE + 1, END, "p. 2")),
)


def citation(number: int, score: float = 0.5) -> Citation:
    return Citation("d", "v", "T", "s", "", f"Words {number}.", number, number + 8, score)


def test_citation_is_copied_from_the_passage() -> None:
    first, second = (cite(PASSAGE, sentence, 0.7) for sentence in PASSAGE.sentences)

    assert (first.cited_text, second.cited_text) == (FIRST, SECOND)
    assert TEXT[second.start_char_index : second.end_char_index] == SECOND
    assert (second.document_id, second.version, second.document_title) == ("d1", "v1", "Title")
    assert (second.source, second.place, second.score) == ("a.txt", "p. 2", 0.7)


def test_whole_passage_can_be_cited() -> None:
    assert cite(PASSAGE, StoredSentence(START, END, ""), 1.0).cited_text == PASSAGE.text


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (START - 1, START + 3),
        (END - 2, END + 1),
        (END, END + 5),
        (0, len(TEXT)),
        (START, START),
        (START + 5, START + 2),
        (-5, -1),
    ],
)
def test_sentence_outside_the_passage_is_an_error(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=f"{start}:{end}"):
        cite(PASSAGE, StoredSentence(start, end, ""), 0.5)


def test_citations_are_numbered_in_order_of_first_use() -> None:
    one, two, three = citation(1), citation(2), citation(3)
    segments = [
        Segment("frame"),
        Segment("b", (two,), "verbatim"),
        Segment("ac", (one, three), "supported"),
        Segment("b", (two, one), "verbatim"),
    ]

    assert numbered(segments) == (two, one, three)


def test_citations_of_nothing_are_none() -> None:
    assert numbered([]) == ()
    assert numbered([Segment("frame")]) == ()
