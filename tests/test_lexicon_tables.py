"""The files of the built-in tables: how words are found in them, and what holds for all of them."""

from __future__ import annotations

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from fnmatch import fnmatch
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import THOROUGH, WORDS, mixed_text

from assistant.language import is_arabic, stems
from assistant.lexicon import knows, tables
from assistant.lexicon.tables import Vocabulary, array, stem_index, stem_vocabulary

DATA = tables._DATA
NAMES = sorted(path.stem for path in DATA.glob("*.npy"))
VOCABULARIES = [name for name in NAMES if f"{name}_ends" in NAMES]
ROWS = ("forward", "backward", "related")
MOST_BYTES = 30_000_000

ANY_TEXT = st.one_of(st.text(), mixed_text(), st.sampled_from(WORDS))


def vocabulary(words: list[str]) -> Vocabulary:
    """Return a vocabulary of words, ordered and stored as the built-in ones are."""
    encoded = sorted(word.encode("utf-8") for word in words)
    stored = {
        "some": np.frombuffer(b"".join(encoded), np.uint8),
        "some_ends": np.cumsum([len(word) for word in encoded], dtype=np.uint32),
    }
    with patch.object(tables, "array", stored.__getitem__):
        return Vocabulary("some")


# Words


def test_vocabulary_is_a_sequence_of_words() -> None:
    words = vocabulary(["كتاب", "a", "zoo", "ab", "é"])

    assert list(words) == ["a", "ab", "zoo", "é", "كتاب"]
    assert len(words) == 5
    assert (words[0], words[4], words[-1], words[-5]) == ("a", "كتاب", "كتاب", "a")
    assert words[1:4] == ["ab", "zoo", "é"]
    assert words[::-2] == ["كتاب", "zoo", "a"]
    assert list(reversed(words)) == list(words)[::-1]
    assert "zoo" in words
    assert "zo" not in words
    assert words.index("zoo") == 2


@pytest.mark.parametrize("index", [5, -6, 100])
def test_word_beyond_the_vocabulary_is_an_index_error(index: int) -> None:
    with pytest.raises(IndexError):
        vocabulary(["a", "b", "c", "d", "e"])[index]


@pytest.mark.parametrize(
    ("word", "index"),
    [
        ("a", 0),
        ("ab", 1),
        ("كتاب", 4),
        ("", -1),
        ("A", -1),
        ("abc", -1),
        ("zo", -1),
        ("كتا", -1),
        ("\U0010ffff", -1),
        ("\ud800", -1),
        ("a\ud800", -1),
        ("\x00", -1),
    ],
)
def test_find_gives_the_index_or_minus_one(word: str, index: int) -> None:
    assert vocabulary(["كتاب", "a", "zoo", "ab", "é"]).find(word) == index


@THOROUGH
@given(st.lists(ANY_TEXT, unique=True), ANY_TEXT)
def test_find_inverts_indexing_and_knows_nothing_else(words: list[str], other: str) -> None:
    found = vocabulary(words)

    assert [found.find(word) for word in found] == list(range(len(words)))
    assert sorted(found) == sorted(words)
    if other not in words:
        assert found.find(other) == -1


@THOROUGH
@given(st.lists(ANY_TEXT, unique=True, min_size=1), st.data())
def test_slices_are_those_of_a_list(words: list[str], data: st.DataObject) -> None:
    found = vocabulary(words)
    part = data.draw(st.slices(len(words)))

    assert found[part] == list(found)[part]


def test_empty_vocabulary_holds_nothing() -> None:
    empty = vocabulary([])

    assert (len(empty), list(empty), empty.find(""), empty.find("a")) == (0, [], -1, -1)


@pytest.mark.parametrize("name", VOCABULARIES)
def test_built_in_words_are_in_order_and_each_once(name: str) -> None:
    words = Vocabulary(name)
    encoded = [words.encoded(index) for index in range(len(words))]

    assert len(encoded) > 900
    assert encoded == sorted(set(encoded))
    assert b"" not in encoded
    assert all(words[i] == encoded[i].decode() for i in range(0, len(words), 97))
    assert all(words.find(words[i]) == i for i in range(0, len(words), 97))


@THOROUGH
@given(st.one_of(st.text(st.characters(codec=None)), ANY_TEXT))
def test_any_text_is_known_or_not(text: str) -> None:
    row = stem_index(text)

    assert knows(text) == (row >= 0)
    assert row == -1 or stem_vocabulary()[row] == text


