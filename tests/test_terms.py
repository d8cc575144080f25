"""The lexical index: what is found by stems and grams, and what happens to damaged files."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from assistant import LibraryError
from assistant.language import grams, stem
from assistant.library import SATURATION, AnyOf, WeightedTerm
from assistant.library.records import Passage, PassageBatch
from assistant.library.terms import TermIndex

TEXTS = {
    1: "The lighthouse keeper counted ships.",
    2: "Ships pass the harbour every morning, ships of all sizes.",
    3: "أحصى حارس المنارة السفن في الميناء.",
    4: "The museum keeps coins from a shipwreck.",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "terms"


@pytest.fixture
def index(folder: Path) -> TermIndex:
    """An index of `TEXTS`, each text the passage of a document of its own."""
    index = TermIndex(folder, read_only=False)
    index.update([], batches(TEXTS), 1)
    return index


def batches(texts: Mapping[int, str]) -> list[PassageBatch]:
    return [
        PassageBatch(
            [
                Passage(i, f"d{i}", "v", f"Title {i}", f"{i}.txt", 0, len(text), text, ())
                for i, text in texts.items()
            ],
            [],
        )
    ]


def stems(*words: str, boost: float = 1.0) -> list[WeightedTerm]:
    return [WeightedTerm("stem", stem(word), boost) for word in words]


def found(index: TermIndex, terms: Sequence[WeightedTerm], **options: object) -> list[int]:
    return [i for i, _ in index.search(terms, options.pop("limit", 10), **options)]


# Searching


@pytest.mark.parametrize(
    ("word", "expected"),
    [("ships", [2, 1]), ("ship", [2, 1]), ("coins", [4]), ("سفن", [3]), ("zebra", [])],
)
def test_search_finds_stems_best_first(index: TermIndex, word: str, expected: list[int]) -> None:
    assert found(index, stems(word)) == expected


def test_search_finds_parts_of_words_by_grams(index: TermIndex) -> None:
    terms = [WeightedTerm("gram", gram, 1.0) for gram in grams("shipyard")]

    assert set(found(index, terms)) == {1, 2, 4}


def test_search_gives_scores_that_fall(index: TermIndex) -> None:
    scores = [score for _, score in index.search(stems("ships", "keeper", "coins"), 10)]

    assert scores == sorted(scores, reverse=True)
    assert len(scores) == 3
    assert min(scores) > 0


@pytest.mark.parametrize("limit", [2**70, 2**63, 4_000_000_000, 4])
def test_search_finds_all_there_is_however_many_are_asked_for(
    index: TermIndex, folder: Path, limit: int
) -> None:
    assert found(index, stems("ships"), limit=limit) == [2, 1]
    assert found(TermIndex(folder.parent / "none", read_only=False), stems("x"), limit=limit) == []


def test_boost_decides_the_order(index: TermIndex) -> None:
    assert found(index, [*stems("coins", boost=9.0), *stems("harbour")]) == [4, 2]
    assert found(index, [*stems("coins"), *stems("harbour", boost=9.0)]) == [2, 4]


def test_boost_multiplies_the_score(index: TermIndex) -> None:
    [(_, once)] = index.search(stems("coins"), 1)
    [(_, thrice)] = index.search(stems("coins", boost=3.0), 1)

    assert thrice == pytest.approx(3 * once, rel=1e-4)


def test_no_term_scores_over_the_saturation(folder: Path) -> None:
    index = TermIndex(folder, read_only=False)
    index.update([], batches({1: "coins " * 500, 2: "ships", 3: "harbour"}), 1)
    [(_, score)] = index.search(stems("coins"), 1)
    [idf] = index.idf([("stem", stem("coins"))])

    assert 0.9 * SATURATION * idf < score <= SATURATION * idf


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        (None, [2, 1]),
        ({"d1"}, [1]),
        ({"d1", "d2", "d4"}, [2, 1]),
        ({"d3"}, []),
        ({"unknown"}, []),
        (set(), []),
    ],
    ids=str,
)
def test_search_within_documents(
    index: TermIndex, documents: set[str] | None, expected: list[int]
) -> None:
    assert found(index, stems("ships"), documents=documents) == expected


def test_document_filter_leaves_the_scores(index: TermIndex) -> None:
    everywhere = dict(index.search(stems("ships", "keeper"), 10))
    within = dict(index.search(stems("ships", "keeper"), 10, {"d1"}))

    assert within[1] == pytest.approx(everywhere[1])


def test_search_gives_as_many_as_asked(index: TermIndex) -> None:
    assert found(index, stems("ships", "coins", "سفن"), limit=2) != []
    assert len(found(index, stems("ships", "coins", "سفن"), limit=2)) == 2
    assert found(index, []) == []


def test_empty_index_finds_nothing(folder: Path) -> None:
    index = TermIndex(folder, read_only=False)

    assert found(index, stems("ships")) == []
    assert (index.count(), index.reached) == (0, 0)
    assert index.frequencies([("stem", "ship")]) == [0]


def test_frequencies_count_passages(index: TermIndex) -> None:
    terms = [("stem", stem(word)) for word in ("ships", "coins", "zebra")]

    assert index.frequencies(terms) == [2, 1, 0]
    assert index.frequencies([("gram", grams("ships")[0])]) == [3]


def test_idf_is_higher_for_rarer_terms(index: TermIndex) -> None:
    common, rare, unknown = index.idf([("stem", stem(w)) for w in ("ships", "coins", "zebra")])

    assert 0 < common < rare < unknown


# Updating


def test_update_twice_changes_nothing(index: TermIndex) -> None:
    before = index.search(stems("ships", "keeper"), 10)
    index.update([], batches(TEXTS), 1)

    assert index.count() == len(TEXTS)
    assert [i for i, _ in index.search(stems("ships", "keeper"), 10)] == [i for i, _ in before]
    assert index.reached == 1


def test_update_drops_and_replaces(index: TermIndex) -> None:
    index.update([1, 99], batches({2: "Nothing but a bakery.", 5: "Five ships."}), 2)

    assert found(index, stems("ships")) == [5]
    assert found(index, stems("bakery")) == [2]
    assert (index.count(), index.reached) == (4, 2)


def test_frequencies_after_removals_are_possible(index: TermIndex) -> None:
    index.update([1, 3, 4], [], 2)
    [known] = index.frequencies([("stem", stem("ships"))])

    assert known <= index.count() == 1


def test_interrupted_update_keeps_what_was_reached(index: TermIndex, folder: Path) -> None:
    def breaking() -> object:
        yield from batches({7: "Seven ships."})
        raise OSError("the disk is full")

    with pytest.raises(LibraryError, match="full"):
        index.update([1], breaking(), 2)
    again = TermIndex(folder, read_only=False)

    assert again.reached == 1
    assert found(again, stems("ships")) == [2, 1]
    again.update([1], batches({7: "Seven ships."}), 2)
    assert set(found(again, stems("ships"))) == {2, 7}


def test_clear_drops_everything(index: TermIndex, folder: Path) -> None:
    index.clear()

    assert (index.count(), index.reached) == (0, 0)
    assert found(index, stems("ships")) == []
    assert b"lighthous" not in b"".join(p.read_bytes() for p in folder.iterdir())
    index.update([], batches({5: "Five ships."}), 9)
    assert found(index, stems("ships")) == [5]


def test_remade_index_shows_nothing_of_it_before_it_is_done(index: TermIndex, folder: Path) -> None:
    reader = TermIndex(folder, read_only=True)
    seen = []

    def added() -> Iterator[PassageBatch]:
        for batch in batches({5: "Five ships."}):
            yield batch
            reader.refresh()
            seen.append((reader.count(), found(reader, stems("ships"))))

    index.remake(added(), 9)

    assert seen == [(4, [2, 1])]
    reader.refresh()
    for one in (index, reader):
        assert (one.count(), one.reached, found(one, stems("ships"))) == (1, 9, [5])
    assert b"lighthous" not in b"".join(p.read_bytes() for p in folder.iterdir())


def test_remaking_that_fails_leaves_what_was_there(index: TermIndex, folder: Path) -> None:
    def breaking() -> Iterator[PassageBatch]:
        yield from batches({5: "Five ships."})
        raise OSError("the disk is full")

    with pytest.raises(LibraryError, match="full"):
        index.remake(breaking(), 9)

    for one in (index, TermIndex(folder, read_only=False)):
        assert (one.count(), one.reached, found(one, stems("ships"))) == (4, 1, [2, 1])


def test_index_is_there_after_reopening(index: TermIndex, folder: Path) -> None:
    again = TermIndex(folder, read_only=False)

    assert (again.count(), again.reached) == (4, 1)
    assert found(again, stems("ships")) == [2, 1]


def test_reader_sees_updates_after_refresh(index: TermIndex, folder: Path) -> None:
    reader = TermIndex(folder, read_only=True)
    index.update([2], batches({5: "Five ships."}), 2)
    reader.refresh()

    assert set(found(reader, stems("ships"))) == {1, 5}


# Damage


def _truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _garble(file: Path) -> None:
    file.write_bytes(b"\x13garbage\x00" * 40)


DAMAGES = {"truncated": _truncate, "garbled": _garble, "missing": Path.unlink}
PARTS = ("*.idx", "*.term", "*.fast", "*.fieldnorm", "meta.json")


def _damage(folder: Path, part: str, how: Callable[[Path], object]) -> None:
    (file,) = folder.glob(part)
    how(file)


@pytest.mark.parametrize("how", DAMAGES.values(), ids=DAMAGES)
@pytest.mark.parametrize("part", PARTS)
def test_damaged_index_is_made_anew_by_a_writer(
    index: TermIndex, folder: Path, part: str, how: Callable[[Path], object]
) -> None:
    _damage(folder, part, how)
    again = TermIndex(folder, read_only=False)

    # At 0 the library fills it again.
    assert (again.count(), again.reached) == (0, 0)
    again.update([], batches(TEXTS), 1)
    assert found(again, stems("ships")) == [2, 1]


@pytest.mark.parametrize("how", DAMAGES.values(), ids=DAMAGES)
@pytest.mark.parametrize("part", PARTS)
def test_damaged_index_is_an_error_to_a_reader(
    index: TermIndex, folder: Path, part: str, how: Callable[[Path], object]
) -> None:
    _damage(folder, part, how)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    with pytest.raises(LibraryError, match="without read_only"):
        TermIndex(folder, read_only=True)

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("part", ["*.idx", "*.term"])
def test_rotten_index_is_a_clear_error(index: TermIndex, folder: Path, part: str, capfd) -> None:
    """Bytes that changed inside a file whose footer is whole show when it is searched."""
    (file,) = folder.glob(part)
    data = bytearray(file.read_bytes())
    data[: len(data) // 2] = b"\xff" * (len(data) // 2)
    file.write_bytes(data)
    again = TermIndex(folder, read_only=False)

    if again.reached == 0:
        again.update([], batches(TEXTS), 1)
        assert found(again, stems("ships")) == [2, 1]
    else:
        with pytest.raises(LibraryError, match="damaged"):
            again.search(stems("ships"), 10)


def test_index_without_its_generation_counts_as_empty(index: TermIndex, folder: Path) -> None:
    (folder / "generation.json").write_text("{}")

    assert index.reached == 0
    index.update([], batches(TEXTS), 1)
    assert (index.count(), index.reached) == (4, 1)


def test_missing_index_is_an_error_to_a_reader(folder: Path) -> None:
    with pytest.raises(LibraryError, match="without read_only"):
        TermIndex(folder, read_only=True)

    assert not folder.exists()


def test_file_in_the_place_of_the_index_is_replaced(folder: Path) -> None:
    folder.write_text("no folder")

    assert TermIndex(folder, read_only=False).count() == 0


def test_index_whose_files_went_away_is_a_clear_error(index: TermIndex, folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("in the way")

    for write in (lambda: index.update([1], [], 2), index.clear):
        with pytest.raises(LibraryError, match=str(folder)):
            write()


# Words, and any of some terms


def any_term(*words: str, tie: float = 0.0, boost: float = 1.0) -> AnyOf:
    return AnyOf(stems(*words, boost=boost), tie)


def test_words_are_counted_by_passages(index: TermIndex) -> None:
    words = dict(index.words())

    assert words["ships"] == 2
    assert words["museum"] == words["السفن"] == 1
    assert "the" not in words  # stop words are no names


def test_words_are_long_enough_letters_without_a_possessive(folder: Path) -> None:
    index = TermIndex(folder, read_only=False)
    index.update([], batches({1: "Anna's 1962 ox o'brien met Li in U2's café, كوفيد19"}), 1)

    assert {word for word, _ in index.words()} == {"anna", "obrien", "met", "cafe", "كوفيد"}


def test_state_follows_what_is_there(index: TermIndex) -> None:
    before = index.state
    assert index.state == before
    index.update([], batches({2: "Nothing but a bakery."}), 2)

    assert index.count() == len(TEXTS)
    assert index.state != before


def test_state_of_a_reader_is_that_of_what_it_sees(index: TermIndex, folder: Path) -> None:
    """Else it would think that it knows words which it can't see yet."""
    reader = TermIndex(folder, read_only=True)
    before, words = reader.state, reader.words()
    index.update([], batches({2: "Nothing but a bakery."}), 2)
    assert (reader.state, reader.words()) == (before, words)

    reader.refresh()
    assert "bakery" in dict(reader.words())
    assert reader.state != before


