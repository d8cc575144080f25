"""Sentences: hand-made tables, a whole article, and what must hold for any text at all."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import INVISIBLE, THOROUGH, mixed_text, prose

from assistant.documents import read_document
from assistant.sentences import passage_spans, sentence_spans
from assistant.sentences.splitter import LONGEST_SENTENCE

HERE = Path(__file__).parent
SEED = HERE.parent / "seeds" / "algeria-russia-consultations.txt"


def rows(name):
    lines = (HERE / "golden" / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def sentences(text, *window):
    return [text[start:end] for start, end in sentence_spans(text, *window)]


GOLDEN = [(f"{lang}-{row['id']}", row) for lang in ("ar", "en")
          for row in rows(f"sentences.{lang}.jsonl")]  # fmt: skip


@pytest.mark.parametrize("row", [row for _, row in GOLDEN], ids=[name for name, _ in GOLDEN])
def test_sentences_of_the_golden_table(row):
    assert sentences(row["text"]) == row["sentences"], row["why"]


def test_statements_of_the_whole_seed_article():
    document = read_document(SEED, SEED.read_bytes())
    passages = passage_spans(document.text, document.blocks)
    found = [document.text[start:end] for p in passages for start, end in p.sentences]
    assert found == [row["sentence"] for row in rows("seed.ar.jsonl")]


FURTHER = [
    ("empty", "", []),
    ("white-space", " \t\r\n\u00a0", []),
    ("white-space-around", "\n  One here. \t", ["One here."]),
    ("no-break-space-between", "One here.\u00a0Two here.", ["One here.", "Two here."]),
    ("crlf", "One\r\nhere.\r\nTwo here.", ["One\r\nhere.", "Two here."]),
    ("line-separator", "One here.\u2028Two here.", ["One here.", "Two here."]),
    ("space-before-the-stop", "هذه جملة . وهذه أخرى .", ["هذه جملة .", "وهذه أخرى ."]),
    ("dash-before-the-next", "He left. — She stayed.", ["He left.", "— She stayed."]),
    ("arabic-percent", "بلغ ٤٥٪. وقال آخر.", ["بلغ ٤٥٪.", "وقال آخر."]),
    ("plus-signs", "I like C++. It is fast.", ["I like C++.", "It is fast."]),
    ("currencies", "She paid $5. He paid €6.", ["She paid $5.", "He paid €6."]),
    ("arabic-answer-in-digits", "كم عمره؟ ٣٠ سنة.", ["كم عمره؟", "٣٠ سنة."]),
    ("one-word-each", "أولا. ثانيا. ثالثا.", ["أولا.", "ثانيا.", "ثالثا."]),
    ("rtl-mark-behind-the-stop", "جملة أولى.\u200f جملة ثانية.",
     ["جملة أولى.\u200f", "جملة ثانية."]),
    ("rtl-mark-then-line-end", "انتهى الاجتماع.\u200f\nوبدأ غيره.",
     ["انتهى الاجتماع.\u200f", "وبدأ غيره."]),
    ("rtl-mark-before-the-stop", "جملة أولى\u200f. جملة ثانية.",
     ["جملة أولى\u200f.", "جملة ثانية."]),
    ("rtl-mark-before-the-next-word", "جملة أولى. \u200fجملة ثانية.",
     ["جملة أولى.", "\u200fجملة ثانية."]),
    ("isolate-closed-behind-the-stop", "\u2067جملة أولى.\u2069 \u2067جملة ثانية.\u2069",
     ["\u2067جملة أولى.\u2069", "\u2067جملة ثانية.\u2069"]),
    ("embedding-closed-behind-the-stop", "\u202bجملة أولى؟\u202c \u202bجملة ثانية.\u202c",
     ["\u202bجملة أولى؟\u202c", "\u202bجملة ثانية.\u202c"]),
    ("zero-width-space-behind-the-stop", "One here.\u200b Two here.",
     ["One here.\u200b", "Two here."]),
    ("rtl-mark-behind-a-closing-quote", "قال «هذه جملة أولى.»\u200f وهذه جملة ثانية.",
     ["قال «هذه جملة أولى.»\u200f", "وهذه جملة ثانية."]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"), [row[1:] for row in FURTHER], ids=[row[0] for row in FURTHER]
)
def test_sentences_of(text, expected):
    assert sentences(text) == expected


@pytest.mark.parametrize("ending", ["\u200f", " \u200f", "\n\u202c", " \u2069"], ids=ascii)
def test_an_invisible_mark_at_the_end_is_no_sentence(ending):
    assert len(sentence_spans("انتهى الاجتماع أمس." + ending)) == 1


@pytest.mark.parametrize("sign", [*"،,;:-–—/", "\n", "\r\n", " \t"], ids=ascii)
def test_no_split_at(sign):
    for left, right in (("السلام عليكم", "أهلا وسهلا"), ("Many words", "Then more words")):
        text = f"{left * 8}{sign}{right * 8}"
        assert sentences(text) == [text]


@THOROUGH
@given(st.lists(st.sampled_from("كلمة Word قال Then ، , ; : 5".split()), max_size=60))
def test_no_split_without_a_terminator(pieces):
    text = " ".join(pieces)
    assert sentences(text) == ([text] if text else [])


# What must hold for any text.


def check(text, spans, start, end):
    last = start
    for left, right in spans:
        assert last <= left < right <= end
        assert text[left:right] == text[left:right].strip()
        assert right - left <= LONGEST_SENTENCE
        assert not text[last:left].strip()
        last = right
    assert not text[last:end].strip()


@THOROUGH
@given(mixed_text() | prose())
def test_spans_are_in_order_and_hold_every_character_but_white_space(text):
    check(text, sentence_spans(text), 0, len(text))


@THOROUGH
@given(mixed_text() | prose(), st.data())
def test_spans_hold_in_any_window(text, data):
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    check(text, sentence_spans(text, start, end), start, end)


@THOROUGH
@given(prose(), prose(), prose())
def test_what_stands_outside_a_block_changes_nothing(before, block, after):
    text = f"{before}\n{block}\n{after}"
    start = len(before) + 1
    end = start + len(block)
    assert sentences(text, start, end) == sentences(block)


@THOROUGH
@given(prose(), st.sampled_from(["\n", "   ", "\u00a0\t", " " * 700]))
@example("Mr؛ Mr،", " " * 700)
def test_white_space_around_a_block_changes_nothing(block, space):
    assert sentences(space + block + space) == sentences(block)


@THOROUGH
@given(st.lists(st.sampled_from(["Nobody saw him leave.", "وصل الوفد صباح أمس."]), max_size=9),
       st.sampled_from([" ", "\n", "\r\n", "\u00a0", "  \n "]))  # fmt: skip
def test_plain_sentences_are_found_again_whatever_parts_them(written, space):
    assert sentences(space.join(written)) == written


@THOROUGH
@given(mixed_text(), st.integers(1, 4))
def test_long_texts_without_terminators_are_broken(text, times):
    text = "".join(c for c in text if c not in ".!?؟۔…؛" and not c.isspace()) * 400 * times
    spans = sentence_spans(text)
    check(text, spans, 0, len(text))
    assert len(spans) >= len(text) / LONGEST_SENTENCE


LONG_WORD = "a" * 599

LONG = [
    ("just-not-too-long", "a" * 1200, [1200]),
    ("no-comma-and-no-space", "a" * 1201, [1200, 1]),
    ("at-a-space", f"{LONG_WORD} {LONG_WORD} {LONG_WORD}", [1199, 599]),
    ("at-a-comma-rather-than-a-later-space", f"{LONG_WORD}a, {'b ' * 400}b", [601, 801]),
    ("at-an-arabic-comma", f"{LONG_WORD}a، {'b ' * 400}b", [601, 801]),
    ("at-an-arabic-semicolon", f"{LONG_WORD}a؛{'b' * 700}", [601, 700]),
    ("no-comma-in-the-first-half", f"a, {'b' * 1300}", [1200, 103]),
    ("at-a-line-end", f"{LONG_WORD}aa\n{LONG_WORD}aa", [601, 601]),
]


@pytest.mark.parametrize(
    ("text", "lengths"), [row[1:] for row in LONG], ids=[row[0] for row in LONG]
)
def test_a_sentence_that_is_too_long_is_broken(text, lengths):
    assert [end - start for start, end in sentence_spans(text)] == lengths


def test_white_space_behind_a_sentence_does_not_make_it_too_long():
    text = "واحد، " * 110 + "ثم كلمات من غير فواصل " * 10
    assert len(text) < LONGEST_SENTENCE
    assert sentences(text + " " * 600) == [text.strip()]


# Each makes a text of about so many characters.
ADVERSARIAL = {
    "full-stops": lambda n: "." * n,
    "spaced-full-stops": lambda n: ". " * (n // 2),
    "spaces": lambda n: "a" + " " * n + ".",
    "letters": lambda n: "a" * n,
    "initials": lambda n: "A. " * (n // 3),
    "joined-initials": lambda n: "A." * (n // 2),
    "arabic-initials": lambda n: "م. " * (n // 3),
    "joined-sentences": lambda n: "Foo.Bar" * (n // 7),
    "titles": lambda n: "Mr. A " * (n // 6),
    "list-numbers": lambda n: "1. " * (n // 3),
    "open-guillemets": lambda n: "«a. " * (n // 4),
    "open-brackets": lambda n: "(a. " * (n // 4),
    "straight-quotes": lambda n: '"a." ' * (n // 5),
    "nested-guillemets": lambda n: "«a«b.» " * (n // 7),
    "closing-brackets": lambda n: "a." + ")" * n + " b",
    "footnote-marks": lambda n: "a." + "[1]" * (n // 3) + "[",
    "arabic-semicolons": lambda n: "؛ب" * (n // 2),
    "ellipses": lambda n: "ab… " * (n // 4),
    "tatweel": lambda n: "ـ. " * (n // 3),
    "invisible": lambda n: "a." + INVISIBLE * (n // len(INVISIBLE)) + "b",
    "signs-then-titles": lambda n: "-" * (n // 2) + " Mr. A" * (n // 12),
    "spaces-then-asides": lambda n: " " * (n // 2) + "(x.) " * (n // 10),
}


def seconds(text):
    times = []
    for _ in range(2):
        begin = time.process_time()
        sentence_spans(text)
        times.append(time.process_time() - begin)
    return min(times)


@pytest.mark.parametrize("make", ADVERSARIAL.values(), ids=ADVERSARIAL)
def test_time_grows_no_faster_than_the_text(make):
    # Eight times the text: 8 times the time if it is linear, 64 times if it is quadratic.
    small, large = make(1_500), make(12_000)
    ratios = (seconds(large) / max(seconds(small), 1e-6) for _ in range(3))
    assert any(ratio < 24 for ratio in ratios)
