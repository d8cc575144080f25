"""Names of a question among the words that a library holds, by their sound."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import Assistant, Document, Settings
from assistant.language import is_arabic, stem, words
from assistant.lexicon import name_vectors
from assistant.retrieval import names
from assistant.retrieval.names import NameMatcher

ARABIC = (
    "التقى الوزير أحمد عطاف بنظيره الروسي سيرغي لافروف في نيويورك، "
    "وزار فلاديمير بوتين وعبد المجيد تبون موسكو."
)
ENGLISH = (
    "Salma Haddad met Emmanuel Macron in Samarkand, and Boris Bogdanov's friends saw Beethoven."
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """A library of one Arabic and one English document; only to be read."""
    with Assistant(tmp_path_factory.mktemp("names") / "library", Settings()) as assistant:
        assistant.add(Document(title="ar", text=ARABIC), Document(title="en", text=ENGLISH))
        yield assistant._library


def folded(text: str) -> list[str]:
    return words(text)


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("Putin", "بوتين"),
        ("Putin's", "بوتين"),
        ("Put'in", "بوتين"),
        ("Lavrov", "لافروف"),
        ("Attaf", "عطاف"),
        ("Tebboune", "تبون"),
        ("Moscow", "موسكو"),
        ("Sergei", "سيرغي"),
        ("Ahmed", "أحمد"),
        ("حداد", "Haddad"),
        ("سلمى", "Salma"),
        ("ماكرون", "Macron"),
        ("وماكرون", "Macron"),
        ("سمرقند", "Samarkand"),
        ("لسمرقند", "Samarkand"),
        ("بوغدانوف", "Bogdanov"),  # "Bogdanov's" in the text
        ("بيتهوفن", "Beethoven"),
    ],
)
def test_name_is_found_in_the_other_script(library: object, name: str, word: str) -> None:
    (asked,), (held,) = folded(name), folded(word)
    found = NameMatcher(library).match([asked])[stem(asked)]

    assert max(found, key=found.get) == stem(held)
    assert found[stem(held)] > 0.1


@pytest.mark.parametrize(
    "name", ["Haddad", "haddad", "Macron", "لافروف", "بوتين", "xyzzy", "Kowalczyk", "الزمردفوشية"]
)
def test_no_name_is_found_among_words_of_its_own_script(library: object, name: str) -> None:
    (asked,) = folded(name)

    for found in NameMatcher(library).match([asked]).values():
        assert all(is_arabic(other) != is_arabic(asked) for other in found)
        assert not found.keys() & {"haddad", "macron", "لافروف", "بوتين"}


@pytest.mark.parametrize(
    "given_words", [[], [""], ["ab"], ["2024"], ["3.5", "x"], ["\u4e2d\u6587\u5b57"]], ids=repr
)
def test_short_words_and_numbers_are_no_names(library: object, given_words: list[str]) -> None:
    assert NameMatcher(library).match(given_words) == {}


def test_likenesses_are_above_nought_and_at_most_one(library: object) -> None:
    matcher = NameMatcher(library)
    for text in (
        "putin lavrov attaf tebboune moscow york vladimir sergei ahmed",
        "سلمى حداد ماكرون سمرقند بوريس بوغدانوف بيتهوفن",
    ):
        asked = folded(text)
        found = matcher.match(asked)
        assert found
        assert found.keys() <= set(map(stem, asked))
        for others in found.values():
            assert 1 <= len(others) <= 4
            assert all(0 < likeness <= 1 for likeness in others.values())
            assert list(others.values()) == sorted(others.values(), reverse=True)


def test_likeness_grows_from_alike_to_the_same(library: object) -> None:
    """From the cosine 0.55, which is no evidence, to 0.78, which is as good as the word."""
    (row,) = name_vectors(["tebboune"]) @ name_vectors(["تبون"]).T
    found = NameMatcher(library).match(["tebboune"])["tebboun"]

    assert found[stem("تبون")] == pytest.approx(
        min(1.0, max(0.0, (float(row[0]) - 0.55) / (0.78 - 0.55))), abs=1e-4
    )


def test_words_of_one_stem_are_one_name(library: object) -> None:
    matcher = NameMatcher(library)

    assert matcher.match(["putin", "putins"]).keys() == {"putin"}


def test_empty_library_has_no_names(assistant: Assistant) -> None:
    matcher = NameMatcher(assistant._library)

    assert matcher.match(["putin"]) == {}
    assistant.add(Document(title="ar", text=ARABIC))
    assert "بوت" in "".join(matcher.match(["putin"])["putin"])


def test_matcher_follows_what_is_added_and_removed(assistant: Assistant) -> None:
    matcher = NameMatcher(assistant._library)
    assistant.add(Document(title="one", text="زار بوتين موسكو."))
    one = assistant.documents()[0].id
    assert matcher.match(["putin", "lavrov"]).keys() == {"putin"}

    assistant.add(Document(title="two", text="وصل لافروف."))
    assert matcher.match(["putin", "lavrov"]).keys() == {"putin", "lavrov"}

    assistant.remove(one, purge=True)
    assert matcher.match(["putin", "lavrov"]).keys() == {"lavrov"}


def test_vectors_of_known_words_are_not_made_again(assistant: Assistant, monkeypatch) -> None:
    made: list[str] = []

    def counted(given_words: list[str]) -> object:
        made.extend(given_words)
        return name_vectors(given_words)

    monkeypatch.setattr(names, "name_vectors", counted)
    matcher = NameMatcher(assistant._library)
    assistant.add(Document(title="one", text="زار بوتين موسكو."))
    matcher.match(["putin"])
    assert {"بوتين", "موسكو"} <= set(made)

    made.clear()
    matcher.match(["putin", "lavrov", "lavrov"])
    assert made == ["lavrov"]  # that of the other is known

    made.clear()
    assistant.add(Document(title="two", text="وصل لافروف إلى موسكو."))
    matcher.match(["putin"])
    assert "لافروف" in made
    assert not {"بوتين", "موسكو"} & set(made)


def test_rarest_words_are_left_out_where_there_are_too_many(
    assistant: Assistant, monkeypatch
) -> None:
    monkeypatch.setattr(names, "_MOST_WORDS", 1)
    assistant.add(
        Document(title="one", text="لافروف هنا."),
        Document(title="two", text="بوتين هناك."),
        Document(title="three", text="بوتين أيضا."),
    )
    assert NameMatcher(assistant._library).match(["putin", "lavrov"]).keys() == {"putin"}


@pytest.mark.parametrize("most", [0, 1, 100])
def test_what_was_found_before_is_found_again(library: object, monkeypatch, most: int) -> None:
    """However much of it is kept."""
    monkeypatch.setattr(names, "_MOST_KEPT", most)
    matcher = NameMatcher(library)
    asked = folded("putin lavrov moscow tebboune xyzzy")
    first = matcher.match(asked)

    assert first
    assert matcher.match(asked) == first
    assert matcher.match(asked[::-1]) == first
    for word in asked:
        alone = matcher.match([word])
        assert alone == {name: found for name, found in first.items() if name == stem(word)}


def test_cosines_in_blocks_are_those_of_all_rows() -> None:
    held = name_vectors([f"{a}{b}" for a in POOL for b in POOL])
    asked = name_vectors(POOL)

    assert np.allclose(names._cosines(held, asked), held @ asked.T, atol=1e-6)
    assert names._cosines(held[:0], asked).shape == (0, len(POOL))


# A matcher that has followed all changes is like a new one

POOL = (
    "بوتين لافروف عطاف تبون موسكو ماكرون برلين واشنطن طوكيو وهران "
    "haddad salma macron berlin tokyo oran moscow putin lavrov obama"
).split()
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "change", "remove", "purge"]),
        st.integers(0, 3),
        st.lists(st.sampled_from(POOL), min_size=1, max_size=5),
    ),
    min_size=1,
    max_size=8,
)


def do(assistant: Assistant, step: tuple[str, int, list[str]], ids: dict[int, str]) -> None:
    action, number, chosen = step
    if action in ("add", "change"):
        assistant.add(Document(title=str(number), text=f"{number} {' '.join(chosen)}."))
        ids[number] = next(d.id for d in assistant.documents() if d.title == str(number))
    elif number in ids:
        assistant.remove(ids.pop(number), purge=action == "purge")


def everything(matcher: NameMatcher) -> dict[str, dict[str, float]]:
    """Return what all words of the pool are like."""
    return {
        **matcher.match([word for word in POOL if is_arabic(word)]),
        **matcher.match([word for word in POOL if not is_arabic(word)]),
    }


_numbers = count()


@settings(deadline=None, max_examples=20)
@given(STEPS)
def test_matcher_stays_equal_to_a_new_one(steps: list[tuple[str, int, list[str]]]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Assistant(Path(folder) / "library", Settings()) as assistant,
    ):
        followed = NameMatcher(assistant._library)
        ids: dict[int, str] = {}
        for step in steps:
            do(assistant, step, ids)
            kept, new = everything(followed), everything(NameMatcher(assistant._library))
            assert kept.keys() == new.keys()
            for name, found in new.items():
                assert kept[name] == pytest.approx(found, abs=1e-5)


def test_many_threads_may_match_while_documents_come_and_go(assistant: Assistant) -> None:
    assistant.add(Document(title="stays", text="زار بوتين موسكو."))
    matcher = NameMatcher(assistant._library)
    alone = matcher.match(["putin", "moscow"])

    def change(number: int) -> None:
        assistant.add(Document(title="comes", text=f"وصل لافروف {number} مرة إلى {POOL[number]}."))

    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(matcher.match, ["putin", "moscow"]) for _ in range(100)]
        changed = [pool.submit(change, number) for number in range(8)]
        asked += [pool.submit(matcher.match, ["putin", "moscow"]) for _ in range(100)]
        for done in changed:
            done.result()
        for done in asked:
            for name, found in alone.items():
                assert set(found) <= set(done.result()[name])

    assert everything(matcher) == everything(NameMatcher(assistant._library))