def test_state_after_clearing_is_another(index: TermIndex) -> None:
    before = index.state
    index.clear()
    cleared = index.state
    index.update([], batches(TEXTS), 2)

    assert len({before, cleared, index.state}) == 3


def test_state_is_not_ahead_of_the_words(index: TermIndex, monkeypatch) -> None:
    """Not even for the moment between the record of a generation and its words."""
    seen = {}
    record = TermIndex._record

    def recorded(self: TermIndex, generation: int) -> None:
        record(self, generation)
        seen[self.state] = self.words()

    monkeypatch.setattr(TermIndex, "_record", recorded)
    index.update([], batches({2: "Nothing but a bakery."}), 2)

    assert seen.get(index.state, index.words()) == index.words()


def test_any_of_counts_the_best_term_alone_without_a_tie(index: TermIndex) -> None:
    [(_, harbour)] = index.search(stems("harbour"), 1)
    [(_, morning)] = index.search(stems("morning"), 1)
    [(_, most)] = index.search([any_term("harbour", "morning", "zebra")], 10)

    assert most == pytest.approx(max(harbour, morning), rel=1e-5)


def test_any_of_adds_a_share_of_the_other_terms(index: TermIndex) -> None:
    [(_, ships)] = index.search(stems("ships"), 1, {"d2"})
    [(_, harbour)] = index.search(stems("harbour"), 1)
    [(_, tied)] = index.search([any_term("ships", "harbour", tie=0.3)], 10, {"d2"})

    assert tied == pytest.approx(max(ships, harbour) + 0.3 * min(ships, harbour), rel=1e-5)


