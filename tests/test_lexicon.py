"""The table of how common words are in general language."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from strategies import THOROUGH, mixed_text

from assistant.language import stems
from assistant.lexicon import passage_rate

UNKNOWN = "qzxqzxqzx"
COMMON = "government country world people years رئيس الحكومة العالم الناس سنوات وقت".split()


@pytest.mark.parametrize("word", COMMON)
def test_rate_of_a_common_word_is_above_that_of_an_unknown_one(word):
    (found,) = stems(word)
    assert passage_rate(found) > 2 * passage_rate(UNKNOWN)


@pytest.mark.parametrize(
    ("common", "rare"),
    [
        pytest.param("people", "consultations", id="english"),
        pytest.param("time", "sovereignty", id="english-abstract"),
        pytest.param("وقت", "المشاورات", id="arabic"),
        pytest.param("العالم", "السيادة", id="arabic-abstract"),
    ],
)
def test_rate_of_a_common_word_is_above_that_of_a_rare_one(common, rare):
    (often,), (seldom,) = stems(common), stems(rare)
    assert passage_rate(often) > passage_rate(seldom)


def test_rate_is_one_for_all_unknown_stems():
    unknown = [UNKNOWN, "غظضذغظض", "9182736455", "", "\ud800"]
    assert len({passage_rate(stem) for stem in unknown}) == 1


@THOROUGH
@given(mixed_text())
def test_rate_is_a_share_and_at_least_that_of_an_unknown_stem(text):
    for stem in stems(text):
        assert passage_rate(UNKNOWN) <= passage_rate(stem) < 1
    assert passage_rate(UNKNOWN) > 0


def test_rate_in_many_threads_is_the_same_as_in_one():
    found = [stem for word in COMMON for stem in stems(word)]
    alone = [passage_rate(stem) for stem in found]
    passage_rate.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(passage_rate, found * 20)) == alone * 20


def test_table_is_opened_when_first_needed():
    code = """
import sys
opened = []
def watch(event, arguments):
    if event == "open" and str(arguments[0]).endswith(".npy"):
        opened.append(arguments[0])
sys.addaudithook(watch)
from assistant.lexicon import passage_rate
before = len(opened)
passage_rate("x")
between = len(opened)
passage_rate("y")
print(before, between > 0, len(opened) == between)
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["0", "True", "True"]
