"""A model's words, taken apart into sentences while they come."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.drafting import Draft, drafts


class Pieces(Iterator[str]):
    """Pieces that know how many were taken, and whether they were closed."""

    def __init__(self, *pieces: str) -> None:
        self._pieces = list(pieces)
        self.taken, self.is_closed = 0, False

    def __next__(self) -> str:
        if self.taken == len(self._pieces):
            raise StopIteration
        self.taken += 1
        return self._pieces[self.taken - 1]

    def close(self) -> None:
        self.is_closed = True


def read(text: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(draft.text, draft.numbers) for draft in drafts(Pieces(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The dam is tall [1].", [("The dam is tall.", (1,))]),
        ("The dam is tall. [1]", [("The dam is tall.", (1,))]),
        ("The dam is tall.[1][2]", [("The dam is tall.", (1, 2))]),
        ("Tall [1, 2]. It is old [3].", [("Tall.", (1, 2)), ("It is old.", (3,))]),
        ("The dam is tall. [1] It is old. [3]", [("The dam is tall.", (1,)), ("It is old.", (3,))]),
        ("السد عالٍ [١، ٢]. وهو قديم [٣].", [("السد عالٍ.", (1, 2)), ("وهو قديم.", (3,))]),
        ("هل السد عالٍ؟ [1] نعم، عالٍ جدًا [2].", [("هل السد عالٍ؟", (1,)), ("نعم، عالٍ جدًا.", (2,))]),
        ("It is 3.5 m tall and 1,234 m long [1].", [("It is 3.5 m tall and 1,234 m long.", (1,))]),
        ("Dr. Ali came [1].", [("Dr. Ali came.", (1,))]),
        ("No marker here. Nor here.", [("No marker here.", ()), ("Nor here.", ())]),
        ("No end mark [1]", [("No end mark", (1,))]),
        ("One [1]\nTwo [2]\n", [("One", (1,)), ("Two", (2,))]),
        ("**Bold** and *slanted* `code` [1].", [("Bold and slanted code.", (1,))]),
        ("snake_case stays [1].", [("snake_case stays.", (1,))]),
        ("## Answer\nThe dam is tall [1].", [("The dam is tall.", (1,))]),
        ("---\n\n...\n", []),
        ("", []),
        ("   \n ", []),
        ('He said "it is tall." [1]', [('He said "it is tall."', (1,))]),
        ("The dam【3†source】 is tall.", [("The dam is tall.", (3,))]),
    ],
)  # fmt: skip
def test_sentences_are_taken_apart(text: str, expected: list[tuple[str, tuple[int, ...]]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize("bullet", ["- ", "* ", "• ", "1. ", "2) ", "١. "])
def test_list_items_are_known_as_such(bullet: str) -> None:
    whole = f"Two came [1]:\n{bullet}Ali [2].\n{bullet}Sara [3].\nThey left [4]."

    found = [(d.text, d.is_item, d.begins_line) for d in drafts(Pieces(whole))]

    assert found == [
        ("Two came:", False, True),
        ("Ali.", True, True),
        ("Sara.", True, True),
        ("They left.", False, True),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "NOT_IN_DOCUMENTS",
        "NOT_IN_DOCUMENTS.",
        "**NOT_IN_DOCUMENTS**",
        "`NOT_IN_DOCUMENTS`\n",
        "not in documents",
        "NOT-IN-DOCUMENT",
        "«NOT_IN_DOCUMENTS»",
    ],
)
def test_sentinel_is_a_refusal_however_it_is_dressed(text: str) -> None:
    assert [draft.is_refusal for draft in drafts(Pieces(text))] == [True]


def test_sentinel_within_a_sentence_is_none() -> None:
    found = list(drafts(Pieces("The stamp NOT_IN_DOCUMENTS was found [1].")))

    assert [draft.is_refusal for draft in found] == [False]


@pytest.mark.parametrize("first", ["The dam is tall [1].", "The dam is tall. [1]", "The dam [1]\n"])
def test_sentence_comes_before_the_next_piece_is_taken(first: str) -> None:
    pieces = Pieces(first, " It is old [2].")

    next(drafts(pieces))

    assert pieces.taken == 1


def test_closing_the_drafts_closes_the_pieces() -> None:
    pieces = Pieces("The dam is tall [1].", " It is old [2].")
    written = drafts(pieces)
    next(written)

    written.close()  # type: ignore[attr-defined]  # a generator

    assert pieces.is_closed


def test_pieces_are_closed_at_the_end() -> None:
    pieces = Pieces("The dam is tall [1].")

    assert len(list(drafts(pieces))) == 1
    assert pieces.is_closed


def test_endless_line_comes_in_parts() -> None:
    pieces = Pieces(*["word and " * 50] * 40)
    first = next(drafts(pieces))

    assert pieces.taken < 40
    assert first.numbers == ()


SENTENCES = [
    "The dam is tall [1].",
    "وبُني سنة 1970 [٢، ٣].",
    "It cost 3.5 million [4-5].",
    "متى؟ [1]",
]


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5), st.data())
def test_pieces_may_be_cut_anywhere(sentences: list[str], data: st.DataObject) -> None:
    whole = "\n".join(sentences)
    cuts = sorted(data.draw(st.sets(st.integers(1, len(whole) - 1), max_size=8)))
    pieces = [whole[a:b] for a, b in zip([0, *cuts], [*cuts, len(whole)], strict=True)]

    assert list(drafts(Pieces(*pieces))) == list(drafts(Pieces(whole)))


@given(st.text(max_size=200))
def test_any_text_can_be_taken_apart(text: str) -> None:
    for draft in drafts(Pieces(text)):
        assert isinstance(draft, Draft)
        assert draft.text == " ".join(draft.text.split())