def test_any_of_stands_beside_single_terms(index: TermIndex) -> None:
    [(_, coins)] = index.search(stems("coins", boost=2.0), 1)
    [(_, museum)] = index.search(stems("museum"), 1)
    [(_, both)] = index.search([*stems("coins", boost=2.0), any_term("museum", "سفن")], 1)

    assert both == pytest.approx(coins + museum, rel=1e-5)
    assert index.search([AnyOf([], 0.3)], 10) == []


@pytest.mark.parametrize(
    ("languages", "expected"),
    [
        ((), {1, 2, 3, 4, 5}),
        (("ar",), {3}),
        (("en",), {1, 2, 4}),
        (("mixed",), {5}),
        (("ar", "mixed"), {3, 5}),
        (("en", "mixed"), {1, 2, 4, 5}),
        (("und",), set()),
    ],
    ids=str,
)
def test_search_within_languages(
    index: TermIndex, languages: tuple[str, ...], expected: set[int]
) -> None:
    index.update([], batches({5: "The museum, متحف المدينة القديمة"}), 2)
    terms = stems("ships", "coins", "museum", "سفن", "متحف")

    assert set(found(index, terms, languages=languages)) == expected


def test_language_filter_leaves_the_scores(index: TermIndex) -> None:
    everywhere = dict(index.search(stems("ships", "سفن"), 10))
    within = dict(index.search(stems("ships", "سفن"), 10, languages=("ar",)))

    assert within == {3: pytest.approx(everywhere[3])}
    assert index.search(stems("ships"), 10, {"d1"}, ("ar",)) == []
    assert [i for i, _ in index.search(stems("ships"), 10, {"d1"}, ("en",))] == [1]


