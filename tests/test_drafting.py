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
        ("It opened at 10 a.m. [3] on Monday [4].", [("It opened at 10 a.m. on Monday.", (3, 4))]),
        ("Ali Haddad Jr. [3] rebuilt it [3].", [("Ali Haddad Jr. rebuilt it.", (3,))]),
        ("It cost 2*3 million [1].", [("It cost 2*3 million.", (1,))]),
        ("5 * 3 is 15 [1].", [("5 * 3 is 15.", (1,))]),
        ("In *1974* or **1975** [1].", [("In 1974 or 1975.", (1,))]),
        ("و**القاهرة** كبيرة [1].", [("والقاهرة كبيرة.", (1,))]),
        ("> The dam is tall. [1]", [("The dam is tall.", (1,))]),
        ("<p>The dam is <b>tall</b><sup>[1]</sup>.</p>", [("The dam is tall.", (1,))]),
        ("Tall<br>and old [1].", [("Tall and old.", (1,))]),
        ("It is < 5 m and > 3 m [1].", [("It is < 5 m and > 3 m.", (1,))]),
        ("[The dam](http://x.y/z) is tall [1](#s1).", [("The dam is tall.", (1,))]),
        ("## The dam is tall [1]\n", [("The dam is tall", (1,))]),
        ("**Answer:** The dam is tall [1].", [("The dam is tall.", (1,))]),
        ("الجواب: السد عالٍ [1].", [("السد عالٍ.", (1,))]),
        ("[1]: The dam is tall.", [("The dam is tall.", (1,))]),
        ("Tall [^1].\n\n[^1]: The dam.", [("Tall.", (1,)), ("The dam.", (1,))]),
        ("Tall [1], [2]. Old [3] and [4].", [("Tall.", (1, 2)), ("Old.", (3, 4))]),
        ("The dam is tall [source 1].", [("The dam is tall.", (1,))]),
        ("The da\u200bm is\u202e tall [\u200e1\u200f].", [("The dam is tall.", (1,))]),
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
        r"NOT\_IN\_DOCUMENTS",
        "[1] NOT_IN_DOCUMENTS",
        "1. NOT_IN_DOCUMENTS",
        "Answer: NOT_IN_DOCUMENTS",
        "الجواب: NOT_IN_DOCUMENTS",
        "NOT_IN_\u200bDOCUMENTS",
    ],
)
def test_sentinel_is_a_refusal_however_it_is_dressed(text: str) -> None:
    assert [draft.is_refusal for draft in drafts(Pieces(text))] == [True]


@pytest.mark.parametrize(
    "title",
    [
        "Sources:",
        "**Sources**",
        "## References",
        "Source list:",
        "المصادر:",
        "### المراجع",
        "Notes:",
    ],
)
def test_list_of_sources_at_the_end_is_no_part_of_an_answer(title: str) -> None:
    pieces = Pieces(f"The dam is tall [1].\n\n{title}\n", "[1] The dam is tall.\n", "[2] Old.\n")

    assert [draft.text for draft in drafts(pieces)] == ["The dam is tall."]
    assert pieces.is_closed


def test_sentence_about_sources_is_part_of_an_answer() -> None:
    found = read("The dam is tall [1].\nSources of the river are near [2].\nIt is old [3].\n")

    assert [text for text, _ in found] == [
        "The dam is tall.", "Sources of the river are near.", "It is old.",
    ]  # fmt: skip


def test_answer_may_begin_with_the_word_sources() -> None:
    assert read("Sources:\nThe dam is tall [1].\n")[-1] == ("The dam is tall.", (1,))


@pytest.mark.parametrize("left", ['"', "»", ").", "**", "..", "."])
def test_what_comes_late_of_a_sentence_does_not_begin_the_next(left: str) -> None:
    pieces = Pieces("The dam is tall [1].", left, " It is old [2].")

    assert [draft.text for draft in drafts(pieces)] == ["The dam is tall.", "It is old."]


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