@pytest.mark.parametrize("text", ["visits", "presidents", "الوزير", "المدارس", "February", "شباط"])
def test_stems_of_common_words_are_known(text: str) -> None:
    assert all(map(knows, stems(text)))


@pytest.mark.parametrize("text", ["qzxqzxqzx", "غظضذغظض", "", " ", "2024", "\ud800"])
def test_other_words_are_not_known(text: str) -> None:
    assert not knows(text)


def test_stems_in_many_threads_are_found_as_in_one() -> None:
    words = stem_vocabulary()
    asked = [words[i] for i in range(0, len(words), 501)]
    stem_index.cache_clear()
    stem_vocabulary.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(stem_index, asked * 5))

    assert found == list(range(0, len(words), 501)) * 5


# All tables together


def test_tables_of_stems_have_one_row_a_stem() -> None:
    count = len(stem_vocabulary())
    rows = {name: len(array(f"{name}_ends")) for name in ROWS}

    assert rows == dict.fromkeys(ROWS, count)
    assert len(array("stem_vectors")) == len(array("stem_scales")) == len(array("gloss")) == count
    assert len(array("name_vectors")) == len(array("name_grams_ends"))
    assert len(array("stem_rates")) == len(array("stem_keys")) + 1


@pytest.mark.parametrize("name", ROWS)
def test_rows_of_stems_are_complete(name: str) -> None:
    ends, others = array(f"{name}_ends").astype(np.int64), array(f"{name}_stems")

    assert (np.diff(ends) >= 0).all()
    assert ends[-1] == len(others) == len(array(f"{name}_weights"))
    assert others.max() < len(stem_vocabulary())


@pytest.mark.parametrize("name", [name for name in NAMES if array(name).dtype.kind == "f"])
def test_numbers_are_finite_and_none_is_negative(name: str) -> None:
    assert np.isfinite(array(name)).all()
    assert (array(name) >= 0).all()


def test_stems_are_of_one_script_each() -> None:
    """Translations go from one to the other by it."""
    arabic = sum(map(is_arabic, stem_vocabulary()))

    assert 10_000 < arabic < len(stem_vocabulary()) - 10_000


def test_tables_are_small() -> None:
    assert sum(path.stat().st_size for path in DATA.iterdir()) <= MOST_BYTES


def test_tables_are_mapped_and_not_read() -> None:
    for name in NAMES:
        assert not array(name).flags.writeable
        assert not array(name).flags.owndata


LAZY = """
import sys
opened = []
def watch(event, arguments):
    if event == "open" and str(arguments[0]).endswith(".npy"):
        opened.append(str(arguments[0]))
sys.addaudithook(watch)
import assistant, assistant.lexicon, assistant.models
from assistant.lexicon import *
before = len(opened)
{use}
between = len(opened)
{use}
print(before, between > 0, len(opened) == between)
"""


@pytest.mark.parametrize(
    "use",
    [
        "knows('x')",
        "translations('visit')",
        "translated_by('visit')",
        "related('visit')",
        "name_vectors(['putin'])",
        "stem_vectors(['visit'])",
        "text_vector({'visit': 1})",
        "dimensions()",
        "gloss('x')",
    ],
)
def test_table_is_opened_when_first_needed(use: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LAZY.format(use=use)], capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == ["0", "True", "True"]


def test_notice_goes_with_the_tables_and_names_every_source() -> None:
    notice = (DATA / "NOTICE").read_text(encoding="utf-8")

    for source in (
        *("Tatoeba", "NTREX", "Parallel Universal Dependencies", "Wiktionary", "Arabic WordNet"),
        *(
            "Princeton WordNet",
            "CLDR",
            "Wikidata",
            "google/transliteration",
            "TICO-19",
            "all-MiniLM-L6-v2",
        ),
    ):
        assert source in notice
    named = re.findall(r"[a-z_*]+\.npy", notice)
    matched = {n: [p for p in named if fnmatch(f"{n}.npy", p)] for n in NAMES}
    assert {n: patterns for n, patterns in matched.items() if len(patterns) != 1} == {}
    for sentence in (
        "Permission to use, copy, modify and distribute this software and database and its",
        "Title to copyright in this software, database and any associated documentation",
        "Copyright \u00a9 2004-2025 Unicode, Inc.",
        "this copyright and permission notice appear with all copies of the Data Files",
    ):
        assert sentence in " ".join(notice.split())
    for licence in ("CC BY-SA 4.0", "CC BY 2.0 FR", "CC0", "Apache", "Unicode"):
        assert licence in notice