def test_frequencies_follow_every_change(index: TermIndex, folder: Path) -> None:
    reader = TermIndex(folder, read_only=True)
    asked = [("stem", "ship"), ("stem", "museum"), ("gram", "^shi"), ("stem", "ship")]
    assert index.frequencies(asked) == reader.frequencies(asked) == [2, 1, 3, 2]

    index.update([], batches({5: "A ship."}), 2)
    assert index.frequencies(asked) == [3, 1, 4, 3]
    reader.refresh()
    assert reader.frequencies(asked) == [3, 1, 4, 3]

    index.clear()
    assert index.frequencies(asked) == [0, 0, 0, 0]


def test_frequencies_are_the_same_after_many_others(
    index: TermIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.library.term_reading._MOST_COUNTS", 1)

    assert index.frequencies([("stem", "ship"), ("stem", "museum"), ("stem", "coin")]) == [2, 1, 1]
    assert index.frequencies([("stem", "ship")]) == [2]


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ([[("stem", "ship")]], [1, 2]),
        ([[("stem", "ship"), ("word", "museum")]], [1, 2, 4]),
        ([[("stem", "ship")], [("word", "lighthouse"), ("word", "harbour")]], [1, 2]),
        ([[("stem", "ship")], [("word", "lighthouse")]], [1]),
        ([[("stem", "ship")], []], []),
        ([[("stem", "nowhere")]], []),
        ([], []),
    ],
    ids=["one term", "either field", "both groups", "one of two", "empty group", "unknown", "none"],
)
def test_holding_finds_every_passage_with_a_term_of_each_group(
    index: TermIndex, groups: list, expected: list[int]
) -> None:
    assert index.holding(groups) == expected
